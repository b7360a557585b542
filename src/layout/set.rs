//! A broken line onto a page: glyphs with their places.

use super::faces::{Faces, FontRequest};
use super::line::{self, LineMeasure, SetLine, Unit};
use super::{Glyph, Origin, Run};

/// The part of the type size that a stretched line may add between two characters.
const TORN: f32 = 0.25;

/// How a paragraph is set.
#[derive(Debug, Clone, Copy)]
pub(super) struct Style {
    pub(super) wanted: FontRequest,
    /// Type size in points.
    pub(super) size: f32,
    /// What is added to the width of each character.
    pub(super) spacing: f32,
    /// Indent of the first line.
    pub(super) indent: f32,
    pub(super) align: Align,
    /// Whether punctuation may hang outside the column.
    pub(super) hang: bool,
}

/// Where the lines of a paragraph stand in their column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Align {
    /// Stretched to both edges, the last line left.
    Both,
    Left,
    Center,
    Right,
}

/// A text broken into lines.
#[derive(Debug)]
pub(super) struct SetText {
    pub(super) origin: Origin,
    pub(super) style: Style,
    pub(super) units: Vec<Unit>,
    pub(super) lines: Vec<SetLine>,
    /// Whether its lines are not stretched because one of them would be torn.
    pub(super) is_ragged: bool,
    measure: LineMeasure,
}

impl SetText {
    pub(super) fn new(
        faces: &mut Faces<'_>,
        origin: Origin,
        text: &str,
        style: Style,
        width: f32,
    ) -> Self {
        let units = faces.units(text, style.wanted, style.size, style.spacing);
        Self::of(origin, units, style, width)
    }

    /// A paragraph whose first `end` bytes are set in another font.
    pub(super) fn with_run_in(
        faces: &mut Faces<'_>,
        origin: Origin,
        text: &str,
        end: usize,
        other: FontRequest,
        style: Style,
        width: f32,
    ) -> Self {
        let (first, rest) = text.split_at_checked(end).unwrap_or((text, ""));
        let mut units = faces.units(first, other, style.size, style.spacing);
        let count = u32::try_from(first.chars().count()).unwrap_or(u32::MAX);
        let rest = faces.units(rest, style.wanted, style.size, style.spacing);
        units.extend(rest.into_iter().map(|unit| Unit {
            offset: unit.offset.saturating_add(count),
            ..unit
        }));
        Self::of(origin, units, style, width)
    }

    fn of(origin: Origin, units: Vec<Unit>, style: Style, width: f32) -> Self {
        let measure = LineMeasure {
            width,
            indent: style.indent,
            size: style.size,
            spacing: style.spacing,
            hang: style.hang,
        };
        let lines = line::lines(&units, measure);
        let mut text = Self {
            origin,
            style,
            units,
            lines,
            measure,
            is_ragged: false,
        };
        // An address that goes to the next line whole would tear the line before it.
        if text
            .lines
            .iter()
            .any(|line| text.stretch(line) > style.size * TORN)
        {
            text.style.align = Align::Left;
            text.is_ragged = true;
        }
        text
    }

    /// Draws a line with its column's left edge at `left`.
    pub(super) fn draw(
        &self,
        line: &SetLine,
        left: f32,
        baseline: f32,
        repeated: bool,
        runs: &mut Vec<Run>,
    ) {
        let units = self.units.get(line.from..line.to).unwrap_or_default();
        let room = self.room(line);
        let start = left
            + line.indent
            + match self.style.align {
                Align::Both | Align::Left => 0.0,
                Align::Center => room / 2.0,
                Align::Right => room,
            };
        let stretch = self.stretch(line);
        let mut x = 0.0;
        let mut before: Option<Unit> = None;
        for (at, unit) in units.iter().enumerate() {
            if let Some(before) = before {
                let hangs = line.hangs && at + 1 == units.len();
                let closed = line::closed_up(before, *unit, self.style.size);
                if closed > 0.0 && !hangs {
                    x -= closed;
                } else if !hangs && line::may_stretch(before.character, unit.character) {
                    x += stretch;
                }
            }
            let step = line::step(before, *unit, x, self.measure);
            let pen = x + step - unit.advance;
            x += step;
            before = Some(*unit);
            if unit.character == '\t' {
                continue;
            }
            let glyph = |from: f32| Glyph {
                id: unit.glyph,
                x: start + pen - from,
                advance: unit.advance - self.style.spacing,
                character: unit.character,
                offset: unit.offset,
            };
            match runs.last_mut() {
                Some(run) if at > 0 && (run.face, run.bold) == (unit.face, unit.bold) => {
                    run.glyphs.push(glyph(run.x));
                }
                _ => runs.push(Run {
                    origin: self.origin,
                    repeated,
                    face: unit.face,
                    bold: unit.bold,
                    size: self.style.size,
                    x: start + pen,
                    baseline,
                    glyphs: vec![glyph(start + pen)],
                }),
            }
        }
    }

    /// The units of a line that stand inside the column, in pairs.
    fn pairs(&self, line: &SetLine) -> impl Iterator<Item = (Unit, Unit)> + '_ {
        let to = line.to - usize::from(line.hangs);
        let inside = self.units.get(line.from..to).unwrap_or_default();
        inside.iter().copied().zip(inside.iter().skip(1).copied())
    }

    /// What a line leaves free of its column, its signs closed up.
    fn room(&self, line: &SetLine) -> f32 {
        let closed = |(left, right)| line::closed_up(left, right, self.style.size);
        let given_up: f32 = self.pairs(line).map(closed).sum();
        self.measure.width - line.indent - line.width + given_up
    }

    /// What a stretched line adds at each place where it may widen.
    fn stretch(&self, line: &SetLine) -> f32 {
        if !line.full || self.style.align != Align::Both {
            return 0.0;
        }
        let widens = |&(left, right): &(Unit, Unit)| {
            line::closed_up(left, right, self.style.size) == 0.0
                && line::may_stretch(left.character, right.character)
        };
        let places = self.pairs(line).filter(widens).count();
        if places == 0 {
            return 0.0;
        }
        // The spacing after the last character is no part of the line.
        (self.room(line) + self.style.spacing).max(0.0) / places as f32
    }
}
