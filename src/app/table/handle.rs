//! The small square at the corner of the selection: dragged down or to the right, it fills along.
//!
//! It knows selection and layout; it knows no key.

use egui::{CursorIcon, Pos2, Rect, Response, Ui, Vec2};

use crate::app::table::layout::GridLayout;
use crate::app::table::sheet;
use crate::app::table::sheet::{CellPos, Span};
use crate::app::table::state::GridState;
use crate::app::table::turn::EditSession;
use crate::form::{Grid, SquareContent};

/// The side of the square.
const SIDE: f32 = 7.0;

/// How far around it a press still means it.
const REACH: f32 = 2.0;

/// Where the square lies; nowhere while a cell is edited.
pub(super) fn rect(state: &GridState, layout: &GridLayout, grid: &Grid) -> Option<Rect> {
    if state.is_editing() {
        return None;
    }
    let span = state.span(grid)?;
    let last = grid.at(*span.rows.end(), *span.columns.end())?;
    let corner = layout.rect(last).max;
    Some(Rect::from_center_size(corner, Vec2::splat(SIDE)))
}

fn is_under(turn: &EditSession<'_>, layout: &GridLayout, pos: Pos2) -> bool {
    let grid = &turn.table.grid;
    let in_sight = pos.y >= layout.header().bottom();
    let rect = rect(turn.state, layout, grid);
    in_sight && rect.is_some_and(|rect| rect.expand(REACH).contains(pos))
}

/// Takes the square, if the press is on it.
pub(super) fn press(turn: &mut EditSession<'_>, layout: &GridLayout, pos: Pos2) -> bool {
    turn.state.filling = None;
    if is_under(turn, layout, pos) {
        turn.state.filling = turn.state.span(&turn.table.grid);
    }
    turn.state.filling.is_some()
}

/// Follows the square while it is dragged, and fills along when it is let go.
pub(super) fn drag(ui: &Ui, layout: &GridLayout, response: &Response, turn: &mut EditSession<'_>) {
    let hovered = response.hover_pos();
    let is_meant = turn.state.filling.is_some();
    if is_meant || hovered.is_some_and(|pos| is_under(turn, layout, pos)) {
        ui.ctx().set_cursor_icon(CursorIcon::Crosshair);
    }
    let Some(origin) = turn.state.filling.clone() else {
        return;
    };
    if let Some(pos) = response.interact_pointer_pos() {
        follow(turn, layout, &origin, pos);
    }
    if !response.is_pointer_button_down_on() {
        turn.state.filling = None;
        turn.fill_from(&origin);
    }
}

/// Selects what the square is dragged over: further rows, or further columns where they are more.
fn follow(turn: &mut EditSession<'_>, layout: &GridLayout, origin: &Span, pos: Pos2) {
    let grid = &turn.table.grid;
    let under = layout.hit(grid, pos).map(sheet::start);
    let Some(under) = under else { return };
    let (last_row, last_column) = (*origin.rows.end(), *origin.columns.end());
    let (down, right) = (
        under.row.saturating_sub(last_row),
        under.column.saturating_sub(last_column),
    );
    let last = if down >= right {
        CellPos {
            row: last_row + down,
            column: last_column,
        }
    } else {
        CellPos {
            row: last_row,
            column: last_column + right,
        }
    };
    let is_value = grid
        .at(last.row, last.column)
        .is_some_and(|square| matches!(square.content, SquareContent::Value(_)));
    if is_value {
        let first = CellPos {
            row: *origin.rows.start(),
            column: *origin.columns.start(),
        };
        turn.stretch(first, last);
    }
}
