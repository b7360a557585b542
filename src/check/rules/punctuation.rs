//! Chinese text is written with Chinese signs.

use crate::check::{Finding, Findings, Rule, Subject};
use crate::report::{Edit, Entry};
use crate::text;

pub(super) fn check(rule: &'static Rule, subject: &Subject<'_>, findings: &mut Findings) {
    let report = subject.report;
    for (section, id) in report.edition().passages() {
        let text = report.text(id);
        let mended = mend(text);
        if mended == text {
            continue;
        }
        let pairs = text.lines().zip(mended.lines());
        let changed: Vec<_> = pairs
            .filter(|(old, new)| old != new)
            .map(|(old, _)| old)
            .collect();
        let first: String = changed
            .first()
            .unwrap_or(&"")
            .trim()
            .chars()
            .take(16)
            .collect();
        let message = format!(
            "有{}段用了半角标点或者重复的标点，例如“{first}…”",
            changed.len()
        );
        findings.report(
            Finding::new(rule, message)
                .in_section(section)
                .fixed_by("改为全角标点", Edit::Enter(id, Entry::Text(mended))),
        );
    }
}

/// The text with Chinese signs between Chinese characters.
fn mend(text: &str) -> String {
    let mend = |line| mend_line(&bracketed(line).unwrap_or_else(|| line.to_owned()));
    let lines: Vec<_> = text.split('\n').map(mend).collect();
    lines.join("\n")
}

/// A line whose number has one bracket or half-width brackets, with full-width ones.
fn bracketed(line: &str) -> Option<String> {
    let words = line.trim_start_matches([' ', '　']);
    let indent = line.strip_suffix(words)?;
    let words = words.strip_prefix(['(', '（']).unwrap_or(words);
    let (number, rest) = words.split_once([')', '）'])?;
    let is_number = (1..=2).contains(&number.chars().count()) && text::is_number(number);
    is_number.then(|| format!("{indent}（{number}）{rest}"))
}

/// Whether there is nothing in a line that could have to be mended: no half-width sign, none twice.
fn is_plain(line: &str) -> bool {
    let after = line.chars().skip(1);
    let mut twice = line.chars().zip(after).filter(|(one, next)| one == next);
    !line.contains(|c: char| c.is_ascii_punctuation())
        && !twice.any(|(sign, _)| "，。；、".contains(sign))
}

fn mend_line(line: &str) -> String {
    if is_plain(line) {
        return line.to_owned();
    }
    let chars: Vec<char> = line.chars().collect();
    let is_chinese = |index: Option<usize>| {
        index.and_then(|index| chars.get(index)).is_some_and(|c| {
            ('\u{4E00}'..='\u{9FFF}').contains(c) || "，。；：、（）“”《》".contains(*c)
        })
    };
    let mut mended = String::new();
    let mut quotes = Quotes::of(&chars);
    for (index, &c) in chars.iter().enumerate() {
        let (before, after) = (
            is_chinese(index.checked_sub(1)),
            is_chinese(Some(index + 1)),
        );
        let sign = match c {
            ',' if before || after => '，',
            ';' if before || after => '；',
            ':' if before => '：',
            '.' if before && (after || index + 1 == chars.len()) => '。',
            '?' if before => '？',
            '!' if before => '！',
            '(' if closes(&chars, index, ')') => '（',
            ')' if opens(&chars, index, '(') => '）',
            '"' => quotes.next(),
            _ => c,
        };
        let repeats = matches!(sign, '，' | '。' | '；' | '、') && mended.ends_with(sign);
        if !repeats {
            mended.push(sign);
        }
    }
    mended
}

/// The straight quotation marks of a line, which come in pairs around Chinese or are left alone.
struct Quotes {
    are_chinese: bool,
    is_open: bool,
}

impl Quotes {
    fn of(line: &[char]) -> Self {
        let count = line.iter().filter(|&&c| c == '"').count();
        let inner: Vec<_> = line.split(|&c| c == '"').skip(1).step_by(2).collect();
        Self {
            are_chinese: count.is_multiple_of(2)
                && inner.iter().all(|inside| holds_chinese(Some(inside))),
            is_open: false,
        }
    }

    fn next(&mut self) -> char {
        self.is_open = !self.is_open;
        match (self.are_chinese, self.is_open) {
            (false, _) => '"',
            (true, true) => '“',
            (true, false) => '”',
        }
    }
}

/// Whether what stands in a pair of half-width brackets holds Chinese.
fn holds_chinese(inside: Option<&[char]>) -> bool {
    inside.is_some_and(|inside| inside.iter().any(|c| ('\u{4E00}'..='\u{9FFF}').contains(c)))
}

fn closes(chars: &[char], open: usize, end: char) -> bool {
    let rest = chars.get(open + 1..).unwrap_or_default();
    rest.iter()
        .position(|&c| c == end)
        .is_some_and(|at| holds_chinese(rest.get(..at)))
}

fn opens(chars: &[char], close: usize, start: char) -> bool {
    let head = chars.get(..close).unwrap_or_default();
    head.iter()
        .rposition(|&c| c == start)
        .is_some_and(|at| holds_chinese(head.get(at + 1..)))
}
