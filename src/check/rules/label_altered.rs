//! A published table keeps the labels that the form prescribes.

use crate::check::{Finding, Findings, Rule, Subject};
use crate::report::note;

pub(super) fn check(rule: &'static Rule, subject: &Subject<'_>, findings: &mut Findings) {
    let edition = subject.report.edition();
    for altered in subject
        .notes
        .iter()
        .filter_map(|n| note::read_altered_label(n))
    {
        let message = format!(
            "原文件把“{}”印成了“{}”，重新公开时应改回规定的名称",
            altered.prescribed, altered.printed
        );
        let mut finding = Finding::new(rule, message);
        finding.section = edition
            .sections
            .iter()
            .find(|section| section.label == altered.section)
            .map(|section| section.id.clone());
        finding.expected = Some(altered.prescribed.to_owned());
        finding.actual = Some(altered.printed.to_owned());
        findings.report(finding);
    }
}
