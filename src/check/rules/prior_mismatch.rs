//! Last year's report must be of the same authority and the year before.

use crate::check::{Finding, Findings, Rule, Subject, issuer};

pub(super) fn check(rule: &'static Rule, subject: &Subject<'_>, findings: &mut Findings) {
    let Some(prior) = subject.given else {
        findings.not_checked(rule, "没有上年度报告");
        return;
    };
    let wanted = subject.report.year().saturating_sub(1);
    if subject.prior.is_none() {
        let message = format!("所用的上年度报告是{}年的，应为{wanted}年的", prior.year());
        findings.report(Finding::new(rule, message));
    }
    let (ours, theirs) = (subject.report.issuer(), prior.issuer());
    if issuer::bare(ours).is_empty() || issuer::bare(theirs).is_empty() {
        findings.not_checked(rule, "本年度或上年度报告没有机关名称");
    } else if !issuer::is_same(ours, theirs) {
        let message = format!("上年度报告的机关是“{theirs}”，本报告是“{ours}”，应为同一机关");
        findings.report(
            Finding::new(rule, message).at(subject, vec![subject.report.edition().issuer_field]),
        );
    }
}
