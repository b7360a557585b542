//! A section is this year's, not last year's with other figures.

use crate::check::keys::KEYS;
use crate::check::{Finding, Findings, Level, Limit, Rule, Subject, figures, similar};
use crate::form::{FieldId, Section, SectionBody};

/// How many sentences a message names.
const NAMED: usize = 3;
/// How many characters of a sentence a message shows.
const SHOWN: usize = 20;

/// Words of a promise.
const PROMISE: [&str; 6] = ["将", "下一步", "今后", "计划", "拟", "打算"];
/// Letters from which on a promise is one's own.
const LEAST_PROMISE: usize = 12;

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
        !matches!(section.body, SectionBody::Passage { optional: true, .. })
            && section.id != KEYS.other_matters
    });
    for (section, id) in passages {
        let Some(older) = prior.same_field(report, id) else {
            continue;
        };
        let likeness = similar::likeness(report.text(id), prior.text(older));
        if likeness.length < least || likeness.percent < advice.min(query) {
            promises(rule, subject, findings, section, id, prior.text(older));
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

/// What last year's part on problems promised does not stand there again word for word.
fn promises(
    rule: &'static Rule,
    subject: &Subject<'_>,
    findings: &mut Findings,
    section: &Section,
    id: FieldId,
    older: &str,
) {
    if section.id != KEYS.problems {
        return;
    }
    let is_promise = |sentence: &&str| {
        PROMISE.iter().any(|word| sentence.contains(word))
            && similar::letters(sentence).len() >= LEAST_PROMISE
    };
    let ends = ['。', '；', '！', '\n'];
    let old: Vec<_> = older
        .split(ends)
        .filter(is_promise)
        .map(similar::letters)
        .collect();
    let again = subject.report.text(id).split(ends).filter(is_promise);
    for sentence in again.filter(|sentence| old.contains(&similar::letters(sentence))) {
        let message = format!(
            "上年度报告打算做的“{}”今年原样又写了一遍，应写上年的打算做到了哪一步",
            start(sentence.trim())
        );
        let mut finding = Finding::new(rule, message).in_section(section);
        finding.level = Level::Advice;
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
