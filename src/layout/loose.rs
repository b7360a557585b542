//! Where another program may part a table besides: its fonts leave it other room than ours, and a part held
//! together in one piece would then leave a page half empty.

use std::collections::{BTreeMap, BTreeSet};

use super::Origin;
use super::flow::DocMeasure;
use super::paginate::{Flow, FlowItem, Placement, SLACK};
use super::table::TableLayout;

/// Where a table goes on to another page.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Parting {
    /// The rows before which it does; cells that are cut there are told again.
    pub breaks: Vec<usize>,
    /// The rows before which it may, where that is not room enough.
    pub loose: Vec<usize>,
}

impl DocMeasure {
    /// Where the tables go on to another page, by the numbers of their blocks.
    pub(super) fn partings(&self) -> BTreeMap<usize, Parting> {
        let breaks = self.breaks();
        let flow = self.flow(&breaks);
        let tables = self.items.iter().enumerate().filter_map(|(at, item)| {
            let FlowItem::Table(block, table) = item else {
                return None;
            };
            let breaks = breaks.get(block).cloned().unwrap_or_default();
            let loose = self.loose(&flow, at, table, &breaks);
            Some((*block, Parting { breaks, loose }))
        });
        tables.collect()
    }

    /// The paragraphs whose lines are not stretched.
    pub(super) fn ragged(&self) -> BTreeSet<usize> {
        let ragged = self.items.iter().filter_map(|item| match item {
            FlowItem::Text { text, .. } if text.is_ragged => Some(text.origin),
            _ => None,
        });
        let blocks = ragged.filter_map(|origin| match origin {
            Origin::Block(number) => Some(number),
            _ => None,
        });
        blocks.collect()
    }

    fn loose(&self, flow: &Flow, at: usize, table: &TableLayout, breaks: &[usize]) -> Vec<usize> {
        if self.whole && breaks.is_empty() {
            return Vec::new();
        }
        // A whole table parts where no cell is cut, a parted one where it was parted before.
        let cuts = breaks.iter().map(|&row| table.cut(row).count()).max();
        let mut before = self.passed_by(flow, at).map(|room| (0, room));
        let mut loose = Vec::new();
        for placement in flow.placements.iter().filter(|one| one.item == at) {
            let (from, to) = placement.part;
            let taken = |row: usize| {
                before.is_some_and(|(from, room)| table.between(from, row) <= room + SLACK)
            };
            let rows = (from + 1..to).filter(|&row| {
                table.may_part(from, row)
                    && table.cut(row).count() <= cuts.unwrap_or(0)
                    && !taken(row)
            });
            loose.extend(rows);
            let header = if from > 0 { table.header() } else { 0.0 };
            before = Some((from, flow.bottom - placement.y - header));
        }
        loose
    }

    /// The room at the end of the page before, where a table with its headings was not begun.
    fn passed_by(&self, flow: &Flow, table: usize) -> Option<f32> {
        let items = self.items.get(..table).unwrap_or_default().iter().rev();
        let heads = items.take_while(|item| {
            matches!(
                item,
                FlowItem::Text {
                    keep_next: true,
                    ..
                }
            )
        });
        let first = table - heads.count();
        let placed = |one: &&Placement| one.item == first;
        let placement = flow.placements.iter().find(placed)?;
        let end = flow.ends.get(placement.page.checked_sub(1)?)?;
        let begins = placement.y <= flow.top + SLACK;
        begins.then(|| flow.bottom - end - flow.heads(&self.items, first, table))
    }
}
