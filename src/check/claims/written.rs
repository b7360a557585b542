//! How a figure is written in a text: in digits, with commas, in 万, in Chinese numerals.

use rust_decimal::{Decimal, RoundingStrategy};

use super::numerals::Amount;
use super::reading::Reading;
use crate::check::prose::Prose;
use crate::report::Number;

const NUMERALS: [char; 10] = ['〇', '一', '二', '三', '四', '五', '六', '七', '八', '九'];

/// Where a figure's number stands in the text as written, and what to write there instead.
pub(super) fn number(
    reading: &Reading,
    prose: &Prose,
    text: &str,
    value: Number,
) -> Option<(usize, usize, String)> {
    if value.is_negative() {
        return None;
    }
    let span = reading.span.clone();
    let words = prose.text().get(span.clone())?;
    let amount = &reading.amount;
    let whole = || {
        let (start, end) = prose.written(span.start, span.end);
        Some((start, end, format!("{value}{}", amount.unit)))
    };
    let is_digit = |c: char| c.is_ascii_digit() || c == '.';
    let first = words.find(|c: char| c.is_ascii_digit());
    if !reading.is_exact() {
        return whole();
    }
    let Some(first) = first else {
        let by = in_numerals(words, amount, value);
        let is_figure = by.is_some() || !amount.unit.is_empty() && amount.unit != "倍";
        let (start, end, digits) = whole().filter(|_| is_figure)?;
        return Some((start, end, by.unwrap_or(digits)));
    };
    let rest = words.get(first..)?;
    let length = rest.find(|c| !is_digit(c)).unwrap_or(rest.len());
    let (start, end) = prose.written(span.start + first, span.start + first + length);
    let by = scaled(amount, value);
    let had_commas = text
        .chars()
        .skip(start)
        .take(end - start)
        .any(|c| matches!(c, ',' | '，'));
    Some((start, end, if had_commas { with_commas(&by) } else { by }))
}

/// A value as the number before 万 or 亿 that stands for it, to as many decimals as were written.
fn scaled(amount: &Amount, value: Number) -> String {
    if amount.scale <= 1 {
        return value.to_string();
    }
    let exact = value.decimal() / Decimal::from(amount.scale);
    let short =
        exact.round_dp_with_strategy(amount.decimals, RoundingStrategy::MidpointAwayFromZero);
    if short.is_zero() {
        return exact.normalize().to_string();
    }
    let decimals = usize::try_from(amount.decimals).unwrap_or_default();
    format!("{short:.decimals$}")
}

/// Thousands set off by commas.
fn with_commas(number: &str) -> String {
    let (whole, rest) = number.split_at(number.find('.').unwrap_or(number.len()));
    let mut text = String::new();
    for (place, c) in whole.chars().enumerate() {
        if place > 0 && (whole.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(c);
    }
    text + rest
}

/// A small number in Chinese numerals with its unit.
fn in_numerals(words: &str, amount: &Amount, value: Number) -> Option<String> {
    let value: usize = value.to_string().parse().ok()?;
    let digit = |at: usize| NUMERALS.get(at).copied();
    if amount.unit.is_empty() || !words.ends_with(amount.unit) || !(1..100).contains(&value) {
        return None;
    }
    let (tens, ones) = (value / 10, value % 10);
    let mut text = String::new();
    if value == 2 {
        text.push('两');
    } else {
        if tens > 1 {
            text.push(digit(tens)?);
        }
        if tens > 0 {
            text.push('十');
        }
        if ones > 0 {
            text.push(digit(ones)?);
        }
    }
    Some(text + amount.unit)
}
