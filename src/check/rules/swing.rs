//! A figure that changed more than fivefold deserves a look.

use crate::check::figures::{self, Pair};
use crate::check::keys::KEYS;
use crate::check::{Finding, Findings, Limit, Rule, Subject};
use crate::form::Kind;
use crate::report::Number;

pub(super) fn check(rule: &'static Rule, subject: &Subject<'_>, findings: &mut Findings) {
    let least = Number::from(subject.limit(Limit::SwingLeast));
    let times = subject.limit(Limit::SwingTimes);
    let unit = subject.limit(Limit::MoneyUnitLeast);
    for Pair { id, now, before } in figures::pairs(rule, subject, findings, &KEYS.steady) {
        // Where the unit is the likelier fault, it is another rule's business.
        let is_money = subject.report.edition().field(id).kind != Kind::Count;
        let (small, large) = (now.min(before), now.max(before));
        let is_swing = !now.is_zero()
            && large >= least
            && large > small.times(times)
            && (!is_money || small.is_zero() || large < small.times(unit));
        if is_swing {
            let label = &subject.report.edition().field(id).label;
            let message = format!("{label}：本年为{now}，上年为{before}，相差{times}倍以上");
            findings.report(
                Finding::new(rule, message)
                    .at(subject, vec![id])
                    .comparing(before, now),
            );
        }
    }
}
