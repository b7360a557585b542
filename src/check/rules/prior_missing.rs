//! Without last year's report nothing can be compared with it.

use crate::check::{Finding, Findings, Rule, Subject};

pub(super) fn check(rule: &'static Rule, subject: &Subject<'_>, findings: &mut Findings) {
    if subject.given.is_none() {
        let message = "没有上年度报告，与上年度对照的各项没有检查";
        findings.report(Finding::new(rule, message));
    }
}
