//! Publishing from the window: what is chosen, what is being written, what came of it. It knows no widget.

use std::path::{Path, PathBuf};

use crate::app::actions::{Action, PublishAction};
use crate::app::effects::Effect;
use crate::app::state::dialog::{Dialog, FilePurpose};
use crate::app::state::publish::{FileOutcome, Publishing, WritingProgress};
use crate::app::state::{OpenDraft, State};
use crate::app::system::shell::FileQuestion;
use crate::disk::{FileClaim, Replaces};
use crate::export::{ExportError, WRITERS, Writer, html};
use crate::publish::Published;
use crate::report::{Choices, Draft};
use crate::{disk, publish};

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
    pub(in crate::app) fn begin_publishing(&mut self) {
        if let Some(open) = &mut self.open {
            open.draft.seal();
            let publishing = Publishing::new(open, &self.settings.publish_formats);
            self.dialog = Some(Dialog::Publish(Box::new(publishing)));
        }
    }

    pub(in crate::app) fn publish(&mut self, step: PublishAction) -> Effect {
        match step {
            PublishAction::ChooseFolder(publishing) => {
                let question = FileQuestion {
                    title: "选择发布到哪个文件夹".to_owned(),
                    filter: String::new(),
                    extensions: Vec::new(),
                    save_as: None,
                };
                self.dialog = None;
                return self.ask(FilePurpose::Folder(publishing), question);
            }
            PublishAction::Begin => return self.look_at_pages(),
            PublishAction::Looked(obstacles) => {
                if let Some(Dialog::Publish(publishing)) = &mut self.dialog {
                    publishing.obstacles = Some(obstacles);
                    return self.look_at_pages();
                }
            }
            PublishAction::Done(outcome) => return self.written(outcome),
            PublishAction::ShowFolder(folder) => return Effect::Show(folder),
            PublishAction::Set(choices) => self.choose(*choices),
            PublishAction::UseLook => return self.ask_look(false),
            PublishAction::KeepLook => return self.ask_look(true),
        }
        Effect::Nothing
    }

    pub(super) fn choose(&mut self, choices: Choices) {
        if let Some(Dialog::Publish(publishing)) = &mut self.dialog {
            (publishing.obstacles, publishing.accepts) = (None, false);
        }
        self.with_draft(|draft| draft.set_choices(choices));
    }

    /// Looks first whether the pages show what was chosen, where pages are wanted; the dialog asks
    /// when they do not.
    fn look_at_pages(&mut self) -> Effect {
        let (Some(Dialog::Publish(publishing)), Some(open)) = (&self.dialog, &self.open) else {
            return Effect::Nothing;
        };
        let wanted: Vec<_> = publishing.wanted().collect();
        if publishing.obstacles.is_none() && wanted.iter().any(|writer| writer.draws) {
            let draft = as_published(open);
            Effect::start("正在排版…", move || {
                Action::Publish(PublishAction::Looked(publish::obstacles(&draft, &wanted)))
            })
        } else if publishing.objections().is_empty() {
            self.write_all()
        } else {
            Effect::Nothing
        }
    }

    fn write_all(&mut self) -> Effect {
        let Some(Dialog::Publish(publishing)) = &mut self.dialog else {
            return Effect::Nothing;
        };
        let folder = PathBuf::from(publishing.folder.trim());
        if let Err(error) = std::fs::create_dir_all(&folder) {
            let text = format!(
                "建不了文件夹：{}\n{}",
                disk::advice(&error),
                folder.display()
            );
            self.trouble("没有发布", text);
            return Effect::Nothing;
        }
        let wanted: Vec<_> = publishing.wanted().collect();
        self.settings.publish_formats =
            wanted.iter().map(|writer| writer.name.to_owned()).collect();
        publishing.progress = Some(WritingProgress {
            done: Vec::new(),
            waiting: wanted.into(),
        });
        self.keep_settings();
        self.write_next()
    }

    fn write_next(&self) -> Effect {
        let (Some(Dialog::Publish(publishing)), Some(open)) = (&self.dialog, &self.open) else {
            return Effect::Nothing;
        };
        let Some(writer) = publishing
            .progress
            .as_ref()
            .and_then(WritingProgress::current)
        else {
            return Effect::Nothing;
        };
        let draft = as_published(open);
        let (path, _) = publishing.target(&draft, writer);
        let own = open.path.clone();
        let replaces = Replaces::said(publishing.overwrite);
        Effect::start(&format!("正在写{}…", writer.label), move || {
            let inputs: Vec<_> = own.as_deref().into_iter().collect();
            let claim = FileClaim {
                inputs: &inputs,
                replaces,
            };
            Action::Publish(PublishAction::Done(publish::publish(
                &draft, writer, &path, claim,
            )))
        })
    }

    fn written(&mut self, outcome: Result<Published, ExportError>) -> Effect {
        let Some(Dialog::Publish(publishing)) = &mut self.dialog else {
            return Effect::Nothing;
        };
        let Some(progress) = &mut publishing.progress else {
            return Effect::Nothing;
        };
        progress.waiting.pop_front();
        progress.done.push(match outcome {
            Ok(published) => FileOutcome {
                text: published.summary(),
                is_good: !published.differs(),
                is_compared: published.is_compared(),
                path: published.path,
            },
            Err(error) => FileOutcome {
                text: error.to_string(),
                is_good: false,
                is_compared: false,
                path: PathBuf::new(),
            },
        });
        self.write_next()
    }

    /// Puts the report on the clipboard as markup, for the editor of a website.
    pub(in crate::app) fn copy_as_html(&self) -> Effect {
        let Some(open) = &self.open else {
            return Effect::Nothing;
        };
        let doc = crate::export::fragment_doc(&open.draft);
        let mut text = Vec::new();
        // Writing to memory does not fail.
        drop(crate::export::text::write(
            &doc,
            &Choices {
                for_notepad: Some(false),
                ..Choices::default()
            },
            &mut text,
        ));
        Effect::Copy {
            html: html::fragment(&doc),
            text: String::from_utf8_lossy(&text).into_owned(),
        }
    }
}
