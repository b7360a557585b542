//! What follows for this year from last year's report.

use super::{Edit, Entry, Report};

/// The entries that last year's report decides: every relation between the years with one blank left.
#[must_use]
pub fn carried(report: &Report, prior: &Report) -> Vec<Edit> {
    let edition = report.edition();
    let between_years = edition
        .relations
        .iter()
        .flat_map(|relation| &relation.comparisons);
    let edits = between_years
        .filter(|comparison| comparison.needs_prior())
        .filter_map(|comparison| {
            let is_open = |id: &crate::form::FieldId| {
                !edition.field(*id).is_total() && *report.entry(*id) == Entry::Blank
            };
            let blanks: Vec<_> = comparison.fields().filter(is_open).collect();
            let [blank] = blanks.as_slice() else {
                return None;
            };
            let value = report.solve(comparison, *blank, Some(prior))?;
            (!value.is_negative()).then_some(Edit::Enter(*blank, Entry::Number(value)))
        });
    edits.collect()
}
