//! Walks the relations that an edition lists for a rule. It knows no row and no column.

use super::finding::FindingRole;
use super::{Finding, Findings, Fix, Rule, Subject, printed};
use crate::form::{Comparison, Edition, FieldId, Operand, Operator, Relation};
use crate::report::{Edit, Entry, Judgement, Number};

/// A comparison that does not hold.
#[derive(Debug)]
pub(super) struct Broken<'a> {
    /// The demand it belongs to.
    pub relation: &'a Relation,
    /// The comparison.
    pub comparison: &'a Comparison,
    /// Both sides.
    pub judgement: Judgement,
}

/// Reports every comparison of the rule's relations that does not hold, with the changes that
/// `mend` offers for it.
pub(super) fn report_broken(
    rule: &'static Rule,
    subject: &Subject<'_>,
    findings: &mut Findings,
    mend: fn(&Subject<'_>, &Broken<'_>) -> Vec<Fix>,
) {
    for broken in broken(rule, subject, findings) {
        let cells = broken.comparison.fields().collect();
        let Judgement { left, right, .. } = broken.judgement;
        let mut finding = Finding::new(rule, message(subject, &broken))
            .at(subject, cells)
            .comparing(right, left);
        finding.role = FindingRole::Relation;
        finding.fixes = mend(subject, &broken);
        findings.report(finding);
    }
}

/// For relations that no single change mends.
pub(super) fn no_fix(_: &Subject<'_>, _: &Broken<'_>) -> Vec<Fix> {
    Vec::new()
}

/// The change that makes the first summand on the left fit all others.
pub(super) fn fit_first(subject: &Subject<'_>, broken: &Broken<'_>) -> Vec<Fix> {
    let first = broken.comparison.fields().next();
    let value = first.and_then(|id| solution(subject, broken.comparison, id).map(|n| (id, n)));
    value
        .map(|(id, value)| enter(subject, id, value))
        .into_iter()
        .collect()
}

/// One change for each figure that could be the wrong one, the remainder first.
///
/// A figure that another relation confirms is left alone; one that another relation wants
/// changed to the same number goes first.
pub(super) fn balance(subject: &Subject<'_>, broken: &Broken<'_>) -> Vec<Fix> {
    let mut fixes = Vec::new();
    for id in broken.comparison.fields() {
        let Some(value) = solution(subject, broken.comparison, id) else {
            continue;
        };
        let fix = enter(subject, id, value);
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
        .find_map(|comparison| solution(subject, comparison, id))
}

/// The change that enters a number in a field.
pub(super) fn enter(subject: &Subject<'_>, id: FieldId, value: Number) -> Fix {
    let name = &subject.report.edition().field(id).label;
    Fix::new(
        format!("“{name}”改为{value}"),
        Edit::Enter(id, Entry::Number(value)),
    )
}

/// The whole number from 0 up that an input field must hold for a comparison to be true.
pub(super) fn solution(
    subject: &Subject<'_>,
    comparison: &Comparison,
    id: FieldId,
) -> Option<Number> {
    if subject.report.edition().field(id).is_total() {
        return None;
    }
    printed::solve(subject, comparison, id).filter(|value| value.is_whole() && !value.is_negative())
}

/// The comparisons that do not hold; what could not be judged is noted once.
fn broken<'a>(rule: &Rule, subject: &Subject<'a>, findings: &mut Findings) -> Vec<Broken<'a>> {
    let (report, prior) = (subject.report, subject.prior);
    let relations = report.edition().relations.iter();
    let all: Vec<_> = relations
        .filter(|relation| relation.id == rule.name)
        .flat_map(|relation| relation.comparisons.iter().map(move |c| (relation, c)))
        .collect();
    if prior.is_none() && all.iter().any(|(_, comparison)| comparison.needs_prior()) {
        findings.not_checked(rule, subject.lack_of_prior());
        return Vec::new();
    }
    let (mut found, mut foreign, mut open) = (Vec::new(), 0, 0);
    for (relation, comparison) in all {
        match printed::judge(subject, comparison) {
            Some(judgement) if judgement.holds => {}
            Some(judgement) => found.push(Broken {
                relation,
                comparison,
                judgement,
            }),
            None if lacks_prior_field(subject, comparison) => foreign += 1,
            None => open += 1,
        }
    }
    if foreign > 0 {
        findings.not_checked(rule, "上年度报告的格式不同，没有对应的格");
    }
    if open > 0 {
        findings.not_checked(rule, format!("所需的格没有填全，有{open}处未判断"));
    }
    found
}

fn lacks_prior_field(subject: &Subject<'_>, comparison: &Comparison) -> bool {
    operands(comparison).any(|operand| match (operand, subject.prior) {
        (Operand::Prior(id), Some(prior)) => prior.same_field(subject.report, id).is_none(),
        _ => false,
    })
}

fn operands(comparison: &Comparison) -> impl Iterator<Item = Operand> + '_ {
    let terms = comparison.left.iter().chain(&comparison.right);
    terms.map(|term| term.operand)
}

/// Where, what both sides are, and how they should compare.
fn message(subject: &Subject<'_>, broken: &Broken<'_>) -> String {
    let Judgement { left, right, .. } = broken.judgement;
    let (word, demand) = match broken.comparison.operator {
        Operator::Equal => ("等于", "应当相等"),
        Operator::AtMost => ("不超过", "前者不应大于后者"),
        Operator::AtLeast => ("不少于", "前者不应小于后者"),
    };
    let place = place(subject.report.edition(), broken.comparison);
    let says = &broken.relation.says;
    let sentence = match says.split_once(word) {
        Some((first, second)) => {
            let first = first.trim_end_matches('，');
            format!("{first}为{left}，{second}为{right}，{demand}")
        }
        None => format!("{says}，现为{left}和{right}"),
    };
    if place.is_empty() {
        sentence
    } else {
        format!("{place}：{sentence}")
    }
}

/// What all operands have in common: the column, or else the row.
fn place(edition: &Edition, comparison: &Comparison) -> String {
    let ids: Vec<_> = operands(comparison)
        .filter_map(|operand| match operand {
            Operand::Field(id) | Operand::Prior(id) => Some(id),
            Operand::One => None,
        })
        .collect();
    let Some(&first) = ids.first() else {
        return String::new();
    };
    let halves = |id: FieldId| edition.field(id).key.split_once('@');
    let same = |half: fn((&str, &str)) -> String| {
        ids.iter()
            .all(|&id| halves(id).map(half) == halves(first).map(half))
    };
    let field = edition.field(first);
    let (same_row, same_column) = (
        same(|(row, _)| row.to_owned()),
        same(|(_, column)| column.to_owned()),
    );
    match (same_row, same_column) {
        (true, true) => field.label.clone(),
        (false, true) => field.column_label.clone(),
        (true, false) => field.row_label.clone(),
        (false, false) => String::new(),
    }
}
