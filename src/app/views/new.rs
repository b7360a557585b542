//! The dialog for a new report: the year, the authority, last year's report.

use egui::{ComboBox, RichText, TextEdit, Ui};

use crate::app::actions::{Action, Actions};
use crate::app::state::State;
use crate::app::state::dialog::{AskYear, NewReport, ReadFrom};
use crate::app::state::settings::Recent;
use crate::app::widgets::dialog::{buttons_ui, main_button, title_ui};
use crate::app::widgets::theme::{palette, sizes};
use crate::{disk, form};

/// The years that need no list to be opened.
const AT_HAND: u16 = 3;

/// The dialog; `fresh` in the frame in which it appears.
pub fn new_ui(ui: &mut Ui, state: &State, new: &mut NewReport, fresh: bool, actions: &mut Actions) {
    let unit = sizes().unit;
    title_ui(ui, "新建报告");
    step_ui(ui, "1", "报告年份", |ui, label| {
        year_ui(ui, &mut new.year, new.latest, label);
    });
    if let Some(edition) = form::for_year(new.year) {
        let text = format!("{}（{}）", edition.name, edition.notice);
        ui.label(RichText::new(text).small().color(palette(ui).weak.0));
    }
    ui.add_space(unit);
    let entered = step_ui(ui, "2", "机关名称", |ui, label| {
        issuer_ui(ui, state, new, label, fresh)
    });
    ui.add_space(unit);
    step_ui(ui, "3", "上年度报告", |ui, _| {
        prior_ui(ui, state, new, actions);
    });
    let possible = form::for_year(new.year).is_some();
    buttons_ui(ui, |ui| {
        if main_button(ui, "新建", possible) || entered && possible {
            actions.push(Action::Create(new.clone()));
        }
        if ui.button("取消").clicked() {
            actions.push(Action::CloseDialog);
        }
    });
}

fn step_ui<R>(
    ui: &mut Ui,
    number: &str,
    name: &str,
    add: impl FnOnce(&mut Ui, egui::Id) -> R,
) -> R {
    let accent = palette(ui).accent.0;
    let label = ui
        .horizontal(|ui| {
            ui.label(RichText::new(number).strong().color(accent));
            ui.label(name)
        })
        .inner;
    ui.indent(name, |ui| add(ui, label.id)).inner
}

/// The year of a report that was read and does not say it.
pub fn ask_year_ui(ui: &mut Ui, asked: &mut AskYear, actions: &mut Actions) {
    title_ui(ui, "这份报告是哪一年的？");
    let label = match &asked.source {
        ReadFrom::File(path) => format!("{}里没有写报告年份，请选定后导入", disk::shown(path)),
        ReadFrom::Clip(_) => "复制的内容里没有写报告年份，请选定后导入".to_owned(),
    };
    let label = ui.label(label).id;
    ui.add_space(sizes().unit);
    year_ui(ui, &mut asked.year, asked.latest, label);
    buttons_ui(ui, |ui| {
        let words = format!("按{}年导入", asked.year);
        if main_button(ui, &words, true) {
            actions.push(Action::Read(asked.source.clone(), asked.year));
        }
        if ui.button("取消").clicked() {
            actions.push(Action::CloseDialog);
        }
    });
}

fn year_ui(ui: &mut Ui, chosen: &mut u16, latest: u16, label: egui::Id) {
    let first = form::first_year();
    ui.horizontal(|ui| {
        let at_hand = latest.saturating_sub(AT_HAND - 1).max(first);
        for year in (at_hand..=latest).rev() {
            ui.selectable_value(chosen, year, format!("{year}年"));
        }
        let shown = if *chosen < at_hand {
            format!("{chosen}年")
        } else {
            "更早".to_owned()
        };
        let combo = ComboBox::from_id_salt("year")
            .selected_text(shown)
            .show_ui(ui, |ui| {
                for year in (first..at_hand).rev() {
                    ui.selectable_value(chosen, year, format!("{year}年"));
                }
            });
        combo.response.labelled_by(label);
    });
}

/// The name of the authority; returns whether Enter was pressed in it.
fn issuer_ui(
    ui: &mut Ui,
    state: &State,
    new: &mut NewReport,
    label: egui::Id,
    fresh: bool,
) -> bool {
    let edit = TextEdit::singleline(&mut new.issuer)
        .hint_text("例如某某镇人民政府")
        .desired_width(f32::INFINITY);
    let response = ui.add(edit).labelled_by(label);
    if fresh {
        response.request_focus();
    }
    let mut issuers: Vec<&str> = Vec::new();
    for recent in &state.settings.recent {
        if !recent.issuer.is_empty() && !issuers.contains(&recent.issuer.as_str()) {
            issuers.push(&recent.issuer);
        }
    }
    issuers.truncate(4);
    if new.issuer.is_empty() && !issuers.is_empty() {
        ui.horizontal_wrapped(|ui| {
            for issuer in issuers {
                if chip(ui, issuer) {
                    issuer.clone_into(&mut new.issuer);
                }
            }
        });
    }
    response.lost_focus() && ui.input(|input| input.key_pressed(egui::Key::Enter))
}

fn prior_ui(ui: &mut Ui, state: &State, new: &mut NewReport, actions: &mut Actions) {
    let weak = palette(ui).weak.0;
    ui.horizontal(|ui| {
        if ui.button("选择文件…").clicked() {
            actions.push(Action::AskNewPrior(new.clone()));
        }
        let sign = state.progress_sign();
        let text = match (&new.prior, sign) {
            (_, Some(sign)) => sign,
            (Some(prior), None) => prior.source.as_str(),
            (None, None) => "可以不选，也可以把文件拖到这里",
        };
        ui.add(egui::Label::new(RichText::new(text).color(weak)).truncate());
    });
    if let Some(prior) = &new.prior {
        for remark in prior.remarks(new.year) {
            let ink = palette(ui).query.0;
            ui.add(egui::Label::new(RichText::new(remark).small().color(ink)).wrap());
        }
        if chip(ui, "不用它") {
            new.prior = None;
        }
        return;
    }
    if let Some(recent) = last_years(state, new) {
        let text = format!("用最近的草稿：{}{}年", recent.issuer, recent.year);
        if chip(ui, &text) {
            actions.push(Action::ReadNewPrior(recent.path.clone()));
        }
    }
}

/// A small button for something that need not be typed; whether it was clicked.
fn chip(ui: &mut Ui, text: &str) -> bool {
    ui.button(RichText::new(text).small()).clicked()
}

/// The recent draft that is most likely last year's report.
fn last_years<'a>(state: &'a State, new: &NewReport) -> Option<&'a Recent> {
    let recent = state.settings.recent.iter();
    let mut fitting = recent.filter(|recent| {
        let same = new.issuer.trim().is_empty() || new.issuer.trim() == recent.issuer;
        same && recent.year + 1 == new.year
    });
    fitting.next()
}
