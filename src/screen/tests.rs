//! The painter beside egui's own tessellation, and with what no program should give it.

use std::sync::Arc;

use egui::epaint::{CircleShape, ClippedShape, Mesh, PathShape, RectShape, Shape, Vertex};
use egui::{Color32, Context, Pos2, RawInput, Rect, Stroke, TextureId, pos2, vec2};
use proptest::prelude::*;

use super::{Damage, Painter};

/// Runs a frame and paints it; returns what changed.
fn frame(
    ctx: &Context,
    painter: &mut Painter,
    pixels: &mut [u32],
    [width, height]: [u32; 2],
    scale: f32,
    draw: impl FnMut(&mut egui::Ui),
) -> Vec<Damage> {
    let size = vec2(width as f32, height as f32) / scale;
    let mut input = RawInput {
        screen_rect: Some(Rect::from_min_size(Pos2::ZERO, size)),
        ..RawInput::default()
    };
    input
        .viewports
        .entry(egui::ViewportId::ROOT)
        .or_default()
        .native_pixels_per_point = Some(scale);
    let mut output = ctx.run_ui(input, draw);
    painter.take_textures(&mut output.textures_delta);
    painter.take_shapes(ctx, output.shapes, output.pixels_per_point, [width, height]);
    painter.paint(pixels, Color32::WHITE, false)
}

fn pixel_count(size: [u32; 2]) -> usize {
    size.iter().map(|&side| side as usize).product()
}

#[test]
fn a_frame_like_the_last_paints_nothing_and_one_word_only_its_tiles() {
    let (ctx, size) = (Context::default(), [640, 480]);
    let (mut painter, mut pixels) = (Painter::default(), vec![0; pixel_count(size)]);
    let mut show = |text: &str| {
        frame(&ctx, &mut painter, &mut pixels, size, 1.0, |ui| {
            ui.label("年报");
            ui.label(text);
        })
    };
    let first = show("12");
    assert_eq!(
        first,
        [Damage {
            x: 0,
            y: 0,
            width: 640,
            height: 480
        }]
    );
    for _ in 0..3 {
        show("12");
    }
    assert_eq!(show("12"), []);
    let changed = show("13");
    let area: u32 = changed.iter().map(|part| part.width * part.height).sum();
    assert!(area > 0 && area <= 2 * 64 * 64, "{changed:?}");
}

#[test]
fn what_is_painted_bit_by_bit_is_what_is_painted_at_once() {
    for scale in [1.0, 1.25, 1.5, 2.0] {
        let (ctx, size) = (Context::default(), [333, 217]);
        let (mut painter, mut pixels) = (Painter::default(), vec![0; pixel_count(size)]);
        let mut text = String::from("一二三");
        for round in 0..30_u8 {
            let draw = |ui: &mut egui::Ui| {
                ui.heading(format!("{round}件"));
                ui.horizontal(|ui| {
                    ui.add(egui::Slider::new(&mut { round }, 0..=30));
                    drop(ui.button(&text));
                });
                let place =
                    Rect::from_min_size(pos2(f32::from(round) * 3.3, 60.0), vec2(40.0, 20.0));
                ui.painter().rect_filled(
                    place,
                    4.0,
                    Color32::from_rgba_unmultiplied(200, 30, 30, 90),
                );
                ui.painter().line_segment(
                    [Pos2::ZERO, pos2(200.0, f32::from(round) * 5.0)],
                    Stroke::new(1.5, Color32::BLUE),
                );
            };
            frame(&ctx, &mut painter, &mut pixels, size, scale, draw);
            let kept = pixels.clone();
            painter.forget();
            painter.paint(&mut pixels, Color32::WHITE, true);
            assert!(kept == pixels, "round {round} at {scale}");
            text.push('四');
        }
    }
}

#[test]
fn neighbouring_triangles_share_no_pixel_and_leave_none_out() {
    let (ctx, size) = (Context::default(), [64, 64]);
    let (mut painter, mut pixels) = (Painter::default(), vec![0; pixel_count(size)]);
    let grey = Color32::from_rgba_premultiplied(64, 64, 64, 128);
    let fan = |middle: Pos2| {
        let mut mesh = Mesh::default();
        let corners = [
            pos2(3.2, 5.1),
            pos2(60.7, 2.4),
            pos2(58.3, 61.9),
            pos2(7.7, 55.5),
        ];
        for corner in corners.into_iter().chain([middle]) {
            mesh.colored_vertex(corner, grey);
        }
        for side in 0..4 {
            mesh.add_triangle(side, (side + 1) % 4, 4);
        }
        mesh
    };
    let mut seen = Vec::new();
    for middle in [pos2(32.0, 32.0), pos2(20.5, 40.25)] {
        let draw = |ui: &mut egui::Ui| {
            ui.painter().add(Shape::mesh(fan(middle)));
        };
        frame(&ctx, &mut painter, &mut pixels, size, 1.0, draw);
        // White under half of grey: 127 + 64. Twice would be darker, not at all lighter.
        let dark = pixels.iter().filter(|&&pixel| pixel != 0xffff_ffff);
        assert!(
            dark.clone().all(|&pixel| pixel == 0xffbf_bfbf),
            "{middle:?}"
        );
        seen.push(dark.count());
    }
    assert!(
        seen.first() == seen.last() && seen.first() > Some(&2800),
        "{seen:?}"
    );
}

#[test]
fn a_line_of_pixels_and_a_rectangle_between_pixels_are_blended() {
    let (ctx, size) = (Context::default(), [32, 32]);
    let (mut painter, mut pixels) = (Painter::default(), vec![0; pixel_count(size)]);
    let whole = Rect::from_min_max(pos2(4.0, 4.0), pos2(8.0, 8.0));
    frame(&ctx, &mut painter, &mut pixels, size, 1.0, |ui| {
        ui.painter()
            .rect_filled(whole, 0.0, Color32::from_rgb(10, 20, 30));
    });
    for (index, &pixel) in pixels.iter().enumerate() {
        let place = pos2((index % 32) as f32 + 0.5, (index / 32) as f32 + 0.5);
        let expected = if whole.contains(place) {
            0xff0a_141e
        } else {
            0xffff_ffff
        };
        assert_eq!(pixel, expected, "{place:?}");
    }
}

fn any_number() -> impl Strategy<Value = f32> {
    prop_oneof![
        6 => -50.0..400.0_f32,
        1 => Just(f32::NAN),
        1 => Just(f32::INFINITY),
        1 => Just(f32::NEG_INFINITY),
        1 => Just(f32::MAX),
        1 => Just(-1e30_f32),
        1 => Just(0.0_f32),
    ]
}

fn any_place() -> impl Strategy<Value = Pos2> {
    (any_number(), any_number()).prop_map(|(x, y)| pos2(x, y))
}

fn any_color() -> impl Strategy<Value = Color32> {
    any::<[u8; 4]>().prop_map(|[r, g, b, a]| Color32::from_rgba_premultiplied(r, g, b, a))
}

fn any_mesh() -> impl Strategy<Value = Shape> {
    let vertex = (any_place(), any_place(), any_color()).prop_map(|(pos, uv, color)| Vertex {
        pos,
        uv,
        color,
    });
    let vertices = prop::collection::vec(vertex, 0..8);
    let indices = prop::collection::vec(0..10_u32, 0..24);
    let texture = prop_oneof![
        Just(TextureId::default()),
        Just(TextureId::User(7)),
        Just(TextureId::Managed(1))
    ];
    (vertices, indices, texture).prop_map(|(vertices, indices, texture_id)| {
        // Not through the door that looks whether it is whole.
        Shape::Mesh(Arc::new(Mesh {
            indices,
            vertices,
            texture_id,
        }))
    })
}

fn any_shape() -> impl Strategy<Value = Shape> {
    let rect = (any_place(), any_place()).prop_map(|(min, max)| Rect { min, max });
    let stroke =
        || (0.0..9.0_f32, any_color()).prop_map(|(width, color)| Stroke::new(width, color));
    prop_oneof![
        3 => any_mesh(),
        3 => (rect, any_color(), 0..9_u8).prop_map(|(rect, color, round)| Shape::from(RectShape::filled(rect, round, color))),
        1 => (any_place(), any_number(), any_color(), stroke()).prop_map(|(center, radius, fill, stroke)| {
            // egui itself makes endless work of a circle without end.
            let radius = if radius.is_finite() { radius.clamp(-10.0, 5000.0) } else { 3.0 };
            Shape::Circle(CircleShape { center, radius, fill, stroke })
        }),
        1 => (prop::collection::vec(any_place(), 0..6), stroke()).prop_map(|(points, stroke)| {
            Shape::Path(PathShape { points, closed: false, fill: Color32::TRANSPARENT, stroke: (stroke.width, stroke.color).into() })
        }),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(), ..ProptestConfig::default() })]

    #[test]
    fn no_list_of_shapes_makes_it_panic_or_paint_outside(
        shapes in prop::collection::vec((any_place(), any_place(), any_shape()), 0..12),
        width in prop_oneof![Just(0_u32), Just(1), 2..300_u32, Just(7680)],
        height in prop_oneof![Just(0_u32), Just(1), 2..200_u32],
        scale in 0.5..4.0_f32,
        again in any::<bool>(),
    ) {
        let ctx = Context::default();
        let mut painter = Painter::default();
        let size = [width, height];
        // Behind the window nothing may change.
        let count = pixel_count(size);
        let mut pixels = vec![0x1234_5678; count + 100];
        let area = Rect::from_min_size(Pos2::ZERO, vec2(300.0, 200.0));
        let mut output = ctx.run_ui(RawInput { screen_rect: Some(area), ..RawInput::default() }, |_| {});
        painter.take_textures(&mut output.textures_delta);
        for _ in 0..=u8::from(again) {
            let shapes = shapes.iter().map(|(min, max, shape)| ClippedShape {
                clip_rect: Rect { min: *min, max: *max },
                shape: shape.clone(),
                transform_after_tessellation: egui::emath::TSTransform::IDENTITY,
            });
            painter.take_shapes(&ctx, shapes.collect(), scale, size);
            let damage = painter.paint(&mut pixels, Color32::WHITE, false);
            for part in damage {
                prop_assert!(part.x + part.width <= width && part.y + part.height <= height);
            }
        }
        prop_assert!(pixels.iter().take(count).all(|&pixel| pixel >> 24 == 255));
        prop_assert!(pixels.iter().skip(count).all(|&pixel| pixel == 0x1234_5678));
    }
}

fn cases() -> u32 {
    let more = std::env::var("NIANBAO_FUZZ")
        .ok()
        .and_then(|count| count.parse().ok());
    more.unwrap_or(200)
}
