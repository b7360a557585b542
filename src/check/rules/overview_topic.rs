//! The first section speaks of the five things the format names.

use crate::check::{Finding, Findings, Rule, Subject};

/// What the section speaks of, and words that show that it does.
const TOPICS: &[(&str, &[&str])] = &[
    (
        "主动公开",
        &["主动公开", "公开信息", "发布信息", "公开各类", "发布各类"],
    ),
    (
        "依申请公开",
        &["依申请", "公开申请", "申请公开", "信息申请"],
    ),
    (
        "政府信息管理",
        &["信息管理", "管理", "审查", "审核", "清理", "规范性"],
    ),
    (
        "平台建设",
        &["平台", "网站", "专栏", "公众号", "新媒体", "门户", "查阅"],
    ),
    (
        "监督保障",
        &["监督", "保障", "考核", "评议", "培训", "责任追究"],
    ),
];

pub(super) fn check(rule: &'static Rule, subject: &Subject<'_>, findings: &mut Findings) {
    let report = subject.report;
    let passages = report.edition().passages();
    for (section, id) in passages.filter(|(section, _)| section.id == "overview") {
        let text = report.text(id);
        let missing: Vec<_> = TOPICS
            .iter()
            .filter(|(_, words)| !words.iter().any(|word| text.contains(word)))
            .map(|(name, _)| *name)
            .collect();
        let message = if text.trim().is_empty() {
            "本部分没有内容".to_owned()
        } else if missing.is_empty() {
            continue;
        } else {
            format!("本部分没有写到：{}", missing.join("、"))
        };
        findings.report(Finding::new(rule, message).in_section(section));
    }
}
