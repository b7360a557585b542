//! Files dragged over the window and dropped on it.

use egui::{Align2, Area, FontId, Id, Order, Ui};

use crate::app::actions::{Action, Actions, CheckAction, LocalAction};
use crate::app::state::State;
use crate::app::state::dialog::Dialog;
use crate::app::widgets::theme::{palette, sizes};

/// What to do with the files that were dropped: the first is opened here, the others in windows of their own.
pub fn dropped(ui: &Ui, state: &State, actions: &mut Actions) {
    let paths: Vec<_> = ui.input(|input| {
        let files = input.raw.dropped_files.iter();
        files.map(|file| file.path().to_owned()).collect()
    });
    let mut paths = paths.into_iter();
    let Some(first) = paths.next() else { return };
    match &state.dialog {
        Some(Dialog::New(_)) => actions.push(Action::ReadNewPrior(first)),
        Some(Dialog::Rules(_)) => {
            let read = CheckAction::Local(LocalAction::Read(first));
            actions.push(Action::Checking(read));
        }
        Some(_) => {}
        None => {
            actions.push(Action::OpenPath(first));
            actions.extend(paths.map(Action::OpenElsewhere));
        }
    }
}

/// Says what letting go would do.
pub fn hovering_ui(ui: &Ui, state: &State) {
    if ui.input(|input| input.raw.hovered_files.is_empty()) {
        return;
    }
    let text = match &state.dialog {
        None => "松开就打开",
        Some(Dialog::New(_)) => "松开就作为上年度报告",
        Some(Dialog::Rules(_)) => "松开就用这份地方要求",
        Some(_) => return,
    };
    let colours = palette(ui);
    let area = Area::new(Id::unique("hovering"))
        .order(Order::Foreground)
        .interactable(false);
    area.fixed_pos(ui.max_rect().min).show(ui.ctx(), |ui| {
        let rect = ui.ctx().content_rect();
        let painter = ui.painter();
        painter.rect_filled(rect, 0.0, colours.desk.0.gamma_multiply(0.9));
        painter.text(
            rect.center(),
            Align2::CENTER_CENTER,
            text,
            FontId::proportional(sizes().title),
            colours.text.0,
        );
    });
}
