//! Last year's text beside this year's: carried over, written anew or left, a sentence at a time.

use egui::accesskit::Role;
use egui::{Event, Key, Modifiers};
use egui_kittest::kittest::Queryable as _;
use nianbao::report::{Edit, Entry, Report};

use crate::window::{Window, full_report, keys, open, press, press_part, report, state, window};

const OLDER: &str = "2024年，本镇收到政府信息公开申请3件。\n（一）主动公开情况\n全年公开信息186条，举办培训4次。开展业务培训，接受社会评议。";

fn with_text(mut report: Report, text: &str) -> Report {
    let field = report.edition().find("overview").unwrap();
    report.apply(Edit::Enter(field, Entry::Text(text.to_owned())));
    report
}

fn last_year() -> Report {
    let figures = [("requests.new_received@natural_person", 3)];
    with_text(full_report(2024, &figures), OLDER)
}

fn window_of(own: Report, size: [f32; 2]) -> Window {
    let mut window = window(state(own, Some(last_year())), size);
    press_part(&mut window, "一、总体情况，");
    window
}

fn text(window: &Window) -> String {
    let report = open(window).draft.report();
    let field = report.edition().find("overview").unwrap();
    report.text(field).to_owned()
}

fn says(window: &Window, label: &str) -> bool {
    window.query_all_by_label_contains(label).next().is_some()
}

#[test]
fn a_sentence_is_carried_over_with_this_years_year_and_figures() {
    let figures = [("requests.new_received@natural_person", 5)];
    let mut window = window_of(full_report(2025, &figures), [1366.0, 768.0]);
    assert!(says(&window, "共3句"));
    press(&mut window, "沿用：2024年，本镇收到政府");
    assert_eq!(text(&window), "2025年，本镇收到政府信息公开申请5件。");
    assert!(says(&window, "已用1句") && says(&window, "已用：2024年，本镇收到政府"));
    press(&mut window, "不用：开展业务培训，接受社会评");
    assert!(says(&window, "不用1句"));
    press(&mut window, "看不用的1句");
    press(&mut window, "取回：开展业务培训，接受社会评");
    assert!(!says(&window, "不用1句"));
    keys(&mut window, Modifiers::COMMAND, Key::Z);
    keys(&mut window, Modifiers::COMMAND, Key::Z);
    keys(&mut window, Modifiers::COMMAND, Key::Z);
    assert_eq!(text(&window), "");
}

#[test]
fn what_is_last_years_still_is_a_finding_until_it_is_confirmed_or_changed() {
    let mut window = window_of(full_report(2025, &[]), [1366.0, 768.0]);
    press(&mut window, "沿用：全年公开信息186条，举");
    assert_eq!(
        text(&window),
        "（一）主动公开情况\n全年公开信息186条，举办培训4次。"
    );
    let blocking = |window: &Window| {
        let list = open(window).findings.list.iter();
        let own = list.filter(|finding| finding.rule.name == "carried-over");
        own.filter(|finding| finding.blocks()).count()
    };
    assert_eq!(blocking(&window), 1);
    assert!(says(&window, "未核对的数“186条、4次”"));
    window.get_by_label("确认无误").click();
    window.run_steps(6);
    assert_eq!(blocking(&window), 0);
    // What was explained stands apart, and the counts are of what is to be done.
    assert!(says(&window, "已说明（1）") && says(&window, "已说明1"));
    assert!(
        open(&window)
            .findings
            .list
            .iter()
            .any(|one| one.explanation.is_some())
    );
}

#[test]
fn to_write_a_sentence_anew_the_keyboard_goes_into_it() {
    let mut window = window_of(report(2025, &[]), [1366.0, 768.0]);
    press(&mut window, "改写：全年公开信息186条，举");
    window.run_steps(4);
    window.event(Event::Text("203条".to_owned()));
    window.run_steps(4);
    assert!(
        text(&window).ends_with("全年公开信息203条，举办培训4次。"),
        "{}",
        text(&window)
    );
}

#[test]
fn the_editor_keeps_its_room_on_a_small_screen_and_last_years_text_stands_beside_it_on_a_wide_one()
{
    // The smallest notebook at 150 %, a usual one, and a wide screen.
    for (size, beside) in [
        ([910.0, 512.0], false),
        ([1366.0, 768.0], false),
        ([2560.0, 1200.0], true),
    ] {
        let window = window_of(report(2025, &[]), size);
        let editor = window.get_by_role(Role::MultilineTextInput).rect();
        let sentence = window.get_by_label("沿用：2024年，本镇收到政府").rect();
        assert!(editor.height() >= 100.0, "{size:?} {editor}");
        assert_eq!(
            sentence.left() > editor.right(),
            beside,
            "{size:?} {sentence} {editor}"
        );
        assert!(beside || sentence.bottom() < editor.top(), "{size:?}");
    }
}
