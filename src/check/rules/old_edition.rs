//! The report is made on the form of its year.

use crate::check::{Finding, Findings, Rule, Subject};
use crate::form;

pub(super) fn check(rule: &'static Rule, subject: &Subject<'_>, findings: &mut Findings) {
    let report = subject.report;
    let edition = report.edition();
    if edition.covers(report.year()) {
        return;
    }
    let message = match form::for_year(report.year()) {
        Some(right) => format!(
            "{}年的报告用了{}，应用{}",
            report.year(),
            edition.name,
            right.name
        ),
        None => format!("{}不适用于{}年的报告", edition.name, report.year()),
    };
    let year = report.year().to_string();
    findings.report(
        Finding::new(rule, message)
            .resting_on(year)
            .resting_on(&edition.id),
    );
}
