//! What a frame shows, in the few kinds of items that are painted. It knows no tile.

use egui::{Rect, TextureId};

/// A rectangle of whole pixels: from `x0`, `y0` up to but not including `x1`, `y1`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PixelArea {
    pub x0: i32,
    pub y0: i32,
    pub x1: i32,
    pub y1: i32,
}

impl PixelArea {
    /// What lies in both.
    pub fn within(self, other: Self) -> Self {
        Self {
            x0: self.x0.max(other.x0),
            y0: self.y0.max(other.y0),
            x1: self.x1.min(other.x1),
            y1: self.y1.min(other.y1),
        }
    }

    /// The smallest that holds both.
    pub fn with(self, other: Self) -> Self {
        Self {
            x0: self.x0.min(other.x0),
            y0: self.y0.min(other.y0),
            x1: self.x1.max(other.x1),
            y1: self.y1.max(other.y1),
        }
    }

    /// Whether there is no pixel in it.
    pub fn is_empty(self) -> bool {
        self.x0 >= self.x1 || self.y0 >= self.y1
    }

    /// Whether all of the other lies in it.
    pub fn holds(self, other: Self) -> bool {
        self.x0 <= other.x0 && self.y0 <= other.y0 && self.x1 >= other.x1 && self.y1 >= other.y1
    }

    /// Its pixels of one row, as a range within a buffer with rows of this width.
    pub fn span(self, y: i32, width: usize) -> std::ops::Range<usize> {
        let at = |x: i32| usize::try_from(y).unwrap_or(0) * width + usize::try_from(x).unwrap_or(0);
        at(self.x0)..at(self.x1)
    }

    fn hash(self, hash: u64) -> u64 {
        let pair =
            |a: i32, b: i32| u64::from(a.cast_unsigned()) << 32 | u64::from(b.cast_unsigned());
        mix(mix(hash, pair(self.x0, self.y0)), pair(self.x1, self.y1))
    }
}

/// How an item is painted.
#[derive(Debug, Clone, Copy)]
pub enum SceneKind {
    /// One colour.
    Fill(u32),
    /// Texels in a colour, each on a pixel; `dx`, `dy` lead from a pixel to its texel.
    Glyph {
        color: u32,
        texture: TextureId,
        dx: i32,
        dy: i32,
    },
    /// Triangles that lie close together.
    Triangles {
        texture: TextureId,
        first: usize,
        count: usize,
    },
}

/// Something to paint, within an area; equal hashes mean equal pixels.
#[derive(Debug, Clone, Copy)]
pub struct SceneItem {
    pub kind: SceneKind,
    pub area: PixelArea,
    pub hash: u64,
}

impl SceneItem {
    /// The colour, where the item hides all that is behind it.
    pub fn hides(&self) -> Option<u32> {
        match self.kind {
            SceneKind::Fill(color) if super::pixel::is_opaque(color) => Some(color),
            _ => None,
        }
    }
}

/// A triangle; places in 1/256 of a pixel.
#[derive(Debug, Clone, Copy)]
pub struct Triangle {
    pub points: [(i64, i64); 3],
    /// In texels.
    pub texels: [[f32; 2]; 3],
    pub colors: [u32; 3],
    /// Whether it shows texels and not only its colours.
    pub is_textured: bool,
}

impl Triangle {
    /// Whether it has one colour and no texels.
    pub fn flat(&self) -> Option<u32> {
        let [a, b, c] = self.colors;
        (!self.is_textured && a == b && a == c).then_some(a)
    }

    /// The pixels it may touch.
    pub fn area(&self) -> PixelArea {
        let [a, b, c] = self.points;
        let pixel = |place: i64| i32::try_from(place >> 8).unwrap_or(i32::MAX);
        PixelArea {
            x0: pixel(a.0.min(b.0).min(c.0)),
            y0: pixel(a.1.min(b.1).min(c.1)),
            x1: pixel(a.0.max(b.0).max(c.0)).saturating_add(1),
            y1: pixel(a.1.max(b.1).max(c.1)).saturating_add(1),
        }
    }

    fn hash(&self, mut hash: u64) -> u64 {
        for ((point, color), [u, v]) in self.points.iter().zip(self.colors).zip(self.texels) {
            hash = mix(
                hash,
                (point.0.cast_unsigned() << 32) ^ (point.1.cast_unsigned() & 0xffff_ffff),
            );
            hash = mix(hash, u64::from(color));
            if self.is_textured {
                hash = mix(hash, u64::from(u.to_bits()) << 32 | u64::from(v.to_bits()));
            }
        }
        hash
    }
}

/// One word stirred into a hash: the folded product of wyhash, quick and without weak bits.
pub fn mix(hash: u64, word: u64) -> u64 {
    let product =
        u128::from(hash ^ 0xa076_1d64_78bd_642f) * u128::from(word ^ 0xe703_7ed1_a0b4_28db);
    (product as u64) ^ ((product >> 64) as u64)
}

/// The items of a frame in the order they are painted.
#[derive(Debug, Default)]
pub struct Scene {
    pub items: Vec<SceneItem>,
    pub triangles: Vec<Triangle>,
    size: [i32; 2],
    /// The triangles that are being gathered into one item.
    group: Option<SceneItem>,
}

/// Width and height of a tile in pixels.
pub const TILE: [i32; 2] = [64, 32];

/// Triangles are gathered up to about the size of a tile.
const GROUP: [i32; 2] = TILE;

impl Scene {
    /// Begins a frame of this size.
    pub fn begin(&mut self, size: [i32; 2]) {
        self.items.clear();
        self.triangles.clear();
        self.group = None;
        self.size = size;
    }

    /// The whole window.
    pub fn whole(&self) -> PixelArea {
        let [x1, y1] = self.size;
        PixelArea {
            x0: 0,
            y0: 0,
            x1,
            y1,
        }
    }

    /// A clip rectangle on whole pixels, as graphics cards cut it.
    pub fn clip(&self, rect: Rect, pixels_per_point: f32) -> PixelArea {
        let pixel = |points: f32| (points * pixels_per_point).round() as i32;
        let area = PixelArea {
            x0: pixel(rect.min.x),
            y0: pixel(rect.min.y),
            x1: pixel(rect.max.x),
            y1: pixel(rect.max.y),
        };
        area.within(self.whole())
    }

    /// One colour over an area.
    pub fn fill(&mut self, area: PixelArea, color: u32) {
        if color != 0 {
            let hash = mix(1, u64::from(color));
            self.push(SceneKind::Fill(color), area, hash);
        }
    }

    /// Texels of a texture over an area, a texel a pixel.
    pub fn glyph(
        &mut self,
        area: PixelArea,
        color: u32,
        texture: TextureId,
        generation: u64,
        dx: i32,
        dy: i32,
    ) {
        if color != 0 {
            let place = u64::from(dx.cast_unsigned()) << 32 | u64::from(dy.cast_unsigned());
            let hash = mix(mix(mix(2, u64::from(color)), generation), place);
            self.push(
                SceneKind::Glyph {
                    color,
                    texture,
                    dx,
                    dy,
                },
                area,
                hash,
            );
        }
    }

    /// A triangle within a clip; neighbours become one item.
    pub fn triangle(
        &mut self,
        triangle: Triangle,
        clip: PixelArea,
        texture: TextureId,
        generation: u64,
    ) {
        let area = triangle.area().within(clip);
        if area.is_empty() {
            return;
        }
        let hash = clip.hash(triangle.hash(mix(3, generation)));
        let first = self.triangles.len();
        self.triangles.push(triangle);
        if let Some(group) = &mut self.group
            && let SceneKind::Triangles {
                texture: own,
                count,
                ..
            } = &mut group.kind
            && *own == texture
        {
            let both = group.area.with(area);
            let [width, height] = GROUP;
            if both.x1 - both.x0 <= width && both.y1 - both.y0 <= height {
                group.area = both;
                group.hash = mix(group.hash, hash);
                *count += 1;
                return;
            }
        }
        self.end_group();
        let kind = SceneKind::Triangles {
            texture,
            first,
            count: 1,
        };
        self.group = Some(SceneItem { kind, area, hash });
    }

    /// Ends a mesh: what comes next makes items of its own.
    pub fn end_group(&mut self) {
        self.items.extend(self.group.take());
    }

    fn push(&mut self, kind: SceneKind, area: PixelArea, hash: u64) {
        self.end_group();
        let area = area.within(self.whole());
        if !area.is_empty() {
            let hash = area.hash(hash);
            self.items.push(SceneItem { kind, area, hash });
        }
    }
}
