//! Clauses without a number: nothing of something, all of something, the same as last year.

use super::class::Class;
use super::noun::{DISPUTES, NOUN};
use super::numerals::Amount;
use super::reader::{PassageReader, reads};
use super::reading::{ClaimKind, Context, Doubt, Reading, Verdict};
use super::token::Token;
use crate::report::Number;

const OUTCOMES: [&str; 4] = ["maintain", "correct", "ended", "unfinished"];
/// What a claim of nothing may be made of, beside the words that mean nothing here.
pub(super) const CONTENT: [Class; 13] = [
    Class::Thing,
    Class::Bare,
    Class::Verb,
    Class::Column,
    Class::Part,
    Class::Other,
    Class::Unknown,
    Class::Growth,
    Class::Rate,
    Class::Share,
    Class::Percent,
    Class::Number,
    Class::Year,
];
/// What makes it no claim.
pub(super) const FOREIGN: [Class; 7] = [
    Class::Unknown,
    Class::Growth,
    Class::Rate,
    Class::Share,
    Class::Other,
    Class::Number,
    Class::Percent,
];

pub(super) fn amount(value: Number) -> Amount {
    Amount {
        value,
        ..Amount::NONE
    }
}

impl<'t> PassageReader<'t> {
    pub(super) fn no_number(&mut self, tokens: &[Token<'t>], context: &mut Context<'t>) {
        let tokens: Vec<_> = tokens
            .iter()
            .filter(|token| token.class != Class::Bracket)
            .cloned()
            .collect();
        let tokens = tokens.as_slice();
        if self.same_as_last_year(tokens, context) || self.outcome(tokens, context) {
            return;
        }
        self.all_of_a_column(tokens, context);
        let negations: Vec<_> = (0..tokens.len())
            .filter(|&i| tokens.get(i).is_some_and(|t| t.class == Class::Negation))
            .collect();
        let all_begin = &self.words.cues.all_begin;
        if negations.is_empty() {
            if tokens
                .iter()
                .any(|token| token.class == Class::All || all_begin.begins(token.text))
            {
                self.all_done(tokens, context);
            }
        } else {
            let ends = negations.iter().skip(1).copied().chain([tokens.len()]);
            for (place, (&start, end)) in negations.iter().zip(ends).enumerate() {
                let before = if place == 0 {
                    tokens.get(..start).unwrap_or_default()
                } else {
                    &[]
                };
                if let Some([negation, phrase @ ..]) = tokens.get(start..end) {
                    self.zero(before, negation, phrase, tokens, context);
                }
            }
        }
        self.carry_noun(tokens, negations.is_empty(), context);
    }

    /// What a clause without a number leaves for the next.
    fn carry_noun(&self, tokens: &[Token<'t>], is_plain: bool, context: &mut Context<'t>) {
        let noun = tokens.iter().rfind(|token| token.is_any(&NOUN));
        if noun.is_none_or(|noun| noun.class == Class::Other) || !is_plain {
            return;
        }
        let resolved = self.resolve(tokens, &[], context);
        if let Some(noun) = noun {
            context.thing = Some(noun.id);
            if DISPUTES.contains(&noun.id) {
                context.dispute = Some(noun.id);
            }
        }
        let carried = [
            "make", "repeal", "valid", "decide", "publish", "handle", "occur",
        ];
        if let Some(verb) = resolved
            .verbs
            .iter()
            .rfind(|verb| carried.contains(&verb.id))
        {
            context.list_verb = Some(verb.id);
        }
    }

    /// 与上年持平, 翻一番
    fn same_as_last_year(&mut self, tokens: &[Token<'t>], context: &mut Context<'t>) -> bool {
        let word = tokens
            .iter()
            .rfind(|token| token.is(Class::Growth, &["same", "double"]));
        let (Some(word), Some(base)) = (word, self.base(context)) else {
            return false;
        };
        if self.is_plan {
            return false;
        }
        let span = word.start..word.end;
        let mut reading = Reading::new(span.clone(), span, amount(Number::ZERO), self.year());
        reading.kind = ClaimKind::Growth;
        reading.thing = base.thing;
        let cues = &self.words.cues;
        let times = if cues.twice.is_in(word.text) {
            4
        } else if cues.thrice.is_in(word.text) {
            8
        } else {
            2
        };
        let mut judged = Vec::new();
        for rows in &base.readings {
            let now = self.tables.now(rows, &base.columns);
            let before = self
                .tables
                .value(rows, &base.columns, self.year() - 1)
                .known();
            let (Some(now), Some(before)) = (now, before) else {
                continue;
            };
            let goal = before.times(times).decimal();
            let apart = (now.decimal() - goal).abs() * rust_decimal::Decimal::from(40);
            judged.push(if word.called("same") {
                now == before
            } else {
                !before.is_zero() && apart <= goal
            });
            if reading.bound.is_empty() {
                reading.bound.clone_from(rows);
            }
        }
        let is_right = judged.iter().any(|right| *right);
        if is_right {
            reading.verdict = Verdict::Equal;
        } else if judged.is_empty() && !base.readings.is_empty() {
            reading.verdict = Verdict::Unchecked;
        }
        let is_wrong = !judged.is_empty() && !is_right && !self.is_quiet;
        let place = self.keep(reading);
        if is_wrong {
            self.find_not_the_same(place);
        }
        true
    }

    /// 行政复议1件，结果维持: how all that was counted before ended.
    fn outcome(&mut self, tokens: &[Token<'t>], context: &Context<'t>) -> bool {
        let mut said = tokens
            .iter()
            .filter(|token| token.class != Class::Filler && !token.called("occur"));
        let (Some(outcome), None) = (said.next(), said.next()) else {
            return false;
        };
        let counted = context
            .previous
            .and_then(|previous| self.reading(previous))
            .filter(|previous| {
                previous
                    .thing
                    .is_some_and(|thing| DISPUTES.contains(&thing))
                    && ["", "occur", "recv"].contains(&previous.verb)
                    && previous.kind == ClaimKind::Count
                    && previous.doubt == Doubt::None
            });
        let (true, Some(counted)) = (outcome.is(Class::Verb, &OUTCOMES), counted) else {
            return false;
        };
        let quote = quote(tokens);
        let mut reading = Reading::new(quote.clone(), quote, amount(counted.value()), counted.year);
        reading.thing = counted.thing;
        reading.verb = outcome.id;
        reading.readings = reads(counted.thing.unwrap_or_default(), outcome.id);
        reading.kind = ClaimKind::Outcome;
        self.judge(reading);
        true
    }

    /// 申请人均为自然人: a column holds all there is.
    fn all_of_a_column(&mut self, tokens: &[Token<'t>], context: &Context<'t>) {
        let cues = &self.words.cues;
        let mut said = tokens
            .iter()
            .filter(|token| !token.is_any(&[Class::Filler, Class::Year]));
        let named: Vec<_> = tokens
            .iter()
            .filter(|token| token.class == Class::Column)
            .map(|token| token.id)
            .collect();
        let is_plain =
            said.all(|token| token.is_any(&[Class::Column, Class::All]) || token.called("req"));
        let says_all = tokens.iter().any(|token| cues.all.is(token.text));
        if named.is_empty()
            || !is_plain
            || !says_all
            || !matches!(context.thing, Some("req") | None)
            || self.is_plan
        {
            return;
        }
        let columns = self.words.columns_of(&named);
        let Some(rows) = reads("req", "recv").into_iter().next() else {
            return;
        };
        let (part, whole) = (
            self.tables.now(&rows, &columns),
            self.tables.now(&rows, &[]),
        );
        let (Some(part), Some(whole)) = (part, whole) else {
            return;
        };
        if columns.len() >= self.words.column_count() {
            return;
        }
        let quote = quote(tokens);
        let mut reading = Reading::new(quote.clone(), quote, amount(whole), self.year());
        reading.kind = ClaimKind::All;
        reading.thing = Some("req");
        reading.verb = "recv";
        reading.columns = columns;
        reading.bound = rows;
        reading.expected = Some(part);
        reading.verdict = Verdict::Equal;
        let place = self.keep(reading);
        if part != whole {
            self.find_not_all(place, part, whole);
        }
    }

    /// 均已办结: nothing is left for the next year.
    pub(super) fn all_done(&mut self, tokens: &[Token<'t>], context: &Context<'t>) {
        let cues = &self.words.cues;
        if self.is_plan || self.is_quiet || self.says_open {
            return;
        }
        let is_done = |token: &Token<'_>| {
            token.is(Class::Verb, &["done", "granted", "publish"])
                || token.is(Class::Verb, &["handle"]) && cues.complete.is_in(token.text)
        };
        let is_settled = |token: &Token<'_>| token.is(Class::Verb, &["done", "handle"]);
        let is_foreign = |token: &Token<'_>| {
            token.is_any(&[Class::Part, Class::Other]) || token.is(Class::Verb, &["over", "fwd"])
        };
        if !tokens.iter().any(is_done)
            || tokens.iter().any(is_foreign)
            || self.in_sentence(&cues.due)
        {
            return;
        }
        let has_noun = tokens
            .iter()
            .any(|token| token.is_any(&[Class::Thing, Class::Bare]));
        let noun = tokens
            .iter()
            .rfind(|token| token.is_any(&[Class::Thing, Class::Bare]))
            .map(|noun| noun.id);
        let columns = self.resolve(tokens, &[], context).columns;
        let whole = context.whole.and_then(|whole| self.reading(whole));
        let last = context.last.and_then(|last| self.reading(last));
        let previous = context.previous.and_then(|previous| self.reading(previous));
        let of_part = whole.is_some_and(|whole| {
            let is_whole = ["recv", "accept", "handle", "", "over+"].contains(&whole.verb);
            !(is_whole || whole.verb == "over" && has_noun)
        }) || last.is_some_and(|last| last.is_part)
            || previous.is_some_and(|previous| previous.is_part && whole.is_none());
        if noun.or(context.thing) != Some("req")
            || context.year != self.year()
            || !columns.is_empty()
            || of_part
        {
            return;
        }
        let span = quote(tokens);
        let said = self.slice(span.clone());
        let in_time = cues.in_time.is_in(said) && !cues.settled.is_in(said);
        let mut reading = Reading::new(span.clone(), span, amount(Number::ZERO), self.year());
        reading.kind = ClaimKind::All;
        reading.thing = Some("req");
        reading.verb = "fwd";
        reading.bound = reads("req", "fwd").concat().into();
        let left = self.requests("fwd");
        reading.expected = left;
        reading.verdict = match left {
            None => Verdict::Unchecked,
            Some(left) if left.is_zero() => Verdict::Equal,
            Some(_) => Verdict::Unknown,
        };
        let place = self.keep(reading);
        if let Some(left) = left.filter(|left| !left.is_zero() && !in_time) {
            self.find_left_over(place, left);
        } else if left.is_some() && !tokens.iter().any(is_settled) {
            self.all_public(place);
        }
    }
}

impl PassageReader<'_> {
    /// 均已公开: whatever was answered was granted, at least in part.
    fn all_public(&mut self, place: usize) {
        let granted = reads("req", "publish");
        let granted = granted.last().and_then(|rows| self.tables.now(rows, &[]));
        let pair = granted.zip(self.requests("done"));
        if let Some((granted, done)) = pair.filter(|(granted, done)| granted != done) {
            self.find_not_all(place, granted, done);
        }
    }
}

/// The range of some tokens.
fn quote(tokens: &[Token<'_>]) -> std::ops::Range<usize> {
    let start = tokens.first().map_or(0, |first| first.start);
    start..tokens.last().map_or(start, |last| last.end)
}
