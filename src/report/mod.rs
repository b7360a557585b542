//! One authority's report for one year: what was stated in each field, and what follows from it.
//!
//! It knows the form; it knows no file, no rule and no widget. A report changes only through
//! [`Report::apply`].

mod beside;
pub mod bounds;
pub mod carry;
mod change;
pub mod choices;
pub mod differences;
mod draft;
mod edit;
mod entry;
mod explain;
mod guarded;
pub mod headings;
pub mod note;
mod number;
mod publication;
mod published;
pub mod reuse;
mod sentence;

use std::sync::Arc;

pub use beside::{Beside, Confirmation, Explanation, Prior};
pub use change::{Change, Written};
pub use choices::{Choices, Encoding};
pub use draft::{Draft, Revision, Step};
pub use edit::Edit;
pub use entry::Entry;
pub use guarded::{Guarded, ReadOnly};
pub use number::Number;
pub use publication::Publication;
pub use published::Standing;
pub use reuse::Reused;

use crate::form::{Comparison, Edition, FieldId, Operand, Operator, SectionBody, Term};

/// One authority's report for one year (报告): an entry for every field of its edition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    edition: Arc<Edition>,
    year: u16,
    entries: Vec<Entry>,
}

/// Both sides of a comparison, and whether they compare as they must.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Judgement {
    /// The value of the left side.
    pub left: Number,
    /// The value of the right side.
    pub right: Number,
    /// Whether the comparison holds.
    pub holds: bool,
}

impl Report {
    /// An empty report.
    #[must_use]
    pub fn new(edition: Arc<Edition>, year: u16) -> Self {
        let entries = vec![Entry::Blank; edition.fields.len()];
        Self {
            edition,
            year,
            entries,
        }
    }

    /// The form it is made on.
    #[must_use]
    pub fn edition(&self) -> &Arc<Edition> {
        &self.edition
    }

    /// The year it reports on.
    #[must_use]
    pub fn year(&self) -> u16 {
        self.year
    }

    /// What was stated in a field.
    #[must_use]
    #[expect(
        clippy::indexing_slicing,
        reason = "a FieldId is only made for the edition it indexes"
    )]
    pub fn entry(&self, id: FieldId) -> &Entry {
        &self.entries[id.index()]
    }

    /// The text stated in a field; empty for a blank or a number.
    #[must_use]
    pub fn text(&self, id: FieldId) -> &str {
        match self.entry(id) {
            Entry::Text(text) => text,
            _ => "",
        }
    }

    /// Whether anything but headings stands in a text.
    #[must_use]
    pub fn is_written(&self, id: FieldId) -> bool {
        headings::is_written(self.text(id), self.topics(id))
    }

    /// A text without the headings under which nothing stands.
    #[must_use]
    pub fn written(&self, id: FieldId) -> String {
        headings::written(self.text(id), self.topics(id))
    }

    /// The headings of a text under which nothing stands.
    #[must_use]
    pub fn bare_headings(&self, id: FieldId) -> Vec<&str> {
        headings::bare(self.text(id), self.topics(id))
    }

    /// The topics that the form names for a text.
    fn topics(&self, id: FieldId) -> &[String] {
        let section = self.edition.section_of(id);
        match section.map(|section| &section.body) {
            Some(SectionBody::Passage { prompts, .. }) => prompts,
            _ => &[],
        }
    }

    /// The name of the issuing authority; empty when not filled in.
    #[must_use]
    pub fn issuer(&self) -> &str {
        self.text(self.edition.issuer_field)
    }

    /// The title to print: the one stated, or the usual one.
    #[must_use]
    pub fn title(&self) -> String {
        let stated = self.text(self.edition.title_field);
        if stated.is_empty() {
            self.edition.usual_title(self.issuer(), self.year)
        } else {
            stated.to_owned()
        }
    }

    /// The figure of a field: derived for a total, unless it is lost, and entered for all others.
    #[must_use]
    pub fn value(&self, id: FieldId) -> Option<Number> {
        match self.edition.field(id).sums.first() {
            Some(_) if self.entry(id).is_lost() => None,
            Some(parts) => self.sum(parts),
            None => self.entry(id).number(),
        }
    }

    /// The sum of fields; `None` when every one of them is blank.
    #[must_use]
    pub fn sum(&self, fields: &[FieldId]) -> Option<Number> {
        fields
            .iter()
            .filter_map(|&id| self.value(id))
            .reduce(|sum, value| sum + value)
    }

    /// Whether a field and everything it sums is filled in.
    #[must_use]
    pub fn is_complete(&self, id: FieldId) -> bool {
        match self.edition.field(id).sums.first() {
            Some(_) if self.entry(id).is_lost() => false,
            Some(parts) => parts.iter().all(|&part| self.is_complete(part)),
            None => self.entry(id).number().is_some(),
        }
    }

    /// Judges a comparison; `None` when a figure it needs is blank, unreadable or absent.
    #[must_use]
    pub fn judge(&self, comparison: &Comparison, prior: Option<&Report>) -> Option<Judgement> {
        let left = self.side(&comparison.left, prior)?;
        let right = self.side(&comparison.right, prior)?;
        let holds = match comparison.operator {
            Operator::Equal => left == right,
            Operator::AtMost => left <= right,
            Operator::AtLeast => left >= right,
        };
        Some(Judgement { left, right, holds })
    }

    fn side(&self, terms: &[Term], prior: Option<&Report>) -> Option<Number> {
        let mut sum = Number::ZERO;
        for term in terms {
            let value = match term.operand {
                Operand::One => Number::ONE,
                Operand::Field(id) => self.complete_value(id)?,
                Operand::Prior(id) => prior?
                    .same_field(self, id)
                    .and_then(|id| prior?.complete_value(id))?,
            };
            sum = sum + value.times(term.factor);
        }
        Some(sum)
    }

    fn complete_value(&self, id: FieldId) -> Option<Number> {
        self.is_complete(id).then(|| self.value(id)).flatten()
    }

    /// The field of this report that has the same key as a field of another one.
    #[must_use]
    pub fn same_field(&self, other: &Report, id: FieldId) -> Option<FieldId> {
        if Arc::ptr_eq(&self.edition, &other.edition) {
            return Some(id);
        }
        self.edition.find(&other.edition.field(id).key)
    }

    /// The number that a field must hold for an equation to be true, all else as stated.
    ///
    /// `None` when the field does not stand in the equation alone with factor ±1, or something
    /// else in it is blank.
    #[must_use]
    pub fn solve(
        &self,
        comparison: &Comparison,
        field: FieldId,
        prior: Option<&Report>,
    ) -> Option<Number> {
        let is_field = |term: &&Term| term.operand == Operand::Field(field);
        let count = comparison
            .left
            .iter()
            .chain(&comparison.right)
            .filter(is_field)
            .count();
        if comparison.operator != Operator::Equal || count != 1 {
            return None;
        }
        let without = |terms: &[Term]| {
            terms
                .iter()
                .filter(|term| !is_field(term))
                .copied()
                .collect::<Vec<_>>()
        };
        let left = self.side(&without(&comparison.left), prior)?;
        let right = self.side(&without(&comparison.right), prior)?;
        let on_left = comparison
            .left
            .iter()
            .find(is_field)
            .map(|term| term.factor);
        let on_right = comparison
            .right
            .iter()
            .find(is_field)
            .map(|term| term.factor);
        match (on_left, on_right) {
            (Some(1), None) | (None, Some(-1)) => Some(right - left),
            (Some(-1), None) | (None, Some(1)) => Some(left - right),
            _ => None,
        }
    }

    /// Table cells to be filled in that are still blank or unreadable.
    pub fn open_cells(&self) -> impl Iterator<Item = FieldId> + '_ {
        let cells = self.edition.cells();
        cells.filter(|&id| !self.edition.field(id).is_total() && self.entry(id).number().is_none())
    }

    /// Whether nothing at all was entered.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        self.entries.iter().all(|entry| *entry == Entry::Blank)
    }

    /// Whether another report states the same in every field.
    #[must_use]
    pub fn states_the_same(&self, other: &Report) -> bool {
        self.edition.id == other.edition.id
            && self.year == other.year
            && self.entries == other.entries
    }
}
