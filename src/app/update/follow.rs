//! The text follows the tables: a change of cells takes along the figures that were equal.

use crate::app::state::dialog::{Dialog, Following};
use crate::app::state::{OpenDraft, State};
use crate::check::claims::{Followed, follow};
use crate::report::Edit;

impl State {
    /// Changes the report, and with its cells the figures of the text that were theirs.
    pub(in crate::app) fn edit(&mut self, name: &str, edit: Edit) {
        let asks = self.settings.follow.is_none();
        let follows = self.settings.follow != Some(false);
        let open = self.open.as_ref().filter(|_| follows);
        let followed = open.map_or_else(Followed::default, |open| open.followed(&edit));
        if asks && !followed.edits.is_empty() {
            let cells = edit.clone();
            if self.with_draft(|draft| draft.edit(name, edit)) {
                self.ask_to_follow(name, cells, followed);
            }
            return;
        }
        let told = if asks { String::new() } else { followed.told() };
        if self.with_draft(|draft| draft.edit(name, followed.with(edit))) && !told.is_empty() {
            self.notice = told;
        }
    }

    fn ask_to_follow(&mut self, name: &str, cells: Edit, followed: Followed) {
        let Some(open) = &self.open else { return };
        let revision = open.draft.revision();
        self.dialog = Some(Dialog::Follow(Box::new(Following {
            name: name.to_owned(),
            cells,
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
            name,
            cells,
            followed,
            revision,
        } = *asked;
        let is_same = |open: &OpenDraft| open.draft.revision() == revision;
        if !follows || !self.open.as_ref().is_some_and(is_same) {
            return;
        }
        let told = followed.told();
        // One step: the change of the cells is made again together with what follows.
        let is_done = self.with_draft(|draft| {
            draft.undo();
            draft.edit(&name, followed.with(cells));
        });
        if is_done {
            self.notice = told;
        }
    }
}

impl OpenDraft {
    /// What follows in the text from a change of cells.
    fn followed(&self, edit: &Edit) -> Followed {
        let report = self.draft.report();
        let edition = report.edition();
        let is_cell = |field: &crate::form::FieldId| edition.field(*field).kind.is_number();
        if !edit.fields().iter().any(is_cell) {
            return Followed::default();
        }
        let mut after = report.clone();
        after.apply(edit.clone());
        let prior = self.draft.prior().map(|prior| &prior.report);
        follow(report, &after, prior)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::actions::Action;
    use crate::app::system::shell::Moment;
    use crate::form::{self, FieldId};
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
}
