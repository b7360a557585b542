//! From a report to its printed text.

use std::ops::Range;

use super::{Block, Cell, Doc, Role, Sum, Table, closing};
use crate::date::{Day, WrittenDay};
use crate::form::{self, FieldId, Grid, SquareContent};
use crate::report::headings::heading_level;
use crate::report::{Draft, Report};
use crate::text::{self, LINE_BREAKS};

/// What stands in the header of a report that is not fit for publishing.
const DRAFT_MARK: &str = "草稿";

/// Sets out a draft as it is published: with the preface, the number, the signature and the mark its
/// choices ask for.
#[must_use]
pub fn publication(draft: &Draft) -> Doc {
    let (report, choices) = (draft.report(), draft.choices());
    let mut doc = compose(report);
    let kept = kept(draft, &doc.blocks);
    let text = |block: Block| match block {
        Block::Paragraph(text) => Some(text),
        Block::Heading { .. } | Block::Table(_) => None,
    };
    doc.signature = doc.blocks.drain(kept.end..).filter_map(text).collect();
    let mut before = doc.blocks.drain(..kept.start).filter_map(text);
    let brought = before.next().filter(|line| closing::is_number(line));
    drop(before);
    doc.number = Some(plain(&choices.number))
        .filter(|number| !number.is_empty())
        .or(brought)
        .unwrap_or_default();
    sign(&mut doc.signature, draft);
    if choices.draft_mark {
        DRAFT_MARK.clone_into(&mut doc.mark);
    }
    doc
}

/// Adds the name and the date that are chosen to those that the text brings along.
fn sign(signature: &mut Vec<String>, draft: &Draft) {
    let (report, choices) = (draft.report(), draft.choices());
    let is_day = |line: &String| matches!(Day::written(line), WrittenDay::Day(_));
    let brought = signature.pop_if(|line| is_day(line));
    if choices.signature && !report.issuer().is_empty() && signature.is_empty() {
        signature.push(plain(report.issuer()));
    }
    let chosen = Some(day(&choices.date)).filter(|date| !date.is_empty());
    signature.extend(chosen.or(brought));
}

/// A day as official papers write it, in whatever way it was typed; other words stay as they are.
fn day(typed: &str) -> String {
    match Day::written(typed) {
        WrittenDay::Day(day) if !typed.contains(text::is_numeral) => day.official(),
        _ => plain(typed),
    }
}

/// The blocks that are printed as text: without the preface where it is not wanted, without the
/// number and the signature that the text brings along.
fn kept(draft: &Draft, blocks: &[Block]) -> Range<usize> {
    let heading = |block: &Block| matches!(block, Block::Heading { level: 1, .. });
    let preface = blocks.iter().position(heading).unwrap_or(0);
    let number =
        |block: &&Block| matches!(block, Block::Paragraph(line) if closing::is_number(line));
    let from = if draft.choices().preface {
        usize::from(preface > 0 && blocks.first().as_ref().is_some_and(number))
    } else {
        preface
    };
    let text = blocks.get(from..).unwrap_or_default();
    from..blocks.len() - closing::signed(text, draft.report().issuer())
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
    let (blocks, sources): (Vec<Block>, Vec<BlockSource>) =
        parts(draft.report()).into_iter().unzip();
    let kept = kept(draft, &blocks);
    sources.get(kept).unwrap_or_default().to_vec()
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
    use crate::report::{Choices, Edit, Entry};

    /// A draft with words in its first and its last passage.
    fn draft(preface: &str, last: &str) -> Draft {
        let edition = form::by_id("2021").unwrap();
        let mut report = Report::new(edition.clone(), 2025);
        let passages: Vec<FieldId> = edition
            .sections
            .iter()
            .filter_map(|section| match &section.body {
                form::SectionBody::Passage { field, .. } => Some(*field),
                form::SectionBody::Table(_) => None,
            })
            .collect();
        let enter = |report: &mut Report, id, text: &str| {
            report.apply(Edit::Enter(id, Entry::Text(text.to_owned())));
        };
        enter(&mut report, passages[0], preface);
        enter(&mut report, *passages.last().unwrap(), last);
        enter(&mut report, edition.issuer_field, "青石镇人民政府");
        Draft::new(report)
    }

    #[test]
    fn number_name_and_date_of_the_text_stand_on_their_places() {
        let mut draft = draft(
            "青政发〔2026〕1号\n前言。",
            "无。\n青石镇人民政府\n2026年1月20日",
        );
        let count = parts(draft.report()).len();
        let doc = publication(&draft);
        assert_eq!(doc.number, "青政发〔2026〕1号");
        assert_eq!(doc.signature, ["青石镇人民政府", "2026年1月20日"]);
        assert_eq!(doc.blocks.len(), count - 3);
        assert_eq!(sources(&draft).len(), doc.blocks.len());
        assert_eq!(
            doc.blocks.last(),
            Some(&Block::Paragraph("无。".to_owned()))
        );
        // What is chosen is not printed beside what the text brings along.
        draft.set_choices(Choices {
            signature: true,
            date: "2026-01-15".to_owned(),
            number: "青政函〔2026〕2号".to_owned(),
            ..Choices::default()
        });
        let doc = publication(&draft);
        assert_eq!(doc.number, "青政函〔2026〕2号");
        assert_eq!(doc.signature, ["青石镇人民政府", "2026年1月15日"]);
    }

    #[test]
    fn a_date_is_printed_as_official_papers_write_it() {
        for (typed, printed) in [
            ("2026-1-15", "2026年1月15日"),
            ("2026-01-15", "2026年1月15日"),
            ("二〇二六年一月十五日", "二〇二六年一月十五日"),
            ("2026年1月", "2026年1月"),
        ] {
            assert_eq!(day(typed), printed);
        }
    }

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
