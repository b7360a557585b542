//! Writers of rows as they come, however many there are: CSV, JSON a line each, a workbook.
//!
//! They know texts and figures, never which.

use std::io::{self, Write};
use std::path::Path;

use rust_xlsxwriter::{Format as Look, Workbook, XlsxError};
use serde_json::{Map, Value};

use super::xlsx::float;
use crate::report::Number;

/// In which form rows are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RowFormat {
    /// Commas between the columns, the first line their names.
    Csv,
    /// A JSON object a line.
    Json,
    /// A workbook with a sheet of rows and a sheet of the names.
    Xlsx,
}

/// One square of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Square<'a> {
    /// Text.
    Text(&'a str),
    /// An exact figure.
    Figure(Number),
    /// A whole number that counts nothing, such as a year.
    Whole(u16),
    /// Nothing.
    Blank,
}

/// A column: its name for programs and its name for a reader.
pub type Head = (String, String);

/// How rows are written.
#[derive(Debug, Clone, Copy)]
pub struct RowStyle {
    /// The format.
    pub format: RowFormat,
    /// Whether the first line has the names for a reader.
    pub labels: bool,
    /// Whether the text begins with the mark that some spreadsheets need to see that it is UTF-8.
    pub byte_order_mark: bool,
}

/// Takes the rows that a producer has, one after the other.
pub type Take<'a> = dyn FnMut(&[Square<'_>]) -> io::Result<()> + 'a;

impl RowFormat {
    /// All formats with their names, which are the extensions of their files.
    pub const ALL: [(&'static str, Self); 3] = [
        ("csv", Self::Csv),
        ("xlsx", Self::Xlsx),
        ("json", Self::Json),
    ];

    /// The format of this name.
    #[must_use]
    pub fn by_name(name: &str) -> Option<Self> {
        let found = Self::ALL
            .iter()
            .find(|(own, _)| own.eq_ignore_ascii_case(name));
        found.map(|(_, format)| *format)
    }

    /// The format that a file's extension asks for.
    #[must_use]
    pub fn by_extension(path: &Path) -> Option<Self> {
        let extension = path.extension()?.to_str()?;
        let lines = ["ndjson", "jsonl"].contains(&extension.to_lowercase().as_str());
        if lines {
            Some(Self::Json)
        } else {
            Self::by_name(extension)
        }
    }
}

/// Writes the rows that `produce` hands over, one at a time.
///
/// # Errors
/// What the producer or the system says.
pub fn write(
    style: RowStyle,
    heads: &[Head],
    out: &mut dyn Write,
    produce: &mut dyn FnMut(&mut Take<'_>) -> io::Result<()>,
) -> io::Result<()> {
    match style.format {
        RowFormat::Csv => csv(style, heads, out, produce),
        RowFormat::Json => produce(&mut |row| json(heads, row, out)),
        RowFormat::Xlsx => xlsx(style, heads, out, produce),
    }
}

fn csv(
    style: RowStyle,
    heads: &[Head],
    out: &mut dyn Write,
    produce: &mut dyn FnMut(&mut Take<'_>) -> io::Result<()>,
) -> io::Result<()> {
    if style.byte_order_mark {
        out.write_all("\u{feff}".as_bytes())?;
    }
    let mut writer = csv::Writer::from_writer(out);
    writer.write_record(heads.iter().map(|head| head_of(head, style)))?;
    produce(&mut |row| {
        for square in row {
            match square {
                Square::Text(text) => writer.write_field(text)?,
                Square::Figure(number) => writer.write_field(number.to_string())?,
                Square::Whole(number) => writer.write_field(number.to_string())?,
                Square::Blank => writer.write_field("")?,
            }
        }
        // The end of the record.
        Ok(writer.write_record(None::<&[u8]>)?)
    })?;
    writer.flush()
}

fn head_of(head: &Head, style: RowStyle) -> &str {
    let (key, label) = head;
    if style.labels { label } else { key }
}

fn json(heads: &[Head], row: &[Square<'_>], out: &mut dyn Write) -> io::Result<()> {
    let value = |square: &Square<'_>| match square {
        Square::Text(text) => Value::from(*text),
        // A figure is exact only as text.
        Square::Figure(number) => Value::from(number.to_string()),
        Square::Whole(number) => Value::from(*number),
        Square::Blank => Value::Null,
    };
    let keys = heads.iter().map(|(key, _)| key.clone());
    let object: Map<String, Value> = keys.zip(row.iter().map(value)).collect();
    serde_json::to_writer(&mut *out, &object)?;
    out.write_all(b"\n")
}

fn xlsx(
    style: RowStyle,
    heads: &[Head],
    out: &mut dyn Write,
    produce: &mut dyn FnMut(&mut Take<'_>) -> io::Result<()>,
) -> io::Result<()> {
    let mut book = Workbook::new();
    fill(&mut book, style, heads, produce)?;
    names(&mut book, heads).map_err(io::Error::other)?;
    // It is written by a thread of its own, to which `out` may not go.
    let mut whole = tempfile::tempfile()?;
    book.save_to_writer(&mut whole).map_err(io::Error::other)?;
    io::Seek::rewind(&mut whole)?;
    io::copy(&mut whole, out)?;
    Ok(())
}

fn fill(
    book: &mut Workbook,
    style: RowStyle,
    heads: &[Head],
    produce: &mut dyn FnMut(&mut Take<'_>) -> io::Result<()>,
) -> io::Result<()> {
    // Rows go to the disk as they come.
    let sheet = book
        .add_worksheet_with_constant_memory()
        .map_err(io::Error::other)?;
    let bold = Look::new().set_bold();
    let mut begin = || -> Result<(), XlsxError> {
        sheet.set_name("数据")?;
        sheet.set_freeze_panes(1, 2)?;
        for (column, head) in (0..).zip(heads) {
            sheet.write_string_with_format(0, column, head_of(head, style), &bold)?;
        }
        Ok(())
    };
    begin().map_err(io::Error::other)?;
    let mut next = 1;
    produce(&mut |row| {
        for (column, square) in (0..).zip(row) {
            let written = match square {
                Square::Text(text) => sheet.write_string(next, column, *text).map(drop),
                Square::Whole(number) => sheet.write_number(next, column, *number).map(drop),
                Square::Figure(number) => match float(*number) {
                    Some(float) => sheet.write_number(next, column, float).map(drop),
                    None => sheet
                        .write_string(next, column, number.to_string())
                        .map(drop),
                },
                Square::Blank => Ok(()),
            };
            written.map_err(io::Error::other)?;
        }
        next += 1;
        Ok(())
    })
}

/// The sheet that says what each column is.
fn names(book: &mut Workbook, heads: &[Head]) -> Result<(), XlsxError> {
    let sheet = book.add_worksheet_with_constant_memory()?;
    sheet.set_name("栏目")?;
    sheet.set_column_width(0, 48)?;
    sheet.set_column_width(1, 96)?;
    for (row, (key, label)) in (0..).zip(heads) {
        sheet.write_string(row, 0, key)?;
        sheet.write_string(row, 1, label)?;
    }
    Ok(())
}
