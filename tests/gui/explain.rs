//! An explanation that is being written is as safe as everything else that is typed.
#![expect(clippy::unwrap_used, reason = "the helpers of a test may fail it")]

use egui::accesskit::Role;
use egui::{Event, Key, Modifiers};
use egui_kittest::kittest::Queryable as _;
use nianbao::app::{Autosave, FileAnswer, State};
use nianbao::check::{Subject, check_draft};
use nianbao::keep::Places;
use nianbao::report::Explanation;
use nianbao::store;

use crate::window::{
    Window, app, full_report, keys, open, press, press_part, state, window, window_answering,
};

/// Tall enough for all findings at once.
const SIZE: [f32; 2] = [1366.0, 3000.0];
const REASON: &str = "全年没有收到申请，已逐项查过";

/// Begins to explain the first finding that wants it.
fn begin(window: &mut Window) {
    let button = window.get_all_by_label("写说明").next();
    button.unwrap().click();
    window.run_steps(4);
    // The box has the keyboard.
    window.event(Event::Text(REASON.to_owned()));
    window.run_steps(3);
}

fn texts(list: &[Explanation]) -> Vec<&str> {
    list.iter().map(|one| one.text.as_str()).collect()
}

fn explained(window: &Window) -> Vec<&str> {
    texts(open(window).draft.explanations())
}

fn half_written(window: &Window) -> Vec<&str> {
    texts(open(window).draft.half_written())
}

fn ready() -> State {
    state(full_report(2025, &[]), None)
}

#[test]
fn what_is_half_written_is_in_the_recovery_file_as_half_written() {
    let folder = tempfile::tempdir().unwrap();
    let keeper = || Autosave::start(Places::under(folder.path()), || {}).unwrap();
    let mut state = ready();
    state.keeper = Some(keeper());
    let mut before = window(state, SIZE);
    begin(&mut before);
    assert!(explained(&before).is_empty());
    drop(before);
    let state = State {
        keeper: Some(keeper()),
        ..State::default()
    };
    let left = state.keeper.as_ref().unwrap().left_behind();
    assert_eq!(left.len(), 1);
    assert_eq!(texts(left[0].draft.half_written()), [REASON]);
    assert!(left[0].draft.explanations().is_empty());
    let blocking = check_draft(&left[0].draft).blocking();
    let mut again = window(state, SIZE);
    again.state_mut().as_mut().unwrap().offer_recovery();
    again.run_steps(4);
    press(&mut again, "恢复");
    again.get_by_label(&format!("没有写完的说明：{REASON}"));
    assert_eq!(open(&again).findings.blocking(), blocking);
    press(&mut again, "接着写");
    assert!(again.query_by_label_contains("已说明").is_none());
    press(&mut again, "记下说明");
    again.get_by_label(&format!("待处理{}，已说明1", blocking - 1));
    assert_eq!(explained(&again), [REASON]);
    assert!(half_written(&again).is_empty());
    assert_eq!(open(&again).findings.blocking(), blocking - 1);
}

#[test]
fn nothing_finishes_what_is_half_written_but_its_own_button() {
    for (modifiers, key) in [
        (Modifiers::COMMAND, Key::E),
        (Modifiers::COMMAND, Key::Q),
        (Modifiers::COMMAND, Key::S),
        (Modifiers::COMMAND, Key::N),
        (Modifiers::NONE, Key::F8),
    ] {
        let mut window = window_answering(ready(), SIZE, vec![FileAnswer::Cancelled]);
        let blocking = open(&window).findings.blocking();
        begin(&mut window);
        keys(&mut window, modifiers, key);
        assert!(explained(&window).is_empty(), "{key:?}");
        assert_eq!(half_written(&window), [REASON], "{key:?}");
        assert_eq!(open(&window).findings.blocking(), blocking, "{key:?}");
    }
}

#[test]
fn saving_keeps_what_is_half_written_as_half_written() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("青石镇.nianbao");
    let chosen = vec![FileAnswer::Chosen(path.clone())];
    let mut window = window_answering(ready(), SIZE, chosen);
    begin(&mut window);
    keys(&mut window, Modifiers::COMMAND, Key::S);
    assert!(!open(&window).is_dirty());
    let saved = store::load(&path).unwrap();
    assert_eq!(texts(saved.half_written()), [REASON]);
    assert!(saved.explanations().is_empty());
}

#[test]
fn leaving_asks_about_what_is_half_written() {
    let mut window = window(ready(), SIZE);
    begin(&mut window);
    keys(&mut window, Modifiers::COMMAND, Key::Q);
    // The box has such a button as well.
    let cancel = window.get_all_by_label("取消").last();
    cancel.unwrap().click();
    window.run_steps(4);
    assert!(!app(&window).leaving);
    assert_eq!(half_written(&window), [REASON]);
}

#[test]
fn what_is_given_up_is_not_kept() {
    let mut window = window(ready(), SIZE);
    begin(&mut window);
    press(&mut window, "取消");
    assert!(half_written(&window).is_empty());
    keys(&mut window, Modifiers::COMMAND, Key::Q);
    assert!(app(&window).leaving);
}

#[test]
fn writing_and_withdrawing_are_taken_back_and_made_again() {
    let mut window = window(ready(), SIZE);
    let blocking = open(&window).findings.blocking();
    begin(&mut window);
    press(&mut window, "记下说明");
    assert_eq!(open(&window).findings.blocking(), blocking - 1);
    press(&mut window, "撤回说明");
    assert!(explained(&window).is_empty());
    keys(&mut window, Modifiers::COMMAND, Key::Z);
    assert_eq!(explained(&window), [REASON]);
    assert_eq!(app(&window).notice, "已撤销：撤回说明");
    // One step further it is half written, with every word of it.
    keys(&mut window, Modifiers::COMMAND, Key::Z);
    assert_eq!(open(&window).findings.blocking(), blocking);
    window.get_by_label(&format!("没有写完的说明：{REASON}"));
    keys(&mut window, Modifiers::COMMAND, Key::Z);
    assert!(half_written(&window).is_empty() && !open(&window).is_dirty());
    for _ in 0..2 {
        keys(&mut window, Modifiers::COMMAND, Key::Y);
    }
    assert_eq!(explained(&window), [REASON]);
    assert_eq!(open(&window).findings.blocking(), blocking - 1);
}

const RULE: &str = "stock-below-flow";
const VALID: &str = "行政规范性文件·现行有效件数";

/// Puts a figure into the cell of the documents in force.
fn enter_valid(window: &mut Window, figure: &str) {
    window.get_by_label(VALID).click();
    window.run_steps(3);
    window.event(Event::Text(figure.to_owned()));
    window.key_press_modifiers(Modifiers::NONE, Key::Tab);
    window.run_steps(4);
}

/// A window in which fewer documents are in force than were made, which is explained.
fn with_explained_stock() -> Window {
    let figures = [
        ("proactive.normative_documents@made", 9),
        ("proactive.normative_documents@valid", 3),
    ];
    let mut state = state(full_report(2025, &figures), None);
    let open = state.open.as_mut().unwrap();
    let mut list = open.findings.list.iter();
    let finding = list.find(|one| one.rule.name == RULE).unwrap();
    let basis = finding.basis(&Subject::of(&open.draft));
    let draft = open.draft.door().unwrap();
    draft.explain(RULE, &basis, "合并重发");
    let mut window = window(state, SIZE);
    press_part(&mut window, "二、主动公开政府信息情况，");
    window
}

#[test]
fn a_lapsed_explanation_stands_in_its_card_and_is_taken_over() {
    let mut window = with_explained_stock();
    window.get_by_label("说明：合并重发");
    // Another figure than the one it rests on changes nothing.
    enter_valid(&mut window, "3");
    window.get_by_label("说明：合并重发");
    enter_valid(&mut window, "4");
    assert!(window.query_by_label("说明：合并重发").is_none());
    window.get_by_label("原来的说明：合并重发");
    let blocking = open(&window).findings.blocking();
    press(&mut window, "沿用");
    window.get_by_label("说明：合并重发");
    assert_eq!(open(&window).findings.blocking(), blocking - 1);
    assert_eq!(explained(&window), ["合并重发"]);
    assert_eq!(open(&window).draft.undo_step().unwrap().name, "沿用说明");
    keys(&mut window, Modifiers::COMMAND, Key::Z);
    window.get_by_label("原来的说明：合并重发");
}

#[test]
fn a_lapsed_explanation_is_written_anew_from_its_old_words() {
    let mut window = with_explained_stock();
    enter_valid(&mut window, "5");
    press(&mut window, "改写");
    let text_box = window.get_by_role_and_label(Role::MultilineTextInput, "情况属实的，写明原因");
    assert_eq!(text_box.value().as_deref(), Some("合并重发"));
    text_box.focus();
    window.run_steps(2);
    window.key_press_modifiers(Modifiers::COMMAND, Key::End);
    window.event(Event::Text("5件".to_owned()));
    window.run_steps(3);
    // The old words stand until the new ones are finished.
    assert_eq!(explained(&window), ["合并重发"]);
    press(&mut window, "记下说明");
    assert_eq!(explained(&window), ["合并重发5件"]);
    assert!(half_written(&window).is_empty());
    window.get_by_label("说明：合并重发5件");
}
