//! What views ask for, and the one match that does it. It knows no widget.

pub mod autosave;
pub mod checking;
pub mod commands;
pub mod files;
pub mod fill;
pub mod find;
pub mod findings;
pub mod follow;
pub mod gather;
pub mod import;
pub mod local;
pub mod looks;
pub mod page_check;
pub mod print;
pub mod prior;
pub mod publish;
pub mod recent;
pub mod recovery;
pub mod reuse;
pub mod saving;
pub mod text;
pub mod years;

use crate::app::actions::Action;
use crate::app::effects::Effect;
use crate::app::state::dialog::{AskYear, Dialog, FilePurpose, ReadFrom};
use crate::app::state::findings::FindingsRoom;
use crate::app::state::settings::Settings;
use crate::app::state::{OpenDraft, PartId, State, Target};
use crate::app::system::shell::Moment;
use crate::app::update::files::reading;
use crate::form::FieldId;
use crate::report;
use crate::report::Draft;

impl State {
    /// Does what a view asked for.
    ///
    /// What is left to the system comes back.
    pub fn run(&mut self, action: Action, now: Moment) -> Effect {
        match action {
            Action::Run(command) => return command.run(self, now),
            Action::Edit(name, edit) | Action::Cells(name, edit) => {
                self.edit(&name, edit);
            }
            Action::FixAll(rule, title) => self.fix_all(rule, &title),
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
            Action::Reuse(ask) => self.reuse(&ask),
            Action::Follow(follows) => self.follow(follows),
            Action::Deadline(deadline) => self.set(|settings| settings.deadline = deadline.tidy()),
            Action::Explain(explaining) => {
                self.with_draft(|draft| explaining.make(draft));
            }
            Action::Checking(ask) => return self.run_checking(ask, now),
            Action::OpenPath(path) => return self.open_or_import(path, now),
            Action::Pasted(Some(clip)) => return Self::read(ReadFrom::Clip(clip), None),
            Action::Pasted(None) => self.trouble(
                "没有导入",
                "剪贴板里没有文字，请先在网页或文档里选中整份报告并复制".to_owned(),
            ),
            Action::AskYear(source) => self.dialog = Some(Dialog::Year(AskYear::new(source, now))),
            Action::Read(source, year) => {
                self.dialog = None;
                return Self::read(source, Some(year));
            }
            Action::NextYear(path) => return Self::read_prior(path, Action::NextYearRead),
            Action::NextYearRead(outcome) => return self.next_year_read(outcome, now),
            Action::OfYear(year) => self.of_year(year),
            Action::PageCompared(outcome) => self.page_compared(outcome),
            Action::Gather(step) => return self.run_gather(step),
            Action::Intake(step) => return self.intake_step(step, now),
            Action::OpenElsewhere(path) => return Effect::OpenWindow(Some(path)),
            Action::Opened(path, stamp, outcome) => self.opened(path, stamp, outcome, now),
            Action::Glanced(path, glance) => {
                if let Some(glances) = &mut self.glances {
                    glances.insert(path, glance);
                }
            }
            Action::Forget(path) => self.set(|settings| settings.forget(&path)),
            Action::Create(new) => self.create(new),
            Action::AskNewPrior(new) => {
                return self.ask(FilePurpose::NewPrior(new), reading("选择上年度报告"));
            }
            Action::ReadNewPrior(path) => return Self::read_prior(path, Action::NewPriorRead),
            Action::NewPriorRead(outcome) => self.new_prior_read(outcome),
            Action::PriorRead(outcome) => self.prior_read(outcome),
            Action::Export(writer) => return self.export(writer),
            Action::ExportAnyway(writer) => return self.ask_export(writer),
            Action::Printed(outcome) => return self.printed(outcome),
            Action::Exported(path, outcome) => self.exported(&path, outcome),
            Action::Publish(step) => return self.publish(step),
            Action::Years(step) => return self.run_years(step),
            Action::Saved(done) => return self.saved(*done, now),
            Action::SaveStalled(save) => self.save_stalled(*save),
            Action::SaveThen(after) => return self.save_then(Some(after)),
            Action::Discard(after) => {
                self.put_away();
                return self.go_on(after, now);
            }
            Action::PutAway => self.put_away(),
            Action::Rescue(action) => return self.run_rescue(action, now),
            Action::Answer(waiting, answer) => return self.answered(waiting, answer, now),
            Action::Zoom(zoom) => self.zoom(zoom),
            Action::Theme(theme) => self.set(|settings| settings.theme = theme),
            Action::Renderer(renderer) => {
                self.set(|settings| settings.renderer = Some(renderer.name().to_owned()));
            }
            Action::Desktop(dark) => self.desktop_dark = dark,
            Action::Notice(text) => self.notice = text,
            Action::ShowManual(page) => return Effect::Show(page),
            Action::CloseDialog => {
                self.dialog = None;
                self.intake = None;
            }
        }
        Effect::Nothing
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

    /// Makes the report one of another year; what other years propose is asked anew.
    fn of_year(&mut self, year: u16) {
        self.with_draft(|draft| {
            if let Some(report) = draft.report().of_year(year) {
                let reused = draft.reused().of_year(draft.report(), &report);
                let changes = vec![
                    report::Change::Report(report::Edit::Replace(Box::new(report))),
                    report::Change::Left(std::collections::BTreeSet::new()),
                    report::Change::Reused(reused),
                ];
                draft.change("改年份", report::Change::All(changes));
            }
        });
        self.with_open(|open| open.target = Some(Target::Part));
    }

    fn go_to(&mut self, place: PartId) {
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
        if self.room == FindingsRoom::Beside {
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

#[cfg(test)]
mod tests;
