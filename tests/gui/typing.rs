//! What is typed stands, whatever comes next and wherever the mouse was before.
#![expect(clippy::unwrap_used, reason = "the helpers of a test may fail it")]

use egui::{Event, Key, Modifiers, PointerButton, Pos2, pos2};
use egui_kittest::kittest::Queryable as _;
use nianbao::app::{FileAnswer, PartId};
use nianbao::report::{Edit, Entry, Report};

use crate::window::{Window, app, keys, number, open, press, report, state, window};
use crate::window::{full_report, window_answering};

const SIZE: [f32; 2] = [1366.0, 768.0];
const FIRST: &str = "proactive.regulations@made";
const SECOND: &str = "proactive.regulations@repealed";

/// A press and a release of the mouse, and what is typed behind them, all in one frame.
fn click_and_type(window: &mut Window, pos: Pos2, text: &str) {
    let button = |pressed| Event::PointerButton {
        pos,
        button: PointerButton::Primary,
        pressed,
        modifiers: Modifiers::NONE,
    };
    let mut events = vec![Event::PointerMoved(pos), button(true), button(false)];
    if !text.is_empty() {
        events.push(Event::Text(text.to_owned()));
    }
    for event in events {
        // Without a step between them.
        window.input_mut().events.push(event);
    }
    window.run_steps(10);
}

/// Where the first of these lies; the parts in the outline come before all else.
fn place_of(window: &Window, label: &str) -> Pos2 {
    let mut nodes = window.query_all_by_label_contains(label);
    nodes.next().unwrap().rect().center()
}

fn types(window: &mut Window, text: &str) {
    window.event(Event::Text(text.to_owned()));
    window.run_steps(3);
}

fn to_table_two(window: &mut Window) {
    let pos = place_of(window, "二、主动公开政府信息情况，");
    click_and_type(window, pos, "");
}

fn with_texts(texts: &[(&str, &str)]) -> Report {
    let mut report = full_report(2025, &[]);
    for (key, text) in texts {
        let id = report.edition().find(key).unwrap();
        report.apply(Edit::Enter(id, Entry::Text((*text).to_owned())));
    }
    report
}

fn text(window: &Window, key: &str) -> String {
    let report = open(window).draft.report();
    report.text(report.edition().find(key).unwrap()).to_owned()
}

#[test]
fn what_is_typed_in_a_cell_stands_when_the_mouse_fills_the_others_with_zeros() {
    for button in ["其余填0", "这10格填0"] {
        let mut window = window(state(report(2025, &[]), None), SIZE);
        to_table_two(&mut window);
        types(&mut window, "5");
        let pos = place_of(&window, button);
        click_and_type(&mut window, pos, "");
        assert_eq!(number(&window, FIRST).as_deref(), Some("5"), "{button}");
        assert_eq!(number(&window, SECOND).as_deref(), Some("0"), "{button}");
        keys(&mut window, Modifiers::COMMAND, Key::Z);
        assert_eq!(number(&window, FIRST).as_deref(), Some("5"), "{button}");
        assert_eq!(number(&window, SECOND), None, "{button}");
        keys(&mut window, Modifiers::COMMAND, Key::Z);
        assert_eq!(number(&window, FIRST), None, "{button}");
    }
}

#[test]
fn what_is_typed_in_a_cell_stands_when_the_others_selected_are_filled() {
    let mut window = window(state(report(2025, &[]), None), SIZE);
    to_table_two(&mut window);
    keys(&mut window, Modifiers::SHIFT, Key::ArrowRight);
    types(&mut window, "5");
    let pos = place_of(&window, "所选其余填0");
    click_and_type(&mut window, pos, "");
    assert_eq!(number(&window, FIRST).as_deref(), Some("5"));
    assert_eq!(number(&window, SECOND).as_deref(), Some("0"));
}

/// A way to leave a cell.
type Way = fn(&mut Window);

#[test]
fn what_is_typed_in_a_cell_is_kept_by_every_way_to_leave_it() {
    let ways: [(&str, Way); 6] = [
        ("another part", |window| {
            let pos = place_of(window, "四、");
            click_and_type(window, pos, "");
        }),
        ("a press by an assistive program", |window| {
            window.get_by_label("其余填0").click_accesskit();
            window.run_steps(4);
        }),
        ("a menu", |window| {
            press(window, "文件");
            keys(window, Modifiers::NONE, Key::Escape);
        }),
        ("a dialog", |window| {
            keys(window, Modifiers::COMMAND, Key::N);
        }),
        ("the pages", |window| keys(window, Modifiers::NONE, Key::F8)),
        ("a file that is dropped", |window| {
            let file = std::sync::Arc::new(crate::intake::Dropped("没有这个文件.txt".into()));
            window.input_mut().dropped_files.push(file);
            window.run_steps(10);
        }),
    ];
    for (way, go) in ways {
        let mut window = window(state(report(2025, &[]), None), SIZE);
        to_table_two(&mut window);
        types(&mut window, "5");
        go(&mut window);
        assert_eq!(number(&window, FIRST).as_deref(), Some("5"), "{way}");
    }
}

#[test]
fn typing_after_tab_out_of_a_table_lands_in_the_next_part() {
    let mut window = window(state(full_report(2025, &[]), None), SIZE);
    open_part(&mut window, "四、");
    keys(&mut window, Modifiers::COMMAND, Key::End);
    let last = text(&window, "problems");
    let tab = |pressed| Event::Key {
        key: Key::Tab,
        physical_key: None,
        pressed,
        repeat: false,
        modifiers: Modifiers::NONE,
    };
    for event in [tab(true), tab(false), Event::Text("甲".to_owned())] {
        window.input_mut().events.push(event);
    }
    window.run_steps(10);
    assert_eq!(text(&window, "problems"), format!("{last}甲"));
}

fn open_part(window: &mut Window, label: &str) {
    let pos = place_of(window, label);
    click_and_type(window, pos, "");
}

#[test]
fn a_click_anywhere_on_a_page_of_text_places_the_caret() {
    let report = with_texts(&[("overview", "第一段。\n第二段。")]);
    let mut window = window(state(report, None), SIZE);
    open_part(&mut window, "一、总体情况");
    let page = window
        .get_by_role(egui::accesskit::Role::MultilineTextInput)
        .rect();
    let below = page.center_bottom();
    let text_line = |line: f32| page.top() + 8.0 + line * 28.0;
    let places = [
        (
            "the foot of the page",
            pos2(below.x, below.y - 20.0),
            "第一段。\n第二段。甲",
        ),
        (
            "the count of words",
            pos2(page.left() + 20.0, page.bottom() + 12.0),
            "第一段。\n第二段。甲",
        ),
        (
            "left of the first line",
            pos2(page.left() - 20.0, text_line(0.5)),
            "甲第一段。\n第二段。",
        ),
        (
            "right of the first line",
            pos2(page.right() + 20.0, text_line(0.5)),
            "第一段。甲\n第二段。",
        ),
        (
            "far left of the second line",
            pos2(page.left() - 40.0, text_line(1.5)),
            "第一段。\n甲第二段。",
        ),
    ];
    for (place, pos, expected) in places {
        click_and_type(&mut window, pos, "甲");
        assert_eq!(text(&window, "overview"), expected, "{place}");
        keys(&mut window, Modifiers::COMMAND, Key::Z);
        assert_eq!(text(&window, "overview"), "第一段。\n第二段。", "{place}");
    }
}

#[test]
fn whatever_part_is_clicked_takes_what_is_typed_at_once() {
    let mut window = window(state(report(2025, &[]), None), SIZE);
    let parts = [
        ("三、收到", "requests.new_received@natural_person"),
        ("四、", "review_litigation@review.maintain"),
        ("二、主动公开政府信息情况，", FIRST),
    ];
    for (label, cell) in parts {
        let pos = place_of(&window, label);
        click_and_type(&mut window, pos, "7");
        keys(&mut window, Modifiers::NONE, Key::Enter);
        assert_eq!(number(&window, cell).as_deref(), Some("7"), "{label}");
    }
    for (label, section) in [("五、", "problems"), ("六、", "other_matters")] {
        let pos = place_of(&window, label);
        click_and_type(&mut window, pos, "甲");
        assert_eq!(text(&window, section), "甲", "{label}");
    }
    let pos = place_of(&window, "封面信息");
    click_and_type(&mut window, pos, "局");
    assert_eq!(open(&window).draft.report().issuer(), "青石镇人民政府局");
    // The table is found as it was left: the cell below the one that was filled.
    let pos = place_of(&window, "二、主动公开政府信息情况，");
    click_and_type(&mut window, pos, "8");
    keys(&mut window, Modifiers::NONE, Key::Enter);
    assert_eq!(number(&window, FIRST).as_deref(), Some("7"));
    assert_eq!(
        number(&window, "proactive.normative_documents@made").as_deref(),
        Some("8")
    );
}

#[test]
fn a_click_on_nothing_leaves_the_keyboard_with_the_report() {
    let mut window = window(state(full_report(2025, &[]), None), SIZE);
    to_table_two(&mut window);
    for pos in [
        // The status bar, the ground of the findings, the outline below its parts, the menu bar.
        pos2(700.0, 760.0),
        pos2(1340.0, 735.0),
        pos2(100.0, 735.0),
        pos2(900.0, 10.0),
    ] {
        click_and_type(&mut window, pos, "9");
        keys(&mut window, Modifiers::NONE, Key::Enter);
        keys(&mut window, Modifiers::COMMAND, Key::Home);
        assert_eq!(number(&window, FIRST).as_deref(), Some("9"), "{pos:?}");
        keys(&mut window, Modifiers::COMMAND, Key::Z);
        keys(&mut window, Modifiers::COMMAND, Key::Home);
    }
}

#[test]
fn text_typed_on_a_button_goes_to_the_report() {
    let mut window = window(state(report(2025, &[]), None), SIZE);
    open_part(&mut window, "五、");
    keys(&mut window, Modifiers::SHIFT, Key::Tab);
    assert!(window.ctx.memory(egui::Memory::focused).is_some());
    types(&mut window, "甲");
    window.run_steps(8);
    assert_eq!(text(&window, "problems"), "甲");
}

#[test]
fn what_is_typed_after_a_dialog_goes_to_the_report() {
    let mut window = window(state(report(2025, &[]), None), SIZE);
    to_table_two(&mut window);
    for command in [Key::N, Key::P] {
        // A dialog that the mouse opens and closes.
        window.key_press_modifiers(Modifiers::COMMAND | Modifiers::SHIFT, command);
        window.run_steps(4);
        if app(&window).dialog.is_some() {
            let pos = window.get_by_label("取消").rect().center();
            click_and_type(&mut window, pos, "");
        }
    }
    press(&mut window, "帮助");
    let pos = place_of(&window, "关于");
    click_and_type(&mut window, pos, "");
    let pos = window.get_by_label("关闭").rect().center();
    click_and_type(&mut window, pos, "4");
    keys(&mut window, Modifiers::NONE, Key::Enter);
    assert_eq!(number(&window, FIRST).as_deref(), Some("4"));
}

#[test]
fn a_draft_just_opened_takes_what_is_typed_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("青石镇.nianbao");
    let draft = nianbao::report::Draft::new(report(2025, &[]));
    nianbao::store::save(&draft, &path).unwrap();
    let answers = vec![FileAnswer::Chosen(path)];
    let mut window = window_answering(nianbao::app::State::default(), SIZE, answers);
    keys(&mut window, Modifiers::COMMAND, Key::O);
    window.run_steps(12);
    assert_eq!(open(&window).place, PartId::Section(0));
    types(&mut window, "甲");
    window.run_steps(4);
    let first = open(&window).section().unwrap().id.clone();
    assert_eq!(text(&window, &first), "甲");
}

#[test]
fn a_finding_leads_to_its_place_and_takes_what_is_typed() {
    let mut window = window(state(report(2025, &[]), None), SIZE);
    let finding = window
        .query_all_by_label_contains("二、主动公开政府信息情况：有")
        .next()
        .unwrap()
        .rect();
    click_and_type(&mut window, finding.center(), "6");
    keys(&mut window, Modifiers::NONE, Key::Enter);
    assert_eq!(number(&window, FIRST).as_deref(), Some("6"));
}

#[test]
fn an_explanation_that_is_begun_takes_what_is_typed() {
    let mut window = window(state(full_report(2025, &[]), None), SIZE);
    let pos = place_of(&window, "写说明");
    click_and_type(&mut window, pos, "查过");
    // The text box and the runs of its text.
    let mut boxes = window.query_all_by_value("查过");
    assert!(boxes.next().is_some(), "the box holds it");
}

#[test]
fn a_prior_of_another_year_proposes_nothing_and_says_so() {
    let prior = full_report(2022, &[("requests.carried_forward@natural_person", 3)]);
    for (year, proposes) in [(2023, true), (2024, false)] {
        let mut window = window(state(report(year, &[]), Some(prior.clone())), SIZE);
        open_part(&mut window, "三、收到");
        let offered = window.query_all_by_label_contains("由上年度报告推得");
        assert_eq!(offered.count() > 0, proposes, "{year}");
        assert_eq!(
            window.query_by_label("上年数").is_some(),
            proposes,
            "{year}"
        );
        open_part(&mut window, "封面信息");
        let said =
            window.query_all_by_label_contains("上年度报告是2022年的，应为2023年的，不由它推算");
        assert_eq!(said.count() > 0, !proposes, "{year}");
    }
}

#[test]
fn a_total_and_its_cell_are_of_one_frame() {
    let mut window = window(state(full_report(2025, &[]), None), SIZE);
    let edition = open(&window).draft.report().edition().clone();
    let field = |key: &str| edition.field(edition.find(key).unwrap()).label.clone();
    let cell = field("requests.new_received@commercial_enterprise");
    let total = field("requests.new_received@total");
    let pos = place_of(&window, "三、收到和处理政府信息公开申请情况，");
    click_and_type(&mut window, pos, "");
    let pos = window.get_by_label(&cell).rect().center();
    click_and_type(&mut window, pos, "");
    let before = window.get_by_label(&total).value().unwrap();
    types(&mut window, "5");
    window.key_press(Key::Enter);
    let mut seen = false;
    for _ in 0..10 {
        window.step();
        let value = window.get_by_label(&cell).value().unwrap_or_default();
        let sum = window.get_by_label(&total).value().unwrap();
        let entered =
            number(&window, "requests.new_received@commercial_enterprise").as_deref() == Some("5");
        assert_eq!(entered, sum != before, "{value} {sum}");
        seen |= entered;
    }
    assert!(seen);
}
