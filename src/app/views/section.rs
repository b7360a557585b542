//! The part of the report that is shown, as on paper.

use std::collections::BTreeMap;

use egui::{Context, CornerRadius, Event, Frame, Id, Margin, RichText, Sense, Stroke, Ui};

use crate::app::actions::{Action, Actions, Command};
use crate::app::state::{OpenDraft, PartId, Target, View};
use crate::app::table::{Aim, GridAction, GridInput, GridPalette, GridState, grid_ui};
use crate::app::update::fill;
use crate::app::views::balance::{
    BalanceDepth, BalanceView, balance_height, balance_ui, relations,
};
use crate::app::views::cover::{CoverView, cover_ui};
use crate::app::views::passage::{PassageInput, PassageView, passage_ui};
use crate::app::views::proposals::proposals_ui;
use crate::app::widgets::theme::{is_low, palette, sizes};
use crate::form::{FieldId, Section, SectionBody, Table};
use crate::report::carry::Proposal;
use crate::report::{Edit, Prior};

/// What the centre of the window remembers.
#[derive(Default)]
pub struct SectionView {
    grid: GridState,
    balance: BalanceView,
    passage: PassageView,
    cover: CoverView,
    /// The draft and the part of it that are shown.
    shown: Option<(u64, PartId)>,
    /// The other tables of the draft as they were left.
    left: BTreeMap<PartId, GridState>,
}

impl SectionView {
    /// Whether the keyboard belongs to a table.
    #[must_use]
    pub fn has_keyboard(&self, ctx: &Context) -> bool {
        self.grid.has_keyboard(ctx)
    }

    /// Where the cell lies that is worked on.
    #[must_use]
    pub fn active(&self, ctx: &Context) -> Option<egui::Rect> {
        self.grid.active().filter(|_| self.has_keyboard(ctx))
    }

    /// Whether typing in a cell ends before the views of this frame look at the draft.
    #[must_use]
    pub fn ends_typing(&self, ctx: &Context) -> bool {
        let asks = |event: &Event| matches!(event, Event::AccessKitActionRequest(_));
        self.grid.is_editing()
            && (self.grid.is_pressed_beside(ctx)
                || ctx.input(|input| input.events.iter().any(asks)))
    }

    /// Takes what was typed behind the key that left a table.
    pub fn take_unused(&mut self) -> Vec<Event> {
        self.grid.take_unused()
    }

    /// Begins with a part where it was left.
    fn show(&mut self, serial: u64, place: PartId) {
        match self.shown {
            Some((same, before)) if same == serial => {
                let grid = std::mem::take(&mut self.grid);
                self.left.insert(before, grid);
            }
            _ => self.left.clear(),
        }
        self.shown = Some((serial, place));
        self.grid = self.left.remove(&place).unwrap_or_default();
        self.balance = BalanceView::default();
    }
}

/// What was typed in a cell and is not in the draft yet.
pub fn finish_cell(open: &OpenDraft, view: &mut SectionView) -> Actions {
    let edit = view.grid.finish(open.draft.report());
    edit.map(|edit| Action::Cells("填报".to_owned(), edit))
        .into_iter()
        .collect()
}

/// The same, while it goes on being typed.
pub fn typing(open: &OpenDraft, view: &SectionView) -> Option<Edit> {
    view.grid.typing(open.draft.report())
}

/// The part that is shown.
pub fn section_ui(ui: &mut Ui, desk: View<'_>, view: &mut SectionView, actions: &mut Actions) {
    let open = desk.open;
    if view.shown != Some((open.serial, open.place)) {
        view.show(open.serial, open.place);
    }
    let unit = sizes().unit;
    let (is_table, widest) = match open.section().map(|section| &section.body) {
        Some(SectionBody::Table(_)) => (true, f32::INFINITY),
        // The box of a text keeps some room around the characters of a line.
        Some(SectionBody::Passage { field, .. }) => {
            let own = sizes().text * sizes().text_columns + unit * 9.5;
            let room = ui.available_width();
            let is_beside = room >= own * 1.7 && view.passage.shows_older(open, *field);
            // Last year's text stands beside it where there is room.
            (false, if is_beside { own * 1.9 } else { own })
        }
        None => (false, sizes().column_width + unit * 8.0),
    };
    let available = ui.available_rect_before_wrap();
    if !is_table {
        // Below everything else on the desk, so that it gets what nothing else takes.
        view.passage.ground = Some(ui.interact(available, Id::unique("page"), Sense::CLICK));
    }
    let colours = palette(ui);
    let (beside, above) = match (is_low(ui.ctx()), is_table) {
        (true, _) => (12, 4),
        (false, true) => (16, 16),
        (false, false) => (32, 16),
    };
    let frame = Frame::new()
        .fill(colours.paper.0)
        .stroke(Stroke::new(1.0, colours.line.0))
        .corner_radius(CornerRadius::same(4))
        .inner_margin(Margin::symmetric(beside, above));
    frame.show(ui, |ui| {
        ui.take_available_space();
        ui.style_mut().interaction.selectable_labels = is_table;
        // The card is as wide for every part; a line of text is no longer than an eye follows.
        let card = ui.available_rect_before_wrap();
        let width = (widest - 2.0 * f32::from(beside)).min(card.width());
        let column = egui::Rect::from_center_size(card.center(), egui::vec2(width, card.height()));
        ui.scope_builder(egui::UiBuilder::new().max_rect(column), |ui| {
            match open.section() {
                None => {
                    let latest = desk.state.today.map(|now| now.year);
                    cover_ui(ui, open, latest, &mut view.cover, actions);
                }
                Some(section) => body_ui(ui, desk, section, view, actions),
            }
        });
    });
}

fn body_ui(
    ui: &mut Ui,
    desk: View<'_>,
    section: &Section,
    view: &mut SectionView,
    actions: &mut Actions,
) {
    let open = desk.open;
    let colours = palette(ui);
    let report = open.draft.report();
    if !is_low(ui.ctx()) {
        ui.label(RichText::new(report.title()).small().color(colours.weak.0));
    }
    match &section.body {
        SectionBody::Passage {
            field,
            prompts,
            skeletons,
            ..
        } => {
            let passage = PassageInput {
                section,
                field: *field,
                prompts,
                skeletons,
            };
            passage_ui(ui, desk, &passage, &mut view.passage, actions);
        }
        SectionBody::Table(table) => {
            heading_ui(ui, desk, section, table, view, actions);
            table_ui(ui, desk, section, table, view, actions);
        }
    }
}

fn heading_ui(
    ui: &mut Ui,
    desk: View<'_>,
    section: &Section,
    table: &Table,
    view: &SectionView,
    actions: &mut Actions,
) {
    let View { state, open } = desk;
    if is_low(ui.ctx()) {
        ui.spacing_mut().interact_size.y = sizes().unit * 3.0;
    }
    ui.horizontal(|ui| {
        // The switches end where the table ends.
        ui.set_max_width(view.grid.width().min(ui.available_width()));
        let right = egui::Layout::right_to_left(egui::Align::Center);
        ui.with_layout(right, |ui| {
            let range = view.grid.range(table);
            zeros_ui(ui, desk, &range, actions);
            if let Some(prior) = open.last_year() {
                let mut on = state.settings.show_prior;
                let switch = ui
                    .checkbox(&mut on, "上年数")
                    .on_hover_text(format!("在各格左边用浅色显示{}的数", prior.source));
                if switch.clicked() {
                    actions.push(Action::Run(Command::ShowPrior));
                }
            }
            let selected = view.grid.selected(table);
            proposals_ui(ui, open, &open.proposals_here(), selected, actions);
            selection_ui(ui, open, &range);
            // The heading takes what room the switches leave, and is cut short before it runs into them.
            ui.with_layout(egui::Layout::left_to_right(egui::Align::Center), |ui| {
                let heading = RichText::new(&section.label).size(sizes().heading);
                ui.add(egui::Label::new(heading).truncate());
            });
        });
    });
}

/// Fills with 0 what is blank in the table, or in the selected cells when there are several.
fn zeros_ui(ui: &mut Ui, desk: View<'_>, range: &[FieldId], actions: &mut Actions) {
    let View { state, open } = desk;
    let report = open.draft.report();
    let zeros = if range.len() > 1 {
        fill::zeros(report, range.iter().copied())
    } else {
        Vec::new()
    };
    let (name, enabled, what) = if range.len() > 1 {
        ("所选其余填0", !zeros.is_empty(), "所选的格里")
    } else {
        let enabled = Command::FillZeros.is_enabled(state);
        (Command::FillZeros.name(), enabled, "本表")
    };
    let response = ui
        .add_enabled(enabled, egui::Button::new(name))
        .on_hover_text(format!("{what}还空着的都填为0，填过的不动（F4）"));
    if response.clicked() {
        actions.push(if range.len() > 1 {
            Action::Edit(name.to_owned(), Edit::All(zeros))
        } else {
            Action::Run(Command::FillZeros)
        });
    }
}

/// How many cells are selected and what they add up to, as spreadsheets say it.
fn selection_ui(ui: &mut Ui, open: &OpenDraft, range: &[FieldId]) {
    if range.len() < 2 {
        return;
    }
    let report = open.draft.report();
    let sum = report.sum(range).map(|sum| format!("，合计{sum}"));
    let text = format!("已选{}格{}", range.len(), sum.unwrap_or_default());
    ui.label(RichText::new(text).small().color(palette(ui).weak.0))
        .on_hover_text("输入一个数，按Ctrl+Enter填满所选的格");
}

fn table_ui(
    ui: &mut Ui,
    desk: View<'_>,
    section: &Section,
    table: &Table,
    view: &mut SectionView,
    actions: &mut Actions,
) {
    let View { state, open } = desk;
    let report = open.draft.report();
    let balances = relations(report, table);
    // Where there is little room the balance is one line; it never leaves the sight.
    let depth = if ui.available_height() >= sizes().low_height {
        BalanceDepth::Whole
    } else {
        BalanceDepth::Verdicts
    };
    let below = balance_height(&balances, depth);
    let focus = match open.target {
        Some(Target::Field(id)) => Some(Aim::Cell(id)),
        Some(Target::Part) => Some(Aim::Last),
        _ => None,
    };
    let input = GridInput {
        report,
        prior: open.last_year().map(|Prior { report, .. }| report),
        table,
        name: &section.label,
        marks: &open.marks(),
        chosen: open.chosen_cells(),
        proposed: &open.proposals_here(),
        show_prior: state.settings.show_prior,
        palette: &grid_palette(ui),
        focus,
    };
    let SectionView { grid, balance, .. } = view;
    // The bar tells that there is more; a fade would lie over the selected cell.
    ui.spacing_mut().scroll = egui::style::ScrollStyle {
        foreground_color: true,
        fade: egui::style::ScrollFadeStyle {
            strength: 0.0,
            ..Default::default()
        },
        ..egui::style::ScrollStyle::solid()
    };
    let asked = egui::ScrollArea::both()
        .id_salt(("table scroll", &section.id))
        .auto_shrink(false)
        .max_height((ui.available_height() - below).max(0.0))
        .show(ui, |ui| grid_ui(ui, &input, grid));
    balance_ui(ui, open, &balances, depth, &*grid, &mut *balance, actions);
    for action in asked.inner {
        actions.push(match action {
            GridAction::Edit { name, edit } => Action::Cells(name, edit),
            GridAction::Leave(cells) => Action::Leave(proposed(open, &cells)),
            GridAction::Undo => Action::Run(Command::Undo),
            GridAction::Redo => Action::Run(Command::Redo),
            GridAction::Notice(text) => Action::Notice(text),
            GridAction::LeaveForward => Action::Run(Command::NextPart),
            GridAction::LeaveBackward => Action::Run(Command::PreviousPart),
        });
    }
}

/// What is proposed for some cells.
fn proposed(open: &OpenDraft, cells: &[FieldId]) -> Vec<Proposal> {
    let mut proposals = open.proposals_here();
    proposals.retain(|proposal| cells.contains(&proposal.field));
    proposals
}

/// The grid's colours in the theme that is shown.
fn grid_palette(ui: &Ui) -> GridPalette {
    let colours = palette(ui);
    GridPalette {
        text: colours.text.0,
        weak: colours.weak.0,
        ghost: colours.ghost.0,
        hint: colours.line.0,
        paper: colours.paper.0,
        head: colours.head.0,
        label: colours.panel.0,
        total: colours.total_fill.0,
        crosshair: colours.crosshair.0,
        selection: colours.selection.0,
        cursor: colours.accent.0,
        line: colours.line.0,
        error: colours.error.0,
        query: colours.query.0,
        advice: colours.advice.0,
    }
}
