//! A stated total in a table of one row must be the sum of its block.

use crate::check::totals::{self, Way};
use crate::check::{Findings, Level, Rule, Subject};

/// A stated total in a table of one row must be the sum of its block.
pub(super) const RULE: Rule = Rule {
    name: "review-total",
    title: "复议诉讼总计不等于各项之和",
    level: Level::Error,
    card: include_str!("review_total.md"),
    check,
};

fn check(rule: &'static Rule, subject: &Subject<'_>, findings: &mut Findings) {
    totals::report_stated(rule, subject, findings, Way::OnlyRow);
}
