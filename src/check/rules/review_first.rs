//! A refusal goes to review before it goes to court.

use crate::check::keys::KEYS;
use crate::check::{Finding, Findings, Rule, Subject, figures};

/// The first report year in which the law holds for the whole year.
const SINCE: u16 = 2024;

pub(super) fn check(rule: &'static Rule, subject: &Subject<'_>, findings: &mut Findings) {
    if subject.report.year() < SINCE
        || subject
            .report
            .edition()
            .find(KEYS.direct_lawsuits)
            .is_none()
    {
        return;
    }
    let Some((cell, count)) = figures::figure(subject.report, KEYS.direct_lawsuits) else {
        figures::not_filled(rule, findings, 1);
        return;
    };
    if count.is_zero() {
        return;
    }
    let message = format!(
        "有{count}件未经复议直接起诉，不服不予公开的应先申请行政复议，核实这些案件是否填错了类别"
    );
    findings.report(Finding::new(rule, message).at(subject, vec![cell]));
}
