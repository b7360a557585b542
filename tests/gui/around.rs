//! What stands around the report: the start screen, the palette, the dialogs, several windows.
#![expect(clippy::unwrap_used, reason = "the helpers of a test may fail it")]

use std::path::{Path, PathBuf};
use std::sync::Arc;

use egui::{Event, Key, Modifiers};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use nianbao::app::{App, Dialog, FileAnswer, Recent, Scripted, Settings, State};
use nianbao::form;
use nianbao::report::{Draft, Edit, Entry, Report};
use nianbao::store;

type Window = Harness<'static, Option<App>>;

fn window(state: State, answers: Vec<FileAnswer>) -> Window {
    let (mut state, mut answers) = (Some(state), Some(answers));
    let mut window = Harness::builder()
        .with_size([1366.0, 768.0])
        .with_context_setup(|ctx| {
            let shell = Box::new(Scripted::new([]));
            drop(App::new_for(ctx, shell, State::default()));
        })
        .build_ui_state(
            move |ui, app: &mut Option<App>| {
                let app = app.get_or_insert_with(|| {
                    let shell = Scripted::new(answers.take().unwrap_or_default());
                    App::new_for(ui.ctx(), Box::new(shell), state.take().unwrap_or_default())
                });
                app.ui(ui);
            },
            None,
        );
    window.run_steps(4);
    window
}

fn state(window: &Window) -> &State {
    window.state().as_ref().unwrap().state()
}

fn press(window: &mut Window, label: &str) {
    window.get_by_label(label).click();
    window.run_steps(4);
}

fn keys(window: &mut Window, modifiers: Modifiers, key: Key) {
    window.key_press_modifiers(modifiers, key);
    window.run_steps(4);
}

fn write(window: &mut Window, text: &str) {
    window.event(Event::Text(text.to_owned()));
    window.run_steps(3);
}

#[derive(Debug)]
struct Dropped(PathBuf);

impl egui::DroppedFile for Dropped {
    fn path(&self) -> &Path {
        &self.0
    }

    fn bytes(&self) -> Result<Vec<u8>, String> {
        std::fs::read(&self.0).map_err(|error| error.to_string())
    }
}

fn drop_file(window: &mut Window, path: PathBuf) {
    window
        .input_mut()
        .dropped_files
        .push(Arc::new(Dropped(path)));
}

/// A draft of this year on disk, all blank but its issuer, as a recent one.
fn saved(folder: &Path, issuer: &str, year: u16) -> Recent {
    let edition = form::for_year(year).unwrap();
    let issuer_field = edition.issuer_field;
    let mut report = Report::new(edition, year);
    report.apply(Edit::Enter(issuer_field, Entry::Text(issuer.to_owned())));
    let path = folder.join(format!("{issuer}{year}.nianbao"));
    store::save(&Draft::new(report), &path).unwrap();
    Recent {
        path,
        issuer: issuer.to_owned(),
        year,
        when: "2026-01-10 10:00".to_owned(),
    }
}

fn with_recent(recent: Vec<Recent>) -> Window {
    let mut settings = Settings::default();
    settings.recent = recent;
    window(State::new(settings), Vec::new())
}

#[test]
fn a_card_tells_how_far_its_draft_is() {
    let folder = tempfile::tempdir().unwrap();
    let draft = saved(folder.path(), "青石镇人民政府", 2025);
    let lost = Recent {
        path: folder.path().join("gone.nianbao"),
        issuer: "某某乡人民政府".to_owned(),
        ..draft.clone()
    };
    let mut window = with_recent(vec![draft, lost]);
    assert!(window.query_by_label("填写中").is_some());
    // What is blank is progress, and no error yet.
    assert!(window.query_by_label("空169处").is_some());
    assert!(window.query_by_label("打不开，文件可能移走了").is_some());
    press(&mut window, "从列表移除某某乡人民政府2025年");
    assert_eq!(state(&window).settings.recent.len(), 1);
    press(&mut window, "打开青石镇人民政府2025年");
    let open = state(&window).open.as_ref().unwrap();
    assert_eq!(open.draft.report().issuer(), "青石镇人民政府");
}

#[test]
fn a_command_is_found_by_the_initials_of_its_name() {
    let mut window = with_recent(Vec::new());
    keys(&mut window, Modifiers::COMMAND, Key::K);
    write(&mut window, "xjbg");
    keys(&mut window, Modifiers::NONE, Key::Enter);
    assert!(matches!(state(&window).dialog, Some(Dialog::New(_))));
}

#[test]
fn a_high_dialog_after_a_low_one_has_the_room_it_needs() {
    let mut window = with_recent(Vec::new());
    keys(&mut window, Modifiers::COMMAND, Key::K);
    write(&mut window, "使用手册");
    keys(&mut window, Modifiers::NONE, Key::Enter);
    assert!(matches!(state(&window).dialog, Some(Dialog::Manual(_))));
    let close = window.get_by_label("关闭").rect();
    assert!(close.top() > 600.0, "{close}");
}

#[test]
fn the_manual_has_contents_a_search_and_the_cards_of_the_rules() {
    let mut window = with_recent(Vec::new());
    keys(&mut window, Modifiers::COMMAND, Key::K);
    write(&mut window, "使用手册");
    keys(&mut window, Modifiers::NONE, Key::Enter);
    write(&mut window, "按空格键采用");
    let shows =
        |window: &Window, words: &str| window.query_all_by_label_contains(words).next().is_some();
    assert!(shows(&window, "就由上年度报告推得"));
    window.get_by_label("审核规则").click();
    window.run_steps(3);
    window.get_by_label("有格未填（强制性）").click();
    window.run_steps(3);
    assert!(shows(&window, "查什么"));
    window.get_by_label("开始").click();
    window.run_steps(3);
    assert!(shows(&window, "程序不联网"));
}

#[test]
fn the_palette_is_walked_with_the_arrows() {
    let mut window = with_recent(Vec::new());
    keys(&mut window, Modifiers::COMMAND, Key::K);
    write(&mut window, "缩放");
    keys(&mut window, Modifiers::NONE, Key::ArrowDown);
    keys(&mut window, Modifiers::NONE, Key::Enter);
    assert!(state(&window).dialog.is_none());
    assert_eq!(state(&window).settings.zoom, 90);
    keys(&mut window, Modifiers::COMMAND, Key::K);
    write(&mut window, "没有");
    assert!(
        window
            .query_by_label("没有这样的命令，换一个说法")
            .is_some()
    );
    keys(&mut window, Modifiers::NONE, Key::Escape);
    assert!(state(&window).dialog.is_none());
}

#[test]
fn a_new_report_takes_the_year_the_name_and_enter() {
    let folder = tempfile::tempdir().unwrap();
    let last = saved(folder.path(), "青石镇人民政府", 2024);
    let mut window = with_recent(vec![last]);
    keys(&mut window, Modifiers::COMMAND, Key::N);
    press(&mut window, "用最近的草稿：青石镇人民政府2024年");
    keys(&mut window, Modifiers::NONE, Key::Enter);
    let report = state(&window).open.as_ref().unwrap().draft.report();
    assert_eq!((report.issuer(), report.year()), ("青石镇人民政府", 2025));
    let open = state(&window).open.as_ref().unwrap();
    assert_eq!(open.draft.prior().unwrap().report.year(), 2024);
}

#[test]
fn a_file_dropped_on_the_new_report_is_last_years() {
    let folder = tempfile::tempdir().unwrap();
    let last = saved(folder.path(), "青石镇人民政府", 2024);
    let mut window = with_recent(Vec::new());
    keys(&mut window, Modifiers::COMMAND, Key::N);
    drop_file(&mut window, last.path);
    window.run_steps(4);
    let Some(Dialog::New(new)) = &state(&window).dialog else {
        unreachable!("the dialog stays");
    };
    assert_eq!(new.issuer, "青石镇人民政府");
    assert!(new.prior.is_some());
}

#[test]
fn a_packed_file_that_is_dropped_shows_the_report_in_it() {
    let folder = tempfile::tempdir().unwrap();
    let report = zip_of(folder.path(), &["tabs-full", "utf-16"]);
    let mut window = with_recent(Vec::new());
    drop_file(&mut window, report);
    window.run_steps(12);
    assert!(window.query_by_label("原文").is_some());
    let draft = &state(&window).intake.as_ref().unwrap().draft;
    assert_eq!(draft.report().issuer(), "南坪镇人民政府");
}

/// A packed file of the inputs of these cases of the corpus.
fn zip_of(folder: &Path, cases: &[&str]) -> PathBuf {
    let path = folder.join("附件.zip");
    let mut zip = zip::ZipWriter::new(std::fs::File::create(&path).unwrap());
    for case in cases {
        let input = format!(
            "{}/tests/corpus/{case}/input.txt",
            env!("CARGO_MANIFEST_DIR")
        );
        let options = zip::write::SimpleFileOptions::default();
        zip.start_file(format!("{case}.txt"), options).unwrap();
        std::io::Write::write_all(&mut zip, &std::fs::read(input).unwrap()).unwrap();
    }
    zip.finish().unwrap();
    path
}

#[test]
fn the_first_of_several_dropped_files_is_opened_here() {
    let folder = tempfile::tempdir().unwrap();
    let mut window = with_recent(Vec::new());
    for year in [2024, 2025] {
        let draft = saved(folder.path(), "青石镇人民政府", year);
        drop_file(&mut window, draft.path);
    }
    window.run_steps(4);
    let report = state(&window).open.as_ref().unwrap().draft.report();
    assert_eq!(report.year(), 2024);
    assert!(window.query_by_label("已打开").is_some());
}

#[test]
fn what_was_typed_while_a_file_was_read_is_not_lost() {
    let folder = tempfile::tempdir().unwrap();
    let draft = saved(folder.path(), "青石镇人民政府", 2025);
    let mut window = with_recent(Vec::new());
    keys(&mut window, Modifiers::COMMAND, Key::N);
    write(&mut window, "某某乡人民政府");
    keys(&mut window, Modifiers::NONE, Key::Enter);
    keys(&mut window, Modifiers::NONE, Key::F6);
    write(&mut window, "甲");
    drop_file(&mut window, draft.path);
    window.run_steps(4);
    let open = state(&window).open.as_ref().unwrap();
    assert_eq!(open.draft.report().issuer(), "某某乡人民政府");
}

#[test]
fn enter_takes_the_main_button_of_a_dialog() {
    let mut window = with_recent(Vec::new());
    keys(&mut window, Modifiers::NONE, Key::F1);
    assert!(matches!(state(&window).dialog, Some(Dialog::Shortcuts)));
    assert!(window.query_by_label("Ctrl+K").is_some());
    keys(&mut window, Modifiers::NONE, Key::Enter);
    assert!(state(&window).dialog.is_none());
}

#[test]
fn a_path_is_taken_from_the_recent_folders() {
    let folder = tempfile::tempdir().unwrap();
    let draft = saved(folder.path(), "青石镇人民政府", 2025);
    let path = draft.path.clone();
    let mut settings = Settings::default();
    settings.recent = vec![draft];
    let mut window = window(State::new(settings), vec![FileAnswer::Unavailable]);
    keys(&mut window, Modifiers::COMMAND, Key::O);
    press(&mut window, &folder.path().display().to_string());
    press(&mut window, "青石镇人民政府2025.nianbao");
    press(&mut window, "确定");
    let open = state(&window).open.as_ref().unwrap();
    assert_eq!(open.path.as_deref(), Some(path.as_path()));
}

#[test]
fn the_strongest_contrast_is_a_switch() {
    let mut window = with_recent(Vec::new());
    press(&mut window, "查看");
    press(&mut window, "高对比度");
    assert!(state(&window).settings.contrast);
    assert_eq!(
        window.ctx.global_style().visuals.panel_fill,
        egui::Color32::WHITE
    );
}

#[test]
fn a_recent_report_is_where_the_next_one_begins() {
    let folder = tempfile::tempdir().unwrap();
    let last = saved(folder.path(), "青石镇人民政府", 2024);
    let mut draft = store::load(&last.path).unwrap();
    let edition = draft.report().edition().clone();
    let mut enter = |key: &str, text: &str| {
        let id = edition.find(key).unwrap();
        let entry = Entry::read(edition.field(id).kind, text);
        draft.edit("填报", Edit::Enter(id, entry));
    };
    enter(
        "preface",
        "统计期限自2024年1月1日起至2024年12月31日止，电话0000-1234567。",
    );
    enter("requests.carried_forward@natural_person", "3");
    store::save(&draft, &last.path).unwrap();
    let mut window = with_recent(vec![last]);
    press(&mut window, "用青石镇人民政府2024年做2025年的");
    let open = state(&window).open.as_ref().unwrap();
    let report = open.draft.report();
    assert_eq!((report.issuer(), report.year()), ("青石镇人民政府", 2025));
    assert_eq!(report.edition().id, "2021");
    let preface = report.edition().find("preface").unwrap();
    assert_eq!(
        report.text(preface),
        "统计期限自2025年1月1日起至2025年12月31日止，电话0000-1234567。"
    );
    let proposals = open.proposals();
    let three = proposals.iter().find(|proposal| proposal.value == 3.into());
    assert!(three.is_some(), "{proposals:?}");
    // Another year on the cover, and back by one undo.
    window.get_by_label_contains("封面信息").click();
    window.run_steps(4);
    press(&mut window, "年份");
    press(&mut window, "2024年");
    let report = state(&window).open.as_ref().unwrap().draft.report();
    assert_eq!(report.year(), 2024);
    assert!(report.text(preface).starts_with("统计期限自2024年1月1日"));
    keys(&mut window, Modifiers::COMMAND, Key::Z);
    let report = state(&window).open.as_ref().unwrap().draft.report();
    assert_eq!(report.year(), 2025);
}
