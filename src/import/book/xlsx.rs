//! Workbooks of Excel and WPS (.xlsx): sheets in their order, with what is hidden in them.

use std::collections::BTreeMap;

use quick_xml::events::BytesStart;

use super::formats::CellFormats;
use super::number;
use super::sheet::{BookSheet, MANY, SHEETS, SheetRange, TEXT, TakenIn, broken, called, middle};
use super::workbook::SeenBook;
use crate::doc::normal::raised;
use crate::doc::{Doc, Table};
use crate::import::ImportError;
use crate::import::assemble::assemble;
use crate::import::package::{Markup, Package, attribute, walk};

const NAME: &str = "Excel";
/// The most bytes of all sheets, unpacked.
const UNPACKED: usize = 64 * 1024 * 1024;

/// Reads a workbook.
pub(in crate::import) fn read(bytes: &[u8]) -> Result<Doc, ImportError> {
    let book = book(bytes).map_err(called(NAME))?;
    Ok(assemble(book.pieces()?))
}

/// Every sheet that is seen, with everything that is written on it.
pub(in crate::import) fn tables(bytes: &[u8]) -> Result<Vec<Table>, ImportError> {
    let book = book(bytes).map_err(called(NAME))?;
    Ok(book.sheets.iter().map(BookSheet::table).collect())
}

fn book(bytes: &[u8]) -> Result<SeenBook, ImportError> {
    let mut package = Package::open(bytes)?;
    let main = related(&mut package, "", "/officeDocument")?;
    let main = main.into_iter().map(|(_, target)| target).next();
    let main = main.unwrap_or_else(|| "xl/workbook.xml".to_owned());
    let Some(xml) = package.part(&main)? else {
        return Err(broken(NAME, "里面没有工作簿"));
    };
    let list = SheetList::read(&xml)?;
    let mut book = Book {
        is_1904: list.is_1904,
        ..Book::default()
    };
    let of_kind = |package: &mut Package<'_>, kind: &str| -> Result<Option<Vec<u8>>, ImportError> {
        match related(package, &main, kind)?.first() {
            Some((_, target)) => package.part(target),
            None => Ok(None),
        }
    };
    if let Some(xml) = of_kind(&mut package, "/sharedStrings")? {
        book.texts = shared_texts(&xml)?;
    }
    if let Some(xml) = of_kind(&mut package, "/styles")? {
        book.formats = formats(&xml)?;
    }
    let targets: BTreeMap<String, String> = related(&mut package, &main, "/worksheet")?
        .into_iter()
        .collect();
    let (mut unpacked, mut taken) = (0, TakenIn::default());
    let mut sheets = Vec::new();
    for (name, id) in list.sheets {
        let Some(target) = targets.get(&id) else {
            continue;
        };
        let Some(xml) = package.part(target)? else {
            return Err(broken(NAME, "少了一张工作表"));
        };
        unpacked += xml.len();
        if unpacked > UNPACKED {
            return Err(ImportError::TooLarge);
        }
        sheets.push(book.sheet(name, &xml, &mut taken)?);
    }
    let hidden = list.hidden;
    Ok(SeenBook { sheets, hidden })
}

/// What a part is related to by relations of a kind: their names and the parts.
fn related(
    package: &mut Package<'_>,
    part: &str,
    kind: &str,
) -> Result<Vec<(String, String)>, ImportError> {
    let (folder, file) = part.rsplit_once('/').unwrap_or(("", part));
    let relations = format!("{folder}/_rels/{file}.rels");
    let mut found = Vec::new();
    let Some(xml) = package.part(relations.trim_start_matches('/'))? else {
        return Ok(found);
    };
    walk(&xml, |markup| {
        if let Markup::Start(element) = markup
            && attribute(element, "Type").is_some_and(|own| own.ends_with(kind))
            && let (Some(id), Some(target)) =
                (attribute(element, "Id"), attribute(element, "Target"))
        {
            found.push((id, resolved(folder, &target)));
        }
        Ok(())
    })?;
    Ok(found)
}

/// The name of a part that is named from a folder.
fn resolved(folder: &str, target: &str) -> String {
    if let Some(absolute) = target.strip_prefix('/') {
        return absolute.to_owned();
    }
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in target.split('/') {
        match part {
            ".." => drop(parts.pop()),
            "." => {}
            part => parts.push(part),
        }
    }
    parts.join("/")
}

/// The sheets that a workbook lists.
#[derive(Default)]
struct SheetList {
    /// The name and the relation of each one that is seen.
    sheets: Vec<(String, String)>,
    hidden: Vec<String>,
    is_1904: bool,
}

impl SheetList {
    fn read(xml: &[u8]) -> Result<Self, ImportError> {
        let mut list = Self::default();
        walk(xml, |markup| {
            let Markup::Start(element) = markup else {
                return Ok(());
            };
            match element.local_name().as_ref() {
                b"workbookPr" => list.is_1904 = is_on(attribute(element, "date1904")),
                b"sheet" => {
                    let name = attribute(element, "name").unwrap_or_default();
                    let state = attribute(element, "state");
                    if state.is_some_and(|state| state.ends_with("idden")) {
                        list.hidden.push(name);
                    } else {
                        let id = attribute(element, "id").unwrap_or_default();
                        list.sheets.push((name, id));
                    }
                }
                _ => {}
            }
            if list.sheets.len() + list.hidden.len() > SHEETS {
                return Err(ImportError::TooLarge);
            }
            Ok(())
        })?;
        Ok(list)
    }
}

fn is_on(value: Option<String>) -> bool {
    value.is_some_and(|value| matches!(value.as_str(), "1" | "true" | "on"))
}

/// Runs of text: raised digits keep their own signs, and how a word is spoken is no part of it.
#[derive(Default)]
struct Runs {
    text: String,
    in_text: bool,
    is_raised: bool,
    spoken: usize,
}

impl Runs {
    fn visit(&mut self, markup: &Markup<'_>) {
        match markup {
            Markup::Start(element) => match element.local_name().as_ref() {
                b"t" => self.in_text = self.spoken == 0,
                b"r" => self.is_raised = false,
                b"rPh" => self.spoken += 1,
                b"vertAlign" => {
                    self.is_raised = attribute(element, "val").as_deref() == Some("superscript");
                }
                _ => {}
            },
            Markup::Text(text) if self.in_text && self.is_raised => {
                self.text.extend(text.chars().map(raised));
            }
            Markup::Text(text) if self.in_text => self.text.push_str(text),
            Markup::End(b"t") => self.in_text = false,
            Markup::End(b"rPh") => self.spoken = self.spoken.saturating_sub(1),
            Markup::End(_) | Markup::Text(_) => {}
        }
    }

    fn take(&mut self) -> String {
        let text = std::mem::take(self).text;
        text.replace("_x000D_", "")
    }
}

fn shared_texts(xml: &[u8]) -> Result<Vec<String>, ImportError> {
    let mut texts = Vec::new();
    let mut runs = Runs::default();
    let mut total = 0;
    walk(xml, |markup| {
        if matches!(markup, Markup::End(b"si")) {
            let text = runs.take();
            total += text.len();
            texts.push(text);
        } else {
            runs.visit(&markup);
        }
        if total + runs.text.len() > TEXT || texts.len() > MANY {
            return Err(ImportError::TooLarge);
        }
        Ok(())
    })?;
    Ok(texts)
}

/// The number format of each style of a cell.
fn formats(xml: &[u8]) -> Result<CellFormats, ImportError> {
    let mut formats = CellFormats::default();
    let mut of_cells = false;
    walk(xml, |markup| {
        match markup {
            Markup::Start(element) => {
                let id = || attribute(element, "numFmtId").and_then(|id| id.parse().ok());
                match element.local_name().as_ref() {
                    b"numFmt" => {
                        if let Some((id, code)) = id().zip(attribute(element, "formatCode")) {
                            formats.add(id, code)?;
                        }
                    }
                    b"cellXfs" => of_cells = true,
                    b"xf" if of_cells => formats.add_style(id().unwrap_or(0))?,
                    _ => {}
                }
            }
            Markup::End(b"cellXfs") => of_cells = false,
            Markup::End(_) | Markup::Text(_) => {}
        }
        Ok(())
    })?;
    Ok(formats)
}

/// What the sheets of a workbook share.
#[derive(Default)]
struct Book {
    texts: Vec<String>,
    formats: CellFormats,
    is_1904: bool,
}

/// A cell that is being read.
#[derive(Default)]
struct OpenCell {
    kind: String,
    style: usize,
    value: String,
    in_value: bool,
    runs: Runs,
}

impl OpenCell {
    fn is_empty(&self) -> bool {
        self.value.is_empty() && self.runs.text.is_empty()
    }
}

/// What the walk through a sheet is in the middle of.
#[derive(Default)]
struct SheetWalk {
    row: usize,
    column: usize,
    /// Rows and columns that come without a number follow on.
    next_row: usize,
    next_column: usize,
    cell: OpenCell,
    header: Option<String>,
}

impl Book {
    fn sheet(
        &self,
        name: String,
        xml: &[u8],
        taken: &mut TakenIn,
    ) -> Result<BookSheet, ImportError> {
        let mut sheet = BookSheet::named(name);
        let mut place = SheetWalk::default();
        walk(xml, |markup| {
            match &markup {
                Markup::Start(element) => place.start(element, &mut sheet, taken)?,
                Markup::End(b"v") => place.cell.in_value = false,
                Markup::End(b"c") => {
                    let cell = std::mem::take(&mut place.cell);
                    if !cell.is_empty() {
                        sheet.put((place.row, place.column), self.shown(cell), taken)?;
                    }
                }
                Markup::End(b"oddHeader") => {
                    let header = place.header.take().unwrap_or_default();
                    taken.count(&header)?;
                    sheet.header = middle(&header);
                }
                Markup::Text(text) => {
                    if let Some(header) = &mut place.header {
                        header.push_str(text);
                    } else if place.cell.in_value {
                        place.cell.value.push_str(text);
                    }
                }
                Markup::End(_) => {}
            }
            place.cell.runs.visit(&markup);
            Ok(())
        })?;
        Ok(sheet)
    }

    /// What a cell shows.
    fn shown(&self, mut cell: OpenCell) -> String {
        let format = self.formats.of(cell.style);
        let value = cell.value.trim();
        match cell.kind.as_str() {
            "s" => {
                let text = value
                    .parse::<usize>()
                    .ok()
                    .and_then(|at| self.texts.get(at));
                number::text_shown(text.map_or("", String::as_str), format)
            }
            "inlineStr" => number::text_shown(&cell.runs.take(), format),
            "str" => number::text_shown(&cell.value, format),
            "b" if value == "1" => "TRUE".to_owned(),
            "b" => "FALSE".to_owned(),
            "e" | "d" => value.to_owned(),
            _ => match value.parse::<f64>() {
                Ok(value) if value.is_finite() => number::shown(value, format, self.is_1904),
                _ => value.to_owned(),
            },
        }
    }
}

impl SheetWalk {
    fn start(
        &mut self,
        element: &BytesStart<'_>,
        sheet: &mut BookSheet,
        taken: &mut TakenIn,
    ) -> Result<(), ImportError> {
        let attr = |name| attribute(element, name);
        let number = |name| attr(name).and_then(|text| text.parse::<usize>().ok());
        let zero = |size: Option<String>| size.is_some_and(|size| size.parse() == Ok(0.0_f64));
        match element.local_name().as_ref() {
            b"col" => {
                let ends = (number("min"), number("max"));
                if (is_on(attr("hidden")) || zero(attr("width")))
                    && let (Some(min), Some(max)) = ends
                {
                    sheet.hide_columns(min.saturating_sub(1)..max);
                }
            }
            b"row" => {
                let own = number("r");
                self.row = own.map_or(self.next_row, |row| row.saturating_sub(1));
                self.next_row = self.row.saturating_add(1);
                self.next_column = 0;
                if is_on(attr("hidden")) || zero(attr("ht")) {
                    sheet.hide_rows(self.row..self.next_row);
                }
            }
            b"c" => {
                let own = attr("r").and_then(|name| square(&name));
                (self.row, self.column) = own.unwrap_or((self.row, self.next_column));
                self.next_column = self.column.saturating_add(1);
                self.cell = OpenCell {
                    kind: attr("t").unwrap_or_default(),
                    style: number("s").unwrap_or(0),
                    ..OpenCell::default()
                };
            }
            b"v" => self.cell.in_value = true,
            b"mergeCell" => {
                if let Some(area) = attr("ref").and_then(|name| area(&name)) {
                    sheet.merge(area, taken)?;
                }
            }
            b"oddHeader" => self.header = Some(String::new()),
            _ => {}
        }
        Ok(())
    }
}

/// Row and column of a name such as `B3`, from 0.
fn square(name: &str) -> Option<(usize, usize)> {
    let digits = name.find(|c: char| c.is_ascii_digit())?;
    let (letters, digits) = name.split_at_checked(digits)?;
    let column = letters.bytes().try_fold(0_usize, |column, letter| {
        let value = usize::from(letter.to_ascii_uppercase().checked_sub(b'A')?) + 1;
        column.checked_mul(26)?.checked_add(value)
    })?;
    let row = digits.parse::<usize>().ok()?.checked_sub(1)?;
    Some((row, column.checked_sub(1)?))
}

fn area(name: &str) -> Option<SheetRange> {
    let (first, last) = name.split_once(':')?;
    let (first, last) = (square(first)?, square(last)?);
    let area = SheetRange {
        rows: (first.0, last.0),
        columns: (first.1, last.1),
    };
    (first.0 <= last.0 && first.1 <= last.1).then_some(area)
}
