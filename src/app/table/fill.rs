//! Filling several cells at once, and the selections this is done in.
//!
//! It knows selection and report; it knows no key and draws nothing.

use crate::app::table::sheet;
use crate::app::table::sheet::{CellPos, Direction, Span};
use crate::app::table::turn::EditSession;
use crate::form::FieldId;
use crate::report::{Entry, Number};

/// How many rows a page is.
const PAGE: usize = 10;

impl EditSession<'_> {
    /// Goes a page up or down.
    pub fn page(&mut self, way: Direction, extend: bool) {
        for _ in 0..PAGE {
            self.step(way, extend, false);
        }
    }

    /// Goes to the next or previous cell of the selection that is filled in by hand, and from the
    /// last one to the first; whether there are several.
    pub fn go_round(&mut self, back: bool, order: impl Fn(&CellPos) -> (usize, usize)) -> bool {
        if self.state.corners.is_none() {
            return false;
        }
        let fields = self.selection().into_iter().flatten();
        let inputs = fields.filter(|&id| !self.is_total(id));
        let places = inputs.filter_map(|id| sheet::place_of(&self.table.grid, id));
        let mut places: Vec<_> = places.collect();
        if places.len() < 2 {
            return false;
        }
        places.sort_by_key(order);
        if back {
            places.reverse();
        }
        self.commit();
        let here = places
            .iter()
            .position(|place| Some(*place) == self.state.cursor);
        let next = here.map_or(0, |here| (here + 1) % places.len());
        self.state.cursor = places.get(next).copied();
        self.state.reveal = self.state.cursor;
        self.state.explains = false;
        true
    }

    /// Selects the whole rows of the selection, or else its whole columns.
    pub fn select_line(&mut self, row: bool) {
        if self.state.is_editing() || self.field().is_none() {
            return;
        }
        let Some(cursor) = self.state.cursor else {
            return;
        };
        let (one, other) = self.state.corners.unwrap_or((cursor, cursor));
        let grid = &self.table.grid;
        let (back, on) = if row {
            (Direction::Left, Direction::Right)
        } else {
            (Direction::Up, Direction::Down)
        };
        let (first, last) = (sheet::edge(grid, one, back), sheet::edge(grid, other, on));
        self.select(first, last);
    }

    /// Fills what is still blank with 0: in the selected cells when there are several, or in all.
    pub fn fill_zeros(&mut self) {
        self.commit();
        let range = self.state.range(self.table);
        let fields = if range.len() > 1 {
            range
        } else {
            self.table.fields().collect()
        };
        let is_open = |id: &FieldId| !self.is_total(*id) && *self.entry(*id) == Entry::Blank;
        let blanks: Vec<_> = fields.into_iter().filter(is_open).collect();
        if blanks.is_empty() {
            self.notice("没有空着的格");
        }
        let zero = Entry::Number(Number::ZERO);
        let zeros = blanks.into_iter().map(|id| (id, zero.clone())).collect();
        self.state_all("其余填0", zeros);
    }

    /// States what is being typed, or what the selected cell holds, in all selected cells.
    pub fn fill_typed(&mut self) {
        let Some(field) = self.field() else { return };
        let text = match self.state.editor.take() {
            Some(editor) => editor.text,
            None => self.entry(field).shown(),
        };
        let fields = self.selection().into_iter().flatten();
        let inputs: Vec<_> = fields.filter(|&id| !self.is_total(id)).collect();
        let name = if inputs.len() > 1 {
            "填满所选"
        } else {
            crate::app::table::turn::TYPING
        };
        let entries = inputs.into_iter().map(|id| (id, self.read(id, &text)));
        let entries = entries.collect();
        self.state_all(name, entries);
    }

    /// Selects from one place to another without leaving the cell that has the cursor.
    pub fn stretch(&mut self, first: CellPos, last: CellPos) {
        self.state.corners = (first != last).then_some((first, last));
    }

    /// Repeats what was selected before over what is selected now.
    pub fn fill_from(&mut self, origin: &Span) {
        let source = sheet::values(&self.table.grid, origin);
        let rows = self.selection();
        if source.is_empty() || rows == source {
            return;
        }
        let mut entries = Vec::new();
        for (row, repeated) in rows.iter().zip(source.iter().cycle()) {
            for (&id, &source) in row.iter().zip(repeated.iter().cycle()) {
                if source != id && !self.is_total(id) && !self.is_total(source) {
                    entries.push((id, self.entry(source).clone()));
                }
            }
        }
        self.state_all("填满所选", entries);
    }

    /// Repeats the first row of the selection downwards, or its first column to the right.
    pub fn fill_along(&mut self, way: Direction) {
        self.commit();
        let rows = self.selection();
        let Some(first_row) = rows.first() else {
            return;
        };
        let mut entries = Vec::new();
        for row in &rows {
            for (column, &id) in row.iter().enumerate() {
                let source = match way {
                    Direction::Right => row.first(),
                    _ => first_row.get(column),
                };
                let Some(&source) = source else { continue };
                if source != id && !self.is_total(id) && !self.is_total(source) {
                    entries.push((id, self.entry(source).clone()));
                }
            }
        }
        if entries.is_empty() {
            self.notice("先选几格，再用第一格的数填满");
        }
        self.state_all("填满所选", entries);
    }
}
