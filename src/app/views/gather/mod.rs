//! The page of many reports (汇总): who has reported, the sums, how the county's own report differs, what is alike.

mod alike;
mod beside;
mod opening;
mod sums;
mod units;

use egui::{RichText, ScrollArea, Ui};

use crate::app::actions::{Actions, GatherAction};
use crate::app::state::State;
use crate::app::state::gather::{GatherPage, GatherTab};
use crate::app::views::gather::opening::push;
use crate::app::widgets::theme::{palette, sizes};

/// The page.
pub fn gather_ui(ui: &mut Ui, state: &State, page: &GatherPage, actions: &mut Actions) {
    head_ui(ui, state, page, actions);
    let Some(done) = &page.done else {
        let words = if page.is_busy {
            "正在读各单位的报告…"
        } else {
            ""
        };
        ui.label(words);
        return;
    };
    ui.horizontal_wrapped(|ui| {
        for (tab, name) in GatherTab::ALL {
            if ui.selectable_label(page.tab == tab, name).clicked() {
                push(actions, GatherAction::Tab(tab));
            }
        }
    });
    ui.separator();
    match page.tab {
        GatherTab::Sums => sums::sums_ui(ui, state, page, done, actions),
        tab => {
            ScrollArea::vertical()
                .id_salt(("gathered", tab as u8))
                .auto_shrink(false)
                .show(ui, |ui| match tab {
                    GatherTab::Units | GatherTab::Sums => {
                        units::units_ui(ui, page, done, actions);
                    }
                    GatherTab::Beside => beside::beside_ui(ui, state, page, done, actions),
                    GatherTab::Alike => alike::alike_ui(ui, done, actions),
                });
        }
    }
}

/// The folder, what can be chosen besides, and how it stands.
fn head_ui(ui: &mut Ui, state: &State, page: &GatherPage, actions: &mut Actions) {
    let colours = palette(ui);
    let request = &page.request;
    ui.horizontal_wrapped(|ui| {
        ui.label(RichText::new("汇总").size(sizes().heading));
        let folder = request.folder.display().to_string();
        ui.label(RichText::new(folder).color(colours.weak.0));
        let may_ask = state.waiting.is_none();
        let list = match &request.units {
            Some(file) => format!("名单：{}…", name(file)),
            None => "应报名单…".to_owned(),
        };
        let before = match &request.last {
            Some(folder) => format!("上年：{}…", name(folder)),
            None => "上年的文件夹…".to_owned(),
        };
        let has_result = page.done.is_some();
        for (words, is_enabled, step) in [
            ("换文件夹…".to_owned(), may_ask, GatherAction::AskFolder),
            (list, may_ask, GatherAction::AskUnits),
            (before, may_ask, GatherAction::AskLast),
            (
                "导出…".to_owned(),
                may_ask && has_result,
                GatherAction::AskOutput,
            ),
        ] {
            if ui
                .add_enabled(is_enabled, egui::Button::new(words))
                .clicked()
            {
                push(actions, step);
            }
        }
        let back = if state.open.is_some() {
            "回到报告"
        } else {
            "回到开始页"
        };
        if ui.button(back).clicked() {
            push(actions, GatherAction::Hide);
        }
    });
    if !page.trouble.is_empty() {
        ui.label(RichText::new(&page.trouble).color(colours.error.0));
    }
    if let Some(done) = &page.done {
        let gathering = &done.gathering;
        ui.horizontal_wrapped(|ui| {
            ui.label(
                RichText::new(format!("{}年度：{}", gathering.year, gathering.summary())).strong(),
            );
            if page.is_busy {
                ui.label(RichText::new("正在读…").color(colours.weak.0));
            }
        });
    }
}

fn name(path: &std::path::Path) -> String {
    let name = path.file_name().unwrap_or(path.as_os_str());
    name.to_string_lossy().into_owned()
}
