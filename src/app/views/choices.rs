//! How the published report is set out: the choices, and the way back to the standard.

use egui::{CollapsingHeader, ComboBox, Grid, TextEdit, Ui};

use crate::app::actions::{Action, Actions, PublishAction};
use crate::app::widgets::theme::sizes;
use crate::report::choices::{
    BODY_FONTS, BODY_SIZES, LINE_PITCHES, TABLE_SIZES, points, size_name,
};
use crate::report::{Choices, Encoding};

/// The choices; a change is made at once.
pub fn choices_ui(ui: &mut Ui, choices: &Choices, actions: &mut Actions) {
    let mut new = choices.clone();
    let title = if is_standard(choices) {
        "版式：国家标准"
    } else {
        "版式：有改动"
    };
    CollapsingHeader::new(title)
        .id_salt("choices")
        .show(ui, |ui| {
            let standard = egui::Button::new("恢复标准值");
            if ui.add_enabled(!is_standard(choices), standard).clicked() {
                new = Choices::default();
            }
            ui.horizontal_wrapped(|ui| {
                ui.checkbox(&mut new.preface, "印前言");
                ui.checkbox(&mut new.signature, "文末署机关名称");
                ui.checkbox(&mut new.draft_mark, "页眉标明“草稿”");
                ui.checkbox(&mut new.whole_tables, "表格不跨页");
            });
            let unit = sizes().unit;
            Grid::new("sizes")
                .num_columns(2)
                .spacing([unit * 2.0, unit])
                .show(ui, |ui| {
                    let label = ui.label("文末日期");
                    let edit = TextEdit::singleline(&mut new.date)
                        .hint_text("例如2026年1月15日，可以不写");
                    ui.add(edit.desired_width(unit * 36.0))
                        .labelled_by(label.id);
                    ui.end_row();
                    let fonts = BODY_FONTS.map(|font| (font.to_owned(), font.to_owned()));
                    combo_ui(ui, "正文字体", &mut new.body_font, &fonts);
                    let sized = |size: u16| {
                        (
                            size,
                            format!("{}（{}磅）", size_name(size), points(size * 10)),
                        )
                    };
                    combo_ui(ui, "正文字号", &mut new.body_size, &BODY_SIZES.map(sized));
                    combo_ui(ui, "表格字号", &mut new.table_size, &TABLE_SIZES.map(sized));
                    let pitched = |pitch: u16| (pitch, format!("{}磅", points(pitch)));
                    combo_ui(ui, "行距", &mut new.line_pitch, &LINE_PITCHES.map(pitched));
                    let named = |encoding: Encoding| (encoding, encoding.name().to_owned());
                    combo_ui(
                        ui,
                        "纯文本编码",
                        &mut new.encoding,
                        &Encoding::ALL.map(named),
                    );
                });
            ui.checkbox(&mut new.byte_order_mark, "纯文本加字节顺序标记（BOM）");
        });
    if new != *choices {
        actions.push(Action::Publish(PublishAction::Set(Box::new(new))));
    }
}

/// Whether the pages look as the standard wants them.
fn is_standard(choices: &Choices) -> bool {
    *choices == Choices::default()
}

fn combo_ui<T: PartialEq + Clone>(ui: &mut Ui, name: &str, value: &mut T, offered: &[(T, String)]) {
    let label = ui.label(name);
    let shown = offered.iter().find(|(offer, _)| offer == value);
    let shown = shown.map_or("另设的值", |(_, text)| text.as_str());
    let combo = ComboBox::from_id_salt(name)
        .selected_text(shown)
        .show_ui(ui, |ui| {
            for (offer, text) in offered {
                ui.selectable_value(value, offer.clone(), text);
            }
        });
    combo.response.labelled_by(label.id);
    ui.end_row();
}
