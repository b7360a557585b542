//! The dialogs over the window.

use egui::{ComboBox, Frame, Grid, Id, Key, Modal, RichText, TextEdit, Ui};

use super::figure::figure_ui;
use super::fill_in::fill_in_ui;
use super::intake::intake_ui;
use crate::app::action::{Action, Actions};
use crate::app::command::Command;
use crate::app::kit::theme::{palette, sizes};
use crate::app::shell::FileAnswer;
use crate::app::state::{After, Dialog, NewReport, State, Waiting};
use crate::check::Level;
use crate::export::Writer;
use crate::form;

/// The dialog that is open.
pub fn dialogs_ui(ui: &mut Ui, state: &State, dialog: &mut Dialog, actions: &mut Actions) {
    let frame = Frame::popup(ui.style()).inner_margin(ui.spacing().window_margin);
    let modal = Modal::new(Id::unique("dialog")).frame(frame);
    let shown = modal.show(ui.ctx(), |ui| {
        // A report beside its source needs the width of the window.
        let width = match dialog {
            Dialog::Intake => ui.ctx().content_rect().width() - sizes().unit * 12.0,
            _ => sizes().unit * 56.0,
        };
        ui.set_width(width);
        match dialog {
            Dialog::New(new) => new_ui(ui, new, actions),
            Dialog::Guard(after) => guard_ui(ui, state, after, actions),
            Dialog::Blocked { writer, insists } => blocked_ui(ui, state, writer, insists, actions),
            Dialog::TypePath { waiting, text } => path_ui(ui, waiting, text, actions),
            Dialog::Trouble { title, text } => {
                title_ui(ui, title);
                ui.label(text.as_str());
                close_ui(ui, actions);
            }
            Dialog::Intake => {
                if let Some(intake) = &state.intake {
                    intake_ui(ui, intake, actions);
                }
            }
            Dialog::Skeleton(fill) => fill_in_ui(ui, state, fill, actions),
            Dialog::Figure(picking) => figure_ui(ui, state, picking, actions),
            Dialog::Shortcuts => shortcuts_ui(ui, actions),
            Dialog::About => about_ui(ui, actions),
        }
    });
    let escaped = ui.input(|input| input.key_pressed(Key::Escape));
    if escaped || shown.backdrop_response.clicked() && is_only_read(dialog) {
        actions.push(Action::CloseDialog);
    }
}

fn is_only_read(dialog: &Dialog) -> bool {
    matches!(
        dialog,
        Dialog::Shortcuts | Dialog::About | Dialog::Trouble { .. }
    )
}

pub(super) fn title_ui(ui: &mut Ui, title: &str) {
    ui.label(RichText::new(title).size(sizes().heading));
    ui.add_space(sizes().unit);
}

/// The buttons of a dialog, the one for Enter first from the right.
pub(super) fn buttons_ui(ui: &mut Ui, add: impl FnOnce(&mut Ui)) {
    ui.add_space(sizes().unit * 2.0);
    let height = ui.spacing().interact_size.y;
    let size = egui::vec2(ui.available_width(), height);
    ui.allocate_ui_with_layout(size, egui::Layout::right_to_left(egui::Align::Center), add);
}

fn close_ui(ui: &mut Ui, actions: &mut Actions) {
    buttons_ui(ui, |ui| {
        if main_button(ui, "关闭", true) {
            actions.push(Action::CloseDialog);
        }
    });
}

pub(super) fn main_button(ui: &mut Ui, text: &str, enabled: bool) -> bool {
    let colours = palette(ui);
    let text = RichText::new(text).color(colours.accent_text.0);
    let button = egui::Button::new(text).fill(colours.accent.0);
    ui.add_enabled(enabled, button).clicked()
}

fn new_ui(ui: &mut Ui, new: &mut NewReport, actions: &mut Actions) {
    title_ui(ui, "新建报告");
    let unit = sizes().unit;
    Grid::new("new report")
        .num_columns(2)
        .spacing([unit * 2.0, unit * 1.5])
        .show(ui, |ui| {
            let label = ui.label("报告年份");
            let first = form::all()
                .iter()
                .map(|edition| edition.years.0)
                .min()
                .unwrap_or(new.latest);
            let combo = ComboBox::from_id_salt("year")
                .selected_text(format!("{}年", new.year))
                .show_ui(ui, |ui| {
                    for year in (first..=new.latest).rev() {
                        ui.selectable_value(&mut new.year, year, format!("{year}年"));
                    }
                });
            combo.response.labelled_by(label.id);
            ui.end_row();
            let label = ui.label("机关名称");
            ui.add(
                TextEdit::singleline(&mut new.issuer)
                    .hint_text("例如某某镇人民政府")
                    .desired_width(unit * 40.0),
            )
            .labelled_by(label.id);
            ui.end_row();
            ui.label("上年度报告");
            ui.horizontal(|ui| {
                if ui.button("选择文件…").clicked() {
                    actions.push(Action::AskNewPrior(new.clone()));
                }
                let text = new
                    .prior
                    .as_ref()
                    .map_or("可以不选", |prior| prior.source.as_str());
                let weak = palette(ui).weak.0;
                ui.add(egui::Label::new(RichText::new(text).color(weak)).truncate());
            });
            ui.end_row();
        });
    if let Some(edition) = form::for_year(new.year) {
        let text = format!("{}（{}）", edition.name, edition.notice);
        ui.label(RichText::new(text).small().color(palette(ui).weak.0));
    }
    buttons_ui(ui, |ui| {
        if main_button(ui, "新建", form::for_year(new.year).is_some()) {
            actions.push(Action::Create(new.clone()));
        }
        if ui.button("取消").clicked() {
            actions.push(Action::CloseDialog);
        }
    });
}

fn guard_ui(ui: &mut Ui, state: &State, after: &After, actions: &mut Actions) {
    title_ui(ui, "有修改还没有保存");
    if let Some(open) = &state.open {
        let report = open.draft.report();
        ui.label(format!("{}{}年报告", report.issuer(), report.year()));
    }
    buttons_ui(ui, |ui| {
        if main_button(ui, "保存", true) {
            actions.push(Action::SaveThen(after.clone()));
        }
        if ui.button("取消").clicked() {
            actions.push(Action::CloseDialog);
        }
        if ui.button("不保存").clicked() {
            actions.push(Action::Discard(after.clone()));
        }
    });
}

fn blocked_ui(
    ui: &mut Ui,
    state: &State,
    writer: &'static Writer,
    insists: &mut bool,
    actions: &mut Actions,
) {
    title_ui(ui, "还有问题没有处理");
    let Some(open) = &state.open else { return };
    let count = |level| {
        let list = open.findings.list.iter();
        list.filter(|finding| finding.level == level && finding.blocks())
            .count()
    };
    let (errors, queries) = (count(Level::Error), count(Level::Query));
    if errors > 0 {
        ui.label(format!("强制性问题{errors}个，要改正"));
    }
    if queries > 0 {
        ui.label(format!("核实性问题{queries}个，要改正或者写明原因"));
    }
    if *insists {
        ui.add_space(sizes().unit);
        let warning = "带着这些问题导出的文件不宜发布，确定导出吗？";
        ui.label(RichText::new(warning).color(palette(ui).error.0));
    }
    buttons_ui(ui, |ui| {
        if main_button(ui, "回去处理", true) {
            actions.push(Action::CloseDialog);
            actions.push(Action::Run(Command::NextFinding));
        }
        if *insists {
            if ui.button("确定导出…").clicked() {
                actions.push(Action::ExportAnyway(writer));
            }
        } else if ui.button("仍要导出").clicked() {
            *insists = true;
        }
    });
}

fn path_ui(ui: &mut Ui, waiting: &Waiting, text: &mut String, actions: &mut Actions) {
    title_ui(ui, &waiting.question.title);
    ui.label("系统没有文件对话框，在这里写出文件的完整路径");
    let label = ui.label("路径");
    let edit = ui
        .add(TextEdit::singleline(text).desired_width(f32::INFINITY))
        .labelled_by(label.id);
    let entered = edit.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
    if waiting.question.save_as.is_none() {
        let hint = "也可以关掉这里，把文件拖到窗口里";
        ui.label(RichText::new(hint).small().color(palette(ui).weak.0));
    }
    let path = std::path::PathBuf::from(text.trim());
    let usable = !text.trim().is_empty();
    buttons_ui(ui, |ui| {
        if main_button(ui, "确定", usable) || entered && usable {
            let answer = FileAnswer::Chosen(path);
            actions.push(Action::Answer(waiting.clone(), answer));
        }
        if ui.button("取消").clicked() {
            actions.push(Action::CloseDialog);
            actions.push(Action::Answer(waiting.clone(), FileAnswer::Cancelled));
        }
    });
}

fn shortcuts_ui(ui: &mut Ui, actions: &mut Actions) {
    title_ui(ui, "快捷键");
    Grid::new("shortcuts")
        .num_columns(2)
        .spacing([sizes().unit * 4.0, sizes().unit / 2.0])
        .show(ui, |ui| {
            for command in Command::ALL {
                let keys: Vec<_> = command
                    .shortcuts()
                    .iter()
                    .map(|shortcut| ui.ctx().format_shortcut(shortcut))
                    .collect();
                if !keys.is_empty() {
                    ui.label(command.name().trim_end_matches('…'));
                    ui.label(keys.join("，"));
                    ui.end_row();
                }
            }
            for (name, keys) in [
                ("表中移动", "方向键，Tab，Enter"),
                ("改一格", "F2，双击，直接输入"),
                ("清空", "Delete"),
            ] {
                ui.label(name);
                ui.label(keys);
                ui.end_row();
            }
        });
    close_ui(ui, actions);
}

fn about_ui(ui: &mut Ui, actions: &mut Actions) {
    title_ui(ui, "年报");
    ui.label(format!("版本{}", env!("CARGO_PKG_VERSION")));
    ui.label("政府信息公开工作年度报告填报程序。不联网，文件只存在本机。");
    ui.add_space(sizes().unit);
    for edition in form::all() {
        ui.label(format!("{}：{}", edition.name, edition.notice));
    }
    ui.add_space(sizes().unit);
    let licence = "程序按MIT或Apache-2.0许可，字体Noto Sans SC按OFL 1.1许可";
    ui.label(RichText::new(licence).small().color(palette(ui).weak.0));
    close_ui(ui, actions);
}
