//! What came in must be what was finished or carried forward.

use crate::check::arithmetic::{self, Broken};
use crate::check::{Findings, Fix, Level, Rule, Subject};
use crate::form::FieldId;
use crate::report::Number;

/// What came in must be what was finished or carried forward.
pub(super) const RULE: Rule = Rule {
    name: "requests-balance",
    title: "收到与办理的件数不平衡",
    level: Level::Error,
    card: include_str!("requests_balance.md"),
    check,
};

fn check(rule: &'static Rule, subject: &Subject<'_>, findings: &mut Findings) {
    arithmetic::report_broken(rule, subject, findings, balance);
}

/// One change for each figure that could be the wrong one, the remainder first.
///
/// A figure that another relation confirms is left alone; one that another relation wants
/// changed to the same number goes first.
fn balance(subject: &Subject<'_>, broken: &Broken<'_>) -> Vec<Fix> {
    let mut fixes = Vec::new();
    for id in broken.comparison.fields() {
        let Some(value) = arithmetic::solution(subject, broken.comparison, id) else {
            continue;
        };
        let fix = arithmetic::enter(subject, id, value);
        match elsewhere(subject, broken, id) {
            Some(wanted) if wanted == value => fixes.push((0, fix)),
            Some(wanted) if subject.report.value(id) == Some(wanted) => {}
            _ => fixes.push((1, fix)),
        }
    }
    fixes.reverse();
    fixes.sort_by_key(|(rank, _)| *rank);
    fixes.into_iter().map(|(_, fix)| fix).collect()
}

/// The number that another relation of the edition demands of a field.
fn elsewhere(subject: &Subject<'_>, broken: &Broken<'_>, id: FieldId) -> Option<Number> {
    let relations = subject.report.edition().relations.iter();
    let others = relations.filter(|relation| relation.id != broken.relation.id);
    others
        .flat_map(|relation| &relation.comparisons)
        .find_map(|comparison| arithmetic::solution(subject, comparison, id))
}
