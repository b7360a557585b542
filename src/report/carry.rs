//! What follows for this year from last year's report.

use super::{Edit, Entry, Number, Prior, Report};
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

/// Whether a report is of the year before, so that figures follow from it.
#[must_use]
pub fn is_year_before(prior: &Report, year: u16) -> bool {
    prior.year().checked_add(1) == Some(year)
}

impl Prior {
    /// What is to be known before anything is taken from it for a report of this year: another
    /// year than the one before, cells in which no figure could be read.
    #[must_use]
    pub fn remarks(&self, year: u16) -> Vec<String> {
        let mut remarks = Vec::new();
        let (own, wanted) = (self.report.year(), year.saturating_sub(1));
        if !is_year_before(&self.report, year) {
            remarks.push(format!(
                "所选的上年度报告是{own}年的，应为{wanted}年的，不由它推算，也不与它核对"
            ));
        }
        let unread = self.unread();
        if unread > 0 {
            remarks.push(format!(
                "所选的上年度报告有{unread}格没有读到数，这些格不能推算和核对"
            ));
        }
        remarks
    }

    /// How many cells hold no figure.
    fn unread(&self) -> usize {
        let edition = self.report.edition();
        let inputs = edition.cells().filter(|&id| !edition.field(id).is_total());
        inputs
            .filter(|&id| self.report.entry(id).number().is_none())
            .count()
    }
}

/// The figures that last year's report decides: in every relation between the years the cell that
/// it is about, while that is blank and nothing else in the relation is. A report of another year
/// than the one before decides nothing.
#[must_use]
pub fn proposals(report: &Report, prior: &Report) -> Vec<Proposal> {
    if !is_year_before(prior, report.year()) {
        return Vec::new();
    }
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
