//! What last year's report leads one to expect in blank cells: taken or left, one by one or all.

use egui::{CornerRadius, Frame, Margin, RichText, Stroke, Ui};

use crate::app::actions::{Action, Actions};
use crate::app::state::OpenDraft;
use crate::app::widgets::theme::{palette, sizes};
use crate::report::Edit;
use crate::report::carry::Proposal;

/// The step's name when the menu takes it back.
const STEP: &str = "采用上年推得的数";

/// The proposals for the table that is shown; nothing when there are none.
pub fn proposals_ui(ui: &mut Ui, open: &OpenDraft, actions: &mut Actions) {
    let proposals = open.proposals_here();
    if proposals.is_empty() {
        return;
    }
    let colours = palette(ui);
    let frame = Frame::new()
        .fill(colours.advice_fill.0)
        .stroke(Stroke::new(1.0, colours.line.0))
        .corner_radius(CornerRadius::same(6))
        .inner_margin(Margin::symmetric(12, 6));
    frame.show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.spacing_mut().interact_size.y = sizes().unit * 3.0;
        ui.spacing_mut().item_spacing.y = sizes().unit / 2.0;
        ui.horizontal(|ui| {
            let title = format!("由上年度报告推得{}个数", proposals.len());
            ui.label(RichText::new(title).small().strong());
            let right = egui::Layout::right_to_left(egui::Align::Center);
            ui.with_layout(right, |ui| {
                if ui.button(RichText::new("都不用").small()).clicked() {
                    actions.push(Action::Leave(proposals.clone()));
                }
                if ui.button(RichText::new("全部采用").small()).clicked() {
                    actions.push(take(&proposals));
                }
            });
        });
        for group in groups(&proposals) {
            ui.horizontal_wrapped(|ui| group_ui(ui, open, &group, actions));
        }
    });
    ui.add_space(sizes().unit / 2.0);
}

fn take(proposals: &[Proposal]) -> Action {
    let edits: Vec<_> = proposals.iter().map(Proposal::edit).collect();
    Action::Edit(STEP.to_owned(), Edit::All(edits))
}

/// The proposals that follow from the same demand.
fn groups(proposals: &[Proposal]) -> Vec<Vec<&Proposal>> {
    let mut groups: Vec<Vec<&Proposal>> = Vec::new();
    for proposal in proposals {
        let same = |group: &&mut Vec<&Proposal>| {
            let first = group.first();
            first.is_some_and(|first| first.says == proposal.says)
        };
        match groups.iter_mut().find(same) {
            Some(group) => group.push(proposal),
            None => groups.push(vec![proposal]),
        }
    }
    groups
}

fn group_ui(ui: &mut Ui, open: &OpenDraft, group: &[&Proposal], actions: &mut Actions) {
    let Some(first) = group.first() else { return };
    let edition = open.draft.report().edition();
    let row = &edition.field(first.field).row_label;
    let same_row = group
        .iter()
        .all(|proposal| edition.field(proposal.field).row_label == *row);
    let colours = palette(ui);
    ui.spacing_mut().button_padding.x = sizes().unit * 0.75;
    let says = RichText::new(&first.says).small().color(colours.weak.0);
    ui.label(says);
    for proposal in group {
        let field = edition.field(proposal.field);
        let short = if same_row {
            &field.column_label
        } else {
            &field.row_label
        };
        let short = short.rsplit('·').next().unwrap_or(short);
        let value = proposal.value;
        let label = &field.label;
        let text = format!("{short} {value}");
        // A figure and its cross stay in one row.
        let needed = text.chars().count() as f32 * sizes().small + sizes().unit * 7.0;
        if ui.available_size_before_wrap().x < needed {
            ui.end_row();
        }
        let taken = ui
            .add(chip(&text))
            .on_hover_text(format!("“{label}”填为{value}"));
        name(&taken, &format!("采用{label}{value}"));
        if taken.clicked() {
            actions.push(Action::Edit(STEP.to_owned(), proposal.edit()));
        }
        ui.add_space(1.0 - ui.spacing().item_spacing.x);
        let left = ui.add(chip("×")).on_hover_text("不用这个数");
        name(&left, &format!("不用{label}{value}"));
        if left.clicked() {
            actions.push(Action::Leave(vec![(*proposal).clone()]));
        }
    }
}

fn chip(text: &str) -> egui::Button<'static> {
    egui::Button::new(RichText::new(text).small()).wrap_mode(egui::TextWrapMode::Extend)
}

fn name(button: &egui::Response, name: &str) {
    button.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, name));
}
