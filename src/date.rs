//! Days and minutes as the form's readers count them, in China. Nothing here reads a clock.

use std::fmt;
use std::time::{SystemTime, UNIX_EPOCH};

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::Offset;

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

impl Day {
    /// Reads `2026-01-31`.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        let mut parts = text.trim().split('-');
        let year = parts.next()?.parse().ok()?;
        let month = parts.next()?.parse().ok()?;
        let day = parts.next()?.parse().ok()?;
        let read = Self { year, month, day };
        (parts.next().is_none() && read.date().is_some()).then_some(read)
    }

    /// What some words say of a day: `2026-1-15`, `2026/01/15`, `2026年1月15日`, `二〇二六年一月十五日`.
    #[must_use]
    pub fn written(text: &str) -> WrittenDay {
        let parts = || {
            let text = text.trim();
            let (year, rest) = text.split_once(['-', '/', '.', '年', '－', '．'])?;
            let (month, day) = rest.split_once(['-', '/', '.', '月', '－', '．'])?;
            let day = day.strip_suffix('日').unwrap_or(day);
            Some((year_of(year)?, number(month)?, number(day)?))
        };
        let Some((year, month, day)) = parts() else {
            return WrittenDay::Otherwise;
        };
        let read = Self { year, month, day };
        match read.date() {
            Some(_) => WrittenDay::Day(read),
            None => WrittenDay::Impossible,
        }
    }

    /// The day as official papers write it: `2026年1月15日`.
    #[must_use]
    pub fn official(self) -> String {
        let Self { year, month, day } = self;
        format!("{year}年{month}月{day}日")
    }

    /// How many days later another day is; negative when it is earlier.
    #[must_use]
    pub fn days_until(self, later: Self) -> i64 {
        let (Some(from), Some(to)) = (self.date(), later.date()) else {
            return 0;
        };
        to.duration_since(from).as_hours() / 24
    }

    /// The last day of its month.
    #[must_use]
    pub fn last_of_month(self) -> u8 {
        let first = Self { day: 1, ..self }.date();
        first.map_or(31, |first| first.days_in_month() as u8)
    }

    /// The day itself, if there is one.
    fn date(self) -> Option<Date> {
        let year = i16::try_from(self.year).ok()?;
        Date::new(
            year,
            i8::try_from(self.month).ok()?,
            i8::try_from(self.day).ok()?,
        )
        .ok()
    }
}

/// What some words say of a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WrittenDay {
    /// This day.
    Day(Day),
    /// A day that no calendar has.
    Impossible,
    /// Nothing that is a day.
    Otherwise,
}

const NUMERALS: &str = "〇一二三四五六七八九";

fn digit(c: char) -> Option<u32> {
    match c {
        '０'..='９' => Some(u32::from(c) - u32::from('０')),
        '○' | '零' | 'Ｏ' => Some(0),
        c => c.to_digit(10).or_else(|| {
            let at = NUMERALS.chars().position(|numeral| numeral == c)?;
            u32::try_from(at).ok()
        }),
    }
}

/// A year, digit by digit.
fn year_of(text: &str) -> Option<u16> {
    let digits: Option<Vec<u32>> = text.trim().chars().map(digit).collect();
    let digits = digits.filter(|digits| digits.len() == 4)?;
    let year = digits.into_iter().fold(0, |year, digit| year * 10 + digit);
    u16::try_from(year).ok()
}

/// A month or a day, in digits or as `二十一`.
fn number(text: &str) -> Option<u8> {
    let text = text.trim();
    let value = match text.split_once('十') {
        None => {
            let digits: Option<Vec<u32>> = text.chars().map(digit).collect();
            let digits = digits.filter(|digits| (1..=2).contains(&digits.len()))?;
            digits
                .into_iter()
                .fold(0, |value, digit| value * 10 + digit)
        }
        Some((tens, ones)) => {
            let one = |text: &str, usual| {
                let mut characters = text.chars();
                match (characters.next(), characters.next()) {
                    (None, _) => Some(usual),
                    (Some(c), None) => digit(c),
                    _ => None,
                }
            };
            one(tens, 1)? * 10 + one(ones, 0)?
        }
    };
    u8::try_from(value).ok()
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { year, month, day } = self;
        write!(f, "{year}-{month:02}-{day:02}")
    }
}

/// A minute on the calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moment {
    /// Year.
    pub year: u16,
    /// Month, from 1.
    pub month: u8,
    /// Day, from 1.
    pub day: u8,
    /// Hour of the day.
    pub hour: u8,
    /// Minute of the hour.
    pub minute: u8,
}

impl Moment {
    /// The minute of a time of the system.
    ///
    /// The form's readers all live by one clock, eight hours ahead of UTC, whatever the machine says.
    #[must_use]
    pub fn of(time: SystemTime) -> Self {
        let since = time.duration_since(UNIX_EPOCH);
        let seconds = since.map_or(0, |since| since.as_secs().cast_signed());
        let stamp = Timestamp::from_second(seconds).unwrap_or(Timestamp::UNIX_EPOCH);
        let local = Offset::constant(8).to_datetime(stamp);
        Self {
            year: local.year().cast_unsigned(),
            month: local.month().cast_unsigned(),
            day: local.day().cast_unsigned(),
            hour: local.hour().cast_unsigned(),
            minute: local.minute().cast_unsigned(),
        }
    }

    /// Its day.
    #[must_use]
    pub fn date(self) -> Day {
        let Self {
            year, month, day, ..
        } = self;
        Day { year, month, day }
    }

    /// The report year a filer most likely means: last year's until the end of June.
    #[must_use]
    pub fn usual_report_year(self) -> u16 {
        if self.month <= 6 {
            self.year.saturating_sub(1)
        } else {
            self.year
        }
    }
}

impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { hour, minute, .. } = self;
        write!(f, "{} {hour:02}:{minute:02}", self.date())
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    fn moment(seconds: u64) -> Moment {
        Moment::of(UNIX_EPOCH + Duration::from_secs(seconds))
    }

    #[test]
    fn days_are_counted_over_years() {
        let day = |text| Day::read(text).unwrap();
        assert_eq!(day("2024-02-28").days_until(day("2024-03-01")), 2);
        assert_eq!(day("2025-12-31").days_until(day("2026-01-31")), 31);
        assert_eq!(day("2026-02-01").days_until(day("2026-01-31")), -1);
        assert_eq!(day("2026-1-5").to_string(), "2026-01-05");
        for none in [
            "2025-02-29",
            "2025-13-01",
            "2025-01",
            "2025-01-01-01",
            "65535-01-01",
        ] {
            assert_eq!(Day::read(none), None, "{none}");
        }
    }

    #[test]
    fn the_clock_is_eight_hours_ahead_of_utc() {
        for (seconds, text) in [
            (0, "1970-01-01 08:00"),
            (951_782_400, "2000-02-29 08:00"),
            (1_709_136_000, "2024-02-29 00:00"),
            (1_735_660_800, "2025-01-01 00:00"),
            (1_767_196_799, "2025-12-31 23:59"),
        ] {
            assert_eq!(moment(seconds).to_string(), text);
        }
        assert_eq!(moment(1_767_196_800).date().to_string(), "2026-01-01");
    }

    #[test]
    fn until_june_the_usual_report_is_last_years() {
        for (month, year) in [(1, 2025), (6, 2025), (7, 2026), (12, 2026)] {
            let moment = Moment {
                year: 2026,
                month,
                ..moment(0)
            };
            assert_eq!(moment.usual_report_year(), year);
        }
    }
}
