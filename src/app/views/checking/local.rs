//! What the county asks for, in the dialog with the settings of the rules.

use egui::{CollapsingHeader, RichText, ScrollArea, Ui};

use crate::app::actions::{Action, Actions, CheckAction, LocalAction};
use crate::app::state::dialog::RuleSettingsForm;
use crate::app::widgets::theme::{palette, sizes};

/// The file that is used, what it asks for, and the way to another one.
pub(super) fn local_ui(ui: &mut Ui, setting: &RuleSettingsForm, actions: &mut Actions) {
    // What was entered so far is kept when the dialog is left for a file.
    let mut ask = |step: LocalAction| {
        let (settings, by) = (setting.settings.clone(), setting.by.trim().to_owned());
        actions.push(Action::Checking(CheckAction::Set(settings, by)));
        actions.push(Action::Checking(CheckAction::Local(step)));
    };
    let local = setting.settings.local.as_deref();
    ui.horizontal_wrapped(|ui| {
        ui.label("地方要求");
        match local {
            None => {
                let hint = "县里、市里另有要求的，选那份文件，或者拖到窗口里";
                ui.label(RichText::new(hint).small().color(palette(ui).weak.0));
            }
            Some(local) => {
                ui.label(RichText::new(local.signature()).strong());
            }
        }
        let words = if local.is_some() {
            "换一份要求…"
        } else {
            "选要求的文件…"
        };
        if ui.button(words).clicked() {
            ask(LocalAction::Ask);
        }
        if local.is_some() && ui.button("不用这份要求").clicked() {
            ask(LocalAction::Leave);
        }
        let has_style = local.is_some_and(|local| !local.style.is_empty());
        if has_style && ui.button("用要求的版式").clicked() {
            ask(LocalAction::UseStyle);
        }
    });
    let Some(local) = local else { return };
    let lines = local.lines();
    CollapsingHeader::new(format!("要求了什么（{}项）", lines.len()))
        .id_salt("local rules")
        .show(ui, |ui| {
            let height = sizes().unit * 16.0;
            ScrollArea::vertical()
                .id_salt("local lines")
                .max_height(height)
                .show(ui, |ui| {
                    for line in lines {
                        ui.label(line);
                    }
                });
        });
}
