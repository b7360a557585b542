//! What follows for this year from last year's report.

use super::reuse::renewed;
use super::{Edit, Entry, Number, Prior, Report};
use crate::form::{self, Edition, FieldId};

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

/// The text before the first part, of last year's report, with the years renewed; nothing where this
/// year's report has one already, or last year's is of another authority or year.
#[must_use]
pub fn preface(report: &Report, prior: &Report) -> Option<Edit> {
    let field = preface_field(report.edition())?;
    let older = prior.same_field(report, field)?;
    let fits = is_year_before(prior, report.year())
        && report.issuer() == prior.issuer()
        && report.text(field).is_empty()
        && !prior.text(older).is_empty();
    // The day after the year's end may stand there too, which is why the later year is renewed first.
    fits.then(|| {
        let (last, now) = (prior.year(), report.year());
        let text = renewed(prior.text(older), now, now.saturating_add(1));
        Edit::Enter(field, Entry::Text(renewed(&text, last, now)))
    })
}

/// The text that stands before the first part.
fn preface_field(edition: &Edition) -> Option<FieldId> {
    let mut passages = edition.passages();
    let first = passages.find(|(section, _)| section.heading.is_empty());
    first.map(|(_, field)| field)
}

impl Report {
    /// The same entries as a report of another year, in the edition of that year; `None` where there is none.
    /// The years of the preface are renewed; what the other edition has no place for is left out.
    #[must_use]
    pub fn of_year(&self, year: u16) -> Option<Self> {
        let edition = form::for_year(year)?;
        let mut made = Self::new(edition.clone(), year);
        for id in edition.ids() {
            if let Some(own) = self.same_field(&made, id) {
                made.apply(Edit::Enter(id, self.entry(own).clone()));
            }
        }
        if let Some(field) = preface_field(&edition) {
            let text = renewed(made.text(field), self.year(), year);
            if !text.is_empty() {
                made.apply(Edit::Enter(field, Entry::Text(text)));
            }
        }
        Some(made)
    }
}

/// The changes that take every proposal.
#[must_use]
pub fn carried(report: &Report, prior: &Report) -> Vec<Edit> {
    let proposals = proposals(report, prior);
    proposals.iter().map(Proposal::edit).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_year_keeps_every_entry_that_has_a_place() {
        let edition = form::by_id("2021").unwrap();
        let mut report = Report::new(edition.clone(), 2025);
        let key = "requests.new_received@natural_person";
        let cell = edition.find(key).unwrap();
        report.apply(Edit::Enter(cell, Entry::Number(7.into())));
        let preface = preface_field(&edition).unwrap();
        let text = Entry::Text("截至2025年底。".to_owned());
        report.apply(Edit::Enter(preface, text));
        for (year, id) in [(2024, "2021"), (2020, "2019")] {
            let other = report.of_year(year).unwrap();
            assert_eq!((other.year(), other.edition().id.as_str()), (year, id));
            let cell = other.edition().find(key).unwrap();
            assert_eq!(other.value(cell), Some(7.into()));
            let preface = preface_field(other.edition()).unwrap();
            assert_eq!(other.text(preface), format!("截至{year}年底。"));
        }
        assert!(report.of_year(1999).is_none());
    }
}
