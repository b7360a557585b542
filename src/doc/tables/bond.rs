//! How close the label of a row stands to its figures.

use super::prescribed::Prescribed;

/// How many labels before the figures of running text are looked at.
const LABELS: usize = 40;
/// The most pieces of one label among them.
const PIECES: usize = 3;

/// How the label and the figures of a row stand to one another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Bond {
    /// The row shows its own label.
    Own,
    /// A row without a label, which took the one lying above it.
    Lent,
    /// Running text: label and figures in this order on one line.
    Beside,
    /// Running text: the label on a line before the figures.
    Before,
    /// Running text: labels of several lines lie before the figures, out of their order.
    Scattered,
}

/// Figures of a whole row of running text that no line is known for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Lost {
    /// Words stand before them that no line is called by.
    Unknown,
    /// No words of a row stand before them.
    Bare,
}

/// Whether labels in running text, the last of them right before figures, lie about out of their
/// order behind the line `above`, so that the figures may be of any of them.
pub(super) fn are_scattered(form: &Prescribed<'_>, folded: &[&str], above: Option<usize>) -> bool {
    let folded = folded.get(folded.len().saturating_sub(LABELS)..);
    let folded = folded.unwrap_or_default();
    let mut named: Vec<usize> = Vec::new();
    for end in 1..=folded.len() {
        let line = (1..=PIECES.min(end)).find_map(|count| {
            let joined = folded.get(end - count..end)?.concat();
            let mut lines = form.labels.lines.iter();
            lines.position(|path| path.last() == Some(&joined))
        });
        named.extend(line);
    }
    named.dedup();
    let is_back = named
        .first()
        .zip(above)
        .is_some_and(|(&first, above)| first < above);
    named.len() > 1 && (is_back || !named.is_sorted())
}
