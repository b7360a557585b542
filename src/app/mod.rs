//! The window: reads the draft, asks for changes, and is drawn again.
//!
//! Views get the [`State`] to read and push actions; one match after the frame runs them.
//! It knows no file format and no rule.

mod action;
mod command;
mod deadline;
mod files;
mod fill;
mod find;
mod follow;
pub mod ime;
mod intake;
pub mod kit;
mod launch;
mod panes;
mod progress;
mod settings;
mod shell;
mod state;
mod views;
mod words;

use egui::{CentralPanel, Context, Frame, Margin, Panel, Stroke, Ui, ViewportCommand};

pub use deadline::Deadline;
pub use find::Find;
pub use follow::Filter;
pub use intake::{Intake, IntakeStep};
pub use launch::{AppError, has_display, run};
pub use progress::Progress;
pub use settings::{Recent, Settings, ThemeChoice};
pub use shell::{Clip, FileAnswer, FileQuestion, Moment, Native, Scripted, Shell};
pub use state::{After, Dialog, NewReport, OpenDraft, Place, Purpose, State, Target, Waiting};

use action::{Action, Actions};
use command::Command;
use kit::theme::{palette, sizes};
use views::{FindingsView, SectionView, Shown};

/// The window with everything in it.
pub struct App {
    shell: Box<dyn Shell>,
    state: State,
    section: SectionView,
    findings: FindingsView,
    /// What takes the keyboard in the outline.
    outline: Option<egui::Id>,
    title: String,
    zoom: u16,
}

impl App {
    /// A window on this state; it gives the context its fonts and colours.
    #[must_use]
    pub fn new_for(ctx: &Context, shell: Box<dyn Shell>, state: State) -> Self {
        kit::fonts::install(ctx);
        kit::theme::install(ctx);
        ctx.options_mut(|options| {
            options.quit_shortcuts.clear();
            options.zoom_with_keyboard = false;
            options.fallback_theme = egui::Theme::Light;
        });
        Self {
            shell,
            state,
            section: SectionView::default(),
            findings: FindingsView::default(),
            outline: None,
            title: String::new(),
            zoom: 0,
        }
    }

    /// What the window shows.
    #[must_use]
    pub fn state(&self) -> &State {
        &self.state
    }

    /// Opens a file, as if it had been dropped on the window.
    pub fn open(&mut self, path: std::path::PathBuf) {
        let now = self.shell.now();
        self.state.run(Action::OpenPath(path), now);
    }

    /// Draws the window and does what was asked for in it.
    pub fn ui(&mut self, ui: &mut Ui) {
        kit::ime::follow(ui.ctx());
        if ui.input(|input| input.viewport().close_requested()) {
            let typed = self.finish_cell();
            self.run(typed);
        }
        self.state.today = Some(self.shell.now());
        let mut actions = Actions::new();
        self.poll(ui, &mut actions);
        let early = self.shortcuts(ui, &mut actions);
        self.change_pane(ui);
        if !actions.is_empty() {
            let typed = self.finish_cell();
            self.run(typed);
        }
        self.run(actions);
        let mut actions = Actions::new();
        self.state.refresh();
        self.views(ui, &mut actions);
        if !early {
            self.late_undo(ui, &mut actions);
        }
        kit::ime::place_candidates(ui);
        let acted = !actions.is_empty();
        self.run(actions);
        self.settle(ui);
        if acted {
            ui.ctx().request_repaint();
        }
    }

    /// Takes what was typed in a cell before something else happens to the draft.
    fn finish_cell(&mut self) -> Actions {
        let Some(open) = &self.state.open else {
            return Actions::new();
        };
        views::finish_cell(open, &mut self.section)
    }

    fn run(&mut self, actions: Actions) {
        for action in actions {
            let now = self.shell.now();
            self.state.run(action, now);
        }
    }

    /// What happened outside the window: answers, dropped files, the button that closes it.
    fn poll(&mut self, ui: &Ui, actions: &mut Actions) {
        if let Some(answer) = self.shell.answer()
            && let Some(waiting) = self.state.waiting.take()
        {
            actions.push(Action::Answer(waiting, answer));
        }
        let dropped = ui.input(|input| {
            let file = input.raw.dropped_files.first();
            file.map(|file| file.path().to_owned())
        });
        if let (Some(path), None) = (dropped, &self.state.dialog) {
            actions.push(Action::OpenPath(path));
        }
        let closing = ui.input(|input| input.viewport().close_requested());
        if closing && !self.state.leaving && self.state.is_dirty() {
            ui.ctx().send_viewport_cmd(ViewportCommand::CancelClose);
            actions.push(Action::Run(Command::Quit));
        }
    }

    /// Takes shortcuts before a text box sees them; returns whether undo was among them.
    ///
    /// In a table undo is left to the grid, which may be in the middle of a cell.
    fn shortcuts(&self, ui: &Ui, actions: &mut Actions) -> bool {
        if self.state.dialog.is_some() {
            return true;
        }
        let beside = [views::EXPLANATION].into_iter().chain(views::BOXES);
        let mut beside = beside.map(egui::Id::unique);
        let is_beside = ui.memory(|memory| beside.any(|id| memory.has_focus(id)));
        let leave_undo = is_beside || self.shows_table();
        let in_table = self.section.has_keyboard(ui.ctx());
        for command in Command::ALL {
            // In a table these keys are about the selected cells.
            if in_table && matches!(command, Command::Shortcuts | Command::FillZeros) {
                continue;
            }
            let is_undo = matches!(command, Command::Undo | Command::Redo);
            if !(is_undo && leave_undo) && pressed(ui, command) {
                actions.push(Action::Run(command));
            }
        }
        !leave_undo || is_beside
    }

    /// Undo in a table, when the grid had no use for the keys.
    fn late_undo(&self, ui: &Ui, actions: &mut Actions) {
        let is_undo = |action: &Action| {
            matches!(
                action,
                Action::Run(Command::Undo | Command::Redo) | Action::Edit(..)
            )
        };
        if actions.iter().any(is_undo) || !self.shows_table() {
            return;
        }
        for command in [Command::Redo, Command::Undo] {
            if ui.memory(|memory| memory.focused().is_none()) && pressed(ui, command) {
                actions.push(Action::Run(command));
            }
        }
    }

    fn shows_table(&self) -> bool {
        let section = self.state.open.as_ref().and_then(OpenDraft::section);
        section.is_some_and(|section| matches!(section.body, crate::form::Block::Table(_)))
    }

    fn views(&mut self, ui: &mut Ui, actions: &mut Actions) {
        let mut find = self.state.find.clone();
        let state = &self.state;
        let mut has_room = true;
        let colours = palette(ui);
        let bar = Frame::new()
            .fill(colours.panel.0)
            .inner_margin(Margin::symmetric(8, 2));
        let side = bar.inner_margin(Margin::symmetric(12, 0));
        let desk = Frame::new()
            .fill(colours.desk.0)
            .inner_margin(Margin::same(8));
        Panel::top("menu")
            .frame(bar)
            .show(ui, |ui| views::menu_ui(ui, state, actions));
        Panel::bottom("status")
            .frame(bar)
            .show(ui, |ui| views::status_ui(ui, state, actions));
        match &state.open {
            None => {
                CentralPanel::default()
                    .frame(desk)
                    .show(ui, |ui| views::home_ui(ui, state, actions));
            }
            Some(open) => {
                // Zoomed in on a small screen the table needs the room more than its neighbours.
                let narrow = ui.available_width() < sizes().narrow_width;
                let outline_width = sizes().outline_width * if narrow { 0.7 } else { 1.0 };
                let outline = Panel::left("outline")
                    .frame(side)
                    .exact_size(outline_width)
                    .show(ui, |ui| views::outline_ui(ui, (state, open), actions));
                self.outline = outline.inner;
                let beside = sizes().findings_width * 0.8;
                let room = ui.available_width() >= beside + sizes().table_width;
                has_room = room;
                if state.settings.show_findings && room {
                    let findings = &mut self.findings;
                    let panel = if narrow {
                        Panel::right("findings beside a narrow table")
                            .exact_size(sizes().findings_width * 0.8)
                    } else {
                        Panel::right("findings")
                            .default_size(sizes().findings_width)
                            .size_range(240.0..=480.0)
                    };
                    panel.frame(side).show(ui, |ui| {
                        views::findings_ui(ui, (open, Shown::Beside), findings, actions);
                    });
                }
                let section = &mut self.section;
                CentralPanel::default()
                    .frame(desk.stroke(Stroke::NONE))
                    .show(ui, |ui| {
                        if let Some(find) = &mut find {
                            views::find_ui(ui, open, find, actions);
                        }
                        views::section_ui(ui, (state, open), section, actions);
                        if state.findings_over && !room {
                            panes::findings_over_ui(ui, open, &mut self.findings, actions);
                        }
                    });
            }
        }
        self.state.has_room = has_room;
        self.state.find = find.filter(|_| self.state.open.is_some());
        if let Some(open) = &mut self.state.open {
            open.target = None;
        }
        if let Some(mut dialog) = self.state.dialog.take() {
            views::dialogs_ui(ui, &self.state, &mut dialog, actions);
            self.state.dialog = Some(dialog);
        }
    }

    /// Brings the window and the shell up to the state.
    fn settle(&mut self, ui: &Ui) {
        if let Some(question) = self.state.question.take() {
            self.shell.ask(question);
            ui.ctx().request_repaint();
        }
        if std::mem::take(&mut self.state.wants_clip) {
            let clip = self.shell.clipboard();
            self.run(vec![Action::Pasted(clip)]);
            ui.ctx().request_repaint();
        }
        let title = self.state.title();
        if title != self.title {
            ui.ctx()
                .send_viewport_cmd(ViewportCommand::Title(title.clone()));
            self.title = title;
        }
        let settings = &self.state.settings;
        if settings.zoom != self.zoom {
            self.zoom = settings.zoom;
            ui.ctx().set_zoom_factor(f32::from(settings.zoom) / 100.0);
        }
        let theme = match settings.theme {
            ThemeChoice::System => egui::ThemePreference::System,
            ThemeChoice::Light => egui::ThemePreference::Light,
            ThemeChoice::Dark => egui::ThemePreference::Dark,
        };
        if ui.ctx().options(|options| options.theme_preference) != theme {
            ui.ctx().set_theme(theme);
        }
        if self.state.leaving {
            ui.ctx().send_viewport_cmd(ViewportCommand::Close);
        }
    }
}

fn pressed(ui: &Ui, command: Command) -> bool {
    command
        .shortcuts()
        .iter()
        .any(|shortcut| ui.input_mut(|input| input.consume_shortcut(shortcut)))
}

impl eframe::App for App {
    fn ui(&mut self, ui: &mut Ui, _frame: &mut eframe::Frame) {
        App::ui(self, ui);
    }
}
