//! The menu bar: every command stands in it with its keys.

use egui::{Button, Checkbox, MenuBar, Ui};

use crate::app::action::{Action, Actions};
use crate::app::command::Command;
use crate::app::settings::{ThemeChoice, ZOOMS};
use crate::app::state::State;
use crate::export::WRITERS;

/// The menus and their commands, those between two lines together.
pub const MENUS: &[(&str, &[&[Command]])] = &[
    (
        FILE,
        &[
            &[
                Command::New,
                Command::Open,
                Command::Import,
                Command::PasteReport,
                Command::NewWindow,
            ],
            &[Command::Save, Command::SaveAs],
            &[Command::Publish, Command::CopyHtml],
            &[Command::Print],
            &[Command::History, Command::Recover],
            &[Command::Home, Command::Quit],
        ],
    ),
    (
        "编辑",
        &[
            &[Command::Undo, Command::Redo],
            &[Command::Find, Command::Replace, Command::InsertFigure],
            &[
                Command::FillZeros,
                Command::FillAllZeros,
                Command::ChoosePrior,
                Command::TakeProposals,
            ],
            &[Command::PreviousPart, Command::NextPart],
        ],
    ),
    (
        VIEW,
        &[
            &[Command::ZoomIn, Command::ZoomOut, Command::ZoomReset],
            &[Command::Contrast],
            &[Command::Preview, Command::ShowPrior, Command::ShowFindings],
        ],
    ),
    (
        "审核",
        &[
            &[Command::PreviousFinding, Command::NextFinding],
            &[Command::Sheet, Command::RuleSettings],
        ],
    ),
    (
        "审核",
        &[
            &[Command::PreviousFinding, Command::NextFinding],
            &[Command::Sheet, Command::RuleSettings],
        ],
    ),
    (
        "帮助",
        &[
            &[Command::Manual, Command::Palette, Command::Shortcuts],
            &[Command::About],
        ],
    ),
];

const FILE: &str = "文件";
const VIEW: &str = "查看";

/// The menu bar.
pub fn menu_ui(ui: &mut Ui, state: &State, actions: &mut Actions) {
    MenuBar::new().ui(ui, |ui| {
        for &(name, groups) in MENUS {
            ui.menu_button(name, |ui| {
                if name == VIEW {
                    choices_ui(ui, state, actions);
                }
                for (number, group) in groups.iter().enumerate() {
                    if number > 0 {
                        ui.separator();
                    }
                    for &command in *group {
                        item_ui(ui, state, command, actions);
                    }
                    if name == FILE && group.contains(&Command::Publish) {
                        ui.separator();
                        exports_ui(ui, state, actions);
                    }
                }
            });
        }
    });
}

fn exports_ui(ui: &mut Ui, state: &State, actions: &mut Actions) {
    let may_export = state.open.is_some() && state.waiting.is_none();
    // A menu of every format and every command would be higher than a small screen.
    ui.menu_button("只导出一种格式", |ui| {
        for writer in WRITERS {
            let text = format!("导出{}…", writer.label);
            if ui.add_enabled(may_export, Button::new(text)).clicked() {
                actions.push(Action::Export(writer));
                ui.close();
            }
        }
    });
}

/// The sizes and the themes.
fn choices_ui(ui: &mut Ui, state: &State, actions: &mut Actions) {
    let settings = &state.settings;
    ui.menu_button("缩放", |ui| {
        for zoom in ZOOMS {
            let text = format!("{zoom}%");
            if ui.radio(settings.zoom == zoom, text).clicked() {
                actions.push(Action::Zoom(zoom));
                ui.close();
            }
        }
    });
    ui.menu_button("主题", |ui| {
        for (theme, name) in ThemeChoice::ALL {
            if ui.radio(settings.theme == theme, name).clicked() {
                actions.push(Action::Theme(theme));
                ui.close();
            }
        }
    });
    ui.separator();
}

fn item_ui(ui: &mut Ui, state: &State, command: Command, actions: &mut Actions) {
    let enabled = command.is_enabled(state);
    let text = command.text(state);
    let response = if let Some(mut on) = command.is_on(state) {
        ui.add_enabled(enabled, Checkbox::new(&mut on, text))
    } else {
        let mut button = Button::new(text);
        if let Some(shortcut) = command.shortcuts().first() {
            button = button.shortcut_text(ui.ctx().format_shortcut(shortcut));
        }
        ui.add_enabled(enabled, button)
    };
    let response = response
        .on_hover_text(command.hint())
        .on_disabled_hover_text(command.hint());
    if response.clicked() {
        actions.push(Action::Run(command));
        ui.close();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_command_stands_in_one_menu() {
        for &command in Command::ALL {
            let groups = MENUS.iter().flat_map(|(_, groups)| groups.iter());
            let places = groups.filter(|group| group.contains(&command)).count();
            assert_eq!(places, 1, "{command:?}");
        }
    }
}
