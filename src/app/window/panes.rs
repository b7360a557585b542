//! The parts of the window around the report: which of them has the keyboard, and the findings
//! where there is no room for them beside the report.

use egui::{
    Area, CornerRadius, Key, Modifiers, Order, Popup, Rect, Sense, Stroke, StrokeKind, Ui,
    UiBuilder, vec2,
};

use crate::app::actions::Actions;
use crate::app::state::findings::FindingsRoom;
use crate::app::state::{OpenDraft, Pages, Target};
use crate::app::views::FindingsView;
use crate::app::widgets::theme::{palette, sizes};
use crate::app::window::key_order::{KeyQueue, Keyboard};
use crate::app::{App, views};

/// A part of the window that the keyboard can go to.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Pane {
    Report,
    Findings,
    Outline,
}

impl App {
    /// Ctrl+Tab goes from the report to the findings, to the outline and back; Shift turns round.
    pub(in crate::app) fn change_pane(&mut self, ui: &Ui) {
        if self.state.dialog.is_some() || self.state.open.is_none() {
            return;
        }
        let escape = self.state.room == FindingsRoom::Over
            && !self.section.has_keyboard(ui.ctx())
            && ui.input(|input| input.key_pressed(Key::Escape));
        if escape {
            self.state.room = FindingsRoom::Lacking;
            self.focus_report();
        }
        let back = Modifiers::COMMAND | Modifiers::SHIFT;
        let forward = ui.input_mut(|input| {
            if input.consume_key(back, Key::Tab) {
                return Some(false);
            }
            let pressed = input.consume_key(Modifiers::COMMAND, Key::Tab);
            pressed.then_some(true)
        });
        let Some(forward) = forward else { return };
        let shows_findings = self.state.lists_findings();
        let mut panes = vec![Pane::Report, Pane::Findings, Pane::Outline];
        panes.retain(|pane| shows_findings || *pane != Pane::Findings);
        panes.retain(|pane| self.outline.is_some() || *pane != Pane::Outline);
        let here = panes.iter().position(|pane| *pane == self.pane(ui));
        let here = here.unwrap_or(0);
        let step = if forward { 1 } else { panes.len() - 1 };
        match panes.get((here + step) % panes.len()) {
            Some(Pane::Findings) => self.findings.take_keyboard(ui.ctx()),
            Some(Pane::Outline) => {
                if let Some(id) = self.outline {
                    ui.memory_mut(|memory| memory.request_focus(id));
                }
            }
            _ => self.focus_report(),
        }
        ui.ctx().request_repaint();
    }

    /// Which part of the window has the keyboard, told by where the focus lies.
    fn pane(&self, ui: &Ui) -> Pane {
        let focused = ui.memory(egui::Memory::focused);
        let rect = focused.and_then(|id| ui.ctx().read_response(id));
        let Some(response) = rect else {
            return Pane::Report;
        };
        let screen = ui.ctx().content_rect();
        let outline = match self.outline {
            Some(_) => screen.left() + sizes().outline_width,
            None => screen.left(),
        };
        let middle = response.rect.center().x;
        if self.section.has_keyboard(ui.ctx()) {
            Pane::Report
        } else if middle < outline {
            Pane::Outline
        } else if middle > screen.right() - sizes().findings_width {
            Pane::Findings
        } else {
            Pane::Report
        }
    }

    /// What nobody has the keyboard for is for the report: no key goes nowhere while one is open.
    pub(in crate::app) fn give_keyboard_back(&mut self, ui: &Ui, moves: bool) {
        let focused = ui.memory(egui::Memory::focused);
        let is_settled = std::mem::replace(&mut self.focus.last, focused) == focused;
        let is_asking = self.state.dialog.is_some();
        let is_free = self.state.open.is_some() && !is_asking && !Popup::is_any_open(ui.ctx());
        if is_free && focused.is_none() && self.edits && !self.is_aimed() {
            self.focus_report();
            ui.ctx().request_repaint();
        }
        let takes_text = ui.output(|output| output.ime.is_some());
        let keyboard = if is_asking {
            Keyboard::Dialog
        } else if self.section.has_keyboard(ui.ctx()) {
            Keyboard::Table
        } else if is_free && is_settled && !takes_text && !self.is_aimed() {
            Keyboard::Nobody
        } else {
            Keyboard::Text
        };
        let unused = self.section.take_unused();
        ui.ctx().with_plugin(|held: &mut KeyQueue| {
            held.after_frame(keyboard, moves);
            held.put_back(unused);
        });
    }

    /// Text for something that takes none is for the report.
    pub(in crate::app) fn take_astray(&mut self, ui: &Ui) {
        let is_astray = ui.ctx().with_plugin(KeyQueue::take_astray);
        if is_astray == Some(true) {
            self.state.pages = if self.edits {
                self.state.pages
            } else {
                Pages::Hidden
            };
            self.focus_report();
        }
    }

    fn is_aimed(&self) -> bool {
        let open = self.state.open.as_ref();
        open.is_some_and(|open| open.target.is_some())
    }

    fn focus_report(&mut self) {
        self.state
            .with_open(|open| open.target = Some(Target::Part));
    }
}

/// The findings over the right side of the report.
pub fn findings_over_ui(
    ui: &Ui,
    open: &OpenDraft,
    findings: &mut FindingsView,
    actions: &mut Actions,
) {
    let colours = palette(ui);
    let desk = ui.max_rect();
    let unit = sizes().unit;
    let width = sizes().findings_width.min(desk.width() - unit * 4.0);
    let rect = Rect::from_min_max(desk.right_top() - vec2(width, 0.0), desk.right_bottom());
    Area::new(egui::Id::unique("findings over the report"))
        .order(Order::Middle)
        .fixed_pos(rect.min)
        .constrain(false)
        .show(ui.ctx(), |ui| {
            let (rect, _) = ui.allocate_exact_size(rect.size(), Sense::click());
            let line = Stroke::new(1.0, colours.weak.0);
            ui.painter()
                .add(ui.visuals().popup_shadow.as_shape(rect, CornerRadius::ZERO));
            ui.painter()
                .rect(rect, 0.0, colours.panel.0, line, StrokeKind::Inside);
            let inside = UiBuilder::new().max_rect(rect.shrink2(vec2(unit * 1.5, 2.0)));
            let mut ui = ui.new_child(inside);
            ui.set_clip_rect(rect);
            views::findings_ui(&mut ui, open, FindingsRoom::Over, findings, actions);
        });
}
