//! What the sheets of the page ask for alike.

use egui::{Ui, WidgetInfo};

use crate::app::actions::{Action, Actions, GatherAction};
use crate::app::state::gather::GatherDone;
use crate::desk::gather::GatheredUnit;

/// Asks for something on the page.
pub(super) fn push(actions: &mut Actions, step: GatherAction) {
    actions.push(Action::Gather(step));
}

/// The button that opens a unit's report beside this window.
pub(super) fn open_ui(ui: &mut Ui, done: &GatherDone, unit: &GatheredUnit, actions: &mut Actions) {
    let gathering = &done.gathering;
    let files = unit.taken.or(unit.files.first().copied());
    let taken = files.and_then(|place| gathering.taken.get(place));
    let Some(taken) = taken else { return };
    let button = ui.button("打开");
    let words = format!("打开{}的报告", unit.name);
    button.widget_info(|| WidgetInfo::labeled(egui::Role::Button, true, &words));
    if button.on_hover_text(&taken.file).clicked() {
        actions.push(Action::OpenElsewhere(taken.path.clone()));
    }
}
