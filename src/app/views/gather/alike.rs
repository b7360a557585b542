//! Units whose texts are alike, with each other or with what another wrote last year.

use egui::{Grid, Label, RichText, Ui};

use crate::app::actions::Actions;
use crate::app::state::gather::GatherDone;
use crate::app::views::gather::opening::open_ui;
use crate::app::widgets::theme::{palette, sizes};

pub(super) fn alike_ui(ui: &mut Ui, done: &GatherDone, actions: &mut Actions) {
    let gathering = &done.gathering;
    if done.pairs.is_empty() {
        ui.label("没有发现雷同的文字");
        return;
    }
    ui.label(format!("文字雷同{}处", done.pairs.len()));
    let width = (ui.available_width() * 0.4).max(sizes().unit * 30.0);
    Grid::new("alike")
        .num_columns(5)
        .striped(true)
        .spacing([sizes().unit * 1.5, sizes().unit * 0.75])
        .show(ui, |ui| {
            for title in ["单位", "与它雷同的", "部分", "相同", "例句"] {
                ui.label(RichText::new(title).small().color(palette(ui).weak.0));
            }
            ui.end_row();
            for pair in &done.pairs {
                ui.horizontal(|ui| {
                    let unit = gathering.units.iter().find(|unit| unit.name == pair.one);
                    if let Some(unit) = unit {
                        open_ui(ui, done, unit, actions);
                    }
                    ui.label(&pair.one);
                });
                let other = if pair.year == gathering.year {
                    pair.other.clone()
                } else {
                    format!("{}（{}年）", pair.other, pair.year)
                };
                ui.label(other);
                ui.label(&pair.alike.label);
                ui.label(format!("{}%", pair.alike.percent));
                ui.scope(|ui| {
                    ui.set_max_width(width);
                    ui.add(Label::new(&pair.alike.sentence).wrap());
                });
                ui.end_row();
            }
        });
}
