//! What a template leaves to be filled in does not stay in the report.

use std::ops::Range;

use crate::check::subject::Passage;
use crate::check::words::{WORDS, WordKind};
use crate::check::{Findings, Rule, Subject};

/// Signs that stand in the place of something.
const SIGNS: &str = "×✕╳＿_〇○●□■◯*＊XxＸｘ？?…Nn";
/// Brackets that a template asks in.
const BRACKETS: [(char, char); 9] = [
    ('〔', '〕'),
    ('<', '>'),
    ('＜', '＞'),
    ('（', '）'),
    ('(', ')'),
    ('[', ']'),
    ('［', '］'),
    ('【', '】'),
    ('{', '}'),
];

pub(super) fn check(rule: &'static Rule, subject: &Subject<'_>, findings: &mut Findings) {
    for passage in subject.passages() {
        let mut found = left_over(passage);
        found.extend(signs(passage.text));
        found.extend(brackets(passage.text));
        found.extend(gaps(passage.text));
        found.sort_by_key(|range| (range.start, std::cmp::Reverse(range.end)));
        let mut end = 0;
        for range in found {
            if range.start < end {
                continue;
            }
            end = range.end;
            let words = passage.text.get(range.clone()).unwrap_or_default().trim();
            let message = format!("“{words}”是模板里的占位文字，应换成实际内容或者删去");
            findings.report(passage.finding(rule, range, message));
        }
    }
}

/// Sentences that only a template holds.
fn left_over(passage: &Passage<'_>) -> Vec<Range<usize>> {
    let words = passage.found().iter();
    let left = words.filter(|word| word.kind == WordKind::Template);
    left.map(|word| word.range.clone()).collect()
}

/// Runs of signs in the place of a name or a number.
fn signs(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut chars = text.char_indices().peekable();
    let mut before = None;
    while let Some((start, c)) = chars.next() {
        // Chinese characters are none, and nearly all there is.
        if ('\u{4E00}'..='\u{9FFF}').contains(&c) || !SIGNS.contains(c) {
            before = Some(c);
            continue;
        }
        let mut end = start + c.len_utf8();
        let mut count = 1;
        while let Some((at, next)) = chars.next_if(|(_, next)| SIGNS.contains(*next)) {
            end = at + next.len_utf8();
            count += 1;
        }
        let after = chars.peek().map(|(_, c)| *c);
        if stands_for_something(
            text.get(start..end).unwrap_or_default(),
            count,
            before,
            after,
        ) {
            let year = digits_before(text, start);
            found.push(year..end);
        }
        before = text.get(..end).and_then(|text| text.chars().next_back());
    }
    found
}

/// Whether signs between two characters stand for what is missing.
fn stands_for_something(
    signs: &str,
    count: usize,
    before: Option<char>,
    after: Option<char>,
) -> bool {
    let is_latin = |c: Option<char>| {
        c.is_some_and(|c| (c.is_ascii_alphabetic() || "/@-_.".contains(c)) && !SIGNS.contains(c))
    };
    let is_unit = after.is_some_and(|c| "条件份次篇期个人年月日元万镇乡县市区局村宗".contains(c));
    let is_han = |c: Option<char>| c.is_some_and(|c| ('\u{4E00}'..='\u{9FFF}').contains(&c));
    let is_numeral = |c: Option<char>| c.is_some_and(|c| "一二三四五六七八九十".contains(c));
    let first = signs.chars().next().unwrap_or(' ');
    match first {
        _ if is_latin(before) || is_latin(after) => false,
        'N' | 'n' => count == 1 && is_unit && is_han(before),
        'X' | 'x' | 'Ｘ' | 'ｘ' => count > 1 || is_unit || is_han(before) && is_han(after),
        '×' | '✕' | '╳' | '○' | '◯' | '□' => count > 1 || is_unit,
        '？' | '?' | '…' => is_unit && is_han(before),
        '〇' if is_numeral(before) || is_numeral(after) => false,
        '●' | '■' | '〇' => count > 1 && signs.chars().all(|c| c == first),
        '*' | '＊' => count > 1 && (is_unit || is_han(before)) || is_unit && is_han(before),
        _ => count > 1,
    }
}

/// The first of the digits that belong to signs: `20` in `20XX`.
fn digits_before(text: &str, start: usize) -> usize {
    let head = text.get(..start).unwrap_or_default();
    head.trim_end_matches(|c: char| c.is_ascii_digit()).len()
}

/// Brackets with nothing in them, and those in which a template asks.
fn brackets(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    for (open, close) in BRACKETS {
        for (start, _) in text.match_indices(open) {
            let from = start + open.len_utf8();
            let rest = text.get(from..).unwrap_or_default();
            let Some(length) = rest
                .find([close, '\n'])
                .filter(|at| rest.get(*at..).is_some_and(|rest| rest.starts_with(close)))
            else {
                continue;
            };
            let inner = rest.get(..length).unwrap_or_default().trim();
            if asks(inner, open) {
                found.push(start..from + length + close.len_utf8());
            }
        }
    }
    found
}

fn asks(inner: &str, open: char) -> bool {
    let lists = &WORDS.lists;
    let is_name = open == '{' && inner.chars().all(|c| c.is_ascii_lowercase() || c == '_');
    let is_gap = inner
        .chars()
        .all(|c| c.is_whitespace() || SIGNS.contains(c) || c == '.');
    let is_short = inner.chars().count() <= 40;
    is_name
        || is_gap
        || lists.asked.iter().any(|word| word == inner)
        || is_short && lists.notes.iter().any(|word| inner.contains(word.as_str()))
}

/// Places where a number or an address was left out.
fn gaps(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut start = 0;
    for line in text.split('\n') {
        found.extend(
            blanks(line)
                .into_iter()
                .map(|range| start + range.start..start + range.end),
        );
        found.extend(
            dates(line)
                .into_iter()
                .map(|range| start + range.start..start + range.end),
        );
        found.extend(
            contacts(line)
                .into_iter()
                .map(|range| start + range.start..start + range.end),
        );
        start += line.len() + 1;
    }
    found
}

/// A month or a day without its number: 年　月　日, 于月日.
fn dates(line: &str) -> Vec<Range<usize>> {
    let found = line.match_indices('月').filter_map(|(at, month)| {
        let head = line.get(..at)?;
        let rest = line.get(at + month.len()..)?;
        let day = rest.trim_start().strip_prefix('日')?;
        let before = head.trim_end().chars().next_back();
        let has_number = before.is_some_and(|c| {
            c.is_numeric() || "一二三四五六七八九十每当本同按×xXＸ*＊_".contains(c)
        });
        let is_word = head.ends_with("出生年") || day.starts_with(['期', '常']);
        (!has_number && !is_word).then(|| at..line.len() - day.len())
    });
    found.collect()
}

/// A blank where a number belongs: 推送信息  条.
fn blanks(line: &str) -> Vec<Range<usize>> {
    let lists = &WORDS.lists;
    let is_blank = |c: char| matches!(c, ' ' | '　' | '\t' | '\u{A0}');
    let mut found = Vec::new();
    let mut end = 0;
    while let Some(start) = line.get(end..).and_then(|rest| rest.find(is_blank)) {
        let start = end + start;
        let head = line.get(..start).unwrap_or_default();
        let rest = line
            .get(start..)
            .unwrap_or_default()
            .trim_start_matches(is_blank);
        end = line.len() - rest.len();
        let unit = lists
            .units
            .iter()
            .filter(|unit| rest.starts_with(unit.as_str()));
        let Some(unit) = unit.max_by_key(|unit| unit.len()) else {
            continue;
        };
        let is_counted = lists
            .counted
            .iter()
            .any(|word| head.ends_with(word.as_str()));
        let after = rest.get(unit.len()..).unwrap_or_default().chars().next();
        if is_counted && after.is_none_or(|c| "，。；、：（）其".contains(c)) {
            let word = head.char_indices().rev().nth(3).map_or(0, |(at, _)| at);
            found.push(word..end + unit.len());
        }
    }
    // Without a blank only where the two words are no other word together.
    for noun in ["信息", "图文", "文章"] {
        for (at, _) in line.match_indices(noun) {
            let end = at + noun.len();
            let rest = line.get(end..).unwrap_or_default();
            let unit = rest.chars().next().filter(|c| "条篇".contains(*c));
            let after = rest.chars().nth(1);
            if let Some(unit) = unit.filter(|_| after.is_none_or(|c| "，。；、".contains(c))) {
                found.push(at..end + unit.len_utf8());
            }
        }
    }
    found
}

/// A label of the contact line with nothing behind it.
fn contacts(line: &str) -> Vec<Range<usize>> {
    let labels = WORDS.lists.contacts.iter();
    let found = labels.flat_map(|label| {
        line.match_indices(label.as_str()).filter_map(|(at, _)| {
            let end = at + label.len();
            let rest = line.get(end..)?.strip_prefix(['：', ':'])?;
            let colon = line.len() - rest.len();
            let next = rest.trim_start().chars().next();
            let is_empty = next.is_none_or(|c| "，。；）),;、".contains(c));
            is_empty.then_some(at..colon)
        })
    });
    found.collect()
}
