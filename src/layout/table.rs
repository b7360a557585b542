//! A table on paper: its rows' heights, its pieces on pages, its lines.
//!
//! A row is never split; what stands in several rows is told again where a page begins among them,
//! and never outside its cell.

use super::faces::Faces;
use super::set::{Align, SetText, Style};
use super::{Origin, Page, PageRegion, PageRule, RULE, points};
use crate::doc::sheet::{self, CELL_EDGE, CELL_SIDE};
use crate::doc::{Role, Table};
use crate::report::Choices;

/// A table whose texts are broken and whose rows are measured.
pub(super) struct TableLayout {
    /// Left edges of the columns, and the right edge of the last.
    edges: Vec<f32>,
    heights: Vec<f32>,
    pub(super) header_rows: usize,
    pub(super) cells: Vec<PlacedCell>,
    /// The cell lying on each square.
    owners: Vec<Vec<Option<usize>>>,
    line: f32,
}

pub(super) struct PlacedCell {
    pub(super) role: Role,
    pub(super) rows: (usize, usize),
    columns: (usize, usize),
    text: SetText,
}

impl TableLayout {
    pub(super) fn new(
        faces: &mut Faces<'_>,
        block: usize,
        table: &Table,
        choices: &Choices,
        left: f32,
    ) -> Self {
        let widths = table.column_widths();
        let mut edges = vec![left];
        let mut x = 0;
        for width in &widths {
            x += width;
            edges.push(left + points(x));
        }
        let mut measured = Self {
            edges,
            heights: vec![points(table.row_height(choices.table_line())); table.rows],
            header_rows: table.header_rows.min(table.rows),
            cells: Vec::with_capacity(table.cells.len()),
            owners: vec![vec![None; table.columns]; table.rows],
            line: points(choices.table_line()),
        };
        for (number, cell) in table.cells.iter().enumerate() {
            let rows = cell.row..(cell.row + cell.row_span.max(1)).min(table.rows);
            let columns = cell.column..(cell.column + cell.column_span.max(1)).min(table.columns);
            if rows.is_empty() || columns.is_empty() {
                continue;
            }
            let width = widths.get(columns.clone()).unwrap_or_default().iter().sum();
            let print = cell.print(width, choices.table_size);
            let head = cell.role == Role::Head;
            let font = if head {
                sheet::HEI
            } else {
                choices.body_font.as_str()
            };
            let left = cell.role == Role::Label && table.is_tall();
            let style = Style {
                wanted: faces.wanted(font),
                size: f32::from(print.size) / 2.0,
                spacing: 0.0,
                indent: 0.0,
                align: if left { Align::Left } else { Align::Center },
                hang: false,
            };
            let room = points(width) - points(CELL_SIDE) * 2.0;
            let origin = Origin::Cell(block, number);
            measured.own(&rows, &columns, number);
            let mut text = SetText::new(faces, origin, &print.text, style, room.max(1.0));
            // What no page can hold is left out; whoever reads the pages back finds it missing.
            text.lines.truncate(most_lines(measured.line));
            measured.cells.push(PlacedCell {
                role: cell.role,
                rows: (rows.start, rows.end),
                columns: (columns.start, columns.end),
                text,
            });
        }
        measured.stretch_rows();
        measured
    }

    fn own(
        &mut self,
        rows: &std::ops::Range<usize>,
        columns: &std::ops::Range<usize>,
        number: usize,
    ) {
        for row in self.owners.get_mut(rows.clone()).unwrap_or_default() {
            for square in row.get_mut(columns.clone()).unwrap_or_default() {
                square.get_or_insert(number);
            }
        }
    }

    /// Makes room for every text; what a cell over several rows lacks goes to the last of them.
    fn stretch_rows(&mut self) {
        let mut cells: Vec<&PlacedCell> = self.cells.iter().collect();
        cells.sort_by_key(|cell| (cell.rows.1 - cell.rows.0, cell.rows.1));
        for cell in cells {
            let text = cell.text.lines.len() as f32 * self.line;
            let needed = text + points(CELL_EDGE) * 2.0 + RULE;
            let (from, to) = cell.rows;
            let given: f32 = self.heights.get(from..to).unwrap_or_default().iter().sum();
            if let Some(last) = self.heights.get_mut(to - 1)
                && needed > given
            {
                *last += needed - given;
            }
        }
    }

    pub(super) fn rows(&self) -> usize {
        self.heights.len()
    }

    pub(super) fn height(&self) -> f32 {
        self.heights.iter().sum()
    }

    /// The height of the rows that are repeated on every page.
    pub(super) fn header(&self) -> f32 {
        self.heights.iter().take(self.header_rows).sum()
    }

    /// The header with the first row below it: the least that may stand at the foot of a page.
    pub(super) fn least(&self) -> f32 {
        self.heights.iter().take(self.header_rows + 1).sum()
    }

    /// The stretches of rows between the breaks.
    pub(super) fn groups(&self, breaks: Option<&Vec<usize>>) -> Vec<(usize, usize)> {
        let ends = breaks.into_iter().flatten().copied();
        let mut from = 0;
        ends.chain([self.rows()])
            .map(|to| (std::mem::replace(&mut from, to), to))
            .collect()
    }

    /// The rows on each page when the first has so much room and every other so much, as first and
    /// one past the last: groups stay whole where a page can hold them.
    pub(super) fn pieces(
        &self,
        first_room: f32,
        room: f32,
        breaks: Option<&Vec<usize>>,
    ) -> Vec<(usize, usize)> {
        let mut pieces: Vec<(usize, usize)> = Vec::new();
        let mut left = first_room;
        for (mut from, to) in self.groups(breaks) {
            let height = self.between(from, to);
            match pieces.last_mut() {
                Some(last) if height <= left => {
                    last.1 = to;
                    left -= height;
                    continue;
                }
                Some(_) => left = room - self.header(),
                None => {}
            }
            while from < to {
                let end = self.whole_cells(from, self.fitting(from, left)).min(to);
                pieces.push((from, end));
                left = if end < to {
                    room - self.header()
                } else {
                    left - self.between(from, end)
                };
                from = end;
            }
        }
        pieces
    }

    /// The rows from `from` on that fit into `room`; at least one below the header.
    fn fitting(&self, from: usize, room: f32) -> usize {
        let mut left = room;
        let mut to = from;
        for height in self.heights.iter().skip(from) {
            left -= height;
            if left < -0.01 {
                break;
            }
            to += 1;
        }
        let below_header = if from == 0 { self.header_rows } else { from };
        to.max(below_header + 1).min(self.rows())
    }

    /// An end of the page not behind `to` that leaves every text a place where its cell begins, so that
    /// the texts are told in their order: a cell that has no such place begins on the next page.
    fn whole_cells(&self, from: usize, to: usize) -> usize {
        let homeless = |cell: &&PlacedCell| {
            let (first, last) = cell.rows;
            let below_header = if from == 0 { self.header_rows } else { from };
            first > below_header
                && first < to
                && to < last
                && self.text_height(cell) > self.between(first, to)
        };
        let starts = self.cells.iter().filter(homeless).map(|cell| cell.rows.0);
        starts.min().unwrap_or(to)
    }

    /// Draws one of the pieces, with the header above it if it is not the first; returns the lower end.
    pub(super) fn draw(
        &self,
        pieces: &[(usize, usize)],
        number: usize,
        top: f32,
        page: &mut Page,
    ) -> f32 {
        let Some(&piece) = pieces.get(number) else {
            return top;
        };
        let mut y = top;
        if piece.0 > 0 {
            y = self.piece(&[(0, self.header_rows)], 0, y, true, page);
        }
        self.piece(pieces, number, y, false, page)
    }

    fn piece(
        &self,
        pieces: &[(usize, usize)],
        number: usize,
        top: f32,
        repeated: bool,
        page: &mut Page,
    ) -> f32 {
        let rows = pieces.get(number).copied().unwrap_or_default();
        for cell in &self.cells {
            if cell.rows.0 < rows.1 && cell.rows.1 > rows.0 {
                let (lines, again) = self.share(cell, pieces, number);
                self.draw_cell(cell, rows, lines, repeated || again, top, page);
            }
        }
        self.rules(rows.0, rows.1, top, page);
        top + self.between(rows.0, rows.1)
    }

    pub(super) fn between(&self, from: usize, to: usize) -> f32 {
        self.heights.get(from..to).unwrap_or_default().iter().sum()
    }

    pub(super) fn text_height(&self, cell: &PlacedCell) -> f32 {
        cell.text.lines.len() as f32 * self.line
    }

    /// Which lines of a cell stand in a piece of the table, and whether they only tell again what
    /// stands in an earlier one. A text is told in every piece that can hold it; where none can, its
    /// lines go on from one to the next.
    fn share(
        &self,
        cell: &PlacedCell,
        pieces: &[(usize, usize)],
        number: usize,
    ) -> (std::ops::Range<usize>, bool) {
        let room = |piece: &(usize, usize)| {
            self.between(cell.rows.0.max(piece.0), cell.rows.1.min(piece.1))
        };
        let all = cell.text.lines.len();
        let holds = |piece: &(usize, usize)| self.text_height(cell) <= room(piece) + 0.01;
        if let Some(first) = pieces.iter().position(holds) {
            let here = number == first || (number > first && pieces.get(number).is_some_and(holds));
            return (0..if here { all } else { 0 }, number > first);
        }
        let lines = |piece: &(usize, usize)| (room(piece).max(0.0) / self.line) as usize;
        let before: usize = pieces.iter().take(number).map(lines).sum();
        let here = pieces.get(number).map_or(0, lines);
        (before.min(all)..(before + here).min(all), false)
    }

    fn draw_cell(
        &self,
        cell: &PlacedCell,
        rows: (usize, usize),
        lines: std::ops::Range<usize>,
        repeated: bool,
        top: f32,
        page: &mut Page,
    ) {
        let (from, to) = (cell.rows.0.max(rows.0), cell.rows.1.min(rows.1));
        let height = self.between(from, to);
        let edge = |column: usize| self.edges.get(column).copied().unwrap_or_default();
        let above = top + self.between(rows.0, from);
        page.places.push(PageRegion {
            origin: cell.text.origin,
            from: (edge(cell.columns.0), above),
            to: (edge(cell.columns.1), above + height),
        });
        let left = edge(cell.columns.0) + points(CELL_SIDE);
        let text = lines.len() as f32 * self.line;
        let mut y = above + ((height - text) / 2.0).max(0.0);
        for line in cell.text.lines.get(lines).unwrap_or_default() {
            let baseline = y + self.line * 0.8;
            cell.text
                .draw(line, left, baseline, repeated, &mut page.runs);
            y += self.line;
        }
    }

    /// The lines between squares of different cells and around the piece.
    fn rules(&self, from: usize, to: usize, top: f32, page: &mut Page) {
        let columns = self.edges.len().saturating_sub(1);
        let owner = |row: usize, column: usize| -> Option<(usize, usize)> {
            if row < from || row >= to || column >= columns {
                return None;
            }
            // A square without a cell is a cell of its own.
            let owner = self.owners.get(row)?.get(column)?;
            Some(owner.map_or((row, column + 1), |owner| (usize::MAX, owner)))
        };
        let ys: Vec<f32> = (from..=to)
            .map(|row| top + self.between(from, row))
            .collect();
        let x = |column: usize| self.edges.get(column).copied().unwrap_or_default();
        for (row, &y) in (from..=to).zip(&ys) {
            let above = |column| row.checked_sub(1).and_then(|above| owner(above, column));
            let parts = |column: usize| above(column) != owner(row, column);
            for (first, last) in stretches(columns, parts) {
                page.rules.push(PageRule {
                    from: (x(first), y),
                    to: (x(last), y),
                });
            }
        }
        for column in 0..=columns {
            let before = |row| column.checked_sub(1).and_then(|before| owner(row, before));
            let parts = |row: usize| before(from + row) != owner(from + row, column);
            for (first, last) in stretches(to - from, parts) {
                let (Some(&upper), Some(&lower)) = (ys.get(first), ys.get(last)) else {
                    continue;
                };
                page.rules.push(PageRule {
                    from: (x(column), upper),
                    to: (x(column), lower),
                });
            }
        }
    }
}

/// How many lines of this height the text of a cell may have, so that its row fits on a page below
/// the header.
fn most_lines(line: f32) -> usize {
    let page = points(sheet::PAGE_HEIGHT) - points(sheet::TOP) - points(sheet::BOTTOM);
    (page * 0.7 / line) as usize
}

/// The longest runs of numbers for which something holds, as first and one past the last.
fn stretches(count: usize, holds: impl Fn(usize) -> bool) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let mut since = None;
    for number in 0..=count {
        match (number < count && holds(number), since) {
            (true, None) => since = Some(number),
            (false, Some(first)) => {
                found.push((first, number));
                since = None;
            }
            _ => {}
        }
    }
    found
}

#[cfg(test)]
pub(super) mod tests;
