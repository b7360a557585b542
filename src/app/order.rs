//! Keys in the order in which they were pressed, however many arrive in one frame. It knows no draft.

use egui::{Context, Event};

use super::command::Command;

/// The events that wait for the next frame.
///
/// Commands are taken from a frame before its texts are. On a slow machine one frame may bring
/// typing and a command; each then gets a frame of its own, so that neither overtakes the other.
#[derive(Debug, Default)]
pub struct Held(Vec<Event>);

impl Held {
    /// Leaves in this frame what belongs together and keeps the rest for the next one.
    pub fn take_turns(&mut self, ctx: &Context) {
        ctx.input_mut(|input| {
            let mut events = std::mem::take(&mut self.0);
            events.append(&mut input.events);
            let rest = events.split_off(first_turn(&events));
            input.events = events;
            self.0 = rest;
        });
        if !self.0.is_empty() {
            ctx.request_repaint();
        }
    }
}

/// How many of the events come first: those before the first command, or that command alone.
fn first_turn(events: &[Event]) -> usize {
    let Some(command) = events.iter().position(is_command) else {
        return events.len();
    };
    if events.iter().take(command).any(is_typing) {
        command
    } else {
        command + 1
    }
}

fn is_command(event: &Event) -> bool {
    let Event::Key {
        key,
        pressed: true,
        modifiers,
        ..
    } = event
    else {
        return false;
    };
    let shortcuts = Command::ALL.iter().flat_map(|command| command.shortcuts());
    shortcuts.into_iter().any(|shortcut| {
        shortcut.logical_key == *key && modifiers.matches_logically(shortcut.modifiers)
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
    use egui::{Key, Modifiers};

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
            (vec![Event::PointerGone, save.clone(), save], 2),
        ] {
            assert_eq!(first_turn(&events), first, "{events:?}");
        }
    }
}
