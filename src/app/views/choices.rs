//! How the published report is set out: the choices, and the way back to the standard.

use egui::{CollapsingHeader, ComboBox, Grid, RichText, TextEdit, Ui};

use crate::app::actions::{Action, Actions, PublishAction};
use crate::app::widgets::theme::{palette, sizes};
use crate::date::{Day, WrittenDay};
use crate::report::choices::{
    BODY_FONTS, BODY_SIZES, LINE_PITCHES, TABLE_SIZES, TITLE_FONTS, TITLE_SIZES, points, size_name,
};
use crate::report::{Choices, Encoding};
use crate::system::IS_WINDOWS;

/// The choices; a change is made at once, or said to be impossible.
pub fn choices_ui(ui: &mut Ui, choices: &Choices, fault: &str, actions: &mut Actions) {
    let mut new = choices.clone();
    let title = if is_standard(choices) {
        "版式：国家标准"
    } else {
        "版式：有改动"
    };
    CollapsingHeader::new(title)
        .id_salt("choices")
        .show(ui, |ui| {
            look_ui(ui, choices, &mut new, actions);
            ui.horizontal_wrapped(|ui| {
                ui.checkbox(&mut new.preface, "印前言");
                ui.checkbox(&mut new.signature, "文末署机关名称");
                ui.checkbox(&mut new.draft_mark, "页眉标明“草稿”");
                ui.checkbox(&mut new.whole_tables, "表格不跨页");
                ui.checkbox(&mut new.times, "数字和英文用Times New Roman");
                ui.checkbox(&mut new.bold_third, "三级标题加粗");
            });
            let unit = sizes().unit;
            Grid::new("sizes")
                .num_columns(2)
                .spacing([unit * 2.0, unit])
                .show(ui, |ui| {
                    lines_ui(ui, &mut new);
                    fonts_ui(ui, &mut new);
                    sizes_ui(ui, &mut new);
                    let named = |encoding: Encoding| (encoding, encoding.name().to_owned());
                    combo_ui(
                        ui,
                        "纯文本编码",
                        &mut new.encoding,
                        &Encoding::ALL.map(named),
                    );
                });
            if !fault.is_empty() {
                let text = format!("没有改：{fault}");
                ui.label(RichText::new(text).color(palette(ui).error.0));
            }
            ui.horizontal_wrapped(|ui| {
                ui.checkbox(&mut new.byte_order_mark, "纯文本加字节顺序标记（BOM）");
                let mut for_notepad = new.for_notepad.unwrap_or(IS_WINDOWS);
                if ui
                    .checkbox(&mut for_notepad, "纯文本照Windows旧版记事本的要求写")
                    .changed()
                {
                    new.for_notepad = Some(for_notepad);
                }
                ui.checkbox(&mut new.fragment_title, "网页片段带标题");
            });
        });
    if new != *choices {
        actions.push(Action::Publish(PublishAction::Set(Box::new(new))));
    }
}

/// The way back to the standard, and looks that are kept as files.
fn look_ui(ui: &mut Ui, choices: &Choices, new: &mut Choices, actions: &mut Actions) {
    ui.horizontal_wrapped(|ui| {
        let standard = egui::Button::new("恢复标准值");
        if ui.add_enabled(!is_standard(choices), standard).clicked() {
            *new = Choices::default();
        }
        for (name, step) in [
            ("用版式文件…", PublishAction::UseLook),
            ("存成版式文件…", PublishAction::KeepLook),
        ] {
            if ui.button(name).clicked() {
                actions.push(Action::Publish(step));
            }
        }
    });
}

/// What is typed: the number of the letter and the date.
fn lines_ui(ui: &mut Ui, new: &mut Choices) {
    let unit = sizes().unit;
    for (name, text, hint) in [
        ("文号", &mut new.number, "印在标题下面，可以不写"),
        ("文末日期", &mut new.date, "例如2026-1-15，可以不写"),
    ] {
        let label = ui.label(name);
        let edit = TextEdit::singleline(text).hint_text(hint);
        ui.add(edit.desired_width(unit * 44.0))
            .labelled_by(label.id);
        ui.end_row();
    }
    if !has_possible_date(new) {
        ui.label("");
        ui.label(RichText::new("没有这一天，改正后才能发布").color(palette(ui).error.0));
        ui.end_row();
    }
}

fn fonts_ui(ui: &mut Ui, new: &mut Choices) {
    let named = |font: &str| (font.to_owned(), font.to_owned());
    combo_ui(ui, "标题字体", &mut new.title_font, &TITLE_FONTS.map(named));
    combo_ui(ui, "正文字体", &mut new.body_font, &BODY_FONTS.map(named));
}

fn sizes_ui(ui: &mut Ui, new: &mut Choices) {
    let sized = |size: u16| {
        (
            size,
            format!("{}（{}磅）", size_name(size), points(size * 10)),
        )
    };
    combo_ui(ui, "标题字号", &mut new.title_size, &TITLE_SIZES.map(sized));
    combo_ui(ui, "正文字号", &mut new.body_size, &BODY_SIZES.map(sized));
    combo_ui(ui, "表格字号", &mut new.table_size, &TABLE_SIZES.map(sized));
    let pitched = |pitch: u16| (pitch, format!("{}磅", points(pitch)));
    combo_ui(ui, "行距", &mut new.line_pitch, &LINE_PITCHES.map(pitched));
}

/// Whether the date, if one is typed, is a day of some calendar.
#[must_use]
pub fn has_possible_date(choices: &Choices) -> bool {
    Day::written(&choices.date) != WrittenDay::Impossible
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
