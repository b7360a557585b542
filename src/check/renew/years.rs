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

    /// Whether a day of that year is named other than the first and the last, or something that began in it,
    /// or a title with it: what happened then did not happen a year later.
    fn is_history(&self) -> bool {
        let behind = self.behind.trim_start_matches('度');
        let is_dated = behind.starts_with(|c: char| c.is_ascii_digit())
            && !["1月1日", "12月31日", "12月底"]
                .iter()
                .any(|day| behind.starts_with(day));
        let begins = ["起", "以来", "开始", "至今", "以后"];
        let title = self.before.matches('《').count() > self.before.matches('》').count();
        let is_span = self.before.ends_with(['—', '-', '－', '~', '～', '至']) && {
            let first = self
                .before
                .trim_end_matches(['—', '-', '－', '~', '～', '至']);
            first.ends_with(|c: char| c.is_ascii_digit() || c == '年')
        };
        is_dated || title || is_span || begins.iter().any(|word| behind.starts_with(word))
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

/// A sentence with its years a year later, where they are those of the report.
pub(super) fn with_years(sentence: &str, last: u16) -> String {
    let changes: Vec<_> = years(sentence)
        .filter_map(|named| Some((named.range.clone(), named.later(last)?)))
        .collect();
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
            ("2025年，我镇将继续", "2026年，我镇将继续"),
            ("比2023年多，2023年的做法", "比2024年多，2023年的做法"),
            ("〔2024〕3号，12024年", "〔2024〕3号，12024年"),
        ] {
            assert_eq!(with_years(text, 2024), wanted);
        }
    }
}
