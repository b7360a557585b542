//! Which part of a page is its content: the smallest one with all main headings and tables.
//!
//! It knows how sites are built, not what a report says.

use scraper::node::Element;
use scraper::{ElementRef, Html, Selector};

use super::ink::PageInks;
use crate::import::assemble::numbered_level;

/// How far a part that is not shown is searched for content.
const HIDDEN: usize = 500;
/// The most places by which the content is searched for.
const ANCHORS: usize = 2_000;
/// The fewest cells of a table that counts as content.
const CONTENT_CELLS: usize = 12;

/// The smallest element that holds all main headings and all tables of figures.
pub(super) fn content<'a>(html: &'a Html, shown: &ShownContent) -> Option<ElementRef<'a>> {
    let mut common: Option<Vec<ElementRef<'_>>> = None;
    let anchors = html.root_element().descendent_elements().filter(is_anchor);
    let anchors = anchors.filter(|anchor| !(shown.alone && shown.is_inside_hidden(anchor)));
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

/// What is no text of a page.
const NO_TEXT: &[&str] = &[
    "script", "style", "noscript", "template", "textarea", "select", "button", "iframe", "svg",
    "object",
];
/// What a page draws a line through.
const STRUCK: &[&str] = &["del", "s", "strike"];
/// The most rules of a page's own style sheets that are looked at.
const RULES: usize = 64;

/// What of a page is shown.
pub(super) struct ShownContent {
    /// The rules that hide elements or show them again.
    rules: Vec<(Selector, bool)>,
    inks: PageInks,
    /// Whether a report stands in what is shown, so that nothing hidden is part of it.
    pub alone: bool,
}

impl ShownContent {
    pub fn of(html: &Html) -> Self {
        let mut shown = Self {
            rules: rules(html),
            inks: PageInks::of(html),
            alone: false,
        };
        let anchors = html.root_element().descendent_elements().filter(is_anchor);
        let (mut tables, mut parts, mut hidden_tables) = (0, 0, 0);
        for anchor in anchors.take(ANCHORS) {
            let is_table = anchor.value().name() == "table";
            match (shown.is_inside_hidden(&anchor), is_table) {
                (true, _) => hidden_tables += usize::from(is_table),
                (false, true) => tables += 1,
                (false, false) => parts += 1,
            }
        }
        // What a page shows only after a click may still be its content.
        shown.alone = parts > 0 && (tables > 0 || hidden_tables == 0);
        shown
    }

    fn is_inside_hidden(&self, element: &ElementRef<'_>) -> bool {
        let mut outer = element.ancestors().filter_map(ElementRef::wrap);
        self.hides(*element) || outer.any(|element| self.hides(element))
    }

    /// Whether an element is not shown: what is no text, what was deleted, what the page hides.
    pub fn leaves_out(&self, element: ElementRef<'_>) -> bool {
        let name = element.value().name();
        if NO_TEXT.contains(&name) || STRUCK.contains(&name) {
            return true;
        }
        let mut inner = element.descendent_elements().take(HIDDEN);
        self.hides(element)
            && (self.alone
                || !inner.any(|inner| inner.value().name() == "table" || names_part(&inner)))
    }

    /// Whether the page says that an element is not to be seen.
    fn hides(&self, element: ElementRef<'_>) -> bool {
        if self.inks.hide(element) {
            return true;
        }
        let value = element.value();
        let style: String = value.attr("style").unwrap_or_default().to_lowercase();
        if let Some(hidden) = says_hidden(&style) {
            return hidden;
        }
        let mut rules = self.rules.iter().rev();
        let rule = rules.find(|(selector, _)| selector.matches(&element));
        rule.map_or(value.attr("hidden").is_some(), |(_, hidden)| *hidden)
    }
}

/// Whether an element stands above its line, as the number of a note does.
pub(super) fn is_raised(element: &Element) -> bool {
    let style = element.attr("style").unwrap_or_default().to_lowercase();
    let style: String = style.chars().filter(|c| !c.is_whitespace()).collect();
    element.name() == "sup" || style.contains("vertical-align:super")
}

/// Whether declarations hide an element or show it; `None` when they say nothing of it.
fn says_hidden(style: &str) -> Option<bool> {
    let style: String = style.chars().filter(|c| !c.is_whitespace()).collect();
    let hides = ["display:none", "visibility:hidden", "mso-hide:all"];
    if hides.iter().any(|words| style.contains(words)) {
        return Some(true);
    }
    // What is struck out can still be read, but it is not what the page says any more.
    if style.contains("line-through") {
        return Some(true);
    }
    let zero = style.split(';').any(|one| {
        matches!(
            one,
            "font-size:0" | "font-size:0px" | "font-size:0pt" | "opacity:0"
        )
    });
    if zero {
        Some(true)
    } else {
        style.contains("display:").then_some(false)
    }
}

/// The rules of a page's own style sheets about what is shown; those for paper or small screens are
/// not looked at.
fn rules(html: &Html) -> Vec<(Selector, bool)> {
    let mut rules = Vec::new();
    let sheets = html.root_element().descendent_elements();
    for sheet in sheets.filter(|element| element.value().name() == "style") {
        let text: String = sheet.text().collect();
        let mut rest = text.as_str();
        while let Some((selectors, after)) = rest.split_once('{') {
            let selectors = selectors.rsplit(['}', ';', '/']).next().unwrap_or_default();
            let nested = selectors.trim_start().starts_with('@');
            let end = if nested {
                after.find("}}")
            } else {
                after.find('}')
            };
            let (body, behind) = after.split_at(end.unwrap_or(after.len()));
            rest = behind.trim_start_matches('}');
            let Some(hidden) = says_hidden(&body.to_lowercase()).filter(|_| !nested) else {
                continue;
            };
            if let Ok(selector) = Selector::parse(selectors.trim())
                && rules.len() < RULES
            {
                rules.push((selector, hidden));
            }
        }
    }
    rules
}

/// The text of an element that is not shown, line by line; empty for what is no text.
pub(super) fn hidden_text(element: ElementRef<'_>) -> String {
    if NO_TEXT.contains(&element.value().name()) {
        return String::new();
    }
    let texts = element.descendants().filter(|node| {
        let parent = node.parent().and_then(ElementRef::wrap);
        parent.is_some_and(|parent| !NO_TEXT.contains(&parent.value().name()))
    });
    let texts = texts.filter_map(|node| node.value().as_text().map(|text| text.trim().to_owned()));
    let lines: Vec<String> = texts.filter(|text| !text.is_empty()).collect();
    lines.join("\n")
}
