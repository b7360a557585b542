//! The manual, to be read in the window: its contents, a search, and the cards of the rules.

use egui::text::LayoutJob;
use egui::{Align, Layout, RichText, ScrollArea, TextEdit, Ui, vec2};

use crate::app::state::dialog::ManualPage;
use crate::app::views::card::card_ui;
use crate::app::widgets::theme::{palette, sizes};
use crate::check::Rule;
use crate::check::rules::RULES;
use crate::manual;
use crate::manual::ManualPiece;

/// What the contents call the cards of the rules.
const CARDS: &str = "审核规则";

/// The contents on the left, what is read on the right; in its first frame the keyboard goes to the search.
pub fn manual_ui(ui: &mut Ui, page: &mut ManualPage, fresh: bool) {
    let parts = manual::parts(manual::TEXT);
    let unit = sizes().unit;
    ui.horizontal(|ui| {
        let label = ui.label("查找");
        let search = TextEdit::singleline(&mut page.search).desired_width(unit * 30.0);
        let search = ui.add(search).labelled_by(label.id);
        if fresh {
            search.request_focus();
        }
    });
    ui.add_space(unit / 2.0);
    let height = ui.ctx().content_rect().height() - unit * 32.0;
    ui.horizontal_top(|ui| {
        let column = Layout::top_down(Align::Min);
        ui.allocate_ui_with_layout(vec2(unit * 22.0, height), column, |ui| {
            ScrollArea::vertical()
                .id_salt("contents of the manual")
                .show(ui, |ui| contents_ui(ui, page, &parts));
        });
        ui.vertical(|ui| {
            ScrollArea::vertical()
                .id_salt(("manual", page.part, page.card, &page.search))
                .max_height(height)
                .auto_shrink(false)
                .show(ui, |ui| {
                    if page.search.trim().is_empty() {
                        part_ui(ui, page, &parts);
                    } else {
                        found_ui(ui, page, &parts);
                    }
                });
        });
    });
}

fn contents_ui(ui: &mut Ui, page: &mut ManualPage, parts: &[(&str, Vec<ManualPiece<'_>>)]) {
    let titles = parts.iter().map(|(title, _)| *title).chain([CARDS]);
    for (number, title) in titles.enumerate() {
        let is_shown = page.part == number && page.search.trim().is_empty();
        if ui.selectable_label(is_shown, title).clicked() {
            *page = ManualPage {
                part: number,
                ..ManualPage::default()
            };
        }
    }
}

fn part_ui(ui: &mut Ui, page: &mut ManualPage, parts: &[(&str, Vec<ManualPiece<'_>>)]) {
    if let Some((title, pieces)) = parts.get(page.part) {
        ui.label(RichText::new(*title).size(sizes().heading));
        for piece in pieces {
            piece_ui(ui, piece);
        }
        return;
    }
    ui.label(RichText::new(CARDS).size(sizes().heading));
    for rule in RULES {
        rule_ui(ui, page, rule);
    }
}

/// The title of a rule, and its card once it is asked for.
fn rule_ui(ui: &mut Ui, page: &mut ManualPage, rule: &Rule) {
    let is_shown = page.card == Some(rule.name);
    let title = format!("{}（{}）", rule.title, rule.level.name());
    if ui.selectable_label(is_shown, title).clicked() {
        page.card = (!is_shown).then_some(rule.name);
    }
    if is_shown {
        ui.indent(rule.name, |ui| {
            card_ui(ui, rule.name, rule.title, &rule.full_card());
        });
    }
}

/// What holds the words that are looked for: lines of the manual under their parts, then rules.
fn found_ui(ui: &mut Ui, page: &mut ManualPage, parts: &[(&str, Vec<ManualPiece<'_>>)]) {
    let words = page.search.trim().to_lowercase();
    let holds = |text: &str| text.replace('`', "").to_lowercase().contains(&words);
    let mut any = false;
    for (number, (title, pieces)) in parts.iter().enumerate() {
        let found: Vec<_> = pieces.iter().filter(|piece| holds(piece.words())).collect();
        if found.is_empty() && !holds(title) {
            continue;
        }
        any = true;
        if ui
            .link(RichText::new(*title).size(sizes().heading))
            .clicked()
        {
            *page = ManualPage {
                part: number,
                ..ManualPage::default()
            };
            return;
        }
        for piece in found {
            piece_ui(ui, piece);
        }
    }
    let rules = RULES.iter();
    let rules: Vec<_> = rules
        .filter(|rule| holds(rule.title) || holds(rule.card))
        .collect();
    if !rules.is_empty() {
        ui.add_space(sizes().unit);
        ui.label(RichText::new(CARDS).size(sizes().heading));
    } else if !any {
        ui.label("没有找到");
    }
    for rule in rules {
        rule_ui(ui, page, rule);
    }
}

fn piece_ui(ui: &mut Ui, piece: &ManualPiece<'_>) {
    match piece {
        ManualPiece::Heading(_, text) => {
            ui.add_space(sizes().unit);
            ui.label(RichText::new(*text).strong());
        }
        ManualPiece::Paragraph(text) => line_ui(ui, text),
        ManualPiece::Step(number, text) => marked_ui(ui, &format!("{number}."), text),
        ManualPiece::Item(text) => marked_ui(ui, "·", text),
        // What they show is the window itself; the page beside the program has them.
        ManualPiece::Picture(..) => {}
    }
}

fn marked_ui(ui: &mut Ui, mark: &str, text: &str) {
    ui.horizontal_top(|ui| {
        ui.add_sized(
            [sizes().unit * 3.0, 0.0],
            egui::Label::new(RichText::new(mark).color(palette(ui).weak.0)),
        );
        ui.vertical(|ui| line_ui(ui, text));
    });
}

fn line_ui(ui: &mut Ui, text: &str) {
    let colours = palette(ui);
    let font = egui::FontId::proportional(sizes().body);
    let mut job = LayoutJob::default();
    for (words, typed) in manual::words(text) {
        let colour = if typed {
            colours.accent.0
        } else {
            colours.text.0
        };
        let format = egui::TextFormat::simple(font.clone(), colour);
        job.append(words, 0.0, format);
    }
    ui.label(job);
}
