//! From a report to its printed text.

use super::{Block, Cell, Doc, Role, Sum, Table};
use crate::form::{self, FieldId, Grid, SquareContent};
use crate::report::headings::heading_level;
use crate::report::{Draft, Report};
use crate::text::LINE_BREAKS;

/// What stands in the header of a report that is not fit for publishing.
const DRAFT_MARK: &str = "草稿";

/// Sets out a draft as it is published: with the preface, the signature and the mark its choices ask for.
#[must_use]
pub fn publication(draft: &Draft) -> Doc {
    let (report, choices) = (draft.report(), draft.choices());
    let mut doc = compose(report);
    if !choices.preface {
        let first_heading = |block: &Block| matches!(block, Block::Heading { level: 1, .. });
        let preface = doc.blocks.iter().position(first_heading).unwrap_or(0);
        doc.blocks.drain(..preface);
    }
    if choices.signature && !report.issuer().is_empty() {
        doc.signature.push(plain(report.issuer()));
    }
    let date = plain(&choices.date);
    if !date.is_empty() {
        doc.signature.push(date);
    }
    if choices.draft_mark {
        DRAFT_MARK.clone_into(&mut doc.mark);
    }
    doc
}

/// Sets out a report as it is printed, without what a draft's choices add.
#[must_use]
pub fn compose(report: &Report) -> Doc {
    let blocks = parts(report).into_iter().map(|(block, _)| block);
    Doc {
        issuer: plain(report.issuer()),
        year: Some(report.year()),
        title: plain(&report.title()),
        blocks: blocks.collect(),
        ..Doc::default()
    }
}

/// Where a block of a composed report comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BlockSource {
    /// The heading of a section, by the section's number.
    Heading(usize),
    /// A line of a section's text.
    Text {
        /// The section's number.
        section: usize,
        /// The text.
        field: FieldId,
        /// The first character of the line in the text.
        from: usize,
    },
    /// The table of a section; its cells are the squares of the section's grid.
    Table(usize),
}

/// Where the blocks of [`publication`] come from, one source each.
#[must_use]
pub fn sources(draft: &Draft) -> Vec<BlockSource> {
    let mut sources: Vec<BlockSource> = parts(draft.report())
        .into_iter()
        .map(|(_, source)| source)
        .collect();
    if !draft.choices().preface {
        let first_heading = |source: &BlockSource| matches!(source, BlockSource::Heading(_));
        let preface = sources.iter().position(first_heading).unwrap_or(0);
        sources.drain(..preface);
    }
    sources
}

/// The blocks of a report with their sources.
fn parts(report: &Report) -> Vec<(Block, BlockSource)> {
    let mut parts = Vec::new();
    for (number, section) in report.edition().sections.iter().enumerate() {
        if !section.heading.is_empty() {
            let heading = Block::Heading {
                level: 1,
                text: section.heading.clone(),
            };
            parts.push((heading, BlockSource::Heading(number)));
        }
        match &section.body {
            form::SectionBody::Passage { field, .. } => {
                let lines = passage(report.text(*field)).map(|(from, block)| {
                    let source = BlockSource::Text {
                        section: number,
                        field: *field,
                        from,
                    };
                    (block, source)
                });
                parts.extend(lines);
            }
            form::SectionBody::Table(table) => {
                let table = lay_out(report, &section.label, &table.grid);
                parts.push((Block::Table(table), BlockSource::Table(number)));
            }
        }
    }
    parts
}

/// The paragraphs and lower headings of a section's text with the number of their first character;
/// blank lines are left out.
fn passage(text: &str) -> impl Iterator<Item = (usize, Block)> + '_ {
    let mut next = 0;
    text.split(LINE_BREAKS).filter_map(move |raw| {
        let blank = |c: &char| printed(*c).is_none_or(char::is_whitespace);
        let blank = raw.chars().take_while(blank).count();
        let from = next + blank;
        next += raw.chars().count() + 1;
        let line = plain(raw);
        if line.is_empty() {
            return None;
        }
        let block = match heading_level(&line) {
            Some(level) => Block::Heading { level, text: line },
            None => Block::Paragraph(line),
        };
        Some((from, block))
    })
}

/// One line without tabs and without characters that no file format can hold.
fn plain(text: &str) -> String {
    let kept = text.chars().filter_map(printed);
    kept.collect::<String>().trim().to_owned()
}

/// Whether a character only says where a line may break and which way it runs; pasted from a web page,
/// it breaks and turns lines, and nobody sees why.
fn is_unseen(c: char) -> bool {
    matches!(
        c,
        '\u{ad}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}'
    ) || matches!(
        c,
        '\u{2060}'..='\u{2069}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}'
    )
}

/// What is printed for a character of a line, if anything is.
fn printed(c: char) -> Option<char> {
    match c {
        '\t' => Some(' '),
        c if is_unseen(c) => None,
        c if LINE_BREAKS.contains(&c) => Some(' '),
        c => (!c.is_control()).then_some(c),
    }
}

fn lay_out(report: &Report, caption: &str, grid: &Grid) -> Table {
    let cells = grid.squares.iter().map(|square| {
        let (text, role) = match &square.content {
            SquareContent::Head(text) => (text.clone(), Role::Head),
            SquareContent::Label(text) => (text.clone(), Role::Label),
            SquareContent::Value(id) => (figure(report, *id), Role::Value),
        };
        Cell {
            row: square.row,
            column: square.column,
            row_span: square.row_span,
            column_span: square.column_span,
            text,
            role,
        }
    });
    Table {
        caption: caption.to_owned(),
        widths: grid.widths.clone(),
        header_rows: grid.header_rows,
        rows: grid.rows,
        columns: grid.columns,
        cells: cells.collect(),
        sums: sums(report, grid),
    }
}

/// The totals of a table and what they add up, by their squares.
fn sums(report: &Report, grid: &Grid) -> Vec<Sum> {
    let square = |id| grid.square_of(id).map(|square| (square.row, square.column));
    let totals = grid.squares.iter().filter_map(|found| {
        let SquareContent::Value(id) = found.content else {
            return None;
        };
        let parts = report.edition().field(id).sums.first()?;
        let parts = parts
            .iter()
            .map(|&part| square(part))
            .collect::<Option<_>>()?;
        report.value(id).map(|_| Sum {
            at: (found.row, found.column),
            parts,
        })
    });
    totals.collect()
}

/// What is printed in a cell: the figure with its unit, what was typed if it is no figure, or nothing.
fn figure(report: &Report, id: FieldId) -> String {
    let unit = &report.edition().field(id).unit;
    report.value(id).map_or_else(
        || report.entry(id).shown(),
        |value| format!("{value}{unit}"),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_from_anywhere_becomes_plain_paragraphs() {
        let text = "甲\u{b}乙\t丙\r\n\u{1}丁\u{2028}\u{feff}㑇𠮷䶮😀";
        let found: Vec<_> = passage(text).collect();
        let expected = [(0, "甲"), (2, "乙 丙"), (8, "丁"), (11, "㑇𠮷䶮😀")];
        assert_eq!(
            found,
            expected.map(|(from, line)| (from, Block::Paragraph(line.to_owned())))
        );
    }
}
