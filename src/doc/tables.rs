//! From the tables of a document to the cells of a report, by their labels and never by place alone.

mod heads;

use std::collections::{BTreeMap, BTreeSet};

use super::normal::{closeness, closest, unnumbered};
use super::place::{is_value, place_by_sums, read_cell};
use super::rows::{Labels, Printed, Row, rows_of, texts_after};
use crate::doc;
use crate::form::{Edition, FieldId, Table};
use crate::report::{Edit, Entry, Report, note};

/// How many rows of one document are looked at; no report has more.
const ROWS: usize = 20_000;

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

/// Reads one statutory table out of the tables of a document; returns how many rows were found.
pub(super) fn read_table(
    name: &str,
    table: &Table,
    pool: &[&doc::Table],
    report: &mut Report,
    notes: &mut Vec<String>,
) -> usize {
    let mut walk = Walk {
        name,
        table,
        labels: Labels::new(table),
        heads: Vec::new(),
        after_figures: false,
        torn: None,
        found: BTreeMap::new(),
        exact: BTreeSet::new(),
        short: Vec::new(),
        grouped: Vec::new(),
        notes: Vec::new(),
        seen_head: false,
    };
    for row in pool.iter().flat_map(|table| rows_of(table)).take(ROWS) {
        walk.row(&row, report.edition());
    }
    walk.place_grouped(report.edition());
    let count = walk.found.len().max(usize::from(walk.seen_head));
    walk.enter(report);
    notes.append(&mut walk.notes);
    count
}

/// A walk down the rows of the document for one statutory table.
struct Walk<'a> {
    name: &'a str,
    table: &'a Table,
    labels: Labels,
    /// Rows without figures since the last row with figures.
    heads: Vec<Row>,
    after_figures: bool,
    /// A lone label above, perhaps torn off the row below.
    torn: Option<String>,
    /// What was read for each line.
    found: BTreeMap<usize, Vec<Entry>>,
    /// Lines whose label was printed as prescribed.
    exact: BTreeSet<usize>,
    /// Lines with fewer figures than cells.
    short: Vec<(usize, Vec<String>)>,
    /// Rows whose label is that of a group of lines.
    grouped: Vec<(usize, String, Vec<String>)>,
    notes: Vec<String>,
    seen_head: bool,
}

impl Walk<'_> {
    fn row(&mut self, row: &Row, edition: &Edition) {
        if row.filled.is_empty() {
            return;
        }
        let has_figures = row.filled.iter().any(|cell| is_value(&cell.text));
        let torn = self.torn.take();
        if let Some((line, used, note)) = self.find_line(row, has_figures, torn.as_deref()) {
            self.after_figures = true;
            if self.outranks(line, note.is_none(), row) {
                self.notes.extend(note);
                self.place(line, row, used, edition);
            }
            return;
        }
        if !has_figures {
            if self.after_figures {
                self.heads.clear();
                self.after_figures = false;
            }
            self.heads.push(row.clone());
            if let [cell] = row.filled.as_slice() {
                self.torn = Some(cell.folded.clone());
            }
            self.seen_head |= self.names_columns();
            return;
        }
        self.after_figures = true;
        self.unlabelled(row, edition);
    }

    /// Whether a row may speak for a line: a label as prescribed counts for more than a similar one.
    fn outranks(&mut self, line: usize, is_exact: bool, row: &Row) -> bool {
        if is_exact {
            if self.exact.insert(line) {
                self.found.remove(&line);
                self.short.retain(|(other, _)| *other != line);
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
        let used = row
            .filled
            .iter()
            .take_while(|cell| !is_value(&cell.text))
            .count();
        if let Some((line, _)) = self.unlabelled_line() {
            if self.names_columns() {
                self.place(line, row, used, edition);
            }
            return;
        }
        let texts = texts_after(row, used);
        let last = used.checked_sub(1).and_then(|last| row.filled.get(last));
        let Some(label) = last else {
            let figures = texts.join("、");
            self.note(&format!("有一行没有行名，数字“{figures}”没有导入"));
            return;
        };
        let group = self.group_end(&label.folded);
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

    /// The line a row belongs to, how many of its cells are labels, and what is to be noted.
    fn find_line(
        &self,
        row: &Row,
        has_figures: bool,
        torn: Option<&str>,
    ) -> Option<(usize, usize, Option<String>)> {
        let lead = row
            .filled
            .iter()
            .take_while(|cell| !is_value(&cell.text))
            .count();
        for used in (1..=lead).rev() {
            let over = row.filled.get(used..lead).unwrap_or_default();
            // What would be left over as an unreadable figure must not be a label itself.
            let is_label = |cell: &Printed| {
                unnumbered(&cell.folded) != cell.folded || cell.folded.chars().count() > 12
            };
            if over.iter().any(is_label) {
                break;
            }
            let parts = row.filled.get(..used).unwrap_or_default();
            let Some((line, far)) = self.match_label(parts, torn) else {
                continue;
            };
            if !has_figures && (far > 0 || used < lead) {
                continue;
            }
            let printed = parts
                .last()
                .map(|cell| cell.text.as_str())
                .unwrap_or_default();
            let prescribed = self
                .table
                .lines
                .get(line)
                .and_then(|line| line.labels.last());
            let prescribed = prescribed.map(String::as_str).unwrap_or_default();
            let note = (far > 0).then(|| note::altered_label(self.name, printed, prescribed));
            return Some((line, used, note));
        }
        None
    }

    fn match_label(&self, parts: &[Printed], torn: Option<&str>) -> Option<(usize, usize)> {
        let last = &parts.last()?.folded;
        let joined: String = parts.iter().map(|cell| cell.folded.as_str()).collect();
        let leaves = || {
            let lines = self.labels.lines.iter().enumerate();
            lines.filter_map(|(index, path)| Some((index, path.last()?.as_str())))
        };
        let near = closest(last, leaves());
        if let Some((line, 0)) = near {
            return Some((line, 0));
        }
        for (index, path) in self.labels.lines.iter().enumerate() {
            let suffixes = (0..path.len()).filter_map(|start| path.get(start..));
            let mut suffixes = suffixes.map(<[String]>::concat);
            if suffixes.any(|suffix| suffix == joined) {
                return Some((index, 0));
            }
        }
        if near.is_some() {
            return near;
        }
        let whole = format!("{}{last}", torn?);
        closest(&whole, leaves()).filter(|(_, far)| *far <= 1)
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
        let mut placed: Vec<&str> = vec![""; fields.len()];
        if texts.len() == fields.len() {
            for (text, column) in texts.iter().zip(order) {
                if let Some(place) = placed.get_mut(column) {
                    *place = text;
                }
            }
        } else if texts.len() > fields.len() {
            self.note(&format!(
                "“{label}”一行有{}个数字，表中只有{}格，没有导入",
                texts.len(),
                fields.len()
            ));
        } else if let Some(columns) = self.rigid(index, row, used) {
            for (cell, column) in row.filled.iter().skip(used).zip(columns) {
                if let Some(place) = placed.get_mut(column) {
                    *place = &cell.text;
                }
            }
        } else if !texts.is_empty() {
            self.short.push((index, texts));
            return;
        }
        self.state(index, &placed, edition);
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

    /// A row named after a whole group goes to the group's last line when no line of it was printed.
    fn place_grouped(&mut self, edition: &Edition) {
        for (line, label, texts) in std::mem::take(&mut self.grouped) {
            let outer = |index: usize| {
                let path = self.labels.lines.get(index)?;
                path.get(..path.len().checked_sub(1)?)
            };
            let taken = self
                .found
                .keys()
                .chain(self.short.iter().map(|(index, _)| index))
                .any(|&other| outer(other) == outer(line));
            let target = self.table.lines.get(line);
            let fits = target.is_some_and(|target| target.fields.len() == texts.len());
            if taken || !fits {
                self.note(&format!("“{label}”一行下面另有分项，这一行的数字没有导入"));
                continue;
            }
            let last = target
                .and_then(|line| line.labels.last())
                .cloned()
                .unwrap_or_default();
            self.note(&format!("“{label}”只有一行，数字计入“{last}”，请核对"));
            let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
            self.state(line, &texts, edition);
        }
    }

    /// Enters everything that was read, then the rows that only sums can place.
    fn enter(&mut self, report: &mut Report) {
        let fields = |index: usize| -> &[FieldId] {
            let line = self.table.lines.get(index);
            line.map(|line| line.fields.as_slice()).unwrap_or_default()
        };
        for (index, entries) in &self.found {
            for (id, entry) in fields(*index).iter().zip(entries) {
                report.apply(Edit::Enter(*id, entry.clone()));
            }
        }
        let mut unplaced = Vec::new();
        for (index, texts) in std::mem::take(&mut self.short) {
            if self.found.contains_key(&index) {
                continue;
            }
            let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
            let label = self
                .table
                .lines
                .get(index)
                .and_then(|line| line.labels.last());
            let label = label.map_or(self.name, String::as_str);
            match place_by_sums(report, self.table, fields(index), &texts) {
                Some(entries) => {
                    for (id, entry) in entries {
                        report.apply(Edit::Enter(id, entry));
                    }
                    self.notes.push(format!(
                        "{}：“{label}”一行少印了数字，已按合计关系填入，请核对",
                        self.name
                    ));
                }
                None => unplaced.push(format!(
                    "{}：“{label}”一行只有{}个数字（{}），无法确定属于哪几格，没有导入",
                    self.name,
                    texts.len(),
                    texts.join("、")
                )),
            }
        }
        self.notes.append(&mut unplaced);
    }
}
