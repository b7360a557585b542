//! Reads the tables of a workbook back, the cached values of formulas among them.
//!
//! It reads what any spreadsheet writes, within the bounds of a file this program wrote.

use std::io::{Cursor, Read as _};

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use zip::ZipArchive;

use crate::doc::{Cell, Role, Table};

/// The largest part that is read, in bytes.
const PART: u64 = 16 * 1024 * 1024;

/// The sheets in their order, a table each.
pub(super) fn read(bytes: &[u8]) -> Result<Vec<Table>, String> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| error.to_string())?;
    let strings = match part(&mut archive, "xl/sharedStrings.xml")? {
        Some(xml) => shared_strings(&xml)?,
        None => Vec::new(),
    };
    let formats = match part(&mut archive, "xl/styles.xml")? {
        Some(xml) => units(&xml)?,
        None => Vec::new(),
    };
    let mut tables = Vec::new();
    while let Some(xml) = part(
        &mut archive,
        &format!("xl/worksheets/sheet{}.xml", tables.len() + 1),
    )? {
        tables.push(sheet(&xml, &strings, &formats)?);
    }
    Ok(tables)
}

fn part(archive: &mut ZipArchive<Cursor<&[u8]>>, name: &str) -> Result<Option<String>, String> {
    let Ok(file) = archive.by_name(name) else {
        return Ok(None);
    };
    let mut text = String::new();
    file.take(PART)
        .read_to_string(&mut text)
        .map_err(|error| error.to_string())?;
    Ok(Some(text))
}

/// Walks through a part: what begins, what ends, and the text in between.
fn walk(xml: &str, mut visit: impl FnMut(CellPiece<'_>)) -> Result<(), String> {
    let mut reader = Reader::from_str(xml);
    loop {
        match reader.read_event().map_err(|error| error.to_string())? {
            Event::Start(element) => visit(CellPiece::Start(&element)),
            Event::Empty(element) => {
                visit(CellPiece::Start(&element));
                visit(CellPiece::End(element.local_name().as_ref()));
            }
            Event::End(element) => visit(CellPiece::End(element.local_name().as_ref())),
            Event::Text(text) => visit(CellPiece::Text(
                &text.decode().map_err(|error| error.to_string())?,
            )),
            Event::GeneralRef(reference) => {
                let character = reference
                    .resolve_char_ref()
                    .ok()
                    .flatten()
                    .map(String::from);
                let name = reference.decode().unwrap_or_default();
                let named = quick_xml::escape::resolve_xml_entity(&name).map(str::to_owned);
                visit(CellPiece::Text(&character.or(named).unwrap_or_default()));
            }
            Event::Eof => return Ok(()),
            _ => {}
        }
    }
}

enum CellPiece<'a> {
    Start(&'a BytesStart<'a>),
    End(&'a [u8]),
    Text(&'a str),
}

fn attribute(element: &BytesStart<'_>, name: &str) -> Option<String> {
    let attribute = element.try_get_attribute(name).ok().flatten()?;
    let value = attribute
        .normalized_value(quick_xml::XmlVersion::Implicit1_0)
        .ok()?;
    Some(value.into_owned())
}

fn shared_strings(xml: &str) -> Result<Vec<String>, String> {
    let (mut strings, mut in_text) = (Vec::<String>::new(), false);
    walk(xml, |piece| match piece {
        CellPiece::Start(element) => match element.local_name().as_ref() {
            b"si" => strings.push(String::new()),
            name => in_text = name == b"t",
        },
        CellPiece::Text(text) if in_text => {
            if let Some(last) = strings.last_mut() {
                last.push_str(text);
            }
        }
        CellPiece::End(b"t") => in_text = false,
        CellPiece::End(_) | CellPiece::Text(_) => {}
    })?;
    Ok(strings)
}

/// The unit that each cell format prints after its number; mostly none.
fn units(xml: &str) -> Result<Vec<String>, String> {
    let (mut codes, mut formats, mut in_formats) = (Vec::new(), Vec::new(), false);
    walk(xml, |piece| match piece {
        CellPiece::Start(element) => match element.local_name().as_ref() {
            b"numFmt" => codes.push((
                attribute(element, "numFmtId"),
                attribute(element, "formatCode"),
            )),
            b"cellXfs" => in_formats = true,
            b"xf" if in_formats => {
                let id = attribute(element, "numFmtId");
                let code = codes.iter().find(|(other, _)| *other == id);
                let code = code
                    .and_then(|(_, code)| code.as_deref())
                    .unwrap_or_default();
                formats.push(code.split('"').nth(1).unwrap_or_default().to_owned());
            }
            _ => {}
        },
        CellPiece::End(b"cellXfs") => in_formats = false,
        CellPiece::End(_) | CellPiece::Text(_) => {}
    })?;
    Ok(formats)
}

fn sheet(xml: &str, strings: &[String], units: &[String]) -> Result<Table, String> {
    let mut table = Table::default();
    let (mut open, mut in_value): (Option<ReadCell>, bool) = (None, false);
    walk(xml, |piece| match piece {
        CellPiece::Start(element) => match element.local_name().as_ref() {
            b"c" => open = ReadCell::new(element),
            b"v" => in_value = true,
            _ => {}
        },
        CellPiece::Text(text) if in_value => {
            if let Some(open) = &mut open {
                open.value.push_str(text);
            }
        }
        CellPiece::End(b"v") => in_value = false,
        CellPiece::End(b"c") => {
            if let Some(open) = open.take() {
                let cell = open.close(strings, units);
                table.rows = table.rows.max(cell.row + 1);
                table.columns = table.columns.max(cell.column + 1);
                table.cells.push(cell);
            }
        }
        CellPiece::End(_) | CellPiece::Text(_) => {}
    })?;
    Ok(table)
}

/// A cell that is being read.
struct ReadCell {
    at: (usize, usize),
    shared: bool,
    format: usize,
    value: String,
}

impl ReadCell {
    fn new(element: &BytesStart<'_>) -> Option<Self> {
        let format = attribute(element, "s").and_then(|format| format.parse().ok());
        Some(Self {
            at: place(&attribute(element, "r")?)?,
            shared: attribute(element, "t").as_deref() == Some("s"),
            format: format.unwrap_or(0),
            value: String::new(),
        })
    }

    fn close(self, strings: &[String], units: &[String]) -> Cell {
        let shared = || strings.get(self.value.parse::<usize>().ok()?).cloned();
        let text = if self.shared {
            shared().unwrap_or_default()
        } else if self.value.is_empty() {
            String::new()
        } else {
            let unit = units.get(self.format).map_or("", String::as_str);
            format!("{}{unit}", self.value)
        };
        Cell {
            row: self.at.0,
            column: self.at.1,
            row_span: 1,
            column_span: 1,
            text,
            role: Role::Value,
        }
    }
}

/// Row and column of a name such as `B3`, from 0.
fn place(name: &str) -> Option<(usize, usize)> {
    let digits = name.find(|c: char| c.is_ascii_digit())?;
    let (letters, digits) = name.split_at_checked(digits)?;
    let column = letters.bytes().try_fold(0_usize, |column, letter| {
        let value = usize::from(letter.checked_sub(b'A')?) + 1;
        column.checked_mul(26)?.checked_add(value)
    })?;
    Some((
        digits.parse::<usize>().ok()?.checked_sub(1)?,
        column.checked_sub(1)?,
    ))
}
