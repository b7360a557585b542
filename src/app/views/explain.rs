//! The box in which a filer explains why a finding is right as it stands.

use egui::{Id, RichText, TextEdit, Ui};

use super::checking::more_ui;
use crate::app::action::{Action, Actions};
use crate::app::kit::theme::palette;
use crate::check::Finding;

/// The id of the box: while it has the focus, Ctrl+Z belongs to it.
pub const EXPLANATION: &str = "explanation";

/// The explanation being written.
#[derive(Debug, Default)]
pub struct Writing {
    /// What it is written for.
    pub basis: String,
    /// What was written so far.
    pub text: String,
}

/// The explanation of a finding: shown, begun, or being written.
pub fn explain_ui(
    ui: &mut Ui,
    finding: &Finding,
    basis: &str,
    writing: &mut Option<Writing>,
    actions: &mut Actions,
) {
    let colours = palette(ui);
    let here = writing.as_mut().filter(|writing| writing.basis == basis);
    let Some(current) = here else {
        if let Some(text) = &finding.explanation {
            ui.label(RichText::new(format!("说明：{text}")).color(colours.good.0));
        }
        let written = finding.explanation.clone();
        let title = if written.is_some() {
            "改说明"
        } else {
            "写说明"
        };
        ui.horizontal_wrapped(|ui| {
            if ui.button(title).clicked() {
                *writing = Some(Writing {
                    basis: basis.to_owned(),
                    text: written.clone().unwrap_or_default(),
                });
            }
            more_ui(ui, finding, actions);
            if written.is_some() && ui.button("撤回说明").clicked() {
                actions.push(Action::Explain {
                    rule: finding.rule.name,
                    basis: basis.to_owned(),
                    text: String::new(),
                });
            }
        });
        return;
    };
    let label = ui.label("情况属实的，写明原因");
    ui.add(
        TextEdit::multiline(&mut current.text)
            .id(Id::unique(EXPLANATION))
            .desired_width(f32::INFINITY)
            .desired_rows(3),
    )
    .labelled_by(label.id);
    let text = current.text.clone();
    ui.horizontal(|ui| {
        let may_keep = !text.trim().is_empty() || finding.explanation.is_some();
        if ui
            .add_enabled(may_keep, egui::Button::new("记下说明"))
            .clicked()
        {
            actions.push(Action::Explain {
                rule: finding.rule.name,
                basis: basis.to_owned(),
                text,
            });
            *writing = None;
        }
        if ui.button("取消").clicked() {
            *writing = None;
        }
    });
}
