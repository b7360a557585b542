//! What the cards of the start screen know of recent drafts.

use std::collections::BTreeMap;
use std::path::PathBuf;

use crate::app::system::shell::Moment;

/// A draft as its card tells it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DraftSummary {
    /// Whose report it is.
    pub issuer: String,
    /// Its year.
    pub year: u16,
    /// When the file was written.
    pub saved: Option<Moment>,
    /// Places still blank.
    pub blank: usize,
    /// How it stands to what was published of it, in words.
    pub published: Option<String>,
    /// Open findings by gravity: errors, queries, hints.
    pub findings: [usize; 3],
}

/// What the cards know so far: a path without an answer is still being read, `None` cannot be read.
pub type DraftSummaries = BTreeMap<PathBuf, Option<DraftSummary>>;
