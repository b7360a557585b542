//! The text mentions as many reviews and lawsuits as the table.

use crate::check::mention;
use crate::check::pattern::Pattern;
use crate::check::{Findings, Rule, Subject};

const REVIEW: &str = "review_litigation@review.total";
const DIRECT: &str = "review_litigation@litigation_direct.total";
const AFTER: &str = "review_litigation@litigation_post_review.total";

/// Reviews and lawsuits together, reviews, lawsuits.
static PATTERNS: [(&[&str], Pattern); 3] = [
    (
        &[REVIEW, DIRECT, AFTER],
        Pattern::after(&["复议"], || {
            mention::counted("(?:案件|申请)?[、和及与或](?:行政)?诉讼[^，。；、\\n]{0,8}?{count}")
        }),
    ),
    (
        &[REVIEW],
        Pattern::after(&["复议"], || {
            mention::counted("(?:案件|申请|案)?(?:共计?|合计|数为?|为|的有|：)?{count}")
        }),
    ),
    (
        &[DIRECT, AFTER],
        Pattern::after(&["诉讼"], || {
            mention::counted("(?:案件|案)?(?:共计?|合计|数为?|为|的有|：)?{count}")
        }),
    ),
];

/// Words of a part of the cases.
const PARTS: &[&str] = &[
    "各", "维持", "纠正", "撤销", "审结", "败诉", "胜诉", "未经", "审理", "出庭", "应诉",
];

pub(super) fn check(rule: &'static Rule, subject: &Subject<'_>, findings: &mut Findings) {
    let report = subject.report;
    for passage in subject.passages() {
        let (section, prose) = (passage.section, &passage.prose);
        for (keys, pattern) in &PATTERNS {
            let mut mentions = mention::mentions(prose, pattern, report.year());
            mentions.retain(|m| {
                let clause = m.before.rsplit('，').next().unwrap_or_default();
                let joined = [
                    "、",
                    "和",
                    "及",
                    "与",
                    "或",
                    "、行政",
                    "和行政",
                    "及行政",
                    "与行政",
                    "或行政",
                ];
                let is_pair = joined.iter().any(|end| {
                    clause.strip_suffix(end).is_some_and(|rest| {
                        rest.ends_with("复议")
                            || rest.ends_with("复议案件")
                            || rest.ends_with("复议申请")
                    })
                });
                mention::is_on_requests(prose.context_before(m.end))
                    && !mention::has_any(clause, PARTS)
                    && !mention::has_any(m.words, PARTS)
                    && !is_pair
            });
            mention::compare_with_table(rule, subject, findings, (section, prose), &mentions, keys);
        }
    }
}
