//! A lawsuit after a review needs a review.

use crate::check::keys::KEYS;
use crate::check::{Finding, Findings, Rule, Subject, figures};

pub(super) fn check(rule: &'static Rule, subject: &Subject<'_>, findings: &mut Findings) {
    let report = subject.report;
    if report.edition().find(KEYS.later_lawsuits).is_none() {
        return;
    }
    let (Some(review), Some((id, after))) = (
        figures::value(report, KEYS.reviews),
        figures::figure(report, KEYS.later_lawsuits),
    ) else {
        figures::not_filled(rule, findings, 1);
        return;
    };
    // What followed a review of this year needs no other one.
    if after <= review {
        return;
    }
    let Some(prior) = figures::prior(rule, subject, findings) else {
        return;
    };
    let Some(before) = figures::value(prior, KEYS.reviews) else {
        return;
    };
    let message = if review.is_zero() && before.is_zero() {
        format!("复议后的诉讼有{after}件，而本年和上年都没有复议")
    } else if after > review + before {
        format!(
            "复议后的诉讼有{after}件，而本年和上年的复议一共只有{}件",
            review + before
        )
    } else {
        return;
    };
    findings.report(Finding::new(rule, message).at(subject, vec![id]));
}
