//! Sixth: what was placed goes into the report: full rows first, then what only sums can place.

use std::collections::BTreeSet;

use super::blanks::only_way;
use super::placement::{GroupRow, TablePlacement};
use super::remark::Remark;
use crate::doc::place::{IncompleteRow, adds_up, place_by_sums, read_cell};
use crate::form::FieldId;
use crate::report::{Edit, Report};

impl TablePlacement<'_> {
    /// A row named after a whole group goes to the group's last line when no line of it was printed.
    pub fn place_grouped(&mut self) {
        for GroupRow { line, label, texts } in std::mem::take(&mut self.grouped) {
            let outer = |line: usize| {
                let path = self.form.labels.lines.get(line)?;
                path.get(..path.len().checked_sub(1)?)
            };
            let short = self.short.iter().map(|short| short.line);
            let mut read = self.found.keys().copied().chain(short);
            let taken = read.any(|other| outer(other) == outer(line));
            if taken || self.form.fields(line).len() != texts.len() {
                self.remarks.push(Remark::GroupHasLines(label));
                continue;
            }
            self.remarks.push(Remark::GroupAsLine {
                label,
                line: self.form.label(line).to_owned(),
            });
            self.keep(line, &texts);
        }
    }

    /// Enters everything that was read, then the rows that only sums can place.
    pub fn enter(&mut self, report: &mut Report) {
        let mut known: BTreeSet<FieldId> = BTreeSet::new();
        for (line, entries) in &self.found {
            for (id, entry) in self.form.fields(*line).iter().zip(entries) {
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
            self.remarks.push(Remark::TooFewFigures {
                label: self.form.label(short.line).to_owned(),
                figures: short.texts,
            });
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
                self.say(Remark::PlacedBySums, short.line);
                false
            });
            if waiting.len() == before {
                break;
            }
        }
    }

    /// Whether full rows of the same band, or its headings, have cells in the same places.
    fn has_shape(&self, short: &IncompleteRow) -> bool {
        let band = self.form.band(short.line);
        let Some(band) = band.filter(|_| short.squares.is_some()) else {
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
            self.remarks.extend(note.map(Remark::Cell));
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
