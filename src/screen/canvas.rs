//! The pixels that are painted into.

use super::pixel::{is_opaque, over, tinted};
use super::scene::PixelArea;
use super::texture::Texture;

/// Pixels of a window, row by row.
pub struct Canvas<'a> {
    /// All of them.
    pub pixels: &'a mut [u32],
    /// How many are in a row.
    pub width: usize,
}

impl Canvas<'_> {
    /// The pixels of a row within an area.
    pub fn row(&mut self, area: PixelArea, y: i32) -> &mut [u32] {
        self.pixels
            .get_mut(area.span(y, self.width))
            .unwrap_or_default()
    }

    /// One colour over an area.
    pub fn fill(&mut self, area: PixelArea, color: u32) {
        for y in area.y0..area.y1 {
            flat(self.row(area, y), color);
        }
    }

    /// A glyph in a colour, its texels moved by this much.
    pub fn glyph(&mut self, area: PixelArea, color: u32, texture: &Texture, dx: i32, dy: i32) {
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
