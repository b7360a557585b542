//! Blocks and ranges in a table: what is pasted with and without labels, what fills many cells.

use egui::{Event, Key, Modifiers};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use nianbao::form::SquareContent;

use crate::table::{App, copied, harness, start, text};

fn paste(h: &mut Harness<'_, App>, block: &str) {
    h.event(Event::Paste(block.to_owned()));
    h.run();
}

fn number(h: &Harness<'_, App>, key: &str) -> String {
    h.state().number(key).unwrap_or_default()
}

const FIRST: &str = "requests.new_received@natural_person";

#[test]
fn labelled_rows_find_their_lines_wherever_the_cursor_stands() {
    let mut h = start(
        "requests",
        "requests.results.not_processed.repeat@other_org",
    );
    let block = "（六）其他处理\t3.其他\t1\t2\t3\t4\t5\t6\t21\n\
                 四、结转下年度 继续办理\t\t7\t0\t0\t0\t0\t0\t7\n\
                 五、不认得的行\t\t9\t9\t9\t9\t9\t9\t54\n";
    paste(&mut h, block);
    assert_eq!(
        number(&h, "requests.results.other.other_reasons@natural_person"),
        "1"
    );
    assert_eq!(
        number(&h, "requests.results.other.other_reasons@other_org"),
        "6"
    );
    assert_eq!(number(&h, "requests.carried_forward@natural_person"), "7");
    assert_eq!(h.state().edits(), 1);
    assert_eq!(
        h.state().notices(),
        ["表中没有这些行，没有填入：五、不认得的行"]
    );
}

/// The printed table as a browser puts it on the clipboard, with these figures.
fn printed(h: &Harness<'_, App>, section: &str) -> String {
    let edition = h.state().draft.report().edition().clone();
    let (_, table) = edition
        .tables()
        .find(|(found, _)| found.id == section)
        .unwrap();
    let grid = &table.grid;
    let row = |row: usize| {
        let cells = (0..grid.columns).map(|column| match grid.at(row, column) {
            Some(square) if (square.row, square.column) == (row, column) => match &square.content {
                SquareContent::Head(label) | SquareContent::Label(label) => label.clone(),
                SquareContent::Value(_) => (row % 7).to_string(),
            },
            _ => String::new(),
        });
        cells.collect::<Vec<_>>().join("\t")
    };
    (0..grid.rows).map(row).collect::<Vec<_>>().join("\r\n")
}

#[test]
fn a_whole_table_with_heads_labels_and_totals_is_pasted_into_its_cells() {
    for section in ["requests", "review_litigation", "proactive"] {
        let mut h = harness(App::new(section));
        h.run();
        let edition = h.state().draft.report().edition().clone();
        let (_, table) = edition
            .tables()
            .find(|(found, _)| found.id == section)
            .expect("a table");
        h.state_mut().focus = table.fields().next();
        h.run();
        let block = printed(&h, section);
        paste(&mut h, &block);
        for line in &table.lines {
            for &id in &line.fields {
                if !edition.field(id).is_total() {
                    let entry = h.state().draft.report().entry(id).clone();
                    let wanted = (line.grid_row % 7).to_string();
                    assert_eq!(entry.shown(), wanted, "{}", edition.field(id).key);
                }
            }
        }
        assert_eq!(h.state().edits(), 1);
    }
}

#[test]
fn a_block_without_totals_steps_over_them() {
    let mut h = start("requests", FIRST);
    let rows: Vec<_> = (0..24).map(|row| format!("{row}\t0\t0\t0\t0\t0")).collect();
    paste(&mut h, &rows.join("\n"));
    assert_eq!(number(&h, "requests.carried_forward@natural_person"), "23");
    assert_eq!(
        number(&h, "requests.results.other.other_reasons@natural_person"),
        "22"
    );
    assert_eq!(h.state().notices(), ["已粘贴144格"]);

    let mut h = start("review_litigation", "review_litigation@review.maintain");
    paste(&mut h, "1\t2\t3\t4\t5\t6\t7\t8\t9\t10\t11\t12");
    assert_eq!(
        number(&h, "review_litigation@litigation_direct.maintain"),
        "5"
    );
    assert_eq!(
        number(&h, "review_litigation@litigation_post_review.unfinished"),
        "12"
    );
}

#[test]
fn columns_are_found_by_their_headings() {
    let mut h = start("requests", FIRST);
    paste(&mut h, "其他\t自然人\n6\t1\n");
    assert_eq!(number(&h, FIRST), "1");
    assert_eq!(number(&h, "requests.new_received@other_org"), "6");
}

#[test]
fn a_ragged_block_leaves_alone_what_it_does_not_reach_and_says_what_is_no_number() {
    let mut h = start("requests", FIRST);
    h.state_mut()
        .put("requests.carried_over@research_institution", "8");
    paste(&mut h, "1\t2\t3\n4\t暂无\n5\n");
    assert_eq!(number(&h, "requests.carried_over@natural_person"), "4");
    assert_eq!(
        number(&h, "requests.carried_over@research_institution"),
        "8"
    );
    assert_eq!(number(&h, "requests.results.granted@natural_person"), "5");
    assert_eq!(h.state().notices(), ["有1格不是数字，照原样填入"]);
    let kept = h
        .state()
        .entry("requests.carried_over@commercial_enterprise");
    assert_eq!(kept.shown(), "暂无");
}

#[test]
fn what_does_not_fit_is_named() {
    let mut h = start("requests", "requests.carried_forward@other_org");
    paste(&mut h, "1\t1\t33\n44\n");
    assert_eq!(
        h.state().notices(),
        ["粘贴的内容超出表格，有2格没有填入：33、44"]
    );
}

#[test]
fn one_value_fills_a_range_as_one_step() {
    let mut h = start("requests", FIRST);
    for key in [Key::ArrowRight, Key::ArrowRight, Key::ArrowDown] {
        h.key_press_modifiers(Modifiers::SHIFT, key);
    }
    text(&h, "4");
    h.key_press_modifiers(Modifiers::COMMAND, Key::Enter);
    h.run();
    for row in ["new_received", "carried_over"] {
        for column in [
            "natural_person",
            "commercial_enterprise",
            "research_institution",
        ] {
            assert_eq!(number(&h, &format!("requests.{row}@{column}")), "4");
        }
    }
    h.key_press_modifiers(Modifiers::COMMAND, Key::Z);
    h.run();
    assert!(h.state().draft.report().is_blank());
}

#[test]
fn enter_goes_round_in_a_selection_column_by_column_and_tab_row_by_row() {
    let mut h = start("requests", FIRST);
    h.key_press_modifiers(Modifiers::SHIFT, Key::ArrowRight);
    h.key_press_modifiers(Modifiers::SHIFT, Key::ArrowDown);
    for figure in ["1", "2", "3", "4", "5"] {
        text(&h, figure);
        h.key_press(Key::Enter);
    }
    h.run();
    let cells = |h: &Harness<'_, App>| {
        ["new_received", "carried_over"].map(|row| {
            ["natural_person", "commercial_enterprise"]
                .map(|column| number(h, &format!("requests.{row}@{column}")))
        })
    };
    assert_eq!(cells(&h), [["5", "3"], ["2", "4"]]);
    h.key_press_modifiers(Modifiers::SHIFT, Key::Enter);
    for figure in ["6", "7"] {
        text(&h, figure);
        h.key_press(Key::Tab);
    }
    h.key_press_modifiers(Modifiers::SHIFT, Key::Tab);
    h.event(Event::Copy);
    h.run();
    assert_eq!(cells(&h), [["6", "7"], ["2", "4"]]);
    text(&h, "8");
    h.key_press_modifiers(Modifiers::COMMAND, Key::Enter);
    h.run();
    assert_eq!(cells(&h), [["8", "8"], ["8", "8"]]);
    h.key_press(Key::ArrowDown);
    text(&h, "9");
    h.key_press(Key::Enter);
    h.run();
    assert_eq!(
        number(&h, "requests.carried_over@commercial_enterprise"),
        "9"
    );
}

#[test]
fn a_selection_that_begins_with_a_total_is_filled_all_the_same() {
    let mut h = start("requests", FIRST);
    h.key_press_modifiers(Modifiers::COMMAND, Key::ArrowRight);
    for _ in 0..2 {
        h.key_press_modifiers(Modifiers::SHIFT, Key::ArrowLeft);
    }
    text(&h, "6");
    h.key_press_modifiers(Modifiers::COMMAND, Key::Enter);
    h.run();
    assert_eq!(number(&h, "requests.new_received@legal_service_org"), "6");
    assert_eq!(number(&h, "requests.new_received@other_org"), "6");
    assert!(h.state().notices().is_empty());
}

#[test]
fn the_first_row_is_repeated_downwards_and_the_first_column_to_the_right() {
    let mut h = start("requests", FIRST);
    text(&h, "4");
    h.key_press(Key::Enter);
    h.key_press(Key::ArrowUp);
    h.key_press_modifiers(Modifiers::SHIFT, Key::ArrowDown);
    h.key_press_modifiers(Modifiers::COMMAND, Key::D);
    h.run();
    assert_eq!(number(&h, "requests.carried_over@natural_person"), "4");
    h.key_press_modifiers(Modifiers::SHIFT, Key::Space);
    h.key_press_modifiers(Modifiers::COMMAND, Key::R);
    h.run();
    assert_eq!(number(&h, "requests.carried_over@other_org"), "4");
}

#[test]
fn what_is_blank_in_a_range_is_filled_with_zeros() {
    let mut h = start("requests", FIRST);
    text(&h, "4");
    h.key_press(Key::Tab);
    h.key_press_modifiers(Modifiers::SHIFT, Key::Space);
    h.key_press(Key::F4);
    h.run();
    assert_eq!(number(&h, FIRST), "4");
    assert_eq!(number(&h, "requests.new_received@other_org"), "0");
    assert_eq!(number(&h, "requests.carried_over@other_org"), "");
    h.key_press(Key::ArrowDown);
    h.key_press(Key::F4);
    h.run();
    assert_eq!(number(&h, "requests.carried_forward@other_org"), "0");
    assert_eq!(number(&h, FIRST), "4");
}

#[test]
fn whole_rows_and_columns_are_selected_by_key_and_copied() {
    let mut h = start("requests", FIRST);
    text(&h, "4");
    h.key_press(Key::Tab);
    h.key_press_modifiers(Modifiers::SHIFT, Key::Space);
    h.event(Event::Copy);
    h.step();
    assert_eq!(copied(&h).as_deref(), Some("4\t\t\t\t\t\t4"));
    h.key_press(Key::Home);
    h.key_press_modifiers(Modifiers::COMMAND, Key::Space);
    h.event(Event::Copy);
    h.step();
    let lines = copied(&h).map(|text| text.split("\r\n").count());
    assert_eq!(lines, Some(25));
}

#[test]
fn a_double_click_edits_what_stands_in_the_cell() {
    let mut app = App::new("requests");
    app.put(FIRST, "12");
    let mut h = harness(app);
    h.run();
    let cell = h
        .get_by_label("一、本年新收政府信息公开申请数量·自然人")
        .rect()
        .center();
    for _ in 0..2 {
        h.drag_at(cell);
        h.step();
        h.drop_at(cell);
        h.step();
    }
    text(&h, "5");
    h.key_press(Key::Enter);
    h.run();
    assert_eq!(number(&h, FIRST), "125");
}

#[test]
fn full_width_digits_are_digits_while_they_are_typed() {
    let mut h = start("requests", FIRST);
    text(&h, "１");
    text(&h, "２");
    h.run();
    let cell = "一、本年新收政府信息公开申请数量·自然人";
    assert_eq!(h.get_by_label(cell).value().as_deref(), Some("12"));
    h.event(Event::Ime(egui::ImeEvent::Commit("３。５".to_owned())));
    h.run();
    assert_eq!(h.get_by_label(cell).value().as_deref(), Some("123.5"));
    h.key_press(Key::Escape);
    h.run();
    assert!(h.state().draft.report().is_blank());
}

#[test]
fn the_header_stays_in_sight_while_the_table_scrolls() {
    let mut h = start("requests", FIRST);
    let head = h.get_by_label("科研机构").rect();
    h.key_press_modifiers(Modifiers::COMMAND, Key::End);
    h.run();
    let cell = h.get_by_label("四、结转下年度继续办理·总计").rect();
    assert!(cell.bottom() <= 700.0);
    let still = h.get_by_label("科研机构").rect();
    assert!(still.top() >= 0.0 && still.bottom() < 200.0, "{still}");
    assert!((still.left() - head.left()).abs() < 1.0);
}

#[test]
fn a_cell_is_in_sight_where_the_header_has_no_room_to_stay() {
    let mut h = start("requests", FIRST);
    let height = 120.0;
    h.set_size(egui::vec2(1000.0, height));
    h.run();
    h.key_press_modifiers(Modifiers::COMMAND, Key::End);
    h.run();
    for label in [
        "四、结转下年度继续办理·总计",
        "三、本年度办理结果·（七）总计·总计",
        "（六）其他处理·3.其他·总计",
    ] {
        let cell = h.get_by_label(label).rect();
        assert!(
            cell.top() >= 0.0 && cell.bottom() <= height,
            "{label}: {cell}"
        );
        h.key_press(Key::ArrowUp);
        h.run();
    }
}

#[test]
fn pages_are_turned_by_key() {
    let mut h = start("requests", FIRST);
    h.key_press(Key::PageDown);
    text(&h, "1");
    h.key_press(Key::Enter);
    h.run();
    let report = h.state().draft.report();
    let edition = report.edition();
    let column: Vec<_> = edition
        .cells()
        .filter(|&id| edition.field(id).key.starts_with("requests."))
        .filter(|&id| edition.field(id).key.ends_with("@natural_person"))
        .collect();
    let filled = column
        .iter()
        .position(|&id| report.entry(id).number().is_some());
    assert_eq!(filled, Some(10));
}

#[test]
fn headings_are_named_for_readers_of_the_screen() {
    use egui::accesskit::Role;
    use egui_kittest::kittest::NodeT as _;
    let h = start("requests", FIRST);
    let head = h.get_by_role_and_label(Role::ColumnHeader, "科研机构");
    let row = h.get_by_role_and_label(Role::RowHeader, "2.重复申请");
    let cell = h.get_by_label("（五）不予处理·2.重复申请·科研机构");
    assert_eq!(cell.accesskit_node().role(), Role::Cell);
    assert!((cell.rect().left() - head.rect().left()).abs() < 1.0);
    assert!((cell.rect().top() - row.rect().top()).abs() < 1.0);
}
