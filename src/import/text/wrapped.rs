//! Paragraphs that a printer cut into lines of one width, put together again.
//!
//! It joins only where nothing else can be meant: a full line that ends inside a sentence.

use crate::text;

use super::{furniture, numbered_level};

/// The narrowest lines that count as full, in squares of the screen.
const NARROWEST: usize = 48;
/// How far a full line may be from the widest one, for what may not begin or end a line.
const SLACK: usize = 5;
/// The fewest full lines that show the width.
const FEWEST: usize = 3;

/// The width at which the lines of a text were cut; `None` when they were not.
pub(super) fn width(lines: &[&str]) -> Option<usize> {
    let prose = || lines.iter().filter(|line| is_prose(line));
    let widest = prose().map(|line| squares(line)).max()?;
    let full = prose().filter(|line| squares(line) + SLACK > widest);
    (widest >= NARROWEST && full.count() >= FEWEST).then_some(widest)
}

/// Whether a line goes on in the next one.
pub(super) fn goes_on(line: &str, next: &str, width: usize) -> bool {
    let begins = next.trim_start();
    let indented = begins.len() < next.len()
        && next.len() - begins.len() > line.len() - line.trim_start().len();
    is_prose(line)
        && is_prose(next)
        && !indented
        && squares(line) + SLACK > width
        && !line
            .trim_end()
            .ends_with(['。', '；', '：', '！', '？', ':', ';'])
        && numbered_level(begins).is_none()
        && !furniture::is_page_number(next)
        && !begins.starts_with(['#', '-', '*', '>'])
        && !is_item(begins)
}

/// Whether a line begins with a number in brackets.
fn is_item(line: &str) -> bool {
    let inner = line.strip_prefix(['（', '(']);
    let number = inner.and_then(|inner| inner.split_once(['）', ')']));
    number.is_some_and(|(number, _)| {
        number
            .chars()
            .all(|c| c.is_ascii_digit() || text::is_numeral(c))
    })
}

/// Whether a line is running text, without marks or gaps of a table.
fn is_prose(line: &str) -> bool {
    let text = line.trim();
    let chinese = text.chars().filter(|c| !c.is_ascii()).count();
    chinese > 0 && !text.contains(['\t', '|', '│', '\u{3000}']) && !text.contains("  ")
}

fn squares(line: &str) -> usize {
    line.trim_end()
        .chars()
        .map(|c| if c.is_ascii() { 1 } else { 2 })
        .sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_full_lines_inside_a_sentence_go_on() {
        let full = "甲".repeat(30);
        let lines = [full.as_str(), &full, &full, "乙丙。", "一、丁"];
        let width = width(&lines).unwrap();
        assert_eq!(width, 60);
        assert!(goes_on(&full, "乙丙。", width));
        assert!(!goes_on("乙丙。", &full, width));
        assert!(!goes_on(&full, "一、丁", width));
        assert!(!goes_on(&format!("{}。", "甲".repeat(29)), &full, width));
        assert_eq!(super::width(&["甲乙", &full, "丙丁"]), None);
    }
}
