//! The menu of the right mouse button on a cell: what the keys do, for those who do not know them.
//!
//! It knows the keys; it works on the selection that the press has made.

use egui::{Key, Modifiers, Popup, Response, SetOpenCommand, ViewportCommand};

use crate::app::table::layout::GridLayout;
use crate::app::table::state::MenuPlace;
use crate::app::table::turn::{EditSession, TYPING};
use crate::app::table::{keys, sheet};
use crate::app::widgets::menu::item_ui;
use crate::form::SquareContent;
use crate::report::Entry;

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

/// The menu of the selected cell: where a key asked for it, or at the pointer.
fn popup<'a>(layout: &GridLayout, response: &'a Response, turn: &mut EditSession<'_>) -> Popup<'a> {
    let popup = Popup::context_menu(response);
    if turn.state.menu == MenuPlace::Asked {
        turn.commit();
        let field = turn.field();
        let square = field.and_then(|id| turn.table.grid.square_of(id));
        let corner = square.map(|square| layout.rect(square).left_bottom());
        turn.state.menu = corner.map_or(MenuPlace::Pointer, MenuPlace::Cell);
        let popup = popup.open_memory(Some(SetOpenCommand::Bool(true)));
        return corner.into_iter().fold(popup, Popup::at_position);
    }
    if response.secondary_clicked() {
        turn.state.menu = MenuPlace::Pointer;
    }
    match turn.state.menu {
        MenuPlace::Cell(pos) => popup.at_position(pos),
        _ => popup,
    }
}

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
pub(super) fn show(layout: &GridLayout, response: &Response, turn: &mut EditSession<'_>) -> bool {
    let (mut chosen, mut meant) = (None, None);
    let by_key = turn.state.menu == MenuPlace::Asked;
    let selected = turn.state.selected(turn.table);
    let offer = selected.and_then(|id| turn.meant(id));
    let proposed = selected.and_then(|id| turn.proposed(id));
    popup(layout, response, turn).show(|ui| {
        let mut by_key = by_key;
        let mut line = |item: Response| {
            if std::mem::take(&mut by_key) {
                item.request_focus();
            }
            item.clicked()
        };
        if let Some(number) = proposed {
            if line(item_ui(
                ui,
                &format!("采用上年推得的{number}"),
                Modifiers::NONE,
                Key::Space,
                true,
            )) {
                chosen = Some((Modifiers::NONE, Key::Space));
            }
            ui.separator();
        }
        if let Some(number) = offer {
            if line(ui.button(format!("填{number}"))) {
                meant = Some(number);
            }
            ui.separator();
        }
        for (number, group) in ITEMS.iter().enumerate() {
            if number > 0 {
                ui.separator();
            }
            for &(name, modifiers, key) in *group {
                if line(item_ui(ui, name, modifiers, key, true)) {
                    chosen = Some((modifiers, key));
                }
            }
        }
    });
    if let (Some(number), Some(field)) = (meant, selected) {
        turn.state_all(TYPING, vec![(field, Entry::Number(number))]);
        return true;
    }
    let Some((modifiers, key)) = chosen else {
        return false;
    };
    match key {
        Key::Space => turn.take_proposed(),
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
