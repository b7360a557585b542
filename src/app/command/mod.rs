//! The commands that carry no data: their keys, and when they can be run.

mod words;

use egui::{Key, KeyboardShortcut, Modifiers};

use super::state::{OpenDraft, State};
use crate::form::Block;

/// A menu item without data (命令).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Command {
    /// Asks what the new report is.
    New,
    /// Opens another window.
    NewWindow,
    /// Opens a draft.
    Open,
    /// Reads a published report.
    Import,
    /// Reads a report from the clipboard.
    PasteReport,
    /// Saves the draft.
    Save,
    /// Saves the draft under another name.
    SaveAs,
    /// Writes the formats for publishing.
    Publish,
    /// Copies the report for the editor of a website.
    CopyHtml,
    /// Chooses last year's report.
    ChoosePrior,
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
    /// Takes what last year's report proposes for the table that is shown.
    TakeProposals,
    /// The part after this one.
    NextPart,
    /// The part before this one.
    PreviousPart,
    /// The finding after the chosen one.
    NextFinding,
    /// The finding before the chosen one.
    PreviousFinding,
    /// Shows everything larger.
    ZoomIn,
    /// Shows everything smaller.
    ZoomOut,
    /// Shows everything in its usual size.
    ZoomReset,
    /// Shows or hides last year's figures.
    ShowPrior,
    /// Shows or hides the findings.
    ShowFindings,
    /// Writes the self-check sheet.
    Sheet,
    /// Changes the settings of the rules.
    RuleSettings,
    /// Shows everything with the strongest contrast.
    Contrast,
    /// Finds a command by its name.
    Palette,
    /// Shows or hides the pages as they will be printed.
    Preview,
    /// Prints the report by the system's viewer.
    Print,
    /// Shows the manual.
    Manual,
    /// Lists the shortcuts.
    Shortcuts,
    /// Says what this program is.
    About,
}

const COMMAND: Modifiers = Modifiers::COMMAND;
const COMMAND_SHIFT: Modifiers = Modifiers::COMMAND.plus(Modifiers::SHIFT);

impl Command {
    /// All of them, those with more modifiers before those with fewer.
    pub const ALL: &[Self] = &[
        Self::SaveAs,
        Self::NewWindow,
        Self::Redo,
        Self::PasteReport,
        Self::PreviousPart,
        Self::PreviousFinding,
        Self::FillAllZeros,
        Self::New,
        Self::Open,
        Self::Import,
        Self::Save,
        Self::Publish,
        Self::CopyHtml,
        Self::ChoosePrior,
        Self::History,
        Self::Recover,
        Self::Home,
        Self::Quit,
        Self::Undo,
        Self::Find,
        Self::Replace,
        Self::InsertFigure,
        Self::FillZeros,
        Self::TakeProposals,
        Self::NextPart,
        Self::NextFinding,
        Self::ZoomIn,
        Self::ZoomOut,
        Self::ZoomReset,
        Self::ShowPrior,
        Self::ShowFindings,
        Self::Sheet,
        Self::RuleSettings,
        Self::Contrast,
        Self::Palette,
        Self::Manual,
        Self::Preview,
        Self::Print,
        Self::Shortcuts,
        Self::About,
    ];

    /// Its keys, the one to show first.
    #[must_use]
    pub fn shortcuts(self) -> Vec<KeyboardShortcut> {
        let keys: &[(Modifiers, Key)] = match self {
            Self::New => &[(COMMAND, Key::N)],
            Self::NewWindow => &[(COMMAND_SHIFT, Key::N)],
            Self::Open => &[(COMMAND, Key::O)],
            Self::PasteReport => &[(COMMAND_SHIFT, Key::V)],
            Self::Save => &[(COMMAND, Key::S)],
            Self::SaveAs => &[(COMMAND_SHIFT, Key::S)],
            Self::Quit => &[(COMMAND, Key::Q)],
            Self::Publish => &[(COMMAND, Key::E)],
            Self::Undo => &[(COMMAND, Key::Z)],
            Self::Redo => &[(COMMAND, Key::Y), (COMMAND_SHIFT, Key::Z)],
            Self::NextPart => &[(Modifiers::NONE, Key::F6), (COMMAND, Key::PageDown)],
            Self::PreviousPart => &[(Modifiers::SHIFT, Key::F6), (COMMAND, Key::PageUp)],
            Self::FillZeros => &[(Modifiers::NONE, Key::F4)],
            Self::FillAllZeros => &[(Modifiers::SHIFT, Key::F4)],
            Self::ShowFindings => &[(Modifiers::NONE, Key::F7)],
            Self::Find => &[(COMMAND, Key::F)],
            Self::Replace => &[(COMMAND, Key::H)],
            Self::InsertFigure => &[(COMMAND, Key::T)],
            Self::NextFinding => &[(Modifiers::NONE, Key::F8)],
            Self::PreviousFinding => &[(Modifiers::SHIFT, Key::F8)],
            Self::ZoomIn => &[(COMMAND, Key::Plus), (COMMAND, Key::Equals)],
            Self::ZoomOut => &[(COMMAND, Key::Minus)],
            Self::ZoomReset => &[(COMMAND, Key::Num0)],
            Self::Palette => &[(COMMAND, Key::K)],
            Self::Preview => &[(Modifiers::NONE, Key::F5)],
            Self::Print => &[(COMMAND, Key::P)],
            Self::Shortcuts => &[(Modifiers::NONE, Key::F1)],
            Self::Import
            | Self::CopyHtml
            | Self::ChoosePrior
            | Self::History
            | Self::Recover
            | Self::Home
            | Self::TakeProposals
            | Self::ShowPrior
            | Self::Sheet
            | Self::RuleSettings
            | Self::Contrast
            | Self::Manual
            | Self::About => &[],
        };
        keys.iter()
            .map(|&(modifiers, key)| KeyboardShortcut::new(modifiers, key))
            .collect()
    }

    /// Whether it is switched on, for a command that is a switch.
    #[must_use]
    pub fn is_on(self, state: &State) -> Option<bool> {
        let settings = &state.settings;
        match self {
            Self::Preview => Some(state.pages.are_shown()),
            Self::ShowPrior => Some(settings.show_prior),
            Self::ShowFindings => Some(settings.show_findings),
            Self::Contrast => Some(settings.contrast),
            _ => None,
        }
    }

    /// Whether it can be run now.
    #[must_use]
    pub fn is_enabled(self, state: &State) -> bool {
        let open = state.open.as_ref();
        let asks = state.waiting.is_none();
        match self {
            Self::New
            | Self::NewWindow
            | Self::Quit
            | Self::ZoomIn
            | Self::ZoomOut
            | Self::ZoomReset
            | Self::Contrast
            | Self::Palette
            | Self::Manual
            | Self::RuleSettings
            | Self::Shortcuts
            | Self::About => true,
            Self::Open | Self::Import | Self::PasteReport => asks,
            Self::Save | Self::SaveAs | Self::Publish | Self::ChoosePrior => open.is_some() && asks,
            Self::Home
            | Self::Sheet
            | Self::CopyHtml
            | Self::Find
            | Self::Replace
            | Self::NextPart
            | Self::PreviousPart
            | Self::ShowFindings
            | Self::Preview
            | Self::Print => open.is_some(),
            Self::ShowPrior => open.is_some_and(|open| open.draft.prior().is_some()),
            Self::History => state.keeper.is_some() && open.is_some_and(|open| open.path.is_some()),
            Self::Recover => state.keeper.is_some() && asks,
            Self::Undo => open.is_some_and(|open| open.draft.undo_step().is_some()),
            Self::Redo => open.is_some_and(|open| open.draft.redo_step().is_some()),
            Self::NextFinding | Self::PreviousFinding => {
                open.is_some_and(|open| !open.findings.list.is_empty())
            }
            Self::InsertFigure => open.is_some_and(shows_text),
            Self::FillZeros => open.is_some_and(shows_blank_cells),
            Self::FillAllZeros => {
                open.is_some_and(|open| open.draft.report().open_cells().next().is_some())
            }
            Self::TakeProposals => open.is_some_and(|open| !open.proposals().is_empty()),
        }
    }
}

fn shows_text(open: &OpenDraft) -> bool {
    open.section()
        .is_some_and(|section| matches!(section.body, Block::Passage { .. }))
}

fn shows_blank_cells(open: &OpenDraft) -> bool {
    let is_table = open
        .section()
        .is_some_and(|section| matches!(section.body, Block::Table(_)));
    is_table && open.progress(open.place).blank > 0
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
    fn shortcuts_with_shift_are_tried_first() {
        let with_shift = |command: &Command| {
            let shortcuts = command.shortcuts();
            shortcuts
                .first()
                .is_some_and(|shortcut| shortcut.modifiers.shift)
        };
        let first_plain = Command::ALL
            .iter()
            .position(|command| !command.shortcuts().is_empty() && command.name() == "新建报告…")
            .unwrap();
        let last_shift = Command::ALL.iter().rposition(with_shift).unwrap();
        assert!(last_shift < first_plain);
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
