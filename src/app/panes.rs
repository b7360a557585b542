//! The parts of the window around the report: which of them has the keyboard, and the findings
//! where there is no room for them beside the report.

use egui::{
    Area, CornerRadius, Id, Key, Modifiers, Order, Popup, Rect, Sense, Stroke, StrokeKind, Ui,
    UiBuilder, vec2,
};

use super::App;
use super::action::Actions;
use super::follow::Room;
use super::kit::theme::{palette, sizes};
use super::order::{Held, Keyboard};
use super::state::{OpenDraft, Pages, State, Target};
use super::views::{self, FindingsView, SectionView};

/// A part of the window that the keyboard can go to.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Pane {
    Report,
    Findings,
    Outline,
}

/// What had the focus before a dialog, and gets it back.
#[derive(Debug, Default)]
pub(super) struct Focus {
    before: Option<Id>,
    /// What had it at the end of the last frame.
    last: Option<Id>,
    in_dialog: bool,
    back: Option<Id>,
}

impl Focus {
    /// Follows the focus; once a frame, before anything is drawn.
    pub(super) fn keep(&mut self, ui: &Ui, state: &State) {
        let was_in_dialog = std::mem::replace(&mut self.in_dialog, state.dialog.is_some());
        match (was_in_dialog, self.in_dialog) {
            (false, false) => self.before = ui.memory(egui::Memory::focused),
            (true, false) => {
                let aimed = state
                    .open
                    .as_ref()
                    .is_some_and(|open| open.target.is_some());
                self.back = self.before.filter(|_| !aimed);
            }
            _ => {}
        }
    }

    /// Gives it back once the frame is drawn; before that the dialog that has just closed forbids it.
    /// Another dialog that has come in its place keeps it.
    pub(super) fn give_back(&mut self, ui: &Ui, state: &State) {
        if let Some(id) = self.back.take().filter(|_| state.dialog.is_none()) {
            ui.memory_mut(|memory| memory.request_focus(id));
            ui.ctx().request_repaint();
        }
    }
}

impl App {
    /// Ctrl+Tab goes from the report to the findings, to the outline and back; Shift turns round.
    pub(super) fn change_pane(&mut self, ui: &Ui) {
        if self.state.dialog.is_some() || self.state.open.is_none() {
            return;
        }
        let escape = self.state.room == Room::Over
            && !self.section.has_keyboard(ui.ctx())
            && ui.input(|input| input.key_pressed(Key::Escape));
        if escape {
            self.state.room = Room::Lacking;
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
        let outline = screen.left() + sizes().outline_width;
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
    pub(super) fn give_keyboard_back(&mut self, ui: &Ui, moves: bool) {
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
        ui.ctx().with_plugin(|held: &mut Held| {
            held.after_frame(keyboard, moves);
            held.put_back(unused);
        });
    }

    /// Text for something that takes none is for the report.
    pub(super) fn take_astray(&mut self, ui: &Ui) {
        let is_astray = ui.ctx().with_plugin(Held::take_astray);
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

/// A ring around what has the keyboard, whatever it is; a text box and a table show it themselves.
pub fn focus_ring(ui: &Ui, section: &SectionView) {
    let is_text = ui.output(|output| output.ime.is_some());
    if is_text || section.has_keyboard(ui.ctx()) {
        return;
    }
    let focused = ui.memory(egui::Memory::focused);
    let response = focused.and_then(|id| ui.ctx().read_response(id));
    if let Some(response) = response {
        let ring = Stroke::new(2.0, palette(ui).accent.0);
        let clip = response.interact_rect.expand(4.0);
        ui.ctx()
            .layer_painter(response.layer_id)
            .with_clip_rect(clip)
            .rect_stroke(response.rect.expand(1.0), 4.0, ring, StrokeKind::Outside);
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
            views::findings_ui(&mut ui, (open, Room::Over), findings, actions);
        });
}
