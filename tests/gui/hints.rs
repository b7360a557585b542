//! Help in a table: what a cell means, beside it by key and under the pointer.

use egui::{Event, Key};
use egui_kittest::kittest::Queryable as _;

use crate::table::start;

const FIRST: &str = "requests.new_received@natural_person";

#[test]
fn f1_tells_what_a_cell_means_until_it_is_left() {
    let mut h = start("requests", "requests.carried_over@commercial_enterprise");
    let help = "二、上年结转政府信息公开申请数量：应与上年度报告的第四项逐列一致";
    assert!(h.query_by_label(help).is_none());
    h.key_press(Key::F1);
    h.run();
    assert!(h.query_by_label(help).is_some());
    let advice = "商业企业：公司等以营利为目的的组织（供参考，以主管部门口径为准）";
    assert!(h.query_by_label(advice).is_some());
    h.key_press(Key::ArrowDown);
    h.run();
    assert!(h.query_by_label(help).is_none());
}

#[test]
fn a_cell_is_explained_under_the_pointer() {
    let mut h = start("requests", FIRST);
    let cell = h
        .get_by_label("三、本年度办理结果·（一）予以公开·自然人")
        .rect()
        .center();
    h.hover_at(cell);
    h.run_steps(60);
    let help = "（一）予以公开：《条例》第三十六条第（一）、（二）项，含告知获取方式和途径的";
    assert!(h.query_by_label(help).is_some());
    let heading = h.get_by_label("2.重复申请").rect().center();
    h.hover_at(heading);
    h.run_steps(60);
    let help = "2.重复申请：《条例》第三十六条第（六）项";
    assert!(h.query_by_label(help).is_some());
}

#[test]
fn a_hint_goes_with_any_key_and_comes_back_only_with_the_pointer() {
    let mut h = start("requests", FIRST);
    let answered = h
        .get_by_label("三、本年度办理结果·（一）予以公开·自然人")
        .rect();
    let help = "（一）予以公开：《条例》第三十六条第（一）、（二）项，含告知获取方式和途径的";
    h.hover_at(answered.center());
    h.run_steps(60);
    assert!(h.query_by_label(help).is_some());
    h.key_press(Key::ArrowRight);
    h.run_steps(60);
    assert!(h.query_by_label(help).is_none(), "after a key");
    h.hover_at(answered.center() + egui::vec2(3.0, 0.0));
    h.run_steps(60);
    assert!(h.query_by_label(help).is_some(), "after the pointer moved");
    h.event(Event::Text("7".to_owned()));
    h.key_press(Key::Enter);
    h.run_steps(60);
    assert!(h.query_by_label(help).is_none(), "after typing");
    let typed = h
        .state()
        .number("requests.new_received@commercial_enterprise");
    assert_eq!(typed.as_deref(), Some("7"));
}

#[test]
fn no_hint_covers_the_row_that_is_filled_in() {
    let mut h = start("requests", FIRST);
    let cells: Vec<_> = [
        "requests.new_received@commercial_enterprise",
        "requests.carried_over@commercial_enterprise",
        "requests.results.granted@commercial_enterprise",
        "requests.results.partial_grant@commercial_enterprise",
    ]
    .into_iter()
    .map(|key| h.state().id(key))
    .collect();
    let edition = h.state().draft.report().edition().clone();
    let mut seen = 0;
    for &selected in &cells {
        h.state_mut().focus = Some(selected);
        h.run();
        let row = h.get_by_label(&edition.field(selected).label).rect();
        for &under in &cells {
            let label = &edition.field(under).label;
            let cell = h.query_all_by_label(label).next().unwrap().rect();
            h.hover_at(cell.center() + egui::vec2(9.0, 0.0));
            h.run_steps(60);
            let hints: Vec<_> = h
                .query_all_by_label_contains("填整数，没有发生填0")
                .map(|node| node.rect())
                .collect();
            for hint in hints {
                seen += 1;
                let overlap = hint.y_range().intersects(row.y_range());
                assert!(!overlap, "{label} over {row:?}: {hint:?}");
            }
            h.hover_at(egui::pos2(1.0, 1.0));
            h.run_steps(3);
        }
    }
    assert_eq!(seen, cells.len() * cells.len());
}
