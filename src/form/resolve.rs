//! From a template file to an [`Edition`]: names become ids once, and what does not exist is refused.

use std::collections::BTreeMap;

use super::grid::{self, Area, Leaf};
use super::relation::{self, Comparison, FormulaTerm, Operand, Relation, Term};
use super::source::{
    BandSource, BodySource, EditionSource, HeadingSource, KindSource, RelationSource,
    SkeletonSource, TableSource,
};
use super::{
    Band, Blank, Block, Edition, Field, FieldId, Grid, Kind, Line, Section, Skeleton,
    SquareContent, Table,
};

/// Why a template was refused.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum EditionError {
    /// The file is not RON of the template's shape.
    #[error("表单模板第{line}行第{column}列有错：{reason}")]
    Syntax {
        /// Line, from 1.
        line: usize,
        /// Column, from 1.
        column: usize,
        /// What the parser says.
        reason: String,
    },
    /// The file is well-formed but contradicts itself.
    #[error("表单模板的{place}有错：{reason}")]
    Meaning {
        /// The section, table or relation.
        place: String,
        /// What is wrong.
        reason: String,
    },
}

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
                Block::Passage {
                    field,
                    prompts: passage.prompts,
                    skeletons: resolve_skeletons(&section.id, passage.skeletons)?,
                    optional: passage.optional,
                }
            }
            BodySource::Table(table) => {
                Block::Table(resolve_table(&mut builder, &section.id, number, &table)?)
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
    Ok(Edition {
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
        by_key: builder.by_key,
    })
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

fn resolve_table(
    builder: &mut Builder,
    id: &str,
    section: usize,
    source: &TableSource,
) -> Result<Table, EditionError> {
    let columns = source.widths.len();
    let stub_depth = source
        .bands
        .iter()
        .map(|band| grid::depth(&band.rows))
        .max()
        .unwrap_or(0);
    let mut table = Table {
        grid: Grid {
            widths: source.widths.clone(),
            columns,
            ..Grid::default()
        },
        lines: Vec::new(),
        bands: Vec::new(),
    };
    for band in &source.bands {
        let column_leaves = grid::leaves(&band.columns);
        if column_leaves.is_empty() || stub_depth + column_leaves.len() > columns {
            let reason = format!(
                "{} columns of figures do not fit into {columns}",
                column_leaves.len()
            );
            return Err(meaning(id, reason));
        }
        add_band(builder, id, section, band, stub_depth, &mut table)?;
    }
    if let [band] = source.bands.as_slice() {
        table.grid.header_rows = grid::depth(&band.columns) + usize::from(!band.caption.is_empty());
    }
    table
        .grid
        .squares
        .sort_by_key(|square| (square.row, square.column));
    Ok(table)
}

fn add_band(
    builder: &mut Builder,
    table_id: &str,
    section: usize,
    source: &BandSource,
    stub_depth: usize,
    table: &mut Table,
) -> Result<(), EditionError> {
    let columns = table.grid.columns;
    let mut row = table.grid.rows;
    if !source.caption.is_empty() {
        let area = Area {
            row,
            column: 0,
            row_span: 1,
            column_span: columns,
        };
        table
            .grid
            .squares
            .push(area.square(SquareContent::Head(source.caption.clone())));
        row += 1;
    }
    let head_depth = grid::depth(&source.columns);
    if stub_depth > 0 {
        let area = Area {
            row,
            column: 0,
            row_span: head_depth,
            column_span: stub_depth,
        };
        table
            .grid
            .squares
            .push(area.square(SquareContent::Head(source.stub_head.clone())));
    }
    let head = Area {
        row,
        column: stub_depth,
        row_span: head_depth,
        column_span: columns - stub_depth,
    };
    grid::boxhead(&source.columns, head, &mut table.grid.squares);
    row += head_depth;
    let column_leaves = grid::leaves(&source.columns);
    let mut row_leaves = grid::leaves(&source.rows);
    if row_leaves.is_empty() {
        row_leaves.push(Vec::new());
    }
    let stub = Area {
        row,
        column: 0,
        row_span: row_leaves.len(),
        column_span: stub_depth,
    };
    grid::stub(&source.rows, stub, &mut table.grid.squares);

    let first = builder.fields.len();
    let band = table.bands.len();
    for row_leaf in &row_leaves {
        let mut fields = Vec::new();
        for (index, column_leaf) in column_leaves.iter().enumerate() {
            let id = builder.add(cell(table_id, section, row_leaf, column_leaf))?;
            let column = stub_depth + index;
            let column_span = if index + 1 == column_leaves.len() {
                columns - column
            } else {
                1
            };
            let area = Area {
                row,
                column,
                row_span: 1,
                column_span,
            };
            table
                .grid
                .squares
                .push(area.square(SquareContent::Value(id)));
            fields.push(id);
        }
        let labels = row_leaf
            .iter()
            .map(|heading| heading.label.clone())
            .collect();
        table.lines.push(Line {
            band,
            grid_row: row,
            labels,
            fields,
        });
        row += 1;
    }
    let columns = column_leaves
        .iter()
        .map(|leaf| leaf.iter().map(|heading| heading.label.clone()).collect());
    table.bands.push(Band {
        caption: source.caption.clone(),
        stub_head: source.stub_head.clone(),
        columns: columns.collect(),
    });
    table.grid.rows = row;
    add_sums(builder, first, &row_leaves, &column_leaves);
    Ok(())
}

fn cell(table_id: &str, section: usize, row: &Leaf<'_>, column: &Leaf<'_>) -> Field {
    let path = |leaf: &Leaf<'_>| {
        let ids = leaf
            .iter()
            .map(|heading| heading.id.as_str())
            .filter(|id| !id.is_empty());
        ids.collect::<Vec<_>>().join(".")
    };
    let mut key = table_id.to_owned();
    if !row.is_empty() {
        key = format!("{key}.{}", path(row));
    }
    key = format!("{key}@{}", path(column));
    let name = |leaf: &Leaf<'_>| {
        let named: Vec<_> = leaf
            .iter()
            .filter(|heading| !heading.id.is_empty())
            .collect();
        let last_two = named.iter().skip(named.len().saturating_sub(2));
        last_two
            .map(|heading| heading.label.as_str())
            .collect::<Vec<_>>()
            .join("·")
    };
    let (row_label, column_label) = (name(row), name(column));
    let label = [row_label.as_str(), column_label.as_str()]
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join("·");
    let helps = row
        .iter()
        .chain(column)
        .filter(|heading| !heading.help.is_empty());
    let help = helps
        .map(|heading| format!("{}：{}", heading.label, heading.help))
        .collect::<Vec<_>>()
        .join("\n");
    let (kind, unit) = column.last().map_or((Kind::Count, String::new()), |leaf| {
        (kind(leaf.kind), leaf.unit.clone())
    });
    Field {
        key,
        label,
        row_label,
        column_label,
        help,
        kind,
        unit,
        section: Some(section),
        sums: Vec::new(),
    }
}

/// A total sums the leaves beside it under the same parent, by row and by column.
fn add_sums(builder: &mut Builder, first: usize, rows: &[Leaf<'_>], columns: &[Leaf<'_>]) {
    let id = |row: usize, column: usize| {
        FieldId(u32::try_from(first + row * columns.len() + column).unwrap_or(u32::MAX))
    };
    let row_parts: Vec<_> = (0..rows.len()).map(|row| siblings(rows, row)).collect();
    let column_parts: Vec<_> = (0..columns.len())
        .map(|column| siblings(columns, column))
        .collect();
    for (row, over_rows) in row_parts.iter().enumerate() {
        for (column, over_columns) in column_parts.iter().enumerate() {
            let mut sums = Vec::new();
            if !over_columns.is_empty() {
                sums.push(over_columns.iter().map(|&part| id(row, part)).collect());
            }
            if !over_rows.is_empty() {
                sums.push(over_rows.iter().map(|&part| id(part, column)).collect());
            }
            if let Some(field) = builder.fields.get_mut(id(row, column).index()) {
                field.sums = sums;
            }
        }
    }
}

/// The leaves a total sums: all others below the same parent. Empty for a leaf that is no total.
fn siblings(leaves: &[Leaf<'_>], index: usize) -> Vec<usize> {
    let Some((total, parents)) = leaves.get(index).and_then(|leaf| leaf.split_last()) else {
        return Vec::new();
    };
    if !total.total {
        return Vec::new();
    }
    let below = |leaf: &Leaf<'_>| {
        leaf.len() > parents.len()
            && leaf
                .iter()
                .zip(parents)
                .all(|(a, b)| std::ptr::eq::<HeadingSource>(*a, *b))
    };
    let others = leaves
        .iter()
        .enumerate()
        .filter(|(other, leaf)| *other != index && below(leaf));
    others.map(|(other, _)| other).collect()
}

fn resolve_relation(
    builder: &Builder,
    sections: &[Section],
    source: &RelationSource,
) -> Result<Relation, EditionError> {
    let place = source.id.as_str();
    let table = sections.iter().find_map(|section| match &section.body {
        Block::Table(table) if section.id == source.table => Some(table),
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
