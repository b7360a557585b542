//! Who has reported, in what state, from which file.

use egui::{Grid, Label, RichText, TextEdit, Ui, WidgetInfo};

use crate::app::actions::{Actions, GatherAction};
use crate::app::state::gather::{GatherDone, GatherPage};
use crate::app::views::gather::opening::{open_ui, push};
use crate::app::widgets::theme::{palette, sizes};
use crate::desk::UnitState;
use crate::desk::gather::GatheredUnit;

pub(super) fn units_ui(ui: &mut Ui, page: &GatherPage, done: &GatherDone, actions: &mut Actions) {
    leaving_ui(ui, page, actions);
    let gathering = &done.gathering;
    let mut units: Vec<&GatheredUnit> = gathering.units.iter().collect();
    let order = |state| UnitState::ALL.iter().position(|one| *one == state);
    units.sort_by_key(|unit| order(unit.state));
    let width = (ui.available_width() - sizes().unit * 90.0).max(sizes().unit * 24.0);
    Grid::new("units")
        .num_columns(6)
        .striped(true)
        .spacing([sizes().unit * 1.5, sizes().unit * 0.75])
        .show(ui, |ui| {
            for title in ["单位", "状态", "文件", "年度和格式", "说明", ""] {
                ui.label(RichText::new(title).small().color(palette(ui).weak.0));
            }
            ui.end_row();
            for unit in units {
                row_ui(ui, page, done, unit, width, actions);
                ui.end_row();
            }
        });
    rest_ui(ui, done);
}

fn row_ui(
    ui: &mut Ui,
    page: &GatherPage,
    done: &GatherDone,
    unit: &GatheredUnit,
    width: f32,
    actions: &mut Actions,
) {
    let colours = palette(ui);
    let gathering = &done.gathering;
    let taken = gathering.taken_of(unit);
    let name = if unit.listed.contact.is_empty() {
        unit.name.clone()
    } else {
        format!("{}（{}）", unit.name, unit.listed.contact)
    };
    ui.label(name);
    let ink = match unit.state {
        UnitState::Missing | UnitState::Faulty => colours.error.0,
        UnitState::Returned | UnitState::Revised => colours.query.0,
        UnitState::Reported | UnitState::Passed => colours.good.0,
    };
    let counts = taken.map(|taken| {
        let of = |name: &str, count: usize| (count > 0).then(|| format!("{name}{count}"));
        let both = [of("强制", taken.errors), of("核实", taken.queries)];
        both.into_iter().flatten().collect::<Vec<_>>().join(" ")
    });
    let state = match counts.filter(|counts| !counts.is_empty()) {
        Some(counts) => format!("{}（{counts}）", unit.state.name()),
        None => unit.state.name().to_owned(),
    };
    ui.label(RichText::new(state).color(ink));
    ui.scope(|ui| {
        ui.set_max_width(sizes().unit * 24.0);
        let file = taken.map_or("", |taken| taken.file.as_str());
        ui.add(Label::new(file).truncate());
    });
    let facts = taken.map_or_else(String::new, |taken| {
        let when = taken
            .when
            .map_or_else(String::new, |when| format!("，{when}"));
        format!("{}年（{}）{when}", taken.year, taken.edition.id)
    });
    ui.label(RichText::new(facts).small());
    ui.scope(|ui| {
        ui.set_max_width(width);
        let notes = unit.notes.join("；");
        ui.add(Label::new(RichText::new(notes).small()).wrap());
    });
    ui.horizontal(|ui| {
        open_ui(ui, done, unit, actions);
        let out = page
            .request
            .without
            .iter()
            .any(|(name, _)| *name == unit.name);
        let (words, step) = if out {
            ("计入", GatherAction::Leave(unit.name.clone(), None))
        } else {
            let leaving = (unit.name.clone(), String::new());
            ("不计入…", GatherAction::Leaving(Some(leaving)))
        };
        let button = ui.button(words);
        let name = format!("{words}{}", unit.name);
        button.widget_info(|| WidgetInfo::labeled(egui::Role::Button, true, &name));
        if button.clicked() {
            push(actions, step);
        }
    });
}

/// The reason why a unit is not counted, while it is written.
fn leaving_ui(ui: &mut Ui, page: &GatherPage, actions: &mut Actions) {
    let Some((unit, reason)) = &page.leaving else {
        return;
    };
    ui.horizontal_wrapped(|ui| {
        let label = ui.label(format!("{unit}不计入汇总，原因"));
        let mut text = reason.clone();
        let edit = TextEdit::singleline(&mut text).desired_width(sizes().unit * 32.0);
        let response = ui.add(edit).labelled_by(label.id);
        if reason.is_empty() && !response.has_focus() && !response.changed() {
            response.request_focus();
        }
        let reason = text.trim().to_owned();
        let has_reason = !reason.is_empty();
        let entered =
            response.lost_focus() && ui.input(|input| input.key_pressed(egui::Key::Enter));
        if response.changed() {
            push(actions, GatherAction::Leaving(Some((unit.clone(), text))));
        }
        let set = ui.add_enabled(has_reason, egui::Button::new("不计入"));
        if has_reason && (set.clicked() || entered) {
            push(actions, GatherAction::Leave(unit.clone(), Some(reason)));
        }
        if ui.button("取消").clicked() {
            push(actions, GatherAction::Leaving(None));
        }
    });
    ui.separator();
}

/// Files that are no unit's, or could not be read.
fn rest_ui(ui: &mut Ui, done: &GatherDone) {
    let gathering = &done.gathering;
    let strays = gathering.strays.iter().filter_map(|stray| {
        let taken = gathering.taken.get(stray.taken)?;
        Some(format!("{}：{}", taken.file, stray.note))
    });
    let unread = gathering.unread.iter();
    let unread = unread.map(|unread| format!("{}：{}", unread.file, unread.reason));
    let others =
        (!done.others.is_empty()).then(|| format!("不是报告的文件：{}", done.others.join("、")));
    let lines: Vec<String> = strays.chain(unread).chain(others).collect();
    if lines.is_empty() {
        return;
    }
    ui.add_space(sizes().unit);
    ui.label(RichText::new("没有计入的文件").strong());
    for line in lines {
        ui.add(Label::new(line).wrap());
    }
}
