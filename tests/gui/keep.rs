//! Nothing is lost: recovery after any end, older versions, locks, damaged and changed files.
#![expect(clippy::unwrap_used, reason = "the helpers of a test may fail it")]

use std::cell::Cell;
use std::path::{Path, PathBuf};
use std::rc::Rc;

use egui::{Event, Key, Modifiers};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use nianbao::app::{
    App, FileAnswer, FileQuestion, Keeper, Moment, OpenDraft, Scripted, Settings, Shell, State,
    Work,
};
use nianbao::form;
use nianbao::keep::Places;
use nianbao::report::{Draft, Edit, Entry, Report};
use nianbao::store;

type Window = Harness<'static, Option<App>>;

/// The system of a test; its clock breaks when it is told to.
struct Breaking {
    scripted: Scripted,
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
struct Desk {
    folder: tempfile::TempDir,
    breaks: Rc<Cell<bool>>,
}

impl Desk {
    fn new() -> Self {
        let desk = Self {
            folder: tempfile::tempdir().unwrap(),
            breaks: Rc::default(),
        };
        store::save(&draft("旧"), &desk.file()).unwrap();
        desk
    }

    fn file(&self) -> PathBuf {
        self.folder.path().join("青石镇.nianbao")
    }

    fn places(&self) -> Places {
        Places::under(&self.folder.path().join("data"))
    }

    fn window(&self, file: Option<PathBuf>, answers: Vec<FileAnswer>) -> Window {
        let mut state = State::new(Settings::default());
        state.keeper = Some(Keeper::start(self.places(), || {}).unwrap());
        let breaks = Rc::clone(&self.breaks);
        let shell = Breaking {
            scripted: Scripted::new(answers),
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

    fn on_file(&self) -> Window {
        self.window(Some(self.file()), Vec::new())
    }
}

fn draft(overview: &str) -> Draft {
    let edition = form::by_id("2021").unwrap();
    let mut report = Report::new(edition.clone(), 2025);
    let issuer = Entry::Text("青石镇人民政府".to_owned());
    report.apply(Edit::Enter(edition.issuer_field, issuer));
    let text = edition.find("overview").unwrap();
    report.apply(Edit::Enter(text, Entry::Text(overview.to_owned())));
    Draft::new(report)
}

fn overview_of(draft: &Draft) -> String {
    let report = draft.report();
    let field = report.edition().find("overview").unwrap();
    report.text(field).to_owned()
}

fn state(window: &Window) -> &State {
    window.state().as_ref().unwrap().state()
}

fn open(window: &Window) -> &OpenDraft {
    state(window).open.as_ref().unwrap()
}

fn overview(window: &Window) -> String {
    overview_of(&open(window).draft)
}

fn saved(path: &Path) -> String {
    overview_of(&store::load(path).unwrap())
}

fn press(window: &mut Window, label: &str) {
    window.get_by_label(label).click();
    window.run_steps(4);
}

fn menu(window: &mut Window, item: &str) {
    press(window, "文件");
    window.get_by_label_contains(item).click();
    window.run_steps(4);
}

fn keys(window: &mut Window, modifiers: Modifiers, key: Key) {
    window.key_press_modifiers(modifiers, key);
    window.run_steps(4);
}

fn write(window: &mut Window, text: &str) {
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

#[test]
fn what_was_not_saved_is_offered_at_the_next_start() {
    let desk = Desk::new();
    let mut window = desk.on_file();
    write(&mut window, "新");
    assert_eq!(overview(&window), "旧新");
    drop(window);
    let mut window = desk.window(None, Vec::new());
    window.get_by_label("恢复没有保存的修改");
    window.get_by_label_contains("青石镇人民政府2025年");
    window.get_by_label_contains("1处修改");
    window.get_by_label("旧");
    window.get_by_label("旧新");
    assert!(state(&window).open.is_none());
    press(&mut window, "恢复");
    assert_eq!(overview(&window), "旧新");
    assert_eq!(open(&window).path, Some(desk.file()));
    assert!(open(&window).is_dirty());
    assert_eq!(saved(&desk.file()), "旧");
    // Once more without saving: it is offered again.
    drop(window);
    let mut window = desk.window(None, Vec::new());
    press(&mut window, "恢复");
    keys(&mut window, Modifiers::COMMAND, Key::Z);
    assert_eq!(overview(&window), "旧");
    keys(&mut window, Modifiers::COMMAND, Key::Y);
    keys(&mut window, Modifiers::COMMAND, Key::S);
    assert_eq!(saved(&desk.file()), "旧新");
    drop(window);
    let window = desk.window(None, Vec::new());
    assert!(state(&window).dialog.is_none());
}

#[test]
fn what_is_still_being_typed_in_a_cell_is_recovered_too() {
    let desk = Desk::new();
    let mut window = desk.on_file();
    window
        .get_all_by_label_contains("二、")
        .next()
        .unwrap()
        .click();
    window.run_steps(4);
    let edition = form::by_id("2021").unwrap();
    let first = edition.cells().next().unwrap();
    let label = edition.field(first).label.clone();
    window.get_all_by_label(&label).next().unwrap().click();
    window.run_steps(3);
    window.event(Event::Text("47".to_owned()));
    window.run_steps(3);
    assert!(
        !open(&window).is_dirty(),
        "the cell is still being typed in"
    );
    drop(window);
    let window = desk.window(None, Vec::new());
    window.get_by_label("47");
}

#[test]
fn a_save_in_the_same_frame_overtakes_no_digit() {
    let desk = Desk::new();
    let mut window = desk.on_file();
    window
        .get_all_by_label_contains("二、")
        .next()
        .unwrap()
        .click();
    window.run_steps(4);
    let edition = form::by_id("2021").unwrap();
    let first = edition.cells().next().unwrap();
    let label = edition.field(first).label.clone();
    window.get_all_by_label(&label).next().unwrap().click();
    window.run_steps(3);
    window.event(Event::Text("7".to_owned()));
    window.run_steps(2);
    let key = |key, modifiers| Event::Key {
        key,
        physical_key: None,
        pressed: true,
        repeat: false,
        modifiers,
    };
    window.input_mut().events.extend([
        Event::Text("8".to_owned()),
        key(Key::Enter, Modifiers::NONE),
        key(Key::S, Modifiers::COMMAND),
        Event::Text("9".to_owned()),
    ]);
    window.run_steps(6);
    let entry = |draft: &Draft, id| draft.report().entry(id).shown();
    assert_eq!(entry(&store::load(&desk.file()).unwrap(), first), "78");
    assert_eq!(entry(&open(&window).draft, first), "78");
}

#[test]
fn a_recovery_file_can_wait_and_can_be_given_up_and_had_back() {
    let desk = Desk::new();
    let mut window = desk.on_file();
    write(&mut window, "新");
    drop(window);
    let mut window = desk.window(None, Vec::new());
    press(&mut window, "以后再说");
    drop(window);
    let mut window = desk.window(None, Vec::new());
    press(&mut window, "放弃");
    drop(window);
    let mut window = desk.window(None, Vec::new());
    assert!(state(&window).dialog.is_none());
    menu(&mut window, "恢复没有保存的修改…");
    window.get_by_label_contains("（已放弃过）");
    press(&mut window, "恢复");
    assert_eq!(overview(&window), "旧新");
}

#[test]
fn changes_that_were_not_to_be_saved_can_still_be_had_back() {
    let desk = Desk::new();
    let mut window = desk.on_file();
    write(&mut window, "新");
    menu(&mut window, "返回开始页");
    press(&mut window, "不保存");
    assert!(state(&window).open.is_none());
    drop(window);
    let mut window = desk.window(None, Vec::new());
    assert!(state(&window).dialog.is_none());
    menu(&mut window, "恢复没有保存的修改…");
    press(&mut window, "恢复");
    assert_eq!(overview(&window), "旧新");
}

#[test]
fn a_panic_is_told_in_one_sentence_and_loses_nothing() {
    let desk = Desk::new();
    let mut window = desk.on_file();
    write(&mut window, "新");
    desk.breaks.set(true);
    window.run_steps(3);
    window.get_by_label(nianbao::keep::crash::WORDS);
    desk.breaks.set(false);
    press(&mut window, "关闭年报");
    drop(window);
    let mut window = desk.window(None, Vec::new());
    press(&mut window, "恢复");
    assert_eq!(overview(&window), "旧新");
}

#[test]
fn an_older_version_is_seen_and_restored_as_one_step() {
    let desk = Desk::new();
    let mut window = desk.on_file();
    write(&mut window, "新");
    keys(&mut window, Modifiers::COMMAND, Key::S);
    write(&mut window, "又新");
    keys(&mut window, Modifiers::COMMAND, Key::S);
    menu(&mut window, "历史版本…");
    assert_eq!(window.query_all_by_label_contains("保存的").count(), 2);
    window.get_by_label("旧新");
    window.get_by_label("旧新又新");
    press(&mut window, "恢复这一版");
    assert_eq!(overview(&window), "旧新");
    assert_eq!(
        open(&window).draft.undo_step().unwrap().name,
        "恢复历史版本"
    );
    keys(&mut window, Modifiers::COMMAND, Key::Z);
    assert_eq!(overview(&window), "旧新又新");
    menu(&mut window, "历史版本…");
    press(&mut window, "5MB");
    assert_eq!(state(&window).settings.history_megabytes, 5);
    press(&mut window, "清空历史版本");
    press(&mut window, "确定清空，不能撤销");
    window.get_by_label_contains("还没有历史版本");
}

#[test]
fn a_draft_that_is_open_elsewhere_can_only_be_read() {
    let desk = Desk::new();
    let first = desk.on_file();
    let copy = desk.folder.path().join("我的");
    let mut second = desk.window(Some(desk.file()), vec![FileAnswer::Chosen(copy.clone())]);
    second.get_by_label_contains("只读：");
    write(&mut second, "新");
    assert_eq!(overview(&second), "旧");
    // Saving means saving a copy.
    keys(&mut second, Modifiers::COMMAND, Key::S);
    assert_eq!(saved(&copy.with_extension("nianbao")), "旧");
    assert!(second.query_by_label_contains("只读：").is_none());
    write(&mut second, "新");
    assert_eq!(overview(&second), "旧新");
    drop(first);
    let third = desk.on_file();
    assert!(third.query_by_label_contains("只读：").is_none());
}

#[test]
fn a_draft_taken_over_is_not_overwritten_unseen() {
    let desk = Desk::new();
    let mut first = desk.on_file();
    let mut second = desk.on_file();
    press(&mut second, "改由我来编辑");
    write(&mut second, "乙");
    keys(&mut second, Modifiers::COMMAND, Key::S);
    assert_eq!(saved(&desk.file()), "旧乙");
    write(&mut first, "甲");
    keys(&mut first, Modifiers::COMMAND, Key::S);
    first.get_by_label("文件在别处被改过");
    first.get_by_label("旧乙");
    first.get_by_label("旧甲");
    assert_eq!(saved(&desk.file()), "旧乙");
    press(&mut first, "覆盖文件");
    assert_eq!(saved(&desk.file()), "旧甲");
    menu(&mut first, "历史版本…");
    first.get_by_label("旧乙");
}

#[test]
fn of_a_damaged_draft_the_last_version_and_what_can_be_read_are_offered() {
    let desk = Desk::new();
    let mut window = desk.on_file();
    write(&mut window, "新");
    keys(&mut window, Modifiers::COMMAND, Key::S);
    menu(&mut window, "返回开始页");
    drop(window);
    let bytes = std::fs::read(desk.file()).unwrap();
    let cut = bytes.get(..bytes.len() - 40).unwrap();
    std::fs::write(desk.file(), cut).unwrap();
    let mut window = desk.on_file();
    window.get_by_label("草稿打不开");
    window.get_by_label_contains("第");
    press(&mut window, "打开读得出来的内容");
    assert_eq!(overview(&window), "旧新");
    assert!(open(&window).path.is_none() && open(&window).is_dirty());
    drop(window);
    let mut window = desk.on_file();
    press(&mut window, "打开上一个好版本");
    assert_eq!(overview(&window), "旧");
    assert_eq!(std::fs::read(desk.file()).unwrap(), cut);
}

#[test]
fn a_save_that_fails_leaves_the_draft_open_and_offers_another_place() {
    let desk = Desk::new();
    let gone = desk.folder.path().join("stick");
    std::fs::create_dir(&gone).unwrap();
    let path = gone.join("a.nianbao");
    store::save(&draft("旧"), &path).unwrap();
    let other = desk.folder.path().join("other.nianbao");
    let mut window = desk.window(Some(path), vec![FileAnswer::Chosen(other.clone())]);
    write(&mut window, "新");
    std::fs::remove_dir_all(&gone).unwrap();
    keys(&mut window, Modifiers::COMMAND, Key::S);
    window.get_by_label_contains("U盘");
    assert!(open(&window).is_dirty());
    press(&mut window, "另存为…");
    assert_eq!(saved(&other), "旧新");
    assert!(!open(&window).is_dirty());
}
