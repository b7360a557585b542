//! Tables whose rows say where the edges of their cells stand, one in another, as word processors
//! keep them. It knows no file format.

mod columns;
mod line;

pub(super) use self::columns::EdgedSides;
use self::columns::{EdgedRow, finished};
pub(super) use self::line::EdgedLine;
use super::ImportError;
use super::assemble::{Piece, is_figure};
use super::docx::{TITLE, UNSEEN};
use super::grid::push_line;
use super::numbering::numbered;

/// The deepest nesting of tables.
pub(super) const DEEPEST: usize = 8;
/// The most cells of a file, and the most lines.
const CELLS: usize = 200_000;
const LINES: usize = 60_000;

/// A table that is being read.
#[derive(Default)]
struct Open {
    rows: Vec<EdgedRow>,
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::grid::squares;
    use crate::import::look::{Look, Unseen};

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
                unseen: Unseen {
                    is_hidden: true,
                    ..Unseen::default()
                },
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
