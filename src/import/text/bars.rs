//! Tables whose cells stand between bars: Markdown's pipes, drawn boxes, grids of plus signs.
//!
//! It knows no form.

use super::{LineWalk, Piece, is_figure, plain, push_text, ragged};

/// The marks that stand between cells.
const BARS: [char; 5] = ['|', '│', '┃', '｜', '║'];

fn has_bar(line: &str) -> bool {
    line.contains(BARS)
}

/// Whether a line draws the border between rows.
fn is_border(line: &str) -> bool {
    let line = line.trim();
    line.chars().count() > 2
        && line.contains(['-', '=', '─', '━', '═'])
        && line
            .chars()
            .all(|c| "-=+:| \t".contains(c) || ('─'..='╿').contains(&c))
}

/// Takes the next lines when they have bars: a table, or text that only looks like one.
pub(super) fn push(lines: &mut LineWalk<'_>, pieces: &mut Vec<Piece>) -> bool {
    let from = lines.next;
    let belongs = |line: &&&str| has_bar(line) || is_border(line);
    let run: Vec<&str> = lines
        .all
        .iter()
        .skip(from)
        .take_while(belongs)
        .copied()
        .collect();
    if !run.iter().any(|line| has_bar(line)) {
        return false;
    }
    lines.next += run.len();
    if is_table(&run) {
        pieces.push(Piece::Table(ragged(rows(&run))));
    } else {
        for line in run {
            push_text(line, pieces);
        }
    }
    true
}

fn is_table(run: &[&str]) -> bool {
    let framed = |line: &&str| {
        let line = line.trim();
        line.chars().count() > 2 && line.starts_with(BARS) && line.ends_with(BARS)
    };
    let has_figure = |line: &&str| line.split(BARS).any(is_figure);
    let ruled = run.len() > 1 && run.iter().any(|line| has_figure(line) || is_border(line));
    ruled
        || run
            .iter()
            .any(|line| framed(line) || (has_figure(line) && !line.contains('。')))
}

/// The rows of such a table.
fn rows(lines: &[&str]) -> Vec<Vec<String>> {
    let first = lines
        .iter()
        .position(|line| is_border(line) && !line.trim().starts_with('|'));
    let borders = lines.iter().filter(|line| is_border(line)).count();
    // A border after every row means that a row may take several lines.
    let drawn = first == Some(0) && borders > 2;
    let mut rows: Vec<Vec<String>> = Vec::new();
    let mut open: Vec<&str> = Vec::new();
    let frame = Frame::of(lines);
    let cells = |line: &str| frame.cells(line);
    let joined = |lines: &[&str]| joined(lines, &frame);
    for line in lines {
        if is_border(line) {
            rows.extend(joined(&std::mem::take(&mut open)));
        } else if drawn {
            open.push(line);
        } else {
            rows.push(cells(line));
        }
    }
    rows.extend(joined(&open));
    rows
}

/// Whether the rows of a table begin and end with a bar; without one, a bar at the end of a line
/// stands before an empty cell.
struct Frame {
    before: bool,
    behind: bool,
}

impl Frame {
    fn of(lines: &[&str]) -> Self {
        let rows = || {
            lines
                .iter()
                .map(|line| line.trim())
                .filter(|line| !is_border(line))
        };
        let most = |framed: &dyn Fn(&str) -> bool| {
            rows().filter(|line| framed(line)).count() * 5 >= rows().count() * 4
        };
        Self {
            before: most(&|line| line.starts_with(BARS)),
            behind: most(&|line| line.ends_with(BARS)),
        }
    }

    fn cells(&self, line: &str) -> Vec<String> {
        let line = line.trim();
        let bare = line.strip_prefix(BARS).filter(|_| self.before);
        let line = bare.unwrap_or(line);
        let bare = line.strip_suffix(BARS).filter(|_| self.behind);
        bare.unwrap_or(line).split(BARS).map(plain).collect()
    }
}

/// One row out of the lines it takes; lines with other bars than the first stay rows of their own.
fn joined(lines: &[&str], frame: &Frame) -> Vec<Vec<String>> {
    let mut rows: Vec<Vec<String>> = Vec::new();
    for line in lines {
        let next = frame.cells(line);
        match rows.last_mut() {
            Some(row) if row.len() == next.len() => {
                for (cell, more) in row.iter_mut().zip(next) {
                    // Two figures above each other are two figures.
                    if is_figure(cell) && !more.is_empty() {
                        cell.push('\n');
                    }
                    cell.push_str(&more);
                }
            }
            _ => rows.push(next),
        }
    }
    rows
}
