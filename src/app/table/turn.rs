//! One frame of work on a table: every step that changes its selection, its edit buffer, its entries.
//!
//! It knows the table and the report; it knows no key and draws nothing.

use crate::app::table::editor::Editor;
use crate::app::table::sheet::{CellPos, Direction};
use crate::app::table::{GridAction, GridInput, GridState, sheet};
use crate::form::{FieldId, Table};
use crate::report::carry::Proposal;
use crate::report::{Edit, Entry, Number, Report};

/// The name of the step that typing makes.
pub(super) const TYPING: &str = "填报";

/// The name of the step that takes what last year's report proposes.
pub const TAKING: &str = "采用上年推得的数";

const TOTAL_NOTICE: &str = "合计自动计算，不用填";

/// One frame of work on a table: its state, and the actions that came out of it.
pub(super) struct EditSession<'a> {
    pub report: &'a Report,
    pub table: &'a Table,
    proposed: &'a [Proposal],
    pub state: &'a mut GridState,
    pub actions: Vec<GridAction>,
    /// What is to be put on the clipboard.
    pub copied: Option<String>,
}

impl<'a> EditSession<'a> {
    pub fn new(input: &GridInput<'a>, state: &'a mut GridState) -> Self {
        let GridInput {
            report,
            table,
            proposed,
            ..
        } = *input;
        state.stated.clear();
        state.unsure = false;
        let is_value = |place: CellPos| sheet::value_at(&table.grid, place).is_some();
        if !state.cursor.is_none_or(is_value) {
            state.cursor = None;
            state.corners = None;
        }
        Self {
            report,
            table,
            proposed,
            state,
            actions: Vec::new(),
            copied: None,
        }
    }

    /// The selected field, which is the first one to fill in when none was selected before.
    pub fn field(&mut self) -> Option<FieldId> {
        if self.state.cursor.is_none() {
            let mut fields = self.table.fields();
            let first = fields.find(|&id| !self.is_total(id))?;
            self.state.cursor = sheet::place_of(&self.table.grid, first);
        }
        self.state.selected(self.table)
    }

    pub fn is_total(&self, id: FieldId) -> bool {
        self.report.edition().field(id).is_total()
    }

    pub fn entry(&self, id: FieldId) -> &Entry {
        let stated = self.state.stated.get(&id);
        stated.unwrap_or_else(|| self.report.entry(id))
    }

    pub fn notice(&mut self, text: impl Into<String>) {
        self.actions.push(GridAction::Notice(text.into()));
    }

    /// States something in cells, as one step; what is so already is left out.
    pub fn state_all(&mut self, name: &str, entries: Vec<(FieldId, Entry)>) {
        let mut edits = Vec::new();
        for (id, entry) in entries {
            if self.state.unsure || entry != *self.entry(id) {
                self.state.stated.insert(id, entry.clone());
                edits.push(Edit::Enter(id, entry));
            }
        }
        let edit = match edits.len() {
            0 => return,
            1 => edits.remove(0),
            _ => Edit::All(edits),
        };
        self.actions.push(GridAction::Edit {
            name: name.to_owned(),
            edit,
        });
    }

    /// The number that the text in a cell stands for, where only one is possible.
    pub fn meant(&self, id: FieldId) -> Option<Number> {
        self.entry(id).meant().filter(|_| !self.is_total(id))
    }

    /// What is proposed for a cell, while it is blank.
    pub fn proposed(&self, id: FieldId) -> Option<Number> {
        let own = self.proposed.iter().find(|proposal| proposal.field == id);
        let own = own.filter(|_| *self.entry(id) == Entry::Blank);
        own.map(|proposal| proposal.value)
    }

    /// Takes what is proposed for the selected cells.
    pub fn take_proposed(&mut self) {
        let fields = self.selection().into_iter().flatten();
        let own = |id: FieldId| Some((id, Entry::Number(self.proposed(id)?)));
        let entries: Vec<_> = fields.filter_map(own).collect();
        self.state_all(TAKING, entries);
    }

    /// What a text states in a cell.
    pub fn read(&self, id: FieldId, text: &str) -> Entry {
        Entry::read(self.report.edition().field(id).kind, text)
    }

    /// Ends typing and states what was typed.
    pub fn commit(&mut self) {
        if let Some(editor) = self.state.editor.take() {
            let entry = self.read(editor.field, &editor.text);
            self.state_all(TYPING, vec![(editor.field, entry)]);
        }
    }

    /// Selects a place, or extends the selection to it.
    pub fn go(&mut self, place: CellPos, extend: bool) {
        self.commit();
        match self.state.cursor {
            Some(cursor) if extend => {
                let fixed = self.state.corners.map_or(cursor, |(fixed, _)| fixed);
                self.state.corners = Some((fixed, place));
            }
            _ => {
                self.state.corners = None;
                self.state.cursor = Some(place);
            }
        }
        self.state.reveal = Some(place);
        self.state.explains = false;
        self.state.home = None;
    }

    /// Selects a rectangle; the cursor stands in its first corner.
    pub fn select(&mut self, first: CellPos, last: CellPos) {
        self.go(first, false);
        self.state.corners = Some((first, last));
    }

    pub fn select_field(&mut self, id: FieldId) {
        if let Some(place) = sheet::place_of(&self.table.grid, id) {
            self.go(place, false);
        }
    }

    /// Brings the selected cell into view, which is the first one when none was selected before.
    pub fn show_cursor(&mut self) {
        self.field();
        self.state.reveal = self.state.cursor;
    }

    /// Whether the keyboard was given to what comes before or after the table.
    pub fn is_left(&self) -> bool {
        let last = self.actions.last();
        matches!(
            last,
            Some(GridAction::LeaveForward | GridAction::LeaveBackward)
        )
    }

    /// Where a key leads on from: the cursor, or the corner that it moves.
    fn from(&mut self, extend: bool) -> Option<CellPos> {
        self.field()?;
        if extend {
            self.state.moving()
        } else {
            self.state.cursor
        }
    }

    pub fn step(&mut self, way: Direction, extend: bool, far: bool) {
        let Some(from) = self.from(extend) else {
            return;
        };
        let grid = &self.table.grid;
        let to = if far {
            Some(sheet::edge(grid, from, way))
        } else {
            sheet::step(grid, from, way)
        };
        self.go(to.unwrap_or(from), extend);
    }

    /// Goes to the first or last cell of the row, or of the whole table.
    pub fn jump(&mut self, to_end: bool, extend: bool, whole_table: bool) {
        let Some(from) = self.from(extend) else {
            return;
        };
        let (across, along) = if to_end {
            (Direction::Down, Direction::Right)
        } else {
            (Direction::Up, Direction::Left)
        };
        let grid = &self.table.grid;
        let row = if whole_table {
            sheet::edge(grid, from, across)
        } else {
            from
        };
        self.go(sheet::edge(grid, row, along), extend);
    }

    pub fn select_all(&mut self) {
        let Some(from) = self.from(false) else { return };
        let grid = &self.table.grid;
        let first = sheet::edge(
            grid,
            sheet::edge(grid, from, Direction::Up),
            Direction::Left,
        );
        let last = sheet::edge(
            grid,
            sheet::edge(grid, from, Direction::Down),
            Direction::Right,
        );
        self.select(first, last);
    }

    /// Goes up or down to the next cell that is filled in by hand, below the one from which Tab
    /// went on; in a selection round in it, column by column.
    pub fn enter(&mut self, way: Direction) {
        let Some(mut from) = self.from(false) else {
            return;
        };
        if self.go_round(way == Direction::Up, |place| (place.column, place.row)) {
            return;
        }
        let back = self.state.home.map(|column| CellPos { column, ..from });
        let is_value = |place: &CellPos| sheet::value_at(&self.table.grid, *place).is_some();
        from = back.filter(is_value).unwrap_or(from);
        let mut place = from;
        let mut goal = from;
        while let Some(next) = sheet::step(&self.table.grid, place, way) {
            place = next;
            if sheet::value_at(&self.table.grid, next).is_some_and(|id| !self.is_total(id)) {
                goal = next;
                break;
            }
        }
        self.go(goal, false);
    }

    /// Goes to the next or previous cell that is filled in by hand, or leaves the table; in a
    /// selection round in it, row by row.
    pub fn tab(&mut self, back: bool) {
        let Some(current) = self.field() else { return };
        if self.go_round(back, |place| (place.row, place.column)) {
            return;
        }
        let from = self.state.cursor;
        let home = self.state.home.or(from.map(|from| from.column));
        let mut fields: Vec<_> = self.table.fields().collect();
        if back {
            fields.reverse();
        }
        let next = fields
            .iter()
            .skip_while(|&&id| id != current)
            .skip(1)
            .find(|&&id| !self.is_total(id));
        if let Some(&next) = next {
            self.select_field(next);
            let row = |place: Option<CellPos>| place.map(|place| place.row);
            self.state.home = home.filter(|_| row(self.state.cursor) == row(from));
        } else {
            self.commit();
            self.actions.push(if back {
                GridAction::LeaveBackward
            } else {
                GridAction::LeaveForward
            });
        }
    }

    /// Begins to edit what stands in the selected cell.
    pub fn edit_inside(&mut self) {
        let Some(field) = self.field() else { return };
        if let Some(editor) = &mut self.state.editor {
            editor.inside = true;
            return;
        }
        if self.is_total(field) {
            self.notice(TOTAL_NOTICE);
            return;
        }
        let text = match self.proposed(field) {
            Some(number) => number.to_string(),
            None => self.entry(field).shown(),
        };
        self.state.reveal = self.state.cursor;
        self.state.editor = Some(Editor {
            field,
            caret: text.chars().count(),
            text,
            inside: true,
        });
    }

    /// Types a text: into the editor, or in place of what stands in the selected cell.
    pub fn type_text(&mut self, text: &str) {
        let Some(mut field) = self.field() else {
            return;
        };
        if self.state.editor.is_none() {
            if text.chars().all(|c| c.is_whitespace() || c.is_control()) {
                self.take_proposed();
                return;
            }
            // A selection that begins with a total is filled in from its first cell on.
            if self.is_total(field) && self.go_round(false, |place| (place.row, place.column)) {
                field = self.field().unwrap_or(field);
            }
            if self.is_total(field) {
                self.notice(TOTAL_NOTICE);
                return;
            }
            self.state.reveal = self.state.cursor;
            self.state.explains = false;
            self.state.editor = Some(Editor {
                field,
                text: String::new(),
                caret: 0,
                inside: false,
            });
        }
        if let Some(editor) = &mut self.state.editor {
            editor.insert(text);
        }
    }

    /// The selected fields, row by row.
    pub fn selection(&mut self) -> Vec<Vec<FieldId>> {
        self.field();
        let span = self.state.span(&self.table.grid);
        span.map_or_else(Vec::new, |span| sheet::values(&self.table.grid, &span))
    }

    /// Makes the selected cells blank; a stated total falls back to the derived one.
    pub fn clear(&mut self, name: &str) {
        let fields: Vec<_> = self.selection().into_iter().flatten().collect();
        let derived = |id: &FieldId| self.is_total(*id) && *self.entry(*id) == Entry::Blank;
        if fields.iter().all(derived) {
            self.notice(TOTAL_NOTICE);
            return;
        }
        let is_blank = |id: &FieldId| *self.entry(*id) == Entry::Blank;
        let left: Vec<_> = fields
            .iter()
            .copied()
            .filter(|&id| self.proposed(id).is_some())
            .collect();
        if !left.is_empty() && fields.iter().all(is_blank) {
            self.actions.push(GridAction::Leave(left));
            return;
        }
        let blanks = fields.into_iter().map(|id| (id, Entry::Blank)).collect();
        self.state_all(name, blanks);
    }

    pub fn escape(&mut self) {
        if self.state.editor.take().is_none() && !std::mem::take(&mut self.state.explains) {
            self.state.corners = None;
        }
    }

    /// Explains the selected cell beside it, or ends that.
    pub fn explain(&mut self) {
        self.commit();
        if self.field().is_some() {
            self.state.explains = !self.state.explains;
            self.state.reveal = self.state.cursor;
        }
    }

    /// Takes typing back, or asks for the last step to be taken back.
    pub fn undo(&mut self) {
        if self.state.editor.take().is_none() {
            self.state.unsure = true;
            self.actions.push(GridAction::Undo);
        }
    }

    pub fn redo(&mut self) {
        self.commit();
        self.state.unsure = true;
        self.actions.push(GridAction::Redo);
    }
}
