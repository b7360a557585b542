//! What was pending last year has come to an end or is still pending.

use crate::check::{Finding, Findings, Rule, Subject, figures};

const BLOCKS: &[&str] = &["review", "litigation_direct", "litigation_post_review"];

pub(super) fn check(rule: &'static Rule, subject: &Subject<'_>, findings: &mut Findings) {
    let report = subject.report;
    let key = |block: &str, column: &str| format!("review_litigation@{block}.{column}");
    let known = |block: &&&str| report.edition().find(&key(block, "total")).is_some();
    if !BLOCKS.iter().any(|block| known(&block)) {
        return;
    }
    let Some(prior) = figures::prior(rule, subject, findings) else {
        return;
    };
    let mut open = 0;
    for block in BLOCKS.iter().filter(known) {
        let now = figures::figure(report, &key(block, "total"));
        let before = figures::value(prior, &key(block, "unfinished"));
        let (Some((id, now)), Some(before)) = (now, before) else {
            open += 1;
            continue;
        };
        if now.is_zero() && !before.is_zero() {
            let label = &report.edition().field(id).label;
            let message = format!("{label}：上年尚有{before}件没有审结，本年总计为0");
            findings.report(Finding::new(rule, message).at(subject, vec![id]));
        } else if now < before {
            let label = &report.edition().field(id).label;
            let message = format!("{label}：上年尚有{before}件没有审结，本年总计只有{now}件");
            findings.report(Finding::new(rule, message).at(subject, vec![id]));
        }
    }
    if open > 0 {
        figures::not_filled(rule, findings, open);
    }
}
