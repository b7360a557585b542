//! The dialog with the thresholds of the rules, the filer's own misprints, and who checks.

use egui::{DragValue, Grid, RichText, ScrollArea, TextEdit, Ui};

use crate::app::actions::{Action, Actions, CheckAction};
use crate::app::state::dialog::RuleSettingsForm;
use crate::app::views::checking::local::local_ui;
use crate::app::widgets::dialog::{buttons_ui, main_button, title_ui};
use crate::app::widgets::theme::{palette, sizes};
use crate::check::Limit;
use crate::check::settings::{Misprint, THRESHOLDS};

/// The settings of the rules.
pub fn rules_ui(ui: &mut Ui, setting: &mut RuleSettingsForm, actions: &mut Actions) {
    title_ui(ui, "审核设置");
    let unit = sizes().unit;
    ui.horizontal(|ui| {
        let label = ui.label("核查人");
        ui.add(TextEdit::singleline(&mut setting.by).desired_width(unit * 20.0))
            .labelled_by(label.id);
        ui.label(
            RichText::new("写在自查表上")
                .small()
                .color(palette(ui).weak.0),
        );
    });
    ui.add_space(unit);
    local_ui(ui, setting, actions);
    ui.add_space(unit);
    let height = ui.ctx().content_rect().height() * 0.35;
    ScrollArea::vertical().max_height(height).show(ui, |ui| {
        Grid::new("thresholds")
            .num_columns(2)
            .striped(true)
            .spacing([unit * 2.0, unit / 2.0])
            .show(ui, |ui| thresholds_ui(ui, setting));
    });
    ui.add_space(unit);
    misprints_ui(ui, setting);
    buttons_ui(ui, |ui| {
        if main_button(ui, "记下", true) {
            let set = CheckAction::Set(setting.settings.clone(), setting.by.trim().to_owned());
            actions.push(Action::Checking(set));
        }
        if ui.button("取消").clicked() {
            actions.push(Action::CloseDialog);
        }
        if ui.button("恢复默认").clicked() {
            let own = std::mem::take(&mut setting.settings);
            setting.settings.misprints = own.misprints;
            setting.settings.local = own.local;
        }
    });
}

fn thresholds_ui(ui: &mut Ui, setting: &mut RuleSettingsForm) {
    // The day has a place of its own in the window.
    let has_place = |limit| matches!(limit, Limit::DeadlineMonth | Limit::DeadlineDay);
    for threshold in THRESHOLDS
        .iter()
        .filter(|threshold| !has_place(threshold.limit))
    {
        let label = ui
            .add(egui::Label::new(threshold.title).wrap())
            .on_hover_text(format!(
                "默认{}{}，{}",
                threshold.usual, threshold.unit, threshold.source
            ));
        let mut value = setting.settings.limit(threshold.limit);
        let drag = DragValue::new(&mut value)
            .range(threshold.least..=threshold.most)
            .suffix(threshold.unit);
        if ui.add(drag).labelled_by(label.id).changed() {
            // The range keeps the value in bounds.
            setting.settings.set(threshold.name, value).ok();
        }
        ui.end_row();
    }
}

fn misprints_ui(ui: &mut Ui, setting: &mut RuleSettingsForm) {
    ui.label("自己常错的词");
    let mut removed = None;
    for (number, misprint) in setting.settings.misprints.iter().enumerate() {
        ui.horizontal(|ui| {
            ui.label(format!("“{}”应为“{}”", misprint.wrong, misprint.right));
            if ui.button(format!("删去“{}”", misprint.wrong)).clicked() {
                removed = Some(number);
            }
        });
    }
    if let Some(number) = removed {
        setting.settings.misprints.remove(number);
    }
    ui.horizontal(|ui| {
        let width = sizes().unit * 14.0;
        let label = ui.label("错的");
        ui.add(TextEdit::singleline(&mut setting.wrong).desired_width(width))
            .labelled_by(label.id);
        let label = ui.label("对的");
        ui.add(TextEdit::singleline(&mut setting.right).desired_width(width))
            .labelled_by(label.id);
        let (wrong, right) = (setting.wrong.trim(), setting.right.trim());
        let is_usable = !wrong.is_empty() && !right.contains(wrong);
        if ui
            .add_enabled(is_usable, egui::Button::new("添加"))
            .clicked()
        {
            setting.settings.misprints.push(Misprint {
                wrong: wrong.to_owned(),
                right: right.to_owned(),
            });
            setting.wrong.clear();
            setting.right.clear();
        }
    });
}
