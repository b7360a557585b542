//! A report being edited: what it says, what stands beside it, and the steps that led there.

use std::collections::BTreeSet;

use super::beside::{Beside, Confirmation, Explanation, Prior};
use super::change::{Change, Written};
use super::{Choices, Edit, Number, Publication, Report, Reused};
use crate::form::FieldId;

/// A report being edited (草稿). Whatever changes it is a step that can be taken back.
#[derive(Debug, Clone)]
pub struct Draft {
    report: Report,
    beside: Beside,
    published: Vec<Publication>,
    undo: Vec<Step>,
    redo: Vec<Step>,
    sealed: bool,
    revision: Revision,
}

/// Which content a draft holds: the same again after an undo, different after everything else.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct Revision(u64);

/// One named change that can be taken back or made again.
#[derive(Debug, Clone)]
pub struct Step {
    /// What the menu calls it.
    pub name: String,
    /// The field the focus returns to.
    pub field: Option<FieldId>,
    inverse: Change,
    revision: Revision,
}

/// How many steps can be taken back.
const HISTORY: usize = 1000;

impl Draft {
    /// A draft of this report without history.
    #[must_use]
    pub fn new(report: Report) -> Self {
        Self::with(report, Beside::default())
    }

    /// A draft of this report with all this beside it, without history.
    #[must_use]
    pub fn with(report: Report, mut beside: Beside) -> Self {
        for list in [&mut beside.explanations, &mut beside.half_written] {
            list.sort_by(|a, b| (&a.rule, &a.basis).cmp(&(&b.rule, &b.basis)));
        }
        beside.choices = beside.choices.within_reason();
        Self {
            report,
            beside,
            published: Vec::new(),
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
            beside: self.beside.clone(),
            published: self.published.clone(),
            undo: Vec::new(),
            redo: Vec::new(),
            sealed: true,
            revision: self.revision,
        }
    }

    /// The report as it stands.
    #[must_use]
    pub fn report(&self) -> &Report {
        &self.report
    }

    /// What stands beside the report.
    #[must_use]
    pub fn beside(&self) -> &Beside {
        &self.beside
    }

    /// The draft with this record of what was published, the latest last.
    #[must_use]
    pub fn with_publications(mut self, published: Vec<Publication>) -> Self {
        self.published = published;
        self
    }

    /// What was published, the latest last.
    #[must_use]
    pub fn publications(&self) -> &[Publication] {
        &self.published
    }

    /// Remembers that the report was published. That is no step that can be taken back: every content
    /// that steps lead to has the record from now on, and is none that was saved without it.
    pub fn record(&mut self, publication: Publication) {
        self.published.push(publication);
        self.sealed = true;
        self.revision = Revision::next();
        for step in self.undo.iter_mut().chain(&mut self.redo) {
            step.revision = Revision::next();
        }
    }

    /// Whether another draft says the same, in its report, beside it and of what was published.
    #[must_use]
    pub fn says_the_same(&self, other: &Self) -> bool {
        self.report.states_the_same(&other.report)
            && self.beside == other.beside
            && self.published == other.published
    }

    /// Last year's report, if it was given.
    #[must_use]
    pub fn prior(&self) -> Option<&Prior> {
        self.beside.prior.as_ref()
    }

    /// The explanations that were finished, lapsed ones among them.
    #[must_use]
    pub fn explanations(&self) -> &[Explanation] {
        &self.beside.explanations
    }

    /// The explanations that were begun and not finished; they let nothing pass.
    #[must_use]
    pub fn half_written(&self) -> &[Explanation] {
        &self.beside.half_written
    }

    /// What the importer had to guess or repair, in words.
    #[must_use]
    pub fn notes(&self) -> &[String] {
        &self.beside.notes
    }

    /// How the report is set out when it is published.
    #[must_use]
    pub fn choices(&self) -> &Choices {
        &self.beside.choices
    }

    /// The confirmation of a report in which nothing happened, if it was given.
    #[must_use]
    pub fn confirmation(&self) -> Option<&Confirmation> {
        self.beside.confirmation.as_ref()
    }

    /// The figures that last year's report proposed and the filer did not take.
    #[must_use]
    pub fn left(&self) -> &BTreeSet<(FieldId, Number)> {
        &self.beside.left
    }

    /// What the county asked for when it was checked last, by name; empty when nothing was given.
    #[must_use]
    pub fn local_rules(&self) -> &str {
        &self.beside.local_rules
    }

    /// Remembers what the county asked for when it was checked. That is no step that can be taken back.
    pub fn note_local_rules(&mut self, name: &str) {
        name.clone_into(&mut self.beside.local_rules);
    }

    /// What became of the sentences of last year's texts.
    #[must_use]
    pub fn reused(&self) -> &Reused {
        &self.beside.reused
    }

    /// Which content the draft holds now.
    #[must_use]
    pub fn revision(&self) -> Revision {
        self.revision
    }

    /// Gives last year's report, or takes it away.
    pub fn set_prior(&mut self, prior: Option<Prior>) {
        self.change("选择上年度报告", Change::Prior(prior.map(Box::new)));
    }

    /// Chooses how the report is set out.
    pub fn set_choices(&mut self, choices: Choices) {
        let choices = Box::new(choices.within_reason());
        self.go_on("改版式", Change::Choices(choices));
    }

    /// Gives the confirmation of a report in which nothing happened, or withdraws it.
    pub fn confirm(&mut self, confirmation: Option<Confirmation>) {
        self.change("零报告确认", Change::Confirmation(confirmation));
    }

    /// Leaves figures that last year's report proposes.
    pub fn leave(&mut self, figures: impl IntoIterator<Item = (FieldId, Number)>) {
        let mut left = self.beside.left.clone();
        left.extend(figures);
        self.change("不用上年推得的数", Change::Left(left));
    }

    /// Makes a change to the report as a step of its own.
    pub fn edit(&mut self, name: &str, edit: Edit) {
        self.change(name, Change::Report(edit));
    }

    /// Makes a change that belongs to the step before it while typing goes on in the same field.
    pub fn type_into(&mut self, name: &str, id: FieldId, entry: super::Entry) {
        self.go_on(name, Change::Report(Edit::Enter(id, entry)));
    }

    /// Makes a change as a step of its own.
    pub fn change(&mut self, name: &str, change: Change) {
        self.sealed = true;
        self.go_on(name, change);
        self.sealed = true;
    }

    /// Makes a change that belongs to the step before it while the same place is worked on.
    pub(super) fn go_on(&mut self, name: &str, change: Change) {
        let before = self.undo.last().filter(|_| !self.sealed);
        let continues =
            before.is_some_and(|step| step.name == name && step.inverse.is_in_place_of(&change));
        let field = change.fields().first().copied();
        let inverse = change.apply(&mut self.report, &mut self.beside);
        let revision = std::mem::replace(&mut self.revision, Revision::next());
        self.redo.clear();
        if !continues {
            self.undo.push(Step {
                name: name.to_owned(),
                field,
                inverse,
                revision,
            });
            if self.undo.len() > HISTORY {
                self.undo.remove(0);
            }
        }
        self.sealed = false;
    }

    /// Ends the step that typing goes into.
    pub fn seal(&mut self) {
        self.sealed = true;
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

    /// Whether taking the last step back would make this of what is written about a finding.
    pub(super) fn would_take_back(&self, written: &Written) -> bool {
        let last = self.undo.last().map(|step| &step.inverse);
        matches!(last, Some(Change::Written(before)) if before == written)
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

    fn turn(&mut self, mut step: Step) -> (Option<FieldId>, Step) {
        step.inverse = step.inverse.apply(&mut self.report, &mut self.beside);
        std::mem::swap(&mut self.revision, &mut step.revision);
        self.sealed = true;
        (step.field, step)
    }
}

impl Change {
    /// Whatever another draft says, in the place of what this one says.
    #[must_use]
    pub fn all_of(draft: &Draft) -> Self {
        Self::All(vec![
            Self::Report(Edit::Replace(Box::new(draft.report().clone()))),
            Self::Beside(Box::new(draft.beside().clone())),
        ])
    }
}

impl Revision {
    /// One that no content has had in this run, so that equal ones mean equal content.
    fn next() -> Self {
        use std::sync::atomic::{AtomicU64, Ordering};
        static NEXT: AtomicU64 = AtomicU64::new(1);
        Self(NEXT.fetch_add(1, Ordering::Relaxed))
    }
}
