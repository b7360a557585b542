//! A window on a draft, for the tests of everything around the table.
#![expect(clippy::unwrap_used, reason = "the helpers of a test may fail it")]

use egui::{Key, Modifiers};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use nianbao::app::{App, FileAnswer, OpenDraft, Scripted, Settings, State};
use nianbao::form;
use nianbao::report::{Draft, Edit, Entry, Number, Prior, Report};

pub type Window = Harness<'static, Option<App>>;

/// The window in this size with this state.
pub fn window(state: State, size: [f32; 2]) -> Window {
    window_answering(state, size, Vec::new())
}

/// The same, with answers to the questions for files.
pub fn window_answering(state: State, size: [f32; 2], answers: Vec<FileAnswer>) -> Window {
    window_of(state, size, Scripted::new(answers))
}

/// The same in this system.
pub fn window_of(state: State, size: [f32; 2], shell: Scripted) -> Window {
    let mut parts = Some((state, shell));
    let mut window = Harness::builder()
        .with_size(size)
        .with_context_setup(|ctx| {
            // The fonts must be there before the first frame.
            drop(App::new_for(
                ctx,
                Box::new(Scripted::new([])),
                State::default(),
            ));
        })
        .build_ui_state(
            move |ui, app: &mut Option<App>| {
                let app = app.get_or_insert_with(|| {
                    let (state, shell) = parts.take().unwrap();
                    App::new_for(ui.ctx(), Box::new(shell), state)
                });
                app.ui(ui);
            },
            None,
        );
    window.run_steps(4);
    window
}

/// A report of the current form with these figures and an issuer; all else is blank.
pub fn report(year: u16, figures: &[(&str, i64)]) -> Report {
    let edition = form::by_id("2021").unwrap();
    let mut report = Report::new(edition.clone(), year);
    let issuer = Entry::Text("青石镇人民政府".to_owned());
    report.apply(Edit::Enter(edition.issuer_field, issuer));
    for &(key, value) in figures {
        let id = edition.find(key).unwrap();
        report.apply(Edit::Enter(id, Entry::Number(Number::from(value))));
    }
    report
}

/// The same with 0 in every other cell.
pub fn full_report(year: u16, figures: &[(&str, i64)]) -> Report {
    let mut report = report(year, figures);
    let edition = report.edition().clone();
    for id in edition.cells() {
        if !edition.field(id).is_total() && *report.entry(id) == Entry::Blank {
            report.apply(Edit::Enter(id, Entry::Number(Number::ZERO)));
        }
    }
    report
}

/// A state with this report open, and last year's beside it.
pub fn state(report: Report, prior: Option<Report>) -> State {
    let mut draft = Draft::new(report);
    draft.set_prior(prior.map(|report| Prior {
        report,
        source: "青石镇2024.nianbao".to_owned(),
    }));
    let mut state = State::new(Settings::default());
    state.open = Some(OpenDraft::new(draft.without_steps(), None, true));
    state
}

pub fn app(window: &Window) -> &State {
    window.state().as_ref().unwrap().state()
}

pub fn open(window: &Window) -> &OpenDraft {
    app(window).open.as_ref().unwrap()
}

pub fn number(window: &Window, key: &str) -> Option<String> {
    let report = open(window).draft.report();
    let id = report.edition().find(key).unwrap();
    report.entry(id).number().map(|number| number.to_string())
}

pub fn press(window: &mut Window, label: &str) {
    window.get_by_label(label).click();
    window.run_steps(4);
}

pub fn press_part(window: &mut Window, label: &str) {
    window.get_by_label_contains(label).click();
    window.run_steps(4);
}

pub fn keys(window: &mut Window, modifiers: Modifiers, key: Key) {
    window.key_press_modifiers(modifiers, key);
    window.run_steps(4);
}
