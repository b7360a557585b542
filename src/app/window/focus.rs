//! Which pane has the keyboard, and how that is seen.

use egui::{Id, Stroke, StrokeKind, Ui};

use crate::app::state::State;
use crate::app::views::SectionView;
use crate::app::widgets::theme::palette;

/// What had the focus before a dialog, and gets it back.
#[derive(Debug, Default)]
pub(in crate::app) struct Focus {
    pub(in crate::app) before: Option<Id>,
    /// What had it at the end of the last frame.
    pub(in crate::app) last: Option<Id>,
    pub(in crate::app) in_dialog: bool,
    pub(in crate::app) back: Option<Id>,
}

impl Focus {
    /// Follows the focus; once a frame, before anything is drawn.
    pub(in crate::app) fn keep(&mut self, ui: &Ui, state: &State) {
        let was_in_dialog = std::mem::replace(&mut self.in_dialog, state.dialog.is_some());
        match (was_in_dialog, self.in_dialog) {
            (false, false) => self.before = ui.memory(egui::Memory::focused),
            (true, false) => {
                let aimed = state
                    .open
                    .as_ref()
                    .is_some_and(|open| open.target.is_some());
                self.back = self.before.filter(|_| !aimed);
            }
            _ => {}
        }
    }

    /// Gives it back once the frame is drawn; before that the dialog that has just closed forbids it.
    /// Another dialog that has come in its place keeps it.
    pub(in crate::app) fn give_back(&mut self, ui: &Ui, state: &State) {
        if let Some(id) = self.back.take().filter(|_| state.dialog.is_none()) {
            ui.memory_mut(|memory| memory.request_focus(id));
            ui.ctx().request_repaint();
        }
    }
}

/// A ring around what has the keyboard, whatever it is; a text box and a table show it themselves.
pub fn focus_ring(ui: &Ui, section: &SectionView) {
    let is_text = ui.output(|output| output.ime.is_some());
    if is_text || section.has_keyboard(ui.ctx()) {
        return;
    }
    let focused = ui.memory(egui::Memory::focused);
    let response = focused.and_then(|id| ui.ctx().read_response(id));
    if let Some(response) = response {
        let ring = Stroke::new(2.0, palette(ui).accent.0);
        let clip = response.interact_rect.expand(4.0);
        ui.ctx()
            .layer_painter(response.layer_id)
            .with_clip_rect(clip)
            .rect_stroke(response.rect.expand(1.0), 4.0, ring, StrokeKind::Outside);
    }
}
