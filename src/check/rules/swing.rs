//! A figure that changed more than fivefold deserves a look.

use crate::check::figures::{self, Pair};
use crate::check::{Finding, Findings, Level, Rule, Subject};
use crate::report::Number;

/// A figure that changed more than fivefold deserves a look.
pub(super) const RULE: Rule = Rule {
    name: "swing",
    title: "与上年相差五倍以上",
    level: Level::Advice,
    card: include_str!("swing.md"),
    check,
};

/// The figures that are compared.
const KEYS: &[&str] = &[
    "proactive.licensing@processed",
    "proactive.punishment@processed",
    "proactive.coercion@processed",
    "proactive.fees@amount",
    "requests.new_received@total",
];
/// Smaller figures swing by chance.
const LEAST: i64 = 10;
/// How many times as large the larger figure must be.
const TIMES: i64 = 5;
/// From here on the unit is the likelier fault, which is another rule's business.
const TOO_MANY: i64 = 5_000;

fn check(rule: &'static Rule, subject: &Subject<'_>, findings: &mut Findings) {
    for Pair { id, now, before } in figures::pairs(rule, subject, findings, KEYS) {
        let (small, large) = (now.min(before), now.max(before));
        let is_swing = !now.is_zero()
            && large >= Number::from(LEAST)
            && large > small.times(TIMES)
            && (small.is_zero() || large < small.times(TOO_MANY));
        if is_swing {
            let label = &subject.report.edition().field(id).label;
            let message = format!("{label}：本年为{now}，上年为{before}，相差五倍以上");
            findings.report(
                Finding::new(rule, message)
                    .at(subject, vec![id])
                    .comparing(before, now),
            );
        }
    }
}
