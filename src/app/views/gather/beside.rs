//! How the county's own report, which is the open one, differs from the sums.

use egui::{Grid, Label, RichText, Ui, WidgetInfo};

use crate::app::actions::{Actions, GatherAction};
use crate::app::state::State;
use crate::app::state::gather::{GatherDone, GatherPage, GatherTab};
use crate::app::views::gather::opening::push;
use crate::app::widgets::theme::{palette, sizes};
use crate::desk::taken::shown;

pub(super) fn beside_ui(
    ui: &mut Ui,
    state: &State,
    page: &GatherPage,
    done: &GatherDone,
    actions: &mut Actions,
) {
    let gathering = &done.gathering;
    let Some(open) = &state.open else {
        ui.label("在“文件”菜单里打开本级的草稿，再回到这里，逐格比较");
        return;
    };
    let report = open.draft.report();
    if report.year() != gathering.year {
        ui.label(format!(
            "打开的草稿是{}年度的，各单位的是{}年度的，不能比较",
            report.year(),
            gathering.year
        ));
        return;
    }
    let different = page
        .beside
        .as_ref()
        .map(|(_, different)| different.as_slice());
    let different = different.unwrap_or_default();
    if different.is_empty() {
        ui.label("打开的草稿每一格都等于各单位之和");
        return;
    }
    let issuer = report.issuer();
    ui.horizontal_wrapped(|ui| {
        ui.label(format!("{issuer}有{}格不等于各单位之和", different.len()));
        if ui.button("全部用汇总数").clicked() {
            let cells = different.iter().map(|one| one.cell).collect();
            push(actions, GatherAction::Take(cells));
        }
    });
    let width = (ui.available_width() * 0.35).max(sizes().unit * 30.0);
    Grid::new("beside the sums")
        .num_columns(6)
        .striped(true)
        .spacing([sizes().unit * 1.5, sizes().unit * 0.75])
        .show(ui, |ui| {
            for title in ["栏目", "本级", "汇总", "相差", "可能的单位", ""] {
                ui.label(RichText::new(title).small().color(palette(ui).weak.0));
            }
            ui.end_row();
            for one in different {
                let label = gathering.label(one.cell);
                ui.scope(|ui| {
                    ui.set_max_width(width);
                    ui.add(Label::new(&label).wrap());
                });
                ui.label(shown(one.own));
                ui.label(shown(one.sum));
                let gap = match (one.own, one.sum) {
                    (Some(own), Some(sum)) => (own - sum).to_string(),
                    _ => String::new(),
                };
                ui.label(gap);
                ui.scope(|ui| {
                    ui.set_max_width(width);
                    ui.add(Label::new(one.explained_by.join("、")).wrap());
                });
                let button = ui.button("看加数");
                let words = format!("看{label}的加数");
                button.widget_info(|| WidgetInfo::labeled(egui::Role::Button, true, &words));
                if button.clicked() {
                    push(actions, GatherAction::Cell(Some(one.cell)));
                    push(actions, GatherAction::Tab(GatherTab::Sums));
                }
                ui.end_row();
            }
        });
}
