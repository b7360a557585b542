//! The start screen: a new report, a file, a recent draft.

use egui::{Align, Button, CornerRadius, Frame, Layout, Margin, RichText, ScrollArea, Stroke, Ui};

use crate::app::action::{Action, Actions};
use crate::app::command::Command;
use crate::app::kit::theme::{palette, sizes};
use crate::app::settings::Recent;
use crate::app::state::State;

/// The start screen.
pub fn home_ui(ui: &mut Ui, state: &State, actions: &mut Actions) {
    let sizes = sizes();
    let colours = palette(ui);
    ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
        let width = sizes
            .column_width
            .min(ui.available_width() - sizes.unit * 6.0);
        let margin = (ui.available_width() - width).max(0.0) / 2.0;
        ui.horizontal_top(|ui| {
            ui.add_space(margin);
            ui.vertical(|ui| {
                ui.set_width(width);
                ui.add_space(sizes.unit * 8.0);
                ui.label(RichText::new("政府信息公开工作年度报告").size(sizes.title));
                ui.label(RichText::new("填报、审核、导出，全部在本机完成").color(colours.weak.0));
                ui.add_space(sizes.unit * 3.0);
                buttons_ui(ui, state, actions);
                ui.add_space(sizes.unit);
                ui.label(
                    RichText::new("也可以把文件拖到窗口里，或复制整份报告后按Ctrl+Shift+V")
                        .small()
                        .color(colours.weak.0),
                );
                ui.add_space(sizes.unit * 4.0);
                recent_ui(ui, &state.settings.recent, actions);
            });
        });
    });
}

fn buttons_ui(ui: &mut Ui, state: &State, actions: &mut Actions) {
    let sizes = sizes();
    let colours = palette(ui);
    ui.horizontal_wrapped(|ui| {
        for command in [Command::New, Command::Open, Command::Import] {
            let size = egui::vec2(sizes.unit * 16.0, sizes.unit * 5.0);
            let button = if command == Command::New {
                Button::new(RichText::new(command.name()).color(colours.accent_text.0))
                    .fill(colours.accent.0)
            } else {
                Button::new(command.name())
            };
            let button = button.min_size(size);
            if ui.add_enabled(command.is_enabled(state), button).clicked() {
                actions.push(Action::Run(command));
            }
        }
    });
}

fn recent_ui(ui: &mut Ui, recent: &[Recent], actions: &mut Actions) {
    let sizes = sizes();
    ui.label(RichText::new("最近的草稿").size(sizes.heading));
    if recent.is_empty() {
        ui.label(RichText::new("还没有，保存过的草稿会列在这里").color(palette(ui).weak.0));
    }
    for draft in recent {
        card_ui(ui, draft, actions);
    }
    ui.add_space(sizes.unit * 4.0);
}

fn card_ui(ui: &mut Ui, draft: &Recent, actions: &mut Actions) {
    let colours = palette(ui);
    let frame = Frame::new()
        .fill(colours.paper.0)
        .stroke(Stroke::new(1.0, colours.line.0))
        .corner_radius(CornerRadius::same(6))
        .inner_margin(Margin::symmetric(16, 8));
    frame.show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.horizontal(|ui| {
            let title = format!("{}　{}年", draft.issuer, draft.year);
            ui.label(RichText::new(title).size(sizes().text));
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                let whose = format!("{}{}年", draft.issuer, draft.year);
                let open = ui.button("打开");
                name(&open, &format!("打开{whose}"));
                if open.clicked() {
                    actions.push(Action::OpenPath(draft.path.clone()));
                }
                let forget = ui.add(Button::new("从列表移除").frame(false));
                name(&forget, &format!("从列表移除{whose}"));
                if forget.clicked() {
                    actions.push(Action::Forget(draft.path.clone()));
                }
            });
        });
        let weak = |text: String| RichText::new(text).small().color(colours.weak.0);
        ui.horizontal(|ui| {
            ui.label(weak(draft.when.clone()));
            ui.add(egui::Label::new(weak(draft.path.display().to_string())).truncate());
        });
    });
}

/// Two cards have the same buttons; only their accessible names tell them apart.
fn name(button: &egui::Response, name: &str) {
    let enabled = button.enabled();
    button.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, enabled, name));
}
