//! Dialogs around the findings: confirmations, sentences side by side, settings of the rules.

mod beside;
mod confirm;
mod local;
mod rules;
mod sheet;

use egui::Ui;

use crate::app::actions::{Action, Actions, CheckAction};
pub use crate::app::views::checking::beside::beside_ui;
pub use crate::app::views::checking::confirm::confirm_ui;
pub use crate::app::views::checking::rules::rules_ui;
pub use crate::app::views::checking::sheet::sheet_ui;
use crate::check::Finding;

/// What else can be done about a finding than what all findings have.
pub fn more_ui(ui: &mut Ui, finding: &Finding, actions: &mut Actions) {
    if finding.rule.name == "nil-report" && ui.button("逐项确认…").clicked() {
        actions.push(Action::Checking(CheckAction::Confirm));
    }
    if finding.rule.name == "copied-from-prior"
        && let Some(section) = &finding.section
        && ui.button("逐句对照…").clicked()
    {
        actions.push(Action::Checking(CheckAction::SideBySide(section.clone())));
    }
}
