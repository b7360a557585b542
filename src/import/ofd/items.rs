//! What a part of markup says is drawn: texts, paths, pictures, and units that are drawn elsewhere.

use std::collections::BTreeMap;

use hayro_interpret::kurbo::{Affine, BezPath, Rect};
use quick_xml::events::BytesStart;

use super::values::{area, color, flag, name as name_of, number, path, place, steps};
use crate::import::ImportError;
use crate::import::package::{Markup, attribute, walk};
use crate::import::placed::drawing::{Color, FAINT};

/// The most letters and objects of a part.
const LETTERS: usize = 1_000_000;
const ITEMS: usize = 300_000;
/// The size of a text that does not say it, in millimetres.
const SIZE: f64 = 3.5;
/// Black, which is what nothing is said for.
const BLACK: Color = [0.0, 0.0, 0.0, 1.0];

/// What is drawn with.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) enum Ink {
    /// Nothing is said.
    #[default]
    Unsaid,
    /// A colour.
    Plain(Color),
    /// A pattern, or what else is no colour.
    Other,
}

impl Ink {
    /// The colour; `None` for a pattern.
    pub fn color(self) -> Option<Color> {
        match self {
            Self::Unsaid => Some(BLACK),
            Self::Plain(color) => Some(color),
            Self::Other => None,
        }
    }

    fn or(self, other: Self) -> Self {
        if self == Self::Unsaid { other } else { self }
    }

    /// The same, and so much of the ground is covered.
    fn at(self, alpha: f32) -> Self {
        match self.color() {
            Some([red, green, blue, own]) => Self::Plain([red, green, blue, own * alpha]),
            None => self,
        }
    }
}

/// What objects may be drawn with, under a name.
#[derive(Debug, Clone, Copy, Default)]
struct DrawManner {
    fill: Ink,
    stroke: Ink,
}

/// One letter in the coordinates of its text.
#[derive(Debug, Clone, Copy)]
pub(super) struct PlacedLetter {
    /// What it says.
    pub says: char,
    /// Where it begins on its line.
    pub at: (f64, f64),
    /// How wide it is.
    pub width: f64,
    /// Whether its line runs downwards.
    pub is_down: bool,
}

/// What is drawn.
#[derive(Debug)]
pub(super) enum DrawnKind {
    /// A text, and how high it is.
    Text(Vec<PlacedLetter>, f64, Ink),
    /// A path, and what it is stroked and filled with.
    Path(BezPath, Option<Ink>, Option<Ink>),
    /// A picture in a box around it.
    Picture(Rect),
    /// A unit by its name.
    Unit(String),
}

/// What is drawn, and where.
#[derive(Debug)]
pub(super) struct DrawnItem {
    /// What leads from its coordinates to those around it.
    pub place: Affine,
    /// What it is.
    pub kind: DrawnKind,
}

/// An object that is being read.
#[derive(Default)]
struct OpenObject {
    place: Affine,
    boundary: Option<Rect>,
    name: Vec<u8>,
    resource: String,
    manner: DrawManner,
    named: Option<String>,
    is_filled: Option<bool>,
    is_stroked: Option<bool>,
    is_visible: bool,
    alpha: f32,
    size: f64,
    scale: f64,
    letters: Vec<PlacedLetter>,
    path: BezPath,
}

/// The text that is being read: where it begins, and its steps across and down.
#[derive(Default)]
struct LetterCode {
    at: (f64, f64),
    across: String,
    down: String,
}

/// What was found in parts.
#[derive(Default)]
pub(super) struct DrawnItems {
    /// What is drawn on the page itself.
    pub drawn: Vec<DrawnItem>,
    /// The units by their names.
    pub units: BTreeMap<String, Vec<DrawnItem>>,
    /// The templates of the page, and whether each lies above it.
    pub templates: Vec<(String, bool)>,
    /// The part with resources of its own.
    pub resources: Vec<String>,
    /// The size of the page.
    pub area: Option<Rect>,
    manners: BTreeMap<String, DrawManner>,
    /// The manner that is being read, and that of the open layer.
    manner: Option<String>,
    layer: Option<String>,
    unit: Option<(String, Vec<DrawnItem>)>,
    open: Option<OpenObject>,
    code: LetterCode,
    /// How many elements deep in what is not drawn: clips and patterns.
    passed: usize,
    text: String,
    letters: usize,
    count: usize,
}

impl DrawnItems {
    /// Takes in a part.
    pub fn read(&mut self, xml: &[u8]) -> Result<(), ImportError> {
        walk(xml, |markup| {
            match markup {
                Markup::Start(element) => self.start(element),
                Markup::End(name) => self.end(name),
                Markup::Text(text) => self.text.push_str(text),
            }
            if self.letters > LETTERS || self.count > ITEMS {
                return Err(ImportError::TooLarge);
            }
            Ok(())
        })
    }

    fn start(&mut self, element: &BytesStart<'_>) {
        self.text.clear();
        let name = element.local_name();
        let name = name.as_ref();
        if self.passed > 0 || matches!(name, b"Clips" | b"Pattern") {
            self.passed += 1;
            return;
        }
        let named = |name| name_of(element, name);
        match name {
            b"TextObject" | b"PathObject" | b"ImageObject" | b"CompositeObject" => {
                self.open = Some(self.object(element));
                self.code = LetterCode::default();
            }
            b"TextCode" => {
                let at = &self.code.at;
                self.code = LetterCode {
                    at: (
                        number(element, "X").unwrap_or(at.0),
                        number(element, "Y").unwrap_or(at.1),
                    ),
                    across: attribute(element, "DeltaX").unwrap_or_default(),
                    down: attribute(element, "DeltaY").unwrap_or_default(),
                };
            }
            b"FillColor" | b"StrokeColor" => self.ink(element, name == b"FillColor"),
            b"Layer" => self.layer = named("DrawParam"),
            b"DrawParam" => {
                self.count += 1;
                self.manner = named("ID");
                let base = named("Relative").and_then(|base| self.manners.get(&base).copied());
                if let Some(name) = self.manner.clone() {
                    self.manners.insert(name, base.unwrap_or_default());
                }
            }
            b"CompositeGraphicUnit" => {
                self.count += 1;
                self.unit = named("ID").map(|name| (name, Vec::new()));
            }
            b"Template" => {
                self.count += 1;
                let is_above = named("ZOrder").is_some_and(|order| order == "Foreground");
                let template = named("TemplateID").map(|name| (name, is_above));
                self.templates.extend(template);
            }
            _ => {}
        }
    }

    fn object(&self, element: &BytesStart<'_>) -> OpenObject {
        let named = |name| name_of(element, name);
        let alpha = number(element, "Alpha").map_or(1.0, |alpha| (alpha / 255.0) as f32);
        OpenObject {
            place: place(element),
            boundary: attribute(element, "Boundary").and_then(|text| area(&text)),
            name: element.local_name().as_ref().to_vec(),
            resource: named("ResourceID").unwrap_or_default(),
            named: named("DrawParam").or_else(|| self.layer.clone()),
            is_filled: flag(element, "Fill"),
            is_stroked: flag(element, "Stroke"),
            is_visible: flag(element, "Visible") != Some(false) && alpha > FAINT,
            alpha,
            size: number(element, "Size").unwrap_or(SIZE),
            scale: number(element, "HScale").unwrap_or(1.0),
            ..OpenObject::default()
        }
    }

    fn ink(&mut self, element: &BytesStart<'_>, is_fill: bool) {
        let ink = color(element).map_or(Ink::Other, Ink::Plain);
        let manner = match &mut self.open {
            Some(open) => Some(&mut open.manner),
            None => (self.manner.as_ref()).and_then(|name| self.manners.get_mut(name)),
        };
        if let Some(manner) = manner {
            *if is_fill {
                &mut manner.fill
            } else {
                &mut manner.stroke
            } = ink;
        }
    }

    fn end(&mut self, name: &[u8]) {
        if self.passed > 0 {
            self.passed -= 1;
            return;
        }
        let text = std::mem::take(&mut self.text);
        match name {
            b"TextCode" => self.letters(&text),
            b"AbbreviatedData" => {
                if let Some(open) = &mut self.open {
                    open.path = path(&text);
                    self.count += open.path.elements().len() / 4;
                }
            }
            b"TextObject" | b"PathObject" | b"ImageObject" | b"CompositeObject" => self.finish(),
            b"DrawParam" => self.manner = None,
            b"CompositeGraphicUnit" => self.units.extend(self.unit.take()),
            b"PageRes" | b"PublicRes" | b"DocumentRes" => {
                self.count += 1;
                self.resources.push(text);
            }
            b"PhysicalBox" => self.area = self.area.or(area(&text)),
            _ => {}
        }
    }

    /// Puts the letters of a text to their places.
    fn letters(&mut self, text: &str) {
        let Some(open) = &mut self.open else { return };
        let text = text.trim_matches(['\n', '\r', '\t']);
        let (mut x, mut y) = self.code.at;
        let count = text.chars().count().min(LETTERS);
        let (across, down) = (
            steps(&self.code.across, count),
            steps(&self.code.down, count),
        );
        let is_still = across.iter().all(|step| *step == 0.0);
        let is_down = is_still && down.iter().any(|step| *step != 0.0);
        for (at, letter) in text.chars().enumerate() {
            let full = if letter.is_ascii() { 0.5 } else { 1.0 };
            let full = full * open.size * open.scale;
            let step = across.get(at).copied();
            let step = step.unwrap_or(if is_down { 0.0 } else { full });
            open.letters.push(PlacedLetter {
                says: letter,
                at: (x, y),
                width: if step > 0.0 { step.min(full) } else { full },
                is_down,
            });
            x += step;
            y += down.get(at).copied().unwrap_or(0.0);
            self.letters += 1;
            if self.letters > LETTERS {
                return;
            }
        }
    }

    /// Ends an object.
    fn finish(&mut self) {
        let Some(open) = self.open.take().filter(|open| open.is_visible) else {
            return;
        };
        let named = open.named.as_ref().and_then(|name| self.manners.get(name));
        let named = named.copied().unwrap_or_default();
        let fill = open.manner.fill.or(named.fill).at(open.alpha);
        let stroke = open.manner.stroke.or(named.stroke).at(open.alpha);
        let place = open.place;
        let kind = match open.name.as_slice() {
            b"TextObject" => {
                let ink = match (open.is_filled, open.is_stroked) {
                    (None | Some(true), _) => fill,
                    (_, Some(true)) => stroke,
                    _ => return,
                };
                DrawnKind::Text(open.letters, open.size, ink)
            }
            b"PathObject" => {
                let stroke = (open.is_stroked != Some(false)).then_some(stroke);
                let fill = (open.is_filled == Some(true)).then_some(fill);
                DrawnKind::Path(open.path, stroke, fill)
            }
            b"ImageObject" => DrawnKind::Picture(open.boundary.unwrap_or_default()),
            _ => DrawnKind::Unit(open.resource),
        };
        self.count += 1;
        let item = DrawnItem { place, kind };
        match &mut self.unit {
            Some((_, items)) => items.push(item),
            None => self.drawn.push(item),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_that_keeps_things_without_end_is_refused() {
        for one in [
            "<DrawParam ID=\"1\"/>",
            "<CompositeGraphicUnit ID=\"1\"/>",
            "<Template TemplateID=\"1\"/>",
            "<PageRes>1</PageRes>",
            "<PathObject/>",
        ] {
            let markup = format!("<a>{}</a>", one.repeat(ITEMS + 1));
            let outcome = DrawnItems::default().read(markup.as_bytes());
            assert_eq!(outcome, Err(ImportError::TooLarge), "{one}");
        }
        let path = format!(
            "<PathObject><AbbreviatedData>M 0 0{}</AbbreviatedData></PathObject>",
            " L 1 1".repeat(40_000)
        );
        let markup = format!("<a>{}</a>", path.repeat(ITEMS / 10_000 + 1));
        let outcome = DrawnItems::default().read(markup.as_bytes());
        assert_eq!(outcome, Err(ImportError::TooLarge));
    }

    #[test]
    fn steps_are_taken_only_as_far_as_there_are_letters() {
        let text = "<TextObject><TextCode DeltaX=\"g 20000 2\">甲乙</TextCode></TextObject>";
        let mut items = DrawnItems::default();
        let markup = format!("<a>{}</a>", text.repeat(20_000));
        items.read(markup.as_bytes()).unwrap();
        assert_eq!(items.drawn.len(), 20_000);
        let DrawnKind::Text(letters, ..) = &items.drawn[0].kind else {
            panic!("{:?}", items.drawn[0]);
        };
        let places: Vec<f64> = letters.iter().map(|letter| letter.at.0).collect();
        assert_eq!(places, [0.0, 2.0]);
    }
}
