//! Plain text and Markdown: headings, paragraphs, and tables in the ways text carries them.
//!
//! A table comes as rows of tabs, as one indented cell a line, between pipes, or apart by spaces.

use super::assemble::{Piece, assemble, is_figure, numbered_level, ragged};
use super::{ImportError, decode, known};
use crate::doc::Doc;

/// The longest line that can be the rest of a broken cell, in characters.
const CONTINUATION: usize = 60;
/// The same after an empty line, where it could also be a paragraph.
const LOOSE_CONTINUATION: usize = 8;
/// So many figures in one line are a table of their own.
const MANY: usize = 5;

/// Reads plain text or Markdown.
pub(super) fn read(bytes: &[u8]) -> Result<Doc, ImportError> {
    let text = decode::decode(bytes).ok_or_else(|| ImportError::Binary { known: known() })?;
    if text.trim().is_empty() {
        return Err(ImportError::Empty);
    }
    Ok(assemble(pieces(&text)))
}

/// A walk along the lines of a text.
struct Lines<'a> {
    lines: Vec<&'a str>,
    next: usize,
}

impl<'a> Lines<'a> {
    fn at(&self, index: usize) -> Option<&'a str> {
        self.lines.get(index).copied()
    }

    fn peek(&self) -> Option<&'a str> {
        self.at(self.next)
    }

    fn take_while(&mut self, belongs: impl Fn(&str) -> bool) -> Vec<&'a str> {
        let mut taken = Vec::new();
        while let Some(line) = self.peek().filter(|line| belongs(line)) {
            taken.push(line);
            self.next += 1;
        }
        taken
    }
}

fn pieces(text: &str) -> Vec<Piece> {
    let mut lines = Lines {
        lines: text.lines().collect(),
        next: 0,
    };
    let has_marks = lines
        .lines
        .iter()
        .any(|line| is_piped(line) || line.contains('\t'));
    let mut pieces = Vec::new();
    while let Some(line) = lines.peek() {
        if is_piped(line) {
            let rows = lines.take_while(is_piped);
            pieces.push(Piece::Table(ragged(pipe_rows(&rows))));
        } else if is_tabbed(line) {
            let rows = lines.take_while(is_tabbed);
            push_tabbed(&rows, &mut pieces);
        } else if is_cell(line) {
            push_cells(&mut lines, &mut pieces);
        } else if line.trim().is_empty() {
            lines.next += 1;
        } else if has_marks {
            lines.next += 1;
            push_text(line, &mut pieces);
        } else {
            let block = lines.take_while(|line| !line.trim().is_empty());
            push_spaced(&block, &mut pieces);
        }
    }
    pieces
}

fn push_text(line: &str, pieces: &mut Vec<Piece>) {
    let line = line.trim();
    let bare = line.trim_start_matches('#');
    let marks = line.len() - bare.len();
    let is_mark = (1..=6).contains(&marks) && bare.starts_with(char::is_whitespace);
    let hint = is_mark.then_some(marks as u8);
    let text = if hint.is_some() { bare.trim() } else { line };
    let text = text
        .strip_prefix("**")
        .and_then(|text| text.strip_suffix("**"))
        .filter(|text| !text.contains("**"))
        .unwrap_or(text)
        .trim();
    if !text.is_empty() {
        pieces.push(Piece::Text(text.to_owned(), hint));
    }
}

fn is_piped(line: &str) -> bool {
    let line = line.trim();
    line.len() > 1 && line.starts_with('|') && line.ends_with('|')
}

fn pipe_rows(lines: &[&str]) -> Vec<Vec<String>> {
    let mut rows: Vec<Vec<String>> = Vec::new();
    for (index, line) in lines.iter().enumerate() {
        let inner = line.trim();
        let inner = inner.strip_prefix('|').unwrap_or(inner);
        let inner = inner.strip_suffix('|').unwrap_or(inner);
        let rule = index == 1 && inner.contains('-') && inner.chars().all(|c| "-:| \t".contains(c));
        if !rule {
            rows.push(cells(inner, '|'));
        }
    }
    rows
}

fn cells(line: &str, separator: char) -> Vec<String> {
    let cells = line.split(separator);
    cells.map(|cell| cell.trim().to_owned()).collect()
}

/// Whether a line is a row of cells between tabs; a lone tab before a text is an indent.
fn is_tabbed(line: &str) -> bool {
    let tabs = line.matches('\t').count();
    tabs > 1 || (tabs == 1 && !line.starts_with('\t'))
}

fn push_tabbed(rows: &[&str], pieces: &mut Vec<Piece>) {
    if let [line] = rows {
        let joined: String = line.split('\t').map(str::trim).collect();
        let heading = numbered_level(&joined) == Some(1);
        let ends = line.ends_with('\t') || line.split('\t').any(is_figure);
        if joined.is_empty() || (heading && !ends) {
            return push_text(&joined, pieces);
        }
    }
    let rows = rows.iter().map(|row| cells(row, '\t')).collect();
    pieces.push(Piece::Table(ragged(rows)));
}

fn is_cell(line: &str) -> bool {
    line.starts_with('\t') && line.matches('\t').count() == 1
}

/// Takes a run of indented lines: a table of one cell a line, rows apart by empty lines.
fn push_cells(lines: &mut Lines<'_>, pieces: &mut Vec<Piece>) {
    let first = lines.next;
    let mut rows: Vec<Vec<String>> = Vec::new();
    let mut open = false;
    let mut end = first;
    while let Some(line) = lines.peek() {
        if is_cell(line) {
            let cell = line.trim().to_owned();
            match rows.last_mut() {
                Some(row) if open => row.push(cell),
                _ => rows.push(vec![cell]),
            }
            open = true;
        } else if line.trim().is_empty() && !line.contains('\t') {
            open = false;
            lines.next += 1;
            continue;
        } else if continues(lines, open, rows.last()) {
            if let Some(cell) = rows.last_mut().and_then(|row| row.last_mut()) {
                cell.push_str(line.trim());
            }
            open = true;
        } else {
            break;
        }
        lines.next += 1;
        end = lines.next;
    }
    lines.next = end;
    let is_table = rows.len() + rows.iter().map(Vec::len).sum::<usize>() > 2
        && rows
            .iter()
            .flatten()
            .any(|cell| cell.is_empty() || is_figure(cell));
    if is_table {
        pieces.push(Piece::Table(ragged(rows)));
    } else {
        for index in first..end {
            push_text(lines.at(index).unwrap_or_default(), pieces);
        }
    }
}

/// Whether the next line is the rest of the cell before it.
fn continues(lines: &Lines<'_>, open: bool, row: Option<&Vec<String>>) -> bool {
    let Some(line) = lines.peek().filter(|line| !line.contains('\t')) else {
        return false;
    };
    let Some(cell) = row.and_then(|row| row.last()) else {
        return false;
    };
    if cell.is_empty() || is_figure(cell) || line.starts_with('#') {
        return false;
    }
    let length = line.trim().chars().count();
    if open {
        return length <= CONTINUATION;
    }
    length <= LOOSE_CONTINUATION
        && numbered_level(line.trim()).is_none()
        && lines.at(lines.next + 1).is_some_and(is_cell)
}

/// Takes lines without empty lines between: a table when two end in figures, or one in many.
fn push_spaced(block: &[&str], pieces: &mut Vec<Piece>) {
    let rows: Vec<_> = block.iter().map(|line| spaced_row(line)).collect();
    let is_wide = |row: &Vec<String>| row.len() >= MANY;
    if rows.iter().flatten().count() < 2 && !rows.iter().flatten().any(is_wide) {
        for line in block {
            push_text(line, pieces);
        }
        return;
    }
    let mut table: Vec<Vec<String>> = Vec::new();
    for (line, row) in block.iter().zip(rows) {
        let is_first = table.is_empty();
        match row {
            Some(row) => table.push(row),
            None if is_first && numbered_level(line.trim()) == Some(1) => push_text(line, pieces),
            None => table.push(line.split_whitespace().map(str::to_owned).collect()),
        }
    }
    pieces.push(Piece::Table(ragged(table)));
}

/// The cells of a line that ends in figures apart by spaces.
fn spaced_row(line: &str) -> Option<Vec<String>> {
    let is_value = |word: &&str| is_figure(word) || matches!(*word, "/" | "-" | "—" | "——");
    let words: Vec<&str> = line.split_whitespace().collect();
    let tail = words.iter().rev().take_while(|word| is_value(word)).count();
    let label = words
        .get(..words.len() - tail)
        .unwrap_or_default()
        .join(" ");
    let figures = words.get(words.len() - tail..).unwrap_or_default();
    if tail == 0 || (label.is_empty() && tail < 2) || label.ends_with(['。', '，', '；', '：'])
    {
        return None;
    }
    let mut row = if label.is_empty() {
        Vec::new()
    } else {
        vec![label]
    };
    row.extend(figures.iter().map(|&figure| figure.to_owned()));
    Some(row)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::doc::{Block, Table};

    fn tables(text: &str) -> Vec<Vec<Vec<String>>> {
        let rows = |table: &Table| {
            let row = |row| {
                let cells = table.cells.iter().filter(move |cell| cell.row == row);
                cells.map(|cell| cell.text.clone()).collect()
            };
            (0..table.rows).map(row).collect()
        };
        let doc = read(text.as_bytes()).unwrap();
        let blocks = doc.blocks.iter();
        blocks
            .filter_map(|block| match block {
                Block::Table(table) => Some(rows(table)),
                _ => None,
            })
            .collect()
    }

    #[test]
    fn four_ways_to_carry_a_table_make_the_same_rows() {
        let expected = vec![vec![vec!["甲", "乙"], vec!["丙丁", "3"], vec!["戊", "4"]]];
        for text in [
            "文\n\n甲\t乙\n丙丁\t3\n戊\t4\n\n文",
            "文\n\n\t甲\n\t乙\n\n\t丙\n丁\n\t3\n\n\t戊\n\t4\n\n文",
            "文\n\n| 甲 | 乙 |\n|---|---|\n| 丙丁 | 3 |\n| 戊 | 4 |\n\n文",
            "文\n\n甲   乙\n丙丁  3\n戊  4\n\n文",
        ] {
            assert_eq!(tables(text), expected, "{text}");
        }
    }

    #[test]
    fn a_word_may_be_broken_by_an_empty_line() {
        let text = "\t甲\n\n丙\n\t乙\n\n\t1\n\t2\n\n这是下文\n";
        assert_eq!(tables(text), [[["甲丙", "乙"], ["1", "2"]]]);
    }

    #[test]
    fn only_a_mark_apart_from_the_text_makes_a_heading() {
        let doc = read("一、甲\n#1线路\n## 乙丙\n".as_bytes()).unwrap();
        let heading = |level, text: &str| Block::Heading {
            level,
            text: text.to_owned(),
        };
        assert_eq!(doc.blocks[1], Block::Paragraph("#1线路".to_owned()));
        assert_eq!(doc.blocks[2], heading(2, "乙丙"));
    }

    #[test]
    fn an_indent_is_no_table() {
        let doc = read("\t一是甲。\n\t二是乙。\n".as_bytes()).unwrap();
        assert_eq!(doc.blocks.len(), 2);
        assert!(tables("\t一是甲。\n\t二是乙。\n").is_empty());
    }
}
