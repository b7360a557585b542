//! How much of a text stands in another one, whatever its figures are.
//!
//! A stretch counts as found again when ten letters or more in a row are the same; signs and spaces do not
//! count, and a run of digits is one letter. Everything takes time in proportion to the texts.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::hash::{DefaultHasher, Hash as _, Hasher as _};

/// How many letters in a row must be the same.
const RUN: usize = 10;
/// From here on a sentence counts as found again, of a hundred.
const FOUND: usize = 80;

/// What of a text was found again.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Likeness<'a> {
    /// Letters that stand in the other text, of a hundred.
    pub percent: usize,
    /// How many letters the text has.
    pub length: usize,
    /// The sentences found again, as they were written.
    pub sentences: Vec<&'a str>,
}

/// A sentence beside the one of the other text that is most like it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sentence {
    /// The sentence.
    pub now: String,
    /// The one it is like; `None` when there is none.
    pub before: Option<String>,
    /// How much of it was found again, of a hundred.
    pub percent: usize,
}

/// One sentence, its letters, and which of them were found again.
struct Found<'a> {
    written: &'a str,
    letters: std::ops::Range<usize>,
    same: usize,
}

/// Compares a text with an older one.
pub(super) fn likeness<'a>(text: &'a str, older: &str) -> Likeness<'a> {
    let (letters, found) = compare(text, older);
    let same: usize = found.iter().map(|sentence| sentence.same).sum();
    Likeness {
        percent: (same * 100).checked_div(letters.len()).unwrap_or(0),
        length: letters.len(),
        sentences: found
            .iter()
            .filter(|sentence| sentence.percent() >= FOUND)
            .map(|sentence| sentence.written)
            .collect(),
    }
}

/// Every sentence of a text beside the one of an older text that is most like it.
#[must_use]
pub fn side_by_side(text: &str, older: &str) -> Vec<Sentence> {
    let (letters, found) = compare(text, older);
    let (old_letters, old) = split(older);
    let mut home: HashMap<u64, usize> = HashMap::new();
    for (number, (_, range)) in old.iter().enumerate() {
        for run in runs(old_letters.get(range.clone()).unwrap_or_default()) {
            home.entry(run).or_insert(number);
        }
    }
    let partner = |sentence: &Found<'_>| {
        let own = letters.get(sentence.letters.clone()).unwrap_or_default();
        let mut votes: BTreeMap<usize, usize> = BTreeMap::new();
        for number in runs(own).filter_map(|run| home.get(&run)) {
            *votes.entry(*number).or_default() += 1;
        }
        let best = votes.into_iter().max_by_key(|(_, count)| *count)?.0;
        old.get(best).map(|(written, _)| (*written).to_owned())
    };
    let pairs = found.iter().map(|sentence| Sentence {
        now: sentence.written.to_owned(),
        before: partner(sentence),
        percent: sentence.percent(),
    });
    pairs.collect()
}

impl Found<'_> {
    fn percent(&self) -> usize {
        (self.same * 100)
            .checked_div(self.letters.len())
            .unwrap_or(0)
    }
}

fn compare<'a>(text: &'a str, older: &str) -> (Vec<char>, Vec<Found<'a>>) {
    let (letters, sentences) = split(text);
    let (old_letters, old) = split(older);
    let known: BTreeSet<u64> = runs(&old_letters).collect();
    let short: BTreeSet<&[char]> = old
        .iter()
        .filter_map(|(_, range)| old_letters.get(range.clone()))
        .filter(|letters| letters.len() < RUN)
        .collect();
    let mut covered = vec![false; letters.len()];
    for (start, run) in runs(&letters).enumerate() {
        if known.contains(&run)
            && let Some(stretch) = covered.get_mut(start..start + RUN)
        {
            stretch.fill(true);
        }
    }
    let found = sentences
        .into_iter()
        .map(|(written, range)| {
            let own = letters.get(range.clone()).unwrap_or_default();
            let same = if short.contains(own) {
                own.len()
            } else {
                let stretch = covered.get(range.clone()).unwrap_or_default();
                stretch.iter().filter(|covered| **covered).count()
            };
            Found {
                written,
                letters: range,
                same,
            }
        })
        .collect();
    (letters, found)
}

/// The letters of a text, and its sentences with their letters.
fn split(text: &str) -> (Vec<char>, Vec<(&str, std::ops::Range<usize>)>) {
    let mut letters = Vec::new();
    let mut sentences = Vec::new();
    for sentence in text.split_inclusive(['。', '；', '！', '？', '\n']) {
        let start = letters.len();
        let mut after_digit = false;
        for c in sentence.chars().filter(|c| c.is_alphanumeric()) {
            let is_digit = c.is_ascii_digit() || ('０'..='９').contains(&c);
            if !(is_digit && after_digit) {
                letters.push(if is_digit { '#' } else { c });
            }
            after_digit = is_digit;
        }
        if letters.len() > start {
            sentences.push((sentence.trim(), start..letters.len()));
        }
    }
    (letters, sentences)
}

/// A number for every ten letters in a row.
pub(super) fn runs(letters: &[char]) -> impl Iterator<Item = u64> + '_ {
    letters.windows(RUN).map(|run| {
        let mut hasher = DefaultHasher::new();
        run.hash(&mut hasher);
        hasher.finish()
    })
}

/// The letters of a text.
pub(super) fn letters(text: &str) -> Vec<char> {
    split(text).0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_do_not_tell_texts_apart() {
        let likeness = likeness(
            "全年主动公开各类政府信息120条。新建专栏。",
            "2024年做了许多。全年主动公开各类政府信息 98条。",
        );
        assert_eq!((likeness.percent, likeness.length), (77, 18));
        assert_eq!(likeness.sentences, ["全年主动公开各类政府信息120条。"]);
    }

    #[test]
    fn one_changed_word_does_not_hide_a_copied_sentence() {
        let text = "严格落实先审查后公开的制度，明确专人负责信息的采集和审核工作。";
        let older = "严格落实先审查后公开的制度，指定专人负责信息的采集和审核工作。";
        let pairs = side_by_side(text, older);
        assert_eq!(pairs.len(), 1);
        assert_eq!(pairs[0].before.as_deref(), Some(older));
        assert!(pairs[0].percent > 90 && pairs[0].percent < 100);
        assert_eq!(side_by_side(text, "别的话。")[0].before, None);
    }
}
