//! Requests carried forward come from this year, or they have been open for more than a year.

use crate::check::{Findings, Level, Rule, Subject, arithmetic};

/// Requests carried forward come from this year, or they have been open for more than a year.
pub(super) const RULE: Rule = Rule {
    name: "requests-open-too-long",
    title: "结转下年的多于本年新收",
    level: Level::Query,
    card: include_str!("requests_open_too_long.md"),
    check,
};

fn check(rule: &'static Rule, subject: &Subject<'_>, findings: &mut Findings) {
    arithmetic::report_broken(rule, subject, findings, arithmetic::no_fix);
}
