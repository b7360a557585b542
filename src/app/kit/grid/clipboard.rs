//! Tab-separated values, as spreadsheets and word processors put them on the clipboard.
//!
//! It knows text and the labels of a table; it knows no entry and no selection.

use std::collections::BTreeSet;

use crate::form::{Grid, SquareContent};

/// Rows of texts.
pub(super) type Block = Vec<Vec<String>>;

/// Writes rows the way spreadsheets read them.
pub(super) fn write(rows: &[Vec<String>]) -> String {
    let lines: Vec<_> = rows.iter().map(|row| row.join("\t")).collect();
    lines.join("\r\n")
}

/// Reads rows; a text in double quotes may hold line ends and tabs.
pub(super) fn read(text: &str) -> Block {
    let mut rows = vec![vec![String::new()]];
    let mut quoted = false;
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        let fresh = rows
            .last()
            .and_then(|row| row.last())
            .is_some_and(String::is_empty);
        match c {
            '"' if quoted && rest.peek() == Some(&'"') => {
                rest.next();
                push(&mut rows, '"');
            }
            '"' if quoted => quoted = false,
            '"' if fresh => quoted = true,
            '\t' if !quoted => {
                if let Some(row) = rows.last_mut() {
                    row.push(String::new());
                }
            }
            '\n' if !quoted => rows.push(vec![String::new()]),
            '\r' => {}
            _ => push(&mut rows, c),
        }
    }
    let is_empty = |row: &Vec<String>| row.len() == 1 && row.iter().all(String::is_empty);
    if rows.len() > 1 && rows.last().is_some_and(is_empty) {
        rows.pop();
    }
    rows
}

fn push(rows: &mut Block, c: char) {
    if let Some(text) = rows.last_mut().and_then(|row| row.last_mut()) {
        text.push(c);
    }
}

/// Takes out the head rows and the leading label columns that came along with the figures.
pub(super) fn without_labels(grid: &Grid, mut rows: Block) -> Block {
    let labels: BTreeSet<_> = grid
        .squares
        .iter()
        .filter_map(|square| match &square.content {
            SquareContent::Head(label) | SquareContent::Label(label) => Some(plain(label)),
            SquareContent::Value(_) => None,
        })
        .collect();
    let is_label = |text: &String| labels.contains(&plain(text));
    let is_blank = |text: &String| text.trim().is_empty();
    rows.retain(|row| {
        let only_labels = row.iter().all(|text| is_blank(text) || is_label(text));
        !(only_labels && row.iter().any(is_label))
    });
    let width = rows.iter().map(Vec::len).max().unwrap_or(0);
    let column = |index: usize| rows.iter().filter_map(move |row| row.get(index));
    let leading = (0..width)
        .take_while(|&index| column(index).all(|text| is_blank(text) || is_label(text)))
        .filter(|&index| column(index).any(is_label))
        .last()
        .map_or(0, |index| index + 1);
    for row in &mut rows {
        row.drain(..leading.min(row.len()));
    }
    rows
}

/// A label without what varies between programs: spaces and the width of brackets.
fn plain(label: &str) -> String {
    label
        .chars()
        .filter(|c| !c.is_whitespace())
        .map(|c| match c {
            '(' => '（',
            ')' => '）',
            '．' => '.',
            ',' => '，',
            ':' => '：',
            _ => c,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_again() {
        let rows = vec![
            vec!["1".to_owned(), String::new(), "3".to_owned()],
            vec!["1,200".to_owned(), "0".to_owned(), String::new()],
        ];
        assert_eq!(read(&write(&rows)), rows);
        assert_eq!(read("5\n"), vec![vec!["5".to_owned()]]);
    }

    #[test]
    fn quotes_keep_line_ends_together() {
        assert_eq!(
            read("\"a\nb \"\"c\"\"\"\t1\r\n2"),
            vec![
                vec!["a\nb \"c\"".to_owned(), "1".to_owned()],
                vec!["2".to_owned()]
            ]
        );
    }
}
