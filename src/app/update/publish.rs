//! Publishing from the window: what is chosen, what is being written, what came of it. It knows no widget.

use std::path::{Path, PathBuf};

use crate::app::actions::{Action, Finished, PublishAction};
use crate::app::effects::Effect;
use crate::app::state::dialog::{Dialog, FilePurpose};
use crate::app::state::publish::{FileOutcome, Publishing, WritingProgress};
use crate::app::state::settings::Settings;
use crate::app::state::{OpenDraft, State};
use crate::app::system::shell::FileQuestion;
use crate::disk::{FileClaim, Replaces};
use crate::export::{ExportError, WRITERS, Writer, html};
use crate::publish::{Occasion, Published, Set, correction};
use crate::report::{Choices, Draft};
use crate::sheet::{Paper, Sheet};
use crate::{disk, publish, sheet};

impl Publishing {
    fn new(open: &OpenDraft, settings: &Settings) -> Self {
        let (wanted, by) = (settings.publish_formats.as_slice(), &settings.checked_by);
        let folder = usual_folder(open, settings.publish_folder.as_deref());
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
            by: by.clone(),
            papers: [(Paper::SelfCheck, false), (Paper::Approval, false)],
            fault: String::new(),
            reason: String::new(),
            apart: false,
            set: None,
            finished: None,
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

    /// When, by whom and why.
    #[must_use]
    pub fn occasion(&self, on: &str) -> Occasion {
        Occasion {
            on: on.to_owned(),
            by: self.by.trim().to_owned(),
            reason: self.reason.trim().to_owned(),
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

/// Where the report goes unless something else is said: where it was published before, else where was
/// published last, else beside the draft.
fn usual_folder(open: &OpenDraft, last: Option<&Path>) -> PathBuf {
    let beside = open.path.as_deref().and_then(Path::parent);
    let last = last.filter(|folder| folder.is_dir());
    let holds = |folder: &&Path| {
        let published = open.draft.last_publication();
        published.is_some_and(|published| folder.join(&published.folder).is_dir())
    };
    let places = [beside, last];
    let own = places.into_iter().flatten().find(holds);
    let folder = own.or(last).or(beside).map(Path::to_path_buf);
    folder.unwrap_or_else(|| dirs::home_dir().unwrap_or_default())
}

/// The draft as it would be published now: marked when the check forbids more.
#[must_use]
pub fn as_published(open: &OpenDraft) -> Draft {
    if open.blocking() > 0 {
        publish::marked(&open.draft)
    } else {
        open.draft.clone()
    }
}

impl State {
    pub(in crate::app) fn begin_publishing(&mut self) {
        if let Some(open) = &mut self.open {
            open.draft.seal();
            open.demand();
            let publishing = Publishing::new(open, &self.settings);
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
            PublishAction::Finished(outcome) => return self.finished(*outcome),
            PublishAction::ShowFolder(folder) => return Effect::Show(folder),
            PublishAction::Set(choices) => self.choose(*choices),
            PublishAction::UseLook => return self.ask_look(false),
            PublishAction::KeepLook => return self.ask_look(true),
        }
        Effect::Nothing
    }

    /// Sets the report out otherwise, unless no page can hold that.
    pub(super) fn choose(&mut self, choices: Choices) {
        let fault = choices.fault();
        if let Some(Dialog::Publish(publishing)) = &mut self.dialog {
            publishing.fault = fault.clone().unwrap_or_default();
            (publishing.obstacles, publishing.accepts) = (None, false);
        }
        if fault.is_some() {
            return;
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
        let on = self.day();
        let (Some(Dialog::Publish(publishing)), Some(open)) = (&mut self.dialog, &self.open) else {
            return Effect::Nothing;
        };
        let folder = PathBuf::from(publishing.folder.trim());
        publishing.set = None;
        let made = if open.findings.blocking() > 0 {
            std::fs::create_dir_all(&folder)
        } else {
            let set = Set::begin(&folder, &open.draft, publishing.occasion(&on));
            set.map(|set| publishing.set = Some(set))
        };
        if let Err(error) = made {
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
        let path = match &publishing.set {
            Some(set) => set.path_of(&draft, writer),
            None => publishing.target(&draft, writer).0,
        };
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
        let is_whole = progress.waiting.is_empty() && progress.done.iter().all(|told| told.is_good);
        match publishing.set.take() {
            Some(set) if is_whole => self.finish(set),
            set => {
                publishing.set = set;
                self.write_next()
            }
        }
    }

    /// The day, as 2026-01-12; empty before the first frame.
    fn day(&self) -> String {
        self.today
            .map_or_else(String::new, |now| now.date().to_string())
    }

    /// Writes what else belongs into the folder, and gives it its name.
    fn finish(&mut self, set: Set) -> Effect {
        let on = self.day();
        let (Some(Dialog::Publish(publishing)), Some(open)) = (&self.dialog, &self.open) else {
            return Effect::Nothing;
        };
        let occasion = publishing.occasion(&on);
        let wanted = publishing.papers.into_iter().filter(|(_, wanted)| *wanted);
        let papers: Vec<Paper> = wanted.map(|(paper, _)| paper).collect();
        let apart = publishing.apart && !occasion.reason.is_empty();
        let (draft, findings) = (open.draft.clone(), open.findings.clone());
        let settings = self.settings.check.clone();
        Effect::start("正在写清单…", move || {
            let write = || -> Finished {
                let sheet = Sheet {
                    draft: &draft,
                    findings: &findings,
                    settings: &settings,
                    by: &occasion.by,
                    on: &on,
                };
                for paper in papers {
                    let bytes = sheet.bytes(paper, sheet::Format::Docx)?;
                    set.add(&format!("{}.docx", paper.name()), &bytes)?;
                }
                if apart {
                    set.add(correction::NAME, &correction::page(&draft, &occasion)?)?;
                }
                set.finish(&draft)
            };
            Action::Publish(PublishAction::Finished(Box::new(write())))
        })
    }

    /// Has the draft remember what was published, and saves it.
    fn finished(&mut self, outcome: Finished) -> Effect {
        let path = self.open.as_ref().and_then(|open| open.path.clone());
        let said = match outcome {
            Ok((place, publication)) => {
                self.settings.publish_folder = place.parent().map(Path::to_path_buf);
                if !publication.by.is_empty() {
                    self.settings.checked_by.clone_from(&publication.by);
                }
                self.keep_settings();
                let last = self
                    .open
                    .as_ref()
                    .and_then(|open| open.draft.last_publication());
                let is_same = last.is_some_and(|last| last.digest == publication.digest);
                let says = if is_same {
                    "内容与上次发布的一样，草稿里的记录没有变"
                } else if !self.with_draft(|draft| draft.record(publication)) {
                    "这份草稿只能读，没有记下"
                } else if path.is_none() {
                    "草稿还没有存成文件，关闭后保存，发布的记录才留得住"
                } else {
                    "草稿已经记下"
                };
                Ok((place, says))
            }
            Err(error) => Err(error.to_string()),
        };
        if let Some(Dialog::Publish(publishing)) = &mut self.dialog {
            publishing.finished = Some(match said {
                Ok((place, says)) => {
                    publishing.folder = place.display().to_string();
                    let name = place.file_name().unwrap_or_default().to_string_lossy();
                    Ok(format!("放在新文件夹“{name}”里，{says}"))
                }
                Err(error) => Err(error),
            });
        }
        match path.filter(|_| self.is_dirty()) {
            Some(path) => self.save_to(&path, None),
            None => Effect::Nothing,
        }
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
