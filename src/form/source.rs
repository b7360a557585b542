//! The shape of a template file; the only place in `form` that knows its syntax.

use serde::Deserialize;

use super::EditionError;

/// Parses a template file.
pub(super) fn parse(text: &str) -> Result<EditionSource, EditionError> {
    ron::from_str(text).map_err(|error| EditionError::Syntax {
        line: error.span.start.line,
        column: error.span.start.col,
        reason: error.code.to_string(),
    })
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct EditionSource {
    pub id: String,
    pub name: String,
    pub years: Years,
    pub notice: String,
    pub title: String,
    pub cover: Cover,
    pub sections: Vec<SectionSource>,
    #[serde(default)]
    pub relations: Vec<RelationSource>,
    #[serde(default)]
    pub key_figures: Vec<KeyFigureSource>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct KeyFigureSource {
    pub label: String,
    pub unit: String,
    /// Keys of cells, or of rows whose parts are added up.
    pub cells: Vec<String>,
    #[serde(default)]
    pub chart: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Years {
    pub from: u16,
    pub to: Option<u16>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Cover {
    pub issuer: String,
    pub title: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SectionSource {
    pub id: String,
    #[serde(default)]
    pub heading: String,
    pub body: BodySource,
}

#[derive(Debug, Deserialize)]
pub(super) enum BodySource {
    Passage(PassageSource),
    Table(TableSource),
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PassageSource {
    #[serde(default)]
    pub label: String,
    #[serde(default)]
    pub optional: bool,
    #[serde(default)]
    pub prompts: Vec<String>,
    #[serde(default)]
    pub skeletons: Vec<SkeletonSource>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SkeletonSource {
    pub name: String,
    pub blanks: Vec<BlankSource>,
    pub text: String,
    /// The words for the case that all numbers are 0.
    #[serde(default)]
    pub none: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct BlankSource {
    pub id: String,
    pub label: String,
    #[serde(default)]
    pub hint: String,
    /// A line of text unless a kind of number is named.
    #[serde(default)]
    pub kind: Option<KindSource>,
    #[serde(default)]
    pub unit: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct TableSource {
    pub widths: Vec<u32>,
    pub bands: Vec<BandSource>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct BandSource {
    #[serde(default)]
    pub caption: String,
    #[serde(default)]
    pub stub_head: String,
    pub columns: Vec<HeadingSource>,
    pub rows: Vec<HeadingSource>,
}

/// A heading of the stub or the boxhead (栏目): a leaf, or a group with parts.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct HeadingSource {
    #[serde(default)]
    pub id: String,
    pub label: String,
    #[serde(default)]
    pub total: bool,
    #[serde(default)]
    pub help: String,
    #[serde(default)]
    pub kind: KindSource,
    #[serde(default)]
    pub unit: String,
    #[serde(default)]
    pub parts: Vec<HeadingSource>,
}

#[derive(Debug, Clone, Copy, Default, Deserialize)]
pub(super) enum KindSource {
    #[default]
    Count,
    Change,
    Amount(u8),
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RelationSource {
    pub id: String,
    pub table: String,
    pub says: String,
    /// Row names; the relation holds in every column.
    #[serde(default)]
    pub rows: String,
    /// Column names; the relation holds in every row that has them all.
    #[serde(default)]
    pub columns: String,
}
