//! Whether what a page shows can be read: no glyph on a line of a table, on another glyph or off the page.
//!
//! It knows places on paper, neither the file they were read from nor the program that made it.

use crate::doc::sheet;

/// A glyph where it was drawn; lengths are points from the lower left corner.
#[derive(Debug)]
pub(super) struct InkGlyph {
    /// What it stands for.
    pub(super) text: String,
    /// Its pen's start on the line of writing.
    pub(super) from: (f32, f32),
    /// Where the pen goes, one type size above the line.
    pub(super) to: (f32, f32),
    /// Whether it is no text of the report.
    pub(super) is_furniture: bool,
}

/// Everything a page shows.
#[derive(Debug, Default)]
pub(super) struct PageInk {
    /// The glyphs in the order they are drawn.
    pub(super) glyphs: Vec<InkGlyph>,
    rules: Vec<InkBox>,
}

/// An upright rectangle.
#[derive(Debug, Clone, Copy)]
struct InkBox {
    left: f32,
    lower: f32,
    right: f32,
    upper: f32,
}

impl InkBox {
    fn meets(&self, other: &Self) -> bool {
        self.left < other.right
            && other.left < self.right
            && self.lower < other.upper
            && other.lower < self.upper
    }
}

impl InkGlyph {
    /// Where its ink is at least: the middle of its square, which every font fills; of a sign that takes
    /// half of its square, that half.
    fn ink(&self) -> InkBox {
        let (width, height) = (self.to.0 - self.from.0, self.to.1 - self.from.1);
        let is = |signs: &str| signs.contains(self.text.as_str());
        let left = if is("（《〈「『【〔“‘") {
            0.5
        } else {
            0.2
        };
        let right = if is("，。、；：）》〉」』】〕”’") {
            0.5
        } else {
            0.2
        };
        InkBox {
            left: self.from.0 + width * left,
            right: self.to.0 - width * right,
            lower: self.from.1 + height * 0.1,
            upper: self.from.1 + height * 0.6,
        }
    }

    /// Whether it stands where text may stand: the report's inside the margins, any on the paper.
    fn is_on_page(&self) -> bool {
        // A sign may hang outside the text, and a font may be wider than it should be.
        const OUTSIDE: f32 = 24.0;
        let ink = self.ink();
        let inside = |left: u16, lower: u16, right: u16, upper: u16, room: f32| {
            ink.left >= points(left) - room
                && ink.lower >= points(lower)
                && ink.right <= points(sheet::PAGE_WIDTH - right) + room
                && ink.upper <= points(sheet::PAGE_HEIGHT - upper)
        };
        if self.is_furniture {
            return inside(0, 0, 0, 0, 0.0);
        }
        inside(
            sheet::LEFT,
            sheet::BOTTOM,
            sheet::RIGHT,
            sheet::TOP,
            OUTSIDE,
        )
    }
}

fn points(twips: u16) -> f32 {
    f32::from(twips) / 20.0
}

impl PageInk {
    /// Takes in a closed path; a line of a table is a thin rectangle.
    pub(super) fn rule(&mut self, path: &[(f32, f32)]) {
        let x = || path.iter().map(|at| at.0);
        let y = || path.iter().map(|at| at.1);
        if path.len() < 3 {
            return;
        }
        self.rules.push(InkBox {
            left: x().fold(f32::INFINITY, f32::min),
            right: x().fold(f32::NEG_INFINITY, f32::max),
            lower: y().fold(f32::INFINITY, f32::min),
            upper: y().fold(f32::NEG_INFINITY, f32::max),
        });
    }

    /// The text of the report.
    pub(super) fn text(&self) -> String {
        let glyphs = self.glyphs.iter().filter(|glyph| !glyph.is_furniture);
        glyphs.map(|glyph| glyph.text.as_str()).collect()
    }

    /// What cannot be read, in words, a kind a line.
    pub(super) fn faults(&self) -> Vec<String> {
        let seen: Vec<(&InkGlyph, InkBox)> = self
            .glyphs
            .iter()
            .filter(|glyph| !glyph.text.trim().is_empty() && glyph.to.0 > glyph.from.0)
            .map(|glyph| (glyph, glyph.ink()))
            .collect();
        let those = |holds: &dyn Fn(&InkGlyph, &InkBox) -> bool| -> Vec<&InkGlyph> {
            let found = seen.iter().filter(|(glyph, ink)| holds(glyph, ink));
            found.map(|(glyph, _)| *glyph).collect()
        };
        let crossed = those(&|_, ink| self.rules.iter().any(|rule| rule.meets(ink)));
        let off = those(&|glyph, _| !glyph.is_on_page());
        let mut heaped: Vec<&InkGlyph> = Vec::new();
        let mut by_height: Vec<&(&InkGlyph, InkBox)> = seen.iter().collect();
        by_height.sort_by(|one, other| one.1.lower.total_cmp(&other.1.lower));
        for (at, (glyph, ink)) in by_height.iter().enumerate() {
            let above = by_height.iter().skip(at + 1);
            let mut near = above.take_while(|(_, other)| other.lower < ink.upper);
            if near.any(|(_, other)| other.meets(ink)) {
                heaped.push(glyph);
            }
        }
        let named = |glyphs: Vec<&InkGlyph>, says: &str| {
            const MOST: usize = 12;
            let text: String = glyphs.iter().map(|glyph| glyph.text.as_str()).collect();
            let start: String = text.chars().take(MOST).collect();
            (!start.is_empty()).then(|| format!("“{start}”{says}"))
        };
        [
            named(crossed, "压在表格线上"),
            named(off, "超出版心"),
            named(heaped, "与别的字重叠"),
        ]
        .into_iter()
        .flatten()
        .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn glyph(text: &str, x: f32, y: f32) -> InkGlyph {
        InkGlyph {
            text: text.to_owned(),
            from: (x, y),
            to: (x + 10.0, y + 10.0),
            is_furniture: false,
        }
    }

    #[test]
    fn what_lies_on_a_line_off_the_page_or_on_another_is_told() {
        let mut shown = PageInk {
            glyphs: vec![glyph("甲", 100.0, 400.0), glyph("乙", 110.0, 400.0)],
            ..PageInk::default()
        };
        shown.rule(&[(90.0, 397.0), (300.0, 397.0), (300.0, 397.5), (90.0, 397.5)]);
        assert!(shown.faults().is_empty(), "{:?}", shown.faults());
        shown.glyphs.push(glyph("丙", 120.0, 393.0));
        shown.glyphs.push(glyph("丁", 112.0, 402.0));
        shown.glyphs.push(glyph("戊", 100.0, 50.0));
        assert_eq!(
            shown.faults(),
            ["“丙”压在表格线上", "“戊”超出版心", "“乙”与别的字重叠"]
        );
        assert_eq!(shown.text(), "甲乙丙丁戊");
        // Signs are closed up into each other's blank halves, and no further.
        let faults = |x: f32| {
            let glyphs = vec![glyph("》", 100.0, 400.0), glyph("（", x, 400.0)];
            let shown = PageInk {
                glyphs,
                ..PageInk::default()
            };
            shown.faults().len()
        };
        assert_eq!((faults(105.0), faults(99.0)), (0, 1));
    }
}
