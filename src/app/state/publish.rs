//! The dialog of publishing and the files on their way.

use std::collections::VecDeque;
use std::path::PathBuf;

use crate::export::Writer;
use crate::publish::Set;
use crate::sheet::Paper;

/// Everything the dialog asks for and tells.
#[derive(Debug, Clone)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a box to tick of its own"
)]
pub struct Publishing {
    /// The folder, as it is typed or chosen.
    pub folder: String,
    /// Every format, and whether it is wanted.
    pub formats: Vec<(&'static Writer, bool)>,
    /// Whether files of the same names are replaced.
    pub overwrite: bool,
    /// Whether the user asked for files in spite of open findings.
    pub insists: bool,
    /// What the pages cannot show as it was chosen; `None` as long as nobody looked.
    pub obstacles: Option<Vec<String>>,
    /// Whether the user wants the pages all the same.
    pub accepts: bool,
    /// Who publishes.
    pub by: String,
    /// The papers of the authority, and whether each goes into the folder too.
    pub papers: [(Paper, bool); 2],
    /// Why what was chosen last is not how the report is set out; empty when it is.
    pub fault: String,
    /// Why a report that was published is corrected.
    pub reason: String,
    /// Whether a page of its own says what was corrected.
    pub apart: bool,
    /// The folder that is being filled.
    pub set: Option<Set>,
    /// What came of it, in words.
    pub finished: Option<Result<String, String>>,
    /// How far the writing is; nothing was written yet without it.
    pub progress: Option<WritingProgress>,
}

/// How far the writing is.
#[derive(Debug, Clone, Default)]
pub struct WritingProgress {
    /// What came of the files written so far.
    pub done: Vec<FileOutcome>,
    pub(in crate::app) waiting: VecDeque<&'static Writer>,
}

/// What came of one file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileOutcome {
    /// In one line.
    pub text: String,
    /// Where the file is; empty when none was written.
    pub path: PathBuf,
    /// Whether the file is there and says nothing else than the draft.
    pub is_good: bool,
    /// Whether it could be compared with the draft.
    pub is_compared: bool,
}

impl WritingProgress {
    /// The number of files in all.
    #[must_use]
    pub fn total(&self) -> usize {
        self.done.len() + self.waiting.len()
    }

    /// The file that is being written.
    #[must_use]
    pub fn current(&self) -> Option<&'static Writer> {
        self.waiting.front().copied()
    }
}
