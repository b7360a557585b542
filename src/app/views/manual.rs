//! The manual, to be read in the window.

use egui::text::LayoutJob;
use egui::{RichText, ScrollArea, Ui};

use crate::app::widgets::theme::{palette, sizes};
use crate::manual;
use crate::manual::ManualPiece;

/// The manual without its pictures: what they show is the window itself.
pub fn manual_ui(ui: &mut Ui) {
    let unit = sizes().unit;
    ScrollArea::vertical()
        .max_height(ui.ctx().content_rect().height() - unit * 24.0)
        .auto_shrink([false, true])
        .show(ui, |ui| {
            for piece in manual::pieces(manual::TEXT) {
                match piece {
                    ManualPiece::Heading(1, _) | ManualPiece::Picture(..) => {}
                    ManualPiece::Heading(_, text) => {
                        ui.add_space(unit);
                        ui.label(RichText::new(text).size(sizes().heading));
                    }
                    ManualPiece::Paragraph(text) => line_ui(ui, text),
                    ManualPiece::Step(number, text) => marked_ui(ui, &format!("{number}."), text),
                    ManualPiece::Item(text) => marked_ui(ui, "·", text),
                }
            }
        });
}

fn marked_ui(ui: &mut Ui, mark: &str, text: &str) {
    ui.horizontal_top(|ui| {
        ui.add_sized(
            [sizes().unit * 3.0, 0.0],
            egui::Label::new(RichText::new(mark).color(palette(ui).weak.0)),
        );
        ui.vertical(|ui| line_ui(ui, text));
    });
}

fn line_ui(ui: &mut Ui, text: &str) {
    let colours = palette(ui);
    let font = egui::FontId::proportional(sizes().body);
    let mut job = LayoutJob::default();
    for (words, typed) in manual::words(text) {
        let colour = if typed {
            colours.accent.0
        } else {
            colours.text.0
        };
        let format = egui::TextFormat::simple(font.clone(), colour);
        job.append(words, 0.0, format);
    }
    ui.label(job);
}
