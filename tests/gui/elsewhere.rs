//! Files that somebody else has open, changed, damaged or took away.

use std::time::{Duration, Instant};

use egui::{Event, Key, Modifiers};
use egui_kittest::kittest::Queryable as _;
use nianbao::app::FileAnswer;
use nianbao::store;

use crate::desk::{Desk, Window, draft, keys, menu, open, overview, press, saved, write};

/// Comes back to the window and waits until it has seen what became of the file.
fn come_back(window: &mut Window, sees: bool) {
    let start = Instant::now();
    window.event(Event::WindowFocused(true));
    window.run_steps(2);
    while window.query_by_label_contains("在别处改过").is_some() != sees {
        assert!(start.elapsed() < Duration::from_mins(1));
        std::thread::sleep(Duration::from_millis(10));
        window.run_steps(1);
    }
    window.run_steps(2);
}

#[test]
fn a_file_changed_elsewhere_is_seen_on_coming_back_and_both_versions_stay() {
    let desk = Desk::new();
    let mut window = desk.on_file();
    write(&mut window, "甲");
    store::save(&draft("旧乙"), &desk.file()).unwrap();
    come_back(&mut window, true);
    window.get_by_label_contains("您没有保存的修改还在这里");
    press(&mut window, "看看哪里不同…");
    window.get_by_label("旧乙");
    window.get_by_label("旧甲");
    press(&mut window, "取消");
    assert_eq!(overview(&window), "旧甲");
    press(&mut window, "改用文件里的");
    assert_eq!(overview(&window), "旧乙");
    come_back(&mut window, false);
    menu(&mut window, "恢复没有保存的修改…");
    press(&mut window, "恢复");
    assert_eq!(overview(&window), "旧甲");
    // What was recovered is still what does not stand in the file.
    come_back(&mut window, true);
    keys(&mut window, Modifiers::COMMAND, Key::S);
    press(&mut window, "覆盖文件");
    assert_eq!(saved(&desk.file()), "旧甲");
    come_back(&mut window, false);
    menu(&mut window, "历史版本…");
    window.get_by_label("旧乙");
}

#[test]
fn what_is_looked_at_later_is_told_again_when_it_changes_again() {
    let desk = Desk::new();
    let mut window = desk.on_file();
    come_back(&mut window, false);
    store::save(&draft("乙"), &desk.file()).unwrap();
    come_back(&mut window, true);
    press(&mut window, "以后再说");
    come_back(&mut window, false);
    store::save(&draft("丙"), &desk.file()).unwrap();
    come_back(&mut window, true);
    // What stands there again as it was is no news.
    store::save(&draft("旧"), &desk.file()).unwrap();
    come_back(&mut window, false);
}

#[test]
fn a_draft_that_is_open_elsewhere_can_only_be_read() {
    let desk = Desk::new();
    let first = desk.on_file();
    let copy = desk.folder.path().join("我的");
    let mut second = desk.window(Some(desk.file()), vec![FileAnswer::Chosen(copy.clone())]);
    second.get_by_label_contains("只读：");
    write(&mut second, "新");
    assert_eq!(overview(&second), "旧");
    // Saving means saving a copy.
    keys(&mut second, Modifiers::COMMAND, Key::S);
    assert_eq!(saved(&copy.with_extension("nianbao")), "旧");
    assert!(second.query_by_label_contains("只读：").is_none());
    write(&mut second, "新");
    assert_eq!(overview(&second), "旧新");
    drop(first);
    let third = desk.on_file();
    assert!(third.query_by_label_contains("只读：").is_none());
}

#[test]
fn a_draft_taken_over_is_not_overwritten_unseen() {
    let desk = Desk::new();
    let mut first = desk.on_file();
    let mut second = desk.on_file();
    press(&mut second, "改由我来编辑");
    write(&mut second, "乙");
    keys(&mut second, Modifiers::COMMAND, Key::S);
    assert_eq!(saved(&desk.file()), "旧乙");
    write(&mut first, "甲");
    keys(&mut first, Modifiers::COMMAND, Key::S);
    first.get_by_label("文件在别处被改过");
    first.get_by_label("旧乙");
    first.get_by_label("旧甲");
    assert_eq!(saved(&desk.file()), "旧乙");
    press(&mut first, "覆盖文件");
    assert_eq!(saved(&desk.file()), "旧甲");
    menu(&mut first, "历史版本…");
    first.get_by_label("旧乙");
}

#[test]
fn of_a_damaged_draft_the_last_version_and_what_can_be_read_are_offered() {
    let desk = Desk::new();
    let mut window = desk.on_file();
    write(&mut window, "新");
    keys(&mut window, Modifiers::COMMAND, Key::S);
    menu(&mut window, "返回开始页");
    drop(window);
    let bytes = std::fs::read(desk.file()).unwrap();
    let cut = bytes.get(..bytes.len() - 40).unwrap();
    std::fs::write(desk.file(), cut).unwrap();
    let mut window = desk.on_file();
    window.get_by_label("草稿打不开");
    window.get_by_label_contains("第");
    press(&mut window, "打开读得出来的内容");
    assert_eq!(overview(&window), "旧新");
    assert!(open(&window).path.is_none() && open(&window).is_dirty());
    drop(window);
    let mut window = desk.on_file();
    press(&mut window, "打开上一个好版本");
    assert_eq!(overview(&window), "旧");
    assert_eq!(std::fs::read(desk.file()).unwrap(), cut);
}

#[test]
fn a_save_that_fails_leaves_the_draft_open_and_offers_another_place() {
    let desk = Desk::new();
    let gone = desk.folder.path().join("stick");
    std::fs::create_dir(&gone).unwrap();
    let path = gone.join("a.nianbao");
    store::save(&draft("旧"), &path).unwrap();
    let other = desk.folder.path().join("other.nianbao");
    let mut window = desk.window(Some(path), vec![FileAnswer::Chosen(other.clone())]);
    write(&mut window, "新");
    std::fs::remove_dir_all(&gone).unwrap();
    keys(&mut window, Modifiers::COMMAND, Key::S);
    window.get_by_label_contains("U盘");
    assert!(open(&window).is_dirty());
    press(&mut window, "另存为…");
    assert_eq!(saved(&other), "旧新");
    assert!(!open(&window).is_dirty());
}
