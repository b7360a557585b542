//! Last year's text of a part, sentence by sentence, each to be carried over, written anew or left.

use std::collections::BTreeMap;
use std::sync::Arc;

use egui::text::{LayoutJob, TextFormat};
use egui::{
    Align, Button, Color32, FontId, Frame, Label, Layout, Margin, Panel, Response, RichText, Role,
    ScrollArea, Sense, Stroke, Ui, WidgetInfo,
};

use crate::app::actions::{Action, Actions};
use crate::app::state::reuse::{OlderPiece, OlderText, ReuseStep, SentenceFate, told};
use crate::app::state::{OpenDraft, Target};
use crate::app::views::passage::changed::sentence;
use crate::app::widgets::theme::{palette, sizes};
use crate::form::FieldId;
use crate::report::Revision;

/// What the view of last year's text remembers.
#[derive(Debug, Default)]
pub(super) struct OlderView {
    /// For which draft, content and part the text was worked out.
    known_for: Option<(u64, Revision, FieldId)>,
    known: Option<Arc<OlderText>>,
    /// Whether it is shown, by part, where somebody said so.
    unfolded: BTreeMap<(u64, FieldId), bool>,
    /// Whether the sentences that are not wanted are shown.
    shows_unused: bool,
    /// The sentence whose button takes the keyboard once it is drawn.
    next: Option<usize>,
}

impl OlderView {
    /// Last year's text of a part.
    pub fn text(&mut self, open: &OpenDraft, field: FieldId) -> Option<Arc<OlderText>> {
        let key = (open.serial, open.draft.revision(), field);
        if self.known_for != Some(key) {
            self.known_for = Some(key);
            self.known = OlderText::of(open, field).map(Arc::new);
        }
        self.known.clone()
    }

    /// Whether the sentences are shown: while one of them waits for a word, unless somebody said otherwise.
    pub fn is_unfolded(&self, open: &OpenDraft, field: FieldId, older: &OlderText) -> bool {
        let said = self.unfolded.get(&(open.serial, field));
        said.copied().unwrap_or_else(|| !older.open().is_empty())
    }
}

/// Last year's text of the part: beside this year's where there is room for both, above it where not.
pub(super) fn older_ui(
    ui: &mut Ui,
    open: &OpenDraft,
    field: FieldId,
    view: &mut OlderView,
    actions: &mut Actions,
) {
    /// So much of the height is for this year's text at least.
    const OWN_SHARE: f32 = 0.55;
    let Some(text) = view.text(open, field) else {
        return;
    };
    heading_ui(ui, open, field, &text, view, actions);
    if !view.is_unfolded(open, field, &text) {
        return;
    }
    let room = ui.available_size();
    if room.x >= sizes().column_width * 1.4 {
        Panel::right("older text")
            .exact_size(room.x * 0.45)
            .frame(Frame::new().inner_margin(Margin::symmetric(8, 0)))
            .show(ui, |ui| {
                let height = ui.available_height();
                sentences_ui(ui, open, &text, height, view, actions);
            });
        return;
    }
    let frame = Frame::new()
        .fill(palette(ui).panel.0)
        .stroke(Stroke::new(1.0, palette(ui).line.0))
        .corner_radius(4)
        .inner_margin(Margin::symmetric(8, 4));
    frame.show(ui, |ui| {
        let height = room.y * (1.0 - OWN_SHARE);
        sentences_ui(ui, open, &text, height, view, actions);
    });
    ui.add_space(sizes().unit / 2.0);
}

/// The heading of last year's text: what became of it, and what is done with the rest of it at once.
fn heading_ui(
    ui: &mut Ui,
    open: &OpenDraft,
    field: FieldId,
    older: &OlderText,
    view: &mut OlderView,
    actions: &mut Actions,
) {
    let is_unfolded = view.is_unfolded(open, field, older);
    ui.horizontal(|ui| {
        ui.spacing_mut().interact_size.y = sizes().unit * 3.0;
        ui.spacing_mut().button_padding.x = sizes().unit;
        let title = if is_unfolded {
            "收起上年这一部分"
        } else {
            "上年这一部分"
        };
        if ui.button(RichText::new(title).small()).clicked() {
            view.unfolded.insert((open.serial, field), !is_unfolded);
        }
        let left = older.open();
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            if is_unfolded && left.len() > 1 {
                for (title, hint, what) in [
                    (
                        "其余不用",
                        "还没有处理的都不要，以后还能取回",
                        ReuseStep::Leave,
                    ),
                    (
                        "其余沿用",
                        "还没有处理的都放进来，没有核对的都标出",
                        ReuseStep::Take,
                    ),
                ] {
                    let button = ui.button(RichText::new(title).small()).on_hover_text(hint);
                    if button.clicked() {
                        actions.push(Action::Reuse(older.ask(left.clone(), what)));
                    }
                }
            }
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                let told = RichText::new(counts(older))
                    .small()
                    .color(palette(ui).weak.0);
                ui.add(Label::new(told).truncate());
            });
        });
    });
}

/// How many sentences there are, and what became of them.
fn counts(older: &OlderText) -> String {
    let count = |fate: fn(&SentenceFate) -> bool| older.sentences(fate).len();
    let all = count(|_| true);
    let mut told = format!("共{all}句");
    for (name, count) in [
        ("已用", count(|fate| matches!(fate, SentenceFate::Used(_)))),
        ("不用", count(|fate| *fate == SentenceFate::Unused)),
    ] {
        if count > 0 {
            told.push_str(&format!("，{name}{count}句"));
        }
    }
    told
}

/// The sentences, in a frame of this height at most.
fn sentences_ui(
    ui: &mut Ui,
    open: &OpenDraft,
    older: &OlderText,
    height: f32,
    view: &mut OlderView,
    actions: &mut Actions,
) {
    ScrollArea::vertical()
        .id_salt("older sentences")
        .auto_shrink([false, true])
        .max_height(height)
        .show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = sizes().unit / 2.0;
            for (number, piece) in older.pieces.iter().enumerate() {
                if piece.is_heading {
                    ui.label(RichText::new(&piece.words).small().strong());
                    continue;
                }
                match piece.fate {
                    SentenceFate::Open => open_ui(ui, older, number, piece, view, actions),
                    SentenceFate::Used(start) => used_ui(ui, open, piece, start, actions),
                    SentenceFate::Unused => {}
                }
            }
            unused_ui(ui, older, view, actions);
        });
}

/// A sentence that waits for a word: last year's with what would change in it, and three buttons.
fn open_ui(
    ui: &mut Ui,
    older: &OlderText,
    number: usize,
    piece: &OlderPiece,
    view: &mut OlderView,
    actions: &mut Actions,
) {
    ui.horizontal_wrapped(|ui| {
        let label = ui.add(Label::new(sentence(ui, piece)).selectable(false));
        if let Some(told) = told(&piece.renewed.left) {
            label.on_hover_text(told);
        }
        ui.spacing_mut().interact_size.y = sizes().unit * 3.0;
        ui.spacing_mut().button_padding.x = sizes().unit;
        ui.spacing_mut().item_spacing.x = sizes().unit / 2.0;
        for (title, hint, what) in [
            (
                "沿用",
                "年份和表里的数换成本年的，放进正文",
                ReuseStep::Take,
            ),
            ("改写", "放进正文，光标停在要改的地方", ReuseStep::Rewrite),
            ("不用", "不再列出，以后还能取回", ReuseStep::Leave),
        ] {
            let button = ui.button(RichText::new(title).small()).on_hover_text(hint);
            name(&button, &format!("{title}：{}", start(&piece.words)));
            if what == ReuseStep::Take && view.next == Some(number) {
                button.request_focus();
                button.scroll_to_me(None);
                view.next = None;
            }
            if button.clicked() {
                let by_key = button.has_focus() && what != ReuseStep::Rewrite;
                let mut behind = older.open().into_iter();
                view.next = behind.find(|&other| other > number).filter(|_| by_key);
                actions.push(Action::Reuse(older.ask(vec![number], what)));
            }
        }
    });
}

/// A sentence that stands in this year's text, and the way to it.
fn used_ui(ui: &mut Ui, open: &OpenDraft, piece: &OlderPiece, start: usize, actions: &mut Actions) {
    let colours = palette(ui);
    let mut job = LayoutJob::default();
    append(&mut job, "已用　", small(), colours.good.0);
    append(&mut job, &piece.words, small(), colours.weak.0);
    job.wrap.max_width = ui.available_width();
    let label = ui.add(Label::new(job).sense(Sense::click()).wrap());
    name(&label, &format!("已用：{}", self::start(&piece.words)));
    if label.on_hover_text("到正文里这一句").clicked() {
        actions.push(Action::Show(open.place, Some(Target::Sight { start })));
    }
}

/// The sentences that are not wanted, once they are asked for, each with the way back.
fn unused_ui(ui: &mut Ui, older: &OlderText, view: &mut OlderView, actions: &mut Actions) {
    let unused = older.sentences(|fate| *fate == SentenceFate::Unused);
    if unused.is_empty() {
        return;
    }
    let title = if view.shows_unused {
        "收起不用的".to_owned()
    } else {
        format!("看不用的{}句", unused.len())
    };
    if ui.link(RichText::new(title).small()).clicked() {
        view.shows_unused = !view.shows_unused;
    }
    if !view.shows_unused {
        return;
    }
    for number in unused {
        let Some(piece) = older.pieces.get(number) else {
            continue;
        };
        let words = RichText::new(&piece.words)
            .small()
            .color(palette(ui).weak.0);
        ui.add(Label::new(words).wrap());
        let button = ui.add(Button::new(RichText::new("取回").small()));
        name(&button, &format!("取回：{}", start(&piece.words)));
        if button.clicked() {
            actions.push(Action::Reuse(older.ask(vec![number], ReuseStep::WantBack)));
        }
    }
}

fn name(response: &Response, name: &str) {
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, name));
}

/// The first words of a sentence.
fn start(words: &str) -> String {
    const SHOWN: usize = 12;
    words.chars().take(SHOWN).collect()
}

fn small() -> FontId {
    FontId::proportional(sizes().small)
}

fn append(job: &mut LayoutJob, words: &str, font: FontId, colour: Color32) {
    let format = TextFormat {
        line_height: Some(sizes().small * 1.5),
        ..TextFormat::simple(font, colour)
    };
    job.append(words, 0.0, format);
}
