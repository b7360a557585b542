//! What a cell means and what is found about it: under the pointer, or at the cell after F1.
//!
//! It only looks; nothing here changes the state.

use egui::{Area, Frame, Order, Response, Ui, pos2, vec2};

use crate::app::table::face::{prior_text, shown};
use crate::app::table::layout::Layout;
use crate::app::table::{GridInput, GridState, sheet};
use crate::form::{FieldId, Kind, Square, SquareContent};

/// The widest a hint may be.
const WIDTH: f32 = 360.0;

/// Shows the hint that is asked for, if one is.
pub(super) fn show(
    ui: &Ui,
    input: &GridInput<'_>,
    state: &GridState,
    layout: &Layout,
    response: Response,
) {
    if state.explains {
        at_cursor(ui, input, state, layout);
        return;
    }
    if response.dragged() || response.context_menu_opened() || state.is_editing() {
        return;
    }
    let pos = ui.input(|i| i.pointer.hover_pos());
    let square = pos.and_then(|pos| layout.hit(&input.table.grid, pos));
    let Some(square) = square else { return };
    match &square.content {
        SquareContent::Value(id) => {
            response.on_hover_ui_at_pointer(|ui| cell_ui(ui, input, state, *id));
        }
        SquareContent::Head(label) | SquareContent::Label(label) => {
            let lines = about_heading(input, square, label);
            if !lines.is_empty() {
                response.on_hover_ui_at_pointer(|ui| {
                    ui.set_max_width(WIDTH);
                    for line in lines {
                        ui.label(line);
                    }
                });
            }
        }
    }
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
fn at_cursor(ui: &Ui, input: &GridInput<'_>, state: &GridState, layout: &Layout) {
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
        (pos2(cell.left(), below), egui::Align2::LEFT_TOP)
    } else {
        (
            pos2(cell.left(), cell.top() - 4.0),
            egui::Align2::LEFT_BOTTOM,
        )
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
    if shown.blank {
        ui.weak("现在空着");
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
