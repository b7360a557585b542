//! Documents in force follow from last year, what was made and what was repealed.

use crate::check::{Findings, Level, Rule, Subject, arithmetic};

/// Documents in force follow from last year, what was made and what was repealed.
pub(super) const RULE: Rule = Rule {
    name: "prior-stock",
    title: "有效文件数与上年度不衔接",
    level: Level::Query,
    card: include_str!("prior_stock.md"),
    check,
};

fn check(rule: &'static Rule, subject: &Subject<'_>, findings: &mut Findings) {
    arithmetic::report_broken(rule, subject, findings, arithmetic::fit_first);
}
