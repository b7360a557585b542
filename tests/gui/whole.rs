//! A whole report typed into the window by keyboard is the report that the same figures make.

use egui::{Event, Key, Modifiers};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use nianbao::app::{App, Scripted, Settings, State};
use nianbao::export;
use nianbao::form;
use nianbao::report::{Draft, Edit, Entry, Report};
use nianbao::store;

type Window = Harness<'static, Option<App>>;

fn window(path: std::path::PathBuf) -> Window {
    let mut window = Harness::builder()
        .with_size([1366.0, 768.0])
        .build_ui_state(
            move |ui, app: &mut Option<App>| {
                if let Some(app) = app {
                    app.ui(ui);
                } else {
                    let shell = Box::new(Scripted::new([]));
                    let mut new = App::new_for(ui.ctx(), shell, State::new(Settings::default()));
                    new.open(ui.ctx(), path.clone());
                    *app = Some(new);
                }
            },
            None,
        );
    window.run_steps(4);
    window
}

fn json(draft: &Draft) -> String {
    String::from_utf8(export::by_name("json").unwrap().bytes(draft).unwrap()).unwrap()
}

#[test]
fn a_report_typed_by_keyboard_is_the_same_cell_by_cell() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("new.nianbao");
    let edition = form::by_id("2021").unwrap();
    let mut blank = Report::new(edition.clone(), 2025);
    blank.apply(Edit::Enter(
        edition.issuer_field,
        Entry::Text("青山镇人民政府".to_owned()),
    ));
    store::save(&Draft::new(blank.clone()), &path).unwrap();

    let mut window = window(path);
    let mut wanted = blank;
    for (section, table) in edition.tables() {
        window
            .get_all_by_label_contains(&section.label)
            .next()
            .unwrap()
            .click();
        window.run_steps(3);
        let inputs: Vec<_> = table
            .fields()
            .filter(|&id| !edition.field(id).is_total())
            .collect();
        let first = edition.field(inputs[0]).label.clone();
        window.get_by_label(&first).click();
        window.run_steps(2);
        for (n, id) in inputs.into_iter().enumerate() {
            let key = &edition.field(id).key;
            let typed = if key.ends_with("@amount") {
                "435.532".to_owned()
            } else {
                (n * 7 % 100).to_string()
            };
            for c in typed.chars() {
                window.event(Event::Text(c.to_string()));
            }
            window.key_press_modifiers(Modifiers::NONE, Key::Tab);
            window.step();
            wanted.apply(Edit::Enter(id, Entry::read(edition.field(id).kind, &typed)));
        }
        window.run_steps(2);
    }
    let state = window.state().as_ref().unwrap().state();
    let open = state.open.as_ref().unwrap();
    assert_eq!(json(&open.draft), json(&Draft::new(wanted)));
    assert!(open.is_dirty());
}
