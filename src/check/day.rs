//! A day on the calendar, as whoever starts a check says it. Nothing here reads a clock.

/// A day on the calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Day {
    /// Year.
    pub year: u16,
    /// Month, from 1.
    pub month: u8,
    /// Day, from 1.
    pub day: u8,
}

/// Seconds from midnight in Greenwich to midnight in Beijing.
const BEIJING: u64 = 8 * 60 * 60;
const DAY: u64 = 24 * 60 * 60;

impl Day {
    /// The day in China so many seconds after the beginning of 1970 in Greenwich.
    #[must_use]
    pub fn in_china(seconds: u64) -> Self {
        let mut rest = seconds.saturating_add(BEIJING) / DAY;
        let mut year = 1970;
        while rest >= u64::from(days_of_year(year)) && year < u16::MAX {
            rest -= u64::from(days_of_year(year));
            year += 1;
        }
        let mut month = 1;
        while rest >= u64::from(days_of_month(year, month)) && month < 12 {
            rest -= u64::from(days_of_month(year, month));
            month += 1;
        }
        let day = u8::try_from(rest + 1).unwrap_or(1);
        Self { year, month, day }
    }

    /// Reads `2026-01-31`.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        let mut parts = text.trim().split('-');
        let year = parts.next()?.parse().ok()?;
        let month = parts.next()?.parse().ok()?;
        let day = parts.next()?.parse().ok()?;
        let exists = (1..=12).contains(&month) && day >= 1 && day <= days_of_month(year, month);
        (parts.next().is_none() && exists).then_some(Self { year, month, day })
    }

    /// How many days later another day is; negative when it is earlier.
    #[must_use]
    pub fn days_until(self, later: Self) -> i64 {
        later.number() - self.number()
    }

    fn number(self) -> i64 {
        let years = (0..self.year).map(days_of_year).map(i64::from);
        let months = (1..self.month).map(|month| i64::from(days_of_month(self.year, month)));
        years.sum::<i64>() + months.sum::<i64>() + i64::from(self.day)
    }
}

impl std::fmt::Display for Day {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { year, month, day } = self;
        write!(f, "{year}-{month:02}-{day:02}")
    }
}

fn is_leap(year: u16) -> bool {
    year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400))
}

fn days_of_year(year: u16) -> u16 {
    if is_leap(year) { 366 } else { 365 }
}

fn days_of_month(year: u16, month: u8) -> u8 {
    match month {
        2 if is_leap(year) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_counted_over_years() {
        let day = |text| Day::read(text).unwrap();
        assert_eq!(day("2024-02-28").days_until(day("2024-03-01")), 2);
        assert_eq!(day("2025-12-31").days_until(day("2026-01-31")), 31);
        assert_eq!(day("2026-02-01").days_until(day("2026-01-31")), -1);
        assert_eq!(Day::read("2025-02-29"), None);
        assert_eq!(Day::read("2025-13-01"), None);
    }

    #[test]
    fn midnight_is_that_of_beijing() {
        assert_eq!(Day::in_china(0).to_string(), "1970-01-01");
        assert_eq!(Day::in_china(1_767_196_799).to_string(), "2025-12-31");
        assert_eq!(Day::in_china(1_767_196_800).to_string(), "2026-01-01");
        assert_eq!(Day::in_china(1_709_136_000).to_string(), "2024-02-29");
    }
}
