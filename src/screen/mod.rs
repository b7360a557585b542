//! A window for egui that needs no graphics card: only the tiles that changed are painted and sent.
//!
//! winit opens the window, egui-winit feeds egui, [`Painter`] turns shapes into pixels, and softbuffer
//! brings them to the screen. It knows egui and nothing of what is drawn with it.
//!
//! # From a frame to the screen
//! 1. `scene` turns egui's shapes into few kinds of items: fills on whole pixels, glyphs, triangles.
//! 2. `tiles` hashes the items of every tile of 64 × 32 pixels; a tile with the hash of the frame before
//!    is left alone.
//! 3. `paint` draws the items of the others, as a graphics card would: premultiplied colours blended in
//!    gamma space, triangles with the top-left rule, textures with linear filtering.
//! 4. `window` runs frames when something asks for one, at most sixty a second, and presents the damage.
//!
//! # Painting without a window
//! ```
//! use nianbao::screen::Painter;
//!
//! let ctx = egui::Context::default();
//! let area = egui::Rect::from_min_size(egui::Pos2::ZERO, egui::vec2(320.0, 200.0));
//! let mut painter = Painter::default();
//! let mut pixels = vec![0; 320 * 200];
//! let mut draw = |label: &str| {
//!     let input = egui::RawInput { screen_rect: Some(area), ..egui::RawInput::default() };
//!     let mut output = ctx.run_ui(input, |ui| drop(ui.label(label)));
//!     painter.take_textures(&mut output.textures_delta);
//!     painter.take_shapes(&ctx, output.shapes, output.pixels_per_point, [320, 200]);
//!     painter.paint(&mut pixels, egui::Color32::WHITE, false)
//! };
//! // The first frames paint everything, one that is like the last paints nothing.
//! while !draw("12").is_empty() {}
//! assert!(!draw("13").is_empty());
//! ```

mod calm;
mod canvas;
mod options;
mod paint;
mod pixel;
mod running;
mod scene;
mod shapes;
mod texture;
mod tiles;
mod triangle;
mod wheel;
mod window;

use egui::epaint::ClippedShape;
use egui::{Color32, Context, TexturesDelta};

pub use options::{Options, StartError};
pub use tiles::Damage;
pub use window::run;

use scene::Scene;
use texture::Textures;
use tiles::Tiles;

/// Paints egui's shapes into pixels that are kept from frame to frame.
///
/// Sizes and places are in physical pixels. Nothing outside the given size is touched, whatever the shapes say.
#[derive(Debug, Default)]
pub struct Painter {
    textures: Textures,
    scene: Scene,
    tiles: Tiles,
}

impl Painter {
    /// Takes over new textures and glyphs; to be called with every frame's delta, in order.
    ///
    /// Textures that egui frees go with the next frame, as shapes of this one may still use them.
    pub fn take_textures(&mut self, delta: &mut TexturesDelta) {
        self.textures.take(delta);
    }

    /// Takes what is to be seen in the next call of [`Painter::paint`]; `size` is width and height.
    pub fn take_shapes(
        &mut self,
        ctx: &Context,
        shapes: Vec<ClippedShape>,
        pixels_per_point: f32,
        size: [u32; 2],
    ) {
        let size = size.map(|side| i32::try_from(side).unwrap_or(i32::MAX).min(MAX_SIDE));
        self.tiles.resize(size);
        self.scene.begin(size);
        shapes::take(
            &mut self.scene,
            &self.textures,
            ctx,
            shapes,
            pixels_per_point,
        );
    }

    /// Paints what changed since the last call, and returns where that is.
    ///
    /// `pixels` holds rows of the size last given to [`Painter::take_shapes`], as `0xAARRGGBB`, and what was
    /// painted into it before. With `everything` all of it is painted.
    pub fn paint(
        &mut self,
        pixels: &mut [u32],
        background: Color32,
        everything: bool,
    ) -> Vec<Damage> {
        if everything {
            self.forget();
        }
        let clear = pixel::argb(background) | pixel::OPAQUE;
        let changed = self.tiles.sort(&self.scene, clear);
        for &tile in &changed {
            paint::tile(
                pixels,
                &self.tiles,
                tile,
                &self.scene,
                &self.textures,
                clear,
            );
        }
        self.tiles.damage(&changed)
    }

    /// Has everything painted the next time, because the pixels were lost.
    pub fn forget(&mut self) {
        self.tiles.forget();
    }
}

/// The longest side of a window that is painted, in pixels; window systems have none that is longer.
const MAX_SIDE: i32 = 32_768;

#[cfg(test)]
mod tests;
