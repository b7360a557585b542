//! Rows that were torn: figures that go on in the next row, and figures that were broken in two.
//!
//! They are put together where the row is full again and its totals agree, and left out otherwise.

use super::blanks::{contradicts, has_its_totals};
use super::placement::TablePlacement;
use super::remark::Remark;
use crate::doc::normal::is_unit;
use crate::doc::place::is_value;
use crate::report::Entry;

impl TablePlacement<'_> {
    /// The figures of a row with those of the row right above, when only both make a full row.
    pub fn with_torn(&mut self, line: usize, texts: Vec<String>) -> Vec<String> {
        let above = self.short.last().filter(|short| short.line == line);
        let Some(above) = above.filter(|_| self.torn == Some(line)) else {
            return texts;
        };
        self.torn = None;
        let both = [above.texts.as_slice(), texts.as_slice()].concat();
        if both.len() != above.fields.len() {
            return texts;
        }
        // A lone figure may be the number of a page.
        let several = above.texts.len() > 1 && texts.len() > 1;
        let cells: Vec<usize> = (0..both.len()).collect();
        if !several && !has_its_totals(self.form.edition, &above.fields, &both, &cells) {
            return texts;
        }
        self.short.pop();
        self.say(Remark::JoinedRows, line);
        both
    }

    /// Puts figures together that were broken in narrow columns, when the totals agree; says
    /// whether the row can be kept.
    pub fn mend(&mut self, line: usize, texts: &mut [String]) -> bool {
        let fields = self.form.fields(line);
        let has_total = self.form.has_total(fields);
        let broken = texts.iter().any(|text| is_broken(text));
        let stray = self.after_stray(line);
        if !has_total || !broken {
            return !(has_total && stray && self.is_suspect(line, texts));
        }
        let whole: Vec<String> = texts.iter().map(|text| unbroken(text)).collect();
        let cells: Vec<usize> = (0..whole.len()).collect();
        if has_its_totals(self.form.edition, fields, &whole, &cells) {
            texts.clone_from_slice(&whole);
            self.say(Remark::JoinedFigures, line);
            return true;
        }
        self.say(Remark::BrokenFigures, line);
        false
    }

    /// Takes note of figures without a line; they may be the rest of the row above them.
    pub fn found_stray(&mut self) {
        self.stray.above = true;
        let Some(line) = self.stray.full.take() else {
            return;
        };
        let entries = self.found.get(&line).map(Vec::as_slice);
        let texts: Vec<String> = entries
            .unwrap_or_default()
            .iter()
            .map(Entry::shown)
            .collect();
        if self.is_suspect(line, &texts) {
            self.found.remove(&line);
        }
    }

    /// Whether a full row beside figures without a line contradicts its own total.
    fn is_suspect(&mut self, line: usize, texts: &[String]) -> bool {
        let suspect = contradicts(self.form.edition, self.form.fields(line), texts);
        if suspect {
            self.say(Remark::PerhapsBroken, line);
        }
        suspect
    }

    /// Whether figures without a line stand right above this full row.
    fn after_stray(&mut self, line: usize) -> bool {
        let above = std::mem::take(&mut self.stray.above);
        self.stray.full = Some(line);
        above
    }
}

/// Whether a text is one figure above another.
fn is_broken(text: &str) -> bool {
    let lines = text.lines().filter(|line| !line.trim().is_empty());
    let (all, figures) = lines.fold((0, 0), |(all, figures), line| {
        (
            all + 1,
            figures + usize::from(is_value(line) || is_unit(line.trim())),
        )
    });
    all > 1 && figures > 1
}

fn unbroken(text: &str) -> String {
    if is_broken(text) {
        text.split_whitespace().collect()
    } else {
        text.to_owned()
    }
}
