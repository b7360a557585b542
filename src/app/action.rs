//! What views ask for, and the one match that does it. It knows no widget.

use std::path::{Path, PathBuf};

use super::command::Command;
use super::deadline::Deadline;
use super::follow::Filter;
use super::settings::{Recent, ThemeChoice};
use super::shell::{FileAnswer, FileQuestion, Moment};
use super::state::{After, Dialog, NewReport, OpenDraft, Place, Purpose, State, Waiting};
use crate::export::{self, Writer};
use crate::form::{self, FieldId};
use crate::open;
use crate::report::carry::{self, Proposal};
use crate::report::{Draft, Edit, Entry, Prior, Report};
use crate::store;

/// What a view asks for (动作).
#[derive(Debug)]
pub enum Action {
    /// A menu item.
    Run(Command),
    /// A change to the report with the name of its step.
    Edit(String, Edit),
    /// Typing in a field.
    Type(String, FieldId, Entry),
    /// The end of typing.
    Seal,
    /// A part of the report.
    GoTo(Place),
    /// The place a finding speaks of.
    GoToFinding(usize),
    /// Other findings to look at.
    Filter(Filter),
    /// Proposals from last year's report that are not taken.
    Leave(Vec<Proposal>),
    /// Another day by which the report is due.
    Deadline(Deadline),
    /// An explanation for a finding.
    Explain {
        /// The rule of the finding.
        rule: &'static str,
        /// What it rests on.
        basis: String,
        /// What was written.
        text: String,
    },
    /// A file by its name.
    OpenPath(PathBuf),
    /// A draft to be taken from the list of recent ones.
    Forget(PathBuf),
    /// A new report.
    Create(NewReport),
    /// The question for last year's report of a new one.
    AskNewPrior(NewReport),
    /// An export, if nothing forbids it.
    Export(&'static Writer),
    /// An export in spite of open findings.
    ExportAnyway(&'static Writer),
    /// Saving, and then what was asked for.
    SaveThen(After),
    /// What was asked for, without saving.
    Discard(After),
    /// The answer to a question for a file.
    Answer(Waiting, FileAnswer),
    /// A zoom level in per cent.
    Zoom(u16),
    /// A theme.
    Theme(ThemeChoice),
    /// Something to say in the status bar.
    Notice(String),
    /// The end of a dialog.
    CloseDialog,
}

/// What the views of one frame ask for, in order.
pub type Actions = Vec<Action>;

impl State {
    /// Does what a view asked for.
    pub fn run(&mut self, action: Action, now: Moment) {
        match action {
            Action::Run(command) => self.run_command(command, now),
            Action::Edit(name, edit) => self.with_draft(|draft| draft.edit(&name, edit)),
            Action::Type(name, id, entry) => {
                self.with_draft(|draft| draft.type_into(&name, id, entry));
            }
            Action::Seal => self.with_draft(Draft::seal),
            Action::GoTo(place) => self.go_to(place),
            Action::GoToFinding(index) => {
                self.with_open(|open| open.go_to_finding(index));
            }
            Action::Filter(filter) => self.with_open(|open| open.filter = filter),
            Action::Leave(proposals) => self.with_open(|open| {
                let left = proposals.into_iter();
                open.left
                    .extend(left.map(|proposal| (proposal.field, proposal.value)));
            }),
            Action::Deadline(deadline) => {
                self.settings.deadline = deadline.tidy();
                self.keep_settings();
            }
            Action::Explain { rule, basis, text } => {
                self.with_draft(|draft| draft.explain(rule, &basis, &text));
            }
            Action::OpenPath(path) => self.guard(After::Open(path), now),
            Action::Forget(path) => {
                self.settings.forget(&path);
                self.keep_settings();
            }
            Action::Create(new) => self.create(new),
            Action::AskNewPrior(new) => {
                self.ask(Purpose::NewPrior(new), reading("选择上年度报告"));
            }
            Action::Export(writer) => self.export(writer),
            Action::ExportAnyway(writer) => self.ask_export(writer),
            Action::SaveThen(after) => self.save_then(Some(after), now),
            Action::Discard(after) => {
                self.open = None;
                self.go_on(after, now);
            }
            Action::Answer(waiting, answer) => self.answered(waiting, answer, now),
            Action::Zoom(zoom) => {
                self.settings.zoom = zoom;
                self.keep_settings();
            }
            Action::Theme(theme) => {
                self.settings.theme = theme;
                self.keep_settings();
            }
            Action::Notice(text) => self.notice = text,
            Action::CloseDialog => self.dialog = None,
        }
    }

    fn run_command(&mut self, command: Command, now: Moment) {
        if !command.is_enabled(self) {
            return;
        }
        match command {
            Command::New => self.guard(After::New, now),
            Command::Open | Command::Import => self.guard(After::Ask, now),
            Command::Save => self.save_then(None, now),
            Command::SaveAs => self.ask_save(None),
            Command::ChoosePrior => self.ask(Purpose::Prior, reading("选择上年度报告")),
            Command::Home => self.guard(After::Home, now),
            Command::Quit => self.guard(After::Quit, now),
            Command::Undo => self.turn(Draft::undo),
            Command::Redo => self.turn(Draft::redo),
            Command::FillZeros => self.fill_zeros(),
            Command::NextPart => self.with_open(|open| open.step(true)),
            Command::PreviousPart => self.with_open(|open| open.step(false)),
            Command::FillAllZeros => self.fill_all_zeros(),
            Command::TakeProposals => self.take_proposals(),
            Command::NextFinding => self.step_finding(true),
            Command::PreviousFinding => self.step_finding(false),
            Command::ZoomIn => self.zoom(self.settings.next_zoom(true)),
            Command::ZoomOut => self.zoom(self.settings.next_zoom(false)),
            Command::ZoomReset => self.zoom(100),
            Command::ShowPrior => {
                self.settings.show_prior = !self.settings.show_prior;
                self.keep_settings();
            }
            Command::ShowFindings => {
                if self.has_room {
                    self.settings.show_findings = !self.settings.show_findings;
                    self.keep_settings();
                } else {
                    self.findings_over = !self.findings_over;
                }
            }
            Command::Shortcuts => self.dialog = Some(Dialog::Shortcuts),
            Command::About => self.dialog = Some(Dialog::About),
        }
    }

    pub(super) fn with_open(&mut self, change: impl FnOnce(&mut OpenDraft)) {
        if let Some(open) = &mut self.open {
            change(open);
        }
    }

    fn with_draft(&mut self, change: impl FnOnce(&mut Draft)) {
        self.with_open(|open| change(&mut open.draft));
    }

    fn go_to(&mut self, place: Place) {
        self.with_open(|open| {
            open.draft.seal();
            open.place = place;
            open.target = None;
        });
    }

    fn turn(&mut self, turn: impl FnOnce(&mut Draft) -> Option<FieldId>) {
        self.with_open(|open| {
            if let Some(field) = turn(&mut open.draft) {
                open.go_to(field);
            }
        });
    }

    fn zoom(&mut self, zoom: u16) {
        self.settings.zoom = zoom;
        self.keep_settings();
    }

    fn keep_settings(&mut self) {
        if let Err(error) = self.settings.save() {
            self.notice = format!("没有记住设置：{error}");
        }
    }

    fn trouble(&mut self, title: &str, text: String) {
        self.dialog = Some(Dialog::Trouble {
            title: title.to_owned(),
            text,
        });
    }

    /// Goes on at once, or asks first when changes would be lost.
    pub fn guard(&mut self, after: After, now: Moment) {
        if self.is_dirty() {
            self.dialog = Some(Dialog::Guard(after));
        } else {
            self.go_on(after, now);
        }
    }

    fn go_on(&mut self, after: After, now: Moment) {
        self.dialog = None;
        match after {
            After::New => {
                self.dialog = Some(Dialog::New(NewReport {
                    year: now.usual_report_year(),
                    latest: now.year,
                    ..NewReport::default()
                }));
            }
            After::Ask => self.ask(Purpose::Open, reading("打开草稿或已发布的报告")),
            After::Open(path) => self.open_path(&path, now),
            After::Home => self.open = None,
            After::Quit => self.leaving = true,
        }
    }

    fn create(&mut self, new: NewReport) {
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
            if count > 0 {
                self.notice = format!("上年度报告推得{count}个数，在表的上方采用");
            }
            draft.set_prior(Some(prior));
        }
        self.dialog = None;
        self.open = Some(OpenDraft::new(draft, None, true));
    }

    fn open_path(&mut self, path: &Path, now: Moment) {
        match open::open(path) {
            Ok(opened) => {
                let notes = opened.draft.notes().len();
                let is_draft = opened.is_draft;
                let path = is_draft.then(|| path.to_owned());
                self.open = Some(OpenDraft::new(opened.draft, path, is_draft));
                self.notice = match (is_draft, notes) {
                    (true, _) => "已打开".to_owned(),
                    (false, 0) => "已导入".to_owned(),
                    (false, notes) => format!("已导入，有{notes}处要核对"),
                };
                self.remember(now);
            }
            Err(error) => {
                self.settings.forget(path);
                self.trouble("没有打开", error.to_string());
            }
        }
    }

    fn remember(&mut self, now: Moment) {
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

    fn ask(&mut self, purpose: Purpose, question: FileQuestion) {
        self.question = Some(question.clone());
        self.waiting = Some(Waiting { purpose, question });
    }

    fn save_then(&mut self, after: Option<After>, now: Moment) {
        match self.open.as_ref().and_then(|open| open.path.clone()) {
            Some(path) => self.save_to(&path, after, now),
            None => self.ask_save(after),
        }
    }

    fn ask_save(&mut self, after: Option<After>) {
        let Some(open) = &self.open else { return };
        let report = open.draft.report();
        let name = crate::disk::safe_name(&format!("{}{}年报", report.issuer(), report.year()));
        let question = FileQuestion {
            title: "保存草稿".to_owned(),
            filter: "年报草稿".to_owned(),
            extensions: vec![store::EXTENSION.to_owned()],
            save_as: Some(format!("{name}.{}", store::EXTENSION)),
        };
        self.ask(Purpose::Save(after), question);
    }

    fn save_to(&mut self, path: &Path, after: Option<After>, now: Moment) {
        let Some(open) = &mut self.open else { return };
        open.draft.seal();
        if let Err(error) = store::save(&open.draft, path) {
            self.trouble("没有保存", error.to_string());
            return;
        }
        open.saved = Some(open.draft.revision());
        open.path = Some(path.to_owned());
        self.notice = format!("已保存，{:02}:{:02}", now.hour, now.minute);
        self.dialog = None;
        self.remember(now);
        if let Some(after) = after {
            self.go_on(after, now);
        }
    }

    fn export(&mut self, writer: &'static Writer) {
        let Some(open) = &self.open else { return };
        if writer.publishes && open.findings.blocking() > 0 {
            self.dialog = Some(Dialog::Blocked {
                writer,
                insists: false,
            });
        } else {
            self.ask_export(writer);
        }
    }

    fn ask_export(&mut self, writer: &'static Writer) {
        let Some(open) = &self.open else { return };
        let question = FileQuestion {
            title: format!("导出{}", writer.label),
            filter: writer.label.to_owned(),
            extensions: vec![writer.extension.to_owned()],
            save_as: Some(export::file_name(&open.draft, writer)),
        };
        self.dialog = None;
        self.ask(Purpose::Export(writer), question);
    }

    fn answered(&mut self, waiting: Waiting, answer: FileAnswer, now: Moment) {
        let Waiting { purpose, question } = waiting;
        let path = match answer {
            FileAnswer::Chosen(path) => path,
            FileAnswer::Cancelled => {
                if let Purpose::NewPrior(new) = purpose {
                    self.dialog = Some(Dialog::New(new));
                }
                return;
            }
            FileAnswer::Unavailable => {
                let text = question.save_as.clone().unwrap_or_default();
                let waiting = Waiting { purpose, question };
                self.dialog = Some(Dialog::TypePath { waiting, text });
                return;
            }
        };
        self.dialog = None;
        match purpose {
            Purpose::Open => self.open_path(&path, now),
            Purpose::NewPrior(mut new) => {
                match read_prior(&path) {
                    Ok(prior) => new.prior = Some(prior),
                    Err(text) => self.notice = text,
                }
                if let (true, Some(prior)) = (new.issuer.is_empty(), &new.prior) {
                    prior.report.issuer().clone_into(&mut new.issuer);
                }
                self.dialog = Some(Dialog::New(new));
            }
            Purpose::Prior => match read_prior(&path) {
                Ok(prior) => {
                    self.notice = format!("已加上上年度报告：{}", prior.source);
                    self.with_draft(|draft| draft.set_prior(Some(prior)));
                }
                Err(text) => self.trouble("没有加上上年度报告", text),
            },
            Purpose::Save(after) => {
                let path = with_extension(path, store::EXTENSION);
                self.save_to(&path, after, now);
            }
            Purpose::Export(writer) => self.write(writer, &with_extension(path, writer.extension)),
        }
    }

    fn write(&mut self, writer: &'static Writer, path: &Path) {
        let Some(open) = &self.open else { return };
        match export::write_file(writer, &open.draft, path) {
            Ok(()) => self.notice = format!("已导出：{}", path.display()),
            Err(error) => self.trouble("没有导出", error.to_string()),
        }
    }
}

fn reading(title: &str) -> FileQuestion {
    let extensions = [store::EXTENSION, "docx", "txt", "html", "htm", "md", "csv"];
    FileQuestion {
        title: title.to_owned(),
        filter: "草稿和报告".to_owned(),
        extensions: extensions.map(str::to_owned).to_vec(),
        save_as: None,
    }
}

fn read_prior(path: &Path) -> Result<Prior, String> {
    let opened = open::open(path).map_err(|error| error.to_string())?;
    let source = path
        .file_name()
        .map(|name| name.to_string_lossy().into_owned());
    Ok(Prior {
        report: opened.draft.report().clone(),
        source: source.unwrap_or_default(),
    })
}

/// Dialogs do not add the extension by themselves everywhere.
fn with_extension(path: PathBuf, extension: &str) -> PathBuf {
    let has_it = path
        .extension()
        .is_some_and(|own| own.eq_ignore_ascii_case(extension));
    if has_it {
        return path;
    }
    let mut name = path.into_os_string();
    name.push(".");
    name.push(extension);
    PathBuf::from(name)
}
