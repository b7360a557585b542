//! Single figures by their key, of this year and of last year.

pub(super) use super::cells::{cells, figure, sum, value};
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
