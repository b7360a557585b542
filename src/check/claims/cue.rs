//! Cues: phrases that decide something by standing in a stretch of the text.

use std::ops::Range;

use serde::Deserialize;
use serde::de::Deserializer;

use super::index::PhraseIndex;
use super::phrase::{Phrase, PhraseScope, spelled_out};

/// Phrases of which one is looked for.
#[derive(Debug, Default)]
pub(super) struct Cue {
    /// Each with the characters with which it may begin; `None` for any.
    phrases: Vec<(Phrase, Option<Vec<char>>)>,
    bit: u128,
}

impl<'de> Deserialize<'de> for Cue {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let phrases = Vec::<String>::deserialize(deserializer)?;
        let read = |phrase: &String| {
            let phrase = Phrase::read(&spelled_out(phrase));
            let firsts = phrase.firsts();
            (phrase, firsts)
        };
        Ok(Self {
            phrases: phrases.iter().map(read).collect(),
            bit: 0,
        })
    }
}

impl Cue {
    /// Where one of the phrases stands within a range of a text.
    pub(super) fn find(&self, place: PhraseScope<'_>, range: Range<usize>) -> Option<Range<usize>> {
        let within = place.text.get(..range.end)?;
        let place = PhraseScope {
            text: within,
            ..place
        };
        for (at, c) in within.get(range.start..)?.char_indices() {
            let at = range.start + at;
            if let Some(end) = self.ends(place, at, Some(c)).next() {
                return Some(at..end);
            }
        }
        None
    }

    /// Where the phrases end that begin at a byte of a text, with this character.
    fn ends(
        &self,
        place: PhraseScope<'_>,
        at: usize,
        first: Option<char>,
    ) -> impl Iterator<Item = usize> {
        let may_begin = move |firsts: &Option<Vec<char>>| {
            let is_first = |firsts: &Vec<char>| first.is_some_and(|c| firsts.contains(&c));
            firsts.as_ref().is_none_or(is_first)
        };
        let phrases = self.phrases.iter();
        let phrases = phrases.filter(move |(_, firsts)| may_begin(firsts));
        phrases.filter_map(move |(phrase, _)| phrase.end(place, at))
    }

    fn ends_alone(&self, text: &str) -> impl Iterator<Item = usize> {
        self.ends(alone(text), 0, text.chars().next())
    }

    /// Whether one of the phrases stands in a text by itself.
    pub(super) fn is_in(&self, text: &str) -> bool {
        self.find(alone(text), 0..text.len()).is_some()
    }

    /// Whether a text begins with one of the phrases.
    pub(super) fn begins(&self, text: &str) -> bool {
        self.ends_alone(text).next().is_some()
    }

    /// Whether a text is one of the phrases.
    pub(super) fn is(&self, text: &str) -> bool {
        self.ends_alone(text).any(|end| end == text.len())
    }

    pub(super) fn is_empty(&self) -> bool {
        self.phrases.is_empty()
    }
}

fn alone(text: &str) -> PhraseScope<'_> {
    PhraseScope {
        text,
        from: 0,
        year: 0,
    }
}

/// All cues, looked for at once.
#[derive(Debug, Default)]
pub(super) struct CueIndex {
    index: PhraseIndex,
    /// The cue of each phrase.
    bits: Vec<u128>,
}

/// Which cues may stand in a text: each that does is among them.
#[derive(Debug, Clone, Copy)]
pub(super) struct CuesSaid(u128);

impl CueIndex {
    pub(super) fn of(mut cues: Vec<&mut Cue>) -> Self {
        let mut bits = Vec::new();
        for (number, cue) in (0_u32..).zip(&mut cues) {
            // Were there more cues than bits, the last of them would share one.
            cue.bit = 1 << number.min(u128::BITS - 1);
            bits.extend(cue.phrases.iter().map(|_| cue.bit));
        }
        let phrases = cues.iter().flat_map(|cue| &cue.phrases);
        let index = PhraseIndex::of(phrases.map(|(phrase, _)| phrase));
        Self { index, bits }
    }

    /// Which cues may stand in a text.
    pub(super) fn said_in(&self, text: &str) -> CuesSaid {
        let mut said = 0;
        for (at, _) in text.char_indices() {
            let rest = text.get(at..).unwrap_or_default();
            let bit = |phrase: usize| self.bits.get(phrase).copied().unwrap_or_default();
            self.index.each(rest, |phrase| said |= bit(phrase));
        }
        CuesSaid(said)
    }
}

impl CuesSaid {
    /// What is known of a text that was not looked at.
    pub(super) const ANY: Self = Self(u128::MAX);

    pub(super) fn may_hold(self, cue: &Cue) -> bool {
        self.0 & cue.bit != 0
    }
}
