//! The menu bar: every command stands in it with its keys.

use egui::{Button, Checkbox, MenuBar, Ui};

use crate::app::actions::{Action, Actions, Command};
use crate::app::state::State;
use crate::app::state::settings::{ThemeChoice, ZOOMS};
use crate::app::update::commands::row::Menu;
use crate::export::WRITERS;

/// The menu bar.
pub fn menu_ui(ui: &mut Ui, state: &State, actions: &mut Actions) {
    MenuBar::new().ui(ui, |ui| {
        for menu in Menu::ALL {
            ui.menu_button(menu.name(), |ui| {
                if menu == Menu::View {
                    choices_ui(ui, state, actions);
                }
                for (number, group) in menu.groups().into_iter().enumerate() {
                    if number > 0 {
                        ui.separator();
                    }
                    for &command in &group {
                        item_ui(ui, state, command, actions);
                    }
                    if group.contains(&Command::Publish) {
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
