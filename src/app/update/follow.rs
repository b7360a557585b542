//! The text follows the tables: a change of cells takes along the figures that were equal.

use crate::app::state::dialog::{Dialog, FollowedStep, Following};
use crate::app::state::{OpenDraft, State};
use crate::check::claims::{Followed, follow};
use crate::report::{Change, Edit};

impl State {
    /// Changes the report, and with its cells the figures of the text that were theirs. Whether that may be.
    pub(in crate::app) fn edit(&mut self, name: &str, edit: Edit) -> bool {
        self.edit_and_tell(name, edit, None, String::new())
    }

    /// The same, with what changes beside the report in the same step, and what is told of it.
    ///
    /// Whatever changes cells comes through here: otherwise the text would be left behind.
    pub(in crate::app) fn edit_and_tell(
        &mut self,
        name: &str,
        cells: Edit,
        beside: Option<Change>,
        told: String,
    ) -> bool {
        let asks = self.settings.follow.is_none();
        let follows = self.settings.follow != Some(false);
        let open = self.open.as_ref().filter(|_| follows);
        let followed = open.map_or_else(Followed::default, |open| open.followed(&cells));
        let step = FollowedStep {
            name: name.to_owned(),
            cells,
            beside,
        };
        let change = if asks {
            step.change(&Followed::default())
        } else {
            step.change(&followed)
        };
        if !self.with_draft(|draft| draft.change(name, change)) {
            return false;
        }
        self.with_open(|open| open.ties.clone_from(&followed.ties));
        let follow_told = if asks { String::new() } else { followed.told() };
        let told = [told, follow_told]
            .into_iter()
            .filter(|told| !told.is_empty());
        let told: Vec<_> = told.collect();
        if !told.is_empty() {
            self.notice = told.join("；");
        }
        if asks && !followed.edits.is_empty() {
            self.ask_to_follow(step, followed);
        }
        true
    }

    fn ask_to_follow(&mut self, step: FollowedStep, followed: Followed) {
        let Some(open) = &self.open else { return };
        let revision = open.draft.revision();
        self.dialog = Some(Dialog::Follow(Box::new(Following {
            step,
            followed,
            revision,
        })));
    }

    /// The answer to the question, which holds from now on.
    pub(super) fn follow(&mut self, follows: bool) {
        self.set(|settings| settings.follow = Some(follows));
        let Some(Dialog::Follow(asked)) = self.dialog.take() else {
            return;
        };
        let Following {
            step,
            followed,
            revision,
        } = *asked;
        let is_same = |open: &OpenDraft| open.draft.revision() == revision;
        if !follows || !self.open.as_ref().is_some_and(is_same) {
            return;
        }
        // One step: the change of the cells is made again together with what follows.
        let is_done = self.with_draft(|draft| {
            draft.undo();
            draft.change(&step.name, step.change(&followed));
        });
        if is_done {
            self.notice = followed.told();
        }
    }
}

impl FollowedStep {
    /// The step with what follows from it in the text.
    fn change(&self, followed: &Followed) -> Change {
        let report = Change::Report(followed.clone().with(self.cells.clone()));
        match &self.beside {
            None => report,
            Some(beside) => Change::All(vec![report, beside.clone()]),
        }
    }
}

impl OpenDraft {
    /// What follows in the text from a change.
    fn followed(&self, edit: &Edit) -> Followed {
        let report = self.draft.report();
        let mut after = report.clone();
        after.apply(edit.clone());
        let prior = self.draft.prior().map(|prior| &prior.report);
        follow(report, &after, prior, &self.ties)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::actions::{Action, Command, ImportAction};
    use crate::app::state::import::ImportReview;
    use crate::app::system::shell::Moment;
    use crate::form::{self, FieldId};
    use crate::open::Opened;
    use crate::report::{Draft, Entry, Number, Report};

    const NOW: Moment = Moment {
        year: 2026,
        month: 1,
        day: 5,
        hour: 9,
        minute: 0,
    };
    const TEXT: &str = "制发行政规范性文件3件。";

    fn field(key: &str) -> FieldId {
        form::by_id("2021").unwrap().find(key).unwrap()
    }

    fn enter(key: &str, entry: Entry) -> Edit {
        Edit::Enter(field(key), entry)
    }

    fn made(count: i64) -> Action {
        let entry = Entry::Number(Number::from(count));
        let edit = enter("proactive.normative_documents@made", entry);
        Action::Cells("填报".to_owned(), edit)
    }

    fn state() -> State {
        let mut report = Report::new(form::by_id("2021").unwrap(), 2025);
        report.apply(enter("overview", Entry::Text(TEXT.to_owned())));
        let mut draft = Draft::new(report);
        if let Action::Cells(name, edit) = made(3) {
            draft.edit(&name, edit);
        }
        State {
            open: Some(OpenDraft::new(draft, None, true)),
            ..State::default()
        }
    }

    fn text(state: &State) -> &str {
        let open = state.open.as_ref().unwrap();
        open.draft.report().text(field("overview"))
    }

    #[test]
    fn it_is_asked_once_and_done_in_the_same_step() {
        let mut state = state();
        drop(state.run(made(5), NOW));
        assert!(matches!(state.dialog, Some(Dialog::Follow(_))));
        assert_eq!(text(&state), TEXT);
        drop(state.run(Action::Follow(true), NOW));
        assert!(state.dialog.is_none());
        assert_eq!(text(&state), "制发行政规范性文件5件。");
        assert_eq!(state.notice, "正文1处随之改为5");
        state.undo();
        let held = |state: &State| {
            let open = state.open.as_ref().unwrap();
            open.draft
                .report()
                .value(field("proactive.normative_documents@made"))
        };
        assert_eq!((text(&state), held(&state)), (TEXT, Some(3.into())));
        drop(state.run(made(7), NOW));
        assert!(state.dialog.is_none());
        assert_eq!(text(&state), "制发行政规范性文件7件。");
    }

    #[test]
    fn who_says_no_is_not_asked_again() {
        let mut state = state();
        drop(state.run(made(5), NOW));
        drop(state.run(Action::Follow(false), NOW));
        drop(state.run(made(6), NOW));
        assert!(state.dialog.is_none());
        assert_eq!(text(&state), TEXT);
    }

    fn read_from_a_file(open: &OpenDraft, count: i64) -> ImportReview {
        let mut read = Report::new(form::by_id("2021").unwrap(), 2025);
        let entry = Entry::Number(Number::from(count));
        read.apply(enter("proactive.normative_documents@made", entry));
        let opened = Opened {
            draft: Draft::new(read),
            is_draft: false,
            source: String::new(),
            left: Vec::new(),
            page: crate::doc::Doc::default(),
        };
        ImportReview::new("甲".to_owned(), opened, Some(&*open.draft))
    }

    #[test]
    fn an_import_takes_the_text_along_in_its_step() {
        let mut state = state();
        state.settings.follow = Some(true);
        state.intake = state
            .open
            .as_ref()
            .map(|open| Box::new(read_from_a_file(open, 8)));
        drop(state.run(Action::Intake(ImportAction::Enter), NOW));
        assert_eq!(text(&state), "制发行政规范性文件8件。");
        assert!(
            state.notice.ends_with("可以撤销；正文1处随之改为8"),
            "{}",
            state.notice
        );
        state.undo();
        assert_eq!(text(&state), TEXT);
    }

    #[test]
    fn an_import_is_asked_about_like_a_typed_figure() {
        let mut state = state();
        state.intake = state
            .open
            .as_ref()
            .map(|open| Box::new(read_from_a_file(open, 8)));
        drop(state.run(Action::Intake(ImportAction::Enter), NOW));
        assert!(matches!(state.dialog, Some(Dialog::Follow(_))));
        drop(state.run(Action::Follow(true), NOW));
        assert_eq!(text(&state), "制发行政规范性文件8件。");
        state.undo();
        assert_eq!(text(&state), TEXT);
    }

    #[test]
    fn zeros_from_the_menu_take_the_text_along() {
        let mut state = state();
        state.settings.follow = Some(true);
        let empty = enter("proactive.normative_documents@made", Entry::Blank);
        drop(state.run(Action::Cells("填报".to_owned(), empty), NOW));
        assert_eq!(text(&state), TEXT);
        drop(state.run(Action::Run(Command::FillAllZeros), NOW));
        assert_eq!(text(&state), "制发行政规范性文件0件。");
        assert!(
            state.notice.ends_with("可以撤销；正文1处随之改为0"),
            "{}",
            state.notice
        );
        state.undo();
        assert_eq!(text(&state), TEXT);
    }

    #[test]
    fn last_years_figures_take_the_text_along() {
        let edition = form::by_id("2021").unwrap();
        let zeros = |year| {
            let mut report = Report::new(edition.clone(), year);
            for id in edition.cells() {
                report.apply(Edit::Enter(id, Entry::Number(Number::ZERO)));
            }
            report
        };
        let (mut report, mut prior) = (zeros(2025), zeros(2024));
        let one = |count: i64| Entry::Number(Number::from(count));
        let text_before = "（二）依申请公开情况\n上年结转1件。";
        report.apply(enter("overview", Entry::Text(text_before.to_owned())));
        report.apply(enter("requests.carried_over@natural_person", one(1)));
        report.apply(enter("requests.carried_over@total", Entry::Blank));
        prior.apply(enter("requests.carried_forward@natural_person", one(2)));
        prior.apply(enter("requests.carried_forward@total", one(2)));
        let mut draft = Draft::new(report);
        let source = "上年".to_owned();
        draft.set_prior(Some(crate::report::Prior {
            report: prior,
            source,
        }));
        let mut state = State {
            open: Some(OpenDraft::new(draft, None, true)),
            ..State::default()
        };
        state.settings.follow = Some(true);
        let empty = enter("requests.carried_over@natural_person", Entry::Blank);
        drop(state.run(Action::Cells("填报".to_owned(), empty), NOW));
        assert_eq!(text(&state), text_before);
        drop(state.run(Action::Run(Command::TakeProposals), NOW));
        assert_eq!(text(&state), "（二）依申请公开情况\n上年结转2件。");
        state.undo();
        assert_eq!(text(&state), text_before);
    }
}
