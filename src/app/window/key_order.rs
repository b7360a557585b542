//! Keys in the order in which they were pressed, however many arrive in one frame. It knows no draft.

use egui::{Context, Event, Key, Modifiers, Plugin, RawInput};

use crate::app::actions::Command;

/// The events that wait for the next frame.
///
/// Commands are taken from a frame before its texts are. On a slow machine one frame may bring
/// typing, a command and a click; each then gets a frame of its own, so that none overtakes another.
/// After a command or a click, and after the end of a dialog, there are frames without typing: what
/// is given the keyboard then owns all keys, Tab and the arrows among them, only some frames later.
#[derive(Debug, Default)]
pub struct KeyQueue {
    events: Vec<Event>,
    /// How many frames to come are without typing.
    rests: u8,
    keyboard: Keyboard,
    /// Whether text came that the report is to be given the keyboard for.
    is_astray: bool,
}

/// Who had the keyboard at the end of a frame.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Keyboard {
    /// A text box, or nothing that matters.
    #[default]
    Text,
    /// A table, which goes from cell to cell by itself.
    Table,
    /// A dialog.
    Dialog,
    /// Something beside an open report that takes no text.
    Nobody,
}

/// How many frames it takes until what the keyboard goes to owns all keys.
const REST: u8 = 2;

impl Plugin for KeyQueue {
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

impl KeyQueue {
    /// Tells who has the keyboard after a frame, and whether it goes somewhere else.
    pub fn after_frame(&mut self, keyboard: Keyboard, moves: bool) {
        self.keyboard = keyboard;
        if moves {
            self.rests = REST;
        }
    }

    /// Takes back what could not be used in a frame; it comes before all that waits.
    pub fn put_back(&mut self, mut events: Vec<Event>) {
        events.retain(is_typing);
        events.append(&mut self.events);
        self.events = events;
    }

    /// Whether text waits that nothing takes, so that the report is to be given the keyboard.
    pub fn take_astray(&mut self) -> bool {
        std::mem::take(&mut self.is_astray)
    }

    /// What belongs in this frame; the rest is kept for the next one.
    fn take_turns(&mut self, new: Vec<Event>) -> Vec<Event> {
        let mut events = std::mem::take(&mut self.events);
        events.extend(new);
        let keyboard = self.keyboard;
        let ends = |event: &Event| {
            is_command(event)
                || is_button(event)
                || keyboard == Keyboard::Dialog && is_answer(event)
                || keyboard != Keyboard::Table && is_tab(event)
        };
        let rests = self.rests > 0;
        let mut first = first_turn(&events, &ends);
        let is_kept = |event: &Event| match keyboard {
            _ if rests => is_typing(event),
            Keyboard::Nobody => is_text(event),
            _ => false,
        };
        let kept = events.iter().take(first).position(is_kept);
        if let Some(kept) = kept {
            first = kept;
        }
        self.events = events.split_off(first);
        self.rests = self.rests.saturating_sub(1);
        if events.iter().any(ends) {
            self.rests = 1;
        } else if kept.is_some() && !rests {
            // Should even the report not take it, the text must not wait for ever.
            self.keyboard = Keyboard::Text;
            self.is_astray = true;
            self.rests = REST;
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
    let is_same = |event: &&Event| match (*event, keys) {
        (Event::Key { pressed: false, .. }, _) => true,
        // The focus moves once a frame, and a click is where the pointer is at the end of one.
        (_, Some((Key::Tab, _))) | (Event::PointerMoved(_), None) => false,
        (event, Some(_)) => pressed(event) == keys,
        (event, None) => !is_typing(event),
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

fn is_button(event: &Event) -> bool {
    matches!(event, Event::PointerButton { .. })
}

fn is_tab(event: &Event) -> bool {
    matches!(pressed(event), Some((Key::Tab, _)))
}

/// Whether it is text for somebody; a space is how a button is pressed.
fn is_text(event: &Event) -> bool {
    match event {
        Event::Text(text) | Event::Paste(text) => !text.trim().is_empty(),
        _ => false,
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
        let mut held = KeyQueue {
            keyboard: Keyboard::Table,
            ..KeyQueue::default()
        };
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
        let mut held = KeyQueue::default();
        held.after_frame(Keyboard::Dialog, false);
        let frame = held.take_turns(vec![text.clone(), enter.clone(), text.clone()]);
        assert_eq!(frame, std::slice::from_ref(&text));
        assert_eq!(held.take_turns(Vec::new()), [enter]);
        held.after_frame(Keyboard::Text, true);
        for _ in 0..REST {
            assert_eq!(held.take_turns(Vec::new()), []);
            held.after_frame(Keyboard::Text, false);
        }
        assert_eq!(held.take_turns(Vec::new()), [text]);
    }

    fn button(at: f32, pressed: bool) -> Event {
        Event::PointerButton {
            pos: egui::pos2(at, at),
            button: egui::PointerButton::Primary,
            pressed,
            modifiers: Modifiers::NONE,
        }
    }

    #[test]
    fn typing_and_a_click_take_turns() {
        let text = Event::Text("7".to_owned());
        let moved = |at| Event::PointerMoved(egui::pos2(at, at));
        let click = [moved(1.0), button(1.0, true), button(1.0, false)];
        let mut held = KeyQueue::default();
        let mut events = vec![text.clone()];
        events.extend(click.clone());
        events.extend([text.clone(), moved(2.0), button(2.0, true)]);
        assert_eq!(
            held.take_turns(events),
            [text.clone(), moved(1.0)],
            "what was typed before the click"
        );
        assert_eq!(held.take_turns(Vec::new()), click[1..], "the click");
        assert_eq!(held.take_turns(Vec::new()), [], "a rest");
        assert_eq!(
            held.take_turns(Vec::new()),
            [text, moved(2.0)],
            "what was typed behind it"
        );
        assert_eq!(held.take_turns(Vec::new()), [button(2.0, true)]);
    }

    #[test]
    fn two_clicks_in_one_frame_keep_their_places() {
        let moved = Event::PointerMoved(egui::pos2(9.0, 9.0));
        let first = [button(1.0, true), button(1.0, false)];
        let second = [moved, button(9.0, true), button(9.0, false)];
        let mut held = KeyQueue::default();
        let events = first.iter().chain(&second).cloned().collect();
        assert_eq!(held.take_turns(events), first);
        assert_eq!(held.take_turns(Vec::new()), second);
    }

    #[test]
    fn text_that_nobody_takes_waits_for_the_report_once() {
        let text = Event::Text("7".to_owned());
        let mut held = KeyQueue::default();
        held.after_frame(Keyboard::Nobody, false);
        assert_eq!(held.take_turns(vec![Event::Text(" ".to_owned())]).len(), 1);
        assert_eq!(held.take_turns(vec![text.clone()]), []);
        assert!(held.take_astray());
        for _ in 0..REST {
            assert_eq!(held.take_turns(Vec::new()), []);
        }
        assert_eq!(held.take_turns(Vec::new()), [text]);
        assert!(!held.take_astray());
    }
}
