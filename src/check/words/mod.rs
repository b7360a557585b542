//! The words that the rules on writing look for: data of the templates, found in one pass over a text.

mod lists;
mod near;

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::LazyLock;

use aho_corasick::AhoCorasick;

pub(super) use lists::{Cited, Lists, Own};

/// All words, read once.
pub(super) static WORDS: LazyLock<ReadyWords> =
    LazyLock::new(|| ReadyWords::new(Lists::built_in()));

/// What a word was looked for as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum WordKind {
    /// A misprint: its place among the misprints.
    Misprint(usize),
    /// Right, whatever it looks like.
    Right,
    /// The first or the last part of a term.
    Part { term: usize, is_last: bool },
    /// A word written twice: its place among the doubled ones.
    Doubled(usize),
    /// Left over from a template.
    Template,
    /// A mark of secrecy.
    Marked,
    /// Whoever is named behind it is a person.
    Person,
    /// What a letter's number begins with.
    Prefix,
}

/// A word where it stands in a text.
#[derive(Debug, Clone)]
pub(super) struct Word {
    /// What it is.
    pub kind: WordKind,
    /// Its bytes.
    pub range: Range<usize>,
}

/// A term of the report, in its two parts.
#[derive(Debug)]
struct ReportTerm {
    first: Vec<char>,
    last: Vec<char>,
    whole: String,
}

/// The lists made ready for looking.
#[derive(Debug)]
pub(super) struct ReadyWords {
    /// The lists.
    pub lists: Lists,
    misprints: Vec<(String, String)>,
    terms: Vec<ReportTerm>,
    alike: BTreeMap<char, Vec<char>>,
    joins: BTreeMap<char, Vec<char>>,
    not_after: BTreeMap<char, Vec<char>>,
    doubled: Vec<(String, Vec<char>)>,
    search: Option<AhoCorasick>,
    kinds: Vec<WordKind>,
}

/// `字:字字字`, for each first character the others.
fn by_character(lines: &[String]) -> BTreeMap<char, Vec<char>> {
    let pairs = lines.iter().filter_map(|line| {
        let (first, others) = line.split_once(':')?;
        Some((first.chars().next()?, others.chars().collect()))
    });
    pairs.collect()
}

impl ReadyWords {
    fn new(lists: Lists) -> Self {
        let terms: Vec<_> = lists
            .terms
            .iter()
            .filter_map(|term| {
                let (first, last) = term.split_once(' ')?;
                Some(ReportTerm {
                    first: first.chars().collect(),
                    last: last.chars().collect(),
                    whole: format!("{first}{last}"),
                })
            })
            .collect();
        let doubled: Vec<_> = lists
            .doubled
            .iter()
            .filter_map(|line| {
                let (word, after) = line.split_once(':')?;
                Some((word.to_owned(), after.chars().collect::<Vec<_>>()))
            })
            .collect();
        let mut misprints: Vec<_> = lists.misprints.clone().into_iter().collect();
        // The two characters where the parts of a term meet, in the wrong order.
        misprints.extend(
            terms
                .iter()
                .filter_map(|ReportTerm { first, last, whole }| {
                    let (end, head) = first.split_last()?;
                    let (begin, tail) = last.split_first()?;
                    let swapped = head.iter().chain([begin, end]).chain(tail).collect();
                    Some((swapped, whole.clone()))
                }),
        );
        let (mut patterns, mut kinds) = (Vec::new(), Vec::new());
        let mut add = |pattern: String, kind| {
            patterns.push(pattern);
            kinds.push(kind);
        };
        for (place, (wrong, _)) in misprints.iter().enumerate() {
            add(wrong.clone(), WordKind::Misprint(place));
        }
        for (place, (word, _)) in doubled.iter().enumerate() {
            add(word.repeat(2), WordKind::Doubled(place));
        }
        for (term, ReportTerm { first, last, .. }) in terms.iter().enumerate() {
            for (part, is_last) in [(first, false), (last, true)] {
                add(part.iter().collect(), WordKind::Part { term, is_last });
            }
        }
        for (words, kind) in [
            (&lists.right_too, WordKind::Right),
            (&lists.templates, WordKind::Template),
            (&lists.marked, WordKind::Marked),
            (&lists.persons, WordKind::Person),
            (&lists.prefixes, WordKind::Prefix),
        ] {
            for word in words {
                add(word.clone(), kind);
            }
        }
        Self {
            misprints,
            terms,
            alike: by_character(&lists.alike),
            joins: by_character(&lists.joins),
            not_after: by_character(&lists.not_after),
            doubled,
            search: AhoCorasick::new(&patterns).ok(),
            kinds,
            lists,
        }
    }

    /// Every word in a text, in order of its end.
    pub(super) fn find(&self, text: &str) -> Vec<Word> {
        let Some(search) = &self.search else {
            return Vec::new();
        };
        let hits = search.find_overlapping_iter(text);
        let words = hits.filter_map(|hit| {
            let kind = *self.kinds.get(hit.pattern().as_usize())?;
            Some(Word {
                kind,
                range: hit.range(),
            })
        });
        words.collect()
    }

    /// The misprints among the words of a text: where, and what is meant.
    pub(super) fn misprints(&self, text: &str, words: &[Word]) -> Vec<(Range<usize>, &str)> {
        let is_right = |range: &Range<usize>| {
            let mut right = words.iter().filter(|word| word.kind == WordKind::Right);
            right.any(|word| word.range.start < range.end && range.start < word.range.end)
        };
        let found = words.iter().filter_map(|word| match word.kind {
            WordKind::Misprint(place) => {
                let (_, right) = self.misprints.get(place)?;
                let is_own = self.begins_here(text, word.range.start);
                is_own.then_some((word.range.clone(), right.as_str()))
            }
            WordKind::Part { term, is_last } => {
                let term = self.terms.get(term)?;
                let range = self.near(text, &word.range, term, is_last)?;
                Some((range, term.whole.as_str()))
            }
            _ => None,
        });
        let mut found: Vec<_> = found.filter(|(range, _)| !is_right(range)).collect();
        // Of those that overlap the longest says most.
        found.sort_by_key(|(range, _)| (range.start, std::cmp::Reverse(range.end)));
        let mut end = 0;
        found.retain(|(range, _)| {
            let is_free = range.start >= end;
            if is_free {
                end = range.end;
            }
            is_free
        });
        found
    }

    /// The words that stand twice in a row: where, and the word.
    pub(super) fn doubled(&self, text: &str, words: &[Word]) -> Vec<(Range<usize>, &str)> {
        let found = words.iter().filter_map(|word| {
            let WordKind::Doubled(place) = word.kind else {
                return None;
            };
            let (once, after) = self.doubled.get(place)?;
            let next = text.get(word.range.end..)?.chars().next();
            let belongs = next.is_some_and(|next| after.contains(&next));
            let is_own = self.begins_here(text, word.range.start);
            (!belongs && is_own).then_some((word.range.clone(), once.as_str()))
        });
        found.collect()
    }

    /// Whether the word that begins here is no end of another one.
    fn begins_here(&self, text: &str, start: usize) -> bool {
        let first = text.get(start..).and_then(|text| text.chars().next());
        let before = text.get(..start).and_then(|text| text.chars().next_back());
        let enders = first.and_then(|first| self.not_after.get(&first));
        !enders.is_some_and(|enders| before.is_some_and(|before| enders.contains(&before)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<(&str, &str)> {
        let words = WORDS.find(text);
        let found = WORDS.misprints(text, &words).into_iter();
        found.map(|(range, right)| (&text[range], right)).collect()
    }

    #[test]
    fn the_lists_are_read() {
        let lists: Result<Lists, _> =
            ron::from_str(include_str!("../../../templates/proofreading.ron"));
        assert!(!lists.unwrap().terms.is_empty());
        assert!(WORDS.search.is_some());
    }

    #[test]
    fn a_term_with_one_character_wrong_is_found() {
        for (text, wrong, right) in [
            ("其中于以公开2件", "于以公开", "予以公开"),
            ("规范形文件1件", "规范形文件", "规范性文件"),
            ("没有行政复仪", "行政复仪", "行政复议"),
            ("（一）主动公布开情况", "主动公布开", "主动公开"),
            ("政府信息公情况", "政府信息公", "政府信息公开"),
            ("政府信息开公工作", "政府信息开公", "政府信息公开"),
            ("收到依中请公开3件", "依中请公开", "依申请公开"),
            ("末发生行政诉讼", "末发生", "未发生"),
        ] {
            assert_eq!(found(text), [(wrong, right)], "{text}");
        }
    }

    #[test]
    fn other_words_that_are_near_are_left_alone() {
        for text in [
            "可以公开、难以公开、加以公开",
            "政府信息公示栏、信息公布、主动公告、信息公开展示",
            "已申请公开的信息",
            "业务公开、政务公开、部门公开",
            "年末发生、周末收到",
            "主动公开政府信息，依申请公开，不予公开，无法提供",
        ] {
            assert_eq!(found(text), [], "{text}");
        }
    }

    #[test]
    fn small_words_twice_are_found() {
        let doubled = |text: &str| {
            let words = WORDS.find(text);
            WORDS.doubled(text, &words).len()
        };
        assert_eq!(doubled("更新慢的的问题"), 1);
        assert_eq!(doubled("出于营利目的的申请，为了了解，的的确确"), 0);
    }
}
