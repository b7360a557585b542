//! The text answers as many requests as the table.

use crate::check::mention;
use crate::check::pattern::Pattern;
use crate::check::{Findings, Rule, Subject, figures};

const ANSWERED: &str = "requests.results.total_processed@total";

static PATTERN: Pattern = Pattern::after(&["办结", "答复", "办理完毕"], || {
    mention::counted("[^，。；、\\n率]{0,10}?{count}")
});

/// Words of other business.
const OTHERS: &[&str] = &[
    "建议", "提案", "留言", "信访", "热线", "咨询", "诉求", "工单", "投诉", "举报", "复议", "诉讼",
    "来信", "信箱", "许可", "审批", "办件", "案件",
];
/// Words beside a count of what was not answered.
const OPEN: &[&str] = &["未", "没有", "待", "结转"];
/// Words beside a count of a part of the answers, which is at most as large as all.
const PART: &[&str] = &["延期", "逾期", "当场", "口头", "按期", "按时"];

pub(super) fn check(rule: &'static Rule, subject: &Subject<'_>, findings: &mut Findings) {
    let report = subject.report;
    for passage in subject.passages() {
        let (section, prose) = (passage.section, &passage.prose);
        let mut mentions = mention::mentions(prose, &PATTERN, report.year());
        let all = figures::figure(report, ANSWERED).map(|(_, all)| all);
        mentions.retain(|m| {
            let sentence = format!("{}{}", m.before, m.words);
            let clause = sentence.rsplit('，').next().unwrap_or_default();
            let is_part = mention::has_any(clause, PART) && all.is_none_or(|all| m.number <= all);
            mention::is_on_requests(&sentence)
                && sentence.contains("申请")
                && !mention::has_any(&sentence, OTHERS)
                && !mention::has_any(clause, OPEN)
                && !is_part
        });
        mention::compare_with_table(
            rule,
            subject,
            findings,
            (section, prose),
            &mentions,
            &[ANSWERED],
        );
    }
}
