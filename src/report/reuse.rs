//! Last year's texts sentence by sentence: what became of each, and where it goes in this year's text. It knows
//! no table: what of a sentence is renewed is worked out elsewhere.

use std::collections::BTreeSet;
use std::ops::Range;

use super::Report;
use super::headings::{heading_level, is_heading, run_in_heading};
use crate::form::FieldId;

/// What became of the sentences of last year's texts (沿用).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Reused {
    /// Sentences that were carried over, as they were put into their text.
    pub kept: BTreeSet<(FieldId, String)>,
    /// Sentences of last year's report that are not wanted, as they stand there.
    pub unused: BTreeSet<(FieldId, String)>,
}

impl Reused {
    /// Whether nothing was carried over and nothing left.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.kept.is_empty() && self.unused.is_empty()
    }

    /// The same with every sentence of a text that was carried over whole.
    #[must_use]
    pub fn with_text(mut self, field: FieldId, text: &str) -> Self {
        let pieces = pieces(text).into_iter().filter(|piece| !piece.is_heading());
        self.kept
            .extend(pieces.map(|piece| (field, piece.words.to_owned())));
        self
    }

    /// What remains of it once a report becomes one of another year: where the texts are the same but for
    /// their year, so are the sentences.
    #[must_use]
    pub fn of_year(&self, from: &Report, to: &Report) -> Self {
        let kept = self.kept.iter().filter_map(|(field, words)| {
            let own = to.same_field(from, *field)?;
            let now = renewed(words, from.year(), to.year());
            let text = to.text(own);
            let words = [&now, words].into_iter().find(|one| text.contains(*one))?;
            Some((own, words.clone()))
        });
        Self {
            kept: kept.collect(),
            unused: BTreeSet::new(),
        }
    }
}

/// A text with every mention of one year made one of another year; where the year is part of a longer
/// number it stays.
#[must_use]
pub fn renewed(text: &str, from: u16, to: u16) -> String {
    let (old, new) = (format!("{from}年"), format!("{to}年"));
    let mut made = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(&old) {
        let (before, found) = rest.split_at(at);
        let is_part = before.ends_with(|c: char| c.is_ascii_digit());
        made.push_str(before);
        made.push_str(if is_part { &old } else { &new });
        rest = found.get(old.len()..).unwrap_or_default();
    }
    made.push_str(rest);
    made
}

/// A sentence of a text, or a heading in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TextPiece<'a> {
    /// As it is written, without what is around it.
    pub words: &'a str,
    /// Where it stands, in bytes.
    pub range: Range<usize>,
    /// The number of its paragraph.
    pub paragraph: usize,
    /// Its level, if it is a heading.
    pub level: Option<u8>,
}

impl TextPiece<'_> {
    /// Whether it is a heading, which says nothing by itself.
    #[must_use]
    pub fn is_heading(&self) -> bool {
        self.level.is_some()
    }
}

/// The headings and sentences of a text, in order.
#[must_use]
pub fn pieces(text: &str) -> Vec<TextPiece<'_>> {
    let mut pieces = Vec::new();
    let mut start = 0;
    for (paragraph, line) in text.split('\n').enumerate() {
        let words = line.trim();
        let level = is_heading(words).then(|| heading_level(words).unwrap_or(2));
        let mut from = 0;
        for to in ends(line, level.is_some()) {
            let words = line.get(from..to).unwrap_or_default();
            let own = words.trim();
            if own.chars().any(char::is_alphanumeric) {
                let begin = start + from + (words.len() - words.trim_start().len());
                pieces.push(TextPiece {
                    words: own,
                    range: begin..begin + own.len(),
                    paragraph,
                    level,
                });
            }
            from = to;
        }
        start += line.len() + 1;
    }
    pieces
}

/// Where the sentences of a line end, in bytes.
fn ends(line: &str, is_heading: bool) -> Vec<usize> {
    let mut ends = Vec::new();
    // A heading that runs on belongs to the first sentence behind it.
    let indent = line.len() - line.trim_start().len();
    let first = run_in_heading(line.trim_start()).map_or(0, |(_, end)| indent + end);
    let mut chars = line.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        if !matches!(c, '。' | '！' | '？') {
            continue;
        }
        let mut end = at + c.len_utf8();
        while let Some((at, c)) = chars.next_if(|(_, c)| "。！？”’）》」』".contains(*c))
        {
            end = at + c.len_utf8();
        }
        if end > first && !is_heading {
            ends.push(end);
        }
    }
    if ends.last() != Some(&line.len()) {
        ends.push(line.len());
    }
    ends
}

/// Where sentences of last year's text stand in this year's: each as it is, or as any of its other forms.
pub struct SentencePlaces<'a> {
    /// Last year's text.
    pub older: &'a [TextPiece<'a>],
    /// How each of its pieces may stand in this year's.
    pub forms: &'a [Vec<String>],
}

impl SentencePlaces<'_> {
    /// Where a piece stands in a text, in bytes.
    #[must_use]
    pub fn of(&self, text: &str, piece: usize) -> Option<Range<usize>> {
        let forms = self.forms.get(piece)?;
        if self.older.get(piece).is_some_and(TextPiece::is_heading) {
            let mut lines = lines(text);
            let is_it = |line: &str| forms.iter().any(|form| bare(form) == bare(line));
            return lines.find_map(|(start, line)| {
                is_it(line.trim()).then(|| start..start + line.trim_end().len())
            });
        }
        let found = |form: &String| Some((text.find(form.as_str())?, form.len()));
        let place = forms.iter().filter(|form| !form.is_empty()).find_map(found);
        place.map(|(start, length)| start..start + length)
    }

    /// The text with a piece in it where last year's order puts it, under its headings, and where it stands.
    #[must_use]
    pub fn put(&self, text: &str, piece: usize) -> (String, Range<usize>) {
        let mut text = if says_nothing(text) {
            String::new()
        } else {
            text.to_owned()
        };
        for heading in self.headings_of(piece) {
            if self.of(&text, heading).is_none() {
                text = self.insert(&text, heading).0;
            }
        }
        self.insert(&text, piece)
    }

    /// The headings above a piece, from the outermost.
    fn headings_of(&self, piece: usize) -> Vec<usize> {
        let before = self.older.iter().enumerate().take(piece).rev();
        let mut lowest = u8::MAX;
        let mut headings = Vec::new();
        for (number, older) in before {
            if let Some(level) = older.level.filter(|level| *level < lowest) {
                lowest = level;
                headings.push(number);
            }
        }
        headings.reverse();
        headings
    }

    fn insert(&self, text: &str, piece: usize) -> (String, Range<usize>) {
        let (Some(own), Some(words)) = (self.older.get(piece), self.form(piece)) else {
            return (text.to_owned(), 0..0);
        };
        let is_beside = |other: usize| {
            let other = self.older.get(other);
            other.is_some_and(|other| other.paragraph == own.paragraph)
        };
        let (mut before, mut behind) = ((0..piece).rev(), piece + 1..self.older.len());
        let place = |other: usize| Some((other, self.of(text, other)?));
        let (before, behind) = (before.find_map(place), behind.find_map(place));
        match (before, behind) {
            (Some((other, place)), _) if is_beside(other) => with(text, place.end, "", words, ""),
            (_, Some((other, place))) if is_beside(other) => with(text, place.start, "", words, ""),
            (Some((_, place)), _) => below(text, place.end, words),
            (None, Some((_, place))) => {
                let head = text.get(..place.start).unwrap_or_default();
                let start = head.rfind('\n').map_or(0, |at| at + 1);
                with(text, start, "", words, "\n")
            }
            (None, None) if text.is_empty() => with(text, 0, "", words, ""),
            (None, None) => below(text, text.len(), words),
        }
    }

    /// What is put in for a piece.
    fn form(&self, piece: usize) -> Option<&str> {
        self.forms.get(piece)?.first().map(String::as_str)
    }
}

/// A paragraph of its own below the one that holds a byte; an empty line that waits there is taken.
fn below(text: &str, at: usize, words: &str) -> (String, Range<usize>) {
    let rest = text.get(at..).unwrap_or_default();
    let Some(length) = rest.find('\n') else {
        return with(text.trim_end(), text.trim_end().len(), "\n", words, "");
    };
    let end = at + length;
    let next = rest.get(length + 1..).unwrap_or_default();
    let line = next.split('\n').next().unwrap_or_default();
    if line.trim().is_empty() {
        let (head, tail) = text.split_at(end + 1);
        let tail = tail.get(line.len()..).unwrap_or_default();
        return with(&format!("{head}{tail}"), end + 1, "", words, "");
    }
    with(text, end, "\n", words, "")
}

/// Words put in at a byte, with what goes before and behind them, and where they stand.
fn with(text: &str, at: usize, before: &str, words: &str, behind: &str) -> (String, Range<usize>) {
    let (head, tail) = text.split_at_checked(at).unwrap_or((text, ""));
    let start = head.len() + before.len();
    (
        format!("{head}{before}{words}{behind}{tail}"),
        start..start + words.len(),
    )
}

/// Whether a text only says that there is nothing, or nothing at all.
fn says_nothing(text: &str) -> bool {
    text.chars().filter(|c| c.is_alphanumeric()).count() <= 1
}

/// The lines of a text with the byte where each begins.
fn lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut start = 0;
    text.split('\n').map(move |line| {
        let begin = start;
        start += line.len() + 1;
        (begin, line)
    })
}

/// A heading without its number and signs.
fn bare(heading: &str) -> String {
    let words = crate::text::numbered(heading.trim()).map_or(heading, |(_, rest)| rest);
    words.chars().filter(|c| c.is_alphanumeric()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const OLDER: &str = "甲年工作概述。\n（一）主动公开情况\n公开信息3条。“三公”经费公开了。\n（二）平台建设\n网站改版。";

    fn put(text: &str, piece: usize) -> (String, String) {
        let older = pieces(OLDER);
        let forms: Vec<_> = older.iter().map(|one| vec![one.words.to_owned()]).collect();
        let places = SentencePlaces {
            older: &older,
            forms: &forms,
        };
        let (text, range) = places.put(text, piece);
        let own = text[range].to_owned();
        (text, own)
    }

    #[test]
    fn years_are_renewed_and_other_numbers_left() {
        let text = "自2024年1月1日起至2024年12月31日止，〔2024〕3号，12024年";
        assert_eq!(
            renewed(text, 2024, 2025),
            "自2025年1月1日起至2025年12月31日止，〔2024〕3号，12024年"
        );
    }

    #[test]
    fn a_text_falls_into_headings_and_sentences() {
        let all =
            pieces("　　甲。乙！”丙\n\n（一）主动公开。全年3条。又2条。\n（二）平台\n1.5万人。");
        let said: Vec<_> = all
            .iter()
            .map(|piece| (piece.words, piece.paragraph, piece.is_heading()))
            .collect();
        assert_eq!(
            said,
            [
                ("甲。", 0, false),
                ("乙！”", 0, false),
                ("丙", 0, false),
                ("（一）主动公开。全年3条。", 2, false),
                ("又2条。", 2, false),
                ("（二）平台", 3, true),
                ("1.5万人。", 4, false),
            ]
        );
    }

    #[test]
    fn a_sentence_goes_where_last_years_order_puts_it() {
        for (text, piece, wanted) in [
            ("", 0, "甲年工作概述。"),
            ("无。", 0, "甲年工作概述。"),
            ("", 3, "（一）主动公开情况\n“三公”经费公开了。"),
            (
                "（一）主动公开情况\n“三公”经费公开了。",
                2,
                "（一）主动公开情况\n公开信息3条。“三公”经费公开了。",
            ),
            (
                "（一）主动公开情况\n公开信息3条。自己写的。",
                3,
                "（一）主动公开情况\n公开信息3条。“三公”经费公开了。自己写的。",
            ),
            (
                "一、主动公开情况\n\n（二）平台建设\n",
                2,
                "一、主动公开情况\n公开信息3条。\n（二）平台建设\n",
            ),
            (
                "（二）平台建设\n网站改版。",
                2,
                "（一）主动公开情况\n公开信息3条。\n（二）平台建设\n网站改版。",
            ),
            ("自己写的。", 0, "自己写的。\n甲年工作概述。"),
            ("自己写的。\n", 5, "自己写的。\n（二）平台建设\n网站改版。"),
        ] {
            let (made, own) = put(text, piece);
            assert_eq!(made, wanted, "{text} {piece}");
            assert_eq!(own, pieces(OLDER)[piece].words, "{text} {piece}");
        }
    }

    #[test]
    fn all_sentences_in_turn_are_last_years_text() {
        let all = [0, 2, 3, 5];
        let forwards = all
            .iter()
            .fold(String::new(), |text, &one| put(&text, one).0);
        assert_eq!(forwards, OLDER);
        let backwards = all.iter().rev();
        let backwards = backwards.fold(String::new(), |text, &one| put(&text, one).0);
        assert_eq!(backwards, OLDER);
    }
}
