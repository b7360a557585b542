//! Where the pointer rests over a table.

use egui::{Event, Pos2, Ui};

/// What is known of the pointer over a table from frame to frame.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Pointer {
    /// Where the pointer was in the last frame.
    last: Option<Pos2>,
    /// Where the table was when the pointer was last moved by hand, if nothing came after that.
    table: Option<Pos2>,
}

impl Pointer {
    /// Whether the pointer rests where a hand put it: a key, the wheel and a table that moves
    /// below it end that until it is moved again.
    pub(super) fn rests(&mut self, ui: &Ui, origin: Pos2) -> bool {
        let other = |event: &Event| {
            matches!(
                event,
                Event::Key { .. }
                    | Event::Text(_)
                    | Event::Ime(_)
                    | Event::Paste(_)
                    | Event::MouseWheel { .. }
                    | Event::PointerButton { .. }
            )
        };
        let (pos, other) = ui.input(|input| {
            let pos = input.pointer.hover_pos();
            (pos, input.events.iter().any(other))
        });
        if other {
            self.table = None;
        } else if pos.is_some() && pos != self.last {
            self.table = Some(origin);
        }
        self.last = pos;
        self.table == Some(origin)
    }
}
