//! Patterns that cost nothing until a text has a word with which one of their matches begins.
//!
//! Most texts hold few of the words that the rules look for, so most patterns are never compiled. It knows no rule.

use std::sync::OnceLock;

use regex_lite::{Captures, Regex};

/// What begins a number in digits.
pub(super) const DIGITS: &[&str] = &["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"];

/// How many bytes from its first word on a match may take: several times what the longest needs.
/// It keeps the time in proportion to the text, whatever the text is.
const REACH: usize = 1500;

/// A pattern and the words with which its matches begin.
#[derive(Debug)]
pub(super) struct Pattern {
    words: &'static [&'static str],
    source: fn() -> String,
    /// Whether `source` says what comes after the words, or the words too.
    is_rest: bool,
    /// Words of which a match has one, and how many bytes after its beginning at the most.
    needs: (&'static [&'static str], usize),
    regex: OnceLock<Option<Regex>>,
}

/// A place where a pattern matches.
#[derive(Debug)]
pub(super) struct Hit<'a> {
    /// All that was matched.
    pub all: Stretch<'a>,
    captures: Captures<'a>,
    offset: usize,
}

/// A stretch of a text.
#[derive(Debug, Clone, Copy)]
pub(super) struct Stretch<'a> {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
    /// The words.
    pub words: &'a str,
}

impl Pattern {
    /// One of the words, and what must come after it.
    pub(super) const fn after(words: &'static [&'static str], rest: fn() -> String) -> Self {
        Self::new(words, rest, true)
    }

    /// What begins with one of the words, which the pattern states itself.
    pub(super) const fn at(words: &'static [&'static str], whole: fn() -> String) -> Self {
        Self::new(words, whole, false)
    }

    const fn new(words: &'static [&'static str], source: fn() -> String, is_rest: bool) -> Self {
        Self {
            words,
            source,
            is_rest,
            needs: (&[], 0),
            regex: OnceLock::new(),
        }
    }

    /// Is tried only where one of these words comes within so many bytes: for what begins with
    /// words that stand everywhere.
    pub(super) const fn needing(mut self, words: &'static [&'static str], within: usize) -> Self {
        self.needs = (words, within);
        self
    }

    /// Where it matches in a text of which it is known where words begin.
    pub(super) fn hits_by<'a>(
        &self,
        text: &'a str,
        places: impl Fn(&'static [&'static str]) -> Vec<usize>,
    ) -> Vec<Hit<'a>> {
        let places = match self.needs {
            _ if self.words.is_empty() => vec![0],
            ([], _) => places(self.words),
            (needed, within) => self.places_before(text, &places(needed), within),
        };
        self.tried(text, places)
    }

    /// Where it matches in a short text.
    pub(super) fn hits_in<'a>(&self, text: &'a str) -> Vec<Hit<'a>> {
        self.hits_by(text, |words| places_in(text, words))
    }

    /// Where one of the words begins shortly before one of the places needed.
    fn places_before(&self, text: &str, needed: &[usize], within: usize) -> Vec<usize> {
        let mut places = Vec::new();
        for &end in needed {
            let start = text.ceil_char_boundary(end.saturating_sub(within));
            let window = text.get(start..end).unwrap_or_default();
            let found = places_in(window, self.words);
            places.extend(found.into_iter().map(|place| start + place));
        }
        places.sort_unstable();
        places.dedup();
        places
    }

    /// The matches that begin at one of the places; none overlaps another.
    fn tried<'a>(&self, text: &'a str, places: Vec<usize>) -> Vec<Hit<'a>> {
        let mut hits = Vec::new();
        let mut free = 0;
        for place in places {
            let Some(rest) = reach(text, place).filter(|_| place >= free) else {
                continue;
            };
            let regex = self.regex.get_or_init(|| self.compiled()).as_ref();
            let hit = regex.and_then(|regex| Hit::of(regex.captures(rest)?, place));
            if let Some(hit) = hit {
                free = hit.all.end;
                hits.push(hit);
            }
        }
        hits
    }

    fn compiled(&self) -> Option<Regex> {
        let source = (self.source)();
        let pattern = if self.is_rest {
            format!("^(?:{})(?:{source})", self.words.join("|"))
        } else {
            format!("^(?:{source})")
        };
        Regex::new(&pattern).ok()
    }
}

/// As much of a text as a match from there on may take.
fn reach(text: &str, place: usize) -> Option<&str> {
    text.get(place..text.floor_char_boundary(place.saturating_add(REACH)))
}

/// Where one of the words begins, in order.
fn places_in(text: &str, words: &[&str]) -> Vec<usize> {
    let found = words.iter().flat_map(|word| text.match_indices(word));
    let mut places: Vec<_> = found.map(|(start, _)| start).collect();
    places.sort_unstable();
    places.dedup();
    places
}

impl<'a> Hit<'a> {
    fn of(captures: Captures<'a>, offset: usize) -> Option<Self> {
        let all = captures.get(0)?;
        let all = Stretch {
            start: offset,
            end: offset + all.end(),
            words: all.as_str(),
        };
        Some(Self {
            all,
            captures,
            offset,
        })
    }

    /// A named part of what was matched.
    pub(super) fn part(&self, name: &str) -> Option<Stretch<'a>> {
        let found = self.captures.name(name)?;
        Some(Stretch {
            start: self.offset + found.start(),
            end: self.offset + found.end(),
            words: found.as_str(),
        })
    }

    /// The words of a named part; empty where there is none.
    pub(super) fn words(&self, name: &str) -> &'a str {
        self.part(name).map_or("", |part| part.words)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::prose::Prose;

    static BOXES: Pattern = Pattern::after(&["搬", "搬来"], || "(?P<n>[0-9]+)箱".to_owned());

    #[test]
    fn a_match_begins_with_one_of_the_words() {
        let prose = Prose::new("先搬3箱，再搬来12箱，又搬走1箱");
        let found = |hits: Vec<Hit<'_>>| -> Vec<_> {
            hits.iter()
                .map(|hit| {
                    (
                        hit.all.start,
                        hit.all.words.to_owned(),
                        hit.words("n").to_owned(),
                    )
                })
                .collect()
        };
        let expected = [(3, "搬3箱", "3"), (16, "搬来12箱", "12")]
            .map(|(start, all, n)| (start, all.to_owned(), n.to_owned()));
        assert_eq!(found(prose.hits(&BOXES)), expected);
        assert_eq!(found(BOXES.hits_in(prose.text())), expected);
    }

    #[test]
    fn a_word_that_is_needed_saves_trying_everywhere() {
        static LISTED: Pattern =
            Pattern::at(DIGITS, || "[0-9]+箱，其中".to_owned()).needing(&["其中"], 30);
        let prose = Prose::new("1箱2箱3箱，其中4箱；12箱，其中5箱，6箱");
        let words = |hits: &[Hit<'_>]| hits.iter().map(|hit| hit.all.words.to_owned()).collect();
        let found: Vec<String> = words(&prose.hits(&LISTED));
        assert_eq!(found, ["3箱，其中", "12箱，其中"]);
        let found: Vec<String> = words(&LISTED.hits_in(prose.text()));
        assert_eq!(found, ["3箱，其中", "12箱，其中"]);
    }

    #[test]
    fn a_pattern_is_not_compiled_for_a_text_without_its_words() {
        static UNUSED: Pattern = Pattern::after(&["搬"], || "箱".to_owned());
        assert!(Prose::new("再没有了").hits(&UNUSED).is_empty());
        assert!(UNUSED.regex.get().is_none());
    }

    #[test]
    fn a_number_without_end_is_soon_given_up() {
        static HUGE: Pattern = Pattern::at(DIGITS, || "[0-9]+箱".to_owned());
        let text = "1".repeat(200_000);
        // The bytes that are looked at are counted: how long that takes is the machine's affair.
        let places = places_in(&text, DIGITS);
        let looked_at = places.iter().filter_map(|&place| reach(&text, place));
        let steps: usize = looked_at.map(str::len).sum();
        assert!(steps <= text.len() * REACH, "{steps}");
        assert!(Prose::new(&text[..4_000]).hits(&HUGE).is_empty());
    }

    #[test]
    fn matches_do_not_overlap() {
        static PAIRS: Pattern = Pattern::at(DIGITS, || "[0-9]{2}".to_owned());
        let prose = Prose::new("12345");
        let hits = prose.hits(&PAIRS);
        let words: Vec<_> = hits.iter().map(|hit| hit.all.words).collect();
        assert_eq!(words, ["12", "34"]);
    }
}
