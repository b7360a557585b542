//! The sheet of shortcuts: the commands by their menus, then the keys of the table.

use egui::{Grid, KeyboardShortcut, RichText, ScrollArea, Ui};

use crate::app::actions::Command;
use crate::app::update::commands::row::Menu;
use crate::app::widgets::theme::{palette, sizes};

/// Keys that are no command's.
const TABLE: &[(&str, &str)] = &[
    ("移动", "方向键，Tab，Enter"),
    ("Tab填几格以后回到下一行", "Enter"),
    ("在选区里转圈", "Tab，Enter"),
    ("到行首、行尾", "Home，End"),
    ("上一页、下一页", "PageUp，PageDown"),
    ("选一片", "Shift+方向键，Ctrl+A"),
    ("选整行、整列", "Shift+空格，Ctrl+空格"),
    ("改一格", "F2，双击，直接输入"),
    ("放弃修改", "Esc"),
    ("清空", "Delete"),
    ("用一个数填满所选", "输入后Ctrl+Enter"),
    ("向下、向右填充", "Ctrl+D，Ctrl+R"),
    ("所选的空格填0", "F4"),
    ("说明这一格", "F1"),
    ("这一格的菜单", "菜单键，Shift+F10"),
    ("菜单栏", "F10，Alt"),
    ("到审核结果、目录", "Ctrl+Tab"),
];

/// How wide the sheet is, in units, where the window has room for it.
pub const WIDTH: f32 = 124.0;

/// The sheet, in three columns; in a small window in two.
pub fn shortcuts_ui(ui: &mut Ui) {
    let unit = sizes().unit;
    // On a small screen the sheet scrolls; its button stays in sight.
    let room = ui.ctx().content_rect().height() - unit * 24.0;
    ScrollArea::vertical()
        .max_height(room)
        .auto_shrink([false, true])
        .show(ui, |ui| {
            if ui.available_width() >= unit * 108.0 {
                ui.columns_const(|[left, middle, right]| {
                    menus_ui(left, &[Menu::File, Menu::View]);
                    menus_ui(middle, &[Menu::Edit, Menu::Check, Menu::Help]);
                    group_ui(right, "表格", TABLE.iter().copied());
                });
            } else {
                ui.columns_const(|[left, right]| {
                    menus_ui(left, &[Menu::File, Menu::Edit]);
                    menus_ui(right, &[Menu::View, Menu::Check, Menu::Help]);
                    group_ui(right, "表格", TABLE.iter().copied());
                });
            }
        });
}

/// The shortcuts of some menus, below each other.
fn menus_ui(ui: &mut Ui, menus: &[Menu]) {
    for menu in menus {
        let lines: Vec<_> = menu
            .groups()
            .concat()
            .into_iter()
            .filter_map(|command| Some((command.name().trim_end_matches('…'), keys(ui, command)?)))
            .collect();
        let shown = lines.iter().map(|(name, keys)| (*name, keys.as_str()));
        group_ui(ui, menu.name(), shown);
        ui.add_space(sizes().unit);
    }
}

fn keys(ui: &Ui, command: Command) -> Option<String> {
    let shortcuts = command.shortcuts();
    let keys: Vec<_> = shortcuts
        .iter()
        .map(|&shortcut| shown(ui, shortcut))
        .collect();
    (!keys.is_empty()).then(|| keys.join("，"))
}

/// The keys as they are printed on the keyboard.
fn shown(ui: &Ui, shortcut: KeyboardShortcut) -> String {
    let names = [("Plus", "加号"), ("Minus", "减号"), ("Equals", "等号")];
    let text = ui.ctx().format_shortcut(&shortcut);
    names
        .iter()
        .fold(text, |text, (name, sign)| text.replace(name, sign))
}

fn group_ui<'a>(ui: &mut Ui, name: &str, lines: impl Iterator<Item = (&'a str, &'a str)>) {
    let unit = sizes().unit;
    ui.label(RichText::new(name).strong());
    Grid::new(("shortcuts", name))
        .num_columns(2)
        .spacing([unit * 2.0, 0.0])
        .min_row_height(unit * 3.0)
        .show(ui, |ui| {
            for (name, keys) in lines {
                ui.label(name);
                ui.label(RichText::new(keys).color(palette(ui).weak.0));
                ui.end_row();
            }
        });
}
