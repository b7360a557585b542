//! Tables whose rows say where the edges of their cells stand, one in another, as word processors
//! keep them. It knows no file format.

use super::ImportError;
use super::assemble::{Piece, is_figure};
use super::docx::{TITLE, UNSEEN};
use super::grid::{GridBuilder, push_line};
use super::numbering::numbered;
use crate::doc::normal::raised;

/// The deepest nesting of tables.
pub(super) const DEEPEST: usize = 8;
/// Edges no farther apart than this are one, in twentieths of a point.
const NEAR: i32 = 15;
/// The most cells of a file, and the most lines.
const CELLS: usize = 200_000;
const LINES: usize = 60_000;

/// Where a cell stands in its row, and how it is merged.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct EdgedSides {
    /// Where it begins.
    pub left: i32,
    /// Where it ends.
    pub right: i32,
    /// Whether it goes on with the cell on its left.
    pub goes_on_left: bool,
    /// Whether it goes on with the cell above.
    pub goes_on_down: bool,
}

/// How a run of text looks.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Look {
    /// Whether it is hidden.
    pub is_hidden: bool,
    /// Whether it was taken back and is kept only to tell that.
    pub is_deleted: bool,
    /// Whether it is raised.
    pub is_raised: bool,
}

/// A paragraph that is being read.
#[derive(Debug, Default)]
pub(super) struct EdgedLine {
    text: String,
    /// What of it is hidden.
    unseen: String,
    /// The number that the program puts before it.
    number: String,
}

impl EdgedLine {
    /// Adds a run.
    pub fn push(&mut self, text: &str, look: Look) {
        match look {
            Look {
                is_deleted: true, ..
            } => {}
            Look {
                is_hidden: true, ..
            } => self.unseen.push_str(text),
            Look {
                is_raised: true, ..
            } => self.text.extend(text.chars().map(raised)),
            _ => self.text.push_str(text),
        }
    }

    /// Adds to the number that stands before it.
    pub fn push_number(&mut self, text: &str) {
        self.number.push_str(text);
    }

    /// Whether there is nothing in it but a number.
    pub fn is_empty(&self) -> bool {
        self.text.is_empty() && self.unseen.is_empty()
    }
}

/// A table that is being read.
#[derive(Default)]
struct Open {
    rows: Vec<Vec<(Option<EdgedSides>, Vec<Piece>)>>,
    /// The finished cells of the open row.
    row: Vec<Vec<Piece>>,
    cell: Vec<Piece>,
}

/// What is finished, and the tables that are open, each in a cell of the one before.
#[derive(Default)]
pub(super) struct EdgedTables {
    pieces: Vec<Piece>,
    open: Vec<Open>,
    cells: usize,
    lines: usize,
}

impl EdgedTables {
    /// Goes so deep into tables, and says where pieces are put there.
    fn sink(&mut self, depth: usize) -> &mut Vec<Piece> {
        let depth = depth.min(DEEPEST);
        while self.open.len() > depth {
            self.close();
        }
        self.open.resize_with(depth, Open::default);
        self.innermost()
    }

    fn innermost(&mut self) -> &mut Vec<Piece> {
        match self.open.last_mut() {
            Some(table) => &mut table.cell,
            None => &mut self.pieces,
        }
    }

    fn close(&mut self) {
        let Some(mut table) = self.open.pop() else {
            return;
        };
        table.end_row(&[]);
        let pieces = finished(table.rows);
        self.innermost().extend(pieces);
    }

    /// Ends a paragraph that stands so deep in tables.
    pub fn line(
        &mut self,
        depth: usize,
        line: &mut EdgedLine,
        level: Option<u8>,
    ) -> Result<(), ImportError> {
        let sink = self.sink(depth);
        if line.is_empty() {
            *line = EdgedLine::default();
            return Ok(());
        }
        let EdgedLine {
            text,
            unseen,
            number,
        } = std::mem::take(line);
        if !unseen.trim().is_empty() {
            sink.push(Piece::Out(UNSEEN, unseen));
        }
        if level == Some(TITLE) {
            let joined: String = text.split('\n').map(str::trim).collect();
            push_line(sink, &joined, level);
            return Ok(());
        }
        // A figure stays what it is, also where somebody numbered its cell.
        let is_numbered = depth == 0 || !is_figure(text.trim());
        let mut number = Some(number.trim()).filter(|number| is_numbered && !number.is_empty());
        let mut lines = 0;
        for line in text.split('\n') {
            let line = match number.take_if(|_| !line.trim().is_empty()) {
                Some(number) => numbered(number, line),
                None => line.to_owned(),
            };
            push_line(sink, &line, level);
            lines += 1;
        }
        self.lines += lines;
        if self.lines > LINES {
            return Err(ImportError::TooLarge);
        }
        Ok(())
    }

    /// Ends a cell.
    pub fn end_cell(&mut self, depth: usize) -> Result<(), ImportError> {
        self.cells += 1;
        if self.cells > CELLS {
            return Err(ImportError::TooLarge);
        }
        self.sink(depth);
        if let Some(table) = self.open.last_mut() {
            table.row.push(std::mem::take(&mut table.cell));
        }
        Ok(())
    }

    /// Ends a row whose cells stand there.
    pub fn end_row(&mut self, depth: usize, sides: &[EdgedSides]) {
        self.sink(depth);
        if let Some(table) = self.open.last_mut() {
            table.end_row(sides);
        }
    }

    /// Ends a row that was taken back.
    pub fn drop_row(&mut self, depth: usize) {
        self.sink(depth);
        if let Some(table) = self.open.last_mut() {
            table.row.clear();
            table.cell.clear();
        }
    }

    /// Everything, in the order of the file.
    pub fn finish(mut self) -> Vec<Piece> {
        self.sink(0);
        self.pieces
    }
}

impl Open {
    fn end_row(&mut self, sides: &[EdgedSides]) {
        if !self.cell.is_empty() {
            self.row.push(std::mem::take(&mut self.cell));
        }
        if self.row.is_empty() {
            return;
        }
        let cells = std::mem::take(&mut self.row).into_iter().enumerate();
        let row = cells.map(|(at, pieces)| (sides.get(at).copied(), pieces));
        self.rows.push(row.collect());
    }
}

/// One cell with the columns it covers.
struct EdgedCell {
    left: usize,
    right: usize,
    goes_on_down: bool,
    pieces: Vec<Piece>,
}

/// The table of some rows: where an edge stands in any of them, a column begins.
fn finished(mut rows: Vec<Vec<(Option<EdgedSides>, Vec<Piece>)>>) -> Vec<Piece> {
    lend(&mut rows);
    let sides = rows.iter().flatten().filter_map(|(sides, _)| *sides);
    let mut edges: Vec<i32> = sides.flat_map(|side| [side.left, side.right]).collect();
    edges.sort_unstable();
    // The last of the edges that are one.
    let mut ends: Vec<i32> = Vec::new();
    for edge in edges {
        match ends.last_mut() {
            Some(last) if edge.saturating_sub(*last) <= NEAR => *last = edge,
            _ => ends.push(edge),
        }
    }
    let column = |edge: i32| ends.partition_point(|end| *end < edge);
    let mut grid = GridBuilder::default();
    for row in rows {
        grid.start_row();
        let mut at = 0;
        for cell in placed(row, column) {
            grid.skip(cell.left.saturating_sub(at));
            grid.span(cell.right.saturating_sub(cell.left));
            grid.merge_down(cell.goes_on_down);
            grid.push(cell.pieces);
            at = cell.right;
        }
    }
    grid.finish()
}

/// Gives a row that does not say where its cells stand the places of the nearest row above with as
/// many cells.
fn lend(rows: &mut [Vec<(Option<EdgedSides>, Vec<Piece>)>]) {
    let mut known: Vec<EdgedSides> = Vec::new();
    for row in rows {
        let sides: Option<Vec<EdgedSides>> = row.iter().map(|(sides, _)| *sides).collect();
        match sides {
            Some(sides) => known = sides,
            None if known.len() == row.len() => {
                for ((own, _), sides) in row.iter_mut().zip(&known) {
                    let (left, right) = (sides.left, sides.right);
                    *own = Some(EdgedSides {
                        left,
                        right,
                        ..EdgedSides::default()
                    });
                }
            }
            None => {}
        }
    }
}

/// The cells of a row in their columns, those that are merged into their left one put into it.
fn placed(
    row: Vec<(Option<EdgedSides>, Vec<Piece>)>,
    column: impl Fn(i32) -> usize,
) -> Vec<EdgedCell> {
    let mut cells: Vec<EdgedCell> = Vec::new();
    for (sides, pieces) in row {
        let at = cells.last().map_or(0, |cell| cell.right);
        let (left, right) = match sides {
            Some(sides) => (column(sides.left).max(at), column(sides.right)),
            None => (at, at + 1),
        };
        let sides = sides.unwrap_or_default();
        match cells.last_mut() {
            Some(last) if sides.goes_on_left => {
                last.right = last.right.max(right);
                last.pieces.extend(pieces);
            }
            // A cell without any width cannot be seen.
            _ if right <= left && pieces.is_empty() => {}
            _ => cells.push(EdgedCell {
                left,
                right: right.max(left + 1),
                goes_on_down: sides.goes_on_down,
                pieces,
            }),
        }
    }
    cells
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::doc::Table;

    fn sides(left: i32, right: i32) -> EdgedSides {
        EdgedSides {
            left,
            right,
            ..EdgedSides::default()
        }
    }

    fn cell(tables: &mut EdgedTables, depth: usize, text: &str) {
        let mut line = EdgedLine::default();
        line.push(text, Look::default());
        tables.line(depth, &mut line, None).unwrap();
        tables.end_cell(depth).unwrap();
    }

    fn squares(table: &Table) -> Vec<(&str, usize, usize, usize, usize)> {
        let cells = table.cells.iter();
        cells
            .map(|c| (c.text.as_str(), c.row, c.column, c.row_span, c.column_span))
            .collect()
    }

    #[test]
    fn edges_make_columns_and_merged_cells_keep_theirs() {
        let mut tables = EdgedTables::default();
        let down = EdgedSides {
            goes_on_down: true,
            ..sides(3, 100)
        };
        let left = EdgedSides {
            goes_on_left: true,
            ..sides(200, 300)
        };
        for text in ["甲", "乙"] {
            cell(&mut tables, 1, text);
        }
        tables.end_row(1, &[sides(0, 102), sides(102, 300)]);
        for text in ["", "丙", "丁"] {
            cell(&mut tables, 1, text);
        }
        tables.end_row(1, &[down, sides(100, 200), left]);
        for text in ["", "戊", "己"] {
            cell(&mut tables, 1, text);
        }
        tables.end_row(1, &[sides(0, 100), sides(100, 200), sides(200, 300)]);
        // This one does not say where its cells stand.
        for text in ["庚", "辛", "壬"] {
            cell(&mut tables, 1, text);
        }
        tables.end_row(1, &[]);
        let pieces = tables.finish();
        let [Piece::Table(table)] = pieces.as_slice() else {
            panic!("{pieces:?}");
        };
        assert_eq!(
            squares(table),
            [
                ("甲", 0, 0, 2, 1),
                ("乙", 0, 1, 1, 2),
                ("丙\n丁", 1, 1, 1, 2),
                ("", 2, 0, 1, 1),
                ("戊", 2, 1, 1, 1),
                ("己", 2, 2, 1, 1),
                ("庚", 3, 0, 1, 1),
                ("辛", 3, 1, 1, 1),
                ("壬", 3, 2, 1, 1),
            ]
        );
    }

    #[test]
    fn tables_stand_in_cells_and_rows_are_taken_back() {
        let mut tables = EdgedTables::default();
        cell(&mut tables, 1, "甲");
        cell(&mut tables, 2, "1");
        cell(&mut tables, 2, "2");
        tables.end_row(2, &[]);
        cell(&mut tables, 1, "");
        tables.end_row(1, &[]);
        for text in ["乙", "9"] {
            cell(&mut tables, 1, text);
        }
        tables.drop_row(1);
        let mut line = EdgedLine::default();
        line.push(
            "2",
            Look {
                is_deleted: true,
                ..Look::default()
            },
        );
        line.push(
            "3",
            Look {
                is_hidden: true,
                ..Look::default()
            },
        );
        line.push("尾", Look::default());
        tables.line(0, &mut line, None).unwrap();
        let pieces = tables.finish();
        let [
            Piece::Table(inner),
            Piece::Table(outer),
            Piece::Out(_, unseen),
            Piece::Text(text, _),
        ] = pieces.as_slice()
        else {
            panic!("{pieces:?}");
        };
        assert_eq!(squares(inner), [("1", 0, 0, 1, 1), ("2", 0, 1, 1, 1)]);
        assert_eq!(squares(outer), [("甲", 0, 0, 1, 1), ("", 0, 1, 1, 1)]);
        assert_eq!((unseen.as_str(), text.as_str()), ("3", "尾"));
    }

    #[test]
    fn cells_without_end_are_refused() {
        let mut tables = EdgedTables::default();
        let outcome = (0..=CELLS).try_for_each(|_| tables.end_cell(1));
        assert_eq!(outcome, Err(ImportError::TooLarge));
    }
}
