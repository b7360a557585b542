//! A stated total of a row must be the sum of the row.

use crate::check::totals::{self, Way};
use crate::check::{Findings, Level, Rule, Subject};

/// A stated total of a row must be the sum of the row.
pub(super) const RULE: Rule = Rule {
    name: "requests-row-total",
    title: "总计不等于各列之和",
    level: Level::Error,
    card: include_str!("requests_row_total.md"),
    check,
};

fn check(rule: &'static Rule, subject: &Subject<'_>, findings: &mut Findings) {
    totals::report_stated(rule, subject, findings, Way::Row);
}
