//! A stated total of a column must be the sum of its parts.

use crate::check::totals::{self, Way};
use crate::check::{Findings, Level, Rule, Subject};

/// A stated total of a column must be the sum of its parts.
pub(super) const RULE: Rule = Rule {
    name: "requests-results-total",
    title: "办理结果总计不等于各项之和",
    level: Level::Error,
    card: include_str!("requests_results_total.md"),
    check,
};

fn check(rule: &'static Rule, subject: &Subject<'_>, findings: &mut Findings) {
    totals::report_stated(rule, subject, findings, Way::Column);
}
