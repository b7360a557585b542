//! Figures of any length are read whole, and what is no number is offered as one.

use egui::epaint::Shape;
use egui::{Key, Modifiers};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use nianbao::report::{Entry, Number};

use crate::table::{App, harness, start};

const CELL: &str = "requests.new_received@natural_person";
const NAME: &str = "一、本年新收政府信息公开申请数量·自然人";

/// How large the letters of a figure are, where all of it is seen.
fn size_of(h: &Harness<'_, App>, figure: &str) -> Option<f32> {
    let shapes = h.output().shapes.iter();
    let whole = shapes.filter_map(|clipped| match &clipped.shape {
        Shape::Text(text) if text.galley.job.text == figure && !text.galley.elided => {
            let seen = clipped.clip_rect.expand(0.5);
            let size = text.galley.job.sections.first()?.format.font_id.size;
            seen.contains_rect(text.visual_bounding_rect())
                .then_some(size)
        }
        _ => None,
    });
    whole.into_iter().next()
}

#[test]
fn eight_digits_are_as_large_as_one_and_fifteen_are_whole() {
    for figure in ["7", "12345678", "999999999999999", "1234567.125"] {
        let mut app = App::new("requests");
        let key = "requests.results.granted@research_institution";
        app.put("requests.carried_over@natural_person", "3");
        app.put(key, figure);
        let mut h = harness(app);
        h.run();
        let usual = size_of(&h, "3");
        assert!(usual.is_some());
        assert_eq!(size_of(&h, figure), usual, "{figure}");
    }
}

#[test]
fn a_figure_of_words_widens_its_column_a_little_only() {
    let width = |text: &str| {
        let mut app = App::new("requests");
        app.put(CELL, text);
        let mut h = harness(app);
        h.run();
        h.get_by_label(NAME).rect().width()
    };
    assert!(width("约二十四件，含结转的一件，待核对") < 9.5 * 13.0);
}

#[test]
fn the_menu_of_a_cell_offers_the_number_that_is_meant() {
    for (typed, offer) in [("24件", "填24"), ("〇", "填0"), ("廿四", "填24")] {
        let mut h = start("requests", CELL);
        crate::table::text(&h, typed);
        h.key_press(Key::Enter);
        h.run();
        h.key_press(Key::ArrowUp);
        h.key_press(Key::Menu);
        h.run();
        // The keys are of the menu now, and its first line is the offer.
        assert!(h.get_by_label(offer).is_focused(), "{typed}");
        h.key_press(Key::Enter);
        h.run();
        let number = offer.trim_start_matches('填').parse::<i64>().unwrap();
        let entry = Entry::Number(Number::from(number));
        assert_eq!(h.state().entry(CELL), entry, "{typed}");
    }
}

#[test]
fn enter_returns_to_the_column_from_which_tab_went_on() {
    let mut h = start("requests", "requests.new_received@commercial_enterprise");
    for (figure, key) in [("1", Key::Tab), ("2", Key::Tab), ("3", Key::Enter)] {
        crate::table::text(&h, figure);
        h.key_press(key);
    }
    crate::table::text(&h, "4");
    h.key_press(Key::Tab);
    // An arrow ends that.
    h.key_press(Key::ArrowRight);
    crate::table::text(&h, "5");
    h.key_press(Key::Enter);
    crate::table::text(&h, "6");
    h.key_press(Key::Enter);
    h.run();
    for (key, figure) in [
        ("requests.carried_over@commercial_enterprise", "4"),
        ("requests.carried_over@public_welfare_org", "5"),
        ("requests.results.granted@public_welfare_org", "6"),
    ] {
        assert_eq!(h.state().number(key).as_deref(), Some(figure), "{key}");
    }
}

/// Drags the corner of the selection to the middle of another cell.
fn drag_corner(h: &mut Harness<'_, App>, from: &str, to: &str) {
    let corner = h.get_by_label(from).rect().right_bottom();
    let end = h.get_by_label(to).rect().center();
    let button = |pos, pressed| egui::Event::PointerButton {
        pos,
        button: egui::PointerButton::Primary,
        pressed,
        modifiers: Modifiers::NONE,
    };
    let halfway = corner + (end - corner) / 2.0;
    for event in [
        egui::Event::PointerMoved(corner),
        button(corner, true),
        egui::Event::PointerMoved(halfway),
        egui::Event::PointerMoved(end),
        button(end, false),
    ] {
        h.event(event);
        h.run_steps(1);
    }
    h.run();
}

#[test]
fn the_corner_of_the_selection_fills_along_when_it_is_dragged() {
    let mut h = start("requests", CELL);
    crate::table::text(&h, "7");
    h.key_press(Key::Enter);
    h.key_press(Key::ArrowUp);
    h.run();
    let last = "三、本年度办理结果·（一）予以公开·自然人";
    drag_corner(&mut h, NAME, last);
    for key in [
        "requests.carried_over@natural_person",
        "requests.results.granted@natural_person",
    ] {
        assert_eq!(h.state().number(key).as_deref(), Some("7"), "{key}");
    }
    assert_eq!(h.state().edits(), 2, "filling is one step");

    // A selection is repeated, and across as well as down.
    drag_corner(&mut h, last, "三、本年度办理结果·（一）予以公开·商业企业");
    let across = "requests.carried_over@commercial_enterprise";
    assert_eq!(h.state().number(across).as_deref(), Some("7"));
}
