//! Where tables go on to another page: whole where it can be, in parts where a page would stay empty.
//!
//! Every way is tried on paper; the one whose pages are fullest and fewest is taken.

use super::paginate::{Breaks, Flow, FlowItem, chain};

/// The share of a page that may stay blank so that a table stays whole.
pub(super) const BLANK: f32 = 0.25;

/// Points that a whole table leaves free on its page, so that thicker lines do not push it off.
const TIGHT: f32 = 6.0;

/// How many tables are tried both ways; each doubles the ways.
const TRIED: usize = 5;

/// How good a way is, the worst first: pages with too much blank, pages, a last page with hardly a line, breaks.
type Score = (usize, usize, bool, usize);

/// The best breaks for the tables among the items.
pub(super) fn breaks(items: &[FlowItem], pitch: f32, whole: bool) -> Breaks {
    let way = Way {
        flow: Flow::new(pitch),
        breaks: Breaks::new(),
        tight: 0,
    };
    best(items, 0, way, if whole { 0 } else { TRIED }).breaks
}

#[derive(Clone)]
struct Way {
    flow: Flow,
    breaks: Breaks,
    /// Tables that fit their page by so little that another program may not find room.
    tight: usize,
}

impl Way {
    fn score(&self) -> Score {
        let flow = &self.flow;
        let least = flow.bottom - (flow.bottom - flow.top) * BLANK;
        let empty = flow.ends.iter().filter(|&&end| end < least).count();
        let cuts = self.breaks.values().map(Vec::len).sum();
        (
            empty + self.tight,
            flow.ends.len(),
            flow.ends_lonely(),
            cuts,
        )
    }
}

/// The best way to go on from an item, with so many tables tried both ways.
fn best(items: &[FlowItem], mut at: usize, mut way: Way, tried: usize) -> Way {
    while at < items.len() {
        let last = chain(items, at);
        if let Some(FlowItem::Table(block, table)) = items.get(last) {
            let heads = way.flow.heads(items, at, last);
            // A text that comes out a line longer in other fonts must not undo the plan.
            let spare = way.flow.pitch;
            let page = way.flow.page() - heads - spare;
            let here = || table.parted(way.flow.room() - heads - spare, way.flow.page() - spare);
            let whole = table.height() + heads;
            let ways: Vec<Vec<usize>> = if whole <= way.flow.page() {
                let parted = (tried > 0).then(here).flatten();
                std::iter::once(Vec::new()).chain(parted).collect()
            } else {
                let next = table.parted(page, way.flow.page() - spare);
                here().into_iter().chain(next).collect()
            };
            let ways = ways.into_iter().map(|breaks| {
                let mut way = way.clone();
                if !breaks.is_empty() {
                    way.breaks.insert(*block, breaks);
                }
                let next = way.flow.place(items, at, &way.breaks);
                way.tight += usize::from(way.flow.bottom - way.flow.y < TIGHT);
                best(items, next, way, tried.saturating_sub(1))
            });
            let found = ways.min_by_key(Way::score);
            if let Some(found) = found {
                return found;
            }
        }
        at = way.flow.place(items, at, &way.breaks);
    }
    way
}
