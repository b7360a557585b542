//! The page of many reports: the list, the sums and their addends, the county's own report beside them.
#![expect(clippy::unwrap_used, reason = "the helpers of a test may fail it")]

use std::fs;
use std::path::Path;

use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable as _;
use nianbao::app::FileAnswer;
use nianbao::report::{Draft, Edit, Entry, Number, Report};
use nianbao::store;

use crate::window::{Window, app, full_report, open, press, press_part, state, window_answering};

const SIZE: [f32; 2] = [1366.0, 768.0];
const FEES: &str = "proactive.fees@amount";
const NEW: &str = "requests.new_received@natural_person";

fn named(mut report: Report, issuer: &str) -> Report {
    let field = report.edition().issuer_field;
    report.apply(Edit::Enter(field, Entry::Text(issuer.to_owned())));
    report
}

fn save(folder: &Path, issuer: &str, year: u16, figures: &[(&str, i64)]) {
    let report = named(full_report(year, figures), issuer);
    store::save(
        &Draft::new(report),
        &folder.join(format!("{issuer}.nianbao")),
    )
    .unwrap();
}

/// Three units with reports, one without, one of last year.
fn desk() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    let reports = at.join("收件");
    fs::create_dir(&reports).unwrap();
    save(&reports, "甲镇人民政府", 2025, &[(NEW, 3), (FEES, 0)]);
    save(&reports, "乙镇人民政府", 2025, &[(NEW, 14)]);
    save(&reports, "丁镇人民政府", 2024, &[(NEW, 100)]);
    let mut blank = named(full_report(2025, &[]), "丙镇人民政府");
    let cell = blank.edition().find(NEW).unwrap();
    blank.apply(Edit::Enter(cell, Entry::Blank));
    store::save(&Draft::new(blank), &reports.join("丙.nianbao")).unwrap();
    let names = "甲镇人民政府\n乙镇人民政府\n丙镇人民政府\n丁镇人民政府\n戊镇人民政府\n";
    fs::write(at.join("名单.txt"), names).unwrap();
    folder
}

/// The window of the county with its own draft and the page on the folder.
fn page(folder: &Path, more: Vec<FileAnswer>) -> Window {
    let own = named(full_report(2025, &[(NEW, 3)]), "青山县人民政府");
    let mut answers = vec![
        FileAnswer::Chosen(folder.join("收件")),
        FileAnswer::Chosen(folder.join("名单.txt")),
    ];
    answers.extend(more);
    let mut window = window_answering(state(own, None), SIZE, answers);
    press(&mut window, "审核");
    press(&mut window, "汇总各单位的报告…");
    window.run_steps(4);
    press(&mut window, "应报名单…");
    window.run_steps(4);
    window
}

fn figure(window: &Window, key: &str) -> Option<Number> {
    let report = open(window).draft.report();
    report.value(report.edition().find(key).unwrap())
}

/// The accessible name of the cell with this key begins so.
fn cell(window: &Window, key: &str) -> String {
    let report = open(window).draft.report();
    let id = report.edition().find(key).unwrap();
    report.edition().field(id).label.clone()
}

#[test]
fn the_list_tells_who_has_reported_and_what_is_wrong() {
    let folder = desk();
    let window = page(folder.path(), Vec::new());
    window.get_by_label_contains("2025年度：应报5个单位，未报2个");
    window.get_by_label_contains("丁镇人民政府.nianbao是2024年的报告，没有计入");
    window.get_by_label("打开甲镇人民政府的报告");
    assert!(window.query_by_label("打开戊镇人民政府的报告").is_none());
}

#[test]
fn a_sum_leads_to_its_addends_and_a_table_is_taken_over_as_one_step() {
    let folder = desk();
    let mut window = page(folder.path(), Vec::new());
    press(&mut window, "汇总数");
    let name = format!("{}，汇总17，1个单位没有填", cell(&window, NEW));
    // What gets the keyboard comes into sight, where the mouse reaches it.
    window.get_by_label(&name).focus();
    window.run_steps(6);
    press(&mut window, &name);
    window.get_by_label("汇总17，2个单位填了");
    window.get_by_label("1个单位没有填：丙镇人民政府");
    let largest = window.get_by_label("乙镇人民政府　14").rect().top();
    assert!(largest < window.get_by_label("甲镇人民政府　3").rect().top());
    press(&mut window, "整张表用汇总数");
    assert_eq!(figure(&window, NEW), Some(17.into()));
    let steps = open(&window)
        .draft
        .undo_step()
        .map(|step| step.name.clone());
    assert_eq!(steps.as_deref(), Some("采用3个单位的汇总数"));
    press(&mut window, "回到报告");
    window.key_press_modifiers(Modifiers::COMMAND, Key::Z);
    window.run_steps(4);
    assert_eq!(figure(&window, NEW), Some(3.into()));
    assert!(open(&window).draft.undo_step().is_none());
}

#[test]
fn a_cell_is_reached_and_chosen_by_keys() {
    let folder = desk();
    let mut window = page(folder.path(), Vec::new());
    press(&mut window, "汇总数");
    let name = format!("{}，汇总17，1个单位没有填", cell(&window, NEW));
    window.get_by_label(&name).focus();
    window.run_steps(2);
    window.key_press(Key::Enter);
    window.run_steps(4);
    window.get_by_label("汇总17，2个单位填了");
}

#[test]
fn the_open_report_is_compared_and_the_units_that_explain_it_are_named() {
    let folder = desk();
    let mut window = page(folder.path(), Vec::new());
    press(&mut window, "与本级比较");
    window.get_by_label_contains("青山县人民政府有");
    assert!(window.query_all_by_label("乙镇人民政府").next().is_some());
    press(&mut window, "全部用汇总数");
    window.get_by_label("打开的草稿每一格都等于各单位之和");
    assert_eq!(figure(&window, NEW), Some(17.into()));
}

#[test]
fn a_unit_is_left_out_with_a_reason_and_taken_in_again() {
    let folder = desk();
    let mut window = page(folder.path(), Vec::new());
    press(&mut window, "不计入…乙镇人民政府");
    let label = "乙镇人民政府不计入汇总，原因";
    window.get_by_role_and_label(Role::TextInput, label).focus();
    window.run_steps(2);
    window.event(egui::Event::Text("区划调整".to_owned()));
    window.run_steps(3);
    press(&mut window, "不计入");
    window.get_by_label_contains("不计入汇总：区划调整");
    let page = app(&window).gather.as_ref().unwrap();
    assert_eq!(page.done.as_ref().unwrap().gathering.counted().count(), 2);
    press(&mut window, "计入乙镇人民政府");
    window.get_by_label_contains("计入汇总3个");
}

#[test]
fn the_folder_is_watched_while_the_page_is_open() {
    let folder = desk();
    let mut window = page(folder.path(), Vec::new());
    save(
        &folder.path().join("收件"),
        "戊镇人民政府",
        2025,
        &[(NEW, 5)],
    );
    for _ in 0..400 {
        window.step();
        if window.query_by_label("打开戊镇人民政府的报告").is_some() {
            break;
        }
    }
    window.get_by_label_contains("未报1个");
    press_part(&mut window, "汇总数");
    let name = format!("{}，汇总22，1个单位没有填", cell(&window, NEW));
    window.get_by_label(&name);
}

#[test]
fn the_list_is_exported_and_a_folder_without_reports_is_told() {
    let folder = desk();
    let at = folder.path();
    let answers =
        ["a.json", "b.xlsx", "c.docx", "d.txt"].map(|name| FileAnswer::Chosen(at.join(name)));
    let mut window = page(at, answers.into());
    for _ in 0..3 {
        press(&mut window, "导出…");
        window.run_steps(4);
    }
    let json: serde_json::Value =
        serde_json::from_slice(&fs::read(at.join("a.json")).unwrap()).unwrap();
    assert_eq!(json["sums"][NEW], "17");
    assert_eq!(json["blank"][NEW], 1);
    for name in ["b.xlsx", "c.docx"] {
        assert!(
            fs::read(at.join(name)).unwrap().starts_with(b"PK"),
            "{name}"
        );
    }
    press(&mut window, "导出…");
    window.run_steps(4);
    window.get_by_label_contains("汇总写成.xlsx、.docx或.json");
    let nothing = at.join("空");
    fs::create_dir(&nothing).unwrap();
    let answers = vec![FileAnswer::Chosen(nothing)];
    let mut window = window_answering(state(full_report(2025, &[]), None), SIZE, answers);
    press(&mut window, "审核");
    press(&mut window, "汇总各单位的报告…");
    window.run_steps(4);
    window.get_by_label_contains("文件夹里没有草稿和报告");
}

#[test]
fn no_result_is_written_over_a_report_it_is_made_of() {
    let folder = desk();
    let report = folder.path().join("收件/己镇.xlsx");
    let draft = Draft::new(named(full_report(2025, &[]), "己镇人民政府"));
    let sheet = nianbao::export::by_name("xlsx").unwrap();
    fs::write(&report, sheet.bytes(&draft).unwrap()).unwrap();
    let before = fs::read(&report).unwrap();
    let mut window = page(folder.path(), vec![FileAnswer::Chosen(report.clone())]);
    press(&mut window, "导出…");
    window.run_steps(4);
    window.get_by_label_contains("这是一份报来的报告，换一个文件名");
    assert_eq!(fs::read(&report).unwrap(), before);
}

#[test]
fn the_folder_can_be_written_where_the_system_has_no_dialog() {
    let folder = desk();
    let own = full_report(2025, &[]);
    let answers = vec![FileAnswer::Unavailable];
    let mut window = window_answering(state(own, None), SIZE, answers);
    press(&mut window, "审核");
    press(&mut window, "汇总各单位的报告…");
    window.run_steps(4);
    window.get_by_label_contains("在这里写出文件夹的完整路径");
    window
        .get_by_role_and_label(Role::TextInput, "路径")
        .focus();
    window.run_steps(2);
    let path = folder.path().join("收件").display().to_string();
    window.event(egui::Event::Text(path));
    window.run_steps(3);
    press(&mut window, "确定");
    window.get_by_label_contains("2025年度：应报4个单位");
}
