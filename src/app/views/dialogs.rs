//! The dialogs over the window.

use std::mem::Discriminant;

use egui::{Frame, Id, Key, Modal, RichText, Ui, vec2};

use crate::app::actions::{Action, Actions, Command};
use crate::app::state::State;
use crate::app::state::after::ThenDo;
use crate::app::state::dialog::{Dialog, Following};
use crate::app::system::platform::Renderer;
use crate::app::views::banner::left_words;
use crate::app::views::checking::{beside_ui, confirm_ui, rules_ui, sheet_ui};
use crate::app::views::figure::figure_ui;
use crate::app::views::fill_in::fill_in_ui;
use crate::app::views::intake::intake_ui;
use crate::app::views::manual::manual_ui;
use crate::app::views::new::{ask_year_ui, new_ui};
use crate::app::views::page_check::page_check_ui;
use crate::app::views::palette::palette_ui;
use crate::app::views::path::path_ui;
use crate::app::views::publish::publish_ui;
use crate::app::views::rescue::rescue_ui;
use crate::app::views::shortcuts::{WIDTH, shortcuts_ui};
use crate::app::views::years::years_ui;
use crate::app::widgets::dialog::{buttons_ui, main_button, title_ui};
use crate::app::widgets::theme::{palette, sizes};
use crate::check::Level;
use crate::export::Writer;
use crate::{form, manual};

/// How many changes are listed.
const SHOWN: usize = 6;

/// The dialog that is open.
pub fn dialogs_ui(ui: &mut Ui, state: &State, dialog: &mut Dialog, actions: &mut Actions) {
    let frame = Frame::popup(ui.style()).inner_margin(ui.spacing().window_margin);
    let modal = Modal::new(Id::unique("dialog")).frame(frame);
    let fresh = is_fresh(ui, dialog);
    let wide = matches!(
        dialog,
        Dialog::Manual(_) | Dialog::Palette(_) | Dialog::Publish(_) | Dialog::Page(_)
    );
    let shown = modal.show(ui.ctx(), |ui| {
        let width = match dialog {
            Dialog::Beside(_) => ui.ctx().content_rect().width() * 0.8 / sizes().unit,
            // A report beside its source needs the width of the window.
            Dialog::Intake => f32::INFINITY,
            Dialog::Rescue(_) => 88.0,
            Dialog::Years(_) => 112.0,
            Dialog::Shortcuts => WIDTH,
            _ if wide => 72.0,
            _ => 56.0,
        };
        // A small window leaves a dialog no more than its own width.
        let room = ui.ctx().content_rect().size() / sizes().unit - vec2(12.0, 8.0);
        let room = room.max(egui::Vec2::ZERO);
        ui.set_width(sizes().unit * width.min(room.x));
        // A dialog that follows a lower one may be as high as it needs to be.
        ui.set_max_height(sizes().unit * room.y);
        match dialog {
            Dialog::Rescue(rescue) => rescue_ui(ui, state, rescue, actions),
            Dialog::New(new) => new_ui(ui, state, new, fresh, actions),
            Dialog::Year(asked) => ask_year_ui(ui, asked, actions),
            Dialog::Guard(after) => guard_ui(ui, state, after, actions),
            Dialog::Blocked { writer, insists } => blocked_ui(ui, state, writer, insists, actions),
            Dialog::TypePath {
                waiting,
                text,
                listing,
            } => path_ui(ui, state, waiting, text, listing, fresh, actions),
            Dialog::Page(check) => page_check_ui(ui, check, actions),
            Dialog::Years(view) => years_ui(ui, state, view, actions),
            Dialog::Publish(publishing) => publish_ui(ui, state, publishing, actions),
            Dialog::Palette(seek) => palette_ui(ui, state, seek, actions),
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
            Dialog::Manual(page) => {
                title_ui(ui, "使用手册");
                manual_ui(ui, page, fresh);
                buttons_ui(ui, |ui| {
                    if main_button(ui, "关闭", true) {
                        actions.push(Action::CloseDialog);
                    }
                    if let Some(page) = manual::page()
                        && ui.button("看带图的手册").clicked()
                    {
                        actions.push(Action::ShowManual(page));
                    }
                });
            }
            Dialog::Sheet(by) => sheet_ui(ui, by, fresh, actions),
            Dialog::Confirm(confirming) => confirm_ui(ui, confirming, fresh, actions),
            Dialog::Beside(beside) => beside_ui(ui, beside, actions),
            Dialog::Rules(setting) => rules_ui(ui, setting, actions),
            Dialog::Shortcuts => {
                title_ui(ui, "快捷键");
                shortcuts_ui(ui);
                close_ui(ui, actions);
            }
            Dialog::Follow(following) => follow_ui(ui, following, actions),
            Dialog::About => about_ui(ui, state, actions),
        }
    });
    let escaped = ui.input(|input| input.key_pressed(Key::Escape));
    if escaped || shown.backdrop_response.clicked() && is_only_read(dialog) {
        actions.push(Action::CloseDialog);
    }
}

/// Whether this is the first frame of the dialog; what had the focus below it loses it then.
fn is_fresh(ui: &Ui, dialog: &Dialog) -> bool {
    let pass = ui.ctx().cumulative_pass_nr();
    let id = Id::unique("dialog shown last");
    let now = (std::mem::discriminant(dialog), pass);
    let last: Option<(Discriminant<Dialog>, u64)> = ui.data(|data| data.get_temp(id));
    ui.data_mut(|data| data.insert_temp(id, now));
    let fresh = last.is_none_or(|(kind, before)| kind != now.0 || before + 1 < pass);
    if fresh {
        ui.memory_mut(|memory| {
            if let Some(focused) = memory.focused() {
                memory.surrender_focus(focused);
            }
        });
    }
    fresh
}

fn is_only_read(dialog: &Dialog) -> bool {
    matches!(
        dialog,
        Dialog::Manual(_)
            | Dialog::Shortcuts
            | Dialog::About
            | Dialog::Beside(_)
            | Dialog::Page(_)
            | Dialog::Years(_)
            | Dialog::Trouble { .. }
            | Dialog::Palette(_)
    )
}

fn close_ui(ui: &mut Ui, actions: &mut Actions) {
    buttons_ui(ui, |ui| {
        if main_button(ui, "关闭", true) {
            actions.push(Action::CloseDialog);
        }
    });
}

fn guard_ui(ui: &mut Ui, state: &State, after: &ThenDo, actions: &mut Actions) {
    title_ui(ui, "有修改还没有保存");
    if let Some(open) = &state.open {
        let report = open.draft.report();
        ui.label(format!("{}{}年报告", report.issuer(), report.year()));
    }
    ui.label(left_words(state));
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
        let warning = "带着这些问题导出的文件不宜发布，里面会标明“草稿”，确定导出吗？";
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

fn about_ui(ui: &mut Ui, state: &State, actions: &mut Actions) {
    title_ui(ui, "年报");
    ui.label(format!("版本{}", env!("CARGO_PKG_VERSION")));
    ui.label("政府信息公开工作年度报告填报程序。不联网，文件只存在本机。");
    ui.label(crate::keep::PROMISE);
    ui.add_space(sizes().unit);
    for edition in form::all() {
        ui.label(format!("{}：{}", edition.name, edition.notice));
    }
    ui.add_space(sizes().unit);
    renderer_ui(ui, state, actions);
    ui.add_space(sizes().unit);
    let licence = "程序按MIT或Apache-2.0许可，字体Noto Sans SC按OFL 1.1许可";
    ui.label(RichText::new(licence).small().color(palette(ui).weak.0));
    close_ui(ui, actions);
}

/// Whether the text follows the tables, with what would change now.
fn follow_ui(ui: &mut Ui, following: &Following, actions: &mut Actions) {
    title_ui(ui, "正文里的数字跟着改吗？");
    let changes = &following.followed.changes;
    ui.label(format!(
        "这里改了以后，正文有{}处原来与表一致的数字要跟着改：",
        changes.len()
    ));
    for (was, now) in changes.iter().take(SHOWN) {
        ui.label(format!("{was} 改为 {now}"));
    }
    if changes.len() > SHOWN {
        ui.label("……");
    }
    ui.add_space(sizes().unit);
    let remark = "以后都照这次的回答做，撤销时一起撤销；编辑菜单的“正文随表改”可以换";
    ui.label(RichText::new(remark).small().color(palette(ui).weak.0));
    buttons_ui(ui, |ui| {
        if main_button(ui, "跟着改", true) {
            actions.push(Action::Follow(true));
        }
        if ui.button("不改正文").clicked() {
            actions.push(Action::Follow(false));
        }
    });
}

/// How the window is drawn, and how it is to be drawn from the next start on.
fn renderer_ui(ui: &mut Ui, state: &State, actions: &mut Actions) {
    let Some(now) = state.renderer else {
        return;
    };
    let remembered = state.settings.renderer.as_deref();
    let next = remembered.and_then(Renderer::named).unwrap_or(now);
    ui.horizontal_wrapped(|ui| {
        ui.label("画面由");
        for way in Renderer::all() {
            if ui.radio(way == next, way.title()).clicked() && way != next {
                actions.push(Action::Renderer(way));
            }
        }
    });
    if next != now {
        ui.label(format!(
            "现在是{}，下次打开窗口时换成{}",
            now.title(),
            next.title()
        ));
    }
}
