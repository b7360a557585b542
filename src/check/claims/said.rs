//! What the text says of things that no table holds.

use std::collections::BTreeSet;
use std::ops::Range;

use super::words::words;
use crate::report::Number;

/// A shorter number is as soon another one with the same digits.
const LEAST_DIGITS: usize = 3;

/// What a figure says of something that no table holds.
#[derive(Debug, Clone)]
pub(super) struct SaidFigure {
    /// Its clause, in the text as read.
    pub quote: Range<usize>,
    /// The clause's words.
    pub words: String,
    /// How much it says.
    pub value: Number,
    /// The digits of that, sorted.
    pub digits: Vec<u8>,
    pub unit: String,
    /// What is counted, in what way, by whom: every word that means something.
    pub content: BTreeSet<String>,
    /// The noun.
    pub noun: String,
    /// It is not one of the parts of a whole.
    pub is_whole: bool,
    /// Its clause says that it is all there is in the year.
    pub says_all: bool,
    /// Where its sentence begins.
    pub sentence: usize,
}

impl SaidFigure {
    /// Whether two figures are of the same thing and cannot both be right.
    pub(super) fn contradicts(&self, other: &Self) -> bool {
        if self.value == other.value
            || self.unit != other.unit
            || self.noun != other.noun
            || !self.is_whole
            || !other.is_whole
        {
            return false;
        }
        let both_say_all = self.says_all && other.says_all;
        both_say_all && self.content == other.content || self.is_misprint_of(other)
    }

    /// Whether both stand in one sentence of one text, which then tells them apart.
    pub(super) fn is_beside(&self, other: &Self) -> bool {
        self.sentence == other.sentence
    }

    /// 186 and 168 of what is said in more words once and in fewer then.
    fn is_misprint_of(&self, other: &Self) -> bool {
        if self.digits.len() < LEAST_DIGITS || self.digits != other.digits {
            return false;
        }
        let (fewer, more) = if self.content.len() <= other.content.len() {
            (&self.content, &other.content)
        } else {
            (&other.content, &self.content)
        };
        fewer.is_subset(more)
    }
}

/// The digits of a number, sorted, with its sign and point.
pub(super) fn digits(number: Number) -> Vec<u8> {
    let mut digits = number.to_string().into_bytes();
    digits.sort_unstable();
    digits
}

/// A word without what means nothing in it, and what it names of places and ways apart.
pub(super) fn parted(text: &str) -> Vec<String> {
    let mut rest = text.to_owned();
    let mut parts = Vec::new();
    for word in words().showing() {
        if rest.contains(word) {
            parts.push(word.to_owned());
            rest = rest.replace(word, "");
        }
    }
    for light in &words().light {
        if rest.contains(light) {
            rest = rest.replace(light, "");
        }
    }
    let is_way = rest.starts_with("通过") || rest.starts_with('在');
    if !rest.is_empty() && !is_way {
        parts.push(rest);
    }
    parts
}
