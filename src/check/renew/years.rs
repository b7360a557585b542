//! The years that a sentence of last year's report names, and which of them are a year later in this year's.

use std::ops::Range;

/// A year named in a text.
pub(super) struct NamedYear<'t> {
    pub year: u16,
    /// The four digits.
    pub range: Range<usize>,
    before: &'t str,
    behind: &'t str,
}

/// The years that a text names.
pub(super) fn years(text: &str) -> impl Iterator<Item = NamedYear<'_>> {
    text.match_indices('年').filter_map(|(end, _)| {
        let start = end.checked_sub(4)?;
        let (before, digits) = (text.get(..start)?, text.get(start..end)?);
        let is_year = digits.bytes().all(|digit| digit.is_ascii_digit())
            && !before.ends_with(|c: char| c.is_ascii_digit());
        Some(NamedYear {
            year: digits.parse().ok().filter(|_| is_year)?,
            range: start..end,
            before,
            behind: text.get(end + '年'.len_utf8()..)?,
        })
    })
}

impl NamedYear<'_> {
    /// Whether something is held against that year.
    pub fn is_compared(&self) -> bool {
        self.before.ends_with(['较', '比', '与', '同'])
            || ["同期", "相比", "度相比", "度同期"]
                .iter()
                .any(|word| self.behind.starts_with(word))
    }

    /// The days that go on from that year to others.
    fn span(&self) -> Option<YearSpan> {
        let (first, behind) = day(self.behind);
        let other = behind.trim_start_matches(TO);
        let own = format!("{}年", self.year);
        let (last, _) = day(other.strip_prefix(&own).unwrap_or(other));
        (other.len() < behind.len() && !last.is_empty()).then(|| YearSpan {
            is_whole: FIRST_DAYS.contains(&first) && LAST_DAYS.contains(&last),
            other: self.range.end + '年'.len_utf8() + self.behind.len() - other.len(),
        })
    }

    /// Whether a day of that year is named other than the first and the last, or something that began in it,
    /// or a span of years or a title with it: what happened then did not happen a year later.
    fn is_history(&self) -> bool {
        let behind = self.behind.trim_start_matches('度');
        let is_dated = behind.starts_with(|c: char| c.is_ascii_digit())
            && !["1月1日", "12月31日", "12月底"]
                .iter()
                .any(|day| behind.starts_with(day));
        let begins = ["起", "以来", "开始", "至今", "以后"];
        let title = self.before.matches('《').count() > self.before.matches('》').count();
        let first = self.before.trim_end_matches(TO);
        let ends_span =
            first.len() < self.before.len() && first.ends_with(|c: char| c.is_ascii_digit());
        let is_in_part = match self.span() {
            Some(span) => !span.is_whole,
            None => is_dated,
        };
        is_in_part || title || ends_span || begins.iter().any(|word| behind.starts_with(word))
    }

    /// The year that stands there a year later.
    fn later(&self, last: u16) -> Option<u16> {
        if self.is_history() {
            return None;
        }
        let is_meant = self.year == last
            || self.year.checked_sub(1) == Some(last)
            || self.year.checked_add(1) == Some(last) && self.is_compared();
        self.year.checked_add(1).filter(|_| is_meant)
    }
}

/// What stands between the ends of a span.
const TO: [char; 6] = ['—', '-', '－', '~', '～', '至'];
/// How a span of one whole year begins behind its year, and how it ends.
const FIRST_DAYS: [&str; 7] = ["", "度", "1", "1月", "1月起", "1月1日", "1月1日起"];
const LAST_DAYS: [&str; 5] = ["12月", "12月31日", "12月底", "底", "末"];

/// Days that go on to others: 2024年1月1日至12月31日, 2024年至2025年.
struct YearSpan {
    /// It is one whole year, which is renewed at both ends; any other at none.
    is_whole: bool,
    /// Where its other end begins in the text.
    other: usize,
}

/// The day with which a text begins, and what stands behind it.
fn day(text: &str) -> (&str, &str) {
    let is_other = |c: char| !c.is_ascii_digit() && !"度月日底末起".contains(c);
    text.split_at(text.find(is_other).unwrap_or(text.len()))
}

/// A sentence with its years a year later, where they are those of the report.
pub(super) fn with_years(sentence: &str, last: u16) -> String {
    let mut changes = Vec::new();
    // Where the span that was begun goes on, and whether it was renewed.
    let mut begun = None;
    for named in years(sentence) {
        let later = match begun {
            Some((other, is_renewed)) if other == named.range.start => {
                named.year.checked_add(1).filter(|_| is_renewed)
            }
            _ => named.later(last),
        };
        begun = named.span().map(|span| (span.other, later.is_some()));
        changes.extend(later.map(|year| (named.range, year)));
    }
    let mut made = sentence.to_owned();
    for (range, year) in changes.into_iter().rev() {
        made.replace_range(range, &year.to_string());
    }
    made
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_happened_in_a_year_stays_in_it() {
        for (text, wanted) in [
            ("截至2024年12月31日", "截至2025年12月31日"),
            ("自2024年1月1日起至2024年底", "自2025年1月1日起至2025年底"),
            ("2024年度，2024年5月6日", "2025年度，2024年5月6日"),
            ("自2024年起", "自2024年起"),
            ("2023—2024年", "2023—2024年"),
            ("2024年至2025年", "2024年至2025年"),
            ("2023年—2024年", "2023年—2024年"),
            ("2024年1—12月", "2025年1—12月"),
            ("2024年1月至12月", "2025年1月至12月"),
            (
                "2024年1月1日至2024年12月31日",
                "2025年1月1日至2025年12月31日",
            ),
            ("2024年1月至2024年12月31日", "2025年1月至2025年12月31日"),
            ("2024年1月1日至2024年5月31日", "2024年1月1日至2024年5月31日"),
            (
                "2023年6月1日至2024年12月31日",
                "2023年6月1日至2024年12月31日",
            ),
            ("较2023年1—12月增加", "较2024年1—12月增加"),
            ("2025年，我镇将继续", "2026年，我镇将继续"),
            ("比2023年多，2023年的做法", "比2024年多，2023年的做法"),
            ("〔2024〕3号，12024年", "〔2024〕3号，12024年"),
        ] {
            assert_eq!(with_years(text, 2024), wanted);
        }
    }
}
