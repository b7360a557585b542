//! A section's text made ready for matching, and places in it led back to the text as written.
//!
//! It knows no rule and no table.

use std::cell::OnceCell;
use std::collections::HashMap;

use super::pattern::Pattern;
use super::{Finding, Rule};
use crate::form::Section;

/// A text without bracketed remarks and spaces, its digits and signs in one width.
#[derive(Debug)]
pub(super) struct Prose {
    text: String,
    /// For every byte of `text` the number of the character it was made from.
    origin: Vec<usize>,
    /// Where each character of `text` stands, looked up once for all rules.
    places: OnceCell<HashMap<char, Vec<usize>>>,
}

/// Whoever may ask: the three-part name says nothing and its `、` would end a clause.
static ANYONE: Pattern = Pattern::after(&["公民"], || {
    "、?法人(?:和|或者|或|以及|及|与)?其他组织(?:提出的|提交的|的)?".to_owned()
});

impl Prose {
    /// Sets bracketed remarks aside.
    pub(super) fn new(text: &str) -> Self {
        let chars: Vec<char> = text.chars().collect();
        let mut prose = Self::kept(&chars, &remarks(&chars));
        let ranges = ANYONE
            .hits_in(&prose.text)
            .iter()
            .map(|hit| hit.all.start..hit.all.end)
            .collect();
        prose.remove(ranges);
        prose
    }

    /// Sets words aside wherever they stand.
    pub(super) fn set_aside(&mut self, words: &str) {
        let found = self.text.match_indices(words);
        let ranges = found
            .map(|(start, words)| start..start + words.len())
            .collect();
        self.remove(ranges);
    }

    fn remove(&mut self, ranges: Vec<std::ops::Range<usize>>) {
        for range in ranges.into_iter().rev() {
            self.text.replace_range(range.clone(), "");
            self.origin.drain(range);
        }
        self.places = OnceCell::new();
    }

    /// Keeps bracketed remarks but not the brackets.
    pub(super) fn without_brackets(text: &str) -> Self {
        let chars: Vec<char> = text.chars().collect();
        let brackets: Vec<_> = chars
            .iter()
            .map(|&c| closing(c).is_some() || "）)〕］]】".contains(c))
            .collect();
        Self::kept(&chars, &brackets)
    }

    fn kept(chars: &[char], dropped: &[bool]) -> Self {
        let (mut text, mut origin) = (String::new(), Vec::new());
        for (index, (&c, &dropped)) in chars.iter().zip(dropped).enumerate() {
            if dropped || (c.is_whitespace() && c != '\n') {
                continue;
            }
            let c = one_width(c);
            text.push(c);
            origin.extend(std::iter::repeat_n(index, c.len_utf8()));
        }
        Self {
            text,
            origin,
            places: OnceCell::new(),
        }
    }

    /// The text to match.
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// Where one of the words begins, in order.
    pub(super) fn places(&self, words: &[&str]) -> Vec<usize> {
        let mut places: Vec<_> = words.iter().flat_map(|word| self.places_of(word)).collect();
        places.sort_unstable();
        places.dedup();
        places
    }

    /// Where a word begins: its rarest character says where to look.
    fn places_of<'a>(&'a self, word: &'a str) -> impl Iterator<Item = usize> + 'a {
        let places = self.places.get_or_init(|| {
            let mut places = HashMap::<char, Vec<usize>>::new();
            for (byte, c) in self.text.char_indices() {
                places.entry(c).or_default().push(byte);
            }
            places
        });
        let of = |c: char| places.get(&c).map_or(&[][..], Vec::as_slice);
        let rarest = word
            .char_indices()
            .map(|(offset, c)| (offset, of(c)))
            .min_by_key(|(_, places)| places.len());
        let (offset, places) = rarest.unwrap_or((0, &[]));
        places.iter().filter_map(move |place| {
            let start = place.checked_sub(offset)?;
            self.text.get(start..)?.starts_with(word).then_some(start)
        })
    }

    /// The sentence so far, up to a byte of the text: what stands since the last `。`, `；` or line.
    pub(super) fn sentence_before(&self, byte: usize) -> &str {
        let before = self.text.get(..byte).unwrap_or_default();
        before
            .rsplit(['。', '；', '！', '？', '\n'])
            .next()
            .unwrap_or_default()
    }

    /// The rest of the sentence from a byte of the text on.
    pub(super) fn sentence_after(&self, byte: usize) -> &str {
        let after = self.text.get(byte..).unwrap_or_default();
        after
            .split(['。', '；', '！', '？', '\n'])
            .next()
            .unwrap_or_default()
    }

    /// The characters of the text as written that bytes of this text were made from.
    pub(super) fn written(&self, start: usize, end: usize) -> (usize, usize) {
        let at = |byte: usize| self.origin.get(byte).copied().unwrap_or_default();
        (at(start), at(end.saturating_sub(1)) + 1)
    }

    /// A finding on a stretch of this text.
    pub(super) fn finding(
        &self,
        rule: &'static Rule,
        section: &Section,
        stretch: (usize, usize),
        message: String,
    ) -> Finding {
        let (start, end) = self.written(stretch.0, stretch.1);
        Finding::new(rule, message).on_text(section, start, end)
    }
}

/// The text as written with one stretch replaced.
pub(super) fn replaced(text: &str, (start, end): (usize, usize), by: &str) -> String {
    let head: String = text.chars().take(start).collect();
    let tail: String = text.chars().skip(end).collect();
    format!("{head}{by}{tail}")
}

/// Which characters belong to bracketed remarks. A bracket that is not closed in its line is kept.
fn remarks(chars: &[char]) -> Vec<bool> {
    let mut dropped = vec![false; chars.len()];
    let mut open: Vec<(usize, char)> = Vec::new();
    for (index, &c) in chars.iter().enumerate() {
        if c == '\n' {
            open.clear();
        } else if let Some(end) = closing(c) {
            open.push((index, end));
        } else if let Some(depth) = open.iter().rposition(|&(_, end)| end == c) {
            let start = open.get(depth).map_or(index, |&(start, _)| start);
            open.truncate(depth);
            if let Some(range) = dropped.get_mut(start..=index) {
                range.fill(true);
            }
        }
    }
    dropped
}

fn closing(c: char) -> Option<char> {
    Some(match c {
        '（' => '）',
        '(' => ')',
        '〔' => '〕',
        '［' => '］',
        '[' => ']',
        '【' => '】',
        _ => return None,
    })
}

/// Digits and `%` become half-width, `,` `;` `:` full-width.
fn one_width(c: char) -> char {
    match c {
        '０'..='９' | '．' | '％' => char::from_u32(c as u32 - 0xFEE0).unwrap_or(c),
        ',' => '，',
        ';' => '；',
        ':' => '：',
        _ => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn remarks_are_set_aside_and_places_are_kept() {
        let prose = Prose::new("（一）收到 申请（含网上（2件））３件");
        assert_eq!(prose.text(), "收到申请3件");
        let at = prose.text().find('3').unwrap();
        assert_eq!(prose.written(at, at + 4), (17, 19));
    }

    #[test]
    fn a_bracket_without_its_end_is_kept() {
        assert_eq!(
            Prose::new("一) 收到（3件\n2）件").text(),
            "一)收到（3件\n2）件"
        );
    }
}
