//! An explanation that is being written is as safe as everything else that is typed.
#![expect(clippy::unwrap_used, reason = "the helpers of a test may fail it")]

use egui::accesskit::Role;
use egui::{Event, Key, Modifiers};
use egui_kittest::kittest::Queryable as _;
use nianbao::app::{FileAnswer, Keeper, State};
use nianbao::keep::Places;

use crate::window::{Window, app, full_report, keys, open, press, state, window, window_answering};

/// Tall enough for all findings at once.
const SIZE: [f32; 2] = [1366.0, 3000.0];
const REASON: &str = "全年没有收到申请，已逐项查过";

/// Begins to explain the first finding that wants it.
fn begin(window: &mut Window) {
    let button = window.get_all_by_label("写说明").next();
    button.unwrap().click();
    window.run_steps(4);
    window
        .get_by_role_and_label(Role::MultilineTextInput, "情况属实的，写明原因")
        .focus();
    window.run_steps(2);
    window.event(Event::Text(REASON.to_owned()));
    window.run_steps(3);
}

fn explained(window: &Window) -> Vec<&str> {
    let explanations = open(window).draft.explanations().iter();
    explanations.map(|one| one.text.as_str()).collect()
}

fn ready() -> State {
    state(full_report(2025, &[]), None)
}

#[test]
fn what_is_half_written_is_in_the_recovery_file() {
    let folder = tempfile::tempdir().unwrap();
    let keeper = || Keeper::start(Places::under(folder.path()), || {}).unwrap();
    let mut state = ready();
    state.keeper = Some(keeper());
    let mut window = window(state, SIZE);
    begin(&mut window);
    assert!(explained(&window).is_empty());
    drop(window);
    let left = keeper().left_behind();
    let texts: Vec<_> = left
        .iter()
        .flat_map(|file| file.draft.explanations())
        .map(|one| one.text.as_str())
        .collect();
    assert_eq!(texts, [REASON]);
}

#[test]
fn saving_keeps_what_is_half_written() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("青石镇.nianbao");
    let mut window = window_answering(ready(), SIZE, vec![FileAnswer::Chosen(path)]);
    begin(&mut window);
    keys(&mut window, Modifiers::COMMAND, Key::S);
    assert_eq!(explained(&window), [REASON]);
    assert!(!open(&window).is_dirty());
}

#[test]
fn leaving_asks_about_what_is_half_written() {
    let mut window = window(ready(), SIZE);
    begin(&mut window);
    keys(&mut window, Modifiers::COMMAND, Key::Q);
    press(&mut window, "取消");
    assert!(!app(&window).leaving);
    assert_eq!(explained(&window), [REASON]);
}

#[test]
fn what_is_given_up_is_not_kept() {
    let mut window = window(ready(), SIZE);
    begin(&mut window);
    press(&mut window, "取消");
    keys(&mut window, Modifiers::COMMAND, Key::Q);
    assert!(app(&window).leaving);
}
