//! Rows with empty cells: which cells are the empty ones, by the squares of the row and its sums.
//!
//! A label may cover one square or all that the form gives it, so that a row can often be read in
//! several ways; it is placed when its own totals leave one of them.

use super::prescribed::Prescribed;
use crate::doc::place::{IncompleteRow, read_cell};
use crate::doc::rows::Row;
use crate::form::{Edition, FieldId};
use crate::report::{Number, Report};

/// How many empty squares behind the last cell are believed to be there for their looks.
const TRAILING: usize = 2;

impl Prescribed<'_> {
    /// The ways to see the figures of a row in its squares, each by the cell of every figure.
    pub fn ways(&self, line: usize, row: &Row, used: usize) -> Vec<Vec<usize>> {
        let even = row.columns.iter().enumerate().all(|(at, own)| at == *own);
        if row.loose || row.exact || !even {
            return Vec::new();
        }
        let count = self.fields(line).len();
        let label = used.checked_sub(1).and_then(|last| row.filled.get(last));
        let starts = match label {
            Some(label) => {
                let span = self.span_of(line).max(1);
                label.column + 1..label.column + span + 1
            }
            // Without a label all cells must be there to count from the first.
            None if (count..=count + TRAILING).contains(&row.columns.len()) => 0..1,
            None => return Vec::new(),
        };
        let way = |start: usize| -> Option<Vec<usize>> {
            let figures = row.filled.iter().skip(used);
            let cells = figures.map(|cell| cell.column.checked_sub(start));
            let cells: Option<Vec<usize>> = cells.collect();
            cells.filter(|cells| cells.iter().all(|cell| *cell < count))
        };
        starts.filter_map(way).collect()
    }

    /// Whether a row without spans may print one figure twice, since its cell covers two squares, and
    /// leave another cell empty.
    pub fn may_repeat(&self, line: usize, row: &Row, used: usize) -> bool {
        let fields = self.fields(line);
        let grid = &self.table.grid;
        let wide = |id: &FieldId| {
            grid.square_of(*id)
                .is_some_and(|square| square.column_span > 1)
        };
        let figures = row.filled.get(used..).unwrap_or_default();
        let repeated = figures.windows(2).any(|pair| match pair {
            [a, b] => a.folded == b.folded && a.column + 1 == b.column,
            _ => false,
        });
        let blank = !row.loose && !row.is_close(used);
        !row.exact && blank && repeated && figures.len() == fields.len() && fields.iter().any(wide)
    }
}

/// The cell of each figure, when exactly one way gives every total that belongs to the figures.
pub(super) fn only_way<'a>(report: &Report, short: &'a IncompleteRow) -> Option<&'a [usize]> {
    let mut fitting = short
        .ways
        .iter()
        .filter(|way| has_its_totals(report.edition(), &short.fields, &short.texts, way));
    match (fitting.next(), fitting.next()) {
        (Some(way), None) => Some(way),
        _ => None,
    }
}

/// Whether a total of a full line is not the sum of its parts.
pub(super) fn contradicts<T: AsRef<str>>(
    edition: &Edition,
    fields: &[FieldId],
    texts: &[T],
) -> bool {
    let value = |id: &FieldId| {
        let at = fields.iter().position(|field| field == id)?;
        read_cell(edition.field(*id), texts.get(at)?.as_ref())
            .0
            .number()
    };
    fields.iter().any(|id| {
        let mut sums = edition.field(*id).sums.iter();
        let own = sums.find(|parts| parts.iter().all(|part| fields.contains(part)));
        let figures = own.map(|parts| parts.iter().filter_map(value));
        let sum = figures.and_then(|figures| figures.reduce(|sum, figure| sum + figure));
        sum.is_some() && sum != value(id)
    })
}

/// Whether, with the figures in these cells, every total of the line is printed and right, and one
/// of them is more than nothing.
pub(super) fn has_its_totals(
    edition: &Edition,
    fields: &[FieldId],
    texts: &[String],
    way: &[usize],
) -> bool {
    let value = |id: FieldId| {
        let cell = fields.iter().position(|field| *field == id)?;
        let figure = way.iter().position(|at| *at == cell)?;
        read_cell(edition.field(id), texts.get(figure)?).0.number()
    };
    let mut proven = false;
    let totals = fields.iter().filter_map(|&id| {
        let sums = &edition.field(id).sums;
        let own = |parts: &&Vec<FieldId>| parts.iter().all(|part| fields.contains(part));
        Some((id, sums.iter().find(own)?))
    });
    for (total, parts) in totals {
        let figures: Vec<Number> = parts.iter().filter_map(|&part| value(part)).collect();
        let printed = value(total);
        if figures.is_empty() && printed.is_none() {
            continue;
        }
        let sum = figures.into_iter().reduce(|sum, figure| sum + figure);
        if sum != printed {
            return false;
        }
        proven |= printed.is_some_and(|total| !total.is_zero());
    }
    proven
}
