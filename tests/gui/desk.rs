//! A desk in a folder of its own, on which windows are opened one after another.
#![expect(clippy::unwrap_used, reason = "the helpers of a test may fail it")]

use std::cell::{Cell, RefCell};
use std::path::{Path, PathBuf};
use std::rc::Rc;

use egui::{Event, Key, Modifiers};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use nianbao::app::{
    App, Autosave, FileAnswer, FileQuestion, Moment, OpenDraft, Scripted, Settings, Shell, State,
    Work,
};
use nianbao::form;
use nianbao::keep::Places;
use nianbao::report::{Draft, Edit, Entry, Report};
use nianbao::store;

pub type Window = Harness<'static, Option<App>>;

/// Work that a disk does not answer to.
type Stalled = Rc<RefCell<Vec<Work>>>;

/// The system of a test; its clock breaks when it is told to.
struct Breaking {
    scripted: Scripted,
    stalls: Rc<Cell<bool>>,
    stalled: Stalled,
    breaks: Rc<Cell<bool>>,
}

impl Shell for Breaking {
    fn ask(&mut self, question: FileQuestion) {
        self.scripted.ask(question);
    }

    fn answer(&mut self) -> Option<FileAnswer> {
        assert!(!self.breaks.get(), "甲乙丙丁");
        self.scripted.answer()
    }

    fn ask_folder(&mut self, question: FileQuestion) {
        self.scripted.ask_folder(question);
    }

    fn copy_html(&mut self, html: &str, text: &str) -> Result<(), String> {
        self.scripted.copy_html(html, text)
    }

    fn show_file(&mut self, path: &Path) -> std::io::Result<()> {
        self.scripted.show_file(path)
    }

    fn spawn(&mut self, work: Work) -> std::io::Result<()> {
        if self.stalls.get() {
            self.stalled.borrow_mut().push(work);
            return Ok(());
        }
        self.scripted.spawn(work)
    }

    fn open_window(&mut self, file: Option<&Path>) -> std::io::Result<()> {
        self.scripted.open_window(file)
    }

    fn now(&self) -> Moment {
        self.scripted.now()
    }

    fn clipboard(&mut self) -> Option<nianbao::app::Clip> {
        self.scripted.clipboard()
    }
}

/// A desk in a folder of its own: program folders, a draft file, and windows one after another.
pub struct Desk {
    pub folder: tempfile::TempDir,
    pub breaks: Rc<Cell<bool>>,
    /// Whether every disk stalls from now on.
    pub stalls: Rc<Cell<bool>>,
    stalled: Stalled,
}

impl Desk {
    pub fn new() -> Self {
        let desk = Self {
            folder: tempfile::tempdir().unwrap(),
            breaks: Rc::default(),
            stalls: Rc::default(),
            stalled: Rc::default(),
        };
        store::save(&draft("旧"), &desk.file()).unwrap();
        desk
    }

    /// Lets the disk answer to so many pieces of work, the first ones first.
    pub fn go_on(&self, count: usize) {
        let mut stalled = self.stalled.borrow_mut();
        let count = count.min(stalled.len());
        let work: Vec<_> = stalled.drain(..count).collect();
        drop(stalled);
        for work in work {
            work();
        }
    }

    pub fn file(&self) -> PathBuf {
        self.folder.path().join("青石镇.nianbao")
    }

    pub fn places(&self) -> Places {
        Places::under(&self.folder.path().join("data"))
    }

    pub fn window(&self, file: Option<PathBuf>, answers: Vec<FileAnswer>) -> Window {
        let mut state = State::new(Settings::default());
        state.keeper = Some(Autosave::start(self.places(), || {}).unwrap());
        let breaks = Rc::clone(&self.breaks);
        let shell = Breaking {
            scripted: Scripted::new(answers),
            stalls: Rc::clone(&self.stalls),
            stalled: Rc::clone(&self.stalled),
            breaks,
        };
        let mut parts = Some((shell, state, file));
        let mut window = Harness::builder()
            .with_size([1366.0, 768.0])
            .with_context_setup(|ctx| {
                // The fonts must be there before the first frame.
                let shell = Box::new(Scripted::new([]));
                drop(App::new_for(ctx, shell, State::default()));
            })
            .build_ui_state(
                move |ui, app: &mut Option<App>| {
                    if let Some((shell, state, file)) = parts.take() {
                        let mut new = App::new_for(ui.ctx(), Box::new(shell), state);
                        if let Some(file) = file {
                            new.open(ui.ctx(), file);
                        }
                        new.offer_recovery();
                        *app = Some(new);
                    }
                    app.as_mut().unwrap().ui(ui);
                },
                None,
            );
        window.run_steps(4);
        window
    }

    pub fn on_file(&self) -> Window {
        self.window(Some(self.file()), Vec::new())
    }
}

pub fn draft(overview: &str) -> Draft {
    let edition = form::by_id("2021").unwrap();
    let mut report = Report::new(edition.clone(), 2025);
    let issuer = Entry::Text("青石镇人民政府".to_owned());
    report.apply(Edit::Enter(edition.issuer_field, issuer));
    let text = edition.find("overview").unwrap();
    report.apply(Edit::Enter(text, Entry::Text(overview.to_owned())));
    Draft::new(report)
}

pub fn overview_of(draft: &Draft) -> String {
    let report = draft.report();
    let field = report.edition().find("overview").unwrap();
    report.text(field).to_owned()
}

pub fn state(window: &Window) -> &State {
    window.state().as_ref().unwrap().state()
}

pub fn open(window: &Window) -> &OpenDraft {
    state(window).open.as_ref().unwrap()
}

pub fn overview(window: &Window) -> String {
    overview_of(&open(window).draft)
}

pub fn saved(path: &Path) -> String {
    overview_of(&store::load(path).unwrap())
}

pub fn press(window: &mut Window, label: &str) {
    window.get_by_label(label).click();
    window.run_steps(4);
}

pub fn menu(window: &mut Window, item: &str) {
    press(window, "文件");
    window.get_by_label_contains(item).click();
    window.run_steps(4);
}

pub fn keys(window: &mut Window, modifiers: Modifiers, key: Key) {
    window.key_press_modifiers(modifiers, key);
    window.run_steps(4);
}

pub fn write(window: &mut Window, text: &str) {
    window
        .get_all_by_label_contains("一、总体情况，")
        .next()
        .unwrap()
        .click();
    window.run_steps(4);
    let label = open(window).section().unwrap().label.clone();
    window
        .get_by_role_and_label(egui::Role::MultilineTextInput, &label)
        .focus();
    window.run_steps(2);
    keys(window, Modifiers::COMMAND, Key::End);
    window.event(Event::Text(text.to_owned()));
    window.run_steps(3);
}
