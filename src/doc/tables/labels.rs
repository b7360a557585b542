//! Which line of a statutory table a printed label means.

use std::collections::BTreeSet;

use super::TableReader;
use crate::doc::normal::{closest, unnumbered};
use crate::doc::rows::{Printed, Row};

/// How many pieces a broken label may have.
const PIECES: usize = 12;

impl TableReader<'_> {
    /// The line a row belongs to, how many of its cells are labels, and how far its label is off.
    pub(super) fn find_line(&self, row: &Row, has_figures: bool) -> Option<(usize, usize, usize)> {
        let lead = row.lead();
        let lowest = usize::from(self.pending.is_empty());
        for used in (lowest..=lead).rev() {
            let over = row.filled.get(used..lead).unwrap_or_default();
            // What would be left over as an unreadable figure must not be a label itself.
            let is_label = |cell: &Printed| {
                unnumbered(&cell.folded) != cell.folded || cell.folded.chars().count() > 12
            };
            if over.iter().any(is_label) {
                break;
            }
            let parts = row.filled.get(..used).unwrap_or_default();
            let mut folded: Vec<&str> = self.pending.iter().map(String::as_str).collect();
            folded.extend(parts.iter().map(|cell| cell.folded.as_str()));
            let Some((line, far, _)) = self.match_label(&folded, false) else {
                continue;
            };
            if !has_figures && (far > 0 || used < lead || used == 0) {
                continue;
            }
            // Labels that lie about above a row without one may be of other rows.
            if used == 0 && self.pending_lines() > 1 {
                return None;
            }
            return Some((line, used, far));
        }
        None
    }

    /// How many lines the labels without figures name.
    fn pending_lines(&self) -> usize {
        let folded: Vec<&str> = self.pending.iter().map(String::as_str).collect();
        let ends = (1..=folded.len()).filter_map(|end| folded.get(..end));
        let named = ends.filter_map(|labels| self.match_label(labels, true));
        let exact = named.filter(|(_, far, _)| *far == 0).map(|(line, ..)| line);
        exact.collect::<BTreeSet<usize>>().len()
    }

    /// The line that the last labels name, how far they are off, and how many of them it took.
    ///
    /// A strict match is for running text, where a column's heading may stand before a figure.
    pub(super) fn match_label(
        &self,
        folded: &[&str],
        strict: bool,
    ) -> Option<(usize, usize, usize)> {
        let last = folded.last()?;
        let leaves = || {
            let lines = self.labels.lines.iter().enumerate();
            lines.filter_map(|(index, path)| Some((index, path.last()?.as_str())))
        };
        let near = closest(last, leaves());
        if let Some((line, 0)) = near {
            return Some((line, 0, 1));
        }
        for count in 1..=PIECES.min(folded.len()) {
            let joined = folded.get(folded.len() - count..)?.concat();
            if let Some(line) = self.exact_path(&joined) {
                return Some((line, 0, count));
            }
        }
        if strict && self.is_head(last) {
            return None;
        }
        if let Some((line, far)) = near {
            return Some((line, far, 1));
        }
        if let Some(line) = self.after_known_label(last) {
            return Some((line, 0, 1));
        }
        (2..=PIECES.min(folded.len())).find_map(|count| {
            let joined = folded.get(folded.len() - count..)?.concat();
            let (line, far) = closest(&joined, leaves())?;
            (far <= 2).then_some((line, far, count))
        })
    }

    /// The line whose labels from some level inwards are exactly this.
    fn exact_path(&self, joined: &str) -> Option<usize> {
        let mut lines = self.labels.spelled.iter();
        lines.position(|spelled| spelled.iter().any(|suffix| suffix == joined))
    }

    /// The line whose label stands at the end of a word, right after another label of the form.
    fn after_known_label(&self, word: &str) -> Option<usize> {
        let lines = self.labels.lines.iter().enumerate();
        let ends = lines.filter_map(|(index, path)| {
            let leaf = path.last()?;
            // Its number may be written in another way.
            let before = word.strip_suffix(unnumbered(leaf))?;
            let number =
                before.trim_end_matches(|c: char| c.is_ascii_digit() || ".,()".contains(c));
            let before = word.strip_suffix(leaf.as_str()).unwrap_or(number);
            let known = self
                .labels
                .all()
                .any(|label| !label.is_empty() && before.ends_with(label));
            known.then_some((index, before.len()))
        });
        // The longest label wins, which leaves the least before it.
        ends.min_by_key(|(_, before)| *before)
            .map(|(index, _)| index)
    }

    /// Whether a folded text is the heading of a column.
    pub(super) fn is_head(&self, folded: &str) -> bool {
        self.labels
            .heads
            .iter()
            .flatten()
            .any(|head| head == folded)
    }

    /// Whether most headings of the columns stand in a text.
    pub(super) fn named_in(&self, folded: &str) -> bool {
        self.labels.heads.iter().any(|heads| {
            let named = heads
                .iter()
                .filter(|head| folded.contains(head.as_str()))
                .count();
            named * 2 > heads.len()
        })
    }
}
