//! No personal data and no mark of secrecy stands in a published report.

use std::ops::Range;

use crate::check::subject::Passage;
use crate::check::words::{WORDS, WordKind};
use crate::check::{Findings, Rule, Subject};
use crate::date::Day;

/// Words that show that a telephone number is an office's.
const CONTACT: &[&str] = &[
    "联系", "电话", "热线", "咨询", "传真", "手机", "拨打", "监督",
];
/// Words that show that a number is a private person's all the same.
const PRIVATE: &[&str] = &[
    "申请人",
    "申请者",
    "投诉人",
    "举报人",
    "村民",
    "当事人",
    "本人",
];

pub(super) fn check(rule: &'static Rule, subject: &Subject<'_>, findings: &mut Findings) {
    for passage in subject.passages() {
        for (range, digits) in long_numbers(passage.text) {
            let Some(what) = kind(passage, &range, &digits) else {
                continue;
            };
            let message = format!("正文里有{what}，公开前应删去或者遮盖");
            findings.report(passage.finding(rule, range, message));
        }
        for range in persons(passage) {
            let name = passage.text.get(range.clone()).unwrap_or_default();
            let message = format!("正文里有个人姓名“{name}”，公开前应删去或者遮盖");
            findings.report(passage.finding(rule, range, message));
        }
        for range in marks(passage) {
            let mark = passage.text.get(range.clone()).unwrap_or_default().trim();
            let message = format!("“{mark}”是涉密或者内部文件的标志，公开的报告不应带有");
            findings.report(passage.finding(rule, range, message));
        }
    }
}

/// Numbers of eleven digits and more, those with gaps between their groups too.
fn long_numbers(text: &str) -> Vec<(Range<usize>, String)> {
    let digit = |c: char| {
        let wide = ('０'..='９').contains(&c).then(|| c as u32 - '０' as u32);
        let value = c.to_digit(10).or(wide)?;
        char::from_digit(value, 10)
    };
    let mut found = Vec::new();
    let mut chars = text.char_indices().peekable();
    while let Some((start, c)) = chars.next() {
        let Some(first) = digit(c) else { continue };
        let mut digits = String::from(first);
        let mut end = start + c.len_utf8();
        let mut gap = 0;
        while let Some(&(at, next)) = chars.peek() {
            if let Some(value) = digit(next) {
                digits.push(value);
                end = at + next.len_utf8();
                gap = 0;
            } else if matches!(next, 'X' | 'x' | 'Ｘ') && digits.len() == 17 {
                digits.push('X');
                end = at + next.len_utf8();
            } else if matches!(next, ' ' | '\u{A0}' | '　') && gap == 0 {
                gap = 1;
            } else {
                break;
            }
            chars.next();
        }
        if digits.len() >= 11 {
            found.push((start..end, digits));
        }
    }
    found
}

fn kind(passage: &Passage<'_>, range: &Range<usize>, digits: &str) -> Option<&'static str> {
    let before = passage.text.get(..range.start).unwrap_or_default();
    let before = before.rsplit(['。', '；', '\n']).next().unwrap_or_default();
    let has = |words: &[&str]| words.iter().any(|word| before.contains(word));
    let is_called = has(&["身份证", "证件号"]);
    if is_identity_number(digits, is_called) || is_old_identity_number(digits) {
        Some("身份证号码")
    } else if is_mobile(digits) && (!has(CONTACT) || is_private(passage, before)) {
        Some("手机号码")
    } else if is_bank_card(digits) {
        Some("银行卡号")
    } else {
        None
    }
}

/// Only the contact line, which asks to call the office, may give a mobile number.
fn is_private(passage: &Passage<'_>, before: &str) -> bool {
    let is_contact = passage.section.heading.is_empty()
        || ["请", "拨打", "热线", "监督", "咨询"]
            .iter()
            .any(|word| before.contains(word));
    !is_contact || PRIVATE.iter().any(|word| before.contains(word))
}

fn is_mobile(digits: &str) -> bool {
    digits.len() == 11
        && digits.starts_with('1')
        && !digits.starts_with("10")
        && !digits.starts_with("12")
}

/// Eighteen places of which the last one checks the others.
fn is_identity_number(digits: &str, is_called: bool) -> bool {
    const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    let sum: u32 = digits
        .chars()
        .zip(WEIGHTS)
        .filter_map(|(c, weight)| Some(c.to_digit(10)? * weight))
        .sum();
    let is_born = |from: usize| {
        let born = digits
            .get(from..from + 4)
            .and_then(|year| year.parse::<u16>().ok());
        born.is_some_and(|year| (1900..=2100).contains(&year)) && is_day(digits, from + 4)
    };
    let checks = || "10X98765432".chars().nth(sum as usize % 11) == digits.chars().last();
    // A number that was mistyped but is called by its name is somebody's all the same.
    digits.len() == 18 && is_born(6) && (checks() || is_called)
}

/// Fifteen places, as before 2000: a place, a day without its century, and three more.
fn is_old_identity_number(digits: &str) -> bool {
    digits.len() == 15 && is_place(digits) && is_day(digits, 8)
}

/// Whether the number begins with that of a province and goes on like a county's.
fn is_place(digits: &str) -> bool {
    let province: u8 = digits
        .get(..2)
        .and_then(|two| two.parse().ok())
        .unwrap_or(0);
    matches!(province, 11..=15 | 21..=23 | 31..=37 | 41..=46 | 50..=54 | 61..=65)
        && digits.get(2..4) != Some("00")
}

fn is_day(digits: &str, from: usize) -> bool {
    let two = |at: usize| {
        digits
            .get(at..at + 2)
            .and_then(|two| two.parse::<u8>().ok())
            .unwrap_or(0)
    };
    let (month, day) = (two(from), two(from + 2));
    let first = Day {
        year: 2000,
        month,
        day: 1,
    };
    (1..=12).contains(&month) && (1..=first.last_of_month()).contains(&day)
}

/// A number of a bank card by its beginning, its length and its check digit.
fn is_bank_card(digits: &str) -> bool {
    let sum: u32 = digits
        .chars()
        .rev()
        .enumerate()
        .filter_map(|(place, c)| {
            let digit = c.to_digit(10)?;
            let doubled = if place % 2 == 1 { digit * 2 } else { digit };
            Some(doubled / 10 + doubled % 10)
        })
        .sum();
    (16..=19).contains(&digits.len())
        && digits.starts_with("62")
        && !digits.ends_with('X')
        && (sum.is_multiple_of(10) || digits.len() >= 18)
}

/// Names of persons behind 申请人 and the like.
fn persons(passage: &Passage<'_>) -> Vec<Range<usize>> {
    let words = passage.found().iter();
    let behind = words.filter(|word| word.kind == WordKind::Person);
    let mut names: Vec<_> = behind
        .filter_map(|word| name_at(passage.text, word.range.end))
        .collect();
    names.dedup();
    names
}

/// A name that begins at a byte: a surname, one or two characters, and what may come behind.
fn name_at(text: &str, start: usize) -> Option<Range<usize>> {
    let lists = &WORDS.lists;
    let rest = text.get(start..)?;
    let start = start + rest.len() - rest.trim_start_matches(['：', ':', ' ']).len();
    let rest = text.get(start..)?;
    rest.chars()
        .next()
        .filter(|c| lists.surnames.contains(*c))?;
    let is_han = |c: char| ('\u{4E00}'..='\u{9FFF}').contains(&c);
    [3, 2].into_iter().find_map(|count| {
        let end = rest
            .char_indices()
            .nth(count)
            .map_or(rest.len(), |(at, _)| at);
        let name = rest.get(..end)?;
        let after = rest.get(end..)?;
        let is_name = name.chars().count() == count
            && name.chars().all(is_han)
            && !name.contains(['某', '先', '女'])
            && !lists
                .not_names
                .iter()
                .any(|word| name.starts_with(word.as_str()));
        let goes_on = |c: char| c.is_ascii_digit() || "于在就向已对".contains(c);
        let fits = lists
            .after_name
            .iter()
            .any(|word| after.starts_with(word.as_str()))
            || (count == 3 && after.starts_with(goes_on));
        (is_name && fits).then_some(start..start + end)
    })
}

/// Marks of secrecy: some wherever they stand, others alone in a line or in brackets.
fn marks(passage: &Passage<'_>) -> Vec<Range<usize>> {
    let words = passage.found().iter();
    let marked = words.filter(|word| word.kind == WordKind::Marked);
    let mut found: Vec<_> = marked.map(|word| word.range.clone()).collect();
    let alone = |words: &str| WORDS.lists.marked_alone.iter().any(|mark| mark == words);
    for (start, line) in passage.lines() {
        let bare = line
            .trim()
            .trim_matches(|c| "【】[]（）()★☆ 　。".contains(c));
        if alone(bare) {
            found.push(start..start + line.len());
        }
    }
    for (start, _) in passage.text.match_indices(['【', '［', '[']) {
        let rest = passage.text.get(start..).unwrap_or_default();
        let inner = rest.chars().skip(1).take_while(|c| !"】］]\n".contains(*c));
        let inner: String = inner.collect();
        if alone(&inner) {
            found.push(start..start + inner.len() + 3);
        }
    }
    found.sort_by_key(|range| (range.start, range.end));
    found.dedup_by(|next, before| {
        let touches = next.start <= before.end;
        if touches {
            before.end = before.end.max(next.end);
        }
        touches
    });
    found
}
