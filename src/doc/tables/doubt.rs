//! Fifth: what running text gave is doubted as a whole, once all of it was seen.

use super::blanks::contradicts;
use super::placement::TablePlacement;
use super::remark::Remark;
use crate::report::Entry;

impl TablePlacement<'_> {
    /// Text that was taken column by column makes rows of figures that belong to other rows.
    pub fn distrust_columns(&mut self, by_columns: usize) {
        if by_columns > 1 && !self.loose.is_empty() {
            self.forget_loose();
        }
    }

    fn forget_loose(&mut self) {
        for line in std::mem::take(&mut self.loose) {
            self.forget(line);
        }
        self.remarks.push(Remark::ByColumns);
    }

    /// Where running text lost figures, a full row may hold those of two rows: it must add up.
    pub fn distrust_sums(&mut self) {
        if !self.disorder {
            return;
        }
        let lines = &self.form.table.lines;
        let has_totals = lines.iter().any(|line| self.form.has_total(&line.fields));
        if has_totals && self.loose.len() * 2 < lines.len() {
            self.forget_loose();
            return;
        }
        for line in self.loose.clone() {
            let Some(entries) = self.found.get(&line) else {
                continue;
            };
            let texts: Vec<String> = entries.iter().map(Entry::shown).collect();
            if contradicts(self.form.edition, self.form.fields(line), &texts) {
                self.found.remove(&line);
                self.say(Remark::PerhapsMixed, line);
            }
        }
    }
}
