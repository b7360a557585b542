//! Without last year's report nothing can be compared with it.

use crate::check::{Finding, Findings, Level, Rule, Subject};

/// Without last year's report nothing can be compared with it.
pub(super) const RULE: Rule = Rule {
    name: "prior-missing",
    title: "没有上年度报告",
    level: Level::Advice,
    card: include_str!("prior_missing.md"),
    check,
};

fn check(rule: &'static Rule, subject: &Subject<'_>, findings: &mut Findings) {
    if subject.prior.is_none() {
        let message = "没有上年度报告，与上年度对照的各项没有检查";
        findings.report(Finding::new(rule, message));
    }
}
