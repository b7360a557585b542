//! The status bar: what is saved where, how many findings, the zoom.

use egui::{Align, Layout, RichText, Ui};

use crate::app::actions::{Action, Actions, Command};
use crate::app::state::State;
use crate::app::widgets::theme::{is_low, palette, sizes};
use crate::check::Level;

/// The status bar.
pub fn status_ui(ui: &mut Ui, state: &State, actions: &mut Actions) {
    let colours = palette(ui);
    if is_low(ui.ctx()) {
        ui.spacing_mut().interact_size.y = sizes().unit * 2.5;
    }
    ui.horizontal(|ui| {
        let small = |text: String| RichText::new(text).small();
        if let Some(open) = &state.open {
            if open.is_dirty() {
                ui.label(small("● 未保存".to_owned()).color(colours.query.0));
            } else if open.path.is_some() {
                ui.label(small("已保存".to_owned()).color(colours.good.0));
            } else {
                ui.label(small("还没有存成文件".to_owned()).color(colours.weak.0));
            }
        }
        if let Some(unprotected) = state.unprotected() {
            let text = small(format!("● {unprotected}")).color(colours.level(Level::Error));
            let sign = ui.label(text);
            sign.on_hover_text(format!(
                "{}，修改只在这个窗口和您保存的文件里，请勤保存",
                unprotected
            ));
        }
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let zoom = small(format!("{}%", state.settings.zoom));
            if ui
                .add(egui::Button::new(zoom).frame(false))
                .on_hover_text("回到100%")
                .clicked()
            {
                actions.push(Action::Run(Command::ZoomReset));
            }
            if let Some(open) = &state.open {
                for level in [Level::Advice, Level::Query, Level::Error] {
                    let count = open.to_do(level);
                    let colour = if count > 0 {
                        colours.level(level)
                    } else {
                        colours.weak.0
                    };
                    let text = small(format!("{}{count}", level.name())).color(colour);
                    let button = egui::Button::new(text).frame(false);
                    let shown = ui.add(button).on_hover_text("显示或收起审核结果（F7）");
                    if shown.clicked() {
                        actions.push(Action::Run(Command::ShowFindings));
                    }
                }
            }
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                let path = state.open.as_ref().and_then(|open| open.path.as_ref());
                let text = match (state.progress_sign(), &state.waiting, path) {
                    (Some(sign), ..) => sign.to_owned(),
                    (None, Some(_), _) => "等待选择文件…".to_owned(),
                    (None, None, Some(path)) => path.display().to_string(),
                    (None, None, None) => String::new(),
                };
                ui.add(egui::Label::new(small(text).color(colours.weak.0)).truncate());
            });
        });
    });
}
