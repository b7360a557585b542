//! Properties of paragraphs, rows and runs: lists of a code and what it is set to.

use crate::import::bytes::{byte, long, part, short, size};
use crate::import::edged::EdgedSides;
use crate::import::look::Look;

/// The most cells of a row.
const CELLS: usize = 64;

/// The codes that matter.
const IN_TABLE: u16 = 0x2416;
const ROW_END: u16 = 0x2417;
const DEPTH: u16 = 0x6649;
const DEEPER: u16 = 0x664A;
const INNER_CELL: u16 = 0x244B;
const INNER_ROW: u16 = 0x244C;
const OUTLINE: u16 = 0x2640;
const ELSEWHERE: [u16; 2] = [0x6645, 0x6646];
const ROW: u16 = 0xD608;
const MERGED_DOWN: u16 = 0xD62B;
const MERGED: u16 = 0x5624;
const SPLIT: u16 = 0x5625;
const TABS: u16 = 0xC615;
const HIDDEN: u16 = 0x083C;
const STRUCK: u16 = 0x0837;
const STRUCK_TWICE: u16 = 0x2A53;
const DELETED: u16 = 0x0800;
const PLACE: u16 = 0x2A48;
const SYMBOL: u16 = 0x6A09;

/// The bits of a cell.
const FIRST: u16 = 0x01;
const GOES_ON_LEFT: u16 = 0x02;
const GOES_ON_DOWN: u16 = 0x20;
const FIRST_DOWN: u16 = 0x40;

/// Walks through a list.
fn each(list: &[u8], mut visit: impl FnMut(u16, &[u8])) {
    let mut at = 0;
    while let Some(code) = short(list, at) {
        at += 2;
        let counted = byte(list, at).map(|length| usize::from(length) + 1);
        let length = match code >> 13 {
            0 | 1 => Some(1),
            2 | 4 | 5 => Some(2),
            3 => Some(4),
            7 => Some(3),
            // Its length takes two bytes and counts one of them.
            _ if code == ROW => short(list, at).map(|length| usize::from(length).max(1) + 1),
            _ if code == TABS && byte(list, at) == Some(255) => {
                let removed = usize::from(byte(list, at + 1).unwrap_or(0)) * 4;
                let added = usize::from(byte(list, at + 2 + removed).unwrap_or(0)) * 3;
                Some(3 + removed + added)
            }
            _ => counted,
        };
        let Some(length) = length else { return };
        // Some programs lose the last byte of a list.
        visit(code, part(list, at, length));
        at += length;
    }
}

fn is_set(value: &[u8]) -> bool {
    value.first().is_some_and(|value| value & 1 == 1)
}

/// Where the cells of a row stand.
#[derive(Debug, Clone, Default)]
struct RowEdges {
    edges: Vec<i32>,
    flags: Vec<u16>,
}

impl RowEdges {
    /// The edges, and twenty bytes a cell.
    fn read(value: &[u8]) -> Self {
        let count = usize::from(byte(value, 2).unwrap_or(0)).min(CELLS);
        let edge = |at| short(value, 3 + 2 * at).map(|edge| i32::from(edge.cast_signed()));
        let cells = 3 + 2 * (count + 1);
        Self {
            edges: (0..=count).map_while(edge).collect(),
            flags: (0..count)
                .map(|at| short(value, cells + 20 * at).unwrap_or(0))
                .collect(),
        }
    }

    fn merge_down(&mut self, value: &[u8]) {
        let at = usize::from(byte(value, 1).unwrap_or(0));
        if let Some(flags) = self.flags.get_mut(at) {
            let merged = match byte(value, 2).unwrap_or(0) & 3 {
                1 => GOES_ON_DOWN,
                3 => GOES_ON_DOWN | FIRST_DOWN,
                _ => 0,
            };
            *flags = *flags & !(GOES_ON_DOWN | FIRST_DOWN) | merged;
        }
    }

    fn merge(&mut self, value: &[u8], is_merged: bool) {
        let from = usize::from(byte(value, 0).unwrap_or(0));
        let to = usize::from(byte(value, 1).unwrap_or(0));
        for at in from..to {
            if let Some(flags) = self.flags.get_mut(at) {
                let merged = if at == from { FIRST } else { GOES_ON_LEFT };
                *flags = *flags & !(FIRST | GOES_ON_LEFT) | if is_merged { merged } else { 0 };
            }
        }
    }

    fn sides(&self) -> Vec<EdgedSides> {
        let ends = self.edges.iter().skip(1);
        let cells = self.edges.iter().zip(ends).zip(&self.flags);
        cells
            .map(|((&left, &right), flags)| EdgedSides {
                left,
                right,
                goes_on_left: flags & GOES_ON_LEFT != 0,
                goes_on_down: flags & (GOES_ON_DOWN | FIRST_DOWN) == GOES_ON_DOWN,
            })
            .collect()
    }
}

/// What matters of a paragraph.
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is set by a code of its own"
)]
#[derive(Debug, Default)]
pub(super) struct Paragraph {
    depth: u32,
    in_table: bool,
    row_end: bool,
    inner_row: bool,
    /// Whether it ends a cell of a table within a table.
    pub inner_cell: bool,
    outline: Option<u8>,
    style: u16,
    row: RowEdges,
}

impl Paragraph {
    /// Reads a list that begins with the number of a style; `data` holds what is too long for it.
    pub fn read(list: &[u8], data: &[u8]) -> Self {
        let mut paragraph = Self {
            style: short(list, 0).unwrap_or(0),
            ..Self::default()
        };
        paragraph.change(list.get(2..).unwrap_or_default(), data);
        paragraph
    }

    /// How many bytes are looked through to read a list.
    pub fn cost(list: &[u8], data: &[u8]) -> usize {
        let mut cost = list.len();
        each(list.get(2..).unwrap_or_default(), |code, value| {
            if ELSEWHERE.contains(&code) {
                cost += elsewhere(value, data).len();
            }
        });
        cost
    }

    /// Takes in a list.
    pub fn change(&mut self, list: &[u8], data: &[u8]) {
        each(list, |code, value| {
            if ELSEWHERE.contains(&code) {
                each(elsewhere(value, data), |code, value| self.set(code, value));
            } else {
                self.set(code, value);
            }
        });
    }

    fn set(&mut self, code: u16, value: &[u8]) {
        match code {
            IN_TABLE => self.in_table = is_set(value),
            ROW_END => self.row_end = is_set(value),
            DEPTH => self.depth = long(value, 0).unwrap_or(0),
            DEEPER => self.depth = self.depth.wrapping_add(long(value, 0).unwrap_or(0)),
            INNER_CELL => self.inner_cell = is_set(value),
            INNER_ROW => self.inner_row = is_set(value),
            OUTLINE => self.outline = byte(value, 0),
            ROW => self.row = RowEdges::read(value),
            MERGED_DOWN => self.row.merge_down(value),
            MERGED => self.row.merge(value, true),
            SPLIT => self.row.merge(value, false),
            _ => {}
        }
    }

    /// How deep it stands in tables.
    pub fn depth(&self) -> usize {
        if self.depth > 0 {
            self.depth as usize
        } else {
            usize::from(self.in_table)
        }
    }

    /// Whether it is only the end of a row.
    pub fn ends_row(&self) -> bool {
        match self.depth() {
            0 => false,
            1 => self.row_end,
            _ => self.inner_row,
        }
    }

    /// Where the cells of the row stand that it ends.
    pub fn sides(&self) -> Vec<EdgedSides> {
        self.row.sides()
    }

    /// Its level as a heading, by itself or else by its style.
    pub fn level(&self, styles: &[Option<u8>]) -> Option<u8> {
        let own = self.outline.filter(|level| *level < 9);
        let style = styles.get(usize::from(self.style)).copied().flatten();
        own.map(|level| level + 1).or(style)
    }
}

/// The list that stands in the other stream.
fn elsewhere<'a>(value: &[u8], data: &'a [u8]) -> &'a [u8] {
    let at = size(value, 0).unwrap_or(usize::MAX);
    let length = short(data, at).unwrap_or(0);
    part(data, at.saturating_add(2), usize::from(length))
}

/// What matters of a run.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct RunLook {
    /// How it looks.
    pub look: Look,
    /// The character of another font that stands here.
    pub symbol: Option<u16>,
}

impl RunLook {
    /// Takes in a list.
    pub fn change(&mut self, list: &[u8]) {
        each(list, |code, value| match code {
            HIDDEN => self.look.unseen.is_hidden = is_set(value),
            STRUCK => self.look.unseen.is_struck = is_set(value),
            STRUCK_TWICE => self.look.unseen.is_struck_twice = is_set(value),
            DELETED => self.look.is_deleted = is_set(value),
            PLACE => self.look.is_raised = byte(value, 0) == Some(1),
            SYMBOL => self.symbol = short(value, 2),
            _ => {}
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A row of cells that end there, with these bits.
    fn row(edges: &[i16], flags: &[u16]) -> Vec<u8> {
        let mut value = vec![flags.len() as u8];
        value.extend(edges.iter().flat_map(|edge| edge.to_le_bytes()));
        for flags in flags {
            value.extend(flags.to_le_bytes());
            value.extend([0; 18]);
        }
        let length = (value.len() + 1) as u16;
        [&ROW.to_le_bytes()[..], &length.to_le_bytes(), &value].concat()
    }

    #[test]
    fn a_row_says_where_its_cells_stand_and_how_they_are_merged() {
        let mut list = row(&[-108, 900, 1900, 2900], &[0, FIRST, GOES_ON_LEFT]);
        list.extend(MERGED_DOWN.to_le_bytes());
        list.extend([2, 0, 1]);
        list.extend([&IN_TABLE.to_le_bytes()[..], &[1]].concat());
        list.extend([&ROW_END.to_le_bytes()[..], &[1]].concat());
        let list = [&[0, 0][..], &list].concat();
        let paragraph = Paragraph::read(&list, &[]);
        assert!(paragraph.ends_row());
        assert_eq!(paragraph.depth(), 1);
        let sides = paragraph.sides();
        let places: Vec<_> = sides.iter().map(|side| (side.left, side.right)).collect();
        assert_eq!(places, [(-108, 900), (900, 1900), (1900, 2900)]);
        let merged: Vec<_> = sides
            .iter()
            .map(|side| (side.goes_on_left, side.goes_on_down))
            .collect();
        assert_eq!(merged, [(false, true), (false, false), (true, false)]);
        // The same where it is too long for its place.
        let mut data = vec![7; 4];
        data.extend((list.len() as u16 - 2).to_le_bytes());
        data.extend(&list[2..]);
        let short = [0, 0, 0x46, 0x66, 4, 0, 0, 0];
        assert_eq!(Paragraph::read(&short, &data).sides(), sides);
        assert!(Paragraph::cost(&short, &data) > list.len());
    }

    #[test]
    fn lists_cut_anywhere_are_read_as_far_as_they_go() {
        let list = row(&[0, 100, 200], &[0, 0]);
        for end in 0..list.len() {
            Paragraph::read(&list[..end], &list);
            RunLook::default().change(&list[..end]);
        }
    }
}
