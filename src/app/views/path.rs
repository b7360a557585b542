//! The dialog that takes a path where the system has no file dialog.

use std::path::{Path, PathBuf};

use egui::{RichText, ScrollArea, TextEdit, Ui};

use crate::app::actions::{Action, Actions};
use crate::app::state::State;
use crate::app::state::dialog::PendingFileDialog;
use crate::app::state::listing::DirListing;
use crate::app::system::shell::{FileAnswer, FileQuestion};
use crate::app::widgets::dialog::{buttons_ui, main_button, title_ui};
use crate::app::widgets::theme::{palette, sizes};
use crate::disk;

/// The dialog; `fresh` in the frame in which it appears.
pub fn path_ui(
    ui: &mut Ui,
    state: &State,
    waiting: &PendingFileDialog,
    text: &mut String,
    listing: &mut DirListing,
    fresh: bool,
    actions: &mut Actions,
) {
    let question = &waiting.question;
    title_ui(ui, &question.title);
    let wants_folder = waiting.purpose.wants_folder();
    let what = if wants_folder { "文件夹" } else { "文件" };
    ui.label(format!("系统没有文件对话框，在这里写出{what}的完整路径"));
    let label = ui.label("路径");
    let edit = ui
        .add(TextEdit::singleline(text).desired_width(f32::INFINITY))
        .labelled_by(label.id);
    if fresh {
        edit.request_focus();
    }
    let entered = edit.lost_focus() && ui.input(|input| input.key_pressed(egui::Key::Enter));
    folders_ui(ui, state, question, text);
    listing_ui(ui, question, text, listing);
    let weak = |text: &str| RichText::new(text).small().color(palette(ui).weak.0);
    if question.save_as.is_none() {
        ui.label(weak("也可以关掉这里，把文件拖到窗口里"));
    } else if listing.replaces(text) {
        ui.label(weak("已经有同名的文件，确定后由新的代替"));
    }
    let path = PathBuf::from(text.trim());
    let usable = !text.trim().is_empty() && (wants_folder || !is_folder(&path));
    buttons_ui(ui, |ui| {
        if main_button(ui, "确定", usable) || entered && usable {
            let answer = FileAnswer::Chosen(path);
            actions.push(Action::Answer(waiting.clone(), answer));
        }
        if ui.button("取消").clicked() {
            actions.push(Action::CloseDialog);
            actions.push(Action::Answer(waiting.clone(), FileAnswer::Cancelled));
        }
    });
}

/// Whether a path leads to a folder; a disk that does not answer holds up no frame.
fn is_folder(path: &Path) -> bool {
    disk::soon(path, Path::is_dir) == Some(true)
}

/// The path in this folder that keeps the name written so far, or the proposed one.
fn in_folder(folder: &Path, question: &FileQuestion, text: &str) -> String {
    let written = Path::new(text.trim()).file_name();
    let written = written.map(|name| name.to_string_lossy().into_owned());
    let name = match &question.save_as {
        Some(proposed) => written.unwrap_or_else(|| proposed.clone()),
        None => String::new(),
    };
    folder.join(name).display().to_string()
}

fn folders_ui(ui: &mut Ui, state: &State, question: &FileQuestion, text: &mut String) {
    let folders = state.settings.recent_folders();
    if folders.is_empty() {
        return;
    }
    ui.label(
        RichText::new("最近的文件夹")
            .small()
            .color(palette(ui).weak.0),
    );
    for folder in folders.into_iter().take(4) {
        let name = egui::Button::new(folder.display().to_string()).truncate();
        if ui.add(name).clicked() {
            *text = in_folder(folder, question, text);
        }
    }
}

/// What stands in the folder that is being written.
fn listing_ui(ui: &mut Ui, question: &FileQuestion, text: &mut String, listing: &mut DirListing) {
    let written = PathBuf::from(text.trim());
    let folder = if is_folder(&written) {
        Some(written.as_path())
    } else {
        written.parent()
    };
    listing.read(folder.unwrap_or(Path::new("")), &question.extensions);
    if listing.entries.is_empty() {
        return;
    }
    ScrollArea::vertical()
        .max_height(sizes().unit * 20.0)
        .auto_shrink([false, true])
        .show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            for (path, is_folder) in &listing.entries {
                let name = path.file_name().unwrap_or_default().to_string_lossy();
                let mark = if *is_folder { "/" } else { "" };
                let line = egui::Button::new(format!("{name}{mark}")).frame(false);
                if ui.add(line).clicked() {
                    *text = if *is_folder {
                        in_folder(path, question, text)
                    } else {
                        path.display().to_string()
                    };
                }
            }
        });
}
