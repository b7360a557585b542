//! A report being edited: its history, last year's report, written explanations.

use std::collections::BTreeSet;

use super::{Choices, Edit, Number, Report};
use crate::form::FieldId;

/// A report being edited (草稿).
#[derive(Debug, Clone)]
pub struct Draft {
    report: Report,
    prior: Option<Prior>,
    explanations: Vec<Explanation>,
    confirmation: Option<Confirmation>,
    notes: Vec<String>,
    choices: Choices,
    left: BTreeSet<(FieldId, Number)>,
    undo: Vec<Step>,
    redo: Vec<Step>,
    sealed: bool,
    revision: Revision,
}

/// Which content a draft holds: the same again after an undo, different after everything else.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct Revision {
    report: u64,
    beside: u64,
}

/// Last year's report and where it came from (上年度).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Prior {
    /// The report.
    pub report: Report,
    /// The name of the file it was read from.
    pub source: String,
}

/// Why a `query` finding is right as it stands (说明). It lapses when what it explains changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Explanation {
    /// The rule of the finding.
    pub rule: String,
    /// The finding it was written for, with its place and its figures.
    pub basis: String,
    /// What was written.
    pub text: String,
}

/// Who saw to it that a report in which nothing happened is true (零报告确认), channel by channel.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Confirmation {
    /// The report year it was given for.
    pub year: u16,
    /// Who gave it.
    pub by: String,
    /// The day on which it was given, as 2026-01-12.
    pub on: String,
    /// The channels that were looked at.
    pub channels: Vec<String>,
}

/// One named change that can be taken back or made again.
#[derive(Debug, Clone)]
pub struct Step {
    /// What the menu calls it.
    pub name: String,
    /// The field the focus returns to.
    pub field: Option<FieldId>,
    edit: Edit,
    revision: u64,
}

/// How many steps can be taken back.
const HISTORY: usize = 1000;

impl Draft {
    /// A draft of this report without history.
    #[must_use]
    pub fn new(report: Report) -> Self {
        Self {
            report,
            prior: None,
            explanations: Vec::new(),
            confirmation: None,
            notes: Vec::new(),
            choices: Choices::default(),
            left: BTreeSet::new(),
            undo: Vec::new(),
            redo: Vec::new(),
            sealed: true,
            revision: Revision::default(),
        }
    }

    /// The draft as it stands, without the steps that led there.
    #[must_use]
    pub fn without_steps(&self) -> Self {
        Self {
            report: self.report.clone(),
            prior: self.prior.clone(),
            explanations: self.explanations.clone(),
            confirmation: self.confirmation.clone(),
            notes: self.notes.clone(),
            choices: self.choices.clone(),
            left: self.left.clone(),
            undo: Vec::new(),
            redo: Vec::new(),
            sealed: true,
            revision: self.revision,
        }
    }

    /// Takes over what stands beside the report in another draft.
    pub fn take_beside(&mut self, other: &Self) {
        self.prior.clone_from(&other.prior);
        self.explanations.clone_from(&other.explanations);
        self.confirmation.clone_from(&other.confirmation);
        self.notes.clone_from(&other.notes);
        self.choices.clone_from(&other.choices);
        self.left.clone_from(&other.left);
        self.revision.beside = next_revision();
    }

    /// The report as it stands.
    #[must_use]
    pub fn report(&self) -> &Report {
        &self.report
    }

    /// Last year's report, if it was given.
    #[must_use]
    pub fn prior(&self) -> Option<&Prior> {
        self.prior.as_ref()
    }

    /// The explanations written so far, lapsed ones among them.
    #[must_use]
    pub fn explanations(&self) -> &[Explanation] {
        &self.explanations
    }

    /// What the importer had to guess or repair, in words.
    #[must_use]
    pub fn notes(&self) -> &[String] {
        &self.notes
    }

    /// How the report is set out when it is published.
    #[must_use]
    pub fn choices(&self) -> &Choices {
        &self.choices
    }

    /// The confirmation of a report in which nothing happened, if it was given.
    #[must_use]
    pub fn confirmation(&self) -> Option<&Confirmation> {
        self.confirmation.as_ref()
    }

    /// The figures that last year's report proposed and the filer did not take.
    #[must_use]
    pub fn left(&self) -> &BTreeSet<(FieldId, Number)> {
        &self.left
    }

    /// Which content the draft holds now.
    #[must_use]
    pub fn revision(&self) -> Revision {
        self.revision
    }

    /// Gives last year's report, or takes it away.
    pub fn set_prior(&mut self, prior: Option<Prior>) {
        self.prior = prior;
        self.revision.beside = next_revision();
    }

    /// Chooses how the report is set out.
    pub fn set_choices(&mut self, choices: Choices) {
        self.choices = choices.within_reason();
        self.revision.beside = next_revision();
    }

    /// Gives the confirmation of a report in which nothing happened, or withdraws it.
    pub fn confirm(&mut self, confirmation: Option<Confirmation>) {
        self.confirmation = confirmation;
        self.revision.beside = next_revision();
    }

    /// Leaves figures that last year's report proposes.
    pub fn leave(&mut self, figures: impl IntoIterator<Item = (FieldId, Number)>) {
        self.left.extend(figures);
        self.revision.beside = next_revision();
    }

    /// Keeps what the importer noted.
    pub fn set_notes(&mut self, notes: Vec<String>) {
        self.notes = notes;
    }

    /// Puts back explanations that were read from a file.
    pub fn set_explanations(&mut self, explanations: Vec<Explanation>) {
        self.explanations = explanations;
    }

    /// Writes an explanation, or withdraws it when the text is blank.
    pub fn explain(&mut self, rule: &str, basis: &str, text: &str) {
        self.explanations
            .retain(|explanation| explanation.rule != rule || explanation.basis != basis);
        if !text.trim().is_empty() {
            let text = text.trim().to_owned();
            self.explanations.push(Explanation {
                rule: rule.to_owned(),
                basis: basis.to_owned(),
                text,
            });
        }
        self.revision.beside = next_revision();
    }

    /// Makes a change as a step of its own.
    pub fn edit(&mut self, name: &str, edit: Edit) {
        let field = edit.fields().first().copied();
        let revision = self.revision.report;
        let inverse = self.report.apply(edit);
        self.push(Step {
            name: name.to_owned(),
            field,
            edit: inverse,
            revision,
        });
        self.sealed = true;
    }

    /// Makes a change that belongs to the step before it while typing goes on in the same field.
    pub fn type_into(&mut self, name: &str, id: FieldId, entry: super::Entry) {
        let continues = !self.sealed
            && self
                .undo
                .last()
                .is_some_and(|step| step.field == Some(id) && step.name == name);
        let revision = self.revision.report;
        let inverse = self.report.apply(Edit::Enter(id, entry));
        if continues {
            self.redo.clear();
            self.touch();
        } else {
            self.push(Step {
                name: name.to_owned(),
                field: Some(id),
                edit: inverse,
                revision,
            });
        }
        self.sealed = false;
    }

    /// Ends the step that typing goes into.
    pub fn seal(&mut self) {
        self.sealed = true;
    }

    fn push(&mut self, step: Step) {
        self.redo.clear();
        self.undo.push(step);
        if self.undo.len() > HISTORY {
            self.undo.remove(0);
        }
        self.touch();
    }

    fn touch(&mut self) {
        self.revision.report = next_revision();
    }

    /// The step that undo would take back.
    #[must_use]
    pub fn undo_step(&self) -> Option<&Step> {
        self.undo.last()
    }

    /// The step that redo would make again.
    #[must_use]
    pub fn redo_step(&self) -> Option<&Step> {
        self.redo.last()
    }

    /// Takes the last step back and returns where it happened.
    pub fn undo(&mut self) -> Option<FieldId> {
        let step = self.undo.pop()?;
        let (field, step) = self.turn(step);
        self.redo.push(step);
        field
    }

    /// Makes the last undone step again and returns where it happened.
    pub fn redo(&mut self) -> Option<FieldId> {
        let step = self.redo.pop()?;
        let (field, step) = self.turn(step);
        self.undo.push(step);
        field
    }

    fn turn(&mut self, step: Step) -> (Option<FieldId>, Step) {
        let inverse = self.report.apply(step.edit);
        let before = std::mem::replace(&mut self.revision.report, step.revision);
        self.sealed = true;
        (
            step.field,
            Step {
                name: step.name,
                field: step.field,
                edit: inverse,
                revision: before,
            },
        )
    }
}

/// Revisions are never used twice in a run, so that equal numbers mean equal content.
fn next_revision() -> u64 {
    use std::sync::atomic::{AtomicU64, Ordering};
    static NEXT: AtomicU64 = AtomicU64::new(1);
    NEXT.fetch_add(1, Ordering::Relaxed)
}
