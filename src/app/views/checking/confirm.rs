//! The dialog in which each channel of a report in which nothing happened is confirmed once.

use egui::{Key, RichText, TextEdit, Ui};

use crate::app::actions::{Action, Actions, CheckAction};
use crate::app::state::dialog::ZeroReportForm;
use crate::app::widgets::dialog::{buttons_ui, main_button, title_ui};
use crate::app::widgets::theme::{palette, sizes};
use crate::check::nil::CHANNELS;
use crate::report::Confirmation;

/// The channels to tick, and who ticks them.
///
/// In its first frame the keyboard goes to the first channel.
pub fn confirm_ui(
    ui: &mut Ui,
    confirming: &mut ZeroReportForm,
    mut fresh: bool,
    actions: &mut Actions,
) {
    title_ui(ui, "零报告逐项确认");
    ui.label("表三、表四全部为0。逐项看过以后打勾：");
    ui.add_space(sizes().unit);
    for (channel, seen) in CHANNELS.iter().zip(&mut confirming.seen) {
        let channel = ui.horizontal_wrapped(|ui| ui.checkbox(seen, *channel));
        if std::mem::take(&mut fresh) {
            channel.inner.request_focus();
        }
    }
    ui.add_space(sizes().unit);
    let name = ui.horizontal(|ui| {
        let label = ui.label("确认人");
        ui.add(TextEdit::singleline(&mut confirming.by).desired_width(sizes().unit * 24.0))
            .labelled_by(label.id)
    });
    let entered = name.inner.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
    let hint = "姓名和日期只存在草稿里，不会随报告公开";
    ui.label(RichText::new(hint).small().color(palette(ui).weak.0));
    let is_whole = confirming.seen.iter().all(|seen| *seen) && !confirming.by.trim().is_empty();
    buttons_ui(ui, |ui| {
        if main_button(ui, "确认", is_whole) || (entered && is_whole) {
            actions.push(Action::Checking(CheckAction::Confirmed(Confirmation {
                by: confirming.by.trim().to_owned(),
                channels: CHANNELS.map(str::to_owned).to_vec(),
                ..Confirmation::default()
            })));
        }
        if ui.button("取消").clicked() {
            actions.push(Action::CloseDialog);
        }
    });
}
