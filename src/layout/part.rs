//! Where a table may be parted, and where it best is.

use super::table::{PlacedCell, TableLayout};
use crate::doc::Role;

/// Rows below the header that stand together at either end of a table.
const ROWS: usize = 2;

/// The share of a page that may stay blank for a break between groups instead of within one.
const GIVEN_UP: f32 = 0.19;

impl TableLayout {
    /// The rows before which the table is parted when its first page has so much room and every other
    /// so much; `None` where no part fits.
    pub(super) fn parted(&self, first_room: f32, page: f32) -> Option<Vec<usize>> {
        let mut breaks = Vec::new();
        let (mut from, mut room) = (0, first_room);
        while self.between(from, self.rows()) > room || from == 0 {
            let at = self.best_break(from, room, page * GIVEN_UP)?;
            breaks.push(at);
            from = at;
            room = page - self.header();
        }
        Some(breaks)
    }

    /// The last row before which a page may end, or one a little before it that cuts fewer cells.
    fn best_break(&self, from: usize, room: f32, give_up: f32) -> Option<usize> {
        let fits = |at: &usize| self.between(from, *at) <= room;
        let places = (from + 1..self.rows()).take_while(fits);
        let places: Vec<usize> = places.filter(|&at| self.may_part(from, at)).collect();
        let last = *places.last()?;
        let near = |at: &&usize| **at == last || room - self.between(from, **at) <= give_up;
        let places = places.iter().rev().filter(near);
        places.min_by_key(|&&at| self.cut(at).count()).copied()
    }

    pub(super) fn cut(&self, at: usize) -> impl Iterator<Item = &PlacedCell> {
        let cells = self.cells.iter();
        cells.filter(move |cell| cell.rows.0 < at && at < cell.rows.1)
    }

    /// Whether a page may end before a row when it began with another.
    pub(super) fn may_part(&self, from: usize, at: usize) -> bool {
        let holds = |cell: &PlacedCell| {
            let text = self.text_height(cell);
            text <= self.between(cell.rows.0.max(from), at) && text <= self.between(at, cell.rows.1)
        };
        let tells = |cell: &PlacedCell| cell.role != Role::Value && holds(cell);
        self.parts_rows(from, at) && self.cut(at).all(tells)
    }

    /// Whether rows may part here: not within a head, and with some rows on either side; a table whose
    /// header is not repeated only before the head of another of its blocks.
    fn parts_rows(&self, from: usize, at: usize) -> bool {
        let begins = |row: usize, head: bool| {
            let mut cells = self.cells.iter();
            cells.any(|cell| cell.rows.0 == row && (cell.role == Role::Head) == head)
        };
        if self.header_rows == 0 && self.cells.iter().any(|cell| cell.role == Role::Head) {
            return begins(at, true) && !begins(at, false) && begins(at - 1, false);
        }
        let first = from.max(self.header_rows);
        at >= first + ROWS && at + ROWS <= self.rows()
    }
}
