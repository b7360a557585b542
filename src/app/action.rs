//! What views ask for, and the one match that does it. It knows no widget.

use std::path::PathBuf;

use super::checking;
use super::command::Command;
use super::deadline::Deadline;
use super::dialog::{After, Dialog, NewReport, Purpose, Waiting};
use super::explaining::{Explain, Explaining};
use super::files::reading;
use super::find::Ask;
use super::follow::{Filter, Room};
use super::glance::Glance;
use super::intake::IntakeStep;
use super::platform::Renderer;
use super::publishing::Step;
use super::rescue::RescueAction;
use super::saving::Done;
use super::settings::{Settings, ThemeChoice};
use super::shell::{Clip, FileAnswer, Moment};
use super::state::{OpenDraft, Place, State, Target};
use super::words::{FillIn, Piece, Spot};
use crate::export::{ExportError, Writer};
use crate::form::FieldId;
use crate::keep::save::Stamp;
use crate::open::{OpenError, Opened};
use crate::report::carry::Proposal;
use crate::report::{self, Draft, Edit, Entry, Prior};

/// What a view asks for (动作).
#[derive(Debug)]
pub enum Action {
    /// A menu item.
    Run(Command),
    /// A change to the report with the name of its step.
    Edit(String, Edit),
    /// A change that a finding offers: the finding, and which of its fixes.
    Fix(usize, usize),
    /// What a table states itself, with the name of its step; it sees to its own typing.
    Cells(String, Edit),
    /// Typing in a field.
    Type(String, FieldId, Entry),
    /// The end of typing.
    Seal,
    /// What is selected in the text that is written in.
    Spot(Spot),
    /// Something to write into a text, with the name of the step.
    Insert {
        /// What the menu calls the step.
        name: String,
        /// Where.
        spot: Spot,
        /// What.
        piece: Piece,
    },
    /// A sentence to be completed.
    Complete(FillIn),
    /// A step of the search.
    Find(Ask),
    /// A part of the report.
    GoTo(Place),
    /// A part of the report and a place in it.
    Show(Place, Option<Target>),
    /// The place a finding speaks of.
    GoToFinding(usize),
    /// Other findings to look at.
    Filter(Filter),
    /// Proposals from last year's report that are not taken.
    Leave(Vec<Proposal>),
    /// Another day by which the report is due.
    Deadline(Deadline),
    /// Something about the explanation of a finding.
    Explain(Explaining),
    /// Something around the findings.
    Checking(checking::Ask),
    /// A file by its name.
    OpenPath(PathBuf),
    /// What is on the clipboard, to be read as a report.
    Pasted(Option<Clip>),
    /// Something to do with a report that was read.
    Intake(IntakeStep),
    /// A file by its name, in a window of its own.
    OpenElsewhere(PathBuf),
    /// What came of reading a file.
    Opened(PathBuf, Option<Stamp>, Result<Box<Opened>, OpenError>),
    /// What a recent draft is like.
    Glanced(PathBuf, Option<Glance>),
    /// A draft to be taken from the list of recent ones.
    Forget(PathBuf),
    /// A new report.
    Create(NewReport),
    /// The question for last year's report of a new one.
    AskNewPrior(NewReport),
    /// Last year's report for the new one from this file.
    ReadNewPrior(PathBuf),
    /// What came of reading last year's report for a new one.
    NewPriorRead(Result<Box<Prior>, OpenError>),
    /// What came of reading last year's report for the open draft.
    PriorRead(Result<Box<Prior>, OpenError>),
    /// An export, if nothing forbids it.
    Export(&'static Writer),
    /// An export in spite of open findings.
    ExportAnyway(&'static Writer),
    /// What came of writing the report for the printer.
    Printed(Result<PathBuf, ExportError>),
    /// What came of an export.
    Exported(PathBuf, Result<Vec<String>, ExportError>),
    /// A step of publishing.
    Publish(Step),
    /// What came of a save.
    Saved(Box<Done>),
    /// Saving, and then what was asked for.
    SaveThen(After),
    /// What was asked for, without saving.
    Discard(After),
    /// The answer to a question for a file.
    Answer(Waiting, FileAnswer),
    /// The end of the draft on the desk.
    PutAway,
    /// Something that saves work from being lost.
    Rescue(RescueAction),
    /// A zoom level in per cent.
    Zoom(u16),
    /// A theme.
    Theme(ThemeChoice),
    /// Another way to draw the window, from the next start on.
    Renderer(Renderer),
    /// Whether the desktop is dark, where it says so.
    Desktop(Option<bool>),
    /// Something worth saying.
    Notice(String),
    /// The end of a dialog.
    CloseDialog,
    /// The manual with its pictures, in the system's reader.
    ShowManual(PathBuf),
}

/// What the views of one frame ask for, in order.
pub type Actions = Vec<Action>;

impl Action {
    /// Whether it is typing itself or only news, so that what is being typed may stay open.
    pub(super) fn leaves_typing_open(&self) -> bool {
        matches!(
            self,
            Self::Cells(..)
                | Self::Type(..)
                | Self::Seal
                | Self::Explain(Explaining {
                    what: Explain::Jot(_),
                    ..
                })
                | Self::Publish(Step::Set(_))
                | Self::Spot(_)
                | Self::Notice(_)
                | Self::Glanced(..)
                | Self::Desktop(_)
                | Self::Printed(_)
                | Self::Exported(..)
        )
    }
}

impl State {
    /// Does what a view asked for.
    pub fn run(&mut self, action: Action, now: Moment) {
        match action {
            Action::Run(command) => command.run(self, now),
            Action::Edit(name, edit) | Action::Cells(name, edit) => {
                self.with_draft(|draft| draft.edit(&name, edit));
            }
            Action::Fix(finding, fix) => self.fix(finding, fix),
            Action::Type(name, id, entry) => {
                self.with_draft(|draft| draft.type_into(&name, id, entry));
            }
            Action::Seal => self.with_open(|open| open.draft.seal()),
            Action::Spot(spot) => self.with_open(|open| open.spot = Some(spot)),
            Action::Insert { name, spot, piece } => self.insert(&name, spot, &piece),
            Action::Complete(fill) => {
                if self.may_change() {
                    self.dialog = Some(Dialog::Skeleton(fill));
                }
            }
            Action::Find(ask) => self.run_find(ask),
            Action::GoTo(place) => self.go_to(place),
            Action::Show(place, target) => {
                self.go_to(place);
                self.with_open(|open| open.target = target.or(open.target));
            }
            Action::GoToFinding(index) => {
                self.with_open(|open| open.go_to_finding(index));
            }
            Action::Filter(filter) => self.with_open(|open| open.filter = filter),
            Action::Leave(proposals) => {
                self.with_draft(|draft| {
                    let left = proposals.into_iter();
                    draft.leave(left.map(|proposal| (proposal.field, proposal.value)));
                });
            }
            Action::Deadline(deadline) => self.set(|settings| settings.deadline = deadline.tidy()),
            Action::Explain(explaining) => {
                self.with_draft(|draft| explaining.make(draft));
            }
            Action::Checking(ask) => self.run_checking(ask, now),
            Action::OpenPath(path) => self.open_or_import(path, now),
            Action::Pasted(Some(clip)) => self.import_clip(clip),
            Action::Pasted(None) => self.trouble(
                "没有导入",
                "剪贴板里没有文字，请先在网页或文档里选中整份报告并复制".to_owned(),
            ),
            Action::Intake(step) => self.intake_step(step, now),
            Action::OpenElsewhere(path) => self.windows.push(Some(path)),
            Action::Opened(path, stamp, outcome) => self.opened(path, stamp, outcome, now),
            Action::Glanced(path, glance) => {
                if let Some(glances) = &mut self.glances {
                    glances.insert(path, glance);
                }
            }
            Action::Forget(path) => self.set(|settings| settings.forget(&path)),
            Action::Create(new) => self.create(new),
            Action::AskNewPrior(new) => {
                self.ask(Purpose::NewPrior(new), reading("选择上年度报告"));
            }
            Action::ReadNewPrior(path) => self.read_new_prior(path),
            Action::NewPriorRead(outcome) => self.new_prior_read(outcome),
            Action::PriorRead(outcome) => self.prior_read(outcome),
            Action::Export(writer) => self.export(writer),
            Action::ExportAnyway(writer) => self.ask_export(writer),
            Action::Printed(outcome) => self.printed(outcome),
            Action::Exported(path, outcome) => self.exported(&path, outcome),
            Action::Publish(step) => self.publish(step),
            Action::Saved(done) => self.saved(*done, now),
            Action::SaveThen(after) => self.save_then(Some(after)),
            Action::Discard(after) => {
                self.put_away();
                self.go_on(after, now);
            }
            Action::PutAway => self.put_away(),
            Action::Rescue(action) => self.run_rescue(action, now),
            Action::Answer(waiting, answer) => self.answered(waiting, answer, now),
            Action::Zoom(zoom) => self.zoom(zoom),
            Action::Theme(theme) => self.set(|settings| settings.theme = theme),
            Action::Renderer(renderer) => {
                self.set(|settings| settings.renderer = Some(renderer.name().to_owned()));
            }
            Action::Desktop(dark) => self.desktop_dark = dark,
            Action::Notice(text) => self.notice = text,
            Action::ShowManual(page) => self.to_show = Some(page),
            Action::CloseDialog => {
                self.dialog = None;
                self.intake = None;
            }
        }
    }

    pub(super) fn with_open(&mut self, change: impl FnOnce(&mut OpenDraft)) {
        if let Some(open) = &mut self.open {
            change(open);
        }
    }

    /// Changes the open draft; whether that may be. If not, the notice says so.
    pub(super) fn with_draft(&mut self, change: impl FnOnce(&mut Draft)) -> bool {
        match self.open.as_mut().map(|open| open.draft.door()) {
            Some(Ok(draft)) => {
                change(draft);
                true
            }
            Some(Err(refusal)) => {
                self.notice = refusal.to_string();
                false
            }
            None => false,
        }
    }

    /// Whether the open draft may be changed, before somebody is asked what to change.
    pub(super) fn may_change(&mut self) -> bool {
        self.with_draft(|_| {})
    }

    fn go_to(&mut self, place: Place) {
        self.with_open(|open| {
            open.draft.seal();
            open.place = place;
            open.target = Some(Target::Part);
        });
    }

    /// Takes the last step back.
    pub(super) fn undo(&mut self) {
        self.turn("已撤销", Draft::undo_step, Draft::undo);
    }

    /// Makes the last undone step again.
    pub(super) fn redo(&mut self) {
        self.turn("已重做", Draft::redo_step, Draft::redo);
    }

    fn turn(
        &mut self,
        done: &str,
        step: fn(&Draft) -> Option<&report::Step>,
        turn: fn(&mut Draft) -> Option<FieldId>,
    ) {
        let mut went = None;
        self.with_draft(|draft| {
            let name = step(draft).map(|step| step.name.clone());
            went = Some((name, turn(draft)));
        });
        match went {
            Some((_, Some(field))) => self.with_open(|open| open.go_to(field)),
            // What is not to be seen in the report is said.
            Some((Some(name), None)) => self.notice = format!("{done}：{name}"),
            _ => {}
        }
    }

    pub(super) fn zoom(&mut self, zoom: u16) {
        self.set(|settings| settings.zoom = zoom);
    }

    /// Shows or hides the findings.
    pub(super) fn turn_findings(&mut self) {
        self.room = self.room.turned();
        if self.room == Room::Beside {
            self.set(|settings| settings.show_findings = !settings.show_findings);
        }
    }

    /// Changes the settings and has them remembered.
    pub(super) fn set(&mut self, change: impl FnOnce(&mut Settings)) {
        change(&mut self.settings);
        self.keep_settings();
    }

    pub(super) fn keep_settings(&mut self) {
        if let Err(error) = self.settings.save() {
            self.notice = format!("没有记住设置：{error}");
        }
    }

    pub(super) fn trouble(&mut self, title: &str, text: String) {
        self.dialog = Some(Dialog::Trouble {
            title: title.to_owned(),
            text,
        });
    }
}
