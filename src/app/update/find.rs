//! Find and replace over all texts of the report. It knows no widget.
//!
//! Upper and lower case, full and half width count as the same, as in the texts people compare.

use crate::app::actions::FindAction;
use crate::app::state::find::{Find, FindMatch};
use crate::app::state::text::TextSelection;
use crate::app::state::{OpenDraft, State, Target};
use crate::form::Kind;
use crate::report::{Edit, Entry};

impl State {
    /// Opens the search, or turns the one that is open into this kind.
    pub(in crate::app) fn begin_find(&mut self, replaces: bool) {
        if self.open.is_none() || replaces && !self.may_change() {
            return;
        }
        let chosen = self.open.as_ref().and_then(OpenDraft::selected_text);
        let find = self.find.get_or_insert_with(Find::default);
        if let Some(chosen) = chosen {
            find.pattern = chosen;
        }
        find.replaces = replaces;
        find.focus = true;
    }

    /// Does what was asked of the search.
    pub(in crate::app) fn run_find(&mut self, ask: FindAction) {
        let Some(mut find) = self.find.take() else {
            return;
        };
        let changes = matches!(ask, FindAction::Replace | FindAction::ReplaceAll);
        if changes && !self.may_change() {
            self.find = Some(find);
            return;
        }
        let Some(open) = &mut self.open else { return };
        match ask {
            FindAction::Next => step(open, &mut find, true),
            FindAction::Previous => step(open, &mut find, false),
            FindAction::Replace => {
                replace_one(open, &mut find);
                step(open, &mut find, true);
            }
            FindAction::ReplaceAll => {
                let count = replace_all(open, &mut find);
                self.notice = format!("替换了{count}处");
            }
            FindAction::Close => {
                let hits = find.hits(open.draft.report());
                if let Some(hit) = find.current.filter(|hit| hits.contains(hit)) {
                    open.show(hit, true);
                }
                return;
            }
        }
        self.find = Some(find);
    }
}

impl OpenDraft {
    /// What is selected in the text that is shown, when it is short enough to look for.
    fn selected_text(&self) -> Option<String> {
        const LONGEST: usize = 40;
        let spot = self.spot?;
        let (start, end) = (spot.start.min(spot.end), spot.start.max(spot.end));
        let text = self.draft.report().text(spot.field);
        let chosen: String = text.chars().skip(start).take(end - start).collect();
        let fits = !chosen.is_empty() && end - start <= LONGEST && !chosen.contains('\n');
        fits.then_some(chosen)
    }

    /// Shows a place; the focus goes there only when it is asked to.
    fn show(&mut self, hit: FindMatch, focus: bool) {
        self.go_to(hit.field);
        let is_line = self.draft.report().edition().field(hit.field).kind == Kind::Line;
        self.target = match (focus, is_line) {
            (true, true) => Some(Target::Field(hit.field)),
            (true, false) => Some(Target::Text {
                start: hit.start,
                end: hit.end,
            }),
            (false, _) => Some(Target::Sight { start: hit.start }),
        };
    }
}

fn step(open: &mut OpenDraft, find: &mut Find, forward: bool) {
    let hits = find.hits(open.draft.report());
    let caret = open
        .spot
        .map(|TextSelection { field, start, end }| FindMatch {
            field,
            start: start.min(end),
            end: start.min(end),
        });
    let from = find.current.or(caret);
    let first = match (from, forward) {
        (None, true) => hits.first(),
        (None, false) => hits.last(),
        (Some(from), true) => {
            let behind = (from.field, from.end);
            let mut after = hits.iter().filter(|hit| (hit.field, hit.start) >= behind);
            after.next().or(hits.first())
        }
        (Some(from), false) => hits.iter().rfind(|&&hit| hit < from).or(hits.last()),
    };
    find.current = first.copied();
    if let Some(hit) = find.current {
        open.show(hit, false);
    }
}

fn replace_one(open: &mut OpenDraft, find: &mut Find) {
    let report = open.draft.report();
    let current = find.current.filter(|hit| find.hits(report).contains(hit));
    let Some(hit) = current else { return };
    let text = replaced(report.text(hit.field), &[hit], &find.replacement);
    let entry = Entry::read(report.edition().field(hit.field).kind, &text);
    let Ok(draft) = open.draft.door() else {
        return;
    };
    draft.edit("替换", Edit::Enter(hit.field, entry));
    // The search goes on behind what was put in, so that it is not looked at again.
    let behind = hit.start + find.replacement.chars().count();
    find.current = Some(FindMatch { end: behind, ..hit });
}

/// Replaces every place and says how many there were.
fn replace_all(open: &mut OpenDraft, find: &mut Find) -> usize {
    let report = open.draft.report();
    let hits = find.hits(report);
    let mut edits = Vec::new();
    for hits in hits.chunk_by(|a, b| a.field == b.field) {
        let Some(FindMatch { field, .. }) = hits.first() else {
            continue;
        };
        let text = replaced(report.text(*field), hits, &find.replacement);
        let entry = Entry::read(report.edition().field(*field).kind, &text);
        edits.push(Edit::Enter(*field, entry));
    }
    if !edits.is_empty()
        && let Ok(draft) = open.draft.door()
    {
        draft.edit("全部替换", Edit::All(edits));
    }
    find.current = None;
    hits.len()
}

/// The text with every place replaced; the places are in order and do not overlap.
fn replaced(text: &str, hits: &[FindMatch], by: &str) -> String {
    let mut result = String::new();
    let mut chars = text.chars();
    let mut at = 0;
    for hit in hits {
        result.extend(chars.by_ref().take(hit.start.saturating_sub(at)));
        result.push_str(by);
        chars = skipped(chars, hit.end - hit.start);
        at = hit.end;
    }
    result.push_str(chars.as_str());
    result
}

fn skipped(mut chars: std::str::Chars<'_>, count: usize) -> std::str::Chars<'_> {
    for _ in 0..count {
        chars.next();
    }
    chars
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::form;
    use crate::report::Draft;
    use crate::report::Report;

    fn state(texts: &[(&str, &str)], pattern: &str, replacement: &str) -> State {
        let edition = form::by_id("2021").unwrap();
        let mut report = Report::new(edition.clone(), 2025);
        for (key, text) in texts {
            let field = edition.find(key).unwrap();
            report.apply(Edit::Enter(field, Entry::Text((*text).to_owned())));
        }
        State {
            open: Some(OpenDraft::new(Draft::new(report), None, true)),
            find: Some(Find {
                pattern: pattern.to_owned(),
                replacement: replacement.to_owned(),
                ..Find::default()
            }),
            ..State::default()
        }
    }

    fn text(state: &State, key: &str) -> String {
        let report = state.open.as_ref().unwrap().draft.report();
        report.text(report.edition().find(key).unwrap()).to_owned()
    }

    fn stretch(state: &State) -> Option<(usize, usize)> {
        let current = state.find.as_ref()?.current?;
        Some((current.start, current.end))
    }

    #[test]
    fn case_and_width_make_no_difference() {
        let texts = [("overview", "ＷＰＳ和wps，１2件"), ("problems", "Wps")];
        for (pattern, count) in [
            ("wps", 3),
            ("12", 1),
            (",", 1),
            ("件", 1),
            ("", 0),
            ("无", 0),
        ] {
            let state = state(&texts, pattern, "");
            let report = state.open.as_ref().unwrap().draft.report();
            let hits = state.find.as_ref().unwrap().hits(report);
            assert_eq!(hits.len(), count, "{pattern}");
        }
    }

    #[test]
    fn steps_go_around_through_all_texts() {
        let texts = [("overview", "甲乙甲"), ("problems", "甲")];
        let mut state = state(&texts, "甲", "");
        let mut seen = Vec::new();
        for _ in 0..4 {
            state.run_find(FindAction::Next);
            seen.extend(stretch(&state));
        }
        assert_eq!(seen, [(0, 1), (2, 3), (0, 1), (0, 1)]);
        state.run_find(FindAction::Previous);
        assert_eq!(stretch(&state), Some((0, 1)));
        let open = state.open.as_ref().unwrap();
        assert_eq!(open.section().unwrap().id, "problems");
    }

    #[test]
    fn one_place_is_replaced_and_the_next_is_shown() {
        let mut state = state(&[("overview", "甲甲甲")], "甲", "甲乙");
        state.run_find(FindAction::Next);
        state.run_find(FindAction::Replace);
        assert_eq!(text(&state, "overview"), "甲乙甲甲");
        assert_eq!(stretch(&state), Some((2, 3)));
        state.run_find(FindAction::Replace);
        assert_eq!(text(&state, "overview"), "甲乙甲乙甲");
    }

    #[test]
    fn all_places_are_replaced_as_one_step() {
        let texts = [
            ("issuer", "青石乡人民政府"),
            ("overview", "青石乡，青石乡政府"),
            ("problems", "无关"),
        ];
        let mut state = state(&texts, "青石乡", "白水镇");
        state.run_find(FindAction::ReplaceAll);
        assert_eq!(text(&state, "overview"), "白水镇，白水镇政府");
        assert_eq!(text(&state, "issuer"), "白水镇人民政府");
        assert_eq!(state.notice, "替换了3处");
        let draft = state.open.as_mut().unwrap().draft.door().unwrap();
        assert_eq!(draft.undo_step().unwrap().name, "全部替换");
        draft.undo();
        assert_eq!(text(&state, "overview"), "青石乡，青石乡政府");
        assert_eq!(text(&state, "issuer"), "青石乡人民政府");
    }
}
