//! Numbers of a spreadsheet as their formats print them.

use rust_decimal::{Decimal, RoundingStrategy};

use super::date;

/// The most decimals that are printed where no format says how many.
const DECIMALS: u32 = 9;

/// The formats that every spreadsheet knows by number.
pub(super) fn built_in(id: u32) -> &'static str {
    match id {
        1 => "0",
        2 => "0.00",
        3 => "#,##0",
        4 => "#,##0.00",
        9 => "0%",
        10 => "0.00%",
        14..=17 | 22 => "yyyy-m-d",
        18..=21 | 32..=35 | 45..=47 | 55 | 56 => "h:mm",
        27 | 36 | 50 | 52 | 57 => "yyyy年m月",
        28 | 29 | 51 | 53 | 54 | 58 => "m月d日",
        30 => "m-d-yy",
        31 => "yyyy年m月d日",
        37 | 38 => "#,##0;-#,##0",
        39 | 40 => "#,##0.00;-#,##0.00",
        41 | 42 => "#,##0;-#,##0;\"-\"",
        43 | 44 => "#,##0.00;-#,##0.00;\"-\"",
        _ => "General",
    }
}

/// A number as its format prints it: nothing, where the format hides it.
pub(super) fn shown(value: f64, format: &str, is_1904: bool) -> String {
    let sections = sections(format);
    let several = sections.len() > 1;
    let section = match sections.as_slice() {
        [_, negative, ..] if value < 0.0 => negative,
        [_, _, zero, ..] if value == 0.0 => zero,
        [first, ..] => first,
        [] => "",
    };
    let own_sign = several && value < 0.0;
    if is_date(section) {
        return date::shown(value, section, is_1904).unwrap_or_else(|| general(value));
    }
    if section.is_empty() {
        return if several {
            String::new()
        } else {
            general(value)
        };
    }
    let value = if own_sign { value.abs() } else { value };
    NumberPattern::read(section).map_or_else(|| general(value), |pattern| pattern.print(value))
}

/// A text as its format prints it.
pub(super) fn text_shown(text: &str, format: &str) -> String {
    match sections(format).get(3) {
        Some(section) if !section.contains('@') => String::new(),
        _ => text.to_owned(),
    }
}

/// The parts of a format for positive and negative numbers, zero and text.
fn sections(format: &str) -> Vec<&str> {
    let mut sections = Vec::new();
    let (mut from, mut quoted, mut escaped) = (0, false, false);
    for (at, letter) in format.char_indices() {
        match letter {
            _ if escaped => escaped = false,
            '"' => quoted = !quoted,
            '\\' if !quoted => escaped = true,
            ';' if !quoted => {
                sections.push(format.get(from..at).unwrap_or_default());
                from = at + 1;
            }
            _ => {}
        }
    }
    sections.push(format.get(from..).unwrap_or_default());
    sections
}

/// Whether a format prints a day or a time.
fn is_date(section: &str) -> bool {
    let (mut quoted, mut inside, mut escaped) = (false, false, false);
    let any = section.chars().any(|letter| {
        match letter {
            _ if escaped => {
                escaped = false;
                return false;
            }
            '"' => quoted = !quoted,
            '\\' => escaped = true,
            '[' => inside = true,
            ']' => inside = false,
            _ => {}
        }
        !quoted && !inside && "yYdDmMhHsS".contains(letter)
    });
    any && !section.to_lowercase().contains("general")
}

/// Without a format of its own, as a cell shows it.
fn general(value: f64) -> String {
    match decimal(value) {
        Some(exact) => exact.round_dp(DECIMALS).normalize().to_string(),
        None => value.to_string(),
    }
}

fn decimal(value: f64) -> Option<Decimal> {
    if value.abs() < 1e-9 {
        return Some(Decimal::ZERO);
    }
    value.to_string().parse().ok()
}

/// A format of digits, and what stands before and behind them.
#[derive(Default)]
struct NumberPattern {
    before: String,
    behind: String,
    /// The fewest digits before the point.
    whole: usize,
    /// The fewest and the most digits behind it.
    decimals: (u32, u32),
    /// How often the number is divided by a thousand, and multiplied by a hundred.
    scale: (u32, u32),
    has_digits: bool,
    is_general: bool,
}

impl NumberPattern {
    fn read(section: &str) -> Option<Self> {
        let mut pattern = Self::default();
        let mut letters = section.chars().peekable();
        let mut behind_point = false;
        while let Some(letter) = letters.next() {
            match letter {
                '"' => {
                    let text: String = letters.by_ref().take_while(|c| *c != '"').collect();
                    pattern.add(&text);
                }
                '\\' => pattern.add(&letters.next()?.to_string()),
                '_' | '*' => drop(letters.next()),
                '[' => {
                    let inner: String = letters.by_ref().take_while(|c| *c != ']').collect();
                    if inner.starts_with(['<', '>', '=']) {
                        return None;
                    }
                    if let Some(sign) = inner.strip_prefix('$') {
                        pattern.add(sign.split('-').next().unwrap_or_default());
                    }
                }
                '0' | '#' | '?' => pattern.digit(letter == '0', behind_point),
                '.' if pattern.has_digits || letters.peek() == Some(&'0') => behind_point = true,
                ',' if pattern.has_digits => {
                    if !letters.peek().is_some_and(|next| "0#?,".contains(*next)) {
                        pattern.scale.0 += 1;
                    }
                }
                '%' => {
                    pattern.scale.1 += 1;
                    pattern.add("%");
                }
                'G' | 'g' if !pattern.has_digits => {
                    let rest: String = letters.by_ref().take("eneral".len()).collect();
                    if !rest.eq_ignore_ascii_case("eneral") {
                        return None;
                    }
                    pattern.is_general = true;
                    pattern.has_digits = true;
                }
                '@' => {
                    pattern.is_general = true;
                    pattern.has_digits = true;
                }
                'E' | 'e' | '/' => return None,
                other => pattern.add(&other.to_string()),
            }
        }
        Some(pattern)
    }

    fn add(&mut self, text: &str) {
        if self.has_digits {
            self.behind.push_str(text);
        } else {
            self.before.push_str(text);
        }
    }

    fn digit(&mut self, is_fixed: bool, behind_point: bool) {
        self.has_digits = true;
        if behind_point {
            self.decimals.1 += 1;
            if is_fixed {
                self.decimals.0 = self.decimals.1;
            }
        } else if is_fixed {
            self.whole += 1;
        }
    }

    fn print(&self, value: f64) -> String {
        let frame = |digits: &str, sign: &str| {
            format!("{sign}{}{digits}{}", self.before, self.behind)
                .trim()
                .to_owned()
        };
        if !self.has_digits {
            return frame("", "");
        }
        if self.is_general {
            return frame(&general(value), "");
        }
        let Some(mut exact) = decimal(value) else {
            return frame(&general(value), "");
        };
        for _ in 0..self.scale.1.min(3) {
            exact *= Decimal::ONE_HUNDRED;
        }
        for _ in 0..self.scale.0.min(6) {
            exact /= Decimal::ONE_THOUSAND;
        }
        let most = self.decimals.1.min(20);
        let rounded = exact.round_dp_with_strategy(most, RoundingStrategy::MidpointAwayFromZero);
        let sign = if rounded.is_sign_negative() && !rounded.is_zero() {
            "-"
        } else {
            ""
        };
        let plain = rounded.abs().normalize().to_string();
        let (whole, part) = plain.split_once('.').unwrap_or((&plain, ""));
        let whole = if whole == "0" && self.whole == 0 {
            ""
        } else {
            whole
        };
        let mut digits = format!(
            "{}{whole}",
            "0".repeat(self.whole.min(20).saturating_sub(whole.len()))
        );
        let least = usize::try_from(self.decimals.0.min(20)).unwrap_or(0);
        let part = format!("{part}{}", "0".repeat(least.saturating_sub(part.len())));
        if !part.is_empty() {
            digits = format!("{digits}.{part}");
        }
        frame(&digits, sign)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_as_they_are_printed() {
        for (value, format, expected) in [
            (0.0, "General", "0"),
            (0.1 + 0.2, "General", "0.3"),
            (435.532, "General", "435.532"),
            (12.0, "General\"件\"", "12件"),
            (2.6, "0", "3"),
            (2.5, "0", "3"),
            (-2.5, "0", "-3"),
            (435.5, "0.00", "435.50"),
            (435.532, "#,##0.00", "435.53"),
            (1234.0, "#,##0", "1234"),
            (0.125, "0.0%", "12.5%"),
            (0.0, "0;-0;;@", ""),
            (0.0, "0;-0;\"—\"", "—"),
            (-4.0, "0;\"减\"0", "减4"),
            (4.0, "0;\"减\"0", "4"),
            (0.0, "#", ""),
            (7.0, "000", "007"),
            (5.0, ";;;", ""),
            (5.0, "_ * #,##0_ ;_ * -#,##0_ ;_ * \"-\"_ ;_ @_ ", "5"),
            (5.0, "[$¥-804]0.00", "¥5.00"),
            (5.0, "[Red]0", "5"),
            (5.0, "@", "5"),
            (5.0, "# ?/?", "5"),
            (4000.0, "0,", "4"),
            (45_658.0, "yyyy\"年\"m\"月\"d\"日\"", "2025年1月1日"),
            (45_658.0, "yyyy-mm-dd", "2025-01-01"),
            (1e300, "0", &1e300_f64.to_string()),
        ] {
            assert_eq!(shown(value, format, false), expected, "{value} {format}");
        }
        assert_eq!(shown(44_196.0, "yyyy-m-d", true), "2025-1-1");
        assert_eq!(text_shown("甲", "0;0;0;"), "");
        assert_eq!(text_shown("甲", "General"), "甲");
    }
}
