//! The command palette: everything that can be done, found by its name.

use egui::{Align, Button, Key, Layout, RichText, ScrollArea, TextEdit, Ui};

use crate::app::actions::{Action, Actions, Command};
use crate::app::state::dialog::Seek;
use crate::app::state::settings::{ThemeChoice, ZOOMS};
use crate::app::state::{PartId, State};
use crate::app::views::outline::COVER;
use crate::app::views::palette_rank::rank;
use crate::app::widgets::theme::{palette, sizes};
use crate::export::WRITERS;

/// One thing that can be done.
struct PaletteItem {
    name: String,
    remark: String,
    action: Action,
}

/// The list with its box to type in; Enter takes the chosen line.
pub fn palette_ui(ui: &mut Ui, state: &State, seek: &mut Seek, actions: &mut Actions) {
    let unit = sizes().unit;
    let before = seek.query.clone();
    let response = ui.add(
        TextEdit::singleline(&mut seek.query)
            .hint_text("写命令名称的一部分，或者拼音首字母")
            .desired_width(f32::INFINITY),
    );
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::TextInput, true, "查找命令"));
    response.request_focus();
    if seek.query != before {
        seek.chosen = 0;
    }
    let mut found = found(ui, state, &seek.query);
    let (down, up, enter) = ui.input(|input| {
        let pressed = |key| input.key_pressed(key);
        (
            pressed(Key::ArrowDown),
            pressed(Key::ArrowUp),
            pressed(Key::Enter),
        )
    });
    if down {
        seek.chosen += 1;
    }
    if up {
        seek.chosen = seek.chosen.saturating_sub(1);
    }
    seek.chosen = seek.chosen.min(found.len().saturating_sub(1));
    let moved = down || up;
    let mut taken = enter.then_some(seek.chosen);
    ui.add_space(unit);
    ScrollArea::vertical()
        .max_height(unit * 48.0)
        .auto_shrink([false, true])
        .show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            for (number, entry) in found.iter().enumerate() {
                let chosen = number == seek.chosen;
                let response = line_ui(ui, entry, chosen);
                if chosen && moved {
                    response.scroll_to_me(None);
                }
                if response.clicked() {
                    taken = Some(number);
                }
            }
        });
    if found.is_empty() {
        let nothing = "没有这样的命令，换一个说法";
        ui.label(RichText::new(nothing).color(palette(ui).weak.0));
    }
    if let Some(number) = taken.filter(|&number| number < found.len()) {
        actions.push(Action::CloseDialog);
        actions.push(found.swap_remove(number).action);
    }
}

fn line_ui(ui: &mut Ui, entry: &PaletteItem, chosen: bool) -> egui::Response {
    let colours = palette(ui);
    let width = ui.available_width();
    let height = ui.spacing().interact_size.y;
    let layout = Layout::left_to_right(Align::Center).with_main_justify(true);
    ui.allocate_ui_with_layout(egui::vec2(width, height), layout, |ui| {
        ui.add(
            Button::selectable(chosen, entry.name.as_str())
                .right_text(RichText::new(&entry.remark).color(colours.weak.0)),
        )
    })
    .inner
}

/// What answers the query, the best first.
fn found(ui: &Ui, state: &State, query: &str) -> Vec<PaletteItem> {
    let mut ranked: Vec<_> = entries(ui, state)
        .into_iter()
        .filter_map(|entry| Some((rank(&entry.name, query)?, entry)))
        .collect();
    ranked.sort_by_key(|&(rank, _)| rank);
    ranked.into_iter().map(|(_, entry)| entry).collect()
}

fn entries(ui: &Ui, state: &State) -> Vec<PaletteItem> {
    let mut entries = Vec::new();
    let mut add = |name: String, remark: String, action| {
        entries.push(PaletteItem {
            name,
            remark,
            action,
        });
    };
    for &command in Command::ALL {
        if command != Command::Palette && command.is_enabled(state) {
            let shortcuts = command.shortcuts();
            let keys = shortcuts.first().map(|keys| ui.ctx().format_shortcut(keys));
            add(
                command.text(state),
                keys.unwrap_or_default(),
                Action::Run(command),
            );
        }
    }
    if let Some(open) = &state.open {
        if state.waiting.is_none() {
            for writer in WRITERS {
                add(
                    format!("导出{}…", writer.label),
                    format!(".{}", writer.extension),
                    Action::Export(writer),
                );
            }
        }
        let sections = open.draft.report().edition().sections.iter();
        let labels = sections.map(|section| section.label.as_str());
        let places = labels
            .enumerate()
            .map(|(number, label)| (PartId::Section(number), label));
        for (place, label) in std::iter::once((PartId::Cover, COVER)).chain(places) {
            add(format!("转到{label}"), String::new(), Action::GoTo(place));
        }
    }
    for recent in &state.settings.recent {
        add(
            format!("打开{}{}年", recent.issuer, recent.year),
            recent.when.clone(),
            Action::OpenPath(recent.path.clone()),
        );
    }
    for (theme, name) in ThemeChoice::ALL {
        add(format!("主题：{name}"), String::new(), Action::Theme(theme));
    }
    for zoom in ZOOMS {
        add(format!("缩放{zoom}%"), String::new(), Action::Zoom(zoom));
    }
    entries
}
