//! A lawsuit after a review needs a review.

use crate::check::{Finding, Findings, Rule, Subject, figures};
use crate::report::Number;

const REVIEW: &str = "review_litigation@review.total";
const AFTER: &str = "review_litigation@litigation_post_review.total";

pub(super) fn check(rule: &'static Rule, subject: &Subject<'_>, findings: &mut Findings) {
    let report = subject.report;
    if report.edition().find(AFTER).is_none() {
        return;
    }
    let (Some(review), Some((id, after))) = (
        figures::value(report, REVIEW),
        figures::figure(report, AFTER),
    ) else {
        figures::not_filled(rule, findings, 1);
        return;
    };
    if after.is_zero() || !review.is_zero() {
        return;
    }
    let Some(prior) = figures::prior(rule, subject, findings) else {
        return;
    };
    if figures::value(prior, REVIEW).is_some_and(Number::is_zero) {
        let message = format!("复议后的诉讼有{after}件，而本年和上年都没有复议");
        findings.report(Finding::new(rule, message).at(subject, vec![id]));
    }
}
