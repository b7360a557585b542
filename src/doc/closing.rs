//! What a text brings along that is printed on a place of its own: the number of the letter (文号) above it, the
//! name and the date (落款) below it.

use super::Block;
use crate::date::{Day, WrittenDay};

/// The longest line that can be the name of an authority, in characters.
const LONGEST: usize = 30;

/// What the name of an authority ends with.
const BODIES: [&str; 15] = [
    "政府",
    "街道",
    "办事处",
    "办公室",
    "委员会",
    "管委会",
    "领导小组",
    "中心",
    "局",
    "厅",
    "院",
    "处",
    "站",
    "所",
    "社",
];

/// How many paragraphs at the end of a text are its name and date.
pub(super) fn signed(blocks: &[Block], issuer: &str) -> usize {
    let mut lines = blocks.iter().rev().map_while(|block| match block {
        Block::Paragraph(text) => Some(text.as_str()),
        Block::Heading { .. } | Block::Table(_) => None,
    });
    let Some(last) = lines.next() else { return 0 };
    if !matches!(Day::written(last), WrittenDay::Day(_)) {
        return usize::from(!issuer.is_empty() && last == issuer);
    }
    // Several authorities may sign together.
    1 + lines
        .take(3)
        .take_while(|line| is_authority(line, issuer))
        .count()
}

fn is_authority(line: &str, issuer: &str) -> bool {
    let speaks = |c: char| "，。、；：！？,;:“”".contains(c) || c.is_numeric();
    let is_name = line.chars().count() <= LONGEST && !line.contains(speaks);
    is_name && (line == issuer || BODIES.iter().any(|body| line.ends_with(body)))
}

/// Whether a line is the number of an official letter, such as `青政发〔2026〕1号`.
pub(super) fn is_number(line: &str) -> bool {
    let number = || {
        let (name, rest) = line.split_once(['〔', '［', '[', '【', '('])?;
        let (year, rest) = rest.split_once(['〕', '］', ']', '】', ')'])?;
        let count = rest.trim_start_matches('第').strip_suffix('号')?;
        let digits = |text: &str| !text.is_empty() && text.chars().all(|c| c.is_ascii_digit());
        let is_name =
            !name.is_empty() && name.chars().count() <= 15 && name.chars().all(char::is_alphabetic);
        Some(is_name && year.len() == 4 && digits(year) && digits(count))
    };
    number().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn count(lines: &[&str]) -> usize {
        let blocks: Vec<_> = lines
            .iter()
            .map(|line| Block::Paragraph((*line).to_owned()))
            .collect();
        signed(&blocks, "青石镇人民政府")
    }

    #[test]
    fn name_and_date_at_the_end_are_known() {
        for (lines, expected) in [
            (&["无。", "青石镇人民政府", "2026年1月15日"][..], 2),
            (&["无。", "青石镇党政综合办公室", "二〇二六年一月十五日"], 2),
            (
                &["无。", "东河县水务局", "东河县财政局", "2026年1月15日"],
                3,
            ),
            (&["无。", "2026年1月15日"], 1),
            (&["无。", "青石镇人民政府"], 1),
            (&["无。", "东河县水务局"], 0),
            (
                &["没有收取信息处理费的是青石镇人民政府。", "2026年1月15日"],
                1,
            ),
            (&["无。", "2026年2月30日"], 0),
            (&["截至2026年1月15日"], 0),
            (&[], 0),
        ] {
            assert_eq!(count(lines), expected, "{lines:?}");
        }
    }

    #[test]
    fn the_number_of_a_letter_is_known() {
        for line in ["青政发〔2026〕1号", "青石政办函[2026]第12号"] {
            assert!(is_number(line), "{line}");
        }
        for line in [
            "根据国办公开办函〔2021〕30号编制",
            "〔2026〕1号",
            "青政发〔26〕1号",
            "青政发〔2026〕号",
        ] {
            assert!(!is_number(line), "{line}");
        }
    }
}
