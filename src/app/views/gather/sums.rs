//! The sums, laid out as the form lays them out, and the addends of the one that was chosen.

use egui::{Panel, RichText, ScrollArea, Ui};

use crate::app::actions::{Actions, GatherAction};
use crate::app::state::State;
use crate::app::state::gather::{GatherDone, GatherPage};
use crate::app::table::{FigureFace, figures_ui};
use crate::app::views::gather::opening::{open_ui, push};
use crate::app::widgets::theme::{palette, sizes};
use crate::form::{Edition, FieldId, Square, SquareContent};

pub(super) fn sums_ui(
    ui: &mut Ui,
    state: &State,
    page: &GatherPage,
    done: &GatherDone,
    actions: &mut Actions,
) {
    if let Some(cell) = page.cell {
        let width = (ui.available_width() * 0.36).min(sizes().unit * 52.0);
        Panel::right("addends").exact_size(width).show(ui, |ui| {
            ScrollArea::vertical()
                .id_salt("addends")
                .auto_shrink(false)
                .show(ui, |ui| addends_ui(ui, state, done, cell, actions));
        });
    }
    ScrollArea::both()
        .id_salt("sums")
        .auto_shrink(false)
        .show(ui, |ui| {
            for (section, table) in done.gathering.edition.tables() {
                ui.label(RichText::new(&section.label).size(sizes().heading));
                let face = |id| face(page, done, id);
                let chosen = ui.push_id(&section.id, |ui| figures_ui(ui, &table.grid, &face));
                if let Some(cell) = chosen.inner {
                    push(actions, GatherAction::Cell(Some(cell)));
                }
                ui.add_space(sizes().unit * 2.0);
            }
        });
}

fn face(page: &GatherPage, done: &GatherDone, id: FieldId) -> FigureFace {
    let sum = done.sum(id);
    let text = sum.and_then(|sum| sum.value);
    let text = text.map_or_else(String::new, |value| value.to_string());
    let blank = sum.map_or(0, |sum| sum.blank);
    let label = done.gathering.label(id);
    let said = if text.is_empty() { "空白" } else { &text };
    let (remark, lacking) = match blank {
        0 => (String::new(), String::new()),
        count => (format!("空{count}"), format!("，{count}个单位没有填")),
    };
    FigureFace {
        name: format!("{label}，汇总{said}{lacking}"),
        text,
        remark,
        stands_out: blank > 0,
        is_chosen: page.cell == Some(id),
    }
}

/// What each unit adds, the largest first, and what can be taken over.
fn addends_ui(ui: &mut Ui, state: &State, done: &GatherDone, cell: FieldId, actions: &mut Actions) {
    let gathering = &done.gathering;
    ui.label(RichText::new(gathering.label(cell)).strong());
    let addends = gathering.addends(cell);
    let blank = gathering.blank_units(cell);
    let sum = done.sum(cell).and_then(|sum| sum.value);
    let sum = sum.map_or_else(|| "空白".to_owned(), |sum| sum.to_string());
    ui.label(format!("汇总{sum}，{}个单位填了", addends.len()));
    if !blank.is_empty() {
        let names = blank.iter().filter_map(|&unit| gathering.units.get(unit));
        let names: Vec<&str> = names.map(|unit| unit.name.as_str()).collect();
        let words = format!("{}个单位没有填：{}", names.len(), names.join("、"));
        ui.label(RichText::new(words).color(palette(ui).query.0));
    }
    ui.horizontal_wrapped(|ui| {
        take_ui(ui, state, done, cell, actions);
        if ui.button("收起").clicked() {
            push(actions, GatherAction::Cell(None));
        }
    });
    ui.separator();
    for (unit, figure) in addends {
        let Some(unit) = gathering.units.get(unit) else {
            continue;
        };
        ui.horizontal_wrapped(|ui| {
            open_ui(ui, done, unit, actions);
            ui.label(format!("{}　{figure}", unit.name));
        });
    }
}

/// The buttons that put sums into the open report.
fn take_ui(ui: &mut Ui, state: &State, done: &GatherDone, cell: FieldId, actions: &mut Actions) {
    let gathering = &done.gathering;
    let Some(open) = &state.open else {
        ui.label(RichText::new("打开本级的草稿，可以把汇总数填进去").small());
        return;
    };
    let (own, year) = (open.draft.report().year(), gathering.year);
    if own != year {
        let words = format!("打开的草稿是{own}年度的，不能用{year}年度的汇总数");
        ui.label(RichText::new(words).small());
        return;
    }
    let edition = &gathering.edition;
    for (words, cells) in [
        ("这一格用汇总数", vec![cell]),
        ("这一列用汇总数", column_of(edition, cell)),
        ("整张表用汇总数", table_of(edition, cell)),
    ] {
        if ui.button(words).clicked() {
            push(actions, GatherAction::Take(cells));
        }
    }
}

/// The squares with figures of the table in which a cell stands.
fn values(edition: &Edition, cell: FieldId) -> Vec<(&Square, FieldId)> {
    let of = |squares: &'_ [Square]| -> bool {
        let is_own =
            |square: &Square| matches!(square.content, SquareContent::Value(id) if id == cell);
        squares.iter().any(is_own)
    };
    let table = edition.tables().find(|(_, table)| of(&table.grid.squares));
    let squares = table.map_or(&[][..], |(_, table)| &table.grid.squares);
    let value = |square: &'_ Square| match square.content {
        SquareContent::Value(id) => Some(id),
        _ => None,
    };
    let squares = squares.iter();
    squares
        .filter_map(|square| Some((square, value(square)?)))
        .collect()
}

fn table_of(edition: &Edition, cell: FieldId) -> Vec<FieldId> {
    values(edition, cell)
        .into_iter()
        .map(|(_, id)| id)
        .collect()
}

/// The cells above and below a cell.
fn column_of(edition: &Edition, cell: FieldId) -> Vec<FieldId> {
    let values = values(edition, cell);
    let own = values.iter().find(|(_, id)| *id == cell);
    let column = own.map(|(square, _)| square.column);
    let same = values
        .iter()
        .filter(|(square, _)| Some(square.column) == column);
    same.map(|(_, id)| *id).collect()
}
