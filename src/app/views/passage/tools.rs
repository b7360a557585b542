//! What helps with writing a text: its statutory topics, its sentences with blanks, figures of the tables.

use egui::{Align, Button, Layout, RichText, Ui, vec2};

use crate::app::actions::{Action, Actions, Command};
use crate::app::state::State;
use crate::app::state::text::{FillIn, Insertion, TextSelection};
use crate::app::views::passage::PassageInput;
use crate::app::widgets::theme::{is_low, palette, sizes};
use crate::form::Skeleton;

/// What the step of inserting a heading is called.
const HEADING: &str = "插入标题";

/// The heading of a text with the aids beside it, and the statutory topics that it lacks below.
pub(super) fn tools_ui(
    ui: &mut Ui,
    state: &State,
    passage: &PassageInput<'_>,
    text: &str,
    spot: TextSelection,
    offers_topics: bool,
    actions: &mut Actions,
) {
    ui.spacing_mut().item_spacing.y = sizes().unit / 2.0;
    let missing = missing(passage.prompts, text);
    if is_low(ui.ctx()) {
        ui.spacing_mut().interact_size.y = sizes().unit * 3.0;
    }
    ui.horizontal(|ui| {
        ui.label(RichText::new(&passage.section.label).size(sizes().heading));
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            ui.spacing_mut().button_padding.x = sizes().unit;
            for command in [Command::Find, Command::InsertFigure] {
                let button = Button::new(RichText::new(command.name()).small());
                let keys = command.shortcuts().first();
                let keys = keys.map(|keys| ui.ctx().format_shortcut(keys));
                let response = ui
                    .add_enabled(command.is_enabled(state), button)
                    .on_hover_text(keys.unwrap_or_default());
                if response.clicked() {
                    actions.push(Action::Run(command));
                }
            }
            let (told, asked): (Vec<_>, Vec<_>) = passage
                .skeletons
                .iter()
                .partition(|skeleton| skeleton.blanks.is_empty());
            if !told.is_empty() {
                told_ui(ui, &told, spot, actions);
            }
            if is_low(ui.ctx()) {
                topics_menu_ui(ui, &missing, spot, actions);
            }
            for skeleton in asked {
                let title = RichText::new(format!("填写{}…", skeleton.name)).small();
                if ui.button(title).clicked() {
                    actions.push(Action::Complete(FillIn::new(spot, skeleton)));
                }
            }
        });
    });
    if offers_topics && !is_low(ui.ctx()) {
        topics_ui(ui, &missing, spot, actions);
    }
    ui.add_space(sizes().unit / 2.0);
}

/// The sentences that say what the tables hold.
fn told_ui(ui: &mut Ui, told: &[&Skeleton], spot: TextSelection, actions: &mut Actions) {
    let menu = ui.menu_button(RichText::new("按表写一句").small(), |ui| {
        for skeleton in told {
            if ui.button(&skeleton.name).clicked() {
                actions.push(Action::Complete(FillIn::new(spot, skeleton)));
                ui.close();
            }
        }
    });
    menu.response
        .on_hover_text("把表中的数写成一句话，没有的也写清楚");
}

fn topics_ui(ui: &mut Ui, missing: &[String], spot: TextSelection, actions: &mut Actions) {
    if missing.is_empty() {
        return;
    }
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().button_padding = vec2(sizes().unit, 0.0);
        ui.spacing_mut().interact_size.y = sizes().unit * 3.0;
        ui.label(RichText::new(HEADING).small().color(palette(ui).weak.0));
        for prompt in missing {
            if ui.button(RichText::new(prompt).small()).clicked() {
                actions.push(insert(spot, vec![prompt.clone()]));
            }
        }
        if missing.len() > 1 {
            let all = ui.button(RichText::new("全部标题").small());
            let hint = "把还没有的标题一次插入，再逐条填写";
            if all.on_hover_text(hint).clicked() {
                actions.push(insert(spot, missing.to_vec()));
            }
        }
    });
}

/// The headings in a menu, where there is no room for them.
fn topics_menu_ui(ui: &mut Ui, missing: &[String], spot: TextSelection, actions: &mut Actions) {
    if missing.is_empty() {
        return;
    }
    ui.menu_button(RichText::new(HEADING).small(), |ui| {
        for prompt in missing {
            if ui.button(prompt).clicked() {
                actions.push(insert(spot, vec![prompt.clone()]));
                ui.close();
            }
        }
        if missing.len() > 1 && ui.button("全部标题").clicked() {
            actions.push(insert(spot, missing.to_vec()));
            ui.close();
        }
    });
}

/// The headings that the text lacks.
fn missing(prompts: &[String], text: &str) -> Vec<String> {
    let lacks = |prompt: &&String| !text.lines().any(|line| line.trim() == *prompt);
    prompts.iter().filter(lacks).cloned().collect()
}

fn insert(spot: TextSelection, headings: Vec<String>) -> Action {
    Action::Insert {
        name: HEADING.to_owned(),
        spot,
        piece: Insertion::Headings(headings),
    }
}
