//! Which lines and rows stand on which page: what stays together, where a page ends.
//!
//! It knows heights only; nothing is drawn, so that several ways can be tried.

use std::collections::BTreeMap;

use super::set::SetText;
use super::table::TableLayout;
use super::{RULE, points};
use crate::doc::sheet;

/// Rounding must not push a line off its page.
pub(super) const SLACK: f32 = 0.05;

/// Lines of a paragraph that stay together at either end of a page.
const TOGETHER: usize = 2;

/// Lines that are few for a page of their own.
const FEW: f32 = 3.0;

/// What is placed as one: a paragraph or a table.
pub(super) enum FlowItem {
    Text {
        text: SetText,
        /// Whether the next item must begin on the same page.
        keep_next: bool,
    },
    /// A table with the number of its block.
    Table(usize, TableLayout),
}

/// The rows before which a table may go on to another page, by the number of its block; a table that
/// is not named stays whole where a page can hold it.
pub(super) type Breaks = BTreeMap<usize, Vec<usize>>;

/// A stretch of an item on one page.
#[derive(Debug, Clone, Copy)]
pub(super) struct Placement {
    pub(super) item: usize,
    pub(super) page: usize,
    /// Its upper end.
    pub(super) y: f32,
    /// The first of its lines or rows, and one past the last.
    pub(super) part: (usize, usize),
}

/// Items on pages, as far as they are placed.
#[derive(Debug, Clone)]
pub(super) struct Flow {
    pub(super) placements: Vec<Placement>,
    /// Where the text of each page but the last ends.
    pub(super) ends: Vec<f32>,
    pub(super) pitch: f32,
    pub(super) top: f32,
    pub(super) bottom: f32,
    /// Upper end of the free room on the last page.
    pub(super) y: f32,
}

impl Flow {
    pub(super) fn new(pitch: f32) -> Self {
        let top = points(sheet::TOP);
        Self {
            placements: Vec::new(),
            ends: Vec::new(),
            pitch,
            top,
            bottom: points(sheet::PAGE_HEIGHT) - points(sheet::BOTTOM),
            y: top,
        }
    }

    /// The height of a page's text.
    pub(super) fn page(&self) -> f32 {
        self.bottom - self.top + SLACK
    }

    /// Whether the last page of several has hardly a line.
    pub(super) fn ends_lonely(&self) -> bool {
        !self.ends.is_empty() && self.y - self.top <= FEW * self.pitch + SLACK
    }

    /// What is free on the last page.
    pub(super) fn room(&self) -> f32 {
        self.bottom - self.y + SLACK
    }

    /// Places an item with all that must begin on the same page; returns the next item's number.
    pub(super) fn place(&mut self, items: &[FlowItem], first: usize, breaks: &Breaks) -> usize {
        let last = chain(items, first);
        let mut needed = self.heads(items, first, last);
        match items.get(last) {
            Some(FlowItem::Table(block, table)) => {
                let group = table.groups(breaks.get(block)).first().copied();
                let group = group.map_or(0.0, |(from, to)| table.between(from, to));
                let fits = needed + group <= self.page();
                needed += if fits { group } else { table.least() };
            }
            Some(FlowItem::Text { text, keep_next }) if !keep_next => {
                needed += least(text.lines.len()) as f32 * self.pitch;
            }
            _ => {}
        }
        if needed > self.room() {
            self.turn();
        }
        for (number, item) in items.iter().enumerate().take(last + 1).skip(first) {
            match item {
                FlowItem::Text { text, .. } => self.place_text(number, text),
                FlowItem::Table(block, table) => {
                    self.place_table(number, table, breaks.get(block));
                }
            }
        }
        last + 1
    }

    /// The height of the headings that go with the last of a chain.
    pub(super) fn heads(&self, items: &[FlowItem], first: usize, last: usize) -> f32 {
        let texts = items.iter().take(last + 1).skip(first);
        let lines: usize = texts
            .map(|item| match item {
                FlowItem::Text {
                    text,
                    keep_next: true,
                } => text.lines.len(),
                _ => 0,
            })
            .sum();
        lines as f32 * self.pitch
    }

    fn turn(&mut self) {
        if self.y > self.top + SLACK {
            self.ends.push(self.y);
            self.y = self.top;
        }
    }

    fn put(&mut self, item: usize, part: (usize, usize), height: f32) {
        self.placements.push(Placement {
            item,
            page: self.ends.len(),
            y: self.y,
            part,
        });
        self.y += height;
    }

    fn place_text(&mut self, number: usize, text: &SetText) {
        let mut from = 0;
        while from < text.lines.len() {
            let left = text.lines.len() - from;
            let mut fit = ((self.room() / self.pitch) as usize).min(left);
            if fit < left && left - fit < TOGETHER {
                fit = left.saturating_sub(TOGETHER);
            }
            let orphaned = from == 0 && fit < TOGETHER && fit < left;
            if (fit == 0 || orphaned) && self.y > self.top + SLACK {
                self.turn();
                continue;
            }
            let fit = fit.max(1);
            self.put(number, (from, from + fit), fit as f32 * self.pitch);
            from += fit;
        }
    }

    fn place_table(&mut self, number: usize, table: &TableLayout, breaks: Option<&Vec<usize>>) {
        if self.room() < table.least() {
            self.turn();
        }
        let pieces = table.pieces(self.room(), self.page(), breaks);
        for (count, piece) in pieces.into_iter().enumerate() {
            if count > 0 {
                self.turn();
            }
            let header = if piece.0 > 0 { table.header() } else { 0.0 };
            self.put(number, piece, header + table.between(piece.0, piece.1));
        }
        // The line below the last row takes room of its own.
        self.y += RULE;
    }
}

/// The last of the items that must begin on the page of the first.
pub(super) fn chain(items: &[FlowItem], first: usize) -> usize {
    let keeps = |item: &&FlowItem| {
        matches!(
            item,
            FlowItem::Text {
                keep_next: true,
                ..
            }
        )
    };
    let last = first + items.iter().skip(first).take_while(keeps).count();
    last.min(items.len().saturating_sub(1))
}

/// The lines of a paragraph that must stand where it begins.
fn least(lines: usize) -> usize {
    if lines < TOGETHER * 2 {
        lines
    } else {
        TOGETHER
    }
}
