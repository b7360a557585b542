//! Paints the items of one tile.

use super::pixel::{is_opaque, over, tinted};
use super::scene::{Area, Kind, Scene};
use super::texture::{Texture, Textures};
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
            Kind::Fill(color) => canvas.fill(area, color),
            Kind::Glyph {
                color,
                texture,
                dx,
                dy,
            } => {
                if let Some(texture) = textures.get(texture) {
                    canvas.glyph(area, color, texture, dx, dy);
                }
            }
            Kind::Triangles {
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

/// Pixels of a window, row by row.
pub struct Canvas<'a> {
    pixels: &'a mut [u32],
    width: usize,
}

impl Canvas<'_> {
    /// The pixels of a row within an area.
    pub fn row(&mut self, area: Area, y: i32) -> &mut [u32] {
        self.pixels
            .get_mut(area.span(y, self.width))
            .unwrap_or_default()
    }

    fn fill(&mut self, area: Area, color: u32) {
        for y in area.y0..area.y1 {
            flat(self.row(area, y), color);
        }
    }

    fn glyph(&mut self, area: Area, color: u32, texture: &Texture, dx: i32, dy: i32) {
        for y in area.y0..area.y1 {
            let row = self.row(area, y);
            let place = (area.x0.saturating_add(dx), y.saturating_add(dy));
            let texels = texture.row(place.0, place.1, row.len()).unwrap_or_default();
            for (pixel, &texel) in row.iter_mut().zip(texels) {
                if texel != 0 {
                    *pixel = over(*pixel, tinted(color, texel));
                }
            }
        }
    }
}

/// One colour over some pixels.
pub fn flat(pixels: &mut [u32], color: u32) {
    if is_opaque(color) {
        pixels.fill(color);
    } else {
        for pixel in pixels {
            *pixel = over(*pixel, color);
        }
    }
}
