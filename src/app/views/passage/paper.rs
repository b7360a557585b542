//! How a text is set: its paragraphs indented as they are printed, its findings and matches marked.
//!
//! It knows no draft.

use std::ops::Range;
use std::sync::Arc;

use egui::text::{LayoutJob, TextFormat};
use egui::{Color32, FontId, Galley, Stroke, Ui};

use crate::app::widgets::theme::{Palette, is_low, sizes};
use crate::check::Level;

/// A stretch of text to mark, in bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct TextMark {
    pub range: Range<usize>,
    pub look: MarkLook,
}

/// Why a stretch is marked; what is said first wins where two overlap.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum MarkLook {
    /// The place the search stands at.
    Current,
    /// Another place that matches.
    Match,
    /// What a finding speaks of.
    Finding(Level),
    /// A figure that is what the tables hold.
    Bound,
}

impl MarkLook {
    fn format(self, mut format: TextFormat, colours: &Palette) -> TextFormat {
        match self {
            Self::Current => {
                format.background = colours.accent.0;
                format.color = colours.accent_text.0;
            }
            Self::Match => {
                format.background = colours.selection.0;
                format.underline = Stroke::new(1.0, colours.accent.0);
            }
            Self::Finding(level) => {
                format.background = colours.level_fill(level);
                format.underline = Stroke::new(2.0, colours.level(level));
            }
            Self::Bound => format.underline = Stroke::new(1.0, colours.good.0),
        }
        format
    }
}

/// How far the first line of a paragraph is set in.
pub(super) fn indent() -> f32 {
    sizes().text * 2.0
}

/// Lays a text out. A paragraph that begins with spaces of its own is not set in once more.
pub(super) fn galley(
    ui: &Ui,
    text: &str,
    width: f32,
    marks: &[TextMark],
    colours: &Palette,
) -> Arc<Galley> {
    let mut job = LayoutJob::default();
    job.wrap.max_width = width;
    job.keep_trailing_whitespace = true;
    let plain = TextFormat {
        font_id: FontId::proportional(sizes().text),
        color: colours.text.0,
        line_height: Some(if is_low(ui.ctx()) {
            sizes().text * 1.5
        } else {
            sizes().text_line
        }),
        background: Color32::TRANSPARENT,
        ..TextFormat::default()
    };
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let end = start + line.len();
        let mut lead = if line.starts_with([' ', '　', '\t']) {
            0.0
        } else {
            indent()
        };
        for (range, look) in stretches(start..end, marks) {
            let format =
                look.map_or_else(|| plain.clone(), |look| look.format(plain.clone(), colours));
            job.append(text.get(range).unwrap_or_default(), lead, format);
            lead = 0.0;
        }
        start = end;
    }
    let mut galley = ui.fonts_mut(|fonts| fonts.layout_job(job));
    if galley.rows.iter().any(|row| row.glyphs.is_empty()) {
        // The caret stands where the first character will.
        for row in &mut Arc::make_mut(&mut galley).rows {
            if row.glyphs.is_empty() {
                row.pos.x = indent();
            }
        }
    }
    galley
}

/// A line cut where marks begin and end.
fn stretches(line: Range<usize>, marks: &[TextMark]) -> Vec<(Range<usize>, Option<MarkLook>)> {
    let mut cuts = vec![line.start, line.end];
    let here = |mark: &&TextMark| mark.range.start < line.end && line.start < mark.range.end;
    let marks: Vec<_> = marks.iter().filter(here).collect();
    for mark in &marks {
        cuts.extend([mark.range.start, mark.range.end]);
    }
    cuts.retain(|&cut| line.start <= cut && cut <= line.end);
    cuts.sort_unstable();
    cuts.dedup();
    let pairs = cuts.iter().zip(cuts.iter().skip(1));
    let look = |start: usize| {
        let over = marks.iter().filter(|mark| mark.range.contains(&start));
        over.map(|mark| mark.look).min()
    };
    pairs
        .map(|(&start, &end)| (start..end, look(start)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_match_shows_over_a_finding() {
        let mark = |range, look| TextMark { range, look };
        let finding = MarkLook::Finding(Level::Error);
        let marks = [
            mark(3..9, finding),
            mark(6..12, MarkLook::Match),
            mark(20..30, finding),
        ];
        let cut = stretches(0..15, &marks);
        let expected = [
            (0..3, None),
            (3..6, Some(finding)),
            (6..9, Some(MarkLook::Match)),
            (9..12, Some(MarkLook::Match)),
            (12..15, None),
        ];
        assert_eq!(cut, expected);
    }
}
