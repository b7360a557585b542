//! A statutory table as the paper prints it, filled in like a spreadsheet.
//!
//! It knows the form, the report and what a finding marks; it changes nothing itself but asks by
//! [`GridAction`]. All keys and clicks of a frame go through one state machine in the order in
//! which they came, so that fast typing on a slow screen loses nothing.

mod access;
mod clipboard;
mod editor;
mod face;
mod figures;
mod fill;
mod handle;
mod hint;
mod keys;
mod layout;
mod menu;
mod paint;
mod paste;
mod pointer;
mod sheet;
mod state;
mod transfer;
mod turn;

use std::collections::BTreeMap;

use egui::{
    Color32, Event, EventFilter, Id, Key, Modifiers, PointerButton, Pos2, Rect, Response, Sense,
    TextStyle, Ui,
};

pub use crate::app::state::mark::CellMark;
pub use crate::app::table::figures::{FigureFace, figures_ui};
use crate::app::table::layout::{GridLayout, GridMeasure};
use crate::app::table::paint::Drawing;
pub use crate::app::table::state::GridState;
use crate::app::table::turn::EditSession;
pub use crate::app::table::turn::TAKING;
use crate::form::{FieldId, SquareContent, Table};
use crate::report::carry::Proposal;
use crate::report::{Edit, Number, Report};

/// What a table shows.
#[derive(Debug, Clone, Copy)]
pub struct GridInput<'a> {
    /// The report.
    pub report: &'a Report,
    /// Last year's report, if it was given.
    pub prior: Option<&'a Report>,
    /// The table of the report's edition.
    pub table: &'a Table,
    /// What the table is called by a screen reader.
    pub name: &'a str,
    /// What is found about each cell that takes part in a finding.
    pub marks: &'a BTreeMap<FieldId, CellMark<'a>>,
    /// The cells of the finding that is being looked at.
    pub chosen: &'a [FieldId],
    /// The figures that last year's report leads one to expect in blank cells.
    pub proposed: &'a [Proposal],
    /// Whether last year's figures stand in the corners of the cells.
    pub show_prior: bool,
    /// The colours.
    pub palette: &'a GridPalette,
    /// Whether the keyboard is to be given to the table, and to which cell; for one frame.
    pub focus: Option<Aim>,
}

impl GridInput<'_> {
    /// What is proposed for a cell.
    fn proposed(&self, id: FieldId) -> Option<Number> {
        let own = self.proposed.iter().find(|proposal| proposal.field == id);
        own.map(|proposal| proposal.value)
    }
}

/// Where in a table the keyboard goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Aim {
    /// The cell that was selected last, or else the first one.
    Last,
    /// This cell.
    Cell(FieldId),
}

/// The colours of a table; the theme gives them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct GridPalette {
    /// Labels and figures.
    pub text: Color32,
    /// Derived totals.
    pub weak: Color32,
    /// Last year's figures.
    pub ghost: Color32,
    /// The dots of a blank cell.
    pub hint: Color32,
    /// Behind figures to fill in.
    pub paper: Color32,
    /// Behind column headings and captions.
    pub head: Color32,
    /// Behind row headings.
    pub label: Color32,
    /// Behind totals.
    pub total: Color32,
    /// Behind the headings of the selected cell.
    pub crosshair: Color32,
    /// Behind selected figures.
    pub selection: Color32,
    /// Around the selected cell, and the caret.
    pub cursor: Color32,
    /// Borders.
    pub line: Color32,
    /// Errors, and texts that are no number.
    pub error: Color32,
    /// Queries.
    pub query: Color32,
    /// Advice.
    pub advice: Color32,
}

/// What a table asks its caller to do, in this order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum GridAction {
    /// Make a change as one step of this name.
    Edit {
        /// What the menu calls the step.
        name: String,
        /// The change.
        edit: Edit,
    },
    /// Take the figures that are proposed for these cells for unwanted.
    Leave(Vec<FieldId>),
    /// Take the last step back.
    Undo,
    /// Make the last undone step again.
    Redo,
    /// Tell the filer something.
    Notice(String),
    /// Give the keyboard to what comes after the table.
    LeaveForward,
    /// Give the keyboard to what comes before the table.
    LeaveBackward,
}

/// Shows a table and returns what the filer asks for.
///
/// The table needs one [`GridState`] of its own; call [`GridState::finish`] before the report is
/// saved or the table is no longer shown.
pub fn grid_ui(ui: &mut Ui, input: &GridInput<'_>, state: &mut GridState) -> Vec<GridAction> {
    let font = TextStyle::Body.resolve(ui.style());
    let mut layout = GridLayout::new(
        &GridMeasure {
            grid: &input.table.grid,
            font: font.clone(),
            ink: input.palette.text,
            // A scroll bar that floats over the right edge must not hide figures.
            available: if ui.spacing().scroll.floating {
                ui.available_width() - ui.spacing().item_spacing.x * 1.5
            } else {
                ui.available_width() - 1.0
            },
            figure: &|field| face::whole(input, state, field),
            crowded: &|field, width| face::is_crowded(input, state, field, width, font.size),
        },
        ui.painter(),
    );
    let (_, rect) = ui.allocate_space(layout.size());
    layout.place(rect, ui.clip_rect());
    let first = input.table.fields().next().map(FieldId::index);
    // Whatever comes and goes around the table, the keyboard stays with it.
    let id = Id::unique(("statutory table", first));
    let response = ui.interact(rect, id, Sense::click_and_drag());

    let mut turn = EditSession::new(input, state);
    work(ui, input, &layout, &response, &mut turn);
    let actions = std::mem::take(&mut turn.actions);
    if let Some(text) = turn.copied.take() {
        ui.ctx().copy_text(text);
    }
    let focused = response.has_focus();
    if let Some(place) = state.reveal.take() {
        reveal(ui, input, place, &layout);
    }
    Drawing {
        input,
        state,
        layout: &layout,
        painter: ui.painter_at(rect.expand(1.0)),
        font,
        focused,
    }
    .draw();
    access::describe(ui, id, rect, input, state, &layout);
    hint::show(ui, input, state, &layout, &response);
    remember(input, state, &layout, id);
    if !actions.is_empty() {
        ui.ctx().request_repaint();
    }
    actions
}

/// Keeps where the table and its columns lie, for what is drawn around it.
fn remember(input: &GridInput<'_>, state: &mut GridState, layout: &GridLayout, id: Id) {
    let grid = &input.table.grid;
    state.id = Some(id);
    state.width = layout.size().x;
    state.active = state
        .cursor
        .and_then(|place| grid.at(place.row, place.column))
        .map(|square| layout.rect(square));
    state.columns.clear();
    for line in &input.table.lines {
        for &field in &line.fields {
            if let Some(square) = grid.square_of(field) {
                state.columns.insert(field, layout.columns(square));
            }
        }
    }
}

/// Runs the events of this frame through the state machine, in order.
fn work(
    ui: &Ui,
    input: &GridInput<'_>,
    layout: &GridLayout,
    response: &Response,
    turn: &mut EditSession<'_>,
) {
    let id = response.id;
    if access::requests(ui, id, input, turn) {
        take_focus(ui, id);
    }
    if let Some(aim) = input.focus {
        match aim {
            Aim::Cell(field) => turn.select_field(field),
            Aim::Last => turn.show_cursor(),
        }
        take_focus(ui, id);
    }
    let filter = EventFilter {
        tab: true,
        horizontal_arrows: true,
        vertical_arrows: true,
        escape: true,
    };
    let mine = response.is_pointer_button_down_on()
        || response.clicked()
        || response.secondary_clicked()
        || response.drag_started()
        || response.drag_stopped();
    let mut focused = response.has_focus();
    let mut events = ui.input(|i| i.filtered_events(&filter)).into_iter();
    for event in events.by_ref() {
        match event {
            Event::PointerButton {
                pos,
                button: PointerButton::Primary,
                pressed: true,
                modifiers,
            } if mine && response.rect.contains(pos) => {
                press(turn, layout, pos, modifiers.shift);
                take_focus(ui, id);
                focused = true;
            }
            Event::PointerButton {
                pos,
                button: PointerButton::Secondary,
                pressed: true,
                ..
            } if mine && response.rect.contains(pos) => {
                menu::press(turn, layout, pos);
                take_focus(ui, id);
                focused = true;
            }
            Event::PointerButton { pressed: true, .. } => turn.commit(),
            _ if focused => keys::handle(turn, &event),
            _ => {}
        }
        if turn.is_left() {
            break;
        }
    }
    // What was typed behind the key that left the table is meant for what comes after it.
    turn.state.unused.extend(events);
    if response.double_clicked() && turn.state.dragging {
        turn.edit_inside();
    }
    drag(layout, response, turn);
    handle::drag(ui, layout, response, turn);
    if menu::show(layout, response, turn) {
        take_focus(ui, id);
    } else if !response.has_focus() {
        turn.commit();
    } else if turn.state.cursor.is_none() {
        turn.show_cursor();
    }
    ui.memory_mut(|memory| memory.set_focus_lock_filter(id, filter));
    if focused {
        claim(ui);
    }
}

fn take_focus(ui: &Ui, id: Id) {
    ui.memory_mut(|memory| memory.request_focus(id));
    // The keys belong to the table only from the frame after the next on.
    ui.ctx().request_repaint();
}

/// Keeps the keys that were used here from a second reader after the table.
fn claim(ui: &Ui) {
    let shifted = Modifiers::COMMAND | Modifiers::SHIFT;
    ui.input_mut(|i| {
        i.consume_key(shifted, Key::Z);
        for key in [Key::Z, Key::Y, Key::A] {
            i.consume_key(Modifiers::COMMAND, key);
        }
    });
}

fn press(turn: &mut EditSession<'_>, layout: &GridLayout, pos: Pos2, extend: bool) {
    let grid = &turn.table.grid;
    let Some(square) = layout.hit(grid, pos) else {
        return;
    };
    turn.state.dragging = false;
    if handle::press(turn, layout, pos) {
        return;
    }
    if let SquareContent::Value(id) = square.content {
        turn.state.dragging = true;
        match &mut turn.state.editor {
            Some(editor) if editor.field == id => editor.inside = true,
            _ => turn.go(sheet::start(square), extend),
        }
    } else if let Some((first, last)) = sheet::spoken_of(grid, square) {
        turn.select(first, last);
    }
}

/// Extends the selection to the figure under the pointer.
fn drag(layout: &GridLayout, response: &Response, turn: &mut EditSession<'_>) {
    if !response.dragged() || !turn.state.dragging {
        return;
    }
    let grid = &turn.table.grid;
    let square = response
        .interact_pointer_pos()
        .and_then(|pos| layout.hit(grid, pos));
    let Some(square) = square else { return };
    let is_value = matches!(square.content, SquareContent::Value(_));
    if is_value && turn.state.moving() != Some(sheet::start(square)) {
        turn.go(sheet::start(square), true);
    }
}

/// Scrolls a cell into view, out from under the header.
fn reveal(ui: &Ui, input: &GridInput<'_>, place: sheet::CellPos, layout: &GridLayout) {
    if let Some(square) = input.table.grid.at(place.row, place.column) {
        let rect = layout.rect(square);
        let top = rect.top() - layout.cover;
        let target = Rect::from_min_max(Pos2::new(rect.left(), top), rect.max);
        ui.scroll_to_rect_animation(
            target.expand(2.0),
            None,
            egui::style::ScrollAnimation::none(),
        );
    }
}
