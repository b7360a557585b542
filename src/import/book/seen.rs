//! What is seen of a sheet: the rows and columns that are not hidden, as lines of text and tables.

use std::collections::{BTreeMap, BTreeSet};

use super::sheet::{BookSheet, SQUARES};
use crate::doc::{Cell, Table};
use crate::import::ImportError;
use crate::import::assemble::{Piece, is_figure, numbered_level, role};

/// The longest line that may be a title or a heading, in characters.
const LINE: usize = 60;

/// One square that is seen: its place among those that are, its size and its text.
pub(super) struct SeenSquare {
    column: usize,
    size: (usize, usize),
    text: String,
}

/// The rows of a sheet that are seen.
pub(super) struct SeenRows {
    pub rows: Vec<Vec<SeenSquare>>,
    columns: usize,
    /// The cells whose text is seen although their own square is not.
    pub shown: BTreeSet<(usize, usize)>,
}

impl SeenRows {
    pub fn of(sheet: &BookSheet, squares: &mut usize) -> Result<Self, ImportError> {
        let filled = || {
            sheet
                .cells
                .iter()
                .filter(|(_, text)| !text.trim().is_empty())
        };
        let rows = filled().map(|(at, _)| at.0 + 1).max().unwrap_or(0);
        let columns = filled().map(|(at, _)| at.1 + 1).max().unwrap_or(0);
        *squares += rows * columns;
        let merged: usize = sheet.merges.len() * 4;
        if *squares > SQUARES || merged > SQUARES {
            return Err(ImportError::TooLarge);
        }
        let seen_rows: Vec<usize> = (0..rows).filter(|&row| !sheet.is_row_hidden(row)).collect();
        let seen_columns: Vec<usize> = (0..columns)
            .filter(|&column| !sheet.is_column_hidden(column))
            .collect();
        let (owners, shown) = owners(sheet, &seen_rows, &seen_columns);
        let mut found = Vec::new();
        for &row in &seen_rows {
            let mut squares = Vec::new();
            for (column, &own) in seen_columns.iter().enumerate() {
                let (at, size) = match owners.get(&(row, own)) {
                    Some(Some((at, size))) => (*at, *size),
                    Some(None) => continue,
                    None => ((row, own), (1, 1)),
                };
                let text = sheet.cells.get(&at).map(|text| text.trim());
                squares.push(SeenSquare {
                    column,
                    size,
                    text: text.unwrap_or_default().to_owned(),
                });
            }
            found.push(squares);
        }
        let is_written = |row: &Vec<SeenSquare>| row.iter().any(|square| !square.text.is_empty());
        if !found.iter().any(is_written) {
            found.clear();
        }
        Ok(Self {
            rows: found,
            columns: seen_columns.len(),
            shown,
        })
    }

    /// Adds the rows: those that hold one line of text as lines, the others as tables.
    pub fn push(&self, pieces: &mut Vec<Piece>) {
        let lines: Vec<Option<&str>> = self.rows.iter().map(|row| Self::line(row)).collect();
        let is_text = self.texts(&lines);
        let mut from = 0;
        for (at, is_text) in is_text.iter().enumerate() {
            if *is_text {
                self.push_table(from, at, pieces);
                from = at + 1;
                let text = lines.get(at).copied().flatten().unwrap_or_default();
                for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
                    pieces.push(Piece::Text(line.to_owned(), None));
                }
            }
        }
        self.push_table(from, self.rows.len(), pieces);
    }

    /// The text of a row in which nothing else stands.
    fn line(row: &[SeenSquare]) -> Option<&str> {
        let mut filled = row.iter().filter(|square| !square.text.is_empty());
        let only = filled.next()?;
        let alone = filled.next().is_none() && only.size.0 == 1;
        (alone && !is_figure(&only.text)).then_some(only.text.as_str())
    }

    /// Which rows are running text: above the first table and below the last, and between them headings
    /// and sentences. What stands right above a row of a table is a heading of its columns.
    fn texts(&self, lines: &[Option<&str>]) -> Vec<bool> {
        let is_empty = |row: &Vec<SeenSquare>| row.iter().all(|square| square.text.is_empty());
        let is_row = |at: usize| lines.get(at).is_some_and(Option::is_none);
        let written =
            |at: &usize| is_row(*at) && self.rows.get(*at).is_some_and(|row| !is_empty(row));
        let all = 0..self.rows.len();
        let first = all.clone().find(written).unwrap_or(self.rows.len());
        let last = all.clone().rev().find(written).unwrap_or(0);
        let speaks = |at: usize| {
            let line = lines.get(at).copied().flatten();
            line.is_some_and(|line| {
                line.contains('。')
                    || line.chars().count() > LINE
                    || numbered_level(line) == Some(1)
            })
        };
        let is_title = |at: usize| {
            let line = lines.get(at).copied().flatten();
            line.is_some_and(|line| line.contains("报告"))
        };
        let above = all
            .clone()
            .take(first)
            .filter(|&at| speaks(at) || is_title(at));
        let above = above.max().map_or(0, |at| at + 1);
        let has_figures = |at: usize| {
            let row = self.rows.get(at);
            row.is_some_and(|row| row.iter().any(|square| is_figure(&square.text)))
        };
        let opens = |at: usize| {
            let whole = self
                .rows
                .get(at)
                .is_some_and(|row| row.len() == 1 && self.columns > 1);
            let next = (at + 1..self.rows.len())
                .find(|&next| self.rows.get(next).is_some_and(|row| !is_empty(row)));
            speaks(at) && (whole || next.is_none_or(|next| !has_figures(next)))
        };
        all.map(|at| !is_row(at) && (at < above || at > last || opens(at)))
            .collect()
    }

    fn push_table(&self, from: usize, to: usize, pieces: &mut Vec<Piece>) {
        let rows = self.rows.get(from..to).unwrap_or_default();
        let mut cells = Vec::new();
        for (row, squares) in rows.iter().enumerate() {
            for square in squares {
                cells.push(Cell {
                    row,
                    column: square.column,
                    row_span: square.size.0.min(to - from - row).max(1),
                    column_span: square.size.1,
                    role: role(&square.text),
                    text: square.text.clone(),
                });
            }
        }
        if cells.iter().any(|cell| !cell.text.is_empty()) {
            pieces.push(Piece::Table(Table {
                rows: rows.len(),
                columns: self.columns,
                cells,
                ..Table::default()
            }));
        }
    }
}

/// For each merged square the cell it shows and its size, where it is the first one that is seen.
type Owners = BTreeMap<(usize, usize), Option<((usize, usize), (usize, usize))>>;

fn owners(
    sheet: &BookSheet,
    seen_rows: &[usize],
    seen_columns: &[usize],
) -> (Owners, BTreeSet<(usize, usize)>) {
    let within = |seen: &[usize], (first, last): (usize, usize)| -> Vec<usize> {
        let from = seen.partition_point(|at| *at < first);
        let to = seen.partition_point(|at| *at <= last);
        seen.get(from..to).unwrap_or_default().to_vec()
    };
    let mut owners = Owners::new();
    let mut shown = BTreeSet::new();
    // However often squares are merged, each is looked at a few times.
    let mut left = SQUARES * 2;
    for area in &sheet.merges {
        let rows = within(seen_rows, area.rows);
        let columns = within(seen_columns, area.columns);
        let size = (rows.len(), columns.len());
        left = left.saturating_sub(size.0 * size.1);
        let (Some(&row), Some(&column)) = (rows.first(), columns.first()) else {
            continue;
        };
        let overlaps = left == 0 || owners.contains_key(&(row, column));
        if overlaps {
            continue;
        }
        for &row in &rows {
            for &column in &columns {
                owners.entry((row, column)).or_insert(None);
            }
        }
        let at = (area.rows.0, area.columns.0);
        owners.insert((row, column), Some((at, size)));
        shown.insert(at);
    }
    (owners, shown)
}
