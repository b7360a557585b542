//! Printed rows and prescribed labels, both made ready to be compared.

use std::collections::BTreeMap;

use super::normal::fold;
use super::place::is_value;
use crate::doc;
use crate::form::Table;

/// How many rows of one table are looked at; no statutory table has more.
const ROWS: usize = 5_000;

/// One printed cell that is not empty.
#[derive(Debug, Clone)]
pub(super) struct Printed {
    pub column: usize,
    pub text: String,
    pub folded: String,
}

/// One printed row.
#[derive(Debug, Clone, Default)]
pub(super) struct Row {
    pub filled: Vec<Printed>,
    /// The first columns of all its cells, the empty ones among them.
    pub columns: Vec<usize>,
    /// Columns of its table.
    pub width: usize,
    /// Whether the document states which squares a cell covers.
    pub exact: bool,
    /// Whether it was put together from running text, where nothing shows which cells are empty.
    pub loose: bool,
    /// Whether its label and its figures stand in this order on one line of the text.
    pub beside: bool,
}

impl Row {
    /// Where the last label stands, and how many cells the row has, the empty ones among them.
    pub fn shape(&self, used: usize) -> (usize, usize) {
        let label = used.checked_sub(1).and_then(|last| self.filled.get(last));
        (label.map_or(0, |cell| cell.column), self.columns.len())
    }

    /// Whether its figures stand in cell after cell right behind its label.
    pub fn is_close(&self, used: usize) -> bool {
        let label = self.shape(used).0;
        let figures = self.filled.iter().skip(used).enumerate();
        !self.loose
            && figures
                .into_iter()
                .all(|(at, cell)| cell.column == label + 1 + at)
    }

    /// The place of each figure behind the label, when there are enough cells behind it.
    pub fn squares(&self, used: usize, count: usize) -> Option<Vec<usize>> {
        let label = used.checked_sub(1).and_then(|last| self.filled.get(last))?;
        if self.loose || self.exact || self.columns.len() < label.column + 1 + count {
            return None;
        }
        let figures = self.filled.iter().skip(used);
        let places = figures.map(|cell| cell.column.checked_sub(label.column + 1));
        let places: Option<Vec<usize>> = places.collect();
        places.filter(|places| places.iter().all(|place| *place < count))
    }

    /// How many cells stand before the first figure.
    pub fn lead(&self) -> usize {
        let labels = self.filled.iter().take_while(|cell| !is_value(&cell.text));
        labels.count()
    }
}

/// The rows of a table, from top to bottom.
pub(super) fn rows_of(table: &doc::Table) -> Vec<Row> {
    let exact = table
        .cells
        .iter()
        .any(|cell| cell.row_span > 1 || cell.column_span > 1);
    let mut rows: BTreeMap<usize, Row> = BTreeMap::new();
    for cell in &table.cells {
        let row = rows.entry(cell.row).or_default();
        row.width = table.columns;
        row.exact = exact;
        row.columns.push(cell.column);
        let text = cell.text.trim();
        if !text.is_empty() {
            row.filled.push(Printed {
                column: cell.column,
                text: text.to_owned(),
                folded: fold(text),
            });
        }
    }
    rows.into_values().take(ROWS).collect()
}

/// A statutory table with its labels folded.
pub(super) struct Labels {
    /// The labels of each line, from the outside in.
    pub lines: Vec<Vec<String>>,
    /// What the labels of each line spell from some level inwards.
    pub spelled: Vec<Vec<String>>,
    /// The innermost heading of each column, by band.
    pub heads: Vec<Vec<String>>,
    /// The heading over the row labels, by band.
    pub stubs: Vec<String>,
    /// The caption of each band.
    pub captions: Vec<String>,
}

impl Labels {
    pub fn new(table: &Table) -> Self {
        let fold_all = |labels: &Vec<String>| labels.iter().map(|label| fold(label)).collect();
        let innermost = |path: &Vec<String>| path.last().map(|label| fold(label));
        let lines: Vec<Vec<String>> = table
            .lines
            .iter()
            .map(|line| fold_all(&line.labels))
            .collect();
        let spell = |path: &Vec<String>| {
            let suffixes = (0..path.len()).filter_map(|start| path.get(start..));
            suffixes.map(<[String]>::concat).collect()
        };
        Self {
            spelled: lines.iter().map(spell).collect(),
            lines,
            heads: table
                .bands
                .iter()
                .map(|band| band.columns.iter().filter_map(innermost).collect())
                .collect(),
            stubs: table
                .bands
                .iter()
                .map(|band| fold(&band.stub_head))
                .collect(),
            captions: table.bands.iter().map(|band| fold(&band.caption)).collect(),
        }
    }

    /// Every label of the table.
    pub fn all(&self) -> impl Iterator<Item = &str> {
        let lines = self.lines.iter().flatten();
        let heads = self.heads.iter().flatten();
        let others = self.stubs.iter().chain(&self.captions);
        lines.chain(heads).chain(others).map(String::as_str)
    }
}

/// The texts of a row after its labels.
pub(super) fn texts_after(row: &Row, used: usize) -> Vec<String> {
    let figures = row.filled.iter().skip(used);
    figures.map(|cell| cell.text.clone()).collect()
}

/// A table inside a text, as lines.
pub(super) fn flatten(table: &doc::Table) -> Vec<String> {
    let rows = rows_of(table).into_iter();
    let lines = rows.map(|row| {
        let cells: Vec<_> = row.filled.into_iter().map(|cell| cell.text).collect();
        cells.join(" ")
    });
    lines.filter(|line| !line.is_empty()).collect()
}
