//! Where in its source each row of figures of a report stands, found anew and apart from the reading, so that
//! what was read can be looked at beside it. It knows lines of text, no format.

use std::collections::BTreeMap;
use std::ops::Range;

use super::normal::fold;
use crate::form::{FieldId, SectionBody};
use crate::report::{Entry, Number, Report};

/// So many words of a source are looked at; no report has more.
const WORDS: usize = 50_000;

/// A row of a statutory table with what was read of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TracedRow {
    /// The number of its section in the edition.
    pub section: usize,
    /// Its label; empty for the only row of a table.
    pub label: String,
    /// Its cells.
    pub fields: Vec<FieldId>,
    /// The line of the source where its figures stand one behind another; `None` where none is found.
    pub line: Option<usize>,
}

/// A word of the source.
struct SourceWord {
    line: usize,
    what: SourceToken,
}

enum SourceToken {
    Figure(Number),
    /// Folded.
    Label(String),
}

/// The rows of the tables of a report, in order, each with the line of its source.
#[must_use]
pub fn trace(report: &Report, lines: &[String]) -> Vec<TracedRow> {
    let words = words(lines);
    let figures = figures(&words);
    let mut traced = Vec::new();
    let edition = report.edition();
    for (section, own) in edition.sections.iter().enumerate() {
        let SectionBody::Table(table) = &own.body else {
            continue;
        };
        // Rows stand in the source as they do in the form, mostly; labels come again, so the next one is meant.
        let mut from = 0;
        for line in &table.lines {
            let wanted = stated(report, &line.fields);
            let label = line.labels.last().map(String::as_str).unwrap_or_default();
            let found = find(&words, &figures, &fold(label), &wanted, from);
            from = found.unwrap_or(from);
            traced.push(TracedRow {
                section,
                label: label.to_owned(),
                fields: line.fields.clone(),
                line: found.and_then(|at| words.get(at)).map(|word| word.line),
            });
        }
    }
    traced
}

/// The figures that were read for some cells.
fn stated(report: &Report, fields: &[FieldId]) -> Vec<Number> {
    let entries = fields.iter().map(|&id| report.entry(id));
    entries.filter_map(Entry::number).collect()
}

/// The words of the source, apart as the columns of texts and tables are.
fn words(lines: &[String]) -> Vec<SourceWord> {
    let apart = |c: char| c.is_whitespace() || matches!(c, '|' | '│' | '┃' | '｜' | '+');
    let all = lines.iter().enumerate().flat_map(|(line, text)| {
        let words = text.split(apart).filter(|word| !word.is_empty());
        words.map(move |word| (line, word))
    });
    let words = all.take(WORDS).filter_map(|(line, word)| {
        let what = match Number::read(word) {
            Some(number) => SourceToken::Figure(number),
            None => SourceToken::Label(fold(word)),
        };
        let says = !matches!(&what, SourceToken::Label(label) if label.is_empty());
        says.then_some(SourceWord { line, what })
    });
    words.collect()
}

/// The runs of figures, by the word each begins with; marks of nothing between them do not end one.
fn figures(words: &[SourceWord]) -> BTreeMap<usize, Vec<Number>> {
    let mut runs: BTreeMap<usize, Vec<Number>> = BTreeMap::new();
    let mut start = None;
    for (at, word) in words.iter().enumerate() {
        match word.what {
            SourceToken::Figure(number) => {
                let start = *start.get_or_insert(at);
                runs.entry(start).or_default().push(number);
            }
            SourceToken::Label(_) => start = None,
        }
    }
    runs
}

/// The first word of the run of figures that a row is: behind its label and with its figures, or else the only
/// one with them.
fn find(
    words: &[SourceWord],
    figures: &BTreeMap<usize, Vec<Number>>,
    label: &str,
    wanted: &[Number],
    from: usize,
) -> Option<usize> {
    if wanted.is_empty() {
        return None;
    }
    let is_it = |(_, run): &(&usize, &Vec<Number>)| run.as_slice() == wanted;
    let is_labelled = |at: usize| {
        /// A label may be broken into so many words.
        const BROKEN: usize = 6;
        let before: Range<usize> = at.saturating_sub(BROKEN)..at;
        let mut behind = String::new();
        let own = words.get(before).unwrap_or_default().iter().rev();
        own.map_while(|word| match &word.what {
            SourceToken::Label(label) => Some(label),
            SourceToken::Figure(_) => None,
        })
        .any(|word| {
            behind.insert_str(0, word);
            !label.is_empty() && behind.contains(label)
        })
    };
    let fitting = |range: Range<usize>| {
        let mut runs = figures.range(range).filter(is_it);
        runs.find(|(at, _)| is_labelled(**at)).map(|(at, _)| *at)
    };
    fitting(from..usize::MAX)
        .or_else(|| fitting(0..from))
        .or_else(|| {
            let mut alone = figures.iter().filter(is_it);
            let first = alone.next().map(|(at, _)| *at);
            first.filter(|_| alone.next().is_none() && wanted.len() > 1)
        })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::form;
    use crate::report::Edit;

    fn report(cells: &[(&str, i64)]) -> Report {
        let edition = form::by_id("2021").unwrap();
        let mut report = Report::new(edition.clone(), 2024);
        for (key, figure) in cells {
            let id = edition.find(key).unwrap();
            report.apply(Edit::Enter(id, Entry::Number((*figure).into())));
        }
        report
    }

    fn line_of(report: &Report, lines: &[&str], key: &str) -> Option<usize> {
        let lines: Vec<_> = lines.iter().map(|&line| line.to_owned()).collect();
        let id = report.edition().find(key).unwrap();
        let rows = trace(report, &lines);
        let row = rows.iter().find(|row| row.fields.contains(&id)).unwrap();
        row.line
    }

    #[test]
    fn a_row_is_found_by_its_label_and_its_figures() {
        let made = "proactive.normative_documents@made";
        let report = report(&[
            (made, 3),
            ("proactive.normative_documents@repealed", 1),
            ("proactive.normative_documents@valid", 12),
            ("proactive.licensing@processed", 3112),
        ]);
        let lines = [
            "二、主动公开政府信息情况",
            "规章 | 3 | 1 | 11",
            "行政规范性文件 | 3 | 1 | 12",
            "行政许可",
            "3112",
        ];
        assert_eq!(line_of(&report, &lines, made), Some(2));
        let other = "proactive.licensing@processed";
        assert_eq!(line_of(&report, &lines, other), Some(4));
        assert_eq!(
            line_of(&report, &["行政规范性文件 | 3 | 1 | 13"], made),
            None
        );
        assert_eq!(line_of(&report, &lines, "proactive.fees@amount"), None);
    }

    #[test]
    fn a_row_without_its_label_is_found_where_its_figures_stand_once() {
        let key = "proactive.normative_documents@made";
        let report = report(&[
            (key, 3),
            ("proactive.normative_documents@repealed", 1),
            ("proactive.normative_documents@valid", 12),
        ]);
        assert_eq!(line_of(&report, &["规范文件\t3\t1\t12"], key), Some(0));
        let twice = ["甲 3 1 12", "乙 3 1 12"];
        assert_eq!(line_of(&report, &twice, key), None);
    }
}
