//! From a template file to an [`Edition`]: names become ids once, and what does not exist is refused.

mod relations;
mod table;

use std::collections::BTreeMap;

use super::source::{BodySource, EditionSource, KeyFigureSource, KindSource, SkeletonSource};
use super::{
    Blank, Edition, EditionError, Field, FieldId, KeyFigure, Kind, Section, SectionBody, Skeleton,
};
use relations::resolve_relation;
use table::resolve_table;

fn meaning(place: &str, reason: impl Into<String>) -> EditionError {
    EditionError::Meaning {
        place: place.to_owned(),
        reason: reason.into(),
    }
}

/// Collects the fields while the sections are walked.
#[derive(Default)]
struct Builder {
    fields: Vec<Field>,
    by_key: BTreeMap<String, FieldId>,
}

impl Builder {
    fn add(&mut self, field: Field) -> Result<FieldId, EditionError> {
        let id = FieldId(u32::try_from(self.fields.len()).unwrap_or(u32::MAX));
        if self.by_key.insert(field.key.clone(), id).is_some() {
            return Err(meaning(&field.key, "two fields have this key"));
        }
        self.fields.push(field);
        Ok(id)
    }

    fn add_text(
        &mut self,
        key: &str,
        label: &str,
        kind: Kind,
        section: Option<usize>,
    ) -> Result<FieldId, EditionError> {
        self.add(Field {
            key: key.to_owned(),
            label: label.to_owned(),
            row_label: String::new(),
            column_label: String::new(),
            help: String::new(),
            kind,
            unit: String::new(),
            section,
            sums: Vec::new(),
        })
    }
}

pub(super) fn resolve(source: EditionSource) -> Result<Edition, EditionError> {
    let mut builder = Builder::default();
    let issuer_field = builder.add_text("issuer", &source.cover.issuer, Kind::Line, None)?;
    let title_field = builder.add_text("title", &source.cover.title, Kind::Line, None)?;
    let mut sections: Vec<Section> = Vec::new();
    for section in source.sections {
        if sections.iter().any(|other| other.id == section.id) {
            return Err(meaning(&section.id, "two sections have this id"));
        }
        let number = sections.len();
        let mut label = section.heading.clone();
        let body = match section.body {
            BodySource::Passage(passage) => {
                if label.is_empty() {
                    label.clone_from(&passage.label);
                }
                let field = builder.add_text(&section.id, &label, Kind::Prose, Some(number))?;
                SectionBody::Passage {
                    field,
                    prompts: passage.prompts,
                    skeletons: resolve_skeletons(&section.id, passage.skeletons)?,
                    optional: passage.optional,
                }
            }
            BodySource::Table(table) => {
                SectionBody::Table(resolve_table(&mut builder, &section.id, number, &table)?)
            }
        };
        sections.push(Section {
            id: section.id,
            heading: section.heading,
            label,
            body,
        });
    }
    let relations = source
        .relations
        .iter()
        .map(|relation| resolve_relation(&builder, &sections, relation))
        .collect::<Result<_, _>>()?;
    let mut edition = Edition {
        id: source.id,
        name: source.name,
        years: (source.years.from, source.years.to),
        notice: source.notice,
        title: source.title,
        issuer_field,
        title_field,
        sections,
        fields: builder.fields,
        relations,
        key_figures: Vec::new(),
        by_key: builder.by_key,
    };
    edition.key_figures = resolve_key_figures(&edition, source.key_figures)?;
    Ok(edition)
}

fn resolve_key_figures(
    edition: &Edition,
    sources: Vec<KeyFigureSource>,
) -> Result<Vec<KeyFigure>, EditionError> {
    let mut figures: Vec<KeyFigure> = Vec::new();
    for source in sources {
        if figures.iter().any(|figure| figure.label == source.label) {
            return Err(meaning(&source.label, "two key figures have this label"));
        }
        let mut cells = Vec::new();
        for key in &source.cells {
            let found = edition.cells_of(key);
            if found.is_empty() {
                return Err(meaning(&source.label, format!("no cell is called {key}")));
            }
            cells.extend(found);
        }
        figures.push(KeyFigure {
            label: source.label,
            unit: source.unit,
            cells,
            chart: source.chart,
        });
    }
    Ok(figures)
}

/// What every skeleton may say without asking.
const GIVEN: [&str; 3] = ["year", "issuer", "notice"];

fn resolve_skeletons(
    section: &str,
    sources: Vec<SkeletonSource>,
) -> Result<Vec<Skeleton>, EditionError> {
    let skeletons = sources.into_iter().map(|source| {
        let blanks = source.blanks.into_iter().map(|blank| Blank {
            id: blank.id,
            label: blank.label,
            hint: blank.hint,
            kind: blank.kind.map_or(Kind::Line, kind),
            unit: blank.unit,
        });
        let (text, none) = (&source.text, &source.none);
        Skeleton::new(&source.name, blanks.collect(), text, none, &GIVEN)
            .map_err(|reason| meaning(section, reason))
    });
    skeletons.collect()
}

fn kind(source: KindSource) -> Kind {
    match source {
        KindSource::Count => Kind::Count,
        KindSource::Change => Kind::Change,
        KindSource::Amount(decimals) => Kind::Amount(decimals),
    }
}

#[cfg(test)]
mod tests {
    use crate::form::{self, SquareContent};

    #[test]
    fn every_place_of_every_grid_is_covered_once() {
        for edition in form::all() {
            for (section, table) in edition.tables() {
                let grid = &table.grid;
                let mut covered = vec![0; grid.rows * grid.columns];
                for square in &grid.squares {
                    for row in square.row..square.row + square.row_span {
                        for column in square.column..square.column + square.column_span {
                            covered[row * grid.columns + column] += 1;
                        }
                    }
                }
                assert!(
                    covered.iter().all(|&n| n == 1),
                    "{} {}",
                    edition.id,
                    section.id
                );
                assert_eq!(
                    grid.widths.iter().sum::<u32>(),
                    8844,
                    "{} {}",
                    edition.id,
                    section.id
                );
            }
        }
    }

    #[test]
    fn a_report_is_told_by_figures_that_its_edition_names() {
        let labels = |id: &str| -> Vec<String> {
            let edition = form::by_id(id).unwrap();
            let figures = edition.key_figures.iter();
            figures.map(|figure| figure.label.clone()).collect()
        };
        let (old, new) = (labels("2019"), labels("2021"));
        assert!(old.len() > 10 && new.len() > 10);
        let shared = new.iter().filter(|label| old.contains(label)).count();
        // An edition may lack a figure that the other has; most are in both.
        assert!(shared > 10 && shared < new.len());
        let edition = form::by_id("2021").unwrap();
        let denied = edition.key_figure("不予公开").unwrap();
        assert_eq!((denied.cells.len(), denied.unit.as_str()), (8, "件"));
        let broken = include_str!("../../../tests/editions/mini.ron").replace(
            "    relations: [",
            "    key_figures: [(label: \"藏书\", unit: \"册\", cells: [\"shelf.poems@held\"])],\n    relations: [",
        );
        let refused = form::Edition::from_ron(&broken).unwrap_err().to_string();
        assert!(refused.contains("shelf.poems@held"), "{refused}");
    }

    #[test]
    fn a_total_sums_what_stands_beside_it() {
        let edition = form::by_id("2021").unwrap();
        let corner = edition.field(
            edition
                .find("requests.results.total_processed@total")
                .unwrap(),
        );
        assert_eq!(
            corner.sums.iter().map(Vec::len).collect::<Vec<_>>(),
            [6, 21]
        );
        let review = edition.field(
            edition
                .find("review_litigation@litigation_direct.total")
                .unwrap(),
        );
        assert_eq!(review.sums.iter().map(Vec::len).collect::<Vec<_>>(), [4]);
        let counts = ["proactive", "requests", "review_litigation"].map(|id| {
            edition
                .fields
                .iter()
                .filter(|f| f.key.starts_with(id) && f.key.contains('@'))
                .count()
        });
        assert_eq!(counts, [10, 175, 15]);
        let fees = edition.find("proactive.fees@amount").unwrap();
        let square = edition
            .tables()
            .find_map(|(_, table)| table.grid.square_of(fees))
            .unwrap();
        assert_eq!((square.row, square.column, square.column_span), (13, 1, 3));
        assert!(matches!(square.content, SquareContent::Value(_)));
    }
}
