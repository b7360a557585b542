//! Paints the items of one tile.

use super::canvas::Canvas;
use super::scene::{Scene, SceneKind};
use super::texture::Textures;
use super::tiles::Tiles;
use super::triangle;

/// Paints a tile into the pixels of the whole window.
pub fn tile(
    pixels: &mut [u32],
    tiles: &Tiles,
    tile: usize,
    scene: &Scene,
    textures: &Textures,
    clear: u32,
) {
    let area = tiles.area(tile);
    let mut canvas = Canvas {
        pixels,
        width: tiles.width(),
    };
    let items = || {
        tiles
            .items(tile)
            .iter()
            .filter_map(|&number| scene.items.get(number))
    };
    let is_covered = items()
        .next()
        .is_some_and(|item| item.hides().is_some() && item.area.holds(area));
    if !is_covered {
        canvas.fill(area, clear);
    }
    for item in items() {
        let area = item.area.within(area);
        match item.kind {
            SceneKind::Fill(color) => canvas.fill(area, color),
            SceneKind::Glyph {
                color,
                texture,
                dx,
                dy,
            } => {
                if let Some(texture) = textures.get(texture) {
                    canvas.glyph(area, color, texture, dx, dy);
                }
            }
            SceneKind::Triangles {
                texture,
                first,
                count,
            } => {
                let all = scene.triangles.get(first..first + count);
                for one in all.unwrap_or_default() {
                    triangle::paint(&mut canvas, area, one, textures.get(texture));
                }
            }
        }
    }
}
