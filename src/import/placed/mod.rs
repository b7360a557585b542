//! Text and rules that stand where a page draws them, to the pieces that every reader makes.
//!
//! Rules make a grid, the grid makes cells, glyphs fall into the cells; what stands outside makes
//! lines and paragraphs, and tables go on over pages. Lengths are in points, and y grows downwards.
//! It knows no file format: who draws the pages hands over [`SeenPage`]s.

mod cells;
pub(super) mod drawing;
mod fills;
mod grid;
mod join;
mod lines;
mod pages;
mod ruled;
mod rules;
mod said;

use std::time::{Duration, Instant};

use super::ImportError;

pub(super) use pages::pieces;
pub(super) use said::Placed;

/// Reading all pages takes no longer than this.
pub(super) const TIME: Duration = Duration::from_secs(3);
/// The most pages of a file.
pub(super) const PAGES: usize = 400;
/// The most glyphs and pieces of rules of a file; a template draws its own on every page.
const DRAWN: usize = 500_000;
/// A page with fewer glyphs than this that pictures cover by so much was scanned.
const FEW: usize = 20;
const COVERED: f64 = 0.3;

/// A rectangle on a page.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct PageRect {
    /// The least x.
    pub left: f64,
    /// The least y.
    pub top: f64,
    /// The greatest x.
    pub right: f64,
    /// The greatest y.
    pub bottom: f64,
}

impl PageRect {
    /// The x of the middle.
    pub fn middle_x(&self) -> f64 {
        f64::midpoint(self.left, self.right)
    }

    /// The y of the middle.
    pub fn middle_y(&self) -> f64 {
        f64::midpoint(self.top, self.bottom)
    }

    /// How wide it is.
    pub fn width(&self) -> f64 {
        self.right - self.left
    }

    /// How high it is.
    pub fn height(&self) -> f64 {
        self.bottom - self.top
    }

    /// Whether a point lies in it, or at most so far outside.
    pub fn holds(&self, x: f64, y: f64, reach: f64) -> bool {
        x >= self.left - reach
            && x <= self.right + reach
            && y >= self.top - reach
            && y <= self.bottom + reach
    }
}

/// One glyph that can be seen.
#[derive(Debug, Clone)]
pub(super) struct PlacedGlyph {
    /// What it says; `None` when the file does not tell for sure.
    pub text: Option<String>,
    /// Where it stands.
    pub area: PageRect,
    /// The y of the line it stands on.
    pub base: f64,
    /// The size of its font on the page.
    pub size: f64,
    /// Whether its line runs downwards.
    pub is_down: bool,
    /// Whether it stands slanted or turned.
    pub is_turned: bool,
}

/// A straight piece of a rule, along one axis.
#[derive(Debug, Clone, Copy)]
pub(super) struct RuledLine {
    /// The y of a level rule, the x of an upright one.
    pub at: f64,
    /// Where it begins along itself.
    pub from: f64,
    /// Where it ends along itself.
    pub to: f64,
}

/// A page as it is seen.
#[derive(Debug, Clone, Default)]
pub(super) struct SeenPage {
    /// How wide it is.
    pub width: f64,
    /// How high it is.
    pub height: f64,
    /// The glyphs, in the order they were drawn.
    pub glyphs: Vec<PlacedGlyph>,
    /// The level rules.
    pub level: Vec<RuledLine>,
    /// The upright rules.
    pub upright: Vec<RuledLine>,
    /// How much of it pictures cover.
    pub pictures: f64,
}

impl SeenPage {
    /// Whether it is the picture of a page.
    pub fn is_picture(&self) -> bool {
        self.glyphs.len() < FEW && self.pictures > self.width * self.height * COVERED
    }
}

/// Refuses pages that draw more than any report does, or take too long.
pub(super) fn within_bounds(sheets: &[SeenPage], until: Instant) -> Result<(), ImportError> {
    let drawn = |sheet: &SeenPage| sheet.glyphs.len() + sheet.level.len() + sheet.upright.len();
    if sheets.iter().map(drawn).sum::<usize>() > DRAWN || Instant::now() > until {
        return Err(ImportError::TooLarge);
    }
    Ok(())
}

/// Whether the pages are pictures of pages.
pub(super) fn is_scan(sheets: &[SeenPage]) -> bool {
    let scanned = sheets.iter().filter(|sheet| sheet.is_picture()).count();
    scanned * 2 > sheets.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_that_draw_without_end_are_refused() {
        let rule = RuledLine {
            at: 0.0,
            from: 0.0,
            to: 1.0,
        };
        let sheet = SeenPage {
            level: vec![rule; DRAWN / 10],
            ..SeenPage::default()
        };
        let until = Instant::now() + TIME;
        let mut sheets = vec![sheet; 10];
        assert_eq!(within_bounds(&sheets, until), Ok(()));
        sheets.push(SeenPage {
            level: vec![rule],
            ..SeenPage::default()
        });
        assert_eq!(within_bounds(&sheets, until), Err(ImportError::TooLarge));
    }

    #[test]
    fn pages_that_take_too_long_are_refused() {
        let sheets = [SeenPage::default()];
        let now = Instant::now();
        assert!(pieces(&sheets, now + TIME).is_ok());
        let late = now.checked_sub(TIME).unwrap_or(now);
        assert!(within_bounds(&sheets, late).is_err());
        assert!(pieces(&sheets, late).is_err());
    }
}
