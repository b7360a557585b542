//! Drafts and files: new, open, save, export, and the questions that go with them. It knows no widget.

use std::path::{Path, PathBuf};

use crate::app::actions::{Action, GatherAction};
use crate::app::effects::Effect;
use crate::app::state::after::ThenDo;
use crate::app::state::dialog::{Dialog, FilePurpose, NewReport, PendingFileDialog, ReadFrom};
use crate::app::state::listing::DirListing;
use crate::app::state::settings::Recent;
use crate::app::state::{OpenDraft, State, Target};
use crate::app::system::folders;
use crate::app::system::shell::{FileAnswer, FileQuestion, Moment};
use crate::app::update::publish::as_published;
use crate::disk::{FileClaim, Replaces};
use crate::export::{ExportError, Writer};
use crate::keep::save::Fingerprint;
use crate::open::{OpenError, Opened};
use crate::report::{Change, Draft, Edit, Entry, Report, Reused, carry};
use crate::{disk, export, form, open, publish, store};

impl State {
    /// Goes on at once, or asks first when changes would be lost.
    pub(in crate::app) fn guard(&mut self, after: ThenDo, now: Moment) -> Effect {
        if self.is_dirty() {
            self.dialog = Some(Dialog::Guard(after));
            Effect::Nothing
        } else {
            self.go_on(after, now)
        }
    }

    pub(in crate::app) fn go_on(&mut self, after: ThenDo, now: Moment) -> Effect {
        self.dialog = None;
        match after {
            ThenDo::New => {
                self.dialog = Some(Dialog::New(NewReport {
                    year: now.usual_report_year(),
                    latest: now.year,
                    ..NewReport::default()
                }));
            }
            ThenDo::Ask => return self.ask(FilePurpose::Open, reading("打开草稿")),
            ThenDo::Imported => self.open_imported(),
            ThenDo::NextYear(prior) => {
                self.intake = None;
                self.create(NewReport {
                    year: prior.report.year().saturating_add(1),
                    latest: now.year,
                    issuer: prior.report.issuer().to_owned(),
                    prior: Some(*prior),
                });
            }
            ThenDo::Open(path) => return Self::read(ReadFrom::File(path), None),
            ThenDo::Home => {
                self.put_away();
                self.glances = None;
            }
            ThenDo::Recover => self.offer_recovery(true),
            ThenDo::Quit => {
                self.put_away();
                self.leaving = true;
            }
        }
        Effect::Nothing
    }

    pub(in crate::app) fn create(&mut self, new: NewReport) {
        let Some(edition) = form::for_year(new.year) else {
            self.trouble("没有新建", format!("没有{}年的格式", new.year));
            return;
        };
        let issuer_field = edition.issuer_field;
        let mut report = Report::new(edition, new.year);
        let issuer = Entry::read(form::Kind::Line, &new.issuer);
        report.apply(Edit::Enter(issuer_field, issuer));
        let mut draft = Draft::new(report);
        self.notice = String::new();
        if let Some(prior) = new.prior {
            let count = carry::proposals(draft.report(), &prior.report).len();
            let mut said = Vec::new();
            if let Some(edit) = carry::preface(draft.report(), &prior.report) {
                draft.edit("前言用上年的", edit.clone());
                draft.change("前言用上年的", carried_whole(&edit));
                said.push("前言用了上年的，年份已改，请核对".to_owned());
            }
            if count > 0 {
                said.push(format!(
                    "上年度报告推得{count}个数，在格里用浅色写着，选中按空格键采用"
                ));
            }
            self.notice = said.join("；");
            draft.set_prior(Some(prior));
        }
        self.dialog = None;
        let mut open = OpenDraft::new(draft.without_steps(), None, true);
        open.target = open.first_field().map(Target::Field);
        self.put_on_desk(open, None);
    }

    /// Reads a report or a draft beside the frame; the year is that of a report that does not say it.
    pub(in crate::app) fn read(source: ReadFrom, year: Option<u16>) -> Effect {
        let doing = match source {
            ReadFrom::File(_) => "正在打开…",
            ReadFrom::Clip(_) => "正在读剪贴板…",
        };
        Effect::start(doing, move || {
            let (path, stamp, outcome) = match &source {
                // A change between this and the reading is noticed at the next save.
                ReadFrom::File(path) => (
                    path.clone(),
                    Fingerprint::of_file(path),
                    open::open_of_year(path, year),
                ),
                ReadFrom::Clip(clip) => (
                    PathBuf::from("剪贴板"),
                    None,
                    open::open_pasted(clip.html.as_deref(), &clip.text, year),
                ),
            };
            match outcome {
                Err(error) if error.lacks_the_year() => Action::AskYear(source),
                outcome => Action::Opened(path, stamp, outcome.map(Box::new)),
            }
        })
    }

    /// Shows what was read, unless something was typed in the meantime that would be lost.
    pub(in crate::app) fn opened(
        &mut self,
        path: PathBuf,
        stamp: Option<Fingerprint>,
        outcome: Result<Box<Opened>, OpenError>,
        now: Moment,
    ) {
        match outcome {
            Ok(opened) if !opened.is_draft => {
                let name = path.file_name().unwrap_or(path.as_os_str());
                self.review(name.to_string_lossy().into_owned(), *opened);
            }
            Ok(_) if self.is_dirty() => self.dialog = Some(Dialog::Guard(ThenDo::Open(path))),
            Ok(opened) => {
                self.put_on_desk(OpenDraft::new(opened.draft, Some(path), true), stamp);
                self.notice = self.said_of_local_rules();
                self.remember(now);
            }
            Err(error) => {
                self.settings.forget(&path);
                self.opening_failed(&path, &error);
            }
        }
    }

    pub(in crate::app) fn remember(&mut self, now: Moment) {
        let Some(open) = &self.open else { return };
        let Some(path) = open.path.clone() else {
            return;
        };
        let report = open.draft.report();
        self.settings.remember(Recent {
            path: std::path::absolute(&path).unwrap_or(path),
            issuer: report.issuer().to_owned(),
            year: report.year(),
            when: now.to_string(),
        });
        self.keep_settings();
    }

    pub(in crate::app) fn ask(&mut self, purpose: FilePurpose, question: FileQuestion) -> Effect {
        let asked = question.clone();
        let effect = if purpose.wants_folder() {
            Effect::AskFolder(asked)
        } else {
            Effect::AskFile(asked)
        };
        self.waiting = Some(PendingFileDialog { purpose, question });
        effect
    }

    pub(in crate::app) fn save_then(&mut self, after: Option<ThenDo>) -> Effect {
        let path = self.open.as_ref().and_then(|open| open.path.clone());
        match path.filter(|_| !self.is_read_only()) {
            Some(path) => self.save_to(&path, after),
            None => self.ask_save(after),
        }
    }

    pub(in crate::app) fn ask_save(&mut self, after: Option<ThenDo>) -> Effect {
        let Some(open) = &self.open else {
            return Effect::Nothing;
        };
        let report = open.draft.report();
        let name = disk::safe_name(&format!("{}{}年报", report.issuer(), report.year()));
        let question = FileQuestion {
            title: "保存草稿".to_owned(),
            filter: "年报草稿".to_owned(),
            extensions: vec![store::EXTENSION.to_owned()],
            save_as: Some(format!("{name}.{}", store::EXTENSION)),
        };
        self.ask(FilePurpose::Save(after), question)
    }

    pub(in crate::app) fn export(&mut self, writer: &'static Writer) -> Effect {
        let told = self.told();
        self.with_open(|open| open.check_now(&told));
        let Some(open) = &self.open else {
            return Effect::Nothing;
        };
        if writer.publishes && open.blocking() > 0 {
            self.dialog = Some(Dialog::Blocked {
                writer,
                insists: false,
            });
            Effect::Nothing
        } else {
            self.ask_export(writer)
        }
    }

    pub(in crate::app) fn ask_export(&mut self, writer: &'static Writer) -> Effect {
        let Some(open) = &self.open else {
            return Effect::Nothing;
        };
        let question = FileQuestion {
            title: format!("导出{}", writer.label),
            filter: writer.label.to_owned(),
            extensions: vec![writer.extension.to_owned()],
            save_as: Some(publish::file_name(&as_written(open, writer), writer)),
        };
        self.dialog = None;
        self.ask(FilePurpose::Export(writer), question)
    }

    pub(in crate::app) fn answered(
        &mut self,
        waiting: PendingFileDialog,
        answer: FileAnswer,
        now: Moment,
    ) -> Effect {
        let PendingFileDialog { purpose, question } = waiting;
        let path = match answer {
            FileAnswer::Chosen(path) => path,
            FileAnswer::Cancelled => {
                match purpose {
                    FilePurpose::NewPrior(new) => self.dialog = Some(Dialog::New(new)),
                    FilePurpose::Folder(publishing)
                    | FilePurpose::UseLook(publishing)
                    | FilePurpose::KeepLook(publishing) => {
                        self.dialog = Some(Dialog::Publish(publishing));
                    }
                    FilePurpose::AddYear(view) | FilePurpose::Years(view) => {
                        self.dialog = Some(Dialog::Years(view));
                    }
                    _ => {}
                }
                return Effect::Nothing;
            }
            FileAnswer::Unavailable => {
                let text = match (&question.save_as, folders::drafts()) {
                    (Some(name), Some(folder)) => folder.join(name).display().to_string(),
                    (name, _) => name.clone().unwrap_or_default(),
                };
                let waiting = PendingFileDialog { purpose, question };
                self.dialog = Some(Dialog::TypePath {
                    waiting,
                    text,
                    listing: DirListing::default(),
                });
                return Effect::Nothing;
            }
        };
        let whole = purpose.completed(path.clone());
        if whole != path && disk::is_taken(&whole) {
            // The dialog asked for another name whether it may be replaced.
            let text = whole.display().to_string();
            self.dialog = Some(Dialog::TypePath {
                waiting: PendingFileDialog { purpose, question },
                text,
                listing: DirListing::default(),
            });
            return Effect::Nothing;
        }
        let path = whole;
        self.dialog = None;
        match purpose {
            FilePurpose::Open => return self.go_on(ThenDo::Open(path), now),
            FilePurpose::Import => return Self::read(ReadFrom::File(path), None),
            FilePurpose::NewPrior(new) => {
                self.dialog = Some(Dialog::New(new));
                return Self::read_prior(path, Action::NewPriorRead);
            }
            FilePurpose::Prior => return Self::read_prior(path, Action::PriorRead),
            FilePurpose::Save(after) => {
                if let Some(folder) = folders::drafts().filter(|own| path.parent() == Some(own)) {
                    // What stands in the way is told when the draft is written.
                    std::fs::create_dir_all(folder).ok();
                }
                return self.save_to(&path, after);
            }
            FilePurpose::Paper(paper) => return self.write_paper(paper, path, now),
            FilePurpose::Page => return self.compare_page(path),
            FilePurpose::GatherFolder => return self.run_gather(GatherAction::Folder(path)),
            FilePurpose::GatherUnits => return self.run_gather(GatherAction::Units(path)),
            FilePurpose::GatherLast => return self.run_gather(GatherAction::Last(path)),
            FilePurpose::GatherOutput => return self.run_gather(GatherAction::Export(path)),
            FilePurpose::LocalRules => return Self::read_local(path),
            FilePurpose::AddYear(view) => {
                self.dialog = Some(Dialog::Years(view));
                return Self::read_year(path);
            }
            FilePurpose::Years(view) => return self.write_years(view, path),
            FilePurpose::Folder(mut publishing) => {
                publishing.folder = path.display().to_string();
                self.dialog = Some(Dialog::Publish(publishing));
            }
            FilePurpose::UseLook(publishing) => self.use_look(publishing, &path),
            FilePurpose::KeepLook(publishing) => self.keep_look(publishing, &path),
            FilePurpose::Export(writer) => return self.write(writer, path),
        }
        Effect::Nothing
    }

    fn write(&self, writer: &'static Writer, path: PathBuf) -> Effect {
        let Some(open) = &self.open else {
            return Effect::Nothing;
        };
        let draft = as_written(open, writer);
        let own = open.path.clone();
        Effect::start(&format!("正在导出{}…", writer.label), move || {
            let own: Vec<_> = own.as_deref().into_iter().collect();
            let outcome = export::write_file(writer, &draft, &path, asked(&own));
            Action::Exported(path, outcome)
        })
    }

    pub(in crate::app) fn exported(
        &mut self,
        path: &Path,
        outcome: Result<Vec<String>, ExportError>,
    ) {
        match outcome {
            Ok(remarks) => {
                self.notice = format!("已导出：{}", disk::shown(path));
                if !remarks.is_empty() {
                    self.trouble("已导出，但要注意", remarks.join("\n"));
                }
            }
            Err(error) => self.trouble("没有导出", error.to_string()),
        }
    }
}

/// What is remembered of a text of last year's report that was carried over whole.
fn carried_whole(edit: &Edit) -> Change {
    Change::Reused(match edit {
        Edit::Enter(field, Entry::Text(text)) => Reused::default().with_text(*field, text),
        _ => Reused::default(),
    })
}

/// The place of a file whose name was asked for: the question said whether another file goes, and the
/// draft's own file never does.
pub(in crate::app) fn asked<'a>(own: &'a [&'a Path]) -> FileClaim<'a> {
    FileClaim {
        inputs: own,
        replaces: Replaces::Anything,
    }
}

/// The draft as a format writes it: what is for publishing is marked while findings forbid that.
fn as_written(open: &OpenDraft, writer: &Writer) -> Draft {
    if writer.publishes {
        as_published(open)
    } else {
        open.draft.clone()
    }
}

pub(in crate::app) fn reading(title: &str) -> FileQuestion {
    FileQuestion {
        title: title.to_owned(),
        filter: "草稿和报告".to_owned(),
        extensions: open::extensions().map(str::to_owned).collect(),
        save_as: None,
    }
}

/// The question for a report that was published somewhere.
pub(in crate::app) fn importing(title: &str) -> FileQuestion {
    FileQuestion {
        filter: "已发布的报告".to_owned(),
        extensions: crate::import::READERS
            .iter()
            .flat_map(|reader| reader.extensions)
            .copied()
            .chain(std::iter::once(crate::import::PACKED))
            .map(str::to_owned)
            .collect(),
        ..reading(title)
    }
}
