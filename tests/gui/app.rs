//! From the start screen to a saved draft, as a clerk would go.
#![expect(clippy::unwrap_used, reason = "the helpers of a test may fail it")]

use egui::{Event, Key, Modifiers};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use nianbao::app::{App, Dialog, FileAnswer, OpenDraft, PartId, Scripted, Settings, State};
use nianbao::form;
use nianbao::report::{Draft, Edit, Entry, Number, Report};

type Window = Harness<'static, Option<App>>;

fn window(state: State, answers: Vec<FileAnswer>) -> Window {
    let mut state = Some(state);
    let mut answers = Some(answers);
    let mut window = Harness::builder()
        .with_size([1366.0, 768.0])
        .with_context_setup(|ctx| {
            // The fonts must be there before the first frame.
            drop(App::new_for(
                ctx,
                Box::new(Scripted::new([])),
                State::default(),
            ));
        })
        .build_ui_state(
            move |ui, app: &mut Option<App>| {
                let app = app.get_or_insert_with(|| {
                    let shell = Scripted::new(answers.take().unwrap_or_default());
                    let state = state.take().unwrap_or_default();
                    App::new_for(ui.ctx(), Box::new(shell), state)
                });
                app.ui(ui);
            },
            None,
        );
    window.run_steps(3);
    window
}

fn start() -> Window {
    window(State::new(Settings::default()), Vec::new())
}

/// A window on a draft of this form in which one column of the third section does not balance.
fn with_draft(answers: Vec<FileAnswer>) -> Window {
    let edition = form::by_id("2021").unwrap();
    let mut report = Report::new(edition.clone(), 2025);
    report.apply(Edit::Enter(
        edition.issuer_field,
        Entry::Text("青石镇人民政府".to_owned()),
    ));
    let cells: Vec<_> = edition.cells().collect();
    for id in cells {
        if !edition.field(id).is_total() {
            report.apply(Edit::Enter(id, Entry::Number(Number::ZERO)));
        }
    }
    let received = edition
        .find("requests.new_received@natural_person")
        .unwrap();
    report.apply(Edit::Enter(received, Entry::Number(Number::from(2))));
    let mut state = State::new(Settings::default());
    state.open = Some(OpenDraft::new(Draft::new(report), None, true));
    window(state, answers)
}

fn open(window: &Window) -> &OpenDraft {
    let app = window.state().as_ref().unwrap();
    app.state().open.as_ref().unwrap()
}

fn press(window: &mut Window, label: &str) {
    window.get_by_label(label).click();
    window.run_steps(4);
}

fn press_part(window: &mut Window, label: &str) {
    window.get_by_label_contains(label).click();
    window.run_steps(4);
}

fn menu(window: &mut Window, menu: &str, item: &str) {
    press(window, menu);
    press_part(window, item);
}

fn keys(window: &mut Window, modifiers: Modifiers, key: Key) {
    window.key_press_modifiers(modifiers, key);
    window.run_steps(4);
}

fn write(window: &mut Window, text: &str) {
    let label = open(window).section().unwrap().label.clone();
    window
        .get_by_role_and_label(egui::Role::MultilineTextInput, &label)
        .focus();
    window.run_steps(2);
    window.event(Event::Text(text.to_owned()));
    window.run_steps(3);
}

fn overview(window: &Window) -> String {
    let report = open(window).draft.report();
    let field = report.edition().find("overview").unwrap();
    report.text(field).to_owned()
}

#[test]
fn a_new_report_is_asked_for_year_and_issuer() {
    let mut window = start();
    press(&mut window, "新建报告…");
    assert!(
        window
            .query_by_label("2021年起格式（国办公开办函〔2021〕30号）")
            .is_some()
    );
    window.get_by_label("机关名称").focus();
    window.run_steps(2);
    window.event(Event::Text("青石镇人民政府".to_owned()));
    window.run_steps(2);
    press(&mut window, "新建");
    let report = open(&window).draft.report();
    assert_eq!(report.issuer(), "青石镇人民政府");
    assert_eq!(report.year(), 2025);
    assert!(!open(&window).is_dirty());
}

#[test]
fn what_is_typed_in_a_passage_is_one_step_of_the_draft() {
    let mut window = with_draft(Vec::new());
    press_part(&mut window, "一、总体情况，");
    write(&mut window, "本年度平稳");
    assert_eq!(overview(&window), "本年度平稳");
    assert!(open(&window).is_dirty());
    keys(&mut window, Modifiers::COMMAND, Key::Z);
    assert_eq!(overview(&window), "");
    assert!(!open(&window).is_dirty());
    menu(&mut window, "编辑", "重做 修改正文");
    assert_eq!(overview(&window), "本年度平稳");
}

#[test]
fn a_step_is_taken_back_by_its_name_in_the_menu() {
    let mut window = with_draft(Vec::new());
    press_part(&mut window, "一、总体情况，");
    press_part(&mut window, "（二）依申请公开情况");
    assert_eq!(overview(&window), "（二）依申请公开情况\n");
    menu(&mut window, "编辑", "撤销 插入标题");
    assert_eq!(overview(&window), "");
}

#[test]
fn raw_letters_of_an_input_method_never_reach_the_draft() {
    use egui::ImeEvent;
    let mut window = with_draft(Vec::new());
    press_part(&mut window, "一、总体情况，");
    write(&mut window, "甲");
    window.event(Event::Ime(ImeEvent::Preedit {
        text: "yi".to_owned(),
        active_range_chars: None,
    }));
    window.run_steps(3);
    assert_eq!(overview(&window), "甲");
    window.event(Event::Ime(ImeEvent::Commit("乙".to_owned())));
    window.run_steps(3);
    assert_eq!(overview(&window), "甲乙");
}

#[test]
fn figures_typed_in_the_frame_that_changes_the_part_land_in_its_cells() {
    let mut window = with_draft(Vec::new());
    for _ in 0..2 {
        window.key_press(Key::F6);
    }
    for figure in ["7", "8"] {
        window.event(Event::Text(figure.to_owned()));
        window.key_press(Key::Tab);
    }
    window.run_steps(12);
    let report = open(&window).draft.report();
    let figure = |column: &str| {
        let key = format!("proactive.regulations@{column}");
        let id = report.edition().find(&key).unwrap();
        report.entry(id).shown()
    };
    assert_eq!([figure("made"), figure("repealed")], ["7", "8"]);
}

#[test]
fn a_finding_leads_to_its_place() {
    let mut window = with_draft(Vec::new());
    let (index, message, section) = {
        let open = open(&window);
        let findings = open.findings.list.iter().enumerate();
        let (index, finding) = findings
            .clone()
            .find(|(_, finding)| finding.rule.name == "requests-balance")
            .expect("the column does not balance");
        (index, finding.message.clone(), finding.section.clone())
    };
    assert_eq!(open(&window).place, PartId::Section(0));
    let row = window.get_all_by_label(&message).next().unwrap();
    row.scroll_to_me();
    window.run_steps(3);
    window.get_all_by_label(&message).next().unwrap().click();
    window.run_steps(4);
    assert_eq!(open(&window).chosen, Some(index));
    assert_eq!(Some(&open(&window).section().unwrap().id), section.as_ref());
}

#[test]
fn a_column_that_does_not_balance_is_evened_out_by_a_button() {
    let mut window = with_draft(Vec::new());
    press_part(&mut window, "申请情况，");
    let column = "自然人：一＋二＝2，（七）＋四＝0，";
    assert!(window.query_by_label(&format!("{column}差2")).is_some());
    window.get_by_label("四 ← 一＋二－（七）＝2").click();
    window.run_steps(4);
    let column = "自然人：一＋二＝2，（七）＋四＝2，";
    assert!(window.query_by_label(&format!("{column}✓平")).is_some());
    assert_eq!(open(&window).draft.undo_step().unwrap().name, "补平");
}

#[test]
fn closing_asks_before_changes_are_lost() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("青石镇");
    let mut window = with_draft(vec![FileAnswer::Chosen(path.clone())]);
    press_part(&mut window, "一、总体情况，");
    write(&mut window, "甲");
    keys(&mut window, Modifiers::COMMAND, Key::Q);
    press(&mut window, "取消");
    assert!(!window.state().as_ref().unwrap().state().leaving);
    keys(&mut window, Modifiers::COMMAND, Key::Q);
    press(&mut window, "保存");
    let state = window.state().as_ref().unwrap().state();
    assert!(state.leaving);
    assert!(path.with_extension("nianbao").exists());
}

#[test]
fn leaving_without_saving_leaves() {
    let mut window = with_draft(Vec::new());
    press_part(&mut window, "一、总体情况，");
    write(&mut window, "甲");
    menu(&mut window, "文件", "返回开始页");
    press(&mut window, "不保存");
    assert!(window.state().as_ref().unwrap().state().open.is_none());
}

#[test]
fn open_findings_stand_before_an_export_that_publishes() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("报告.txt");
    let mut window = with_draft(vec![FileAnswer::Chosen(path.clone())]);
    menu(&mut window, "文件", "只导出一种格式");
    press_part(&mut window, "导出纯文本");
    press(&mut window, "仍要导出");
    assert!(!path.exists());
    press(&mut window, "确定导出…");
    let text = std::fs::read_to_string(path).unwrap();
    assert!(text.starts_with("草稿\n"), "{text}");
}

#[test]
fn without_a_file_dialog_the_path_is_typed() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("青石镇.nianbao");
    let mut window = with_draft(vec![FileAnswer::Unavailable]);
    keys(&mut window, Modifiers::COMMAND, Key::S);
    let text = path.display().to_string();
    window.get_by_label("路径").focus();
    keys(&mut window, Modifiers::COMMAND, Key::A);
    window.event(Event::Text(text));
    window.run_steps(3);
    press(&mut window, "确定");
    assert_eq!(open(&window).path.as_deref(), Some(path.as_path()));
    assert!(!open(&window).is_dirty());
}

#[test]
fn a_path_asked_for_after_the_palette_has_the_keyboard() {
    let mut window = with_draft(vec![FileAnswer::Unavailable]);
    press_part(&mut window, "一、总体情况，");
    write(&mut window, "甲");
    keys(&mut window, Modifiers::COMMAND, Key::K);
    write(&mut window, "导入");
    keys(&mut window, Modifiers::NONE, Key::Enter);
    window.event(Event::Text("/年报".to_owned()));
    window.run_steps(3);
    let state = window.state().as_ref().unwrap().state();
    let Some(Dialog::TypePath { text, .. }) = &state.dialog else {
        unreachable!("the dialog stays");
    };
    assert_eq!(text, "/年报");
    keys(&mut window, Modifiers::NONE, Key::Escape);
    write(&mut window, "乙");
    let overview = open(&window)
        .draft
        .report()
        .edition()
        .find("overview")
        .unwrap();
    assert!(open(&window).draft.report().text(overview).contains('乙'));
}

#[test]
fn blanks_of_a_table_are_filled_with_one_step() {
    let edition = form::by_id("2021").unwrap();
    let mut state = State::new(Settings::default());
    let draft = Draft::new(Report::new(edition, 2025));
    state.open = Some(OpenDraft::new(draft, None, true));
    let mut window = window(state, Vec::new());
    press_part(&mut window, "行政诉讼情况，");
    press(&mut window, "其余填0");
    let place = open(&window).place;
    assert_eq!(open(&window).progress(place).blank, 0);
    keys(&mut window, Modifiers::COMMAND, Key::Z);
    assert_ne!(open(&window).progress(place).blank, 0);
}
