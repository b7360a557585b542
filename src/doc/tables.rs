//! From the tables of a document to the cells of a report, by their labels and never by place alone.

mod apart;
mod blanks;
mod enter;
mod heads;
mod labels;
mod running;
mod source;
mod torn;

use std::collections::{BTreeMap, BTreeSet};

pub(super) use self::source::Source;
use self::source::is_page_number;
use super::loose::{Loose, is_prose};
use super::normal::{closeness, fold};
use super::place::{IncompleteRow, is_value, read_cell};
use super::rows::{Labels, Row, rows_of, texts_after};
use crate::form::{Edition, Table};
use crate::report::{Entry, Report, note};

/// How many rows of one document are looked at; no report has more.
const ROWS: usize = 20_000;
/// How many labels without figures are kept for the row below them.
const PENDING: usize = 40;

/// Every label by which an edition can be told: lines and column headings, folded.
pub(super) fn telling_labels(edition: &Edition) -> Vec<String> {
    let mut labels = Vec::new();
    for (_, table) in edition.tables() {
        let own = Labels::new(table);
        labels.extend(own.lines.into_iter().filter_map(|mut path| path.pop()));
        labels.extend(own.heads.into_iter().flatten());
    }
    labels.sort();
    labels.dedup();
    labels
}

/// Every label of a table in one, to tell the lines that are part of it.
pub(super) fn all_labels(table: &Table) -> String {
    let groups = table.bands.iter().flat_map(|band| &band.columns).flatten();
    let groups = groups.map(|label| fold(label));
    let labels = Labels::new(table);
    labels.all().map(str::to_owned).chain(groups).collect()
}

/// Whether a table of the document bears the caption of a band of a statutory table.
pub(super) fn are_captioned(table: &Table, pool: &[Source<'_>]) -> bool {
    let captions: Vec<String> = table.bands.iter().map(|band| fold(&band.caption)).collect();
    pool.iter().any(|source| match source {
        Source::Table(printed) => printed.cells.iter().any(|cell| {
            let cell = fold(&cell.text);
            !cell.is_empty() && captions.contains(&cell)
        }),
        Source::Line(_) => false,
    })
}

/// Whether a line of text is nothing but labels and figures of a table with these labels.
pub(super) fn is_of(labels: &str, line: &str) -> bool {
    let own = |word: &str| {
        let folded = fold(word);
        let bare = folded.trim_end_matches(|c: char| c.is_ascii_digit());
        is_value(word) || labels.contains(folded.as_str()) || labels.contains(bare)
    };
    !is_prose(line) && (own(line) || line.split_whitespace().all(own))
}

/// Reads one statutory table out of a part of a document; returns how many rows were found.
pub(super) fn read_table(
    name: &str,
    table: &Table,
    pool: &[Source<'_>],
    report: &mut Report,
    notes: &mut Vec<String>,
) -> usize {
    let mut walk = TableReader {
        name,
        table,
        labels: Labels::new(table),
        heads: Vec::new(),
        after_figures: false,
        pending: Vec::new(),
        loose: Loose::default(),
        by_columns: 0,
        found: BTreeMap::new(),
        loose_lines: BTreeSet::new(),
        exact: BTreeSet::new(),
        short: Vec::new(),
        shapes: BTreeSet::new(),
        grouped: Vec::new(),
        notes: Vec::new(),
        seen_head: false,
        torn: None,
        stray: torn::OrphanFigures::default(),
        disorder: false,
    };
    let mut rows = 0;
    let apart = apart::find(table, &walk.labels, pool);
    if let Some(apart) = &apart {
        let texts: Vec<&str> = apart.texts.iter().map(String::as_str).collect();
        walk.state(apart.line, &texts, report.edition());
    }
    let is_read = |at: &usize| {
        apart
            .as_ref()
            .is_some_and(|apart| apart.sources.contains(at))
    };
    for (at, source) in pool.iter().enumerate().filter(|(at, _)| !is_read(at)) {
        match source {
            // Between the parts of a table stands nothing but the number of a page.
            Source::Line(line) if is_page_number(pool, at, line) => {}
            Source::Table(table) => {
                walk.end_of_text(report.edition());
                for row in rows_of(table).iter().take(ROWS - rows) {
                    walk.row(row, report.edition());
                    rows += 1;
                }
            }
            Source::Line(line) => rows += walk.line(line, report.edition()),
        }
        if rows >= ROWS {
            break;
        }
    }
    walk.end_of_text(report.edition());
    walk.distrust_columns();
    walk.distrust_sums(report.edition());
    walk.place_grouped(report.edition());
    let count = walk.found.len().max(usize::from(walk.seen_head));
    walk.enter(report);
    notes.append(&mut walk.notes);
    count
}

/// A walk down the rows of the document for one statutory table.
struct TableReader<'a> {
    name: &'a str,
    table: &'a Table,
    labels: Labels,
    /// Rows without figures since the last row with figures.
    heads: Vec<Row>,
    after_figures: bool,
    /// The folded labels since the last figures, perhaps torn off the row below.
    pending: Vec<String>,
    /// Words of running text on their way to rows.
    loose: Loose,
    /// How often running text gave figures right behind a column's heading: column by column.
    by_columns: usize,
    /// What was read for each line.
    found: BTreeMap<usize, Vec<Entry>>,
    /// Lines that were read out of running text.
    loose_lines: BTreeSet<usize>,
    /// Lines whose label was printed as prescribed.
    exact: BTreeSet<usize>,
    /// Lines with fewer figures than cells.
    short: Vec<IncompleteRow>,
    /// How full rows look, by band: where the label stands, and how many cells there are.
    shapes: BTreeSet<(usize, (usize, usize))>,
    /// Rows whose label is that of a group of lines.
    grouped: Vec<(usize, String, Vec<String>)>,
    notes: Vec<String>,
    seen_head: bool,
    /// The line of the row right above, when it had too few figures.
    torn: Option<usize>,
    stray: torn::OrphanFigures,
    /// Whether rows of running text had too few or too many figures.
    disorder: bool,
}

impl TableReader<'_> {
    fn row(&mut self, row: &Row, edition: &Edition) {
        if row.filled.is_empty() {
            return;
        }
        let has_figures = row.filled.iter().any(|cell| is_value(&cell.text));
        if row.lead() > 0 {
            self.torn = None;
        }
        if let Some((line, used, far)) = self.find_line(row, has_figures) {
            self.after_figures = true;
            if self.outranks(line, far == 0, row) {
                let printed = used.checked_sub(1).and_then(|last| row.filled.get(last));
                let printed =
                    printed.map_or_else(|| self.pending.concat(), |cell| cell.text.clone());
                self.note_altered(far, &printed, line);
                self.place(line, row, used, edition);
            }
            self.pending.clear();
            if !has_figures {
                self.pending
                    .extend(row.filled.last().map(|cell| cell.folded.clone()));
            }
            return;
        }
        if !has_figures {
            if self.after_figures {
                self.heads.clear();
                self.after_figures = false;
            }
            self.heads.push(row.clone());
            self.learn_shape(row);
            self.note_altered_headings(row);
            self.pending
                .extend(row.filled.iter().map(|cell| cell.folded.clone()));
            self.forget_pending();
            self.seen_head |= self.names_columns();
            return;
        }
        self.after_figures = true;
        self.unlabelled(row, edition);
        self.pending.clear();
    }

    fn note_altered(&mut self, far: usize, printed: &str, line: usize) {
        if far == 0 {
            return;
        }
        let line = self.table.lines.get(line);
        let prescribed = line.and_then(|line| line.labels.last()).cloned();
        let prescribed = prescribed.unwrap_or_default();
        self.notes
            .push(note::altered_label(self.name, printed, &prescribed));
    }

    /// Whether a row may speak for a line: a label as prescribed counts for more than a similar one.
    fn outranks(&mut self, line: usize, is_exact: bool, row: &Row) -> bool {
        if self.loose_lines.remove(&line) {
            self.found.remove(&line);
            self.short.retain(|short| short.line != line);
        }
        if is_exact {
            if self.exact.insert(line) {
                self.found.remove(&line);
                self.short.retain(|short| short.line != line);
            }
            return true;
        }
        let outranks = !self.exact.contains(&line);
        if !outranks && let Some(cell) = row.filled.first() {
            let label = cell.text.clone();
            self.note(&format!("“{label}”一行对不上表中的任何一行，没有导入"));
        }
        outranks
    }

    fn unlabelled_line(&self) -> Option<(usize, usize)> {
        let lines = self.table.lines.iter().enumerate();
        let mut empty = lines.filter(|(_, line)| line.labels.is_empty());
        empty.next().map(|(index, line)| (index, line.band))
    }

    fn unlabelled(&mut self, row: &Row, edition: &Edition) {
        let used = row.lead();
        if let Some((line, _)) = self.unlabelled_line() {
            if self.names_columns() {
                self.place(line, row, used, edition);
            }
            return;
        }
        let texts = texts_after(row, used);
        let last = used.checked_sub(1).and_then(|last| row.filled.get(last));
        let Some(label) = last else {
            let texts = match self.torn {
                Some(line) => {
                    let texts = self.with_torn(line, texts, edition);
                    if self.is_full(line, &texts) {
                        self.enter_full(line, texts, edition);
                        return;
                    }
                    texts
                }
                None => texts,
            };
            // A lone figure between the rows is the number of a page.
            if texts.len() > 1 {
                self.found_stray(edition);
                let figures = texts.join("、");
                self.note(&format!("有一行没有行名，数字“{figures}”没有导入"));
            }
            return;
        };
        let group = self.group_end(&label.folded);
        if group.is_none() {
            self.found_stray(edition);
        }
        if let Some(line) = group {
            self.grouped.push((line, label.text.clone(), texts));
        } else {
            let label = label.text.clone();
            self.note(&format!("“{label}”一行对不上表中的任何一行，没有导入"));
        }
    }

    fn note(&mut self, note: &str) {
        self.notes.push(format!("{}：{note}", self.name));
    }

    /// The last line of the group that has this heading.
    fn group_end(&self, folded: &str) -> Option<usize> {
        let lines = self.labels.lines.iter().enumerate();
        let inner = lines.filter(|(_, path)| {
            let outer = path.len().saturating_sub(1);
            path.iter()
                .take(outer)
                .any(|label| matches!(closeness(folded, label), Some(0 | 1)))
        });
        inner.map(|(index, _)| index).next_back()
    }

    /// Places the figures of a row that was recognised.
    fn place(&mut self, index: usize, row: &Row, used: usize, edition: &Edition) {
        let Some(line) = self.table.lines.get(index) else {
            return;
        };
        let texts = texts_after(row, used);
        let fields = line.fields.as_slice();
        let label = line.labels.last().cloned().unwrap_or_default();
        let Some(order) = self.order(line.band, fields.len()) else {
            if !texts.is_empty() {
                self.note(&format!("“{label}”一行上方的栏名对不上，数字没有导入"));
            }
            return;
        };
        let texts = self.with_torn(index, texts, edition);
        let shape = row.shape(used);
        if self.may_repeat(index, row, used) {
            self.note(&format!(
                "“{label}”一行有空格又有重复的数字，分不清属于哪几格，没有导入"
            ));
        } else if texts.len() == fields.len() {
            if row.is_close(used) {
                self.shapes.insert((line.band, shape));
            }
            let mut placed = vec![String::new(); fields.len()];
            for (text, column) in texts.into_iter().zip(order) {
                if let Some(place) = placed.get_mut(column) {
                    *place = text;
                }
            }
            if self.mend(index, &mut placed, edition) {
                let placed: Vec<&str> = placed.iter().map(String::as_str).collect();
                self.state(index, &placed, edition);
            }
        } else if let Some(columns) = self.rigid(index, row, used) {
            let mut placed: Vec<&str> = vec![""; fields.len()];
            for (cell, column) in row.filled.iter().skip(used).zip(columns) {
                if let Some(place) = placed.get_mut(column) {
                    *place = &cell.text;
                }
            }
            self.state(index, &placed, edition);
        } else if texts.len() > fields.len() {
            self.disorder |= row.loose;
            self.note(&format!(
                "“{label}”一行有{}个数字，表中只有{}格，没有导入",
                texts.len(),
                fields.len()
            ));
        } else if texts.is_empty() {
            self.state(index, &vec![""; fields.len()], edition);
        } else {
            self.disorder |= row.loose;
            let squares = row.squares(used, fields.len());
            let ways = self.ways(index, row, used);
            self.torn = Some(index);
            self.short.push(IncompleteRow {
                line: index,
                fields: fields.to_vec(),
                texts,
                squares,
                ways,
                has_total: fields.iter().any(|&id| edition.field(id).is_total()),
                shape,
            });
        }
    }

    /// Keeps what was read for a line, unless two rows contradict each other.
    fn state(&mut self, index: usize, texts: &[&str], edition: &Edition) {
        let Some(line) = self.table.lines.get(index) else {
            return;
        };
        let mut entries = Vec::new();
        let mut remarks = Vec::new();
        for (id, text) in line.fields.iter().zip(texts) {
            let (entry, note) = read_cell(edition.field(*id), text);
            entries.push(entry);
            remarks.extend(note);
        }
        let blank = |entries: &[Entry]| entries.iter().all(|entry| *entry == Entry::Blank);
        match self.found.get(&index) {
            Some(old) if blank(&entries) || *old == entries => return,
            Some(old) if !blank(old) => {
                let label = line.labels.last().cloned().unwrap_or_default();
                self.note(&format!(
                    "“{label}”一行出现两次而数字不同，留作空白，请核对"
                ));
                self.found
                    .insert(index, vec![Entry::Blank; line.fields.len()]);
                return;
            }
            _ => {}
        }
        self.notes.append(&mut remarks);
        self.found.insert(index, entries);
    }
}
