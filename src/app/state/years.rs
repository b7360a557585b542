//! The reports that are looked at side by side.

use crate::report::{Prior, Report};
use crate::years::{ComparedYears, YearsError};

/// The reports that were chosen, and what they come to.
#[derive(Debug, Clone)]
pub struct YearsView {
    /// The reports, each with the name of where it comes from.
    pub reports: Vec<Prior>,
    /// The page, or why there is none.
    pub years: Result<ComparedYears, YearsError>,
    /// Why the last report was not added; empty when it was.
    pub fault: String,
}

impl YearsView {
    /// These reports side by side.
    #[must_use]
    pub fn new(reports: Vec<Prior>) -> Self {
        let mut view = Self {
            years: Err(YearsError::Count(0)),
            reports,
            fault: String::new(),
        };
        view.compare();
        view
    }

    /// Another report beside them.
    pub fn add(&mut self, report: Prior) {
        self.reports.push(report);
        self.compare();
    }

    /// One report less.
    pub fn remove(&mut self, number: usize) {
        if number < self.reports.len() {
            self.reports.remove(number);
        }
        self.compare();
    }

    fn compare(&mut self) {
        self.reports.sort_by_key(|chosen| chosen.report.year());
        let reports: Vec<Report> = self
            .reports
            .iter()
            .map(|chosen| chosen.report.clone())
            .collect();
        self.years = ComparedYears::new(reports);
        self.fault.clear();
    }
}
