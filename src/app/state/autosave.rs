//! What is known of a draft's file and of its recovery file.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use crate::app::state::saving::Saving;
use crate::disk;
use crate::keep::lock::{Holder, Lock};
use crate::keep::save::{Cleanup, Fingerprint};
use crate::keep::session::{Orphan, Session};
use crate::keep::watch::{Seen, Watcher};
use crate::keep::writer::RecoveryWriter;
use crate::keep::{Places, Recovered, session};
use crate::report::{Draft, Edit, Revision};

/// What keeps the drafts of this window safe.
#[derive(Debug)]
pub struct Autosave {
    // The thread ends what it was given before the session ends.
    pub(in crate::app) writer: RecoveryWriter,
    pub(in crate::app) watcher: Watcher,
    pub(in crate::app) orphans: Vec<Orphan>,
    pub(in crate::app) session: Arc<Session>,
    pub(in crate::app) places: Places,
    pub(in crate::app) drafts: u32,
    /// Why recovery files cannot be written, while they cannot.
    pub(in crate::app) told: Option<String>,
    /// Why no earlier versions are kept, while they are not.
    pub(in crate::app) history_trouble: Option<String>,
}

/// What is known of an open draft's file and recovery file.
#[derive(Debug, Default)]
pub struct AutosaveState {
    /// What stood in the file when it was read or saved last.
    pub stamp: Option<Fingerprint>,
    /// What somebody else put into the file since then.
    pub changed: Option<Seen>,
    /// What of that the user wants to look at later.
    pub(in crate::app) later: Option<Seen>,
    pub(in crate::app) elsewhere: Option<Holder>,
    pub(in crate::app) lock: Option<Lock>,
    /// What is on its way to the file.
    pub(in crate::app) saving: Saving,
    pub(in crate::app) stem: Option<PathBuf>,
    pub(in crate::app) sent: Option<(Revision, Typing)>,
    /// The number of what was sent last.
    pub(in crate::app) number: u64,
    pub(in crate::app) sent_at: Option<Instant>,
}

/// What is being typed and is not in the draft yet.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Typing {
    /// In a cell.
    pub cell: Option<Edit>,
}

impl Typing {
    pub(in crate::app) fn is_none(&self) -> bool {
        self.cell.is_none()
    }

    pub(in crate::app) fn put_into(&self, draft: &mut Draft) {
        if let Some(cell) = &self.cell {
            draft.edit("填报", cell.clone());
        }
    }
}

/// How long the end of the program waits for the last recovery file.
pub(in crate::app) const LAST_WAIT: Duration = Duration::from_secs(5);

impl Autosave {
    /// Begins to keep drafts safe in these places; `wake` is called when there is news.
    ///
    /// # Errors
    /// When there can be no recovery files, and why.
    pub fn start(
        places: Places,
        wake: impl Fn() + Send + Clone + 'static,
    ) -> std::io::Result<Self> {
        let session = Arc::new(Session::start(&places)?);
        let orphans = session::orphans(&places, Some(&session));
        let history_trouble = disk::try_folder(&places.history()).err();
        Ok(Self {
            writer: RecoveryWriter::start(wake.clone())?,
            watcher: Watcher::start(wake)?,
            orphans,
            session,
            places,
            drafts: 0,
            told: None,
            history_trouble: history_trouble.map(|error| disk::advice(&error)),
        })
    }

    /// Where everything is kept.
    #[must_use]
    pub fn places(&self) -> &Places {
        &self.places
    }

    /// The folder of this window's recovery files.
    #[must_use]
    pub fn folder(&self) -> &Path {
        self.session.folder()
    }

    /// What windows that ended without being closed left, the latest first.
    #[must_use]
    pub fn left_behind(&self) -> Vec<Recovered> {
        let files = self.orphans.iter().flat_map(|orphan| &orphan.files);
        let mut files: Vec<_> = files.cloned().collect();
        files.sort_by_key(|file| std::cmp::Reverse(file.when));
        files
    }

    /// What was given up lately and can be had back.
    #[must_use]
    pub fn given_up(&self) -> Vec<Recovered> {
        session::given_up(&self.places)
    }

    /// Puts a file that was left behind aside.
    pub fn give_up(&mut self, stem: &Path) {
        self.writer.give_up(stem, &self.places.given_up());
        self.forget(stem);
    }

    pub(in crate::app) fn forget(&mut self, stem: &Path) {
        for orphan in &mut self.orphans {
            orphan.files.retain(|file| file.stem != stem);
        }
    }

    /// What a save beside the frame needs.
    pub(in crate::app) fn for_saving(&self) -> (Arc<Session>, Places) {
        (Arc::clone(&self.session), self.places.clone())
    }

    /// Has done what a save left to do, and gives back a lock that is of no use.
    pub(in crate::app) fn tidy(&self, rest: Cleanup, lock: Option<Lock>) {
        self.watcher.tidy(rest);
        if let Some(lock) = lock {
            self.watcher.let_go(lock);
        }
    }

    /// The recovery files that cannot be read.
    #[must_use]
    pub fn unreadable(&self) -> Vec<PathBuf> {
        let stems = self.orphans.iter().flat_map(|orphan| &orphan.unreadable);
        stems.cloned().collect()
    }

    /// Puts the recovery files that cannot be read aside.
    pub fn give_up_unreadable(&mut self) {
        for orphan in &mut self.orphans {
            for stem in orphan.unreadable.drain(..) {
                self.writer.give_up(&stem, &self.places.given_up());
            }
        }
    }
}
