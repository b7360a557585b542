//! The menu of the right mouse button in every text box, and what such menus are made of.
//!
//! It knows text boxes and the clipboard; it knows no draft and no action.

use egui::text::{CCursor, CCursorRange};
use egui::text_edit::TextEditState;
use egui::{
    Button, Context, Id, Key, Modifiers, PointerButton, Popup, Pos2, Response, SetOpenCommand, Ui,
    ViewportCommand,
};

/// What can be asked of a text box.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Choice {
    /// To take away what is selected.
    Cut,
    /// To copy it.
    Copy,
    /// To put in what was copied.
    Paste,
    /// To select everything.
    SelectAll,
}

/// The menu of the right mouse button in a text box, wherever it stands in the window.
///
/// A box drops its selection at any press of the mouse, and when it loses the keyboard to the menu.
/// A press of the right button on what is selected keeps it here, for it is what the menu is about.
#[derive(Default)]
pub struct TextMenu {
    /// The box that the button was last pressed in.
    field: Option<Id>,
    /// What was selected in it by then.
    selected: Option<CCursorRange>,
    /// Whether the press was on what was selected.
    keeps: bool,
    /// What was chosen in the last frame: the click that chose it takes the keyboard from the box.
    chosen: Option<Choice>,
    /// What had the keyboard before a menu took it, and what was selected in it.
    last: Option<(Id, Option<CCursorRange>)>,
    /// Where the menu opens that a key asked for.
    at: Option<Pos2>,
}

impl TextMenu {
    /// Has the box do what was chosen, and notes what is selected before a press changes it; once a
    /// frame, before the text boxes. `follows` says whether what has the keyboard is part of the report.
    pub fn before(&mut self, ui: &Ui, follows: bool) {
        if let (Some(choice), Some(id)) = (self.chosen.take(), self.field) {
            select(ui.ctx(), id, self.selected);
            obey(ui.ctx(), id, choice);
        }
        if is_pressed(ui) {
            self.field = ui.memory(egui::Memory::focused);
            self.selected = self.field.and_then(|id| range(ui.ctx(), id));
            self.at = None;
        }
        let is_pressed = ui.input(|input| input.pointer.any_pressed());
        let focused = ui.memory(egui::Memory::focused);
        if let (Some(id), true) = (focused, follows && !is_pressed)
            && !Popup::is_any_open(ui.ctx())
        {
            self.last = Some((id, range(ui.ctx(), id)));
        }
    }

    /// Asks what had the keyboard before the menu bar took it, as a line of its menu does.
    pub fn ask(&mut self, ctx: &Context, choice: Choice) {
        if let Some((id, selected)) = self.last {
            (self.field, self.selected) = (Some(id), selected);
            self.chosen = Some(choice);
            ctx.request_repaint();
        }
    }

    /// Opens the menu of the text box that has the keyboard, when a key asks for it.
    fn open_by_key(&mut self, ui: &Ui) -> bool {
        let asks = ui.input_mut(|input| {
            input.consume_key(Modifiers::NONE, Key::Menu)
                || input.consume_key(Modifiers::SHIFT, Key::F10)
        });
        let focused = ui.memory(egui::Memory::focused).filter(|_| asks);
        let Some((id, range)) = focused.and_then(|id| Some((id, range(ui.ctx(), id)?))) else {
            return false;
        };
        (self.field, self.selected) = (Some(id), Some(range));
        let caret = ui.output(|output| output.ime.as_ref().map(|ime| ime.cursor_rect));
        self.at = caret.map(|caret| caret.left_bottom());
        self.at.is_some()
    }

    /// Shows the menu while it is open; once a frame, behind the text boxes.
    pub fn ui(&mut self, ui: &Ui) {
        let ctx = ui.ctx();
        if is_pressed(ui) {
            self.follow(ctx);
        }
        let by_key = self.open_by_key(ui);
        let Some(id) = self.field else { return };
        let moves = ui.input(|input| {
            input.pointer.button_down(PointerButton::Secondary)
                || input.pointer.button_released(PointerButton::Secondary)
        });
        if self.keeps && moves {
            select(ctx, id, self.selected);
        }
        let Some(response) = ctx.read_response(id) else {
            return;
        };
        let mut popup = Popup::context_menu(&response);
        if by_key {
            popup = popup.open_memory(Some(SetOpenCommand::Bool(true)));
        }
        if let Some(at) = self.at {
            popup = popup.at_position(at);
        }
        popup.show(|ui| self.chosen = choices_ui(ui, self.selected, by_key));
        if self.chosen.is_some() {
            ctx.request_repaint();
        }
    }

    /// Notes the box of a press, which has the keyboard by now, and what the press is on.
    fn follow(&mut self, ctx: &Context) {
        let pressed = ctx.memory(egui::Memory::focused);
        let caret = pressed.and_then(|id| range(ctx, id));
        let holds = |caret| self.selected.filter(|&selected| selects(selected, caret));
        let kept = caret.filter(|_| pressed == self.field).and_then(holds);
        self.keeps = kept.is_some();
        self.selected = kept.or(caret);
        self.field = pressed.filter(|_| caret.is_some());
    }
}

/// Whether something is selected, and a place lies in it.
fn selects(selected: CCursorRange, place: CCursorRange) -> bool {
    !selected.is_empty() && selected.contains(place)
}

fn is_pressed(ui: &Ui) -> bool {
    ui.input(|input| input.pointer.button_pressed(PointerButton::Secondary))
}

fn range(ctx: &Context, id: Id) -> Option<CCursorRange> {
    TextEditState::load(ctx, id)?.cursor.char_range()
}

fn select(ctx: &Context, id: Id, range: Option<CCursorRange>) {
    if let Some(mut state) = TextEditState::load(ctx, id) {
        state.cursor.set_char_range(range);
        state.store(ctx, id);
    }
}

/// The lines; `by_key` gives the keyboard to the first that can be chosen.
fn choices_ui(ui: &mut Ui, selected: Option<CCursorRange>, by_key: bool) -> Option<Choice> {
    let selects = selected.is_some_and(|range| !range.is_empty());
    let (mut chosen, mut by_key) = (None, by_key);
    for (choice, name, key, enabled) in [
        (Choice::Cut, "剪切", Key::X, selects),
        (Choice::Copy, "复制", Key::C, selects),
        (Choice::Paste, "粘贴", Key::V, true),
        (Choice::SelectAll, "全选", Key::A, true),
    ] {
        let item = item_ui(ui, name, Modifiers::COMMAND, key, enabled);
        if enabled && std::mem::take(&mut by_key) {
            item.request_focus();
        }
        if item.clicked() {
            chosen = Some(choice);
        }
    }
    chosen
}

/// Gives the keyboard back to the box and has it do what was chosen.
fn obey(ctx: &Context, id: Id, choice: Choice) {
    ctx.memory_mut(|memory| memory.request_focus(id));
    match choice {
        Choice::Cut => ctx.send_viewport_cmd(ViewportCommand::RequestCut),
        Choice::Copy => ctx.send_viewport_cmd(ViewportCommand::RequestCopy),
        Choice::Paste => ctx.send_viewport_cmd(ViewportCommand::RequestPaste),
        Choice::SelectAll => {
            // The box cuts this down to its text.
            let all = CCursorRange::two(CCursor::new(0), CCursor::new(usize::MAX));
            select(ctx, id, Some(all));
        }
    }
    ctx.request_repaint();
}

/// One line of a menu: its name, its key, and whether it can be chosen.
pub fn item_ui(ui: &mut Ui, name: &str, modifiers: Modifiers, key: Key, enabled: bool) -> Response {
    let shortcut = egui::KeyboardShortcut::new(modifiers, key);
    let button = Button::new(name).shortcut_text(ui.ctx().format_shortcut(&shortcut));
    ui.add_enabled(enabled, button)
}
