//! What a cell means and what is found about it: under the pointer, or at the cell after F1.
//!
//! It only looks; nothing here changes the report.

use egui::{Align2, Area, Frame, Id, Order, Pos2, Rect, Response, Ui, Vec2, pos2, vec2};

use crate::app::table::face::{prior_text, shown};
use crate::app::table::layout::GridLayout;
use crate::app::table::{GridInput, GridState, sheet};
use crate::form::{FieldId, Kind, Square, SquareContent};

/// The widest a hint may be.
const WIDTH: f32 = 360.0;

/// How far a hint stays away from what it is about.
const GAP: f32 = 4.0;

/// Shows the hint that is asked for, if one is.
pub(super) fn show(
    ui: &Ui,
    input: &GridInput<'_>,
    state: &mut GridState,
    layout: &GridLayout,
    response: &Response,
) {
    let rests = state.pointer.rests(ui, response.rect.min);
    if state.explains {
        at_cursor(ui, input, state, layout);
        return;
    }
    let is_busy = response.dragged() || response.context_menu_opened() || state.is_editing();
    if !rests || is_busy || !response.contains_pointer() {
        return;
    }
    let pos = ui.input(|i| i.pointer.hover_pos());
    let square = pos.and_then(|pos| layout.hit(&input.table.grid, pos));
    let (Some(pos), Some(square)) = (pos, square) else {
        return;
    };
    let lines = match &square.content {
        SquareContent::Value(_) => Vec::new(),
        SquareContent::Head(label) | SquareContent::Label(label) => {
            about_heading(input, square, label)
        }
    };
    if lines.is_empty() && !matches!(square.content, SquareContent::Value(_)) {
        return;
    }
    let delay = ui.style().interaction.tooltip_delay;
    let rested = ui.input(|i| i.pointer.time_since_last_movement());
    if rested < delay {
        let wait = std::time::Duration::from_secs_f32(delay - rested);
        ui.ctx().request_repaint_after(wait);
        return;
    }
    at_pointer(ui, input, state, layout, square, pos, |ui| {
        if let SquareContent::Value(id) = square.content {
            cell_ui(ui, input, state, id);
        }
        for line in &lines {
            ui.set_max_width(WIDTH);
            ui.label(*line);
        }
    });
}

/// A hint beside the square under the pointer, where it covers neither the row that is filled in
/// nor the headings; where there is no such place, none.
fn at_pointer(
    ui: &Ui,
    input: &GridInput<'_>,
    state: &GridState,
    layout: &GridLayout,
    square: &Square,
    pos: Pos2,
    content: impl FnOnce(&mut Ui),
) {
    let id = Id::unique(("hint of a square", square.row, square.column));
    let screen = ui.ctx().content_rect().shrink(8.0);
    let size = egui::AreaState::load(ui.ctx(), id).and_then(|state| state.size);
    // Before it was measured it is laid out without being seen.
    let place = match size {
        Some(size) => place_for(size, screen, pos, &around(input, state, layout, square)),
        None => Some(screen.min),
    };
    let Some(place) = place else { return };
    Area::new(id)
        .order(Order::Tooltip)
        .pivot(Align2::LEFT_TOP)
        .fixed_pos(place)
        .constrain_to(screen)
        .interactable(false)
        .show(ui.ctx(), |ui| {
            Frame::popup(ui.style()).show(ui, content);
        });
}

/// The square that a hint is about, and what else it must leave in sight.
fn around(
    input: &GridInput<'_>,
    state: &GridState,
    layout: &GridLayout,
    square: &Square,
) -> [Option<Rect>; 3] {
    let grid = &input.table.grid;
    let header = layout.header();
    let own = layout.rect(square);
    let cursor = state.selected(input.table);
    let row = cursor.and_then(|id| grid.square_of(id)).map(|active| {
        let rect = layout.rect(active);
        Rect::from_x_y_ranges(header.x_range(), rect.y_range())
    });
    [Some(own), row, Some(header)]
}

/// Where a hint of this size goes: below the square, above it, or at one of its sides.
fn place_for(size: Vec2, screen: Rect, pos: Pos2, kept: &[Option<Rect>; 3]) -> Option<Pos2> {
    let own = kept.first().copied().flatten()?;
    let left = pos.x.min(screen.right() - size.x).max(screen.left());
    let top = pos.y.min(screen.bottom() - size.y).max(screen.top());
    let lowest = kept.iter().flatten().map(Rect::bottom).fold(0.0, f32::max);
    let places = [
        pos2(left, own.bottom() + GAP),
        pos2(left, own.top() - GAP - size.y),
        pos2(left, lowest + GAP),
        pos2(own.right() + GAP, top),
        pos2(own.left() - GAP - size.x, top),
    ];
    places.into_iter().find(|&place| {
        let rect = Rect::from_min_size(place, size);
        screen.contains_rect(rect) && !kept.iter().flatten().any(|kept| kept.intersects(rect))
    })
}

/// What the form's help says about a heading, out of the help of a cell it speaks of.
fn about_heading<'a>(input: &GridInput<'a>, square: &Square, label: &str) -> Vec<&'a str> {
    let first = sheet::spoken_of(&input.table.grid, square)
        .and_then(|(first, _)| sheet::value_at(&input.table.grid, first));
    let Some(first) = first else {
        return Vec::new();
    };
    let help = input.report.edition().field(first).help.lines();
    let is_about = |line: &&str| {
        line.strip_prefix(label)
            .is_some_and(|rest| rest.starts_with('：'))
    };
    help.filter(is_about).collect()
}

/// The hint below the selected cell, or above it where there is no room below.
fn at_cursor(ui: &Ui, input: &GridInput<'_>, state: &GridState, layout: &GridLayout) {
    let grid = &input.table.grid;
    let Some(id) = state.selected(input.table) else {
        return;
    };
    let Some(square) = grid.square_of(id) else {
        return;
    };
    let cell = layout.rect(square);
    let screen = ui.ctx().content_rect();
    let below = cell.bottom() + 4.0;
    let (place, pivot) = if below + 200.0 < screen.bottom() {
        (pos2(cell.left(), below), Align2::LEFT_TOP)
    } else {
        (pos2(cell.left(), cell.top() - 4.0), Align2::LEFT_BOTTOM)
    };
    Area::new(egui::Id::unique("explained cell"))
        .order(Order::Tooltip)
        .pivot(pivot)
        .fixed_pos(place)
        .constrain_to(screen.shrink2(vec2(8.0, 8.0)))
        .interactable(false)
        .show(ui.ctx(), |ui| {
            Frame::popup(ui.style()).show(ui, |ui| {
                cell_ui(ui, input, state, id);
                ui.weak("按F1或Esc收起");
            });
        });
}

/// Name, meaning, state, last year's figure and findings of a cell.
fn cell_ui(ui: &mut Ui, input: &GridInput<'_>, state: &GridState, id: FieldId) {
    let field = input.report.edition().field(id);
    let shown = shown(input, state, id);
    ui.set_max_width(WIDTH);
    ui.strong(&field.label);
    for line in field.help.lines() {
        ui.label(line);
    }
    match field.kind {
        _ if field.is_total() => ui.weak("合计，自动计算"),
        Kind::Amount(decimals) => ui.weak(format!("可以填小数，最多{decimals}位")),
        Kind::Change => ui.weak("填整数，减少的填负数"),
        _ => ui.weak("填整数，没有发生填0"),
    };
    match input.proposed(id).filter(|_| shown.blank) {
        Some(number) => {
            let own = input.proposed.iter().find(|one| one.field == id);
            let says = own.map_or("", |one| one.says.as_str());
            ui.label(format!("由上年推得{number}，按空格键采用，按Delete不用"));
            ui.weak(says);
        }
        None if shown.blank => {
            ui.weak("现在空着");
        }
        None => {}
    }
    if shown.unreadable {
        ui.label(format!("“{}”不是数字", shown.text));
    }
    if let Some(sum) = &shown.differs {
        ui.label(format!("合计应为{sum}，填报为{}", shown.text));
    }
    let prior = input
        .prior
        .and_then(|prior| prior_text(input.report, prior, id));
    if let Some(prior) = prior {
        ui.weak(format!("上年：{prior}"));
    }
    if let Some(mark) = input.marks.get(&id) {
        ui.separator();
        for says in &mark.says {
            ui.label(format!("{}：{says}", mark.level.name()));
        }
    }
}
