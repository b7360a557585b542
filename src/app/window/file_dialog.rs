//! A file dialog of the system that does not come: a portal that is only half there never answers.

use egui::Ui;

use crate::app::state::State;
use crate::app::state::dialog::{Dialog, PendingFileDialog};
use crate::app::system::shell::FileAnswer;

/// How long the system may take to show a file dialog, in seconds.
const PATIENCE: f64 = 8.0;

/// Since when a file dialog that was asked for should have been seen.
#[derive(Debug, Default)]
pub(super) struct Patience(Option<f64>);

impl Patience {
    /// Whether the dialog must have got lost: one that is shown takes the keyboard from the window,
    /// and this window has had it ever since.
    pub(super) fn is_over(&mut self, ui: &Ui, waits: bool) -> bool {
        let (now, focused) = ui.input(|input| (input.time, input.focused));
        if !waits || !focused {
            self.0 = None;
            return false;
        }
        let since = *self.0.get_or_insert(now);
        ui.ctx().request_repaint_after_secs(1.0);
        now - since > PATIENCE
    }
}

/// Who is still asked for a path while the system's dialog answers after all.
pub(super) fn late(state: &mut State, answer: &FileAnswer) -> Option<PendingFileDialog> {
    let is_chosen = matches!(answer, FileAnswer::Chosen(_));
    let asks = matches!(state.dialog, Some(Dialog::TypePath { .. }));
    match state.dialog.take_if(|_| is_chosen && asks)? {
        Dialog::TypePath { waiting, .. } => Some(waiting),
        _ => None,
    }
}
