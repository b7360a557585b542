//! Figures as they are printed: a total that was stated counts as it stands, all others as they follow.
//!
//! What holds as printed is no fault of the report, even where a cell beside it is wrong.

use super::Subject;
use crate::form::{Comparison, FieldId, Operand, Operator, Term};
use crate::report::{Judgement, Number, Report};

/// The figure of a field as printed; `None` when it, or something it sums, is not filled in.
pub(super) fn value(report: &Report, id: FieldId) -> Option<Number> {
    if let Some(stated) = report.entry(id).number() {
        return Some(stated);
    }
    sum(report, report.edition().field(id).sums.first()?)
}

/// The sum of fields as printed.
pub(super) fn sum(report: &Report, fields: &[FieldId]) -> Option<Number> {
    let mut values = fields.iter().map(|&id| value(report, id));
    values.try_fold(Number::ZERO, |sum, value| Some(sum + value?))
}

/// Both sides of a comparison; `None` when a figure it needs is not there.
pub(super) fn judge(subject: &Subject<'_>, comparison: &Comparison) -> Option<Judgement> {
    let left = side(subject, &comparison.left)?;
    let right = side(subject, &comparison.right)?;
    let holds = match comparison.operator {
        Operator::Equal => left == right,
        Operator::AtMost => left <= right,
        Operator::AtLeast => left >= right,
    };
    Some(Judgement { left, right, holds })
}

/// The number that a field must hold for an equation to be true, all else as printed.
pub(super) fn solve(
    subject: &Subject<'_>,
    comparison: &Comparison,
    field: FieldId,
) -> Option<Number> {
    let factor = |terms: &[Term]| {
        let own = terms
            .iter()
            .filter(|term| term.operand == Operand::Field(field));
        own.map(|term| term.factor).sum::<i64>()
    };
    let judgement = judge(subject, comparison)?;
    let now = value(subject.report, field)?;
    let gap = judgement.right - judgement.left;
    match factor(&comparison.left) - factor(&comparison.right) {
        _ if comparison.operator != Operator::Equal => None,
        1 => Some(now + gap),
        -1 => Some(now - gap),
        _ => None,
    }
}

fn side(subject: &Subject<'_>, terms: &[Term]) -> Option<Number> {
    let (report, prior) = (subject.report, subject.prior);
    let mut values = terms.iter().map(|term| {
        let value = match term.operand {
            Operand::One => Number::ONE,
            Operand::Field(id) => value(report, id)?,
            Operand::Prior(id) => {
                prior.and_then(|prior| value(prior, prior.same_field(report, id)?))?
            }
        };
        Some(value.times(term.factor))
    });
    values.try_fold(Number::ZERO, |sum, value| Some(sum + value?))
}
