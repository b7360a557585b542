//! What was asked for before a question came between.

use std::path::PathBuf;

use crate::report::Prior;

/// What goes on once unsaved changes are dealt with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ThenDo {
    /// The dialog for a new report.
    New,
    /// The question for a file.
    Ask,
    /// A file that is known.
    Open(PathBuf),
    /// The report that was read, as a draft of its own.
    Imported,
    /// A report of the year after this one.
    NextYear(Box<Prior>),
    /// The start screen.
    Home,
    /// The recovery files.
    Recover,
    /// The end.
    Quit,
}
