//! Which parts of the window changed. It paints nothing.

use super::scene::{PixelArea, Scene, SceneItem, TILE, mix};

/// A changed part of the window, in pixels from its upper left corner.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Damage {
    /// From the left.
    pub x: u32,
    /// From the top.
    pub y: u32,
    /// Never 0.
    pub width: u32,
    /// Never 0.
    pub height: u32,
}

/// One tile.
#[derive(Debug, Default, Clone)]
struct Tile {
    /// The items that touch it, by their numbers, in the order they are painted.
    items: Vec<usize>,
    hash: u64,
    /// What was painted last; `None` when that is not known.
    before: Option<u64>,
}

/// The window in tiles, row by row.
#[derive(Debug, Default)]
pub struct Tiles {
    size: [i32; 2],
    columns: usize,
    all: Vec<Tile>,
}

impl Tiles {
    /// Takes the size of the window; another size than before forgets what was painted.
    pub fn resize(&mut self, size: [i32; 2]) {
        if self.size == size {
            return;
        }
        self.size = size;
        let [width, height] = size;
        let [tile_width, tile_height] = TILE;
        let count = |side: i32, tile: i32| usize::try_from((side + tile - 1) / tile).unwrap_or(0);
        self.columns = count(width, tile_width);
        self.all.clear();
        self.all
            .resize(self.columns * count(height, tile_height), Tile::default());
    }

    /// Width of the window in pixels.
    pub fn width(&self) -> usize {
        let [width, _] = self.size;
        usize::try_from(width).unwrap_or(0)
    }

    /// Has everything painted the next time.
    pub fn forget(&mut self) {
        self.all.iter_mut().for_each(|tile| tile.before = None);
    }

    /// The pixels of a tile.
    pub fn area(&self, tile: usize) -> PixelArea {
        let columns = self.columns.max(1);
        let [width, height] = TILE;
        let [right, low] = self.size;
        let place = |number: usize, side: i32| {
            i32::try_from(number)
                .unwrap_or(i32::MAX)
                .saturating_mul(side)
        };
        let (x0, y0) = (place(tile % columns, width), place(tile / columns, height));
        let (x1, y1) = ((x0 + width).min(right), (y0 + height).min(low));
        PixelArea { x0, y0, x1, y1 }
    }

    /// The items of a tile.
    pub fn items(&self, tile: usize) -> &[usize] {
        self.all.get(tile).map_or(&[], |tile| &tile.items)
    }

    /// Deals the items out to their tiles; returns the tiles that differ from what was painted.
    pub fn sort(&mut self, scene: &Scene, clear: u32) -> Vec<usize> {
        let bare = mix(4, u64::from(clear));
        for tile in &mut self.all {
            tile.items.clear();
            tile.hash = bare;
        }
        for (number, item) in scene.items.iter().enumerate() {
            self.deal(number, item, bare);
        }
        let mut changed = Vec::new();
        for (number, tile) in self.all.iter_mut().enumerate() {
            if tile.before != Some(tile.hash) {
                tile.before = Some(tile.hash);
                changed.push(number);
            }
        }
        changed
    }

    fn deal(&mut self, number: usize, item: &SceneItem, bare: u64) {
        let [width, height] = TILE;
        let hides = item.hides();
        let area = item.area;
        for row in area.y0 / height..=(area.y1 - 1) / height {
            for column in area.x0 / width..=(area.x1 - 1) / width {
                let (row, column) = (usize::try_from(row), usize::try_from(column));
                let (Ok(row), Ok(column)) = (row, column) else {
                    continue;
                };
                let index = row * self.columns + column;
                let covered = hides.filter(|_| area.holds(self.area(index)));
                let Some(tile) = self.all.get_mut(index) else {
                    continue;
                };
                if let Some(color) = covered {
                    tile.items.clear();
                    tile.hash = mix(bare, u64::from(color));
                } else {
                    tile.hash = mix(tile.hash, item.hash);
                }
                tile.items.push(number);
            }
        }
    }

    /// Changed tiles as few rectangles: neighbours in a row, then equal parts below each other.
    pub fn damage(&self, changed: &[usize]) -> Vec<Damage> {
        let mut done: Vec<PixelArea> = Vec::new();
        let mut above: Vec<PixelArea> = Vec::new();
        let mut row: Vec<PixelArea> = Vec::new();
        for &tile in changed {
            let area = self.area(tile);
            if row.first().is_some_and(|first| first.y0 != area.y0) {
                above = join(above, std::mem::take(&mut row), &mut done);
            }
            match row.last_mut() {
                Some(last) if last.x1 == area.x0 => last.x1 = area.x1,
                _ => row.push(area),
            }
        }
        above = join(above, row, &mut done);
        done.append(&mut above);
        done.into_iter().filter_map(damage).collect()
    }
}

/// Joins the parts of a row to those straight above them; what is not joined is done.
fn join(
    mut above: Vec<PixelArea>,
    row: Vec<PixelArea>,
    done: &mut Vec<PixelArea>,
) -> Vec<PixelArea> {
    let mut joined = Vec::with_capacity(row.len());
    for mut part in row {
        let fits =
            |upper: &PixelArea| upper.x0 == part.x0 && upper.x1 == part.x1 && upper.y1 == part.y0;
        if let Some(at) = above.iter().position(fits) {
            part.y0 = above.swap_remove(at).y0;
        }
        joined.push(part);
    }
    done.append(&mut above);
    joined
}

fn damage(area: PixelArea) -> Option<Damage> {
    let side = |from: i32, to: i32| u32::try_from(to - from).ok().filter(|side| *side > 0);
    Some(Damage {
        x: u32::try_from(area.x0).ok()?,
        y: u32::try_from(area.y0).ok()?,
        width: side(area.x0, area.x1)?,
        height: side(area.y0, area.y1)?,
    })
}
