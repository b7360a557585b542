//! The sheet of paper: lengths, fonts and what a table's cells print, for every format that has pages.
//!
//! Lengths are twips and type sizes half-points, as Word counts them; it knows no format.

use super::{Cell, Role, Table};

/// Width of the paper (A4).
pub const PAGE_WIDTH: u16 = 11906;
/// Height of the paper (A4).
pub const PAGE_HEIGHT: u16 = 16838;
/// From the upper edge to the text (天头).
pub const TOP: u16 = 2098;
/// From the left edge to the text (订口).
pub const LEFT: u16 = 1588;
/// From the text to the lower edge.
pub const BOTTOM: u16 = 1984;
/// From the text to the right edge.
pub const RIGHT: u16 = 1474;
/// From the upper edge to the header.
pub const HEADER: u16 = 851;
/// From the lower end of the page number to the lower edge.
pub const FOOTER: u16 = 1268;
/// Width of the type area (版心).
pub const TYPE_AREA: u32 = 8844;

/// Font of the title.
pub const BIAO_SONG: &str = "方正小标宋简体";
/// Font of first-level headings and table heads.
pub const HEI: &str = "黑体";
/// Font of second-level headings.
pub const KAI: &str = "楷体_GB2312";
/// Font of the page number.
pub const SONG: &str = "宋体";

/// Font of digits and Latin letters where a house rule asks for it.
pub const TIMES: &str = "Times New Roman";

/// Size of the title (2号).
pub const TITLE_SIZE: u16 = 44;
/// Size of the page number (4号).
pub const FOOTER_SIZE: u16 = 28;
/// Height of the page number's line.
pub const FOOTER_LINE: u16 = 320;
/// One character of the page number, its distance from the edge of the text.
pub const FOOTER_INDENT: u16 = 280;
/// Sizes for figures too long for their column, the largest first.
const SMALL_SIZES: [u16; 6] = [18, 15, 12, 11, 10, 9];

/// Left and right margin of a cell, each.
pub const CELL_SIDE: u16 = 40;
/// Upper and lower margin of a cell, each.
pub const CELL_EDGE: u16 = 20;

/// Tables with this many columns are tall: their rows are low and their labels stand left.
const TALL_COLUMNS: usize = 10;

impl Table {
    /// The given widths of the columns, or equal ones for a table that brings none.
    #[must_use]
    pub fn column_widths(&self) -> Vec<u32> {
        if self.widths.len() == self.columns {
            return self.widths.clone();
        }
        let columns = u32::try_from(self.columns).unwrap_or(u32::MAX).max(1);
        vec![TYPE_AREA / columns; self.columns]
    }

    /// The table with its cells ending before each of these rows and told again in it, so that every
    /// part says on its own page what its rows are.
    #[must_use]
    pub fn parted(&self, rows: &[usize]) -> Self {
        let mut table = self.clone();
        for &row in rows {
            let mut again = Vec::new();
            for cell in &mut table.cells {
                let end = cell.row + cell.row_span;
                if cell.row < row && row < end {
                    again.push(Cell {
                        row,
                        row_span: end - row,
                        ..cell.clone()
                    });
                    cell.row_span = row - cell.row;
                }
            }
            table.cells.extend(again);
        }
        table
    }

    /// Whether the table is tall, so that its rows are low and its labels stand left.
    #[must_use]
    pub fn is_tall(&self) -> bool {
        self.columns == TALL_COLUMNS
    }

    /// The least height of a row whose lines of text have this height.
    #[must_use]
    pub fn row_height(&self, line: u16) -> u16 {
        line + if self.is_tall() { 72 } else { 184 }
    }
}

/// What a cell prints and in which size.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Print {
    /// The text; line breaks in it are forced.
    pub text: String,
    /// Its size in half-points.
    pub size: u16,
}

impl Cell {
    /// The text of the cell, fitted into a cell of `width` twips where the ordinary setting would break badly.
    #[must_use]
    pub fn print(&self, width: u32, size: u16) -> Print {
        let room = width.saturating_sub(u32::from(CELL_SIDE) * 2);
        let length = u32::try_from(self.text.chars().count()).unwrap_or(u32::MAX);
        let character = u32::from(size) * 10;
        let (text, size) = match self.role {
            Role::Value => (self.text.clone(), size_that_fits(length, size, room)),
            Role::Label if self.row_span > 1 && length.saturating_mul(character) > room => {
                (group_lines(&self.text), size)
            }
            _ => (self.text.clone(), size),
        };
        Print { text, size }
    }
}

/// The largest size at which a figure stays on one line; the smallest one where none does.
fn size_that_fits(length: u32, usual: u16, room: u32) -> u16 {
    let mut smaller = SMALL_SIZES.into_iter().filter(|&size| size < usual);
    let mut sizes = std::iter::once(usual).chain(smaller.clone());
    let fitting = sizes.find(|&size| length.saturating_mul(digit_width(size)) <= room);
    fitting.or(smaller.next_back()).unwrap_or(usual)
}

/// Width of a digit in twips, in the widest of the fonts that may stand in for the wanted one.
fn digit_width(size: u16) -> u32 {
    u32::from(size) * 117 / 21
}

/// Puts the number of a group such as `（三）` on a line of its own.
fn group_lines(text: &str) -> String {
    let number = text
        .starts_with('（')
        .then(|| text.split_once('）'))
        .flatten();
    match number {
        Some((number, name)) if !name.is_empty() => format!("{number}）\n{name}"),
        _ => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_parted_table_tells_its_labels_in_every_part() {
        let cell = |row, column, row_span, text: &str| Cell {
            row,
            column,
            row_span,
            column_span: 1,
            text: text.to_owned(),
            role: Role::Label,
        };
        let table = Table {
            rows: 6,
            columns: 2,
            cells: vec![
                cell(0, 0, 6, "果"),
                cell(0, 1, 2, "松"),
                cell(2, 1, 4, "柏"),
            ],
            ..Table::default()
        };
        let parted = table.parted(&[2, 5]);
        let found: Vec<_> = parted
            .cells
            .iter()
            .map(|cell| (cell.row, cell.column, cell.row_span, cell.text.as_str()))
            .collect();
        let expected = [
            (0, 0, 2, "果"),
            (0, 1, 2, "松"),
            (2, 1, 3, "柏"),
            (2, 0, 3, "果"),
            (5, 1, 1, "柏"),
            (5, 0, 1, "果"),
        ];
        assert_eq!(found, expected);
    }
}
