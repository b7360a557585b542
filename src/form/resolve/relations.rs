//! From a relation of a template to the fields that it compares.

use super::{Builder, EditionError, meaning};
use crate::form::relation::{self, Comparison, FormulaTerm, Operand, Relation, Term};
use crate::form::source::RelationSource;
use crate::form::{Section, SectionBody};

pub(super) fn resolve_relation(
    builder: &Builder,
    sections: &[Section],
    source: &RelationSource,
) -> Result<Relation, EditionError> {
    let place = source.id.as_str();
    let table = sections.iter().find_map(|section| match &section.body {
        SectionBody::Table(table) if section.id == source.table => Some(table),
        _ => None,
    });
    let table = table.ok_or_else(|| meaning(place, format!("no table {}", source.table)))?;
    let by_rows = match (source.rows.is_empty(), source.columns.is_empty()) {
        (false, true) => true,
        (true, false) => false,
        _ => return Err(meaning(place, "needs either rows or columns")),
    };
    let formula = relation::parse(if by_rows {
        &source.rows
    } else {
        &source.columns
    })
    .map_err(|reason| meaning(place, reason))?;
    let mut seen = std::collections::BTreeSet::new();
    let halves = table.fields().filter_map(|id| {
        let key = &builder.fields.get(id.index())?.key;
        let (row, column) = key.split_once('@')?;
        Some(if by_rows { column } else { row }.to_owned())
    });
    let shared: Vec<_> = halves.filter(|half| seen.insert(half.clone())).collect();
    let names = formula
        .left
        .iter()
        .chain(&formula.right)
        .filter_map(|term| term.name.as_deref());
    let key_of = |name: &str, half: &str| {
        if by_rows {
            format!("{}.{name}@{half}", source.table)
        } else {
            format!("{half}@{name}")
        }
    };
    for name in names {
        if !shared
            .iter()
            .any(|half| builder.by_key.contains_key(&key_of(name, half)))
        {
            return Err(meaning(place, format!("no field {name}")));
        }
    }
    let side = |terms: &[FormulaTerm], half: &str| -> Option<Vec<Term>> {
        terms
            .iter()
            .map(|term| {
                let operand = match &term.name {
                    None => Operand::One,
                    Some(name) => {
                        let id = *builder.by_key.get(&key_of(name, half))?;
                        if term.prior {
                            Operand::Prior(id)
                        } else {
                            Operand::Field(id)
                        }
                    }
                };
                Some(Term {
                    factor: term.factor,
                    operand,
                })
            })
            .collect()
    };
    let comparisons = shared.iter().filter_map(|half| {
        Some(Comparison {
            left: side(&formula.left, half)?,
            operator: formula.operator,
            right: side(&formula.right, half)?,
        })
    });
    Ok(Relation {
        id: source.id.clone(),
        says: source.says.clone(),
        comparisons: comparisons.collect(),
    })
}
