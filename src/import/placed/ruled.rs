//! A table by its rules, and its cells.

use super::PageRect;

/// One cell, and where it is ruled.
#[expect(
    clippy::struct_excessive_bools,
    reason = "each side is ruled or not by itself"
)]
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct RuledCell {
    pub row: usize,
    pub column: usize,
    pub rows: usize,
    pub columns: usize,
    /// What stands in it.
    pub text: String,
    /// Whether there is a rule all along its upper side.
    pub above: bool,
    /// Whether there is a rule all along its lower side.
    pub below: bool,
    /// Whether it is a whole rectangle with rules on the left and on the right.
    pub beside: bool,
    /// Whether a glyph in it does not say what it is.
    pub is_unread: bool,
    /// Whether a figure in it stands on a rule.
    pub is_cut: bool,
}

impl RuledCell {
    /// Whether it is ruled on every side, so that what stands in it belongs to it for sure.
    pub fn is_closed(&self) -> bool {
        self.above && self.below && self.beside
    }

    /// The row behind the last one it covers.
    pub fn end(&self) -> usize {
        self.row + self.rows
    }

    /// The column behind the last one it covers.
    pub fn right(&self) -> usize {
        self.column + self.columns
    }

    /// Whether it covers a square.
    pub fn covers(&self, row: usize, column: usize) -> bool {
        (self.row..self.end()).contains(&row) && (self.column..self.right()).contains(&column)
    }
}

/// A table with its place on the page.
#[derive(Debug, Clone, Default)]
pub(super) struct Ruled {
    /// Where its columns begin and the last one ends.
    pub xs: Vec<f64>,
    /// Where its rows begin and the last one ends; those of the first page when it goes on.
    pub ys: Vec<f64>,
    pub rows: usize,
    pub columns: usize,
    pub cells: Vec<RuledCell>,
    /// For each column, whether its upper edge is ruled.
    pub head: Vec<bool>,
    /// For each column, whether its lower edge is ruled.
    pub foot: Vec<bool>,
}

impl Ruled {
    /// Where it stands.
    pub fn area(&self) -> PageRect {
        let end = |places: &[f64]| places.last().copied().unwrap_or_default();
        let start = |places: &[f64]| places.first().copied().unwrap_or_default();
        PageRect {
            left: start(&self.xs),
            top: start(&self.ys),
            right: end(&self.xs),
            bottom: end(&self.ys),
        }
    }
}
