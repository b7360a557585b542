//! The statutory form as data: editions, sections, tables, fields and relations.
//!
//! It knows how a form is laid out and how its figures hang together, never what a report says.

mod builtin;
mod error;
mod grid;
mod relation;
mod resolve;
mod skeleton;
mod source;

use std::collections::BTreeMap;

pub use builtin::{all, by_id, first_year, for_year, notices};
pub use error::EditionError;
pub use grid::{Grid, Square, SquareContent};
pub use relation::{Comparison, Operand, Operator, Relation, Term};
pub use skeleton::{Blank, Skeleton};

/// Index of a [`Field`] in its [`Edition`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FieldId(u32);

impl FieldId {
    /// The position of the field in [`Edition::fields`].
    #[must_use]
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// What may be entered in a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A whole number of things, 0 or more (件).
    Count,
    /// A whole number that may be negative (增/减).
    Change,
    /// Money, 0 or more, with at most this many decimals of the printed unit.
    Amount(u8),
    /// One line of text.
    Line,
    /// Paragraphs of text, separated by `\n`.
    Prose,
}

impl Kind {
    /// Whether the field holds a number.
    #[must_use]
    pub fn is_number(self) -> bool {
        matches!(self, Self::Count | Self::Change | Self::Amount(_))
    }
}

/// Any place for one entry (填报项): a table cell, a passage, a cover line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    /// The stable key, `table.row@column` for cells (spec: the keys of drafts and JSON).
    pub key: String,
    /// What the field is called for a reader: row and column joined by `·`.
    pub label: String,
    /// The row's own part of the label; empty outside tables.
    pub row_label: String,
    /// The column's own part of the label; empty outside tables.
    pub column_label: String,
    /// What row and column mean, one sentence each; may be empty.
    pub help: String,
    /// What may be entered.
    pub kind: Kind,
    /// The unit printed after the figure; mostly empty.
    pub unit: String,
    /// Index of the section in [`Edition::sections`]; `None` for cover lines.
    pub section: Option<usize>,
    /// For a total (合计): every way to sum it. Empty for an input field.
    pub sums: Vec<Vec<FieldId>>,
}

impl Field {
    /// Whether the field is a total, derived and never typed.
    #[must_use]
    pub fn is_total(&self) -> bool {
        !self.sums.is_empty()
    }
}

/// A numbered part of the report (部分), or the preface.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    /// Stable id, as in the JSON export.
    pub id: String,
    /// The printed heading with its number; empty for the preface.
    pub heading: String,
    /// What it is called in lists: the heading, or the label of a part without one.
    pub label: String,
    /// What it holds.
    pub body: SectionBody,
}

/// What a section holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SectionBody {
    /// Text.
    Passage {
        /// The field that holds it.
        field: FieldId,
        /// The statutory topics, as second-level headings a filer can insert.
        prompts: Vec<String>,
        /// Sentences with blanks that a filer can complete and insert.
        skeletons: Vec<Skeleton>,
        /// Whether it may be left out altogether.
        optional: bool,
    },
    /// A statutory table.
    Table(Table),
}

/// A statutory table (表).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// The printed layout.
    pub grid: Grid,
    /// The rows of figures, from top to bottom.
    pub lines: Vec<Line>,
    /// The bands (段), from top to bottom.
    pub bands: Vec<Band>,
}

/// Rows of a table that share one boxhead.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Band {
    /// The caption printed across the table; empty when there is none.
    pub caption: String,
    /// The heading over the row labels; empty when there is none.
    pub stub_head: String,
    /// Label paths of the columns, from the outside in.
    pub columns: Vec<Vec<String>>,
}

/// One row of figures.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Index of its band.
    pub band: usize,
    /// Row in the printed grid.
    pub grid_row: usize,
    /// Labels from the outside in; empty for the only row of a table without row labels.
    pub labels: Vec<String>,
    /// The fields, from left to right, one for each column of the band.
    pub fields: Vec<FieldId>,
}

/// A figure by which a report is told (主要数据): a cell, or what several add up to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyFigure {
    /// What it is called; editions that mean the same by it call it the same.
    pub label: String,
    /// What it counts.
    pub unit: String,
    /// The cells that it adds up.
    pub cells: Vec<FieldId>,
    /// The chart that draws it; empty for one that is only listed.
    pub chart: String,
}

/// One statutory version of the form (格式版本).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edition {
    /// Stable id: `2019`, `2021`.
    pub id: String,
    /// What it is called for a reader.
    pub name: String,
    /// First and last report year it applies to.
    pub years: (u16, Option<u16>),
    /// Number of the official letter that prescribes it.
    pub notice: String,
    /// The printed title with `{issuer}` and `{year}`.
    pub title: String,
    /// The field that holds the name of the issuing authority.
    pub issuer_field: FieldId,
    /// The field that holds a title that differs from the usual one.
    pub title_field: FieldId,
    /// The parts of the report in printed order, the preface first.
    pub sections: Vec<Section>,
    /// All fields.
    pub fields: Vec<Field>,
    /// The arithmetic the edition demands.
    pub relations: Vec<Relation>,
    /// The figures that tell a report in a few lines, in their order.
    pub key_figures: Vec<KeyFigure>,
    by_key: BTreeMap<String, FieldId>,
}

impl Edition {
    /// Reads an edition from the text of a template file.
    ///
    /// # Errors
    /// A broken template is refused with the place and the reason.
    pub fn from_ron(text: &str) -> Result<Self, EditionError> {
        resolve::resolve(source::parse(text)?)
    }

    /// The field of this id.
    #[must_use]
    #[expect(
        clippy::indexing_slicing,
        reason = "a FieldId is only made for the edition it indexes"
    )]
    pub fn field(&self, id: FieldId) -> &Field {
        &self.fields[id.index()]
    }

    /// The cell with this key, or the cells of its parts where it has none of its own.
    #[must_use]
    pub fn cells_of(&self, key: &str) -> Vec<FieldId> {
        if let Some(own) = self.find(key) {
            return vec![own];
        }
        let Some((row, column)) = key.split_once('@') else {
            return Vec::new();
        };
        let group = format!("{row}.");
        let is_part = |id: &FieldId| {
            let rest = self.field(*id).key.strip_prefix(&group);
            let part = rest.and_then(|rest| rest.split_once('@'));
            part.is_some_and(|(_, of)| of == column)
        };
        self.cells().filter(is_part).collect()
    }

    /// The figure that is called this.
    #[must_use]
    pub fn key_figure(&self, label: &str) -> Option<&KeyFigure> {
        self.key_figures.iter().find(|figure| figure.label == label)
    }

    /// The field with this key.
    #[must_use]
    pub fn find(&self, key: &str) -> Option<FieldId> {
        self.by_key.get(key).copied()
    }

    /// All field ids, in the order of their keys.
    pub fn ids_by_key(&self) -> impl Iterator<Item = FieldId> + '_ {
        self.by_key.values().copied()
    }

    /// All field ids, in the order of the form.
    pub fn ids(&self) -> impl Iterator<Item = FieldId> + use<> {
        (0..u32::try_from(self.fields.len()).unwrap_or(0)).map(FieldId)
    }

    /// The table cells, row by row through the whole form.
    pub fn cells(&self) -> impl Iterator<Item = FieldId> + '_ {
        self.tables().flat_map(|(_, table)| table.fields())
    }

    /// The sections that are tables.
    pub fn tables(&self) -> impl Iterator<Item = (&Section, &Table)> {
        self.sections
            .iter()
            .filter_map(|section| match &section.body {
                SectionBody::Table(table) => Some((section, table)),
                SectionBody::Passage { .. } => None,
            })
    }

    /// The sections that are text, with the field that holds it.
    pub fn passages(&self) -> impl Iterator<Item = (&Section, FieldId)> {
        self.sections
            .iter()
            .filter_map(|section| match section.body {
                SectionBody::Passage { field, .. } => Some((section, field)),
                SectionBody::Table(_) => None,
            })
    }

    /// The section with this id.
    #[must_use]
    pub fn section(&self, id: &str) -> Option<&Section> {
        self.sections.iter().find(|section| section.id == id)
    }

    /// The section a field stands in.
    #[must_use]
    pub fn section_of(&self, id: FieldId) -> Option<&Section> {
        self.sections.get(self.field(id).section?)
    }

    /// Whether the edition applies to a report year.
    #[must_use]
    pub fn covers(&self, year: u16) -> bool {
        self.years.0 <= year && self.years.1.is_none_or(|last| year <= last)
    }

    /// The usual title of a report of this issuer and year.
    #[must_use]
    pub fn usual_title(&self, issuer: &str, year: u16) -> String {
        self.title
            .replace("{issuer}", issuer)
            .replace("{year}", &year.to_string())
    }
}

impl Table {
    /// All cells, row by row.
    pub fn fields(&self) -> impl Iterator<Item = FieldId> + '_ {
        self.lines
            .iter()
            .flat_map(|line| line.fields.iter().copied())
    }

    /// The columns of cells under the same heading: one list of fields a column and band.
    #[must_use]
    pub fn columns(&self) -> Vec<Vec<FieldId>> {
        let mut columns = Vec::new();
        for (number, band) in self.bands.iter().enumerate() {
            for column in 0..band.columns.len() {
                let lines = self.lines.iter().filter(|line| line.band == number);
                columns.push(
                    lines
                        .filter_map(|line| line.fields.get(column).copied())
                        .collect(),
                );
            }
        }
        columns
    }
}
