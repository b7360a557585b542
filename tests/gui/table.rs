//! A statutory table by itself, for the tests of the table.
#![expect(clippy::unwrap_used, reason = "the helpers of a test may fail it")]

use std::collections::BTreeMap;
use std::sync::Arc;

use egui::{Color32, Event, FontData, FontDefinitions, FontFamily, OutputCommand};
use egui_kittest::Harness;
use nianbao::app::table::{Aim, CellMark, GridAction, GridInput, GridPalette, GridState, grid_ui};
use nianbao::form::{self, FieldId};
use nianbao::report::{Draft, Edit, Entry, Report};

const PALETTE: GridPalette = GridPalette {
    text: Color32::from_gray(20),
    weak: Color32::from_gray(110),
    ghost: Color32::from_gray(150),
    hint: Color32::from_gray(190),
    paper: Color32::WHITE,
    head: Color32::from_gray(240),
    label: Color32::from_gray(248),
    total: Color32::from_gray(244),
    crosshair: Color32::from_rgb(220, 232, 246),
    selection: Color32::from_rgb(225, 238, 255),
    cursor: Color32::from_rgb(30, 100, 200),
    line: Color32::from_gray(160),
    error: Color32::from_rgb(190, 30, 30),
    query: Color32::from_rgb(200, 120, 0),
    advice: Color32::from_rgb(60, 120, 180),
};

pub struct App {
    pub draft: Draft,
    pub section: &'static str,
    pub grid: GridState,
    pub focus: Option<FieldId>,
    pub actions: Vec<GridAction>,
    pub marks: BTreeMap<FieldId, CellMark<'static>>,
    pub other: String,
}

impl App {
    pub fn new(section: &'static str) -> Self {
        let edition = form::by_id("2021").unwrap();
        Self {
            draft: Draft::new(Report::new(edition, 2025)),
            section,
            grid: GridState::default(),
            focus: None,
            actions: Vec::new(),
            marks: BTreeMap::new(),
            other: String::new(),
        }
    }

    pub fn id(&self, key: &str) -> FieldId {
        self.draft.report().edition().find(key).unwrap()
    }

    pub fn entry(&self, key: &str) -> Entry {
        self.draft.report().entry(self.id(key)).clone()
    }

    pub fn number(&self, key: &str) -> Option<String> {
        self.entry(key).number().map(|number| number.to_string())
    }

    pub fn put(&mut self, key: &str, text: &str) {
        let id = self.id(key);
        let kind = self.draft.report().edition().field(id).kind;
        self.draft
            .edit("测试", Edit::Enter(id, Entry::read(kind, text)));
    }

    pub fn notices(&self) -> Vec<&str> {
        let texts = self.actions.iter().filter_map(|action| match action {
            GridAction::Notice(text) => Some(text.as_str()),
            _ => None,
        });
        texts.collect()
    }

    pub fn edits(&self) -> usize {
        let is_edit = |action: &&GridAction| matches!(action, GridAction::Edit { .. });
        self.actions.iter().filter(is_edit).count()
    }

    fn ui(&mut self, ui: &mut egui::Ui) {
        let label = ui.label("其他");
        ui.text_edit_singleline(&mut self.other)
            .labelled_by(label.id);
        let edition = self.draft.report().edition().clone();
        let mut tables = edition.tables();
        let (section, table) = tables
            .find(|(section, _)| section.id == self.section)
            .unwrap();
        let actions = egui::ScrollArea::both().show(ui, |ui| {
            let input = GridInput {
                report: self.draft.report(),
                prior: None,
                table,
                name: &section.label,
                marks: &self.marks,
                chosen: &[],
                proposed: &[],
                show_prior: false,
                palette: &PALETTE,
                focus: self.focus.take().map(Aim::Cell),
            };
            grid_ui(ui, &input, &mut self.grid)
        });
        for action in actions.inner {
            match action.clone() {
                GridAction::Edit { name, edit } => self.draft.edit(&name, edit),
                GridAction::Undo => {
                    self.draft.undo();
                }
                GridAction::Redo => {
                    self.draft.redo();
                }
                _ => {}
            }
            self.actions.push(action);
        }
    }
}

pub fn harness(app: App) -> Harness<'static, App> {
    Harness::builder()
        .with_size(egui::vec2(1000.0, 700.0))
        // Two clicks shall be near enough in time to be a double click.
        .with_step_dt(1.0 / 30.0)
        .with_context_setup(|ctx| {
            let mut fonts = FontDefinitions::default();
            let data = include_bytes!("../../assets/fonts/NotoSansSC-subset.otf");
            fonts
                .font_data
                .insert("sc".to_owned(), Arc::new(FontData::from_static(data)));
            for family in [FontFamily::Proportional, FontFamily::Monospace] {
                let names = fonts.families.entry(family).or_default();
                names.insert(0, "sc".to_owned());
            }
            ctx.set_fonts(fonts);
            ctx.all_styles_mut(|style| style.visuals.text_cursor.blink = false);
        })
        .build_ui_state(|ui, app: &mut App| app.ui(ui), app)
}

pub fn start(section: &'static str, key: &str) -> Harness<'static, App> {
    let mut app = App::new(section);
    app.focus = Some(app.id(key));
    let mut h = harness(app);
    h.run();
    h
}

pub fn text(h: &Harness<'_, App>, text: &str) {
    h.event(Event::Text(text.to_owned()));
}

pub fn copied(h: &Harness<'_, App>) -> Option<String> {
    let commands = &h.output().platform_output.commands;
    commands.iter().find_map(|command| match command {
        OutputCommand::CopyText(text) => Some(text.clone()),
        _ => None,
    })
}
