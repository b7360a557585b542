//! Finds the cell behind relations that do not hold: the smallest set of cells whose change makes
//! every relation hold (Fellegi and Holt). It knows no row and no column.

use std::collections::{BTreeMap, BTreeSet};

use super::claims::{claims, differing};
use super::{Subject, printed};
use crate::form::{Comparison, FieldId, Operand, Operator};
use crate::report::{Edit, Entry, Number, Report};

/// How many cells are tried against the text at most.
const MOST_TRIED: usize = 8;

/// A cell that is wrong, and what it should hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Suspect {
    /// The cell.
    pub cell: FieldId,
    /// The figure with which everything holds.
    pub value: Number,
}

/// What stands outside of the tables and says what a cell holds: last year's report, a sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Evidence {
    /// The cell it speaks of.
    pub cell: FieldId,
    /// What it says the cell holds.
    pub value: Number,
}

/// Cells whose weighted sum must be 0.
#[derive(Debug, Clone)]
struct Equation {
    /// Each cell's factor.
    factors: BTreeMap<FieldId, i64>,
    /// What the sum is as printed.
    residual: Number,
}

/// The cells that must be changed for all relations to hold, as far as there is but one smallest
/// set of them in each table; where several cells would do, the evidence decides.
pub(super) fn suspects(subject: &Subject<'_>, evidence: &[Evidence]) -> Vec<Suspect> {
    let edition = subject.report.edition();
    let mut tables: BTreeMap<Option<usize>, Vec<Equation>> = BTreeMap::new();
    for equation in equations(subject) {
        let first = equation.factors.keys().next();
        let section = first.and_then(|&cell| edition.field(cell).section);
        tables.entry(section).or_default().push(equation);
    }
    let found = tables.values().filter_map(|equations| {
        let values = Values {
            report: subject.report,
            changed: BTreeMap::new(),
        };
        let by_text = |candidates: &[Suspect]| by_text(subject, candidates);
        one(equations, &values, evidence, &by_text).or_else(|| two(equations, &values))
    });
    found.flatten().collect()
}

/// What last year's report says of this year's cells.
pub(super) fn of_prior(subject: &Subject<'_>) -> Vec<Evidence> {
    let relations = subject.report.edition().relations.iter();
    let comparisons = relations.flat_map(|relation| &relation.comparisons);
    comparisons
        .filter(|comparison| comparison.needs_prior())
        .filter_map(|comparison| {
            let cell = comparison.fields().next()?;
            let value = printed::solve(subject, comparison, cell)?;
            Some(Evidence { cell, value })
        })
        .collect()
}

/// How the relations within its table hold a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum CellHold {
    /// None speaks of it.
    Free,
    /// One that holds speaks of it.
    Bound,
    /// There are some in the table that do not hold.
    Broken,
}

/// How the relations within its table hold a cell.
pub(super) fn hold(subject: &Subject<'_>, cell: FieldId) -> CellHold {
    let edition = subject.report.edition();
    let section = |cell: FieldId| edition.field(cell).section;
    let speaks = |equation: &Equation| equation.factors.get(&cell).is_some_and(|&f| f != 0);
    let mut hold = CellHold::Free;
    for equation in equations(subject) {
        let first = equation.factors.keys().next();
        if first.is_none_or(|&first| section(first) != section(cell)) {
            continue;
        }
        if !equation.residual.is_zero() {
            return CellHold::Broken;
        }
        if speaks(&equation) {
            hold = CellHold::Bound;
        }
    }
    hold
}

/// Every equation that is complete: the stated totals and the relations within this report.
fn equations(subject: &Subject<'_>) -> Vec<Equation> {
    let report = subject.report;
    let edition = report.edition();
    let stated = edition
        .cells()
        .filter(|&id| report.entry(id).number().is_some());
    let totals = stated.flat_map(|id| {
        let ways = edition.field(id).sums.iter();
        ways.filter_map(move |parts| {
            let mut factors = BTreeMap::new();
            add(report, id, 1, &mut factors)?;
            for &part in parts {
                add(report, part, -1, &mut factors)?;
            }
            Equation::of(report, factors)
        })
    });
    let relations = edition.relations.iter();
    let comparisons = relations.flat_map(|relation| &relation.comparisons);
    let comparisons = comparisons
        .filter(|comparison| comparison.operator == Operator::Equal && !comparison.needs_prior());
    let comparisons = comparisons.filter_map(|comparison| {
        let factors = factors(report, comparison)?;
        Equation::of(report, factors)
    });
    totals.chain(comparisons).collect()
}

fn factors(report: &Report, comparison: &Comparison) -> Option<BTreeMap<FieldId, i64>> {
    let mut factors = BTreeMap::new();
    for (terms, sign) in [(&comparison.left, 1), (&comparison.right, -1)] {
        for term in terms {
            let Operand::Field(id) = term.operand else {
                return None;
            };
            add(report, id, term.factor * sign, &mut factors)?;
        }
    }
    Some(factors)
}

/// Adds a cell, or what it sums where its total was not stated.
fn add(
    report: &Report,
    id: FieldId,
    factor: i64,
    factors: &mut BTreeMap<FieldId, i64>,
) -> Option<()> {
    if report.entry(id).number().is_some() {
        *factors.entry(id).or_default() += factor;
        return Some(());
    }
    for &part in report.edition().field(id).sums.first()? {
        add(report, part, factor, factors)?;
    }
    Some(())
}

/// The figures as printed, some of them changed.
#[derive(Debug, Clone)]
struct Values<'a> {
    report: &'a Report,
    changed: BTreeMap<FieldId, Number>,
}

impl Values<'_> {
    fn of(&self, cell: FieldId) -> Number {
        let stated = || self.report.entry(cell).number().unwrap_or(Number::ZERO);
        self.changed.get(&cell).copied().unwrap_or_else(stated)
    }

    fn with(&self, suspect: Suspect) -> Self {
        let mut values = self.clone();
        values.changed.insert(suspect.cell, suspect.value);
        values
    }
}

impl Equation {
    fn of(report: &Report, factors: BTreeMap<FieldId, i64>) -> Option<Self> {
        let value = |(&id, &factor): (&FieldId, &i64)| {
            let number = report.entry(id).number()?;
            Some(number.times(factor))
        };
        let mut values = factors.iter().map(value);
        let residual = values.try_fold(Number::ZERO, |sum, value| Some(sum + value?))?;
        Some(Self { factors, residual })
    }

    /// What is missing to 0 with some figures changed.
    fn residual(&self, values: &Values<'_>) -> Number {
        let moved = values.changed.iter().map(|(&cell, &now)| {
            let before = values.report.entry(cell).number().unwrap_or(Number::ZERO);
            (now - before).times(self.factors.get(&cell).copied().unwrap_or(0))
        });
        moved.fold(self.residual, |sum, moved| sum + moved)
    }

    /// The change of a cell that makes it hold.
    fn mend(&self, cell: FieldId, values: &Values<'_>) -> Option<Suspect> {
        let residual = self.residual(values);
        let now = values.of(cell);
        let value = match self.factors.get(&cell)? {
            1 => now - residual,
            -1 => now + residual,
            _ => return None,
        };
        let can_be = value.is_whole() && !value.is_negative();
        can_be.then_some(Suspect { cell, value })
    }
}

/// Every cell whose change alone makes all equations hold.
fn singles(equations: &[Equation], values: &Values<'_>) -> Vec<Suspect> {
    let is_broken = |equation: &&Equation| !equation.residual(values).is_zero();
    let broken: Vec<_> = equations.iter().filter(is_broken).collect();
    let Some(first) = broken.first() else {
        return Vec::new();
    };
    let mends_all = |&cell: &FieldId| {
        let suspect = first.mend(cell, values)?;
        let others = equations.iter().all(|equation| {
            if equation.residual(values).is_zero() {
                return equation
                    .factors
                    .get(&cell)
                    .is_none_or(|&factor| factor == 0);
            }
            equation.mend(cell, values) == Some(suspect)
        });
        others.then_some(suspect)
    };
    first.factors.keys().filter_map(mends_all).collect()
}

/// The one cell behind everything, if there is but one, or but one that the evidence or else the text names.
fn one(
    equations: &[Equation],
    values: &Values<'_>,
    evidence: &[Evidence],
    by_text: &dyn Fn(&[Suspect]) -> Option<Suspect>,
) -> Option<Vec<Suspect>> {
    let candidates = singles(equations, values);
    if candidates.len() < 2 {
        return candidates.first().map(|&only| vec![only]);
    }
    let named = |suspect: &&Suspect| {
        let Suspect { cell, value } = **suspect;
        evidence.contains(&Evidence { cell, value })
    };
    let mut named = candidates.iter().filter(named);
    match (named.next(), named.next()) {
        (Some(&only), None) => Some(vec![only]),
        // Several could be it: what the text says decides, or else nothing is named.
        _ => Some(by_text(&candidates).into_iter().collect()),
    }
}

/// The one of several cells whose change makes most figures of the text those of the tables.
fn by_text(subject: &Subject<'_>, candidates: &[Suspect]) -> Option<Suspect> {
    let before = differing(subject.claims().list());
    let disputes = subject.claims().disputes(subject.report);
    let spoken_of: BTreeSet<_> = disputes.flat_map(|(_, cells)| cells).collect();
    let candidates: Vec<_> = candidates
        .iter()
        .filter(|suspect| spoken_of.contains(&suspect.cell))
        .take(MOST_TRIED)
        .collect();
    let left = |suspect: &Suspect| {
        let mut report = subject.report.clone();
        report.apply(Edit::Enter(suspect.cell, Entry::Number(suspect.value)));
        differing(&claims(&report, subject.prior))
    };
    let tried: Vec<_> = candidates
        .into_iter()
        .map(|suspect| (left(suspect), suspect))
        .collect();
    let least = tried.iter().map(|(left, _)| *left).min()?;
    let mut best = tried.iter().filter(|(left, _)| *left == least);
    match (best.next(), best.next()) {
        (Some(&(left, only)), None) if left < before => Some(*only),
        _ => None,
    }
}

/// The two cells behind everything, if there is but one such pair.
fn two(equations: &[Equation], values: &Values<'_>) -> Option<Vec<Suspect>> {
    let broken = equations
        .iter()
        .filter(|equation| !equation.residual(values).is_zero());
    let tries: BTreeSet<_> = broken
        .flat_map(|equation| {
            let cells = equation.factors.keys();
            cells.filter_map(|&cell| equation.mend(cell, values))
        })
        .collect();
    let mut pairs = BTreeSet::new();
    for first in tries {
        for second in singles(equations, &values.with(first)) {
            if second.cell == first.cell {
                continue;
            }
            pairs.insert(if first < second {
                [first, second]
            } else {
                [second, first]
            });
            if pairs.len() > 1 {
                return None;
            }
        }
    }
    pairs.first().map(|pair| pair.to_vec())
}
