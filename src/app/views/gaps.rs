//! What is not filled in yet, among the findings.

use egui::{Button, Label, RichText, Role, Sense, Ui, WidgetInfo};

use crate::app::actions::{Action, Actions};
use crate::app::state::OpenDraft;
use crate::app::widgets::theme::{palette, sizes};

/// What is not filled in yet, without an alarm: a line a part, with what would fill it in.
pub(super) fn gaps_ui(ui: &mut Ui, open: &OpenDraft, actions: &mut Actions) {
    let weak = palette(ui).weak.0;
    let gaps = open.gaps.iter().zip(open.findings.list.len()..);
    let gaps: Vec<_> = gaps.filter(|(gap, _)| open.looks_at(gap)).collect();
    if gaps.is_empty() {
        return;
    }
    ui.add_space(sizes().unit / 2.0);
    ui.label(RichText::new(format!("还没填的（{}）", gaps.len())).color(weak))
        .on_hover_text("填好就没有了；发布时还空着，要填好才能发布");
    for (gap, number) in gaps {
        // What is pressed stays the same one when others come and go around it.
        ui.push_id((gap.rule.name, &gap.section, "gap"), |ui| {
            let label = Label::new(RichText::new(&gap.message).small())
                .truncate()
                .sense(Sense::click());
            let message = ui.add(label).on_hover_text("到这一处");
            message.widget_info(|| WidgetInfo::labeled(Role::Link, true, &gap.message));
            if message.clicked() {
                actions.push(Action::GoToFinding(number));
            }
            for (which, fix) in gap.fixes.iter().enumerate() {
                if ui.add(Button::new(&fix.title).wrap()).clicked() {
                    actions.push(Action::Fix(number, which));
                }
            }
        });
    }
}
