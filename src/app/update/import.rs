//! A report that was read from a file or the clipboard, and what of it goes where (导入核对).
//!
//! It compares with the open draft and makes one edit of what is taken. It knows no widget.

use std::path::PathBuf;

use crate::app::actions::ImportAction;
use crate::app::effects::Effect;
use crate::app::state::after::ThenDo;
use crate::app::state::dialog::{Dialog, ReadFrom};
use crate::app::state::import::ImportReview;
use crate::app::state::{OpenDraft, State};
use crate::app::system::shell::Moment;
use crate::app::update::local;
use crate::open::Opened;
use crate::report::Change as DraftChange;
use crate::store;

/// What the step is called that takes over an imported report.
const STEP: &str = "导入";

impl State {
    /// Opens a draft, and shows what a report says before anything is done with it.
    pub(in crate::app) fn open_or_import(&mut self, path: PathBuf, now: Moment) -> Effect {
        let is_draft = path
            .extension()
            .is_some_and(|extension| extension.eq_ignore_ascii_case(store::EXTENSION));
        if is_draft {
            self.guard(ThenDo::Open(path), now)
        } else if local::is_settings(&path) {
            Self::read_local(path)
        } else {
            Self::read(ReadFrom::File(path), None)
        }
    }

    /// Shows what was read beside the text it was read from.
    pub(in crate::app) fn review(&mut self, source: String, opened: Opened) {
        let target = self.open.as_ref().map(|open| &*open.draft);
        self.intake = Some(Box::new(ImportReview::new(source, opened, target)));
        self.dialog = Some(Dialog::Intake);
    }

    /// Does what the user wants with the report that was read.
    pub(in crate::app) fn intake_step(&mut self, step: ImportAction, now: Moment) -> Effect {
        let Some(intake) = &mut self.intake else {
            return Effect::Nothing;
        };
        match step {
            ImportAction::Take(part, taken) => {
                if let Some(part) = intake.parts.get_mut(part) {
                    part.taken = taken;
                }
            }
            ImportAction::TakeBack(index, taken) => {
                let target = self.open.as_ref().map(|open| open.draft.report());
                intake.take_back(index, taken, target);
            }
            ImportAction::LookFor(words) => intake.look_for(&words),
            ImportAction::LookAt(line) => intake.look_at = Some(line),
            ImportAction::Enter => {
                let (edit, count) = (intake.edit(), intake.count());
                let mut notes = intake.draft.notes().to_vec();
                let before = self.open.iter().flat_map(|open| open.draft.notes());
                let mut all: Vec<String> = before
                    .filter(|note| !notes.contains(note))
                    .cloned()
                    .collect();
                all.append(&mut notes);
                if self.may_change() {
                    self.dialog = None;
                    self.intake = None;
                    let told = format!("已导入{count}处，可以撤销");
                    self.edit_and_tell(STEP, edit, Some(DraftChange::Notes(all)), told);
                }
            }
            ImportAction::NextYear => {
                let prior = Box::new(intake.as_prior());
                return self.guard(ThenDo::NextYear(prior), now);
            }
            ImportAction::Compare => self.compare_intake(),
            ImportAction::OpenAsDraft => return self.guard(ThenDo::Imported, now),
            ImportAction::UseAsPrior => {
                let prior = intake.as_prior();
                self.dialog = None;
                self.intake = None;
                self.add_prior(prior);
            }
        }
        Effect::Nothing
    }

    /// Opens the report that was read as a draft of its own.
    pub(in crate::app) fn open_imported(&mut self) {
        let Some(intake) = self.intake.take() else {
            return;
        };
        self.notice = match intake.draft.notes().len() {
            0 => "已导入".to_owned(),
            notes => format!("已导入，有{notes}处要核对"),
        };
        self.put_on_desk(OpenDraft::new(intake.draft, None, false), None);
    }
}
