//! Tables as some programs turn a page into text: a bar behind every cell and a line for each, `规章 |`,
//! or the bar on a line of its own. Nothing shows where a row ends, so that the bars only part cells.
//!
//! It knows no form.

use std::borrow::Cow;

use super::{is_figure, numbered_level};

/// The fewest lines with bars that are such a table.
const FEWEST: usize = 8;
/// The longest piece of a cell that was broken, in characters.
const PIECE: usize = 30;
/// The most pieces of one cell.
const PIECES: usize = 4;

/// The text with one cell a line and without the bars, when it has such tables.
pub(super) fn one_cell_a_line(text: &str) -> Cow<'_, str> {
    let barred = || text.lines().filter(|line| line.contains('|'));
    let single = |line: &&str| !inner(line).contains('|');
    let (all, singles) = (barred().count(), barred().filter(single).count());
    let ruled = |line: &str| inner(line).contains("--") || line.contains('+');
    let figures = barred().any(|line| is_figure(inner(line)));
    let lone = || text.lines().filter(|line| is_bar(line)).count() * 3 > all;
    if all < FEWEST || singles * 20 < all * 19 || barred().any(ruled) || !(figures || lone()) {
        return Cow::Borrowed(text);
    }
    let mut made: Vec<String> = Vec::new();
    let mut open: Vec<&str> = Vec::new();
    for line in text.lines() {
        if !line.contains('|') {
            open.push(line);
            continue;
        }
        let begins = line.trim_start().starts_with('|') && !is_bar(line);
        if begins {
            made.extend(open.drain(..).map(str::to_owned));
        }
        if !inner(line).is_empty() {
            open.push(inner(line));
        }
        if line.trim_end().ends_with('|') {
            close(&mut open, &mut made);
        }
    }
    made.extend(open.drain(..).map(str::to_owned));
    Cow::Owned(made.join("\n"))
}

/// A line without the bars at its ends.
fn inner(line: &str) -> &str {
    line.trim()
        .trim_matches(|c: char| c == '|' || c.is_whitespace())
}

fn is_bar(line: &str) -> bool {
    line.contains('|') && inner(line).is_empty()
}

/// Ends a cell: its last lines are pieces of it, what stands before them is text.
fn close(open: &mut Vec<&str>, made: &mut Vec<String>) {
    let is_piece = |line: &&&str| {
        let text = line.trim();
        !text.is_empty()
            && text.chars().count() <= PIECE
            && !text.contains('。')
            && !is_figure(text)
            && numbered_level(text) != Some(1)
    };
    let pieces = open.iter().rev().take_while(is_piece).count();
    let keep = if pieces <= PIECES {
        open.len() - pieces
    } else {
        open.len().saturating_sub(1)
    };
    let cell: String = open.drain(keep..).map(str::trim).collect();
    made.extend(open.drain(..).map(str::to_owned));
    if !cell.is_empty() {
        made.push(cell);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bar_ends_a_cell_wherever_it_stands() {
        let cells = [
            "甲 |", "|||", "乙 |", "1 |", "2 |", "丙 |", "3 |", "4 |", "||", "丁",
        ];
        assert_eq!(
            one_cell_a_line(&cells.join("\n")),
            "甲\n乙\n1\n2\n丙\n3\n4\n丁"
        );
        let lone = "文。\n| 甲\n|\n|||\n乙丙\n丁\n|\n1\n|\n2\n|\n戊\n|\n3\n|\n4\n|";
        assert_eq!(one_cell_a_line(lone), "文。\n甲\n乙丙丁\n1\n2\n戊\n3\n4");
        let table = "甲 | 1 | 2 |\n乙 | 3 | 4 |\n".repeat(5);
        assert_eq!(one_cell_a_line(&table), table);
    }
}
