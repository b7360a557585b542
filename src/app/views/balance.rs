//! The balance under a table: both sides of its equations, live, with what would even them out.

use egui::{CornerRadius, Frame, Label, Margin, RichText, Stroke, Ui};

use crate::app::action::{Action, Actions};
use crate::app::kit::theme::{palette, sizes};
use crate::app::state::OpenDraft;
use crate::form::{Comparison, FieldId, Operand, Operator, Relation, Table, Term};
use crate::report::{Edit, Entry, Number, Report};

/// The equations within this year's figures of one table.
pub fn relations<'a>(
    report: &'a Report,
    table: &Table,
) -> Vec<(&'a Relation, Vec<&'a Comparison>)> {
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

/// The balance of every column.
pub fn balance_ui(
    ui: &mut Ui,
    open: &OpenDraft,
    relations: &[(&Relation, Vec<&Comparison>)],
    actions: &mut Actions,
) {
    let report = open.draft.report();
    for (relation, comparisons) in relations {
        ui.label(
            RichText::new(&relation.says)
                .small()
                .color(palette(ui).weak.0),
        );
        ui.columns(comparisons.len(), |columns| {
            for (ui, comparison) in columns.iter_mut().zip(comparisons) {
                column_ui(ui, report, comparison, actions);
            }
        });
    }
}

fn column_ui(ui: &mut Ui, report: &Report, comparison: &Comparison, actions: &mut Actions) {
    let colours = palette(ui);
    let judgement = report.judge(comparison, None);
    let left = total(report, &comparison.left);
    let right = total(report, &comparison.right);
    let (verdict, sign, colour, fill) = match judgement {
        None => ("没填全".to_owned(), "：", colours.weak.0, colours.panel.0),
        Some(judgement) if judgement.holds => {
            ("平".to_owned(), "=", colours.good.0, colours.panel.0)
        }
        Some(_) => {
            let gap = left - right;
            let gap = if gap.is_negative() { right - left } else { gap };
            (
                format!("差{gap}"),
                "≠",
                colours.error.0,
                colours.error_fill.0,
            )
        }
    };
    let frame = Frame::new()
        .fill(fill)
        .stroke(Stroke::new(1.0, colours.line.0))
        .corner_radius(CornerRadius::same(4))
        .inner_margin(Margin::symmetric(4, 4));
    frame.show(ui, |ui| {
        ui.vertical(|ui| {
            ui.spacing_mut().item_spacing.y = 2.0;
            ui.spacing_mut().interact_size.y = sizes().unit * 3.0;
            let name = column_name(report, comparison);
            ui.set_min_width(ui.available_width());
            ui.add(Label::new(RichText::new(name).small().color(colours.weak.0)).truncate());
            ui.label(RichText::new(format!("{left}{sign}{right}")).small());
            ui.label(RichText::new(verdict).small().color(colour));
            repair_ui(ui, report, comparison, actions);
        });
    });
}

fn repair_ui(ui: &mut Ui, report: &Report, comparison: &Comparison, actions: &mut Actions) {
    if report
        .judge(comparison, None)
        .is_some_and(|judgement| judgement.holds)
    {
        return;
    }
    let edition = report.edition();
    let inputs: Vec<_> = comparison.fields().collect();
    let last = inputs
        .into_iter()
        .rev()
        .find(|&id| !edition.field(id).is_total());
    let Some(last) = last else { return };
    let Some(value) = report.solve(comparison, last, None) else {
        return;
    };
    if value.is_negative() {
        return;
    }
    let field = edition.field(last);
    let number = field.row_label.chars().take(1).collect::<String>();
    let button = ui
        .button(RichText::new(format!("{number}填{value}")).small())
        .on_hover_text(format!("{}填为{value}", field.label));
    if button.clicked() {
        let edit = Edit::Enter(last, Entry::Number(value));
        actions.push(Action::Edit("补平".to_owned(), edit));
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
    label.rsplit('·').next().unwrap_or(label)
}
