//! The text a report was read from, broken into rows as wide as its place.

use std::ops::Range;
use std::sync::Arc;

use egui::{FontId, Id, RichText, ScrollArea, TextStyle, Ui};

use crate::app::state::import::ImportReview;
use crate::app::widgets::theme::{palette, sizes};

/// A row: the line it is of, and the stretch of that line.
type SourceRow = (usize, Range<usize>);

/// The rows that were made last: of which lines, how wide, and in which font.
#[derive(Clone)]
struct WrappedRows {
    lines: Arc<Vec<String>>,
    look: (u32, FontId),
    rows: Arc<Vec<SourceRow>>,
}

/// The source; only the rows in sight are laid out.
pub fn source_ui(ui: &mut Ui, intake: &ImportReview, height: f32) {
    let colours = palette(ui);
    ui.label(RichText::new("原文").strong());
    let rows = rows(ui, intake);
    let spacing = ui.spacing().item_spacing.y;
    let row = ui.text_style_height(&TextStyle::Body) + spacing;
    let mut area = ScrollArea::vertical()
        .id_salt("source")
        .auto_shrink([false, false])
        .max_height(height);
    let moved = Id::unique("source looked at");
    let before = ui.data(|data| data.get_temp::<usize>(moved));
    if intake.look_at != before {
        let line = intake.look_at.unwrap_or(0);
        let at = rows.partition_point(|(other, _)| *other < line);
        area = area.vertical_scroll_offset((at as f32 * row - height / 3.0).max(0.0));
        ui.data_mut(|data| match intake.look_at {
            Some(line) => {
                data.insert_temp(moved, line);
            }
            None => {
                data.remove::<usize>(moved);
            }
        });
    }
    area.show_rows(ui, row - spacing, rows.len(), |ui, shown| {
        for (line, part) in rows.get(shown).unwrap_or_default() {
            let text = intake
                .lines
                .get(*line)
                .and_then(|text| text.get(part.clone()));
            let mut text = RichText::new(text.unwrap_or_default().replace('\t', "\u{3000}"));
            if intake.look_at == Some(*line) {
                text = text.background_color(colours.query_fill.0);
            }
            ui.add(egui::Label::new(text).extend().selectable(true));
        }
    });
}

/// The rows of the source, made anew when it, its width or the size of the text changes.
fn rows(ui: &Ui, intake: &ImportReview) -> Arc<Vec<SourceRow>> {
    let font = TextStyle::Body.resolve(ui.style());
    // A mark may hang over the edge.
    let width = ui.available_width() - sizes().unit - font.size;
    let look = (width as u32, font.clone());
    let id = Id::unique("rows of the source");
    if let Some(broken) = ui.data(|data| data.get_temp::<WrappedRows>(id))
        && Arc::ptr_eq(&broken.lines, &intake.lines)
        && broken.look == look
    {
        return broken.rows;
    }
    let lines = intake.lines.iter().enumerate();
    let rows: Vec<SourceRow> = ui.fonts_mut(|fonts| {
        let mut wide = |c: char| fonts.glyph_width(&font, if c == '\t' { '\u{3000}' } else { c });
        lines
            .flat_map(|(line, text)| {
                let parts = broken(text, width, &mut wide);
                parts.into_iter().map(move |part| (line, part))
            })
            .collect()
    });
    let rows = Arc::new(rows);
    let made = WrappedRows {
        lines: Arc::clone(&intake.lines),
        look,
        rows: Arc::clone(&rows),
    };
    ui.data_mut(|data| data.insert_temp(id, made));
    rows
}

/// A line cut into stretches no wider than this, at least one, however short the line. A mark that
/// ends a phrase hangs over rather than begin a row.
fn broken(text: &str, width: f32, wide: &mut dyn FnMut(char) -> f32) -> Vec<Range<usize>> {
    const HANG: &str = "，。、；：）》”？！";
    let (mut parts, mut start, mut taken) = (Vec::new(), 0, 0.0);
    for (at, c) in text.char_indices() {
        let own = wide(c);
        if taken + own > width && at > start && !HANG.contains(c) {
            parts.push(start..at);
            (start, taken) = (at, 0.0);
        }
        taken += own;
    }
    parts.push(start..text.len());
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_cut_where_the_place_ends_and_nothing_is_lost() {
        let mut wide = |c: char| if c.is_ascii() { 1.0 } else { 2.0 };
        let text = "一二abc三";
        let parts = broken(text, 4.0, &mut wide);
        let shown: Vec<&str> = parts.iter().map(|part| &text[part.clone()]).collect();
        assert_eq!(shown, ["一二", "abc", "三"]);
        assert_eq!(broken("", 4.0, &mut wide).len(), 1);
        let parts = broken("一二，三", 4.0, &mut wide);
        assert_eq!(parts.len(), 2, "{parts:?}");
        // Too narrow for one character there is still one a row.
        assert_eq!(broken("一二", 1.0, &mut wide), [0..3, 3..6]);
    }
}
