//! The structure of the PDF for screen readers, and its outline.

use std::collections::{BTreeMap, BTreeSet};
use std::num::{NonZeroU16, NonZeroU32};

use krilla::destination::XyzDestination;
use krilla::geom::Point;
use krilla::outline::{Outline, OutlineNode};
use krilla::tagging::{Node, TableHeaderScope, Tag, TagGroup, TagTree};

use super::DrawnParts;
use crate::doc::{Block, Cell, Doc, Role, Table};
use crate::layout::{Layout, Origin};

/// Cells without a glyph, by the page their table begins on: a table's rows must all be complete.
pub(super) fn blank_cells(doc: &Doc, layout: &Layout) -> BTreeMap<usize, Vec<Origin>> {
    let mut printed = BTreeSet::new();
    let mut first_page = BTreeMap::new();
    for (number, page) in layout.pages.iter().enumerate() {
        for run in page.runs.iter().filter(|run| !run.repeated) {
            printed.insert(run.origin);
            if let Origin::Cell(block, _) = run.origin {
                first_page.entry(block).or_insert(number);
            }
        }
    }
    let mut blank = BTreeMap::<usize, Vec<Origin>>::new();
    for (number, block) in doc.blocks.iter().enumerate() {
        let Block::Table(table) = block else { continue };
        let page = first_page.get(&number).copied().unwrap_or_default();
        let cells = (0..table.cells.len()).map(|cell| Origin::Cell(number, cell));
        let unprinted = cells.filter(|origin| !printed.contains(origin));
        blank.entry(page).or_default().extend(unprinted);
    }
    blank
}

/// Title, headings, paragraphs and tables in reading order.
pub(super) fn tree(doc: &Doc, mut drawn: DrawnParts) -> TagTree {
    let mut tree = TagTree::new().with_lang(Some("zh-CN".to_owned()));
    let mut leaves = |origin: Origin| -> Vec<Node> {
        let found = drawn.remove(&origin).unwrap_or_default();
        found.into_iter().map(Node::from).collect()
    };
    tree.push(TagGroup::with_children(Tag::Title, leaves(Origin::Title)));
    if !doc.number.is_empty() {
        tree.push(TagGroup::with_children(Tag::P, leaves(Origin::Number)));
    }
    for (number, block) in doc.blocks.iter().enumerate() {
        let origin = Origin::Block(number);
        tree.push(match block {
            Block::Heading { level, text } => {
                let level = NonZeroU16::new(u16::from(*level)).unwrap_or(NonZeroU16::MIN);
                let tag = Tag::Hn(level, Some(text.clone()));
                TagGroup::with_children(tag, leaves(origin))
            }
            Block::Paragraph(_) => TagGroup::with_children(Tag::P, leaves(origin)),
            Block::Table(table) => table_group(table, |cell| leaves(Origin::Cell(number, cell))),
        });
    }
    for line in 0..doc.signature.len() {
        let origin = Origin::Signature(line);
        tree.push(TagGroup::with_children(Tag::P, leaves(origin)));
    }
    tree
}

fn table_group(table: &Table, mut leaves: impl FnMut(usize) -> Vec<Node>) -> TagGroup {
    let summary = (!table.caption.is_empty()).then(|| table.caption.clone());
    let mut rows: Vec<TagGroup> = (0..table.rows).map(|_| TagGroup::new(Tag::TR)).collect();
    for (number, cell) in table.cells.iter().enumerate() {
        if let Some(row) = rows.get_mut(cell.row) {
            row.push(cell_group(cell, leaves(number)));
        }
    }
    let mut group = TagGroup::new(Tag::Table.with_summary(summary));
    let mut rows = rows.into_iter();
    if table.header_rows > 0 {
        let mut head = TagGroup::new(Tag::THead);
        for row in rows.by_ref().take(table.header_rows) {
            head.push(row);
        }
        group.push(head);
        let mut body = TagGroup::new(Tag::TBody);
        for row in rows {
            body.push(row);
        }
        group.push(body);
    } else {
        for row in rows {
            group.push(row);
        }
    }
    group
}

fn cell_group(cell: &Cell, leaves: Vec<Node>) -> TagGroup {
    let span = |count: usize| {
        let count = u32::try_from(count).ok().and_then(NonZeroU32::new);
        count.filter(|count| count.get() > 1)
    };
    let (rows, columns) = (span(cell.row_span), span(cell.column_span));
    let scope = match cell.role {
        Role::Head => TableHeaderScope::Column,
        Role::Label => TableHeaderScope::Row,
        Role::Value => {
            let tag = Tag::TD.with_row_span(rows).with_col_span(columns);
            return TagGroup::with_children(tag, leaves);
        }
    };
    let tag = Tag::TH(scope).with_row_span(rows).with_col_span(columns);
    TagGroup::with_children(tag, leaves)
}

/// The headings with their places; lower ones below the first-level heading before them.
pub(super) fn outline(doc: &Doc, layout: &Layout) -> Outline {
    let mut places = BTreeMap::new();
    for (number, page) in layout.pages.iter().enumerate() {
        for run in &page.runs {
            let above = (run.baseline - run.size * 1.5).max(0.0);
            places.entry(run.origin).or_insert((number, run.x, above));
        }
    }
    let node = |origin: Origin, text: &str| {
        let &(page, x, y) = places.get(&origin)?;
        let place = XyzDestination::new(page, Point::from_xy(x, y));
        Some(OutlineNode::new(text.replace('\n', ""), place).with_open(true))
    };
    let mut outline = Outline::new();
    let mut open: Option<OutlineNode> = None;
    if let Some(title) = node(Origin::Title, &doc.title) {
        outline.push_child(title);
    }
    for (number, block) in doc.blocks.iter().enumerate() {
        let Block::Heading { level, text } = block else {
            continue;
        };
        let Some(entry) = node(Origin::Block(number), text) else {
            continue;
        };
        match &mut open {
            Some(parent) if *level > 1 => parent.push_child(entry),
            _ => {
                if let Some(done) = open.replace(entry) {
                    outline.push_child(done);
                }
            }
        }
    }
    if let Some(done) = open {
        outline.push_child(done);
    }
    outline
}
