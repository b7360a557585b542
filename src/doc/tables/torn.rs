//! Rows that were torn: figures that go on in the next row, and figures that were broken in two.
//!
//! They are put together where the row is full again and its totals agree, and left out otherwise.

use super::TableReader;
use super::blanks::{contradicts, has_its_totals};
use crate::doc::normal::is_unit;
use crate::doc::place::is_value;
use crate::form::Edition;
use crate::report::Entry;

impl TableReader<'_> {
    /// The figures of a row with those of the row right above, when only both make a full row.
    pub(super) fn with_torn(
        &mut self,
        index: usize,
        texts: Vec<String>,
        edition: &Edition,
    ) -> Vec<String> {
        let above = self.short.last().filter(|short| short.line == index);
        let Some(above) = above.filter(|_| self.torn == Some(index)) else {
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
        if !several && !has_its_totals(edition, &above.fields, &both, &cells) {
            return texts;
        }
        self.short.pop();
        let label = self.label(index);
        self.note(&format!("“{label}”一行的数字断成两行，已接起来，请核对"));
        both
    }

    pub(super) fn label(&self, index: usize) -> String {
        let line = self.table.lines.get(index);
        let label = line.and_then(|line| line.labels.last());
        label.map_or_else(|| self.name.to_owned(), Clone::clone)
    }

    /// Whether a line has as many cells as there are figures.
    pub(super) fn is_full(&self, index: usize, texts: &[String]) -> bool {
        let line = self.table.lines.get(index);
        line.is_some_and(|line| line.fields.len() == texts.len())
    }

    /// Keeps the figures of a full row, in the usual order of the columns.
    pub(super) fn enter_full(&mut self, index: usize, texts: Vec<String>, edition: &Edition) {
        let mut texts = texts;
        if self.mend(index, &mut texts, edition) {
            let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
            self.state(index, &texts, edition);
        }
    }

    /// Puts figures together that were broken in narrow columns, when the totals agree; says
    /// whether the row can be kept.
    pub(super) fn mend(&mut self, index: usize, texts: &mut [String], edition: &Edition) -> bool {
        let fields = self
            .table
            .lines
            .get(index)
            .map(|line| line.fields.as_slice());
        let fields = fields.unwrap_or_default();
        let has_total = fields.iter().any(|&id| edition.field(id).is_total());
        let broken = texts.iter().any(|text| is_broken(text));
        let stray = self.after_stray(index);
        if !has_total || !broken {
            return !(has_total && stray && self.is_suspect(index, texts, edition));
        }
        let whole: Vec<String> = texts.iter().map(|text| unbroken(text)).collect();
        let cells: Vec<usize> = (0..whole.len()).collect();
        let label = self.label(index);
        if has_its_totals(edition, fields, &whole, &cells) {
            texts.clone_from_slice(&whole);
            self.note(&format!(
                "“{label}”一行有数字断开，已按合计关系接起来，请核对"
            ));
            return true;
        }
        self.note(&format!(
            "“{label}”一行有数字断开，接起来对不上合计，没有导入"
        ));
        false
    }
}

/// What is known of figures near a row that belong to no line.
#[derive(Default)]
pub(super) struct OrphanFigures {
    /// Whether the row above has such figures.
    above: bool,
    /// The last full row.
    full: Option<usize>,
}

impl TableReader<'_> {
    /// Takes note of figures without a line; they may be the rest of the row above them.
    pub(super) fn found_stray(&mut self, edition: &Edition) {
        self.stray.above = true;
        let Some(index) = self.stray.full.take() else {
            return;
        };
        let entries = self.found.get(&index).cloned().unwrap_or_default();
        let texts: Vec<String> = entries.iter().map(Entry::shown).collect();
        if self.is_suspect(index, &texts, edition) {
            self.found.remove(&index);
        }
    }

    /// Whether a full row beside figures without a line contradicts its own total.
    pub(super) fn is_suspect<T: AsRef<str>>(
        &mut self,
        index: usize,
        texts: &[T],
        edition: &Edition,
    ) -> bool {
        let line = self.table.lines.get(index);
        let fields = line.map(|line| line.fields.as_slice());
        let suspect = contradicts(edition, fields.unwrap_or_default(), texts);
        if suspect {
            let label = self.label(index);
            self.note(&format!(
                "“{label}”一行的数字可能断开了，对不上合计，没有导入"
            ));
        }
        suspect
    }

    /// Whether figures without a line stand right above this full row.
    pub(super) fn after_stray(&mut self, index: usize) -> bool {
        let above = std::mem::take(&mut self.stray.above);
        self.stray.full = Some(index);
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
