//! Paints one triangle as a graphics card does: pixels whose middle lies in it, and of its edges only the
//! upper and left ones, so that neighbours share no pixel and leave none out.

use super::canvas::{Canvas, flat};
use super::pixel::over;
use super::scene::{PixelArea, Triangle};
use super::texture::Texture;

/// Paints what of it lies in the area.
pub fn paint(
    canvas: &mut Canvas<'_>,
    area: PixelArea,
    triangle: &Triangle,
    texture: Option<&Texture>,
) {
    let Some(corners) = Corners::of(triangle) else {
        return;
    };
    let rows = corners.rows().within(area);
    let texture = texture.filter(|_| triangle.is_textured);
    let shade = Shade::of(&corners);
    for y in rows.y0..rows.y1 {
        let part = corners.pixels_in_row(area, y);
        if part.is_empty() {
            continue;
        }
        let row = canvas.row(part, y);
        match triangle.flat() {
            Some(color) => flat(row, color),
            None => shade.row(row, part.x0, y, texture),
        }
    }
}

/// The corners in clockwise order, with what each shows.
struct Corners {
    points: [(i64, i64); 3],
    colors: [u32; 3],
    texels: [[f32; 2]; 3],
    /// Twice the area, never 0.
    area: f32,
}

impl Corners {
    fn of(triangle: &Triangle) -> Option<Self> {
        let ([a, b, c], [ca, cb, cc], [ta, tb, tc]) =
            (triangle.points, triangle.colors, triangle.texels);
        let area = (b.0 - a.0) * (c.1 - a.1) - (b.1 - a.1) * (c.0 - a.0);
        let (points, colors, texels) = if area < 0 {
            ([c, b, a], [cc, cb, ca], [tc, tb, ta])
        } else {
            ([a, b, c], [ca, cb, cc], [ta, tb, tc])
        };
        let area = area.abs();
        (area != 0).then_some(Self {
            points,
            colors,
            texels,
            area: area as f32,
        })
    }

    /// The rows whose middle it may touch, over all columns.
    fn rows(&self) -> PixelArea {
        let [a, b, c] = self.points.map(|(_, y)| y);
        let (low, high) = (a.min(b).min(c), a.max(b).max(c));
        let row = |place: i64| i32::try_from(place >> 8).unwrap_or(i32::MAX);
        PixelArea {
            x0: i32::MIN,
            x1: i32::MAX,
            y0: row(low - 128 + 255),
            y1: row(high - 128).saturating_add(1),
        }
    }

    /// Its pixels of one row within an area.
    fn pixels_in_row(&self, area: PixelArea, y: i32) -> PixelArea {
        let middle = i64::from(y) * 256 + 128;
        let (mut from, mut to) = (i64::from(area.x0), i64::from(area.x1));
        let [a, b, c] = self.points;
        for (p, q) in [(a, b), (b, c), (c, a)] {
            let (dx, dy) = (q.0 - p.0, q.1 - p.1);
            let is_upper_or_left = dy < 0 || (dy == 0 && dx > 0);
            // Inside where edge - dy * x >= 0 at the middle of a pixel.
            let edge = dx * (middle - p.1) + dy * p.0 - i64::from(!is_upper_or_left);
            if dy > 0 {
                to = to.min(((edge.div_euclid(dy) - 128) >> 8) + 1);
            } else if dy < 0 {
                from = from.max((-edge.div_euclid(-dy) - 128 + 255) >> 8);
            } else if edge < 0 {
                to = from;
            }
        }
        let column = |place: i64| i32::try_from(place).unwrap_or(area.x1);
        PixelArea {
            x0: column(from),
            x1: column(to.max(from)),
            y0: y,
            y1: y + 1,
        }
        .within(area)
    }

    /// A value that is known at the corners, everywhere.
    fn plane(&self, at: [f32; 3]) -> Plane {
        let [a, b, c] = self.points;
        let [v0, v1, v2] = at;
        let (x1, y1) = ((b.0 - a.0) as f32, (b.1 - a.1) as f32);
        let (x2, y2) = ((c.0 - a.0) as f32, (c.1 - a.1) as f32);
        let (d1, d2) = (v1 - v0, v2 - v0);
        let dx = (d1 * y2 - d2 * y1) / self.area;
        let dy = (d2 * x1 - d1 * x2) / self.area;
        Plane {
            base: v0 - dx * a.0 as f32 - dy * a.1 as f32,
            dx: dx * 256.0,
            dy: dy * 256.0,
        }
    }
}

/// A value that changes evenly over the window.
#[derive(Clone, Copy)]
struct Plane {
    base: f32,
    dx: f32,
    dy: f32,
}

impl Plane {
    fn at(self, x: f32, y: f32) -> f32 {
        self.base + self.dx * x + self.dy * y
    }
}

/// The colours and texels of a triangle.
struct Shade {
    colors: [Plane; 4],
    texels: [Plane; 2],
}

impl Shade {
    fn of(corners: &Corners) -> Self {
        let channel =
            |shift: u32| corners.plane(corners.colors.map(|color| ((color >> shift) & 255) as f32));
        let [a, b, c] = corners.texels;
        let ([u0, v0], [u1, v1], [u2, v2]) = (a, b, c);
        Self {
            colors: [0, 8, 16, 24].map(channel),
            texels: [corners.plane([u0, u1, u2]), corners.plane([v0, v1, v2])],
        }
    }

    fn row(&self, pixels: &mut [u32], x: i32, y: i32, texture: Option<&Texture>) {
        let y = y as f32 + 0.5;
        let mut x = x as f32 + 0.5;
        for pixel in pixels {
            let mut color = self.colors.map(|plane| plane.at(x, y));
            if let Some(texture) = texture {
                let texel = texture.sample(self.texels.map(|plane| plane.at(x, y)));
                color
                    .iter_mut()
                    .zip(texel)
                    .for_each(|(channel, part)| *channel *= part / 255.0);
            }
            let bytes = color.map(|channel| (channel + 0.5).clamp(0.0, 255.0) as u8);
            *pixel = over(*pixel, u32::from_le_bytes(bytes));
            x += 1.0;
        }
    }
}
