//! A report on pages: every glyph and every line with its place, made from the same lengths as the DOCX.
//!
//! Lines are broken as LibreOffice breaks those of the DOCX. It knows no window and no file format.

pub mod drawing;
mod faces;
mod flow;
mod fonts;
mod likeness;
mod line;
mod loose;
mod paginate;
mod part;
mod plan;
mod set;
mod table;

use std::collections::{BTreeMap, BTreeSet};

use crate::doc::Doc;
use crate::report::Choices;

pub use faces::STANDS_IN;
pub use fonts::{Bytes, Library};
pub use line::may_break;
pub use loose::Parting;

/// A report set out on pages.
#[derive(Debug, Clone, Default)]
pub struct Layout {
    /// The pages in order; there is at least one.
    pub pages: Vec<Page>,
    /// The faces that [`Run::face`] counts, by their numbers in the [`Library`].
    pub faces: Vec<usize>,
    /// Characters that no font of this computer has; a geta stands for them.
    pub missing: Vec<char>,
    /// Characters of scripts that join, reorder or turn their letters; a geta stands for them.
    pub unshaped: Vec<char>,
    /// Characters of no common meaning, which another computer shows otherwise or not at all.
    pub private: Vec<char>,
    /// Every font that was asked for, with the one that prints it.
    pub stand_ins: Vec<StandIn>,
    /// Fonts of this computer that must not be embedded and so were not used.
    pub barred: Vec<String>,
}

/// A font that was asked for, and the one that prints it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StandIn {
    /// What was asked for.
    pub wanted: String,
    /// What prints it.
    pub used: String,
    /// Whether it is the same font under another name, or one of the same look.
    pub is_alike: bool,
}

impl Layout {
    /// What must not be published without being told to: pages that show something else than was
    /// written, or in another look than was chosen.
    #[must_use]
    pub fn obstacles(&self) -> Vec<String> {
        let named = |characters: &[char], says: &str| {
            let list: Vec<String> = characters.iter().map(char::to_string).collect();
            (!list.is_empty()).then(|| format!("{says}：{}", list.join("、")))
        };
        let missing = format!("本机没有字体能印出这些字，页面上以{STANDS_IN}代替");
        let unshaped =
            format!("这些字要连写、上下叠写或者从右往左写，程序还不会排，页面上以{STANDS_IN}代替");
        let private = "这些字是造字，换一台电脑就认不出来，应换成通用的字";
        let unlike: Vec<String> = self
            .stand_ins
            .iter()
            .filter(|stand_in| !stand_in.is_alike)
            .map(|stand_in| format!("{}用{}", stand_in.wanted, stand_in.used))
            .collect();
        let unlike = (!unlike.is_empty())
            .then(|| format!("本机没有选用的字体，由别的代替：{}", unlike.join("，")));
        let named = [
            named(&self.missing, &missing),
            named(&self.unshaped, &unshaped),
            named(&self.private, private),
        ];
        named.into_iter().chain([unlike]).flatten().collect()
    }

    /// Whether a geta stands for a character.
    #[must_use]
    pub fn is_missing(&self, c: char) -> bool {
        self.missing.contains(&c) || self.unshaped.contains(&c)
    }

    /// What the reader of the pages should know of their fonts.
    #[must_use]
    pub fn remarks(&self) -> Vec<String> {
        let mut remarks = self.obstacles();
        for name in &self.barred {
            remarks.push(format!("字体“{name}”不许嵌入文件，用了别的字体"));
        }
        remarks
    }
}

/// One page; lengths are points from its upper left corner.
#[derive(Debug, Clone, Default)]
pub struct Page {
    /// The glyphs in reading order.
    pub runs: Vec<Run>,
    /// The lines of the tables.
    pub rules: Vec<PageRule>,
    /// Filled rectangles below all else: the bars of charts.
    pub fills: Vec<PageFill>,
    /// The room each part of the document takes, printed or blank.
    pub places: Vec<PageRegion>,
}

/// A rectangle on a page that belongs to a part of the document.
#[derive(Debug, Clone, Copy)]
pub struct PageRegion {
    /// The part.
    pub origin: Origin,
    /// Upper left corner.
    pub from: (f32, f32),
    /// Lower right corner.
    pub to: (f32, f32),
}

impl Page {
    /// The part of the document at a point, with the number of the nearest character in it.
    #[must_use]
    pub fn at(&self, point: (f32, f32)) -> Option<(Origin, usize)> {
        let (x, y) = point;
        let inside = |place: &&PageRegion| {
            (place.from.0..place.to.0).contains(&x) && (place.from.1..place.to.1).contains(&y)
        };
        let origin = self.places.iter().find(inside)?.origin;
        let mut nearest = (f32::INFINITY, 0);
        for run in self.runs.iter().filter(|run| run.origin == origin) {
            // The line counts before the place in it.
            let off = (run.baseline - run.size * 0.35 - y).abs() * 100.0;
            for glyph in &run.glyphs {
                let middle = run.x + glyph.x + glyph.advance / 2.0;
                let distance = off + (middle - x).abs();
                if distance < nearest.0 {
                    nearest = (distance, glyph.offset as usize);
                }
            }
        }
        Some((origin, nearest.1))
    }
}

/// Glyphs of one face and size on one line.
#[derive(Debug, Clone)]
pub struct Run {
    /// Where its text comes from.
    pub origin: Origin,
    /// Whether it only repeats what stands elsewhere: page furniture, a header row on a later page.
    pub repeated: bool,
    /// Which of [`Layout::faces`] draws it.
    pub face: u16,
    /// Whether it is drawn thicker, as no bold face is at hand.
    pub bold: bool,
    /// Type size in points.
    pub size: f32,
    /// The pen's start.
    pub x: f32,
    /// The line the glyphs stand on.
    pub baseline: f32,
    /// The glyphs from left to right.
    pub glyphs: Vec<Glyph>,
}

/// One glyph.
#[derive(Debug, Clone, Copy)]
pub struct Glyph {
    /// Its number in the face.
    pub id: u16,
    /// Distance of its pen from the start of the run.
    pub x: f32,
    /// How far the font moves the pen.
    pub advance: f32,
    /// The character it prints.
    pub character: char,
    /// The character's number in the text it comes from.
    pub offset: u32,
}

/// A thin line from one point to another, level or upright.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PageRule {
    /// The left or upper end.
    pub from: (f32, f32),
    /// The right or lower end.
    pub to: (f32, f32),
}

/// A filled rectangle.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PageFill {
    /// Upper left corner.
    pub from: (f32, f32),
    /// Lower right corner.
    pub to: (f32, f32),
    /// How strong it is.
    pub shade: FillShade,
}

/// How strong a filled rectangle is; they are told apart in print without colours too.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FillShade {
    /// What counts most.
    Strong,
    /// What is beside it.
    Pale,
}

impl FillShade {
    /// Red, green and blue.
    #[must_use]
    pub fn colour(self) -> (u8, u8, u8) {
        match self {
            Self::Strong => (0x1d, 0x5f, 0xa6),
            Self::Pale => (0xa9, 0xc1, 0xdb),
        }
    }
}

/// The part of the document that a run prints.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Origin {
    /// The title.
    Title,
    /// The number of the letter under it.
    Number,
    /// A heading or paragraph by its number among the blocks.
    Block(usize),
    /// A cell of a table by the numbers of block and cell.
    Cell(usize, usize),
    /// A line of the signature.
    Signature(usize),
    /// The page number or the header.
    Furniture,
}

/// The part of the type size by which a bold glyph is thicker.
pub const BOLD: f32 = 0.022;

/// Thickness of the lines of a table in points.
pub const RULE: f32 = 0.5;

/// Width of a page in points.
#[must_use]
pub fn page_width() -> f32 {
    points(crate::doc::sheet::PAGE_WIDTH)
}

/// Height of a page in points.
#[must_use]
pub fn page_height() -> f32 {
    points(crate::doc::sheet::PAGE_HEIGHT)
}

/// Sets a document out on pages.
#[must_use]
pub fn lay_out(doc: &Doc, choices: &Choices, library: &Library) -> Layout {
    let mut faces = faces::Faces::new(library);
    let measure = flow::DocMeasure::new(doc, choices, &mut faces);
    let pages = measure.pages(&doc.mark, &mut faces);
    faces.layout(pages)
}

/// What those need to know of the pages who set a document out themselves.
#[derive(Debug, Clone, Default)]
pub struct SetPlan {
    /// Where the tables go on to another page, by the numbers of their blocks.
    pub partings: BTreeMap<usize, Parting>,
    /// The paragraphs whose lines are not stretched, by the numbers of their blocks.
    pub ragged: BTreeSet<usize>,
    /// The paragraph that goes over to the last page with what follows it, by the number of its block.
    pub company: Option<usize>,
}

/// Plans a document in the fonts at hand.
#[must_use]
pub fn plan(doc: &Doc, choices: &Choices, library: &Library) -> SetPlan {
    let mut faces = faces::Faces::new(library);
    let measure = flow::DocMeasure::new(doc, choices, &mut faces);
    SetPlan {
        partings: measure.partings(),
        ragged: measure.ragged(),
        company: measure.company,
    }
}

/// Twips as points.
fn points(twips: impl Into<u32>) -> f32 {
    twips.into() as f32 / 20.0
}

#[cfg(test)]
mod tests;
