//! Rows out of running text: a table of one cell a line, of one line in all, or of broken labels.
//!
//! It puts labels and figures together in reading order; which rows they are is not known here.

use super::normal::fold;
use super::place::is_value;
use super::rows::{Printed, Row};

/// How many labels before a figure are kept at most.
const LABELS: usize = 80;
/// The longest line that can be a table, in bytes.
const LONGEST: usize = 64 * 1024;
/// What a word begins with that goes on a sentence after a figure.
const GOES_ON: &str = "，。、；：！？,;件条次个份人万元宗项篇场家名%％年月日";

/// Words of running text on their way to rows.
#[derive(Default)]
pub(super) struct Loose {
    labels: Vec<Printed>,
    figures: Vec<Printed>,
    /// Whether the figures stand on one line with their label, which begins it, and end it.
    beside: bool,
}

impl Loose {
    /// Takes a line of text; returns the rows that it completes.
    pub fn line(&mut self, text: &str, is_label: impl Fn(&str) -> bool) -> Vec<Row> {
        let mut rows = Vec::new();
        if is_prose(text) || text.len() > LONGEST {
            rows.extend(self.end());
            self.labels.clear();
            return rows;
        }
        if is_label(&fold(text)) {
            rows.extend(self.end());
            self.labels.push(printed(text.trim()));
            return rows;
        }
        let is_whole = begins_and_ends(text);
        let mut labelled = false;
        for word in text.split_whitespace() {
            let numbered = self.take_number(word);
            let word = numbered.as_deref().unwrap_or(word);
            if is_value(word) {
                self.beside |= labelled && is_whole;
                self.figures.push(printed(word));
                continue;
            }
            if !self.figures.is_empty() && word.starts_with(|c| GOES_ON.contains(c)) {
                // A sentence that counts something is no row.
                self.figures.clear();
                self.labels.clear();
                self.beside = false;
                continue;
            }
            rows.extend(self.end());
            labelled = true;
            let digits = word.trim_end_matches(|c: char| c.is_ascii_digit() || c == '.');
            let figure = word.get(digits.len()..).unwrap_or_default();
            if !figure.is_empty() && is_value(figure) && is_label(&fold(digits)) {
                self.beside = is_whole;
                self.labels.push(printed(digits));
                self.figures.push(printed(figure));
            } else {
                self.labels.push(printed(word));
            }
            if self.labels.len() > LABELS {
                self.labels.remove(0);
            }
        }
        rows
    }

    /// The word with the number before it, where blanks stand between the number and its dot.
    fn take_number(&mut self, word: &str) -> Option<String> {
        let rest = word.strip_prefix(['.', '．', '、'])?;
        let follows = rest.chars().next().is_some_and(|c| !c.is_numeric());
        let is_number = |cell: &mut Printed| cell.text.len() <= 2;
        let number = self.figures.pop_if(|cell| follows && is_number(cell))?;
        Some(format!("{}.{rest}", number.text))
    }

    /// The row that is complete so far; labels without figures stay for what follows.
    pub fn end(&mut self) -> Option<Row> {
        if self.figures.is_empty() {
            return None;
        }
        let mut filled = std::mem::take(&mut self.labels);
        filled.append(&mut self.figures);
        Some(Row {
            filled,
            loose: true,
            beside: std::mem::take(&mut self.beside),
            ..Row::default()
        })
    }

    /// The labels that wait for figures.
    pub fn take_labels(&mut self) -> Vec<Printed> {
        std::mem::take(&mut self.labels)
    }
}

/// Whether a line begins with a label and ends with a figure.
fn begins_and_ends(text: &str) -> bool {
    let mut words = text.split_whitespace();
    let first = words.next().is_some_and(|word| !is_value(word));
    let figure = |word: &str| {
        let digits = word.trim_start_matches(|c: char| !c.is_ascii_digit());
        is_value(word) || is_value(digits)
    };
    first && figure(words.next_back().unwrap_or(text))
}

/// Whether a line is a sentence, which no label is.
pub(super) fn is_prose(text: &str) -> bool {
    text.contains(['。', '！', '？'])
}

fn printed(word: &str) -> Printed {
    Printed {
        column: 0,
        text: word.to_owned(),
        folded: fold(word),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(lines: &[&str]) -> Vec<String> {
        let mut loose = Loose::default();
        let mut rows: Vec<Row> = Vec::new();
        for line in lines {
            rows.extend(loose.line(line, |label| label == "甲"));
        }
        rows.extend(loose.end());
        let shown = |row: &Row| {
            let cells: Vec<_> = row.filled.iter().map(|cell| cell.text.as_str()).collect();
            cells.join("|")
        };
        rows.iter().map(shown).collect()
    }

    #[test]
    fn words_and_figures_make_rows() {
        assert_eq!(
            rows(&["甲", "3", "4", "乙", "丙", "5"]),
            ["甲|3|4", "乙|丙|5"]
        );
        assert_eq!(rows(&["甲 3 4 乙丙 5"]), ["甲|3|4", "乙丙|5"]);
        assert_eq!(rows(&["甲12", "乙12"]), ["甲|12"]);
    }

    #[test]
    fn a_sentence_is_no_row() {
        assert!(rows(&["全年办理 12 件，甲 3 件。"]).is_empty());
        assert!(rows(&["全年办理 12", "件，乙"]).is_empty());
    }
}
