//! Saving the open draft beside the frame, so that a share that stalls holds up no key. It knows no widget.

use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Weak};

use crate::app::actions::Action;
use crate::app::effects::Effect;
use crate::app::state::State;
use crate::app::state::after::ThenDo;
use crate::app::state::dialog::Dialog;
use crate::app::state::recovery::RecoveryDialog;
use crate::app::state::saving::{SaveDone, SaveStalled};
use crate::app::system::shell::Moment;
use crate::app::update::autosave::absolute;
use crate::disk;
use crate::keep::lock::{Lock, LockAnswer, LockMark};
use crate::keep::save::{Precondition, SaveError, Saved};
use crate::keep::session::Session;
use crate::keep::{Places, lock, save};
use crate::report::Draft;
use crate::store::StoreError;

/// What the thread needs to know.
struct SaveWork {
    draft: Draft,
    path: PathBuf,
    expected: Precondition,
    megabytes: u16,
    /// Whether the draft was in another file before.
    moves: bool,
    /// Our own lock beside the file, if there is one.
    mark: Option<LockMark>,
    keeper: Option<(Arc<Session>, Places)>,
}

impl SaveWork {
    fn run(&self) -> (Option<Lock>, Result<Saved, SaveError>) {
        let changed = || SaveError::Changed {
            path: self.path.clone(),
        };
        let insists = self.expected == Precondition::Anything;
        let mut lock = None;
        if let (true, Some((session, places))) = (self.moves, &self.keeper) {
            match lock::ask(&self.path, session, places, false) {
                LockAnswer::Ours(ours) => lock = Some(ours),
                LockAnswer::Theirs(_) if !insists => return (None, Err(changed())),
                LockAnswer::Theirs(_) | LockAnswer::Impossible(_) => {}
            }
        } else if !insists && self.mark.as_ref().is_some_and(LockMark::is_taken) {
            return (None, Err(changed()));
        }
        let places = self.keeper.as_ref().map(|(_, places)| places);
        let saved = save::save(
            &self.draft,
            &self.path,
            places,
            self.expected,
            self.megabytes,
        );
        (lock, saved)
    }

    /// As [`SaveWork::run`]; a save that breaks has not saved.
    fn run_whole(&self) -> (Option<Lock>, Result<Saved, SaveError>) {
        catch_unwind(AssertUnwindSafe(|| self.run())).unwrap_or_else(|_| {
            let error = StoreError::Write {
                path: self.path.clone(),
                reason: io::Error::other("程序出错"),
            };
            (None, Err(error.into()))
        })
    }
}

impl State {
    pub(in crate::app) fn save_to(&mut self, path: &Path, after: Option<ThenDo>) -> Effect {
        self.save_as_expected(path, self.expected(path), after)
    }

    /// Begins to save what stands in the draft now; what comes of it is told by [`State::saved`].
    pub(in crate::app) fn save_as_expected(
        &mut self,
        path: &Path,
        expected: Precondition,
        after: Option<ThenDo>,
    ) -> Effect {
        self.with_open(|open| open.draft.seal());
        self.note_local_rules();
        if matches!(self.dialog, Some(Dialog::Guard(_) | Dialog::Rescue(_))) {
            self.dialog = None;
        }
        let Some(open) = &mut self.open else {
            return Effect::Nothing;
        };
        let path = absolute(path);
        let saving = &open.kept.saving;
        if saving.token.strong_count() > 0 && !saving.is_stalled {
            // Saved after one another, no version overtakes a later one.
            open.kept.saving.next = Some((path, after));
            return Effect::Nothing;
        }
        let token = Arc::new(());
        open.kept.saving.token = Arc::downgrade(&token);
        open.kept.saving.is_stalled = false;
        let stalled = SaveStalled {
            token: Arc::downgrade(&token),
            path: path.clone(),
            after: after.clone(),
        };
        let moves = open.path.as_ref() != Some(&path);
        let revision = open.draft.revision();
        let work = SaveWork {
            draft: open.draft.without_steps(),
            expected,
            megabytes: self.settings.history_megabytes,
            moves,
            mark: open.kept.lock.as_ref().map(Lock::mark),
            keeper: self
                .keeper
                .as_ref()
                .map(crate::app::state::autosave::Autosave::for_saving),
            path,
        };
        let save = move || {
            let (lock, outcome) = work.run_whole();
            Action::Saved(Box::new(SaveDone {
                token,
                path: work.path,
                revision,
                after,
                lock,
                outcome,
            }))
        };
        let stalled = Action::SaveStalled(Box::new(stalled));
        Effect::start_patiently("正在保存…", save, stalled)
    }

    /// Says that nothing came of a save, and lets the draft be saved elsewhere meanwhile.
    pub(in crate::app) fn save_stalled(&mut self, save: SaveStalled) {
        let Some(open) = &mut self.open else { return };
        if !Weak::ptr_eq(&open.kept.saving.token, &save.token) {
            return;
        }
        open.kept.saving.is_stalled = true;
        open.kept.saving.next = None;
        let error = StoreError::Write {
            path: save.path.clone(),
            reason: disk::Refusal::Stalled.into(),
        };
        self.save_failed(&error.into(), &save.path, save.after);
    }

    /// Takes note of what came of a save, and goes on with what was to follow.
    pub(in crate::app) fn saved(&mut self, done: SaveDone, now: Moment) -> Effect {
        let is_open = self.open.as_ref().is_some_and(|open| {
            std::ptr::eq(open.kept.saving.token.as_ptr(), Arc::as_ptr(&done.token))
        });
        if !is_open {
            // The draft was put away in the meantime; what was not saved of it can be had back.
            self.let_go(done);
            return Effect::Nothing;
        }
        let SaveDone {
            token,
            path,
            revision,
            after,
            lock,
            outcome,
        } = done;
        drop(token);
        let next = self
            .open
            .as_mut()
            .and_then(|open| open.kept.saving.next.take());
        match outcome {
            Ok(saved) => {
                let own = |dialog: &Dialog| matches!(dialog, Dialog::Rescue(RecoveryDialog::Failed { path: other, .. }) if *other == path);
                if self.dialog.as_ref().is_some_and(own) {
                    // It was only slow.
                    self.dialog = None;
                }
                self.notice = said(&saved, now);
                self.take_saved(&path, saved, revision, lock);
                self.remember(now);
            }
            Err(error) => {
                self.save_failed(&error, &path, after);
                return Effect::Nothing;
            }
        }
        match (next, after) {
            (Some((path, after)), _) => self.save_to(&path, after),
            (None, Some(after)) => self.guard(after, now),
            (None, None) => Effect::Nothing,
        }
    }

    fn let_go(&mut self, done: SaveDone) {
        let Ok(saved) = done.outcome else { return };
        match (&self.keeper, done.lock) {
            (Some(keeper), lock) => keeper.tidy(saved.rest, lock),
            (None, _) => saved.rest.clear(),
        }
    }
}

/// What is said of a save that went well.
fn said(saved: &Saved, now: Moment) -> String {
    match (&saved.history, &saved.unsettled) {
        (Some(reason), _) => format!("已保存，但没有留下上一版：{reason}"),
        (None, Some(reason)) => format!("已保存，但磁盘没有确认：{reason}"),
        (None, None) => format!("已保存，{:02}:{:02}", now.hour, now.minute),
    }
}
