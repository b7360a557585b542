//! The start screen: a new report, a file, the recent drafts as cards.

use egui::{
    Align, Button, CornerRadius, CursorIcon, Frame, Layout, Margin, RichText, ScrollArea, Sense,
    Stroke, Ui, UiBuilder,
};

use crate::app::actions::{Action, Actions, Command};
use crate::app::state::State;
use crate::app::state::recent::DraftSummary;
use crate::app::state::settings::Recent;
use crate::app::system::folders;
use crate::app::widgets::theme::{palette, sizes};
use crate::check::Level;

/// The start screen.
pub fn home_ui(ui: &mut Ui, state: &State, actions: &mut Actions) {
    let sizes = sizes();
    let colours = palette(ui);
    ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
        let width = sizes
            .column_width
            .min(ui.available_width() - sizes.unit * 6.0)
            .max(0.0);
        let margin = (ui.available_width() - width).max(0.0) / 2.0;
        ui.horizontal_top(|ui| {
            ui.add_space(margin);
            ui.vertical(|ui| {
                ui.set_width(width);
                ui.add_space(sizes.unit * 8.0);
                ui.label(RichText::new("政府信息公开工作年度报告").size(sizes.title));
                ui.label(RichText::new("填报、审核、导出，全部在本机完成").color(colours.weak.0));
                ui.add_space(sizes.unit * 3.0);
                buttons_ui(ui, state, actions);
                ui.add_space(sizes.unit);
                ui.label(
                    RichText::new("也可以把文件拖到窗口里，或复制整份报告后按Ctrl+Shift+V")
                        .small()
                        .color(colours.weak.0),
                );
                ui.add_space(sizes.unit * 4.0);
                recent_ui(ui, state, actions);
            });
        });
    });
}

fn buttons_ui(ui: &mut Ui, state: &State, actions: &mut Actions) {
    let sizes = sizes();
    let colours = palette(ui);
    ui.horizontal_wrapped(|ui| {
        for command in [Command::New, Command::Open, Command::Import] {
            let size = egui::vec2(sizes.unit * 16.0, sizes.unit * 5.0);
            let button = if command == Command::New {
                Button::new(RichText::new(command.name()).color(colours.accent_text.0))
                    .fill(colours.accent.0)
            } else {
                Button::new(command.name())
            };
            let button = button.min_size(size);
            let response = ui.add_enabled(command.is_enabled(state), button);
            if response.on_hover_text(command.hint()).clicked() {
                actions.push(Action::Run(command));
            }
        }
    });
}

fn recent_ui(ui: &mut Ui, state: &State, actions: &mut Actions) {
    let sizes = sizes();
    let recent = &state.settings.recent;
    ui.label(RichText::new("最近的草稿").size(sizes.heading));
    if recent.is_empty() {
        let weak = palette(ui).weak.0;
        ui.label(RichText::new("还没有，保存过的草稿会列在这里").color(weak));
        if let Some(folder) = folders::drafts() {
            let text = format!("草稿默认存到{}", folder.display());
            ui.label(small(&text).color(weak));
        }
    }
    for draft in recent {
        let glances = state.glances.as_ref();
        let glance = glances.and_then(|glances| glances.get(&draft.path));
        let next = next_year(state, draft, glance.and_then(Option::as_ref));
        card_ui(ui, draft, glance, next, actions);
    }
    ui.add_space(sizes.unit * 4.0);
}

/// The year after a draft's, where its report is due and is not among the recent drafts.
fn next_year(state: &State, draft: &Recent, glance: Option<&DraftSummary>) -> Option<u16> {
    let year = glance.map_or(draft.year, |glance| glance.year);
    let issuer = glance.map_or(draft.issuer.as_str(), |glance| &glance.issuer);
    let next = year.checked_add(1)?;
    let is_made = |other: &Recent| other.year == next && other.issuer == issuer;
    let is_due = state.today.is_some_and(|now| next <= now.year);
    (is_due && !state.settings.recent.iter().any(is_made)).then_some(next)
}

/// One draft; `glance` is `None` while the file is being read.
fn card_ui(
    ui: &mut Ui,
    draft: &Recent,
    glance: Option<&Option<DraftSummary>>,
    next: Option<u16>,
    actions: &mut Actions,
) {
    let colours = palette(ui);
    let frame = Frame::new()
        .fill(colours.paper.0)
        .stroke(Stroke::new(1.0, colours.line.0))
        .corner_radius(CornerRadius::same(6))
        .inner_margin(Margin::symmetric(16, 8));
    let read = glance.and_then(Option::as_ref);
    let issuer = read.map_or(draft.issuer.as_str(), |glance| glance.issuer.as_str());
    let year = read.map_or(draft.year, |glance| glance.year);
    let issuer = if issuer.is_empty() {
        "未命名机关"
    } else {
        issuer
    };
    let gone = glance.is_some_and(Option::is_none);
    let whose = format!("{issuer}{year}年");
    // The card takes what nothing on it takes.
    let ground = UiBuilder::new().id_salt(&draft.path).sense(if gone {
        Sense::hover()
    } else {
        Sense::click()
    });
    let card = ui.scope_builder(ground, |ui| {
        frame.show(ui, |ui| {
            ui.set_width(ui.available_width());
            ui.horizontal(|ui| {
                let title = format!("{issuer}　{year}年");
                ui.label(RichText::new(title).size(sizes().text));
                ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                    let open = ui.add_enabled(!gone, Button::new("打开"));
                    name(&open, &format!("打开{whose}"));
                    if open.clicked() {
                        actions.push(Action::OpenPath(draft.path.clone()));
                    }
                    if let Some(next) = next {
                        let text = format!("用它做{next}年的");
                        let button = ui.add_enabled(!gone, Button::new(text.as_str()));
                        name(&button, &format!("用{whose}做{next}年的"));
                        if button.clicked() {
                            actions.push(Action::NextYear(draft.path.clone()));
                        }
                    }
                    let elsewhere = ui.add_enabled(!gone, Button::new("在新窗口打开").frame(false));
                    name(&elsewhere, &format!("在新窗口打开{whose}"));
                    if elsewhere.clicked() {
                        actions.push(Action::OpenElsewhere(draft.path.clone()));
                    }
                    let forget = ui.add(Button::new("从列表移除").frame(false));
                    name(&forget, &format!("从列表移除{whose}"));
                    if forget.on_hover_text("只从列表移除，文件不动").clicked() {
                        actions.push(Action::Forget(draft.path.clone()));
                    }
                });
            });
            ui.horizontal(|ui| match glance {
                Some(Some(glance)) => glance_ui(ui, glance),
                Some(None) => {
                    ui.label(small("打不开，文件可能移走了").color(colours.error.0));
                }
                None => {
                    ui.label(small(&draft.when).color(colours.weak.0));
                }
            });
            let path = small(&draft.path.display().to_string()).color(colours.weak.0);
            ui.add(egui::Label::new(path).truncate());
        })
    });
    if !gone {
        let card = card.response.on_hover_cursor(CursorIcon::PointingHand);
        name(&card, &format!("草稿{whose}"));
        if card.clicked() {
            actions.push(Action::OpenPath(draft.path.clone()));
        }
    }
}

fn small(text: &str) -> RichText {
    RichText::new(text).small()
}

/// How far the draft is: its state, its blanks, its findings, when it was saved.
fn glance_ui(ui: &mut Ui, glance: &DraftSummary) {
    let colours = palette(ui);
    ui.spacing_mut().item_spacing.x = sizes().unit * 2.0;
    let [errors, queries, hints] = glance.findings;
    let stage = match (glance.blank, errors + queries) {
        (0, 0) => colours.good.0,
        (0, _) => colours.query.0,
        _ => colours.weak.0,
    };
    ui.label(small(glance.stage()).color(stage).strong());
    if let Some(published) = &glance.published {
        ui.label(small(published).color(colours.good.0));
    }
    if glance.blank > 0 {
        ui.label(small(&format!("空{}处", glance.blank)));
    }
    for (level, count) in [
        (Level::Error, errors),
        (Level::Query, queries),
        (Level::Advice, hints),
    ] {
        if count > 0 {
            let text = format!("{}{count}", level.name());
            ui.label(small(&text).color(colours.level(level)));
        }
    }
    if let Some(saved) = glance.saved {
        ui.label(small(&format!("保存于{saved}")).color(colours.weak.0));
    }
}

/// Two cards have the same buttons; only their accessible names tell them apart.
fn name(button: &egui::Response, name: &str) {
    let enabled = button.enabled();
    button.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, enabled, name));
}
