//! A table that goes on over a page break is one table, and a row that the break cuts is one row.

use super::cells::is_figure;
use super::ruled::{Ruled, RuledCell};
use super::rules::clustered;

/// Rules of two pages stand in one place when they are no farther apart.
const SAME: f64 = 3.0;

/// Whether the first table of a page goes on with the last one of the page before: the outer rules
/// are the same, and the columns of one are all among those of the other.
pub(super) fn goes_on(table: &Ruled, next: &Ruled) -> bool {
    let (a, b) = (table.area(), next.area());
    let is_as_wide = (a.left - b.left).abs() < SAME && (a.right - b.right).abs() < SAME;
    let within = |xs: &[f64], all: &[f64]| {
        xs.iter()
            .all(|x| all.iter().any(|other| (x - other).abs() < SAME))
    };
    is_as_wide && (within(&next.xs, &table.xs) || within(&table.xs, &next.xs))
}

/// Puts the table of the next page below the one of this page.
pub(super) fn join(table: &mut Ruled, mut next: Ruled) {
    let xs = clustered(table.xs.iter().chain(&next.xs).copied().collect());
    place(table, &xs);
    place(&mut next, &xs);
    drop_head(table, &mut next);
    let edge: Vec<bool> = (table.foot.iter())
        .zip(&next.head)
        .map(|(foot, head)| *foot || *head)
        .collect();
    let sides = |cell: &RuledCell| edge.iter().skip(cell.column).take(cell.columns);
    let end = table.rows;
    for cell in table.cells.iter_mut().filter(|cell| cell.end() == end) {
        cell.below = sides(cell).all(|side| *side);
    }
    for cell in next.cells.iter_mut().filter(|cell| cell.row == 0) {
        cell.above = sides(cell).all(|side| *side);
    }
    let is_cut = edge.iter().all(|side| !side) || is_torn(table, &next);
    let shift = if is_cut { end.saturating_sub(1) } else { end };
    for mut cell in next.cells {
        let is_top = cell.row == 0;
        cell.row += shift;
        if !is_top {
            table.cells.push(cell);
            continue;
        }
        let above = table.cells.iter_mut().find(|above| {
            above.end() == end && (above.column, above.columns) == (cell.column, cell.columns)
        });
        let is_free = !sides(&cell).any(|side| *side);
        // A label over several rows is drawn on one of the pages only.
        let is_tall = above.as_ref().is_some_and(|above| {
            (cell.text.is_empty() || above.text.is_empty()) && (cell.rows > 1 || above.rows > 1)
        });
        let goes_on = is_cut || is_free || is_tall;
        match above {
            Some(above) if goes_on => extend(above, &cell),
            _ => {
                cell.above &= !goes_on;
                table.cells.push(cell);
            }
        }
    }
    table.rows = shift + next.rows;
    table.foot = next.foot;
    table.cells.sort_by_key(|cell| (cell.row, cell.column));
}

/// Counts the columns of a table by those of both pages.
fn place(table: &mut Ruled, xs: &[f64]) {
    let nearest = |x: f64| {
        let places = xs.iter().enumerate();
        let nearest = places.min_by(|a, b| (a.1 - x).abs().total_cmp(&(b.1 - x).abs()));
        nearest.map_or(0, |(at, _)| at)
    };
    let at: Vec<usize> = table.xs.iter().map(|x| nearest(*x)).collect();
    let place = |column: usize| at.get(column).copied().unwrap_or_default();
    let columns = xs.len().saturating_sub(1);
    let spread = |sides: &[bool]| -> Vec<bool> {
        let mut spread = vec![false; columns];
        for (column, side) in sides.iter().enumerate() {
            let width = place(column + 1).saturating_sub(place(column));
            let squares = spread.iter_mut().skip(place(column)).take(width);
            squares.for_each(|square| *square = *side);
        }
        spread
    };
    (table.head, table.foot) = (spread(&table.head), spread(&table.foot));
    for cell in &mut table.cells {
        let (from, to) = (place(cell.column), place(cell.right()));
        (cell.column, cell.columns) = (from, to.saturating_sub(from));
    }
    table.columns = columns;
    table.xs = xs.to_vec();
}

/// Takes the head rows that the next page repeats away from it.
fn drop_head(table: &Ruled, next: &mut Ruled) {
    let row = |table: &Ruled, row: usize| -> Vec<(usize, usize, usize, String)> {
        let cells = table.cells.iter().filter(|cell| cell.row == row);
        let bare = |cell: &RuledCell| cell.text.split_whitespace().collect();
        cells
            .map(|cell| (cell.column, cell.rows, cell.columns, bare(cell)))
            .collect()
    };
    let repeats = |at: usize| {
        let cells = next.cells.iter().filter(|cell| cell.row == at);
        let is_head =
            !cells.clone().any(is_figure) && cells.clone().any(|cell| !cell.text.is_empty());
        is_head && row(table, at) == row(next, at)
    };
    let most = next.rows.min(table.rows).saturating_sub(1);
    let mut head = (0..most).take_while(|&at| repeats(at)).count();
    // A head ends where no cell crosses.
    while next
        .cells
        .iter()
        .any(|cell| cell.row < head && cell.end() > head)
    {
        head -= 1;
    }
    if head == 0 {
        return;
    }
    next.cells.retain(|cell| cell.row >= head);
    for cell in &mut next.cells {
        cell.row -= head;
    }
    next.rows -= head;
    let is_ruled = |column| {
        let mut cells = next.cells.iter();
        cells.any(|cell| cell.covers(0, column) && cell.above)
    };
    next.head = (0..next.columns).map(is_ruled).collect();
}

/// Whether a page cut a row whose edges are ruled all the same: one part has the figures, the other
/// the rest of the label.
fn is_torn(table: &Ruled, next: &Ruled) -> bool {
    let count = |cells: &mut dyn Iterator<Item = &RuledCell>| {
        let (mut figures, mut labels, mut blanks) = (0, 0, 0);
        for cell in cells {
            if is_figure(cell) {
                figures += 1;
            } else if cell.rows == 1 && cell.text.is_empty() {
                blanks += 1;
            } else if cell.rows == 1 {
                labels += 1;
            }
        }
        (figures, labels, blanks)
    };
    let end = table.rows;
    let (figures, labels, _) = count(&mut table.cells.iter().filter(|cell| cell.end() == end));
    let (more_figures, more_labels, blanks) =
        count(&mut next.cells.iter().filter(|cell| cell.row == 0));
    let is_rest_of_label = more_figures == 0 && more_labels > 0 && figures > 0;
    let are_own_figures = more_labels == 0 && more_figures > 0 && figures == 0 && labels > 0;
    blanks > 0 && (is_rest_of_label || are_own_figures)
}

/// Lets a cell go on with one of the next page.
fn extend(cell: &mut RuledCell, next: &RuledCell) {
    cell.rows = next.end().saturating_sub(cell.row).max(1);
    if !next.text.is_empty() && is_figure(cell) && is_figure(next) {
        cell.text.push('\n');
    }
    cell.text.push_str(&next.text);
    cell.is_unread |= next.is_unread;
    cell.is_cut |= next.is_cut;
    cell.beside &= next.beside;
    cell.below = next.below;
}
