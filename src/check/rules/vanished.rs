//! A figure that was there last year and is 0 now deserves a look.

use crate::check::figures::{self, Pair};
use crate::check::keys::KEYS;
use crate::check::{Finding, Findings, Rule, Subject};

pub(super) fn check(rule: &'static Rule, subject: &Subject<'_>, findings: &mut Findings) {
    for Pair { id, now, before } in figures::pairs(rule, subject, findings, &KEYS.lasting) {
        if now.is_zero() && before > now {
            let label = &subject.report.edition().field(id).label;
            let message = format!("{label}：上年为{before}，本年为0");
            findings.report(
                Finding::new(rule, message)
                    .at(subject, vec![id])
                    .comparing(before, now),
            );
        }
    }
}
