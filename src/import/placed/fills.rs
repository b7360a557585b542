//! Filled areas to the rules they look like: thin ones, the frames of cells, dots in a row.

use hayro_interpret::kurbo::{Affine, BezPath, PathEl, Point, Rect};

use super::RuledLine;
use super::rules::merged;

/// The thickest rule.
pub(super) const THICK: f64 = 4.5;
/// The largest dot that a dotted rule is made of.
const DOT: f64 = 2.0;
/// Dots in a row are a rule when they reach at least so far.
const ROW: f64 = 12.0;
/// A box fills at least so much of the rectangle around it.
const BOX: f64 = 0.98;

/// What is seen of a filled path.
#[derive(Default)]
pub(super) struct FilledRules {
    /// Where its rules begin and end.
    pub rules: Vec<(Point, Point)>,
    /// The dots among it, each by the area it fills.
    pub dots: Vec<Rect>,
}

/// One closed part of a path.
#[derive(Clone, Copy)]
struct FilledPart {
    area: Rect,
    /// Twice the area that its corners hold, by the way they go round it.
    turn: f64,
    is_straight: bool,
}

impl FilledPart {
    fn new(point: Point) -> Self {
        Self {
            area: Rect::from_points(point, point),
            turn: 0.0,
            is_straight: true,
        }
    }

    fn is_box(&self) -> bool {
        self.is_straight && self.turn.abs() / 2.0 >= self.area.area() * BOX
    }

    /// Whether this part leaves the next one out of what is filled.
    fn leaves_out(&self, inner: &Self, is_even_odd: bool) -> bool {
        is_even_odd || (self.turn > 0.0) != (inner.turn > 0.0)
    }
}

/// The rules that filling a path draws within a clip; many of them may be in one path.
pub(super) fn rules(
    path: &BezPath,
    transform: Affine,
    is_even_odd: bool,
    clip: Rect,
) -> FilledRules {
    let mut found = FilledRules::default();
    let parts = parts(path, transform);
    for part in &parts {
        found.thin(part, clip);
    }
    for pair in parts.windows(2) {
        if let [outer, inner] = pair
            && outer.is_box()
            && inner.is_box()
            && outer.leaves_out(inner, is_even_odd)
        {
            found.frame(outer.area, inner.area);
        }
    }
    found
}

fn parts(path: &BezPath, transform: Affine) -> Vec<FilledPart> {
    let mut parts: Vec<FilledPart> = Vec::new();
    let (mut start, mut last) = (Point::ZERO, Point::ZERO);
    let cross = |from: Point, to: Point| from.x * to.y - to.x * from.y;
    for element in path.elements() {
        let (to, is_straight) = match *element {
            PathEl::MoveTo(point) => {
                // What is left open is filled as if it were closed.
                if let Some(part) = parts.last_mut() {
                    part.turn += cross(last, start);
                }
                start = transform * point;
                last = start;
                parts.push(FilledPart::new(start));
                continue;
            }
            PathEl::LineTo(point) => (transform * point, true),
            PathEl::QuadTo(_, point) | PathEl::CurveTo(_, _, point) => (transform * point, false),
            PathEl::ClosePath => (start, true),
        };
        if let Some(part) = parts.last_mut() {
            part.area = part.area.union_pt(to);
            part.turn += cross(last, to);
            part.is_straight &= is_straight;
        }
        last = to;
    }
    if let Some(part) = parts.last_mut() {
        part.turn += cross(last, start);
    }
    parts
}

impl FilledRules {
    fn thin(&mut self, part: &FilledPart, clip: Rect) {
        let is_thin = |area: Rect| area.width().min(area.height()) <= THICK;
        let area = if is_thin(part.area) {
            part.area
        } else {
            part.area.intersect(clip)
        };
        if !is_thin(part.area) && area.is_zero_area() {
            return;
        }
        let (width, height, middle) = (area.width(), area.height(), area.center());
        let is_dot = width.max(height) <= DOT && width.max(height) < 1.5 * width.min(height);
        if is_dot {
            self.dots.push(area);
        } else if part.is_straight && height <= THICK && width > height {
            self.level(area.x0, area.x1, middle.y);
        } else if part.is_straight && width <= THICK && height > width {
            self.upright(area.y0, area.y1, middle.x);
        }
    }

    /// The four sides of a thin frame.
    fn frame(&mut self, outer: Rect, inner: Rect) {
        let gaps = [
            inner.x0 - outer.x0,
            inner.y0 - outer.y0,
            outer.x1 - inner.x1,
            outer.y1 - inner.y1,
        ];
        if !gaps.iter().all(|gap| (0.0..=THICK).contains(gap)) {
            return;
        }
        let [left, top, right, bottom] = gaps.map(|gap| gap / 2.0);
        self.level(outer.x0, outer.x1, outer.y0 + top);
        self.level(outer.x0, outer.x1, outer.y1 - bottom);
        self.upright(outer.y0, outer.y1, outer.x0 + left);
        self.upright(outer.y0, outer.y1, outer.x1 - right);
    }

    fn level(&mut self, from: f64, to: f64, at: f64) {
        self.rules.push((Point::new(from, at), Point::new(to, at)));
    }

    fn upright(&mut self, from: f64, to: f64, at: f64) {
        self.rules.push((Point::new(at, from), Point::new(at, to)));
    }
}

/// The level and the upright rules that rows of dots make.
pub(super) fn dotted(dots: &[Rect]) -> (Vec<RuledLine>, Vec<RuledLine>) {
    let rows = |piece: &dyn Fn(&Rect) -> RuledLine| {
        let pieces: Vec<RuledLine> = dots.iter().map(piece).collect();
        let mut rows = merged(&pieces).unwrap_or_default();
        rows.retain(|rule| rule.to - rule.from >= ROW);
        rows
    };
    let level = rows(&|dot| RuledLine {
        at: dot.center().y,
        from: dot.x0,
        to: dot.x1,
    });
    let upright = rows(&|dot| RuledLine {
        at: dot.center().x,
        from: dot.y0,
        to: dot.y1,
    });
    (level, upright)
}

#[cfg(test)]
mod tests {
    use hayro_interpret::kurbo::Shape as _;

    use super::*;

    const ALL: Rect = Rect::new(-1e6, -1e6, 1e6, 1e6);

    fn boxed(areas: &[Rect]) -> BezPath {
        let mut path = BezPath::new();
        for area in areas {
            path.extend(area.to_path(0.1).elements().iter().copied());
        }
        path
    }

    #[test]
    fn a_thin_frame_is_four_rules_and_a_full_box_none() {
        let outer = Rect::new(0.0, 0.0, 100.0, 50.0);
        let frame = boxed(&[outer, outer.inset(-1.0)]);
        let count = |path: &BezPath, is_even_odd| {
            rules(path, Affine::IDENTITY, is_even_odd, ALL).rules.len()
        };
        assert_eq!(count(&frame, true), 4);
        assert_eq!(count(&frame, false), 0, "both go round the same way");
        assert_eq!(count(&boxed(&[outer, outer.inset(-10.0)]), true), 0);
        assert_eq!(count(&boxed(&[outer]), true), 0);
    }

    #[test]
    fn what_a_clip_leaves_of_an_area_may_be_a_rule() {
        let page = boxed(&[Rect::new(0.0, 0.0, 600.0, 800.0)]);
        let clip = Rect::new(100.0, 200.0, 300.0, 200.5);
        let found = rules(&page, Affine::IDENTITY, false, clip).rules;
        assert_eq!(
            found,
            [(Point::new(100.0, 200.25), Point::new(300.0, 200.25))]
        );
    }

    #[test]
    fn dots_are_a_rule_only_in_a_row() {
        let dot = |at: f64| Rect::new(at, 10.0, at + 0.6, 10.6);
        let row: Vec<Rect> = (0..20).map(|at| dot(f64::from(at) * 1.5)).collect();
        let (level, upright) = dotted(&row);
        assert_eq!((level.len(), upright.len()), (1, 0));
        let (level, upright) = dotted(&[dot(0.0), dot(50.0), dot(100.0)]);
        assert_eq!((level.len(), upright.len()), (0, 0));
    }
}
