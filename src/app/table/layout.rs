//! Where each square of a table lies on the screen.
//!
//! It knows labels and widths; it knows no entry and no selection.

use std::sync::Arc;

use egui::text::LayoutJob;
use egui::{Align, Color32, FontId, Galley, Painter, Pos2, Rangef, Rect, Vec2, pos2, vec2};

use crate::form::{FieldId, Grid, Square, SquareContent};
use crate::layout::may_break;

/// Room between a border and a label.
const PADDING: Vec2 = vec2(5.0, 4.0);

/// What a layout is made from.
pub(super) struct GridMeasure<'a> {
    pub grid: &'a Grid,
    pub font: FontId,
    pub ink: Color32,
    pub available: f32,
    /// What stands in a cell and must be read whole, as far as a column is made wider for it.
    pub figure: &'a dyn Fn(FieldId) -> String,
    /// Whether a figure of this width needs room for a remark above it.
    pub crowded: &'a dyn Fn(FieldId, f32) -> bool,
}

/// The measured table, with its labels laid out.
pub(super) struct GridLayout {
    columns: Vec<f32>,
    rows: Vec<f32>,
    pub labels: Vec<Option<Arc<Galley>>>,
    header_rows: usize,
    origin: Pos2,
    /// How far the header rows are moved down to stay in sight.
    pub header_shift: f32,
    /// How high a header stands over the rows that scroll below it: 0 where there is no room for that.
    pub cover: f32,
}

impl GridLayout {
    pub fn new(measure: &GridMeasure<'_>, painter: &Painter) -> Self {
        let widths = widths(measure, painter);
        let columns = edges(&widths);
        let labels: Vec<_> = measure
            .grid
            .squares
            .iter()
            .map(|square| label(measure, square, &columns, painter))
            .collect();
        let rows = edges(&heights(measure, &labels, &columns, painter));
        Self {
            columns,
            rows,
            labels,
            header_rows: measure.grid.header_rows,
            origin: Pos2::ZERO,
            header_shift: 0.0,
            cover: 0.0,
        }
    }

    pub fn size(&self) -> Vec2 {
        vec2(at(&self.columns, usize::MAX), at(&self.rows, usize::MAX)) + Vec2::splat(1.0)
    }

    /// Puts the table on the screen; `clip` is what can be seen of it.
    pub fn place(&mut self, rect: Rect, clip: Rect) {
        self.origin = rect.min;
        let height = self.header_height();
        let hidden = (clip.top() - rect.top()).max(0.0);
        let room = (rect.height() - height).max(0.0);
        self.cover = if height * 2.0 < clip.height() {
            height
        } else {
            0.0
        };
        self.header_shift = if self.cover > 0.0 {
            hidden.min(room)
        } else {
            0.0
        };
    }

    /// Where the columns that a square covers begin and end on the screen.
    pub fn columns(&self, square: &Square) -> Rangef {
        let left = at(&self.columns, square.column);
        let right = at(&self.columns, square.column + square.column_span);
        Rangef::new(left + self.origin.x, right + self.origin.x)
    }

    pub fn header_height(&self) -> f32 {
        at(&self.rows, self.header_rows)
    }

    /// Where the headings of the columns are seen.
    pub fn header(&self) -> Rect {
        let width = at(&self.columns, usize::MAX);
        let top = self.origin + vec2(0.0, self.header_shift);
        Rect::from_min_size(top, vec2(width, self.header_height()))
    }

    pub fn in_header(&self, square: &Square) -> bool {
        square.row < self.header_rows
    }

    pub fn rect(&self, square: &Square) -> Rect {
        let shift = if self.in_header(square) {
            self.header_shift
        } else {
            0.0
        };
        let offset = self.origin.to_vec2() + vec2(0.0, shift);
        let min = pos2(at(&self.columns, square.column), at(&self.rows, square.row));
        let max = pos2(
            at(&self.columns, square.column + square.column_span),
            at(&self.rows, square.row + square.row_span),
        );
        Rect::from_min_max(min + offset, max + offset)
    }

    /// The square under a position; the header lies above the rest.
    pub fn hit<'a>(&self, grid: &'a Grid, pos: Pos2) -> Option<&'a Square> {
        let under = |square: &&Square| self.rect(square).contains(pos);
        let header = grid.squares.iter().filter(|square| self.in_header(square));
        let body = grid.squares.iter().filter(|square| !self.in_header(square));
        header.chain(body).find(under)
    }
}

/// The edge of this number; the last one where there are fewer.
fn at(edges: &[f32], index: usize) -> f32 {
    edges.get(index).or(edges.last()).copied().unwrap_or(0.0)
}

fn edges(sizes: &[f32]) -> Vec<f32> {
    let mut edges = vec![0.0];
    let mut edge = 0.0;
    for size in sizes {
        edge += size;
        edges.push(edge);
    }
    edges
}

/// How wide the figures of a column are: none of them is made smaller or broken.
fn widest_figure(measure: &GridMeasure<'_>, column: usize, painter: &Painter) -> f32 {
    let squares = measure.grid.squares.iter();
    let figures = squares.filter_map(|square| match square.content {
        SquareContent::Value(id) if (square.column, square.column_span) == (column, 1) => {
            Some((measure.figure)(id))
        }
        _ => None,
    });
    let longest = figures.max_by_key(|figure| figure.chars().count());
    let longest = longest.unwrap_or_default();
    let glyphs = longest.chars();
    let width: f32 = painter.fonts_mut(|fonts| {
        glyphs
            .map(|glyph| fonts.glyph_width(&measure.font, glyph))
            .sum()
    });
    width + 2.0 * PADDING.x + 1.0
}

/// Scales the printed widths to the room there is, but keeps figures readable.
fn widths(measure: &GridMeasure<'_>, painter: &Painter) -> Vec<f32> {
    let grid = measure.grid;
    let em = measure.font.size;
    let printed: f32 = grid.widths.iter().map(|&width| width as f32).sum();
    let available = measure.available.min(em * 80.0);
    let holds_values = |column: usize| {
        grid.squares.iter().any(|square| {
            square.column == column && matches!(square.content, SquareContent::Value(_))
        })
    };
    let least = |column: usize| {
        if holds_values(column) {
            let usual = (em * 2.9).max(44.0);
            usual.max(widest_figure(measure, column, painter).ceil())
        } else {
            em * widest_unit(grid, column) as f32 + 2.0 * PADDING.x + 1.0
        }
    };
    let least: Vec<_> = (0..grid.columns).map(least).collect();
    let shares = grid.widths.iter().map(|&width| width as f32);
    let mut widths: Vec<_> = least
        .iter()
        .zip(shares.chain(std::iter::repeat(0.0)))
        .map(|(&least, share)| (share * available / printed.max(1.0)).max(least))
        .collect();
    let spare = widths.iter().sum::<f32>() - least.iter().sum::<f32>();
    let excess = widths.iter().sum::<f32>() - available;
    if excess > 0.0 && spare > 0.0 {
        let part = (excess / spare).min(1.0);
        for (width, least) in widths.iter_mut().zip(least) {
            *width -= (*width - least) * part;
        }
    }
    widths
}

fn label(
    measure: &GridMeasure<'_>,
    square: &Square,
    columns: &[f32],
    painter: &Painter,
) -> Option<Arc<Galley>> {
    let (text, align) = match &square.content {
        SquareContent::Head(text) => (text, Align::Center),
        SquareContent::Label(text) => (text, Align::LEFT),
        SquareContent::Value(_) => return None,
    };
    let width = at(columns, square.column + square.column_span) - at(columns, square.column);
    let room = (width - 2.0 * PADDING.x).max(measure.font.size);
    let (text, room) = if room < measure.font.size * 2.0 {
        (stacked(text), f32::INFINITY)
    } else {
        (text.clone(), room)
    };
    let mut job = LayoutJob::simple(text, measure.font.clone(), measure.ink, room);
    job.halign = align;
    Some(painter.layout_job(job))
}

/// The longest part of a label that a column is made wider for; a longer one is broken somewhere.
const LONGEST_UNIT: usize = 4;

/// How many characters of a column's labels must stay on one line: 3 where there is a “（一）”.
fn widest_unit(grid: &Grid, column: usize) -> usize {
    let labels = grid
        .squares
        .iter()
        .filter(|square| (square.column, square.column_span) == (column, 1));
    let texts = labels.filter_map(|square| match &square.content {
        SquareContent::Label(text) => Some(text),
        _ => None,
    });
    let widest = texts.map(|text| widest(text)).max().unwrap_or(1);
    widest.min(LONGEST_UNIT)
}

/// The characters of the longest part of a text that no line may end in; a mark that can hang does not count.
fn widest(text: &str) -> usize {
    let (mut widest, mut run, mut before) = (1, 0, None);
    for c in text.chars() {
        if before.is_none_or(|before| may_break(before, c)) {
            run = 0;
        }
        run += 1;
        if run > 2 || !is_hanging(c) {
            widest = widest.max(run);
        }
        before = Some(c);
    }
    widest
}

/// Whether a mark's ink takes less than half its square, and no line may begin with it.
fn is_hanging(c: char) -> bool {
    !may_break('一', c)
}

/// A label for a column that has room for one character: one above the other, marks hanging at their sides.
fn stacked(text: &str) -> String {
    let mut stacked = String::with_capacity(text.len() * 2);
    let mut alone = false;
    for c in text.chars() {
        let hangs = alone && is_hanging(c);
        if !stacked.is_empty() && !hangs {
            stacked.push('\n');
        }
        stacked.push(c);
        alone = !hangs;
    }
    stacked
}

fn heights(
    measure: &GridMeasure<'_>,
    labels: &[Option<Arc<Galley>>],
    columns: &[f32],
    painter: &Painter,
) -> Vec<f32> {
    let grid = measure.grid;
    // One crowded figure makes every row higher, so that the rows keep one rhythm.
    let crowded = grid.squares.iter().any(|square| match square.content {
        SquareContent::Value(id) => {
            let right = at(columns, square.column + square.column_span);
            (measure.crowded)(id, right - at(columns, square.column) - 2.0 * PADDING.x)
        }
        _ => false,
    });
    let line = painter.fonts_mut(|fonts| fonts.row_height(&measure.font));
    let remark = if crowded { line * 0.55 } else { 0.0 };
    let holds_values = |row: usize| {
        grid.squares
            .iter()
            .any(|square| square.row == row && matches!(square.content, SquareContent::Value(_)))
    };
    let mut heights: Vec<_> = (0..grid.rows)
        .map(|row| {
            let extra = if holds_values(row) { remark } else { 0.0 };
            line + 2.0 * PADDING.y + extra
        })
        .collect();
    let mut labelled: Vec<_> = grid.squares.iter().zip(labels).collect();
    // Squares of one row come first, so that tall ones only add what is still lacking.
    labelled.sort_by_key(|(square, _)| square.row_span);
    for (square, galley) in labelled {
        let Some(galley) = galley else { continue };
        let covered = heights.iter_mut().skip(square.row).take(square.row_span);
        let have: f32 = covered.map(|height| *height).sum();
        let lacking = galley.size().y + 2.0 * PADDING.y - have;
        if lacking > 0.0 {
            let share = lacking / square.row_span as f32;
            for height in heights.iter_mut().skip(square.row).take(square.row_span) {
                *height += share;
            }
        }
    }
    heights
}

#[cfg(test)]
mod tests {
    use super::{stacked, widest};

    #[test]
    fn punctuation_hangs_beside_the_character_above() {
        assert_eq!(stacked("三、本（七）。"), "三、\n本\n（\n七）\n。");
        assert_eq!(stacked(""), "");
    }

    #[test]
    fn a_number_in_brackets_stays_on_one_line() {
        assert_eq!(widest("（三）不予公开"), 3);
        assert_eq!(widest("三、本年度办理结果"), 1);
        assert_eq!(widest(""), 1);
    }
}
