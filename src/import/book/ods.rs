//! Spreadsheets of LibreOffice and WPS (.ods): sheets in their order, with what is hidden in them.

use quick_xml::events::BytesStart;

use super::number;
use super::open_styles::{CellLines, OpenStyles};
use super::sheet::{BookSheet, COLUMNS, ROWS, SHEETS, SheetRange, TakenIn, broken, called};
use super::workbook::SeenBook;
use crate::doc::Doc;
use crate::import::ImportError;
use crate::import::assemble::assemble;
use crate::import::package::{Markup, Package, attribute, walk};

const NAME: &str = "ODF表格";
/// What stands in a sheet or a cell without being its text.
const ASIDE: &[&[u8]] = &[
    b"annotation",
    b"caption",
    b"circle",
    b"connector",
    b"control",
    b"custom-shape",
    b"dde-links",
    b"ellipse",
    b"forms",
    b"frame",
    b"g",
    b"line",
    b"measure",
    b"path",
    b"polygon",
    b"polyline",
    b"rect",
    b"ruby-text",
    b"shapes",
    b"tracked-changes",
];

/// Reads a workbook.
pub(in crate::import) fn read(bytes: &[u8]) -> Result<Doc, ImportError> {
    let book = book(bytes).map_err(called(NAME))?;
    Ok(assemble(book.pieces()?))
}

fn book(bytes: &[u8]) -> Result<SeenBook, ImportError> {
    let mut package = Package::open(bytes)?;
    if let Some(list) = package.part("META-INF/manifest.xml")?
        && list.windows(15).any(|part| part == b"encryption-data")
    {
        return Err(ImportError::Other {
            kind: "加了密码的表格",
            advice: "在表格软件里打开，去掉密码后另存为.xlsx再导入",
        });
    }
    let mut styles = OpenStyles::default();
    if let Some(xml) = package.part("styles.xml")? {
        walk(&xml, |markup| styles.visit(&markup))?;
    }
    let Some(xml) = package.part("content.xml")? else {
        return Err(broken(NAME, "里面没有工作表"));
    };
    let mut reading = OdsWalk {
        styles,
        ..OdsWalk::default()
    };
    walk(&xml, |markup| reading.visit(&markup))?;
    Ok(reading.book)
}

/// A cell that is being read.
#[derive(Default)]
struct RepeatedCell {
    times: usize,
    /// Rows and columns that it takes.
    size: (usize, usize),
    lines: CellLines,
    /// What it holds where no text says how it is printed.
    value: String,
}

/// A row or some equal ones.
#[derive(Default)]
struct RepeatedRow {
    times: usize,
    is_hidden: bool,
    /// The first square, how often, the size and the text.
    cells: Vec<(usize, usize, (usize, usize), String)>,
}

/// What the walk through the sheets is in the middle of.
#[derive(Default)]
struct OdsWalk {
    styles: OpenStyles,
    book: SeenBook,
    taken: TakenIn,
    /// How many elements are open of those that are passed over.
    aside: usize,
    sheet: Option<BookSheet>,
    is_hidden: bool,
    /// For each open group of rows or columns whether it is folded.
    groups: Vec<bool>,
    row: usize,
    column: usize,
    open_row: RepeatedRow,
    cell: Option<RepeatedCell>,
}

impl OdsWalk {
    fn visit(&mut self, markup: &Markup<'_>) -> Result<(), ImportError> {
        match markup {
            Markup::Start(element) => {
                let name = element.local_name();
                let is_inner = self.sheet.is_some() && name.as_ref() == b"table";
                if self.aside > 0 || is_inner || ASIDE.contains(&name.as_ref()) {
                    self.aside += 1;
                    return Ok(());
                }
                if self.sheet.is_some() {
                    self.start(element);
                } else if name.as_ref() == b"table" {
                    self.open_sheet(element)?;
                } else {
                    self.styles.visit(markup)?;
                }
            }
            Markup::End(_) if self.aside > 0 => self.aside -= 1,
            Markup::End(name) if self.sheet.is_some() => self.end(name)?,
            Markup::End(_) => self.styles.visit(markup)?,
            Markup::Text(text) if self.aside == 0 => {
                if let Some(cell) = &mut self.cell {
                    cell.lines.push(text);
                }
            }
            Markup::Text(_) => {}
        }
        Ok(())
    }

    fn open_sheet(&mut self, element: &BytesStart<'_>) -> Result<(), ImportError> {
        let name = attribute(element, "style-name").unwrap_or_default();
        let style = self.styles.of("table", &name).cloned().unwrap_or_default();
        let mut sheet = BookSheet::named(attribute(element, "name").unwrap_or_default());
        let header = self.styles.headers.get(&style.pages);
        sheet.header = header.cloned().unwrap_or_default();
        self.taken.count(&sheet.header)?;
        self.sheet = Some(sheet);
        self.is_hidden = style.is_hidden;
        self.groups.clear();
        (self.row, self.column) = (0, 0);
        Ok(())
    }

    fn start(&mut self, element: &BytesStart<'_>) {
        let of = |name| attribute(element, name);
        let number = |name| {
            let number = of(name).and_then(|text| text.parse::<usize>().ok());
            number.unwrap_or(1).max(1)
        };
        let folded = self.groups.contains(&true);
        let is_hidden = || {
            let unseen = ["collapse", "filter"];
            of("visibility").is_some_and(|kind| unseen.contains(&kind.as_str())) || folded
        };
        match element.local_name().as_ref() {
            b"table-row-group" | b"table-column-group" => {
                self.groups.push(of("display").as_deref() == Some("false"));
            }
            b"table-column" => {
                let end = self
                    .column
                    .saturating_add(number("number-columns-repeated"));
                if is_hidden()
                    && let Some(sheet) = &mut self.sheet
                {
                    sheet.hide_columns(self.column..end);
                }
                self.column = end;
            }
            b"table-row" => {
                self.open_row = RepeatedRow {
                    times: number("number-rows-repeated"),
                    is_hidden: is_hidden(),
                    cells: Vec::new(),
                };
                self.column = 0;
            }
            b"table-cell" | b"covered-table-cell" => {
                self.cell = Some(RepeatedCell {
                    times: number("number-columns-repeated"),
                    size: (
                        number("number-rows-spanned"),
                        number("number-columns-spanned"),
                    ),
                    lines: CellLines::default(),
                    value: value(element),
                });
            }
            _ => {
                if let Some(cell) = &mut self.cell {
                    cell.lines.start(element, &self.styles);
                }
            }
        }
    }

    fn end(&mut self, name: &[u8]) -> Result<(), ImportError> {
        match name {
            b"table" => self.close_sheet()?,
            b"table-row-group" | b"table-column-group" => drop(self.groups.pop()),
            b"table-row" => self.close_row()?,
            b"table-cell" | b"covered-table-cell" => {
                if let Some(cell) = self.cell.take() {
                    let text = if cell.lines.has_paragraphs {
                        cell.lines.text
                    } else {
                        cell.value
                    };
                    let is_written = !text.trim().is_empty();
                    if is_written || cell.size != (1, 1) {
                        let square = (self.column, cell.times, cell.size, text);
                        self.open_row.cells.push(square);
                    }
                    self.column = self.column.saturating_add(cell.times);
                }
            }
            name => {
                if let Some(cell) = &mut self.cell {
                    cell.lines.end(name);
                }
            }
        }
        Ok(())
    }

    fn close_row(&mut self) -> Result<(), ImportError> {
        let row = std::mem::take(&mut self.open_row);
        let first = self.row;
        self.row = first.saturating_add(row.times);
        let Some(sheet) = &mut self.sheet else {
            return Ok(());
        };
        if row.is_hidden {
            sheet.hide_rows(first..self.row);
        }
        if row.cells.is_empty() {
            return Ok(());
        }
        for at in first..self.row {
            for (column, times, size, text) in &row.cells {
                for column in *column..column.saturating_add(*times) {
                    sheet.put((at, column), text.clone(), &mut self.taken)?;
                    let is_inside = at < ROWS && column < COLUMNS;
                    if !is_inside {
                        break;
                    }
                    if *size != (1, 1) {
                        let area = SheetRange {
                            rows: (at, at.saturating_add(size.0 - 1)),
                            columns: (column, column.saturating_add(size.1 - 1)),
                        };
                        sheet.merge(area, &mut self.taken)?;
                    }
                }
            }
            if at >= ROWS {
                break;
            }
        }
        Ok(())
    }

    fn close_sheet(&mut self) -> Result<(), ImportError> {
        let Some(sheet) = self.sheet.take() else {
            return Ok(());
        };
        if self.is_hidden {
            self.book.hidden.push(sheet.name);
        } else {
            self.book.sheets.push(sheet);
        }
        if self.book.sheets.len() + self.book.hidden.len() > SHEETS {
            return Err(ImportError::TooLarge);
        }
        Ok(())
    }
}

/// What a cell holds, where no text says how it is printed.
fn value(element: &BytesStart<'_>) -> String {
    let of = |name| attribute(element, name).unwrap_or_default();
    let number = |format| match of("value").parse::<f64>() {
        Ok(value) if value.is_finite() => number::shown(value, format, false),
        _ => String::new(),
    };
    match of("value-type").as_str() {
        "float" | "currency" => number("General"),
        "percentage" => number("0.##########%"),
        "date" => of("date-value"),
        "boolean" => of("boolean-value").to_uppercase(),
        "string" => of("string-value"),
        _ => String::new(),
    }
}
