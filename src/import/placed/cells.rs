//! Glyphs into the cells they stand in.

use super::PlacedGlyph;
use super::lines::{self, PlacedLine};
use super::ruled::{Ruled, RuledCell};

/// The room that a cell leaves beside its text, both sides together.
const PADDING: f64 = 12.0;

/// Puts each glyph into the cell in which its middle lies.
pub(super) fn fill(table: &mut Ruled, glyphs: &[PlacedGlyph]) {
    let area = table.area();
    let mut found: Vec<Vec<&PlacedGlyph>> = vec![Vec::new(); table.cells.len()];
    let squares = owners(table);
    for glyph in glyphs {
        let (x, y) = (glyph.area.middle_x(), glyph.area.middle_y());
        if !area.holds(x, y, 0.0) {
            continue;
        }
        let place = |places: &[f64], at: f64| {
            let behind = places.partition_point(|&place| place <= at);
            behind.saturating_sub(1).min(places.len().saturating_sub(2))
        };
        let square = place(&table.ys, y) * table.columns + place(&table.xs, x);
        let owner = squares.get(square).copied().flatten();
        if let Some(own) = owner.and_then(|owner| found.get_mut(owner)) {
            own.push(glyph);
        }
    }
    let Ruled { cells, xs, .. } = table;
    for (cell, mut glyphs) in cells.iter_mut().zip(found) {
        // A slanting watermark over a figure is no part of it.
        if glyphs.iter().any(|glyph| !glyph.is_turned) {
            glyphs.retain(|glyph| !glyph.is_turned);
        }
        let lines = lines::lines(&glyphs);
        cell.is_unread = lines.iter().any(|line| line.is_unread);
        let edge = |column: usize| xs.get(column).copied().unwrap_or_default();
        let width = edge(cell.right()) - edge(cell.column);
        cell.text = joined(&lines, width);
    }
}

/// The cell that each square belongs to.
fn owners(table: &Ruled) -> Vec<Option<usize>> {
    let mut owners = vec![None; table.rows * table.columns];
    for (index, cell) in table.cells.iter().enumerate() {
        for row in cell.row..cell.end() {
            let squares = owners
                .iter_mut()
                .skip(row * table.columns + cell.column)
                .take(cell.columns);
            // An open region may be no rectangle; the first that claims a square has it.
            squares.for_each(|owner| *owner = owner.or(Some(index)));
        }
    }
    owners
}

/// The lines of a cell as one text: a figure goes on only where its line had no room for more.
fn joined(lines: &[PlacedLine], width: f64) -> String {
    let mut text = String::new();
    let mut room = f64::MAX;
    for line in lines.iter().filter(|line| !line.text.is_empty()) {
        let is_figure = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit() || c == '.');
        let first = line.text.chars().next();
        if is_figure(text.chars().last()) && is_figure(first) && room > line.size / 2.0 {
            text.push('\n');
        } else if lines::are_words(&text, &line.text) {
            text.push(' ');
        }
        text.push_str(&line.text);
        room = width - line.area.width() - PADDING;
    }
    text
}

/// Whether a cell is a figure by itself.
pub(super) fn is_figure(cell: &RuledCell) -> bool {
    let text = cell.text.trim();
    !text.is_empty()
        && text
            .chars()
            .all(|c| c.is_ascii_digit() || ".,-—/".contains(c))
}
