//! Workbooks of Excel 97 to 2003 and WPS (.xls, .et): sheets in their order, with what is hidden in them.

use super::biff::{
    BiffRecord, BiffRecords, BiffText, BiffTexts, f64_at, packed, size_at, u16_at, u32_at,
};
use super::formats::CellFormats;
use super::number;
use super::sheet::{BookSheet, MANY, SHEETS, SheetRange, TEXT, TakenIn, broken, middle};
use super::workbook::SeenBook;
use crate::doc::Doc;
use crate::doc::normal::raised;
use crate::import::ImportError;
use crate::import::assemble::assemble;
use crate::import::compound::Compound;

const NAME: &str = "Excel";
/// The most records of all sheets.
const RECORDS: usize = 2_000_000;
/// The version of the records since Excel 97.
const EXCEL_97: u16 = 0x600;

/// Reads a workbook.
pub(in crate::import) fn read(bytes: &[u8]) -> Result<Doc, ImportError> {
    Ok(assemble(book(&stream(bytes)?)?.pieces()?))
}

/// The bytes of the stream that holds the sheets.
fn stream(bytes: &[u8]) -> Result<Vec<u8>, ImportError> {
    let mut file =
        Compound::open(bytes).ok_or_else(|| broken(NAME, "文件不完整或者不是Excel工作簿"))?;
    match file.stream("Workbook")? {
        Some(stream) => Ok(stream),
        None if file.has("Book") => Err(too_old()),
        None => Err(broken(NAME, "里面没有工作簿")),
    }
}

fn too_old() -> ImportError {
    ImportError::Other {
        kind: "Excel 95或更早的表格",
        advice: "在表格软件里打开，另存为.xlsx再导入",
    }
}

fn book(bytes: &[u8]) -> Result<SeenBook, ImportError> {
    let mut shared = XlsShared::default();
    let mut list = Vec::new();
    let mut records = BiffRecords::from(bytes, 0);
    match records.next() {
        Some(first) if first.kind == 0x809 && u16_at(first.bytes, 0) == Some(EXCEL_97) => {}
        Some(first) if matches!(first.kind, 0x809 | 0x409 | 0x209 | 0x9) => return Err(too_old()),
        _ => return Err(broken(NAME, "内容已损坏")),
    }
    for record in records {
        match record.kind {
            0x0A => break,
            0x2F => {
                return Err(ImportError::Other {
                    kind: "加了密码的Excel表格",
                    advice: "在表格软件里打开，去掉密码和保护后另存为.xlsx再导入",
                });
            }
            0x85 => {
                list.extend(XlsListed::read(&record));
                if list.len() > SHEETS {
                    return Err(ImportError::TooLarge);
                }
            }
            _ => shared.take(&record)?,
        }
    }
    let mut book = SeenBook::default();
    let (mut taken, mut left) = (TakenIn::default(), RECORDS);
    for XlsListed {
        name,
        at,
        is_hidden,
    } in list
    {
        if is_hidden {
            book.hidden.push(name);
            continue;
        }
        let mut reading = XlsWalk {
            shared: &shared,
            sheet: BookSheet::named(name),
            formula: None,
        };
        let mut depth = 0_usize;
        for record in BiffRecords::from(bytes, at) {
            left = left.checked_sub(1).ok_or(ImportError::TooLarge)?;
            match record.kind {
                0x809 => depth += 1,
                0x0A if depth <= 1 => break,
                0x0A => depth -= 1,
                // Charts in a sheet have records of their own.
                _ if depth == 1 => reading.take(&record, &mut taken)?,
                _ if depth == 0 => return Err(broken(NAME, "内容已损坏")),
                _ => {}
            }
        }
        book.sheets.push(reading.sheet);
    }
    Ok(book)
}

/// A sheet in the list of the workbook.
struct XlsListed {
    name: String,
    at: usize,
    is_hidden: bool,
}

impl XlsListed {
    /// `None` for what is no sheet of cells.
    fn read(record: &BiffRecord<'_>) -> Option<Self> {
        let at = usize::try_from(u32_at(record.bytes, 0)?).ok()?;
        let state = u16_at(record.bytes, 4)?;
        let length = usize::from(*record.bytes.get(6)?);
        let name = BiffTexts::of(record, 7).rich(length)?.plain();
        (state >> 8 == 0).then_some(Self {
            name,
            at,
            is_hidden: state & 3 != 0,
        })
    }
}

/// What the sheets of a workbook share.
#[derive(Default)]
struct XlsShared {
    texts: Vec<String>,
    /// For each font whether it is raised.
    fonts: Vec<bool>,
    formats: CellFormats,
    is_1904: bool,
}

impl XlsShared {
    fn take(&mut self, record: &BiffRecord<'_>) -> Result<(), ImportError> {
        let bytes = record.bytes;
        match record.kind {
            0x22 => self.is_1904 = u16_at(bytes, 0) == Some(1),
            0x31 => self.fonts.push(u16_at(bytes, 8) == Some(1)),
            0x41E => {
                let length = size_at(bytes, 2).unwrap_or(0);
                let code = BiffTexts::of(record, 4)
                    .rich(length)
                    .map(|text| text.plain());
                if let Some((id, code)) = u16_at(bytes, 0).zip(code) {
                    self.formats.add(id.into(), code)?;
                }
            }
            0xE0 => self
                .formats
                .add_style(u16_at(bytes, 2).unwrap_or(0).into())?,
            0xFC => self.take_texts(record)?,
            _ => {}
        }
        Ok(())
    }

    fn take_texts(&mut self, record: &BiffRecord<'_>) -> Result<(), ImportError> {
        let count = u32_at(record.bytes, 4).unwrap_or(0);
        let mut texts = BiffTexts::of(record, 8);
        let mut total = 0;
        for _ in 0..count {
            let Some(length) = texts.u16() else { break };
            let Some(text) = texts.rich(usize::from(length)) else {
                break;
            };
            let text = self.spoken(&text);
            total += text.len();
            self.texts.push(text);
            if total > TEXT || self.texts.len() > MANY {
                return Err(ImportError::TooLarge);
            }
        }
        Ok(())
    }

    /// A text in which raised digits keep their own signs.
    fn spoken(&self, text: &BiffText) -> String {
        // The font with the number 4 is not there.
        let is_raised = |font: u16| {
            let at = usize::from(if font > 4 { font - 1 } else { font });
            self.fonts.get(at) == Some(&true)
        };
        text.changed(is_raised, raised)
    }

    fn format(&self, style: u16) -> &str {
        self.formats.of(style.into())
    }
}

/// A sheet that is being read.
struct XlsWalk<'a> {
    shared: &'a XlsShared,
    sheet: BookSheet,
    /// Where and how the text is shown that a formula gave and that stands in a record of its own.
    formula: Option<((usize, usize), u16)>,
}

impl XlsWalk<'_> {
    fn take(&mut self, record: &BiffRecord<'_>, taken: &mut TakenIn) -> Result<(), ImportError> {
        let bytes = record.bytes;
        match record.kind {
            0x14 => {
                let length = size_at(bytes, 0).unwrap_or(0);
                let header = BiffTexts::of(record, 2).rich(length);
                let header = header.map_or_else(String::new, |text| text.plain());
                taken.count(&header)?;
                self.sheet.header = middle(&header);
            }
            0x208 => {
                let (height, look) = (u16_at(bytes, 6), u16_at(bytes, 12));
                // A row as high as usual may say so by its highest bit alone.
                let is_hidden = look.is_some_and(|look| look & 0x20 != 0) || height == Some(0);
                if is_hidden && let Some(row) = size_at(bytes, 0) {
                    self.sheet.hide_rows(row..row + 1);
                }
            }
            0x7D => {
                let is_hidden = u16_at(bytes, 8).is_some_and(|look| look & 1 != 0)
                    || u16_at(bytes, 4) == Some(0);
                if is_hidden
                    && let (Some(first), Some(last)) = (size_at(bytes, 0), size_at(bytes, 2))
                {
                    self.sheet.hide_columns(first..last + 1);
                }
            }
            0xE5 => self.take_merges(bytes, taken)?,
            0xBD => self.take_numbers(bytes, taken)?,
            0x207 => {
                if let (Some((at, style)), Some(length)) = (self.formula.take(), size_at(bytes, 0))
                    && let Some(text) = BiffTexts::of(record, 2).rich(length)
                {
                    self.put_text(at, style, &text.plain(), taken)?;
                }
            }
            _ => self.take_cell(record, taken)?,
        }
        Ok(())
    }

    fn take_cell(
        &mut self,
        record: &BiffRecord<'_>,
        taken: &mut TakenIn,
    ) -> Result<(), ImportError> {
        let bytes = record.bytes;
        let (Some(row), Some(column), Some(style)) =
            (size_at(bytes, 0), size_at(bytes, 2), u16_at(bytes, 4))
        else {
            return Ok(());
        };
        let at = (row, column);
        match record.kind {
            0x203 => {
                if let Some(value) = f64_at(bytes, 6) {
                    self.put_number(at, style, value, taken)?;
                }
            }
            0x27E => {
                if let Some(number) = u32_at(bytes, 6) {
                    self.put_number(at, style, packed(number), taken)?;
                }
            }
            0xFD => {
                let shared = self.shared;
                let index = u32_at(bytes, 6).and_then(|index| usize::try_from(index).ok());
                if let Some(text) = index.and_then(|index| shared.texts.get(index)) {
                    self.put_text(at, style, text, taken)?;
                }
            }
            0x204 | 0xD6 => {
                let length = size_at(bytes, 6).unwrap_or(0);
                if let Some(text) = BiffTexts::of(record, 8).rich(length) {
                    self.put_text(at, style, &text.plain(), taken)?;
                }
            }
            0x205 => {
                let (value, is_error) = (bytes.get(6).copied(), bytes.get(7) == Some(&1));
                self.sheet
                    .put(at, word(value, is_error).to_owned(), taken)?;
            }
            0x06 => self.take_formula(at, style, bytes, taken)?,
            _ => {}
        }
        Ok(())
    }

    /// Takes what a formula gave when the workbook was saved.
    fn take_formula(
        &mut self,
        at: (usize, usize),
        style: u16,
        bytes: &[u8],
        taken: &mut TakenIn,
    ) -> Result<(), ImportError> {
        self.formula = None;
        if u16_at(bytes, 12) == Some(0xFFFF) {
            let value = bytes.get(8).copied();
            match bytes.get(6) {
                Some(0) => self.formula = Some((at, style)),
                Some(1) => self.sheet.put(at, word(value, false).to_owned(), taken)?,
                Some(2) => self.sheet.put(at, word(value, true).to_owned(), taken)?,
                Some(_) | None => {}
            }
        } else if let Some(value) = f64_at(bytes, 6) {
            self.put_number(at, style, value, taken)?;
        }
        Ok(())
    }

    /// Takes a row of numbers in one record.
    fn take_numbers(&mut self, bytes: &[u8], taken: &mut TakenIn) -> Result<(), ImportError> {
        let (Some(row), Some(first)) = (size_at(bytes, 0), size_at(bytes, 2)) else {
            return Ok(());
        };
        let cells = bytes
            .get(4..bytes.len().saturating_sub(2))
            .unwrap_or_default();
        for (column, cell) in (first..).zip(cells.chunks_exact(6)) {
            if let (Some(style), Some(number)) = (u16_at(cell, 0), u32_at(cell, 2)) {
                self.put_number((row, column), style, packed(number), taken)?;
            }
        }
        Ok(())
    }

    fn take_merges(&mut self, bytes: &[u8], taken: &mut TakenIn) -> Result<(), ImportError> {
        let areas = bytes.get(2..).unwrap_or_default().chunks_exact(8);
        for area in areas.take(size_at(bytes, 0).unwrap_or(0)) {
            let of = |at| size_at(area, at).unwrap_or(0);
            let area = SheetRange {
                rows: (of(0), of(2)),
                columns: (of(4), of(6)),
            };
            if area.rows.0 <= area.rows.1 && area.columns.0 <= area.columns.1 {
                self.sheet.merge(area, taken)?;
            }
        }
        Ok(())
    }

    fn put_number(
        &mut self,
        at: (usize, usize),
        style: u16,
        value: f64,
        taken: &mut TakenIn,
    ) -> Result<(), ImportError> {
        if !value.is_finite() {
            return Ok(());
        }
        let text = number::shown(value, self.shared.format(style), self.shared.is_1904);
        self.sheet.put(at, text, taken)
    }

    fn put_text(
        &mut self,
        at: (usize, usize),
        style: u16,
        text: &str,
        taken: &mut TakenIn,
    ) -> Result<(), ImportError> {
        let text = number::text_shown(text, self.shared.format(style));
        self.sheet.put(at, text, taken)
    }
}

/// A truth or an error as it is shown.
fn word(value: Option<u8>, is_error: bool) -> &'static str {
    match (is_error, value.unwrap_or(0)) {
        (false, 0) => "FALSE",
        (false, _) => "TRUE",
        (true, 0x00) => "#NULL!",
        (true, 0x07) => "#DIV/0!",
        (true, 0x0F) => "#VALUE!",
        (true, 0x17) => "#REF!",
        (true, 0x1D) => "#NAME?",
        (true, 0x24) => "#NUM!",
        (true, _) => "#N/A",
    }
}
