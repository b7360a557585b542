//! The textures of a frame: egui's atlas of glyphs, and pictures. It knows no shape.

use std::collections::HashMap;

use egui::{ImageData, TextureFilter, TextureId, TexturesDelta};

use super::pixel;

/// One picture, row by row.
#[derive(Debug)]
pub struct Texture {
    size: [usize; 2],
    texels: Vec<u32>,
    /// Changes when what it shows changes.
    pub generation: u64,
    /// Whether a texel keeps its edges when it is enlarged.
    pub is_sharp: bool,
}

impl Texture {
    /// Width and height in texels.
    pub fn size(&self) -> [f32; 2] {
        self.size.map(|side| side as f32)
    }

    /// Some texels of a row; `None` where they do not lie within it.
    pub fn row(&self, x: i32, y: i32, count: usize) -> Option<&[u32]> {
        let (x, y) = (usize::try_from(x).ok()?, usize::try_from(y).ok()?);
        let [width, _] = self.size;
        let end = x.checked_add(count).filter(|end| *end <= width)?;
        self.texels.get(y * width + x..y * width + end)
    }

    /// The texel nearest to a place.
    fn at(&self, x: f32, y: f32) -> u32 {
        let [width, height] = self.size;
        let (x, y) = (x.max(0.0) as usize, y.max(0.0) as usize);
        let (x, y) = (
            x.min(width.saturating_sub(1)),
            y.min(height.saturating_sub(1)),
        );
        self.texels.get(y * width + x).copied().unwrap_or(0)
    }

    /// The four channels at a place, blue first, from 0 to 255; blended between texels unless it is sharp.
    pub fn sample(&self, [x, y]: [f32; 2]) -> [f32; 4] {
        if self.is_sharp {
            return channels(self.at(x, y));
        }
        let (x, y) = (x - 0.5, y - 0.5);
        let (left, top) = (x.floor(), y.floor());
        let (right_part, low_part) = (x - left, y - top);
        let blend = |a: [f32; 4], b: [f32; 4], part: f32| {
            let [a0, a1, a2, a3] = a;
            let [b0, b1, b2, b3] = b;
            let mix = |a: f32, b: f32| a * (1.0 - part) + b * part;
            [mix(a0, b0), mix(a1, b1), mix(a2, b2), mix(a3, b3)]
        };
        let row = |y: f32| {
            let (a, b) = (channels(self.at(left, y)), channels(self.at(left + 1.0, y)));
            blend(a, b, right_part)
        };
        blend(row(top), row(top + 1.0), low_part)
    }
}

fn channels(texel: u32) -> [f32; 4] {
    texel.to_le_bytes().map(f32::from)
}

/// All textures by their id.
#[derive(Debug, Default)]
pub struct Textures {
    known: HashMap<TextureId, Texture>,
    /// Freed with the frame before, so that its shapes could still use them.
    freed: Vec<TextureId>,
    generation: u64,
}

impl Textures {
    /// The texture with this id.
    pub fn get(&self, id: TextureId) -> Option<&Texture> {
        self.known.get(&id)
    }

    /// Takes over a frame's changes.
    #[expect(
        clippy::iter_over_hash_type,
        reason = "textures do not depend on each other"
    )]
    pub fn take(&mut self, delta: &mut TexturesDelta) {
        for id in self.freed.drain(..) {
            self.known.remove(&id);
        }
        for (&id, images) in &delta.set {
            for image in images {
                let ImageData::Color(picture) = &image.image;
                let texels = picture.pixels.iter().map(|&color| pixel::argb(color));
                if let Some(at) = image.pos {
                    self.patch(id, at, picture.size, texels);
                } else {
                    self.generation += 1;
                    let texture = Texture {
                        size: picture.size,
                        texels: texels.collect(),
                        generation: self.generation,
                        is_sharp: image.options.magnification == TextureFilter::Nearest,
                    };
                    self.known.insert(id, texture);
                }
            }
        }
        self.freed.extend(&delta.free);
        delta.clear();
    }

    fn patch(
        &mut self,
        id: TextureId,
        [x, y]: [usize; 2],
        [width, height]: [usize; 2],
        mut texels: impl Iterator<Item = u32>,
    ) {
        let Some(texture) = self.known.get_mut(&id) else {
            return;
        };
        // Patches of the atlas are glyphs that were not seen before; what was drawn stays as it is.
        if id != TextureId::default() {
            self.generation += 1;
            texture.generation = self.generation;
        }
        let [whole, _] = texture.size;
        for row in 0..height {
            let start = (y + row) * whole + x;
            let line = texture
                .texels
                .get_mut(start..start + width.min(whole.saturating_sub(x)));
            let new = texels.by_ref().take(width);
            match line {
                Some(line) => line.iter_mut().zip(new).for_each(|(old, new)| *old = new),
                None => new.for_each(drop),
            }
        }
    }
}
