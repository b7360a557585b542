//! What a table remembers from frame to frame: its selection, its edit buffer, where it was drawn.
//!
//! It knows the table and the report; it changes neither.

use std::collections::BTreeMap;

use egui::{Context, Event, Id, Pos2, Rangef, Rect};

use crate::app::table::editor::Editor;
use crate::app::table::pointer::Pointer;
use crate::app::table::sheet;
use crate::app::table::sheet::{CellPos, Span};
use crate::form::{FieldId, Grid, Table};
use crate::report::{Edit, Entry, Report};

/// Where the menu of the cells opens.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) enum MenuPlace {
    /// Where the mouse was pressed.
    #[default]
    Pointer,
    /// At the selected cell, as a key has just asked.
    Asked,
    /// At the cell that was selected when a key asked.
    Cell(Pos2),
}

/// What a table remembers between frames: selection and edit buffer.
///
/// One for each table; begin with a new one when another draft is opened.
#[derive(Debug, Clone, Default)]
pub struct GridState {
    /// The cell that typing goes into.
    pub(super) cursor: Option<CellPos>,
    /// The selected rectangle, where it is more than the cursor's cell: the corner that stays and
    /// the one that moves.
    pub(super) corners: Option<(CellPos, CellPos)>,
    /// Whether the selected cell is explained beside it.
    pub(super) explains: bool,
    /// Where the pointer rests.
    pub(super) pointer: Pointer,
    /// The widget that has the keyboard while the table is worked on.
    pub(super) id: Option<Id>,
    /// Where the columns of the cells lay on the screen.
    pub(super) columns: BTreeMap<FieldId, Rangef>,
    pub(super) editor: Option<Editor>,
    pub(super) dragging: bool,
    /// How wide the table was drawn.
    pub(super) width: f32,
    /// Where the selected cell was drawn.
    pub(super) active: Option<Rect>,
    /// The column from which Tab went on; Enter returns to it.
    pub(super) home: Option<usize>,
    /// What was selected when the handle of the selection was taken, while it is dragged.
    pub(super) filling: Option<Span>,
    /// Where the menu of the cells opens.
    pub(super) menu: MenuPlace,
    /// What is to be scrolled into view.
    pub(super) reveal: Option<CellPos>,
    /// What this frame's actions have stated, until the caller has applied them.
    pub(super) stated: BTreeMap<FieldId, Entry>,
    /// What was typed behind the key that left the table.
    pub(super) unused: Vec<Event>,
    /// Whether the report is unknown because the caller was asked to undo or redo.
    pub(super) unsure: bool,
}

impl GridState {
    /// Whether a cell holds typed text that is not in the report yet.
    #[must_use]
    pub fn is_editing(&self) -> bool {
        self.editor.is_some()
    }

    /// Takes what was typed behind the key that left the table; it belongs to what comes next.
    pub fn take_unused(&mut self) -> Vec<Event> {
        std::mem::take(&mut self.unused)
    }

    /// Whether the mouse was pressed somewhere else than on the table.
    #[must_use]
    pub fn is_pressed_beside(&self, ctx: &Context) -> bool {
        let Some(table) = self.id.and_then(|id| ctx.read_response(id)) else {
            return false;
        };
        let presses: Vec<_> = ctx.input(|input| {
            let events = input.events.iter();
            let presses = events.filter_map(|event| match event {
                Event::PointerButton {
                    pos, pressed: true, ..
                } => Some(*pos),
                _ => None,
            });
            presses.collect()
        });
        presses.iter().any(|&pos| {
            let is_over = ctx.layer_id_at(pos) != Some(table.layer_id);
            is_over || !table.interact_rect.contains(pos)
        })
    }

    /// The selected field.
    #[must_use]
    pub fn selected(&self, table: &Table) -> Option<FieldId> {
        sheet::value_at(&table.grid, self.cursor?)
    }

    /// Ends typing and returns what it states; call it before saving or leaving the table.
    #[must_use]
    pub fn finish(&mut self, report: &Report) -> Option<Edit> {
        let edit = self.typing(report);
        self.editor = None;
        edit
    }

    /// What finishing would state now.
    #[must_use]
    pub fn typing(&self, report: &Report) -> Option<Edit> {
        let editor = self.editor.as_ref()?;
        let kind = report.edition().field(editor.field).kind;
        let entry = Entry::read(kind, &editor.text);
        (entry != *report.entry(editor.field)).then_some(Edit::Enter(editor.field, entry))
    }

    /// Ends typing and forgets the text.
    pub fn cancel(&mut self) {
        self.editor = None;
    }

    /// Whether the keyboard belongs to the table.
    #[must_use]
    pub fn has_keyboard(&self, ctx: &Context) -> bool {
        self.id
            .is_some_and(|id| ctx.memory(|memory| memory.has_focus(id)))
    }

    /// How wide the table was last drawn; as wide as it likes before that.
    #[must_use]
    pub fn width(&self) -> f32 {
        if self.width > 0.0 {
            self.width
        } else {
            f32::INFINITY
        }
    }

    /// Where the selected cell was last drawn.
    #[must_use]
    pub fn active(&self) -> Option<Rect> {
        self.active
    }

    /// From where to where the column of a cell reached when the table was last drawn.
    #[must_use]
    pub fn column(&self, field: FieldId) -> Option<Rangef> {
        self.columns.get(&field).copied()
    }

    /// The selected cells when there are several.
    #[must_use]
    pub fn range(&self, table: &Table) -> Vec<FieldId> {
        let span = self.corners.and_then(|_| self.span(&table.grid));
        let rows = span.map_or_else(Vec::new, |span| sheet::values(&table.grid, &span));
        rows.into_iter().flatten().collect()
    }

    /// The selected rectangle.
    pub(super) fn span(&self, grid: &Grid) -> Option<Span> {
        let cursor = self.cursor?;
        let (first, last) = self.corners.unwrap_or((cursor, cursor));
        Some(Span::between(grid, first, last))
    }

    /// The corner of the selection that Shift and the mouse move.
    pub(super) fn moving(&self) -> Option<CellPos> {
        self.corners.map(|(_, moving)| moving).or(self.cursor)
    }
}
