//! What the styles of an open spreadsheet say that matters, and the text of its paragraphs.

use std::collections::BTreeMap;

use quick_xml::events::BytesStart;

use super::sheet::MANY;
use crate::doc::normal::raised;
use crate::import::ImportError;
use crate::import::package::{Markup, attribute};

/// The most spaces in a row: a wider gap says no more, and a file can ask for any.
const SPACES: usize = 16;

/// Text of paragraphs: white space counts once, other paragraphs are other lines.
#[derive(Default)]
pub(super) struct CellLines {
    pub(super) text: String,
    pub(super) has_paragraphs: bool,
    in_paragraph: bool,
    /// For each open span whether it is raised.
    spans: Vec<bool>,
}

impl CellLines {
    /// Whether the element belongs to a paragraph.
    pub(super) fn start(&mut self, element: &BytesStart<'_>, styles: &OpenStyles) {
        match element.local_name().as_ref() {
            b"p" => {
                if std::mem::replace(&mut self.has_paragraphs, true) {
                    self.text.push('\n');
                }
                self.in_paragraph = true;
            }
            b"span" => {
                let name = attribute(element, "style-name");
                self.spans
                    .push(name.is_some_and(|name| styles.is_raised(&name)));
            }
            b"s" if self.in_paragraph => {
                let count = attribute(element, "c").and_then(|count| count.parse().ok());
                let count = count.unwrap_or(1_usize).min(SPACES);
                self.text.extend(std::iter::repeat_n(' ', count));
            }
            b"tab" if self.in_paragraph => self.text.push('\t'),
            b"line-break" if self.in_paragraph => self.text.push('\n'),
            _ => {}
        }
    }

    pub(super) fn end(&mut self, name: &[u8]) {
        match name {
            b"p" => self.in_paragraph = false,
            b"span" => drop(self.spans.pop()),
            _ => {}
        }
    }

    pub(super) fn push(&mut self, text: &str) {
        if !self.in_paragraph {
            return;
        }
        let is_raised = self.spans.last() == Some(&true);
        for letter in text.chars() {
            if letter.is_ascii_whitespace() {
                if !self.text.ends_with([' ', '\n']) && !self.text.is_empty() {
                    self.text.push(' ');
                }
            } else {
                self.text
                    .push(if is_raised { raised(letter) } else { letter });
            }
        }
    }
}

/// What a style says that matters here.
#[derive(Default, Clone)]
pub(super) struct OpenStyle {
    pub(super) is_hidden: bool,
    is_raised: bool,
    pub(super) pages: String,
}

/// The styles by family and name, and what stands at the head of the pages of each kind.
#[derive(Default)]
pub(super) struct OpenStyles {
    all: BTreeMap<(String, String), OpenStyle>,
    pub(super) headers: BTreeMap<String, String>,
    open: Option<(String, String)>,
    pub(super) pages: String,
    header: Option<CellLines>,
    /// How many elements are open in the header that are no part of its middle.
    aside: usize,
}

impl OpenStyles {
    pub(super) fn of(&self, family: &str, name: &str) -> Option<&OpenStyle> {
        self.all.get(&(family.to_owned(), name.to_owned()))
    }

    fn is_raised(&self, name: &str) -> bool {
        self.of("text", name).is_some_and(|style| style.is_raised)
    }

    pub(super) fn visit(&mut self, markup: &Markup<'_>) -> Result<(), ImportError> {
        if self.header.is_some() {
            self.visit_header(markup);
            return Ok(());
        }
        match markup {
            Markup::Start(element) => self.start(element)?,
            Markup::End(b"style") => self.open = None,
            Markup::End(_) | Markup::Text(_) => {}
        }
        Ok(())
    }

    fn start(&mut self, element: &BytesStart<'_>) -> Result<(), ImportError> {
        let of = |name| attribute(element, name).unwrap_or_default();
        match element.local_name().as_ref() {
            b"style" => {
                let key = (of("family"), of("name"));
                let pages = of("master-page-name");
                self.all.entry(key.clone()).or_default().pages = pages;
                self.open = Some(key);
                if self.all.len() > MANY {
                    return Err(ImportError::TooLarge);
                }
            }
            b"table-properties" => {
                let is_hidden = of("display") == "false";
                self.change(|style| style.is_hidden |= is_hidden);
            }
            b"text-properties" => {
                let is_raised = of("text-position").starts_with("super");
                self.change(|style| style.is_raised |= is_raised);
            }
            b"master-page" => self.pages = of("name"),
            b"header" if of("display") != "false" => self.header = Some(CellLines::default()),
            _ => {}
        }
        Ok(())
    }

    fn change(&mut self, change: impl FnOnce(&mut OpenStyle)) {
        let key = self.open.as_ref();
        if let Some(style) = key.and_then(|key| self.all.get_mut(key)) {
            change(style);
        }
    }

    /// Takes the text of a header; fields such as the number of the page are none.
    fn visit_header(&mut self, markup: &Markup<'_>) {
        let mut ended = false;
        let Some(header) = &mut self.header else {
            return;
        };
        match markup {
            Markup::Start(element) => {
                let kept = [&b"p"[..], b"span", b"s", b"a", b"region-center"];
                if self.aside > 0 || !kept.contains(&element.local_name().as_ref()) {
                    self.aside += 1;
                } else {
                    header.start(element, &OpenStyles::default());
                }
            }
            Markup::End(_) if self.aside > 0 => self.aside -= 1,
            Markup::End(b"header") => ended = true,
            Markup::End(name) => header.end(name),
            Markup::Text(text) if self.aside == 0 => header.push(text),
            Markup::Text(_) => {}
        }
        if ended && let Some(header) = self.header.take() {
            let text = header.text.trim().to_owned();
            self.headers.insert(self.pages.clone(), text);
        }
    }
}
