//! How much a report can hold: far more than any yearly report, and no more than is read again.

use super::{Draft, Entry};

/// The longest text of one place, in bytes and in lines that are not blank.
pub const LONGEST_TEXT: (usize, usize) = (1024 * 1024, 20_000);

/// The most text of a whole draft, in bytes. Written down it takes at most twice as much in all but
/// odd cases, which the save refuses.
pub const LONGEST_DRAFT: usize = 12 * 1024 * 1024;

/// Whether a text is longer than any place of a report.
#[must_use]
pub fn is_too_long(text: &str) -> bool {
    let (bytes, lines) = LONGEST_TEXT;
    let written = |text: &str| text.lines().filter(|line| !line.trim().is_empty()).count();
    // Most texts are too short to have so many lines.
    text.len() > bytes || text.len() > lines && written(text) > lines
}

/// How much text stands in a draft, in bytes.
#[must_use]
pub fn size(draft: &Draft) -> usize {
    let report = draft.report();
    let length = |entry: &Entry| match entry {
        Entry::Text(text) | Entry::Unreadable(text) => text.len(),
        Entry::Blank | Entry::Number(_) => 0,
    };
    let texts: usize = report
        .edition()
        .ids()
        .map(|id| length(report.entry(id)))
        .sum();
    let explanations = draft.explanations().iter().chain(draft.half_written());
    texts
        + explanations
            .map(|explanation| explanation.text.len())
            .sum::<usize>()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_report_is_too_long_and_a_book_is() {
        assert!(!is_too_long(&"年报一行。\n".repeat(19_000)));
        assert!(!is_too_long(&"\n".repeat(100_000)));
        assert!(is_too_long(&"年\n".repeat(21_000)));
        assert!(is_too_long(&"年".repeat(400_000)));
    }
}
