//! What follows for this year from last year's report.

use super::{Edit, Entry, Number, Report};
use crate::form::FieldId;

/// A figure that last year's report leads one to expect in a blank cell; the filer takes it or not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposal {
    /// The cell.
    pub field: FieldId,
    /// The figure.
    pub value: Number,
    /// The relation between the years that it follows from, in the form's own words.
    pub says: String,
}

impl Proposal {
    /// The change that takes it.
    #[must_use]
    pub fn edit(&self) -> Edit {
        Edit::Enter(self.field, Entry::Number(self.value))
    }
}

/// The figures that last year's report decides: in every relation between the years the cell that
/// it is about, while that is blank and nothing else in the relation is.
#[must_use]
pub fn proposals(report: &Report, prior: &Report) -> Vec<Proposal> {
    let edition = report.edition();
    let between_years = edition.relations.iter().flat_map(|relation| {
        let comparisons = relation.comparisons.iter();
        comparisons.map(move |comparison| (relation, comparison))
    });
    let proposals = between_years
        .filter(|(_, comparison)| comparison.needs_prior())
        .filter_map(|(relation, comparison)| {
            let field = comparison.fields().next()?;
            let is_open = !edition.field(field).is_total() && *report.entry(field) == Entry::Blank;
            if !is_open {
                return None;
            }
            let value = report.solve(comparison, field, Some(prior))?;
            (value.is_whole() && !value.is_negative()).then(|| Proposal {
                field,
                value,
                says: relation.says.clone(),
            })
        });
    proposals.collect()
}

/// The changes that take every proposal.
#[must_use]
pub fn carried(report: &Report, prior: &Report) -> Vec<Edit> {
    let proposals = proposals(report, prior);
    proposals.iter().map(Proposal::edit).collect()
}
