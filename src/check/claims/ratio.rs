//! Growth, in per cent, in times and absolutely.

use rust_decimal::{Decimal, RoundingStrategy};

use super::class::Class;
use super::count::Parts;
use super::numerals::{Amount, Vague};
use super::reader::PassageReader;
use super::reading::{ClaimKind, Context, Doubt, Reading, Verdict, tolerance};
use super::tables::Held;
use super::token::Token;
use crate::report::Number;

/// A slip of rounding.
const SLIP: Decimal = Decimal::from_parts(1, 0, 0, false, 9);

pub(super) fn hundredfold(part: Number, whole: Number) -> Option<Decimal> {
    part.times(100).decimal().checked_div(whole.decimal())
}

/// Whether a rate is what is written, to the digits written.
pub(super) fn is_written(rate: Decimal, reading: &Reading) -> bool {
    apart(rate, reading) <= tolerance(&reading.amount) + SLIP
}

/// How far a rate is from what is written, which may be beyond all that can be counted.
fn apart(rate: Decimal, reading: &Reading) -> Decimal {
    rate.saturating_sub(reading.value().decimal()).abs()
}

/// A rate to the digits a text writes.
pub(super) fn rounded(rate: Decimal, decimals: u32) -> Option<Number> {
    let rounded = rate.round_dp_with_strategy(decimals, RoundingStrategy::MidpointAwayFromZero);
    Number::read(&rounded.to_string())
}

impl<'t> PassageReader<'t> {
    pub(super) fn growth(
        &mut self,
        mut reading: Reading,
        parts: Parts<'_, 't>,
        way: &str,
        context: &mut Context<'t>,
    ) {
        reading.kind = ClaimKind::Growth;
        let base = self.base_named(parts, context);
        let is_part = parts
            .all
            .iter()
            .any(|token| token.is(Class::Part, &["time"]));
        let other_year = parts
            .all
            .iter()
            .any(|token| token.class == Class::Year && token.year != self.year() - 1);
        let base = base.filter(|_| {
            !is_part && reading.doubt == Doubt::None && !parts.number.called("point") && !other_year
        });
        let Some(base) = base else {
            self.readings.push(reading);
            return;
        };
        (reading.thing, reading.verb) = (base.thing, base.verb);
        let growths = self.growths(&base, &reading, way, context);
        let first = growths.first().copied();
        if let Some((rows, rate)) = first {
            reading.bound.clone_from(rows);
            reading.expected = rounded(rate, reading.amount.decimals);
        }
        if growths.iter().any(|(_, rate)| is_growth(*rate, &reading)) {
            reading.verdict = if reading.is_exact() {
                Verdict::Equal
            } else {
                Verdict::AtLeast
            };
        } else if first.is_none() && self.lacks_figures(&base) {
            reading.verdict = Verdict::Unchecked;
        }
        // A rate that follows from a count that is wrong is no fault of its own.
        let follows = base.verdict == Verdict::Different && !base.span.is_empty() && {
            let said = self.growths_from(base.value(), &base, &reading, way, context);
            said.iter().any(|(_, rate)| is_growth(*rate, &reading))
        };
        let is_wrong = reading.verdict == Verdict::Unknown && first.is_some() && !follows;
        let place = self.keep(reading);
        if let Some((_, rate)) = first.filter(|_| is_wrong) {
            self.find_growth(place, rate);
        }
    }

    /// What a figure of growth is measured by: what its own words name, or else what was counted last.
    pub(super) fn base_named(
        &self,
        parts: Parts<'_, 't>,
        context: &mut Context<'t>,
    ) -> Option<Reading> {
        let before: Vec<_> = parts
            .before
            .iter()
            .filter(|token| token.class != Class::Growth)
            .cloned()
            .collect();
        let resolved = self.resolve(&before, &[], context);
        let nouns = [Class::Thing, Class::Bare];
        let names_thing = parts.all.iter().any(|token| token.is_any(&nouns));
        match resolved.thing {
            Some("other") => return None,
            Some(thing) if thing != "pfee" && names_thing => {
                let mut verbs = resolved.verbs;
                if verbs.is_empty() && thing == "req" {
                    verbs.push(Token::meant("recv", 0));
                }
                if let (Some(read), verb) =
                    self.read_as(thing, &verbs, parts.all, context.list_verb)
                {
                    let mut named = Reading::new(0..0, 0..0, Amount::NONE, self.year());
                    (named.thing, named.verb, named.readings) = (Some(thing), verb, read);
                    context.growing = Some(named.clone());
                    return Some(named);
                }
            }
            _ => {}
        }
        self.base(context)
    }

    /// Whether a figure of one of the two years is not there.
    fn lacks_figures(&self, base: &Reading) -> bool {
        let lacks = |year| {
            let held = base
                .readings
                .iter()
                .map(|rows| self.tables.value(rows, &base.columns, year));
            held.into_iter().any(|held| held == Held::Blank)
        };
        lacks(self.year()) || lacks(self.year() - 1)
    }

    /// The growth of each reading, from the tables' figures.
    fn growths<'b>(
        &self,
        base: &'b Reading,
        reading: &Reading,
        way: &str,
        context: &Context<'t>,
    ) -> Vec<(&'b super::words::Rows, Decimal)> {
        let mut growths = Vec::new();
        for rows in &base.readings {
            let of_text = base.verdict == Verdict::Unknown
                && !base.is_part_verdict
                && base.is_exact()
                && base.amount.scale == 1;
            let now = Some(base.value()).filter(|_| of_text && !base.span.is_empty());
            let now = now.or_else(|| self.tables.now(rows, &base.columns));
            let Some(now) = now else { continue };
            let before = self
                .tables
                .value(rows, &base.columns, self.year() - 1)
                .known();
            for before in context.prior.into_iter().chain(before) {
                growths
                    .extend(growth(now, before, reading.amount.unit, way).map(|rate| (rows, rate)));
            }
        }
        growths
    }

    /// The growth of what the text says.
    fn growths_from<'b>(
        &self,
        now: Number,
        base: &'b Reading,
        reading: &Reading,
        way: &str,
        context: &Context<'t>,
    ) -> Vec<(&'b super::words::Rows, Decimal)> {
        let of_rows = |rows: &'b super::words::Rows| {
            let before = self
                .tables
                .value(rows, &base.columns, self.year() - 1)
                .known();
            let befores = context.prior.into_iter().chain(before);
            let unit = reading.amount.unit;
            befores
                .filter_map(|before| Some((rows, growth(now, before, unit, way)?)))
                .collect::<Vec<_>>()
        };
        base.readings.iter().flat_map(of_rows).collect()
    }

    pub(super) fn keep(&mut self, reading: Reading) -> usize {
        self.readings.push(reading);
        self.readings.len() - 1
    }
}

/// By how much a figure grew: in per cent, in times or absolutely.
fn growth(now: Number, before: Number, unit: &str, way: &str) -> Option<Decimal> {
    let change = if way == "up" {
        now - before
    } else {
        before - now
    };
    match unit {
        "倍" => {
            let times = now.decimal().checked_div(before.decimal())?;
            Some(if way == "up" {
                times - Decimal::ONE
            } else {
                times
            })
        }
        "%" => hundredfold(change, before),
        _ => Some(change.decimal()),
    }
}

/// Whether a growth is what is written.
fn is_growth(rate: Decimal, reading: &Reading) -> bool {
    let written = reading.value().decimal();
    if reading.amount.unit == "倍" {
        return apart(rate, reading)
            <= written * Decimal::new(5, 2)
                + tolerance(&reading.amount)
                    * Decimal::from(u8::from(reading.amount.decimals > 0));
    }
    if reading.amount.unit == "%" {
        return is_written(rate, reading);
    }
    let least = if reading.amount.scale > 1 {
        tolerance(&reading.amount)
    } else {
        Decimal::new(5, 3)
    };
    apart(rate, reading) <= least
        || reading.amount.vague != Vague::Exact
            && written <= rate
            && rate <= written.saturating_mul(Decimal::new(12, 1))
}
