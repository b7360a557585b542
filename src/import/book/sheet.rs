//! A sheet as its file has it, within the bounds that hold for every kind of workbook.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use crate::doc::{Cell, Table};
use crate::import::ImportError;
use crate::import::assemble::role;

/// The most rows and columns of a sheet, and the most squares.
pub(super) const ROWS: usize = 5_000;
pub(super) const COLUMNS: usize = 256;
pub(super) const SQUARES: usize = 200_000;
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
    pub(super) hidden_rows: BTreeSet<usize>,
    pub(super) hidden_columns: BTreeSet<usize>,
}

/// How much of a workbook was taken in so far, all its sheets together.
#[derive(Debug, Default)]
pub(super) struct TakenIn {
    text: usize,
    cells: usize,
    merges: usize,
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
        if text.trim().is_empty() {
            return Ok(());
        }
        taken.text += text.len();
        taken.cells += 1;
        let fits = row < ROWS && column < COLUMNS;
        if !fits || taken.text > TEXT || taken.cells > SQUARES {
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
        self.hidden_rows.extend(rows.start..rows.end.min(ROWS));
    }

    pub(super) fn hide_columns(&mut self, columns: Range<usize>) {
        let end = columns.end.min(COLUMNS);
        self.hidden_columns.extend(columns.start..end);
    }

    pub(super) fn is_hidden(&self, row: usize, column: usize) -> bool {
        self.hidden_rows.contains(&row) || self.hidden_columns.contains(&column)
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
