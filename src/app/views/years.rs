//! The dialog with reports of several years side by side: which ones, their key figures, and plain charts.

use egui::{Align, Align2, Color32, Grid, Layout, RichText, ScrollArea, Ui, vec2};
use egui_plot::{AxisHints, Bar, BarChart, GridMark, Plot, PlotPoint, Text};
use rust_decimal::prelude::ToPrimitive as _;

use crate::app::actions::{Action, Actions, YearsAction};
use crate::app::state::State;
use crate::app::state::years::YearsView;
use crate::app::widgets::dialog::{buttons_ui, main_button, title_ui};
use crate::app::widgets::theme::{palette, sizes};
use crate::years::{Chart, ComparedYears, MOST, YearFigure, YearValue};

/// The height of a bar with its gap, in steps.
const BAR: f32 = 2.75;
/// The gap between the bars of two figures, as a part of that.
const BETWEEN: f64 = 0.45;
/// What is left of a chart's width for the figure behind the longest bar.
const FIGURE: f64 = 0.35;

/// The dialog.
pub fn years_ui(ui: &mut Ui, state: &State, view: &YearsView, actions: &mut Actions) {
    title_ui(ui, "几年对比");
    let height = ui.ctx().content_rect().height() - sizes().unit * 26.0;
    ScrollArea::vertical().max_height(height).show(ui, |ui| {
        reports_ui(ui, state, view, actions);
        ui.separator();
        match &view.years {
            Ok(years) => page_ui(ui, years),
            Err(error) => {
                ui.label(RichText::new(error.to_string()).color(palette(ui).query.0));
            }
        }
    });
    buttons_ui(ui, |ui| {
        if main_button(ui, "写成文件…", view.years.is_ok()) {
            actions.push(Action::Years(YearsAction::Save));
        }
        if ui.button("关闭").clicked() {
            actions.push(Action::CloseDialog);
        }
    });
}

/// The reports that were chosen, and the ways to others.
fn reports_ui(ui: &mut Ui, state: &State, view: &YearsView, actions: &mut Actions) {
    for (number, chosen) in view.reports.iter().enumerate() {
        ui.horizontal(|ui| {
            let year = chosen.report.year();
            if ui.small_button(format!("移除{year}年")).clicked() {
                actions.push(Action::Years(YearsAction::Remove(number)));
            }
            let text = format!("{year}年　{}　{}", chosen.report.issuer(), chosen.source);
            ui.add(egui::Label::new(text).truncate());
        });
    }
    let has_room = view.reports.len() < MOST;
    ui.horizontal_wrapped(|ui| {
        let add = egui::Button::new("加一份报告…");
        if ui.add_enabled(has_room, add).clicked() {
            actions.push(Action::Years(YearsAction::Ask));
        }
        let recent = &state.settings.recent;
        if has_room && !recent.is_empty() {
            ui.menu_button("加最近的草稿", |ui| {
                for recent in recent {
                    let name = format!("{}　{}年", recent.issuer, recent.year);
                    if ui.button(name).clicked() {
                        let add = YearsAction::Add(recent.path.clone());
                        actions.push(Action::Years(add));
                    }
                }
            });
        }
        let hint = format!("两到{MOST}份，草稿或者已发布的报告，每年一份");
        ui.label(RichText::new(hint).small().color(palette(ui).weak.0));
    });
    if !view.fault.is_empty() {
        ui.label(RichText::new(view.fault.as_str()).color(palette(ui).error.0));
    }
}

fn page_ui(ui: &mut Ui, years: &ComparedYears) {
    ui.label(RichText::new(years.title()).size(sizes().heading));
    table_ui(ui, years);
    ui.add_space(sizes().unit);
    let charts = years.charts();
    ui.columns(2, |columns| {
        let mut heights = [0.0_f32; 2];
        for chart in &charts {
            let column = usize::from(heights[1] < heights[0]);
            if let (Some(ui), Some(height)) = (columns.get_mut(column), heights.get_mut(column)) {
                *height += chart_ui(ui, chart);
            }
        }
    });
    for remark in years.remarks() {
        ui.label(RichText::new(remark).small().color(palette(ui).weak.0));
    }
}

fn table_ui(ui: &mut Ui, years: &ComparedYears) {
    let weak = palette(ui).weak.0;
    Grid::new("key figures").striped(true).show(ui, |ui| {
        let right = |ui: &mut Ui, text: RichText| {
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| ui.label(text));
        };
        ui.label(RichText::new("主要数据").strong());
        for year in years.years() {
            right(ui, RichText::new(format!("{year}年")).strong());
        }
        ui.end_row();
        for row in &years.rows {
            ui.label(format!("{}（{}）", row.label, row.unit));
            for figure in &row.years {
                let text = RichText::new(figure.value.to_string());
                let is_figure = matches!(figure.value, YearValue::Figure(_));
                right(ui, if is_figure { text } else { text.color(weak) });
            }
            ui.end_row();
        }
    });
}

/// A bar as it is drawn.
struct Mark {
    at: f64,
    length: f64,
    name: String,
    says: String,
    is_newest: bool,
}

/// The bars of a chart from top to bottom.
fn marks(chart: &Chart<'_>) -> Vec<Mark> {
    let mut marks = Vec::new();
    let mut at = 0.0;
    for row in &chart.rows {
        for (number, figure) in row.years.iter().enumerate() {
            at -= 1.0;
            let year = figure.year;
            marks.push(Mark {
                at,
                length: length(figure),
                name: match chart.rows.len() {
                    1 => year.to_string(),
                    _ => format!("{} {year}", row.label),
                },
                says: figure.value.to_string(),
                is_newest: number + 1 == row.years.len(),
            });
        }
        at -= BETWEEN;
    }
    marks
}

/// How long a bar is beside others; only for the eye.
fn length(figure: &YearFigure) -> f64 {
    match figure.value {
        YearValue::Figure(number) => number.decimal().to_f64().unwrap_or_default().max(0.0),
        YearValue::Blank | YearValue::Absent => 0.0,
    }
}

/// Draws a chart; returns how high it is.
fn chart_ui(ui: &mut Ui, chart: &Chart<'_>) -> f32 {
    let colours = palette(ui);
    ui.add_space(sizes().unit);
    ui.label(RichText::new(&chart.title).strong());
    let marks = marks(chart);
    let longest = marks.iter().map(|mark| mark.length).fold(0.0, f64::max);
    let longest = if longest > 0.0 { longest } else { 1.0 };
    let lowest = marks.last().map_or(0.0, |mark| mark.at);
    let height = (0.4 - lowest) as f32 * sizes().unit * BAR;
    let bars = marks.iter().map(|mark| {
        let fill = if mark.is_newest {
            colours.accent.0
        } else {
            colours.ghost.0
        };
        Bar::new(mark.at, mark.length)
            .width(0.64)
            .fill(fill)
            .name(&mark.name)
    });
    let bars = BarChart::new("bars", bars.collect())
        .horizontal()
        .allow_hover(false);
    let lines: Vec<GridMark> = marks
        .iter()
        .map(|mark| GridMark {
            value: mark.at,
            step_size: 1.0,
        })
        .collect();
    let names: Vec<(f64, String)> = marks
        .iter()
        .map(|mark| (mark.at, mark.name.clone()))
        .collect();
    let label = move |mark: GridMark, _: &std::ops::RangeInclusive<f64>| {
        let found = names.iter().find(|(at, _)| (at - mark.value).abs() < 0.01);
        found.map_or_else(String::new, |(_, name)| name.clone())
    };
    let axis = AxisHints::new_y()
        .formatter(label)
        .label_spacing(1.0..=2.0)
        .tick_label_color(colours.text.0);
    let texts: Vec<Text> = marks
        .iter()
        .map(|mark| text(mark, longest, colours.text.0))
        .collect();
    Plot::new(&chart.title)
        .height(height)
        .custom_y_axes(vec![axis])
        .y_grid_spacer(move |_| lines.clone())
        .show_axes([false, true])
        .show_grid(false)
        .show_background(false)
        .show_crosshair(false)
        .allow_zoom(false)
        .allow_scroll(false)
        .allow_drag(false)
        .allow_boxed_zoom(false)
        .allow_axis_zoom_drag(false)
        .allow_double_click_reset(false)
        .set_margin_fraction(vec2(0.0, 0.0))
        .default_x_bounds(0.0, longest * (1.0 + FIGURE))
        .default_y_bounds(lowest - 0.5, -0.4)
        .label_formatter(|_| None)
        .show(ui, move |plot| {
            plot.bar_chart(bars);
            for text in texts {
                plot.text(text);
            }
        });
    height + sizes().unit * 4.0
}

/// The figure behind a bar.
fn text(mark: &Mark, longest: f64, colour: Color32) -> Text {
    let place = PlotPoint::new(mark.length + longest * 0.015, mark.at);
    Text::new(
        &mark.name,
        place,
        RichText::new(&mark.says).size(sizes().small),
    )
    .anchor(Align2::LEFT_CENTER)
    .color(colour)
    .allow_hover(false)
}
