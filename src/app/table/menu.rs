//! The menu of the right mouse button on a cell: what the keys do, for those who do not know them.
//!
//! It knows the keys; it works on the selection that the press has made.

use egui::{Key, Modifiers, Popup, Response, ViewportCommand};

use crate::app::table::layout::GridLayout;
use crate::app::table::turn::EditSession;
use crate::app::table::{keys, sheet};
use crate::app::widgets::menu::item_ui;
use crate::form::SquareContent;

/// The lines of the menu by their keys, those between two lines together.
const ITEMS: &[&[(&str, Modifiers, Key)]] = &[
    &[
        ("剪切", Modifiers::COMMAND, Key::X),
        ("复制", Modifiers::COMMAND, Key::C),
        ("粘贴", Modifiers::COMMAND, Key::V),
        ("清空", Modifiers::NONE, Key::Delete),
    ],
    &[
        ("其余填0", Modifiers::NONE, Key::F4),
        ("向下填充", Modifiers::COMMAND, Key::D),
        ("向右填充", Modifiers::COMMAND, Key::R),
    ],
    &[("说明", Modifiers::NONE, Key::F1)],
];

/// Selects the cell under the pointer, unless it is selected already.
pub(super) fn press(turn: &mut EditSession<'_>, layout: &GridLayout, pos: egui::Pos2) {
    turn.commit();
    turn.state.dragging = false;
    let grid = &turn.table.grid;
    let Some(square) = layout.hit(grid, pos) else {
        return;
    };
    let span = turn.state.span(grid);
    let is_value = matches!(square.content, SquareContent::Value(_));
    if is_value && !span.is_some_and(|span| span.touches(square)) {
        turn.go(sheet::start(square), false);
    }
}

/// Shows the menu while it is open, and does what is chosen in it; whether something was.
pub(super) fn show(response: &Response, turn: &mut EditSession<'_>) -> bool {
    let mut chosen = None;
    Popup::context_menu(response).show(|ui| {
        for (number, group) in ITEMS.iter().enumerate() {
            if number > 0 {
                ui.separator();
            }
            for &(name, modifiers, key) in *group {
                if item_ui(ui, name, modifiers, key, true) {
                    chosen = Some((modifiers, key));
                }
            }
        }
    });
    let Some((modifiers, key)) = chosen else {
        return false;
    };
    match key {
        Key::X => turn.cut(),
        Key::C => turn.copy(),
        Key::V => {
            let ctx = &response.ctx;
            ctx.send_viewport_cmd(ViewportCommand::RequestPaste);
            ctx.request_repaint();
        }
        _ => keys::press(turn, key, modifiers),
    }
    true
}
