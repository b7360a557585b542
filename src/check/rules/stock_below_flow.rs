//! What was made and not repealed is still in force.

use crate::check::{Findings, Level, Rule, Subject, arithmetic};

/// What was made and not repealed is still in force.
pub(super) const RULE: Rule = Rule {
    name: "stock-below-flow",
    title: "有效文件少于本年净增",
    level: Level::Query,
    card: include_str!("stock_below_flow.md"),
    check,
};

fn check(rule: &'static Rule, subject: &Subject<'_>, findings: &mut Findings) {
    arithmetic::report_broken(rule, subject, findings, arithmetic::no_fix);
}
