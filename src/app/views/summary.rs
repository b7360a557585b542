//! How far the whole report is, and how many days are left.

use egui::{DragValue, Popup, PopupCloseBehavior, Rect, RichText, Sense, Ui, vec2};

use crate::app::actions::{Action, Actions};
use crate::app::state::deadline::Deadline;
use crate::app::state::{OpenDraft, View};
use crate::app::widgets::theme::{palette, sizes};

/// From this many days on the countdown asks for attention.
const SOON: i64 = 7;

/// After this many days a missed date is history.
const LATE: i64 = 90;

/// The total bar and the countdown.
pub fn summary_ui(ui: &mut Ui, desk: View<'_>, actions: &mut Actions) {
    ui.spacing_mut().item_spacing.y = sizes().unit / 2.0;
    bar_ui(ui, desk.open);
    deadline_ui(ui, desk, actions);
}

fn bar_ui(ui: &mut Ui, open: &OpenDraft) {
    let colours = palette(ui);
    let total = open.total_progress();
    let (filled, places, per_cent) = (total.filled(), total.places, open.per_cent());
    let words = format!("已填{filled}/{places}");
    ui.horizontal(|ui| {
        ui.label(RichText::new(&words).small());
        let right = egui::Layout::right_to_left(egui::Align::Center);
        ui.with_layout(right, |ui| {
            let text = RichText::new(format!("{per_cent}%"));
            ui.label(text.small().color(colours.weak.0));
        });
    });
    let size = vec2(ui.available_width(), sizes().unit);
    let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
    let part = per_cent as f32 / 100.0;
    let done = Rect::from_min_size(rect.min, vec2(rect.width() * part, rect.height()));
    let ink = if total.is_complete() {
        colours.good.0
    } else {
        colours.accent.0
    };
    ui.painter().rect_filled(rect, 4.0, colours.line.0);
    ui.painter().rect_filled(done, 4.0, ink);
    let [errors, queries, hints] = total.findings;
    let text = format!("{words}，强制性{errors}条，核实性{queries}条，提示性{hints}条");
    response.widget_info(|| {
        let mut info = egui::WidgetInfo::labeled(egui::Role::ProgressIndicator, true, &text);
        info.value = Some(per_cent as f64);
        info
    });
    response.on_hover_text(text.clone());
}

fn deadline_ui(ui: &mut Ui, desk: View<'_>, actions: &mut Actions) {
    let View { state, open } = desk;
    let Some(today) = state.today else { return };
    let colours = palette(ui);
    let report = open.draft.report();
    let deadline = state.settings.deadline.of_issuer(report.issuer());
    let year = report.year();
    let left = deadline.days_left(year, today);
    // A report of long ago is looked at, not hurried.
    if left < -366 {
        return;
    }
    let ink = match left {
        left if left < -LATE => colours.weak.0,
        left if left < 0 => colours.error.0,
        left if left <= SOON => colours.query.0,
        _ => colours.weak.0,
    };
    let words = deadline.words(year, today);
    ui.label(RichText::new(words).small().color(ink));
    ui.spacing_mut().button_padding = vec2(0.0, 1.0);
    ui.spacing_mut().interact_size.y = 0.0;
    let text = RichText::new(format!("{deadline}，以本地通知为准"))
        .small()
        .color(colours.weak.0)
        .underline();
    let button = egui::Button::new(text).frame(false);
    let response = ui.add(button).on_hover_text("改截止日");
    Popup::from_toggle_button_response(&response)
        .close_behavior(PopupCloseBehavior::CloseOnClickOutside)
        .show(|ui| change_ui(ui, deadline, actions));
}

fn change_ui(ui: &mut Ui, deadline: Deadline, actions: &mut Actions) {
    let mut new = deadline;
    ui.set_width(sizes().unit * 32.0);
    ui.label("下一年的报送截止日");
    ui.horizontal(|ui| {
        let last = new.last_day();
        for (value, range, unit) in [
            (&mut new.month, 1..=12, "月"),
            (&mut new.day, 1..=last, "日"),
        ] {
            let drag = DragValue::new(value).range(range).speed(0.1);
            let response = ui.add(drag);
            let unit = ui.label(unit);
            response.labelled_by(unit.id);
        }
        if ui.button("恢复法定期限").clicked() {
            new = Deadline::default();
        }
    });
    let why = "《条例》第四十九条：县级以上部门1月31日前，县级以上人民政府3月31日前，乡镇街道以本地通知为准";
    ui.label(RichText::new(why).small().color(palette(ui).weak.0));
    if new != deadline {
        actions.push(Action::Deadline(new));
    }
}
