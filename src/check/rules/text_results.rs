//! The text gives the same results as the table.

use crate::check::mention;
use crate::check::pattern::Pattern;
use crate::check::{Findings, Rule, Subject};

macro_rules! group {
    ($name:literal, $rows:literal) => {
        (
            $name,
            $rows,
            Pattern::after(&[$name], || {
                mention::counted("(?:的|决定|申请|为|共|计|：){0,3}{count}")
            }),
        )
    };
}

/// How the text names a group of results, and where its rows stand.
static GROUPS: [(&str, &str, Pattern); 6] = [
    group!("予以公开", "requests.results.granted"),
    group!("部分公开", "requests.results.partial_grant"),
    group!("不予公开", "requests.results.denied"),
    group!("无法提供", "requests.results.unable_to_provide"),
    group!("不予处理", "requests.results.not_processed"),
    group!("其他处理", "requests.results.other"),
];

pub(super) fn check(rule: &'static Rule, subject: &Subject<'_>, findings: &mut Findings) {
    let report = subject.report;
    let edition = report.edition();
    for passage in subject.passages() {
        let (section, prose) = (passage.section, &passage.prose);
        for (_, rows, pattern) in &GROUPS {
            let mut mentions = mention::parts(prose, pattern);
            mentions.retain(|m| {
                let line = line_of(prose.text(), m.start);
                mention::is_of_year(m.before, m.words, report.year())
                    && line.contains("申请")
                    && mention::is_on_requests(line)
                    && !m.before.ends_with(['分', '不', '未'])
            });
            // Most texts name no result, and the keys of its rows are many to look through.
            if mentions.is_empty() {
                continue;
            }
            let keys: Vec<_> = edition
                .fields
                .iter()
                .map(|field| field.key.as_str())
                .filter(|key| {
                    let rest = key.strip_prefix(rows);
                    rest.is_some_and(|rest| {
                        rest.starts_with(['.', '@']) && rest.ends_with("@total")
                    })
                })
                .collect();
            mention::compare_with_table(
                rule,
                subject,
                findings,
                (section, prose),
                &mentions,
                &keys,
            );
        }
    }
}

/// The paragraph around a byte.
fn line_of(text: &str, byte: usize) -> &str {
    let start = text
        .get(..byte)
        .and_then(|head| head.rfind('\n'))
        .map_or(0, |at| at + 1);
    let line = text.get(start..).unwrap_or_default();
    line.lines().next().unwrap_or_default()
}
