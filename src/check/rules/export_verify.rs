//! What was written is what the draft holds. Whoever writes a file reads it back and tells here.

use crate::check::{Finding, Findings, Mismatch, Rule, Subject};

pub(super) fn check(rule: &'static Rule, subject: &Subject<'_>, findings: &mut Findings) {
    let Some(mismatches) = subject.terms.read_back else {
        findings.not_checked(rule, "导出时才核对");
        return;
    };
    for Mismatch {
        file,
        place,
        expected,
        found,
    } in mismatches
    {
        let message = format!("{file}：{place}读回来是“{found}”，草稿是“{expected}”");
        let mut finding = Finding::new(rule, message);
        let edition = subject.report.edition();
        finding.section = edition
            .sections
            .iter()
            .find(|section| section.label == *place)
            .map(|section| section.id.clone());
        if let Some(cell) = edition
            .cells()
            .find(|&id| edition.field(id).label == *place)
        {
            finding = finding.at(subject, vec![cell]);
        }
        finding.expected = Some(expected.clone());
        finding.actual = Some(found.clone());
        findings.report(finding);
    }
}
