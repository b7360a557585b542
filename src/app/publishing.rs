//! Publishing from the window: what is chosen, what is being written, what came of it. It knows no widget.

use std::collections::VecDeque;
use std::path::{Path, PathBuf};

use super::action::Action;
use super::dialog::{Dialog, Purpose};
use super::shell::FileQuestion;
use super::state::{OpenDraft, State};
use crate::disk::{self, Claim, Replaces};
use crate::export::{ExportError, WRITERS, Writer, html};
use crate::publish::{self, Published};
use crate::report::{Choices, Draft};

/// Everything the dialog asks for and tells.
#[derive(Debug, Clone)]
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
    /// How far the writing is; nothing was written yet without it.
    pub progress: Option<Writing>,
}

/// How far the writing is.
#[derive(Debug, Clone, Default)]
pub struct Writing {
    /// What came of the files written so far.
    pub done: Vec<Told>,
    waiting: VecDeque<&'static Writer>,
}

/// What came of one file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// In one line.
    pub text: String,
    /// Where the file is; empty when none was written.
    pub path: PathBuf,
    /// Whether the file is there and says nothing else than the draft.
    pub is_good: bool,
    /// Whether it could be compared with the draft.
    pub is_compared: bool,
}

impl Writing {
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

/// What the dialog asks for.
#[derive(Debug)]
pub enum Step {
    /// The question for a folder.
    ChooseFolder(Box<Publishing>),
    /// The files.
    Begin,
    /// What the pages cannot show as it was chosen.
    Looked(Vec<String>),
    /// What came of one of them.
    Done(Result<Published, ExportError>),
    /// A look at the folder in the system's own program.
    ShowFolder(PathBuf),
    /// How the report is set out from now on.
    Set(Box<Choices>),
}

impl Publishing {
    fn new(open: &OpenDraft, wanted: &[String]) -> Self {
        let beside = open.path.as_deref().and_then(Path::parent);
        let folder = match beside {
            Some(folder) => folder.to_path_buf(),
            None => dirs::home_dir().unwrap_or_default(),
        };
        let usual = publish::usual_formats();
        let is_wanted = |writer: &Writer| match wanted {
            [] => usual.iter().any(|usual| usual.name == writer.name),
            names => names.iter().any(|name| name == writer.name),
        };
        Self {
            folder: folder.display().to_string(),
            formats: WRITERS
                .iter()
                .map(|writer| (writer, is_wanted(writer)))
                .collect(),
            overwrite: false,
            insists: false,
            obstacles: None,
            accepts: false,
            progress: None,
        }
    }

    /// The formats that are wanted.
    pub fn wanted(&self) -> impl Iterator<Item = &'static Writer> + '_ {
        self.formats
            .iter()
            .filter(|(_, wanted)| *wanted)
            .map(|(writer, _)| *writer)
    }

    /// What the user has to agree to before the pages are written.
    #[must_use]
    pub fn objections(&self) -> &[String] {
        match &self.obstacles {
            Some(list) if !self.accepts && self.wanted().any(|writer| writer.draws) => list,
            _ => &[],
        }
    }

    /// Where a format goes, and whether a file of the usual name is there already.
    #[must_use]
    pub fn target(&self, draft: &Draft, writer: &Writer) -> (PathBuf, bool) {
        let folder = Path::new(self.folder.trim());
        let name = publish::file_name(draft, writer);
        let usual = folder.join(&name);
        let exists = disk::is_taken(&usual);
        if exists && !self.overwrite {
            return (publish::free_path(folder, &name), true);
        }
        (usual, exists)
    }
}

/// The draft as it would be published now: marked when the check forbids more.
#[must_use]
pub fn as_published(open: &OpenDraft) -> Draft {
    if open.findings.blocking() > 0 {
        publish::marked(&open.draft)
    } else {
        open.draft.clone()
    }
}

impl State {
    pub(super) fn begin_publishing(&mut self) {
        if let Some(open) = &mut self.open {
            open.draft.seal();
            let publishing = Publishing::new(open, &self.settings.publish_formats);
            self.dialog = Some(Dialog::Publish(Box::new(publishing)));
        }
    }

    pub(super) fn publish(&mut self, step: Step) {
        match step {
            Step::ChooseFolder(publishing) => {
                let question = FileQuestion {
                    title: "选择发布到哪个文件夹".to_owned(),
                    filter: String::new(),
                    extensions: Vec::new(),
                    save_as: None,
                };
                self.dialog = None;
                self.ask(Purpose::Folder(publishing), question);
            }
            Step::Begin => self.look_at_pages(),
            Step::Looked(obstacles) => {
                if let Some(Dialog::Publish(publishing)) = &mut self.dialog {
                    publishing.obstacles = Some(obstacles);
                    self.look_at_pages();
                }
            }
            Step::Done(outcome) => self.written(outcome),
            Step::ShowFolder(folder) => self.to_show = Some(folder),
            Step::Set(choices) => {
                if let Some(Dialog::Publish(publishing)) = &mut self.dialog {
                    (publishing.obstacles, publishing.accepts) = (None, false);
                }
                self.with_draft(|draft| draft.set_choices(*choices));
            }
        }
    }

    /// Looks first whether the pages show what was chosen, where pages are wanted; the dialog asks
    /// when they do not.
    fn look_at_pages(&mut self) {
        let (Some(Dialog::Publish(publishing)), Some(open)) = (&self.dialog, &self.open) else {
            return;
        };
        let wanted: Vec<_> = publishing.wanted().collect();
        if publishing.obstacles.is_none() && wanted.iter().any(|writer| writer.draws) {
            let draft = as_published(open);
            self.start("正在排版…", move || {
                Action::Publish(Step::Looked(publish::obstacles(&draft, &wanted)))
            });
        } else if publishing.objections().is_empty() {
            self.write_all();
        }
    }

    fn write_all(&mut self) {
        let Some(Dialog::Publish(publishing)) = &mut self.dialog else {
            return;
        };
        let folder = PathBuf::from(publishing.folder.trim());
        if let Err(error) = std::fs::create_dir_all(&folder) {
            let text = format!(
                "建不了文件夹：{}\n{}",
                disk::advice(&error),
                folder.display()
            );
            self.trouble("没有发布", text);
            return;
        }
        let wanted: Vec<_> = publishing.wanted().collect();
        self.settings.publish_formats =
            wanted.iter().map(|writer| writer.name.to_owned()).collect();
        publishing.progress = Some(Writing {
            done: Vec::new(),
            waiting: wanted.into(),
        });
        self.keep_settings();
        self.write_next();
    }

    fn write_next(&mut self) {
        let (Some(Dialog::Publish(publishing)), Some(open)) = (&self.dialog, &self.open) else {
            return;
        };
        let Some(writer) = publishing.progress.as_ref().and_then(Writing::current) else {
            return;
        };
        let draft = as_published(open);
        let (path, _) = publishing.target(&draft, writer);
        let own = open.path.clone();
        let replaces = Replaces::said(publishing.overwrite);
        self.start(&format!("正在写{}…", writer.label), move || {
            let inputs: Vec<_> = own.as_deref().into_iter().collect();
            let claim = Claim {
                inputs: &inputs,
                replaces,
            };
            Action::Publish(Step::Done(publish::publish(&draft, writer, &path, claim)))
        });
    }

    fn written(&mut self, outcome: Result<Published, ExportError>) {
        let Some(Dialog::Publish(publishing)) = &mut self.dialog else {
            return;
        };
        let Some(progress) = &mut publishing.progress else {
            return;
        };
        progress.waiting.pop_front();
        progress.done.push(match outcome {
            Ok(published) => Told {
                text: published.summary(),
                is_good: !published.differs(),
                is_compared: published.is_compared(),
                path: published.path,
            },
            Err(error) => Told {
                text: error.to_string(),
                is_good: false,
                is_compared: false,
                path: PathBuf::new(),
            },
        });
        self.write_next();
    }

    /// Puts the report on the clipboard as markup, for the editor of a website.
    pub(super) fn copy_as_html(&mut self) {
        if let Some(open) = &self.open {
            let doc = crate::doc::compose::publication(&open.draft);
            let mut text = Vec::new();
            // Writing to memory does not fail.
            drop(crate::export::text::write(
                &doc,
                &Choices::default(),
                &mut text,
            ));
            let text = String::from_utf8_lossy(&text).into_owned();
            self.copied = Some((html::fragment(&doc), text));
        }
    }
}
