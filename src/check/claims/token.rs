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
    pub amount: Amount,
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

/// A token without its words: its places count from the beginning of its sentence.
#[derive(Debug, Clone, Copy)]
pub(super) struct BareToken {
    class: Class,
    id: &'static str,
    start: usize,
    end: usize,
    amount: Amount,
    year: i32,
}

impl BareToken {
    fn new(class: Class, id: &'static str, start: usize, end: usize) -> Self {
        Self {
            class,
            id,
            start,
            end,
            amount: Amount::NONE,
            year: 0,
        }
    }

    /// The token in the text in which its sentence begins at a byte.
    pub(super) fn within(self, text: &str, from: usize) -> Token<'_> {
        let (start, end) = (from + self.start, from + self.end);
        Token {
            amount: self.amount,
            year: self.year,
            ..Token::new(self.class, self.id, text, start, end)
        }
    }
}

/// The tokens of a sentence, `own` being the names by which the issuer calls itself.
pub(super) fn tokens(sentence: PhraseScope<'_>, own: &Names) -> Vec<BareToken> {
    let mut tokens = Vec::new();
    let mut unknown = None;
    let mut at = 0;
    while let Some(c) = sentence.text.get(at..).and_then(|rest| rest.chars().next()) {
        let Some(token) = token(sentence, at, c, own) else {
            unknown.get_or_insert(at);
            at += c.len_utf8();
            continue;
        };
        if let Some(start) = unknown.take() {
            tokens.push(BareToken::new(Class::Unknown, "", start, at));
        }
        at = token.end;
        tokens.push(token);
    }
    if let Some(start) = unknown {
        tokens.push(BareToken::new(Class::Unknown, "", start, at));
    }
    tokens
}

fn token(sentence: PhraseScope<'_>, at: usize, c: char, own: &Names) -> Option<BareToken> {
    let new = |class, id, end| BareToken::new(class, id, at, end);
    let after = at + c.len_utf8();
    match c {
        '、' => return Some(new(Class::Joint, "", after)),
        '，' | '；' | '：' | '（' | '）' => return Some(new(Class::Sign, "", after)),
        '“' | '”' | '‘' | '’' | '"' => return Some(new(Class::Filler, "", after)),
        _ => {}
    }
    let rest = sentence.text.get(at..)?;
    let words = words();
    let may_be_number = numerals::may_begin(c);
    let mut best = written(rest, c).map(|(class, id, length)| new(class, id, at + length));
    if best.is_none()
        && may_be_number
        && let Some((amount, length)) = numerals::percent(rest)
    {
        let said = rest.get(..length).unwrap_or_default();
        let id = if words.cues.points.is_in(said) {
            "point"
        } else {
            ""
        };
        return Some(BareToken {
            amount,
            ..new(Class::Percent, id, at + length)
        });
    }
    if best.is_none()
        && may_be_number
        && let Some((year, length)) = numerals::year(rest)
    {
        best = Some(BareToken {
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
    let longest = |best: &Option<BareToken>| best.as_ref().map_or(at, |best| best.end);
    if best
        .as_ref()
        .is_none_or(|best| matches!(best.class, Class::Year | Class::Filler))
    {
        let own = own.longest(rest);
        let own = own.map(|name| (Class::Filler, "self", at + name.len()));
        let found = words.dictionary.longest(sentence, at);
        let found = found
            .into_iter()
            .chain(own)
            .filter(|(_, _, end)| *end > longest(&best));
        if let Some((class, id, end)) = found.reduce(|a, b| if b.2 > a.2 { b } else { a }) {
            best = Some(new(class, id, end));
        }
    }
    let gives_way = best.as_ref().is_none_or(|best| {
        let light = [Class::Filler, Class::Growth, Class::Verb, Class::All];
        light.contains(&best.class) && best.id != "date"
    });
    if gives_way
        && may_be_number
        && let Some((amount, length)) = numerals::amount(rest, &words.units, &words.counters)
        && at + length > longest(&best)
    {
        return Some(BareToken {
            amount,
            ..new(Class::Number, "", at + length)
        });
    }
    if let Some(best) = &mut best
        && best.class == Class::Filler
        && let Some(said) = sentence.text.get(at..best.end)
        && words.joints.iter().any(|joint| joint == said)
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
