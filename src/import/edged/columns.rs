//! Edges to columns: where an edge stands in any row of a table, a column begins.

use crate::import::grid::GridBuilder;
use crate::import::piece::Piece;

/// Edges no farther apart than this are one, in twentieths of a point.
const NEAR: i32 = 15;

/// Where a cell stands in its row, and how it is merged.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(in crate::import) struct EdgedSides {
    /// Where it begins.
    pub left: i32,
    /// Where it ends.
    pub right: i32,
    /// Whether it goes on with the cell on its left.
    pub goes_on_left: bool,
    /// Whether it goes on with the cell above.
    pub goes_on_down: bool,
}

/// The cells of a row, each with its sides where the row says them.
pub(super) type EdgedRow = Vec<(Option<EdgedSides>, Vec<Piece>)>;

/// One cell with the columns it covers.
struct EdgedCell {
    left: usize,
    right: usize,
    goes_on_down: bool,
    pieces: Vec<Piece>,
}

/// The table of some rows: where an edge stands in any of them, a column begins.
pub(super) fn finished(mut rows: Vec<EdgedRow>) -> Vec<Piece> {
    lend(&mut rows);
    let sides = rows.iter().flatten().filter_map(|(sides, _)| *sides);
    let mut edges: Vec<i32> = sides.flat_map(|side| [side.left, side.right]).collect();
    edges.sort_unstable();
    // The last of the edges that are one.
    let mut ends: Vec<i32> = Vec::new();
    for edge in edges {
        match ends.last_mut() {
            Some(last) if edge.saturating_sub(*last) <= NEAR => *last = edge,
            _ => ends.push(edge),
        }
    }
    let column = |edge: i32| ends.partition_point(|end| *end < edge);
    let mut grid = GridBuilder::default();
    for row in rows {
        grid.start_row();
        let mut at = 0;
        for cell in placed(row, column) {
            grid.skip(cell.left.saturating_sub(at));
            grid.span(cell.right.saturating_sub(cell.left));
            grid.merge_down(cell.goes_on_down);
            grid.push(cell.pieces);
            at = cell.right;
        }
    }
    grid.finish()
}

/// Gives a row that does not say where its cells stand the places of the nearest row above with as
/// many cells.
fn lend(rows: &mut [EdgedRow]) {
    let mut known: Vec<EdgedSides> = Vec::new();
    for row in rows {
        let sides: Option<Vec<EdgedSides>> = row.iter().map(|(sides, _)| *sides).collect();
        match sides {
            Some(sides) => known = sides,
            None if known.len() == row.len() => {
                for ((own, _), sides) in row.iter_mut().zip(&known) {
                    let (left, right) = (sides.left, sides.right);
                    *own = Some(EdgedSides {
                        left,
                        right,
                        ..EdgedSides::default()
                    });
                }
            }
            None => {}
        }
    }
}

/// The cells of a row in their columns, those that are merged into their left one put into it.
fn placed(row: EdgedRow, column: impl Fn(i32) -> usize) -> Vec<EdgedCell> {
    let mut cells: Vec<EdgedCell> = Vec::new();
    for (sides, pieces) in row {
        let at = cells.last().map_or(0, |cell| cell.right);
        let (left, right) = match sides {
            Some(sides) => (column(sides.left).max(at), column(sides.right)),
            None => (at, at + 1),
        };
        let sides = sides.unwrap_or_default();
        match cells.last_mut() {
            Some(last) if sides.goes_on_left => {
                last.right = last.right.max(right);
                last.pieces.extend(pieces);
            }
            // A cell without any width cannot be seen.
            _ if right <= left && pieces.is_empty() => {}
            _ => cells.push(EdgedCell {
                left,
                right: right.max(left + 1),
                goes_on_down: sides.goes_on_down,
                pieces,
            }),
        }
    }
    cells
}
