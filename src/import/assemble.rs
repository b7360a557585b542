//! Lines and tables, however they were found, to a [`Doc`]: the title, headings by their numbers.
//!
//! It knows how Chinese official papers number their headings, not which headings a report has.

use super::furniture;
use crate::doc::normal::without_unit;
use crate::doc::{Block, Cell, Doc, Role, Table};

/// What a reader found, in the order of the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Piece {
    /// A line of text; the number is the level when the format itself calls it a heading, 0 for
    /// the title.
    Text(String, Option<u8>),
    /// A table.
    Table(Table),
}

/// How many lines before the first part are searched for the title.
const TITLE_LINES: usize = 8;
/// The longest line that can be a title, in characters.
const TITLE_LENGTH: usize = 100;
/// The longest line that can be a numbered heading, in characters.
const HEADING_LENGTH: usize = 40;

/// Makes a document of the pieces.
pub(super) fn assemble(pieces: Vec<Piece>) -> Doc {
    let pieces = furniture::strip(pieces, |text| numbered_level(text) == Some(1));
    let pieces = without_window_title(pieces);
    let texts: Vec<(&str, Option<u8>)> = pieces
        .iter()
        .map_while(|piece| match piece {
            Piece::Text(text, hint) if numbered_level(text) != Some(1) => {
                Some((text.as_str(), *hint))
            }
            _ => None,
        })
        .take(TITLE_LINES)
        .collect();
    let span = title_lines(&texts);
    let title: String = texts
        .get(span.clone())
        .unwrap_or_default()
        .iter()
        .map(|(text, _)| *text)
        .collect();
    let blocks = pieces
        .into_iter()
        .enumerate()
        .filter(|(index, _)| !span.contains(index))
        .map(|(_, piece)| match piece {
            Piece::Table(table) => Block::Table(table),
            Piece::Text(text, hint) => match numbered_level(&text).or(hint) {
                Some(level) => Block::Heading {
                    level: level.clamp(1, 3),
                    text,
                },
                None => Block::Paragraph(text),
            },
        })
        .collect();
    Doc {
        title,
        blocks,
        ..Doc::default()
    }
}

/// Leaves out the title of a browser's window, which has the site's name behind that of the report,
/// where the report's own title follows it.
fn without_window_title(mut pieces: Vec<Piece>) -> Vec<Piece> {
    let bare = |text: &str| -> String { text.chars().filter(|c| !c.is_whitespace()).collect() };
    let Some(Piece::Text(first, _)) = pieces.first() else {
        return pieces;
    };
    let Some((title, _)) = first.split_once(['_', '|', '-', '—', '–']) else {
        return pieces;
    };
    let follows = pieces
        .iter()
        .skip(1)
        .take(TITLE_LINES)
        .any(|piece| matches!(piece, Piece::Text(text, _) if bare(text) == bare(title)));
    if is_dated_title(title) && follows {
        pieces.remove(0);
    }
    pieces
}

/// Which of the first lines make up the title.
fn title_lines(texts: &[(&str, Option<u8>)]) -> std::ops::Range<usize> {
    let styled = |(_, hint): &(&str, Option<u8>)| *hint == Some(0);
    if let Some(first) = texts.iter().position(styled) {
        let count = texts
            .iter()
            .skip(first)
            .take_while(|text| styled(text))
            .count();
        return first..first + count;
    }
    let short = |text: &str| text.chars().count() <= TITLE_LENGTH && !text.contains(['。', '；']);
    let last = texts
        .iter()
        .position(|(text, _)| short(text) && names_report(text));
    if let Some(last) = last {
        let mut first = last;
        let has_year = |first: usize| {
            let lines = texts.get(first..=last).unwrap_or_default();
            lines
                .iter()
                .any(|(text, _)| text.contains('年') && text.contains(is_digit))
        };
        while !has_year(first) && first > 0 && last - first < 2 {
            first -= 1;
        }
        if let Some((above, _)) = first.checked_sub(1).and_then(|above| texts.get(above))
            && has_year(first)
            && texts
                .get(first)
                .is_some_and(|(text, _)| text.trim().starts_with(is_digit))
            && names_authority(above)
        {
            first -= 1;
        }
        // Lines above that bring no year are no part of the title.
        return if has_year(first) {
            first..last + 1
        } else {
            last..last + 1
        };
    }
    match texts.first() {
        Some((text, hint))
            if short(text)
                && (*hint == Some(1) || (text.contains('年') && text.contains(is_digit)))
                && !text.contains('，') =>
        {
            0..1
        }
        _ => 0..0,
    }
}

/// Whether a line alone can be the title of a report of some year.
pub(super) fn is_dated_title(text: &str) -> bool {
    text.chars().count() <= TITLE_LENGTH
        && !text.contains(['。', '；'])
        && names_report(text)
        && text.contains('年')
        && text.contains(is_digit)
}

/// Where the title of the report begins among what stands before its first part, when it has a year.
pub(super) fn title_start(pieces: &[Piece]) -> Option<usize> {
    let line = |at: usize| match pieces.get(at) {
        Some(Piece::Text(text, _)) => Some(text.trim()),
        _ => None,
    };
    let is_part =
        |piece: &Piece| matches!(piece, Piece::Text(text, _) if numbered_level(text) == Some(1));
    let end = pieces.iter().position(is_part).unwrap_or(pieces.len());
    (0..end).find_map(|at| {
        let own = line(at)?;
        let above = at.checked_sub(1).and_then(line);
        let both = above.is_some_and(|above| is_dated_title(&format!("{above}{own}")));
        let named = own.starts_with(is_digit) && above.is_some_and(names_authority);
        let split = names_report(own) && !is_dated_title(own) && both;
        let whole = is_dated_title(own);
        let first = if split || named {
            at.checked_sub(1)?
        } else {
            at
        };
        (whole || split).then_some(first)
    })
}

/// The last title with a year among lines, put together where it stands in two of them.
pub(super) fn dated_title(lines: &[&str]) -> Option<String> {
    let mut ends = (0..lines.len()).rev();
    ends.find_map(|at| {
        let line = lines.get(at)?.trim();
        let above = at.checked_sub(1).and_then(|above| lines.get(above));
        let both = above.map(|above| format!("{}{line}", above.trim()));
        let headless =
            line.starts_with(is_digit) && above.is_some_and(|above| names_authority(above));
        if is_dated_title(line) && !headless {
            return Some(line.to_owned());
        }
        both.filter(|both| names_report(line) && is_dated_title(both))
    })
}

fn names_report(text: &str) -> bool {
    let plain: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let plain = match plain.rfind(['（', '(']) {
        Some(start) if plain.ends_with(['）', ')']) => plain.get(..start).unwrap_or(&plain),
        _ => &plain,
    };
    ["报告", "年报", "工作总结"]
        .iter()
        .any(|end| plain.ends_with(end))
}

/// Whether a line is the name of an authority and nothing else.
fn names_authority(text: &str) -> bool {
    const ENDS: &[&str] = &[
        "政府",
        "办事处",
        "委员会",
        "管委会",
        "街道",
        "镇",
        "乡",
        "局",
        "厅",
        "办公室",
        "中心",
    ];
    let plain: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    (2..=30).contains(&plain.chars().count())
        && ENDS.iter().any(|end| plain.ends_with(end))
        && !plain.contains(['，', '。', '：', '>', '、'])
}

fn is_digit(c: char) -> bool {
    c.is_ascii_digit() || ('０'..='９').contains(&c) || "〇○零一二".contains(c)
}

fn is_numeral(c: char) -> bool {
    "一二三四五六七八九十".contains(c)
}

/// The level that the number before a short line gives it as a heading.
pub(super) fn numbered_level(text: &str) -> Option<u8> {
    if text.chars().count() > HEADING_LENGTH || text.contains(['。', '；']) {
        return None;
    }
    let rest = text.trim_start_matches(is_numeral);
    if rest.len() < text.len() && rest.starts_with(['、', '.', '．']) {
        return Some(1);
    }
    if let Some(inner) = text.strip_prefix(['（', '(']) {
        let rest = inner.trim_start_matches(is_numeral);
        return (rest.len() < inner.len() && rest.starts_with(['）', ')'])).then_some(2);
    }
    let rest = text.trim_start_matches(|c: char| c.is_ascii_digit());
    let digits = text.len() - rest.len();
    let after = rest.strip_prefix(['.', '．', '、'])?;
    let is_fraction = after.starts_with(|c: char| c.is_ascii_digit());
    ((1..=2).contains(&digits) && !is_fraction && !after.trim().is_empty()).then_some(3)
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
    let text = without_unit(text);
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
        assert_eq!(doc.blocks.len(), 2);
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
