//! The sentences of a section beside those of last year's report that are most like them.

use egui::{Grid, RichText, ScrollArea, Ui};

use crate::app::actions::{Action, Actions};
use crate::app::state::dialog::SideBySide;
use crate::app::widgets::dialog::{buttons_ui, main_button, title_ui};
use crate::app::widgets::theme::{palette, sizes};
use crate::check::Sentence;

/// From here on a sentence counts as found again, of a hundred.
const SAME: usize = 80;

/// Two columns of sentences.
pub fn beside_ui(ui: &mut Ui, beside: &mut SideBySide, actions: &mut Actions) {
    title_ui(ui, &format!("{}：与上年度逐句对照", beside.label));
    let same = beside
        .sentences
        .iter()
        .filter(|sentence| sentence.percent >= SAME)
        .count();
    ui.horizontal(|ui| {
        ui.label(format!(
            "{}句中有{same}句在上年度报告里，数字和标点不计",
            beside.sentences.len()
        ));
        ui.checkbox(&mut beside.only_same, "只看相同的");
    });
    ui.add_space(sizes().unit);
    let column = (ui.available_width() - sizes().unit * 14.0) / 2.0;
    let height = ui.ctx().content_rect().height() * 0.55;
    ScrollArea::vertical().max_height(height).show(ui, |ui| {
        Grid::new("sentences side by side")
            .num_columns(3)
            .striped(true)
            .spacing([sizes().unit * 1.5, sizes().unit])
            .show(ui, |ui| {
                for title in ["相同", "本年", "上年度"] {
                    ui.label(RichText::new(title).small().color(palette(ui).weak.0));
                }
                ui.end_row();
                let all = beside.sentences.iter();
                let only_same = beside.only_same;
                for sentence in all.filter(|sentence| !only_same || sentence.percent >= SAME) {
                    sentence_ui(ui, sentence, column);
                    ui.end_row();
                }
            });
    });
    buttons_ui(ui, |ui| {
        if main_button(ui, "关闭", true) {
            actions.push(Action::CloseDialog);
        }
    });
}

fn sentence_ui(ui: &mut Ui, sentence: &Sentence, width: f32) {
    let ink = if sentence.percent >= SAME {
        palette(ui).query.0
    } else {
        palette(ui).weak.0
    };
    ui.label(RichText::new(format!("{}%", sentence.percent)).color(ink));
    for text in [Some(&sentence.now), sentence.before.as_ref()] {
        ui.scope(|ui| {
            ui.set_width(width);
            ui.add(egui::Label::new(text.map_or("", String::as_str)).wrap());
        });
    }
}
