//! The place in which a filer explains why a finding is right as it stands.

use egui::text_edit::TextEditState;
use egui::{Button, Id, RichText, TextEdit, Ui};

use crate::app::actions::{Action, Actions};
use crate::app::state::explaining::{Explain, Explaining};
use crate::app::views::checking::more_ui;
use crate::app::widgets::theme::palette;
use crate::check::Finding;
use crate::report::{Explanation, Guarded};

/// The id of the box: while it has the focus, Ctrl+Z belongs to it.
pub const EXPLANATION: &str = "explanation";

/// What stands as the explanation of a sentence of last year that was confirmed.
const CONFIRMED: &str = "已核对，沿用的话是本年的情况";

/// The explanation in the box; the draft keeps it word by word as half written.
#[derive(Debug, Default)]
pub struct ExplanationBox {
    rule: &'static str,
    basis: String,
    /// What stands in the box.
    text: String,
    /// What stood there at first.
    start: String,
    /// What the draft kept of it when it was looked at last.
    kept: Option<String>,
    /// Whether the draft was just given what stands in the box.
    is_given: bool,
    /// Whether the box was shown already; at first it takes the keyboard.
    is_shown: bool,
}

impl ExplanationBox {
    /// Brings the box up to the draft, where an undo may have changed what is half written.
    fn follow(&mut self, draft: &Guarded) {
        let kept = draft.half_written_for(self.rule, &self.basis);
        if self.kept.as_deref() != kept {
            if !self.is_given {
                kept.unwrap_or(&self.start).clone_into(&mut self.text);
            }
            self.kept = kept.map(str::to_owned);
        }
        self.is_given = false;
    }
}

/// A finding that may be explained, and what it rests on.
struct Card<'a> {
    draft: &'a Guarded,
    finding: &'a Finding,
    basis: &'a str,
}

impl Card<'_> {
    fn ask(&self, what: Explain) -> Action {
        Action::Explain(Explaining {
            rule: self.finding.rule.name,
            basis: self.basis.to_owned(),
            lapsed: self.finding.lapsed.as_ref().map(|old| old.basis.clone()),
            what,
        })
    }

    /// Opens the box with a text in it.
    fn open(&self, ui: &Ui, text: &str) -> ExplanationBox {
        // What is taken back in this box was written in this box.
        TextEditState::default().store(ui.ctx(), Id::unique(EXPLANATION));
        // Until the box is there nobody else is to take the keyboard.
        ui.memory_mut(|memory| memory.request_focus(Id::unique(EXPLANATION)));
        ExplanationBox {
            rule: self.finding.rule.name,
            basis: self.basis.to_owned(),
            text: text.to_owned(),
            start: text.to_owned(),
            kept: None,
            is_given: true,
            is_shown: false,
        }
    }
}

/// The explanation of a finding: shown, begun, lapsed, or being written.
pub fn explain_ui(
    ui: &mut Ui,
    draft: &Guarded,
    finding: &Finding,
    basis: &str,
    writing: &mut Option<ExplanationBox>,
    actions: &mut Actions,
) {
    let card = Card {
        draft,
        finding,
        basis,
    };
    let is_here = |own: &ExplanationBox| own.rule == finding.rule.name && own.basis == basis;
    if writing.as_ref().is_some_and(is_here) {
        write_ui(ui, &card, writing, actions);
        return;
    }
    words_ui(ui, finding);
    ui.horizontal_wrapped(|ui| {
        if let Some(begun) = buttons_ui(ui, &card, actions) {
            *writing = Some(begun);
        }
        more_ui(ui, finding, actions);
    });
}

/// What was written about the finding.
fn words_ui(ui: &mut Ui, finding: &Finding) {
    let colours = palette(ui);
    if let Some(text) = &finding.explanation {
        ui.label(RichText::new(format!("说明：{text}")).color(colours.good.0));
    }
    if let Some(Explanation { text, .. }) = &finding.lapsed {
        ui.label(format!("原来的说明：{text}"));
        let why = "数字或者文字变了，原来的说明已失效";
        ui.label(RichText::new(why).small().color(colours.weak.0));
    }
    if let Some(Explanation { text, .. }) = &finding.half_written {
        ui.label(format!("没有写完的说明：{text}"));
    }
}

/// What can be done; returns what was begun to be written.
fn buttons_ui(ui: &mut Ui, card: &Card<'_>, actions: &mut Actions) -> Option<ExplanationBox> {
    let mut begun = None;
    let may_write = !card.draft.is_read_only();
    let button = |ui: &mut Ui, title: &str| {
        let button = ui.add_enabled(may_write, Button::new(title));
        let button = button.on_disabled_hover_text("这份草稿只能读");
        button.clicked()
    };
    let finding = card.finding;
    let (half, lapsed) = (&finding.half_written, &finding.lapsed);
    if let Some(half) = half {
        if button(ui, "接着写") {
            begun = Some(card.open(ui, &half.text));
            if half.basis != card.basis {
                actions.push(card.ask(Explain::GoOn(half.basis.clone())));
            }
        }
        if button(ui, "不写了") {
            actions.push(card.ask(Explain::GiveUp(half.basis.clone())));
        }
    }
    if let Some(lapsed) = lapsed {
        if button(ui, "沿用") {
            actions.push(card.ask(Explain::Finish(lapsed.text.clone())));
        }
        if half.is_none() && button(ui, "改写") {
            begun = Some(card.open(ui, &lapsed.text));
        }
    }
    let is_settled = finding.explanation.is_some() || half.is_some();
    if finding.rule.name == "carried-over" && !is_settled && button(ui, "确认无误") {
        actions.push(card.ask(Explain::Finish(CONFIRMED.to_owned())));
    }
    if half.is_none() && lapsed.is_none() {
        let written = finding.explanation.as_deref();
        let title = written.map_or("写说明", |_| "改说明");
        if button(ui, title) {
            begun = Some(card.open(ui, written.unwrap_or_default()));
        }
    }
    if finding.explanation.is_some() && button(ui, "撤回说明") {
        actions.push(card.ask(Explain::Withdraw));
    }
    begun
}

fn write_ui(
    ui: &mut Ui,
    card: &Card<'_>,
    writing: &mut Option<ExplanationBox>,
    actions: &mut Actions,
) {
    let Some(current) = writing.as_mut() else {
        return;
    };
    current.follow(card.draft);
    let label = ui.label("情况属实的，写明原因");
    let text_box = TextEdit::multiline(&mut current.text)
        .id(Id::unique(EXPLANATION))
        .desired_width(f32::INFINITY)
        .desired_rows(3);
    let text_box = ui.add(text_box).labelled_by(label.id);
    if !std::mem::replace(&mut current.is_shown, true) {
        text_box.request_focus();
    }
    if text_box.changed() {
        actions.push(card.ask(Explain::Jot(current.text.clone())));
        current.is_given = true;
    }
    let may_keep = !current.text.trim().is_empty() || card.finding.explanation.is_some();
    let mut is_done = false;
    ui.horizontal(|ui| {
        let keep = ui.add_enabled(may_keep, Button::new("记下说明"));
        if keep.clicked() {
            actions.push(card.ask(Explain::Finish(current.text.clone())));
            is_done = true;
        }
        if ui.button("取消").clicked() {
            actions.push(card.ask(Explain::GiveUp(card.basis.to_owned())));
            is_done = true;
        }
    });
    if is_done {
        *writing = None;
    }
}
