//! What each key, text and clipboard event does to a table, in the order in which they came.
//!
//! It knows events and the state machine; it paints nothing.

use egui::{Event, ImeEvent, Key, Modifiers};

use crate::app::table::sheet::Direction;
use crate::app::table::state::MenuPlace;
use crate::app::table::turn::EditSession;

/// Does what one event asks for.
pub(super) fn handle(turn: &mut EditSession<'_>, event: &Event) {
    match event {
        Event::Text(text) | Event::Ime(ImeEvent::Commit(text)) => turn.type_text(text),
        Event::Copy => turn.copy(),
        Event::Cut => turn.cut(),
        Event::Paste(text) => turn.paste(text),
        Event::Key {
            key,
            pressed: true,
            modifiers,
            ..
        } if !modifiers.alt => press(turn, *key, *modifiers),
        _ => {}
    }
}

/// Does what a key does.
pub(super) fn press(turn: &mut EditSession<'_>, key: Key, modifiers: Modifiers) {
    let shift = modifiers.shift;
    let command = modifiers.command;
    match key {
        Key::ArrowUp => turn.step(Direction::Up, shift, command),
        Key::ArrowDown => turn.step(Direction::Down, shift, command),
        Key::ArrowLeft => sideways(turn, Direction::Left, modifiers),
        Key::ArrowRight => sideways(turn, Direction::Right, modifiers),
        Key::Home => ends(turn, false, modifiers),
        Key::End => ends(turn, true, modifiers),
        Key::Tab if !command => turn.tab(shift),
        Key::Enter if !command => turn.enter(if shift {
            Direction::Up
        } else {
            Direction::Down
        }),
        Key::Escape => turn.escape(),
        Key::Menu => turn.state.menu = MenuPlace::Asked,
        Key::F10 if shift => turn.state.menu = MenuPlace::Asked,
        Key::F1 => turn.explain(),
        Key::F2 => turn.edit_inside(),
        Key::F4 if shift => {}
        Key::F4 => turn.fill_zeros(),
        Key::PageUp if !command => turn.page(Direction::Up, shift),
        Key::PageDown if !command => turn.page(Direction::Down, shift),
        Key::Enter if command => turn.fill_typed(),
        Key::D if command => turn.fill_along(Direction::Down),
        Key::R if command => turn.fill_along(Direction::Right),
        Key::Space if shift != command => turn.select_line(shift),
        Key::Delete | Key::Backspace => erase(turn, key),
        Key::A if command => turn.select_all(),
        Key::Z if command && shift => turn.redo(),
        Key::Z if command => turn.undo(),
        Key::Y if command => turn.redo(),
        _ => {}
    }
}

fn sideways(turn: &mut EditSession<'_>, way: Direction, modifiers: Modifiers) {
    match &mut turn.state.editor {
        Some(editor) if editor.inside => editor.move_caret(way),
        _ => turn.step(way, modifiers.shift, modifiers.command),
    }
}

fn ends(turn: &mut EditSession<'_>, to_end: bool, modifiers: Modifiers) {
    match &mut turn.state.editor {
        Some(editor) if editor.inside => {
            editor.caret = if to_end {
                editor.text.chars().count()
            } else {
                0
            };
        }
        _ => turn.jump(to_end, modifiers.shift, modifiers.command),
    }
}

fn erase(turn: &mut EditSession<'_>, key: Key) {
    match &mut turn.state.editor {
        Some(editor) if key == Key::Backspace => editor.erase_before(),
        Some(editor) => editor.erase_after(),
        None => turn.clear("清除"),
    }
}
