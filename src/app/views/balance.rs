//! The balance under a table: both sides of its equations column by column, live, and what would
//! even them out.

use egui::{Align2, FontId, Rangef, Rect, RichText, ScrollArea, Sense, Ui, pos2, vec2};

use crate::app::actions::{Action, Actions};
use crate::app::state::OpenDraft;
use crate::app::table::GridState;
use crate::app::views::formula::{numeral, repair_title, side};
use crate::app::widgets::fit::fitting;
use crate::app::widgets::theme::{palette, sizes};
use crate::form::{Comparison, FieldId, Operand, Operator, Relation, Table, Term};
use crate::report::{Edit, Entry, Number, Report};

/// An equation of a table with its columns.
pub type Balance<'a> = (&'a Relation, Vec<&'a Comparison>);

/// The equations within this year's figures of one table.
pub fn relations<'a>(report: &'a Report, table: &Table) -> Vec<Balance<'a>> {
    let cells: std::collections::BTreeSet<FieldId> = table.fields().collect();
    let fits = |comparison: &&Comparison| {
        comparison.operator == Operator::Equal
            && !comparison.needs_prior()
            && comparison.fields().count() >= 2
            && comparison.fields().all(|id| cells.contains(&id))
    };
    report
        .edition()
        .relations
        .iter()
        .map(|relation| (relation, relation.comparisons.iter().filter(fits).collect()))
        .filter(|(_, comparisons): &(_, Vec<_>)| !comparisons.is_empty())
        .collect()
}

/// The column whose repairs are shown, when one was picked.
#[derive(Debug, Default)]
pub struct BalanceView {
    picked: Option<FieldId>,
}

/// The line with the demand or the repairs, and the lines of figures.
fn heights() -> (f32, f32) {
    (sizes().unit * 4.0, (sizes().small * 1.5).round())
}

/// How much of a balance is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BalanceDepth {
    /// What is demanded, both sides, and how they compare.
    Whole,
    /// How they compare.
    Verdicts,
}

/// How high the balances are.
pub fn balance_height(balances: &[Balance<'_>], depth: BalanceDepth) -> f32 {
    let (says, line) = heights();
    let one = match depth {
        BalanceDepth::Whole => says + 3.0 * line + sizes().unit / 2.0,
        BalanceDepth::Verdicts => line + sizes().unit / 2.0,
    };
    balances.len() as f32 * one
}

/// The balances, their columns below those of the table.
pub fn balance_ui(
    ui: &mut Ui,
    open: &OpenDraft,
    balances: &[Balance<'_>],
    depth: BalanceDepth,
    grid: &GridState,
    view: &mut BalanceView,
    actions: &mut Actions,
) {
    for balance in balances {
        let columns: Vec<_> = balance
            .1
            .iter()
            .filter_map(|comparison| BalanceColumn::new(open, comparison, grid))
            .collect();
        ui.spacing_mut().item_spacing.y = 0.0;
        ui.set_max_width(ui.available_width().min(grid.width()));
        if depth == BalanceDepth::Whole {
            says_ui(ui, open, balance.0, &columns, view, actions);
        }
        lines_ui(ui, open.draft.report(), &columns, depth, view);
        ui.add_space(sizes().unit / 2.0);
    }
}

/// What a column of the balance says.
#[derive(Clone, Copy, PartialEq, Eq)]
enum BalanceVerdict {
    Open,
    Even,
    Gap(Number),
}

/// One column of a balance.
struct BalanceColumn<'a> {
    comparison: &'a Comparison,
    /// The field that stands for the column.
    key: FieldId,
    name: &'a str,
    place: Rangef,
    left: Number,
    right: Number,
    verdict: BalanceVerdict,
}

impl<'a> BalanceColumn<'a> {
    fn new(open: &'a OpenDraft, comparison: &'a Comparison, grid: &GridState) -> Option<Self> {
        let report = open.draft.report();
        let key = comparison.fields().next()?;
        let (left, right) = (
            total(report, &comparison.left),
            total(report, &comparison.right),
        );
        let gap = if left > right {
            left - right
        } else {
            right - left
        };
        let verdict = match report.judge(comparison, None) {
            None => BalanceVerdict::Open,
            Some(judgement) if judgement.holds => BalanceVerdict::Even,
            Some(_) => BalanceVerdict::Gap(gap),
        };
        Some(Self {
            comparison,
            key,
            name: column_name(report, comparison),
            place: grid.column(key)?,
            left,
            right,
            verdict,
        })
    }

    fn words(&self) -> String {
        match self.verdict {
            BalanceVerdict::Open => "待填".to_owned(),
            BalanceVerdict::Even => "✓平".to_owned(),
            BalanceVerdict::Gap(gap) => format!("差{gap}"),
        }
    }
}

/// The demand in the form's own words, or what would even out the column that was picked.
fn says_ui(
    ui: &mut Ui,
    open: &OpenDraft,
    relation: &Relation,
    columns: &[BalanceColumn<'_>],
    view: &mut BalanceView,
    actions: &mut Actions,
) {
    let colours = palette(ui);
    let repairable = |column: &&BalanceColumn<'_>| !repairs(open, relation, column).is_empty();
    let picked = columns
        .iter()
        .find(|column| Some(column.key) == view.picked)
        .filter(|column| repairable(column) || matches!(column.verdict, BalanceVerdict::Gap(_)));
    let broken = || {
        let mut broken = columns
            .iter()
            .filter(|column| matches!(column.verdict, BalanceVerdict::Gap(_)));
        broken.find(repairable)
    };
    let last_open = || {
        let mut open = columns
            .iter()
            .filter(|column| column.verdict == BalanceVerdict::Open);
        open.find(repairable)
    };
    let column = picked.or_else(broken).or_else(last_open);
    let size = vec2(ui.available_width(), heights().0);
    let line = egui::Layout::left_to_right(egui::Align::Center);
    ui.allocate_ui_with_layout(size, line, |ui| {
        let Some(column) = column else {
            ui.label(RichText::new(&relation.says).small().color(colours.weak.0));
            return;
        };
        let scroll = ScrollArea::horizontal().id_salt(("repairs", &relation.id));
        scroll.show(ui, |ui| {
            ui.with_layout(line, |ui| repairs_ui(ui, open, relation, column, actions));
        });
    });
}

fn repairs_ui(
    ui: &mut Ui,
    open: &OpenDraft,
    relation: &Relation,
    column: &BalanceColumn<'_>,
    actions: &mut Actions,
) {
    let colours = palette(ui);
    ui.spacing_mut().interact_size.y = sizes().unit * 3.0;
    let (words, colour) = match column.verdict {
        BalanceVerdict::Gap(gap) => (format!("{}差{gap}", column.name), colours.error.0),
        _ => (format!("{}还差一格", column.name), colours.weak.0),
    };
    ui.label(RichText::new(words).small().color(colour));
    let repairs = repairs(open, relation, column);
    if repairs.is_empty() {
        let why = "这一列是各列相加得出的，改前面的列";
        ui.label(RichText::new(why).small().color(colours.weak.0));
    }
    let report = open.draft.report();
    for (field, value) in repairs {
        let title = repair_title(report, column.comparison, field, value);
        let label = &report.edition().field(field).label;
        let button = ui
            .button(RichText::new(title).small())
            .on_hover_text(format!("“{label}”填为{value}，可以撤销"));
        if button.clicked() {
            let edit = Edit::Enter(field, Entry::Number(value));
            actions.push(Action::Edit("补平".to_owned(), edit));
        }
    }
}

/// Which cell of a column could hold what instead, the most likely first.
fn repairs(
    open: &OpenDraft,
    relation: &Relation,
    column: &BalanceColumn<'_>,
) -> Vec<(FieldId, Number)> {
    let report = open.draft.report();
    if column.verdict == BalanceVerdict::Even {
        return Vec::new();
    }
    let cells: Vec<_> = column.comparison.fields().collect();
    let found = open
        .findings
        .list
        .iter()
        .find(|finding| finding.rule.name == relation.id && finding.cells == cells);
    // The rule knows which of the figures another relation vouches for.
    if let Some(finding) = found {
        let fixes = finding.fixes.iter();
        return fixes
            .filter_map(|fix| match fix.edit(report) {
                Edit::Enter(field, Entry::Number(value)) => Some((field, value)),
                _ => None,
            })
            .collect();
    }
    let inputs = cells
        .into_iter()
        .rev()
        .filter(|&id| !report.edition().field(id).is_total());
    inputs
        .filter_map(|id| Some((id, report.solve(column.comparison, id, None)?)))
        .filter(|(_, value)| value.is_whole() && !value.is_negative())
        .collect()
}

/// Three lines: the left side, the right side, the difference.
fn lines_ui(
    ui: &mut Ui,
    report: &Report,
    columns: &[BalanceColumn<'_>],
    depth: BalanceDepth,
    view: &mut BalanceView,
) {
    let colours = palette(ui);
    let Some(first) = columns.first() else { return };
    let (_, line) = heights();
    // The last line by itself is drawn where the first one would be.
    let skipped = match depth {
        BalanceDepth::Whole => 0.0,
        BalanceDepth::Verdicts => 2.0,
    };
    let size = vec2(ui.available_width(), line * (3.0 - skipped));
    let (_, rect) = ui.allocate_space(size);
    let painter = ui.painter_at(rect);
    let font = FontId::proportional(sizes().small);
    let top = rect.top() - line * skipped;
    let row = |number: f32| top + line * (number + 0.5);
    let names = [
        side(report, &first.comparison.left),
        side(report, &first.comparison.right),
        "差额".to_owned(),
    ];
    for (number, name) in [0.0, 1.0, 2.0].into_iter().zip(names) {
        let at = pos2(first.place.min - 8.0, row(number));
        painter.text(at, Align2::RIGHT_CENTER, name, font.clone(), colours.weak.0);
        let y = top + line * number;
        let across = Rangef::new(rect.left(), columns.last().map_or(y, |last| last.place.max));
        painter.hline(across, y, egui::Stroke::new(1.0, colours.line.0));
    }
    for column in columns {
        let place = Rect::from_x_y_ranges(column.place, rect.y_range());
        let id = ui.unique_id().with(("balance", column.key));
        let response = ui.interact(place.intersect(rect), id, Sense::click());
        let (words, colour) = match column.verdict {
            BalanceVerdict::Open => (column.words(), colours.weak.0),
            BalanceVerdict::Even => (column.words(), colours.good.0),
            BalanceVerdict::Gap(_) => (column.words(), colours.error.0),
        };
        if matches!(column.verdict, BalanceVerdict::Gap(_)) {
            let verdict = place.with_min_y(top + line * 2.0);
            painter.rect_filled(verdict.shrink(1.0), 2.0, colours.error_fill.0);
        }
        let (left, right) = (column.left.to_string(), column.right.to_string());
        let inks = [colours.text.0, colours.text.0, colour];
        for ((number, text), ink) in [0.0, 1.0, 2.0]
            .into_iter()
            .zip([&left, &right, &words])
            .zip(inks)
        {
            let galley = fitting(&painter, text, &font, place.width() - 6.0, ink);
            let middle = row(number) - galley.size().y / 2.0;
            let at = pos2(place.right() - 5.0 - galley.size().x, middle);
            painter.galley(at, galley, ink);
        }
        response.widget_info(|| {
            let comparison = column.comparison;
            let sides = (
                side(report, &comparison.left),
                side(report, &comparison.right),
            );
            let text = format!(
                "{}：{}＝{left}，{}＝{right}，{words}",
                column.name, sides.0, sides.1
            );
            egui::WidgetInfo::labeled(egui::Role::Button, true, text)
        });
        if response.clicked() {
            view.picked = Some(column.key);
        }
    }
}

/// A side with blanks counted as nothing, so that it can be watched while the column is filled in.
fn total(report: &Report, terms: &[Term]) -> Number {
    terms.iter().fold(Number::ZERO, |sum, term| {
        let value = match term.operand {
            Operand::One => Some(Number::ONE),
            Operand::Field(id) => report.value(id),
            Operand::Prior(_) => None,
        };
        sum + value.unwrap_or(Number::ZERO).times(term.factor)
    })
}

/// What all the fields have in common: their column, or their row.
fn column_name<'a>(report: &'a Report, comparison: &Comparison) -> &'a str {
    let edition = report.edition();
    let mut fields = comparison.fields().map(|id| edition.field(id));
    let Some(first) = fields.next() else {
        return "";
    };
    let label = if fields.all(|field| field.column_label == first.column_label) {
        &first.column_label
    } else {
        &first.row_label
    };
    numeral(label).1
}
