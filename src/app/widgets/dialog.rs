//! What every dialog has: a title, a row of buttons.

use egui::{RichText, Ui};

use crate::app::widgets::theme::{palette, sizes};

/// The heading of a dialog.
pub fn title_ui(ui: &mut Ui, title: &str) {
    ui.label(RichText::new(title).size(sizes().heading));
    ui.add_space(sizes().unit);
}

/// The buttons of a dialog, the one for Enter first from the right.
pub fn buttons_ui(ui: &mut Ui, add: impl FnOnce(&mut Ui)) {
    ui.add_space(sizes().unit * 2.0);
    let height = ui.spacing().interact_size.y;
    let size = egui::vec2(ui.available_width(), height);
    ui.allocate_ui_with_layout(size, egui::Layout::right_to_left(egui::Align::Center), add);
}

/// The button that Enter presses when nothing else has the focus.
pub fn main_button(ui: &mut Ui, text: &str, enabled: bool) -> bool {
    let colours = palette(ui);
    let text = RichText::new(text).color(colours.accent_text.0);
    let button = egui::Button::new(text).fill(colours.accent.0);
    let response = ui.add_enabled(enabled, button);
    if enabled && ui.memory(|memory| memory.focused().is_none()) {
        response.request_focus();
    }
    response.clicked()
}
