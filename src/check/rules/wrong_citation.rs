//! Laws and letters are cited by their names and numbers, and the letter is that of this year's form.

use std::ops::Range;

use crate::check::prose::Prose;
use crate::check::subject::Passage;
use crate::check::words::{Cited, WORDS, WordKind};
use crate::check::{Findings, Rule, Subject, mention};
use crate::form;

/// How far behind a title its number or its date may stand, in characters.
const REACH: usize = 40;

/// A number as a text writes it.
#[derive(Debug)]
struct WrittenNumber {
    prefix: String,
    year: Option<u16>,
    number: u16,
    range: Range<usize>,
}

pub(super) fn check(rule: &'static Rule, subject: &Subject<'_>, findings: &mut Findings) {
    for passage in subject.passages() {
        other_edition(rule, subject, findings, passage);
        numbers(rule, findings, passage);
        titles(rule, findings, passage);
    }
}

/// The letter of the other edition.
fn other_edition(
    rule: &'static Rule,
    subject: &Subject<'_>,
    findings: &mut Findings,
    passage: &Passage<'_>,
) {
    let report = subject.report;
    let edition = report.edition();
    let own = plain(&edition.notice);
    let foreign: Vec<_> = form::notices()
        .iter()
        .map(|notice| plain(notice))
        .filter(|notice| *notice != own)
        .collect();
    let (section, prose) = (passage.section, &passage.words);
    for notice in &foreign {
        for (start, words) in prose.text().match_indices(notice.as_str()) {
            let stretch = (start, start + words.len());
            let written = prose.written(stretch.0, stretch.1);
            let cited: String = passage
                .text
                .chars()
                .skip(written.0)
                .take(written.1 - written.0)
                .collect();
            let message = format!(
                "引用的是{cited}，{}年的报告适用{}",
                report.year(),
                edition.notice
            );
            let mut finding = prose.finding(rule, section, stretch, message);
            let (before, after) = (prose.sentence_before(start), prose.sentence_after(start));
            if mention::is_about_this_report(&format!("{before}{after}")) {
                let edit = passage.putting(written, &edition.notice);
                finding = finding.fixed_by(format!("改为{}", edition.notice), edit);
            }
            findings.report(finding);
        }
    }
}

fn plain(notice: &str) -> String {
    Prose::without_brackets(notice).text().to_owned()
}

/// Numbers near those of the known ones, and other numbers behind a known title.
fn numbers(rule: &'static Rule, findings: &mut Findings, passage: &Passage<'_>) {
    let text = passage.text;
    let cited = &WORDS.lists.cited;
    let mut end = 0;
    for word in passage
        .found()
        .iter()
        .filter(|word| word.kind == WordKind::Prefix)
    {
        let Some(written) = WrittenNumber::read(text, &word.range) else {
            continue;
        };
        let is_known = cited.iter().any(|known| written.is(known));
        if is_known || written.range.start < end {
            continue;
        }
        end = written.range.end;
        let head = text.get(..written.range.start).unwrap_or_default();
        let titled =
            title_before(head).and_then(|title| cited.iter().find(|known| known.is_called(title)));
        // A history of the law names its old number and its new one.
        let rest: String = text
            .get(end..)
            .unwrap_or_default()
            .chars()
            .take(REACH)
            .collect();
        let corrected = |known: &Cited| rest.contains(&known.number.to_string());
        let near = || cited.iter().find(|known| written.is_near(known));
        let Some(known) = titled.or_else(near).filter(|known| !corrected(known)) else {
            continue;
        };
        let shown = text.get(written.range.clone()).unwrap_or_default();
        let right = known.shown();
        let name = known.names.first().map_or("", String::as_str);
        let message = format!("“{shown}”应为{right}，是《{name}》的文号");
        let edit = passage.replacing(std::slice::from_ref(&written.range), &right);
        findings.report(
            passage
                .finding(rule, written.range, message)
                .fixed_by(format!("改为{right}"), edit),
        );
    }
}

/// Titles near the known ones, and dates that are not theirs.
fn titles(rule: &'static Rule, findings: &mut Findings, passage: &Passage<'_>) {
    let text = passage.text;
    for (open, _) in text.match_indices('《') {
        let start = open + '《'.len_utf8();
        let Some(rest) = text.get(start..) else {
            continue;
        };
        let Some(length) = rest.find(['》', '\n']) else {
            continue;
        };
        let title = rest.get(..length).unwrap_or_default();
        let range = start..start + length;
        let cited = &WORDS.lists.cited;
        if let Some(known) = cited.iter().find(|known| known.is_called(title)) {
            dates(rule, findings, passage, known, range.end);
            continue;
        }
        let near = cited
            .iter()
            .find_map(|known| Some((known, known.meant(title)?)));
        if let Some((_, right)) = near {
            let message = format!("《{title}》应为《{right}》");
            let edit = passage.replacing(std::slice::from_ref(&range), right);
            findings.report(
                passage
                    .finding(rule, range, message)
                    .fixed_by(format!("改为《{right}》"), edit),
            );
        }
    }
}

/// The day since when a law is in force, behind its title.
fn dates(
    rule: &'static Rule,
    findings: &mut Findings,
    passage: &Passage<'_>,
    known: &Cited,
    end: usize,
) {
    let Some((year, month, day)) = known.since else {
        return;
    };
    let rest = passage.text.get(end..).unwrap_or_default();
    let reach = rest
        .char_indices()
        .nth(REACH)
        .map_or(rest.len(), |(at, _)| at);
    let rest = rest.get(..reach).unwrap_or_default();
    let rest = rest.split(['。', '《', '\n']).next().unwrap_or_default();
    let Some(force) = ["施行", "实施", "生效"]
        .iter()
        .find_map(|word| rest.find(word))
    else {
        return;
    };
    let before = rest.get(..force).unwrap_or_default();
    let Some(date) = named_day(before) else {
        return;
    };
    if date.0 != (year, month, day) {
        let range = end + date.1.start..end + date.1.end;
        let right = format!("{year}年{month}月{day}日");
        let name = known.names.first().map_or("", String::as_str);
        let message = format!("现行《{name}》自{right}起施行");
        findings.report(passage.finding(rule, range, message));
    }
}

/// The last day that a text names in digits, and its bytes.
fn named_day(text: &str) -> Option<((u16, u8, u8), Range<usize>)> {
    let end = text.rfind('日')?;
    let (head, day) = number_at_end(text.get(..end)?)?;
    let (head, month) = number_at_end(head.strip_suffix('月')?)?;
    let (head, year) = number_at_end(head.strip_suffix('年')?)?;
    let date = (year, u8::try_from(month).ok()?, u8::try_from(day).ok()?);
    Some((date, head.len()..end + '日'.len_utf8()))
}

fn number_at_end(text: &str) -> Option<(&str, u16)> {
    let head = text.trim_end_matches(|c: char| c.is_ascii_digit());
    Some((head, text.get(head.len()..)?.parse().ok()?))
}

/// The title that ends shortly before.
fn title_before(head: &str) -> Option<&str> {
    let (before, after) = head.rsplit_once('》')?;
    let is_close = after.chars().count() <= 8 && !after.contains(['。', '《']);
    let (_, title) = before.rsplit_once('《')?;
    is_close.then_some(title)
}

impl WrittenNumber {
    /// Reads `国办函〔2020〕109号`, `国务院令第711号` or `国务院第711号令` at its prefix.
    fn read(text: &str, prefix: &Range<usize>) -> Option<Self> {
        let name = text.get(prefix.clone())?;
        let rest = text.get(prefix.end..)?;
        let rest =
            rest.trim_start_matches([' ', '　', '第', '〔', '[', '［', '（', '(', '【', '﹝']);
        let (first, rest) = digits(rest)?;
        let rest = rest.trim_start_matches([' ', '〕', ']', '］', '）', ')', '】', '﹞', '第']);
        let (year, number, rest) = match digits(rest) {
            Some((second, rest)) => (Some(first), second, rest),
            None => (None, first, rest),
        };
        let rest = rest.trim_start().strip_prefix('号')?;
        let rest = if name.ends_with('第') {
            rest.strip_prefix('令')?
        } else {
            rest
        };
        let prefix_name = if name.starts_with("国务院") || name == "国令" {
            "国务院令"
        } else {
            name
        };
        Some(Self {
            prefix: prefix_name.to_owned(),
            year,
            number,
            range: prefix.start..text.len() - rest.len(),
        })
    }

    fn is(&self, known: &Cited) -> bool {
        self.prefix == known.prefix && self.number == known.number && self.year == known.year
    }

    /// Whether it is a known one but for one of its parts.
    fn is_near(&self, known: &Cited) -> bool {
        let (prefix, year) = (self.prefix == known.prefix, self.year == known.year);
        let number = self.number == known.number;
        match known.year {
            None => prefix && is_misread(self.number, known.number),
            Some(_) => {
                number && prefix != year || prefix && year && is_misread(self.number, known.number)
            }
        }
    }
}

/// A number at the beginning, and the rest.
fn digits(text: &str) -> Option<(u16, &str)> {
    let length = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let number = text.get(..length)?.parse().ok()?;
    Some((number, text.get(length..)?))
}

/// Whether two numbers differ in one digit, in the order of their digits or by a digit more.
fn is_misread(one: u16, other: u16) -> bool {
    let (one, other) = (one.to_string(), other.to_string());
    let sorted = |text: &str| {
        let mut digits: Vec<_> = text.bytes().collect();
        digits.sort_unstable();
        digits
    };
    match one.len().abs_diff(other.len()) {
        0 => {
            let differ = one
                .bytes()
                .zip(other.bytes())
                .filter(|(a, b)| a != b)
                .count();
            differ == 1 && one.len() > 1 || sorted(&one) == sorted(&other)
        }
        1 => one.starts_with(&other) || other.starts_with(&one) || one.ends_with(&other),
        _ => false,
    }
}

impl Cited {
    fn is_called(&self, title: &str) -> bool {
        let bare = |text: &str| -> String { text.chars().filter(|c| !c.is_whitespace()).collect() };
        self.names.iter().any(|name| *name == bare(title))
    }

    /// The name that a title is but for one or two characters.
    fn meant(&self, title: &str) -> Option<&str> {
        let begins = title.starts_with("中华人民共和国");
        let mut near = self.names.iter().take(2).filter(|name| {
            // A short name is near many others; the names of forms are shortened in many ways.
            let most = match name.chars().count() {
                ..8 => 0,
                _ if begins => 3,
                _ if name.starts_with("中华人民共和国") || name.ends_with("办法") => 2,
                _ => 1,
            };
            most > 0 && distance(name, title, most)
        });
        near.next().map(String::as_str)
    }

    /// Its number as it is printed.
    fn shown(&self) -> String {
        match self.year {
            Some(year) => format!("{}〔{year}〕{}号", self.prefix, self.number),
            None => format!("{}第{}号", self.prefix, self.number),
        }
    }
}

/// Whether so many characters put in, left out or changed make one text of the other.
fn distance(one: &str, other: &str, most: usize) -> bool {
    let (one, other): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    if one.len().abs_diff(other.len()) > most {
        return false;
    }
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (line, a) in one.iter().enumerate() {
        let mut corner = line;
        let mut left = line + 1;
        for (cell, b) in row.iter_mut().skip(1).zip(&other) {
            let next = (corner + usize::from(a != b)).min(left + 1).min(*cell + 1);
            corner = *cell;
            *cell = next;
            left = next;
        }
        if let Some(first) = row.first_mut() {
            *first = line + 1;
        }
    }
    row.last()
        .is_some_and(|&changes| changes > 0 && changes <= most)
}
