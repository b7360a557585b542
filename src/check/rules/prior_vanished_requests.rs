//! Several requests last year and none this year deserves a look.

use crate::check::figures::{self, Pair};
use crate::check::keys::KEYS;
use crate::check::{Finding, Findings, Limit, Rule, Subject};
use crate::report::Number;

pub(super) fn check(rule: &'static Rule, subject: &Subject<'_>, findings: &mut Findings) {
    let least = Number::from(subject.limit(Limit::VanishedRequests));
    for Pair { id, now, before } in figures::pairs(rule, subject, findings, &[KEYS.received]) {
        if now.is_zero() && before >= least {
            let message = format!("上年新收申请{before}件，本年为0件，各受理渠道是否都登记了");
            findings.report(
                Finding::new(rule, message)
                    .at(subject, vec![id])
                    .comparing(before, now),
            );
        }
    }
}
