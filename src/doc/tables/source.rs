//! Where the rows of a statutory table may be: in tables, and in running text around them.

use crate::doc;
use crate::doc::loose::is_prose;

/// Where the cells of a table may be: a table, or running text around and between tables.
#[derive(Debug, Clone, Copy)]
pub(in crate::doc) enum Source<'a> {
    /// A table of the document.
    Table(&'a doc::Table),
    /// A line of text.
    Line(&'a str),
}

impl Source<'_> {
    /// Whether it can hold rows of a table.
    pub fn has_figures(&self) -> bool {
        match self {
            Self::Table(_) => true,
            Self::Line(line) => !is_prose(line) && line.contains(|c: char| c.is_numeric()),
        }
    }
}

/// Whether a line between two tables is nothing but the number of a page.
pub(super) fn is_page_number(pool: &[Source<'_>], at: usize, line: &str) -> bool {
    let line = line.trim();
    (1..=3).contains(&line.len())
        && line.bytes().all(|byte| byte.is_ascii_digit())
        && is_between_tables(pool, at)
}

fn is_between_tables(pool: &[Source<'_>], at: usize) -> bool {
    let is_table = |at: Option<usize>| {
        at.and_then(|at| pool.get(at))
            .is_some_and(|source| matches!(source, Source::Table(_)))
    };
    is_table(at.checked_sub(1)) && is_table(Some(at + 1))
}
