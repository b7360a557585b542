//! What is drawn on a page, to what of it is seen: rules out of paths, glyphs that nothing hides.

use hayro_interpret::kurbo::{Affine, BezPath, PathEl, Point, Rect, Shape as _};

use super::fills::{self, THICK};
use super::{PageRect, PlacedGlyph, RuledLine, SeenPage};

/// The most pieces of rules on a page.
const RULES: usize = 50_000;
/// The most areas on a page that may hide what is under them.
const GROUNDS: usize = 5_000;
/// A rule is no more than so far off its axis.
const OFF_AXIS: f64 = 0.75;
/// What lets more than this of the ground through cannot be seen.
pub(in crate::import) const FAINT: f32 = 0.05;
/// A rule whose every colour is above this is as white as paper.
const WHITE: f32 = 0.92;
/// Ink so near the colour of the ground cannot be read.
const ALIKE: f32 = 0.08;

/// Red, green and blue, and how much of the ground they cover.
pub(in crate::import) type Color = [f32; 4];

/// A page that is being drawn.
pub(in crate::import) struct PageDrawing {
    /// What is seen of it.
    sheet: SeenPage,
    /// How many glyphs cannot be seen.
    hidden: usize,
    /// How many glyphs stand upright, with their heads to the right, upside down, to the left.
    ways: [usize; 4],
    clips: Vec<Rect>,
    /// What is as small as a dot, and may be one of a dotted rule.
    dots: Vec<Rect>,
    /// Areas in one colour, and how many glyphs were there before each.
    grounds: Vec<(usize, Rect, [f32; 3])>,
}

impl PageDrawing {
    /// An empty page of this size.
    pub fn new(width: f64, height: f64) -> Self {
        Self {
            sheet: SeenPage {
                width,
                height,
                ..SeenPage::default()
            },
            hidden: 0,
            ways: [0; 4],
            clips: Vec::new(),
            dots: Vec::new(),
            grounds: Vec::new(),
        }
    }

    /// The page, without what was painted over, and how many glyphs cannot be seen.
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
        let (level, upright) = fills::dotted(&self.dots);
        self.sheet.level.extend(level);
        self.sheet.upright.extend(upright);
        let hidden = self.hidden + before - self.sheet.glyphs.len();
        (self.sheet, hidden)
    }

    /// What may be drawn on.
    fn clip(&self) -> Rect {
        let all = Rect::new(-1e6, -1e6, 1e6, 1e6);
        self.clips.last().copied().unwrap_or(all)
    }

    /// Nothing is seen outside of this until it is taken back.
    pub fn push_clip(&mut self, area: Rect) {
        let clip = self.clip().intersect(area);
        self.clips.push(clip);
    }

    /// Takes back the last clip.
    pub fn pop_clip(&mut self) {
        self.clips.pop();
    }

    /// Draws a picture in one colour.
    pub fn plain_picture(&mut self, area: Rect) {
        self.fill(&area.to_path(0.1), Affine::IDENTITY, false);
    }

    /// Whether a picture can be no more than a rule.
    pub fn is_thin(&self, area: Rect) -> bool {
        let area = area.intersect(self.clip());
        area.width().min(area.height()) <= THICK
    }

    /// Draws a picture.
    pub fn picture(&mut self, area: Rect) {
        let page = Rect::new(0.0, 0.0, self.sheet.width, self.sheet.height);
        self.sheet.pictures += area.intersect(self.clip()).intersect(page).area();
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

    /// Draws along a path.
    pub fn stroke(&mut self, path: &BezPath, transform: Affine) {
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

    /// Fills a path.
    pub fn fill(&mut self, path: &BezPath, transform: Affine, is_even_odd: bool) {
        let found = fills::rules(path, transform, is_even_odd, self.clip());
        for (from, to) in found.rules {
            self.rule(from, to);
        }
        if self.dots.len() <= RULES {
            self.dots.extend(found.dots);
        }
    }

    /// Remembers an area that hides what is under it and is the ground of what comes after.
    pub fn ground(&mut self, path: &BezPath, transform: Affine, color: Color) {
        let [red, green, blue, alpha] = color;
        let hides = alpha > 1.0 - FAINT;
        if !hides || self.grounds.len() > GROUNDS || path.elements().len() > 6 {
            return;
        }
        let is_curve =
            |element: &PathEl| matches!(element, PathEl::QuadTo(..) | PathEl::CurveTo(..));
        let area = (transform * path.clone()).bounding_box();
        let area = area.intersect(self.clip());
        let is_thin = area.width() <= THICK || area.height() <= THICK;
        if !is_thin && !path.elements().iter().any(is_curve) {
            let count = self.sheet.glyphs.len();
            self.grounds.push((count, area, [red, green, blue]));
        }
    }

    /// Whether ink at a point can be told from what is behind it; ink that is no colour can.
    fn stands_out(&self, ink: Option<Color>, middle: Point) -> bool {
        let Some([red, green, blue, alpha]) = ink else {
            return true;
        };
        let behind = self.grounds.iter().rev();
        let ground = behind
            .filter(|(_, area, _)| area.contains(middle))
            .map(|(_, _, color)| *color)
            .next()
            .unwrap_or([1.0; 3]);
        let is_other = |(ink, ground): (f32, f32)| (ink - ground).abs() > ALIKE;
        alpha > FAINT && [red, green, blue].into_iter().zip(ground).any(is_other)
    }

    /// Counts a glyph that nobody sees.
    pub fn hide(&mut self) {
        self.hidden += 1;
    }

    /// Puts a glyph into a box of the coordinates that the transform leads to the page: its line
    /// runs along x, and its head is at the less y. Ink that is no colour is seen on every ground.
    pub fn glyph(&mut self, glyph: &GlyphPlacing, transform: Affine, ink: Option<Color>) {
        let area = (transform * glyph.area.to_path(0.1)).bounding_box();
        let is_sane = [area.x0, area.y0, area.x1, area.y1]
            .iter()
            .all(|side| side.is_finite());
        if !is_sane {
            return;
        }
        let middle = area.center();
        let is_on_page = Rect::new(0.0, 0.0, self.sheet.width, self.sheet.height)
            .inflate(5.0, 5.0)
            .contains(middle);
        let is_inside = is_on_page && self.clip().inflate(2.0, 2.0).contains(middle);
        if !is_inside || !self.stands_out(ink, middle) {
            self.hide();
            return;
        }
        let up = transform * glyph.head - transform * glyph.base;
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
            text: glyph.text.clone(),
            area: PageRect {
                left: area.x0,
                top: area.y0,
                right: area.x1,
                bottom: area.y1,
            },
            base: (transform * glyph.base).y,
            size: up.hypot(),
            is_down: glyph.is_down,
            is_turned: up.x.abs() > up.y.abs() * 0.2 || up.y > 0.0,
        });
    }
}

/// A glyph in the coordinates of what draws it.
pub(in crate::import) struct GlyphPlacing {
    /// What it says; `None` when the file does not tell for sure.
    pub text: Option<String>,
    /// Where it stands.
    pub area: Rect,
    /// Where it begins on its line.
    pub base: Point,
    /// A point above that by the size of its font.
    pub head: Point,
    /// Whether its line runs downwards.
    pub is_down: bool,
}

/// Whether a rule in this colour can be seen on paper.
pub(in crate::import) fn is_ink(color: Color) -> bool {
    let [red, green, blue, alpha] = color;
    alpha > FAINT && [red, green, blue].iter().any(|part| *part <= WHITE)
}

/// Draws a page, and once more upright when most of it stands turned.
pub(in crate::import) fn upright<T>(
    width: f64,
    height: f64,
    drawing: impl Fn(&T) -> &PageDrawing,
    draw: impl Fn(Affine, f64, f64) -> T,
) -> T {
    let drawn = draw(Affine::IDENTITY, width, height);
    let ways = drawing(&drawn).ways;
    let all: usize = ways.iter().sum();
    let most = ways.iter().position(|count| count * 2 > all);
    let (turn, width, height) = match most {
        Some(1) => ([0.0, -1.0, 1.0, 0.0, 0.0, width], height, width),
        Some(2) => ([-1.0, 0.0, 0.0, -1.0, width, height], width, height),
        Some(3) => ([0.0, 1.0, -1.0, 0.0, height, 0.0], height, width),
        _ => return drawn,
    };
    draw(Affine::new(turn), width, height)
}
