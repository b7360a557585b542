//! Nothing is lost: recovery after any end, a panic, older versions.

use egui::{Event, Key, Modifiers};
use egui_kittest::kittest::Queryable as _;
use nianbao::form;
use nianbao::report::Draft;
use nianbao::store;

use crate::desk::{Desk, keys, menu, open, overview, press, saved, state, write};

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
