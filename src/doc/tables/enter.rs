//! What was read of a table goes into the report: full rows first, then what only sums can place.

use std::collections::BTreeSet;

use super::TableReader;
use super::blanks::only_way;
use crate::doc::place::{IncompleteRow, adds_up, place_by_sums, read_cell};
use crate::form::{Edition, FieldId};
use crate::report::{Edit, Report};

impl TableReader<'_> {
    /// A row named after a whole group goes to the group's last line when no line of it was printed.
    pub(super) fn place_grouped(&mut self, edition: &Edition) {
        for (line, label, texts) in std::mem::take(&mut self.grouped) {
            let outer = |index: usize| {
                let path = self.labels.lines.get(index)?;
                path.get(..path.len().checked_sub(1)?)
            };
            let taken = self
                .found
                .keys()
                .copied()
                .chain(self.short.iter().map(|short| short.line))
                .any(|other| outer(other) == outer(line));
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
    pub(super) fn enter(&mut self, report: &mut Report) {
        let mut known: BTreeSet<FieldId> = BTreeSet::new();
        for (index, entries) in &self.found {
            let line = self.table.lines.get(*index);
            let fields = line.map(|line| line.fields.as_slice()).unwrap_or_default();
            for (id, entry) in fields.iter().zip(entries) {
                report.apply(Edit::Enter(*id, entry.clone()));
                known.insert(*id);
            }
        }
        let mut waiting = std::mem::take(&mut self.short);
        waiting.retain(|short| !self.found.contains_key(&short.line));
        // Where full rows have as many cells, the empty ones of this row are the blanks.
        waiting.retain(|short| {
            let known_shape = self.has_shape(short);
            if known_shape {
                self.enter_squares(short, report, &mut known);
            }
            !known_shape
        });
        let all = waiting.clone();
        self.enter_by_sums(report, &mut waiting, &mut known);
        waiting.retain(|short| {
            let way = only_way(report, short).filter(|_| !is_twice(short, &all));
            let Some(placed) = way.and_then(|way| short.placed(way)) else {
                return true;
            };
            self.enter_placed(short, &placed, report, &mut known);
            false
        });
        self.enter_by_sums(report, &mut waiting, &mut known);
        waiting.retain(|short| {
            let fits = !is_twice(short, &all) && adds_up(report, short);
            if fits {
                self.enter_squares(short, report, &mut known);
            }
            !fits
        });
        for short in waiting {
            let label = self.label(short.line);
            self.notes.push(format!(
                "{}：“{label}”一行只有{}个数字（{}），无法确定属于哪几格，没有导入",
                self.name,
                short.texts.len(),
                short.texts.join("、")
            ));
        }
    }

    /// Places the rows that only sums can place; each row that is placed may decide another one.
    fn enter_by_sums(
        &mut self,
        report: &mut Report,
        waiting: &mut Vec<IncompleteRow>,
        known: &mut BTreeSet<FieldId>,
    ) {
        let all = waiting.clone();
        loop {
            let before = waiting.len();
            waiting.retain(|short| {
                if is_twice(short, &all) {
                    return true;
                }
                let Some(entries) = place_by_sums(report, short, known) else {
                    return true;
                };
                for (id, entry) in entries {
                    report.apply(Edit::Enter(id, entry));
                }
                known.extend(short.fields.iter().copied());
                let label = self.label(short.line);
                self.notes.push(format!(
                    "{}：“{label}”一行少印了数字，已按合计关系填入，请核对",
                    self.name
                ));
                false
            });
            if waiting.len() == before {
                break;
            }
        }
    }

    /// Whether full rows of the same band, or its headings, have cells in the same places.
    fn has_shape(&self, short: &IncompleteRow) -> bool {
        let line = self.table.lines.get(short.line);
        let Some(band) = line
            .map(|line| line.band)
            .filter(|_| short.squares.is_some())
        else {
            return false;
        };
        let (label, cells) = short.shape;
        let least = label + 1 + short.fields.len();
        let mut known = self
            .shapes
            .iter()
            .filter(|(own, shape)| *own == band && shape.0 == label);
        if short.has_total {
            return cells == least && known.any(|(_, shape)| shape.1 == least);
        }
        // Without a total nothing else speaks for the squares: none may have been dropped.
        known.any(|(_, shape)| (least..=cells).contains(&shape.1))
    }

    fn enter_squares(
        &mut self,
        short: &IncompleteRow,
        report: &mut Report,
        known: &mut BTreeSet<FieldId>,
    ) {
        let placed = short.in_squares().unwrap_or_default();
        self.enter_placed(short, &placed, report, known);
    }

    fn enter_placed(
        &mut self,
        short: &IncompleteRow,
        placed: &[&str],
        report: &mut Report,
        known: &mut BTreeSet<FieldId>,
    ) {
        for (id, text) in short.fields.iter().zip(placed) {
            let (entry, note) = read_cell(report.edition().field(*id), text);
            self.notes.extend(note);
            report.apply(Edit::Enter(*id, entry));
            known.insert(*id);
        }
    }
}

/// Whether a line was printed twice with too few figures.
fn is_twice(short: &IncompleteRow, all: &[IncompleteRow]) -> bool {
    let same = all.iter().filter(|other| other.line == short.line);
    same.count() > 1
}
