//! The printed layout of a table (版面), derived from its heading trees.

use super::FieldId;
use super::source::HeadingSource;

/// Every square of a printed table; each place is covered exactly once.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Grid {
    /// Column widths in twips.
    pub widths: Vec<u32>,
    /// Number of rows.
    pub rows: usize,
    /// Number of columns.
    pub columns: usize,
    /// Leading rows that repeat on every page; 0 where several bands have heads of their own.
    pub header_rows: usize,
    /// The squares by row, then by column.
    pub squares: Vec<Square>,
}

/// One square of a [`Grid`] (方格), perhaps covering several rows and columns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Square {
    /// First row, from 0.
    pub row: usize,
    /// First column, from 0.
    pub column: usize,
    /// Rows covered.
    pub row_span: usize,
    /// Columns covered.
    pub column_span: usize,
    /// What stands in it.
    pub content: SquareContent,
}

/// What stands in a [`Square`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SquareContent {
    /// A column heading or a caption.
    Head(String),
    /// A row heading.
    Label(String),
    /// A figure.
    Value(FieldId),
}

/// A leaf of a heading tree with the headings above it, from the outside in.
pub(super) type Leaf<'a> = Vec<&'a HeadingSource>;

/// All leaves of a forest, in printed order.
pub(super) fn leaves(headings: &[HeadingSource]) -> Vec<Leaf<'_>> {
    let mut found = Vec::new();
    for heading in headings {
        if heading.parts.is_empty() {
            found.push(vec![heading]);
        }
        for mut path in leaves(&heading.parts) {
            path.insert(0, heading);
            found.push(path);
        }
    }
    found
}

/// The number of levels of a forest; 0 when there is none.
pub(super) fn depth(headings: &[HeadingSource]) -> usize {
    headings
        .iter()
        .map(|heading| 1 + depth(&heading.parts))
        .max()
        .unwrap_or(0)
}

/// A place and size on the grid.
#[derive(Debug, Clone, Copy)]
pub(super) struct Area {
    pub row: usize,
    pub column: usize,
    pub row_span: usize,
    pub column_span: usize,
}

impl Area {
    pub(super) fn square(self, content: SquareContent) -> Square {
        Square {
            row: self.row,
            column: self.column,
            row_span: self.row_span,
            column_span: self.column_span,
            content,
        }
    }
}

/// Lays the column headings out below each other; the last leaf takes what is left of the width.
pub(super) fn boxhead(headings: &[HeadingSource], area: Area, squares: &mut Vec<Square>) {
    let mut column = area.column;
    let end = area.column + area.column_span;
    for (index, heading) in headings.iter().enumerate() {
        let width = if index + 1 == headings.len() {
            end - column
        } else {
            breadth(heading)
        };
        let row_span = if heading.parts.is_empty() {
            area.row_span
        } else {
            1
        };
        let own = Area {
            row: area.row,
            column,
            row_span,
            column_span: width,
        };
        squares.push(own.square(SquareContent::Head(heading.label.clone())));
        if !heading.parts.is_empty() {
            let below = Area {
                row: area.row + 1,
                row_span: area.row_span - 1,
                ..own
            };
            boxhead(&heading.parts, below, squares);
        }
        column += width;
    }
}

/// Lays the row headings out beside each other; a leaf takes what is left of the stub.
pub(super) fn stub(headings: &[HeadingSource], area: Area, squares: &mut Vec<Square>) {
    let mut row = area.row;
    for heading in headings {
        let height = breadth(heading);
        let column_span = if heading.parts.is_empty() {
            area.column_span
        } else {
            1
        };
        let own = Area {
            row,
            column: area.column,
            row_span: height,
            column_span,
        };
        squares.push(own.square(SquareContent::Label(heading.label.clone())));
        if !heading.parts.is_empty() {
            let beside = Area {
                column: area.column + 1,
                column_span: area.column_span - 1,
                ..own
            };
            stub(&heading.parts, beside, squares);
        }
        row += height;
    }
}

fn breadth(heading: &HeadingSource) -> usize {
    if heading.parts.is_empty() {
        1
    } else {
        heading.parts.iter().map(breadth).sum()
    }
}

impl Grid {
    /// The square that covers a place.
    #[must_use]
    pub fn at(&self, row: usize, column: usize) -> Option<&Square> {
        self.squares.iter().find(|square| {
            (square.row..square.row + square.row_span).contains(&row)
                && (square.column..square.column + square.column_span).contains(&column)
        })
    }

    /// The square a field stands in.
    #[must_use]
    pub fn square_of(&self, field: FieldId) -> Option<&Square> {
        self.squares
            .iter()
            .find(|square| square.content == SquareContent::Value(field))
    }
}
