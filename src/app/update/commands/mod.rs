//! The commands that carry no data. What there is to know of one stands in its row of the table.

pub mod row;
mod table;

use egui::{KeyboardShortcut, Modifiers};

use crate::app::actions::Command;
use crate::app::effects::Effect;
use crate::app::state::State;
use crate::app::system::shell::Moment;
use crate::app::update::commands::row::{CommandInfo, Menu};
use crate::app::update::commands::table::COMMANDS;

impl Menu {
    /// All of them, from left to right.
    pub const ALL: [Self; 5] = [Self::File, Self::Edit, Self::View, Self::Check, Self::Help];

    /// What the menu bar calls it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::File => "文件",
            Self::Edit => "编辑",
            Self::View => "查看",
            Self::Check => "审核",
            Self::Help => "帮助",
        }
    }

    /// Its commands, those between two lines together.
    #[must_use]
    pub fn groups(self) -> Vec<Vec<Command>> {
        let rows: Vec<_> = COMMANDS.iter().filter(|row| row.menu == self).collect();
        rows.chunk_by(|one, other| one.group == other.group)
            .map(|group| group.iter().map(|row| row.command).collect())
            .collect()
    }
}

impl Command {
    #[expect(
        clippy::indexing_slicing,
        reason = "the table is compared with the list when it is compiled"
    )]
    fn info(self) -> &'static CommandInfo {
        &COMMANDS[self as usize]
    }

    /// All of them, those with more modifiers before those with fewer.
    pub fn by_keys() -> impl Iterator<Item = Self> {
        let with_shift = |command: &Self| {
            let shift = Modifiers::SHIFT;
            let mut keys = command.shortcuts().iter();
            keys.any(|keys| keys.modifiers.contains(shift))
        };
        let all = || Self::ALL.iter().copied();
        all()
            .filter(with_shift)
            .chain(all().filter(move |command| !with_shift(command)))
    }

    /// What menus call it while nothing is known of the draft.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.info().name
    }

    /// What it does, for a tooltip.
    #[must_use]
    pub fn hint(self) -> &'static str {
        self.info().hint
    }

    /// What menus call it now.
    #[must_use]
    pub fn text(self, state: &State) -> String {
        match (self.info().detail)(state) {
            Some(detail) => format!("{} {detail}", self.name()),
            None => self.name().to_owned(),
        }
    }

    /// Its keys, the one to show first.
    #[must_use]
    pub fn shortcuts(self) -> &'static [KeyboardShortcut] {
        self.info().keys
    }

    /// Whether it is done as often as its keys are pressed.
    #[must_use]
    pub fn repeats(self) -> bool {
        self.info().repeats
    }

    /// Whether it is switched on, for a command that is a switch.
    #[must_use]
    pub fn is_on(self, state: &State) -> Option<bool> {
        self.info().is_on.map(|is_on| is_on(state))
    }

    /// Whether it can be run now.
    #[must_use]
    pub fn is_enabled(self, state: &State) -> bool {
        (self.info().is_enabled)(state)
    }

    /// Does it, if it can be run now.
    pub(in crate::app) fn run(self, state: &mut State, now: Moment) -> Effect {
        if self.is_enabled(state) {
            (self.info().run)(state, now)
        } else {
            Effect::Nothing
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn no_two_commands_share_a_shortcut() {
        let mut seen = BTreeSet::new();
        for &command in Command::ALL {
            for shortcut in command.shortcuts() {
                assert!(seen.insert(format!("{shortcut:?}")), "{command:?}");
            }
        }
    }

    #[test]
    fn every_command_stands_in_one_menu_once() {
        let menus = Menu::ALL.into_iter();
        let placed: Vec<_> = menus.flat_map(|menu| menu.groups().concat()).collect();
        assert_eq!(placed, Command::ALL);
        let names: BTreeSet<_> = placed.iter().map(|command| command.name()).collect();
        assert_eq!(names.len(), placed.len());
        for command in placed {
            assert!(!command.hint().is_empty(), "{command:?}");
        }
    }

    #[test]
    fn shortcuts_with_shift_are_tried_first() {
        let order: Vec<_> = Command::by_keys().collect();
        let place = |wanted| order.iter().position(|&command| command == wanted);
        for (with_shift, without) in [
            (Command::Redo, Command::Undo),
            (Command::SaveAs, Command::Save),
            (Command::PreviousFinding, Command::NextFinding),
        ] {
            assert!(place(with_shift) < place(without), "{with_shift:?}");
        }
        assert_eq!(order.len(), Command::ALL.len());
    }

    #[test]
    fn without_a_draft_there_is_nothing_to_save_or_take_back() {
        let state = State::default();
        for command in [Command::Save, Command::Undo, Command::FillZeros] {
            assert!(!command.is_enabled(&state));
        }
        assert!(Command::New.is_enabled(&state));
    }
}
