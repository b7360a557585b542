//! Keeps the open draft safe: its lock, its recovery file, the way it is saved. It knows no widget.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use crate::app::state::autosave::{Autosave, AutosaveState, LAST_WAIT, Typing};
use crate::app::state::{OpenDraft, State};
use crate::keep::lock::{Holder, Lock, LockAnswer};
use crate::keep::save::{Cleanup, Fingerprint, Precondition, Saved};
use crate::keep::watch::Seen;
use crate::keep::writer::{PACE, RecoveryWriter};
use crate::keep::{Recovered, Snapshot, lock};
use crate::report::{Guarded, Revision};

/// After what time a recovery file that could not be written is tried again.
const AGAIN: Duration = Duration::from_secs(5);

impl State {
    /// Has the recovery file of the open draft written when it is due; `typing` is what was typed
    /// and is not in the draft yet. Returns when to ask again.
    pub(in crate::app) fn keep(&mut self, typing: Typing) -> Option<Duration> {
        let (keeper, open) = (self.keeper.as_mut()?, self.open.as_mut()?);
        open.kept.changed = keeper.watcher.seen();
        if !keeper.writer.is_alive() {
            // What the thread was given when it broke may not be on the disk.
            open.kept.sent = None;
        }
        let status = keeper.writer.status();
        let is_troubled = status.trouble.is_some();
        if status.trouble != keeper.told {
            keeper.told.clone_from(&status.trouble);
            if let Some(trouble) = status.trouble {
                self.notice = format!("恢复文件没有写下：{trouble}");
            }
        }
        if !open.needs_recovery(&typing) {
            // Taken back to what is saved, the draft needs no recovery file any more.
            if open.kept.sent.take().is_some()
                && let Some(stem) = &open.kept.stem
            {
                keeper.writer.remove(stem);
            }
            return None;
        }
        let now = (open.draft.revision(), typing);
        // What could not be written is tried again, though nothing was typed since.
        let pace = match open.kept.sent.as_ref() == Some(&now) {
            true if is_troubled => AGAIN,
            true => return None,
            false => PACE,
        };
        let since = open.kept.sent_at.map(|sent_at| sent_at.elapsed());
        match since {
            Some(since) if since < pace => Some(pace.saturating_sub(since)),
            _ => {
                send(keeper, open, now);
                is_troubled.then_some(AGAIN)
            }
        }
    }

    /// Has the recovery file written at once and waits for it, before the program ends.
    pub(in crate::app) fn keep_now(&mut self, typing: Typing) {
        let (Some(keeper), Some(open)) = (&mut self.keeper, &mut self.open) else {
            return;
        };
        let now = (open.draft.revision(), typing);
        if open.needs_recovery(&now.1) && open.kept.sent.as_ref() != Some(&now) {
            send(keeper, open, now);
        }
        keeper.writer.wait(LAST_WAIT);
    }

    /// Takes the draft from the desk; what is not saved of it can be had back for a while.
    pub(in crate::app) fn put_away(&mut self) {
        self.keep_now(Typing::default());
        let Some(mut open) = self.open.take() else {
            return;
        };
        let Some(keeper) = &mut self.keeper else {
            return;
        };
        if let Some(stem) = &open.kept.stem {
            if open.needs_recovery(&Typing::default()) {
                keeper.writer.give_up(stem, &keeper.places.given_up());
            } else {
                keeper.writer.remove(stem);
            }
        }
        if let Some(lock) = open.kept.lock.take() {
            keeper.watcher.let_go(lock);
        }
        keeper.watcher.watch(None);
    }

    /// Puts a draft on the desk and asks for its lock.
    pub(in crate::app) fn put_on_desk(&mut self, mut open: OpenDraft, stamp: Option<Fingerprint>) {
        self.put_away();
        // A path that depends on the current folder means nothing at the next start.
        open.path = open.path.map(|path| absolute(&path));
        open.kept.stamp = stamp;
        if let (Some(path), Some(keeper)) = (&open.path, &mut self.keeper) {
            keeper.watcher.tidy(Cleanup::beside(path));
            keeper
                .watcher
                .watch(stamp.map(|stamp| (path.as_path(), stamp)));
            take_lock(&mut open.kept, &mut open.draft, keeper, path, false);
        }
        self.open = Some(open);
    }

    /// Takes the open draft from whoever works on it elsewhere.
    pub(in crate::app) fn take_over(&mut self) {
        let (Some(keeper), Some(open)) = (&self.keeper, &mut self.open) else {
            return;
        };
        if let Some(path) = &open.path {
            take_lock(&mut open.kept, &mut open.draft, keeper, path, true);
        }
    }

    /// Takes note of a save that went well; `lock` is that of another file than before.
    pub(in crate::app) fn take_saved(
        &mut self,
        path: &Path,
        saved: Saved,
        revision: Revision,
        lock: Option<Lock>,
    ) {
        let Some(open) = &mut self.open else { return };
        let moves = open.path.as_deref() != Some(path);
        open.kept.stamp = Some(saved.stamp);
        open.kept.changed = None;
        open.saved = Some(revision);
        open.path = Some(path.to_owned());
        let Some(keeper) = &mut self.keeper else {
            return saved.rest.clear();
        };
        keeper.history_trouble = saved.history;
        keeper.watcher.watch(Some((path, saved.stamp)));
        keeper.watcher.tidy(saved.rest);
        if open.draft.revision() == revision {
            // What was typed since then is in the recovery file only.
            open.kept.sent = None;
            if let Some(stem) = &open.kept.stem {
                keeper.writer.remove(stem);
            }
        }
        if moves {
            open.kept.elsewhere = None;
            open.draft.shut(false);
            if let Some(old) = std::mem::replace(&mut open.kept.lock, lock) {
                keeper.watcher.let_go(old);
            }
            if let Some(lock) = &open.kept.lock {
                keeper.watcher.hold(lock);
            }
        }
    }

    /// What may be replaced by a save in this file.
    pub(in crate::app) fn expected(&self, path: &Path) -> Precondition {
        let open = self.open.as_ref();
        let path = Some(absolute(path));
        let own = open.filter(|open| open.path == path);
        match own.and_then(|open| open.kept.stamp) {
            Some(stamp) => Precondition::Only(stamp),
            None => Precondition::Anything,
        }
    }

    /// Whether the open draft can only be read.
    #[must_use]
    pub fn is_read_only(&self) -> bool {
        self.open
            .as_ref()
            .is_some_and(|open| open.draft.is_read_only())
    }

    /// Has the file of the open draft looked at, after a time in which others may have changed it.
    pub(in crate::app) fn look_at_file(&self) {
        if let Some(keeper) = &self.keeper {
            keeper.watcher.look();
        }
    }

    /// What somebody else put into the file of the open draft, unless it is to be looked at later.
    #[must_use]
    pub fn changed_elsewhere(&self) -> Option<Seen> {
        let kept = &self.open.as_ref()?.kept;
        kept.changed.filter(|&seen| kept.later != Some(seen))
    }

    /// Says no more of what somebody else put into the file, until it is changed again.
    pub(in crate::app) fn look_later(&mut self) {
        if let Some(open) = &mut self.open {
            open.kept.later = open.kept.changed;
        }
    }

    /// Writes a recovered draft into this window's own recovery file before the old one goes.
    pub(in crate::app) fn adopt(&mut self, recovered: &Recovered) {
        let (Some(keeper), Some(open)) = (&mut self.keeper, &mut self.open) else {
            return;
        };
        let now = (open.draft.revision(), Typing::default());
        let number = send(keeper, open, now);
        keeper.writer.replace(&recovered.stem, number);
        keeper.forget(&recovered.stem);
    }
}

pub(in crate::app) fn absolute(path: &Path) -> PathBuf {
    std::path::absolute(path).unwrap_or_else(|_| path.to_owned())
}

fn send(keeper: &mut Autosave, open: &mut OpenDraft, now: (Revision, Typing)) -> u64 {
    if !keeper.writer.is_alive()
        && let Ok(writer) = RecoveryWriter::start(|| {})
    {
        // The thread broke; its successor begins with what is due now.
        keeper.writer = writer;
    }
    let stem = open.kept.stem.get_or_insert_with(|| {
        keeper.drafts += 1;
        keeper.session.folder().join(keeper.drafts.to_string())
    });
    let mut draft = open.draft.without_steps();
    now.1.put_into(&mut draft);
    let snapshot = Snapshot {
        draft,
        path: open.path.clone(),
        base: open.kept.stamp,
    };
    open.kept.sent = Some(now);
    open.kept.sent_at = Some(Instant::now());
    open.kept.number = keeper.writer.write(stem, snapshot);
    open.kept.number
}

impl OpenDraft {
    /// Whether something would be lost if the program ended now.
    fn needs_recovery(&self, typing: &Typing) -> bool {
        !self.draft.is_read_only() && (self.is_dirty() || self.path.is_none() || !typing.is_none())
    }
}

impl AutosaveState {
    /// Who works on the draft elsewhere, so that it can only be read here.
    #[must_use]
    pub fn elsewhere(&self) -> Option<&Holder> {
        self.elsewhere.as_ref()
    }
}

/// Asks for the lock of a draft; while somebody else has it, the draft can only be read.
fn take_lock(
    kept: &mut AutosaveState,
    draft: &mut Guarded,
    keeper: &Autosave,
    path: &Path,
    insists: bool,
) {
    match lock::ask(path, &keeper.session, &keeper.places, insists) {
        LockAnswer::Ours(lock) => {
            keeper.watcher.hold(&lock);
            kept.lock = Some(lock);
            kept.elsewhere = None;
        }
        LockAnswer::Theirs(holder) => kept.elsewhere = Some(holder),
        // A folder in which nothing can be written needs no guard.
        LockAnswer::Impossible(_) => {}
    }
    draft.shut(kept.elsewhere.is_some());
}
