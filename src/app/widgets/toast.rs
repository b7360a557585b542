//! A word on what was done, shown for a while over the window. It knows no draft.

use egui::{Align2, Area, Frame, Id, Margin, Order, Rect, Stroke, Ui, vec2};

use crate::app::widgets::theme::{palette, sizes};

/// What is said, and until when.
#[derive(Debug, Default)]
pub struct Toast {
    text: String,
    until: f64,
}

impl Toast {
    /// Shows what was said, away from what is worked on; when its time is over, `said` is empty again.
    pub fn ui(&mut self, ui: &Ui, said: &mut String, kept: Option<Rect>) {
        let now = ui.input(|input| input.time);
        if *said != self.text {
            said.clone_into(&mut self.text);
            self.until = now + reading_time(&self.text);
        }
        if self.text.is_empty() {
            return;
        }
        let left = self.until - now;
        if left <= 0.0 {
            self.text.clear();
            said.clear();
            return;
        }
        // The fraction makes sure that the next frame comes after the end.
        ui.ctx().request_repaint_after_secs(left as f32 + 0.02);
        let colours = palette(ui);
        let unit = sizes().unit;
        let middle = ui.ctx().content_rect().center().y;
        let (align, offset) = match kept {
            Some(kept) if kept.bottom() > middle => (Align2::CENTER_TOP, vec2(0.0, unit * 6.0)),
            _ => (Align2::CENTER_BOTTOM, vec2(0.0, -unit * 7.0)),
        };
        let area = Area::new(Id::unique("toast"))
            .order(Order::Foreground)
            .interactable(false)
            .anchor(align, offset);
        area.show(ui.ctx(), |ui| {
            let frame = Frame::new()
                .fill(colours.text.0)
                .stroke(Stroke::new(1.0, colours.line.0))
                .corner_radius(4)
                .inner_margin(Margin::symmetric(16, 8));
            frame.show(ui, |ui| {
                ui.set_max_width(unit * 80.0);
                let label = ui.colored_label(colours.paper.0, &self.text);
                ui.ctx().accesskit_node_builder(label.id, |node| {
                    node.set_live(egui::accesskit::Live::Polite);
                });
            });
        });
    }
}

/// Seconds that a slow reader wants for a text.
fn reading_time(text: &str) -> f64 {
    (3.0 + text.chars().count() as f64 * 0.1).min(12.0)
}
