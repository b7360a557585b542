//! Second: what each row says of itself: the line it means, and what its headings and squares tell.

use std::collections::BTreeSet;

use super::bond::{Bond, Lost, are_scattered};
use super::heads::{Heads, Shape};
use super::labels::{FoundLine, LabelMatch};
use super::prescribed::Prescribed;
use super::remark::Remark;
use super::strips::Strip;
use crate::doc::place::is_value;
use crate::doc::rows::{Row, texts_after};

/// How many labels without figures are kept for the row below them.
const PENDING: usize = 40;

/// All that the rows say before any figure is placed.
#[derive(Default)]
pub(super) struct TableEvidence {
    pub rows: Vec<RowEvidence>,
    /// How the headings of flat bands say that full rows look.
    pub shapes: BTreeSet<Shape>,
    /// How often running text gave figures right behind a column's heading: column by column.
    pub by_columns: usize,
    /// Whether headings of the form were printed.
    pub has_heads: bool,
    /// The line of the label that was left over at the end.
    pub over: Option<usize>,
}

/// What one row says.
pub(super) struct RowEvidence {
    /// Whether it has labels of its own, so that figures of the row above cannot go on in it.
    pub is_labelled: bool,
    pub meaning: Meaning,
}

pub(super) enum Meaning {
    /// The row of a line of the form.
    Line(LineRow),
    /// Figures that belong to no line.
    Nameless(NamelessRow),
    /// Figures of running text that no line is known for.
    Lost(Lost),
    /// No figures that are placed, but what is to be said of the row.
    Remarks(Vec<Remark>),
}

/// The row of a line of the form.
pub(super) struct LineRow {
    pub line: usize,
    /// `None` in a table whose rows have no labels.
    pub label: Option<RowLabel>,
    /// Whether it was put together from running text.
    pub loose: bool,
    /// How its label and its figures stand to one another.
    pub bond: Bond,
    pub texts: Vec<String>,
    /// The column of each figure of a full row; `None` when the headings contradict the form.
    pub order: Option<Vec<usize>>,
    /// The column of each figure where the squares show beyond doubt which ones are empty.
    pub certain: Option<Vec<usize>>,
    /// The cells the figures stand in, where there are as many squares behind the label as cells.
    pub squares: Option<Vec<usize>>,
    /// The ways to see the figures in the squares, each by the cell of every figure.
    pub ways: Vec<Vec<usize>>,
    /// Whether it may print one figure twice and leave another cell empty.
    pub may_repeat: bool,
    /// Where the label stands, and how many cells the row has.
    pub shape: (usize, usize),
    /// Whether the figures stand in cell after cell right behind the label.
    pub is_close: bool,
}

/// The label of a row that means a line.
pub(super) struct RowLabel {
    pub printed: String,
    /// How far it is from what is prescribed; 0 is as prescribed.
    pub far: usize,
    /// The first cell of the row, by which a person finds it.
    pub first: Option<String>,
}

/// Figures that belong to no line.
pub(super) struct NamelessRow {
    pub texts: Vec<String>,
    pub label: Option<StrangeLabel>,
}

/// A label that no line of the form has.
pub(super) struct StrangeLabel {
    pub text: String,
    /// The last line of the group that it is the heading of.
    pub group: Option<usize>,
}

/// Reads the strips from top to bottom.
pub(super) fn read(form: &Prescribed<'_>, strips: Vec<Strip>) -> TableEvidence {
    let mut reader = EvidenceReader {
        form,
        heads: Heads::new(form),
        after_figures: false,
        pending: Vec::new(),
        above: None,
        found: TableEvidence::default(),
    };
    for strip in strips {
        match strip {
            Strip::Row(row) if row.loose => reader.loose_row(&row),
            Strip::Row(row) => reader.table_row(&row),
            Strip::Labels(labels) => reader.wait_for_figures(labels),
        }
    }
    let over: Vec<&str> = reader.pending.iter().map(String::as_str).collect();
    let over = form.match_label(&over, true);
    reader.found.over = over.filter(|over| over.far == 0).map(|over| over.line);
    reader.found
}

struct EvidenceReader<'a> {
    form: &'a Prescribed<'a>,
    /// Rows without figures since the last row with figures.
    heads: Heads<'a>,
    after_figures: bool,
    /// The folded labels since the last figures, perhaps torn off the row below.
    pending: Vec<String>,
    /// The line of the row above that stands with its label.
    above: Option<usize>,
    found: TableEvidence,
}

impl EvidenceReader<'_> {
    fn table_row(&mut self, row: &Row) {
        if row.filled.is_empty() {
            return;
        }
        let has_figures = row.filled.iter().any(|cell| is_value(&cell.text));
        let meaning = if let Some(found) = self.form.find_line(row, &self.pending, has_figures) {
            self.after_figures = true;
            let printed = found.used.checked_sub(1);
            let printed = printed.and_then(|last| row.filled.get(last));
            let printed = printed.map_or_else(|| self.pending.concat(), |cell| cell.text.clone());
            self.pending.clear();
            if !has_figures {
                let last = row.filled.last().map(|cell| cell.folded.clone());
                self.pending.extend(last);
            }
            let bond = if found.used > 0 {
                self.above = Some(found.line);
                Bond::Own
            } else {
                Bond::Lent
            };
            Meaning::Line(self.line_row(row, found, Some(printed), bond))
        } else if has_figures {
            self.after_figures = true;
            self.pending.clear();
            self.without_line(row)
        } else {
            let remarks = self.heading(row);
            self.wait_for_figures(row.filled.iter().map(|cell| cell.folded.clone()));
            Meaning::Remarks(remarks)
        };
        self.found.rows.push(RowEvidence {
            is_labelled: row.lead() > 0,
            meaning,
        });
    }

    /// Takes a row of headings; returns what is to be said of them.
    fn heading(&mut self, row: &Row) -> Vec<Remark> {
        if self.after_figures {
            self.heads.clear();
            self.after_figures = false;
        }
        self.heads.push(row.clone());
        self.found.shapes.extend(self.form.shapes_of(row));
        self.found.has_heads |= self.heads.name_columns();
        self.form.altered_headings(row)
    }

    /// Takes a row out of running text, where only exact labels and full rows count.
    fn loose_row(&mut self, row: &Row) {
        let used = row.lead();
        let parts = row.filled.get(..used).unwrap_or_default();
        let mut folded: Vec<&str> = self.pending.iter().map(String::as_str).collect();
        folded.extend(parts.iter().map(|cell| cell.folded.as_str()));
        self.found.has_heads |= !folded.is_empty() && self.form.named_in(&folded.concat());
        let heads = |cells: &[_]| Row {
            filled: cells.to_vec(),
            loose: true,
            ..Row::default()
        };
        let meaning = match self.form.match_label(&folded, true) {
            Some(LabelMatch { line, far, took }) => {
                let before = used.saturating_sub(took);
                self.heads
                    .replace(heads(parts.get(..before).unwrap_or_default()));
                let printed = parts.last().map(|cell| cell.text.clone());
                let found = FoundLine { line, used, far };
                let printed = Some(printed.unwrap_or_default());
                let bond = if row.beside {
                    Bond::Beside
                } else if are_scattered(self.form, &folded, self.above) {
                    Bond::Scattered
                } else {
                    Bond::Before
                };
                if bond != Bond::Scattered {
                    self.above = Some(line);
                }
                Some(Meaning::Line(self.line_row(row, found, printed, bond)))
            }
            None if self.form.unlabelled_line().is_some() => {
                self.heads.replace(heads(parts));
                Some(self.without_line(row))
            }
            None => {
                let behind_head = folded.last().is_some_and(|last| self.form.is_head(last));
                self.found.by_columns += usize::from(behind_head);
                let is_bare = behind_head || folded.is_empty();
                let lost = if is_bare { Lost::Bare } else { Lost::Unknown };
                let count = row.filled.len() - used;
                let is_whole = count > 1 && self.form.is_as_wide(count);
                is_whole.then_some(Meaning::Lost(lost))
            }
        };
        self.found.rows.extend(meaning.map(|meaning| RowEvidence {
            is_labelled: false,
            meaning,
        }));
        self.pending.clear();
        self.after_figures = true;
    }

    /// What a row with figures says whose label is that of no line.
    fn without_line(&self, row: &Row) -> Meaning {
        let used = row.lead();
        if let Some(line) = self.form.unlabelled_line() {
            if !self.heads.name_columns() {
                return Meaning::Remarks(Vec::new());
            }
            let found = FoundLine { line, used, far: 0 };
            return Meaning::Line(self.line_row(row, found, None, Bond::Own));
        }
        let last = used.checked_sub(1).and_then(|last| row.filled.get(last));
        Meaning::Nameless(NamelessRow {
            texts: texts_after(row, used),
            label: last.map(|label| StrangeLabel {
                text: label.text.clone(),
                group: self.form.group_end(&label.folded),
            }),
        })
    }

    fn line_row(
        &self,
        row: &Row,
        found: FoundLine,
        printed: Option<String>,
        bond: Bond,
    ) -> LineRow {
        let FoundLine { line, used, far } = found;
        let fields = self.form.fields(line);
        let texts = texts_after(row, used);
        let is_full = texts.len() == fields.len();
        let label = printed.map(|printed| RowLabel {
            printed,
            far,
            first: row.filled.first().map(|cell| cell.text.clone()),
        });
        LineRow {
            line,
            label,
            loose: row.loose,
            bond,
            order: self
                .form
                .band(line)
                .and_then(|at| self.heads.order(at, fields.len())),
            certain: (!is_full)
                .then(|| self.heads.certain(line, row, used))
                .flatten(),
            squares: row.squares(used, fields.len()),
            ways: if is_full {
                Vec::new()
            } else {
                self.form.ways(line, row, used)
            },
            may_repeat: self.form.may_repeat(line, row, used),
            shape: row.shape(used),
            is_close: row.is_close(used),
            texts,
        }
    }

    /// Keeps the last labels without figures for the row below them.
    fn wait_for_figures(&mut self, labels: impl IntoIterator<Item = String>) {
        self.pending.extend(labels);
        let excess = self.pending.len().saturating_sub(PENDING);
        self.pending.drain(..excess);
    }
}
