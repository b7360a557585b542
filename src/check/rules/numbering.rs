//! Numbers of headings and points follow one another.

use std::cmp::Ordering;

use crate::check::subject::Passage;
use crate::check::{Findings, Rule, Subject};

/// What a point begins with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum PointKind {
    /// `（一）`
    Bracketed,
    /// `1.`
    Digits,
    /// `（1）`
    BracketedDigits,
    /// `一是`
    Series(char),
}

/// A number where it stands.
struct PointMark {
    kind: PointKind,
    number: usize,
    start: usize,
    end: usize,
}

/// What follows the number of a point within a sentence.
const SERIES: [char; 2] = ['是', '要'];

pub(super) fn check(rule: &'static Rule, subject: &Subject<'_>, findings: &mut Findings) {
    for passage in subject.passages() {
        let mut last: Vec<Last> = Vec::new();
        for (start, line) in passage.lines() {
            let marks = at_start(start, line).into_iter().chain(series(start, line));
            for mark in marks {
                judge(rule, findings, passage, &mark, start, &mut last);
            }
        }
    }
}

/// The last number of a kind.
#[derive(Clone, Copy)]
struct Last {
    kind: PointKind,
    number: usize,
    /// Whether it was reported, so that what follows from it is not.
    is_faulty: bool,
    /// Where its line begins.
    line: usize,
}

fn judge(
    rule: &'static Rule,
    findings: &mut Findings,
    passage: &Passage<'_>,
    mark: &PointMark,
    line: usize,
    last: &mut Vec<Last>,
) {
    let before = last.iter().find(|last| last.kind == mark.kind).copied();
    // A heading begins all numbers below it anew.
    last.retain(|last| {
        let is_below = match mark.kind {
            PointKind::Bracketed => true,
            PointKind::Digits => last.kind > PointKind::Digits,
            PointKind::BracketedDigits => last.kind > PointKind::BracketedDigits,
            PointKind::Series(_) => false,
        };
        last.kind != mark.kind && !is_below
    });
    let fault = fault(before, mark, line);
    last.push(Last {
        kind: mark.kind,
        number: mark.number,
        is_faulty: fault.is_some(),
        line,
    });
    if let Some(fault) = fault {
        let words = passage.text.get(mark.start..mark.end).unwrap_or_default();
        let message = format!("序号“{words}”{fault}");
        findings.report(passage.finding(rule, mark.start..mark.end, message));
    }
}

fn fault(before: Option<Last>, mark: &PointMark, line: usize) -> Option<String> {
    let number = mark.number;
    let Some(before) = before else {
        return (number > 1).then(|| "之前没有第一个".to_owned());
    };
    let is_series = matches!(mark.kind, PointKind::Series(_));
    if number == before.number + 1 || (before.is_faulty && number == before.number) {
        return None;
    }
    if number == 1 && (before.number > 1 || (is_series && before.line != line)) {
        return None;
    }
    Some(match number.cmp(&before.number) {
        Ordering::Equal => "重复了".to_owned(),
        Ordering::Greater => format!("之前跳过了第{}个", before.number + 1),
        Ordering::Less => "的顺序不对".to_owned(),
    })
}

/// The number a line begins with.
fn at_start(start: usize, line: &str) -> Option<PointMark> {
    let words = line.trim_start();
    let start = start + line.len() - words.len();
    let mark = |kind, number, length| PointMark {
        kind,
        number,
        start,
        end: start + length,
    };
    if let Some(rest) = words.strip_prefix(['（', '(']) {
        let (inner, after) = rest.split_once(['）', ')'])?;
        let length = words.len() - after.len();
        let kind = if inner.starts_with(|c: char| c.is_ascii_digit()) {
            PointKind::BracketedDigits
        } else {
            PointKind::Bracketed
        };
        return Some(mark(kind, number(inner)?, length));
    }
    let digits = words.len() - words.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let after = words.get(digits..)?;
    let sign = after.chars().next().filter(|c| ".．、".contains(*c))?;
    let rest = after.get(sign.len_utf8()..)?;
    let is_point = (1..=2).contains(&digits) && !rest.starts_with(|c: char| c.is_ascii_digit());
    let number = number(words.get(..digits)?).filter(|_| is_point)?;
    Some(mark(PointKind::Digits, number, digits + sign.len_utf8()))
}

/// The points 一是, 二是 within a line, each at the beginning of a clause.
fn series(start: usize, line: &str) -> Vec<PointMark> {
    let found = SERIES.iter().flat_map(|&word| {
        line.match_indices(word).filter_map(move |(at, _)| {
            let head = line.get(..at)?;
            let digits: Vec<_> = head
                .char_indices()
                .rev()
                .take_while(|(_, c)| "一二三四五六七八九十".contains(*c))
                .collect();
            let (begin, _) = digits.last()?;
            let before = head.get(..*begin)?.trim_end().chars().next_back();
            let is_clause = before.is_none_or(|c| "。；：，、！？）:;".contains(c));
            let number = number(head.get(*begin..)?).filter(|_| is_clause)?;
            Some(PointMark {
                kind: PointKind::Series(word),
                number,
                start: start + begin,
                end: start + at + word.len_utf8(),
            })
        })
    });
    let mut found: Vec<_> = found.collect();
    found.sort_by_key(|mark| mark.start);
    found
}

/// Reads 1 to 99 in digits or 一 to 十九.
fn number(text: &str) -> Option<usize> {
    if text.len() <= 2 && text.chars().all(|c| c.is_ascii_digit()) {
        return text.parse().ok().filter(|&number| number > 0);
    }
    let value = |c: char| {
        "一二三四五六七八九"
            .chars()
            .position(|d| d == c)
            .map(|at| at + 1)
    };
    let mut chars = text.chars();
    match (chars.next()?, chars.next(), chars.next()) {
        ('十', None, None) => Some(10),
        ('十', Some(ones), None) => Some(10 + value(ones)?),
        (one, None, None) => value(one),
        _ => None,
    }
}
