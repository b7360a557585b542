//! No sentence breaks off, no word and no paragraph stands twice.

use std::collections::BTreeSet;
use std::ops::Range;

use crate::check::subject::Passage;
use crate::check::words::WORDS;
use crate::check::{Findings, Rule, Subject};
use crate::report::headings::heading_level;

/// Letters from which on a paragraph that stands twice is no chance.
const LEAST: usize = 15;
/// What is said twice on purpose: 一个一个, 逐步逐步.
const RHYTHM: [char; 16] = [
    '一', '二', '三', '四', '五', '六', '七', '八', '九', '十', '百', '千', '万', '逐', '个', '公',
];
/// How long a stretch is looked at that stands twice in a row.
const REPEATED: std::ops::RangeInclusive<usize> = 2..=16;

pub(super) fn check(rule: &'static Rule, subject: &Subject<'_>, findings: &mut Findings) {
    let mut known = BTreeSet::new();
    for passage in subject.passages() {
        doubled(rule, findings, passage);
        repeated(rule, findings, passage);
        let mut lines = passage.lines().peekable();
        while let Some((start, line)) = lines.next() {
            let next = lines.peek().map(|(_, next)| next.trim());
            broken_off(rule, findings, passage, start, line, next);
            twice(rule, findings, passage, start, line, &mut known);
        }
    }
}

fn doubled(rule: &'static Rule, findings: &mut Findings, passage: &Passage<'_>) {
    for (range, once) in WORDS.doubled(passage.text, passage.found()) {
        let message = format!("“{once}”连写了两遍");
        let edit = passage.replacing(std::slice::from_ref(&range), once);
        findings.report(
            passage
                .finding(rule, range, message)
                .fixed_by("删去多余的一遍", edit),
        );
    }
}

/// A longer stretch of Chinese that is followed by itself.
fn repeated(rule: &'static Rule, findings: &mut Findings, passage: &Passage<'_>) {
    let chars: Vec<(usize, char)> = passage.text.char_indices().collect();
    let is_han = |c: char| ('\u{4E00}'..='\u{9FFF}').contains(&c);
    let mut at = 0;
    while let Some(&(_, first)) = chars.get(at) {
        let same = |length: &usize| {
            let (one, other) = (
                chars.get(at..at + length),
                chars.get(at + length..at + 2 * length),
            );
            one.zip(other).is_some_and(|(one, other)| {
                one.iter()
                    .zip(other)
                    .all(|((_, a), (_, b))| a == b && is_han(*a))
            })
        };
        let is_rhythm = |c: char| RHYTHM.contains(&c);
        let begins_anew = |length: &usize| chars.get(at + length).is_some_and(|(_, c)| *c == first);
        let length = if is_han(first) && !is_rhythm(first) {
            REPEATED.rev().filter(begins_anew).find(same)
        } else {
            None
        };
        let Some(length) = length else {
            at += 1;
            continue;
        };
        let byte = |place: usize| {
            chars
                .get(place)
                .map_or(passage.text.len(), |(byte, _)| *byte)
        };
        let (start, middle, end) = (byte(at), byte(at + length), byte(at + 2 * length));
        let words = passage.text.get(start..middle).unwrap_or_default();
        let message = format!("“{words}”连写了两遍");
        let edit = passage.replacing(std::slice::from_ref(&(middle..end)), "");
        findings.report(
            passage
                .finding(rule, start..end, message)
                .fixed_by("删去多余的一遍", edit),
        );
        at += 2 * length;
    }
}

/// A paragraph that ends with a comma or with a word that something must follow.
fn broken_off(
    rule: &'static Rule,
    findings: &mut Findings,
    passage: &Passage<'_>,
    start: usize,
    line: &str,
    next: Option<&str>,
) {
    let words = line.trim_end();
    if words.trim_start().chars().count() < 6 || heading_level(words.trim()).is_some() {
        return;
    }
    let Some(last) = words.chars().next_back() else {
        return;
    };
    let is_last = next.is_none_or(|next| next.is_empty() || is_numbered(next));
    let dangles = || {
        let mut dangling = WORDS.lists.dangling.iter();
        dangling.any(|word| {
            let before = words.strip_suffix(word.as_str());
            before.is_some_and(|before| {
                word.chars().count() > 1 || before.ends_with(['，', '。', '；', '步'])
            })
        })
    };
    let breaks_off = match last {
        '，' | '、' | ',' => is_last,
        '；' | ';' | '：' | ':' => next.is_none(),
        _ => is_last && dangles(),
    };
    let is_han = ('\u{4E00}'..='\u{9FFF}').contains(&last);
    if !breaks_off && is_last && is_han && words.contains('。') {
        let end = start + words.len();
        let shown = tail(words);
        let message = format!("“{shown}”后面没有句号");
        let edit = passage.replacing(std::slice::from_ref(&(end..end)), "。");
        let finding = passage.finding(rule, end - shown.len()..end, message);
        findings.report(finding.fixed_by("加上句号", edit));
    } else if breaks_off {
        let end = start + words.len();
        let shown = tail(words);
        let message = format!("“{shown}”没有写完，一段话应写完整并以句号结束");
        findings.report(passage.finding(rule, end - shown.len()..end, message));
    }
}

/// A paragraph or a sentence that stood in the report before.
fn twice(
    rule: &'static Rule,
    findings: &mut Findings,
    passage: &Passage<'_>,
    start: usize,
    line: &str,
    known: &mut BTreeSet<String>,
) {
    let mut begin = start;
    for sentence in line.split_inclusive(['。', '！', '？']) {
        let range = trimmed(begin, sentence);
        begin += sentence.len();
        let words = passage.text.get(range.clone()).unwrap_or_default();
        let says = words.chars().filter(|c| c.is_alphanumeric()).count() >= LEAST;
        if !says || !words.ends_with(['。', '！', '？']) || known.insert(words.to_owned()) {
            continue;
        }
        let shown: String = words.chars().take(16).collect();
        let message = format!("“{shown}…”这句话写了两遍");
        let edit = passage.replacing(std::slice::from_ref(&range), "");
        findings.report(
            passage
                .finding(rule, range, message)
                .fixed_by("删去后一遍", edit),
        );
    }
}

fn trimmed(start: usize, words: &str) -> Range<usize> {
    let begin = start + words.len() - words.trim_start().len();
    begin..begin + words.trim().len()
}

/// Whether a line begins as a heading or as a point of a list.
fn is_numbered(line: &str) -> bool {
    line.starts_with(['（', '(']) || line.starts_with(|c: char| c.is_ascii_digit())
}

/// The last words of a line.
fn tail(words: &str) -> &str {
    let start = words.char_indices().rev().nth(7).map_or(0, |(at, _)| at);
    words.get(start..).unwrap_or(words)
}
