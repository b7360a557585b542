//! Figures that stay in their column. It knows text and widths and nothing else.

use std::sync::Arc;

use egui::text::{LayoutJob, TextWrapping};
use egui::{Color32, FontId, Galley, Painter};

/// The smallest a text may become, against its usual size.
const LEAST: f32 = 0.62;

/// A text in one line: smaller where it is too long, cut where even that is too long.
#[must_use]
pub fn fitting(
    painter: &Painter,
    text: &str,
    font: &FontId,
    width: f32,
    ink: Color32,
) -> Arc<Galley> {
    let lay = |size: f32, wrapping: TextWrapping| {
        let font = FontId::new(size, font.family.clone());
        let mut job = LayoutJob::simple_singleline(text.to_owned(), font, ink);
        job.wrap = wrapping;
        painter.layout_job(job)
    };
    let galley = lay(font.size, TextWrapping::no_max_width());
    let excess = galley.size().x / width.max(1.0);
    if excess <= 1.0 {
        return galley;
    }
    let size = (font.size / excess).floor().max(font.size * LEAST);
    lay(size, TextWrapping::truncate_at_width(width))
}
