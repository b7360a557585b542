//! The word list: by which words texts call the rows and columns of the tables.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::LazyLock;

use rust_decimal::Decimal;
use serde::Deserialize;
use serde::de::Deserializer;

use super::class::Class;
use super::named::Named;
use super::phrase::{Phrase, PhraseScope};
use crate::report::Number;

/// The word list of all editions.
static WORDS: LazyLock<Words> = LazyLock::new(|| {
    let mut words: Words =
        ron::from_str(include_str!("../../../templates/words.ron")).unwrap_or_default();
    words.dictionary = Dictionary::of(&words);
    words
});

/// The word list of the program.
pub(super) fn words() -> &'static Words {
    &WORDS
}

/// Rows that are added; one that begins with `-` is subtracted.
pub(super) type Rows = Vec<String>;

/// What `templates/words.ron` holds.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Words {
    pub things: Named<Thing>,
    pub verbs: Named<Verb>,
    pub columns: Vec<Column>,
    parts: Named<Vec<String>>,
    anybody: Vec<String>,
    others: Vec<String>,
    fillers: Vec<String>,
    tails: Vec<String>,
    all: Vec<String>,
    negations: Vec<String>,
    growth: Named<Vec<String>>,
    rates: Named<Vec<String>>,
    share: Vec<String>,
    last: Vec<String>,
    pub joints: Vec<String>,
    pub listing: Vec<String>,
    pub lead: Named<Vec<String>>,
    pub units: Vec<String>,
    pub table_units: Vec<String>,
    pub counters: Vec<String>,
    pub uncounted: Vec<String>,
    pub factors: Named<i64>,
    pub sections: Vec<String>,
    pub quiet: Vec<String>,
    pub name_ends: Vec<String>,
    pub levels: Vec<BodyLevel>,
    pub bodies: Vec<String>,
    /// Words that mean nothing beside those they stand with.
    pub light: Vec<String>,
    places: Vec<String>,
    ways: Vec<String>,
    pub cues: Cues,
    #[serde(skip)]
    pub dictionary: Dictionary,
}

/// What a count can be of.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct Thing {
    pub rule: String,
    pub units: Vec<String>,
    words: Vec<String>,
    bare: Vec<String>,
    pub reads: Named<Vec<Rows>>,
}

/// A verb, or the name of a row.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct Verb {
    /// The thing it belongs to where no noun stands.
    pub own: String,
    pub rule: String,
    words: Vec<String>,
}

/// A column of the applicants, or several together.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct Column {
    pub id: String,
    pub of: Vec<String>,
    words: Vec<String>,
}

/// What kind of body the issuer is.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct BodyLevel {
    pub id: String,
    pub ends: Vec<String>,
    /// How its own offices begin.
    pub own: Cue,
    /// The area above it.
    pub above: Cue,
    /// Offices whose counts are a part of its own.
    pub organs: Cue,
}

macro_rules! cues {
    ($($name:ident),*) => {
        /// Words that decide something by standing in a stretch of the text.
        #[derive(Debug, Default, Deserialize)]
        #[serde(deny_unknown_fields)]
        pub(super) struct Cues { $(pub $name: Cue),* }
    };
}

cues!(
    open,
    plan,
    carry,
    told,
    stop,
    same_year,
    this_year,
    whole_of,
    ours,
    mine,
    from,
    added,
    left,
    review,
    court,
    sum,
    with_carried,
    rest,
    rest_part,
    says_all,
    open_list,
    whole_area,
    among,
    listing_like,
    apart,
    each,
    or,
    points,
    all,
    all_begin,
    r#if,
    nothing,
    any,
    complete,
    due,
    owed,
    in_time,
    in_time_rate,
    in_time_end,
    answer,
    settled,
    twice,
    thrice,
    stale_day,
    history,
    we,
    received,
    share_of
);

/// Phrases of which one is looked for.
#[derive(Debug, Default)]
pub(super) struct Cue(Vec<(Phrase, Option<Vec<char>>)>);

impl<'de> Deserialize<'de> for Cue {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let phrases = Vec::<String>::deserialize(deserializer)?;
        let read = |phrase: &String| {
            let phrase = Phrase::read(&spelled_out(phrase));
            let firsts = phrase.firsts();
            (phrase, firsts)
        };
        Ok(Self(phrases.iter().map(read).collect()))
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
            let may_begin =
                |firsts: &Option<Vec<char>>| firsts.as_ref().is_none_or(|f| f.contains(&c));
            let phrases = self.0.iter().filter(|(_, firsts)| may_begin(firsts));
            let mut ends = phrases.filter_map(|(phrase, _)| phrase.end(place, at));
            if let Some(end) = ends.next() {
                return Some(at..end);
            }
        }
        None
    }

    /// Whether one of the phrases stands in a text by itself.
    pub(super) fn is_in(&self, text: &str) -> bool {
        self.find(alone(text), 0..text.len()).is_some()
    }

    /// Whether a text begins with one of the phrases.
    pub(super) fn begins(&self, text: &str) -> bool {
        self.0
            .iter()
            .any(|(phrase, _)| phrase.end(alone(text), 0).is_some())
    }

    /// Whether a text is one of the phrases.
    pub(super) fn is(&self, text: &str) -> bool {
        self.0
            .iter()
            .any(|(phrase, _)| phrase.end(alone(text), 0) == Some(text.len()))
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

fn alone(text: &str) -> PhraseScope<'_> {
    PhraseScope {
        text,
        from: 0,
        year: 0,
    }
}

/// A phrase with the names of groups of words replaced by the words.
fn spelled_out(phrase: &str) -> String {
    phrase
        .replace("{上年}", "(上[一]年[度]|去年|往年|{Y-1}年[度])")
        .replace("{下年}", "(下[一]年[度]|次年|明年|来年|{Y+1}年[度])")
}

/// All phrases, found by the character with which they begin.
#[derive(Debug, Default)]
pub(super) struct Dictionary {
    entries: Vec<(Class, &'static str, Phrase)>,
    by_first: HashMap<char, Vec<usize>>,
}

impl Dictionary {
    fn of(words: &Words) -> Self {
        let mut dictionary = Self::default();
        // An id lives as long as the word list, which is read once.
        let leaked = |id: &str| -> &'static str { Box::leak(id.to_owned().into_boxed_str()) };
        for (id, thing) in words.things.iter() {
            let id = leaked(id);
            dictionary.add(Class::Thing, id, &thing.words);
            dictionary.add(Class::Bare, id, &thing.bare);
        }
        for (id, verb) in words.verbs.iter() {
            dictionary.add(Class::Verb, leaked(id), &verb.words);
        }
        for column in &words.columns {
            dictionary.add(Class::Column, leaked(&column.id), &column.words);
        }
        dictionary.add(Class::All, "", &words.all);
        dictionary.add(Class::Filler, "anybody", &words.anybody);
        for (id, phrases) in words.parts.iter() {
            dictionary.add(Class::Part, leaked(id), phrases);
        }
        dictionary.add(Class::Other, "", &words.others);
        dictionary.add(Class::Negation, "", &words.negations);
        dictionary.add(Class::Filler, "", &words.fillers);
        dictionary.add(Class::Filler, "tail", &words.tails);
        for (id, phrases) in words.growth.iter() {
            dictionary.add(Class::Growth, leaked(id), phrases);
        }
        for (id, phrases) in words.rates.iter() {
            dictionary.add(Class::Rate, leaked(id), phrases);
        }
        dictionary.add(Class::Share, "", &words.share);
        dictionary.add(Class::Last, "", &words.last);
        dictionary
    }

    fn add(&mut self, class: Class, id: &'static str, phrases: &[String]) {
        for phrase in phrases {
            let phrase = Phrase::read(&spelled_out(phrase));
            for first in phrase.firsts().unwrap_or_default() {
                self.by_first
                    .entry(first)
                    .or_default()
                    .push(self.entries.len());
            }
            self.entries.push((class, id, phrase));
        }
    }

    /// The longest phrase at a byte of the text, and where it ends.
    pub(super) fn longest(
        &self,
        place: PhraseScope<'_>,
        at: usize,
    ) -> Option<(Class, &'static str, usize)> {
        let first = place.text.get(at..)?.chars().next()?;
        let mut best: Option<(Class, &'static str, usize)> = None;
        for entry in self.by_first.get(&first)? {
            let (class, id, phrase) = self.entries.get(*entry)?;
            let end = phrase.end(place, at).filter(|&end| end > at);
            if let Some(end) = end.filter(|&end| best.is_none_or(|(_, _, longest)| end > longest)) {
                best = Some((*class, id, end));
            }
        }
        best
    }
}

impl Words {
    /// The readings of a thing with a verb.
    pub(super) fn reads(thing: &str, verb: &str) -> Option<&'static [Rows]> {
        let thing = words().things.get(thing)?;
        thing.reads.get(verb).map(Vec::as_slice)
    }

    /// The thing a verb belongs to.
    pub(super) fn own(&self, verb: &str) -> &str {
        self.verbs.get(verb).map_or("", |verb| verb.own.as_str())
    }

    /// A figure of the text in the unit of the table of some rows.
    pub(super) fn in_table(&self, rows: &[String], value: Number) -> Number {
        let factor = rows.first().and_then(|row| self.factors.get(row));
        let smaller = factor.and_then(|factor| value.decimal().checked_div(Decimal::from(*factor)));
        smaller
            .and_then(|smaller| Number::read(&smaller.normalize().to_string()))
            .unwrap_or(value)
    }

    /// The words that name where a text is shown, and how.
    pub(super) fn showing(&self) -> impl Iterator<Item = &str> {
        self.places.iter().chain(&self.ways).map(String::as_str)
    }

    /// How many columns there are.
    pub(super) fn column_count(&self) -> usize {
        self.columns
            .iter()
            .filter(|column| column.of.is_empty())
            .count()
    }

    /// Single columns for what was named, in the order of the table, none of them twice.
    pub(super) fn columns_of(&self, named: &[&str]) -> Vec<&'static str> {
        let is_named = |id: &String| {
            let groups = self
                .columns
                .iter()
                .filter(|column| named.contains(&column.id.as_str()));
            named.contains(&id.as_str()) || groups.into_iter().any(|column| column.of.contains(id))
        };
        let single = words().columns.iter().filter(|column| column.of.is_empty());
        single
            .map(|column| &column.id)
            .filter(|id| is_named(id))
            .map(String::as_str)
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_word_list_is_read() {
        let read: Result<Words, _> = ron::from_str(include_str!("../../../templates/words.ron"));
        assert!(read.is_ok(), "{:?}", read.err());
    }

    #[test]
    fn every_row_of_the_word_list_stands_in_an_edition() {
        let has = |row: &str| {
            let group = format!("{row}.");
            let is_it = |key: &str| {
                key == row || key.starts_with(&format!("{row}@")) || key.starts_with(&group)
            };
            crate::form::all()
                .iter()
                .any(|edition| edition.cells().any(|id| is_it(&edition.field(id).key)))
        };
        for (_, thing) in words().things.iter() {
            for (_, readings) in thing.reads.iter() {
                for row in readings.iter().flatten() {
                    assert!(has(row.trim_start_matches('-')), "{row}");
                }
            }
        }
    }
}
