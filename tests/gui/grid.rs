//! A statutory table filled in with keys, mouse and clipboard.

use egui::{Event, Key, Modifiers};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use nianbao::app::table::{CellMark, GridAction};
use nianbao::check::Level;
use nianbao::report::{Entry, Number};

use crate::table::{App, copied, harness, start, text};

const ROW: &str = "requests.new_received";

fn row(h: &Harness<'_, App>, columns: &[&str]) -> Vec<Option<String>> {
    let number = |column: &&str| h.state().number(&format!("{ROW}@{column}"));
    columns.iter().map(number).collect()
}

fn some(texts: &[&str]) -> Vec<Option<String>> {
    texts.iter().map(|text| Some((*text).to_owned())).collect()
}

const COLUMNS: [&str; 6] = [
    "natural_person",
    "commercial_enterprise",
    "research_institution",
    "public_welfare_org",
    "legal_service_org",
    "other_org",
];

#[test]
fn keys_of_one_frame_land_in_their_cells() {
    let mut h = start("requests", "requests.new_received@natural_person");
    text(&h, "12");
    h.key_press(Key::Tab);
    text(&h, "3");
    h.key_press(Key::Tab);
    text(&h, "4");
    h.key_press(Key::Enter);
    text(&h, "5");
    h.key_press(Key::Enter);
    h.run();
    assert_eq!(row(&h, &COLUMNS[..3]), some(&["12", "3", "4"]));
    // Below the cell from which Tab went on.
    let below = "requests.carried_over@natural_person";
    assert_eq!(h.state().number(below).as_deref(), Some("5"));
    let label = "一、本年新收政府信息公开申请数量·总计";
    assert_eq!(h.get_by_label(label).value().as_deref(), Some("19"));
    assert_eq!(h.state().edits(), 4);
}

#[test]
fn a_cell_is_found_by_name_and_clicked() {
    let mut h = harness(App::new("requests"));
    h.run();
    let label = "一、本年新收政府信息公开申请数量·自然人";
    h.get_by_label(label).click();
    h.run();
    text(&h, "7");
    h.key_press(Key::Enter);
    h.run();
    assert_eq!(h.get_by_label(label).value().as_deref(), Some("7"));
    h.get_by_label("二、上年结转政府信息公开申请数量·科研机构")
        .click_accesskit();
    h.run();
    text(&h, "8");
    h.key_press(Key::Tab);
    h.run();
    let key = "requests.carried_over@research_institution";
    assert_eq!(h.state().number(key).as_deref(), Some("8"));
    h.get_by_label(label).set_text_value_accesskit("9");
    h.run();
    assert_eq!(row(&h, &COLUMNS[..1]), some(&["9"]));
}

#[test]
fn a_click_before_the_typed_text_in_one_frame_counts() {
    let mut h = start("requests", "requests.new_received@natural_person");
    text(&h, "1");
    h.get_by_label("二、上年结转政府信息公开申请数量·自然人")
        .click();
    text(&h, "2");
    h.key_press(Key::Enter);
    h.run();
    assert_eq!(row(&h, &COLUMNS[..1]), some(&["1"]));
    let below = "requests.carried_over@natural_person";
    assert_eq!(h.state().number(below).as_deref(), Some("2"));
}

#[test]
fn tab_skips_totals_and_leaves_at_the_end() {
    let mut h = start("review_litigation", "review_litigation@review.unfinished");
    text(&h, "1");
    h.key_press(Key::Tab);
    text(&h, "2");
    h.key_press_modifiers(Modifiers::SHIFT, Key::Tab);
    text(&h, "3");
    h.key_press(Key::Tab);
    h.run();
    assert_eq!(
        h.state()
            .number("review_litigation@review.unfinished")
            .as_deref(),
        Some("3")
    );
    let next = "review_litigation@litigation_direct.maintain";
    assert_eq!(h.state().number(next).as_deref(), Some("2"));
    h.key_press(Key::End);
    h.key_press(Key::ArrowLeft);
    text(&h, "5");
    h.key_press(Key::Tab);
    h.run();
    assert_eq!(h.state().actions.last(), Some(&GridAction::LeaveForward));
    h.key_press(Key::Home);
    h.key_press_modifiers(Modifiers::SHIFT, Key::Tab);
    h.run();
    assert_eq!(h.state().actions.last(), Some(&GridAction::LeaveBackward));
    h.key_press(Key::End);
    text(&h, "5");
    h.run();
    assert_eq!(h.state().notices(), ["合计自动计算，不用填"]);
}

#[test]
fn arrows_end_typing_but_move_the_caret_after_f2() {
    let mut h = start("requests", "requests.new_received@natural_person");
    text(&h, "15");
    h.key_press(Key::ArrowRight);
    h.key_press(Key::ArrowLeft);
    h.key_press(Key::F2);
    h.key_press(Key::ArrowLeft);
    text(&h, "0");
    h.key_press(Key::Enter);
    h.run();
    assert_eq!(row(&h, &COLUMNS[..1]), some(&["105"]));
    h.key_press(Key::ArrowUp);
    text(&h, "9");
    h.key_press(Key::Escape);
    h.key_press(Key::ArrowDown);
    h.run();
    assert_eq!(row(&h, &COLUMNS[..1]), some(&["105"]));
}

#[test]
fn a_decimal_is_typed_key_by_key() {
    let mut h = start("proactive", "proactive.fees@amount");
    for c in "435.532".chars() {
        text(&h, &c.to_string());
        h.run();
    }
    let label = h.state().draft.report().edition();
    let label = label
        .field(h.state().id("proactive.fees@amount"))
        .label
        .clone();
    assert_eq!(h.get_by_label(&label).value().as_deref(), Some("435.532"));
    assert_eq!(h.state().edits(), 0);
    h.key_press(Key::Enter);
    h.run();
    let value = h.state().number("proactive.fees@amount");
    assert_eq!(value.as_deref(), Some("435.532"));
}

#[test]
fn full_width_digits_are_digits_and_other_texts_are_kept() {
    let mut h = start("requests", "requests.new_received@natural_person");
    text(&h, "１２");
    h.key_press(Key::Tab);
    text(&h, "3（含1）");
    h.key_press(Key::Tab);
    h.run();
    assert_eq!(row(&h, &COLUMNS[..1]), some(&["12"]));
    let kept = h
        .state()
        .entry("requests.new_received@commercial_enterprise");
    assert_eq!(kept, Entry::Unreadable("3（含1）".to_owned()));
    let label = "一、本年新收政府信息公开申请数量·法人或其他组织·商业企业";
    let node = h.query_by_label_contains("一、本年新收政府信息公开申请数量·商业企业");
    let node = node.or_else(|| h.query_by_label(label)).unwrap();
    assert_eq!(node.value().as_deref(), Some("3（含1）"));
}

#[test]
fn delete_makes_blank_and_undo_passes_through() {
    let mut app = App::new("requests");
    app.put("requests.new_received@natural_person", "0");
    app.focus = Some(app.id("requests.new_received@natural_person"));
    let mut h = harness(app);
    h.run();
    h.key_press(Key::Delete);
    h.run();
    let key = "requests.new_received@natural_person";
    assert_eq!(h.state().entry(key), Entry::Blank);
    h.key_press_modifiers(Modifiers::COMMAND, Key::Z);
    h.run();
    assert_eq!(h.state().entry(key), Entry::Number(Number::ZERO));
    h.key_press_modifiers(Modifiers::COMMAND, Key::Y);
    h.run();
    assert_eq!(h.state().entry(key), Entry::Blank);
    text(&h, "5");
    h.key_press_modifiers(Modifiers::COMMAND, Key::Z);
    h.run();
    assert!(!h.state().grid.is_editing());
    assert_eq!(h.state().entry(key), Entry::Blank);
}

#[test]
fn changes_of_one_frame_see_each_other() {
    let mut h = start("requests", "requests.new_received@natural_person");
    text(&h, "5");
    h.key_press(Key::Enter);
    h.key_press(Key::ArrowUp);
    h.key_press(Key::Delete);
    h.run();
    assert_eq!(row(&h, &COLUMNS[..1]), [None]);
    assert_eq!(h.state().edits(), 2);
}

#[test]
fn what_stays_the_same_is_no_step() {
    let mut h = start("requests", "requests.new_received@natural_person");
    h.key_press(Key::F2);
    h.key_press(Key::Enter);
    h.key_press(Key::ArrowUp);
    text(&h, "1");
    h.key_press(Key::Backspace);
    h.key_press(Key::Enter);
    h.run();
    assert_eq!(h.state().edits(), 0);
}

#[test]
fn losing_the_focus_keeps_what_was_typed() {
    let mut h = start("requests", "requests.new_received@natural_person");
    text(&h, "42");
    h.run();
    h.get_by_role(egui::accesskit::Role::TextInput).click();
    h.run();
    assert_eq!(row(&h, &COLUMNS[..1]), some(&["42"]));
    h.state_mut().focus = Some(h.state().id("requests.new_received@natural_person"));
    h.run();
    text(&h, "43");
    h.run();
    h.get_by_role(egui::accesskit::Role::TextInput).focus();
    h.run();
    assert_eq!(row(&h, &COLUMNS[..1]), some(&["43"]));
}

#[test]
fn a_block_is_pasted_past_totals_as_one_step() {
    let mut h = start("requests", "requests.new_received@natural_person");
    let block = "1\t2\t3\t4\t5\t6\t99\r\n1,200\t0\t\t１\t0\t0\t7\t8\r\n";
    h.event(Event::Paste(block.to_owned()));
    h.run();
    assert_eq!(row(&h, &COLUMNS), some(&["1", "2", "3", "4", "5", "6"]));
    let total = h.state().entry("requests.new_received@total");
    assert_eq!(total, Entry::Blank);
    let below = h.state().number("requests.carried_over@natural_person");
    assert_eq!(below.as_deref(), Some("1200"));
    assert_eq!(h.state().edits(), 1);
    let notice = "粘贴的内容超出表格，有1格没有填入：8；粘贴的合计与算出的不同，没有采用：";
    let notices = h.state().notices();
    assert!(notices[0].starts_with(notice), "{notices:?}");
    h.key_press_modifiers(Modifiers::COMMAND, Key::Z);
    h.run();
    assert!(h.state().draft.report().is_blank());
}

#[test]
fn labels_that_come_along_are_dropped() {
    let mut h = start("requests", "requests.new_received@natural_person");
    let block = "申请人情况\t\t\n\t自然人\t商业企业\n\
                 一、本年新收政府信息公开申请数量\t1\t2\n\
                 二、上年结转政府信息公开申请数量\t3\t4\n";
    h.event(Event::Paste(block.to_owned()));
    h.run();
    assert_eq!(row(&h, &COLUMNS[..2]), some(&["1", "2"]));
    let below = h
        .state()
        .number("requests.carried_over@commercial_enterprise");
    assert_eq!(below.as_deref(), Some("4"));
    assert_eq!(h.state().notices(), ["已粘贴4格"]);
}

#[test]
fn a_range_is_filled_copied_and_cut() {
    let mut h = start("requests", "requests.new_received@legal_service_org");
    h.key_press_modifiers(Modifiers::SHIFT, Key::ArrowRight);
    h.key_press_modifiers(Modifiers::SHIFT, Key::ArrowRight);
    h.key_press_modifiers(Modifiers::SHIFT, Key::ArrowDown);
    h.event(Event::Paste("0".to_owned()));
    h.run();
    assert_eq!(row(&h, &COLUMNS[4..]), some(&["0", "0"]));
    h.event(Event::Copy);
    h.step();
    assert_eq!(copied(&h).as_deref(), Some("0\t0\t0\r\n0\t0\t0"));
    h.event(Event::Cut);
    h.run();
    assert!(h.state().draft.report().is_blank());
    assert_eq!(h.state().edits(), 2);
}

#[test]
fn a_drag_selects_a_rectangle() {
    let mut h = harness(App::new("requests"));
    h.run();
    let from = h
        .get_by_label("一、本年新收政府信息公开申请数量·自然人")
        .rect()
        .center();
    let to = h
        .get_by_label("二、上年结转政府信息公开申请数量·科研机构")
        .rect()
        .center();
    h.drag_at(from);
    h.step();
    h.hover_at(from + (to - from) * 0.5);
    h.step();
    h.hover_at(to);
    h.step();
    h.drop_at(to);
    h.run();
    h.event(Event::Paste("1".to_owned()));
    h.run();
    assert_eq!(row(&h, &COLUMNS[..4])[..3], some(&["1", "1", "1"]));
    assert_eq!(row(&h, &COLUMNS[3..4]), [None]);
    let below = h
        .state()
        .number("requests.carried_over@research_institution");
    assert_eq!(below.as_deref(), Some("1"));
    h.key_press_modifiers(Modifiers::COMMAND, Key::A);
    h.event(Event::Copy);
    h.step();
    assert_eq!(copied(&h).map(|text| text.lines().count()), Some(25));
}

#[test]
fn the_last_row_is_scrolled_into_view() {
    let mut h = start("requests", "requests.new_received@natural_person");
    h.key_press_modifiers(Modifiers::COMMAND, Key::End);
    h.run();
    let rect = h.get_by_label("四、结转下年度继续办理·总计").rect();
    assert!(rect.bottom() <= 700.0, "{rect}");
}

#[test]
fn headings_select_rows_and_columns() {
    let mut h = harness(App::new("requests"));
    h.run();
    let cell = h
        .get_by_label("一、本年新收政府信息公开申请数量·自然人")
        .rect();
    let click = |h: &mut Harness<'_, App>, pos: egui::Pos2| {
        h.drag_at(pos);
        h.step();
        h.drop_at(pos);
        h.run();
    };
    click(&mut h, egui::pos2(cell.left() - 20.0, cell.center().y));
    h.event(Event::Paste("1".to_owned()));
    h.run();
    assert_eq!(row(&h, &COLUMNS), some(&["1"; 6]));
    click(&mut h, egui::pos2(cell.center().x, cell.top() - 10.0));
    h.event(Event::Copy);
    h.step();
    assert_eq!(copied(&h).map(|text| text.split("\r\n").count()), Some(25));
    assert_eq!(h.state().edits(), 1);
}

#[test]
fn a_stated_total_that_differs_is_shown_as_stated_and_can_be_cleared() {
    let mut app = App::new("requests");
    app.put("requests.new_received@natural_person", "3");
    app.put("requests.new_received@total", "5");
    let total = app.id("requests.new_received@total");
    let mark = CellMark {
        level: Level::Error,
        says: vec!["合计应为3，填报为5"],
    };
    app.marks.insert(total, mark);
    app.focus = Some(total);
    let mut h = harness(app);
    h.run();
    let label = "一、本年新收政府信息公开申请数量·总计";
    assert_eq!(h.get_by_label(label).value().as_deref(), Some("5"));
    h.key_press(Key::Delete);
    h.run();
    assert_eq!(h.get_by_label(label).value().as_deref(), Some("3"));
    h.key_press(Key::Delete);
    h.run();
    assert_eq!(h.state().notices(), ["合计自动计算，不用填"]);
}

/// Presses the right button on a cell and chooses a line of the menu; what that copies.
fn choose(h: &mut Harness<'_, App>, cell: &str, line: &str) -> Option<String> {
    h.get_by_label(cell).click_secondary();
    h.run();
    h.get_by_label_contains(line).click();
    let mut taken = None;
    for _ in 0..4 {
        h.step();
        taken = taken.or_else(|| copied(h));
    }
    taken
}

#[test]
fn the_right_button_offers_what_the_keys_do() {
    let mut h = start("requests", "requests.new_received@natural_person");
    for number in ["12", "3"] {
        text(&h, number);
        h.key_press(Key::Tab);
    }
    h.run();
    let cell = "一、本年新收政府信息公开申请数量·自然人";
    let beside = "一、本年新收政府信息公开申请数量·商业企业";
    assert_eq!(choose(&mut h, cell, "复制").as_deref(), Some("12"));
    // A selection stays as it is when the button is pressed in it, and goes when it is pressed elsewhere.
    h.key_press_modifiers(Modifiers::SHIFT, Key::ArrowRight);
    h.run();
    assert_eq!(choose(&mut h, beside, "复制").as_deref(), Some("12\t3"));
    choose(&mut h, "二、上年结转政府信息公开申请数量·自然人", "粘贴");
    h.event(Event::Paste("4\t5".to_owned()));
    h.run();
    let below = |h: &Harness<'_, App>, column: &str| {
        h.state().number(&format!("requests.carried_over@{column}"))
    };
    assert_eq!(below(&h, "natural_person").as_deref(), Some("4"));
    assert_eq!(below(&h, "commercial_enterprise").as_deref(), Some("5"));
    choose(&mut h, beside, "清空");
    assert_eq!(row(&h, &COLUMNS[..2]), [Some("12".to_owned()), None]);
    // The keyboard is the table's again.
    text(&h, "7");
    h.key_press(Key::Enter);
    h.run();
    assert_eq!(row(&h, &COLUMNS[..2]), some(&["12", "7"]));
    choose(&mut h, beside, "其余填0");
    assert_eq!(row(&h, &COLUMNS[2..3]), some(&["0"]));
}

#[test]
fn a_cell_is_two_triangles_and_not_ten() {
    let h = start("requests", "requests.new_received@natural_person");
    let mut shapes: Vec<_> = h.output().shapes.iter().map(|one| &one.shape).collect();
    let (mut quads, mut rounded) = (0, 0);
    while let Some(shape) = shapes.pop() {
        match shape {
            egui::Shape::Vec(all) => shapes.extend(all),
            egui::Shape::Mesh(mesh) if mesh.indices.len() == 6 => quads += 1,
            egui::Shape::Rect(rect) if rect.fill != egui::Color32::TRANSPARENT => rounded += 1,
            _ => {}
        }
    }
    // Every square and its four edges.
    assert!(
        quads > 500 && rounded < 20,
        "{quads} quads, {rounded} others"
    );
}
