//! OFD (GB/T 33190): what its pages draw, to placed text and rules, as from a PDF.
//!
//! It knows no form and no report.

mod items;
mod parts;
mod values;

use std::collections::BTreeMap;
use std::time::Instant;

use hayro_interpret::kurbo::{Affine, Point, Rect};

use self::items::{DrawnItem, DrawnItems, DrawnKind, Ink};
use self::parts::{OfdParts, beside};
use super::ImportError;
use super::assemble::assemble;
use super::package::{Markup, attribute, walk};
use super::placed::drawing::{GlyphPlacing, PageDrawing, is_ink, upright};
use super::placed::{self, PAGES, SeenPage};
use crate::doc::Doc;

/// The most documents of a file, and the most parts with resources.
const DOCUMENTS: usize = 8;
const RESOURCES: usize = 64;
/// Units stand in units no deeper than this.
const DEPTH: usize = 4;
/// The most objects that are drawn on a page.
const DRAWN: usize = 60_000;
/// How many points are in a millimetre.
const POINTS: f64 = 72.0 / 25.4;
/// The size of a page that does not say it, in millimetres.
const PAGE: Rect = Rect::new(0.0, 0.0, 210.0, 297.0);
/// The least and the greatest size that is believed, in millimetres.
const SIZES: (f64, f64) = (10.0, 5_000.0);
/// Above this share of its size a letter ends, below its line it goes on by the rest.
const ABOVE: f64 = 0.88;

/// Reads an OFD document.
pub(super) fn read(bytes: &[u8]) -> Result<Doc, ImportError> {
    let until = Instant::now() + placed::TIME;
    let sheets = sheets(bytes, until).map_err(|error| match error {
        ImportError::Broken { reason, .. } => broken(&reason),
        error => error,
    })?;
    if placed::is_scan(&sheets) {
        return Err(ImportError::Scan);
    }
    if sheets.iter().all(|sheet| sheet.glyphs.is_empty()) {
        return Err(broken("里面没有看得见的文字"));
    }
    let placed = placed::pieces(&sheets, until)?;
    let notes = placed.notes("OFD", &sheets);
    let wholeness = placed.wholeness();
    let mut doc = assemble(placed.pieces);
    doc.notes = notes;
    doc.wholeness = wholeness;
    Ok(doc)
}

fn broken(reason: &str) -> ImportError {
    ImportError::Broken {
        format: "OFD",
        reason: reason.to_owned(),
    }
}

/// The pages as they are seen.
fn sheets(bytes: &[u8], until: Instant) -> Result<Vec<SeenPage>, ImportError> {
    let mut parts = OfdParts::open(bytes)?;
    let root = parts.read("OFD.xml")?;
    let root = root.ok_or_else(|| broken("少了目录"))?;
    let mut roots = Vec::new();
    let mut text = String::new();
    walk(&root, |markup| {
        match markup {
            Markup::Start(_) => text.clear(),
            Markup::Text(part) => text.push_str(part),
            Markup::End(b"DocRoot") if roots.len() < DOCUMENTS => {
                roots.push(beside("OFD.xml", &text));
            }
            Markup::End(_) => {}
        }
        Ok(())
    })?;
    let mut sheets = Vec::new();
    for root in &roots {
        if let Some(xml) = parts.read(root)? {
            let mut document = OfdDocument::read(&mut parts, root, &xml)?;
            for page in std::mem::take(&mut document.pages) {
                if sheets.len() >= PAGES {
                    return Err(ImportError::TooLarge);
                }
                sheets.push(document.page(&mut parts, &page)?);
                placed::within_bounds(&sheets, until)?;
            }
        }
    }
    if sheets.is_empty() {
        return Err(broken("里面没有页面"));
    }
    Ok(sheets)
}

/// A document: where its pages are, and what they share.
#[derive(Default)]
struct OfdDocument {
    pages: Vec<String>,
    /// Where each template is.
    templates: BTreeMap<String, String>,
    /// The templates that were read.
    drawn: BTreeMap<String, Vec<DrawnItem>>,
    /// What is not drawn by itself, but by its name.
    shared: DrawnItems,
    read: usize,
}

impl OfdDocument {
    fn read(parts: &mut OfdParts<'_>, root: &str, xml: &[u8]) -> Result<Self, ImportError> {
        let mut document = Self::default();
        walk(xml, |markup| {
            if let Markup::Start(element) = markup
                && let Some(location) = attribute(element, "BaseLoc")
            {
                let place = beside(root, &location);
                match element.local_name().as_ref() {
                    b"Page" => document.pages.push(place),
                    b"TemplatePage" => {
                        let name = attribute(element, "ID").unwrap_or_default();
                        document.templates.insert(name, place);
                    }
                    _ => {}
                }
            }
            if document.pages.len() > PAGES || document.templates.len() > PAGES {
                return Err(ImportError::TooLarge);
            }
            Ok(())
        })?;
        document.shared.read(xml)?;
        document.resources(parts, root)?;
        Ok(document)
    }

    /// Reads the resources that a part named.
    fn resources(&mut self, parts: &mut OfdParts<'_>, part: &str) -> Result<(), ImportError> {
        for location in std::mem::take(&mut self.shared.resources) {
            self.read += 1;
            if self.read > RESOURCES {
                return Ok(());
            }
            if let Some(xml) = parts.read(&beside(part, &location))? {
                self.shared.read(&xml)?;
            }
        }
        Ok(())
    }

    /// Reads what a part draws, with the manners of the document.
    fn items(&mut self, parts: &mut OfdParts<'_>, part: &str) -> Result<OfdPage, ImportError> {
        let Some(xml) = parts.read(part)? else {
            return Err(broken("少了一页"));
        };
        let of_document = self.shared.area;
        self.shared.area = None;
        self.shared.read(&xml)?;
        let page = OfdPage {
            items: std::mem::take(&mut self.shared.drawn),
            templates: std::mem::take(&mut self.shared.templates),
            area: self.shared.area.or(of_document).unwrap_or(PAGE),
        };
        self.shared.area = of_document;
        self.resources(parts, part)?;
        Ok(page)
    }

    fn page(&mut self, parts: &mut OfdParts<'_>, part: &str) -> Result<SeenPage, ImportError> {
        let page = self.items(parts, part)?;
        for (name, _) in &page.templates {
            if let Some(place) = self.templates.get(name).cloned()
                && !self.drawn.contains_key(name)
            {
                let template = self.items(parts, &place)?;
                self.drawn.insert(name.clone(), template.items);
            }
        }
        let template = |is_above: bool| {
            let templates = page.templates.iter();
            let names = templates.filter(move |(_, above)| *above == is_above);
            names.filter_map(|(name, _)| self.drawn.get(name))
        };
        let layers = || {
            template(false)
                .chain(std::iter::once(&page.items))
                .chain(template(true))
        };
        let size = |length: f64| length.clamp(SIZES.0, SIZES.1) * POINTS;
        let (width, height) = (size(page.area.width()), size(page.area.height()));
        let scaled = Affine::scale(POINTS) * Affine::translate(-page.area.origin().to_vec2());
        let artist = upright(
            width,
            height,
            |artist: &OfdArtist<'_>| &artist.drawing,
            |turn, width, height| {
                let mut artist = OfdArtist {
                    drawing: PageDrawing::new(width, height),
                    units: &self.shared.units,
                    left: DRAWN,
                };
                for items in layers() {
                    artist.draw(items, turn * scaled, 0);
                }
                artist
            },
        );
        if artist.left == 0 {
            return Err(ImportError::TooLarge);
        }
        Ok(artist.drawing.finish().0)
    }
}

/// A page as its markup has it.
struct OfdPage {
    items: Vec<DrawnItem>,
    templates: Vec<(String, bool)>,
    area: Rect,
}

/// Draws a page.
struct OfdArtist<'a> {
    drawing: PageDrawing,
    units: &'a BTreeMap<String, Vec<DrawnItem>>,
    /// How many objects may still be drawn.
    left: usize,
}

impl OfdArtist<'_> {
    fn draw(&mut self, items: &[DrawnItem], around: Affine, depth: usize) {
        for item in items {
            let place = around * item.place;
            let cost = match &item.kind {
                DrawnKind::Text(letters, ..) => letters.len(),
                DrawnKind::Path(path, ..) => 1 + path.elements().len() / 4,
                DrawnKind::Picture(_) | DrawnKind::Unit(_) => 1,
            };
            self.left = self.left.saturating_sub(cost.max(1));
            if self.left == 0 {
                return;
            }
            match &item.kind {
                DrawnKind::Text(letters, size, ink) => {
                    for letter in letters {
                        let letter = placing(letter, *size);
                        self.drawing.glyph(&letter, place, ink.color());
                    }
                }
                DrawnKind::Path(path, stroke, fill) => {
                    if let Some(color) = fill.and_then(Ink::color) {
                        self.drawing.ground(path, place, color);
                    }
                    let is_seen = |ink: &Ink| ink.color().is_none_or(is_ink);
                    if fill.is_some_and(|ink| is_seen(&ink)) {
                        self.drawing.fill(path, place, false);
                    }
                    if stroke.is_some_and(|ink| is_seen(&ink)) {
                        self.drawing.stroke(path, place);
                    }
                }
                DrawnKind::Picture(area) => {
                    let corners = [Point::new(area.x0, area.y0), Point::new(area.x1, area.y1)];
                    let [from, to] = corners.map(|corner| around * corner);
                    self.drawing.picture(Rect::from_points(from, to));
                }
                DrawnKind::Unit(name) => {
                    if let Some(items) = self.units.get(name).filter(|_| depth < DEPTH) {
                        self.draw(items, place, depth + 1);
                    }
                }
            }
        }
    }
}

/// A letter as a glyph; a letter of a font's own says nothing.
fn placing(letter: &items::PlacedLetter, size: f64) -> GlyphPlacing {
    let (x, y) = letter.at;
    let is_own = |c: &char| matches!(c, '\u{e000}'..='\u{f8ff}' | '\u{fffd}') || *c > '\u{effff}';
    GlyphPlacing {
        text: Some(letter.says)
            .filter(|letter| !is_own(letter))
            .map(String::from),
        area: Rect::new(
            x,
            y - ABOVE * size,
            x + letter.width,
            y + (1.0 - ABOVE) * size,
        ),
        base: Point::new(x, y),
        head: Point::new(x, y - size),
        is_down: letter.is_down,
    }
}
