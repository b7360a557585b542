//! Shares and rates.

use super::class::{CONTENT, Class};
use super::count::Parts;
use super::noun::DISPUTES;
use super::numerals::Amount;
use super::ratio::{hundredfold, is_written, rounded};
use super::reader::{PassageReader, reads};
use super::reading::{ClaimKind, Context, Doubt, Reading, Verdict};
use super::words::Words;
use crate::report::Number;

/// Rows that a rate of reviews and lawsuits is of.
const OUTCOMES: [&str; 2] = ["maintain", "correct"];

/// What a share says it is of.
enum ShareOf {
    None,
    Unclear,
    Value(Number),
}

impl<'t> PassageReader<'t> {
    pub(super) fn percent(
        &mut self,
        mut reading: Reading,
        parts: Parts<'_, 't>,
        context: &mut Context<'t>,
    ) {
        let mut tied = context.previous;
        if let Some((next, count)) = self.shares
            && context.wholes.len() >= count
        {
            tied = context
                .wholes
                .get(context.wholes.len() - count + next)
                .copied();
            self.shares = Some(((next + 1).min(count - 1), count));
        }
        let is_share = parts.has(Class::Share);
        let stands_alone = parts.all.len() == 1 && context.listing;
        let place = self.readings.len();
        if !is_share && !stands_alone {
            context.last = None;
        }
        let rate = |id: &str| parts.all.iter().any(|token| token.is(Class::Rate, &[id]));
        if rate("done") {
            reading.kind = ClaimKind::Rate;
            self.done_rate(reading, parts, context);
        } else if rate("open") {
            reading.kind = ClaimKind::Rate;
            self.open_rate(reading, context);
        } else if let Some(outcome) = OUTCOMES.into_iter().find(|id| rate(id)) {
            reading.kind = ClaimKind::Rate;
            self.outcome_rate(reading, outcome, parts, context);
        } else if is_share || stands_alone {
            reading.kind = ClaimKind::Share;
            self.share(reading, parts, tied, context);
        } else {
            self.readings.push(reading);
        }
        if !is_share && !stands_alone {
            context.previous = Some(place);
        }
    }

    /// 办结率, 答复率
    fn done_rate(&mut self, mut reading: Reading, parts: Parts<'_, 't>, context: &Context<'t>) {
        let cues = &self.words.cues;
        let mut thing = self.resolve(parts.before, &[], context).thing;
        thing = thing
            .or(context.thing)
            .or((context.topic == "requests").then_some("req"));
        let other_named = parts.has(Class::Other);
        if thing == Some("other")
            && !other_named
            && context.topic == "requests"
            && !context.other_said
        {
            thing = context.thing;
        }
        if thing != Some("req") || reading.doubt != Doubt::None || reading.year != self.year() {
            self.readings.push(reading);
            return;
        }
        reading.thing = thing;
        let number = parts.number;
        let is_part = parts.has(Class::Part) || self.in_sentence(&cues.owed);
        if reading.value() == Number::from(100) {
            let left = self.requests("fwd");
            let in_time = self.has(&cues.in_time_rate, self.sentence.start..number.end)
                || parts
                    .all
                    .iter()
                    .any(|token| token.is(Class::Rate, &["due"]));
            let rates = parts.all.iter().filter(|token| token.class == Class::Rate);
            let answers = rates.clone().any(|rate| cues.answer.is_in(rate.text));
            let narrowed = rates.clone().any(|rate| {
                cues.in_time_end
                    .is_in(self.slice(self.sentence.start..rate.start))
            });
            reading.bound = reads("req", "fwd").concat().into();
            let judged = !is_part && !self.says_open && !narrowed;
            let mut is_wrong = false;
            match left {
                Some(left) if judged && left.is_zero() => reading.verdict = Verdict::Equal,
                Some(_) if judged => is_wrong = !(in_time && answers),
                None if judged => reading.verdict = Verdict::Unchecked,
                _ => {}
            }
            let place = self.keep(reading);
            if let Some(left) = left.filter(|_| is_wrong) {
                self.find_left_over(place, left);
            }
            return;
        }
        let done = self.requests("done");
        let wholes = [self.requests("recv+over"), self.requests("recv")];
        let rates: Vec<_> = wholes
            .into_iter()
            .flatten()
            .filter_map(|whole| hundredfold(done?, whole))
            .collect();
        let fits = rates.iter().any(|rate| is_written(*rate, &reading));
        reading.bound = reads("req", "done").concat().into();
        let first = rates.first().copied();
        reading.expected = first.and_then(|rate| rounded(rate, reading.amount.decimals));
        reading.rates = rates;
        if fits {
            reading.verdict = Verdict::Equal;
        }
        let place = self.keep(reading);
        if first.is_some() && !fits && !is_part {
            self.find_share(place);
        }
    }

    /// 维持率, 败诉率: of all reviews or lawsuits, or of those that ended.
    fn outcome_rate(
        &mut self,
        mut reading: Reading,
        outcome: &'static str,
        parts: Parts<'_, 't>,
        context: &Context<'t>,
    ) {
        let named = self.resolve(parts.before, &[], context).thing;
        let thing = named
            .filter(|thing| DISPUTES.contains(thing))
            .or(context.dispute);
        let held = |verb: &str| {
            let rows = reads(thing?, verb);
            self.tables.now(rows.first()?, &[])
        };
        let (part, all) = (held(outcome), held(""));
        let ended = all.zip(held("unfinished")).map(|(all, open)| all - open);
        let wholes = [ended, all].into_iter().flatten();
        let rates: Vec<_> = wholes
            .filter_map(|whole| hundredfold(part?, whole))
            .collect();
        let fits = rates.iter().any(|rate| is_written(*rate, &reading));
        let main = rates.first().copied();
        reading.thing = thing;
        reading.bound = thing
            .map(|thing| reads(thing, outcome).concat().into())
            .unwrap_or_default();
        reading.expected = main.and_then(|rate| rounded(rate, reading.amount.decimals));
        reading.rates = rates;
        if fits {
            reading.verdict = Verdict::Equal;
        }
        let is_part = parts.has(Class::Part) || parts.has(Class::Other);
        let judged = !is_part && reading.doubt == Doubt::None && reading.year == self.year();
        let place = self.keep(reading);
        if main.is_some() && !fits && judged {
            self.find_share(place);
        }
    }

    /// 公开率
    fn open_rate(&mut self, mut reading: Reading, context: &Context<'t>) {
        let done = self
            .requests("done")
            .filter(|_| context.thing == Some("req"));
        let open = reads("req", "publish");
        let rates: Vec<_> = open
            .iter()
            .filter_map(|rows| hundredfold(self.tables.now(rows, &[])?, done?))
            .collect();
        let fits = rates.iter().any(|rate| is_written(*rate, &reading));
        reading.expected = rates
            .last()
            .and_then(|rate| rounded(*rate, reading.amount.decimals));
        reading.rates = rates;
        if fits {
            reading.verdict = Verdict::Equal;
            reading.bound = open.concat().into();
        }
        let judged = !reading.rates.is_empty()
            && reading.value() < Number::from(100)
            && reading.doubt == Doubt::None;
        let place = self.keep(reading);
        if !fits && judged {
            self.find_share(place);
        }
    }

    /// 占 p %: of the figure before, or of the column or row that is its subject.
    fn share(
        &mut self,
        mut reading: Reading,
        parts: Parts<'_, 't>,
        tied: Option<usize>,
        context: &Context<'t>,
    ) {
        let nothing = || Reading::new(0..0, 0..0, Amount::NONE, self.year());
        let before = tied.and_then(|tied| self.reading(tied)).cloned();
        let mut part = before.unwrap_or_else(nothing);
        let mut is_own = false;
        match self.share_of_named(parts) {
            ShareOf::None if tied.is_some() => {}
            ShareOf::None | ShareOf::Unclear => {
                self.readings.push(reading);
                return;
            }
            ShareOf::Value(value) => {
                is_own = true;
                part.amount.value = value;
                part.thing = Some("req");
                part.verdict = Verdict::Equal;
                part.is_part_verdict = false;
            }
        }
        let is_other = |whole: &&usize| is_own || Some(**whole) != tied;
        let mut wholes: Vec<_> = context
            .wholes
            .iter()
            .filter(is_other)
            .filter_map(|&whole| self.reading(whole))
            .filter(|whole| part.amount.unit.is_empty() || whole.amount.unit == part.amount.unit)
            .map(Reading::value)
            .collect();
        let of_text = wholes.len();
        let of_tables = match part.thing {
            Some("req") => vec![
                self.requests("done"),
                self.requests("recv"),
                self.requests("recv+over"),
            ],
            Some(thing @ ("rev" | "lit")) => {
                vec![
                    reads(thing, "")
                        .first()
                        .and_then(|rows| self.tables.now(rows, &[])),
                ]
            }
            _ => Vec::new(),
        };
        wholes.extend(of_tables.into_iter().flatten());
        wholes.retain(|whole| !whole.is_zero());
        let rates: Vec<_> = wholes
            .iter()
            .filter_map(|whole| hundredfold(part.value(), *whole))
            .collect();
        let fits = rates.iter().any(|rate| is_written(*rate, &reading));
        let main = if rates.len() > of_text { of_text } else { 0 };
        let main = rates.get(main).or(rates.first()).copied();
        reading.expected = main.and_then(|rate| rounded(rate, reading.amount.decimals));
        reading.thing = part.thing;
        reading.bound.clone_from(&part.bound);
        reading.columns.clone_from(&part.columns);
        reading.rates = rates;
        if fits {
            reading.verdict = Verdict::Equal;
        } else if part.verdict == Verdict::Unchecked {
            // What it is a share of waits for its cells, and so does it.
            reading.verdict = Verdict::Unchecked;
        }
        let is_sound = part.verdict == Verdict::Equal || part.is_part_verdict;
        let judged = part.thing == Some("req") && reading.doubt == Doubt::None && is_sound;
        let place = self.keep(reading);
        if main.is_some() && !fits && judged {
            self.find_share(place);
        }
    }

    /// The column or the row that a share says it is of.
    fn share_of_named(&self, parts: Parts<'_, 't>) -> ShareOf {
        let own: Vec<_> = parts
            .before
            .iter()
            .filter(|token| token.is_any(&CONTENT) && !token.called("occur"))
            .collect();
        let share = parts.all.iter().find(|token| token.class == Class::Share);
        let (Some(first), Some(share)) = (own.first(), share) else {
            return ShareOf::None;
        };
        if first.start >= share.start {
            return ShareOf::None;
        }
        let columns: Vec<_> = own
            .iter()
            .filter(|token| token.class == Class::Column)
            .map(|t| t.id)
            .collect();
        let rows: Vec<_> = own
            .iter()
            .filter(|token| token.class == Class::Verb && self.words.own(token.id) == "req")
            .filter_map(|verb| Words::reads("req", verb.id)?.first())
            .collect();
        let unclear = [Class::Unknown, Class::Other, Class::Part];
        if own.iter().any(|token| token.is_any(&unclear)) || columns.is_empty() && rows.is_empty() {
            return ShareOf::Unclear;
        }
        let mut subject: super::words::Rows = rows.into_iter().flatten().copied().collect();
        if subject.is_empty() {
            subject = reads("req", "recv").concat().into();
        }
        let value = self.tables.now(&subject, &self.words.columns_of(&columns));
        value.map_or(ShareOf::Unclear, ShareOf::Value)
    }
}
