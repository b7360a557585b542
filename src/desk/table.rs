//! One row a report, one column a cell: the figures of many reports for other programs.

use std::collections::BTreeMap;

use crate::doc::own::ROW_HEADS;
use crate::form;
use crate::report::{Number, Report};

/// One column: a fact of the report, or one cell of the form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnitColumn {
    /// Its name for programs; for a cell the key of the form.
    pub key: String,
    /// Its name for a reader.
    pub label: String,
}

/// The columns, the same for every report: those of the newest edition, then what older ones have besides.
#[derive(Debug)]
pub struct Columns {
    all: Vec<UnitColumn>,
    place: BTreeMap<String, usize>,
}

/// One report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnitRow {
    /// The file it was read from.
    pub file: String,
    /// Who reports.
    pub issuer: String,
    /// On which year.
    pub year: u16,
    /// On which edition of the form.
    pub form: String,
    /// The figures in the order of the columns; `None` where nothing is filled in.
    pub figures: Vec<Option<Number>>,
}

impl Columns {
    /// The columns of every table.
    #[must_use]
    pub fn of_all_editions() -> Self {
        let facts = ROW_HEADS.map(|(key, label)| UnitColumn {
            key: key.to_owned(),
            label: label.to_owned(),
        });
        let mut all = facts.to_vec();
        let mut place = BTreeMap::new();
        for edition in form::all().iter().rev() {
            for id in edition.cells() {
                let field = edition.field(id);
                if place.contains_key(&field.key) {
                    continue;
                }
                place.insert(field.key.clone(), all.len() - ROW_HEADS.len());
                let section = edition.section_of(id);
                let section = section.map_or("", |section| section.heading.as_str());
                all.push(UnitColumn {
                    key: field.key.clone(),
                    label: format!("{section}·{}", field.label),
                });
            }
        }
        Self { all, place }
    }

    /// All of them, the facts first.
    #[must_use]
    pub fn all(&self) -> &[UnitColumn] {
        &self.all
    }

    /// The row of a report.
    #[must_use]
    pub fn row(&self, file: &str, report: &Report) -> UnitRow {
        let edition = report.edition();
        let mut figures = vec![None; self.place.len()];
        for id in edition.cells() {
            let place = self.place.get(&edition.field(id).key);
            if let Some(figure) = place.and_then(|&place| figures.get_mut(place)) {
                *figure = report.value(id);
            }
        }
        UnitRow {
            file: file.to_owned(),
            issuer: report.issuer().to_owned(),
            year: report.year(),
            form: edition.id.clone(),
            figures,
        }
    }
}
