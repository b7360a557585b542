//! Cells as they come, row by row, to a table whose every cell knows its squares.

use std::collections::BTreeMap;

use super::assemble::{Piece, numbered_level, role};
use crate::doc::{Cell, Table};

/// The widest or highest span that is believed.
const SPAN: usize = 256;
/// The most columns of one table.
const COLUMNS: usize = 4096;
/// The most cells of one table.
const CELLS: usize = 200_000;

/// A table that is being read.
#[derive(Default)]
pub(super) struct GridBuilder {
    cells: Vec<(Cell, Vec<Piece>)>,
    /// Rows begun.
    rows: usize,
    /// The next free column of the row.
    column: usize,
    width: usize,
    /// For each column, the last cell that begins in it.
    lowest: BTreeMap<usize, usize>,
    /// For each column, the first row that no cell from above covers.
    free_from: Vec<usize>,
    spans: (usize, usize),
    down: bool,
    left: bool,
    /// Whether the row that is being read was taken back.
    deleted: bool,
}

impl GridBuilder {
    /// Begins the next row.
    pub fn start_row(&mut self) {
        self.rows += 1;
        self.column = 0;
        self.deleted = false;
        self.reset();
    }

    fn reset(&mut self) {
        self.spans = (1, 1);
        self.down = false;
        self.left = false;
    }

    /// Takes back the row that was begun.
    pub fn delete_row(&mut self) {
        let row = self.rows.saturating_sub(1);
        while self.cells.last().is_some_and(|(cell, _)| cell.row == row) {
            self.cells.pop();
        }
        self.rows = row;
        self.deleted = true;
    }

    /// Leaves columns empty.
    pub fn skip(&mut self, columns: usize) {
        self.column = (self.column + columns.min(SPAN)).min(COLUMNS + 1);
    }

    /// Says how many columns the next cell covers.
    pub fn span(&mut self, columns: usize) {
        self.spans.1 = columns.clamp(1, SPAN);
    }

    /// Says how many rows the next cell covers.
    pub fn span_rows(&mut self, rows: usize) {
        self.spans.0 = rows.clamp(1, SPAN);
    }

    /// Says whether the next cell goes on with the one above.
    pub fn merge_down(&mut self, goes_on: bool) {
        self.down = goes_on;
    }

    /// Says whether the next cell goes on with the one on its left.
    pub fn merge_left(&mut self, goes_on: bool) {
        self.left = goes_on;
    }

    /// Adds the next cell of the row.
    pub fn push(&mut self, pieces: Vec<Piece>) {
        let (row_span, column_span) = (self.spans.0.max(1), self.spans.1.max(1));
        let (down, left) = (self.down, self.left);
        self.reset();
        if self.deleted {
            return;
        }
        let row = self.rows.saturating_sub(1);
        while self
            .free_from
            .get(self.column)
            .is_some_and(|&free| free > row)
        {
            self.column += 1;
        }
        let column = self.column;
        if column > COLUMNS {
            return;
        }
        self.column += column_span;
        self.width = self.width.max(self.column);
        if left && let Some((cell, _)) = self.cells.last_mut().filter(|(cell, _)| cell.row == row) {
            cell.column_span += column_span;
            return;
        }
        let above = self.lowest.get(&column).copied().filter(|_| down);
        if let Some((cell, _)) = above.and_then(|index| self.cells.get_mut(index))
            && cell.column == column
            && cell.row + cell.row_span == row
        {
            cell.row_span += 1;
            return;
        }
        if row_span > 1 {
            if self.free_from.len() < self.column {
                self.free_from.resize(self.column, 0);
            }
            for free in self.free_from.iter_mut().skip(column).take(column_span) {
                *free = row + row_span;
            }
        }
        if self.cells.len() < CELLS {
            let cell = Cell {
                row,
                column,
                row_span,
                column_span,
                text: String::new(),
                role: role(""),
            };
            self.lowest.insert(column, self.cells.len());
            self.cells.push((cell, pieces));
        }
    }

    /// The table; a single cell is only a frame around what is in it.
    pub fn finish(mut self) -> Vec<Piece> {
        if let [(_, pieces)] = self.cells.as_mut_slice() {
            return std::mem::take(pieces);
        }
        if self.cells.iter().any(|(_, pieces)| is_layout(pieces)) {
            return self
                .cells
                .into_iter()
                .flat_map(|(_, pieces)| pieces)
                .collect();
        }
        let mut cells = Vec::new();
        let mut inner = Vec::new();
        for (mut cell, pieces) in self.cells {
            let mut lines = Vec::new();
            for piece in pieces {
                match piece {
                    Piece::Text(text, _) => lines.push(text),
                    piece => inner.push(piece),
                }
            }
            cell.text = lines.join("\n");
            cell.role = role(&cell.text);
            cell.row_span = cell
                .row_span
                .min(self.rows - cell.row.min(self.rows))
                .max(1);
            cells.push(cell);
        }
        if !cells.is_empty() {
            inner.push(Piece::Table(Table {
                rows: self.rows,
                columns: self.width,
                cells,
                ..Table::default()
            }));
        }
        inner
    }
}

/// Whether a cell holds a part of a page, so that its table is there only to lay the page out.
fn is_layout(pieces: &[Piece]) -> bool {
    let is_heading =
        |piece: &Piece| matches!(piece, Piece::Text(text, _) if numbered_level(text) == Some(1));
    let is_table = |piece: &&Piece| matches!(piece, Piece::Table(_));
    match pieces.iter().filter(is_table).count() {
        0 => false,
        1 => pieces.iter().any(is_heading),
        _ => true,
    }
}

/// Adds a line unless it is empty.
pub(super) fn push_line(pieces: &mut Vec<Piece>, line: &str, level: Option<u8>) {
    let line = line.trim();
    if !line.is_empty() {
        pieces.push(Piece::Text(line.to_owned(), level));
    }
}

/// What each cell says, its row and column, and how many of them it covers.
#[cfg(test)]
pub(super) fn squares(table: &Table) -> Vec<(&str, usize, usize, usize, usize)> {
    let cells = table.cells.iter();
    cells
        .map(|c| (c.text.as_str(), c.row, c.column, c.row_span, c.column_span))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cell(text: &str) -> Vec<Piece> {
        vec![Piece::Text(text.to_owned(), None)]
    }

    #[test]
    fn merged_cells_keep_their_squares() {
        let mut grid = GridBuilder::default();
        grid.start_row();
        grid.span_rows(2);
        grid.push(cell("甲"));
        grid.span(2);
        grid.push(cell("乙"));
        grid.start_row();
        grid.push(cell("丙"));
        grid.push(cell("丁"));
        grid.start_row();
        grid.push(cell("戊"));
        grid.push(cell("己"));
        grid.merge_left(true);
        grid.push(cell(""));
        grid.start_row();
        grid.merge_down(true);
        grid.push(Vec::new());
        let pieces = grid.finish();
        let [Piece::Table(table)] = pieces.as_slice() else {
            panic!("{pieces:?}");
        };
        assert_eq!(
            squares(table),
            [
                ("甲", 0, 0, 2, 1),
                ("乙", 0, 1, 1, 2),
                ("丙", 1, 1, 1, 1),
                ("丁", 1, 2, 1, 1),
                ("戊", 2, 0, 2, 1),
                ("己", 2, 1, 1, 2),
            ]
        );
        assert_eq!((table.rows, table.columns), (4, 3));
    }

    #[test]
    fn a_frame_of_one_cell_is_no_table() {
        let mut grid = GridBuilder::default();
        grid.start_row();
        grid.push(cell("甲"));
        assert_eq!(grid.finish(), cell("甲"));
    }
}
