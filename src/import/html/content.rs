//! Which part of a page is its content: the smallest one with all main headings and tables.
//!
//! It knows how sites are built, not what a report says.

use scraper::{ElementRef, Html};

use crate::import::assemble::numbered_level;

/// How far a part that is not shown is searched for content.
const HIDDEN: usize = 500;
/// The most places by which the content is searched for.
const ANCHORS: usize = 2_000;
/// The fewest cells of a table that counts as content.
const CONTENT_CELLS: usize = 12;

/// The smallest element that holds all main headings and all tables of figures.
pub(super) fn content(html: &Html) -> Option<ElementRef<'_>> {
    let mut common: Option<Vec<ElementRef<'_>>> = None;
    let anchors = html.root_element().descendent_elements().filter(is_anchor);
    for anchor in anchors.take(ANCHORS) {
        let mut path: Vec<_> = anchor.ancestors().filter_map(ElementRef::wrap).collect();
        path.reverse();
        common = Some(match common {
            None => path,
            Some(common) => {
                let pairs = common.into_iter().zip(path);
                pairs
                    .take_while(|(a, b)| a.id() == b.id())
                    .map(|(a, _)| a)
                    .collect()
            }
        });
    }
    let in_table = |element: &&ElementRef<'_>| {
        matches!(element.value().name(), "table" | "tbody" | "tr" | "thead")
    };
    common?
        .iter()
        .rev()
        .find(|element| !in_table(element))
        .copied()
}

fn is_anchor(element: &ElementRef<'_>) -> bool {
    if element.value().name() == "table" {
        let inner = || element.descendent_elements().skip(1);
        let cells = inner().filter(|inner| matches!(inner.value().name(), "td" | "th"));
        return cells.count() >= CONTENT_CELLS
            && inner().all(|inner| inner.value().name() != "table");
    }
    names_part(element) && !is_in_link(element)
}

/// Whether an element itself holds a heading of the first level.
fn names_part(element: &ElementRef<'_>) -> bool {
    let own = element
        .children()
        .filter_map(|child| child.value().as_text());
    own.into_iter()
        .any(|text| numbered_level(text.trim()) == Some(1))
}

/// Whether a text leads to another page, as the entries of a menu do.
fn is_in_link(element: &ElementRef<'_>) -> bool {
    let outer = element.ancestors().filter_map(ElementRef::wrap);
    std::iter::once(*element).chain(outer).any(|element| {
        let target = element.value().attr("href").unwrap_or("#");
        element.value().name() == "a" && !target.starts_with('#')
    })
}

/// Whether an element is not shown: what is no text, what was deleted, what the page hides.
pub(super) fn is_hidden(element: ElementRef<'_>) -> bool {
    const NO_TEXT: &[&str] = &[
        "script", "style", "noscript", "template", "textarea", "select", "button", "iframe", "svg",
        "object", "del",
    ];
    let value = element.value();
    if NO_TEXT.contains(&value.name()) {
        return true;
    }
    let style: String = value.attr("style").unwrap_or_default().to_lowercase();
    let style: String = style.chars().filter(|c| !c.is_whitespace()).collect();
    let hidden = value.attr("hidden").is_some()
        || style.contains("display:none")
        || style.contains("mso-hide:all");
    // What a page shows only after a click may still be its content.
    let mut inner = element.descendent_elements().take(HIDDEN);
    hidden && !inner.any(|inner| inner.value().name() == "table" || names_part(&inner))
}
