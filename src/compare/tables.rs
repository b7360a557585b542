//! Tables that stand on the page as they are printed, compared square by square.

use std::collections::{BTreeMap, BTreeSet};

use super::pieces::{TablePair, bare, figure, name, table};
use super::{Order, PageDifference};
use crate::doc::compose::{BlockSource, sources};
use crate::doc::{Cell, Doc, Role, Table};
use crate::report::Draft;

/// The least share of labels, of a hundred, by which a table is known again.
const KNOWN: usize = 80;

/// The tables of the draft's document with those of the page that have the same squares.
pub(super) fn pairs(doc: &Doc, page: &Doc) -> Vec<TablePair> {
    let mut taken = BTreeSet::new();
    let mut pairs = Vec::new();
    let tables = |doc: &Doc| -> Vec<(usize, Table)> {
        let blocks = doc.blocks.iter().enumerate();
        blocks
            .filter_map(|(at, block)| Some((at, table(block)?.clone())))
            .collect()
    };
    let on_page = tables(page);
    for (own, expected) in tables(doc) {
        let mut fitting = on_page
            .iter()
            .filter(|(at, found)| !taken.contains(at) && is_the_same(&expected, found));
        if let Some((at, _)) = fitting.next() {
            taken.insert(*at);
            pairs.push((own, *at));
        }
    }
    pairs
}

/// Whether two tables have the same squares, and mostly the same labels in them.
fn is_the_same(expected: &Table, found: &Table) -> bool {
    if (expected.rows, expected.columns) != (found.rows, found.columns) {
        return false;
    }
    let places: BTreeSet<_> = expected.cells.iter().map(at).collect();
    let read = squares(expected, found);
    if !read.keys().all(|place| places.contains(place)) {
        return false;
    }
    let labels = expected.cells.iter();
    let labels = labels.filter(|cell| cell.role != Role::Value && !bare(&cell.text).is_empty());
    let (mut all, mut known) = (0, 0);
    for cell in labels {
        all += 1;
        known += usize::from(
            read.get(&at(cell))
                .is_some_and(|text| *text == bare(&cell.text)),
        );
    }
    known * 100 >= all * KNOWN
}

fn at(cell: &Cell) -> (usize, usize) {
    (cell.row, cell.column)
}

/// What stands in the squares of a table on the page, without labels that are told again below themselves.
fn squares(expected: &Table, found: &Table) -> BTreeMap<(usize, usize), String> {
    let filled = found.cells.iter().map(|cell| (at(cell), bare(&cell.text)));
    filled
        .filter(|(place, text)| !text.is_empty() && !tells_again(expected, *place, text))
        .collect()
}

/// Whether a text inside a square that covers several only tells what stands in it.
fn tells_again(expected: &Table, place: (usize, usize), text: &str) -> bool {
    expected.cells.iter().any(|cell| {
        let rows = cell.row..cell.row + cell.row_span;
        let columns = cell.column..cell.column + cell.column_span;
        cell.role != Role::Value
            && place != at(cell)
            && rows.contains(&place.0)
            && columns.contains(&place.1)
            && bare(&cell.text) == text
    })
}

/// Tells every square of a pair that differs.
pub(super) fn compare(
    draft: &Draft,
    doc: &Doc,
    page: &Doc,
    pair: TablePair,
    told: &mut Vec<(Order, PageDifference)>,
) {
    let (own, other) = pair;
    let tables = doc
        .blocks
        .get(own)
        .and_then(table)
        .zip(page.blocks.get(other).and_then(table));
    let Some((expected, found)) = tables else {
        return;
    };
    let sources = sources(draft);
    let Some(BlockSource::Table(section)) = sources.get(own) else {
        return;
    };
    let read = squares(expected, found);
    for cell in &expected.cells {
        let found = read.get(&at(cell)).cloned().unwrap_or_default();
        let wanted = bare(&cell.text);
        if wanted == found || (cell.role == Role::Value && figure(&wanted) == figure(&found)) {
            continue;
        }
        let (kind, id, place) = name(draft.report().edition(), *section, cell);
        let difference = PageDifference {
            kind,
            section: Some(*section),
            cell: id,
            place,
            expected: wanted,
            found,
        };
        told.push(((own + 1, cell.row * 100 + cell.column), difference));
    }
}
