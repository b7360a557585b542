//! A sentence as tokens: the longest phrases of the word list, numbers, years, and what none of them knows.

use super::class::Class;
use super::issuer::Names;
use super::numerals::{self, Amount};
use super::phrase::PhraseScope;
use super::words::words;

/// A stretch of a sentence.
#[derive(Debug, Clone)]
pub(super) struct Token<'t> {
    pub class: Class,
    /// Which thing, verb, column, part … it is.
    pub id: &'static str,
    pub start: usize,
    pub end: usize,
    pub text: &'t str,
    /// What a number says; for a year its number.
    pub amount: Amount<'t>,
    pub year: i32,
    /// What a bracket holds.
    pub inner: Vec<Token<'t>>,
}

impl<'t> Token<'t> {
    pub(super) fn new(
        class: Class,
        id: &'static str,
        text: &'t str,
        start: usize,
        end: usize,
    ) -> Self {
        Self {
            class,
            id,
            start,
            end,
            text: text.get(start..end).unwrap_or_default(),
            amount: Amount::NONE,
            year: 0,
            inner: Vec::new(),
        }
    }

    /// A verb that is meant and not written.
    pub(super) fn meant(id: &'static str, at: usize) -> Self {
        Self::new(Class::Verb, id, "", at, at)
    }

    /// Whether it is this verb, this thing, this part …
    pub(super) fn called(&self, id: &str) -> bool {
        self.id == id
    }

    pub(super) fn is(&self, class: Class, ids: &[&str]) -> bool {
        self.class == class && ids.contains(&self.id)
    }

    pub(super) fn is_any(&self, classes: &[Class]) -> bool {
        classes.contains(&self.class)
    }

    /// Whether it is more than one character of what nothing knows.
    pub(super) fn is_unknown_word(&self) -> bool {
        self.class == Class::Unknown && self.text.chars().nth(1).is_some()
    }
}

/// The tokens of a sentence, `own` being the names by which the issuer calls itself.
pub(super) fn tokens<'t>(place: PhraseScope<'t>, own: &Names) -> Vec<Token<'t>> {
    let mut tokens = Vec::new();
    let mut unknown = None;
    let mut at = place.from;
    while let Some(c) = place.text.get(at..).and_then(|rest| rest.chars().next()) {
        let Some(token) = token(place, at, c, own) else {
            unknown.get_or_insert(at);
            at += c.len_utf8();
            continue;
        };
        if let Some(start) = unknown.take() {
            tokens.push(Token::new(Class::Unknown, "", place.text, start, at));
        }
        at = token.end;
        tokens.push(token);
    }
    if let Some(start) = unknown {
        tokens.push(Token::new(Class::Unknown, "", place.text, start, at));
    }
    tokens
}

fn token<'t>(place: PhraseScope<'t>, at: usize, c: char, own: &Names) -> Option<Token<'t>> {
    let new = |class, id, end| Token::new(class, id, place.text, at, end);
    let after = at + c.len_utf8();
    match c {
        '、' => return Some(new(Class::Joint, "", after)),
        '，' | '；' | '：' | '（' | '）' => return Some(new(Class::Sign, "", after)),
        '“' | '”' | '‘' | '’' | '"' => return Some(new(Class::Filler, "", after)),
        _ => {}
    }
    let rest = place.text.get(at..)?;
    let words = words();
    let may_be_number = numerals::may_begin(c);
    let mut best = written(rest, c).map(|(class, id, length)| new(class, id, at + length));
    if best.is_none()
        && may_be_number
        && let Some((amount, length)) = numerals::percent(rest)
    {
        let token = new(Class::Percent, "", at + length);
        let id = if words.cues.points.is_in(token.text) {
            "point"
        } else {
            ""
        };
        return Some(Token {
            id,
            amount,
            ..token
        });
    }
    if best.is_none()
        && may_be_number
        && let Some((year, length)) = numerals::year(rest)
    {
        best = Some(Token {
            year,
            ..new(Class::Year, "", at + length)
        });
    }
    let length_of_day = if best.is_none() && may_be_number {
        numerals::day(rest)
    } else {
        None
    };
    if let Some(length) = length_of_day {
        best = Some(new(Class::Filler, "date", at + length));
    }
    let longest = |best: &Option<Token<'_>>| best.as_ref().map_or(at, |best| best.end);
    if best
        .as_ref()
        .is_none_or(|best| best.is_any(&[Class::Year, Class::Filler]))
    {
        let own = own.longest(rest);
        let own = own.map(|name| (Class::Filler, "self", at + name.len()));
        let found = words.dictionary.longest(place, at);
        let found = found
            .into_iter()
            .chain(own)
            .filter(|(_, _, end)| *end > longest(&best));
        if let Some((class, id, end)) = found.reduce(|a, b| if b.2 > a.2 { b } else { a }) {
            best = Some(new(class, id, end));
        }
    }
    let gives_way = best.as_ref().is_none_or(|best| {
        best.is_any(&[Class::Filler, Class::Growth, Class::Verb, Class::All])
            && !best.called("date")
    });
    if gives_way
        && may_be_number
        && let Some((amount, length)) = numerals::amount(rest, &words.units, &words.counters)
        && at + length > longest(&best)
    {
        return Some(Token {
            amount,
            ..new(Class::Number, "", at + length)
        });
    }
    if let Some(best) = &mut best
        && best.class == Class::Filler
        && words.joints.iter().any(|joint| joint == best.text)
    {
        best.class = Class::Joint;
    }
    best
}

/// What is no count though there may be digits in it.
fn written(rest: &str, c: char) -> Option<(Class, &'static str, usize)> {
    let length = numerals::aside(rest)?;
    Some(if c == '《' {
        (Class::Other, "skip", length)
    } else {
        (Class::Filler, "skip", length)
    })
}

/// Puts what stands in brackets into the bracket. One that is not closed is none.
pub(super) fn nested(tokens: Vec<Token<'_>>) -> Vec<Token<'_>> {
    let mut levels = vec![Vec::new()];
    let mut open = Vec::new();
    for token in tokens {
        if token.class == Class::Sign && token.text == "（" {
            open.push(Token {
                class: Class::Bracket,
                ..token
            });
            levels.push(Vec::new());
        } else if token.class == Class::Sign && token.text == "）" {
            let Some(mut bracket) = open.pop() else {
                continue;
            };
            bracket.inner = levels.pop().unwrap_or_default();
            bracket.end = token.end;
            if let Some(level) = levels.last_mut() {
                level.push(bracket);
            }
        } else if let Some(level) = levels.last_mut() {
            level.push(token);
        }
    }
    levels.concat()
}
