//! The pages beside the editor, as a clerk meets them.
#![expect(clippy::unwrap_used, reason = "the helpers of a test may fail it")]

use egui::{Key, Modifiers, Pos2};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use nianbao::app::{App, PartId, Scripted, Settings, State};

type Window = Harness<'static, Option<App>>;

fn sample(size: [f32; 2]) -> Window {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/assets/sample.nianbao");
    let fresh = || State::new(Settings::default());
    let mut window = Harness::builder()
        .with_size(size)
        .with_context_setup(move |ctx| {
            // The fonts must be there before the first frame.
            drop(App::new_for(ctx, Box::new(Scripted::new([])), fresh()));
        })
        .build_ui_state(
            move |ui, app: &mut Option<App>| {
                let app = app.get_or_insert_with(|| {
                    let shell = Box::new(Scripted::new([]));
                    let mut app = App::new_for(ui.ctx(), shell, fresh());
                    app.open(ui.ctx(), path.into());
                    app
                });
                app.ui(ui);
            },
            None,
        );
    window.run_steps(3);
    window
}

fn with_preview(size: [f32; 2]) -> Window {
    let mut window = sample(size);
    window.key_press(Key::F5);
    window.run_steps(6);
    window
}

fn state(window: &Window) -> &State {
    window.state().as_ref().unwrap().state()
}

/// A point of the first page, given in points of paper.
fn on_first_page(window: &Window, x: f32, y: f32) -> Pos2 {
    let page = window.get_by_label("第1页，共4页").rect();
    page.min + egui::vec2(x, y) * (page.width() / 595.3)
}

fn click(window: &mut Window, at: Pos2) {
    window.hover_at(at);
    window.run_steps(2);
    window.drag_at(at);
    window.drop_at(at);
    window.run_steps(4);
}

#[test]
fn f5_shows_the_pages_beside_the_editor_and_hides_them_again() {
    let mut window = with_preview([1366.0, 768.0]);
    assert!(
        window
            .query_by_label("排版预览，以Word/WPS显示为准")
            .is_some()
    );
    assert!(window.query_by_label("第4页，共4页").is_some());
    assert!(window.query_by_label_contains("一、总体情况").is_some());
    window.get_by_label("关闭预览").click();
    window.run_steps(3);
    assert!(window.query_by_label("第1页，共4页").is_none());
}

#[test]
fn a_click_on_a_page_goes_to_what_is_printed_there() {
    let mut window = with_preview([1366.0, 768.0]);
    // The second line of the page is part of the title, which stands on the cover.
    let title = on_first_page(&window, 300.0, 120.0);
    click(&mut window, title);
    assert_eq!(state(&window).open.as_ref().unwrap().place, PartId::Cover);
    let text = on_first_page(&window, 140.0, 210.0);
    click(&mut window, text);
    let place = state(&window).open.as_ref().unwrap().place;
    assert!(matches!(place, PartId::Section(_)), "{place:?}");
}

#[test]
fn in_a_small_window_the_pages_take_the_place_of_the_editor_until_clicked() {
    let mut window = with_preview([900.0, 600.0]);
    assert!(window.query_by_label("第1页，共4页").is_some());
    assert!(state(&window).pages.are_shown());
    let text = on_first_page(&window, 140.0, 210.0);
    click(&mut window, text);
    assert!(!state(&window).pages.are_shown());
}

#[test]
fn the_pages_follow_what_is_typed_and_the_part_that_is_shown() {
    let mut window = with_preview([1366.0, 768.0]);
    window.get_by_label_contains("六、").click();
    window.run_steps(4);
    let last = window.get_by_label("第4页，共4页").rect();
    assert!(last.top() < 768.0, "{last}");
}

#[test]
fn printing_hands_a_pdf_to_the_system() {
    let mut window = sample([1366.0, 768.0]);
    window.key_press_modifiers(Modifiers::COMMAND, Key::P);
    window.run_steps(3);
    assert!(
        state(&window).notice.contains("阅读器"),
        "{}",
        state(&window).notice
    );
}

#[test]
fn enlarged_pages_keep_their_middle() {
    let mut window = with_preview([1366.0, 768.0]);
    let middle = |window: &Window| window.get_by_label("第1页，共4页").rect().center().x;
    let larger = |window: &mut Window| {
        window.get_by_label("＋").click();
        window.run_steps(4);
        middle(window)
    };
    let before = larger(&mut window);
    for _ in 0..3 {
        let now = larger(&mut window);
        assert!((now - before).abs() < 24.0, "{before} {now}");
    }
    // Without that the middle would be a hundred points further by now.
    let page = window.get_by_label("第1页，共4页").rect();
    assert!(page.width() > 630.0, "{page}");
}
