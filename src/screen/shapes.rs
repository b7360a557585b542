//! From egui's shapes to items: rectangles and text need no tessellation. It knows no tile.

use egui::emath::TSTransform;
use egui::epaint::{
    ClippedShape, Mesh, RectShape, Shape, TessellationOptions, Tessellator, TextShape, Vertex,
    WHITE_UV,
};
use egui::{Color32, Context, CornerRadius, Pos2, Rect, Stroke, TextureId, pos2};

use super::pixel::argb;
use super::scene::{PixelArea, Scene, Triangle};
use super::texture::{Texture, Textures};

/// Takes a frame's shapes.
pub fn take(
    scene: &mut Scene,
    textures: &Textures,
    ctx: &Context,
    shapes: Vec<ClippedShape>,
    pixels_per_point: f32,
) {
    let options = ctx.tessellation_options(|options| *options);
    #[expect(
        clippy::redundant_closure_for_method_calls,
        reason = "the method alone has too narrow a lifetime"
    )]
    let atlas = ctx.fonts(|fonts| fonts.font_image_size());
    let mut taker = Taker {
        scene,
        textures,
        pixels_per_point,
        options,
        tessellator: Tessellator::new(pixels_per_point, options, atlas, Vec::new()),
        mesh: Mesh::default(),
        clip: PixelArea {
            x0: 0,
            y0: 0,
            x1: 0,
            y1: 0,
        },
    };
    for ClippedShape {
        clip_rect,
        shape,
        transform_after_tessellation,
    } in shapes
    {
        taker.clip = taker.scene.clip(clip_rect, pixels_per_point);
        if taker.clip.is_empty() {
            continue;
        }
        if transform_after_tessellation == TSTransform::IDENTITY {
            taker.tessellator.set_clip_rect(clip_rect);
            taker.shape(shape);
        } else {
            // A popup on its way into place.
            taker.tessellator.set_clip_rect(Rect::EVERYTHING);
            taker.tessellated(shape, Some(transform_after_tessellation));
        }
    }
}

struct Taker<'a> {
    scene: &'a mut Scene,
    textures: &'a Textures,
    pixels_per_point: f32,
    options: TessellationOptions,
    tessellator: Tessellator,
    /// Kept for its room.
    mesh: Mesh,
    clip: PixelArea,
}

impl Taker<'_> {
    fn shape(&mut self, shape: Shape) {
        match shape {
            Shape::Noop | Shape::Callback(_) => {}
            Shape::Vec(shapes) => shapes.into_iter().for_each(|shape| self.shape(shape)),
            Shape::Mesh(mesh) => self.mesh(&mesh),
            Shape::Rect(rect) => match self.plain(&rect) {
                Some(area) => self.scene.fill(area.within(self.clip), argb(rect.fill)),
                None => self.tessellated(Shape::Rect(rect), None),
            },
            Shape::Text(text) if self.is_plain_text(&text) => self.text(&text),
            other => self.tessellated(other, None),
        }
    }

    fn tessellated(&mut self, shape: Shape, moved: Option<TSTransform>) {
        if !has_places(&shape) {
            return;
        }
        let mut mesh = std::mem::take(&mut self.mesh);
        mesh.clear();
        self.tessellator.tessellate_shape(shape, &mut mesh);
        if let Some(moved) = moved {
            mesh.transform(moved);
        }
        self.mesh(&mesh);
        self.mesh = mesh;
    }

    /// The pixels of a rectangle that is nothing but a colour on whole pixels.
    fn plain(&self, shape: &RectShape) -> Option<PixelArea> {
        let has_stroke = shape.stroke.width != 0.0 && shape.stroke.color != Color32::TRANSPARENT;
        let is_square = shape.corner_radius == CornerRadius::ZERO && shape.angle == 0.0;
        if has_stroke || !is_square || shape.blur_width != 0.0 || shape.brush.is_some() {
            return None;
        }
        let scaled = |points: f32| points * self.pixels_per_point;
        let (min, max) = (shape.rect.min, shape.rect.max);
        let sides = [min.x, min.y, max.x, max.y].map(scaled);
        let [x0, y0, x1, y1] = sides;
        let is_whole = sides.iter().all(|side| (side - side.round()).abs() < 0.02);
        let is_thick = x1 - x0 > 2.0 && y1 - y0 > 2.0;
        let rounds = shape
            .round_to_pixels
            .unwrap_or(self.options.round_rects_to_pixels);
        let [x0, y0, x1, y1] = sides.map(|side| side.round() as i32);
        (is_whole || (is_thick && rounds)).then_some(PixelArea { x0, y0, x1, y1 })
    }

    /// Whether the glyphs of a text lie on whole pixels as they are.
    fn is_plain_text(&self, text: &TextShape) -> bool {
        let has_pictures = || {
            let mut rows = text.galley.rows.iter();
            rows.any(|row| row.glyphs.iter().any(|glyph| glyph.is_color))
        };
        text.angle == 0.0
            && text.underline == Stroke::NONE
            && self.options.round_text_to_pixels
            && is_same(text.galley.pixels_per_point, self.pixels_per_point)
            && !has_pictures()
    }

    fn text(&mut self, text: &TextShape) {
        let Some(atlas) = self.textures.get(TextureId::default()) else {
            return;
        };
        if text.opacity_factor <= 0.0 {
            return;
        }
        let [width, height] = atlas.size();
        let scale = self.pixels_per_point;
        let snapped = |points: f32| (points * scale).round() / scale;
        for row in &text.galley.rows {
            let visuals = &row.visuals;
            let at = pos2(
                snapped(text.pos.x) + row.pos.x,
                snapped(text.pos.y) + row.pos.y,
            );
            let bounds = visuals.mesh_bounds;
            let is_above = (at.y + bounds.max.y) * scale < self.clip.y0 as f32;
            let is_below = (at.y + bounds.min.y) * scale > self.clip.y1 as f32;
            if visuals.mesh.vertices.is_empty() || is_above || is_below {
                continue;
            }
            let color = |index: usize, own: Color32| {
                let color = match text.override_text_color {
                    Some(color) if visuals.glyph_vertex_range.contains(&index) => color,
                    None if own == Color32::PLACEHOLDER => text.fallback_color,
                    _ => own,
                };
                if text.opacity_factor < 1.0 {
                    color.gamma_multiply(text.opacity_factor)
                } else {
                    color
                }
            };
            let vertex = |index: usize| {
                let own = visuals.mesh.vertices.get(index)?;
                Some(Vertex {
                    pos: pos2((own.pos.x + at.x) * scale, (own.pos.y + at.y) * scale),
                    uv: pos2(own.uv.x / width, own.uv.y / height),
                    color: color(index, own.color),
                })
            };
            let mesh = Indexed {
                indices: &visuals.mesh.indices,
                vertex,
                texture: TextureId::default(),
            };
            take_mesh(self.scene, atlas, &mesh, self.clip);
        }
    }

    fn mesh(&mut self, mesh: &Mesh) {
        let Some(texture) = self.textures.get(mesh.texture_id) else {
            return;
        };
        let scale = self.pixels_per_point;
        let vertex = |index: usize| {
            let own = mesh.vertices.get(index)?;
            Some(Vertex {
                pos: pos2(own.pos.x * scale, own.pos.y * scale),
                ..*own
            })
        };
        let mesh = Indexed {
            indices: &mesh.indices,
            vertex,
            texture: mesh.texture_id,
        };
        take_mesh(self.scene, texture, &mesh, self.clip);
    }
}

/// Whether a shape is somewhere; egui's tessellation asks for numbers.
fn has_places(shape: &Shape) -> bool {
    let are_numbers = |points: &[Pos2]| points.iter().all(|point| point.is_finite());
    match shape {
        Shape::Path(path) => are_numbers(&path.points),
        Shape::LineSegment { points, .. } => are_numbers(points),
        Shape::QuadraticBezier(curve) => are_numbers(&curve.points),
        Shape::CubicBezier(curve) => are_numbers(&curve.points),
        Shape::Circle(circle) => circle.center.is_finite() && circle.radius.is_finite(),
        Shape::Ellipse(ellipse) => ellipse.center.is_finite() && ellipse.radius.is_finite(),
        Shape::Rect(rect) => !rect.rect.any_nan(),
        Shape::Text(text) => text.pos.is_finite(),
        Shape::Vec(shapes) => shapes.iter().all(has_places),
        Shape::Noop | Shape::Mesh(_) | Shape::Callback(_) | Shape::Band(_) => true,
    }
}

/// A mesh whose vertices are in pixels.
struct Indexed<'a, F> {
    indices: &'a [u32],
    vertex: F,
    texture: TextureId,
}

impl<F: Fn(usize) -> Option<Vertex>> Indexed<'_, F> {
    fn corners<const N: usize>(&self, indices: &[u32]) -> Option<[Vertex; N]> {
        let mut corners = [Vertex::default(); N];
        for (corner, &index) in corners.iter_mut().zip(indices) {
            *corner = (self.vertex)(usize::try_from(index).ok()?)?;
        }
        Some(corners)
    }
}

fn take_mesh<F: Fn(usize) -> Option<Vertex>>(
    scene: &mut Scene,
    texture: &Texture,
    mesh: &Indexed<'_, F>,
    clip: PixelArea,
) {
    let mut left = mesh.indices;
    while let Some((three, rest)) = left.split_at_checked(3) {
        let quad = left.split_at_checked(6).filter(|(six, _)| is_quad(six));
        if let Some((six, after)) = quad
            && take_quad(scene, texture, mesh, six, clip)
        {
            left = after;
            continue;
        }
        left = rest;
        let Some([a, b, c]) = mesh.corners(three) else {
            continue;
        };
        let is_unseen = [a, b, c]
            .iter()
            .all(|corner| corner.color == Color32::TRANSPARENT);
        if !is_unseen {
            let is_white = mesh.texture == TextureId::default()
                && [a, b, c].iter().all(|corner| is_white(corner.uv));
            let [width, height] = texture.size();
            scene.triangle(
                Triangle {
                    points: [a, b, c].map(|corner| (fixed(corner.pos.x), fixed(corner.pos.y))),
                    texels: [a, b, c].map(|corner| [corner.uv.x * width, corner.uv.y * height]),
                    colors: [a, b, c].map(|corner| argb(corner.color)),
                    is_textured: !is_white,
                },
                clip,
                mesh.texture,
                texture.generation,
            );
        }
    }
    scene.end_group();
}

/// Whether six indices are those of two triangles that share their long side, as egui makes them.
fn is_quad(six: &[u32]) -> bool {
    matches!(*six, [_, b, c, d, e, _] if d == c && e == b)
}

/// Takes two triangles that are a fill or a glyph on whole pixels; `false` where they are not.
fn take_quad<F: Fn(usize) -> Option<Vertex>>(
    scene: &mut Scene,
    texture: &Texture,
    mesh: &Indexed<'_, F>,
    six: &[u32],
    clip: PixelArea,
) -> bool {
    let [a_, b_, c_, _, _, d_] = *six else {
        return false;
    };
    let Some([a, b, c, d]) = mesh.corners(&[a_, b_, c_, d_]) else {
        return false;
    };
    let is_upright = are_upright([a, b, c, d].map(|corner| corner.pos));
    let one_color = [b, c, d].iter().all(|corner| corner.color == a.color);
    let corners = [a.pos.x, a.pos.y, d.pos.x, d.pos.y];
    if !is_upright || !one_color || !corners.iter().all(|&place| is_whole(place)) {
        return false;
    }
    let [x0, y0, x1, y1] = corners.map(|place| place.round() as i32);
    let area = PixelArea { x0, y0, x1, y1 }.within(clip);
    if mesh.texture == TextureId::default() && is_white(a.uv) && is_white(d.uv) {
        scene.fill(area, argb(a.color));
        return true;
    }
    let [width, height] = texture.size();
    let (u0, v0, u1, v1) = (
        a.uv.x * width,
        a.uv.y * height,
        d.uv.x * width,
        d.uv.y * height,
    );
    let is_upright = are_upright([a, b, c, d].map(|corner| corner.uv));
    let fits = |texels: f32, pixels: i32| (texels - pixels as f32).abs() < 0.01;
    let one_to_one = fits(u1 - u0, x1.saturating_sub(x0)) && fits(v1 - v0, y1.saturating_sub(y0));
    if texture.is_sharp || !is_upright || !one_to_one || !is_whole(u0) || !is_whole(v0) {
        return false;
    }
    let (dx, dy) = (
        (u0.round() as i32).saturating_sub(x0),
        (v0.round() as i32).saturating_sub(y0),
    );
    scene.glyph(
        area,
        argb(a.color),
        mesh.texture,
        texture.generation,
        dx,
        dy,
    );
    true
}

/// Whether four corners are those of an upright rectangle, in the order egui gives them.
fn are_upright([a, b, c, d]: [Pos2; 4]) -> bool {
    is_same(a.y, b.y) && is_same(a.x, c.x) && is_same(d.x, b.x) && is_same(d.y, c.y)
}

/// Whether a place in the atlas is its white corner.
fn is_white(uv: Pos2) -> bool {
    is_same(uv.x, WHITE_UV.x) && is_same(uv.y, WHITE_UV.y)
}

fn is_same(a: f32, b: f32) -> bool {
    a.total_cmp(&b).is_eq()
}

fn is_whole(place: f32) -> bool {
    (place - place.round()).abs() < 0.01
}

/// A place in 1/256 of a pixel, within bounds in which products of two fit.
fn fixed(place: f32) -> i64 {
    const FAR: f32 = 1_048_576.0;
    (place.clamp(-FAR, FAR) * 256.0).round() as i64
}
