//! The rules of a table to its cells: squares that no rule keeps apart are one cell.

use std::collections::{BTreeMap, BTreeSet};

use super::ruled::{Ruled, RuledCell};
use super::rules::{self, RuleGroup, Sets, cover, near, places};
use super::{SeenPage, cells};

/// The most rows of one table.
const ROWS: usize = 1000;
/// The most columns of one table.
const COLUMNS: usize = 200;

/// The tables of a page from its top to its bottom, with what stands in them, and the glyphs of
/// figures that stand on their rules.
pub(super) fn tables(sheet: &SeenPage) -> (Vec<Ruled>, BTreeSet<usize>) {
    let groups = rules::groups(sheet);
    let mut tables: Vec<Ruled> = groups.iter().filter_map(table).collect();
    tables.sort_by(|a, b| {
        let (a, b) = (a.area(), b.area());
        a.top.total_cmp(&b.top).then(a.left.total_cmp(&b.left))
    });
    let mut cut = BTreeSet::new();
    for table in &mut tables {
        cut.append(&mut cells::fill(table, &sheet.glyphs));
    }
    (tables, cut)
}

fn table(group: &RuleGroup) -> Option<Ruled> {
    let ys = places(&group.level, &group.upright);
    let xs = places(&group.upright, &group.level);
    if ys.len() < 2 || xs.len() < 2 || ys.len() > ROWS || xs.len() > COLUMNS {
        return None;
    }
    let sides = Sides::new(group, &xs, &ys);
    let cells = sides.cells();
    // A frame of one cell is a border around something else.
    if cells.len() < 2 || !cells.iter().any(|cell| cell.beside) {
        return None;
    }
    let (rows, columns) = (sides.rows, sides.columns);
    let edge = |row| {
        (0..columns)
            .map(|column| sides.is_level(row, column))
            .collect()
    };
    Some(Ruled {
        rows,
        columns,
        cells,
        head: edge(0),
        foot: edge(rows),
        xs,
        ys,
    })
}

/// Which sides of the squares are ruled.
struct Sides {
    rows: usize,
    columns: usize,
    level: Vec<bool>,
    upright: Vec<bool>,
}

impl Sides {
    fn new(group: &RuleGroup, xs: &[f64], ys: &[f64]) -> Self {
        let pairs = |places: &[f64]| -> Vec<(f64, f64)> {
            let next = places.iter().copied().skip(1);
            places.iter().copied().zip(next).collect()
        };
        let (across, down) = (pairs(xs), pairs(ys));
        let level = ys.iter().flat_map(|&y| {
            let rules = near(&group.level, y);
            let sides = across.iter();
            sides.map(move |&(from, to)| cover(&rules, from, to))
        });
        let rules: Vec<_> = xs.iter().map(|&x| near(&group.upright, x)).collect();
        let upright = down.iter().flat_map(|&(from, to)| {
            let sides = rules.iter();
            sides.map(move |rules| cover(rules, from, to))
        });
        Self {
            level: level.collect(),
            upright: upright.collect(),
            rows: down.len(),
            columns: across.len(),
        }
    }

    /// Whether the upper side of a square is ruled.
    fn is_level(&self, row: usize, column: usize) -> bool {
        let side = self.level.get(row * self.columns + column);
        side.copied().unwrap_or(false)
    }

    /// Whether the left side of a square is ruled.
    fn is_upright(&self, row: usize, column: usize) -> bool {
        let side = self.upright.get(row * (self.columns + 1) + column);
        side.copied().unwrap_or(false)
    }

    fn cells(&self) -> Vec<RuledCell> {
        let squares = || {
            let rows = 0..self.rows;
            rows.flat_map(|row| (0..self.columns).map(move |column| (row, column)))
        };
        let mut sets = Sets::new(self.rows * self.columns);
        for (row, column) in squares() {
            let own = row * self.columns + column;
            if column + 1 < self.columns && !self.is_upright(row, column + 1) {
                sets.join(own, own + 1);
            }
            if row + 1 < self.rows && !self.is_level(row + 1, column) {
                sets.join(own, own + self.columns);
            }
        }
        let mut regions: BTreeMap<usize, Region> = BTreeMap::new();
        for (row, column) in squares() {
            let region = regions.entry(sets.root(row * self.columns + column));
            region
                .or_insert_with(|| Region::new(row, column))
                .add(row, column);
        }
        let mut cells: Vec<RuledCell> = regions.values().map(|region| self.cell(region)).collect();
        cells.sort_by_key(|cell| (cell.row, cell.column));
        cells
    }

    fn cell(&self, region: &Region) -> RuledCell {
        let (rows, columns) = (region.rows, region.columns);
        let is_whole = region.squares == (rows.1 - rows.0) * (columns.1 - columns.0);
        let level = |row| (columns.0..columns.1).all(|column| self.is_level(row, column));
        let upright = |column| (rows.0..rows.1).all(|row| self.is_upright(row, column));
        RuledCell {
            row: rows.0,
            column: columns.0,
            rows: rows.1 - rows.0,
            columns: columns.1 - columns.0,
            above: level(rows.0),
            below: level(rows.1),
            beside: is_whole && upright(columns.0) && upright(columns.1),
            ..RuledCell::default()
        }
    }
}

/// Squares that no rule keeps apart.
struct Region {
    rows: (usize, usize),
    columns: (usize, usize),
    squares: usize,
}

impl Region {
    fn new(row: usize, column: usize) -> Self {
        Self {
            rows: (row, row),
            columns: (column, column),
            squares: 0,
        }
    }

    fn add(&mut self, row: usize, column: usize) {
        self.rows = (self.rows.0.min(row), self.rows.1.max(row + 1));
        self.columns = (self.columns.0.min(column), self.columns.1.max(column + 1));
        self.squares += 1;
    }
}
