//! A section of text: the place it is written in.

mod changed;
mod older;
mod paper;
mod tools;

use egui::text::{CCursor, CCursorRange};
use egui::text_edit::{TextEditOutput, TextEditState};
use egui::{
    Align, Event, FontId, Frame, Id, Key, Margin, Panel, Response, RichText, ScrollArea,
    TextBuffer, TextEdit, Ui, vec2,
};

use crate::app::actions::{Action, Actions};
use crate::app::state::find::{Find, FindMatch};
use crate::app::state::text::TextSelection;
use crate::app::state::text::count;
use crate::app::state::{OpenDraft, State, Target, View};
use crate::app::views::passage::older::OlderView;
use crate::app::views::passage::paper::{MarkLook, TextMark};
use crate::app::widgets::ime;
use crate::app::widgets::theme::{is_low, palette, sizes};
use crate::check::claims;
use crate::check::claims::{Claim, Verdict};
use crate::form::{FieldId, Kind, Section, Skeleton};
use crate::report::Entry;

/// The text box while it is typed in.
#[derive(Debug, Default)]
pub struct PassageView {
    field: Option<FieldId>,
    text: String,
    selected: (usize, usize),
    typed_at: f64,
    older: OlderView,
    /// The desk under the page, which takes the clicks that nothing on it takes.
    pub ground: Option<Response>,
}

/// A section of text and what its form offers for it.
pub struct PassageInput<'a> {
    /// The section.
    pub section: &'a Section,
    /// The field that holds the text.
    pub field: FieldId,
    /// Headings to insert.
    pub prompts: &'a [String],
    /// Sentences to complete and insert.
    pub skeletons: &'a [Skeleton],
}

impl PassageInput<'_> {
    /// What the window knows its text box by.
    fn id(&self) -> Id {
        Id::unique(("passage", &self.section.id))
    }
}

/// A rest of this many seconds ends a step of typing.
const REST_SECS: f64 = 1.0;

/// A section of text.
pub fn passage_ui(
    ui: &mut Ui,
    desk: View<'_>,
    passage: &PassageInput<'_>,
    view: &mut PassageView,
    actions: &mut Actions,
) {
    let View { state, open } = desk;
    let id = passage.id();
    view.follow(ui, open, passage.field, id);
    let spot = view.spot(passage.field);
    // On a low screen last year's text, which has its headings, takes the place of those to insert.
    let is_low = ui.available_height() < sizes().low_height;
    let offers = !(is_low && view.shows_older(open, passage.field));
    tools::tools_ui(ui, state, passage, &view.text, spot, offers, actions);
    Panel::bottom("text")
        .frame(Frame::new().inner_margin(Margin::symmetric(0, 4)))
        .show_separator_line(false)
        .show(ui, |ui| {
            ui.horizontal(|ui| {
                count_ui(ui, &view.text, spot);
                tally_ui(ui, open, passage);
            })
        });
    older::older_ui(ui, open, passage.field, &mut view.older, actions);
    // The box reaches to the foot of the page, so that a click below the last line finds it.
    let height = (ui.available_height() - 1.0).max(0.0);
    ScrollArea::vertical()
        .id_salt(("passage scroll", &passage.section.id))
        .auto_shrink(false)
        .show(ui, |ui| {
            edit_ui(ui, desk, passage, height, view, actions);
        });
}

impl PassageView {
    /// Whether last year's text is shown beside this year's where there is room.
    pub fn shows_older(&mut self, open: &OpenDraft, field: FieldId) -> bool {
        let text = self.older.text(open, field);
        text.is_some_and(|text| self.older.is_unfolded(open, field, &text))
    }

    /// Takes over what an undo, an import or another section put into the draft.
    fn follow(&mut self, ui: &Ui, open: &OpenDraft, field: FieldId, id: Id) {
        let focused = ui.memory(|memory| memory.has_focus(id));
        let composing = focused && ime::is_composing(ui);
        let stated = open.draft.report().text(field);
        let same = self.field == Some(field);
        if same && (composing || self.text == stated) {
            return;
        }
        let blank_typed = same && focused && stated.is_empty() && self.text.trim().is_empty();
        if blank_typed {
            return;
        }
        let caret = if same {
            end_of_change(&self.text, stated)
        } else {
            stated.chars().count()
        };
        self.selected = (caret, caret);
        self.field = Some(field);
        stated.clone_into(&mut self.text);
        let mut state = TextEditState::load(ui.ctx(), id).unwrap_or_default();
        state.clear_undoer();
        let range = CCursorRange::one(CCursor::new(caret));
        state.cursor.set_char_range(Some(range));
        state.store(ui.ctx(), id);
    }

    fn spot(&self, field: FieldId) -> TextSelection {
        let (start, end) = self.selected;
        TextSelection { field, start, end }
    }
}

/// The character behind the last one in which a new text differs from the old one.
fn end_of_change(old: &str, new: &str) -> usize {
    let (old_count, new_count) = (old.chars().count(), new.chars().count());
    let shorter = old_count.min(new_count);
    let pairs = old.chars().zip(new.chars());
    let head = pairs.take_while(|(a, b)| a == b).count();
    let pairs = old.chars().rev().zip(new.chars().rev());
    let tail = pairs.take_while(|(a, b)| a == b).count();
    new_count - tail.min(shorter - head)
}

/// The number of 字 of the text, or of what is selected in it.
fn count_ui(ui: &mut Ui, text: &str, spot: TextSelection) {
    let (start, end) = (spot.start.min(spot.end), spot.start.max(spot.end));
    let mut line = format!("{}字", count(text));
    // What is being composed is selected in the box, but not by the writer.
    if start < end && !ime::is_composing(ui) {
        let chosen: String = text.chars().skip(start).take(end - start).collect();
        line = format!("选中{}字，共{line}", count(&chosen));
    }
    let line = RichText::new(line).small().color(palette(ui).weak.0);
    ui.add(egui::Label::new(line).selectable(false));
}

/// How many figures the text has, and how many of them the tables hold.
fn tally_ui(ui: &mut Ui, open: &OpenDraft, passage: &PassageInput<'_>) {
    let [equal, different, unknown] = claims::tally(figures(open, passage));
    let all = equal + different + unknown;
    if all == 0 {
        return;
    }
    let mut parts = vec![format!("{equal}个与表一致")];
    if different > 0 {
        parts.push(format!("{different}个不一致"));
    }
    if unknown > 0 {
        parts.push(format!("{unknown}个表中没有"));
    }
    let colours = palette(ui);
    let colour = if different > 0 {
        colours.query.0
    } else {
        colours.weak.0
    };
    let line = format!("正文数字{all}个：{}", parts.join("，"));
    let line = RichText::new(line).small().color(colour);
    ui.add(egui::Label::new(line).selectable(false));
}

fn edit_ui(
    ui: &mut Ui,
    desk: View<'_>,
    passage: &PassageInput<'_>,
    height: f32,
    view: &mut PassageView,
    actions: &mut Actions,
) {
    let View { state, open } = desk;
    let colours = palette(ui);
    let id = passage.id();
    let marks = marks(state, open, passage, &view.text);
    let mut layouter = |ui: &Ui, text: &dyn TextBuffer, width: f32| {
        paper::galley(ui, text.as_str(), width, &marks, colours)
    };
    let writes = |event: &Event| matches!(event, Event::Paste(_) | Event::Text(_));
    let is_written = ui.input(|input| input.events.iter().any(writes));
    let mut edit = TextEdit::multiline(&mut view.text)
        .id(id)
        .font(FontId::proportional(sizes().text))
        .desired_width(f32::INFINITY)
        .min_size(vec2(0.0, height))
        .margin(Margin::symmetric(0, if is_low(ui.ctx()) { 2 } else { 8 }))
        .frame(Frame::NONE)
        .layouter(&mut layouter);
    // Under a hint the box takes what is written, but follows the caret to where it was before.
    if !is_written {
        edit = edit.hint_text("　　在这里填写，可以从别处粘贴");
    }
    let output = edit.show(ui);
    let response = &output.response.response;
    // The hint would pass for a name otherwise.
    let label = &passage.section.label;
    ui.ctx()
        .accesskit_node_builder(response.id, |node| node.set_label(label.clone()));
    take_typed(ui, open, passage.field, &output, view, actions);
    if response.lost_focus() {
        actions.push(Action::Seal);
    }
    figure_ui(open, passage, &output);
    aim(ui, open, passage, &output);
    if let Some(ground) = view.ground.take() {
        take_click(ui, &ground, id, &output);
    }
}

/// Puts the caret at the place nearest to a click beside the text.
fn take_click(ui: &Ui, ground: &Response, id: Id, output: &TextEditOutput) {
    let is_pressed = ground.is_pointer_button_down_on() && ui.input(|i| i.pointer.any_pressed());
    let is_meant = is_pressed || ground.clicked();
    let Some(pos) = ground.interact_pointer_pos().filter(|_| is_meant) else {
        return;
    };
    let caret = output.galley.cursor_from_pos(pos - output.galley_pos);
    place_caret(ui, id, output, CCursorRange::one(caret));
}

/// Gives the keyboard to the text, at this place in it.
fn place_caret(ui: &Ui, id: Id, output: &TextEditOutput, range: CCursorRange) {
    let mut state = output.state.clone();
    state.cursor.set_char_range(Some(range));
    state.store(ui.ctx(), id);
    output.response.response.request_focus();
}

/// Asks for what was typed to be put into the draft, in steps a person would call one.
fn take_typed(
    ui: &Ui,
    open: &OpenDraft,
    field: FieldId,
    output: &TextEditOutput,
    view: &mut PassageView,
    actions: &mut Actions,
) {
    let before = view.selected;
    if let Some(range) = output.cursor_range {
        view.selected = (range.secondary.index.0, range.primary.index.0);
    }
    let moved = view.selected != before;
    // A caret that nobody has placed yet is no place to begin a search from.
    let is_placed = moved || open.spot.is_some();
    if output.cursor_range.is_some() && is_placed && open.spot != Some(view.spot(field)) {
        actions.push(Action::Spot(view.spot(field)));
    }
    if ime::is_composing(ui) || view.text == open.draft.report().text(field) {
        if moved {
            actions.push(Action::Seal);
        }
        return;
    }
    let entry = Entry::read(Kind::Prose, &view.text);
    if entry == *open.draft.report().entry(field) {
        return;
    }
    let now = ui.input(|input| input.time);
    let (name, whole) = ui.input(|input| step_name(&input.events));
    if whole || now - view.typed_at > REST_SECS {
        actions.push(Action::Seal);
    }
    view.typed_at = now;
    actions.push(Action::Type(name.to_owned(), field, entry));
    if whole || ui.input(|input| input.key_pressed(Key::Enter)) {
        actions.push(Action::Seal);
    }
}

/// What a step is called, and whether it is one by itself.
fn step_name(events: &[Event]) -> (&'static str, bool) {
    let named = events.iter().find_map(|event| match event {
        Event::Paste(_) => Some("粘贴"),
        Event::Cut => Some("剪切"),
        _ => None,
    });
    named.map_or(("修改正文", false), |name| (name, true))
}

/// Brings the caret or the view to where the draft says.
fn aim(ui: &Ui, open: &OpenDraft, passage: &PassageInput<'_>, output: &TextEditOutput) {
    let see = |start: usize| {
        let place = output.galley.pos_from_cursor(CCursor::new(start));
        let place = place.translate(output.galley_pos.to_vec2());
        ui.scroll_to_rect(place, Some(Align::Center));
    };
    match open.target {
        Some(Target::Text { start, end }) => {
            let range = CCursorRange::two(CCursor::new(start), CCursor::new(end));
            place_caret(ui, passage.id(), output, range);
            see(start);
        }
        Some(Target::Sight { start }) => see(start),
        Some(Target::Field(target)) if target != passage.field => {}
        Some(Target::Field(_) | Target::Part) => output.response.response.request_focus(),
        None => {}
    }
}

/// The figures of a section, as they were when it was last checked.
fn figures<'a>(
    open: &'a OpenDraft,
    passage: &'a PassageInput<'_>,
) -> impl Iterator<Item = &'a Claim> {
    let claims = open.findings.claims.iter();
    claims.filter(|claim| claim.section == passage.section.id)
}

/// Says under the pointer which cell a figure is.
fn figure_ui(open: &OpenDraft, passage: &PassageInput<'_>, output: &TextEditOutput) {
    let response = &output.response.response;
    let Some(pointer) = response.hover_pos().filter(|_| response.hovered()) else {
        return;
    };
    let place = output
        .galley
        .cursor_from_pos(pointer - output.galley_pos)
        .index
        .0;
    let before = place.saturating_sub(1);
    let is_here = |claim: &&Claim| claim.start <= place && before < claim.end;
    let Some(claim) = figures(open, passage)
        .find(is_here)
        .filter(|claim| !claim.about.is_empty())
    else {
        return;
    };
    let said = claim.explained(open.draft.report().edition());
    egui::Tooltip::for_enabled(response)
        .at_pointer()
        .gap(12.0)
        .show(|ui| ui.label(said));
}

fn marks(state: &State, open: &OpenDraft, passage: &PassageInput<'_>, text: &str) -> Vec<TextMark> {
    let byte = |index: usize| {
        text.char_indices()
            .nth(index)
            .map_or(text.len(), |(byte, _)| byte)
    };
    let findings = open.findings.list.iter().filter_map(|finding| {
        let span = finding.text.as_ref()?;
        let here = span.section == passage.section.id && finding.explanation.is_none();
        (here && span.start < span.end).then_some((
            span.start,
            span.end,
            MarkLook::Finding(finding.level),
        ))
    });
    let bound = figures(open, passage)
        .filter(|claim| !claim.about.is_empty() && claim.verdict != Verdict::Different)
        .map(|claim| (claim.start, claim.end, MarkLook::Bound));
    let mut places: Vec<_> = findings.chain(bound).collect();
    if let Some(find) = &state.find {
        let hits = find.hits(open.draft.report()).into_iter();
        let here = hits.filter(|hit| hit.field == passage.field);
        places.extend(here.map(|hit| (hit.start, hit.end, look(find, hit))));
    }
    let marks = places.into_iter().map(|(start, end, look)| TextMark {
        range: byte(start)..byte(end),
        look,
    });
    marks.collect()
}

fn look(find: &Find, hit: FindMatch) -> MarkLook {
    if find.current == Some(hit) {
        MarkLook::Current
    } else {
        MarkLook::Match
    }
}

#[cfg(test)]
mod tests {
    use super::end_of_change;

    #[test]
    fn the_caret_goes_behind_what_changed() {
        for (old, new, expected) in [
            ("", "甲乙", 2),
            ("甲乙丙", "甲丙", 1),
            ("甲丙", "甲乙丙", 2),
            ("甲甲", "甲甲甲", 3),
            ("甲乙", "甲乙", 2),
            ("甲乙丙", "", 0),
        ] {
            assert_eq!(end_of_change(old, new), expected, "{old} {new}");
        }
    }
}
