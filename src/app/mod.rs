//! The window: reads the draft, asks for changes, and is drawn again.
//!
//! Views get the [`State`] to read and push actions; one match after the frame runs them.
//! It knows no file format and no rule.

mod action;
mod checking;
mod command;
mod deadline;
mod desktop;
mod files;
mod fill;
mod find;
mod folders;
mod follow;
mod glance;
pub mod ime;
mod intake;
mod jobs;
mod keep;
pub mod kit;
mod launch;
mod listing;
mod offer;
mod order;
mod panes;
mod platform;
mod preview;
mod progress;
mod publishing;
mod rescue;
mod search;
mod settings;
mod shell;
mod state;
mod views;
mod words;

use std::panic::{AssertUnwindSafe, catch_unwind};

use egui::{CentralPanel, Context, Frame, Margin, Panel, Stroke, Ui, ViewportCommand};

pub use deadline::Deadline;
pub use find::Find;
pub use follow::{Filter, Room};
pub use glance::{Glance, Glances};
pub use intake::{Intake, IntakeStep};
pub use jobs::{Job, Running};
pub use keep::{Keeper, Kept};
pub use launch::{AppError, run};
pub use listing::Listing;
pub use offer::{FileNow, Offer};
pub use progress::Progress;
pub use publishing::{Publishing, Told, Writing};
pub use rescue::{Compared, Rescue, RescueAction};
pub use settings::{Recent, Settings, ThemeChoice, WindowSize};
pub use shell::{Clip, FileAnswer, FileQuestion, Moment, Native, Scripted, Shell, Work};
pub use state::{
    After, Dialog, NewReport, OpenDraft, Pages, Place, Purpose, Seek, State, Target, Waiting, Wish,
};

use action::{Action, Actions};
use command::Command;
use jobs::Jobs;
use kit::theme::{palette, sizes};
use kit::toast::Toast;
use order::Held;
use preview::Preview;
use views::{FindingsView, SectionView};

/// How soon findings on their way are looked for again.
const NEXT_LOOK: std::time::Duration = std::time::Duration::from_millis(15);

/// The window with everything in it.
pub struct App {
    shell: Box<dyn Shell>,
    state: State,
    section: SectionView,
    findings: FindingsView,
    /// What takes the keyboard in the outline.
    outline: Option<egui::Id>,
    focus: panes::Focus,
    jobs: Jobs,
    toast: Toast,
    preview: Preview,
    title: String,
    zoom: u16,
    contrast: bool,
    held: Held,
    /// Whether a frame broke; from then on the window only says so.
    broken: bool,
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
            focus: panes::Focus::default(),
            jobs: Jobs::default(),
            toast: Toast::default(),
            preview: Preview::default(),
            title: String::new(),
            zoom: 0,
            contrast: false,
            held: Held::default(),
            broken: false,
        }
    }

    /// What the window shows.
    #[must_use]
    pub fn state(&self) -> &State {
        &self.state
    }

    /// Opens a file, as if it had been dropped on the window.
    pub fn open(&mut self, ctx: &Context, path: std::path::PathBuf) {
        let now = self.shell.now();
        self.state.run(Action::OpenPath(path), now);
        self.jobs
            .hand_out(&mut self.state, self.shell.as_mut(), ctx);
    }

    /// Offers what windows that were not closed left behind, unless something else is asked.
    pub fn offer_recovery(&mut self) {
        if self.state.dialog.is_none() {
            self.state.offer_recovery(false);
        }
    }

    /// Draws the window and does what was asked for in it.
    ///
    /// After a panic the draft is written into its recovery file, and the window says so.
    pub fn ui(&mut self, ui: &mut Ui) {
        if !self.broken {
            let drawn = catch_unwind(AssertUnwindSafe(|| self.frame(ui)));
            if drawn.is_ok() {
                return;
            }
            self.broken = true;
            self.keep_now();
            ui.ctx().request_repaint();
        } else if views::broken_ui(ui) {
            self.state.leaving = true;
            ui.ctx().send_viewport_cmd(ViewportCommand::Close);
        }
    }

    /// Has everything written that is not saved.
    fn keep_now(&mut self) {
        let open = self.state.open.as_ref();
        let typing = open.and_then(|open| views::typing(open, &self.section));
        self.state.keep_now(typing);
    }

    fn frame(&mut self, ui: &mut Ui) {
        self.held.take_turns(ui.ctx());
        kit::ime::follow(ui.ctx());
        self.focus.keep(ui, &self.state);
        let done = self.jobs.collect(&mut self.state);
        self.run(done);
        if ui.input(|input| input.viewport().close_requested()) {
            self.remember_window(ui);
            let typed = self.finish_cell();
            self.run(typed);
        }
        self.state.today = Some(self.shell.now());
        let mut actions = Actions::new();
        self.poll(ui, &mut actions);
        self.shortcuts(ui, &mut actions);
        self.change_pane(ui);
        if !actions.is_empty() {
            let typed = self.finish_cell();
            self.run(typed);
        }
        self.run(actions);
        let mut actions = Actions::new();
        self.state.glance_at_recent();
        self.state.refresh();
        if let (true, Some(open)) = (self.state.pages.are_shown(), &self.state.open) {
            self.preview.update(ui.ctx(), open, &mut *self.shell);
        }
        self.views(ui, &mut actions);
        self.toast.ui(ui, &mut self.state.notice);
        kit::ime::place_candidates(ui);
        self.focus.give_back(ui);
        let acted = !actions.is_empty();
        panes::focus_ring(ui, &self.section);
        self.run(actions);
        self.settle(ui);
        if self.state.is_checking() {
            ui.ctx().request_repaint_after(NEXT_LOOK);
        }
        if acted {
            self.give_keyboard_back(ui);
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
        views::dropped(ui, &self.state, actions);
        let closing = ui.input(|input| input.viewport().close_requested());
        if closing && !self.state.leaving && self.state.is_dirty() {
            ui.ctx().send_viewport_cmd(ViewportCommand::CancelClose);
            actions.push(Action::Run(Command::Quit));
        } else if closing {
            actions.push(Action::PutAway);
        }
    }

    /// Takes shortcuts before a text box sees them.
    ///
    /// Undo is left to whatever is being typed in, and in a table to the grid, which may be in the
    /// middle of a cell.
    fn shortcuts(&self, ui: &Ui, actions: &mut Actions) {
        if self.state.dialog.is_some() {
            return;
        }
        let beside = [views::EXPLANATION].into_iter().chain(views::BOXES);
        let mut beside = beside.map(egui::Id::unique);
        let is_beside = ui.memory(|memory| beside.any(|id| memory.has_focus(id)));
        let in_table = self.section.has_keyboard(ui.ctx());
        for &command in Command::ALL {
            let is_left = match command {
                // In a table these keys are about the selected cells.
                Command::Shortcuts | Command::FillZeros => in_table,
                Command::Undo | Command::Redo => in_table || is_beside,
                _ => false,
            };
            if !is_left {
                let times = pressed(ui, command);
                actions.extend((0..times).map(|_| Action::Run(command)));
            }
        }
    }

    fn shows_table(&self) -> bool {
        let section = self.state.open.as_ref().and_then(OpenDraft::section);
        section.is_some_and(|section| matches!(section.body, crate::form::Block::Table(_)))
    }

    fn views(&mut self, ui: &mut Ui, actions: &mut Actions) {
        let mut find = self.state.find.clone();
        let mut instead = false;
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
        if state.is_read_only() {
            Panel::top("banner")
                .frame(bar)
                .show(ui, |ui| views::banner_ui(ui, state, actions));
        }
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
                has_room = room && !state.pages.are_shown();
                if state.settings.show_findings && has_room {
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
                        views::findings_ui(ui, (open, Room::Beside), findings, actions);
                    });
                }
                let mut edits = true;
                if state.pages.are_shown() {
                    let preview = &mut self.preview;
                    let room = ui.available_width();
                    edits = room >= sizes().table_width * 1.75;
                    let show = |ui: &mut Ui| views::preview_ui(ui, open, preview, actions);
                    if edits {
                        Panel::right("preview")
                            .default_size(room * 0.45)
                            .size_range(280.0..=room - sizes().table_width)
                            .frame(desk)
                            .show(ui, show);
                    } else {
                        CentralPanel::default().frame(desk).show(ui, show);
                    }
                }
                let section = &mut self.section;
                if edits {
                    CentralPanel::default()
                        .frame(desk.stroke(Stroke::NONE))
                        .show(ui, |ui| {
                            if let Some(find) = &mut find {
                                views::find_ui(ui, open, find, actions);
                            }
                            views::section_ui(ui, (state, open), section, actions);
                            if state.room.measured(has_room) == Room::Over {
                                panes::findings_over_ui(ui, open, &mut self.findings, actions);
                            }
                        });
                }
                instead = state.pages.are_shown() && !edits;
            }
        }
        self.state.room = self.state.room.measured(has_room);
        self.state.find = find.filter(|_| self.state.open.is_some());
        if let Some(open) = &mut self.state.open {
            open.target = None;
        }
        views::hovering_ui(ui, &self.state);
        // What was clicked in the pages cannot be edited while they take the editor's place.
        if instead
            && actions
                .iter()
                .any(|action| matches!(action, Action::Show(..)))
        {
            self.state.pages = Pages::Hidden;
        }
        if let Some(mut dialog) = self.state.dialog.take() {
            views::dialogs_ui(ui, &self.state, &mut dialog, actions);
            self.state.dialog = Some(dialog);
        }
    }

    /// Keeps the size of the window for the next start.
    fn remember_window(&mut self, ui: &Ui) {
        let size = ui.input(|input| {
            let viewport = input.viewport();
            let points = viewport.inner_rect?.size() * f32::from(self.zoom.max(1)) / 100.0;
            Some(WindowSize {
                width: points.x.round() as u16,
                height: points.y.round() as u16,
                maximized: viewport.maximized.unwrap_or(false),
            })
        });
        if size.is_some() && size != self.state.settings.window {
            self.state.settings.window = size;
            self.state.keep_settings();
        }
    }

    /// Gives the system what was copied and what is to be shown.
    fn hand_over(&mut self) {
        if let Some((html, text)) = self.state.copied.take() {
            self.state.notice = match self.shell.copy_html(&html, &text) {
                Ok(()) => "已复制，可以粘贴到网站的编辑器里".to_owned(),
                Err(reason) => format!("没有复制：{reason}"),
            };
        }
        if let Some(path) = self.state.to_show.take()
            && let Err(reason) = self.shell.show_file(&path)
        {
            self.state.notice = format!("没有打开：{reason}");
        }
    }

    /// Brings the window and the shell up to the state.
    fn settle(&mut self, ui: &Ui) {
        let open = self.state.open.as_ref();
        let typing = open.and_then(|open| views::typing(open, &self.section));
        if let Some(wait) = self.state.keep(typing) {
            ui.ctx().request_repaint_after(wait);
        }
        if let Some(question) = self.state.question.take() {
            let purpose = self.state.waiting.as_ref().map(|waiting| &waiting.purpose);
            if matches!(purpose, Some(Purpose::Folder(_))) {
                self.shell.ask_folder(question);
            } else {
                self.shell.ask(question);
            }
            ui.ctx().request_repaint();
        }
        if std::mem::take(&mut self.state.wish) == Wish::Clip {
            let clip = self.shell.clipboard();
            self.run(vec![Action::Pasted(clip)]);
            ui.ctx().request_repaint();
        }
        self.hand_over();
        self.jobs
            .hand_out(&mut self.state, self.shell.as_mut(), ui.ctx());
        for file in std::mem::take(&mut self.state.windows) {
            if let Err(error) = self.shell.open_window(file.as_deref()) {
                self.state.notice = format!("没有打开新窗口：系统报告：{error}");
            }
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
        if settings.contrast != self.contrast {
            self.contrast = settings.contrast;
            kit::theme::set_contrast(ui.ctx(), self.contrast);
        }
        let desktop = match self.state.desktop_dark {
            Some(true) => egui::Theme::Dark,
            _ => egui::Theme::Light,
        };
        ui.ctx()
            .options_mut(|options| options.fallback_theme = desktop);
        if ui.ctx().options(|options| options.theme_preference) != theme {
            ui.ctx().set_theme(theme);
        }
        // Work that somebody asked for is finished first.
        if self.state.leaving && self.state.progress_sign().is_none() {
            self.remember_window(ui);
            ui.ctx().send_viewport_cmd(ViewportCommand::Close);
        }
    }
}

impl Drop for App {
    fn drop(&mut self) {
        self.keep_now();
    }
}

/// How often the keys of a command were pressed; on a slow screen more than once in a frame.
fn pressed(ui: &Ui, command: Command) -> usize {
    let count = |shortcut: &egui::KeyboardShortcut| {
        let (modifiers, key) = (shortcut.modifiers, shortcut.logical_key);
        ui.input_mut(|input| input.count_and_consume_key(modifiers, key))
    };
    let times = command.shortcuts().iter().map(count).sum();
    match command {
        Command::Undo
        | Command::Redo
        | Command::NextPart
        | Command::PreviousPart
        | Command::NextFinding
        | Command::PreviousFinding
        | Command::ZoomIn
        | Command::ZoomOut => times,
        _ => times.min(1),
    }
}

impl eframe::App for App {
    fn ui(&mut self, ui: &mut Ui, _frame: &mut eframe::Frame) {
        App::ui(self, ui);
    }
}
