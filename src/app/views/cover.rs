//! The cover: the issuing authority, the year, a title of its own, last year's report.

use egui::{ComboBox, Grid, RichText, TextEdit, Ui};

use crate::app::actions::{Action, Actions, Command};
use crate::app::state::{OpenDraft, Target};
use crate::app::widgets::ime;
use crate::app::widgets::theme::{palette, sizes};
use crate::form::{self, FieldId};
use crate::report::Entry;

/// The text boxes of the cover while they are typed in.
#[derive(Debug, Default)]
pub struct CoverView {
    issuer: String,
    title: String,
    /// The line that was typed in last.
    last: Option<FieldId>,
}

/// The cover.
pub fn cover_ui(
    ui: &mut Ui,
    open: &OpenDraft,
    latest: Option<u16>,
    view: &mut CoverView,
    actions: &mut Actions,
) {
    let unit = sizes().unit;
    let colours = palette(ui);
    let report = open.draft.report();
    let edition = report.edition();
    ui.label(RichText::new(super::outline::COVER).size(sizes().heading));
    ui.add_space(unit);
    Grid::new("cover")
        .num_columns(2)
        .spacing([unit * 2.0, unit * 1.5])
        .show(ui, |ui| {
            let id = edition.issuer_field;
            let last = view.last.unwrap_or(id);
            let hint = "例如某某镇人民政府";
            let focused = line_ui(ui, open, last, id, hint, &mut view.issuer, actions);
            view.last = focused.or(view.last);
            ui.end_row();
            let label = ui.label("年份");
            year_ui(ui, open, latest, label.id, actions);
            ui.end_row();
            let usual = edition.usual_title(report.issuer(), report.year());
            let id = edition.title_field;
            let focused = line_ui(ui, open, last, id, &usual, &mut view.title, actions);
            view.last = focused.or(view.last);
            ui.end_row();
            ui.label("");
            ui.label(
                RichText::new("不填就用通行的标题")
                    .small()
                    .color(colours.weak.0),
            );
            ui.end_row();
            ui.label("上年度报告");
            ui.horizontal(|ui| {
                if let Some(prior) = open.draft.prior() {
                    ui.label(&prior.source);
                }
                let title = if open.draft.prior().is_some() {
                    "换一份…"
                } else {
                    "选择文件…"
                };
                if ui.button(title).clicked() {
                    actions.push(Action::Run(Command::ChoosePrior));
                }
            });
            ui.end_row();
            let prior = open.draft.prior().into_iter();
            for remark in prior.flat_map(|prior| prior.remarks(report.year())) {
                ui.label("");
                ui.label(RichText::new(remark).small().color(colours.query.0));
                ui.end_row();
            }
        });
    if open.draft.prior().is_none() {
        let why = "加上上年度报告，结转和存量才能核对";
        ui.label(RichText::new(why).small().color(colours.weak.0));
    }
    ui.add_space(unit);
    ui.label(RichText::new(&edition.notice).small().color(colours.weak.0));
}

/// The year, which can be changed up to the latest one, and the edition that follows from it.
fn year_ui(
    ui: &mut Ui,
    open: &OpenDraft,
    latest: Option<u16>,
    label: egui::Id,
    actions: &mut Actions,
) {
    let report = open.draft.report();
    ui.horizontal(|ui| {
        let latest = latest.unwrap_or(report.year()).max(report.year());
        let mut chosen = report.year();
        let combo = ComboBox::from_id_salt("year of the report")
            .selected_text(format!("{chosen}年"))
            .show_ui(ui, |ui| {
                for year in (form::first_year()..=latest).rev() {
                    ui.selectable_value(&mut chosen, year, format!("{year}年"));
                }
            });
        combo.response.labelled_by(label);
        if chosen != report.year() {
            actions.push(Action::OfYear(chosen));
        }
        ui.label(&report.edition().name);
    });
}

/// One line; returns its field while it has the keyboard.
fn line_ui(
    ui: &mut Ui,
    open: &OpenDraft,
    last: FieldId,
    id: FieldId,
    hint: &str,
    text: &mut String,
    actions: &mut Actions,
) -> Option<FieldId> {
    let report = open.draft.report();
    let field = report.edition().field(id);
    let label = ui.label(&field.label);
    let widget = egui::Id::unique(("cover", &field.key));
    let focused = ui.memory(|memory| memory.has_focus(widget));
    // While it is typed in, the box may hold blanks at its ends that the entry does not keep.
    let composing = focused && ime::is_composing(ui);
    if !composing && (!focused || text.trim() != report.text(id)) {
        report.text(id).clone_into(text);
    }
    let edit = TextEdit::singleline(text)
        .id(widget)
        .hint_text(hint.to_owned())
        .desired_width(sizes().column_width * 0.6);
    let response = ui.add(edit).labelled_by(label.id);
    let entry = Entry::read(field.kind, text);
    if !composing && entry != *report.entry(id) {
        actions.push(Action::Type(format!("修改{}", field.label), id, entry));
    }
    if response.lost_focus() {
        actions.push(Action::Seal);
    }
    let is_meant = match open.target {
        Some(Target::Field(field)) => field == id,
        Some(Target::Part) => last == id,
        _ => false,
    };
    if is_meant {
        response.request_focus();
    }
    response.has_focus().then_some(id)
}
