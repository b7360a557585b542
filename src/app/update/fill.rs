//! Filling many cells at once from the menu: with zeros, with what last year's report proposes.
//!
//! It knows the state; it knows no widget.

use crate::app::actions::Command;
use crate::app::state::{OpenDraft, State};
use crate::form::{FieldId, SectionBody};
use crate::report::carry::Proposal;
use crate::report::{Edit, Entry, Number, Report};

/// The changes that fill the blanks among some cells with 0.
pub(in crate::app) fn zeros(report: &Report, cells: impl Iterator<Item = FieldId>) -> Vec<Edit> {
    let is_open = |id: &FieldId| {
        !report.edition().field(*id).is_total() && *report.entry(*id) == Entry::Blank
    };
    let blanks = cells.filter(is_open);
    blanks
        .map(|id| Edit::Enter(id, Entry::Number(Number::ZERO)))
        .collect()
}

impl OpenDraft {
    /// What last year's report proposes for the table that is shown.
    #[must_use]
    pub fn proposals_here(&self) -> Vec<Proposal> {
        let Some(SectionBody::Table(table)) = self.section().map(|section| &section.body) else {
            return Vec::new();
        };
        let mut proposals = self.proposals();
        proposals.retain(|proposal| table.fields().any(|id| id == proposal.field));
        proposals
    }
}

impl State {
    pub(in crate::app) fn fill_zeros(&mut self) {
        self.fill(Command::FillZeros, |open| {
            match open.section().map(|section| &section.body) {
                Some(SectionBody::Table(table)) => zeros(open.draft.report(), table.fields()),
                _ => Vec::new(),
            }
        });
    }

    pub(in crate::app) fn fill_all_zeros(&mut self) {
        self.fill(Command::FillAllZeros, |open| {
            let report = open.draft.report();
            zeros(report, report.edition().cells())
        });
    }

    pub(in crate::app) fn take_proposals(&mut self) {
        self.fill(Command::TakeProposals, |open| {
            let here = open.proposals_here();
            let proposals = if here.is_empty() {
                open.proposals()
            } else {
                here
            };
            proposals.iter().map(Proposal::edit).collect()
        });
    }

    fn fill(&mut self, command: Command, edits: impl FnOnce(&OpenDraft) -> Vec<Edit>) {
        let Some(open) = &self.open else { return };
        let edits = edits(open);
        let count = edits.len();
        if count > 0 {
            let told = format!("{}：填了{count}格，可以撤销", command.name());
            self.edit_and_tell(command.name(), Edit::All(edits), None, told);
        }
    }
}
