//! The menu bar: every command stands in it with its keys.

use egui::{
    Align, Button, Checkbox, Event, FocusDirection, Id, Key, LayerId, Layout, MenuBar, Modifiers,
    Popup, RichText, Role, Stroke, Ui, WidgetInfo,
};

use crate::app::actions::{Action, Actions, Command};
use crate::app::state::State;
use crate::app::state::progress::NextStep;
use crate::app::state::settings::{ThemeChoice, ZOOMS};
use crate::app::update::commands::row::Menu;
use crate::app::views::outline::{has_outline, parts_ui};
use crate::app::widgets::theme::{is_low, palette, sizes};
use crate::export::WRITERS;

/// What the menu bar remembers, so that keys open its menus.
#[derive(Debug, Default)]
pub struct MenuView {
    /// Its buttons from left to right.
    buttons: Vec<Id>,
    /// The menu that is open, and the layer it lies in.
    open: Option<(usize, LayerId)>,
    /// The lines that open a menu of their own.
    branches: Vec<Id>,
    /// Whether Alt was pressed and nothing came after it.
    alt: bool,
}

impl MenuView {
    /// F10 and Alt by itself open the first menu and close what is open; arrows go to the next menu.
    fn keys(&mut self, ui: &Ui) {
        // With Shift it asks for another menu.
        let turns = ui.input_mut(|input| {
            !input.modifiers.shift && input.consume_key(Modifiers::NONE, Key::F10)
        });
        if turns || self.is_alt_alone(ui) {
            match self.open {
                Some(_) => self.close(ui),
                None => self.show(ui, 0),
            }
        } else if let Some((here, layer)) = self.open {
            self.step(ui, here, layer);
        }
    }

    /// Whether Alt was pressed and let go of with nothing between.
    fn is_alt_alone(&mut self, ui: &Ui) -> bool {
        let mut alone = false;
        ui.input(|input| {
            for event in &input.events {
                match event {
                    Event::Key {
                        key: Key::AltLeft | Key::AltRight,
                        pressed,
                        ..
                    } => {
                        alone = self.alt && !pressed;
                        self.alt = *pressed;
                    }
                    Event::Key { .. }
                    | Event::Text(_)
                    | Event::PointerButton { .. }
                    | Event::WindowFocused(_) => self.alt = false,
                    _ => {}
                }
            }
        });
        alone
    }

    fn show(&self, ui: &Ui, number: usize) {
        if let Some(&button) = self.buttons.get(number) {
            Popup::open_id(ui.ctx(), button.with("popup"));
            ui.memory_mut(|memory| memory.request_focus(button));
        }
    }

    fn close(&self, ui: &Ui) {
        Popup::close_all(ui.ctx());
        self.leave(ui);
    }

    /// Gives the keyboard up, so that it goes back to the report.
    fn leave(&self, ui: &Ui) {
        for &button in &self.buttons {
            ui.memory_mut(|memory| memory.surrender_focus(button));
        }
    }

    /// Goes to the menu beside this one, unless an arrow is for a menu within it.
    fn step(&self, ui: &Ui, here: usize, layer: LayerId) {
        let focused = ui.memory(egui::Memory::focused);
        let Some(focused) = focused else { return };
        let in_layer = |id| ui.ctx().read_response(id).map(|response| response.layer_id);
        let is_button = self.buttons.contains(&focused);
        if !is_button && in_layer(focused) != Some(layer) {
            return;
        }
        let pressed = |key| ui.input(|input| input.key_pressed(key));
        let count = self.buttons.len();
        let to = if pressed(Key::ArrowLeft) {
            here + count - 1
        } else if pressed(Key::ArrowRight) && !self.branches.contains(&focused) {
            here + 1
        } else {
            return;
        };
        ui.memory_mut(|memory| memory.move_focus(FocusDirection::None));
        self.show(ui, to % count.max(1));
    }
}

/// The menu bar.
pub fn menu_ui(ui: &mut Ui, state: &State, view: &mut MenuView, actions: &mut Actions) {
    if state.dialog.is_none() {
        view.keys(ui);
    }
    let was_open = view.open.take().is_some();
    view.buttons.clear();
    view.branches.clear();
    if is_low(ui.ctx()) {
        ui.spacing_mut().interact_size.y = sizes().unit * 3.0;
    }
    MenuBar::new().ui(ui, |ui| {
        let bar = ui.min_rect().bottom();
        for (number, menu) in Menu::ALL.into_iter().enumerate() {
            let branches = &mut view.branches;
            let shown = ui.menu_button(menu.name(), |ui| {
                below(ui, bar, |ui| {
                    if menu == Menu::View {
                        branches.extend(choices_ui(ui, state, actions));
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
                            branches.push(exports_ui(ui, state, actions));
                        }
                    }
                    ui.layer_id()
                })
            });
            view.buttons.push(shown.response.id);
            if let Some(layer) = shown.inner {
                view.open = Some((number, layer));
            }
        }
        if let Some(open) = state.open.as_ref().filter(|_| !has_outline(ui.ctx())) {
            let shown = ui.menu_button("目录", |ui| {
                parts_ui(ui, open, actions);
                ui.layer_id()
            });
            let number = view.buttons.len();
            view.buttons.push(shown.response.id);
            view.open = shown.inner.map(|layer| (number, layer)).or(view.open);
        }
        strip_ui(ui, state, actions);
    });
    if was_open && view.open.is_none() {
        view.leave(ui);
    }
}

/// The lines of a menu, which leaves the bar in sight: a menu that covers it would have a line where
/// the pointer just pressed. What a small window has no room for is scrolled to.
fn below<R>(ui: &mut Ui, bar: f32, lines: impl FnOnce(&mut Ui) -> R) -> R {
    let spacing = ui.spacing_mut();
    spacing.item_spacing.y /= 2.0;
    spacing.interact_size.y *= 0.85;
    // With the gap that the popup keeps to the bar.
    let frame = spacing.menu_margin.sum().y + spacing.menu_spacing + 2.0;
    let room = ui.ctx().content_rect().bottom() - bar - frame;
    // A popup offers its contents less than there is.
    let area = egui::ScrollArea::vertical()
        .max_height(room)
        .min_scrolled_height(room);
    area.show(ui, lines).inner
}

/// What is done again and again, and what comes next, at the right end of the bar.
fn strip_ui(ui: &mut Ui, state: &State, actions: &mut Actions) {
    let Some(open) = &state.open else { return };
    let commands: &[Command] = if ui.available_width() < sizes().unit * 42.0 {
        &[Command::Publish, Command::Save]
    } else {
        &[
            Command::Publish,
            Command::Preview,
            Command::Redo,
            Command::Undo,
            Command::Save,
        ]
    };
    let colours = palette(ui);
    ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
        ui.spacing_mut().button_padding.x = sizes().unit * 0.75;
        for &command in commands {
            let name = command.name().trim_end_matches('…');
            let name = name.strip_prefix("排版").unwrap_or(name);
            let button = Button::new(RichText::new(name).small());
            let enabled = command.is_enabled(state);
            let response = ui.add_enabled(enabled, button);
            let keys = command.shortcuts().first();
            let keys = keys.map(|keys| ui.ctx().format_shortcut(keys));
            let named = format!("{name}（{}）", keys.unwrap_or_default());
            response.widget_info(|| WidgetInfo::labeled(Role::Button, enabled, &named));
            let hint = format!("{}，{named}", command.hint());
            if response.on_hover_text(hint).clicked() {
                actions.push(Action::Run(command));
            }
        }
        let next = open.next();
        let ink = match next {
            NextStep::Cells(_) | NextStep::Texts(_) => colours.weak.0,
            NextStep::Errors(_) => colours.error.0,
            NextStep::Queries(_) => colours.query.0,
            NextStep::Publish => colours.good.0,
        };
        let line = Button::new(RichText::new(next.words()).small().color(ink)).frame(false);
        let response = ui.add(line).on_hover_text(Command::NextStep.hint());
        response.widget_info(|| {
            WidgetInfo::labeled(Role::Button, true, format!("下一步：{}", next.words()))
        });
        if response.clicked() {
            actions.push(Action::Run(Command::NextStep));
        }
    });
}

fn exports_ui(ui: &mut Ui, state: &State, actions: &mut Actions) -> Id {
    let may_export = state.open.is_some() && state.waiting.is_none();
    // A menu of every format and every command would be higher than a small screen.
    let menu = ui.menu_button("只导出一种格式", |ui| {
        for writer in WRITERS {
            let text = format!("导出{}…", writer.label);
            if ui.add_enabled(may_export, Button::new(text)).clicked() {
                actions.push(Action::Export(writer));
                ui.close();
            }
        }
    });
    menu.response.id
}

/// The sizes and the themes.
fn choices_ui(ui: &mut Ui, state: &State, actions: &mut Actions) -> [Id; 2] {
    let settings = &state.settings;
    let zoom = ui.menu_button("缩放", |ui| {
        edge_boxes(ui);
        for zoom in ZOOMS {
            let text = format!("{zoom}%");
            if ui.radio(settings.zoom == zoom, text).clicked() {
                actions.push(Action::Zoom(zoom));
                ui.close();
            }
        }
    });
    let theme = ui.menu_button("主题", |ui| {
        edge_boxes(ui);
        for (theme, name) in ThemeChoice::ALL {
            if ui.radio(settings.theme == theme, name).clicked() {
                actions.push(Action::Theme(theme));
                ui.close();
            }
        }
    });
    ui.separator();
    [zoom.response.id, theme.response.id]
}

/// A menu takes its buttons their edges, and would take the box of what is off with them.
fn edge_boxes(ui: &mut Ui) {
    let edge = Stroke::new(1.0, palette(ui).weak.0);
    ui.visuals_mut().widgets.inactive.bg_stroke = edge;
}

fn item_ui(ui: &mut Ui, state: &State, command: Command, actions: &mut Actions) {
    let enabled = command.is_enabled(state);
    let text = command.text(state);
    let response = if let Some(mut on) = command.is_on(state) {
        ui.scope(|ui| {
            edge_boxes(ui);
            ui.add_enabled(enabled, Checkbox::new(&mut on, text))
        })
        .inner
    } else {
        let mut button = Button::new(text);
        if let Some(shortcut) = command.shortcuts().first() {
            button = button.shortcut_text(ui.ctx().format_shortcut(shortcut));
        }
        ui.add_enabled(enabled, button)
    };
    if response.gained_focus() {
        response.scroll_to_me(None);
    }
    let response = response
        .on_hover_text(command.hint())
        .on_disabled_hover_text(command.hint());
    if response.clicked() {
        actions.push(Action::Run(command));
        ui.close();
    }
}
