//! A statutory table as the form prescribes it, made ready to be compared with what is printed.

use crate::doc::normal::closeness;
use crate::doc::rows::Labels;
use crate::form::{Edition, FieldId, SquareContent, Table};

/// A statutory table, its labels folded, and the edition it is part of.
pub(super) struct Prescribed<'a> {
    /// What the table is called.
    pub name: &'a str,
    pub table: &'a Table,
    pub labels: Labels,
    pub edition: &'a Edition,
}

impl<'a> Prescribed<'a> {
    pub fn new(name: &'a str, table: &'a Table, edition: &'a Edition) -> Self {
        Self {
            name,
            table,
            labels: Labels::new(table),
            edition,
        }
    }

    /// The cells of a line, from left to right.
    pub fn fields(&self, line: usize) -> &'a [FieldId] {
        let line = self.table.lines.get(line);
        line.map(|line| line.fields.as_slice()).unwrap_or_default()
    }

    /// What a line is called: the table where it has no label.
    pub fn label(&self, line: usize) -> &'a str {
        let line = self.table.lines.get(line);
        let label = line.and_then(|line| line.labels.last());
        label.map_or(self.name, String::as_str)
    }

    /// The band a line is part of.
    pub fn band(&self, line: usize) -> Option<usize> {
        self.table.lines.get(line).map(|line| line.band)
    }

    /// Whether rows of some band have so many figures.
    pub fn is_as_wide(&self, count: usize) -> bool {
        let mut bands = self.table.bands.iter();
        bands.any(|band| band.columns.len() == count)
    }

    /// Whether a total is among the cells.
    pub fn has_total(&self, fields: &[FieldId]) -> bool {
        fields.iter().any(|&id| self.edition.field(id).is_total())
    }

    /// The line of a table whose rows have no labels.
    pub fn unlabelled_line(&self) -> Option<usize> {
        let mut lines = self.table.lines.iter();
        lines.position(|line| line.labels.is_empty())
    }

    /// The last line of the group that has this heading.
    pub fn group_end(&self, folded: &str) -> Option<usize> {
        let is_outer = |path: &Vec<String>| {
            let outer = path.len().saturating_sub(1);
            let mut outer = path.iter().take(outer);
            outer.any(|label| matches!(closeness(folded, label), Some(0 | 1)))
        };
        self.labels.lines.iter().rposition(is_outer)
    }

    /// Whether the columns of a band stand under no common heading.
    pub fn is_flat(&self, band: usize) -> bool {
        let band = self.table.bands.get(band);
        band.is_some_and(|band| band.columns.iter().all(|path| path.len() == 1))
    }

    /// How many squares the label of a line covers in the form.
    pub fn span_of(&self, line: usize) -> usize {
        let line = self.table.lines.get(line);
        let label = line.and_then(|line| Some((line.grid_row, line.labels.last()?)));
        let square = label.and_then(|(row, label)| {
            let mut squares = self.table.grid.squares.iter();
            squares.find(|square| {
                square.row == row && square.content == SquareContent::Label(label.clone())
            })
        });
        square.map_or(1, |square| square.column_span)
    }
}
