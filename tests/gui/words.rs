//! The texts of a report: what helps with writing them, and find and replace over all of them.
#![expect(clippy::unwrap_used, reason = "the helpers of a test may fail it")]

use egui::{Event, ImeEvent, Key, Modifiers, Role, ViewportCommand};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use nianbao::app::{App, OpenDraft, PartId, Scripted, Settings, State};
use nianbao::form;
use nianbao::report::{Draft, Edit, Entry, Report};

type Window = Harness<'static, Option<App>>;

/// A window on a draft with these entries, at the section of this id.
fn window(entries: &[(&str, &str)], section: &str) -> Window {
    let edition = form::by_id("2021").unwrap();
    let mut report = Report::new(edition.clone(), 2025);
    for (key, text) in [("issuer", "青石镇人民政府")].iter().chain(entries) {
        let id = edition.find(key).unwrap();
        report.apply(Edit::Enter(id, Entry::read(edition.field(id).kind, text)));
    }
    let place = edition.sections.iter().position(|at| at.id == section);
    let mut open = OpenDraft::new(Draft::new(report), None, true);
    open.place = PartId::Section(place.unwrap());
    let mut state = State::new(Settings::default());
    state.open = Some(open);
    let mut state = Some(state);
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
                    let shell = Box::new(Scripted::new([]));
                    App::new_for(ui.ctx(), shell, state.take().unwrap_or_default())
                });
                app.ui(ui);
            },
            None,
        );
    window.run_steps(3);
    window
}

fn open(window: &Window) -> &OpenDraft {
    let app = window.state().as_ref().unwrap();
    app.state().open.as_ref().unwrap()
}

fn text(window: &Window, key: &str) -> String {
    let report = open(window).draft.report();
    report.text(report.edition().find(key).unwrap()).to_owned()
}

fn press(window: &mut Window, label: &str) {
    let button = window.get_all_by_role_and_label(Role::Button, label).next();
    button.unwrap().click();
    window.run_steps(4);
}

fn keys(window: &mut Window, modifiers: Modifiers, key: Key) {
    window.key_press_modifiers(modifiers, key);
    window.run_steps(4);
}

fn key(window: &mut Window, key: Key) {
    keys(window, Modifiers::NONE, key);
}

fn typed(window: &mut Window, text: &str) {
    window.event(Event::Text(text.to_owned()));
    window.run_steps(3);
}

fn write(window: &mut Window, text: &str) {
    let label = open(window).section().unwrap().label.clone();
    window
        .get_by_role_and_label(Role::MultilineTextInput, &label)
        .focus();
    window.run_steps(2);
    typed(window, text);
}

fn into_box(window: &mut Window, label: &str, text: &str) {
    window.get_by_role_and_label(Role::TextInput, label).focus();
    window.run_steps(2);
    typed(window, text);
}

#[test]
fn a_heading_is_inserted_and_written_under_at_once() {
    let mut window = window(&[], "overview");
    press(&mut window, "（一）主动公开情况");
    typed(&mut window, "公开信息12条。");
    press(&mut window, "（二）依申请公开情况");
    assert_eq!(
        text(&window, "overview"),
        "（一）主动公开情况\n公开信息12条。\n（二）依申请公开情况\n"
    );
    press(&mut window, "全部标题");
    typed(&mut window, "新增公众号1个。");
    let text = text(&window, "overview");
    let lines: Vec<_> = text.lines().filter(|line| !line.is_empty()).collect();
    assert_eq!(lines.len(), 7, "{text}");
    assert_eq!(lines[4], "新增公众号1个。", "{text}");
}

#[test]
fn headings_alone_leave_a_part_unfinished() {
    for (section, number) in [("overview", 1), ("problems", 5)] {
        let mut window = window(&[], section);
        press(&mut window, "全部标题");
        let progress = open(&window).progress(PartId::Section(number));
        assert_eq!(progress.blank, 1, "{section}");
        assert!(!progress.is_complete(), "{section}");
        let findings = &open(&window).findings;
        assert!(findings.blocking() > 0, "{section}");
    }
}

#[test]
fn a_rest_a_new_line_and_a_paste_end_a_step() {
    let mut window = window(&[], "problems");
    write(&mut window, "甲");
    typed(&mut window, "乙");
    key(&mut window, Key::Enter);
    typed(&mut window, "丙");
    window.event(Event::Paste("丁戊".to_owned()));
    window.run_steps(3);
    typed(&mut window, "己");
    let mut seen = Vec::new();
    for _ in 0..4 {
        keys(&mut window, Modifiers::COMMAND, Key::Z);
        seen.push(text(&window, "problems"));
    }
    assert_eq!(seen, ["甲乙\n丙丁戊", "甲乙\n丙", "甲乙\n", ""]);
    keys(&mut window, Modifiers::COMMAND, Key::Y);
    typed(&mut window, "庚");
    assert_eq!(text(&window, "problems"), "甲乙\n庚");
}

#[test]
fn words_are_counted_while_they_are_written_and_selected() {
    let mut window = window(&[("problems", "本年2025年共12件。")], "problems");
    assert!(window.query_by_label("8字").is_some());
    write(&mut window, "甲乙");
    assert!(window.query_by_label("10字").is_some());
    keys(&mut window, Modifiers::SHIFT, Key::ArrowLeft);
    assert!(window.query_by_label("选中1字，共10字").is_some());
}

#[test]
fn the_figures_of_the_text_are_counted_while_it_is_written() {
    let cells = [
        ("requests.new_received@natural_person", "3"),
        ("requests.new_received@commercial_enterprise", "0"),
        ("requests.new_received@research_institution", "0"),
        ("requests.new_received@public_welfare_org", "0"),
        ("requests.new_received@legal_service_org", "0"),
        ("requests.new_received@other_org", "0"),
    ];
    let mut window = window(&cells, "overview");
    write(&mut window, "全年收到政府信息公开申请3件，举办培训2次。");
    assert!(
        window
            .query_by_label("正文数字2个：1个与表一致，1个表中没有")
            .is_some()
    );
    write(&mut window, "另据统计，全年收到政府信息公开申请5件。");
    assert!(
        window
            .query_by_label("正文数字3个：1个与表一致，1个不一致，1个表中没有")
            .is_some()
    );
}

#[test]
fn a_statement_of_fees_is_completed_and_stays_text() {
    let mut window = window(&[("other_matters", "无")], "other_matters");
    press(&mut window, "填写信息处理费…");
    key(&mut window, Key::Enter);
    let none = text(&window, "other_matters");
    assert_eq!(none, "2025年，本机关没有发出收费通知，未收取信息处理费。");
    typed(&mut window, "再无其他。");
    assert!(text(&window, "other_matters").ends_with("信息处理费。再无其他。"));
    press(&mut window, "填写信息处理费…");
    into_box(&mut window, "发出收费通知", "3");
    assert!(window.query_by_label("通知的总金额还没有填").is_some());
    into_box(&mut window, "通知的总金额", "2000+230.10");
    into_box(&mut window, "实际收取", "０．３");
    press(&mut window, "插入");
    let written = text(&window, "other_matters");
    let sentence = "2025年，本机关依法发出收费通知3件，总金额2230.1元，实际收取信息处理费0.3元。";
    assert_eq!(written.lines().nth(1), Some(sentence));
    assert_eq!(
        open(&window).draft.undo_step().unwrap().name,
        "填写信息处理费"
    );
}

#[test]
fn a_preface_leaves_out_what_is_not_known() {
    let mut window = window(&[], "preface");
    press(&mut window, "填写前言…");
    into_box(&mut window, "联系机构", "青石镇党政办公室");
    into_box(&mut window, "电话", "0537-1234567");
    key(&mut window, Key::Enter);
    let preface = text(&window, "preface");
    for part in [
        "国办公开办函〔2021〕30号",
        "自2025年1月1日起至2025年12月31日止。",
        "请与青石镇党政办公室联系（电话：0537-1234567）。",
    ] {
        assert!(preface.contains(part), "{preface}");
    }
    assert!(
        !preface.contains("下载") && !preface.contains('{'),
        "{preface}"
    );
}

#[test]
fn a_figure_of_the_tables_is_written_as_plain_text() {
    let entries = [
        ("overview", "收到申请件。"),
        ("requests.new_received@natural_person", "12"),
        ("requests.new_received@commercial_enterprise", "3"),
        ("proactive.fees@amount", "435.532"),
    ];
    let mut window = window(&entries, "overview");
    write(&mut window, "");
    for _ in 0..2 {
        key(&mut window, Key::ArrowLeft);
    }
    keys(&mut window, Modifiers::COMMAND, Key::T);
    press(&mut window, "三、收到和处理政府信息公开申请情况");
    press(&mut window, "一、本年新收政府信息公开申请数量·总计：15");
    assert_eq!(text(&window, "overview"), "收到申请15件。");
    let id = open(&window)
        .draft
        .report()
        .edition()
        .find("requests.new_received@natural_person");
    assert!(
        open(&window)
            .draft
            .report()
            .entry(id.unwrap())
            .number()
            .is_some()
    );
    keys(&mut window, Modifiers::COMMAND, Key::T);
    press(
        &mut window,
        "行政事业性收费·本年收费金额（单位：万元）：435.532",
    );
    assert_eq!(text(&window, "overview"), "收到申请15435.532件。");
    keys(&mut window, Modifiers::COMMAND, Key::Z);
    assert_eq!(text(&window, "overview"), "收到申请15件。");
}

#[test]
fn words_are_found_in_every_text_and_the_box_keeps_the_focus() {
    let entries = [
        ("overview", "ＷＰＳ表格。\n第二段也用wps。"),
        ("problems", "Wps"),
    ];
    let mut window = window(&entries, "overview");
    keys(&mut window, Modifiers::COMMAND, Key::F);
    typed(&mut window, "wps");
    assert!(window.query_by_label("共3处").is_some());
    key(&mut window, Key::Enter);
    assert!(window.query_by_label("第1处，共3处").is_some());
    key(&mut window, Key::Enter);
    key(&mut window, Key::Enter);
    assert_eq!(open(&window).section().unwrap().id, "problems");
    keys(&mut window, Modifiers::SHIFT, Key::Enter);
    assert!(window.query_by_label("第2处，共3处").is_some());
    key(&mut window, Key::Escape);
    assert!(window.query_by_label("查找").is_none());
    typed(&mut window, "金山");
    assert_eq!(text(&window, "overview"), "ＷＰＳ表格。\n第二段也用金山。");
}

#[test]
fn one_place_is_replaced_and_then_all_as_one_step() {
    let entries = [
        ("overview", "青石乡和青石乡，青石乡"),
        ("problems", "青石乡"),
    ];
    let mut window = window(&entries, "overview");
    keys(&mut window, Modifiers::COMMAND, Key::H);
    typed(&mut window, "青石乡");
    into_box(&mut window, "替换为", "白水镇");
    press(&mut window, "下一处");
    press(&mut window, "替换");
    assert_eq!(text(&window, "overview").matches("白水镇").count(), 1);
    press(&mut window, "全部替换");
    assert_eq!(text(&window, "overview"), "白水镇和白水镇，白水镇");
    assert_eq!(text(&window, "problems"), "白水镇");
    assert!(window.query_by_label("没有找到").is_some());
    window
        .get_all_by_role(Role::MultilineTextInput)
        .next()
        .unwrap()
        .focus();
    window.run_steps(2);
    keys(&mut window, Modifiers::COMMAND, Key::Z);
    assert_eq!(text(&window, "problems"), "青石乡");
    assert_eq!(text(&window, "overview").matches("青石乡").count(), 2);
}

#[test]
fn letters_being_composed_on_the_cover_are_not_the_issuer() {
    let mut window = window(&[], "overview");
    window.get_by_label_contains("封面信息").click();
    window.run_steps(4);
    into_box(&mut window, "机关名称", "县");
    let composed = ImeEvent::Preedit {
        text: "ban".to_owned(),
        active_range_chars: None,
    };
    window.event(Event::Ime(composed));
    window.run_steps(3);
    assert!(!text(&window, "issuer").contains("ban"));
    window.event(Event::Ime(ImeEvent::Commit("办".to_owned())));
    window.run_steps(3);
    assert!(text(&window, "issuer").contains("县办"));
}

#[test]
fn a_dialog_gives_the_focus_back() {
    let mut window = window(&[], "problems");
    write(&mut window, "甲");
    keys(&mut window, Modifiers::COMMAND, Key::Q);
    key(&mut window, Key::Escape);
    typed(&mut window, "乙");
    assert_eq!(text(&window, "problems"), "甲乙");
}

/// What the frame asked of the clipboard.
fn asked(window: &Window) -> Vec<ViewportCommand> {
    let views = window.output().viewport_output.values();
    let commands = views.flat_map(|view| view.commands.iter());
    let of_clipboard = |command: &&ViewportCommand| {
        matches!(
            command,
            ViewportCommand::RequestCut
                | ViewportCommand::RequestCopy
                | ViewportCommand::RequestPaste
        )
    };
    commands.filter(of_clipboard).cloned().collect()
}

/// Presses the right button in the text and chooses a line of the menu.
fn choose(window: &mut Window, line: &str) -> Vec<ViewportCommand> {
    let text = window.get_all_by_role(Role::MultilineTextInput).next();
    text.unwrap().click_secondary();
    window.run_steps(3);
    window.get_by_label_contains(line).click();
    let mut commands = Vec::new();
    for _ in 0..3 {
        window.step();
        commands.extend(asked(window));
    }
    commands
}

#[test]
fn the_right_button_works_on_what_is_selected() {
    let mut window = window(&[("overview", "甲乙丙丁")], "overview");
    let text_box = window.get_all_by_role(Role::MultilineTextInput).next();
    text_box.unwrap().click();
    window.run_steps(3);
    keys(&mut window, Modifiers::SHIFT, Key::ArrowLeft);
    keys(&mut window, Modifiers::SHIFT, Key::ArrowLeft);
    assert_eq!(choose(&mut window, "剪切"), [ViewportCommand::RequestCut]);
    window.event(Event::Cut);
    window.run_steps(3);
    assert_eq!(text(&window, "overview"), "甲乙");
    assert_eq!(choose(&mut window, "粘贴"), [ViewportCommand::RequestPaste]);
    window.event(Event::Paste("戊".to_owned()));
    window.run_steps(3);
    assert_eq!(text(&window, "overview"), "甲乙戊");
    assert_eq!(choose(&mut window, "全选"), []);
    typed(&mut window, "己");
    assert_eq!(text(&window, "overview"), "己");
}
