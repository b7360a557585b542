//! Takes down what a page draws: glyphs that can be seen, and rules.

use std::panic::resume_unwind;
use std::time::Instant;

use hayro_interpret::font::{Glyph as Drawn, GlyphRun};
use hayro_interpret::hayro_cmap::WritingMode;
use hayro_interpret::kurbo::{Affine, BezPath, PathEl, Point, Rect, Shape as _};
use hayro_interpret::{
    BlendMode, ClipPath, Device, DrawMode, DrawProps, Image, ImageDrawProps, Paint, SoftMask,
};

use super::fonts::Fonts;
use super::guard::TooMuch;
use crate::import::placed::{PageRect, PlacedGlyph, RuledLine, SeenPage};

/// More calls than any page of a report makes.
const CALLS: usize = 300_000;
/// The most pieces of rules on a page.
const RULES: usize = 50_000;
/// The most areas on a page that may hide what is under them.
const GROUNDS: usize = 5_000;
/// The thickest rule.
const THICK: f64 = 4.5;
/// A rule is no more than so far off its axis.
const OFF_AXIS: f64 = 0.75;
/// What lets more than this of the ground through cannot be seen.
const FAINT: f32 = 0.05;
/// A rule whose every colour is above this is as white as paper.
const WHITE: f32 = 0.92;
/// Ink so near the colour of the ground cannot be read.
const ALIKE: f32 = 0.08;

/// What a glyph is drawn with; `None` for a pattern.
#[derive(Clone, Copy)]
struct Ink(Option<[f32; 3]>);

/// What a page draws.
pub(super) struct Pen<'f> {
    pub sheet: SeenPage,
    /// How much of the page is covered by pictures.
    pub pictures: f64,
    /// How many glyphs cannot be seen.
    pub hidden: usize,
    /// How many glyphs stand upright, with their heads to the right, upside down, to the left.
    pub ways: [usize; 4],
    fonts: &'f Fonts,
    until: Instant,
    calls: usize,
    clips: Vec<Rect>,
    faded: Vec<bool>,
    /// Areas in one colour, and how many glyphs were there before each.
    grounds: Vec<(usize, Rect, [f32; 3])>,
}

impl<'f> Pen<'f> {
    /// Takes down a page of this size until then.
    pub fn new(width: f64, height: f64, fonts: &'f Fonts, until: Instant) -> Self {
        Self {
            sheet: SeenPage {
                width,
                height,
                ..SeenPage::default()
            },
            pictures: 0.0,
            hidden: 0,
            ways: [0; 4],
            fonts,
            until,
            calls: 0,
            clips: Vec::new(),
            faded: Vec::new(),
            grounds: Vec::new(),
        }
    }

    /// The page, without what was painted over.
    pub fn finish(mut self) -> (SeenPage, usize) {
        let grounds = std::mem::take(&mut self.grounds);
        let before = self.sheet.glyphs.len();
        let mut at = 0;
        self.sheet.glyphs.retain(|glyph| {
            let middle = Point::new(glyph.area.middle_x(), glyph.area.middle_y());
            let is_over =
                |(count, area, _): &(usize, Rect, [f32; 3])| *count > at && area.contains(middle);
            let is_seen = !grounds.iter().any(is_over);
            at += 1;
            is_seen
        });
        let hidden = self.hidden + before - self.sheet.glyphs.len();
        (self.sheet, hidden)
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

    fn clip(&self) -> Rect {
        let all = Rect::new(-1e6, -1e6, 1e6, 1e6);
        self.clips.last().copied().unwrap_or(all)
    }

    fn is_faded(&self) -> bool {
        self.faded.iter().any(|faded| *faded)
    }

    /// Whether a rule in this paint can be seen on paper.
    fn is_seen(&self, paint: &Paint<'_>) -> bool {
        let is_ink = match paint {
            Paint::Color(color) => {
                let [red, green, blue, alpha] = color.to_rgba().components();
                alpha > FAINT && [red, green, blue].iter().any(|part| *part <= WHITE)
            }
            Paint::Pattern(_) => true,
        };
        is_ink && !self.is_faded()
    }

    fn rule(&mut self, from: Point, to: Point) {
        if self.sheet.level.len() + self.sheet.upright.len() > RULES {
            return;
        }
        let (width, height) = ((from.x - to.x).abs(), (from.y - to.y).abs());
        let clip = self.clip().inflate(1.0, 1.0);
        if height <= OFF_AXIS && width >= 1.0 {
            let rule = RuledLine {
                at: f64::midpoint(from.y, to.y),
                from: from.x.min(to.x).max(clip.x0),
                to: from.x.max(to.x).min(clip.x1),
            };
            if rule.at >= clip.y0 && rule.at <= clip.y1 && rule.from < rule.to {
                self.sheet.level.push(rule);
            }
        } else if width <= OFF_AXIS && height >= 1.0 {
            let rule = RuledLine {
                at: f64::midpoint(from.x, to.x),
                from: from.y.min(to.y).max(clip.y0),
                to: from.y.max(to.y).min(clip.y1),
            };
            if rule.at >= clip.x0 && rule.at <= clip.x1 && rule.from < rule.to {
                self.sheet.upright.push(rule);
            }
        }
    }

    fn stroke(&mut self, path: &BezPath, transform: Affine) {
        let (mut start, mut last) = (Point::ZERO, Point::ZERO);
        for element in path.elements() {
            match *element {
                PathEl::MoveTo(point) => {
                    start = transform * point;
                    last = start;
                }
                PathEl::LineTo(point) => {
                    let point = transform * point;
                    self.rule(last, point);
                    last = point;
                }
                PathEl::ClosePath => {
                    self.rule(last, start);
                    last = start;
                }
                PathEl::QuadTo(_, point) | PathEl::CurveTo(_, _, point) => {
                    last = transform * point;
                }
            }
        }
    }

    /// Thin areas are rules; many of them may be in one path.
    fn fill(&mut self, path: &BezPath, transform: Affine) {
        let mut part: Option<Rect> = None;
        let mut is_straight = true;
        for element in path.elements() {
            match *element {
                PathEl::MoveTo(point) => {
                    let done = part.take().filter(|_| is_straight);
                    self.thin(done);
                    is_straight = true;
                    let point = transform * point;
                    part = Some(Rect::from_points(point, point));
                }
                PathEl::LineTo(point) => {
                    part = part.map(|part| part.union_pt(transform * point));
                }
                PathEl::QuadTo(..) | PathEl::CurveTo(..) => is_straight = false,
                PathEl::ClosePath => {}
            }
        }
        self.thin(part.filter(|_| is_straight));
    }

    fn thin(&mut self, area: Option<Rect>) {
        let Some(area) = area else { return };
        let (width, height, middle) = (area.width(), area.height(), area.center());
        if height <= THICK && width > height {
            self.rule(Point::new(area.x0, middle.y), Point::new(area.x1, middle.y));
        } else if width <= THICK && height > width {
            self.rule(Point::new(middle.x, area.y0), Point::new(middle.x, area.y1));
        }
    }

    /// Remembers an area that hides what is under it and is the ground of what comes after.
    fn ground(&mut self, path: &BezPath, props: &DrawProps<'_>) {
        let Paint::Color(color) = &props.paint else {
            return;
        };
        let [red, green, blue, alpha] = color.to_rgba().components();
        let hides = alpha > 1.0 - FAINT && props.soft_mask.is_none() && !self.is_faded();
        if !hides || self.grounds.len() > GROUNDS || path.elements().len() > 6 {
            return;
        }
        let is_curve =
            |element: &PathEl| matches!(element, PathEl::QuadTo(..) | PathEl::CurveTo(..));
        let area = (props.transform * path.clone()).bounding_box();
        let area = area.intersect(self.clip());
        let is_thin = area.width() <= THICK || area.height() <= THICK;
        if !is_thin && !path.elements().iter().any(is_curve) {
            let count = self.sheet.glyphs.len();
            self.grounds.push((count, area, [red, green, blue]));
        }
    }

    /// Whether ink at a point can be told from what is behind it; ink that is no colour can.
    fn stands_out(&self, ink: Ink, middle: Point) -> bool {
        let Some(ink) = ink.0 else { return true };
        let behind = self.grounds.iter().rev();
        let ground = behind
            .filter(|(_, area, _)| area.contains(middle))
            .map(|(_, _, color)| *color)
            .next()
            .unwrap_or([1.0; 3]);
        ink.iter()
            .zip(ground)
            .any(|(ink, ground)| (ink - ground).abs() > ALIKE)
    }
}

impl<'a> Device<'a> for Pen<'_> {
    fn draw_path(&mut self, path: &BezPath, props: DrawProps<'a>, mode: &DrawMode) {
        self.count(1 + path.elements().len() / 16);
        if matches!(mode, DrawMode::Fill(_) | DrawMode::FillAndStroke(..)) {
            self.ground(path, &props);
        }
        if !self.is_seen(&props.paint) {
            return;
        }
        match mode {
            DrawMode::Stroke(_) => self.stroke(path, props.transform),
            DrawMode::Fill(_) => self.fill(path, props.transform),
            DrawMode::FillAndStroke(..) => {
                self.fill(path, props.transform);
                self.stroke(path, props.transform);
            }
            DrawMode::Invisible => {}
        }
    }

    fn push_clip_path(&mut self, clip: &ClipPath) {
        self.count(1);
        let clip = self.clip().intersect(clip.path.bounding_box());
        self.clips.push(clip);
    }

    fn pop_clip(&mut self) {
        self.clips.pop();
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
        let page = Rect::new(0.0, 0.0, self.sheet.width, self.sheet.height);
        self.pictures += area.intersect(self.clip()).intersect(page).area();
    }

    fn draw_glyph_run(&mut self, run: &GlyphRun<'_, 'a>, props: DrawProps<'a>, mode: &DrawMode) {
        self.count(run.glyphs().len());
        let ink = match &props.paint {
            Paint::Color(color) => {
                let [red, green, blue, alpha] = color.to_rgba().components();
                (alpha > FAINT).then_some(Ink(Some([red, green, blue])))
            }
            Paint::Pattern(_) => Some(Ink(None)),
        };
        let ink = ink.filter(|_| !matches!(mode, DrawMode::Invisible) && !self.is_faded());
        let is_down = run.writing_mode() == WritingMode::Vertical;
        for glyph in run.glyphs() {
            let transform = props.transform * glyph.transform();
            self.glyph(glyph, transform, ink, is_down);
        }
    }
}

impl Pen<'_> {
    fn glyph(&mut self, glyph: &Drawn<'_>, transform: Affine, ink: Option<Ink>, is_down: bool) {
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
        let area = (transform * Rect::new(0.0, -120.0, advance, 880.0).to_path(0.1)).bounding_box();
        if ![area.x0, area.y0, area.x1, area.y1]
            .iter()
            .all(|side| side.is_finite())
        {
            return;
        }
        let middle = area.center();
        let is_on_page = Rect::new(0.0, 0.0, self.sheet.width, self.sheet.height)
            .inflate(5.0, 5.0)
            .contains(middle);
        let is_inside = is_on_page && self.clip().inflate(2.0, 2.0).contains(middle);
        if !is_inside || !ink.is_some_and(|ink| self.stands_out(ink, middle)) {
            self.hidden += 1;
            return;
        }
        let up = transform * Point::new(0.0, 1000.0) - transform * Point::ZERO;
        let way = match (up.x.abs() > up.y.abs(), up.x > 0.0, up.y > 0.0) {
            (true, true, _) => 1,
            (true, false, _) => 3,
            (false, _, true) => 2,
            (false, _, false) => 0,
        };
        if let Some(count) = self.ways.get_mut(way) {
            *count += 1;
        }
        self.sheet.glyphs.push(PlacedGlyph {
            text: self.fonts.text(glyph),
            area: PageRect {
                left: area.x0,
                top: area.y0,
                right: area.x1,
                bottom: area.y1,
            },
            base: (transform * Point::ZERO).y,
            size: up.hypot(),
            is_down,
            is_turned: up.x.abs() > up.y.abs() * 0.2 || up.y > 0.0,
        });
    }
}
