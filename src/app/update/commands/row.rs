//! What there is to know of a command.

use egui::KeyboardShortcut;

use crate::app::actions::Command;
use crate::app::effects::Effect;
use crate::app::state::State;
use crate::app::system::shell::Moment;

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

/// What there is to know of a command.
pub(in crate::app) struct CommandInfo {
    pub(super) command: Command,
    pub(super) menu: Menu,
    /// Its place between the lines of the menu.
    pub(super) group: u8,
    pub(super) name: &'static str,
    pub(super) hint: &'static str,
    pub(super) keys: &'static [KeyboardShortcut],
    pub(super) is_enabled: fn(&State) -> bool,
    /// Whether it is switched on, for a switch.
    pub(super) is_on: Option<fn(&State) -> bool>,
    /// What follows the name at the moment.
    pub(super) detail: fn(&State) -> Option<&str>,
    /// Whether keys pressed twice within a frame mean twice.
    pub(super) repeats: bool,
    pub(super) run: fn(&mut State, Moment) -> Effect,
}
