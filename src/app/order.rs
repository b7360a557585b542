//! Keys in the order in which they were pressed, however many arrive in one frame. It knows no draft.

use egui::{Context, Event, Key, Modifiers, Plugin, RawInput};

use super::command::Command;

/// The events that wait for the next frame.
///
/// Commands are taken from a frame before its texts are. On a slow machine one frame may bring
/// typing and a command; each then gets a frame of its own, so that neither overtakes the other.
/// After a command there is one frame without typing: what has just been given the keyboard owns
/// all keys, Tab and the arrows among them, only from then on.
#[derive(Debug, Default)]
pub struct Held {
    events: Vec<Event>,
    rests: bool,
}

impl Plugin for Held {
    fn debug_name(&self) -> &'static str {
        "order of keys"
    }

    /// Before the focus is moved by them: a held key must not reach it early.
    fn input_hook(&mut self, ctx: &Context, input: &mut RawInput) {
        input.events = self.take_turns(std::mem::take(&mut input.events));
        if self.rests || !self.events.is_empty() {
            ctx.request_repaint();
        }
    }
}

impl Held {
    /// What belongs in this frame; the rest is kept for the next one.
    fn take_turns(&mut self, new: Vec<Event>) -> Vec<Event> {
        let mut events = std::mem::take(&mut self.events);
        events.extend(new);
        let first = if self.rests {
            events.iter().position(is_typing).unwrap_or(events.len())
        } else {
            first_turn(&events)
        };
        self.events = events.split_off(first);
        self.rests = events.iter().any(is_command);
        events
    }
}

/// How many of the events come first: those before the first command, or that command as often as
/// its keys were pressed.
fn first_turn(events: &[Event]) -> usize {
    let Some(command) = events.iter().position(is_command) else {
        return events.len();
    };
    if events.iter().take(command).any(is_typing) {
        return command;
    }
    let keys = events.get(command).and_then(pressed);
    let is_same = |event: &&Event| match event {
        Event::Key { pressed: false, .. } => true,
        event => pressed(event) == keys,
    };
    let more = events.iter().skip(command + 1).take_while(is_same).count();
    command + 1 + more
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
            assert_eq!(first_turn(&events), first, "{events:?}");
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
}
