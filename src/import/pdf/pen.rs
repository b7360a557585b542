//! Takes down what a page draws: glyphs that can be seen, and rules.

use std::panic::resume_unwind;
use std::time::Instant;

use hayro_interpret::font::{Glyph as Drawn, GlyphRun};
use hayro_interpret::hayro_cmap::WritingMode;
use hayro_interpret::kurbo::{Affine, BezPath, Point, Rect, Shape as _};
use hayro_interpret::{
    BlendMode, ClipPath, Device, DrawMode, DrawProps, FillRule, Image, ImageData, ImageDrawProps,
    Paint, SoftMask,
};

use super::fonts::Fonts;
use super::guard::TooMuch;
use crate::import::placed::drawing::{self, Color, FAINT, GlyphPlacing, PageDrawing};

/// More calls than any page of a report makes.
const CALLS: usize = 300_000;
/// The most dots of a picture that is looked at, since it may be a rule.
const SMALL: f64 = 4096.0;
/// The lightest part of a colour that can be told from paper.
const LIGHT: u8 = 234;

/// What a page draws.
pub(super) struct Pen<'f> {
    pub drawing: PageDrawing,
    fonts: &'f Fonts,
    until: Instant,
    calls: usize,
    faded: Vec<bool>,
}

impl<'f> Pen<'f> {
    /// Takes down a page of this size until then.
    pub fn new(width: f64, height: f64, fonts: &'f Fonts, until: Instant) -> Self {
        Self {
            drawing: PageDrawing::new(width, height),
            fonts,
            until,
            calls: 0,
            faded: Vec::new(),
        }
    }

    /// Counts some calls; a page that never ends is left from within, as there is no other way out.
    fn count(&mut self, calls: usize) {
        let before = self.calls;
        self.calls += calls.max(1);
        let is_late = before / 256 != self.calls / 256 && Instant::now() > self.until;
        if self.calls > CALLS || is_late {
            resume_unwind(Box::new(TooMuch));
        }
    }

    fn is_faded(&self) -> bool {
        self.faded.iter().any(|faded| *faded)
    }

    /// Whether a rule in this paint can be seen on paper.
    fn is_seen(&self, paint: &Paint<'_>) -> bool {
        color(paint).is_none_or(drawing::is_ink) && !self.is_faded()
    }
}

/// The colour of a paint; `None` for a pattern.
fn color(paint: &Paint<'_>) -> Option<Color> {
    match paint {
        Paint::Color(color) => Some(color.to_rgba().components()),
        Paint::Pattern(_) => None,
    }
}

impl<'a> Device<'a> for Pen<'_> {
    fn draw_path(&mut self, path: &BezPath, props: DrawProps<'a>, mode: &DrawMode) {
        self.count(1 + path.elements().len() / 16);
        if matches!(mode, DrawMode::Fill(_) | DrawMode::FillAndStroke(..)) {
            let hides = props.soft_mask.is_none() && !self.is_faded();
            if let Some(color) = color(&props.paint).filter(|_| hides) {
                self.drawing.ground(path, props.transform, color);
            }
        }
        if !self.is_seen(&props.paint) {
            return;
        }
        match mode {
            DrawMode::Stroke(_) => self.drawing.stroke(path, props.transform),
            DrawMode::Fill(rule) => self.fill(path, props.transform, *rule),
            DrawMode::FillAndStroke(rule, _) => {
                self.fill(path, props.transform, *rule);
                self.drawing.stroke(path, props.transform);
            }
            DrawMode::Invisible => {}
        }
    }

    fn push_clip_path(&mut self, clip: &ClipPath) {
        self.count(1);
        self.drawing.push_clip(clip.path.bounding_box());
    }

    fn pop_clip(&mut self) {
        self.drawing.pop_clip();
    }

    fn push_transparency_group(&mut self, opacity: f32, _: Option<SoftMask<'a>>, _: BlendMode) {
        self.count(1);
        self.faded.push(opacity < FAINT);
    }

    fn pop_transparency_group(&mut self) {
        self.faded.pop();
    }

    fn draw_image(&mut self, image: Image<'a, '_>, props: ImageDrawProps<'a>) {
        self.count(1);
        let (width, height) = (f64::from(image.width()), f64::from(image.height()));
        let area = Rect::new(0.0, 0.0, width, height).to_path(0.1);
        let area = (props.transform * area).bounding_box();
        let is_small = width * height <= SMALL;
        if is_small && self.drawing.is_thin(area) && props.soft_mask.is_none() && !self.is_faded() {
            self.count((width * height) as usize / 16);
            if self.is_plain_ink(&image) {
                self.drawing.plain_picture(area);
            }
        }
        self.drawing.picture(area);
    }

    fn draw_glyph_run(&mut self, run: &GlyphRun<'_, 'a>, props: DrawProps<'a>, mode: &DrawMode) {
        self.count(run.glyphs().len());
        let is_seen = !matches!(mode, DrawMode::Invisible) && !self.is_faded();
        let ink = color(&props.paint);
        let is_down = run.writing_mode() == WritingMode::Vertical;
        for glyph in run.glyphs() {
            let transform = props.transform * glyph.transform();
            if is_seen {
                self.glyph(glyph, transform, ink, is_down);
            } else {
                self.drawing.hide();
            }
        }
    }
}

impl Pen<'_> {
    fn fill(&mut self, path: &BezPath, transform: Affine, rule: FillRule) {
        self.drawing
            .fill(path, transform, rule == FillRule::EvenOdd);
    }

    /// Whether all of a picture is ink: rules are drawn so, too.
    fn is_plain_ink(&self, image: &Image<'_, '_>) -> bool {
        let mut is_ink = false;
        match image {
            Image::Stencil(stencil) => stencil.with_stencil(
                |mask, paint| {
                    is_ink = mask.data.iter().all(|&part| part > 0) && self.is_seen(paint);
                },
                None,
            ),
            Image::Raster(raster) => raster.with_rgba(
                |data, alpha| {
                    let (parts, colors) = match &data {
                        ImageData::Rgb(data) => (&data.data, 3),
                        ImageData::Luma(data) => (&data.data, 1),
                    };
                    let is_dark = |pixel: &[u8]| pixel.iter().any(|&part| part <= LIGHT);
                    let is_seen = alpha.is_none_or(|alpha| alpha.data.iter().all(|&part| part > 0));
                    is_ink = is_seen && parts.chunks(colors).all(is_dark);
                },
                None,
            ),
        }
        is_ink
    }

    fn glyph(&mut self, glyph: &Drawn<'_>, transform: Affine, ink: Option<Color>, is_down: bool) {
        let advance = match glyph {
            Drawn::Outline(outline) => outline.advance_width(),
            Drawn::Type3(drawn) => drawn.advance_width(),
        };
        // A font that runs down says nothing about its width.
        let advance = if is_down {
            1000.0
        } else {
            f64::from(advance.unwrap_or(500.0))
        };
        let placing = GlyphPlacing {
            text: self.fonts.text(glyph),
            area: Rect::new(0.0, -120.0, advance, 880.0),
            base: Point::ZERO,
            head: Point::new(0.0, 1000.0),
            is_down,
        };
        self.drawing.glyph(&placing, transform, ink);
    }
}
