//! Reports of several years side by side, chosen and written from the window.

use egui_kittest::kittest::Queryable as _;
use nianbao::app::FileAnswer;
use nianbao::report::Draft;
use nianbao::store;

use crate::window::{full_report, press, report, state, window_answering};

const SIZE: [f32; 2] = [1366.0, 900.0];

#[test]
fn years_are_added_looked_at_and_written() {
    let folder = tempfile::tempdir().unwrap();
    let (older, page) = (
        folder.path().join("2023.nianbao"),
        folder.path().join("对比.svg"),
    );
    store::save(&Draft::new(full_report(2023, &[])), &older).unwrap();
    let answers = vec![
        FileAnswer::Chosen(older.clone()),
        FileAnswer::Cancelled,
        FileAnswer::Chosen(page.clone()),
        FileAnswer::Chosen(older),
    ];
    let state = state(full_report(2025, &[]), None);
    let mut window = window_answering(state, SIZE, answers);
    press(&mut window, "审核");
    press(&mut window, "几年对比…");
    window.get_by_label("对比要2到6份报告，现有1份");
    press(&mut window, "加一份报告…");
    window.run_steps(4);
    window.get_by_label("2023年");
    window.get_by_label("2025年");
    assert!(window.query_by_label_contains("现有1份").is_none());
    // Who chooses no file is back where they were.
    press(&mut window, "写成文件…");
    window.run_steps(4);
    press(&mut window, "写成文件…");
    window.run_steps(4);
    let svg = std::fs::read_to_string(&page).unwrap();
    assert!(svg.contains("2023") && svg.contains("data-cells"));
    // A second report of one year is named, and taken out again.
    press(&mut window, "加一份报告…");
    window.run_steps(4);
    window.get_by_label("有两份都是2023年的报告，每年留一份");
    window
        .get_all_by_label("移除2023年")
        .next()
        .unwrap()
        .click();
    window.run_steps(4);
    window.get_by_label("2023年");
    press(&mut window, "关闭");
}

#[test]
fn a_draft_stands_beside_last_years_report_at_once() {
    let state = state(full_report(2025, &[]), Some(report(2024, &[])));
    let mut window = window_answering(state, SIZE, Vec::new());
    press(&mut window, "审核");
    press(&mut window, "几年对比…");
    window.get_by_label("2024年");
    window.get_by_label_contains("“未填”是报告里没有填，不是0");
}
