//! Exact decimal numbers as the form states them.

use crate::text;

use std::fmt;
use std::ops::{Add, Sub};
use std::str::FromStr as _;

use rust_decimal::Decimal;

/// An exact decimal number; never a floating-point one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Number(Decimal);

/// The largest magnitude accepted, so that sums and products can never overflow.
const LIMIT: i64 = 1_000_000_000_000_000;

impl Number {
    /// 0
    pub const ZERO: Self = Self(Decimal::ZERO);
    /// 1
    pub const ONE: Self = Self(Decimal::ONE);

    /// Reads a number as people write it: full-width digits and thousands separators, spaces among
    /// them, are understood; `None` for everything else, exponents, lone signs and two numbers among it.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        let plain = without_spaces(text);
        let (negative, digits) = match plain.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, plain.strip_prefix('+').unwrap_or(&plain)),
        };
        let (whole, fraction) = match digits.split_once('.') {
            Some((whole, fraction)) => (whole, Some(fraction)),
            None => (digits, None),
        };
        let whole = without_separators(whole)?;
        let all_digits =
            |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        if !all_digits(&whole) || fraction.is_some_and(|fraction| !all_digits(fraction)) {
            return None;
        }
        let mut value = Decimal::from_str(&format!("{whole}.{}", fraction.unwrap_or("0"))).ok()?;
        if fraction.is_some_and(|fraction| fraction.len() > 12) || value > Decimal::from(LIMIT) {
            return None;
        }
        value.set_sign_negative(negative && !value.is_zero());
        Some(Self(value.normalize()))
    }

    /// Whether it has no fraction.
    #[must_use]
    pub fn is_whole(self) -> bool {
        self.0.fract().is_zero()
    }

    /// Whether it is less than 0.
    #[must_use]
    pub fn is_negative(self) -> bool {
        self.0 < Decimal::ZERO
    }

    /// Whether it is 0.
    #[must_use]
    pub fn is_zero(self) -> bool {
        self.0.is_zero()
    }

    /// How many decimals it has, trailing zeros not counted.
    #[must_use]
    pub fn decimals(self) -> u32 {
        self.0.normalize().scale()
    }

    /// The number times a whole factor.
    #[must_use]
    pub fn times(self, factor: i64) -> Self {
        Self(self.0.saturating_mul(Decimal::from(factor)))
    }

    /// The exact decimal.
    #[must_use]
    pub fn decimal(self) -> Decimal {
        self.0
    }
}

impl From<i64> for Number {
    fn from(value: i64) -> Self {
        Self(Decimal::from(value))
    }
}

fn half_width(c: char) -> char {
    match c {
        '０'..='９' | '．' | '，' | '－' | '＋' => text::half_width(c),
        '−' => '-',
        _ => c,
    }
}

/// The half-width form of a text; a space between two digits separates thousands, or it is an error.
fn without_spaces(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let is_digit = |c: char| c.is_ascii_digit();
    for word in text.split_whitespace() {
        let word = word.chars().map(half_width).collect::<String>();
        if plain.ends_with(is_digit) && word.starts_with(is_digit) {
            plain.push(',');
        }
        plain.push_str(&word);
    }
    plain
}

/// Takes thousands separators out; `None` when they do not stand before groups of three.
fn without_separators(whole: &str) -> Option<String> {
    if !whole.contains(',') {
        return Some(whole.to_owned());
    }
    let mut groups = whole.split(',');
    let first = groups.next()?;
    let fits = (1..=3).contains(&first.len()) && groups.all(|group| group.len() == 3);
    fits.then(|| whole.replace(',', ""))
}

impl Add for Number {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }
}

impl Sub for Number {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self(self.0.saturating_sub(other.0))
    }
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0.normalize(), f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Option<String> {
        Number::read(text).map(|number| number.to_string())
    }

    #[test]
    fn numbers_are_read_as_people_write_them() {
        for (text, expected) in [
            ("0", "0"),
            ("007", "7"),
            ("435.532", "435.532"),
            ("４３５．５３２", "435.532"),
            ("1,200", "1200"),
            ("１，２００", "1200"),
            (" 12 ", "12"),
            ("1 234 567.5", "1234567.5"),
            ("- 3", "-3"),
            ("59237.2449", "59237.2449"),
            ("1.50", "1.5"),
            ("-3", "-3"),
            ("－０", "0"),
        ] {
            assert_eq!(read(text).as_deref(), Some(expected), "{text}");
        }
    }

    #[test]
    fn what_is_no_number_is_not_guessed() {
        for text in [
            "",
            "-",
            "—",
            "/",
            "1e5",
            "1.2.3",
            ".5",
            "5.",
            "1,20",
            "1 2",
            "12 34",
            "12,0000",
            "十二",
            "3（含1）",
            "0x10",
            "9999999999999999",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn sums_are_exact() {
        let tenth = Number::read("0.1").unwrap();
        let sum = (0..10).fold(Number::ZERO, |sum, _| sum + tenth);
        assert_eq!(sum, Number::ONE);
        assert_eq!(sum.to_string(), "1");
    }
}
