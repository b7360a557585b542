//! Rows of a table that stand in running text, where only exact labels and full rows count.

use super::TableReader;
use super::blanks::contradicts;
use crate::doc::rows::Row;
use crate::form::Edition;
use crate::report::Entry;

impl TableReader<'_> {
    /// Takes a line of running text; returns how many rows it completed.
    pub(super) fn line(&mut self, text: &str, edition: &Edition) -> usize {
        let lines = &self.labels.lines;
        let is_label = |folded: &str| {
            lines
                .iter()
                .any(|path| path.last().is_some_and(|label| label == folded))
        };
        let rows = self.loose.line(text, is_label);
        for row in &rows {
            self.loose_row(row, edition);
        }
        rows.len()
    }

    /// Ends the running text before a table: its last labels may belong to the first row.
    pub(super) fn end_of_text(&mut self, edition: &Edition) {
        if let Some(row) = self.loose.end() {
            self.loose_row(&row, edition);
        }
        let labels = self.loose.take_labels();
        self.pending
            .extend(labels.into_iter().map(|label| label.folded));
        self.forget_pending();
    }

    /// Keeps only the last labels without figures.
    pub(super) fn forget_pending(&mut self) {
        let excess = self.pending.len().saturating_sub(super::PENDING);
        self.pending.drain(..excess);
    }

    /// Takes a row out of running text, where only exact labels and full rows count.
    pub(super) fn loose_row(&mut self, row: &Row, edition: &Edition) {
        let used = row.lead();
        let parts = row.filled.get(..used).unwrap_or_default();
        let mut folded: Vec<&str> = self.pending.iter().map(String::as_str).collect();
        folded.extend(parts.iter().map(|cell| cell.folded.as_str()));
        self.seen_head = self.seen_head || !folded.is_empty() && self.named_in(&folded.concat());
        match self.match_label(&folded, true) {
            Some((line, far, count)) => {
                let before = parts.get(..used.saturating_sub(count)).unwrap_or_default();
                self.heads = vec![Row {
                    filled: before.to_vec(),
                    loose: true,
                    ..Row::default()
                }];
                if self.outranks_loosely(line) {
                    let printed = parts.last().map(|cell| cell.text.clone());
                    self.note_altered(far, &printed.unwrap_or_default(), line);
                    self.loose_lines.insert(line);
                    self.place(line, row, used, edition);
                }
            }
            None if self.unlabelled_line().is_some() => {
                self.heads = vec![Row {
                    filled: parts.to_vec(),
                    loose: true,
                    ..Row::default()
                }];
                self.unlabelled(row, edition);
            }
            None => {
                self.by_columns +=
                    usize::from(folded.last().is_some_and(|last| self.is_head(last)));
            }
        }
        self.pending.clear();
        self.after_figures = true;
    }

    /// Whether a line may still be read out of running text.
    pub(super) fn outranks_loosely(&self, line: usize) -> bool {
        let short = self.short.iter().any(|short| short.line == line);
        !short
            && self
                .found
                .get(&line)
                .is_none_or(|entries| entries.iter().all(|entry| *entry == Entry::Blank))
    }

    /// Text that was taken column by column makes rows of figures that belong to other rows.
    pub(super) fn distrust_columns(&mut self) {
        if self.by_columns < 2 || self.loose_lines.is_empty() {
            return;
        }
        self.forget_loose();
    }

    fn forget_loose(&mut self) {
        for line in std::mem::take(&mut self.loose_lines) {
            self.found.remove(&line);
            self.short.retain(|short| short.line != line);
        }
        self.note("文字是按列而不是按行排的，分不清数字属于哪一行，没有导入");
    }

    /// Where running text lost figures, a full row may hold those of two rows: it must add up.
    pub(super) fn distrust_sums(&mut self, edition: &Edition) {
        if !self.disorder {
            return;
        }
        let (all, most) = (self.table.lines.len(), self.loose_lines.len());
        let has_totals = self.table.lines.iter().flat_map(|line| &line.fields);
        let has_totals = has_totals
            .into_iter()
            .any(|id| edition.field(*id).is_total());
        if has_totals && most * 2 < all {
            self.forget_loose();
            return;
        }
        for index in self.loose_lines.clone() {
            let Some(entries) = self.found.get(&index) else {
                continue;
            };
            let line = self.table.lines.get(index);
            let fields = line.map(|line| line.fields.as_slice()).unwrap_or_default();
            let texts: Vec<String> = entries.iter().map(Entry::shown).collect();
            let contradicts = contradicts(edition, fields, &texts);
            if contradicts {
                self.found.remove(&index);
                let label = self.label(index);
                self.note(&format!(
                    "“{label}”一行的数字对不上合计，可能混有别行的数字，没有导入"
                ));
            }
        }
    }
}
