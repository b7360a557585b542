//! Which line of a statutory table a printed label means.

use std::collections::BTreeSet;

use super::prescribed::Prescribed;
use crate::doc::normal::{closest, unnumbered};
use crate::doc::rows::{Printed, Row};

/// How many pieces a broken label may have.
const PIECES: usize = 12;

/// A line of the form that a printed label means.
#[derive(Clone, Copy)]
pub(super) struct LabelMatch {
    pub line: usize,
    /// How far the label is from what is prescribed; 0 is as prescribed.
    pub far: usize,
    /// How many printed labels it took.
    pub took: usize,
}

/// The line a row belongs to.
#[derive(Clone, Copy)]
pub(super) struct FoundLine {
    pub line: usize,
    /// How many cells of the row are labels.
    pub used: usize,
    /// How far the label is from what is prescribed.
    pub far: usize,
}

impl Prescribed<'_> {
    /// The line a row belongs to. `pending` are the folded labels since the last figures, perhaps
    /// torn off this row.
    pub fn find_line(&self, row: &Row, pending: &[String], has_figures: bool) -> Option<FoundLine> {
        let lead = row.lead();
        let lowest = usize::from(pending.is_empty());
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
            let mut folded: Vec<&str> = pending.iter().map(String::as_str).collect();
            folded.extend(parts.iter().map(|cell| cell.folded.as_str()));
            let Some(LabelMatch { line, far, .. }) = self.match_label(&folded, false) else {
                continue;
            };
            if !has_figures && (far > 0 || used < lead || used == 0) {
                continue;
            }
            // Labels that lie about above a row without one may be of other rows.
            if used == 0 && self.lines_named(pending) > 1 {
                return None;
            }
            return Some(FoundLine { line, used, far });
        }
        None
    }

    /// How many lines labels without figures name.
    fn lines_named(&self, pending: &[String]) -> usize {
        let folded: Vec<&str> = pending.iter().map(String::as_str).collect();
        let ends = (1..=folded.len()).filter_map(|end| folded.get(..end));
        let named = ends.filter_map(|labels| self.match_label(labels, true));
        let exact = named.filter(|named| named.far == 0).map(|named| named.line);
        exact.collect::<BTreeSet<usize>>().len()
    }

    /// The line that the last labels name.
    ///
    /// A strict match is for running text, where a column's heading may stand before a figure.
    pub fn match_label(&self, folded: &[&str], strict: bool) -> Option<LabelMatch> {
        let found = |line, far, took| Some(LabelMatch { line, far, took });
        let last = folded.last()?;
        let leaves = || {
            let lines = self.labels.lines.iter().enumerate();
            lines.filter_map(|(index, path)| Some((index, path.last()?.as_str())))
        };
        let near = closest(last, leaves());
        if let Some((line, 0)) = near {
            return found(line, 0, 1);
        }
        for count in 1..=PIECES.min(folded.len()) {
            let joined = folded.get(folded.len() - count..)?.concat();
            if let Some(line) = self.exact_path(&joined) {
                return found(line, 0, count);
            }
        }
        if strict && self.is_head(last) {
            return None;
        }
        if let Some((line, far)) = near {
            return found(line, far, 1);
        }
        if let Some(line) = self.after_known_label(last) {
            return found(line, 0, 1);
        }
        (2..=PIECES.min(folded.len())).find_map(|count| {
            let joined = folded.get(folded.len() - count..)?.concat();
            let (line, far) = closest(&joined, leaves())?;
            (far <= 2).then_some(LabelMatch {
                line,
                far,
                took: count,
            })
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
    pub fn is_head(&self, folded: &str) -> bool {
        self.labels
            .heads
            .iter()
            .flatten()
            .any(|head| head == folded)
    }

    /// Whether most headings of the columns stand in a text.
    pub fn named_in(&self, folded: &str) -> bool {
        self.labels.heads.iter().any(|heads| {
            let named = heads
                .iter()
                .filter(|head| folded.contains(head.as_str()))
                .count();
            named * 2 > heads.len()
        })
    }
}
