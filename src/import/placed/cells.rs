//! Glyphs into the cells they stand in.

use std::collections::BTreeSet;

use super::PlacedGlyph;
use super::lines::{self, PlacedLine};
use super::ruled::{Ruled, RuledCell};

/// The room that a cell leaves beside its text, both sides together.
const PADDING: f64 = 12.0;

/// Digits of one figure stand no farther apart than this part of their size, and reach no farther over
/// one another.
const ABUTS: f64 = 0.08;
const OVERLAPS: f64 = 1.0;

/// Puts each glyph into the cell in which its middle lies; which glyphs are of figures that stand
/// on a rule, so that nobody can tell whose they are.
pub(super) fn fill(table: &mut Ruled, glyphs: &[PlacedGlyph]) -> BTreeSet<usize> {
    let squares = owners(table);
    let owners: Vec<Option<usize>> = glyphs
        .iter()
        .map(|glyph| squares.get(square(table, glyph)?).copied().flatten())
        .collect();
    let mut cut = BTreeSet::new();
    for figure in figures(glyphs, &owners) {
        let of = |glyph: &usize| owners.get(*glyph).copied().flatten();
        let mut cells = figure.iter().map(of);
        let first = cells.next().flatten();
        if cells.any(|cell| cell != first) {
            for cell in figure.iter().filter_map(of) {
                if let Some(cell) = table.cells.get_mut(cell) {
                    cell.is_cut = true;
                }
            }
            cut.extend(figure);
        }
    }
    let mut found: Vec<Vec<&PlacedGlyph>> = vec![Vec::new(); table.cells.len()];
    for (glyph, owner) in glyphs.iter().zip(&owners) {
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
    cut
}

/// The square of a table in which the middle of a glyph lies.
fn square(table: &Ruled, glyph: &PlacedGlyph) -> Option<usize> {
    let (x, y) = (glyph.area.middle_x(), glyph.area.middle_y());
    if !table.area().holds(x, y, 0.0) {
        return None;
    }
    let place = |places: &[f64], at: f64| {
        let behind = places.partition_point(|&place| place <= at);
        behind.saturating_sub(1).min(places.len().saturating_sub(2))
    };
    Some(place(&table.ys, y) * table.columns + place(&table.xs, x))
}

/// The figures of which some is in a cell, each by the numbers of its glyphs.
fn figures(glyphs: &[PlacedGlyph], owners: &[Option<usize>]) -> Vec<Vec<usize>> {
    let is_digit = |glyph: &PlacedGlyph| {
        let text = glyph.text.as_deref().unwrap_or_default();
        let is_digit = |c: char| c.is_ascii_digit() || c == '.';
        !glyph.is_down && !glyph.is_turned && !text.is_empty() && text.chars().all(is_digit)
    };
    let mut digits: Vec<(usize, &PlacedGlyph)> = glyphs
        .iter()
        .enumerate()
        .filter(|(_, glyph)| is_digit(glyph))
        .collect();
    digits.sort_by(|(_, a), (_, b)| {
        let line = a.base.round().total_cmp(&b.base.round());
        line.then(a.area.left.total_cmp(&b.area.left))
    });
    let mut figures: Vec<Vec<usize>> = Vec::new();
    let mut last: Option<&PlacedGlyph> = None;
    for (number, glyph) in digits {
        let goes_on = last.is_some_and(|last| {
            let gap = glyph.area.left - last.area.right;
            (last.base - glyph.base).abs() < 1.0
                && (-OVERLAPS * glyph.size..ABUTS * glyph.size).contains(&gap)
        });
        match figures.last_mut().filter(|_| goes_on) {
            Some(figure) => figure.push(number),
            None => figures.push(vec![number]),
        }
        last = Some(glyph);
    }
    let is_inside = |glyph: &usize| owners.get(*glyph).is_some_and(Option::is_some);
    figures.retain(|figure| figure.iter().any(is_inside));
    figures
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
