//! Lines and tables, however they were found, to a [`Doc`]: the title, headings by their numbers.
//!
//! It knows how Chinese official papers number their headings, not which headings a report has.

use super::piece::is_part;
pub(super) use super::piece::{Piece, numbered_level};
use super::{furniture, title};
use crate::doc::normal::{is_raised, without_unit};
use crate::doc::{Block, Cell, Doc, Role, Table};

/// Makes a document of the pieces.
pub(super) fn assemble(pieces: Vec<Piece>) -> Doc {
    let first = first_part(&pieces);
    let title = title::find(pieces.get(..first).unwrap_or_default());
    let pieces = furniture::leave_out(pieces, &title, first);
    let mut doc = Doc::default();
    for (at, piece) in pieces.into_iter().enumerate() {
        match piece {
            Piece::Text(text, _) if title.lines.contains(&at) => doc.title.push_str(&text),
            Piece::Text(text, _) if title.issuer == Some(at) => doc.issuer = text,
            Piece::Text(text, hint) => doc.blocks.push(match numbered_level(&text).or(hint) {
                Some(level) => Block::Heading {
                    level: level.clamp(1, 3),
                    text,
                },
                None => Block::Paragraph(text),
            }),
            Piece::Table(table) => doc.blocks.push(Block::Table(table)),
            Piece::Out(what, text) => doc.leave_out(what, &text),
        }
    }
    doc
}

/// Where the first part of the report begins: with a heading of the first level, or else with a table.
pub(super) fn first_part(pieces: &[Piece]) -> usize {
    let heading = pieces.iter().position(is_part);
    let table = || {
        pieces
            .iter()
            .position(|piece| matches!(piece, Piece::Table(_)))
    };
    heading.or_else(table).unwrap_or(pieces.len())
}

/// A ragged table of these rows.
pub(super) fn ragged(rows: Vec<Vec<String>>) -> Table {
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    let count = rows.len();
    let mut cells = Vec::new();
    for (row, texts) in rows.into_iter().enumerate() {
        for (column, text) in texts.into_iter().enumerate() {
            cells.push(Cell {
                row,
                column,
                row_span: 1,
                column_span: 1,
                role: role(&text),
                text,
            });
        }
    }
    Table {
        rows: count,
        columns,
        cells,
        ..Table::default()
    }
}

/// The part a cell seems to play.
pub(super) fn role(text: &str) -> Role {
    if text.is_empty() || is_figure(text) {
        Role::Value
    } else {
        Role::Label
    }
}

/// Whether a text is nothing but a figure, perhaps with its unit.
pub(super) fn is_figure(text: &str) -> bool {
    let figure =
        |c: char| c.is_ascii_digit() || ('０'..='９').contains(&c) || ".,-．，－".contains(c);
    let text = without_unit(text).trim_end_matches(is_raised);
    !text.is_empty()
        && text.chars().all(figure)
        && text.contains(|c: char| c.is_numeric())
        && !text.ends_with(['.', '．'])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(text: &str) -> Piece {
        Piece::Text(text.to_owned(), None)
    }

    #[test]
    fn a_title_may_stand_in_two_lines() {
        let doc = assemble(vec![
            text("甲县人民政府2024年"),
            text("政府信息公开工作年度报告"),
            text("根据规定编制。"),
            text("一、甲"),
        ]);
        assert_eq!(doc.title, "甲县人民政府2024年政府信息公开工作年度报告");
        assert_eq!(doc.blocks.len(), 2);
    }

    #[test]
    fn lines_above_the_title_stay_out_of_it() {
        let doc = assemble(vec![
            text("甲政发3号"),
            text("甲乡2024年年度报告"),
            text("一、甲"),
        ]);
        assert_eq!(doc.title, "甲乡2024年年度报告");
        assert_eq!(doc.blocks.len(), 1);
        assert_eq!(doc.left_out.len(), 1);
        assert_eq!(doc.left_out[0].text, "甲政发3号");
        assert_eq!(assemble(vec![text("我们。"), text("一、甲")]).title, "");
    }

    #[test]
    fn numbers_make_headings() {
        for (line, level) in [
            ("一、甲", Some(1)),
            ("十一、甲", Some(1)),
            ("（一）甲", Some(2)),
            ("(二) 甲", Some(2)),
            ("1.甲", Some(3)),
            ("12、甲", Some(3)),
            ("1.5万元", None),
            ("一是甲", None),
            ("一、甲。乙。", None),
            ("2024年甲", None),
        ] {
            assert_eq!(numbered_level(line), level, "{line}");
        }
    }
}
