//! Tables of one indented cell a line, rows apart by empty lines. It knows no form.

use super::{LineWalk, Piece, is_figure, numbered_level, plain, push_text, ragged};

/// The longest line that can be the rest of a broken cell, in characters.
const CONTINUATION: usize = 60;
/// The same after an empty line, where it could also be a paragraph.
const LOOSE_CONTINUATION: usize = 8;

/// The fewest lines of which it can be said that all stand apart.
const APART: usize = 8;

/// Whether a line is one cell behind a tab.
pub(super) fn is_cell(line: &str) -> bool {
    line.starts_with('\t') && line.matches('\t').count() == 1
}

/// Takes a run of indented lines: a table of one cell a line, rows apart by empty lines.
pub(super) fn push(lines: &mut LineWalk<'_>, pieces: &mut Vec<Piece>) {
    let first = lines.next;
    let mut rows: Vec<Vec<String>> = Vec::new();
    let mut open = false;
    let mut end = first;
    while let Some(line) = lines.peek() {
        if is_cell(line) {
            let cell = plain(line);
            match rows.last_mut() {
                Some(row) if open => row.push(cell),
                _ => rows.push(vec![cell]),
            }
            open = true;
        } else if line.trim().is_empty() && !line.contains('\t') {
            open = false;
            lines.next += 1;
            continue;
        } else if continues(lines, open, rows.last()) {
            if let Some(cell) = rows.last_mut().and_then(|row| row.last_mut()) {
                cell.push_str(line.trim());
            }
            open = true;
        } else {
            break;
        }
        lines.next += 1;
        end = lines.next;
    }
    lines.next = end;
    let rows = with_torn(rows);
    // Where every line has an empty one behind it, nothing shows where a row ends.
    let apart = rows.iter().filter(|row| row.len() > 1).count() * 10 < rows.len();
    let is_table = rows.len() + rows.iter().map(Vec::len).sum::<usize>() > 2
        && !(apart && rows.len() > APART)
        && rows
            .iter()
            .flatten()
            .any(|cell| cell.is_empty() || is_figure(cell));
    if is_table {
        pieces.push(Piece::Table(ragged(rows)));
    } else {
        for index in first..end {
            push_text(lines.at(index).unwrap_or_default(), pieces);
        }
    }
}

/// The rows with figures alone put behind the row above, which a page or an empty line tore.
fn with_torn(rows: Vec<Vec<String>>) -> Vec<Vec<String>> {
    let mut whole: Vec<Vec<String>> = Vec::with_capacity(rows.len());
    for row in rows {
        let figures = row.iter().any(|cell| is_figure(cell))
            && row.iter().all(|cell| cell.is_empty() || is_figure(cell));
        let goes_on = |above: &&mut Vec<String>| {
            above.last().is_some_and(|cell| is_figure(cell))
                && above
                    .iter()
                    .any(|cell| !cell.is_empty() && !is_figure(cell))
        };
        match whole.last_mut().filter(|_| figures).filter(goes_on) {
            Some(above) => above.extend(row),
            None => whole.push(row),
        }
    }
    whole
}

/// Whether the next line is the rest of the cell before it.
fn continues(lines: &LineWalk<'_>, open: bool, row: Option<&Vec<String>>) -> bool {
    let Some(line) = lines.peek().filter(|line| !line.contains('\t')) else {
        return false;
    };
    let Some(cell) = row.and_then(|row| row.last()) else {
        return false;
    };
    if cell.is_empty() || is_figure(cell) || line.starts_with('#') {
        return false;
    }
    let length = line.trim().chars().count();
    if open {
        return length <= CONTINUATION;
    }
    length <= LOOSE_CONTINUATION
        && numbered_level(line.trim()).is_none()
        && lines.at(lines.next + 1).is_some_and(is_cell)
}
