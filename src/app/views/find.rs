//! The bar for find and replace, over whatever part of the report is shown.

use egui::{
    Button, CornerRadius, Frame, Id, Key, Margin, Modifiers, RichText, Stroke, TextEdit, Ui,
};

use crate::app::actions::{Action, Actions, FindAction};
use crate::app::state::OpenDraft;
use crate::app::state::find::{Find, FindMatch};
use crate::app::widgets::theme::{palette, sizes};

/// The ids of its boxes: while one has the focus, Ctrl+Z belongs to it.
pub const BOXES: [&str; 2] = ["find", "replace"];

/// The bar.
pub fn find_ui(ui: &mut Ui, open: &OpenDraft, find: &mut Find, actions: &mut Actions) {
    let colours = palette(ui);
    let frame = Frame::new()
        .fill(colours.panel.0)
        .stroke(Stroke::new(1.0, colours.line.0))
        .corner_radius(CornerRadius::same(4))
        .inner_margin(Margin::symmetric(12, 8));
    let hits = find.hits(open.draft.report());
    frame.show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.spacing_mut().item_spacing.y = sizes().unit / 2.0;
        find_row(ui, &hits, find, actions);
        if find.replaces {
            replace_row(ui, &hits, find, actions);
        }
    });
    // A text box gives its focus up on Escape before anything else sees the key.
    let unfocused = ui.memory(|memory| memory.focused().is_none());
    if unfocused && ui.input(|input| input.key_pressed(Key::Escape)) {
        actions.push(Action::Find(FindAction::Close));
    }
}

fn label_ui(ui: &mut Ui, text: &str) -> Id {
    let size = egui::vec2(sizes().body * 3.5, ui.spacing().interact_size.y);
    let layout = egui::Layout::left_to_right(egui::Align::Center);
    ui.allocate_ui_with_layout(size, layout, |ui| {
        ui.set_min_width(size.x);
        ui.label(text).id
    })
    .inner
}

fn find_row(ui: &mut Ui, hits: &[FindMatch], find: &mut Find, actions: &mut Actions) {
    ui.horizontal(|ui| {
        let label = label_ui(ui, "查找");
        let [id, below] = BOXES.map(Id::unique);
        let edit = TextEdit::singleline(&mut find.pattern)
            .id(id)
            .lock_focus(find.replaces)
            .desired_width(sizes().unit * 32.0)
            .return_key(None);
        let response = ui.add(edit).labelled_by(label);
        if std::mem::take(&mut find.focus) {
            response.request_focus();
            select_all(ui, id, &find.pattern);
        }
        if response.changed() {
            find.current = None;
        }
        if response.has_focus() {
            if find.replaces && tabs(ui) {
                ui.memory_mut(|memory| memory.request_focus(below));
            }
            let pressed =
                |modifiers| ui.input_mut(|input| input.consume_key(modifiers, Key::Enter));
            if pressed(Modifiers::SHIFT) {
                actions.push(Action::Find(FindAction::Previous));
            } else if pressed(Modifiers::NONE) {
                actions.push(Action::Find(FindAction::Next));
            }
        }
        for (name, ask) in [
            ("上一处", FindAction::Previous),
            ("下一处", FindAction::Next),
        ] {
            if ui
                .add_enabled(!hits.is_empty(), Button::new(name))
                .clicked()
            {
                actions.push(Action::Find(ask));
            }
        }
        let at = find
            .current
            .and_then(|current| hits.iter().position(|hit| *hit == current));
        let count = match (hits.len(), at) {
            _ if find.pattern.is_empty() => "在全部文字里找，不分大小写和全角半角".to_owned(),
            (0, _) => "没有找到".to_owned(),
            (count, Some(at)) => format!("第{}处，共{count}处", at + 1),
            (count, None) => format!("共{count}处"),
        };
        ui.label(RichText::new(count).small().color(palette(ui).weak.0));
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            let close = Button::new("关闭").frame(false);
            if ui.add(close).on_hover_text("Esc").clicked() {
                actions.push(Action::Find(FindAction::Close));
            }
        });
    });
}

fn replace_row(ui: &mut Ui, hits: &[FindMatch], find: &mut Find, actions: &mut Actions) {
    ui.horizontal(|ui| {
        let label = label_ui(ui, "替换为");
        let [above, id] = BOXES.map(Id::unique);
        let edit = TextEdit::singleline(&mut find.replacement)
            .id(id)
            .lock_focus(true)
            .desired_width(sizes().unit * 32.0)
            .return_key(None);
        let response = ui.add(edit).labelled_by(label);
        let back = response.has_focus()
            && ui.input_mut(|input| input.consume_key(Modifiers::SHIFT, Key::Tab));
        if back {
            ui.memory_mut(|memory| memory.request_focus(above));
        }
        let mut leaves = response.has_focus() && !hits.is_empty() && tabs(ui);
        let entered = response.has_focus()
            && ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Enter));
        for (name, ask) in [
            ("替换", FindAction::Replace),
            ("全部替换", FindAction::ReplaceAll),
        ] {
            let button = ui.add_enabled(!hits.is_empty(), Button::new(name));
            if std::mem::take(&mut leaves) {
                button.request_focus();
            }
            if button.clicked() || entered && ask == FindAction::Replace {
                actions.push(Action::Find(ask));
            }
        }
    });
}

/// Whether Tab was pressed, by itself or back: between two boxes both mean the other one.
fn tabs(ui: &Ui) -> bool {
    ui.input_mut(|input| {
        input.consume_key(Modifiers::SHIFT, Key::Tab)
            || input.consume_key(Modifiers::NONE, Key::Tab)
    })
}

fn select_all(ui: &Ui, id: Id, text: &str) {
    use egui::text::CCursorRange;
    let mut state = egui::text_edit::TextEditState::load(ui.ctx(), id).unwrap_or_default();
    let all = CCursorRange::select_all_str(text);
    state.cursor.set_char_range(Some(all));
    state.store(ui.ctx(), id);
}
