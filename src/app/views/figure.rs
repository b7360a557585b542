//! The dialog that chooses a figure of the tables to write into a text.

use egui::{Button, Grid, Label, Response, RichText, ScrollArea, TextEdit, Ui, WidgetInfo};

use crate::app::actions::{Action, Actions, Command};
use crate::app::state::State;
use crate::app::state::text::{FigurePicker, Insertion};
use crate::app::widgets::dialog::{buttons_ui, title_ui};
use crate::app::widgets::theme::{palette, sizes};
use crate::form::{FieldId, Table};
use crate::report::Report;

/// The tables, the rows of one, and its figures to press.
pub fn figure_ui(ui: &mut Ui, state: &State, picking: &mut FigurePicker, actions: &mut Actions) {
    let Some(open) = &state.open else { return };
    let report = open.draft.report();
    let room = ui.ctx().content_rect().width() - sizes().unit * 12.0;
    ui.set_width(room.clamp(0.0, sizes().unit * 110.0));
    title_ui(ui, Command::InsertFigure.name().trim_end_matches('…'));
    ui.horizontal_wrapped(|ui| {
        for (number, (section, _)) in report.edition().tables().enumerate() {
            ui.selectable_value(&mut picking.table, number, &section.label);
        }
    });
    let label = ui.label(
        RichText::new("只看含有这些字的行")
            .small()
            .color(palette(ui).weak.0),
    );
    let filter = TextEdit::singleline(&mut picking.filter).desired_width(f32::INFINITY);
    let filter = ui.add(filter).labelled_by(label.id);
    if ui.memory(|memory| memory.focused().is_none()) {
        filter.request_focus();
    }
    let Some((_, table)) = report.edition().tables().nth(picking.table) else {
        return;
    };
    let mut chosen = None;
    let height = (ui.ctx().content_rect().height() * 0.5).max(sizes().unit * 20.0);
    ScrollArea::both().max_height(height).show(ui, |ui| {
        ui.push_id(picking.table, |ui| {
            chosen = table_ui(ui, report, table, picking.filter.trim());
        });
    });
    if let Some(value) = chosen {
        actions.push(Action::Insert {
            name: "插入表中数字".to_owned(),
            spot: picking.spot,
            piece: Insertion::Inline(value),
        });
    }
    buttons_ui(ui, |ui| {
        if ui.button("取消").clicked() {
            actions.push(Action::CloseDialog);
        }
    });
}

/// Returns the figure that was pressed.
fn table_ui(ui: &mut Ui, report: &Report, table: &Table, filter: &str) -> Option<String> {
    let mut chosen = None;
    for (number, band) in table.bands.iter().enumerate() {
        let lines: Vec<_> = table
            .lines
            .iter()
            .filter(|line| line.band == number && line.labels.concat().contains(filter))
            .collect();
        if lines.is_empty() {
            continue;
        }
        let columns = band.columns.len();
        Grid::new(("figures", number))
            .num_columns(columns + 1)
            .show(ui, |ui| {
                ui.label("");
                for path in &band.columns {
                    let heading = path.last().map(String::as_str).unwrap_or_default();
                    ui.label(RichText::new(heading).small().color(palette(ui).weak.0));
                }
                ui.end_row();
                for line in lines {
                    let text = line.labels.last().map(String::as_str).unwrap_or_default();
                    label_ui(ui, text);
                    for &id in &line.fields {
                        if value_ui(ui, report, id).clicked() {
                            chosen = report.value(id).map(|value| value.to_string());
                        }
                    }
                    ui.end_row();
                }
            });
    }
    chosen
}

/// A row's label in a place of one width, so that the figures of all rows stand below each other.
fn label_ui(ui: &mut Ui, text: &str) {
    let size = egui::vec2(sizes().unit * 40.0, ui.spacing().interact_size.y);
    let layout = egui::Layout::left_to_right(egui::Align::Center);
    ui.allocate_ui_with_layout(size, layout, |ui| {
        ui.set_min_width(size.x);
        ui.add(Label::new(text).truncate()).on_hover_text(text);
    });
}

fn value_ui(ui: &mut Ui, report: &Report, id: FieldId) -> Response {
    let field = report.edition().field(id);
    let value = report.value(id).map(|value| value.to_string());
    let text = value.clone().unwrap_or_else(|| "空".to_owned());
    let response = ui
        .add_enabled(value.is_some(), Button::new(&text))
        .on_hover_text(&field.label);
    let name = format!("{}：{text}", field.label);
    response.widget_info(|| WidgetInfo::labeled(egui::Role::Button, value.is_some(), name.clone()));
    response
}
