//! Misprints of the report's own terms, frequent ones of other words, and those the filer listed.

use std::collections::BTreeMap;
use std::ops::Range;

use aho_corasick::AhoCorasick;

use crate::check::settings::Misprint;
use crate::check::subject::Passage;
use crate::check::words::WORDS;
use crate::check::{Findings, Rule, Subject};

pub(super) fn check(rule: &'static Rule, subject: &Subject<'_>, findings: &mut Findings) {
    let own: Vec<_> = subject
        .terms
        .settings
        .all_misprints()
        .filter(|Misprint { wrong, right }| !wrong.is_empty() && !right.contains(wrong))
        .collect();
    let search = AhoCorasick::new(own.iter().map(|own| &own.wrong)).ok();
    for passage in subject.passages() {
        let mut found = WORDS.misprints(passage.text, passage.found());
        if let Some(search) = search.as_ref().filter(|_| !own.is_empty()) {
            let hits = search.find_iter(passage.text);
            found.extend(hits.filter_map(|hit| {
                let Misprint { right, .. } = own.get(hit.pattern().as_usize())?;
                Some((hit.range(), right.as_str()))
            }));
        }
        report(rule, findings, passage, found);
        unreadable(rule, findings, passage);
    }
}

/// Reports every misprint once, however often it stands in the text.
fn report(
    rule: &'static Rule,
    findings: &mut Findings,
    passage: &Passage<'_>,
    found: Vec<(Range<usize>, &str)>,
) {
    let mut by_words: BTreeMap<(&str, &str), Vec<Range<usize>>> = BTreeMap::new();
    for (range, right) in found {
        let wrong = passage.text.get(range.clone()).unwrap_or_default();
        by_words.entry((wrong, right)).or_default().push(range);
    }
    for ((wrong, right), ranges) in by_words {
        let Some(first) = ranges.first().cloned() else {
            continue;
        };
        let times = match ranges.len() {
            1 => String::new(),
            count => format!("，共{count}处"),
        };
        let message = format!("“{wrong}”可能是“{right}”{times}");
        findings.report(
            passage
                .finding(rule, first, message)
                .fixed_by(format!("改为“{right}”"), passage.replacing(&ranges, right)),
        );
    }
}

/// A character that a program could not read says nothing to a reader.
fn unreadable(rule: &'static Rule, findings: &mut Findings, passage: &Passage<'_>) {
    let is_unreadable = |c: char| c == '\u{FFFD}' || ('\u{E000}'..='\u{F8FF}').contains(&c);
    let mut places = passage
        .text
        .char_indices()
        .filter(|(_, c)| is_unreadable(*c));
    if let Some((start, c)) = places.next() {
        let count = 1 + places.count();
        let message = format!("有{count}个读不出的字符“{c}”，应换成原来的字");
        findings.report(passage.finding(rule, start..start + c.len_utf8(), message));
    }
}
