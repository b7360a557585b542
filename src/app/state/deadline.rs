//! Until when the report is due. It knows a day of the year, the calendar and what an authority is.

use serde::{Deserialize, Serialize};

use crate::check::issuer;
use crate::date::{Day, Moment};

/// The day of the year after the report year by which the report is due.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Deadline {
    /// Month, from 1.
    pub month: u8,
    /// Day, from 1.
    pub day: u8,
}

impl Default for Deadline {
    fn default() -> Self {
        Self { month: 1, day: 31 }
    }
}

impl Deadline {
    /// The day by the law for governments of counties and above (条例 第四十九条).
    const OF_GOVERNMENTS: Self = Self { month: 3, day: 31 };

    /// The usual day for this authority, unless another was set.
    #[must_use]
    pub fn of_issuer(self, issuer: &str) -> Self {
        if self == Self::default() && issuer::is_county_or_above(issuer) {
            Self::OF_GOVERNMENTS
        } else {
            self
        }
    }

    /// The last day of its month.
    #[must_use]
    pub fn last_day(self) -> u8 {
        // Of a year without a leap day: no report is due on one.
        self.of(2023).last_of_month()
    }

    /// The same, with a day that its month has.
    #[must_use]
    pub fn tidy(self) -> Self {
        let month = self.month.clamp(1, 12);
        let day = Self { month, ..self }.last_day().min(self.day).max(1);
        Self { month, day }
    }

    /// How many days are left; negative when it is over.
    #[must_use]
    pub fn days_left(self, report_year: u16, today: Moment) -> i64 {
        today
            .date()
            .days_until(self.of(report_year.saturating_add(1)))
    }

    fn of(self, year: u16) -> Day {
        let Self { month, day } = self;
        Day { year, month, day }
    }

    /// How many days are left, in words.
    #[must_use]
    pub fn words(self, report_year: u16, today: Moment) -> String {
        match self.days_left(report_year, today) {
            0 => "今天截止".to_owned(),
            days if days > 0 => format!("离截止还有{days}天"),
            days => format!("截止日已过{}天", -days),
        }
    }
}

impl std::fmt::Display for Deadline {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}月{}日", self.month, self.day)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn on(year: u16, month: u8, day: u8) -> Moment {
        Moment {
            year,
            month,
            day,
            hour: 9,
            minute: 0,
        }
    }

    #[test]
    fn days_are_counted_over_months_and_leap_years() {
        let due = Deadline::default();
        for (today, left) in [
            (on(2026, 1, 31), 0),
            (on(2026, 1, 15), 16),
            (on(2025, 12, 31), 31),
            (on(2026, 3, 1), -29),
            (on(2024, 3, 1), 701),
        ] {
            assert_eq!(due.days_left(2025, today), left, "{today}");
        }
        let march = Deadline { month: 3, day: 1 };
        assert_eq!(march.days_left(2023, on(2024, 2, 28)), 2);
    }

    #[test]
    fn governments_of_counties_have_until_the_end_of_march() {
        let due = |issuer: &str| Deadline::default().of_issuer(issuer).to_string();
        assert_eq!(due("云岭县人民政府"), "3月31日");
        assert_eq!(due("青石镇人民政府"), "1月31日");
        assert_eq!(due("云岭县水务局"), "1月31日");
        let set = Deadline { month: 2, day: 10 };
        assert_eq!(set.of_issuer("云岭县人民政府"), set);
    }

    #[test]
    fn it_is_told_in_words() {
        let due = Deadline::default();
        assert_eq!(due.words(2025, on(2026, 1, 15)), "离截止还有16天");
        assert_eq!(due.words(2025, on(2026, 1, 31)), "今天截止");
        assert_eq!(due.words(2025, on(2026, 2, 2)), "截止日已过2天");
        assert_eq!(due.to_string(), "1月31日");
    }

    #[test]
    fn a_month_has_only_its_days() {
        let tidy = Deadline { month: 2, day: 31 }.tidy();
        assert_eq!((tidy.month, tidy.day), (2, 28));
        let tidy = Deadline { month: 0, day: 0 }.tidy();
        assert_eq!((tidy.month, tidy.day), (1, 1));
    }
}
