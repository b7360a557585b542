//! Single figures by their key, of this year and of last year.

use super::{Findings, Rule, Subject};
use crate::form::FieldId;
use crate::report::{Number, Report};

/// A figure that is known in both years.
#[derive(Debug, Clone, Copy)]
pub(super) struct Pair {
    /// The cell.
    pub id: FieldId,
    /// This year's figure.
    pub now: Number,
    /// Last year's.
    pub before: Number,
}

/// A figure with its cell; `None` when the form has no such cell or it is not filled in.
pub(super) fn figure(report: &Report, key: &str) -> Option<(FieldId, Number)> {
    let id = report.edition().find(key)?;
    let value = report.value(id).filter(|_| report.is_complete(id))?;
    Some((id, value))
}

/// A figure; `None` when the form has no such cell or it is not filled in.
pub(super) fn value(report: &Report, key: &str) -> Option<Number> {
    figure(report, key).map(|(_, value)| value)
}

/// The sum of figures; `None` when one of them is absent.
pub(super) fn sum(report: &Report, keys: &[&str]) -> Option<Number> {
    keys.iter()
        .map(|key| value(report, key))
        .try_fold(Number::ZERO, |sum, value| Some(sum + value?))
}

/// The cells that exist of these keys.
pub(super) fn cells(report: &Report, keys: &[&str]) -> Vec<FieldId> {
    keys.iter()
        .filter_map(|key| report.edition().find(key))
        .collect()
}

/// Last year's report; without one the rule is noted as not checked.
pub(super) fn prior<'a>(
    rule: &Rule,
    subject: &Subject<'a>,
    findings: &mut Findings,
) -> Option<&'a Report> {
    if subject.prior.is_none() {
        findings.not_checked(rule, subject.lack_of_prior());
    }
    subject.prior
}

/// The figures of these keys that are known in both years. Without last year's report the rule is
/// noted as not checked; so it is when a cell of this year is not filled in.
pub(super) fn pairs(
    rule: &Rule,
    subject: &Subject<'_>,
    findings: &mut Findings,
    keys: &[&str],
) -> Vec<Pair> {
    let Some(prior) = prior(rule, subject, findings) else {
        return Vec::new();
    };
    let mut pairs = Vec::new();
    let mut open = 0;
    for key in keys {
        let known = |report: &Report| report.edition().find(key).is_some();
        if !known(subject.report) || !known(prior) {
            continue;
        }
        match (figure(subject.report, key), value(prior, key)) {
            (Some((id, now)), Some(before)) => pairs.push(Pair { id, now, before }),
            _ => open += 1,
        }
    }
    if open > 0 {
        not_filled(rule, findings, open);
    }
    pairs
}

/// Notes that a rule could not judge some places because cells are not filled in.
pub(super) fn not_filled(rule: &Rule, findings: &mut Findings, places: usize) {
    findings.not_checked(rule, format!("所需的格没有填全，有{places}处未判断"));
}
