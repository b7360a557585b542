//! What the column headings above a row say about its figures.

use std::collections::BTreeMap;

use super::prescribed::Prescribed;
use super::remark::Remark;
use crate::doc::normal::{closeness, closest};
use crate::doc::rows::{Printed, Row};
use crate::form::SquareContent;

/// How full rows look: the band, where the label stands, and how many cells there are.
pub(super) type Shape = (usize, (usize, usize));

/// The rows of headings above a row.
pub(super) struct Heads<'a> {
    form: &'a Prescribed<'a>,
    rows: Vec<Row>,
}

impl<'a> Heads<'a> {
    pub fn new(form: &'a Prescribed<'a>) -> Self {
        Self {
            form,
            rows: Vec::new(),
        }
    }

    pub fn clear(&mut self) {
        self.rows.clear();
    }

    pub fn push(&mut self, row: Row) {
        self.rows.push(row);
    }

    pub fn replace(&mut self, row: Row) {
        self.rows = vec![row];
    }

    /// Whether they name most columns of a table without row labels.
    pub fn name_columns(&self) -> bool {
        let band = self.form.unlabelled_line();
        let band = band.and_then(|line| self.form.band(line));
        let Some(heads) = band.and_then(|band| self.form.labels.heads.get(band)) else {
            return false;
        };
        let mut distinct: Vec<_> = heads.iter().collect();
        distinct.sort();
        distinct.dedup();
        // A heading may be broken over cells or words.
        let cells = self.rows.iter().flat_map(|row| &row.filled);
        let all: String = cells.map(|cell| cell.folded.as_str()).collect();
        let named = distinct
            .iter()
            .filter(|head| all.contains(head.as_str()))
            .count();
        named * 2 > distinct.len() || spells(&all, heads)
    }

    /// Which column each figure of a full row belongs to; `None` when the heads contradict the form.
    pub fn order(&self, band: usize, count: usize) -> Option<Vec<usize>> {
        let usual = (0..count).collect();
        let heads = self.form.labels.heads.get(band)?;
        let stub = self
            .form
            .labels
            .stubs
            .get(band)
            .map(String::as_str)
            .unwrap_or_default();
        for row in &self.rows {
            if row.loose && !self.form.is_flat(band) {
                // In running text the headings of several levels stand one after another.
                continue;
            }
            let own = |cell: &Printed| {
                let near = heads.iter().enumerate();
                closest(
                    &cell.folded,
                    near.map(|(index, head)| (index, head.as_str())),
                )
                .map(|(index, _)| index)
                .or_else(|| heads.iter().position(|head| *head == cell.folded))
            };
            let at = row
                .filled
                .iter()
                .rposition(|cell| !stub.is_empty() && cell.folded == stub);
            let starts_stub = at == Some(0) || (row.loose && at.is_some());
            let from = at.filter(|_| starts_stub).map_or(0, |at| at + 1);
            // A heading over several squares may be printed in each of them.
            let mut cells: Vec<&Printed> = row.filled.iter().skip(from).collect();
            cells.dedup_by(|a, b| a.folded == b.folded);
            if cells
                .iter()
                .map(|cell| cell.folded.as_str())
                .collect::<String>()
                == heads.concat()
            {
                continue;
            }
            if row.loose && !starts_stub {
                continue;
            }
            // Names that were cut off at a line break still stand in their order.
            let all: Vec<&Printed> = row.filled.iter().skip(from).collect();
            if is_cut(&all, heads) {
                continue;
            }
            let known: Vec<_> = cells.iter().map(|cell| own(cell)).collect();
            if starts_stub
                && row.filled.len() > 1
                && known.contains(&None)
                && self.form.is_flat(band)
            {
                return None;
            }
            let adjacent = known.windows(2).all(|pair| match pair {
                [Some(a), Some(b)] => {
                    let follows = |pair: &[String]| {
                        pair.first() == heads.get(*a) && pair.last() == heads.get(*b)
                    };
                    heads.windows(2).any(follows)
                }
                _ => true,
            });
            if adjacent {
                continue;
            }
            let mut all: Vec<usize> = known.iter().flatten().copied().collect();
            let order = all.clone();
            all.sort_unstable();
            return (all == (0..count).collect::<Vec<_>>()).then_some(order);
        }
        Some(usual)
    }

    /// The column of each figure, when the row's squares show beyond doubt which ones are empty.
    pub fn certain(&self, line: usize, row: &Row, used: usize) -> Option<Vec<usize>> {
        let line = self.form.table.lines.get(line)?;
        let figures = row.filled.get(used..)?;
        if row.loose {
            return None;
        }
        if (figures.len() > line.fields.len() || row.exact)
            && let Some(columns) = self.under_heads(line.band, line.fields.len(), row, used)
        {
            return Some(columns);
        }
        if row.exact {
            let after = used.checked_sub(1).and_then(|last| row.filled.get(last));
            let is_after = |column: &&usize| after.is_none_or(|cell| **column > cell.column);
            let squares: Vec<_> = row.columns.iter().filter(is_after).collect();
            if squares.len() != line.fields.len() {
                return None;
            }
            let place = |cell: &Printed| squares.iter().position(|at| **at == cell.column);
            return figures.iter().map(place).collect();
        }
        let grid = &self.form.table.grid;
        let columns: Vec<usize> = line
            .fields
            .iter()
            .filter_map(|&id| grid.square_of(id).map(|square| square.column))
            .collect();
        let heads = self.form.labels.heads.get(line.band)?;
        let headed = columns.iter().zip(heads).all(|(column, head)| {
            let mut cells = self.rows.iter().flat_map(|row| &row.filled);
            cells.any(|cell| cell.column == *column && closeness(&cell.folded, head).is_some())
        });
        let at = used.checked_sub(1).and_then(|last| row.filled.get(last));
        let stub = line.labels.last().and_then(|label| {
            grid.squares.iter().find(|square| {
                square.row == line.grid_row && square.content == SquareContent::Label(label.clone())
            })
        });
        let labelled = at.map(|cell| cell.column) == stub.map(|square| square.column);
        // Where blanks were dropped a cell does not stand in its column.
        let has_blanks = row.columns.len() == row.width;
        if row.width != grid.columns || !has_blanks || !headed || !labelled {
            return None;
        }
        let place = |cell: &Printed| columns.iter().position(|column| *column == cell.column);
        figures.iter().map(place).collect()
    }

    /// The column of each figure by the heading that stands right above it, when every column has
    /// one; figures repeated under a repeated heading are one figure.
    fn under_heads(&self, band: usize, count: usize, row: &Row, used: usize) -> Option<Vec<usize>> {
        let heads = self.form.labels.heads.get(band)?;
        let figures = row.filled.get(used..)?;
        let cells = self.rows.iter().flat_map(|row| &row.filled);
        let mut above: Vec<(usize, &str)> = cells
            .filter(|cell| {
                heads
                    .iter()
                    .any(|head| closeness(&cell.folded, head).is_some())
            })
            .map(|cell| (cell.column, cell.folded.as_str()))
            .collect();
        above.sort_unstable();
        let mut starts: Vec<(usize, &str)> = above.clone();
        starts.dedup_by(|a, b| a.1 == b.1);
        let in_order = starts.len() == count
            && starts
                .iter()
                .zip(heads)
                .all(|((_, printed), head)| closeness(printed, head).is_some());
        // A row that was shifted has no square under the last heading.
        let has_squares = starts.iter().all(|(start, _)| row.columns.contains(start));
        if !in_order || !has_squares {
            return None;
        }
        let column_of =
            |cell: &Printed| starts.iter().rposition(|(start, _)| *start <= cell.column);
        let columns: Vec<usize> = figures.iter().map(column_of).collect::<Option<_>>()?;
        for (a, figure) in columns.iter().zip(figures) {
            let same = columns.iter().zip(figures).filter(|(b, _)| a == *b);
            for (_, other) in same {
                let repeated = above.iter().any(|(column, _)| *column == other.column);
                if other.folded != figure.folded || (other.column != figure.column && !repeated) {
                    return None;
                }
            }
        }
        Some(columns)
    }
}

impl Prescribed<'_> {
    /// What full rows of flat bands look like below this row of headings.
    pub fn shapes_of(&self, row: &Row) -> Vec<Shape> {
        let Some(first) = row.filled.first() else {
            return Vec::new();
        };
        let heads = row.filled.iter().skip(1);
        let names = |band: &usize| {
            let own = self.labels.heads.get(*band);
            own.is_some_and(|own| {
                own.len() == heads.clone().count()
                    && own
                        .iter()
                        .zip(heads.clone())
                        .all(|(own, cell)| closeness(&cell.folded, own).is_some())
            })
        };
        let stubs = self.labels.stubs.iter().enumerate();
        let own = stubs.filter(|(_, stub)| first.folded == **stub && row.is_close(1) && !row.exact);
        let bands = own.map(|(band, _)| band).filter(names);
        bands.map(|band| (band, row.shape(1))).collect()
    }

    /// The headings of a flat band that were printed differently, as a table has them.
    pub fn altered_headings(&self, row: &Row) -> Vec<Remark> {
        let Some(first) = row.filled.first().filter(|_| !row.loose) else {
            return Vec::new();
        };
        let cells = row.filled.get(1..).unwrap_or_default();
        for (number, stub) in self.labels.stubs.iter().enumerate() {
            let own = self.labels.heads.get(number);
            let (Some(own), Some(band)) = (own, self.table.bands.get(number)) else {
                continue;
            };
            if first.folded != *stub || own.len() != cells.len() || !self.is_flat(number) {
                continue;
            }
            let known = own.iter().zip(cells);
            let known = known.filter(|(own, cell)| closeness(&cell.folded, own).is_some());
            if known.count() * 2 <= own.len() {
                continue;
            }
            let columns = cells.iter().zip(&band.columns).zip(own);
            let altered = columns.filter(|((cell, _), own)| cell.folded != **own);
            return altered
                .map(|((cell, path), _)| Remark::AlteredHeading {
                    printed: cell.text.clone(),
                    prescribed: path.last().cloned().unwrap_or_default(),
                })
                .collect();
        }
        Vec::new()
    }
}

/// Whether printed headings are those of the columns in order, some without their ends.
fn is_cut(printed: &[&Printed], heads: &[String]) -> bool {
    const SHORTEST: usize = 2;
    let pairs = || printed.iter().zip(heads);
    let begins = |(cell, head): (&&Printed, &String)| {
        head.starts_with(&cell.folded) && cell.folded.chars().count() >= SHORTEST
    };
    printed.len() == heads.len()
        && pairs().all(begins)
        && pairs().any(|(cell, head)| cell.folded == *head)
}

/// Whether a text has all letters of all headings, however they were broken in narrow columns.
fn spells(text: &str, heads: &[String]) -> bool {
    let mut letters: BTreeMap<char, usize> = BTreeMap::new();
    for letter in text.chars() {
        *letters.entry(letter).or_default() += 1;
    }
    heads.iter().flat_map(|head| head.chars()).all(|letter| {
        letters
            .get_mut(&letter)
            .filter(|left| **left > 0)
            .is_some_and(|left| {
                *left -= 1;
                true
            })
    })
}
