//! What comes next is said in one line, and what is not filled in yet is no alarm.

use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable as _;
use nianbao::app::{Dialog, FileAnswer, NextStep, PartId, Scripted};
use nianbao::check::Level;
use nianbao::report::{Edit, Entry, Report};

use crate::window::{Window, app, full_report, keys, open, press, press_part, report, state};
use crate::window::{window, window_of};

const SIZE: [f32; 2] = [1366.0, 768.0];

fn shows(window: &Window, words: &str) -> bool {
    window.query_all_by_label_contains(words).next().is_some()
}

fn written(mut report: Report) -> Report {
    let text = "本机关按照规定公开政府信息，逐条核对，没有遗漏，具体情况见以下各部分的说明。";
    for key in ["overview", "problems", "other"] {
        if let Some(id) = report.edition().find(key) {
            report.apply(Edit::Enter(id, Entry::Text(text.to_owned())));
        }
    }
    report
}

#[test]
fn a_fresh_report_is_greeted_by_progress_and_not_by_alarms() {
    let window = window(state(report(2025, &[]), None), SIZE);
    assert_eq!(open(&window).findings.count(Level::Error), 0);
    assert!(!shows(&window, "!强制"));
    assert!(shows(&window, "下一步：还有166格"));
    // It is said all the same, and filled in from there.
    assert!(shows(&window, "还没填的") && shows(&window, "这10格填0"));
}

#[test]
fn what_is_not_filled_in_is_an_error_once_the_report_is_published() {
    let mut window = window(state(report(2025, &[]), None), SIZE);
    keys(&mut window, Modifiers::COMMAND, Key::E);
    assert!(shows(&window, "强制性问题3个，要改正"));
    assert!(shows(&window, "写出草稿"));
    press(&mut window, "取消");
    assert_eq!(open(&window).findings.count(Level::Error), 3);
    assert!(shows(&window, "!强制"));
}

#[test]
fn the_line_leads_from_cell_to_text_to_finding_to_publishing() {
    let mut blank = full_report(2025, &[]);
    let cell = blank
        .edition()
        .find("requests.carried_over@other_org")
        .unwrap();
    blank.apply(Edit::Enter(cell, Entry::Blank));
    let mut window = window(state(blank, None), SIZE);
    assert_eq!(open(&window).next(), NextStep::Cells(1));
    press_part(&mut window, "下一步：还有1格");
    let name = "二、上年结转政府信息公开申请数量·其他";
    assert_eq!(open(&window).place, PartId::Section(3));
    assert!(window.get_by_label(name).is_focused());
    window.event(egui::Event::Text("0".to_owned()));
    keys(&mut window, Modifiers::NONE, Key::Enter);
    assert!(matches!(open(&window).next(), NextStep::Texts(_)));
    keys(&mut window, Modifiers::NONE, Key::F9);
    assert_eq!(open(&window).place, PartId::Section(1));
}

#[test]
fn texts_and_findings_count_for_the_progress() {
    let per_cent = |report| open(&window(state(report, None), SIZE)).per_cent();
    // All tables, no text: not nine tenths of the work.
    let tables = per_cent(full_report(2025, &[]));
    assert!((40..75).contains(&tables), "{tables}");
    let all = written(full_report(2025, &[]));
    let mut wrong = all.clone();
    let cell = wrong.edition().find("requests.new_received@natural_person");
    wrong.apply(Edit::Enter(
        cell.unwrap(),
        Entry::Unreadable("若干".to_owned()),
    ));
    assert!(per_cent(wrong) < 100);
    assert!(per_cent(all) > tables);
}

#[test]
fn the_strip_saves_undoes_and_publishes() {
    let mut window = window(state(report(2025, &[]), None), SIZE);
    for _ in 0..2 {
        keys(&mut window, Modifiers::NONE, Key::F6);
    }
    window.event(egui::Event::Text("5".to_owned()));
    keys(&mut window, Modifiers::NONE, Key::Enter);
    assert!(open(&window).is_dirty());
    let has_five = |window: &Window| {
        crate::window::number(window, "proactive.regulations@made").as_deref() == Some("5")
    };
    assert!(has_five(&window));
    press(&mut window, "撤销（Ctrl+Z）");
    assert!(!has_five(&window));
    press(&mut window, "重做（Ctrl+Y）");
    assert!(has_five(&window));
    press(&mut window, "发布（Ctrl+E）");
    assert!(matches!(app(&window).dialog, Some(Dialog::Publish(_))));
}

#[test]
fn a_file_dialog_that_does_not_come_gives_way_to_a_path() {
    let mut shell = Scripted::new([FileAnswer::Cancelled]);
    shell.silent = true;
    let mut window = window_of(state(report(2025, &[]), None), SIZE, shell);
    keys(&mut window, Modifiers::COMMAND | Modifiers::SHIFT, Key::S);
    assert!(app(&window).waiting.is_some() && app(&window).dialog.is_none());
    // A dialog that is shown has taken the keyboard; that is none that got lost.
    window.input_mut().focused = false;
    window.run_steps(60);
    assert!(app(&window).waiting.is_some());
    window.input_mut().focused = true;
    window.run_steps(60);
    assert!(matches!(app(&window).dialog, Some(Dialog::TypePath { .. })));
}
