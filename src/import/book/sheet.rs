//! A sheet as its file has it, within the bounds that hold for every kind of workbook.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::doc::{Cell, Table};
use crate::import::ImportError;
use crate::import::assemble::role;

/// The most rows and columns of a sheet, and the most squares.
pub(super) const ROWS: usize = 5_000;
pub(super) const COLUMNS: usize = 256;
pub(super) const SQUARES: usize = 200_000;
/// The most cells that hold something, shown or not.
const VALUES: usize = 2 * SQUARES;
/// The most sheets.
pub(super) const SHEETS: usize = 64;
/// The most text of a workbook, in bytes.
pub(super) const TEXT: usize = 8 * 1024 * 1024;
/// The most shared texts, formats and merged areas.
pub(super) const MANY: usize = 200_000;

/// Squares from the first to the last row and column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct SheetRange {
    pub(super) rows: (usize, usize),
    pub(super) columns: (usize, usize),
}

/// One sheet as its file has it.
#[derive(Debug, Default)]
pub(super) struct BookSheet {
    pub(super) name: String,
    /// What is printed at the head of every page, in the middle.
    pub(super) header: String,
    /// Every cell in which something is written.
    pub(super) cells: BTreeMap<(usize, usize), String>,
    pub(super) merges: Vec<SheetRange>,
    /// For each row and column, as far as it is known, whether it is hidden.
    hidden_rows: Vec<bool>,
    hidden_columns: Vec<bool>,
}

/// How much of a workbook was taken in so far, all its sheets together.
#[derive(Debug, Default)]
pub(super) struct TakenIn {
    text: usize,
    values: usize,
    cells: usize,
    merges: usize,
}

impl TakenIn {
    /// Counts a text that was read, whether or not anything of it is seen.
    pub(super) fn count(&mut self, text: &str) -> Result<(), ImportError> {
        self.text += text.len();
        if self.text > TEXT {
            return Err(ImportError::TooLarge);
        }
        Ok(())
    }
}

impl BookSheet {
    pub(super) fn named(name: String) -> Self {
        Self {
            name,
            ..Self::default()
        }
    }

    /// Puts a text into a square. Looks alone may reach to the last row of a sheet.
    pub(super) fn put(
        &mut self,
        at: (usize, usize),
        text: String,
        taken: &mut TakenIn,
    ) -> Result<(), ImportError> {
        let (row, column) = at;
        taken.count(&text)?;
        taken.values += 1;
        if taken.values > VALUES {
            return Err(ImportError::TooLarge);
        }
        if text.trim().is_empty() {
            return Ok(());
        }
        taken.cells += 1;
        let fits = row < ROWS && column < COLUMNS;
        if !fits || taken.cells > SQUARES {
            return Err(ImportError::TooLarge);
        }
        self.cells.insert(at, text);
        Ok(())
    }

    pub(super) fn merge(
        &mut self,
        area: SheetRange,
        taken: &mut TakenIn,
    ) -> Result<(), ImportError> {
        taken.merges += 1;
        if taken.merges > MANY {
            return Err(ImportError::TooLarge);
        }
        self.merges.push(area);
        Ok(())
    }

    pub(super) fn hide_rows(&mut self, rows: Range<usize>) {
        hide(&mut self.hidden_rows, rows.start..rows.end.min(ROWS));
    }

    pub(super) fn hide_columns(&mut self, columns: Range<usize>) {
        let end = columns.end.min(COLUMNS);
        hide(&mut self.hidden_columns, columns.start..end);
    }

    pub(super) fn is_row_hidden(&self, row: usize) -> bool {
        self.hidden_rows.get(row) == Some(&true)
    }

    pub(super) fn is_column_hidden(&self, column: usize) -> bool {
        self.hidden_columns.get(column) == Some(&true)
    }

    /// Everything that is written on it, in its square, as one table.
    pub(super) fn table(&self) -> Table {
        let size = |at: fn(&(usize, usize)) -> usize| self.cells.keys().map(at).max();
        let cells = self.cells.iter().map(|(&(row, column), text)| Cell {
            row,
            column,
            row_span: 1,
            column_span: 1,
            role: role(text),
            text: text.clone(),
        });
        Table {
            rows: size(|at| at.0).map_or(0, |last| last + 1),
            columns: size(|at| at.1).map_or(0, |last| last + 1),
            cells: cells.collect(),
            ..Table::default()
        }
    }
}

fn hide(hidden: &mut Vec<bool>, range: Range<usize>) {
    if hidden.len() < range.end {
        hidden.resize(range.end, false);
    }
    if let Some(hidden) = hidden.get_mut(range) {
        hidden.fill(true);
    }
}

/// A refusal of a workbook of this format.
pub(super) fn broken(format: &'static str, reason: &str) -> ImportError {
    ImportError::Broken {
        format,
        reason: reason.to_owned(),
    }
}

/// Says of a package that is at fault which kind of workbook it is.
pub(super) fn called(format: &'static str) -> impl Fn(ImportError) -> ImportError {
    move |error| match error {
        ImportError::Broken { reason, .. } => broken(format, &reason),
        error => error,
    }
}

/// What a page's header says in the middle, without the codes for its looks.
pub(super) fn middle(header: &str) -> String {
    let mut text = String::new();
    let mut letters = header.chars().peekable();
    // Without a code the text stands in the middle.
    let mut is_middle = true;
    while let Some(letter) = letters.next() {
        if letter != '&' {
            if is_middle {
                text.push(letter);
            }
            continue;
        }
        match letters.next() {
            Some('C') => is_middle = true,
            Some('L' | 'R') => is_middle = false,
            Some('&') if is_middle => text.push('&'),
            Some('"') => while letters.next().is_some_and(|letter| letter != '"') {},
            Some('0'..='9') => while letters.next_if(char::is_ascii_digit).is_some() {},
            Some(_) | None => {}
        }
    }
    text.trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_seen_costs_as_much_as_what_is() {
        let mut sheet = BookSheet::default();
        let mut taken = TakenIn::default();
        let blank = " ".repeat(TEXT / 2 + 1);
        assert_eq!(sheet.put((0, 0), blank.clone(), &mut taken), Ok(()));
        let refused = Err(ImportError::TooLarge);
        assert_eq!(sheet.put((0, 1), blank, &mut taken), refused);
        let mut taken = TakenIn::default();
        for _ in 0..VALUES {
            sheet.put((0, 0), String::new(), &mut taken).unwrap();
        }
        assert_eq!(sheet.put((0, 0), String::new(), &mut taken), refused);
        assert!(sheet.cells.is_empty());
    }

    #[test]
    fn rows_and_columns_are_hidden_however_often() {
        let mut sheet = BookSheet::default();
        for _ in 0..100_000 {
            sheet.hide_columns(2..usize::MAX);
        }
        sheet.hide_rows(3..4);
        sheet.hide_rows(usize::MAX - 1..usize::MAX);
        let columns = [1, 2, COLUMNS - 1, COLUMNS].map(|column| sheet.is_column_hidden(column));
        assert_eq!(columns, [false, true, true, false]);
        let rows = [2, 3, 4].map(|row| sheet.is_row_hidden(row));
        assert_eq!(rows, [false, true, false]);
    }
}
