//! What stands around the table: last year's figures, balances, findings, progress, the deadline.

use egui::accesskit::Role;
use egui::{Event, Key, Modifiers};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use nianbao::app::PartId;
use nianbao::check::Level;
use nianbao::report::{Edit, Entry};

use crate::window::{
    Window, app, full_report, keys, number, open, press, press_part, report, state, window,
};

const SIZE: [f32; 2] = [1366.0, 768.0];
const REQUESTS: &str = "三、收到和处理政府信息公开申请情况，";

/// Last year carried 2 and 1 requests forward and had 5 documents in force.
fn last_year() -> nianbao::report::Report {
    full_report(
        2024,
        &[
            ("requests.new_received@natural_person", 2),
            ("requests.carried_forward@natural_person", 2),
            ("requests.new_received@other_org", 1),
            ("requests.carried_forward@other_org", 1),
            ("proactive.normative_documents@valid", 5),
        ],
    )
}

fn with_last_year() -> Window {
    window(state(report(2025, &[]), Some(last_year())), SIZE)
}

const CARRIED: &str = "二、上年结转政府信息公开申请数量";

#[test]
fn last_years_fourth_row_is_proposed_for_the_second() {
    let mut window = with_last_year();
    press_part(&mut window, REQUESTS);
    assert!(window.query_by_label("由上年度报告推得6个数").is_some());
    press(&mut window, &format!("{CARRIED}·自然人"));
    press(&mut window, &format!("采用{CARRIED}·自然人2"));
    assert_eq!(
        number(&window, "requests.carried_over@natural_person").as_deref(),
        Some("2")
    );
    press(&mut window, &format!("{CARRIED}·商业企业"));
    press(&mut window, &format!("不用{CARRIED}·商业企业0"));
    press(&mut window, &format!("{CARRIED}·自然人"));
    assert!(window.query_by_label("由上年度报告推得4个数").is_some());
    press(&mut window, "全部采用");
    let column = |column: &str| number(&window, &format!("requests.carried_over@{column}"));
    assert_eq!(column("other_org").as_deref(), Some("1"));
    assert_eq!(column("commercial_enterprise"), None);
    let total = format!("{CARRIED}·总计");
    let total = window.get_by_label(&total).value();
    assert_eq!(total.as_deref(), Some("3"));
    assert!(window.query_by_label("全部采用").is_none());
    keys(&mut window, Modifiers::COMMAND, Key::Z);
    assert_eq!(number(&window, "requests.carried_over@other_org"), None);
    assert!(window.query_by_label("全部采用").is_some());
    press(&mut window, "都不用");
    assert!(window.query_by_label("都不用").is_none());
}

#[test]
fn a_proposal_stands_in_its_cell_and_the_table_keeps_its_place() {
    let mut window = with_last_year();
    press_part(&mut window, REQUESTS);
    let cell = |window: &Window, column: &str| {
        let name = format!("{CARRIED}·{column}");
        let node = window.get_by_label(&name);
        (node.rect(), node.accesskit_node().description())
    };
    let (place, told) = cell(&window, "自然人");
    assert!(told.unwrap().contains("由上年推得2，按空格键采用"));
    press(&mut window, &format!("{CARRIED}·自然人"));
    // The space bar takes it, Delete leaves it.
    window.event(Event::Text(" ".to_owned()));
    window.run_steps(3);
    assert_eq!(
        number(&window, "requests.carried_over@natural_person").as_deref(),
        Some("2")
    );
    keys(&mut window, Modifiers::NONE, Key::ArrowRight);
    keys(&mut window, Modifiers::NONE, Key::Delete);
    assert!(!cell(&window, "商业企业").1.unwrap().contains("推得"));
    press(&mut window, "全部采用");
    assert!(window.query_by_label("全部采用").is_none());
    assert_eq!(cell(&window, "自然人").0, place);
}

#[test]
fn documents_in_force_are_proposed_once_the_years_changes_are_known() {
    let mut window = with_last_year();
    press_part(&mut window, "二、主动公开政府信息情况，");
    assert!(window.query_by_label("全部采用").is_none());
    window.get_by_label("行政规范性文件·本年制发件数").click();
    window.run_steps(3);
    for text in ["2", "1"] {
        window.event(Event::Text(text.to_owned()));
        window.key_press_modifiers(Modifiers::NONE, Key::Tab);
        window.run_steps(3);
    }
    press(&mut window, "行政规范性文件·现行有效件数");
    press(&mut window, "采用行政规范性文件·现行有效件数6");
    let valid = number(&window, "proactive.normative_documents@valid");
    assert_eq!(valid.as_deref(), Some("6"));
    let step = open(&window).draft.undo_step().unwrap();
    assert_eq!(step.name, "采用上年推得的数");
}

#[test]
fn last_years_figures_are_switched_on_and_off() {
    let mut window = with_last_year();
    press_part(&mut window, REQUESTS);
    assert!(app(&window).settings.show_prior);
    press(&mut window, "上年数");
    assert!(!app(&window).settings.show_prior);
}

#[test]
fn a_column_that_lacks_one_figure_is_told_which() {
    let figures = [
        ("requests.new_received@natural_person", 3),
        ("requests.results.granted@natural_person", 1),
    ];
    let mut full = full_report(2025, &figures);
    let blank = full
        .edition()
        .find("requests.carried_forward@natural_person")
        .unwrap();
    full.apply(nianbao::report::Edit::Enter(
        blank,
        nianbao::report::Entry::Blank,
    ));
    let mut window = window(state(full, None), SIZE);
    press_part(&mut window, REQUESTS);
    assert!(window.query_by_label("自然人还差一格").is_some());
    press(&mut window, "四 ← 一＋二－（七）＝2");
    let filled = number(&window, "requests.carried_forward@natural_person");
    assert_eq!(filled.as_deref(), Some("2"));
    keys(&mut window, Modifiers::COMMAND, Key::Z);
    let undone = number(&window, "requests.carried_forward@natural_person");
    assert_eq!(undone, None);
}

#[test]
fn the_column_whose_repairs_are_shown_can_be_picked() {
    let figures = [
        ("requests.new_received@natural_person", 3),
        ("requests.new_received@other_org", 1),
    ];
    let mut window = window(state(full_report(2025, &figures), None), SIZE);
    press_part(&mut window, REQUESTS);
    assert!(window.query_by_label("自然人差3").is_some());
    press(&mut window, "其他：一＋二＝1，（七）＋四＝0，差1");
    assert!(window.query_by_label("其他差1").is_some());
    press(&mut window, "总计：一＋二＝4，（七）＋四＝0，差4");
    let why = "这一列是各列相加得出的，改前面的列";
    assert!(window.query_by_label(why).is_some());
}

/// A report with findings of several levels in several parts.
fn with_findings() -> Window {
    let figures = [
        ("requests.new_received@natural_person", 3),
        ("proactive.normative_documents@made", 4),
    ];
    window(state(full_report(2025, &figures), Some(last_year())), SIZE)
}

#[test]
fn findings_are_followed_with_f8_from_anywhere() {
    let mut window = with_findings();
    let count = open(&window).findings.list.len();
    assert!(count > 2);
    let mut levels = Vec::new();
    for _ in 0..count {
        keys(&mut window, Modifiers::NONE, Key::F8);
        let open = open(&window);
        let finding = &open.findings.list[open.chosen.unwrap()];
        assert_eq!(open.place, open.part_of(finding));
        levels.push(finding.level);
    }
    assert!(levels.is_sorted(), "{levels:?}");
    keys(&mut window, Modifiers::NONE, Key::F8);
    let first = open(&window).chosen;
    keys(&mut window, Modifiers::SHIFT, Key::F8);
    assert_ne!(open(&window).chosen, first);
    keys(&mut window, Modifiers::NONE, Key::F8);
    assert_eq!(open(&window).chosen, first);
}

#[test]
fn f8_goes_on_where_a_finding_was_mended() {
    let mut window = with_findings();
    keys(&mut window, Modifiers::NONE, Key::F8);
    let first = {
        let open = open(&window);
        open.findings.list[open.chosen.unwrap()].clone()
    };
    assert_eq!(first.level, Level::Error);
    window
        .get_all_by_label(&first.fixes[0].title)
        .next()
        .unwrap()
        .click();
    window.run_steps(4);
    assert!(open(&window).chosen.is_none());
    keys(&mut window, Modifiers::NONE, Key::F8);
    let open = open(&window);
    let next = &open.findings.list[open.chosen.unwrap()];
    assert_ne!(next.message, first.message);
}

#[test]
fn findings_are_filtered_by_level_and_part() {
    let mut window = with_findings();
    let of = |window: &Window, level: Level| open(window).findings.count(level);
    let errors = of(&window, Level::Error);
    assert!(errors > 0);
    let heading = format!("! 强制性（{errors}）");
    press(&mut window, &format!("只看强制性{errors}条"));
    assert!(open(&window).filter.has_level(Level::Error));
    assert!(window.query_by_label(&heading).is_some());
    // Once more on the same sign, and all are there again.
    press(&mut window, &format!("只看强制性{errors}条"));
    assert_eq!(open(&window).filter, nianbao::app::Filter::default());
    let hints = of(&window, Level::Advice);
    press(&mut window, &format!("只看提示性{hints}条"));
    assert!(!open(&window).filter.has_level(Level::Error));
    assert!(window.query_by_label(&heading).is_none());
    keys(&mut window, Modifiers::NONE, Key::F8);
    let chosen = open(&window).chosen.unwrap();
    assert_eq!(open(&window).findings.list[chosen].level, Level::Advice);
    press(&mut window, "全部显示");
    assert!(window.query_by_label(&heading).is_some());
    window
        .get_by_role_and_label(Role::ComboBox, "看哪一部分的审核结果")
        .click();
    window.run_steps(4);
    let part = "二、主动公开政府信息情况";
    window.get_by_role_and_label(Role::Button, part).click();
    window.run_steps(4);
    let place = PartId::Section(2);
    assert_eq!(open(&window).filter.part, Some(place));
    let shown = open(&window);
    let looked_at = shown.findings.list.iter().filter(|one| shown.looks_at(one));
    assert!(looked_at.clone().count() > 0);
    assert!(looked_at.into_iter().all(|one| shown.part_of(one) == place));
}

#[test]
fn a_finding_says_what_is_and_what_should_be() {
    let window = with_findings();
    assert!(
        window
            .query_all_by_label("现为3　应为0　差3")
            .next()
            .is_some()
    );
}

#[test]
fn an_explanation_is_written_and_withdrawn() {
    let mut window = with_findings();
    let queries = open(&window).findings.blocking();
    window
        .get_all_by_label("写说明")
        .next()
        .unwrap()
        .scroll_to_me();
    window.run_steps(3);
    window.get_all_by_label("写说明").next().unwrap().click();
    window.run_steps(4);
    window.get_by_label("情况属实的，写明原因").focus();
    window.run_steps(2);
    window.event(Event::Text("机构合并，文件重新清理".to_owned()));
    window.run_steps(3);
    press(&mut window, "记下说明");
    assert_eq!(open(&window).findings.blocking(), queries - 1);
    assert!(
        window
            .query_by_label("说明：机构合并，文件重新清理")
            .is_some()
    );
    // What was explained stands behind what is to be done.
    window.get_by_label("撤回说明").scroll_to_me();
    window.run_steps(3);
    press(&mut window, "撤回说明");
    assert_eq!(open(&window).findings.blocking(), queries);
    assert!(open(&window).draft.explanations().is_empty());
}

#[test]
fn a_card_says_what_is_checked() {
    let mut window = with_findings();
    window
        .get_all_by_label("查什么、为什么、怎么改")
        .next()
        .unwrap()
        .click();
    window.run_steps(4);
    for heading in ["查什么", "为什么", "怎么改", "例"] {
        assert!(
            window.query_all_by_label(heading).next().is_some(),
            "{heading}"
        );
    }
}

#[test]
fn without_room_the_findings_lie_over_the_report() {
    let figures = [("requests.new_received@natural_person", 3)];
    let mut window = window(state(full_report(2025, &figures), None), [910.0, 512.0]);
    assert!(window.query_by_label("下一条").is_none());
    keys(&mut window, Modifiers::NONE, Key::F7);
    assert!(window.query_by_label("下一条").is_some());
    press(&mut window, "收起");
    assert!(window.query_by_label("下一条").is_none());
    let errors = open(&window).findings.count(Level::Error);
    press(&mut window, &format!("强制性{errors}"));
    assert!(window.query_by_label("下一条").is_some());
}

#[test]
fn progress_counts_every_part_and_the_whole() {
    let mut window = window(state(report(2025, &[]), None), SIZE);
    let total = open(&window).total_progress();
    assert_eq!((total.filled(), total.places), (1, 170));
    assert!(window.query_by_label("已填1/170").is_some());
    assert!(
        window
            .query_by_label(&format!("{REQUESTS}已填0/144"))
            .is_some()
    );
    keys(&mut window, Modifiers::SHIFT, Key::F4);
    assert!(window.query_by_label("已填167/170").is_some());
    assert_eq!(
        open(&window).draft.undo_step().unwrap().name,
        "全部表格其余填0"
    );
    keys(&mut window, Modifiers::COMMAND, Key::Z);
    assert!(window.query_by_label("已填1/170").is_some());
}

#[test]
fn the_days_to_the_deadline_are_counted_and_the_deadline_is_a_setting() {
    let mut window = window(state(report(2025, &[]), None), SIZE);
    assert!(window.query_by_label("离截止还有16天").is_some());
    press(&mut window, "1月31日，以本地通知为准");
    press(&mut window, "日");
    window.event(Event::Text("20".to_owned()));
    keys(&mut window, Modifiers::NONE, Key::Enter);
    assert_eq!(app(&window).settings.deadline.day, 20);
    assert!(window.query_by_label("离截止还有5天").is_some());
    press(&mut window, "恢复法定期限");
    assert!(window.query_by_label("离截止还有16天").is_some());
}

#[test]
fn the_table_keeps_the_keyboard_whatever_changes_around_it() {
    let mut window = with_last_year();
    press_part(&mut window, REQUESTS);
    let cell = "一、本年新收政府信息公开申请数量·自然人";
    press(&mut window, cell);
    for key in [Key::Plus, Key::Plus, Key::Plus, Key::Minus, Key::Num0] {
        keys(&mut window, Modifiers::COMMAND, key);
    }
    keys(&mut window, Modifiers::NONE, Key::F7);
    press(&mut window, "全部采用");
    assert!(window.get_by_label(cell).is_focused());
    window.event(Event::Text("8".to_owned()));
    keys(&mut window, Modifiers::NONE, Key::Enter);
    let typed = number(&window, "requests.new_received@natural_person");
    assert_eq!(typed.as_deref(), Some("8"));
}

#[test]
fn the_keyboard_goes_from_pane_to_pane() {
    let mut window = with_findings();
    press_part(&mut window, REQUESTS);
    let cell = "一、本年新收政府信息公开申请数量·自然人";
    press(&mut window, cell);
    assert!(window.get_by_label(cell).is_focused());
    keys(&mut window, Modifiers::COMMAND, Key::Tab);
    assert!(window.get_by_label("上一条").is_focused());
    keys(&mut window, Modifiers::COMMAND, Key::Tab);
    assert!(window.get_by_label_contains(REQUESTS).is_focused());
    keys(&mut window, Modifiers::COMMAND, Key::Tab);
    assert!(window.get_by_label(cell).is_focused());
    keys(&mut window, Modifiers::COMMAND | Modifiers::SHIFT, Key::Tab);
    assert!(window.get_by_label_contains(REQUESTS).is_focused());
}

#[test]
fn a_heading_ends_before_the_switches_beside_it() {
    let draft = state(report(2025, &[]), Some(full_report(2024, &[])));
    // A small screen at twice the size.
    let mut window = window(draft, [683.0, 384.0]);
    let heading = "三、收到和处理政府信息公开申请情况";
    for _ in 0..6 {
        if window.query_all_by_label(heading).next().is_some() {
            break;
        }
        keys(&mut window, Modifiers::NONE, Key::F6);
    }
    // The report's own outline says the same further down.
    let heading = window.get_all_by_label(heading).next().unwrap().rect();
    let switch = window.get_by_label("上年数").rect();
    assert!(heading.right() <= switch.left(), "{heading} {switch}");
}

#[test]
fn the_same_change_is_made_everywhere_at_once_and_taken_back_at_once() {
    let mut report = full_report(2025, &[]);
    let edition = report.edition().clone();
    let mut write = |key: &str, text: &str| {
        let id = edition.find(key).unwrap();
        report.apply(Edit::Enter(id, Entry::Text(text.to_owned())));
    };
    write(
        "preface",
        "本报告所列数据的统计期限自2024年1月1日起，至2024年12月31日止。",
    );
    write(
        "other_matters",
        "本报告统计期限自2024年1月1日起，至2024年12月31日止。",
    );
    let mut window = window(state(report.clone(), None), [1366.0, 3000.0]);
    let stale = |window: &Window| {
        let list = open(window).findings.list.iter();
        let fixes = list.flat_map(|finding| &finding.fixes);
        fixes.filter(|fix| fix.title == "改为2025年").count()
    };
    let count = stale(&window);
    assert!(count > 1);
    let all = format!("全部改为2025年（{count}处）");
    window.get_all_by_label(&all).next().unwrap().click();
    window.run_steps(6);
    assert_eq!(stale(&window), 0);
    let text = edition.find("other_matters").unwrap();
    let now = open(&window).draft.report().text(text).to_owned();
    assert_eq!(now, "本报告统计期限自2025年1月1日起，至2025年12月31日止。");
    keys(&mut window, Modifiers::COMMAND, Key::Z);
    assert!(open(&window).draft.report().states_the_same(&report));
}

#[test]
fn a_text_that_need_not_be_written_is_no_gap_and_not_done_either() {
    let edition = nianbao::form::by_id("2021").unwrap();
    let preface = edition.find("preface").unwrap();
    for (words, expected) in [("", "前言，可不写"), ("现公布如下。", "前言，完成")]
    {
        let mut report = full_report(2025, &[]);
        report.apply(Edit::Enter(preface, Entry::Text(words.to_owned())));
        let window = window(state(report, None), SIZE);
        let parts = window.query_all_by_label_contains("前言，");
        let names: Vec<_> = parts.map(|part| part.accesskit_node().label()).collect();
        assert_eq!(names, [Some(expected.to_owned())]);
    }
}
