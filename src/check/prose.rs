//! A section's text made ready for matching, and places in it led back to the text as written.
//!
//! It knows no rule and no table.

use std::cell::OnceCell;

use super::pattern::{Hit, Pattern};
use crate::text;

/// A text without bracketed remarks and spaces, its digits and signs in one width.
#[derive(Debug)]
pub(super) struct Prose {
    text: String,
    /// For every byte of `text` the number of the character it was made from.
    origin: Vec<u32>,
    /// Where each character of `text` stands, looked up once for all rules.
    places: OnceCell<CharPlaces>,
}

/// Where the characters of a text stand: in order, and sorted into drawers by the last bits of
/// their codes. A drawer may hold other characters too.
#[derive(Debug)]
struct CharPlaces {
    /// Where each drawer begins in `bytes`, and where the last one ends.
    drawers: Vec<usize>,
    bytes: Vec<u32>,
}

impl CharPlaces {
    const DRAWERS: usize = 1024;

    fn of(text: &str) -> Self {
        let mut ends = vec![0; Self::DRAWERS + 1];
        for c in text.chars() {
            if let Some(count) = ends.get_mut(Self::drawer(c) + 1) {
                *count += 1;
            }
        }
        let mut sum = 0;
        for end in &mut ends {
            sum += *end;
            *end = sum;
        }
        let drawers = ends.clone();
        let mut bytes = vec![0; sum];
        for (byte, c) in text.char_indices() {
            if let Some(free) = ends.get_mut(Self::drawer(c)) {
                if let Some(place) = bytes.get_mut(*free) {
                    *place = u32::try_from(byte).unwrap_or(u32::MAX);
                }
                *free += 1;
            }
        }
        Self { drawers, bytes }
    }

    fn drawer(c: char) -> usize {
        c as usize % Self::DRAWERS
    }

    /// Every place where this character may stand.
    fn candidates(&self, c: char) -> &[u32] {
        let drawer = Self::drawer(c);
        let bound = |index: usize| self.drawers.get(index).copied().unwrap_or_default();
        self.bytes
            .get(bound(drawer)..bound(drawer + 1))
            .unwrap_or_default()
    }
}

/// How many characters of a text stand before its bytes.
#[derive(Debug)]
pub(super) struct CharCounts(Vec<usize>);

impl CharCounts {
    /// The count is kept for one byte of so many.
    const STEP: usize = 256;

    pub(super) fn of(text: &str) -> Self {
        let mut count = 0;
        let blocks = text.as_bytes().chunks(Self::STEP).map(|block| {
            let before = count;
            count += begun(block);
            before
        });
        Self(blocks.collect())
    }

    /// How many characters begin before a byte of the text.
    pub(super) fn up_to(&self, text: &str, byte: usize) -> usize {
        let byte = byte.min(text.len());
        let block = (byte / Self::STEP).min(self.0.len().saturating_sub(1));
        let before = self.0.get(block).copied().unwrap_or_default();
        let rest = text.as_bytes().get(block * Self::STEP..byte);
        before + begun(rest.unwrap_or_default())
    }

    /// Where a character begins, given how many stand before it.
    pub(super) fn byte_of(&self, text: &str, count: usize) -> Option<usize> {
        let block = self
            .0
            .partition_point(|&before| before <= count)
            .checked_sub(1)?;
        let start = text.ceil_char_boundary(block * Self::STEP);
        let mut chars = text.get(start..)?.char_indices();
        let (byte, _) = chars.nth(count - self.0.get(block)?)?;
        Some(start + byte)
    }
}

/// How many characters begin with one of the bytes.
fn begun(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| **byte & 0xC0 != 0x80).count()
}

/// Whoever may ask: the three-part name says nothing and its `、` would end a clause.
static ANYONE: Pattern = Pattern::after(&["公民"], || {
    "、?法人(?:和|或者|或|以及|及|与)?其他组织(?:提出的|提交的|的)?".to_owned()
});

impl Prose {
    /// Sets bracketed remarks aside.
    pub(super) fn new(text: &str) -> Self {
        let chars: Vec<char> = text.chars().collect();
        let mut prose = Self::kept(text, remarks(&chars).into_iter());
        let ranges: Vec<_> = ANYONE
            .hits_in(&prose.text)
            .iter()
            .map(|hit| hit.all.start..hit.all.end)
            .collect();
        prose.remove(&ranges);
        prose
    }

    /// Sets words aside wherever they stand.
    pub(super) fn set_aside(&mut self, words: &str) {
        let found = self.text.match_indices(words);
        let ranges: Vec<_> = found
            .map(|(start, words)| start..start + words.len())
            .collect();
        self.remove(&ranges);
    }

    /// Leaves out ranges that are in order and do not overlap.
    fn remove(&mut self, ranges: &[std::ops::Range<usize>]) {
        if ranges.is_empty() {
            return;
        }
        let end = self.text.len();
        let gaps = ranges.iter().map(|range| range.start).chain([end]);
        let starts = std::iter::once(0).chain(ranges.iter().map(|range| range.end));
        let (mut text, mut origin) = (String::new(), Vec::new());
        for (start, end) in starts.zip(gaps) {
            text.push_str(self.text.get(start..end).unwrap_or_default());
            origin.extend_from_slice(self.origin.get(start..end).unwrap_or_default());
        }
        (self.text, self.origin) = (text, origin);
        self.places = OnceCell::new();
    }

    /// Keeps bracketed remarks but not the brackets.
    pub(super) fn without_brackets(text: &str) -> Self {
        let is_bracket =
            |c| closing(c).is_some() || matches!(c, '）' | ')' | '〕' | '］' | ']' | '】');
        Self::kept(text, text.chars().map(is_bracket))
    }

    /// Keeps everything but spaces; round brackets and digits in one width, no separators of thousands.
    pub(super) fn squeezed(text: &str) -> Self {
        let mut prose = Self::kept(text, std::iter::repeat(false));
        let text = prose.text.replace('(', "（").replace(')', "）");
        if text.len() != prose.text.len() {
            let widths = prose.text.chars().zip(text.chars());
            let mut origin = Vec::with_capacity(text.len());
            let mut byte = 0;
            for (before, after) in widths {
                let place = prose.origin.get(byte).copied().unwrap_or_default();
                origin.resize(origin.len() + after.len_utf8(), place);
                byte += before.len_utf8();
            }
            (prose.text, prose.origin) = (text, origin);
        }
        let separators = prose.text.match_indices('，').filter(|(at, sign)| {
            let before = prose.text.get(..*at).unwrap_or_default();
            let after = prose.text.get(at + sign.len()..).unwrap_or_default();
            let digits = after.bytes().take_while(u8::is_ascii_digit).count();
            before.ends_with(|c: char| c.is_ascii_digit()) && digits == 3
        });
        let separators: Vec<_> = separators.map(|(at, sign)| at..at + sign.len()).collect();
        prose.remove(&separators);
        prose
    }

    fn kept(text: &str, dropped: impl Iterator<Item = bool>) -> Self {
        let mut kept = String::with_capacity(text.len());
        let mut origin = Vec::with_capacity(text.len());
        for ((index, c), dropped) in (0_u32..).zip(text.chars()).zip(dropped) {
            if dropped || (c.is_whitespace() && c != '\n') {
                continue;
            }
            let c = one_width(c);
            kept.push(c);
            origin.resize(kept.len(), index);
        }
        Self {
            text: kept,
            origin,
            places: OnceCell::new(),
        }
    }

    /// The text to match.
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// Where a pattern matches.
    pub(super) fn hits(&self, pattern: &Pattern) -> Vec<Hit<'_>> {
        pattern.hits_by(&self.text, |words| self.places(words))
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
        let places = self.places.get_or_init(|| CharPlaces::of(&self.text));
        let rarest = word
            .char_indices()
            .map(|(offset, c)| (offset, places.candidates(c)))
            .min_by_key(|(_, candidates)| candidates.len());
        let (offset, candidates) = rarest.unwrap_or((0, &[]));
        candidates.iter().filter_map(move |&place| {
            let start = (place as usize).checked_sub(offset)?;
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
        let at = |byte: usize| self.origin.get(byte).copied().unwrap_or_default() as usize;
        (at(start), at(end.saturating_sub(1)) + 1)
    }
}

/// What is said of headings under which nothing stands.
pub(super) fn nothing_under(headings: &[&str]) -> String {
    format!("标题下面没有内容：{}", headings.join("、"))
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
        '０'..='９' | '．' | '％' => text::half_width(c),
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
    fn characters_are_counted_from_the_nearest_mark() {
        for text in ["", "字", &"字a符".repeat(300)] {
            let counts = CharCounts::of(text);
            for (count, (byte, _)) in text.char_indices().enumerate() {
                assert_eq!(counts.up_to(text, byte), count);
                assert_eq!(counts.byte_of(text, count), Some(byte));
            }
            let count = text.chars().count();
            assert_eq!(counts.up_to(text, text.len()), count);
            assert_eq!(counts.byte_of(text, count), None);
        }
    }

    #[test]
    fn a_bracket_without_its_end_is_kept() {
        assert_eq!(
            Prose::new("一) 收到（3件\n2）件").text(),
            "一)收到（3件\n2）件"
        );
    }
}
