//! The window: reads the draft, asks for changes, and is drawn again.
//!
//! Views get the [`State`] to read and push actions; one match after the frame runs them.
//! It knows no file format and no rule.

mod bounds;
mod file_dialog;
mod focus;
pub mod jobs;
mod key_order;
pub mod launch;
mod panels;
mod panes;
mod perform;
mod sync;

use std::panic::{AssertUnwindSafe, catch_unwind};

use egui::{Context, Ui, ViewportCommand};

use crate::app::actions::{Action, Actions, Command};
use crate::app::state::autosave::Typing;
use crate::app::state::{PartId, State};
use crate::app::system::shell::{FileAnswer, Shell};
use crate::app::views::pages::Preview;
use crate::app::views::{FindingsView, MenuView, SectionView};
use crate::app::widgets::menu::TextMenu;
use crate::app::widgets::toast::Toast;
use crate::app::window::file_dialog::{Patience, late};
use crate::app::window::focus::{Focus, focus_ring};
use crate::app::window::jobs::Jobs;
use crate::app::window::key_order::KeyQueue;
use crate::app::{views, widgets};
use crate::form::SectionBody;
use crate::keep::crash;
use crate::report::Revision;

/// How soon findings on their way are looked for again.
const NEXT_LOOK: std::time::Duration = std::time::Duration::from_millis(15);

/// How long after a click another one makes it a double click, in seconds.
const DOUBLE_CLICK: f64 = 0.4;

/// The window with everything in it.
pub struct App {
    shell: Box<dyn Shell>,
    state: State,
    section: SectionView,
    findings: FindingsView,
    /// What takes the keyboard in the outline.
    outline: Option<egui::Id>,
    focus: Focus,
    jobs: Jobs,
    toast: Toast,
    text_menu: TextMenu,
    menu: MenuView,
    preview: Preview,
    title: String,
    zoom: u16,
    contrast: bool,
    /// How many frames in a row were drawn twice.
    drawn_twice: u8,
    /// Whether the report was drawn, and not only its pages.
    edits: bool,
    patience: Patience,
    /// Until when no press reaches what is drawn.
    shielded_until: f64,
    /// When the window closes at the latest, once it is to close.
    leaves_at: Option<f64>,
    /// Whether a frame broke; from then on the window only says so.
    broken: bool,
}

impl App {
    /// A window on this state; it gives the context its fonts and colours.
    #[must_use]
    pub fn new_for(ctx: &Context, shell: Box<dyn Shell>, state: State) -> Self {
        widgets::fonts::install(ctx);
        widgets::theme::install(ctx);
        ctx.add_plugin(KeyQueue::default());
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
            focus: Focus::default(),
            jobs: Jobs::default(),
            toast: Toast::default(),
            text_menu: TextMenu::default(),
            menu: MenuView::default(),
            preview: Preview::default(),
            title: String::new(),
            zoom: 0,
            contrast: false,
            drawn_twice: 0,
            edits: true,
            shielded_until: 0.0,
            patience: Patience::default(),
            leaves_at: None,
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
        self.run(ctx, vec![Action::OpenPath(path)]);
    }

    /// Offers what windows that were not closed left behind, unless something else is asked.
    pub fn offer_recovery(&mut self) {
        if self.state.dialog.is_none() {
            self.state.offer_recovery(false);
        }
        let trouble = self.state.settings.trouble.take();
        match trouble {
            Some(trouble) if self.state.dialog.is_none() => {
                self.state.trouble("设置没有读出来", trouble);
            }
            Some(trouble) => self.state.notice = trouble,
            None => {}
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
        } else if views::broken_ui(ui, self.last_words()) {
            self.state.leaving = true;
            ui.ctx().send_viewport_cmd(ViewportCommand::Close);
        }
    }

    /// What is said after the program broke.
    fn last_words(&self) -> &'static str {
        let is_safe = self.state.has_recovery() || !self.state.is_dirty();
        if is_safe { crash::WORDS } else { crash::UNKEPT }
    }

    /// Has everything written that is not saved.
    fn keep_now(&mut self) {
        let typing = self.typing();
        self.state.keep_now(typing);
    }

    /// What is being typed and is not in the draft yet.
    fn typing(&self) -> Typing {
        self.state
            .open
            .as_ref()
            .map_or_else(Typing::default, |open| Typing {
                cell: views::typing(open, &self.section),
            })
    }

    /// Whether a dialog is open, and which part of which draft is shown.
    fn scene(&self) -> (bool, Option<(u64, PartId)>) {
        let open = self.state.open.as_ref();
        let place = open.map(|open| (open.serial, open.place));
        (self.state.dialog.is_some(), place)
    }

    fn frame(&mut self, ui: &mut Ui) {
        let before = self.scene();
        widgets::ime::follow(ui.ctx());
        bounds::refuse(ui.ctx(), &mut self.state);
        self.text_menu.before(ui, self.state.dialog.is_none());
        self.focus.keep(ui, &self.state);
        self.take_astray(ui);
        let now = ui.input(|input| input.time);
        let done = self.jobs.collect(&mut self.state, now);
        self.run(ui.ctx(), done);
        if ui.input(|input| input.viewport().close_requested()) {
            self.remember_window(ui);
            self.commit(ui.ctx());
        }
        self.state.today = Some(self.shell.now());
        let mut actions = Actions::new();
        self.poll(ui, &mut actions);
        self.shortcuts(ui, &mut actions);
        self.change_pane(ui);
        self.run(ui.ctx(), actions);
        if self.section.ends_typing(ui.ctx()) {
            self.commit(ui.ctx());
        }
        let mut actions = Actions::new();
        for effect in self.state.glance_at_recent() {
            self.perform(ui.ctx(), effect);
        }
        self.state.refresh();
        self.state.refresh_gather();
        if let (true, Some(open)) = (self.state.pages.are_shown(), &self.state.open) {
            self.preview.update(ui.ctx(), open, &mut *self.shell);
        }
        self.views(ui, &mut actions);
        self.text_menu.ui(ui);
        let caret = ui.output(|output| output.ime.as_ref().map(|ime| ime.cursor_rect));
        let kept = caret.or_else(|| self.section.active(ui.ctx()));
        self.toast.ui(ui, &mut self.state.notice, kept);
        widgets::ime::place_candidates(ui);
        self.focus.give_back(ui, &self.state);
        let acted = !actions.is_empty();
        focus_ring(ui, &self.section);
        let figures = self.figures();
        self.run(ui.ctx(), actions);
        self.draw_again(ui, figures);
        self.watch(ui);
        self.settle(ui);
        let after = self.scene();
        self.shield_ui(ui, before.1.is_none() && after.1.is_some());
        let moves = before.0 && !after.0 || before.1 != after.1;
        if self.state.is_checking() {
            ui.ctx().request_repaint_after(NEXT_LOOK);
        }
        self.give_keyboard_back(ui, moves);
        if acted {
            ui.ctx().request_repaint();
        }
    }

    /// Lies over everything for the time of a double click once one opened a draft: its second press is not
    /// meant for what lies there now.
    fn shield_ui(&mut self, ui: &Ui, opens: bool) {
        let now = ui.input(|input| input.time);
        // Reading the draft took some frames.
        let since = ui.input(|input| input.pointer.time_since_last_click());
        if opens && f64::from(since) < DOUBLE_CLICK {
            self.shielded_until = now + DOUBLE_CLICK;
        }
        if now >= self.shielded_until {
            return;
        }
        ui.ctx().request_repaint_after_secs(DOUBLE_CLICK as f32);
        let screen = ui.ctx().content_rect();
        egui::Area::new(egui::Id::unique("shield"))
            .order(egui::Order::Tooltip)
            .fixed_pos(screen.min)
            .show(ui.ctx(), |ui| {
                ui.allocate_response(screen.size(), egui::Sense::CLICK);
            });
    }

    /// Which figures are shown in a table.
    fn figures(&self) -> Option<(u64, Revision)> {
        let open = self.state.open.as_ref()?;
        let is_table = matches!(open.section()?.body, SectionBody::Table(_));
        is_table.then(|| (open.serial, open.draft.revision()))
    }

    /// Draws the frame anew when a figure of the table changed in it: a total of before must not be
    /// seen beside it, nor a mark of a blank cell that is filled in.
    fn draw_again(&mut self, ui: &Ui, before: Option<(u64, Revision)>) {
        if ui.ctx().current_pass_index() > 0 {
            return;
        }
        let now = self.figures();
        let changed = before.is_some() && now.is_some() && before != now;
        // While a key is held down, every other frame is soon enough.
        self.drawn_twice = u8::from(changed && self.drawn_twice == 0);
        if self.drawn_twice > 0 {
            ui.ctx().request_discard("a figure changed");
        }
    }

    /// Puts what is being typed into the draft, as a step that is over.
    fn commit(&mut self, ctx: &Context) {
        let Some(open) = &self.state.open else { return };
        let mut typed = views::finish_cell(open, &mut self.section);
        typed.push(Action::Seal);
        let now = self.shell.now();
        for action in typed {
            let effect = self.state.run(action, now);
            self.perform(ctx, effect);
        }
    }

    /// Does what was asked for, by whatever way it came; what is being typed goes before it.
    fn run(&mut self, ctx: &Context, actions: Actions) {
        for action in actions {
            if !action.leaves_typing_open() {
                self.commit(ctx);
            }
            let now = self.shell.now();
            let effect = self.state.run(action, now);
            self.perform(ctx, effect);
        }
    }

    /// What happened outside the window: answers, dropped files, the button that closes it.
    fn poll(&mut self, ui: &Ui, actions: &mut Actions) {
        if let Some(answer) = self.shell.answer() {
            let waiting = self.state.waiting.take();
            if let Some(waiting) = waiting.or_else(|| late(&mut self.state, &answer)) {
                actions.push(Action::Answer(waiting, answer));
            }
        } else if self.patience.is_over(ui, self.state.waiting.is_some())
            && let Some(waiting) = self.state.waiting.take()
        {
            actions.push(Action::Answer(waiting, FileAnswer::Unavailable));
        }
        views::dropped(ui, &self.state, actions);
        if ui.input(|input| input.events.contains(&egui::Event::WindowFocused(true))) {
            self.state.look_at_file();
        }
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
        for command in Command::by_keys() {
            let is_left = match command {
                // In a table these keys are about the selected cells.
                Command::Shortcuts | Command::FillZeros => in_table,
                Command::Undo | Command::Redo => in_table || is_beside,
                // The system makes events of their own of these.
                Command::Cut | Command::Copy | Command::Paste => true,
                _ => false,
            };
            if !is_left {
                let times = pressed(ui, command);
                actions.extend((0..times).map(|_| Action::Run(command)));
            }
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
    if command.repeats() {
        times
    } else {
        times.min(1)
    }
}

impl eframe::App for App {
    fn ui(&mut self, ui: &mut Ui, _frame: &mut eframe::Frame) {
        App::ui(self, ui);
    }

    /// What shines through where panels meet on broken pixels.
    fn clear_color(&self, visuals: &egui::Visuals) -> [f32; 4] {
        visuals.panel_fill.to_normalized_gamma_f32()
    }
}
