//! What protects the work is told as it is: a sign while it is off, and no dialog that promises more.
#![cfg(unix)]

use std::path::Path;

use egui::{Event, Key, Modifiers};
use egui_kittest::kittest::Queryable as _;
use nianbao::app::{FileAnswer, Unprotected};
use nianbao::keep::Places;
use nianbao::store;

use crate::desk::{Desk, Window, keys, open, overview, press, saved, state, write};

fn sign(window: &Window) -> Option<String> {
    state(window)
        .unprotected()
        .map(|why: Unprotected| why.to_string())
}

/// Waits until the thread that writes recovery files has said something else.
fn wait_until(window: &mut Window, mut is: impl FnMut(&Window) -> bool) {
    let mut looks = 0;
    while !is(window) {
        assert!(looks < 2000, "nothing happened");
        looks += 1;
        std::thread::sleep(std::time::Duration::from_millis(10));
        window.run_steps(1);
    }
}

/// A file in the place of a folder: nobody can write below it, not even the system's owner.
fn block(folder: &Path) {
    std::fs::remove_dir_all(folder).unwrap();
    std::fs::write(folder, "").unwrap();
}

fn free(folder: &Path) {
    std::fs::remove_file(folder).unwrap();
    std::fs::create_dir_all(folder).unwrap();
}

#[test]
fn a_sign_stands_while_recovery_files_cannot_be_written() {
    let desk = Desk::new();
    let mut window = desk.on_file();
    assert_eq!(sign(&window), None);
    let own = state(&window).keeper.as_ref().unwrap().folder().to_owned();
    block(&own);
    write(&mut window, "新");
    wait_until(&mut window, |window| sign(window).is_some());
    window.run_steps(40);
    let said = sign(&window).unwrap();
    assert!(said.starts_with("没有恢复文件："), "{said}");
    window.get_by_label_contains(&said);
    // A dialog says no more than what is true.
    keys(&mut window, Modifiers::COMMAND, Key::O);
    window.get_by_label_contains("没有保存的修改以后找不回来");
    press(&mut window, "取消");
    // The sign goes by itself once it is not true any more.
    free(&own);
    wait_until(&mut window, |window| sign(window).is_none());
    window.run_steps(2);
    assert!(window.query_by_label_contains("没有恢复文件：").is_none());
}

#[test]
fn a_sign_stands_while_no_earlier_versions_can_be_kept() {
    let desk = Desk::new();
    let places = desk.places();
    std::fs::create_dir_all(places.data()).unwrap();
    std::fs::write(places.history(), "").unwrap();
    let mut window = desk.on_file();
    let said = sign(&window).unwrap();
    assert!(said.starts_with("没有历史版本："), "{said}");
    window.get_by_label_contains(&said);
    write(&mut window, "新");
    keys(&mut window, Modifiers::COMMAND, Key::S);
    window.run_steps(4);
    assert_eq!(saved(&desk.file()), "旧新");
    window.get_by_label_contains(&sign(&window).unwrap());
    // Somebody else's version would be gone, and that is what is said.
    store::save(&crate::desk::draft("丙"), &desk.file()).unwrap();
    write(&mut window, "又新");
    keys(&mut window, Modifiers::COMMAND, Key::S);
    window.run_steps(4);
    window.get_by_label_contains("存不了历史版本");
    press(&mut window, "取消");
}

#[test]
fn a_failed_save_says_whether_the_recovery_file_has_it() {
    let desk = Desk::new();
    let mut window = desk.on_file();
    let own = state(&window).keeper.as_ref().unwrap().folder().to_owned();
    block(&own);
    write(&mut window, "新");
    wait_until(&mut window, |window| sign(window).is_some());
    std::fs::remove_file(desk.file()).unwrap();
    std::fs::create_dir(desk.file()).unwrap();
    keys(&mut window, Modifiers::COMMAND, Key::S);
    window.run_steps(4);
    window.get_by_label_contains("修改只在这个窗口里");
    assert!(window.query_by_label_contains("恢复文件里也有").is_none());
    press(&mut window, "关闭");
    free(&own);
    wait_until(&mut window, |window| state(window).is_in_recovery());
    keys(&mut window, Modifiers::COMMAND, Key::S);
    window.run_steps(4);
    window.get_by_label_contains("恢复文件里也有");
}

#[test]
fn recovery_files_that_cannot_be_read_are_named() {
    let desk = Desk::new();
    let places: Places = desk.places();
    let left = places.recovery().join("1-1");
    std::fs::create_dir_all(&left).unwrap();
    std::fs::write(left.join("lock"), "").unwrap();
    std::fs::write(
        left.join("1.a"),
        "//nianbao-recovery seq=0 len=9 crc32=00000000\nxx",
    )
    .unwrap();
    let mut window = desk.on_file();
    window.get_by_label_contains("有1份恢复文件读不出来");
    window.get_by_label_contains(left.join("1").to_str().unwrap());
    press(&mut window, "移到一边，不再提示");
    drop(window);
    assert!(!left.exists());
    assert_eq!(std::fs::read_dir(places.given_up()).unwrap().count(), 1);
    let window = desk.window(None, Vec::new());
    assert!(state(&window).dialog.is_none());
}

#[test]
fn what_no_report_holds_is_not_pasted() {
    let desk = Desk::new();
    let mut window = desk.on_file();
    write(&mut window, "新");
    assert_eq!(overview(&window), "旧新");
    for long in ["年".repeat(400_000), "年\n".repeat(25_000)] {
        window.event(Event::Paste(long));
        window.run_steps(3);
        assert_eq!(overview(&window), "旧新");
        assert!(state(&window).notice.starts_with("没有粘贴"));
    }
    window.event(Event::Paste("不长".to_owned()));
    window.run_steps(3);
    assert_eq!(overview(&window), "旧新不长");
    // Each of these would do, both together are a book.
    let half = "年".repeat(200_000);
    for _ in 0..2 {
        window.event(Event::Paste(half.clone()));
        window.run_steps(6);
    }
    assert_eq!(overview(&window).chars().count(), 200_004);
    assert!(state(&window).notice.starts_with("没有粘贴"));
}

#[test]
fn a_name_that_gets_its_ending_from_the_program_is_asked_about() {
    let desk = Desk::new();
    let typed = desk.folder.path().join("别人的");
    let whole = desk.folder.path().join("别人的.nianbao");
    store::save(&crate::desk::draft("别人"), &whole).unwrap();
    let chosen = FileAnswer::Chosen(typed);
    let mut window = desk.window(Some(desk.file()), vec![chosen]);
    keys(&mut window, Modifiers::COMMAND | Modifiers::SHIFT, Key::S);
    window.run_steps(4);
    assert_eq!(saved(&whole), "别人");
    window.get_by_label_contains("已经有同名的文件");
    press(&mut window, "确定");
    window.run_steps(4);
    assert_eq!(saved(&whole), "旧");
    assert_eq!(open(&window).path, Some(whole));
}

#[test]
fn a_save_on_a_share_that_stalls_holds_up_no_key() {
    let desk = Desk::new();
    let mut window = desk.on_file();
    write(&mut window, "新");
    desk.stalls.set(true);
    keys(&mut window, Modifiers::COMMAND, Key::S);
    window.run_steps(3);
    window.get_by_label_contains("正在保存…");
    write(&mut window, "又");
    assert_eq!(overview(&window), "旧新又");
    keys(&mut window, Modifiers::COMMAND, Key::S);
    window.run_steps(3);
    assert_eq!(saved(&desk.file()), "旧");
    // What is asked for after it is done after it, and nothing typed since counts as saved.
    desk.go_on(1);
    window.run_steps(3);
    assert_eq!(saved(&desk.file()), "旧新");
    assert!(open(&window).is_dirty());
    desk.stalls.set(false);
    desk.go_on(usize::MAX);
    window.run_steps(4);
    assert_eq!(saved(&desk.file()), "旧新又");
    assert!(!open(&window).is_dirty());
}

/// Lets more time pass than any disk takes.
fn wait_long(window: &mut Window) {
    let before = window.ctx.input(|input| input.time);
    while window.ctx.input(|input| input.time) < before + 31.0 {
        window.run_steps(1);
    }
    window.run_steps(4);
}

#[test]
fn a_save_that_never_ends_is_told_and_the_draft_goes_elsewhere() {
    let desk = Desk::new();
    let other = desk.folder.path().join("本机.nianbao");
    let mut window = desk.window(Some(desk.file()), vec![FileAnswer::Chosen(other.clone())]);
    write(&mut window, "新");
    desk.stalls.set(true);
    keys(&mut window, Modifiers::COMMAND, Key::S);
    window.run_steps(3);
    wait_long(&mut window);
    window.get_by_label_contains("30秒没有回应");
    desk.stalls.set(false);
    press(&mut window, "另存为…");
    assert_eq!(saved(&other), "旧新");
    assert!(!open(&window).is_dirty());
    // The share comes back: what it says now is of no use to the draft, which is elsewhere.
    desk.go_on(usize::MAX);
    window.run_steps(4);
    assert_eq!(open(&window).path.as_deref(), Some(&*other));
    assert!(!open(&window).is_dirty());
}

#[test]
fn a_save_that_was_only_slow_takes_its_warning_back() {
    let desk = Desk::new();
    let mut window = desk.on_file();
    write(&mut window, "新");
    desk.stalls.set(true);
    keys(&mut window, Modifiers::COMMAND, Key::S);
    window.run_steps(3);
    wait_long(&mut window);
    window.get_by_label_contains("30秒没有回应");
    desk.stalls.set(false);
    desk.go_on(usize::MAX);
    window.run_steps(4);
    assert!(window.query_by_label_contains("30秒没有回应").is_none());
    assert_eq!(saved(&desk.file()), "旧新");
    assert!(!open(&window).is_dirty());
}

#[test]
fn the_history_of_a_draft_that_is_gone_is_shown_and_cleared() {
    let desk = Desk::new();
    let gone = desk.folder.path().join("撤并前.nianbao");
    for text in ["一", "二", "三"] {
        let anything = nianbao::keep::save::Precondition::Anything;
        let draft = crate::desk::draft(text);
        let saved = nianbao::keep::save::save(&draft, &gone, Some(&desk.places()), anything, 20);
        saved.unwrap().rest.clear();
    }
    std::fs::remove_file(&gone).unwrap();
    let own = nianbao::keep::history::folder(&desk.places(), &gone);
    let mut window = desk.on_file();
    crate::desk::menu(&mut window, "历史版本…");
    window
        .get_by_label_contains("其他草稿的历史版本：1份")
        .click();
    window.run_steps(30);
    window.get_by_label("撤并前");
    window.get_by_label_contains("2个");
    press(&mut window, "清空：撤并前");
    assert!(own.exists());
    press(&mut window, "确定清空，不能撤销：撤并前");
    assert!(!own.exists());
    assert!(
        window
            .query_by_label_contains("其他草稿的历史版本")
            .is_none()
    );
}
