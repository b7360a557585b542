//! The menu bar.

use egui::{Button, MenuBar, Ui};

use crate::app::action::{Action, Actions};
use crate::app::command::Command;
use crate::app::settings::{ThemeChoice, ZOOMS};
use crate::app::state::State;
use crate::export::WRITERS;

/// The menu bar.
pub fn menu_ui(ui: &mut Ui, state: &State, actions: &mut Actions) {
    MenuBar::new().ui(ui, |ui| {
        ui.menu_button("文件", |ui| file_ui(ui, state, actions));
        ui.menu_button("编辑", |ui| {
            items(ui, state, actions, &[Command::Undo, Command::Redo]);
            ui.separator();
            let words = [Command::Find, Command::Replace, Command::InsertFigure];
            items(ui, state, actions, &words);
            ui.separator();
            items(
                ui,
                state,
                actions,
                &[
                    Command::FillZeros,
                    Command::FillAllZeros,
                    Command::ChoosePrior,
                    Command::TakeProposals,
                ],
            );
            ui.separator();
            let steps = [
                Command::PreviousPart,
                Command::NextPart,
                Command::PreviousFinding,
                Command::NextFinding,
            ];
            items(ui, state, actions, &steps);
        });
        ui.menu_button("查看", |ui| view_ui(ui, state, actions));
        ui.menu_button("帮助", |ui| {
            items(ui, state, actions, &[Command::Shortcuts, Command::About]);
        });
    });
}

fn file_ui(ui: &mut Ui, state: &State, actions: &mut Actions) {
    items(
        ui,
        state,
        actions,
        &[
            Command::New,
            Command::Open,
            Command::Import,
            Command::PasteReport,
        ],
    );
    ui.separator();
    items(ui, state, actions, &[Command::Save, Command::SaveAs]);
    ui.separator();
    let may_export = state.open.is_some() && state.waiting.is_none();
    for writer in WRITERS {
        let text = format!("导出{}…", writer.label);
        if ui.add_enabled(may_export, Button::new(text)).clicked() {
            actions.push(Action::Export(writer));
        }
    }
    ui.separator();
    items(ui, state, actions, &[Command::Home, Command::Quit]);
}

fn view_ui(ui: &mut Ui, state: &State, actions: &mut Actions) {
    let settings = &state.settings;
    ui.menu_button("缩放", |ui| {
        for zoom in ZOOMS {
            let text = format!("{zoom}%");
            if ui.radio(settings.zoom == zoom, text).clicked() {
                actions.push(Action::Zoom(zoom));
                ui.close();
            }
        }
        ui.separator();
        let steps = [Command::ZoomIn, Command::ZoomOut, Command::ZoomReset];
        items(ui, state, actions, &steps);
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
    for (command, mut on) in [
        (Command::ShowPrior, settings.show_prior),
        (Command::ShowFindings, settings.show_findings),
    ] {
        let checkbox = egui::Checkbox::new(&mut on, command.name());
        if ui
            .add_enabled(command.is_enabled(state), checkbox)
            .clicked()
        {
            actions.push(Action::Run(command));
            ui.close();
        }
    }
}

fn items(ui: &mut Ui, state: &State, actions: &mut Actions, commands: &[Command]) {
    for &command in commands {
        let mut button = Button::new(command.text(state));
        if let Some(shortcut) = command.shortcuts().first() {
            button = button.shortcut_text(ui.ctx().format_shortcut(shortcut));
        }
        if ui.add_enabled(command.is_enabled(state), button).clicked() {
            actions.push(Action::Run(command));
        }
    }
}
