//! Keys in the order in which they were pressed, however many arrive in one frame. It knows no draft.

use egui::{Context, Event, Key, Modifiers, Plugin, RawInput};

use super::command::Command;

/// The events that wait for the next frame.
///
/// Commands are taken from a frame before its texts are. On a slow machine one frame may bring
/// typing and a command; each then gets a frame of its own, so that neither overtakes the other.
/// After a command, and after the end of a dialog, there are frames without typing: what is given
/// the keyboard then owns all keys, Tab and the arrows among them, only some frames later.
#[derive(Debug, Default)]
pub struct Held {
    events: Vec<Event>,
    /// How many frames to come are without typing.
    rests: u8,
    in_dialog: bool,
}

/// How many frames it takes until what the keyboard goes to owns all keys.
const REST: u8 = 2;

impl Plugin for Held {
    fn debug_name(&self) -> &'static str {
        "order of keys"
    }

    /// Before the focus is moved by them: a held key must not reach it early.
    fn input_hook(&mut self, ctx: &Context, input: &mut RawInput) {
        input.events = self.take_turns(std::mem::take(&mut input.events));
        if self.rests > 0 || !self.events.is_empty() {
            ctx.request_repaint();
        }
    }
}

impl Held {
    /// Tells whether a dialog is open after a frame, and whether the keyboard goes somewhere else.
    pub fn after_frame(&mut self, in_dialog: bool, moves: bool) {
        self.in_dialog = in_dialog;
        if moves {
            self.rests = REST;
        }
    }

    /// What belongs in this frame; the rest is kept for the next one.
    fn take_turns(&mut self, new: Vec<Event>) -> Vec<Event> {
        let mut events = std::mem::take(&mut self.events);
        events.extend(new);
        let in_dialog = self.in_dialog;
        let ends = |event: &Event| is_command(event) || in_dialog && is_answer(event);
        let first = if self.rests > 0 {
            events.iter().position(is_typing).unwrap_or(events.len())
        } else {
            first_turn(&events, &ends)
        };
        self.events = events.split_off(first);
        self.rests = self.rests.saturating_sub(1);
        if events.iter().any(ends) {
            self.rests = 1;
        }
        events
    }
}

/// How many of the events come first: those before the first that ends a turn, or that one as often
/// as its keys were pressed.
fn first_turn(events: &[Event], ends: &dyn Fn(&Event) -> bool) -> usize {
    let Some(end) = events.iter().position(ends) else {
        return events.len();
    };
    if events.iter().take(end).any(is_typing) {
        return end;
    }
    let keys = events.get(end).and_then(pressed);
    let is_same = |event: &&Event| match event {
        Event::Key { pressed: false, .. } => true,
        event => pressed(event) == keys,
    };
    let more = events.iter().skip(end + 1).take_while(is_same).count();
    end + 1 + more
}

/// Whether it may end a dialog.
fn is_answer(event: &Event) -> bool {
    matches!(pressed(event), Some((Key::Enter | Key::Escape, _)))
}

/// The keys that were pressed.
fn pressed(event: &Event) -> Option<(Key, Modifiers)> {
    match event {
        Event::Key {
            key,
            pressed: true,
            modifiers,
            ..
        } => Some((*key, *modifiers)),
        _ => None,
    }
}

fn is_command(event: &Event) -> bool {
    let Some((key, modifiers)) = pressed(event) else {
        return false;
    };
    let changes_pane = key == Key::Tab && modifiers.command;
    let mut shortcuts = Command::ALL.iter().flat_map(|command| command.shortcuts());
    changes_pane
        || shortcuts.any(|shortcut| {
            shortcut.logical_key == key && modifiers.matches_logically(shortcut.modifiers)
        })
}

fn is_typing(event: &Event) -> bool {
    matches!(
        event,
        Event::Text(_)
            | Event::Key { pressed: true, .. }
            | Event::Ime(_)
            | Event::Paste(_)
            | Event::Cut
            | Event::Copy
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(key: Key, modifiers: Modifiers) -> Event {
        Event::Key {
            key,
            physical_key: None,
            pressed: true,
            repeat: false,
            modifiers,
        }
    }

    #[test]
    fn typing_and_a_command_take_turns() {
        let (save, enter) = (
            key(Key::S, Modifiers::COMMAND),
            key(Key::Enter, Modifiers::NONE),
        );
        let text = |text: &str| Event::Text(text.to_owned());
        for (events, first) in [
            (vec![], 0),
            (vec![text("7"), enter.clone()], 2),
            (vec![text("7"), enter, save.clone(), text("8")], 2),
            (vec![save.clone(), text("8")], 1),
            (vec![Event::PointerGone, save.clone(), save], 3),
        ] {
            assert_eq!(first_turn(&events, &is_command), first, "{events:?}");
        }
    }

    #[test]
    fn typing_waits_until_the_next_part_has_the_keyboard() {
        let next = key(Key::F6, Modifiers::NONE);
        let tab = key(Key::Tab, Modifiers::NONE);
        let mut held = Held::default();
        let frame = held.take_turns(vec![next.clone(), tab.clone()]);
        assert_eq!(frame, std::slice::from_ref(&next));
        assert_eq!(held.take_turns(vec![tab.clone()]), []);
        assert_eq!(held.take_turns(vec![next.clone()]), [tab.clone(), tab]);
        assert_eq!(held.take_turns(Vec::new()), [next]);
    }

    #[test]
    fn typing_waits_until_a_dialog_has_given_the_keyboard_back() {
        let enter = key(Key::Enter, Modifiers::NONE);
        let text = Event::Text("7".to_owned());
        let mut held = Held::default();
        held.after_frame(true, false);
        let frame = held.take_turns(vec![text.clone(), enter.clone(), text.clone()]);
        assert_eq!(frame, std::slice::from_ref(&text));
        assert_eq!(held.take_turns(Vec::new()), [enter]);
        held.after_frame(false, true);
        for _ in 0..REST {
            assert_eq!(held.take_turns(Vec::new()), []);
            held.after_frame(false, false);
        }
        assert_eq!(held.take_turns(Vec::new()), [text]);
    }
}
