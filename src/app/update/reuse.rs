//! Sentences of last year's report: put into this year's text, or left. It knows no widget.

use crate::app::state::reuse::{OlderText, Reuse, ReuseStep};
use crate::app::state::{State, Target};

impl State {
    /// Does what is asked for with sentences of last year's text, as one step, and says what of them is still
    /// last year's.
    pub(in crate::app) fn reuse(&mut self, ask: &Reuse) {
        let Some(open) = &self.open else { return };
        let Some(older) = OlderText::of(open, ask.field) else {
            return;
        };
        if ask.pieces.is_empty() {
            return;
        }
        let (change, shown) = older.change(open, ask);
        if !self.with_draft(|draft| draft.change(ask.what.name(), change)) {
            return;
        }
        if ask.what == ReuseStep::Take {
            self.notice = said(ask.pieces.len(), older.unconfirmed(&ask.pieces));
        }
        self.with_open(|open| {
            open.target = shown.map(|shown| match ask.what {
                ReuseStep::Rewrite => Target::Text {
                    start: shown.start,
                    end: shown.end,
                },
                _ => Target::Sight { start: shown.start },
            });
        });
    }

    /// Takes what is left of last year's text for the part that is shown.
    pub(in crate::app) fn take_sentences(&mut self) {
        let Some(open) = &self.open else { return };
        let older = open.older_here();
        if let Some(older) = older {
            let ask = older.ask(older.open(), ReuseStep::Take);
            self.reuse(&ask);
        }
    }
}

/// What was done, and what of it waits to be confirmed.
fn said(count: usize, unconfirmed: usize) -> String {
    let left = match unconfirmed {
        0 => "年份和表里的数已换成本年的".to_owned(),
        _ if count == 1 => "里面还有上年的内容，已标出，核对后确认".to_owned(),
        _ => format!("其中{unconfirmed}句还有上年的内容，已标出，核对后确认"),
    };
    format!("沿用了{count}句，{left}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::actions::Action;
    use crate::app::state::OpenDraft;
    use crate::app::state::reuse::SentenceFate;
    use crate::app::system::shell::Moment;
    use crate::form::{self, FieldId};
    use crate::report::{Draft, Edit, Entry, Prior, Report};

    const NOW: Moment = Moment {
        year: 2026,
        month: 1,
        day: 5,
        hour: 9,
        minute: 0,
    };
    const OLDER: &str = "2024年，本镇收到政府信息公开申请3件。全年公开信息186条。\n（二）平台建设\n网站改版，栏目更加清楚。";

    fn field(key: &str) -> FieldId {
        form::by_id("2021").unwrap().find(key).unwrap()
    }

    fn report(year: u16, received: i64, text: &str) -> Report {
        let edition = form::by_id("2021").unwrap();
        let mut report = Report::new(edition.clone(), year);
        for cell in edition.cells().filter(|&id| !edition.field(id).is_total()) {
            let is_it = cell == field("requests.new_received@natural_person");
            let figure = if is_it { received } else { 0 };
            report.apply(Edit::Enter(cell, Entry::Number(figure.into())));
        }
        let entry = Entry::Text(text.to_owned());
        report.apply(Edit::Enter(field("overview"), entry));
        report
    }

    fn state() -> State {
        let mut draft = Draft::new(report(2025, 5, ""));
        draft.set_prior(Some(Prior {
            report: report(2024, 3, OLDER),
            source: "上年.docx".to_owned(),
        }));
        State {
            open: Some(OpenDraft::new(draft, None, true)),
            ..State::default()
        }
    }

    fn ask(state: &mut State, what: ReuseStep, pieces: &[usize]) {
        let ask = Reuse {
            field: field("overview"),
            pieces: pieces.to_vec(),
            what,
        };
        drop(state.run(Action::Reuse(ask), NOW));
        state.refresh();
    }

    fn text(state: &State) -> &str {
        state
            .open
            .as_ref()
            .unwrap()
            .draft
            .report()
            .text(field("overview"))
    }

    fn fates(state: &State) -> Vec<SentenceFate> {
        let older = OlderText::of(state.open.as_ref().unwrap(), field("overview")).unwrap();
        older.pieces.into_iter().map(|piece| piece.fate).collect()
    }

    fn carried(state: &State) -> Vec<&str> {
        let open = state.open.as_ref().unwrap();
        let own = open.findings.list.iter();
        let own = own.filter(|finding| finding.rule.name == "carried-over" && finding.blocks());
        own.map(|finding| finding.message.as_str()).collect()
    }

    #[test]
    fn a_sentence_is_carried_over_renewed_and_what_is_left_is_marked_until_it_is_changed() {
        let mut state = state();
        ask(&mut state, ReuseStep::Take, &[0]);
        assert_eq!(text(&state), "2025年，本镇收到政府信息公开申请5件。");
        assert!(carried(&state).is_empty());
        ask(&mut state, ReuseStep::Take, &[1]);
        assert!(text(&state).ends_with("5件。全年公开信息186条。"));
        assert!(state.notice.contains("已标出"), "{}", state.notice);
        assert_eq!(carried(&state).len(), 1);
        // The rule on figures of last year says no second time what this one says.
        let open = state.open.as_ref().unwrap();
        let all: Vec<_> = open.findings.list.iter().map(|one| one.rule.name).collect();
        assert!(!all.contains(&"text-prior-figure"), "{all:?}");
        let own = text(&state).replace("186", "203");
        let entry = Entry::Text(own);
        drop(state.run(
            Action::Type("修改正文".to_owned(), field("overview"), entry),
            NOW,
        ));
        state.refresh();
        assert!(carried(&state).is_empty());
        assert_eq!(
            fates(&state)[..2],
            [SentenceFate::Used(0), SentenceFate::Used(21)]
        );
    }

    #[test]
    fn one_step_takes_a_carry_back() {
        let mut state = state();
        drop(state.run(Action::GoTo(crate::app::state::PartId::Section(1)), NOW));
        state.take_sentences();
        assert!(
            text(&state).contains("（二）平台建设\n网站改版"),
            "{}",
            text(&state)
        );
        state.refresh();
        assert_eq!(carried(&state).len(), 1);
        state.undo();
        let open = state.open.as_ref().unwrap();
        assert!(text(&state).is_empty() && open.draft.reused().is_empty());
    }

    #[test]
    fn what_is_not_wanted_is_offered_no_more_until_it_is_wanted_back() {
        let mut state = state();
        ask(&mut state, ReuseStep::Leave, &[1]);
        assert_eq!(fates(&state)[1], SentenceFate::Unused);
        assert!(text(&state).is_empty());
        ask(&mut state, ReuseStep::WantBack, &[1]);
        assert_eq!(fates(&state)[1], SentenceFate::Open);
    }

    #[test]
    fn a_sentence_to_be_written_anew_has_the_caret_in_what_is_last_years() {
        let mut state = state();
        ask(&mut state, ReuseStep::Rewrite, &[1]);
        let Some(Target::Text { start, end }) = state.open.as_ref().unwrap().target else {
            panic!("no place")
        };
        let chosen: String = text(&state).chars().skip(start).take(end - start).collect();
        assert_eq!(chosen, "186条");
    }

    #[test]
    fn what_was_carried_over_is_in_the_draft_file() {
        let mut state = state();
        ask(&mut state, ReuseStep::Take, &[1]);
        ask(&mut state, ReuseStep::Leave, &[3]);
        let draft = &state.open.as_ref().unwrap().draft;
        let bytes = crate::store::to_bytes(draft);
        assert!(crate::store::check_bytes(draft, &bytes));
        let again = crate::store::from_bytes(&bytes, std::path::Path::new("甲.nianbao")).unwrap();
        assert_eq!(again.reused(), draft.reused());
        assert_eq!(again.reused().kept.len() + again.reused().unused.len(), 2);
    }

    #[test]
    fn a_report_begun_with_last_years_has_its_preface_to_be_confirmed() {
        let mut older = report(2024, 3, OLDER);
        let words = "本报告统计期限自2024年1月1日起，至2024年12月31日止。联系电话：0999-1234567。";
        let entry = Entry::Text(words.to_owned());
        older.apply(Edit::Enter(field("preface"), entry));
        let mut state = State::default();
        let new = crate::app::state::dialog::NewReport {
            year: 2025,
            latest: 2026,
            issuer: older.issuer().to_owned(),
            prior: Some(Prior {
                report: older,
                source: "上年.docx".to_owned(),
            }),
        };
        drop(state.run(Action::Create(new), NOW));
        state.refresh();
        let open = state.open.as_ref().unwrap();
        let preface = open.draft.report().text(field("preface"));
        assert!(preface.contains("自2025年1月1日起，至2025年12月31日止"));
        assert!(open.draft.report().text(field("overview")).is_empty());
        let told = carried(&state);
        assert!(
            told.len() == 1 && told[0].contains("0999-1234567"),
            "{told:?}"
        );
        // Another year for the report is another year in what was carried over.
        drop(state.run(Action::OfYear(2023), NOW));
        let open = state.open.as_ref().unwrap();
        let preface = open.draft.report().text(field("preface"));
        let kept = &open.draft.reused().kept;
        assert!(kept.len() == 2 && kept.iter().all(|(_, words)| preface.contains(words)));
    }
}
