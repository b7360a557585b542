//! What the window asks of the system: file dialogs, threads, further windows, the date. It knows no draft.

use std::collections::VecDeque;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, TryRecvError, channel};
use std::time::{Duration, Instant, SystemTime};

use crate::app::system::folders;
pub use crate::date::Moment;

/// A question for a file name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileQuestion {
    /// The dialog's title.
    pub title: String,
    /// What the filter calls the files.
    pub filter: String,
    /// Extensions without a dot; empty for every file.
    pub extensions: Vec<String>,
    /// The proposed name when a file is to be written; `None` when one is to be read.
    pub save_as: Option<String>,
}

/// What came of a [`FileQuestion`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FileAnswer {
    /// The user chose this file.
    Chosen(PathBuf),
    /// The user chose none.
    Cancelled,
    /// The system could not show a dialog.
    Unavailable,
}

/// The system, as far as the window needs it.
pub trait Shell {
    /// Starts to ask for a file; one question at a time.
    fn ask(&mut self, question: FileQuestion);
    /// Starts to ask for a folder.
    fn ask_folder(&mut self, question: FileQuestion);
    /// Puts markup on the clipboard, and text for programs that take no markup.
    ///
    /// # Errors
    /// The reason, for a reader.
    fn copy_html(&mut self, html: &str, text: &str) -> Result<(), String>;
    /// The answer, once it is there.
    fn answer(&mut self) -> Option<FileAnswer>;
    /// Runs work on another thread.
    ///
    /// # Errors
    /// When the system gives no thread.
    fn spawn(&mut self, work: Work) -> std::io::Result<()>;
    /// Opens another window, on a file if one is given.
    ///
    /// # Errors
    /// When the system does not start it.
    fn open_window(&mut self, file: Option<&Path>) -> std::io::Result<()>;
    /// Has a file shown by the program that the system has for it.
    ///
    /// # Errors
    /// When there is none.
    fn show_file(&mut self, path: &Path) -> std::io::Result<()>;
    /// What time it is.
    fn now(&self) -> Moment;
    /// What text is on the clipboard; `None` when there is none.
    fn clipboard(&mut self) -> Option<Clip>;
}

/// Text on the clipboard.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Clip {
    /// As a piece of a web page, where the program it was copied in offers that.
    pub html: Option<String>,
    /// As plain text.
    pub text: String,
}

/// Work for another thread.
pub type Work = Box<dyn FnOnce() + Send>;

/// The real system.
pub struct Native {
    ctx: egui::Context,
    pending: Option<Receiver<FileAnswer>>,
    /// Whoever put something on the clipboard must be there when it is asked for.
    clipboard: Option<arboard::Clipboard>,
}

/// A dialog that closes faster than this was never shown.
const NOT_SHOWN: Duration = Duration::from_millis(200);

impl Native {
    /// A shell that wakes this window when an answer arrives.
    #[must_use]
    pub fn new(ctx: &egui::Context) -> Self {
        Self {
            ctx: ctx.clone(),
            pending: None,
            clipboard: None,
        }
    }

    fn begin(&mut self, ask: impl FnOnce() -> FileAnswer + Send + 'static) {
        let (sender, receiver) = channel();
        let ctx = self.ctx.clone();
        let asked = std::thread::Builder::new().spawn(move || {
            // A receiver that is gone means that the window is closing.
            sender.send(ask()).ok();
            ctx.request_repaint();
        });
        self.pending = Some(receiver);
        if asked.is_err() {
            let (sender, receiver) = channel();
            sender.send(FileAnswer::Unavailable).ok();
            self.pending = Some(receiver);
        }
    }
}

impl Shell for Native {
    fn ask(&mut self, question: FileQuestion) {
        self.begin(move || show(question));
    }

    fn ask_folder(&mut self, question: FileQuestion) {
        self.begin(move || {
            let started = Instant::now();
            let dialog = rfd::FileDialog::new().set_title(question.title);
            answer(dialog.pick_folder(), started)
        });
    }

    fn copy_html(&mut self, html: &str, text: &str) -> Result<(), String> {
        let said = |error: arboard::Error| error.to_string();
        let mut clipboard = match self.clipboard.take() {
            Some(clipboard) => clipboard,
            None => arboard::Clipboard::new().map_err(said)?,
        };
        clipboard.set_html(html, Some(text)).map_err(said)?;
        self.clipboard = Some(clipboard);
        Ok(())
    }

    fn answer(&mut self) -> Option<FileAnswer> {
        let answer = match self.pending.as_ref()?.try_recv() {
            Ok(answer) => answer,
            Err(TryRecvError::Empty) => return None,
            Err(TryRecvError::Disconnected) => FileAnswer::Unavailable,
        };
        self.pending = None;
        Some(answer)
    }

    fn spawn(&mut self, work: Work) -> std::io::Result<()> {
        std::thread::Builder::new().spawn(work).map(drop)
    }

    fn open_window(&mut self, file: Option<&Path>) -> std::io::Result<()> {
        let program = std::env::current_exe()?;
        let mut child = std::process::Command::new(program).args(file).spawn()?;
        // Somebody has to take note of its end, or the system keeps its entry.
        self.spawn(Box::new(move || drop(child.wait())))
    }

    fn show_file(&mut self, path: &Path) -> std::io::Result<()> {
        opener::open(path).map_err(std::io::Error::other)
    }

    fn now(&self) -> Moment {
        Moment::of(SystemTime::now())
    }

    fn clipboard(&mut self) -> Option<Clip> {
        let mut clipboard = arboard::Clipboard::new().ok()?;
        let html = clipboard.get().html().ok();
        let text = clipboard.get_text().unwrap_or_default();
        (html.is_some() || !text.trim().is_empty()).then_some(Clip { html, text })
    }
}

fn show(question: FileQuestion) -> FileAnswer {
    let started = Instant::now();
    let mut dialog = rfd::FileDialog::new().set_title(question.title);
    if !question.extensions.is_empty() {
        dialog = dialog.add_filter(question.filter, &question.extensions);
    }
    let chosen = match question.save_as {
        Some(name) => {
            if let Some(folder) = folders::drafts()
                && std::fs::create_dir_all(&folder).is_ok()
            {
                dialog = dialog.set_directory(folder);
            }
            dialog.set_file_name(name).save_file()
        }
        None => dialog.pick_file(),
    };
    answer(chosen, started)
}

fn answer(chosen: Option<PathBuf>, started: Instant) -> FileAnswer {
    match chosen {
        Some(path) => FileAnswer::Chosen(path),
        None if started.elapsed() < NOT_SHOWN => FileAnswer::Unavailable,
        None => FileAnswer::Cancelled,
    }
}

/// A shell for tests: answers are laid down beforehand, questions are kept.
#[derive(Debug)]
pub struct Scripted {
    /// The answers still to be given.
    pub answers: VecDeque<FileAnswer>,
    /// The questions asked so far.
    pub questions: Vec<FileQuestion>,
    /// The windows asked for so far.
    pub windows: Vec<Option<PathBuf>>,
    /// The markup copied so far.
    pub copied: Vec<String>,
    /// What time it is.
    pub now: Moment,
    /// What is on the clipboard.
    pub clip: Option<Clip>,
    /// Whether no question is ever answered, as where the desktop's dialog hangs.
    pub silent: bool,
    waiting: bool,
}

impl Scripted {
    /// A shell that gives these answers in order, and then none.
    #[must_use]
    pub fn new(answers: impl IntoIterator<Item = FileAnswer>) -> Self {
        Self {
            answers: answers.into_iter().collect(),
            questions: Vec::new(),
            windows: Vec::new(),
            copied: Vec::new(),
            now: Moment {
                year: 2026,
                month: 1,
                day: 15,
                hour: 9,
                minute: 30,
            },
            clip: None,
            silent: false,
            waiting: false,
        }
    }
}

impl Shell for Scripted {
    fn ask(&mut self, question: FileQuestion) {
        self.questions.push(question);
        self.waiting = true;
    }

    fn ask_folder(&mut self, question: FileQuestion) {
        self.ask(question);
    }

    fn copy_html(&mut self, html: &str, _text: &str) -> Result<(), String> {
        self.copied.push(html.to_owned());
        Ok(())
    }

    fn answer(&mut self) -> Option<FileAnswer> {
        if self.silent || !std::mem::take(&mut self.waiting) {
            return None;
        }
        Some(self.answers.pop_front().unwrap_or(FileAnswer::Cancelled))
    }

    fn spawn(&mut self, work: Work) -> std::io::Result<()> {
        work();
        Ok(())
    }

    fn open_window(&mut self, file: Option<&Path>) -> std::io::Result<()> {
        self.windows.push(file.map(Path::to_owned));
        Ok(())
    }

    fn show_file(&mut self, path: &Path) -> std::io::Result<()> {
        std::fs::metadata(path).map(drop)
    }

    fn now(&self) -> Moment {
        self.now
    }

    fn clipboard(&mut self) -> Option<Clip> {
        self.clip.clone()
    }
}
