//! The figures of the tables, of this year and of last year, by the rows the word list names.

use std::cell::RefCell;
use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};

use super::words::{TableRow, words};
use crate::check::cells;
use crate::form::FieldId;
use crate::report::{Number, Report};

/// The report and last year's.
#[derive(Debug, Clone, Copy)]
pub(super) struct Tables<'a> {
    pub report: &'a Report,
    pub prior: Option<&'a Report>,
    /// What was looked up before.
    pub known: &'a KnownSums,
}

/// What was looked up before: a text asks for few rows, and often.
#[derive(Debug, Default)]
pub(super) struct KnownSums(RefCell<HashMap<u64, Vec<KnownSum>>>);

/// What rows come to, and their cells where the year is the report's.
#[derive(Debug)]
struct KnownSum {
    rows: Vec<TableRow>,
    columns: Vec<&'static str>,
    year: i32,
    held: Held,
    cells: Vec<FieldId>,
}

/// What the tables hold of some rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Held {
    Known(Number),
    /// A cell is not filled in, or the year's report is not there.
    Blank,
    /// The form has no such row.
    Absent,
}

impl Held {
    pub(super) fn known(self) -> Option<Number> {
        match self {
            Self::Known(number) => Some(number),
            _ => None,
        }
    }
}

impl<'a> Tables<'a> {
    pub(super) fn year(self) -> i32 {
        i32::from(self.report.year())
    }

    fn of_year(self, year: i32) -> Option<&'a Report> {
        if year == self.year() {
            return Some(self.report);
        }
        self.prior.filter(|prior| i32::from(prior.year()) == year)
    }

    /// What rows come to, in some columns or in all of them.
    pub(super) fn value(self, rows: &[TableRow], columns: &[&'static str], year: i32) -> Held {
        self.known(rows, columns, year, |known| known.held)
    }

    /// Takes something of what is known of rows; it is looked up once.
    fn known<T>(
        self,
        rows: &[TableRow],
        columns: &[&'static str],
        year: i32,
        take: impl FnOnce(&KnownSum) -> T,
    ) -> T {
        let mut hasher = DefaultHasher::new();
        (rows, columns, year).hash(&mut hasher);
        let mut known = self.known.0.borrow_mut();
        let known = known.entry(hasher.finish()).or_default();
        let is_it =
            |one: &&KnownSum| one.year == year && one.rows == rows && one.columns == columns;
        if let Some(one) = known.iter().find(is_it) {
            return take(one);
        }
        let cells = if year == self.year() {
            self.cells_of(rows, columns)
        } else {
            Vec::new()
        };
        let one = KnownSum {
            rows: rows.to_vec(),
            columns: columns.to_vec(),
            year,
            held: self.sum(rows, columns, year),
            cells,
        };
        let taken = take(&one);
        known.push(one);
        taken
    }

    fn sum(self, rows: &[TableRow], columns: &[&str], year: i32) -> Held {
        let Some(report) = self.of_year(year) else {
            return Held::Blank;
        };
        let (mut sum, mut any) = (Number::ZERO, false);
        for row in rows {
            let (row, negative) = match row.0.strip_prefix('-') {
                Some(row) => (row, true),
                None => (row.0, false),
            };
            for key in keys(report, row, columns) {
                any = true;
                let Some(value) = figure(report, &key) else {
                    return Held::Blank;
                };
                let factor = words().factors.get(&key).copied().unwrap_or(1);
                let value = value.times(factor);
                sum = if negative { sum - value } else { sum + value };
            }
        }
        if any { Held::Known(sum) } else { Held::Absent }
    }

    /// The value in the report's own year.
    pub(super) fn now(self, rows: &[TableRow], columns: &[&'static str]) -> Option<Number> {
        self.value(rows, columns, self.year()).known()
    }

    /// The cells of this year's report that rows name.
    pub(super) fn cells(self, rows: &[TableRow], columns: &[&'static str]) -> Vec<FieldId> {
        self.known(rows, columns, self.year(), |known| known.cells.clone())
    }

    fn cells_of(self, rows: &[TableRow], columns: &[&str]) -> Vec<FieldId> {
        let keys = rows
            .iter()
            .flat_map(|row| keys(self.report, row.0.trim_start_matches('-'), columns));
        keys.filter_map(|key| self.report.edition().find(&key))
            .collect()
    }
}

/// The keys of the cells of a row, or of all rows of a group, that the form has.
fn keys(report: &Report, row: &str, columns: &[&str]) -> Vec<String> {
    let edition = report.edition();
    let has = |key: &String| edition.find(key).is_some();
    if row.contains('@') {
        return Some(row.to_owned()).filter(has).into_iter().collect();
    }
    let all = ["total"];
    let columns = if columns.is_empty() { &all } else { columns };
    let own: Vec<_> = columns
        .iter()
        .map(|column| format!("{row}@{column}"))
        .filter(has)
        .collect();
    if !own.is_empty() {
        return own;
    }
    let parts = columns
        .iter()
        .flat_map(|column| edition.cells_of(&format!("{row}@{column}")));
    parts.map(|id| edition.field(id).key.clone()).collect()
}

/// A figure that is known; a printed total stands for parts of which none is filled in.
fn figure(report: &Report, key: &str) -> Option<Number> {
    let known = cells::value(report, key);
    known.or_else(|| {
        let id = report.edition().find(key)?;
        report
            .entry(id)
            .number()
            .filter(|_| report.value(id).is_none())
    })
}
