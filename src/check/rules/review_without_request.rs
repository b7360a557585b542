//! Reviews and lawsuits follow from requests.

use crate::check::keys::KEYS;
use crate::check::{Finding, Findings, Rule, Subject, figures};
use crate::report::Number;

pub(super) fn check(rule: &'static Rule, subject: &Subject<'_>, findings: &mut Findings) {
    let report = subject.report;
    let inflow = [KEYS.received, KEYS.carried_over];
    let outcome = [KEYS.reviews, KEYS.direct_lawsuits, KEYS.later_lawsuits];
    let cells = figures::cells(report, &outcome);
    if cells.is_empty() {
        return;
    }
    let (Some(disputes), Some(received)) = (
        figures::sum(report, &outcome),
        figures::sum(report, &inflow),
    ) else {
        figures::not_filled(rule, findings, 1);
        return;
    };
    if disputes.is_zero() || !received.is_zero() {
        return;
    }
    let Some(prior) = figures::prior(rule, subject, findings) else {
        return;
    };
    if figures::sum(prior, &inflow).is_some_and(Number::is_zero) {
        let message = format!("复议、诉讼共{disputes}件，而本年和上年都没有政府信息公开申请");
        findings.report(Finding::new(rule, message).at(subject, cells));
    }
}
