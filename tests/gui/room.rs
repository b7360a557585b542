//! Large letters and small screens: what is worked on keeps the room.

use egui::{Key, Modifiers, Rect};
use egui_kittest::kittest::Queryable as _;
use nianbao::report::{Edit, Entry};

use crate::window::{Window, app, keys, report, state, window};

const FIRST: &str = "一、本年新收政府信息公开申请数量·自然人";

/// A screen of 1366×768 at 200 %, without the title bar.
const TWICE: [f32; 2] = [683.0, 374.0];

fn on_table_three(size: [f32; 2]) -> Window {
    let mut window = window(state(report(2025, &[]), None), size);
    for _ in 0..3 {
        keys(&mut window, Modifiers::NONE, Key::F6);
    }
    assert!(window.query_by_label(FIRST).is_some());
    window
}

fn balance(window: &Window) -> Rect {
    let mut nodes = window.query_all_by_label_contains("＝0，待填");
    nodes.next().unwrap().rect()
}

#[test]
fn five_rows_of_table_three_are_seen_at_twice_the_size() {
    let mut window = on_table_three(TWICE);
    for _ in 0..8 {
        keys(&mut window, Modifiers::NONE, Key::ArrowDown);
    }
    let heading = window.get_all_by_label("三、收到和处理政府信息公开申请情况");
    // The table bears the same name.
    let bottoms = heading.map(|node| node.rect().bottom());
    let top = bottoms.fold(f32::INFINITY, f32::min);
    let bottom = balance(&window).top();
    let column = window.query_all_by_label_contains("·自然人");
    let rows = column.map(|node| node.rect());
    let seen = rows.filter(|row| row.top() >= top - 1.0 && row.bottom() <= bottom + 1.0);
    assert!(seen.count() >= 5);
}

#[test]
fn eight_lines_of_text_are_seen_at_twice_the_size() {
    let mut window = window(state(report(2025, &[]), None), TWICE);
    keys(&mut window, Modifiers::NONE, Key::F6);
    let label = "一、总体情况";
    let text = window.get_by_role_and_label(egui::Role::MultilineTextInput, label);
    assert!(text.rect().height() >= 8.0 * 24.0, "{}", text.rect());
    assert!(text.rect().bottom() <= TWICE[1]);
    // What makes room for it is still at hand.
    assert!(window.query_by_label("插入标题").is_some());
    crate::window::press(&mut window, "目录");
    crate::window::press_part(&mut window, "四、");
    assert!(
        window
            .query_all_by_label_contains("行政复议·结果维持")
            .next()
            .is_some()
    );
}

#[test]
fn the_balance_stays_in_sight_from_125_per_cent_on() {
    for size in [[1093.0, 590.0], [911.0, 495.0], TWICE, [1024.0, 580.0]] {
        let mut window = on_table_three(size);
        for key in [Key::Home, Key::End] {
            keys(&mut window, Modifiers::COMMAND, key);
            let balance = balance(&window);
            assert!(
                balance.top() > 0.0 && balance.bottom() < size[1],
                "{size:?} {key:?}"
            );
        }
    }
}

#[test]
fn what_a_finding_says_does_not_cover_its_cell() {
    let mut report = report(2025, &[]);
    let cell = report
        .edition()
        .find("requests.carried_forward@natural_person");
    let kind = Entry::Unreadable("约三件".to_owned());
    report.apply(Edit::Enter(cell.unwrap(), kind));
    let mut window = window(state(report, None), [911.0, 495.0]);
    keys(&mut window, Modifiers::NONE, Key::F8);
    let said = app(&window).notice.clone();
    assert!(said.contains("约三件"), "{said}");
    let toast = window.get_by_label(&said).rect();
    let cell = window.get_by_label("四、结转下年度继续办理·自然人").rect();
    assert!(!toast.expand(8.0).intersects(cell), "{toast} {cell}");
}
