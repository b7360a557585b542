//! A government tells how its work was assessed, judged by the public and accounted for.

use crate::check::keys::KEYS;
use crate::check::{Finding, Findings, Rule, Subject, issuer};

/// What is to be told, and words that show that it is.
const DUTIES: [(&str, &[&str]); 3] = [
    ("工作考核", &["考核", "考评", "绩效"]),
    ("社会评议", &["评议", "评价", "满意度", "问卷", "评估"]),
    ("责任追究", &["追究", "追责", "问责"]),
];

pub(super) fn check(rule: &'static Rule, subject: &Subject<'_>, findings: &mut Findings) {
    let name = subject.report.issuer();
    if name.is_empty() {
        findings.not_checked(rule, "没有填写机关名称");
        return;
    }
    let Some(passage) = subject.passage(KEYS.overview) else {
        return;
    };
    if !issuer::is_peoples_government(name) || passage.text.trim().is_empty() {
        return;
    }
    let missing: Vec<_> = DUTIES
        .iter()
        .filter(|(_, words)| !words.iter().any(|word| passage.text.contains(word)))
        .map(|(duty, _)| *duty)
        .collect();
    if !missing.is_empty() {
        let message = format!(
            "没有写到{}，人民政府的报告应包括考核、社会评议和责任追究结果，没有发生的也应说明",
            missing.join("、")
        );
        findings.report(Finding::new(rule, message).in_section(passage.section));
    }
}
