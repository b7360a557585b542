//! What was carried over must be what last year carried forward.

use crate::check::{Findings, Level, Rule, Subject, arithmetic};

/// What was carried over must be what last year carried forward.
pub(super) const RULE: Rule = Rule {
    name: "prior-carry",
    title: "上年结转与上年度报告不一致",
    level: Level::Query,
    card: include_str!("prior_carry.md"),
    check,
};

fn check(rule: &'static Rule, subject: &Subject<'_>, findings: &mut Findings) {
    arithmetic::report_broken(rule, subject, findings, arithmetic::fit_first);
}
