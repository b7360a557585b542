//! What an input method is doing in the window. It knows no draft.
//!
//! While something is being composed, the letters of it stand in the text box but are not text yet.

use egui::{Context, Event, Id, ImeEvent, Ui, vec2};

use crate::system;

fn key() -> Id {
    Id::unique("composing")
}

/// Follows the input method; once a frame, before the text boxes.
pub fn follow(ctx: &Context) {
    let focused = ctx.memory(egui::Memory::focused);
    let before: Option<Id> = ctx.data(|data| data.get_temp(key())).flatten();
    let mut composing = before.is_some() && before == focused;
    ctx.input(|input| {
        for event in &input.events {
            match event {
                Event::Ime(ImeEvent::Preedit { text, .. }) => composing = !text.is_empty(),
                Event::Ime(ImeEvent::Commit(_)) => composing = false,
                _ => {}
            }
        }
    });
    let now = focused.filter(|_| composing);
    ctx.data_mut(|data| data.insert_temp(key(), now));
}

/// Whether something is being composed in the text box that has the focus.
#[must_use]
pub fn is_composing(ui: &Ui) -> bool {
    let composing: Option<Id> = ui.data(|data| data.get_temp(key())).flatten();
    composing.is_some()
}

/// X11 puts the list of candidates at the caret's top and hides the line; this moves it below.
pub fn place_candidates(ui: &Ui) {
    if system::IS_LINUX {
        ui.output_mut(|output| {
            if let Some(ime) = &mut output.ime {
                let below = vec2(0.0, 0.7 * ime.cursor_rect.height());
                ime.cursor_rect = ime.cursor_rect.translate(below);
            }
        });
    }
}
