//! A text that says there were none stands beside tables that say so too.

use crate::check::pattern::Pattern;
use crate::check::{Findings, Rule, Subject, mention};

const NEW: &[&str] = &["requests.new_received@total"];
const ANY: &[&str] = &["requests.new_received@total", "requests.carried_over@total"];
const REVIEW: &str = "review_litigation@review.total";
const DIRECT: &str = "review_litigation@litigation_direct.total";
const AFTER: &str = "review_litigation@litigation_post_review.total";

/// A negation and what there was none of, with the cells that must be 0.
static PATTERNS: [(&[&str], Pattern); 8] = [
    (
        NEW,
        Pattern::after(&["未", "没有", "没", "未曾", "尚未"], || {
            none("(?:收到|接到|接收|受理|新收)", REQUEST)
        }),
    ),
    (
        ANY,
        Pattern::after(&["无", "没有", "不涉及", "零"], || none("", REQUEST)),
    ),
    (
        &["requests.carried_over@total"],
        Pattern::after(&["无", "没有"], || {
            none("", "上一?年度?结转(?:办理)?的?(?:政府信息公开)?")
        }),
    ),
    (
        &["requests.carried_forward@total"],
        Pattern::after(&["无", "没有", "未"], || {
            none(
                "",
                "结转(?:至|到|入)?(?:下一?年度?|次年|明年)(?:继续)?(?:办理)?的?(?:政府信息公开)?",
            )
        }),
    ),
    (
        &[REVIEW, DIRECT, AFTER],
        Pattern::after(NEGATION, || {
            none("", "复议(?:案件|申请)?[、和及与或]?(?:提起)?(?:行政)?诉讼")
        }),
    ),
    (&[REVIEW], Pattern::after(NEGATION, || none("", "复议"))),
    (
        &[DIRECT, AFTER],
        Pattern::after(NEGATION, || none("", "诉讼")),
    ),
    (
        &[FEES],
        Pattern::after(NOTHING_TAKEN, || {
            none("", "行政事业性(?:收费|费用)(?:项目)?")
        }),
    ),
];
const FEES: &str = "proactive.fees@amount";
const NEGATION: &[&str] = &[
    "未发生",
    "未出现",
    "未产生",
    "未收到",
    "未被",
    "未有",
    "未因",
    "没有",
    "无",
    "不涉及",
    "零",
];
const NOTHING_TAKEN: &[&str] = &[
    "未收取",
    "未征收",
    "没有收取",
    "没有征收",
    "未发生",
    "未产生",
    "没有",
    "无",
    "不涉及",
    "零",
];
const REQUEST: &str =
    "(?:信息公开的?申请|依申请公开(?:政府信息)?(?:的?申请)?|公开政府信息的申请|公开申请)";
/// Words after which the negation is about something else, or about a part only.
const ASIDE: &[&str] = &[
    "未",
    "不予",
    "不满",
    "不当",
    "不及时",
    "不规范",
    "超",
    "逾",
    "延",
    "败",
    "纠",
    "撤",
    "维持",
    "结转",
    "办结",
    "办理完毕",
    "答复",
    "收费",
    "重复",
    "投诉",
    "信访",
    "网",
    "信函",
    "邮",
    "电话",
    "传真",
    "当面",
    "现场",
    "企业",
    "自然人",
    "专",
    "经",
    "季度",
    "半年",
    "月份",
    "各村",
    "所属",
    "下属",
    "专门",
    "人员",
    "渠道",
    "制度",
    "条件",
    "故",
    "理由",
    "关",
];

/// What follows a negation: a verb, and what there was none of.
fn none(verb: &str, what: &str) -> String {
    let end = "(?:案件|申请|案|事项|件|行为|的?情况|的?情形|发生)*(?:[，。；！\\n]|$)";
    format!("{verb}(?P<gap>[^，。；、\\n]{{0,24}}?){what}{end}")
}

pub(super) fn check(rule: &'static Rule, subject: &Subject<'_>, findings: &mut Findings) {
    let report = subject.report;
    for passage in subject.passages() {
        let (section, prose) = (passage.section, &passage.prose);
        for (keys, pattern) in &PATTERNS {
            for hit in pattern.hits(prose) {
                let (all, gap) = (hit.all, hit.words("gap"));
                let before = prose.sentence_before(all.start);
                let clause = before.rsplit('，').next().unwrap_or_default();
                let is_request = keys.first().is_some_and(|key| key.starts_with("requests."));
                let is_of_disputes = mention::has_any(gap, &["复议", "诉讼"])
                    || (is_request && mention::has_any(gap, &["因", "引"]));
                let is_of_received = keys.len() > 1
                    && is_request
                    && mention::has_any(gap, &["收到", "接到", "受理", "接收", "新收"]);
                if is_of_received
                    || mention::has_any(gap, ASIDE)
                    || mention::has_any(clause, ASIDE)
                    || clause.ends_with(['有', '并', '绝', '毫', '从'])
                    || is_of_disputes
                    || !mention::is_of_year(before, all.words, report.year())
                {
                    continue;
                }
                let Some(expected) = mention::expect(rule, report, findings, keys) else {
                    continue;
                };
                let Some(value) = expected.values.first().filter(|value| !value.is_zero()) else {
                    continue;
                };
                let words = all.words.trim_end_matches(['，', '。', '；', '！', '\n']);
                let unit = if keys.contains(&FEES) {
                    "万元"
                } else {
                    "件"
                };
                let message = format!("正文写“{words}”，表中为{value}{unit}");
                let stretch = (all.start, all.start + words.len());
                let mut finding = prose.finding(rule, section, stretch, message);
                finding.cells = expected.cells;
                findings.report(finding);
            }
        }
    }
}
