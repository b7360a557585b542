//! Everything is reached by keys, and a card by a click anywhere on it.

use egui::{Event, Key, Modifiers, ViewportCommand};
use egui_kittest::kittest::{NodeT as _, Queryable as _};

use crate::desk::{Desk, Window, keys, open, overview, press, state, write};

/// A key that is pressed and let go of by itself.
fn tap(window: &mut Window, key: Key) {
    for pressed in [true, false] {
        window.event(Event::Key {
            key,
            physical_key: None,
            pressed,
            repeat: false,
            modifiers: Modifiers::NONE,
        });
        window.run_steps(2);
    }
    window.run_steps(4);
}

fn shows(window: &Window, label: &str) -> bool {
    window.query_by_label_contains(label).is_some()
}

#[test]
fn f10_and_alt_open_the_menus_and_arrows_walk_them() {
    for key in [Key::F10, Key::AltLeft] {
        let desk = Desk::new();
        let mut window = desk.on_file();
        tap(&mut window, key);
        assert!(shows(&window, "另存为…"), "{key:?}");
        tap(&mut window, Key::ArrowRight);
        assert!(shows(&window, "替换…") && !shows(&window, "另存为…"));
        tap(&mut window, Key::ArrowLeft);
        tap(&mut window, Key::ArrowLeft);
        assert!(shows(&window, "使用手册"));
        tap(&mut window, Key::ArrowDown);
        tap(&mut window, Key::Enter);
        assert!(state(&window).dialog.is_some(), "{key:?}");
        keys(&mut window, Modifiers::NONE, Key::Escape);
        tap(&mut window, key);
        tap(&mut window, key);
        assert!(!shows(&window, "另存为…"), "{key:?}");
        // The keyboard is back where it was.
        window.event(Event::Text("甲".to_owned()));
        window.run_steps(10);
        assert!(open(&window).is_dirty(), "{key:?}");
    }
}

#[test]
fn a_menu_leaves_its_bar_in_sight_and_its_last_line_in_reach() {
    for size in [[1280.0, 720.0], [800.0, 400.0]] {
        let mut window = Desk::new().on_file();
        window.set_size(egui::Vec2::from(size));
        window.run_steps(4);
        let bar = window.get_by_label("文件").rect().bottom();
        tap(&mut window, Key::F10);
        assert!(window.get_by_label_contains("新建报告…").rect().top() >= bar);
        // The last line of all; where it does not fit it is scrolled to.
        for _ in 0..30 {
            tap(&mut window, Key::ArrowDown);
            if window.get_by_label_contains("退出").is_focused() {
                break;
            }
        }
        window.run_steps(10);
        let last = window.get_by_label_contains("退出");
        assert!(
            last.is_focused() && last.rect().bottom() <= size[1],
            "{size:?}"
        );
    }
}

#[test]
fn alt_with_another_key_opens_nothing() {
    let mut window = Desk::new().on_file();
    for (key, pressed) in [
        (Key::AltLeft, true),
        (Key::X, true),
        (Key::X, false),
        (Key::AltLeft, false),
    ] {
        window.event(Event::Key {
            key,
            physical_key: None,
            pressed,
            repeat: false,
            modifiers: Modifiers::ALT,
        });
        window.run_steps(2);
    }
    assert!(!shows(&window, "另存为…"));
}

fn asks(window: &Window) -> Vec<ViewportCommand> {
    let views = window.output().viewport_output.values();
    views.flat_map(|view| view.commands.clone()).collect()
}

#[test]
fn the_edit_menu_copies_from_the_text_and_pastes_into_it() {
    let mut window = Desk::new().on_file();
    write(&mut window, "甲乙");
    keys(&mut window, Modifiers::COMMAND, Key::A);
    for (line, expected) in [
        ("复制", ViewportCommand::RequestCopy),
        ("剪切", ViewportCommand::RequestCut),
        ("粘贴", ViewportCommand::RequestPaste),
    ] {
        press(&mut window, "编辑");
        let items = window.query_all_by_label_contains(line);
        let label = |node: &egui_kittest::Node<'_>| node.accesskit_node().label();
        let item = items.filter(|node| label(node).is_some_and(|label| label.starts_with(line)));
        item.into_iter().next().unwrap().click();
        let mut asked = Vec::new();
        for _ in 0..6 {
            window.step();
            asked.extend(asks(&window));
        }
        assert!(asked.contains(&expected), "{line}");
        let text = window.get_by_role_and_label(egui::Role::MultilineTextInput, "一、总体情况");
        assert!(text.is_focused(), "{line}");
    }
    // What was selected still is.
    window.event(Event::Paste("丙".to_owned()));
    window.run_steps(4);
    assert_eq!(overview(&window), "丙");
}

#[test]
fn the_menu_key_opens_the_menu_of_a_text_box() {
    let mut window = Desk::new().on_file();
    write(&mut window, "甲");
    for (modifiers, key) in [(Modifiers::NONE, Key::Menu), (Modifiers::SHIFT, Key::F10)] {
        keys(&mut window, modifiers, key);
        assert!(shows(&window, "全选"), "{key:?}");
        keys(&mut window, Modifiers::NONE, Key::Escape);
        assert!(!shows(&window, "全选"), "{key:?}");
    }
}

#[test]
fn tab_goes_from_find_to_replace_with_and_back() {
    let mut window = Desk::new().on_file();
    keys(&mut window, Modifiers::COMMAND, Key::H);
    window.event(Event::Text("旧".to_owned()));
    window.run_steps(3);
    keys(&mut window, Modifiers::NONE, Key::Tab);
    window.event(Event::Text("新".to_owned()));
    window.run_steps(3);
    let find = state(&window).find.clone().unwrap();
    assert_eq!(
        (find.pattern.as_str(), find.replacement.as_str()),
        ("旧", "新")
    );
    keys(&mut window, Modifiers::SHIFT, Key::Tab);
    assert!(window.get_by_label("查找").is_focused());
    keys(&mut window, Modifiers::NONE, Key::Tab);
    keys(&mut window, Modifiers::NONE, Key::Tab);
    assert!(window.get_by_label("替换").is_focused());
}

#[test]
fn a_card_opens_its_draft_wherever_it_is_clicked_and_by_enter() {
    let desk = Desk::new();
    let card = "草稿青石镇人民政府2025年";
    for by_key in [false, true] {
        let mut window = desk.on_file();
        crate::desk::menu(&mut window, "返回开始页");
        if by_key {
            window.get_by_label(card).focus();
            window.run_steps(2);
            keys(&mut window, Modifiers::NONE, Key::Enter);
        } else {
            window.get_by_label(card).click();
            window.run_steps(4);
        }
        assert_eq!(open(&window).draft.report().year(), 2025, "{by_key}");
    }
}

#[test]
fn the_second_press_of_a_double_click_reaches_nothing_on_the_desk_that_opens_late() {
    let desk = Desk::new();
    let mut window = desk.on_file();
    crate::desk::menu(&mut window, "返回开始页");
    desk.stalls.set(true);
    window.get_by_label("草稿青石镇人民政府2025年").click();
    window.run_steps(1);
    assert!(state(&window).open.is_none());
    desk.go_on(usize::MAX);
    window.run_steps(1);
    let shown = open(&window).place;
    // Where a part of the report is to be chosen now.
    let part = window.get_all_by_label_contains("二、主动公开").next();
    part.unwrap().click();
    window.run_steps(1);
    assert_eq!(open(&window).place, shown);
    // A moment later it is meant.
    window.run_steps(4);
    let part = window.get_all_by_label_contains("二、主动公开").next();
    part.unwrap().click();
    window.run_steps(2);
    assert_ne!(open(&window).place, shown);
}

#[test]
fn the_caret_is_in_sight_after_a_long_paste() {
    let mut window = Desk::new().on_file();
    write(&mut window, "");
    let text = "公开工作按期完成，有关内容逐条核对，没有遗漏。\n".repeat(900);
    window.event(Event::Paste(text));
    window.run_steps(6);
    let ime = window.output().platform_output.ime.as_ref();
    let caret = ime.unwrap().cursor_rect;
    assert!(caret.top() > 100.0 && caret.bottom() < 730.0, "{caret:?}");
}

#[test]
fn the_caret_is_in_sight_after_a_long_paste_into_an_empty_text() {
    let fresh = crate::window::state(crate::window::report(2025, &[]), None);
    let mut window = crate::window::window(fresh, [1366.0, 768.0]);
    crate::window::keys(&mut window, Modifiers::NONE, Key::F6);
    let text = "公开工作按期完成，有关内容逐条核对，没有遗漏。\n".repeat(900);
    window.event(Event::Paste(text));
    window.run_steps(6);
    let page = window.get_by_role(egui::Role::MultilineTextInput).rect();
    assert!(page.top() < 0.0 && page.bottom() < 768.0, "{page:?}");
}
