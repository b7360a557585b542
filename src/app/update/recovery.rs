//! What is offered when work might be lost: recovery files, older versions, damaged or changed
//! files. It knows no widget.

use std::path::{Path, PathBuf};

use crate::app::actions::RecoveryAction;
use crate::app::effects::Effect;
use crate::app::state::after::ThenDo;
use crate::app::state::dialog::Dialog;
use crate::app::state::offer::RecoverableDraft;
use crate::app::state::recovery::{Compared, HistoryDialog, RecoveryDialog};
use crate::app::state::{OpenDraft, State};
use crate::app::system::shell::Moment;
use crate::keep::history;
use crate::keep::history::Version;
use crate::keep::save::{Fingerprint, Precondition, SaveError};
use crate::report::Change;
use crate::report::differences::differences;
use crate::{disk, open, store};

impl State {
    pub(in crate::app) fn run_rescue(&mut self, action: RecoveryAction, now: Moment) -> Effect {
        match action {
            RecoveryAction::ShowOffer(index) => {
                if let Some(Dialog::Rescue(RecoveryDialog::Recover { chosen, .. })) =
                    &mut self.dialog
                {
                    *chosen = index;
                }
            }
            RecoveryAction::Recover(index) => self.recover(index),
            RecoveryAction::GiveUp(index) => self.give_up(index),
            RecoveryAction::GiveUpUnreadable => {
                if let Some(keeper) = &mut self.keeper {
                    keeper.give_up_unreadable();
                }
                self.dialog = None;
                self.offer_recovery(false);
            }
            RecoveryAction::ShowVersion(index) => self.show_version(index),
            RecoveryAction::Restore(index) => self.restore(index),
            RecoveryAction::ClearHistory => self.clear_history(),
            RecoveryAction::ClearOther(folder) => self.clear_other(folder),
            RecoveryAction::Limit(megabytes) => {
                self.settings.history_megabytes = megabytes;
                self.keep_settings();
            }
            RecoveryAction::Retry(path, after) => return self.save_to(&path, after),
            RecoveryAction::SaveElsewhere(after) => {
                self.dialog = None;
                return self.ask_save(after);
            }
            RecoveryAction::Replace(path, after) => {
                self.take_over();
                return self.save_as_expected(&path, Precondition::Anything, after);
            }
            RecoveryAction::TakeTheirs(path) => {
                self.dialog = None;
                let stamp = Fingerprint::of_file(&path);
                let outcome = open::open(&path).map(Box::new);
                // What could not be read is no reason to put the open draft away.
                if outcome.is_ok() {
                    self.put_away();
                }
                self.opened(path, stamp, outcome, now);
            }
            RecoveryAction::OpenRescued(draft) => {
                self.dialog = None;
                self.put_on_desk(OpenDraft::new(*draft, None, false), None);
                "还没有保存，核对后存成新的草稿".clone_into(&mut self.notice);
            }
            RecoveryAction::ShowChanged => {
                let path = self.open.as_ref().and_then(|open| open.path.clone());
                if let Some(path) = path {
                    self.show_changed(path, None);
                }
            }
            RecoveryAction::LookLater => self.look_later(),
            RecoveryAction::TakeOver => self.take_over(),
        }
        Effect::Nothing
    }

    /// Offers what earlier windows left; nothing is taken without being asked for.
    pub(in crate::app) fn offer_recovery(&mut self, given_up_too: bool) {
        let Some(keeper) = &self.keeper else { return };
        let mut files: Vec<_> = keeper
            .left_behind()
            .into_iter()
            .map(|file| (file, false))
            .collect();
        if given_up_too {
            files.extend(keeper.given_up().into_iter().map(|file| (file, true)));
        }
        let unreadable = keeper.unreadable();
        let offers: Vec<_> = files
            .into_iter()
            .map(|(file, given_up)| RecoverableDraft::of(file, given_up))
            .collect();
        if !offers.is_empty() || !unreadable.is_empty() || given_up_too {
            self.dialog = Some(Dialog::Rescue(RecoveryDialog::Recover {
                offers,
                unreadable,
                chosen: 0,
            }));
        }
    }

    fn recover(&mut self, index: usize) {
        let Some(Dialog::Rescue(RecoveryDialog::Recover { mut offers, .. })) = self.dialog.take()
        else {
            return;
        };
        if index >= offers.len() {
            return;
        }
        let RecoverableDraft { recovered, .. } = offers.swap_remove(index);
        let path = recovered.path.clone();
        let saved = path
            .as_deref()
            .and_then(|path| open::open(path).ok())
            .filter(|opened| opened.is_draft);
        // On top of what is saved the recovered draft is one step that can be taken back.
        let draft = match saved {
            Some(opened) => {
                let mut draft = opened.draft;
                draft.change("恢复没有保存的修改", Change::all_of(&recovered.draft));
                draft
            }
            None => recovered.draft.without_steps(),
        };
        self.put_on_desk(OpenDraft::new(draft, path, false), recovered.base);
        self.adopt(&recovered);
        "已恢复，还没有保存".clone_into(&mut self.notice);
    }

    fn give_up(&mut self, index: usize) {
        let Some(Dialog::Rescue(RecoveryDialog::Recover { offers, chosen, .. })) = &mut self.dialog
        else {
            return;
        };
        if index >= offers.len() {
            return;
        }
        let offer = offers.remove(index);
        *chosen = 0;
        let none_left = offers.is_empty();
        if let (Some(keeper), false) = (&mut self.keeper, offer.given_up) {
            keeper.give_up(&offer.recovered.stem);
        }
        if none_left {
            self.dialog = None;
        }
        "已放弃，30天内可以在“文件→恢复没有保存的修改…”里找回".clone_into(&mut self.notice);
    }

    /// Shows the older versions of the open draft.
    pub(in crate::app) fn show_history(&mut self) {
        let Some(folder) = self.history_folder() else {
            return;
        };
        let versions = history::versions(&disk::Real, &folder);
        let places = self
            .keeper
            .as_ref()
            .map(crate::app::state::autosave::Autosave::places);
        let mut others = places.map(history::shelves).unwrap_or_default();
        others.retain(|shelf| shelf.folder != folder);
        self.dialog = Some(Dialog::Rescue(RecoveryDialog::History(HistoryDialog {
            versions,
            chosen: None,
            sure: false,
            others,
            sure_of: None,
        })));
        self.show_version(0);
    }

    fn history_folder(&self) -> Option<PathBuf> {
        let path = self.open.as_ref()?.path.as_ref()?;
        Some(history::folder(self.keeper.as_ref()?.places(), path))
    }

    fn show_version(&mut self, index: usize) {
        let (Some(open), Some(Dialog::Rescue(RecoveryDialog::History(history)))) =
            (&self.open, &mut self.dialog)
        else {
            return;
        };
        let shown = history
            .versions
            .get(index)
            .map(|version| match version.load() {
                Ok(draft) => Compared::Differences(differences(&draft, &open.draft)),
                Err(error) => Compared::Unreadable(error.to_string()),
            });
        history.chosen = shown.map(|shown| (index, shown));
    }

    fn restore(&mut self, index: usize) {
        let Some(Dialog::Rescue(RecoveryDialog::History(history))) = &self.dialog else {
            return;
        };
        let Some(Ok(draft)) = history.versions.get(index).map(Version::load) else {
            return;
        };
        self.dialog = None;
        if self.with_draft(|open| open.change("恢复历史版本", Change::all_of(&draft))) {
            "已恢复历史版本，可以撤销".clone_into(&mut self.notice);
        }
    }

    fn clear_history(&mut self) {
        let folder = self.history_folder();
        let Some(Dialog::Rescue(RecoveryDialog::History(history))) = &mut self.dialog else {
            return;
        };
        if !history.sure {
            history.sure = true;
            return;
        }
        let cleared = folder.as_deref().map(history::clear);
        match cleared {
            Some(Err(error)) => self.trouble("没有清空", disk::advice(&error)),
            _ => self.show_history(),
        }
    }

    fn clear_other(&mut self, folder: PathBuf) {
        let Some(Dialog::Rescue(RecoveryDialog::History(shown))) = &mut self.dialog else {
            return;
        };
        if shown.sure_of.as_ref() != Some(&folder) {
            shown.sure_of = Some(folder);
            return;
        }
        shown.sure_of = None;
        match history::clear(&folder) {
            Ok(()) => shown.others.retain(|shelf| shelf.folder != folder),
            Err(error) => self.trouble("没有清空", disk::advice(&error)),
        }
    }

    /// Says why a save failed and what can be done.
    pub(in crate::app) fn save_failed(
        &mut self,
        error: &SaveError,
        path: &Path,
        after: Option<ThenDo>,
    ) {
        let path = path.to_owned();
        match error {
            SaveError::Changed { .. } => self.show_changed(path, after),
            SaveError::Store(error) => {
                self.dialog = Some(Dialog::Rescue(RecoveryDialog::Failed {
                    text: error.to_string(),
                    path,
                    after,
                }));
            }
        }
    }

    fn show_changed(&mut self, path: PathBuf, after: Option<ThenDo>) {
        let Some(open) = &self.open else { return };
        let shown = match open::open(&path) {
            Ok(theirs) => Compared::Differences(differences(&theirs.draft, &open.draft)),
            Err(error) => Compared::Unreadable(error.to_string()),
        };
        self.dialog = Some(Dialog::Rescue(RecoveryDialog::Changed {
            path,
            after,
            shown,
        }));
    }

    /// Says why a file was not opened; for a damaged draft, also what can be had of it.
    pub(in crate::app) fn opening_failed(&mut self, path: &Path, error: &open::OpenError) {
        let damaged = matches!(
            error,
            open::OpenError::Draft(store::StoreError::Damaged { .. })
        );
        if !damaged {
            self.trouble("没有打开", error.to_string());
            return;
        }
        let bytes = disk::read(path, store::LIMIT).unwrap_or_default();
        let places = self
            .keeper
            .as_ref()
            .map(crate::app::state::autosave::Autosave::places);
        let versions = places.map(|places| {
            let folder = history::folder(places, path);
            history::versions(&disk::Real, &folder)
        });
        let mut versions = versions.unwrap_or_default().into_iter();
        self.dialog = Some(Dialog::Rescue(RecoveryDialog::Damaged {
            path: path.to_owned(),
            text: error.to_string(),
            salvaged: store::salvage(&bytes).map(Box::new),
            version: versions.find(|version| version.load().is_ok()),
        }));
    }
}
