//! Figures that no table holds and that the report says twice, differently.

use std::collections::BTreeSet;

use super::class::{CONTENT, Class};
use super::numerals::Vague;
use super::reader::PassageReader;
use super::reading::{Fault, Reading, Verdict};
use super::said::{SaidFigure, digits, parted};
use super::token::Token;

/// What is said of this one, which contradicts one before it.
pub(super) fn fault(one: &SaidFigure, before: &SaidFigure) -> Fault {
    let message = format!(
        "正文写“{}”，另一处写“{}”，两处的数不同",
        one.words, before.words
    );
    Fault {
        rule: "text-twice",
        quote: one.quote.clone(),
        message,
        expected: Some(before.value.to_string()),
        actual: Some(one.value.to_string()),
        cells: Vec::new(),
        fix: None,
        reading: None,
    }
}

impl<'t> PassageReader<'t> {
    /// Notes what a sentence says of things that no table holds.
    pub(super) fn note_what_is_said(&mut self, tokens: &[Token<'t>], first: usize) {
        let cues = &self.words.cues;
        let is_of_others = tokens
            .iter()
            .any(|token| token.class == Class::Unknown && self.is_body(token.text));
        if self.is_plan || is_of_others {
            return;
        }
        let mut is_listing = false;
        let mut said = Vec::new();
        for clause in tokens.split_inclusive(|token| token.class == Class::Sign) {
            let sign = clause.last().filter(|last| last.class == Class::Sign);
            let words = sign.map_or(clause, |_| {
                clause.split_last().map_or(clause, |(_, rest)| rest)
            });
            let lists =
                |token: &Token<'_>| self.words.listing.iter().any(|word| word == token.text);
            is_listing |= words
                .iter()
                .any(|token| lists(token) || cues.apart.is_in(token.text));
            let of_year =
                |token: &Token<'_>| token.class != Class::Year || token.year == self.year();
            let other = [
                Class::Last,
                Class::Growth,
                Class::Negation,
                Class::Percent,
                Class::Share,
            ];
            let is_plain = words
                .iter()
                .all(|token| of_year(token) && !token.is_any(&other));
            let mut numbers = words
                .iter()
                .enumerate()
                .filter(|(_, token)| token.class == Class::Number);
            if let (Some((place, number)), None, true) = (numbers.next(), numbers.next(), is_plain)
            {
                said.extend(self.said(words, place, number, first, !is_listing));
            }
            is_listing |= sign.is_some_and(|sign| matches!(sign.text, "：" | "（"));
            is_listing &= sign.is_none_or(|sign| sign.text != "；");
        }
        self.said.append(&mut said);
    }

    fn said(
        &self,
        words: &[Token<'t>],
        place: usize,
        number: &Token<'t>,
        first: usize,
        is_whole: bool,
    ) -> Option<SaidFigure> {
        let amount = number.amount;
        let span = number.start..number.end;
        let known = |reading: &Reading| reading.span == span && reading.verdict != Verdict::Unknown;
        let mine = self.readings.get(first..).unwrap_or_default();
        let of_tables = |reading: &Reading| {
            reading.span == span && reading.thing.is_some_and(|thing| thing != "other")
        };
        if amount.unit.is_empty()
            || amount.vague != Vague::Exact
            || amount.scale != 1
            || mine
                .iter()
                .any(|reading| known(reading) || of_tables(reading))
        {
            return None;
        }
        let (before, after) = words.split_at_checked(place)?;
        let stop = after
            .iter()
            .position(|token| token.class == Class::All || self.words.cues.stop.is(token.text));
        let after = after
            .get(1..stop.unwrap_or(after.len()))
            .unwrap_or_default();
        let words_of = |tokens: &[Token<'t>]| -> Vec<String> {
            let spoken = tokens
                .iter()
                .filter(|token| token.is_any(&CONTENT) || token.called("date"));
            spoken.flat_map(|token| parted(token.text)).collect()
        };
        let (before_words, after_words) = (words_of(before), words_of(after));
        let is_noun =
            |token: &&Token<'_>| token.is_any(&[Class::Other, Class::Unknown, Class::Thing]);
        let noun = after
            .iter()
            .rfind(is_noun)
            .or_else(|| before.iter().rfind(is_noun))?;
        let noun = parted(noun.text).pop()?;
        let has_verb = before
            .iter()
            .chain(after)
            .any(|token| token.class == Class::Verb);
        let content: BTreeSet<String> = before_words.into_iter().chain(after_words).collect();
        let names_way = |word: &String| self.words.showing().any(|way| way == word);
        let is_enough = content.len() >= 2 && (has_verb || content.iter().any(names_way));
        let quote = words.first()?.start..words.last()?.end;
        is_enough.then(|| SaidFigure {
            words: self.slice(quote.clone()).to_owned(),
            quote,
            value: amount.value,
            digits: digits(amount.value),
            unit: amount.unit.to_owned(),
            content,
            noun,
            is_whole,
            says_all: words.iter().any(|token| {
                token.class == Class::Year || self.words.cues.whole_of.is_in(token.text)
            }),
            sentence: self.sentence.start,
        })
    }
}
