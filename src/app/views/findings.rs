//! The findings by level, with their cards, fixes and explanations.

use std::collections::{BTreeMap, BTreeSet};

use egui::{
    CollapsingHeader, CornerRadius, Frame, Margin, RichText, Role, ScrollArea, Sense, Stroke, Ui,
    WidgetInfo,
};

use crate::app::actions::{Action, Actions, Command};
use crate::app::state::findings::{Filter, FindingsRoom};
use crate::app::state::{OpenDraft, PartId, is_open};
use crate::app::views::card::card_ui;
use crate::app::views::checking::more_ui;
use crate::app::views::explain::{ExplanationBox, explain_ui};
use crate::app::views::gaps::gaps_ui;
use crate::app::widgets::theme::{palette, sizes};
use crate::check::rules::by_name;
use crate::check::{Finding, Level, Subject, lapsed};
use crate::report::Number;

/// What the list of findings remembers.
#[derive(Debug, Default)]
pub struct FindingsView {
    writing: Option<ExplanationBox>,
    cards: BTreeSet<String>,
    /// The chosen finding that was scrolled to.
    shown: Option<usize>,
    /// The first thing in the list that takes the keyboard.
    first: Option<egui::Id>,
}

impl FindingsView {
    /// Gives the keyboard to the list.
    pub fn take_keyboard(&self, ctx: &egui::Context) {
        if let Some(id) = self.first {
            ctx.memory_mut(|memory| memory.request_focus(id));
        }
    }
}

/// The levels with a sign of their own, so that they are told apart without their colours.
const LEVELS: [(Level, char); 3] = [
    (Level::Error, '!'),
    (Level::Query, '?'),
    (Level::Advice, 'i'),
];

/// The findings.
pub fn findings_ui(
    ui: &mut Ui,
    open: &OpenDraft,
    room: FindingsRoom,
    view: &mut FindingsView,
    actions: &mut Actions,
) {
    let unit = sizes().unit;
    let colours = palette(ui);
    ui.add_space(unit);
    heading_ui(ui, open, room, view, actions);
    counts_ui(ui, open);
    filter_ui(ui, open, actions);
    hidden_ui(ui, open, actions);
    if view.shown != open.chosen && open.chosen.is_none() {
        view.shown = None;
    }
    ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
        if open.findings.list.is_empty() && open.gaps.is_empty() {
            ui.label(RichText::new("没有发现问题").color(colours.good.0));
        }
        let all = open.findings.list.iter().enumerate();
        let mut places = BTreeMap::new();
        for (level, sign) in LEVELS {
            if level == Level::Query {
                gaps_ui(ui, open, actions);
            }
            let here = |finding: &Finding| {
                finding.level == level && is_open(finding) && open.looks_at(finding)
            };
            let count = all.clone().filter(|(_, finding)| here(finding)).count();
            if count == 0 {
                continue;
            }
            ui.add_space(unit / 2.0);
            let heading = format!("{sign} {}（{count}）", level.name());
            ui.label(RichText::new(heading).color(colours.level(level)))
                .on_hover_text(meaning(level));
            for (index, finding) in all.clone().filter(|(_, finding)| here(finding)) {
                let kin = (finding.rule.name, &finding.section);
                let nth = places.entry(kin).or_insert(0);
                *nth += 1;
                // What is pressed stays the same finding when others come and go around it.
                ui.push_id((kin, *nth), |ui| {
                    finding_ui(ui, open, index, finding, view, actions);
                });
            }
        }
        explained_ui(ui, open, view, actions);
        notes_ui(ui, open);
    });
}

/// What was explained asks for nothing more and stands apart, so that what is left is what is to be done.
fn explained_ui(ui: &mut Ui, open: &OpenDraft, view: &mut FindingsView, actions: &mut Actions) {
    let all = open.findings.list.iter().enumerate();
    let own: Vec<_> = all
        .filter(|(_, finding)| !is_open(finding) && open.looks_at(finding))
        .collect();
    if own.is_empty() {
        return;
    }
    ui.add_space(sizes().unit / 2.0);
    let heading = format!("已说明（{}）", own.len());
    ui.label(RichText::new(heading).color(palette(ui).good.0));
    for (index, finding) in own {
        ui.push_id(("explained", index), |ui| {
            finding_ui(ui, open, index, finding, view, actions);
        });
    }
}

fn heading_ui(
    ui: &mut Ui,
    open: &OpenDraft,
    room: FindingsRoom,
    view: &mut FindingsView,
    actions: &mut Actions,
) {
    let colours = palette(ui);
    ui.horizontal(|ui| {
        ui.spacing_mut().interact_size.y = sizes().unit * 3.0;
        ui.label(RichText::new("审核结果").small().color(colours.weak.0));
        let right = egui::Layout::right_to_left(egui::Align::Center);
        ui.with_layout(right, |ui| {
            ui.spacing_mut().button_padding.x = sizes().unit;
            if room == FindingsRoom::Over {
                let close = ui.button(RichText::new("收起").small()).on_hover_text("F7");
                if close.clicked() {
                    actions.push(Action::Run(Command::ShowFindings));
                }
            }
            let any = !open.findings.list.is_empty();
            for (command, text) in [
                (Command::NextFinding, "下一条"),
                (Command::PreviousFinding, "上一条"),
            ] {
                let keys = command.shortcuts();
                let keys = keys.first().map(|keys| ui.ctx().format_shortcut(keys));
                let button = egui::Button::new(RichText::new(text).small());
                let response = ui
                    .add_enabled(any, button)
                    .on_hover_text(format!("到{text}（{}）", keys.unwrap_or_default()));
                view.first = Some(response.id);
                if response.clicked() {
                    actions.push(Action::Run(command));
                }
            }
        });
    });
}

/// How many findings ask for something still, and how many were explained.
fn counts_ui(ui: &mut Ui, open: &OpenDraft) {
    let explained = open.findings.list.iter();
    let explained = explained
        .filter(|finding| finding.explanation.is_some())
        .count();
    if explained == 0 {
        return;
    }
    let colours = palette(ui);
    let blocking = open.findings.blocking();
    let ink = if blocking == 0 {
        colours.good.0
    } else {
        colours.text.0
    };
    let text = format!("待处理{blocking}，已说明{explained}");
    ui.label(RichText::new(text).small().color(ink));
}

/// Which levels and which part are looked at.
fn filter_ui(ui: &mut Ui, open: &OpenDraft, actions: &mut Actions) {
    let colours = palette(ui);
    let mut filter = open.filter;
    ui.spacing_mut().interact_size.y = sizes().unit * 3.0;
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = sizes().unit / 2.0;
        ui.spacing_mut().button_padding.x = sizes().unit * 0.75;
        for (level, sign) in LEVELS {
            let count = open.to_do(level);
            let on = filter.has_level(level);
            let ink = if on {
                colours.level(level)
            } else {
                colours.weak.0
            };
            let text = RichText::new(format!("{sign} {}{count}", level.name())).small();
            let text = if on { text } else { text.strikethrough() };
            let fill = if on {
                colours.level_fill(level)
            } else {
                colours.panel.0
            };
            let button = egui::Button::new(text.color(ink)).fill(fill);
            let response = ui.add(button).on_hover_text(meaning(level));
            response.widget_info(|| {
                let name = format!("只看{}{count}条", level.name());
                WidgetInfo::selected(Role::CheckBox, true, on, name)
            });
            if response.clicked() {
                filter.only(level);
            }
        }
    });
    let sections = &open.draft.report().edition().sections;
    let name = |part: PartId| match part {
        PartId::Cover => super::outline::COVER,
        PartId::Section(number) => sections
            .get(number)
            .map_or("", |section| section.label.as_str()),
    };
    let parts: BTreeSet<_> = open
        .findings
        .list
        .iter()
        .map(|finding| open.part_of(finding))
        .chain(filter.part)
        .collect();
    if parts.len() > 1 || filter.part.is_some() {
        let shown = filter.part.map_or("所有部分", name);
        let combo = egui::ComboBox::from_id_salt("part of the findings")
            .width(ui.available_width() - sizes().unit)
            .truncate()
            .selected_text(RichText::new(shown).small())
            .show_ui(ui, |ui| {
                ui.selectable_value(&mut filter.part, None, "所有部分");
                for part in parts {
                    ui.selectable_value(&mut filter.part, Some(part), name(part));
                }
            });
        combo.response.widget_info(|| {
            let mut info = WidgetInfo::labeled(Role::ComboBox, true, "看哪一部分的审核结果");
            info.current_text_value = Some(shown.to_owned());
            info
        });
    }
    if filter != open.filter {
        actions.push(Action::Filter(filter));
    }
}

/// How many findings the filter hides, and the way back to all of them.
fn hidden_ui(ui: &mut Ui, open: &OpenDraft, actions: &mut Actions) {
    let all = open.findings.list.iter();
    let hidden = all.filter(|finding| !open.looks_at(finding)).count();
    if hidden == 0 {
        return;
    }
    ui.horizontal(|ui| {
        let text = format!("另有{hidden}条没有显示");
        ui.label(RichText::new(text).small().color(palette(ui).weak.0));
        if ui.button(RichText::new("全部显示").small()).clicked() {
            actions.push(Action::Filter(Filter::default()));
        }
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
    index: usize,
    finding: &Finding,
    view: &mut FindingsView,
    actions: &mut Actions,
) {
    let colours = palette(ui);
    let chosen = open.chosen == Some(index);
    let (line, width) = if chosen {
        (colours.accent.0, 2.0)
    } else {
        (colours.line.0, 1.0)
    };
    let frame = Frame::new()
        .fill(colours.level_fill(finding.level))
        .stroke(Stroke::new(width, line))
        .corner_radius(CornerRadius::same(6))
        .inner_margin(Margin::symmetric(12, 8));
    let shown = frame.show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.spacing_mut().item_spacing.y = sizes().unit / 2.0;
        message_ui(ui, index, finding, actions);
        figures_ui(ui, finding);
        consequences_ui(ui, index, finding);
        if let PartId::Section(number) = open.part_of(finding)
            && let Some(section) = open.draft.report().edition().sections.get(number)
        {
            ui.label(RichText::new(&section.label).small().color(colours.weak.0));
        }
        for (which, fix) in finding.fixes.iter().enumerate() {
            if ui.add(egui::Button::new(&fix.title).wrap()).clicked() {
                actions.push(Action::Fix(index, which));
            }
            let alike = open.alike(finding.rule.name, &fix.title);
            if alike > 1 {
                let title = format!("全部{}（{alike}处）", fix.title);
                if ui.add(egui::Button::new(title).wrap()).clicked() {
                    actions.push(Action::FixAll(finding.rule.name, fix.title.clone()));
                }
            }
        }
        if finding.level == Level::Query {
            let basis = finding.basis(&Subject::of(&open.draft));
            let writing = &mut view.writing;
            explain_ui(ui, &open.draft, finding, &basis, writing, actions);
        } else {
            more_ui(ui, finding, actions);
        }
        rule_ui(ui, finding, &mut view.cards);
    });
    if chosen && view.shown != open.chosen {
        view.shown = open.chosen;
        shown.response.scroll_to_me(Some(egui::Align::Center));
    }
}

/// What was found, which leads to its place.
fn message_ui(ui: &mut Ui, index: usize, finding: &Finding, actions: &mut Actions) {
    let label = egui::Label::new(&finding.message)
        .wrap()
        .sense(Sense::click());
    let message = ui.add(label).on_hover_text("到这一处");
    let text = finding.message.clone();
    message.widget_info(|| WidgetInfo::labeled(Role::Link, true, text.clone()));
    if message.clicked() {
        actions.push(Action::GoToFinding(index));
    }
}

/// The figure that stands there, the one expected, and how far they are apart.
fn figures_ui(ui: &mut Ui, finding: &Finding) {
    let (Some(actual), Some(expected)) = (&finding.actual, &finding.expected) else {
        return;
    };
    let gap = Number::read(actual)
        .zip(Number::read(expected))
        .map(|(actual, expected)| {
            let (less, more) = (actual.min(expected), actual.max(expected));
            format!("　差{}", more - less)
        });
    let text = format!("现为{actual}　应为{expected}{}", gap.unwrap_or_default());
    let ink = palette(ui).level(finding.level);
    ui.label(RichText::new(text).small().color(ink));
}

/// What has the same cause and is gone with it, folded away.
fn consequences_ui(ui: &mut Ui, index: usize, finding: &Finding) {
    if finding.consequences.is_empty() {
        return;
    }
    let title = format!("同一原因引起的{}条", finding.consequences.len());
    let title = RichText::new(title).small().color(palette(ui).weak.0);
    CollapsingHeader::new(title)
        .id_salt(("consequences", index))
        .show(ui, |ui| {
            for consequence in &finding.consequences {
                ui.label(RichText::new(&consequence.message).small());
                if let Some(explanation) = &consequence.explanation {
                    let text = format!("已说明：{explanation}");
                    ui.label(RichText::new(text).small().color(palette(ui).weak.0));
                }
            }
        });
}

/// Whether a card is open is kept by rule, so that it stays while the list changes around it.
fn rule_ui(ui: &mut Ui, finding: &Finding, cards: &mut BTreeSet<String>) {
    let rule = finding.rule;
    let shown = cards.contains(rule.name);
    let title = "查什么、为什么、怎么改";
    let title = RichText::new(title).small().color(palette(ui).weak.0);
    let header = CollapsingHeader::new(title)
        .id_salt(rule.name)
        .open(Some(shown))
        .show(ui, |ui| {
            card_ui(ui, rule.name, rule.title, &rule.full_card());
        });
    if header.header_response.clicked() && !cards.remove(rule.name) {
        cards.insert(rule.name.to_owned());
    }
}

fn notes_ui(ui: &mut Ui, open: &OpenDraft) {
    let unit = sizes().unit;
    let all = open.findings.list.iter();
    let on_cards: Vec<_> = all.filter_map(|finding| finding.lapsed.as_ref()).collect();
    let mut lapsed = lapsed(&open.draft, &open.findings);
    lapsed.retain(|explanation| !on_cards.contains(explanation));
    let notes = open.draft.notes();
    for (title, lines) in [
        (
            "未核查",
            open.findings
                .unchecked_by_reason()
                .into_iter()
                .map(|(reason, rules)| {
                    let titles: Vec<_> = rules
                        .iter()
                        .map(|name| by_name(name).map_or(*name, |rule| rule.title))
                        .collect();
                    format!("{reason}：{}", titles.join("、"))
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
