//! Where several sentences, and last year's report if it speaks of it, agree against one cell of a table that
//! balances, the cell is the suspect.

use std::collections::{BTreeMap, BTreeSet};

use crate::check::claims::{self, differing};
use crate::check::finding::FindingRole;
use crate::check::localise::{self, CellHold, Suspect};
use crate::check::subject::Passage;
use crate::check::{Finding, Findings, Rule, Subject, arithmetic, printed};
use crate::form::{Comparison, FieldId, Operator};
use crate::report::{Edit, Entry, Report};

/// How many sentences must agree, and how many witnesses there must be with last year's report.
const SENTENCES: usize = 2;
const WITNESSES: usize = 3;
/// The texts are read anew for each cell that may be it. One total is of a row of columns, or of all rows of a column.
const MOST_TRIED: usize = 24;

/// What speaks for another figure in a cell.
#[derive(Debug, Default)]
struct CellCase<'a> {
    sentences: BTreeSet<&'a str>,
    /// The figures of the text that would be right: in which text, and where.
    figures: Vec<(&'a Passage<'a>, usize)>,
    /// Last year's report would fit.
    prior: bool,
    /// The table would not balance any more.
    unbalances: bool,
}

pub(super) fn check(rule: &'static Rule, subject: &Subject<'_>, findings: &mut Findings) {
    let cases = cases(subject);
    let overlap =
        |one: &CellCase<'_>, other: &CellCase<'_>| !one.sentences.is_disjoint(&other.sentences);
    let is_alone = |suspect: &Suspect, case: &CellCase<'_>| {
        let mut others = cases.iter().filter(|(other, _)| *other != suspect);
        !others.any(|(_, other)| overlap(case, other) && other.prior >= case.prior)
    };
    for (&Suspect { cell, value }, case) in &cases {
        let Some(now) = printed::value(subject.report, cell) else {
            continue;
        };
        if !is_alone(&Suspect { cell, value }, case) {
            continue;
        }
        let label = &subject.report.edition().field(cell).label;
        let (count, also) = (
            case.figures.len(),
            if case.prior { "和上年度报告" } else { "" },
        );
        let then = if case.unbalances {
            "；改了以后还要核对表内的平衡"
        } else {
            ""
        };
        let message = format!(
            "“{label}”这一格可能应为{value}，现为{now}：正文{count}处{also}都支持{value}{then}"
        );
        let mut finding = Finding::new(rule, message)
            .at(subject, vec![cell])
            .comparing(value, now);
        finding.fixes.push(arithmetic::enter(subject, cell, value));
        finding.role = FindingRole::Cause;
        findings.report(finding);
    }
}

/// The cells that enough witnesses want to be another figure: last year's report must be among them where the
/// relations within the table hold as it stands.
fn cases<'a>(subject: &'a Subject<'_>) -> BTreeMap<Suspect, CellCase<'a>> {
    let mut cases = gathered(subject);
    cases.retain(|_, case| case.figures.len() >= SENTENCES);
    // Where the sentences disagree among themselves, none of them is a witness.
    let mut values: BTreeMap<FieldId, usize> = BTreeMap::new();
    for suspect in cases.keys() {
        *values.entry(suspect.cell).or_default() += 1;
    }
    cases.retain(|suspect, _| values.get(&suspect.cell) == Some(&1));
    if cases.len() > MOST_TRIED {
        return BTreeMap::new();
    }
    for case in cases.values_mut() {
        let figures = case.figures.iter();
        case.sentences = figures
            .filter_map(|&(passage, start)| sentence_around(passage, start))
            .collect();
    }
    cases.retain(|suspect, case| {
        let hold = localise::hold(subject, suspect.cell);
        case.unbalances = hold == CellHold::Bound;
        let mut report = subject.report.clone();
        report.apply(Edit::Enter(suspect.cell, Entry::Number(suspect.value)));
        let Some(prior) = by_relations(subject, &report) else {
            return false;
        };
        case.prior = prior;
        hold != CellHold::Broken
            && case.sentences.len() >= SENTENCES
            && case.sentences.len() + usize::from(prior) >= WITNESSES
            && (prior || hold == CellHold::Free && !is_copied(subject, *suspect))
            && differing(&claims::claims(&report, subject.prior)) + case.figures.len()
                <= differing(subject.claims().list())
    });
    cases
}

/// What the figures that differ want the single cells to be.
fn gathered<'a>(subject: &'a Subject<'_>) -> BTreeMap<Suspect, CellCase<'a>> {
    let report = subject.report;
    let mut cases: BTreeMap<Suspect, CellCase<'a>> = BTreeMap::new();
    for (claim, cells) in subject.claims().disputes(report) {
        let Some((gap, passage)) = claim.gap.zip(subject.passage(&claim.section)) else {
            continue;
        };
        for cell in cells {
            let Some(now) = report.entry(cell).number() else {
                continue;
            };
            let value = now + gap;
            if value.is_negative() || report.edition().field(cell).is_total() {
                continue;
            }
            let case = cases.entry(Suspect { cell, value }).or_default();
            case.figures.push((passage, claim.start));
        }
    }
    cases
}

/// The sentence in which a character of a text stands.
fn sentence_around<'a>(passage: &'a Passage<'_>, start: usize) -> Option<&'a str> {
    let (text, byte) = (passage.text, passage.byte_of(start)?);
    let ends = ['。', '！', '？', '\n'];
    let before = text.get(..byte)?.rsplit(ends).next()?.len();
    let after = text.get(byte..)?.split(ends).next()?.len();
    text.get(byte - before..byte + after).map(str::trim)
}

/// Whether last year's report fits better with a change; `None` when a relation to it, or a limit, would not hold any more.
fn by_relations(subject: &Subject<'_>, changed: &Report) -> Option<bool> {
    let after = subject.of_another(changed);
    let holds = |subject: &Subject<'_>, comparison: &Comparison| {
        printed::judge(subject, comparison).map(|judgement| judgement.holds)
    };
    let relations = subject.report.edition().relations.iter();
    let comparisons = relations.flat_map(|relation| &relation.comparisons);
    let mut is_better = false;
    let is_within = |comparison: &&Comparison| {
        comparison.operator == Operator::Equal && !comparison.needs_prior()
    };
    for comparison in comparisons.filter(|comparison| !is_within(comparison)) {
        match (holds(subject, comparison), holds(&after, comparison)) {
            (Some(true), Some(false)) => return None,
            (Some(false), Some(true)) => is_better |= comparison.needs_prior(),
            _ => {}
        }
    }
    Some(is_better)
}

/// Sentences that say last year's figure were copied, and say nothing about this year's cell.
fn is_copied(subject: &Subject<'_>, suspect: Suspect) -> bool {
    let before = subject.prior.and_then(|prior| {
        let same = prior.same_field(subject.report, suspect.cell)?;
        prior.value(same)
    });
    before == Some(suspect.value)
}
