//! The text mentions as many requests as the table.

use crate::check::mention::{self, Expected};
use crate::check::pattern::Pattern;
use crate::check::{Findings, Rule, Subject, figures};

const NEW: &str = "requests.new_received@total";
const OVER: &str = "requests.carried_over@total";

/// The verbs of receiving.
const VERBS: &[&str] = &["新收", "收到", "受理", "收办", "接收", "接到"];

/// The verb, then the count after or before the word for a request.
static PATTERNS: [Pattern; 2] = [
    Pattern::after(VERBS, || {
        mention::counted("[^，。；、\\n]{0,24}?申请[^，。；、\\n申]{0,10}?{count}")
    }),
    Pattern::after(VERBS, || {
        mention::counted("[^，。；、\\n]{0,8}?{count}[^，。；、\\n]{0,12}?申请")
    }),
];

/// Words of other requests, and of a part of the requests.
const OTHERS: &[&str] = &[
    "复议",
    "诉讼",
    "许可",
    "审批",
    "低保",
    "救助",
    "补贴",
    "补助",
    "建房",
    "登记",
    "事项",
    "自然人",
    "法人",
    "企业",
    "公司",
    "组织",
    "公民",
    "个人",
    "律师",
    "网",
    "信函",
    "当面",
    "邮",
    "电话",
    "传真",
    "现场",
    "窗口",
    "书面",
    "口头",
    "平台",
    "转",
    "不予",
    "无效",
    "重复",
    "办结",
    "答复",
    "结转",
    "仲裁",
    "调解",
    "举报",
    "投诉",
    "信访",
];

/// Words of one way in which requests come in.
const CHANNELS: &[&str] = &["网", "信函", "当面", "邮", "现场", "窗口", "电话", "通过"];

pub(super) fn check(rule: &'static Rule, subject: &Subject<'_>, findings: &mut Findings) {
    let report = subject.report;
    for passage in subject.passages() {
        let (section, prose) = (passage.section, &passage.prose);
        for pattern in &PATTERNS {
            let mut mentions = mention::mentions(prose, pattern, report.year());
            mentions.retain(|m| {
                let sentence = format!("{}{}{}", m.before, m.words, prose.sentence_after(m.end));
                mention::is_on_requests(&sentence)
                    && !mention::has_any(m.words, OTHERS)
                    && !mention::has_any(m.before.rsplit('，').next().unwrap_or_default(), CHANNELS)
            });
            let (both, either): (Vec<_>, Vec<_>) = mentions
                .into_iter()
                .partition(|m| m.words.starts_with("收办"));
            if both.is_empty() && either.is_empty() {
                continue;
            }
            let Some(all) = mention::expect(rule, report, findings, &[NEW, OVER]) else {
                return;
            };
            mention::compare(rule, subject, findings, (section, prose), &both, &all);
            let mut values = all.values.clone();
            values.extend(figures::value(report, NEW));
            values.sort();
            values.dedup();
            let any = Expected { values, ..all };
            mention::compare(rule, subject, findings, (section, prose), &either, &any);
        }
    }
}
