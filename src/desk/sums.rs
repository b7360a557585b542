//! What the units come to: every cell added up exactly, and how the county's own report stands to that.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use super::gather::Gathering;
use crate::form::{Edition, FieldId};
use crate::report::{Edit, Entry, Number, Report};

/// What the units that count say of one cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct GatheredSum {
    /// The cell.
    pub cell: FieldId,
    /// The sum; `None` where no unit filled it in.
    pub value: Option<Number>,
    /// How many units left it blank.
    pub blank: usize,
}

/// A cell in which the county's own report is not the sum of its units.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Different {
    /// The cell.
    pub cell: FieldId,
    /// What the county's report says.
    pub own: Option<Number>,
    /// What the units come to.
    pub sum: Option<Number>,
    /// The units that would explain it, each by itself; two that only do so together are joined by `＋`.
    pub explained_by: Vec<String>,
}

/// The most units that are named as an explanation.
const NAMED: usize = 20;

impl Gathering {
    /// Every cell of the edition, added up over the units that count.
    #[must_use]
    pub fn sums(&self) -> Vec<GatheredSum> {
        let sum = |cell| {
            let mut sum = GatheredSum {
                cell,
                value: None,
                blank: 0,
            };
            for taken in self.counted() {
                match taken.figure(&self.edition, cell) {
                    Some(figure) => sum.value = Some(sum.value.map_or(figure, |sum| sum + figure)),
                    None => sum.blank += 1,
                }
            }
            sum
        };
        self.edition.cells().map(sum).collect()
    }

    /// What each unit adds to a cell, the largest first; blank ones are left out.
    #[must_use]
    pub fn addends(&self, cell: FieldId) -> Vec<(usize, Number)> {
        let units = self.units.iter().enumerate();
        let mut addends: Vec<(usize, Number)> = units
            .filter(|(_, unit)| unit.counted)
            .filter_map(|(place, unit)| {
                let taken = self.taken.get(unit.taken?)?;
                Some((place, taken.figure(&self.edition, cell)?))
            })
            .collect();
        addends.sort_by_key(|(place, number)| (std::cmp::Reverse(*number), *place));
        addends
    }

    /// The sums as a report, laid out as the form lays them out.
    #[must_use]
    pub fn sum_report(&self) -> Report {
        let mut report = Report::new(Arc::clone(&self.edition), self.year);
        let edits = self.sums().into_iter().filter_map(|sum| {
            let is_input = !self.edition.field(sum.cell).is_total();
            let value = sum.value.filter(|_| is_input)?;
            Some(Edit::Enter(sum.cell, Entry::Number(value)))
        });
        report.apply(Edit::All(edits.collect()));
        report
    }

    /// The cells in which the county's own report is not the sum, in the order of the form.
    #[must_use]
    pub fn differences(&self, own: &Report) -> Vec<Different> {
        let own_figure = |cell: FieldId| match own.edition() {
            edition if Arc::ptr_eq(edition, &self.edition) => own.value(cell),
            edition => own.value(edition.find(&self.edition.field(cell).key)?),
        };
        let mut found: Vec<Different> = self
            .sums()
            .into_iter()
            .map(|sum| Different {
                cell: sum.cell,
                own: own_figure(sum.cell),
                sum: sum.value,
                explained_by: Vec::new(),
            })
            .filter(|found| found.own != found.sum)
            .collect();
        let singles: Vec<Vec<usize>> = found
            .iter()
            .map(|different| self.explaining(different, &self.edition))
            .collect();
        // Who explains more cells than others is the likelier cause of each.
        let mut weight: HashMap<usize, usize> = HashMap::new();
        for unit in singles.iter().flatten() {
            *weight.entry(*unit).or_default() += 1;
        }
        for (different, mut units) in found.iter_mut().zip(singles) {
            units.sort_by_key(|unit| (std::cmp::Reverse(weight.get(unit).copied()), *unit));
            let names = units.iter().filter_map(|&unit| self.units.get(unit));
            different.explained_by = names.take(NAMED).map(|unit| unit.name.clone()).collect();
            if different.explained_by.is_empty() {
                different.explained_by.extend(self.pair(different));
            }
        }
        found
    }

    /// The change that puts the sums of some cells into the county's own report, and how many cells it changes. A
    /// cell that no unit filled in stays as it is.
    #[must_use]
    pub fn taking(&self, own: &Report, cells: &[FieldId]) -> (Edit, usize) {
        let sums = self.sums();
        let sums = sums.iter().filter(|sum| cells.contains(&sum.cell));
        let edits = sums.filter_map(|sum| {
            let key = &self.edition.field(sum.cell).key;
            let id = own.edition().find(key)?;
            let (value, field) = (sum.value?, own.edition().field(id));
            let is_new = !field.is_total() && own.value(id) != Some(value);
            is_new.then_some(Edit::Enter(id, Entry::Number(value)))
        });
        let edits: Vec<Edit> = edits.collect();
        let count = edits.len();
        (Edit::All(edits), count)
    }

    /// The units that are counted and left a cell blank.
    #[must_use]
    pub fn blank_units(&self, cell: FieldId) -> Vec<usize> {
        let units = self.units.iter().enumerate();
        let blank = units.filter(|(_, unit)| {
            let taken = unit.taken.and_then(|taken| self.taken.get(taken));
            unit.counted && taken.is_some_and(|taken| taken.figure(&self.edition, cell).is_none())
        });
        blank.map(|(place, _)| place).collect()
    }

    /// The units whose figure is what is missing in the county's report, or is in it once too often.
    fn explaining(&self, different: &Different, edition: &Arc<Edition>) -> Vec<usize> {
        let (Some(own), sum) = (different.own, different.sum.unwrap_or(Number::ZERO)) else {
            return Vec::new();
        };
        let (missing, extra) = (sum - own, own - sum);
        let explains = |unit: &super::gather::GatheredUnit| {
            let of = |place: usize| self.taken.get(place)?.figure(edition, different.cell);
            if unit.counted {
                let figure = unit.taken.and_then(of);
                figure == Some(missing) || figure == Some(extra)
            } else {
                unit.files.iter().any(|&place| of(place) == Some(extra))
            }
        };
        let units = self.units.iter().enumerate();
        let found = units.filter(|(_, unit)| missing != Number::ZERO && explains(unit));
        found.map(|(place, _)| place).collect()
    }

    /// The only two units whose figures together are missing in the county's report.
    fn pair(&self, different: &Different) -> Option<String> {
        let missing = different.sum? - different.own?;
        if missing.is_negative() {
            return None;
        }
        let addends = self.addends(different.cell);
        let mut seen: BTreeMap<Number, Vec<usize>> = BTreeMap::new();
        let mut pairs = Vec::new();
        for (unit, figure) in addends {
            if figure.is_zero() {
                continue;
            }
            for other in seen.get(&(missing - figure)).into_iter().flatten() {
                pairs.push((*other, unit));
                if pairs.len() > 1 {
                    return None;
                }
            }
            seen.entry(figure).or_default().push(unit);
        }
        let (one, other) = pairs.first()?;
        let name = |unit: &usize| self.units.get(*unit).map(|unit| unit.name.as_str());
        Some(format!("{}＋{}", name(one)?, name(other)?))
    }
}
