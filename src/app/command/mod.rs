//! The commands that carry no data. What there is to know of one stands in its row of the table.

mod table;

use egui::{KeyboardShortcut, Modifiers};

use super::shell::Moment;
use super::state::State;
use table::COMMANDS;

/// Makes the list of all commands along with their type.
macro_rules! commands {
    ($($(#[$doc:meta])* $command:ident,)*) => {
        /// A menu item without data (命令).
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum Command {
            $($(#[$doc])* $command,)*
        }

        impl Command {
            /// All of them, in the order of the menus.
            pub const ALL: &[Self] = &[$(Self::$command),*];
        }
    };
}

commands! {
    /// Asks what the new report is.
    New,
    /// Opens a draft.
    Open,
    /// Reads a published report.
    Import,
    /// Reads a report from the clipboard.
    PasteReport,
    /// Opens another window.
    NewWindow,
    /// Saves the draft.
    Save,
    /// Saves the draft under another name.
    SaveAs,
    /// Writes the formats for publishing.
    Publish,
    /// Copies the report for the editor of a website.
    CopyHtml,
    /// Prints the report by the system's viewer.
    Print,
    /// Shows the versions before each save.
    History,
    /// Shows the recovery files.
    Recover,
    /// Back to the start screen.
    Home,
    /// Ends the program.
    Quit,
    /// Takes the last step back.
    Undo,
    /// Makes the last undone step again.
    Redo,
    /// Looks for words in all texts.
    Find,
    /// Looks for words and puts others in their place.
    Replace,
    /// Writes a figure of the tables into the text.
    InsertFigure,
    /// Fills the blanks of the table that is shown with 0.
    FillZeros,
    /// Fills the blanks of all tables with 0.
    FillAllZeros,
    /// Chooses last year's report.
    ChoosePrior,
    /// Takes what last year's report proposes for the table that is shown.
    TakeProposals,
    /// The part before this one.
    PreviousPart,
    /// The part after this one.
    NextPart,
    /// Shows everything larger.
    ZoomIn,
    /// Shows everything smaller.
    ZoomOut,
    /// Shows everything in its usual size.
    ZoomReset,
    /// Shows everything with the strongest contrast.
    Contrast,
    /// Shows or hides the pages as they will be printed.
    Preview,
    /// Shows or hides last year's figures.
    ShowPrior,
    /// Shows or hides the findings.
    ShowFindings,
    /// The finding before the chosen one.
    PreviousFinding,
    /// The finding after the chosen one.
    NextFinding,
    /// Writes the self-check sheet.
    Sheet,
    /// Changes the settings of the rules.
    RuleSettings,
    /// Shows the manual.
    Manual,
    /// Finds a command by its name.
    Palette,
    /// Lists the shortcuts.
    Shortcuts,
    /// Says what this program is.
    About,
}

/// A menu of the menu bar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Menu {
    /// 文件
    File,
    /// 编辑
    Edit,
    /// 查看
    View,
    /// 审核
    Check,
    /// 帮助
    Help,
}

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

/// What there is to know of a command.
struct CommandInfo {
    command: Command,
    menu: Menu,
    /// Its place between the lines of the menu.
    group: u8,
    name: &'static str,
    hint: &'static str,
    keys: &'static [KeyboardShortcut],
    is_enabled: fn(&State) -> bool,
    /// Whether it is switched on, for a switch.
    is_on: Option<fn(&State) -> bool>,
    /// What follows the name at the moment.
    detail: fn(&State) -> Option<&str>,
    /// Whether keys pressed twice within a frame mean twice.
    repeats: bool,
    run: fn(&mut State, Moment),
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
    pub(super) fn run(self, state: &mut State, now: Moment) {
        if self.is_enabled(state) {
            (self.info().run)(state, now);
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
