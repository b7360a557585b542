//! Fourth: each row's figures to the cells of its line, as far as the row itself tells.

use std::collections::{BTreeMap, BTreeSet};

use super::evidence::{LineRow, Meaning, NamelessRow, RowEvidence, RowLabel};
use super::heads::Shape;
use super::prescribed::Prescribed;
use super::remark::Remark;
use crate::doc::place::{IncompleteRow, read_cell};
use crate::report::Entry;

/// What was placed, and what waits for more than its own row.
pub(super) struct TablePlacement<'a> {
    pub form: &'a Prescribed<'a>,
    /// What was read for each line.
    pub found: BTreeMap<usize, Vec<Entry>>,
    /// Lines that were read out of running text.
    pub loose: BTreeSet<usize>,
    /// Lines whose label was printed as prescribed.
    exact: BTreeSet<usize>,
    /// Lines with fewer figures than cells.
    pub short: Vec<IncompleteRow>,
    /// How full rows look.
    pub shapes: BTreeSet<Shape>,
    /// Rows whose label is that of a group of lines.
    pub grouped: Vec<GroupRow>,
    pub remarks: Vec<Remark>,
    /// The line of the row right above, when it had too few figures.
    pub torn: Option<usize>,
    pub stray: OrphanFigures,
    /// Whether rows of running text had too few or too many figures.
    pub disorder: bool,
}

/// A row whose label is that of a group of lines.
pub(super) struct GroupRow {
    /// The last line of the group.
    pub line: usize,
    pub label: String,
    pub texts: Vec<String>,
}

/// What is known of figures near a row that belong to no line.
#[derive(Default)]
pub(super) struct OrphanFigures {
    /// Whether the row above has such figures.
    pub above: bool,
    /// The last full row.
    pub full: Option<usize>,
}

impl<'a> TablePlacement<'a> {
    pub fn new(form: &'a Prescribed<'a>, shapes: BTreeSet<Shape>) -> Self {
        Self {
            form,
            found: BTreeMap::new(),
            loose: BTreeSet::new(),
            exact: BTreeSet::new(),
            short: Vec::new(),
            shapes,
            grouped: Vec::new(),
            remarks: Vec::new(),
            torn: None,
            stray: OrphanFigures::default(),
            disorder: false,
        }
    }

    /// Takes the next row.
    pub fn take(&mut self, row: RowEvidence) {
        if row.is_labelled {
            self.torn = None;
        }
        match row.meaning {
            Meaning::Remarks(remarks) => {
                for remark in remarks {
                    if !self.remarks.contains(&remark) {
                        self.remarks.push(remark);
                    }
                }
            }
            Meaning::Lost(_) => {}
            Meaning::Nameless(row) => self.take_nameless(row),
            Meaning::Line(row) => {
                if self.speaks(&row) {
                    self.note_altered(&row);
                    if row.loose && row.label.is_some() {
                        self.loose.insert(row.line);
                    }
                    self.place(row);
                }
            }
        }
    }

    fn note_altered(&mut self, row: &LineRow) {
        let altered = row.label.as_ref().filter(|label| label.far > 0);
        self.remarks
            .extend(altered.map(|label| Remark::AlteredLabel {
                printed: label.printed.clone(),
                prescribed: self.form.label(row.line).to_owned(),
            }));
    }

    /// Whether a row may speak for its line.
    fn speaks(&mut self, row: &LineRow) -> bool {
        match &row.label {
            None => true,
            Some(_) if row.loose => self.is_open(row.line),
            Some(label) => self.outranks(row.line, label),
        }
    }

    /// Whether a line may still be read out of running text.
    fn is_open(&self, line: usize) -> bool {
        let short = self.short.iter().any(|short| short.line == line);
        let found = self.found.get(&line);
        !short && found.is_none_or(|entries| are_blank(entries))
    }

    /// Whether a row of a table may speak for a line: a label as prescribed counts for more than a
    /// similar one, and both for more than running text.
    fn outranks(&mut self, line: usize, label: &RowLabel) -> bool {
        if self.loose.remove(&line) {
            self.forget(line);
        }
        if label.far == 0 {
            if self.exact.insert(line) {
                self.forget(line);
            }
            return true;
        }
        let outranks = !self.exact.contains(&line);
        if !outranks && let Some(first) = &label.first {
            self.remarks.push(Remark::NoSuchLine(first.clone()));
        }
        outranks
    }

    /// Says of a line what is to be said.
    pub fn say(&mut self, remark: impl FnOnce(String) -> Remark, line: usize) {
        self.remarks.push(remark(self.form.label(line).to_owned()));
    }

    /// Forgets what was read for a line.
    pub fn forget(&mut self, line: usize) {
        self.found.remove(&line);
        self.short.retain(|short| short.line != line);
    }

    fn take_nameless(&mut self, row: NamelessRow) {
        let Some(label) = row.label else {
            self.take_unlabelled(row.texts);
            return;
        };
        if let Some(line) = label.group {
            self.grouped.push(GroupRow {
                line,
                label: label.text,
                texts: row.texts,
            });
        } else {
            self.found_stray();
            self.remarks.push(Remark::NoSuchLine(label.text));
        }
    }

    /// Takes figures without a label, which may go on in the row above.
    fn take_unlabelled(&mut self, texts: Vec<String>) {
        let texts = match self.torn {
            Some(line) => {
                let texts = self.with_torn(line, texts);
                if texts.len() == self.form.fields(line).len() {
                    self.keep_full(line, texts);
                    return;
                }
                texts
            }
            None => texts,
        };
        // A lone figure between the rows is the number of a page.
        if texts.len() > 1 {
            self.found_stray();
            self.remarks.push(Remark::NoLabel(texts));
        }
    }

    /// Places the figures of a row of a line.
    fn place(&mut self, row: LineRow) {
        let line = row.line;
        let fields = self.form.fields(line);
        let Some(order) = row.order else {
            if !row.texts.is_empty() {
                self.say(Remark::StrangeHeadings, line);
            }
            return;
        };
        let texts = self.with_torn(line, row.texts);
        if row.may_repeat {
            self.say(Remark::PerhapsRepeated, line);
        } else if texts.len() == fields.len() {
            if row.is_close {
                self.shapes
                    .extend(self.form.band(line).map(|band| (band, row.shape)));
            }
            self.keep_full(line, in_cells(texts, &order, fields.len()));
        } else if let Some(cells) = row.certain {
            self.keep(line, &in_cells(texts, &cells, fields.len()));
        } else if texts.len() > fields.len() {
            self.disorder |= row.loose;
            self.remarks.push(Remark::TooManyFigures {
                label: self.form.label(line).to_owned(),
                figures: texts.len(),
                cells: fields.len(),
            });
        } else if texts.is_empty() {
            self.keep(line, &vec![String::new(); fields.len()]);
        } else {
            self.disorder |= row.loose;
            self.torn = Some(line);
            self.short.push(IncompleteRow {
                line,
                fields: fields.to_vec(),
                texts,
                squares: row.squares,
                ways: row.ways,
                has_total: self.form.has_total(fields),
                shape: row.shape,
            });
        }
    }

    /// Keeps the figures of a full row, unless they seem broken.
    fn keep_full(&mut self, line: usize, mut texts: Vec<String>) {
        if self.mend(line, &mut texts) {
            self.keep(line, &texts);
        }
    }

    /// Keeps what was read for a line, unless two rows contradict each other.
    pub fn keep(&mut self, line: usize, texts: &[String]) {
        let fields = self.form.fields(line);
        let mut entries = Vec::new();
        let mut remarks = Vec::new();
        for (id, text) in fields.iter().zip(texts) {
            let (entry, note) = read_cell(self.form.edition.field(*id), text);
            entries.push(entry);
            remarks.extend(note.map(Remark::Cell));
        }
        match self.found.get(&line) {
            Some(old) if are_blank(&entries) || *old == entries => {}
            Some(old) if !are_blank(old) => {
                self.say(Remark::TwiceDifferent, line);
                self.found.insert(line, vec![Entry::Blank; fields.len()]);
            }
            _ => {
                self.remarks.append(&mut remarks);
                self.found.insert(line, entries);
            }
        }
    }
}

fn are_blank(entries: &[Entry]) -> bool {
    entries.iter().all(|entry| *entry == Entry::Blank)
}

/// The text of every cell of a line, when its figures stand in these.
fn in_cells(texts: Vec<String>, cells: &[usize], count: usize) -> Vec<String> {
    let mut placed = vec![String::new(); count];
    for (text, cell) in texts.into_iter().zip(cells) {
        if let Some(place) = placed.get_mut(*cell) {
            *place = text;
        }
    }
    placed
}
