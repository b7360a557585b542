//! Where pasted texts go: by the labels that came along, or else by place from the selected cell on.
//!
//! It knows the table and texts; it knows no entry and no selection.

use std::collections::BTreeMap;

use crate::app::table::clipboard::TextBlock;
use crate::app::table::sheet;
use crate::app::table::sheet::CellPos;
use crate::doc::normal::{closeness, fold};
use crate::form::{FieldId, Line, SquareContent, Table};
use crate::report::Number;

/// What becomes of a pasted block.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct PastePlan {
    /// Texts with their cells, totals among them.
    pub cells: Vec<(FieldId, String)>,
    /// Texts for which there is no cell.
    pub over: Vec<String>,
    /// Row labels that the table does not have.
    pub strangers: Vec<String>,
}

/// One row of texts without its labels, and the line its label names.
struct PastedRow {
    label: String,
    line: Option<usize>,
    texts: Vec<String>,
}

/// Finds the cells of a pasted block.
pub(super) fn plan(
    table: &Table,
    origin: FieldId,
    block: TextBlock,
    is_total: &dyn Fn(FieldId) -> bool,
) -> PastePlan {
    let mut plan = PastePlan::default();
    let (rows, heads) = unlabelled(table, block);
    let at = |line: &Line| line.fields.iter().position(|&id| id == origin);
    let start = table
        .lines
        .iter()
        .enumerate()
        .find_map(|(index, line)| Some((index, at(line)?)));
    let Some((first, column)) = start else {
        return plan;
    };
    let by_label = rows.iter().any(|row| row.line.is_some());
    let places = PastePlaces {
        table,
        column,
        heads,
        is_total,
        width: rows.iter().map(|row| row.texts.len()).max().unwrap_or(0),
        by_label,
    };
    let lines = if by_label {
        Vec::new()
    } else {
        lines_from(table, first, rows.len(), is_total)
    };
    for (number, row) in rows.into_iter().enumerate() {
        let line = if by_label {
            row.line
        } else {
            lines.get(number).copied()
        };
        let Some(line) = line.and_then(|line| table.lines.get(line)) else {
            let mut lost: Vec<_> = row.texts;
            lost.retain(|text| !is_blank(text));
            if !by_label {
                plan.over.extend(lost);
            } else if !lost.is_empty() {
                plan.strangers.push(row.label);
            }
            continue;
        };
        let mut fields = places.of(line, row.texts.len()).into_iter();
        for text in row.texts {
            match fields.next().flatten() {
                Some(id) => plan.cells.push((id, text)),
                None if is_blank(&text) => {}
                None => plan.over.push(text),
            }
        }
    }
    plan
}

fn is_blank(text: &str) -> bool {
    text.trim().is_empty()
}

/// The lines from the first one on; without the totals when exactly that many were pasted.
fn lines_from(
    table: &Table,
    first: usize,
    count: usize,
    is_total: &dyn Fn(FieldId) -> bool,
) -> Vec<usize> {
    let all: Vec<_> = (first..table.lines.len()).collect();
    let has_input = |line: &usize| {
        let line = table.lines.get(*line);
        line.is_some_and(|line| line.fields.iter().any(|&id| !is_total(id)))
    };
    let inputs: Vec<_> = all.iter().copied().filter(has_input).collect();
    if count == inputs.len() { inputs } else { all }
}

/// Which cells of a line the texts of a row go to.
struct PastePlaces<'a> {
    table: &'a Table,
    /// The column of the selected cell within its line.
    column: usize,
    /// The column that each text's heading names.
    heads: Vec<Option<String>>,
    is_total: &'a dyn Fn(FieldId) -> bool,
    width: usize,
    by_label: bool,
}

impl PastePlaces<'_> {
    fn of(&self, line: &Line, count: usize) -> Vec<Option<FieldId>> {
        if let Some(named) = self.named(line) {
            return named;
        }
        let inputs = |fields: &[FieldId]| -> Vec<FieldId> {
            let inputs = fields.iter().copied().filter(|&id| !(self.is_total)(id));
            inputs.collect()
        };
        // A labelled row as wide as the table starts at its first cell, wherever the cursor stands.
        let all_inputs = inputs(&line.fields);
        let is_whole = count == line.fields.len() || count == all_inputs.len();
        let start = if self.by_label && is_whole {
            0
        } else {
            self.start(line)
        };
        let from = line.fields.get(start..).unwrap_or_default();
        let without_totals = inputs(from);
        let chosen = if self.width == without_totals.len() {
            without_totals
        } else {
            from.to_vec()
        };
        chosen.into_iter().map(Some).collect()
    }

    /// The cell of another band that lies below the selected one.
    fn start(&self, line: &Line) -> usize {
        self.column.min(line.fields.len().saturating_sub(1))
    }

    /// The cells under the headings that came along, when every one of them is known and only once.
    fn named(&self, line: &Line) -> Option<Vec<Option<FieldId>>> {
        let band = self.table.bands.get(line.band)?;
        let mut columns: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (index, path) in band.columns.iter().enumerate() {
            let leaf = path.last().map(|label| fold(label))?;
            columns.entry(leaf).or_default().push(index);
        }
        let mut named = Vec::new();
        if self.heads.len() < self.width {
            return None;
        }
        for head in self.heads.iter().take(self.width) {
            let [column] = columns.get(head.as_deref()?)?.as_slice() else {
                return None;
            };
            named.push(line.fields.get(*column).copied());
        }
        (!named.is_empty()).then_some(named)
    }
}

/// Takes head rows and leading label columns off a block, and keeps what they say.
fn unlabelled(table: &Table, mut block: TextBlock) -> (Vec<PastedRow>, Vec<Option<String>>) {
    let labels: Vec<_> = table
        .grid
        .squares
        .iter()
        .filter_map(|square| match &square.content {
            SquareContent::Head(label) | SquareContent::Label(label) => Some(fold(label)),
            SquareContent::Value(_) => None,
        })
        .collect();
    let is_label = |text: &str| {
        let folded = fold(text);
        labels
            .iter()
            .any(|label| matches!(closeness(&folded, label), Some(0 | 1)))
    };
    let is_figure = |text: &str| Number::read(text).is_some();
    let is_head = |row: &Vec<String>| {
        row.iter().any(|text| !is_blank(text) && is_label(text))
            && !row.iter().any(|text| is_figure(text))
            && row.iter().all(|text| is_blank(text) || is_label(text))
    };
    // A column may be called like a line without its number.
    let names_line = |text: &str| {
        let is_same = |line: &Line| {
            line.labels
                .last()
                .is_some_and(|leaf| fold(leaf) == fold(text))
        };
        table.lines.iter().any(is_same)
    };
    let mut heads: Vec<String> = Vec::new();
    block.retain(|row| {
        // A line whose figures are blank is no head.
        let is_line = row.iter().any(|text| !is_blank(text) && names_line(text));
        let is_head = is_head(row) && !is_line;
        if is_head {
            heads.resize(heads.len().max(row.len()), String::new());
            for (head, text) in heads.iter_mut().zip(row) {
                if !is_blank(text) {
                    *head = fold(text);
                }
            }
        }
        !is_head
    });
    let width = block.iter().map(Vec::len).max().unwrap_or(0);
    let column = |index: usize| block.iter().filter_map(move |row| row.get(index));
    let is_label_column = |index: usize| !column(index).any(|text| is_figure(text));
    let leading = (0..width)
        .take_while(|&index| is_label_column(index))
        .filter(|&index| column(index).any(|text| !is_blank(text) && is_label(text)))
        .last()
        .map_or(0, |index| index + 1);
    let rows = block.into_iter().map(|mut row| {
        let texts = row.split_off(leading.min(row.len()));
        let label = row.into_iter().rfind(|text| !is_blank(text));
        let label = label.unwrap_or_default();
        PastedRow {
            line: line_named(table, &label),
            label: label.trim().to_owned(),
            texts,
        }
    });
    let heads = heads.into_iter().skip(leading);
    let heads = heads.map(|head| (!head.is_empty()).then_some(head));
    (rows.collect(), heads.collect())
}

/// The line that a row label names.
fn line_named(table: &Table, label: &str) -> Option<usize> {
    if is_blank(label) {
        return None;
    }
    let folded = fold(label);
    let leaves = table.lines.iter().enumerate();
    let leaves = leaves.filter_map(|(index, line)| Some((index, fold(line.labels.last()?))));
    let mut near: Vec<_> = leaves
        .filter_map(|(index, leaf)| Some((closeness(&folded, &leaf)?, index)))
        .filter(|(far, _)| *far <= 1)
        .collect();
    near.sort_unstable();
    match near.as_slice() {
        [(far, _), (next, _), ..] if far == next => None,
        [(_, index), ..] => Some(*index),
        [] => None,
    }
}

/// The rectangle around some cells.
pub(super) fn around(table: &Table, cells: &[FieldId]) -> Option<(CellPos, CellPos)> {
    let places: Vec<_> = cells
        .iter()
        .filter_map(|&id| sheet::place_of(&table.grid, id))
        .collect();
    let row = |place: &CellPos| place.row;
    let column = |place: &CellPos| place.column;
    let first = CellPos {
        row: places.iter().map(row).min()?,
        column: places.iter().map(column).min()?,
    };
    let last = CellPos {
        row: places.iter().map(row).max()?,
        column: places.iter().map(column).max()?,
    };
    Some((first, last))
}
