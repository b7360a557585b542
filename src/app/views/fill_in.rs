//! The dialog that completes a sentence from its blanks.

use egui::{CornerRadius, Frame, Grid, Margin, RichText, TextEdit, Ui};

use crate::app::actions::{Action, Actions};
use crate::app::state::State;
use crate::app::state::text::{FillIn, Insertion};
use crate::app::widgets::dialog::{buttons_ui, main_button, title_ui};
use crate::app::widgets::theme::{palette, sizes};

/// The blanks, the sentence they make, and the buttons.
pub fn fill_in_ui(ui: &mut Ui, state: &State, fill: &mut FillIn, actions: &mut Actions) {
    let Some(open) = &state.open else { return };
    title_ui(ui, &format!("填写{}", fill.skeleton.name));
    let unit = sizes().unit;
    let (mut first, mut left) = (None, false);
    Grid::new("blanks")
        .num_columns(2)
        .spacing([unit * 2.0, unit])
        .show(ui, |ui| {
            for (blank, answer) in fill.skeleton.blanks.iter().zip(&mut fill.answers) {
                let label = ui.label(&blank.label);
                ui.horizontal(|ui| {
                    let width = if blank.kind.is_number() { 20.0 } else { 44.0 };
                    let edit = TextEdit::singleline(answer)
                        .hint_text(if blank.kind.is_number() {
                            "0"
                        } else {
                            &blank.hint
                        })
                        .desired_width(unit * width);
                    let response = ui.add(edit).labelled_by(label.id);
                    left |= response.lost_focus();
                    first.get_or_insert(response);
                    ui.label(&blank.unit);
                });
                ui.end_row();
            }
        });
    if let (Some(first), true) = (first, ui.memory(|memory| memory.focused().is_none())) {
        first.request_focus();
    }
    ui.add_space(unit);
    let sentence = fill.sentence(open.draft.report());
    preview_ui(ui, sentence.as_ref().map_err(String::as_str));
    let usable = sentence.is_ok();
    // Enter in any box is the button.
    let entered = left && ui.input(|input| input.key_pressed(egui::Key::Enter));
    buttons_ui(ui, |ui| {
        let clicked = main_button(ui, "插入", usable);
        if let (true, Ok(sentence)) = (clicked || entered, sentence) {
            actions.push(Action::Insert {
                name: format!("填写{}", fill.skeleton.name),
                spot: fill.spot,
                piece: Insertion::Paragraph(sentence),
            });
        }
        if ui.button("取消").clicked() {
            actions.push(Action::CloseDialog);
        }
    });
}

fn preview_ui(ui: &mut Ui, sentence: Result<&String, &str>) {
    let colours = palette(ui);
    let frame = Frame::new()
        .fill(colours.total_fill.0)
        .corner_radius(CornerRadius::same(4))
        .inner_margin(Margin::symmetric(12, 8));
    frame.show(ui, |ui| {
        ui.set_width(ui.available_width());
        match sentence {
            Ok(sentence) => ui.label(sentence),
            Err(lack) => ui.label(RichText::new(lack).color(colours.query.0)),
        };
        let remark = "插入以后就是普通文字，可以再改";
        ui.label(RichText::new(remark).small().color(colours.weak.0));
    });
}
