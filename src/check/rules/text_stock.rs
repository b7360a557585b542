//! The text mentions as many normative documents as the table.

use crate::check::mention;
use crate::check::pattern::Pattern;
use crate::check::{Findings, Rule, Subject};

/// Documents made, repealed and in force.
static PATTERNS: [(&str, Pattern); 4] = [
    (
        "proactive.normative_documents@made",
        Pattern::after(&["制发", "制定", "出台", "印发"], documents),
    ),
    (
        "proactive.normative_documents@repealed",
        Pattern::after(&["废止"], documents),
    ),
    (
        "proactive.normative_documents@valid",
        Pattern::after(&["现行有效的", "现行有效"], documents),
    ),
    (
        "proactive.normative_documents@valid",
        Pattern::after(&["规范性"], || {
            mention::counted("[^，。；、\\n]{0,4}?现行有效的?(?:共|有|为)?{count}")
        }),
    ),
];

fn documents() -> String {
    mention::counted("[^，。；、\\n党内公开解读审查清理]{0,6}?规范性[^，。；、\\n]{0,6}?{count}")
}

pub(super) fn check(rule: &'static Rule, subject: &Subject<'_>, findings: &mut Findings) {
    let report = subject.report;
    for passage in subject.passages() {
        let (section, prose) = (passage.section, &passage.prose);
        for (key, pattern) in &PATTERNS {
            let mut mentions = mention::mentions(prose, pattern, report.year());
            mentions.retain(|m| !mention::has_any(m.words, &["党", "宣布", "修改", "和", "及"]));
            mention::compare_with_table(
                rule,
                subject,
                findings,
                (section, prose),
                &mentions,
                &[key],
            );
        }
    }
}
