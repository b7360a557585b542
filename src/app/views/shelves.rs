//! The histories of other drafts: what is kept, and how to let go of it.

use std::path::Path;

use egui::{CollapsingHeader, Grid, ScrollArea, Ui};

use crate::app::actions::{Action, Actions, RecoveryAction};
use crate::app::system::shell::Moment;
use crate::app::widgets::theme::sizes;
use crate::keep::history::Shelf;
use crate::keep::time_of;

/// The list; nothing where no other draft has a history.
pub fn shelves_ui(ui: &mut Ui, shelves: &[Shelf], sure_of: Option<&Path>, actions: &mut Actions) {
    if shelves.is_empty() {
        return;
    }
    let bytes: u64 = shelves.iter().map(|shelf| shelf.bytes).sum();
    let title = format!(
        "其他草稿的历史版本：{}份，{}KB，草稿删掉以后也还在",
        shelves.len(),
        bytes.div_ceil(1024)
    );
    CollapsingHeader::new(title)
        .id_salt("shelves")
        .show(ui, |ui| {
            ScrollArea::vertical()
                .id_salt("shelves")
                .max_height(sizes().unit * 16.0)
                .show(ui, |ui| {
                    Grid::new("shelves")
                        .num_columns(4)
                        .striped(true)
                        .show(ui, |ui| {
                            for shelf in shelves {
                                shelf_ui(ui, shelf, sure_of, actions);
                            }
                        });
                });
        });
}

fn shelf_ui(ui: &mut Ui, shelf: &Shelf, sure_of: Option<&Path>, actions: &mut Actions) {
    ui.label(&shelf.name);
    ui.label(format!(
        "{}个，{}KB",
        shelf.count,
        shelf.bytes.div_ceil(1024)
    ));
    ui.label(format!("最近{}", Moment::of(time_of(shelf.saved))));
    let is_sure = sure_of == Some(shelf.folder.as_path());
    let text = if is_sure {
        "确定清空，不能撤销"
    } else {
        "清空"
    };
    let button = ui.button(text);
    let name = format!("{text}：{}", shelf.name);
    button.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, &name));
    if button.clicked() {
        let clear = RecoveryAction::ClearOther(shelf.folder.clone());
        actions.push(Action::Rescue(clear));
    }
    ui.end_row();
}
