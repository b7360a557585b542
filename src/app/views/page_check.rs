//! The dialog that says whether a published page is what was published.

use egui::{CursorIcon, Label, RichText, ScrollArea, Sense, Ui};

use crate::app::actions::{Action, Actions};
use crate::app::state::page_check::PageCheck;
use crate::app::state::{PartId, Target};
use crate::app::widgets::dialog::{buttons_ui, main_button, title_ui};
use crate::app::widgets::theme::{palette, sizes};
use crate::compare::PageDifference;

/// How many differences are listed.
const LISTED: usize = 300;

/// The verdict, and every difference with the way to its place.
pub fn page_check_ui(ui: &mut Ui, check: &PageCheck, actions: &mut Actions) {
    title_ui(ui, &format!("核对公开的页面：{}", check.source));
    let colours = palette(ui);
    let comparison = &check.comparison;
    let ink = if comparison.is_same() {
        colours.good.0
    } else {
        colours.error.0
    };
    let verdict = format!("和{}核对：{}", check.with, comparison.summary());
    ui.label(RichText::new(verdict).color(ink));
    if !comparison.is_same() {
        let hint = "点一处，转到草稿里的那一处";
        ui.label(RichText::new(hint).small().color(colours.weak.0));
    }
    ui.add_space(sizes().unit);
    let height = ui.ctx().content_rect().height() - sizes().unit * 40.0;
    ScrollArea::vertical().max_height(height).show(ui, |ui| {
        for difference in comparison.differences.iter().take(LISTED) {
            difference_ui(ui, difference, actions);
        }
        let more = comparison.differences.len().saturating_sub(LISTED);
        if more > 0 {
            ui.label(format!("另有{more}处没有列出"));
        }
        let weak = colours.weak.0;
        for text in &comparison.passed_over {
            let text = format!("网站自己的文字，没有核对：{text}");
            ui.label(RichText::new(text).small().color(weak));
        }
    });
    buttons_ui(ui, |ui| {
        if main_button(ui, "关闭", true) {
            actions.push(Action::CloseDialog);
        }
    });
}

/// One difference; a click on it leads to its place.
fn difference_ui(ui: &mut Ui, difference: &PageDifference, actions: &mut Actions) {
    let text = format!("• {difference}");
    let Some(section) = difference.section else {
        ui.add(Label::new(text).wrap());
        return;
    };
    let label = Label::new(text).wrap().sense(Sense::click());
    let shown = ui.add(label).on_hover_cursor(CursorIcon::PointingHand);
    if shown.clicked() {
        actions.push(Action::CloseDialog);
        let target = difference.cell.map(Target::Field);
        actions.push(Action::Show(PartId::Section(section), target));
    }
}
