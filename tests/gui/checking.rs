//! What is asked for around the findings: confirmations, sentences side by side, settings, the sheet.
#![expect(clippy::unwrap_used, reason = "the helpers of a test may fail it")]

use egui::accesskit::Role;
use egui_kittest::kittest::Queryable as _;
use nianbao::app::FileAnswer;
use nianbao::check::nil::CHANNELS;
use nianbao::report::{Edit, Entry, Report};

use crate::window::{
    Window, full_report, open, press, press_part, report, state, window, window_answering,
};

/// Tall enough for all findings at once.
const SIZE: [f32; 2] = [1366.0, 3000.0];

fn finds(window: &Window, rule: &str) -> bool {
    let mut found = open(window).findings.list.iter();
    found.any(|finding| finding.rule.name == rule)
}

fn write(report: &mut Report, section: &str, text: &str) {
    let edition = report.edition().clone();
    let (_, id) = edition
        .passages()
        .find(|(own, _)| own.id == section)
        .unwrap();
    report.apply(Edit::Enter(id, Entry::Text(text.to_owned())));
}

fn type_in(window: &mut Window, label: &str, text: &str) {
    window.get_by_role_and_label(Role::TextInput, label).focus();
    window.run_steps(2);
    window.event(egui::Event::Text(text.to_owned()));
    window.run_steps(3);
}

#[test]
fn each_channel_of_a_report_of_nothing_is_confirmed_once() {
    let mut window = window(state(full_report(2025, &[]), None), SIZE);
    assert!(finds(&window, "nil-report"));
    press(&mut window, "逐项确认…");
    for channel in CHANNELS.iter().take(3) {
        press(&mut window, channel);
    }
    type_in(&mut window, "确认人", "李明");
    press(&mut window, "确认");
    assert!(
        open(&window).draft.confirmation().is_none(),
        "one channel is missing"
    );
    press(&mut window, CHANNELS[3]);
    press(&mut window, "确认");
    let confirmation = open(&window).draft.confirmation().unwrap();
    assert_eq!(
        (confirmation.by.as_str(), confirmation.year),
        ("李明", 2025)
    );
    assert!(confirmation.on.starts_with("20"));
    assert!(!finds(&window, "nil-report"));
    assert!(open(&window).is_dirty());
}

#[test]
fn copied_sentences_stand_beside_last_years() {
    let text = "全年公开财政预决算、乡村振兴、民生实事、社会救助等各类信息320条，内容及时准确。\n畅通信函、当面和网上三种受理渠道，落实登记、审核、答复各环节的责任。";
    let (mut now, mut before) = (report(2025, &[]), report(2024, &[]));
    write(&mut now, "overview", text);
    write(&mut before, "overview", &text.replace("320", "298"));
    let mut window = window(state(now, Some(before)), SIZE);
    assert!(finds(&window, "copied-from-prior"));
    press(&mut window, "逐句对照…");
    window.get_by_label("一、总体情况：与上年度逐句对照");
    window.get_by_label("2句中有2句在上年度报告里，数字和标点不计");
    window.get_by_label_contains("各类信息298条");
    press(&mut window, "关闭");
}

#[test]
fn thresholds_and_own_misprints_are_set_in_the_window() {
    let mut now = report(2025, &[]);
    write(
        &mut now,
        "problems",
        "青石真的信息更新不及时，今后将按月更新。",
    );
    let mut window = window(state(now, None), SIZE);
    assert!(!finds(&window, "wording"));
    press(&mut window, "审核");
    press(&mut window, "审核设置…");
    type_in(&mut window, "核查人", "李明");
    type_in(&mut window, "错的", "青石真");
    type_in(&mut window, "对的", "青石镇");
    press(&mut window, "添加");
    press(&mut window, "记下");
    assert!(finds(&window, "wording"));
    press(&mut window, "改为“青石镇”");
    assert!(!finds(&window, "wording"));
    assert_eq!(crate::window::app(&window).settings.checked_by, "李明");
}

#[test]
fn the_sheet_is_written_from_the_menu() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("自查表.txt");
    let answers = vec![FileAnswer::Chosen(path.clone())];
    let mut window = window_answering(state(full_report(2025, &[]), None), SIZE, answers);
    press(&mut window, "审核");
    press(&mut window, "导出自查表…");
    type_in(&mut window, "核查人", "李明");
    press(&mut window, "选择位置…");
    window.run_steps(4);
    let text = std::fs::read_to_string(&path).unwrap();
    assert!(
        text.contains("青石镇人民政府") && text.contains("零报告") && text.contains("李明"),
        "{text}"
    );
}

#[test]
fn the_form_to_sign_is_written_from_the_menu() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("呈批单.pdf");
    let answers = vec![FileAnswer::Chosen(path.clone())];
    let mut window = window_answering(state(full_report(2025, &[]), None), SIZE, answers);
    press(&mut window, "审核");
    press(&mut window, "导出呈批单…");
    window.run_steps(4);
    assert!(std::fs::read(&path).unwrap().starts_with(b"%PDF"));
}

#[test]
fn rules_that_lack_the_same_are_told_in_one_line() {
    let mut window = window(state(full_report(2025, &[]), None), SIZE);
    press_part(&mut window, "未核查（");
    window.get_by_label_contains("没有上年度报告：");
}

#[test]
fn findings_of_a_long_report_come_after_the_frame() {
    let mut now = full_report(2025, &[]);
    let long = "全年主动公开各类政府信息，及时准确。\n".repeat(600);
    write(&mut now, "overview", &long);
    let mut window = window(state(now, None), SIZE);
    for _ in 0..2_000 {
        if finds(&window, "nil-report") {
            return;
        }
        std::thread::yield_now();
        window.step();
    }
    assert!(finds(&window, "nil-report"));
}

#[test]
fn a_file_of_the_county_is_taken_by_its_name_and_remembered_in_the_draft() {
    let folder = tempfile::tempdir().unwrap();
    let (rules, saved) = (
        folder.path().join("要求.ron"),
        folder.path().join("a.nianbao"),
    );
    let text = "(name: \"清河县要求\", by: \"县政务公开办\", longest: {\"五\": 5}, style: (body_size: 30))";
    std::fs::write(&rules, text).unwrap();
    let mut now = report(2025, &[]);
    write(&mut now, "problems", "部分村更新不及时，已整改。");
    let answers = vec![FileAnswer::Chosen(rules), FileAnswer::Chosen(saved.clone())];
    let mut window = window_answering(state(now, None), SIZE, answers);
    assert!(!finds(&window, "local-length"));
    press(&mut window, "审核");
    press(&mut window, "审核设置…");
    press(&mut window, "选要求的文件…");
    window.run_steps(4);
    window.get_by_label("清河县要求（县政务公开办）");
    press(&mut window, "要求了什么（2项）");
    window.get_by_label("第五部分：不超过5个字");
    press(&mut window, "用要求的版式");
    assert_eq!(open(&window).draft.choices().body_size, 30);
    assert!(finds(&window, "local-length") && !finds(&window, "local-style"));
    window.key_press_modifiers(egui::Modifiers::COMMAND, egui::Key::S);
    window.run_steps(6);
    let draft = nianbao::store::load(&saved).unwrap();
    assert_eq!(draft.local_rules(), "清河县要求（县政务公开办）");
    press(&mut window, "审核");
    press(&mut window, "审核设置…");
    press(&mut window, "不用这份要求");
    press(&mut window, "取消");
    assert!(!finds(&window, "local-length"));
}

#[test]
fn a_file_of_the_county_with_a_slip_changes_nothing_and_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let rules = folder.path().join("要求.ron");
    std::fs::write(&rules, "(name: \"清河县要求\")").unwrap();
    let answers = vec![FileAnswer::Chosen(rules)];
    let mut window = window_answering(state(report(2025, &[]), None), SIZE, answers);
    press(&mut window, "审核");
    press(&mut window, "审核设置…");
    press(&mut window, "选要求的文件…");
    window.run_steps(4);
    window.get_by_label_contains("没有写谁制定的，加上by");
    assert!(crate::window::app(&window).settings.check.local.is_none());
}
