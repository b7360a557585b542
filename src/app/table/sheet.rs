//! Where the figures of a printed table stand, and what lies next to them.
//!
//! It knows the printed layout; it knows no entry, no key and no pixel.

use std::ops::RangeInclusive;

use crate::form::{FieldId, Grid, Square, SquareContent};

/// A place on the printed layout.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct CellPos {
    pub row: usize,
    pub column: usize,
}

/// Where to go from a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Direction {
    Up,
    Down,
    Left,
    Right,
}

/// A rectangle of places.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Span {
    pub rows: RangeInclusive<usize>,
    pub columns: RangeInclusive<usize>,
}

impl Span {
    /// The rectangle between two corners, widened to whole squares.
    pub fn between(grid: &Grid, a: CellPos, b: CellPos) -> Self {
        let edges = |place: CellPos| match grid.at(place.row, place.column) {
            Some(square) => (square.column, square.column + square.column_span - 1),
            None => (place.column, place.column),
        };
        let (a_first, a_last) = edges(a);
        let (b_first, b_last) = edges(b);
        Self {
            rows: a.row.min(b.row)..=a.row.max(b.row),
            columns: a_first.min(b_first)..=a_last.max(b_last),
        }
    }

    pub fn touches(&self, square: &Square) -> bool {
        let last_row = square.row + square.row_span - 1;
        let last_column = square.column + square.column_span - 1;
        square.row <= *self.rows.end()
            && last_row >= *self.rows.start()
            && square.column <= *self.columns.end()
            && last_column >= *self.columns.start()
    }
}

/// The figure that covers a place.
pub(super) fn value_at(grid: &Grid, place: CellPos) -> Option<FieldId> {
    match grid.at(place.row, place.column)?.content {
        SquareContent::Value(id) => Some(id),
        _ => None,
    }
}

/// Where a field stands.
pub(super) fn place_of(grid: &Grid, id: FieldId) -> Option<CellPos> {
    grid.square_of(id).map(start)
}

/// Where a square begins.
pub(super) fn start(square: &Square) -> CellPos {
    CellPos {
        row: square.row,
        column: square.column,
    }
}

/// The next figure in a direction; labels between are stepped over.
pub(super) fn step(grid: &Grid, from: CellPos, way: Direction) -> Option<CellPos> {
    let here = grid.at(from.row, from.column)?;
    let is_value = |place: &CellPos| value_at(grid, *place).is_some();
    let at_row = |row| CellPos {
        row,
        column: from.column,
    };
    let at_column = |column| CellPos {
        row: from.row,
        column,
    };
    match way {
        Direction::Up => (0..here.row).rev().map(at_row).find(is_value),
        Direction::Down => (here.row + here.row_span..grid.rows)
            .map(at_row)
            .find(is_value),
        Direction::Right => (here.column + here.column_span..grid.columns)
            .map(at_column)
            .find(is_value),
        Direction::Left => (0..here.column)
            .rev()
            .map(at_column)
            .find(is_value)
            .and_then(|place| grid.at(place.row, place.column).map(start)),
    }
}

/// The last figure in a direction.
pub(super) fn edge(grid: &Grid, from: CellPos, way: Direction) -> CellPos {
    let mut place = from;
    while let Some(next) = step(grid, place, way) {
        place = next;
    }
    place
}

/// The figures inside a rectangle, row by row; rows without figures are left out.
pub(super) fn values(grid: &Grid, span: &Span) -> Vec<Vec<FieldId>> {
    let row = |row: usize| {
        grid.squares
            .iter()
            .filter(|square| square.row == row && span.touches(square))
            .filter_map(|square| match square.content {
                SquareContent::Value(id) => Some(id),
                _ => None,
            })
            .collect::<Vec<_>>()
    };
    span.rows
        .clone()
        .map(row)
        .filter(|fields| !fields.is_empty())
        .collect()
}

/// The rectangle of figures a heading speaks of: its rows, or the columns below it in its band.
pub(super) fn spoken_of(grid: &Grid, heading: &Square) -> Option<(CellPos, CellPos)> {
    let last_column = heading.column + heading.column_span - 1;
    let span = match heading.content {
        SquareContent::Value(_) => return None,
        SquareContent::Label(_) => Span {
            rows: heading.row..=heading.row + heading.row_span - 1,
            columns: 0..=grid.columns,
        },
        SquareContent::Head(_) => {
            let below = heading.row + heading.row_span;
            let has_value = |row: &usize| {
                grid.squares.iter().any(|square| {
                    square.row == *row && matches!(square.content, SquareContent::Value(_))
                })
            };
            let first = (below..grid.rows).find(has_value)?;
            let last = (first..grid.rows).take_while(has_value).last()?;
            Span {
                rows: first..=last,
                columns: heading.column..=last_column,
            }
        }
    };
    let span = if values(grid, &span).is_empty() {
        Span {
            columns: 0..=grid.columns,
            ..span
        }
    } else {
        span
    };
    let found = values(grid, &span);
    let first = place_of(grid, *found.first()?.first()?)?;
    let last = grid.square_of(*found.last()?.last()?)?;
    let corner = CellPos {
        row: last.row,
        column: last.column + last.column_span - 1,
    };
    Some((first, corner))
}
