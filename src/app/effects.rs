//! What an action leaves to the system: data, and nothing that does it.

use std::path::PathBuf;

use crate::app::actions::Action;
use crate::app::system::shell::FileQuestion;

/// Something for the system to do (后续).
#[must_use = "an effect that nobody performs is lost"]
#[derive(Debug)]
pub enum Effect {
    /// Nothing more.
    Nothing,
    /// The question for a file.
    AskFile(FileQuestion),
    /// The question for a folder.
    AskFolder(FileQuestion),
    /// What is on the clipboard, to be read as a report.
    ReadClipboard,
    /// Something for the clipboard.
    Copy {
        /// As markup.
        html: String,
        /// As text.
        text: String,
    },
    /// What has the keyboard cuts, copies or pastes.
    Handle(Handling),
    /// Work beside the frame.
    Start(Job),
    /// A file or folder to be shown.
    Show(PathBuf),
    /// A window beside this one, with its file.
    OpenWindow(Option<PathBuf>),
}

/// What a text box or a table does with the clipboard.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Handling {
    /// Takes what is selected away.
    Cut,
    /// Copies what is selected.
    Copy,
    /// Puts in what was copied.
    Paste,
}

impl Effect {
    /// Work beside the frame; `label` says what is being done, and is empty when nobody waits for it.
    pub fn start(label: &str, work: impl FnOnce() -> Action + Send + 'static) -> Self {
        Self::Start(Job {
            label: label.to_owned(),
            work: Box::new(work),
            stalled: None,
        })
    }

    /// As [`Effect::start`]; `stalled` is run where nothing came of the work for a long time.
    pub fn start_patiently(
        label: &str,
        work: impl FnOnce() -> Action + Send + 'static,
        stalled: Action,
    ) -> Self {
        Self::Start(Job {
            label: label.to_owned(),
            work: Box::new(work),
            stalled: Some(stalled),
        })
    }
}

impl From<()> for Effect {
    fn from((): ()) -> Self {
        Self::Nothing
    }
}

/// A piece of work for another thread.
pub struct Job {
    /// What the progress sign says.
    pub label: String,
    /// What is to be done; what comes of it is an action.
    pub work: Box<dyn FnOnce() -> Action + Send>,
    /// What is run while nothing has come of it for a long time.
    pub stalled: Option<Action>,
}

impl std::fmt::Debug for Job {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Job").field(&self.label).finish()
    }
}
