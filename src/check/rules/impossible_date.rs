//! Days are on the calendar, and the period is the year's.

use crate::check::{Findings, Rule, Subject};
use crate::date::Day;

/// A day as a text names it.
struct NamedDay {
    year: Option<u32>,
    month: u32,
    /// `None` where only the month is named.
    day: Option<u32>,
    start: usize,
    end: usize,
}

/// How far the two ends of a period stand apart at the most.
const APART: usize = 12;

pub(super) fn check(rule: &'static Rule, subject: &Subject<'_>, findings: &mut Findings) {
    for passage in subject.passages() {
        let mut named = days(passage.text);
        named.retain(|named| {
            let Some(fault) = named.fault() else {
                return true;
            };
            let range = named.start..named.end;
            let words = passage.text.get(range.clone()).unwrap_or_default();
            findings.report(passage.finding(rule, range, format!("“{words}”{fault}")));
            false
        });
        for pair in named.windows(2) {
            let [from, to] = pair else { continue };
            let between = passage.text.get(from.end..to.start).unwrap_or_default();
            let is_period = between.chars().count() <= APART
                && between.contains(['至', '到', '—', '-', '～', '~']);
            // 自1月起至12月31日止 is the same period.
            let begins = from.month == 1 && from.day.is_none_or(|day| day == 1);
            let is_whole = begins && to.month == 12 && to.day.is_none_or(|day| day == 31);
            let sentence = passage.text.get(..from.start).unwrap_or_default();
            let sentence = sentence.rsplit(['。', '\n']).next().unwrap_or_default();
            let is_year = sentence.contains("统计期") || sentence.contains("统计时");
            let ends_late = begins && to.month == 12 && to.day.is_some_and(|day| day >= 28);
            if is_period && !is_whole && (is_year || ends_late) {
                let message = "统计期限应自1月1日起至12月31日止";
                findings.report(passage.finding(rule, from.start..to.end, message));
            }
        }
    }
}

impl NamedDay {
    fn fault(&self) -> Option<&'static str> {
        let Self {
            year, month, day, ..
        } = *self;
        if year.is_some_and(|year| !(1900..=2100).contains(&year)) {
            Some("的年份不对")
        } else if month == 0 || month > 12 {
            Some("的月份不对")
        } else if day.is_some_and(|day| day == 0 || day > longest(year, month)) {
            Some("这一天是没有的")
        } else {
            None
        }
    }
}

fn longest(year: Option<u32>, month: u32) -> u32 {
    // Without a year the 29th of February may be meant in any leap year.
    let year = year
        .and_then(|year| u16::try_from(year).ok())
        .unwrap_or(2024);
    let month = u8::try_from(month).unwrap_or(0);
    let first = Day {
        year,
        month,
        day: 1,
    };
    u32::from(first.last_of_month())
}

/// Every `年月日` and `月日` in digits.
fn days(text: &str) -> Vec<NamedDay> {
    let found = text.match_indices('月').filter_map(|(at, _)| {
        let (month_start, month) = number_before(text, at)?;
        let head = text.get(..month_start)?.trim_end();
        let year = head
            .strip_suffix('年')
            .and_then(|head| number_before(text, head.trim_end().len()));
        let after = at + '月'.len_utf8();
        let day = number_after(text, after).and_then(|(end, day)| {
            let rest = text.get(end..)?;
            let rest = rest.trim_start().strip_prefix(['日', '号'])?;
            Some((text.len() - rest.len(), day))
        });
        // 12个月, 前10月: no month of the calendar stands without its year or its day.
        if day.is_none() && year.is_none() {
            return None;
        }
        Some(NamedDay {
            year: year.map(|(_, year)| year),
            month,
            day: day.map(|(_, day)| day),
            start: year.map_or(month_start, |(start, _)| start),
            end: day.map_or(after, |(end, _)| end),
        })
    });
    found.collect()
}

fn digit(c: char) -> Option<u32> {
    c.to_digit(10)
        .or_else(|| ('０'..='９').contains(&c).then(|| c as u32 - '０' as u32))
}

/// The number that ends here: where it begins, and its value.
fn number_before(text: &str, end: usize) -> Option<(usize, u32)> {
    let head = text.get(..end)?.trim_end();
    let digits: Vec<_> = head
        .char_indices()
        .rev()
        .map_while(|(at, c)| Some((at, digit(c)?)))
        .collect();
    let (start, _) = *digits.last().filter(|_| digits.len() <= 6)?;
    let value = digits
        .iter()
        .rev()
        .fold(0, |value, (_, digit)| value * 10 + digit);
    Some((start, value))
}

/// The number that begins here: where it ends, and its value.
fn number_after(text: &str, start: usize) -> Option<(usize, u32)> {
    let tail = text.get(start..)?;
    let skipped = tail.len() - tail.trim_start().len();
    let digits: Vec<_> = tail
        .trim_start()
        .chars()
        .map_while(|c| Some((c.len_utf8(), digit(c)?)))
        .take(4)
        .collect();
    let length: usize = digits.iter().map(|(length, _)| length).sum();
    let value = digits
        .iter()
        .fold(0, |value, (_, digit)| value * 10 + digit);
    (!digits.is_empty()).then_some((start + skipped + length, value))
}
