//! Glyphs to lines of text.

use super::{PageRect, PlacedGlyph};
use crate::doc::normal::raised;

/// What stands for a glyph that does not say what it is.
pub(super) const UNREAD: char = '□';
/// A gap in a line that is a space, as a part of the size.
const SPACE: f64 = 0.3;
/// The same beside a Chinese character, where lines are drawn apart to fill their width.
const WIDE_SPACE: f64 = 0.8;
/// The same glyph so little beside itself is bold print, as a part of the size.
const BOLD: f64 = 0.12;

/// A line of text.
#[derive(Debug, Clone, Default)]
pub(super) struct PlacedLine {
    pub text: String,
    /// Where what can be seen of it stands.
    pub area: PageRect,
    /// The size of its first glyph.
    pub size: f64,
    /// How many of its glyphs do not say what they are.
    pub unread: usize,
    /// Whether it cannot be trusted: unread glyphs, or glyphs over each other.
    pub is_unread: bool,
}

/// The lines of some glyphs, from the top, or from the right where they run down.
pub(super) fn lines(glyphs: &[&PlacedGlyph]) -> Vec<PlacedLine> {
    let down = glyphs.iter().filter(|glyph| glyph.is_down).count();
    let rows = if down * 2 > glyphs.len() {
        columns(glyphs)
    } else {
        rows(glyphs)
    };
    rows.iter().map(|row| line(row)).collect()
}

/// Glyphs that run down, column by column.
fn columns<'g>(glyphs: &[&'g PlacedGlyph]) -> Vec<Vec<&'g PlacedGlyph>> {
    let mut glyphs = glyphs.to_vec();
    glyphs.sort_by(|a, b| b.area.middle_x().total_cmp(&a.area.middle_x()));
    let mut columns: Vec<Vec<&PlacedGlyph>> = Vec::new();
    for glyph in glyphs {
        let beside = |first: &&PlacedGlyph| {
            (first.area.middle_x() - glyph.area.middle_x()).abs() < glyph.size * 0.5
        };
        match columns.last_mut() {
            Some(column) if column.first().is_some_and(beside) => column.push(glyph),
            _ => columns.push(vec![glyph]),
        }
    }
    for column in &mut columns {
        column.sort_by(|a, b| a.area.top.total_cmp(&b.area.top));
    }
    columns
}

/// Glyphs that run to the right, row by row.
fn rows<'g>(glyphs: &[&'g PlacedGlyph]) -> Vec<Vec<&'g PlacedGlyph>> {
    let mut glyphs = glyphs.to_vec();
    glyphs.sort_by(|a, b| a.area.middle_y().total_cmp(&b.area.middle_y()));
    // The band of the tallest glyph, and the glyphs.
    let mut rows: Vec<(PageRect, Vec<&PlacedGlyph>)> = Vec::new();
    for glyph in glyphs {
        let crosses = |band: &PageRect| {
            is_inside(glyph.area.middle_y(), band) || is_inside(band.middle_y(), &glyph.area)
        };
        match rows.last_mut() {
            Some((band, row)) if crosses(band) => {
                if glyph.area.height() > band.height() {
                    *band = glyph.area;
                }
                row.push(glyph);
            }
            _ => rows.push((glyph.area, vec![glyph])),
        }
    }
    let sorted = rows.into_iter().map(|(_, mut row)| {
        row.sort_by(|a, b| a.area.left.total_cmp(&b.area.left));
        row
    });
    sorted.collect()
}

/// Whether a height lies well inside a band.
fn is_inside(y: f64, band: &PageRect) -> bool {
    let margin = band.height() * 0.2;
    y > band.top + margin && y < band.bottom - margin
}

/// The text of the glyphs of one line.
fn line(glyphs: &[&PlacedGlyph]) -> PlacedLine {
    let most = glyphs.iter().map(|glyph| glyph.size).fold(0.0, f64::max);
    let large = glyphs.iter().filter(|glyph| glyph.size > most * 0.9);
    let base = large.map(|glyph| glyph.base).fold(f64::MIN, f64::max);
    let mut line = PlacedLine::default();
    let mut last: Option<&PlacedGlyph> = None;
    for glyph in glyphs {
        if last.is_some_and(|last| is_bold(last, glyph)) {
            continue;
        }
        if let Some(last) = last.filter(|_| !glyph.is_down) {
            line.is_unread |= lie_over(&last.area, &glyph.area);
            line.space(last, glyph);
        }
        last = Some(glyph);
        let Some(text) = &glyph.text else {
            line.unread += 1;
            line.is_unread = true;
            line.text.push(UNREAD);
            line.take(glyph);
            continue;
        };
        let is_mark = glyph.size < most * 0.8 && base - glyph.base > most * 0.2;
        if is_mark {
            line.text.extend(text.chars().map(raised));
        } else {
            line.text.push_str(text);
        }
        if !text.trim().is_empty() {
            line.take(glyph);
        }
    }
    line.text = line.text.trim().to_owned();
    line
}

impl PlacedLine {
    /// Takes a glyph that can be seen into the area.
    fn take(&mut self, glyph: &PlacedGlyph) {
        if self.size > 0.0 {
            self.area.right = self.area.right.max(glyph.area.right);
        } else {
            self.area = glyph.area;
            self.size = glyph.size;
        }
    }

    /// Adds the space that a gap in the line stands for.
    fn space(&mut self, last: &PlacedGlyph, glyph: &PlacedGlyph) {
        let is_next_wide = glyph
            .text
            .as_deref()
            .is_some_and(|text| text.starts_with(is_wide));
        let gap = if self.text.ends_with(is_wide) || is_next_wide {
            WIDE_SPACE
        } else {
            SPACE
        };
        let is_apart = glyph.area.left - last.area.right > glyph.size * gap;
        if is_apart && !self.text.ends_with(' ') && glyph.text.as_deref() != Some(" ") {
            self.text.push(' ');
        }
    }
}

/// Whether a glyph is the one before once more, to look bold.
fn is_bold(last: &PlacedGlyph, glyph: &PlacedGlyph) -> bool {
    let reach = glyph.size * BOLD;
    last.text == glyph.text
        && (last.area.left - glyph.area.left).abs() < reach
        && (last.base - glyph.base).abs() < reach
        && (last.area.top - glyph.area.top).abs() < reach
}

/// Whether a character takes a whole square.
fn is_wide(c: char) -> bool {
    matches!(c, '\u{2e80}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{ff00}'..='\u{ffef}')
        || c >= '\u{20000}'
}

/// Whether a line ends and the next begins with words that need a space between them. Behind a comma or
/// the like there is one when the words on both sides are Latin; a name of a page is broken anywhere.
pub(super) fn are_words(line: &str, next: &str) -> bool {
    let words = line.trim_end_matches([',', ';', '!', '?', ')', '"']);
    let is_apart = words.len() < line.len();
    let before = words.chars().last();
    let begins = next.chars().next();
    let is_name = words
        .rsplit(' ')
        .next()
        .is_some_and(|word| word.contains("://"));
    let goes_on =
        begins.is_some_and(|c| c.is_ascii_alphabetic() || (is_apart && c.is_ascii_digit()));
    before.is_some_and(|c| c.is_ascii_alphanumeric())
        && goes_on
        && !is_name
        && (!is_apart || words.ends_with(|c: char| c.is_ascii_alphabetic()))
}

/// Whether two areas lie over each other by half of the narrower.
fn lie_over(a: &PageRect, b: &PageRect) -> bool {
    b.left - a.right < -0.5 * a.width().min(b.width())
}
