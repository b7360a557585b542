//! The dialogs around work that could be lost.

use std::path::PathBuf;

use crate::app::state::after::ThenDo;
use crate::app::state::offer::RecoverableDraft;
use crate::keep::history::{Shelf, Version};
use crate::report::Draft;
use crate::report::differences::Difference;

/// A dialog about work that might be lost.
#[derive(Debug)]
pub enum RecoveryDialog {
    /// The recovery files that were found.
    Recover {
        /// The files.
        offers: Vec<RecoverableDraft>,
        /// Those that cannot be read.
        unreadable: Vec<PathBuf>,
        /// The one whose differences are shown.
        chosen: usize,
    },
    /// The older versions of the open draft.
    History(HistoryDialog),
    /// A save failed.
    Failed {
        /// Why, and what to do.
        text: String,
        /// Where it should have gone.
        path: PathBuf,
        /// What was to follow.
        after: Option<ThenDo>,
    },
    /// The file was changed by somebody else since it was read.
    Changed {
        /// The file.
        path: PathBuf,
        /// What was to follow.
        after: Option<ThenDo>,
        /// How the file differs from the draft on the desk, if it can be read.
        shown: Compared,
    },
    /// A draft file is damaged.
    Damaged {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        text: String,
        /// What can still be read in it.
        salvaged: Option<Box<Draft>>,
        /// The last version that was kept.
        version: Option<Version>,
    },
}

/// The older versions of the open draft, and of other drafts.
#[derive(Debug)]
pub struct HistoryDialog {
    /// The versions, the latest first.
    pub versions: Vec<Version>,
    /// The one that is shown, and how it differs from the draft on the desk.
    pub chosen: Option<(usize, Compared)>,
    /// Whether the user was asked before everything is removed.
    pub sure: bool,
    /// The histories of other drafts, also of those that are gone.
    pub others: Vec<Shelf>,
    /// The one of them of which the user was asked.
    pub sure_of: Option<PathBuf>,
}

/// What a version says, against the draft on the desk.
#[derive(Debug)]
pub enum Compared {
    /// The places that differ.
    Differences(Vec<Difference>),
    /// It cannot be read; this is why.
    Unreadable(String),
}
