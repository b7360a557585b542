//! The commands that carry no data: what menus call them, their keys, when they can be run.

use egui::{Key, KeyboardShortcut, Modifiers};

use super::state::{OpenDraft, State};
use crate::form::Block;

/// A menu item without data (命令).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Command {
    /// Asks what the new report is.
    New,
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
    /// Chooses last year's report.
    ChoosePrior,
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
    /// Lists the shortcuts.
    Shortcuts,
    /// Says what this program is.
    About,
}

const COMMAND: Modifiers = Modifiers::COMMAND;
const COMMAND_SHIFT: Modifiers = Modifiers::COMMAND.plus(Modifiers::SHIFT);

impl Command {
    /// All of them, those with more modifiers before those with fewer.
    pub const ALL: [Self; 28] = [
        Self::SaveAs,
        Self::Redo,
        Self::PasteReport,
        Self::PreviousPart,
        Self::PreviousFinding,
        Self::FillAllZeros,
        Self::New,
        Self::Open,
        Self::Import,
        Self::Save,
        Self::ChoosePrior,
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
        Self::Shortcuts,
        Self::About,
    ];

    /// What menus call it while nothing is known of the draft.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::New => "新建报告…",
            Self::Open => "打开…",
            Self::Import => "导入已发布的报告…",
            Self::PasteReport => "粘贴整份报告",
            Self::Save => "保存",
            Self::SaveAs => "另存为…",
            Self::ChoosePrior => "选择上年度报告…",
            Self::Home => "返回开始页",
            Self::Quit => "退出",
            Self::Undo => "撤销",
            Self::Redo => "重做",
            Self::Find => "查找…",
            Self::Replace => "替换…",
            Self::InsertFigure => "插入表中数字…",
            Self::FillZeros => "其余填0",
            Self::FillAllZeros => "全部表格其余填0",
            Self::TakeProposals => "采用上年推得的数",
            Self::NextPart => "下一部分",
            Self::PreviousPart => "上一部分",
            Self::NextFinding => "下一条审核结果",
            Self::PreviousFinding => "上一条审核结果",
            Self::ZoomIn => "放大",
            Self::ZoomOut => "缩小",
            Self::ZoomReset => "实际大小",
            Self::ShowPrior => "显示上年数",
            Self::ShowFindings => "显示审核结果",
            Self::Shortcuts => "快捷键",
            Self::About => "关于",
        }
    }

    /// What menus call it now.
    #[must_use]
    pub fn text(self, state: &State) -> String {
        let draft = state.open.as_ref().map(|open| &open.draft);
        let step = match self {
            Self::Undo => draft.and_then(|draft| draft.undo_step()),
            Self::Redo => draft.and_then(|draft| draft.redo_step()),
            _ => None,
        };
        step.map_or_else(
            || self.name().to_owned(),
            |step| format!("{} {}", self.name(), step.name),
        )
    }

    /// Its keys, the one to show first.
    #[must_use]
    pub fn shortcuts(self) -> Vec<KeyboardShortcut> {
        let keys: &[(Modifiers, Key)] = match self {
            Self::New => &[(COMMAND, Key::N)],
            Self::Open => &[(COMMAND, Key::O)],
            Self::PasteReport => &[(COMMAND_SHIFT, Key::V)],
            Self::Save => &[(COMMAND, Key::S)],
            Self::SaveAs => &[(COMMAND_SHIFT, Key::S)],
            Self::Quit => &[(COMMAND, Key::Q)],
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
            Self::Shortcuts => &[(Modifiers::NONE, Key::F1)],
            Self::Import
            | Self::ChoosePrior
            | Self::Home
            | Self::TakeProposals
            | Self::ShowPrior
            | Self::About => &[],
        };
        keys.iter()
            .map(|&(modifiers, key)| KeyboardShortcut::new(modifiers, key))
            .collect()
    }

    /// Whether it can be run now.
    #[must_use]
    pub fn is_enabled(self, state: &State) -> bool {
        let open = state.open.as_ref();
        let asks = state.waiting.is_none();
        match self {
            Self::New
            | Self::Quit
            | Self::ZoomIn
            | Self::ZoomOut
            | Self::ZoomReset
            | Self::Shortcuts
            | Self::About => true,
            Self::Open | Self::Import | Self::PasteReport => asks,
            Self::Save | Self::SaveAs | Self::ChoosePrior => open.is_some() && asks,
            Self::Home
            | Self::Find
            | Self::Replace
            | Self::NextPart
            | Self::PreviousPart
            | Self::ShowFindings => open.is_some(),
            Self::ShowPrior => open.is_some_and(|open| open.draft.prior().is_some()),
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
        for command in Command::ALL {
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
