//! Requests were there, and none was answered in the whole year.

use crate::check::keys::KEYS;
use crate::check::{Finding, Findings, Rule, Subject, figures};

pub(super) fn check(rule: &'static Rule, subject: &Subject<'_>, findings: &mut Findings) {
    let report = subject.report;
    let Some(answered) = report.edition().find(KEYS.processed) else {
        return;
    };
    let inflow = [KEYS.received, KEYS.carried_over];
    let (Some(received), Some(done)) = (
        figures::sum(report, &inflow),
        figures::value(report, KEYS.processed),
    ) else {
        figures::not_filled(rule, findings, 1);
        return;
    };
    if done.is_zero() && received > done {
        let mut cells = figures::cells(report, &inflow);
        cells.push(answered);
        let message = format!("新收和上年结转的申请共{received}件，全年没有一件办结");
        findings.report(Finding::new(rule, message).at(subject, cells));
    }
}
