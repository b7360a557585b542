//! A table for assistive programs: one named node a figure, and what such a program asks of it.
//!
//! It knows ids and requests; it draws nothing.

use egui::accesskit::{Action, ActionData, Role};
use egui::{Id, Rect, Sense, Ui, UiBuilder};

use crate::app::table::face::shown;
use crate::app::table::layout::GridLayout;
use crate::app::table::turn::EditSession;
use crate::app::table::{GridInput, GridState};
use crate::form::{FieldId, Square, SquareContent};

/// The id of a figure's node.
fn node_id(grid: Id, field: FieldId) -> Id {
    grid.with(field.index())
}

/// The figures of a table with their squares.
fn figures<'a>(input: &GridInput<'a>) -> impl Iterator<Item = (FieldId, &'a Square)> {
    let squares = input.table.grid.squares.iter();
    squares.filter_map(|square| match square.content {
        SquareContent::Value(id) => Some((id, square)),
        _ => None,
    })
}

/// Does what assistive programs ask for; whether one of them asked for the focus.
pub(super) fn requests(
    ui: &Ui,
    grid: Id,
    input: &GridInput<'_>,
    turn: &mut EditSession<'_>,
) -> bool {
    let mut wants_focus = false;
    let asked = ui.input(|i| {
        i.events
            .iter()
            .any(|event| matches!(event, egui::Event::AccessKitActionRequest(_)))
    });
    if !asked {
        return false;
    }
    for (field, _) in figures(input) {
        let id = node_id(grid, field);
        let (select, values) = ui.input(|i| {
            let select = [Action::Focus, Action::Click]
                .iter()
                .any(|&action| i.has_accesskit_action_request(id, action));
            let values: Vec<_> = i
                .accesskit_action_requests(id, Action::SetValue)
                .filter_map(|request| match &request.data {
                    Some(ActionData::Value(text)) => Some(text.to_string()),
                    Some(ActionData::NumericValue(number)) => Some(number.to_string()),
                    _ => None,
                })
                .collect();
            (select, values)
        });
        if select {
            turn.select_field(field);
            wants_focus = true;
        }
        for text in values {
            turn.commit();
            if !turn.is_total(field) {
                let entry = turn.read(field, &text);
                turn.state_all(super::turn::TYPING, vec![(field, entry)]);
            }
        }
    }
    wants_focus
}

/// Describes the table and its figures.
pub(super) fn describe(
    ui: &mut Ui,
    grid: Id,
    rect: Rect,
    input: &GridInput<'_>,
    state: &GridState,
    layout: &GridLayout,
) {
    let selected = state.selected(input.table);
    let described = ui.ctx().accesskit_node_builder(grid, |node| {
        node.set_role(Role::Table);
        node.set_label(input.name);
        node.set_row_count(input.table.grid.rows);
        node.set_column_count(input.table.grid.columns);
        if let Some(field) = selected {
            node.set_active_descendant(node_id(grid, field).accesskit_id());
        }
    });
    if described.is_none() {
        return;
    }
    let builder = UiBuilder::new()
        .max_rect(rect)
        .scope_id(grid.with("cells"))
        .accessibility_parent(grid);
    let cells = ui.new_child(builder);
    headings(&cells, grid, input, layout);
    for (field, square) in figures(input) {
        let id = node_id(grid, field);
        let place = layout.rect(square);
        cells.interact(place, id, Sense::hover());
        let shown = shown(input, state, field);
        let label = &input.report.edition().field(field).label;
        let text = match &state.editor {
            Some(editor) if editor.field == field => editor.text.clone(),
            _ => shown.text,
        };
        cells.ctx().accesskit_node_builder(id, |node| {
            node.set_role(Role::Cell);
            node.set_label(label.as_str());
            let heard = text.clone();
            node.set_value(text);
            node.set_bounds(bounds(place));
            position(node, square);
            node.set_selected(selected == Some(field));
            node.add_action(Action::Focus);
            node.add_action(Action::Click);
            if is_total(input, field) {
                node.set_read_only();
            } else {
                node.add_action(Action::SetValue);
            }
            let mut remarks = Vec::new();
            // The bus of X11 has no place for the value of a cell.
            if !heard.is_empty() {
                remarks.push(if shown.derived {
                    format!("合计{heard}")
                } else {
                    format!("填报为{heard}")
                });
            }
            if shown.blank {
                remarks.push("未填".to_owned());
                let proposed = input.proposed(field);
                remarks.extend(proposed.map(|number| format!("由上年推得{number}，按空格键采用")));
            }
            if shown.unreadable {
                remarks.push("不是数字".to_owned());
            }
            if let Some(mark) = input.marks.get(&field) {
                remarks.push(format!("{}：{}", mark.level.name(), mark.says.join("；")));
            }
            if !remarks.is_empty() {
                node.set_description(remarks.join("，"));
            }
        });
    }
}

fn is_total(input: &GridInput<'_>, field: FieldId) -> bool {
    input.report.edition().field(field).is_total()
}

/// The printed headings, so that a reader of the screen finds the form as it is on paper.
fn headings(ui: &Ui, grid: Id, input: &GridInput<'_>, layout: &GridLayout) {
    for (number, square) in input.table.grid.squares.iter().enumerate() {
        let (role, label) = match &square.content {
            SquareContent::Head(label) => (Role::ColumnHeader, label),
            SquareContent::Label(label) => (Role::RowHeader, label),
            SquareContent::Value(_) => continue,
        };
        let id = grid.with(("heading", number));
        let place = layout.rect(square);
        ui.interact(place, id, Sense::hover());
        ui.ctx().accesskit_node_builder(id, |node| {
            node.set_role(role);
            node.set_label(label.as_str());
            node.set_bounds(bounds(place));
            position(node, square);
        });
    }
}

fn bounds(rect: Rect) -> egui::accesskit::Rect {
    egui::accesskit::Rect {
        x0: rect.min.x.into(),
        y0: rect.min.y.into(),
        x1: rect.max.x.into(),
        y1: rect.max.y.into(),
    }
}

fn position(node: &mut egui::accesskit::Node, square: &Square) {
    node.set_row_index(square.row);
    node.set_column_index(square.column);
    node.set_row_span(square.row_span);
    node.set_column_span(square.column_span);
}
