//! The card of a rule: its Markdown as plain paragraphs.

use egui::{Grid, RichText, ScrollArea, Ui};

use crate::app::widgets::theme::palette;

/// Shows the card of a rule.
pub fn card_ui(ui: &mut Ui, name: &str, title: &str, card: &str) {
    let colours = palette(ui);
    ui.label(RichText::new(title).small().strong());
    let mut rows: Vec<Vec<&str>> = Vec::new();
    for line in card.lines().map(str::trim) {
        if let Some(row) = line.strip_prefix('|') {
            let row = row.trim_end_matches('|');
            if !row.chars().all(|c| matches!(c, '-' | ':' | '|' | ' ')) {
                rows.push(row.split('|').map(str::trim).collect());
            }
            continue;
        }
        table_ui(ui, name, &std::mem::take(&mut rows));
        if let Some(heading) = line.strip_prefix('#') {
            let heading = heading.trim_start_matches('#').trim();
            ui.label(
                RichText::new(heading)
                    .small()
                    .strong()
                    .color(colours.text.0),
            );
        } else if let Some(item) = line.strip_prefix("- ") {
            ui.label(RichText::new(format!("· {}", plain(item))).small());
        } else if !line.is_empty() && !line.starts_with("```") {
            ui.label(RichText::new(plain(line)).small());
        }
    }
    table_ui(ui, name, &rows);
}

fn table_ui(ui: &mut Ui, name: &str, rows: &[Vec<&str>]) {
    let Some(first) = rows.first() else { return };
    let salt = (name, first.join("|"), rows.len());
    // A table wider than the panel scrolls in itself and leaves the panel its width.
    ScrollArea::horizontal()
        .id_salt(("card", &salt))
        .show(ui, |ui| {
            Grid::new(&salt).striped(true).show(ui, |ui| {
                for row in rows {
                    for cell in row {
                        ui.label(RichText::new(plain(cell)).small());
                    }
                    ui.end_row();
                }
            });
        });
}

fn plain(text: &str) -> String {
    text.replace("**", "").replace('`', "")
}
