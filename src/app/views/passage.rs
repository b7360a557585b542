//! A section of text: the box it is written in, and its statutory topics to insert.

use std::sync::Arc;

use egui::text::{CCursor, CCursorRange, LayoutJob, TextFormat};
use egui::text_edit::TextEditState;
use egui::{
    Align, Event, FontId, Frame, Galley, Id, ImeEvent, Margin, RichText, ScrollArea, Stroke,
    TextBuffer, TextEdit, Ui, vec2,
};

use crate::app::action::{Action, Actions};
use crate::app::kit::theme::{Palette, palette, sizes};
use crate::app::state::{OpenDraft, Target};
use crate::check::Level;
use crate::form::{FieldId, Kind, Section};
use crate::report::Entry;

/// The text box while it is typed in.
#[derive(Debug, Default)]
pub struct PassageView {
    field: Option<FieldId>,
    text: String,
    composing: bool,
    caret: usize,
    typed_at: f64,
}

/// A rest of this many seconds ends a step of typing.
const REST_SECS: f64 = 1.0;

/// A stretch of text that a finding speaks of, in bytes.
type Mark = (usize, usize, Level);

/// A section of text.
pub fn passage_ui(
    ui: &mut Ui,
    open: &OpenDraft,
    (section, field, prompts): (&Section, FieldId, &[String]),
    view: &mut PassageView,
    actions: &mut Actions,
) {
    let id = Id::unique(("passage", &section.id));
    view.follow(ui, open, field, id);
    prompts_ui(ui, prompts, field, view, actions);
    let count = view.text.chars().filter(|c| !c.is_whitespace()).count();
    ScrollArea::vertical()
        .id_salt(("passage scroll", &section.id))
        .auto_shrink(false)
        .show(ui, |ui| {
            edit_ui(ui, open, (section, field, id), view, actions);
            let weak = palette(ui).weak.0;
            ui.label(RichText::new(format!("{count}字")).small().color(weak));
        });
}

impl PassageView {
    /// Takes over what an undo, an import or another section put into the draft.
    fn follow(&mut self, ui: &Ui, open: &OpenDraft, field: FieldId, id: Id) {
        let focused = ui.memory(|memory| memory.has_focus(id));
        ui.input(|input| {
            for event in &input.events {
                match event {
                    Event::Ime(ImeEvent::Preedit { text, .. }) => self.composing = !text.is_empty(),
                    Event::Ime(ImeEvent::Commit(_)) => self.composing = false,
                    _ => {}
                }
            }
        });
        self.composing &= focused;
        let stated = open.draft.report().text(field);
        if self.field == Some(field) && (self.composing || self.text == stated) {
            return;
        }
        let blank_typed = self.field == Some(field)
            && focused
            && stated.is_empty()
            && self.text.trim().is_empty();
        if blank_typed {
            return;
        }
        if self.field != Some(field) {
            self.caret = stated.chars().count();
        }
        self.field = Some(field);
        stated.clone_into(&mut self.text);
        if let Some(mut state) = TextEditState::load(ui.ctx(), id) {
            state.clear_undoer();
            state.store(ui.ctx(), id);
        }
    }
}

fn prompts_ui(
    ui: &mut Ui,
    prompts: &[String],
    field: FieldId,
    view: &mut PassageView,
    actions: &mut Actions,
) {
    if prompts.is_empty() {
        return;
    }
    ui.horizontal_wrapped(|ui| {
        ui.label(RichText::new("插入标题").small().color(palette(ui).weak.0));
        for prompt in prompts {
            let is_there = view.text.lines().any(|line| line.trim() == prompt);
            let button = egui::Button::new(RichText::new(prompt).small());
            let response = ui.add_enabled(!is_there, button);
            if response.clicked() {
                let text = with_line(&view.text, view.caret, prompt);
                let entry = Entry::read(Kind::Prose, &text);
                let edit = crate::report::Edit::Enter(field, entry);
                actions.push(Action::Edit("插入标题".to_owned(), edit));
            }
        }
    });
    ui.add_space(sizes().unit / 2.0);
}

/// The text with a line of its own after the line that holds the caret.
fn with_line(text: &str, caret: usize, line: &str) -> String {
    let before: String = text.chars().take(caret).collect();
    let after: String = text.chars().skip(caret).collect();
    let (rest, after) = after.split_once('\n').unwrap_or((after.as_str(), ""));
    let head = format!("{before}{rest}");
    let mut lines = Vec::new();
    if !head.trim().is_empty() {
        lines.push(head.trim_end_matches('\n'));
    }
    lines.push(line);
    lines.push(after);
    lines.join("\n")
}

fn edit_ui(
    ui: &mut Ui,
    open: &OpenDraft,
    (section, field, id): (&Section, FieldId, Id),
    view: &mut PassageView,
    actions: &mut Actions,
) {
    let colours = palette(ui);
    let marks = marks(open, section, &view.text);
    let mut layouter = |ui: &Ui, text: &dyn TextBuffer, width: f32| {
        galley(ui, text.as_str(), width, &marks, colours)
    };
    let edit = TextEdit::multiline(&mut view.text)
        .id(id)
        .font(FontId::proportional(sizes().text))
        .desired_width(f32::INFINITY)
        .desired_rows(14)
        .margin(Margin::symmetric(4, 8))
        .frame(Frame::NONE)
        .hint_text("在这里填写，可以从别处粘贴")
        .layouter(&mut layouter);
    let output = ui.name_inputs(section.label.clone(), |ui| edit.show(ui));
    let response = &output.response.response;
    if response.has_focus() {
        place_candidates(ui);
    }
    if let Some(range) = output.cursor_range {
        view.caret = range.primary.index.0;
    }
    if !view.composing && view.text != open.draft.report().text(field) {
        let entry = Entry::read(Kind::Prose, &view.text);
        if entry != *open.draft.report().entry(field) {
            let now = ui.input(|input| input.time);
            if now - view.typed_at > REST_SECS {
                actions.push(Action::Seal);
            }
            view.typed_at = now;
            actions.push(Action::Type("修改正文".to_owned(), field, entry));
        }
    }
    if response.lost_focus() {
        actions.push(Action::Seal);
    }
    match open.target {
        Some(Target::Text { start, end }) => {
            let mut state = output.state.clone();
            let range = CCursorRange::two(CCursor::new(start), CCursor::new(end));
            state.cursor.set_char_range(Some(range));
            state.store(ui.ctx(), id);
            response.request_focus();
            let place = output.galley.pos_from_cursor(CCursor::new(start));
            let place = place.translate(output.galley_pos.to_vec2());
            ui.scroll_to_rect(place, Some(Align::Center));
        }
        Some(Target::Field(target)) if target == field => response.request_focus(),
        _ => {}
    }
}

/// X11 puts the list of candidates at the caret's top and hides the line; this moves it below.
fn place_candidates(ui: &Ui) {
    if cfg!(target_os = "linux") {
        ui.output_mut(|output| {
            if let Some(ime) = &mut output.ime {
                let below = vec2(0.0, 0.7 * ime.cursor_rect.height());
                ime.cursor_rect = ime.cursor_rect.translate(below);
            }
        });
    }
}

fn marks(open: &OpenDraft, section: &Section, text: &str) -> Vec<Mark> {
    let byte = |index: usize| {
        text.char_indices()
            .nth(index)
            .map_or(text.len(), |(byte, _)| byte)
    };
    let mut marks: Vec<Mark> = open
        .findings
        .list
        .iter()
        .filter(|finding| finding.explanation.is_none())
        .filter_map(|finding| {
            let span = finding.text.as_ref()?;
            let here = span.section == section.id && span.start < span.end;
            here.then(|| (byte(span.start), byte(span.end), finding.level))
        })
        .collect();
    marks.sort_unstable();
    marks
}

/// Lays the text out with its findings underlined; where two overlap, the first one shows.
fn galley(ui: &Ui, text: &str, width: f32, marks: &[Mark], colours: &Palette) -> Arc<Galley> {
    let mut job = LayoutJob::default();
    job.wrap.max_width = width;
    let format = |level: Option<Level>| TextFormat {
        font_id: FontId::proportional(sizes().text),
        color: colours.text.0,
        line_height: Some(sizes().text_line),
        underline: level.map_or(Stroke::NONE, |level| Stroke::new(2.0, colours.level(level))),
        background: level.map_or(egui::Color32::TRANSPARENT, |level| {
            colours.level_fill(level)
        }),
        ..TextFormat::default()
    };
    let mut at = 0;
    for &(start, end, level) in marks {
        let (start, end) = (start.max(at), end.min(text.len()));
        let (Some(plain), Some(marked)) = (text.get(at..start), text.get(start..end)) else {
            continue;
        };
        job.append(plain, 0.0, format(None));
        job.append(marked, 0.0, format(Some(level)));
        at = end;
    }
    job.append(text.get(at..).unwrap_or_default(), 0.0, format(None));
    ui.fonts_mut(|fonts| fonts.layout_job(job))
}

#[cfg(test)]
mod tests {
    use super::with_line;

    #[test]
    fn a_heading_gets_a_line_of_its_own() {
        for (text, caret, expected) in [
            ("", 0, "甲\n"),
            ("子", 1, "子\n甲\n"),
            ("子丑\n寅", 1, "子丑\n甲\n寅"),
            ("子\n", 2, "子\n甲\n"),
        ] {
            assert_eq!(with_line(text, caret, "甲"), expected);
        }
    }
}
