//! The first section speaks of the five things the format names.

use crate::check::keys::KEYS;
use crate::check::prose;
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

/// The first year of the edition that names them.
const TOPICS_SINCE: u16 = 2021;

pub(super) fn check(rule: &'static Rule, subject: &Subject<'_>, findings: &mut Findings) {
    let report = subject.report;
    let passages = report.edition().passages();
    // The letter of 2021 names the five topics; that before it did not.
    let asks_topics = report.edition().years.0 >= TOPICS_SINCE;
    for (section, id) in passages.filter(|(section, _)| section.id == KEYS.overview) {
        let (text, bare) = (report.written(id), report.bare_headings(id));
        let missing: Vec<_> = TOPICS
            .iter()
            .filter(|(_, words)| asks_topics && !words.iter().any(|word| text.contains(word)))
            .map(|(name, _)| *name)
            .collect();
        let message = match (text.is_empty(), missing.is_empty(), bare.is_empty()) {
            (true, _, true) => "本部分没有内容".to_owned(),
            (true, _, false) => "本部分只有标题，标题下面没有内容".to_owned(),
            (false, false, _) => format!("本部分没有写到：{}", missing.join("、")),
            (false, true, false) => prose::nothing_under(&bare),
            (false, true, true) => continue,
        };
        let finding = Finding::new(rule, message).in_section(section);
        let finding = finding.resting_on(missing.join("、"));
        findings.report(finding.resting_on(bare.join("、")));
    }
}
