//! Reviews and lawsuits follow from requests.

use crate::check::{Finding, Findings, Rule, Subject, figures};
use crate::report::Number;

const RECEIVED: &[&str] = &["requests.new_received@total", "requests.carried_over@total"];
const DISPUTES: &[&str] = &[
    "review_litigation@review.total",
    "review_litigation@litigation_direct.total",
    "review_litigation@litigation_post_review.total",
];

pub(super) fn check(rule: &'static Rule, subject: &Subject<'_>, findings: &mut Findings) {
    let report = subject.report;
    let cells = figures::cells(report, DISPUTES);
    if cells.is_empty() {
        return;
    }
    let (Some(disputes), Some(received)) = (
        figures::sum(report, DISPUTES),
        figures::sum(report, RECEIVED),
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
    if figures::sum(prior, RECEIVED).is_some_and(Number::is_zero) {
        let message = format!("复议、诉讼共{disputes}件，而本年和上年都没有政府信息公开申请");
        findings.report(Finding::new(rule, message).at(subject, cells));
    }
}
