//! What the readers find, and which of it is numbered as a heading.

use crate::doc::Table;

/// The longest line that can be a numbered heading, in characters.
const HEADING_LENGTH: usize = 40;

/// What a reader found, in the order of the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Piece {
    /// A line of text; the number is the level when the format itself calls it a heading, 0 for
    /// the title.
    Text(String, Option<u8>),
    /// A table.
    Table(Table),
    /// What is not taken for text of the report: what it is, and every word of it.
    Out(&'static str, String),
}

/// Whether a piece is a heading of the first level.
pub(super) fn is_part(piece: &Piece) -> bool {
    matches!(piece, Piece::Text(text, _) if numbered_level(text) == Some(1))
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
