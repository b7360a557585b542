//! Where the parts of the window lie: bars, outline, report, findings, pages. It changes nothing but what is shown.

use egui::{CentralPanel, Frame, Margin, Panel, Stroke, Ui};

use crate::app::actions::{Action, Actions};
use crate::app::state::find::Find;
use crate::app::state::findings::FindingsRoom;
use crate::app::state::{Pages, View};
use crate::app::widgets::theme::{is_low, palette, sizes};
use crate::app::window::panes;
use crate::app::{App, views};

/// The grounds of the parts.
struct Grounds {
    bar: Frame,
    side: Frame,
    desk: Frame,
}

impl Grounds {
    fn of(ui: &Ui) -> Self {
        let desk = if is_low(ui.ctx()) { 4 } else { 8 };
        let colours = palette(ui);
        let bar = Frame::new()
            .fill(colours.panel.0)
            .inner_margin(Margin::symmetric(8, 2));
        Self {
            bar,
            side: bar.inner_margin(Margin::symmetric(12, 0)),
            desk: Frame::new()
                .fill(colours.desk.0)
                .inner_margin(Margin::same(desk)),
        }
    }
}

impl App {
    /// Draws everything that is in the window.
    pub(in crate::app) fn views(&mut self, ui: &mut Ui, actions: &mut Actions) {
        let grounds = Grounds::of(ui);
        let state = &self.state;
        Panel::top("menu")
            .frame(grounds.bar)
            .show(ui, |ui| views::menu_ui(ui, state, &mut self.menu, actions));
        if state.is_read_only() || state.changed_elsewhere().is_some() {
            Panel::top("banner")
                .frame(grounds.bar)
                .show(ui, |ui| views::banner_ui(ui, state, actions));
        }
        Panel::bottom("status")
            .frame(grounds.bar)
            .show(ui, |ui| views::status_ui(ui, state, actions));
        let page = state.gather.as_deref().filter(|page| page.is_shown);
        if let Some(page) = page {
            CentralPanel::default()
                .frame(grounds.desk)
                .show(ui, |ui| views::gather_ui(ui, state, page, actions));
            self.state.find = None;
        } else if state.open.is_some() {
            self.desk(ui, &grounds, actions);
        } else {
            CentralPanel::default()
                .frame(grounds.desk)
                .show(ui, |ui| views::home_ui(ui, state, actions));
            self.state.room = self.state.room.measured(true);
            self.state.find = None;
        }
        views::hovering_ui(ui, &self.state);
        if let Some(mut dialog) = self.state.dialog.take() {
            views::dialogs_ui(ui, &self.state, &mut dialog, actions);
            self.state.dialog = Some(dialog);
        }
    }

    /// The open draft with what stands around it.
    fn desk(&mut self, ui: &mut Ui, grounds: &Grounds, actions: &mut Actions) {
        // Zoomed in on a small screen the table needs the room more than its neighbours.
        let narrow = ui.available_width() < sizes().narrow_width;
        if views::has_outline(ui.ctx()) {
            self.outline(ui, grounds, narrow, actions);
        } else {
            self.outline = None;
        }
        let beside = sizes().findings_width * 0.8;
        let room = ui.available_width() >= beside + sizes().table_width;
        let has_room = room && !self.state.pages.are_shown();
        if self.state.settings.show_findings && has_room {
            self.findings_beside(ui, grounds, narrow, actions);
        }
        let edits = !self.state.pages.are_shown() || self.pages(ui, grounds, actions);
        self.edits = edits;
        let mut find = self.state.find.clone();
        if edits {
            self.report(ui, grounds, has_room, &mut find, actions);
        }
        self.state.room = self.state.room.measured(has_room);
        self.state.find = find;
        if let Some(open) = &mut self.state.open {
            open.target = None;
        }
        // What was clicked in the pages cannot be edited while they take the editor's place.
        let shows = |action: &Action| matches!(action, Action::Show(..));
        if !edits && actions.iter().any(shows) {
            self.state.pages = Pages::Hidden;
        }
    }

    fn outline(&mut self, ui: &mut Ui, grounds: &Grounds, narrow: bool, actions: &mut Actions) {
        let state = &self.state;
        let Some(open) = &state.open else { return };
        let outline = Panel::left("outline")
            .frame(grounds.side)
            .exact_size(sizes().outline_width * if narrow { 0.7 } else { 1.0 })
            .show(ui, |ui| {
                views::outline_ui(ui, View { state, open }, actions)
            });
        self.outline = outline.inner;
    }

    fn findings_beside(
        &mut self,
        ui: &mut Ui,
        grounds: &Grounds,
        narrow: bool,
        actions: &mut Actions,
    ) {
        let Some(open) = &self.state.open else { return };
        let findings = &mut self.findings;
        let panel = if narrow {
            Panel::right("findings beside a narrow table").exact_size(sizes().findings_width * 0.8)
        } else {
            Panel::right("findings")
                .default_size(sizes().findings_width)
                .size_range(240.0..=480.0)
        };
        panel.frame(grounds.side).show(ui, |ui| {
            views::findings_ui(ui, open, FindingsRoom::Beside, findings, actions);
        });
    }

    /// The pages as they will be printed; whether the editor has room beside them.
    fn pages(&mut self, ui: &mut Ui, grounds: &Grounds, actions: &mut Actions) -> bool {
        let Some(open) = &self.state.open else {
            return true;
        };
        let preview = &mut self.preview;
        let room = ui.available_width();
        let edits = room >= sizes().table_width * 1.75;
        let show = |ui: &mut Ui| views::preview_ui(ui, open, preview, actions);
        if edits {
            Panel::right("preview")
                .default_size(room * 0.45)
                .size_range(280.0..=room - sizes().table_width)
                .frame(grounds.desk)
                .show(ui, show);
        } else {
            CentralPanel::default().frame(grounds.desk).show(ui, show);
        }
        edits
    }

    /// The part of the report that is shown, with the search above and the findings over it.
    fn report(
        &mut self,
        ui: &mut Ui,
        grounds: &Grounds,
        has_room: bool,
        find: &mut Option<Find>,
        actions: &mut Actions,
    ) {
        let state = &self.state;
        let Some(open) = &state.open else { return };
        let (section, findings) = (&mut self.section, &mut self.findings);
        CentralPanel::default()
            .frame(grounds.desk.stroke(Stroke::NONE))
            .show(ui, |ui| {
                if let Some(find) = find {
                    views::find_ui(ui, open, find, actions);
                }
                views::section_ui(ui, View { state, open }, section, actions);
                if state.room.measured(has_room) == FindingsRoom::Over {
                    panes::findings_over_ui(ui, open, findings, actions);
                }
            });
    }
}
