//! The findings by level, with their cards, fixes and explanations.

use std::collections::BTreeSet;

use egui::{
    CollapsingHeader, CornerRadius, Frame, Margin, RichText, ScrollArea, Sense, Stroke, Ui,
};

use super::card::card_ui;
use super::explain::{Writing, explain_ui};
use crate::app::action::{Action, Actions};
use crate::app::kit::theme::{palette, sizes};
use crate::app::state::OpenDraft;
use crate::check::rules::RULES;
use crate::check::{Finding, Level, Subject, lapsed};

/// What the list of findings remembers.
#[derive(Debug, Default)]
pub struct FindingsView {
    writing: Option<Writing>,
    cards: BTreeSet<String>,
}

/// The findings.
pub fn findings_ui(ui: &mut Ui, open: &OpenDraft, view: &mut FindingsView, actions: &mut Actions) {
    let unit = sizes().unit;
    let colours = palette(ui);
    ui.add_space(unit);
    ui.label(RichText::new("审核结果").small().color(colours.weak.0));
    ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
        if open.findings.list.is_empty() {
            ui.label(RichText::new("没有发现问题").color(colours.good.0));
        }
        for level in [Level::Error, Level::Query, Level::Advice] {
            let count = open.findings.count(level);
            if count == 0 {
                continue;
            }
            ui.add_space(unit / 2.0);
            let heading = format!("{}（{count}）", level.name());
            ui.label(RichText::new(heading).color(colours.level(level)))
                .on_hover_text(meaning(level));
            for (index, finding) in open.findings.list.iter().enumerate() {
                if finding.level == level {
                    ui.push_id(index, |ui| {
                        finding_ui(ui, open, (index, finding), view, actions);
                    });
                }
            }
        }
        notes_ui(ui, open);
    });
}

fn meaning(level: Level) -> &'static str {
    match level {
        Level::Error => "改正后才能发布",
        Level::Query => "改正，或者写明原因后才能发布",
        Level::Advice => "看一看，不妨碍发布",
    }
}

fn finding_ui(
    ui: &mut Ui,
    open: &OpenDraft,
    (index, finding): (usize, &Finding),
    view: &mut FindingsView,
    actions: &mut Actions,
) {
    let colours = palette(ui);
    let chosen = open.chosen == Some(index);
    let line = if chosen {
        colours.accent.0
    } else {
        colours.line.0
    };
    let frame = Frame::new()
        .fill(colours.level_fill(finding.level))
        .stroke(Stroke::new(1.0, line))
        .corner_radius(CornerRadius::same(6))
        .inner_margin(Margin::symmetric(12, 8));
    frame.show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.spacing_mut().item_spacing.y = sizes().unit / 2.0;
        let message = egui::Label::new(&finding.message)
            .wrap()
            .sense(Sense::click());
        let message = ui.add(message).on_hover_text("到这一处");
        let text = finding.message.clone();
        message.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Link, true, text.clone()));
        if message.clicked() {
            actions.push(Action::GoToFinding(index));
        }
        if let Some(section) = finding.section.as_deref()
            && let Some(section) = open.draft.report().edition().section(section)
        {
            ui.label(RichText::new(&section.label).small().color(colours.weak.0));
        }
        for fix in &finding.fixes {
            if ui.button(&fix.title).clicked() {
                actions.push(Action::Edit(fix.title.clone(), fix.edit.clone()));
            }
        }
        if finding.level == Level::Query {
            let basis = finding.basis(&Subject::of(&open.draft));
            explain_ui(ui, finding, &basis, &mut view.writing, actions);
        }
        rule_ui(ui, finding, &mut view.cards);
    });
}

/// Whether a card is open is kept by rule, so that it stays while the list changes around it.
fn rule_ui(ui: &mut Ui, finding: &Finding, cards: &mut BTreeSet<String>) {
    let rule = finding.rule;
    let shown = cards.contains(rule.name);
    let title = RichText::new(rule.title).small().color(palette(ui).weak.0);
    let header = CollapsingHeader::new(title)
        .id_salt(rule.name)
        .open(Some(shown))
        .show(ui, |ui| card_ui(ui, rule.name, rule.card));
    if header.header_response.clicked() && !cards.remove(rule.name) {
        cards.insert(rule.name.to_owned());
    }
}

fn notes_ui(ui: &mut Ui, open: &OpenDraft) {
    let unit = sizes().unit;
    let lapsed = lapsed(&open.draft, &open.findings);
    let notes = open.draft.notes();
    let unchecked = &open.findings.unchecked;
    for (title, lines) in [
        (
            "未核查",
            unchecked
                .iter()
                .map(|unchecked| {
                    let rule = RULES.iter().find(|rule| rule.name == unchecked.rule);
                    let title = rule.map_or(unchecked.rule, |rule| rule.title);
                    format!("{title}：{}", unchecked.reason)
                })
                .collect::<Vec<_>>(),
        ),
        (
            "已失效的说明",
            lapsed
                .iter()
                .map(|explanation| explanation.text.clone())
                .collect(),
        ),
        ("导入时的提示", notes.to_vec()),
    ] {
        if lines.is_empty() {
            continue;
        }
        ui.add_space(unit);
        CollapsingHeader::new(format!("{title}（{}）", lines.len()))
            .id_salt(title)
            .default_open(title != "未核查")
            .show(ui, |ui| {
                for line in lines {
                    ui.label(RichText::new(line).small());
                }
            });
    }
}
