//! The word list: by which words texts call the rows and columns of the tables.

use std::borrow::Cow;
use std::sync::LazyLock;

use rust_decimal::Decimal;
use serde::Deserialize;
use serde::de::Deserializer;

use super::class::Class;
use super::cue::{Cue, CueIndex};
use super::index::PhraseIndex;
use super::named::Named;
use super::phrase::{Phrase, PhraseScope, spelled_out};
use crate::report::Number;

/// The word list of all editions.
static WORDS: LazyLock<Words> = LazyLock::new(|| {
    let mut words: Words =
        ron::from_str(include_str!("../../../templates/words.ron")).unwrap_or_default();
    words.dictionary = Dictionary::of(&words);
    words.cue_index = words.index_of_cues();
    words
});

/// The word list of the program.
pub(super) fn words() -> &'static Words {
    &WORDS
}

/// A row of a table, or several; one that begins with `-` is subtracted. It lives as long as the word list, which is
/// read once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct TableRow(pub &'static str);

impl<'de> Deserialize<'de> for TableRow {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(|row| Self(leaked(&row)))
    }
}

/// An id lives as long as the word list, which is read once.
fn leaked(id: &str) -> &'static str {
    Box::leak(id.to_owned().into_boxed_str())
}

/// Rows that are added.
pub(super) type Rows = Cow<'static, [TableRow]>;

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
    #[serde(skip)]
    pub cue_index: CueIndex,
}

/// What a count can be of.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct Thing {
    pub rule: String,
    pub units: Vec<String>,
    words: Vec<String>,
    bare: Vec<String>,
    pub reads: Named<Vec<Vec<TableRow>>>,
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

        impl Cues {
            fn all(&mut self) -> Vec<&mut Cue> {
                vec![$(&mut self.$name),*]
            }
        }
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
    now,
    whole_of,
    ours,
    mine,
    from,
    added,
    left,
    review,
    court,
    sum,
    bare_sum,
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

/// All phrases that are words of their own.
#[derive(Debug, Default)]
pub(super) struct Dictionary {
    entries: Vec<(Class, &'static str, Phrase)>,
    index: PhraseIndex,
}

impl Dictionary {
    fn of(words: &Words) -> Self {
        let mut dictionary = Self::default();
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
        let phrases = dictionary.entries.iter().map(|(_, _, phrase)| phrase);
        dictionary.index = PhraseIndex::of(phrases);
        dictionary
    }

    fn add(&mut self, class: Class, id: &'static str, phrases: &[String]) {
        for phrase in phrases {
            let phrase = Phrase::read(&spelled_out(phrase));
            self.entries.push((class, id, phrase));
        }
    }

    /// The longest phrase at a byte of the text, and where it ends; of two that are as long the first.
    pub(super) fn longest(
        &self,
        place: PhraseScope<'_>,
        at: usize,
    ) -> Option<(Class, &'static str, usize)> {
        let mut best: Option<(usize, usize)> = None;
        self.index.each(place.text.get(at..)?, |entry| {
            let phrase = self.entries.get(entry).map(|(_, _, phrase)| phrase);
            let end = phrase.and_then(|phrase| phrase.end(place, at));
            if let Some(end) = end.filter(|&end| end > at) {
                let is_better = |(longest, first)| end > longest || end == longest && entry < first;
                if best.is_none_or(is_better) {
                    best = Some((end, entry));
                }
            }
        });
        let (end, entry) = best?;
        let (class, id, _) = self.entries.get(entry)?;
        Some((*class, id, end))
    }
}

impl Words {
    fn index_of_cues(&mut self) -> CueIndex {
        let mut cues = self.cues.all();
        for level in &mut self.levels {
            cues.extend([&mut level.own, &mut level.above, &mut level.organs]);
        }
        CueIndex::of(cues)
    }

    /// The readings of a thing with a verb.
    pub(super) fn reads(thing: &str, verb: &str) -> Option<&'static [Vec<TableRow>]> {
        let thing = words().things.get(thing)?;
        thing.reads.get(verb).map(Vec::as_slice)
    }

    /// The thing a verb belongs to.
    pub(super) fn own(&self, verb: &str) -> &str {
        self.verbs.get(verb).map_or("", |verb| verb.own.as_str())
    }

    /// A figure of the text in the unit of the table of some rows.
    pub(super) fn in_table(&self, rows: &[TableRow], value: Number) -> Number {
        let factor = rows.first().and_then(|row| self.factors.get(row.0));
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
                    assert!(has(row.0.trim_start_matches('-')), "{row:?}");
                }
            }
        }
    }
}
