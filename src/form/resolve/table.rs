//! From a table of a template to its grid and its fields.

use super::{Builder, EditionError, kind, meaning};
use crate::form::grid::{self, Area, Leaf};
use crate::form::source::{BandSource, HeadingSource, TableSource};
use crate::form::{Band, Field, FieldId, Grid, Kind, Line, SquareContent, Table};

pub(super) fn resolve_table(
    builder: &mut Builder,
    id: &str,
    section: usize,
    source: &TableSource,
) -> Result<Table, EditionError> {
    let columns = source.widths.len();
    let stub_depth = source
        .bands
        .iter()
        .map(|band| grid::depth(&band.rows))
        .max()
        .unwrap_or(0);
    let mut table = Table {
        grid: Grid {
            widths: source.widths.clone(),
            columns,
            ..Grid::default()
        },
        lines: Vec::new(),
        bands: Vec::new(),
    };
    for band in &source.bands {
        let column_leaves = grid::leaves(&band.columns);
        if column_leaves.is_empty() || stub_depth + column_leaves.len() > columns {
            let reason = format!(
                "{} columns of figures do not fit into {columns}",
                column_leaves.len()
            );
            return Err(meaning(id, reason));
        }
        add_band(builder, id, section, band, stub_depth, &mut table)?;
    }
    if let [band] = source.bands.as_slice() {
        table.grid.header_rows = grid::depth(&band.columns) + usize::from(!band.caption.is_empty());
    }
    table
        .grid
        .squares
        .sort_by_key(|square| (square.row, square.column));
    Ok(table)
}

fn add_band(
    builder: &mut Builder,
    table_id: &str,
    section: usize,
    source: &BandSource,
    stub_depth: usize,
    table: &mut Table,
) -> Result<(), EditionError> {
    let columns = table.grid.columns;
    let mut row = table.grid.rows;
    if !source.caption.is_empty() {
        let area = Area {
            row,
            column: 0,
            row_span: 1,
            column_span: columns,
        };
        table
            .grid
            .squares
            .push(area.square(SquareContent::Head(source.caption.clone())));
        row += 1;
    }
    let head_depth = grid::depth(&source.columns);
    if stub_depth > 0 {
        let area = Area {
            row,
            column: 0,
            row_span: head_depth,
            column_span: stub_depth,
        };
        table
            .grid
            .squares
            .push(area.square(SquareContent::Head(source.stub_head.clone())));
    }
    let head = Area {
        row,
        column: stub_depth,
        row_span: head_depth,
        column_span: columns - stub_depth,
    };
    grid::boxhead(&source.columns, head, &mut table.grid.squares);
    row += head_depth;
    let column_leaves = grid::leaves(&source.columns);
    let mut row_leaves = grid::leaves(&source.rows);
    if row_leaves.is_empty() {
        row_leaves.push(Vec::new());
    }
    let stub = Area {
        row,
        column: 0,
        row_span: row_leaves.len(),
        column_span: stub_depth,
    };
    grid::stub(&source.rows, stub, &mut table.grid.squares);

    let first = builder.fields.len();
    let band = table.bands.len();
    let named_columns: Vec<_> = column_leaves.iter().map(LeafValues::of).collect();
    for row_leaf in &row_leaves {
        let mut fields = Vec::with_capacity(named_columns.len());
        let named_row = LeafValues::of(row_leaf);
        for (index, named_column) in named_columns.iter().enumerate() {
            let id = builder.add(cell(table_id, section, &named_row, named_column))?;
            let column = stub_depth + index;
            let column_span = if index + 1 == named_columns.len() {
                columns - column
            } else {
                1
            };
            let area = Area {
                row,
                column,
                row_span: 1,
                column_span,
            };
            table
                .grid
                .squares
                .push(area.square(SquareContent::Value(id)));
            fields.push(id);
        }
        let labels = row_leaf
            .iter()
            .map(|heading| heading.label.clone())
            .collect();
        table.lines.push(Line {
            band,
            grid_row: row,
            labels,
            fields,
        });
        row += 1;
    }
    let columns = column_leaves
        .iter()
        .map(|leaf| leaf.iter().map(|heading| heading.label.clone()).collect());
    table.bands.push(Band {
        caption: source.caption.clone(),
        stub_head: source.stub_head.clone(),
        columns: columns.collect(),
    });
    table.grid.rows = row;
    add_sums(builder, first, &row_leaves, &column_leaves);
    Ok(())
}

/// What a leaf gives every field on its line.
struct LeafValues<'a> {
    /// The ids of its headings, joined.
    path: String,
    /// The labels of its last headings, joined.
    label: String,
    /// What its headings explain, a line each.
    helps: String,
    last: Option<&'a HeadingSource>,
}

impl<'a> LeafValues<'a> {
    fn of(leaf: &Leaf<'a>) -> Self {
        let named: Vec<_> = leaf
            .iter()
            .filter(|heading| !heading.id.is_empty())
            .collect();
        let ids: Vec<_> = named.iter().map(|heading| heading.id.as_str()).collect();
        let last_two = named.iter().skip(named.len().saturating_sub(2));
        let labels: Vec<_> = last_two.map(|heading| heading.label.as_str()).collect();
        let helps: Vec<_> = leaf
            .iter()
            .filter(|heading| !heading.help.is_empty())
            .map(|heading| format!("{}：{}", heading.label, heading.help))
            .collect();
        Self {
            path: ids.join("."),
            label: labels.join("·"),
            helps: helps.join("\n"),
            last: leaf.last().copied(),
        }
    }
}

/// The parts that say something, with a mark between them.
fn joined(row: &str, mark: &str, column: &str) -> String {
    let mark = if row.is_empty() || column.is_empty() {
        ""
    } else {
        mark
    };
    [row, mark, column].concat()
}

/// The field where a row and a column meet; the row of a table without row headings is named nothing.
fn cell(table_id: &str, section: usize, row: &LeafValues<'_>, column: &LeafValues<'_>) -> Field {
    let mark = if row.last.is_some() { "." } else { "" };
    let key = [table_id, mark, &row.path, "@", &column.path].concat();
    let (kind, unit) = column.last.map_or((Kind::Count, String::new()), |leaf| {
        (kind(leaf.kind), leaf.unit.clone())
    });
    Field {
        key,
        label: joined(&row.label, "·", &column.label),
        row_label: row.label.clone(),
        column_label: column.label.clone(),
        help: joined(&row.helps, "\n", &column.helps),
        kind,
        unit,
        section: Some(section),
        sums: Vec::new(),
    }
}

/// A total sums the leaves beside it under the same parent, by row and by column.
fn add_sums(builder: &mut Builder, first: usize, rows: &[Leaf<'_>], columns: &[Leaf<'_>]) {
    let id = |row: usize, column: usize| {
        FieldId(u32::try_from(first + row * columns.len() + column).unwrap_or(u32::MAX))
    };
    let row_parts: Vec<_> = (0..rows.len()).map(|row| siblings(rows, row)).collect();
    let column_parts: Vec<_> = (0..columns.len())
        .map(|column| siblings(columns, column))
        .collect();
    for (row, over_rows) in row_parts.iter().enumerate() {
        for (column, over_columns) in column_parts.iter().enumerate() {
            let mut sums = Vec::new();
            if !over_columns.is_empty() {
                sums.push(over_columns.iter().map(|&part| id(row, part)).collect());
            }
            if !over_rows.is_empty() {
                sums.push(over_rows.iter().map(|&part| id(part, column)).collect());
            }
            if let Some(field) = builder.fields.get_mut(id(row, column).index()) {
                field.sums = sums;
            }
        }
    }
}

/// The leaves a total sums: all others below the same parent. Empty for a leaf that is no total.
fn siblings(leaves: &[Leaf<'_>], index: usize) -> Vec<usize> {
    let Some((total, parents)) = leaves.get(index).and_then(|leaf| leaf.split_last()) else {
        return Vec::new();
    };
    if !total.total {
        return Vec::new();
    }
    let below = |leaf: &Leaf<'_>| {
        leaf.len() > parents.len()
            && leaf
                .iter()
                .zip(parents)
                .all(|(a, b)| std::ptr::eq::<HeadingSource>(*a, *b))
    };
    let others = leaves
        .iter()
        .enumerate()
        .filter(|(other, leaf)| *other != index && below(leaf));
    others.map(|(other, _)| other).collect()
}
