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
    for passage in subject.passages() {
        for (start, line) in passage.lines() {
            if let Some(sign) = line
                .trim_start()
                .chars()
                .next()
                .filter(|c| STOPS.contains(c))
            {
                let from = start + line.len() - line.trim_start().len();
                let range = from..from + sign.len_utf8();
                let edit = passage.replacing(std::slice::from_ref(&range), "");
                let message = format!("这一段以“{sign}”开头");
                let finding = passage.finding(rule, range, message);
                findings.report(finding.fixed_by("删去这个标点", edit));
            }
            for (at, sign, lacks) in unpaired(line) {
                let message = format!("这里的 {sign} 没有与它成对的 {lacks}");
                let from = start + at;
                findings.report(passage.finding(rule, from..from + sign.len_utf8(), message));
            }
        }
    }
}

/// Signs that come in pairs.
const PAIRS: [(&str, &str); 7] = [
    ("“", "”"),
    ("‘", "’"),
    ("《", "》"),
    ("（(", "）)"),
    ("【", "】"),
    ("〔﹝", "〕﹞"),
    ("「", "」"),
];

/// The signs of a line that stand alone: where, the sign, and the one it lacks.
fn unpaired(line: &str) -> Vec<(usize, char, char)> {
    // Most lines hold few signs, and each is asked for by every pair.
    let is_sign = |c: char| {
        PAIRS
            .iter()
            .any(|(open, close)| open.contains(c) || close.contains(c))
    };
    let may_be_sign = |c: char| matches!(c, '(' | ')' | '\u{2000}'..='\u{33FF}' | '\u{FE00}'..);
    let signs: Vec<_> = line
        .char_indices()
        .filter(|&(_, c)| may_be_sign(c) && is_sign(c))
        .collect();
    let mut found = Vec::new();
    for (opening, closing) in PAIRS {
        let lacks = |signs: &str| signs.chars().next().unwrap_or_default();
        let mut open: Vec<(usize, char)> = Vec::new();
        // One that is left over makes others.
        let known = found.len();
        for &(at, c) in &signs {
            if opening.contains(c) {
                // A quotation holds no quotation of the same kind; 《〈〉》 and brackets may.
                if opening == "“" && !open.is_empty() {
                    found.extend(open.pop().map(|(at, c)| (at, c, lacks(closing))));
                }
                open.push((at, c));
            } else if closing.contains(c) && open.pop().is_none() && !ends_number(line, at, c) {
                found.push((at, c, lacks(opening)));
            }
        }
        found.extend(open.into_iter().map(|(at, c)| (at, c, lacks(closing))));
        found.truncate(known + 1);
    }
    found.sort_unstable();
    found
}

/// Whether a bracket closes the number of a point: `1）`, `一）`; or is an apostrophe.
fn ends_number(line: &str, at: usize, sign: char) -> bool {
    let before = line.get(..at).unwrap_or_default();
    let number = before.trim_end_matches(|c: char| {
        c.is_ascii_alphanumeric() || "一二三四五六七八九十①②③④⑤".contains(c)
    });
    let is_number = number.len() < before.len()
        && number
            .chars()
            .next_back()
            .is_none_or(|c| c.is_whitespace() || "。；：，、".contains(c));
    match sign {
        '）' | ')' => is_number,
        '’' => before.ends_with(|c: char| c.is_ascii_alphabetic()),
        _ => false,
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
    let mut twice = line.chars().zip(after);
    !line.contains(|c: char| c.is_ascii_punctuation() || c == '【' || c == '［')
        && !twice.any(|(sign, next)| STOPS.contains(&sign) && STOPS.contains(&next))
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
        let sign = year_bracket(&chars, index).unwrap_or(sign);
        let last = mended.chars().next_back().and_then(strength);
        match (last, strength(sign)) {
            (Some(last), Some(own)) if own > last => {
                mended.pop();
                mended.push(sign);
            }
            (Some(_), Some(_)) => {}
            _ => mended.push(sign),
        }
    }
    mended
}

/// Signs of which two never stand side by side, the strongest last.
const STOPS: [char; 4] = ['、', '，', '；', '。'];

fn strength(sign: char) -> Option<usize> {
    STOPS.iter().position(|stop| *stop == sign)
}

/// The bracket that a year takes in the number of a letter: 〔2021〕30号.
fn year_bracket(chars: &[char], index: usize) -> Option<char> {
    let is_digit = |at: usize| chars.get(at).is_some_and(char::is_ascii_digit);
    let stands_in_number = |open: usize| {
        let is_year = (open + 1..open + 5).all(is_digit);
        let (opens, closes) = (chars.get(open), chars.get(open + 5));
        let pairs = opens.zip(closes).is_some_and(|(opens, closes)| {
            "[［【（(".contains(*opens) && "]］】）)".contains(*closes)
        });
        let after = chars.get(open + 6..).unwrap_or_default();
        let digits = after.iter().take_while(|c| c.is_ascii_digit()).count();
        let is_letter = open
            .checked_sub(1)
            .and_then(|before| chars.get(before))
            .is_some_and(|c| "函发字令办文规".contains(*c));
        is_year && pairs && is_letter && digits > 0 && after.get(digits) == Some(&'号')
    };
    match chars.get(index)? {
        '[' | '［' | '【' | '（' | '(' => stands_in_number(index).then_some('〔'),
        ']' | '］' | '】' | '）' | ')' => {
            let open = index.checked_sub(5);
            open.filter(|&open| stands_in_number(open)).map(|_| '〕')
        }
        _ => None,
    }
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
