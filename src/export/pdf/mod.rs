//! Writes a laid out report as PDF/A-2a and PDF/UA-1: tagged, with outline, language and embedded fonts.
//!
//! It draws what `layout` placed and adds no place of its own; nothing here knows the form.

mod tags;

use std::collections::BTreeMap;

use krilla::color::rgb;
use krilla::configure::{Accessibility, Archival, ConfigurationBuilder};
use krilla::geom::{PathBuilder, Point, Rect};
use krilla::metadata::{DateTime, Metadata};
use krilla::page::PageSettings;
use krilla::paint::{Fill, Stroke};
use krilla::surface::Surface;
use krilla::tagging::{Artifact, ArtifactType, ContentTag, Identifier, SpanTag};
use krilla::text::{Font, GlyphId, KrillaGlyph};
use krilla::{Document, SerializeSettings};

use crate::doc::Doc;
use crate::export::ExportError;
use crate::layout::{self, Layout, Library, Origin, Page, PageFill, PageRule, Run};

/// What is drawn for each part of the document.
type DrawnParts = BTreeMap<Origin, Vec<Identifier>>;

/// What text is drawn with.
struct TextPen<'a> {
    fonts: Vec<Font>,
    layout: &'a Layout,
}

/// Writes the pages of a report; the same report and fonts always give the same bytes.
///
/// # Errors
///
/// [`ExportError::Build`] when a font cannot be read or the standard is not met.
pub fn write(doc: &Doc, layout: &Layout, library: &Library) -> Result<Vec<u8>, ExportError> {
    let mut document = Document::new_with(settings()?);
    let pen = TextPen {
        fonts: fonts(layout, library)?,
        layout,
    };
    let blank = tags::blank_cells(doc, layout);
    let mut drawn = DrawnParts::new();
    for (number, page) in layout.pages.iter().enumerate() {
        let settings = PageSettings::from_wh(layout::page_width(), layout::page_height())
            .ok_or_else(|| broken("页面大小不对"))?;
        let mut sheet = document.start_page_with(settings);
        let mut surface = sheet.surface();
        draw_fills(&mut surface, &page.fills);
        draw_rules(&mut surface, &page.rules);
        draw_page(&mut surface, page, &pen, &mut drawn);
        for &origin in blank.get(&number).into_iter().flatten() {
            let empty = surface.start_tagged(ContentTag::Span(SpanTag::empty()));
            surface.end_tagged();
            drawn.entry(origin).or_default().push(empty);
        }
        surface.finish();
        sheet.finish();
    }
    document.set_outline(tags::outline(doc, layout));
    document.set_tag_tree(tags::tree(doc, drawn));
    document.set_metadata(metadata(doc));
    document
        .finish()
        .map_err(|error| broken(format!("{error:?}")))
}

fn broken(reason: impl Into<String>) -> ExportError {
    ExportError::Build {
        format: "PDF",
        reason: reason.into(),
    }
}

fn settings() -> Result<SerializeSettings, ExportError> {
    let configuration = ConfigurationBuilder::new()
        .with_archival_validator(Archival::A2_A)
        .with_accessibility_validator(Accessibility::UA1)
        .finish()
        .map_err(|error| broken(format!("{error:?}")))?;
    Ok(SerializeSettings {
        configuration,
        enable_tagging: true,
        ..SerializeSettings::default()
    })
}

/// Title, author and dates; the dates follow from the report, never from the clock.
fn metadata(doc: &Doc) -> Metadata {
    let title = match doc.title.as_str() {
        "" => "年度报告",
        title => title,
    };
    let date = DateTime::new(doc.year.map_or(2000, |year| year.saturating_add(1)))
        .month(1)
        .day(1)
        .hour(0)
        .minute(0)
        .second(0)
        .utc_offset_hour(0)
        .utc_offset_minute(0);
    let metadata = Metadata::new()
        .title(title.replace('\n', ""))
        .language("zh-CN".to_owned())
        .creator("nianbao".to_owned())
        .document_id(title.to_owned())
        .creation_date(date);
    if doc.issuer.is_empty() {
        return metadata;
    }
    metadata.authors(vec![doc.issuer.clone()])
}

fn fonts(layout: &Layout, library: &Library) -> Result<Vec<Font>, ExportError> {
    let font = |face| {
        let (bytes, index) = library.file(face)?;
        Font::new(bytes.into(), index)
    };
    let faces = layout.faces.iter();
    faces
        .map(|&face| {
            font(face).ok_or_else(|| broken(format!("字体“{}”读不出来", library.name(face))))
        })
        .collect()
}

fn draw_fills(surface: &mut Surface<'_>, fills: &[PageFill]) {
    if fills.is_empty() {
        return;
    }
    surface.start_tagged(ContentTag::Artifact(Artifact::with_kind(
        ArtifactType::Layout,
    )));
    for fill in fills {
        let mut path = PathBuilder::new();
        if let Some(rect) = Rect::from_ltrb(fill.from.0, fill.from.1, fill.to.0, fill.to.1) {
            path.push_rect(rect);
        }
        let (red, green, blue) = fill.shade.colour();
        surface.set_fill(Some(Fill {
            paint: rgb::Color::new(red, green, blue).into(),
            ..Fill::default()
        }));
        if let Some(path) = path.finish() {
            surface.draw_path(&path);
        }
    }
    surface.set_fill(None);
    surface.end_tagged();
}

fn draw_rules(surface: &mut Surface<'_>, rules: &[PageRule]) {
    if rules.is_empty() {
        return;
    }
    let half = layout::RULE / 2.0;
    let mut path = PathBuilder::new();
    for rule in rules {
        let rect = Rect::from_ltrb(
            rule.from.0 - half,
            rule.from.1 - half,
            rule.to.0 + half,
            rule.to.1 + half,
        );
        if let Some(rect) = rect {
            path.push_rect(rect);
        }
    }
    surface.start_tagged(ContentTag::Artifact(Artifact::with_kind(
        ArtifactType::Layout,
    )));
    if let Some(path) = path.finish() {
        surface.draw_path(&path);
    }
    surface.end_tagged();
}

/// Draws the runs; neighbours from the same place make one tagged stretch.
fn draw_page(surface: &mut Surface<'_>, page: &Page, pen: &TextPen<'_>, drawn: &mut DrawnParts) {
    let same = |left: &Run, right: &Run| {
        left.origin == right.origin
            && left.repeated == right.repeated
            && (left.baseline - right.baseline).abs() < f32::EPSILON
    };
    for stretch in page.runs.chunk_by(same) {
        let Some(first) = stretch.first() else {
            continue;
        };
        let actual: Option<String> = stretch
            .iter()
            .any(|run| run.glyphs.iter().any(|glyph| pen.hides(glyph.character)))
            .then(|| text(stretch));
        let tag = if first.repeated {
            let kind = match first.origin {
                Origin::Furniture => ArtifactType::Footer,
                _ => ArtifactType::PaginationOther,
            };
            ContentTag::Artifact(Artifact::with_kind(kind))
        } else {
            ContentTag::Span(SpanTag::empty().with_actual_text(actual.as_deref()))
        };
        let identifier = surface.start_tagged(tag);
        for run in stretch {
            draw_run(surface, run, pen);
        }
        surface.end_tagged();
        if !first.repeated {
            drawn.entry(first.origin).or_default().push(identifier);
        }
    }
}

fn text(runs: &[Run]) -> String {
    let glyphs = runs.iter().flat_map(|run| &run.glyphs);
    glyphs.map(|glyph| glyph.character).collect()
}

impl TextPen<'_> {
    /// Whether the glyph of a character does not tell it: no font has one, or only the font knows what it means.
    fn hides(&self, c: char) -> bool {
        self.layout.private.contains(&c) || self.layout.is_missing(c)
    }
}

fn draw_run(surface: &mut Surface<'_>, run: &Run, pen: &TextPen<'_>) {
    let Some(font) = pen.fonts.get(usize::from(run.face)) else {
        return;
    };
    let mut text = String::with_capacity(run.glyphs.len() * 3);
    let mut glyphs = Vec::with_capacity(run.glyphs.len());
    let mut following = run.glyphs.iter().skip(1);
    for glyph in &run.glyphs {
        let from = text.len();
        text.push(match glyph.character {
            c if pen.hides(c) => layout::STANDS_IN,
            c => c,
        });
        let advance = following
            .next()
            .map_or(glyph.advance, |next| next.x - glyph.x);
        glyphs.push(KrillaGlyph::new(
            GlyphId::new(u32::from(glyph.id)),
            advance / run.size,
            0.0,
            0.0,
            0.0,
            from..text.len(),
            None,
        ));
    }
    let start = Point::from_xy(run.x, run.baseline);
    // As Word thickens a font that has no bold face.
    if run.bold {
        surface.set_fill(Some(Fill::default()));
        surface.set_stroke(Some(Stroke {
            width: run.size * layout::BOLD,
            ..Stroke::default()
        }));
    }
    surface.draw_glyphs(start, &glyphs, font.clone(), &text, run.size, false);
    surface.set_fill(None);
    surface.set_stroke(None);
}

#[cfg(test)]
mod tests;
