//! What is not filled in yet: progress while the report is written, an error once it is to be published.
//!
//! It knows findings and the report; it knows no rule.

use crate::app::state::OpenDraft;
use crate::check::{Finding, Findings};
use crate::report::{Entry, Report};

/// Takes out of the findings what only says that something is not filled in yet.
pub(super) fn part(report: &Report, findings: &mut Findings) -> Vec<Finding> {
    let list = std::mem::take(&mut findings.list).into_iter();
    let (gaps, rest) = list.partition(|finding| is_gap(report, finding));
    findings.list = rest;
    gaps
}

/// Whether a finding speaks of nothing but blank cells.
fn is_gap(report: &Report, finding: &Finding) -> bool {
    let edition = report.edition();
    let is_blank = |&id| !edition.field(id).is_total() && *report.entry(id) == Entry::Blank;
    let of_cells = !finding.cells.is_empty() && finding.cells.iter().all(is_blank);
    finding.explanation.is_none() && finding.lapsed.is_none() && of_cells
}

impl OpenDraft {
    /// Takes what is not filled in for what it is when the report leaves the house: an error.
    pub(in crate::app) fn demand(&mut self) {
        self.demands = true;
        self.findings.list.append(&mut self.gaps);
        // The rules put them in their order again.
        self.checked = None;
    }

    /// Takes out of new findings what only says that something is not filled in yet.
    pub(in crate::app) fn part_gaps(&self, findings: &mut Findings) -> Vec<Finding> {
        part(self.draft.report(), findings)
    }

    /// All that is found, what is not filled in yet after the rest.
    pub(in crate::app) fn said(&self) -> impl Iterator<Item = &Finding> {
        self.findings.list.iter().chain(&self.gaps)
    }

    /// How many findings keep the report from being published, what is not filled in among them.
    #[must_use]
    pub fn blocking(&self) -> usize {
        self.said().filter(|finding| finding.blocks()).count()
    }
}
