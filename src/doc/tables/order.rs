//! Third: whether figures and a label that stand apart belong together. The order of all rows must leave
//! one answer; rows that show their own label are what the others are measured by.

use std::collections::BTreeSet;

use super::bond::{Bond, Lost};
use super::evidence::{LineRow, Meaning, TableEvidence};
use super::prescribed::Prescribed;
use super::remark::Remark;

/// What a row was, and where it stands among the others.
struct OrderedRow {
    at: usize,
    kind: Place,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    Own(usize),
    Loose(usize),
    Lent(usize),
    Lost(Lost),
}

impl Place {
    /// The line of a row that stands with its label.
    fn own(self) -> Option<usize> {
        match self {
            Self::Own(line) | Self::Loose(line) => Some(line),
            Self::Lent(_) | Self::Lost(_) => None,
        }
    }

    fn is_apart(self) -> bool {
        matches!(self, Self::Lent(_) | Self::Lost(Lost::Bare))
    }
}

/// Takes away the rows whose figures may be of another line than that of their label, and says so.
pub(super) fn doubt(form: &Prescribed<'_>, evidence: &mut TableEvidence) {
    let steps = steps(form, evidence);
    let mut doubted = BTreeSet::from_iter(lent(form, &steps));
    let scattered = evidence.rows.iter().enumerate().filter_map(|(at, row)| {
        let Meaning::Line(row) = &row.meaning else {
            return None;
        };
        (row.bond == Bond::Scattered).then_some(at)
    });
    doubted.extend(scattered);
    let shifted = shifted(form, evidence, &steps);
    for at in doubted {
        let Some(row) = evidence.rows.get_mut(at) else {
            continue;
        };
        if let Meaning::Line(line) = &row.meaning {
            let remark = remark(form, line);
            row.meaning = Meaning::Remarks(vec![remark]);
        }
    }
    for at in shifted {
        if let Some(row) = evidence.rows.get_mut(at) {
            row.meaning = Meaning::Remarks(vec![Remark::PerhapsShifted]);
        }
    }
}

fn remark(form: &Prescribed<'_>, row: &LineRow) -> Remark {
    let (label, figures) = (form.label(row.line).to_owned(), row.texts.clone());
    if row.bond == Bond::Scattered {
        Remark::ScatteredLabels { label, figures }
    } else {
        Remark::LabelApart { label, figures }
    }
}

fn steps(form: &Prescribed<'_>, evidence: &TableEvidence) -> Vec<OrderedRow> {
    let mut steps: Vec<OrderedRow> = Vec::new();
    for (at, row) in evidence.rows.iter().enumerate() {
        let mut push = |kind| steps.push(OrderedRow { at, kind });
        match &row.meaning {
            Meaning::Remarks(_) => {}
            Meaning::Lost(lost) => push(Place::Lost(*lost)),
            Meaning::Nameless(row) => {
                // A lone figure between the rows is the number of a page, and some are the rest of
                // the row above.
                let above = at.checked_sub(1).and_then(|above| evidence.rows.get(above));
                let count = row.texts.len();
                let is_rest = above.is_some_and(|above| match &above.meaning {
                    Meaning::Line(above) => {
                        above.texts.len() + count == form.fields(above.line).len()
                    }
                    _ => false,
                });
                if row.label.is_none() && count > 1 && !is_rest {
                    push(Place::Lost(Lost::Bare));
                }
            }
            Meaning::Line(row) if row.label.is_none() || row.bond == Bond::Scattered => {}
            Meaning::Line(row) => match row.bond {
                Bond::Own => push(Place::Own(row.line)),
                Bond::Lent => {
                    // A label in a row of its own, and its figures in the next one, are one row.
                    steps.pop_if(|last| last.kind == Place::Own(row.line));
                    let kind = Place::Lent(row.line);
                    steps.push(OrderedRow { at, kind });
                }
                _ => {
                    push(Place::Loose(row.line));
                    let cells = form.fields(row.line).len();
                    if cells > 1 && row.texts.len() >= 2 * cells {
                        push(Place::Lost(Lost::Bare));
                    }
                }
            },
        }
    }
    steps
}

/// The rows that took the label above them though the rows around leave another choice.
fn lent(form: &Prescribed<'_>, steps: &[OrderedRow]) -> Vec<usize> {
    let mut doubted = Vec::new();
    let mut start = 0;
    while let Some(rest) = steps.get(start..).filter(|rest| !rest.is_empty()) {
        let run = rest.iter().take_while(|step| step.kind.is_apart()).count();
        let run = rest.get(..run).unwrap_or_default();
        let end = start + run.len();
        let kind = |step: &OrderedRow| step.kind;
        let before = start.checked_sub(1).and_then(|at| steps.get(at)).map(kind);
        if !is_closed(form, before, run, steps.get(end).map(kind)) {
            let lent = run
                .iter()
                .filter(|step| matches!(step.kind, Place::Lent(_)));
            doubted.extend(lent.map(|step| step.at));
        }
        start = end + 1;
    }
    doubted
}

/// Whether the rows of a run are exactly the lines between the rows around it.
fn is_closed(
    form: &Prescribed<'_>,
    before: Option<Place>,
    run: &[OrderedRow],
    after: Option<Place>,
) -> bool {
    let lines = run.iter().map(|step| match step.kind {
        Place::Lent(line) => Some(line),
        _ => None,
    });
    let Some(lines) = lines.collect::<Option<Vec<usize>>>() else {
        return false;
    };
    let (Some(&first), Some(&last)) = (lines.first(), lines.last()) else {
        return true;
    };
    let is_edge =
        |other: Option<usize>, line| other.and_then(|at| form.band(at)) != form.band(line);
    let begins = match before {
        Some(kind) => kind.own().is_some_and(|line| line + 1 == first),
        None => is_edge(first.checked_sub(1), first),
    };
    let ends = match after {
        Some(kind) => kind.own().is_some_and(|line| last + 1 == line),
        None => is_edge(Some(last + 1), last),
    };
    begins && ends && lines.is_sorted_by(|a, b| a + 1 == *b)
}

/// The rows of running text that may all be one row too low: those behind figures of a whole row
/// that stand without a label, unless their own label stands beside them.
fn shifted(form: &Prescribed<'_>, evidence: &TableEvidence, steps: &[OrderedRow]) -> Vec<usize> {
    // A label left over at the end has its figures somewhere above.
    let left = evidence.over.filter(|&line| {
        let has_figures = |row: &LineRow| row.line == line && !row.texts.is_empty();
        !evidence.rows.iter().any(|row| match &row.meaning {
            Meaning::Line(row) => has_figures(row),
            _ => false,
        })
    });
    let misses_figures = left.is_some_and(|line| !form.fields(line).is_empty());
    let is_shift = |step: &&OrderedRow| match step.kind {
        Place::Lost(lost) => lost == Lost::Bare || misses_figures,
        _ => false,
    };
    let behind = steps.iter().skip_while(|step| !is_shift(step));
    let is_before = |step: &&OrderedRow| {
        let row = evidence.rows.get(step.at).map(|row| &row.meaning);
        matches!(row, Some(Meaning::Line(row)) if row.bond == Bond::Before)
    };
    behind.filter(is_before).map(|step| step.at).collect()
}
