//! A text that says all is done leaves nothing to carry forward.

use crate::check::pattern::Pattern;
use crate::check::{Findings, Rule, Subject, figures, mention};

const OPEN: &str = "requests.carried_forward@total";

static PATTERN: Pattern = Pattern::at(
    &["全部", "所有", "均已", "全都", "办结率"],
    || {
        "(?:全部|所有|均已|全都)[^，。；、\\n率未不]{0,16}?(?:办结|办理完毕)|办结率(?:为|达到?|是|均为)?(?:100%|百分之百)"
        .to_owned()
    },
);

/// Words of other business, and of a part of the requests.
const OTHERS: &[&str] = &[
    "建议", "提案", "留言", "信访", "热线", "咨询", "诉求", "工单", "投诉", "举报", "复议", "诉讼",
    "来信", "信箱", "许可", "审批", "办件", "案件", "按期", "按时", "限时", "期限", "到期", "其余",
    "其他", "上年", "去年", "其中", "将", "力争", "确保",
];

/// Whether a sentence names requests that are carried over, not only that there are none.
fn speaks_of_open_ones(sentence: &str) -> bool {
    let named = sentence.match_indices("结转");
    named.into_iter().any(|(at, _)| {
        let before = sentence.get(..at).unwrap_or_default();
        !["无", "没有", "未", "零"]
            .iter()
            .any(|no| before.ends_with(no))
    })
}

pub(super) fn check(rule: &'static Rule, subject: &Subject<'_>, findings: &mut Findings) {
    let report = subject.report;
    for passage in subject.passages() {
        let (section, prose) = (passage.section, &passage.prose);
        for found in PATTERN.hits(prose).iter().map(|hit| hit.all) {
            let before = prose.sentence_before(found.start);
            let sentence = format!("{before}{}{}", found.words, prose.sentence_after(found.end));
            if !sentence.contains("申请")
                || !mention::is_on_requests(&sentence)
                || mention::has_any(&sentence, OTHERS)
                || speaks_of_open_ones(&sentence)
                || !mention::is_of_year(before, found.words, report.year())
            {
                continue;
            }
            let Some((cell, open)) = figures::figure(report, OPEN) else {
                if report.edition().find(OPEN).is_some() {
                    figures::not_filled(rule, findings, 1);
                }
                return;
            };
            if open.is_zero() {
                continue;
            }
            let message = format!("正文写“{}”，表中还有{open}件结转下年度", found.words);
            let mut finding = prose.finding(rule, section, (found.start, found.end), message);
            finding.cells = vec![cell];
            findings.report(finding);
        }
    }
}
