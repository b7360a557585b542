//! The title is made of the authority, the year and the usual words.

use crate::check::{Finding, Findings, Rule, Subject};
use crate::report::{Edit, Entry};

pub(super) fn check(rule: &'static Rule, subject: &Subject<'_>, findings: &mut Findings) {
    let report = subject.report;
    let edition = report.edition();
    let id = edition.title_field;
    let stated = report.text(id);
    if stated.trim().is_empty() {
        return;
    }
    if report.issuer().trim().is_empty() {
        findings.not_checked(rule, "没有填写机关名称");
        return;
    }
    let usual = edition.usual_title(report.issuer(), report.year());
    // Both ways of writing are usual: without 人民政府, and 年度 for 年.
    let bare = |title: &str| {
        let title = title.split_whitespace().collect::<String>();
        let year = report.year().to_string();
        let title = title.replace(&format!("{year}年度政"), &format!("{year}年政"));
        title.replacen(&format!("人民政府{year}年"), &format!("{year}年"), 1)
    };
    if bare(stated) == bare(&usual) {
        return;
    }
    let message = format!("标题为“{stated}”，通常为“{usual}”");
    let mut finding = Finding::new(rule, message)
        .at(subject, vec![id])
        .fixed_by("采用通常的标题", Edit::Enter(id, Entry::Blank));
    finding.expected = Some(usual);
    finding.actual = Some(stated.to_owned());
    findings.report(finding);
}
