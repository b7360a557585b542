//! A drawing as a picture: shapes and texts (SVG), or dots (PNG).

use tiny_skia::{Color, FillRule, Paint, PathBuilder, Pixmap, Rect, Transform};
use ttf_parser::{Face, GlyphId, OutlineBuilder};

use crate::export::ExportError;
use crate::layout::drawing::{Anchor, DrawnPage, DrawnText};
use crate::layout::{self, Layout, Library, Run};

/// What the texts are set in, whichever of these the reader has.
const FONTS: &str =
    "'Noto Sans SC','Noto Sans CJK SC','Source Han Sans SC','Microsoft YaHei','SimHei',sans-serif";
/// Dots to a point: 200 to the inch.
const DOTS: f32 = 200.0 / 72.0;

/// The drawing as SVG; a text stays a text, with what it means beside it.
#[must_use]
pub fn svg(title: &str, drawing: &DrawnPage) -> String {
    let (width, height) = (drawing.width, drawing.height);
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width:.1}pt\" height=\"{height:.1}pt\" \
         viewBox=\"0 0 {width:.1} {height:.1}\" lang=\"zh-CN\" role=\"img\" aria-labelledby=\"title\">\n\
         <title id=\"title\">{}</title>\n\
         <rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>\n",
        escaped(title)
    );
    for fill in &drawing.fills {
        let (red, green, blue) = fill.shade.colour();
        let colour = format!("#{red:02x}{green:02x}{blue:02x}");
        svg.push_str(&rect(fill.from, fill.to, &colour));
    }
    let half = layout::RULE / 2.0;
    for rule in &drawing.rules {
        let from = (rule.from.0 - half, rule.from.1 - half);
        let to = (rule.to.0 + half, rule.to.1 + half);
        svg.push_str(&rect(from, to, "#000000"));
    }
    svg.push_str(&format!("<g font-family=\"{FONTS}\" fill=\"#000000\">\n"));
    for text in &drawing.texts {
        svg.push_str(&svg_text(text));
    }
    svg.push_str("</g>\n</svg>\n");
    svg
}

fn rect(from: (f32, f32), to: (f32, f32), colour: &str) -> String {
    let (width, height) = (to.0 - from.0, to.1 - from.1);
    format!(
        "<rect x=\"{:.2}\" y=\"{:.2}\" width=\"{width:.2}\" height=\"{height:.2}\" fill=\"{colour}\"/>\n",
        from.0, from.1
    )
}

fn svg_text(text: &DrawnText) -> String {
    let anchor = match text.anchor {
        Anchor::Start => "start",
        Anchor::Middle => "middle",
        Anchor::End => "end",
    };
    let mut data = String::new();
    for (name, value) in &text.data {
        data.push_str(&format!(" data-{name}=\"{}\"", escaped(value)));
    }
    format!(
        "<text x=\"{:.2}\" y=\"{:.2}\" font-size=\"{:.2}\" text-anchor=\"{anchor}\"{data}>{}</text>\n",
        text.at.0,
        text.at.1,
        text.size,
        escaped(&text.text)
    )
}

/// A text within markup; what no file of that kind may hold is left out.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\n' | '\t' => escaped.push(' '),
            c if c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}') => {}
            c => escaped.push(c),
        }
    }
    escaped
}

/// The drawing as PNG, with the glyphs of its layout.
///
/// # Errors
/// When the picture is too large, or a font cannot be read.
pub fn png(
    drawing: &DrawnPage,
    layout: &Layout,
    library: &Library,
) -> Result<Vec<u8>, ExportError> {
    let dots = |length: f32| (length * DOTS).ceil() as u32;
    let mut pixmap =
        Pixmap::new(dots(drawing.width), dots(drawing.height)).ok_or_else(|| broken("图太大"))?;
    pixmap.fill(Color::WHITE);
    let scale = Transform::from_scale(DOTS, DOTS);
    for page in &layout.pages {
        for fill in &page.fills {
            let (red, green, blue) = fill.shade.colour();
            let (from, to) = (fill.from, fill.to);
            if let Some(area) = Rect::from_ltrb(from.0, from.1, to.0, to.1) {
                pixmap.fill_rect(area, &paint(red, green, blue), scale, None);
            }
        }
        let half = layout::RULE / 2.0;
        for rule in &page.rules {
            let (from, to) = (rule.from, rule.to);
            let area = Rect::from_ltrb(from.0 - half, from.1 - half, to.0 + half, to.1 + half);
            if let Some(area) = area {
                pixmap.fill_rect(area, &paint(0, 0, 0), scale, None);
            }
        }
        for run in &page.runs {
            draw_run(&mut pixmap, run, layout, library)?;
        }
    }
    let encoded = pixmap.encode_png();
    encoded.map_err(|error| broken(error.to_string()))
}

fn broken(reason: impl Into<String>) -> ExportError {
    ExportError::Build {
        format: "PNG",
        reason: reason.into(),
    }
}

fn paint(red: u8, green: u8, blue: u8) -> Paint<'static> {
    let mut paint = Paint::default();
    paint.set_color_rgba8(red, green, blue, 255);
    paint
}

fn draw_run(
    pixmap: &mut Pixmap,
    run: &Run,
    layout: &Layout,
    library: &Library,
) -> Result<(), ExportError> {
    let face = layout.faces.get(usize::from(run.face)).copied();
    let file = face.and_then(|face| library.file(face));
    let (bytes, index) = file.ok_or_else(|| broken("字体读不出来"))?;
    let face = Face::parse((*bytes).as_ref(), index)
        .map_err(|error| broken(format!("字体读不出来：{error}")))?;
    let size = run.size / f32::from(face.units_per_em());
    for glyph in &run.glyphs {
        let mut outline = Outline(PathBuilder::new());
        if face
            .outline_glyph(GlyphId(glyph.id), &mut outline)
            .is_none()
        {
            continue;
        }
        let place = Transform::from_row(size, 0.0, 0.0, -size, run.x + glyph.x, run.baseline);
        let place = place.post_scale(DOTS, DOTS);
        if let Some(path) = outline.0.finish() {
            pixmap.fill_path(&path, &paint(0, 0, 0), FillRule::Winding, place, None);
        }
    }
    Ok(())
}

/// The outline of a glyph on its way into a path.
struct Outline(PathBuilder);

impl OutlineBuilder for Outline {
    fn move_to(&mut self, x: f32, y: f32) {
        self.0.move_to(x, y);
    }

    fn line_to(&mut self, x: f32, y: f32) {
        self.0.line_to(x, y);
    }

    fn quad_to(&mut self, x1: f32, y1: f32, x: f32, y: f32) {
        self.0.quad_to(x1, y1, x, y);
    }

    fn curve_to(&mut self, x1: f32, y1: f32, x2: f32, y2: f32, x: f32, y: f32) {
        self.0.cubic_to(x1, y1, x2, y2, x, y);
    }

    fn close(&mut self) {
        self.0.close();
    }
}
