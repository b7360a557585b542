//! The box in which a filer explains why a finding is right as it stands.

use egui::{Id, RichText, TextEdit, Ui};

use super::checking::more_ui;
use crate::app::action::{Action, Actions};
use crate::app::kit::theme::palette;
use crate::app::state::OpenDraft;
use crate::check::{Finding, Subject};
use crate::report::Explanation;

/// The id of the box: while it has the focus, Ctrl+Z belongs to it.
pub const EXPLANATION: &str = "explanation";

/// The explanation being written.
#[derive(Debug, Default)]
pub struct Writing {
    /// The rule of the finding.
    rule: &'static str,
    /// What it is written for.
    basis: String,
    /// What was written so far.
    text: String,
}

impl Writing {
    /// The explanation as far as it is written, unless the draft has it already or has nothing to
    /// explain by it.
    pub fn unfinished(&self, open: &OpenDraft) -> Option<Explanation> {
        let (text, draft) = (self.text.trim(), &open.draft);
        let is_about = |finding: &Finding| {
            finding.rule.name == self.rule && finding.basis(&Subject::of(draft)) == self.basis
        };
        if !open.findings.list.iter().any(is_about) {
            return None;
        }
        let is_same = |known: &Explanation| {
            known.rule == self.rule && known.basis == self.basis && known.text == text
        };
        let is_known = draft.explanations().iter().any(is_same);
        (!text.is_empty() && !is_known).then(|| Explanation {
            rule: self.rule.to_owned(),
            basis: self.basis.clone(),
            text: text.to_owned(),
        })
    }

    /// What asks for it to be kept.
    pub fn keep(self) -> Action {
        Action::Explain {
            rule: self.rule,
            basis: self.basis,
            text: self.text,
        }
    }
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
                    rule: finding.rule.name,
                    basis: basis.to_owned(),
                    text: written.clone().unwrap_or_default(),
                });
                ui.memory_mut(|memory| memory.request_focus(Id::unique(EXPLANATION)));
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
    let may_keep = !current.text.trim().is_empty() || finding.explanation.is_some();
    ui.horizontal(|ui| {
        let keep = ui.add_enabled(may_keep, egui::Button::new("记下说明"));
        if keep.clicked() {
            actions.extend(writing.take().map(Writing::keep));
        }
        if ui.button("取消").clicked() {
            *writing = None;
        }
    });
}
