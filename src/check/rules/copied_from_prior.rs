//! A section is this year's, not last year's with other figures.

use crate::check::{Finding, Findings, Level, Limit, Rule, Subject, figures, similar};
use crate::form::Block;

/// How many sentences a message names.
const NAMED: usize = 3;
/// How many characters of a sentence a message shows.
const SHOWN: usize = 20;

pub(super) fn check(rule: &'static Rule, subject: &Subject<'_>, findings: &mut Findings) {
    let Some(prior) = figures::prior(rule, subject, findings) else {
        return;
    };
    let report = subject.report;
    let count = |limit| subject.terms.settings.count(limit);
    let (query, advice) = (count(Limit::CopiedQuery), count(Limit::CopiedAdvice));
    let least = count(Limit::CopiedLeast);
    let passages = report.edition().passages();
    let passages = passages.filter(|(section, _)| {
        !matches!(section.body, Block::Passage { optional: true, .. })
            && section.id != "other_matters"
    });
    for (section, id) in passages {
        let Some(older) = prior.same_field(report, id) else {
            continue;
        };
        let likeness = similar::likeness(report.text(id), prior.text(older));
        if likeness.length < least || likeness.percent < advice.min(query) {
            continue;
        }
        let mut sentences = likeness.sentences;
        sentences.sort_by_key(|sentence| std::cmp::Reverse(sentence.chars().count()));
        let named: Vec<_> = sentences
            .iter()
            .take(NAMED)
            .map(|sentence| format!("“{}”", start(sentence)))
            .collect();
        let message = format!(
            "有{}%的文字与上年度报告相同（数字不计），例如{}",
            likeness.percent,
            named.join("")
        );
        let mut finding = Finding::new(rule, message)
            .in_section(section)
            .resting_on(likeness.percent.to_string());
        if likeness.percent < query {
            finding.level = Level::Advice;
        }
        findings.report(finding);
    }
}

/// The first words of a sentence.
fn start(sentence: &str) -> String {
    let mut start: String = sentence.chars().take(SHOWN).collect();
    if start.len() < sentence.len() {
        start.push('…');
    }
    start
}
