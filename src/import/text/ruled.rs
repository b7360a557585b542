//! Tables under a line of dashes or equals signs that shows where the columns are, as pandoc and
//! reStructuredText have them.
//!
//! It knows no form.

use super::{LineWalk, Piece, is_figure, plain, ragged};

/// The most lines of one such table.
const LINES: usize = 2_000;

/// The columns that a line of dashes shows, in squares of the screen; `None` for another line.
fn ruler(line: &str) -> Option<Vec<(usize, usize)>> {
    let line = line.trim_end();
    let mark = line.chars().find(|c| *c != ' ').unwrap_or(' ');
    if line.len() < 3 || !"-=".contains(mark) || !line.chars().all(|c| c == mark || c == ' ') {
        return None;
    }
    let mut columns: Vec<(usize, usize)> = Vec::new();
    for (at, c) in line.chars().enumerate() {
        match columns.last_mut() {
            Some((_, end)) if c == mark && *end == at => *end = at + 1,
            _ if c == mark => columns.push((at, at + 1)),
            _ => {}
        }
    }
    columns
        .iter()
        .all(|(start, end)| end - start > 1)
        .then_some(columns)
}

/// How many of the next lines are such a table; `None` when none are.
pub(super) fn table_length(lines: &LineWalk<'_>) -> Option<usize> {
    // A head may stand above the first line of dashes.
    let near = lines.all.iter().skip(lines.next).take(12);
    let above = near.take_while(|line| !line.trim().is_empty());
    let first = above
        .map(|line| ruler(line))
        .position(|columns| columns.is_some())?;
    let rulers: Vec<usize> = (lines.next + first..lines.all.len().min(lines.next + LINES))
        .filter(|&at| lines.at(at).and_then(ruler).is_some())
        .take_while({
            let mut before = lines.next + first;
            move |&at| {
                let near = at - before < 200;
                before = at;
                near
            }
        })
        .take(3)
        .collect();
    let is_ruler = |at: usize| {
        lines
            .at(at)
            .and_then(ruler)
            .is_some_and(|columns| columns.len() > 1)
    };
    let same =
        |a: usize, b: usize| lines.at(a).map(str::trim_end) == lines.at(b).map(str::trim_end);
    let unbroken = |a: usize, b: usize| {
        let mut between = lines.all.iter().take(b).skip(a);
        between.all(|line| !line.trim().is_empty())
    };
    // A full line above, one with gaps under the head, and a full or gapped one at the end.
    let last = match rulers.as_slice() {
        [a, b, c] if is_ruler(*b) && !is_ruler(*a) => *c,
        [a, b, c] if is_ruler(*a) && same(*a, *b) && same(*b, *c) && unbroken(*a, *c) => *c,
        [a, b, ..] if is_ruler(*a) => *b,
        _ => return None,
    };
    Some(last + 1 - lines.next)
}

/// Adds the table.
pub(super) fn push(lines: &[&str], pieces: &mut Vec<Piece>) {
    let columns = lines
        .iter()
        .filter_map(|line| ruler(line))
        .max_by_key(Vec::len)
        .unwrap_or_default();
    let quotes = width_of_quotes(lines, &columns);
    let multiline = lines.iter().any(|line| line.trim().is_empty());
    let mut rows: Vec<Vec<String>> = Vec::new();
    let mut open = false;
    for line in lines {
        if ruler(line).is_some() || line.trim().is_empty() {
            open = false;
            continue;
        }
        let cells = slices(line, &columns, quotes).0;
        match rows.last_mut() {
            Some(row) if open && multiline => {
                for (cell, more) in row.iter_mut().zip(cells) {
                    if is_figure(cell) && !more.is_empty() {
                        cell.push('\n');
                    }
                    cell.push_str(&more);
                }
            }
            _ => rows.push(cells),
        }
        open = true;
    }
    pieces.push(Piece::Table(ragged(rows)));
}

/// How wide the quotation marks of a table are: some programs count one square, some two.
fn width_of_quotes(lines: &[&str], columns: &[(usize, usize)]) -> usize {
    let quoted = || lines.iter().filter(|line| line.contains(is_quote));
    let misfits =
        |quotes: usize| -> usize { quoted().map(|line| slices(line, columns, quotes).1).sum() };
    if misfits(2) < misfits(1) { 2 } else { 1 }
}

/// The parts of a line in these columns, and how badly they fit: what stands between columns, and
/// the cells that touch neither edge of theirs. What crosses a border belongs where it begins.
fn slices(line: &str, columns: &[(usize, usize)], quotes: usize) -> (Vec<String>, usize) {
    let mut cells = vec![String::new(); columns.len()];
    let mut misfits = 0;
    let mut at = 0;
    let mut before = ' ';
    for c in line.chars() {
        let column = columns
            .iter()
            .rposition(|(start, _)| *start <= at)
            .unwrap_or(0);
        let starts = columns.get(column).is_some_and(|(start, _)| *start == at);
        let begins = before == ' ' && c != ' ';
        let outside = columns.get(column).is_some_and(|(_, end)| *end <= at);
        misfits += usize::from((begins && !starts) || (outside && c != ' '));
        if let Some(cell) = cells.get_mut(column) {
            cell.push(c);
        }
        at += if is_quote(c) { quotes } else { width(c) };
        before = c;
    }
    (cells.iter().map(|cell| plain(cell)).collect(), misfits)
}

/// Whether a character is as wide as the program that wrote it likes.
fn is_quote(c: char) -> bool {
    matches!(c, '‘' | '’' | '“' | '”' | '—' | '…' | '·')
}

/// How many squares of the screen a character takes.
fn width(c: char) -> usize {
    let wide = matches!(c, '\u{1100}'..='\u{115f}' | '\u{2e80}'..='\u{a4cf}' | '\u{ac00}'..='\u{d7a3}'
        | '\u{f900}'..='\u{faff}' | '\u{fe30}'..='\u{fe6f}' | '\u{ff01}'..='\u{ff60}' | '\u{ffe0}'..='\u{ffe6}');
    if wide { 2 } else { 1 }
}
