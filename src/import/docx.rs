//! Word documents: paragraphs with their heading levels, tables with their merged cells.
//!
//! A streaming reader with bounds of its own. It knows no form and no report.

use std::collections::BTreeMap;

use super::assemble::{Piece, assemble, is_figure};
use super::grid::GridBuilder;
use super::look::Look;
use super::numbering::{NumberMark, Numbering, numbered};
use super::package::{Markup, Package, attribute, broken, walk};
use super::{ImportError, grid};
use crate::doc::Doc;

/// The most text that is kept, in bytes.
const TEXT: usize = 8 * 1024 * 1024;
/// The deepest nesting of tables.
const TABLES: usize = 16;
/// What is hidden in a document is called.
pub(super) const UNSEEN: &str = "文档里隐藏或划掉的文字";
/// The heading level that stands for the title.
pub(super) const TITLE: u8 = 0;

/// Reads a Word document.
pub(super) fn read(bytes: &[u8]) -> Result<Doc, ImportError> {
    let mut package = Package::open(bytes)?;
    let main = main_part(&mut package)?;
    let folder = main.rsplit_once('/').map_or("", |(folder, _)| folder);
    let beside = |name: &str| {
        format!("{folder}/{name}")
            .trim_start_matches('/')
            .to_owned()
    };
    let looks = package.part(&beside("styles.xml"))?;
    let styles = match &looks {
        Some(xml) => heading_styles(xml)?,
        None => BTreeMap::new(),
    };
    let numbering = match package.part(&beside("numbering.xml"))? {
        Some(xml) => Numbering::read(&xml, looks.as_deref())?,
        None => Numbering::default(),
    };
    let Some(xml) = package.part(&main)? else {
        return Err(broken("里面没有文档"));
    };
    let mut body = Body {
        styles,
        numbering,
        ..Body::default()
    };
    walk(&xml, |markup| body.visit(&markup))?;
    if body.pieces.is_empty() {
        return Err(broken("里面没有文字"));
    }
    Ok(assemble(body.pieces))
}

/// The name of the part that holds the text.
fn main_part(package: &mut Package<'_>) -> Result<String, ImportError> {
    let mut target = None;
    if let Some(xml) = package.part("_rels/.rels")? {
        walk(&xml, |markup| {
            if let Markup::Start(element) = markup
                && attribute(element, "Type").is_some_and(|kind| kind.ends_with("/officeDocument"))
            {
                target = attribute(element, "Target");
            }
            Ok(())
        })?;
    }
    let target = target.unwrap_or_else(|| "word/document.xml".to_owned());
    Ok(target.trim_start_matches('/').to_owned())
}

/// The heading level of each style that has one.
fn heading_styles(xml: &[u8]) -> Result<BTreeMap<String, u8>, ImportError> {
    let mut levels = BTreeMap::new();
    let mut style = String::new();
    walk(xml, |markup| {
        let Markup::Start(element) = markup else {
            return Ok(());
        };
        let level = match element.local_name().as_ref() {
            b"style" => {
                style = attribute(element, "styleId").unwrap_or_default();
                None
            }
            b"name" => attribute(element, "val").and_then(|name| level_of_name(&name)),
            b"outlineLvl" => attribute(element, "val").and_then(|level| outline_level(&level)),
            _ => None,
        };
        if let Some(level) = level {
            levels.entry(style.clone()).or_insert(level);
        }
        Ok(())
    })?;
    Ok(levels)
}

/// The heading level that the name of a style gives.
pub(super) fn level_of_name(name: &str) -> Option<u8> {
    let name = name.to_lowercase();
    if name == "title" || name == "标题" {
        return Some(TITLE);
    }
    let number = name
        .strip_prefix("heading")
        .or_else(|| name.strip_prefix("标题"))?;
    number
        .trim()
        .parse()
        .ok()
        .filter(|level| (1..=9).contains(level))
}

fn outline_level(value: &str) -> Option<u8> {
    value
        .parse::<u8>()
        .ok()
        .filter(|level| *level < 9)
        .map(|level| level + 1)
}

/// What the walk through the document is in the middle of.
#[derive(Default)]
struct Body {
    styles: BTreeMap<String, u8>,
    numbering: Numbering,
    /// The style of the open paragraph, and what it says about its number.
    mark: (Option<String>, NumberMark),
    /// What is finished outside all tables.
    pieces: Vec<Piece>,
    /// What is finished in the open cell of each open table.
    cells: Vec<Vec<Piece>>,
    /// The open tables.
    tables: Vec<GridBuilder>,
    /// How many paragraphs are open; more than one in a text box.
    paragraphs: usize,
    text: String,
    level: Option<u8>,
    in_text: bool,
    /// How the open run looks.
    run: Look,
    in_run_properties: bool,
    /// What of the paragraph is hidden or struck out.
    unseen: String,
    in_row_properties: bool,
    /// How many elements deep inside something that is not printed.
    hidden: usize,
    total: usize,
}

/// Whether an element holds what is not printed: deletions, old properties, alternatives.
fn is_hidden(name: &[u8]) -> bool {
    matches!(
        name,
        b"del"
            | b"moveFrom"
            | b"Fallback"
            | b"rPrChange"
            | b"pPrChange"
            | b"tcPrChange"
            | b"tblPrChange"
            | b"trPrChange"
            | b"sectPrChange"
            | b"tblPrExChange"
    )
}

impl Body {
    fn visit(&mut self, markup: &Markup<'_>) -> Result<(), ImportError> {
        match markup {
            Markup::Start(element) => {
                let name = element.local_name();
                let deleted_row = self.in_row_properties && name.as_ref() == b"del";
                if deleted_row && let Some(table) = self.tables.last_mut() {
                    table.delete_row();
                }
                if self.hidden > 0 || is_hidden(name.as_ref()) {
                    self.hidden += 1;
                    return Ok(());
                }
                self.start(name.as_ref(), |attr| attribute(element, attr))
            }
            Markup::End(_) if self.hidden > 0 => {
                self.hidden -= 1;
                Ok(())
            }
            Markup::End(name) => {
                self.end(name);
                Ok(())
            }
            Markup::Text(text) if self.in_text && self.hidden == 0 => {
                self.total += text.len();
                if self.total > TEXT {
                    return Err(ImportError::TooLarge);
                }
                self.run.push(text, &mut self.text, &mut self.unseen);
                Ok(())
            }
            Markup::Text(_) => Ok(()),
        }
    }

    fn start(
        &mut self,
        name: &[u8],
        attr: impl Fn(&str) -> Option<String>,
    ) -> Result<(), ImportError> {
        let value = || attr("val");
        let number = || value().and_then(|value| value.parse().ok()).unwrap_or(1);
        let is_on = || value().is_none_or(|value| !matches!(value.as_str(), "0" | "false" | "off"));
        match name {
            b"p" => {
                self.paragraphs += 1;
                // What stands in a text box counts for itself.
                if self.paragraphs == 1 {
                    self.mark = Default::default();
                }
            }
            b"numId" | b"ilvl" if self.paragraphs == 1 => self.mark.1.visit(name, value()),
            b"t" => self.in_text = true,
            b"r" => self.run = Look::default(),
            b"rPr" => self.in_run_properties = true,
            b"vanish" if self.in_run_properties => self.run.unseen.is_hidden = is_on(),
            b"strike" if self.in_run_properties => self.run.unseen.is_struck = is_on(),
            b"dstrike" if self.in_run_properties => self.run.unseen.is_struck_twice = is_on(),
            b"vertAlign" if self.in_run_properties => {
                self.run.is_raised = value().is_some_and(|value| value == "superscript");
            }
            b"tab" if self.paragraphs > 0 => self.text.push(' '),
            b"br" | b"cr" => self.text.push('\n'),
            b"noBreakHyphen" => self.text.push('-'),
            b"pStyle" => {
                let style = value();
                let level = style.as_ref().and_then(|style| self.styles.get(style));
                self.level = self.level.or(level.copied());
                if self.paragraphs == 1 {
                    self.mark.0 = style;
                }
            }
            b"outlineLvl" => {
                self.level = self
                    .level
                    .or(value().and_then(|level| outline_level(&level)));
            }
            b"tbl" => {
                if self.tables.len() >= TABLES {
                    return Err(ImportError::TooLarge);
                }
                self.flush();
                self.tables.push(GridBuilder::default());
            }
            b"trPr" => self.in_row_properties = true,
            b"tc" => self.cells.push(Vec::new()),
            _ => {
                let Some(table) = self.tables.last_mut() else {
                    return Ok(());
                };
                match name {
                    b"tr" => table.start_row(),
                    b"gridBefore" => table.skip(number()),
                    b"gridSpan" => table.span(number()),
                    b"vMerge" => table.merge_down(value().is_none_or(|value| value != "restart")),
                    b"hMerge" => table.merge_left(value().is_none_or(|value| value != "restart")),
                    _ => {}
                }
            }
        }
        Ok(())
    }

    fn end(&mut self, name: &[u8]) {
        match name {
            b"t" => self.in_text = false,
            b"rPr" => self.in_run_properties = false,
            b"r" => self.run = Look::default(),
            b"trPr" => self.in_row_properties = false,
            b"p" => {
                self.paragraphs = self.paragraphs.saturating_sub(1);
                if self.paragraphs == 0 || !self.tables.is_empty() {
                    self.flush();
                }
            }
            b"tc" => {
                let pieces = self.cells.pop().unwrap_or_default();
                match self.tables.last_mut() {
                    Some(table) => table.push(pieces),
                    None => self.sink().extend(pieces),
                }
            }
            b"tbl" => {
                if let Some(table) = self.tables.pop() {
                    self.sink().extend(table.finish());
                }
            }
            _ => {}
        }
    }

    fn sink(&mut self) -> &mut Vec<Piece> {
        self.cells.last_mut().unwrap_or(&mut self.pieces)
    }

    /// Ends the paragraph that is open.
    fn flush(&mut self) {
        let unseen = std::mem::take(&mut self.unseen);
        if !unseen.trim().is_empty() {
            self.sink().push(Piece::Out(UNSEEN, unseen));
        }
        let text = std::mem::take(&mut self.text);
        let level = self.level.take();
        if level == Some(TITLE) {
            let joined: String = text.split('\n').map(str::trim).collect();
            grid::push_line(self.sink(), &joined, level);
            return;
        }
        let (style, mark) = std::mem::take(&mut self.mark);
        let number = self.numbering.count(&mark, style.as_deref());
        // A figure stays what it is, also where somebody numbered its cell.
        let number = number.filter(|_| !text.trim().is_empty());
        let mut number = number.filter(|_| self.cells.is_empty() || !is_figure(text.trim()));
        for line in text.split('\n') {
            let line = match number.take_if(|_| !line.trim().is_empty()) {
                Some(number) => numbered(&number, line),
                None => line.to_owned(),
            };
            grid::push_line(self.sink(), &line, level);
        }
    }
}
