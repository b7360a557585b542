//! A page that is drawn instead of set: every text, bar and line brings its place along.

use super::faces::Faces;
use super::set::{Align, SetText, Style};
use super::{Layout, Library, Origin, Page, PageFill, PageRule};
use crate::doc::sheet;

/// A column so wide that no text breaks in it.
const UNBOUNDED: f32 = 100_000.0;

/// What is drawn on a page; lengths are points from its upper left corner.
#[derive(Debug, Clone, Default)]
pub struct DrawnPage {
    /// Width of the page.
    pub width: f32,
    /// Height of the page.
    pub height: f32,
    /// The texts in reading order.
    pub texts: Vec<DrawnText>,
    /// The filled rectangles, which lie below all else.
    pub fills: Vec<PageFill>,
    /// The lines.
    pub rules: Vec<PageRule>,
}

/// One line of text.
#[derive(Debug, Clone)]
pub struct DrawnText {
    /// The part of the document that it prints.
    pub origin: Origin,
    /// What it says.
    pub text: String,
    /// Where it is held, on the line that its glyphs stand on.
    pub at: (f32, f32),
    /// Type size in points.
    pub size: f32,
    /// Which part of it is held there.
    pub anchor: Anchor,
    /// What it means, for programs that read the drawing: names with values.
    pub data: Vec<(&'static str, String)>,
}

/// The part of a text that is held at its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Anchor {
    /// Its beginning.
    Start,
    /// Its middle.
    Middle,
    /// Its end.
    End,
}

impl DrawnPage {
    /// The drawing as one page of glyphs.
    #[must_use]
    pub fn laid_out(&self, library: &Library) -> Layout {
        let mut faces = Faces::new(library);
        let wanted = faces.wanted(sheet::HEI);
        let mut page = Page {
            rules: self.rules.clone(),
            fills: self.fills.clone(),
            ..Page::default()
        };
        for drawn in &self.texts {
            let (align, left) = match drawn.anchor {
                Anchor::Start => (Align::Left, drawn.at.0),
                Anchor::Middle => (Align::Center, drawn.at.0 - UNBOUNDED / 2.0),
                Anchor::End => (Align::Right, drawn.at.0 - UNBOUNDED),
            };
            let style = Style {
                wanted,
                size: drawn.size,
                spacing: 0.0,
                indent: 0.0,
                align,
                hang: false,
            };
            let text = SetText::new(&mut faces, drawn.origin, &drawn.text, style, UNBOUNDED);
            for line in &text.lines {
                text.draw(line, left, drawn.at.1, false, &mut page.runs);
            }
        }
        faces.layout(vec![page])
    }
}
