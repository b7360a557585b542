//! Writes the tables of a [`Doc`] as a workbook: numbers as numbers, sums as formulas with their values.
//!
//! It knows tables and sums, never which.

use rust_xlsxwriter::utility::cell_range;
use rust_xlsxwriter::{
    DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Formula, Workbook, Worksheet,
    XlsxError,
};

use super::ExportError;
use crate::doc::{Block, Cell, Doc, Role, Sum, Table, title};
use crate::report::Number;

/// Writes the tables, a sheet each; the same report always gives the same bytes.
///
/// # Errors
/// [`ExportError::Build`] when a table cannot be a sheet.
pub fn write(doc: &Doc) -> Result<Vec<u8>, ExportError> {
    build(doc).map_err(|error| ExportError::Build {
        format: "XLSX",
        reason: error.to_string(),
    })
}

fn build(doc: &Doc) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    // The date follows from the report, never from the clock.
    let next = doc
        .year
        .map_or(2000, |year| year.saturating_add(1).clamp(1900, 9999));
    let created = ExcelDateTime::from_ymd(next, 1, 1)?;
    let properties = DocProperties::new()
        .set_title(&doc.title)
        .set_author(&doc.issuer)
        .set_creation_datetime(&created);
    book.set_properties(&properties);
    let mut number = 0;
    for block in &doc.blocks {
        if let Block::Table(table) = block
            && table.rows > 0
        {
            number += 1;
            let sheet = book.add_worksheet();
            sheet.set_name(sheet_name(&table.caption, number))?;
            fill(sheet, doc, table)?;
        }
    }
    if number == 0 {
        book.add_worksheet();
    }
    book.save_to_buffer()
}

/// What Excel allows as the name of a sheet.
fn sheet_name(caption: &str, number: usize) -> String {
    const LONGEST: usize = 31;
    let kept: String = caption
        .chars()
        .filter(|c| !r"[]:*?/\'".contains(*c) && !c.is_control() && u32::from(*c) < 0x1_0000)
        .take(LONGEST)
        .collect();
    if kept.trim().is_empty() {
        format!("表{number}")
    } else {
        kept
    }
}

/// How many twips of paper a character of a sheet's column stands for: a table is about as wide as a page.
const TWIPS_A_CHARACTER: u32 = 100;

/// Height of a line of a sheet in points.
const LINE: f64 = 15.0;

fn fill(sheet: &mut Worksheet, doc: &Doc, table: &Table) -> Result<(), XlsxError> {
    for (column, width) in (0..).zip(&table.widths) {
        sheet.set_column_width(column, f64::from(*width) / f64::from(TWIPS_A_CHARACTER))?;
    }
    for (row, lines) in (0..).zip(lines(table)) {
        sheet.set_row_height(row, f64::from(lines) * LINE + 3.0)?;
    }
    for cell in &table.cells {
        put(sheet, table, cell)?;
    }
    let heads = u32::try_from(table.header_rows).unwrap_or(0);
    if heads > 0 {
        sheet.set_repeat_rows(0, heads - 1)?;
        sheet.set_freeze_panes(heads, 0)?;
    }
    let mark = if doc.mark.is_empty() {
        String::new()
    } else {
        format!("&R{}", header_text(&doc.mark))
    };
    sheet.set_header(format!("&C{}{mark}", header_text(&doc.title)));
    sheet.set_paper_size(9);
    if table.columns > 10 {
        sheet.set_landscape();
    }
    sheet.set_print_fit_to_pages(1, 0);
    Ok(())
}

/// How many lines of text each row holds; spreadsheets do not find that out for merged cells.
fn lines(table: &Table) -> Vec<u32> {
    let widths = table.column_widths();
    let mut lines = vec![1_u32; table.rows];
    let mut cells: Vec<&Cell> = table.cells.iter().collect();
    cells.sort_by_key(|cell| cell.row_span);
    for cell in cells {
        let span = widths
            .iter()
            .skip(cell.column)
            .take(cell.column_span.max(1));
        let room = (span.sum::<u32>() / TWIPS_A_CHARACTER)
            .saturating_sub(1)
            .max(1);
        let needed = title::width(&cell.text).div_ceil(room);
        let rows = lines.get_mut(cell.row..cell.row + cell.row_span.max(1));
        if let Some(rows) = rows {
            let missing = needed.saturating_sub(rows.iter().sum());
            if let Some(last) = rows.last_mut() {
                *last += missing;
            }
        }
    }
    lines
}

/// Text for a sheet's header, where `&` begins a command and 255 characters are allowed.
fn header_text(text: &str) -> String {
    text.chars()
        .take(100)
        .collect::<String>()
        .replace('&', "&&")
}

fn looks(table: &Table, cell: &Cell) -> Format {
    let left = cell.role == Role::Label && table.header_rows > 0;
    let align = if left {
        FormatAlign::Left
    } else {
        FormatAlign::Center
    };
    let format = Format::new()
        .set_border(FormatBorder::Thin)
        .set_align(align)
        .set_align(FormatAlign::VerticalCenter)
        .set_text_wrap();
    if cell.role == Role::Head {
        format.set_bold()
    } else {
        format
    }
}

fn put(sheet: &mut Worksheet, table: &Table, cell: &Cell) -> Result<(), XlsxError> {
    let (row, column) = place(cell.row, cell.column)?;
    let figure = (cell.role == Role::Value)
        .then(|| figure(&cell.text))
        .flatten();
    let mut format = looks(table, cell);
    if let Some((_, _, unit)) = figure
        && !unit.is_empty()
    {
        format = format.set_num_format(format!("General\"{unit}\""));
    }
    if cell.row_span > 1 || cell.column_span > 1 {
        let (last_row, last_column) = place(
            cell.row + cell.row_span.max(1) - 1,
            cell.column + cell.column_span.max(1) - 1,
        )?;
        sheet.merge_range(row, column, last_row, last_column, "", &format)?;
    }
    let sum = table
        .sums
        .iter()
        .find(|sum| sum.at == (cell.row, cell.column));
    match (figure, sum) {
        (Some((value, _, _)), Some(sum)) => {
            let formula = Formula::new(addition(sum)?).set_result(value.to_string());
            sheet.write_formula_with_format(row, column, formula, &format)?;
        }
        (Some((_, float, _)), None) => {
            sheet.write_number_with_format(row, column, float, &format)?;
        }
        (None, _) if cell.text.is_empty() => {
            sheet.write_blank(row, column, &format)?;
        }
        (None, _) => {
            sheet.write_string_with_format(row, column, &cell.text, &format)?;
        }
    }
    Ok(())
}

fn place(row: usize, column: usize) -> Result<(u32, u16), XlsxError> {
    match (u32::try_from(row), u16::try_from(column)) {
        (Ok(row), Ok(column)) => Ok((row, column)),
        _ => Err(XlsxError::RowColumnLimitError),
    }
}

/// A figure with its unit, where a spreadsheet, whose numbers are floating, holds every digit of it.
fn figure(text: &str) -> Option<(Number, f64, &str)> {
    let end = text
        .find(|c: char| !c.is_ascii_digit() && !"-.".contains(c))
        .unwrap_or(text.len());
    let (digits, unit) = text.split_at_checked(end)?;
    let value = Number::read(digits)?;
    let plain_unit = unit.chars().all(|c| !c.is_ascii());
    let float = float(value).filter(|_| plain_unit)?;
    Some((value, float, unit))
}

/// A number as spreadsheets keep it, where that holds every digit.
pub(super) fn float(number: Number) -> Option<f64> {
    let float: f64 = number.to_string().parse().ok()?;
    (Number::read(&float.to_string()) == Some(number)).then_some(float)
}

/// The formula of a sum: runs of neighbouring squares as ranges.
fn addition(sum: &Sum) -> Result<String, XlsxError> {
    let mut runs: Vec<((usize, usize), (usize, usize))> = Vec::new();
    for &part in &sum.parts {
        let continued = runs.last_mut().filter(|(first, last)| {
            let to_the_right = first.0 == part.0 && (last.0, last.1 + 1) == part;
            let downwards = first.1 == part.1 && (last.0 + 1, last.1) == part;
            to_the_right || downwards
        });
        match continued {
            Some((_, last)) => *last = part,
            None => runs.push((part, part)),
        }
    }
    let mut areas = Vec::new();
    for (first, last) in runs {
        let ((row, column), (last_row, last_column)) =
            (place(first.0, first.1)?, place(last.0, last.1)?);
        areas.push(cell_range(row, column, last_row, last_column));
    }
    Ok(format!("=SUM({})", areas.join(",")))
}
