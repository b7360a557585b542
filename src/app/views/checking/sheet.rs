//! The question who checked, before the self-check sheet is made.

use egui::{Key, RichText, TextEdit, Ui};

use crate::app::actions::{Action, Actions, CheckAction};
use crate::app::widgets::dialog::{buttons_ui, main_button, title_ui};
use crate::app::widgets::theme::{palette, sizes};

/// Who checked; in its first frame the keyboard goes to the box.
pub fn sheet_ui(ui: &mut Ui, by: &mut String, fresh: bool, actions: &mut Actions) {
    title_ui(ui, "导出自查表");
    let name = ui.horizontal(|ui| {
        let label = ui.label("核查人");
        ui.add(TextEdit::singleline(by).desired_width(sizes().unit * 24.0))
            .labelled_by(label.id)
    });
    if fresh {
        name.inner.request_focus();
    }
    let entered = name.inner.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
    let hint = "写在自查表上，可以不写，签字的地方总是留着";
    ui.label(RichText::new(hint).small().color(palette(ui).weak.0));
    buttons_ui(ui, |ui| {
        if main_button(ui, "选择位置…", true) || entered {
            let by = by.trim().to_owned();
            actions.push(Action::Checking(CheckAction::Sheet(by)));
        }
        if ui.button("取消").clicked() {
            actions.push(Action::CloseDialog);
        }
    });
}
