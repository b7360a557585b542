//! From the tables of a document to the cells of a report, by their labels and never by place alone.

mod apart;
mod blanks;
mod bond;
mod doubt;
mod enter;
mod evidence;
mod heads;
mod labels;
mod order;
mod placement;
mod prescribed;
mod remark;
mod source;
mod strips;
mod torn;

use std::sync::Arc;

use self::placement::TablePlacement;
use self::prescribed::Prescribed;
pub(super) use self::source::Source;
use super::loose::is_prose;
use super::normal::fold;
use super::place::is_value;
use super::rows::Labels;
use crate::form::{Edition, Table};
use crate::report::Report;

/// Every label by which an edition can be told: lines and column headings, folded.
pub(super) fn telling_labels(edition: &Edition) -> Vec<String> {
    let mut labels = Vec::new();
    for (_, table) in edition.tables() {
        let own = Labels::new(table);
        labels.extend(own.lines.into_iter().filter_map(|mut path| path.pop()));
        labels.extend(own.heads.into_iter().flatten());
    }
    labels.sort();
    labels.dedup();
    labels
}

/// Every label of a table in one, to tell the lines that are part of it.
pub(super) fn all_labels(table: &Table) -> String {
    let groups = table.bands.iter().flat_map(|band| &band.columns).flatten();
    let groups = groups.map(|label| fold(label));
    let labels = Labels::new(table);
    labels.all().map(str::to_owned).chain(groups).collect()
}

/// Whether a table of the document bears the caption of a band of a statutory table.
pub(super) fn are_captioned(table: &Table, pool: &[Source<'_>]) -> bool {
    let captions: Vec<String> = table.bands.iter().map(|band| fold(&band.caption)).collect();
    pool.iter().any(|source| match source {
        Source::Table(printed) => printed.cells.iter().any(|cell| {
            let cell = fold(&cell.text);
            !cell.is_empty() && captions.contains(&cell)
        }),
        Source::Line(_) => false,
    })
}

/// Whether a line of text is nothing but labels and figures of a table with these labels.
pub(super) fn is_of(labels: &str, line: &str) -> bool {
    let own = |word: &str| {
        let folded = fold(word);
        let bare = folded.trim_end_matches(|c: char| c.is_ascii_digit());
        is_value(word) || labels.contains(folded.as_str()) || labels.contains(bare)
    };
    !is_prose(line) && (own(line) || line.split_whitespace().all(own))
}

/// Reads one statutory table out of a part of a document; returns how many rows were found.
///
/// In six steps, each a value that the next one takes: the pieces that may be rows, what each row says,
/// which of it the order of the rows leaves open, the figures in their cells, the doubts about the
/// sums of all of it, the cells of the report.
pub(super) fn read_table(
    name: &str,
    table: &Table,
    pool: &[Source<'_>],
    report: &mut Report,
    notes: &mut Vec<String>,
) -> usize {
    let edition = Arc::clone(report.edition());
    let form = Prescribed::new(name, table, &edition);
    let apart = apart::find(&form, pool);
    let is_read = |at| {
        apart
            .as_ref()
            .is_some_and(|apart| apart.sources.contains(&at))
    };
    let strips = strips::read(&form, pool, is_read);
    let mut evidence = evidence::read(&form, strips);
    order::doubt(&form, &mut evidence);
    let mut placement = TablePlacement::new(&form, evidence.shapes);
    if let Some(apart) = &apart {
        placement.keep(apart.line, &apart.texts);
    }
    for row in evidence.rows {
        placement.take(row);
    }
    placement.distrust_columns(evidence.by_columns);
    placement.distrust_sums();
    placement.place_grouped();
    let count = placement.found.len().max(usize::from(evidence.has_heads));
    placement.enter(report);
    let remarks = placement.remarks.iter();
    notes.extend(remarks.map(|remark| remark.sentence(name)));
    count
}
