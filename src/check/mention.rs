//! Counts and words that a text mentions.

use crate::report::Number;

/// A number of things with what may stand before and after it.
const COUNT: &str = "(?P<near>大约|约|将近|近|超过|超|逾|达到?|数|上|不足|不到|第|每|逐|同|这|任|另|某|首)?\
    (?P<n>[0-9]+(?:，[0-9]{3})*(?:\\.[0-9]+)?万?|[〇零一二两三四五六七八九十百千万]+)\
    (?P<more>余|多|几)?(?:件|份|条|宗|起|例)";
/// A pattern in which `{count}` stands for a number of things.
pub(super) fn counted(pattern: &str) -> String {
    pattern.replace("{count}", COUNT)
}

/// Whether any of the words stands in a text.
pub(super) fn has_any(text: &str, words: &[&str]) -> bool {
    words.iter().any(|word| text.contains(word))
}

/// Whether a sentence says something of this report itself: only there must a year or a letter be
/// this year's. Elsewhere another one may be the truth, and replacing it would make it false.
pub(super) fn is_about_this_report(sentence: &str) -> bool {
    const THIS: &[&str] = &["本报告", "本年报", "统计期限", "现将", "现予以", "编制本"];
    const OTHER: &[&str] = &[
        "较",
        "比",
        "同期",
        "去年",
        "前年",
        "上年",
        "上一年",
        "往年",
        "以往",
        "此前",
        "原",
        "曾",
    ];
    has_any(sentence, THIS) && !has_any(sentence, OTHER)
}

/// Reads digits or Chinese numerals.
pub(super) fn read_number(text: &str) -> Option<Number> {
    if !text.starts_with(|c: char| c.is_ascii_digit()) {
        return chinese(text).map(Number::from);
    }
    let (digits, factor) = match text.strip_suffix('万') {
        Some(digits) => (digits, 10_000),
        None => (text, 1),
    };
    Number::read(&digits.replace('，', ",")).map(|number| number.times(factor))
}

fn chinese(text: &str) -> Option<i64> {
    let (mut total, mut section, mut digit) = (0_i64, 0_i64, None);
    for c in text.chars() {
        let unit = match c {
            '十' => 10,
            '百' => 100,
            '千' => 1_000,
            '万' => {
                total = (total + section + digit.take().unwrap_or(0)).checked_mul(10_000)?;
                section = 0;
                continue;
            }
            _ => {
                let position = "零一二三四五六七八九".chars().position(|d| d == c);
                let value = match c {
                    '〇' => 0,
                    '两' => 2,
                    _ => i64::try_from(position?).ok()?,
                };
                if digit.replace(value).is_some_and(|before| before != 0) {
                    return None;
                }
                continue;
            }
        };
        section += digit.take().filter(|&digit| digit != 0).unwrap_or(1) * unit;
    }
    Some(total + section + digit.unwrap_or(0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numerals_are_read() {
        for (text, expected) in [
            ("十二", "12"),
            ("二十", "20"),
            ("一百零三", "103"),
            ("两千三百", "2300"),
            ("一万二千", "12000"),
            ("1，200", "1200"),
            ("1.2万", "12000"),
        ] {
            let number = read_number(text);
            assert_eq!(
                number.map(|n| n.to_string()).as_deref(),
                Some(expected),
                "{text}"
            );
        }
        assert_eq!(read_number("二三"), None);
    }
}
