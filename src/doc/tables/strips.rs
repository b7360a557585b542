//! First: what may be rows of a statutory table, in the order in which it is printed.

use super::prescribed::Prescribed;
use super::source::{Source, is_page_number};
use crate::doc::loose::Loose;
use crate::doc::rows::{Row, rows_of};

/// How many rows of one document are looked at; no report has more.
const ROWS: usize = 20_000;

/// A piece of a document that may be a row of a statutory table, or a part of one.
pub(super) enum Strip {
    /// A row of a table, or one put together from running text.
    Row(Row),
    /// The labels at the end of running text, folded, which may belong to the row that follows.
    Labels(Vec<String>),
}

/// The strips of these sources, at most so many as are looked at; `is_read` are the places of
/// sources that were read already.
pub(super) fn read(
    form: &Prescribed<'_>,
    pool: &[Source<'_>],
    is_read: impl Fn(usize) -> bool,
) -> Vec<Strip> {
    let mut strips = Strips {
        form,
        loose: Loose::default(),
        all: Vec::new(),
    };
    let mut rows = 0;
    for (at, source) in pool.iter().enumerate().filter(|(at, _)| !is_read(*at)) {
        match source {
            // Between the parts of a table stands nothing but the number of a page.
            Source::Line(line) if is_page_number(pool, at, line) => {}
            Source::Line(line) => rows += strips.line(line),
            Source::Table(table) => {
                strips.end_of_text();
                let printed = rows_of(table).into_iter().take(ROWS - rows);
                let before = strips.all.len();
                strips.all.extend(printed.map(Strip::Row));
                rows += strips.all.len() - before;
            }
        }
        if rows >= ROWS {
            break;
        }
    }
    strips.end_of_text();
    strips.all
}

struct Strips<'a> {
    form: &'a Prescribed<'a>,
    /// Words of running text on their way to rows.
    loose: Loose,
    all: Vec<Strip>,
}

impl Strips<'_> {
    /// Takes a line of running text; returns how many rows it completed.
    fn line(&mut self, text: &str) -> usize {
        let lines = &self.form.labels.lines;
        let is_label = |folded: &str| {
            let mut labels = lines.iter().filter_map(|path| path.last());
            labels.any(|label| label == folded)
        };
        let rows = self.loose.line(text, is_label);
        let count = rows.len();
        self.all.extend(rows.into_iter().map(Strip::Row));
        count
    }

    /// Ends the running text before a table.
    fn end_of_text(&mut self) {
        self.all.extend(self.loose.end().map(Strip::Row));
        let labels = self.loose.take_labels().into_iter();
        let labels: Vec<String> = labels.map(|label| label.folded).collect();
        if !labels.is_empty() {
            self.all.push(Strip::Labels(labels));
        }
    }
}
