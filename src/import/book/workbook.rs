//! The sheets of a workbook that are seen, in their order.

use super::seen::SeenRows;
use super::sheet::{BookSheet, broken};
use crate::import::ImportError;
use crate::import::assemble::{Piece, numbered_level};

/// The sheets of a workbook that are seen, and the names of the others.
#[derive(Debug, Default)]
pub(super) struct SeenBook {
    pub(super) sheets: Vec<BookSheet>,
    pub(super) hidden: Vec<String>,
}

impl SeenBook {
    /// Everything that is seen of it, and what is left out.
    pub(super) fn pieces(self) -> Result<Vec<Piece>, ImportError> {
        let mut found = pieces(&self.sheets)?;
        if found.is_empty() {
            return Err(broken("表格", "看得见的工作表里没有内容"));
        }
        let hidden = self.hidden.into_iter();
        found.extend(hidden.map(|name| Piece::Out("隐藏的工作表", name)));
        Ok(found)
    }
}

/// What is seen of the sheets, in their order.
fn pieces(sheets: &[BookSheet]) -> Result<Vec<Piece>, ImportError> {
    let mut pieces = Vec::new();
    let header = sheets.iter().map(|sheet| sheet.header.trim());
    let header = header.into_iter().find(|header| !header.is_empty());
    let mut squares = 0;
    for sheet in sheets {
        let seen = SeenRows::of(sheet, &mut squares)?;
        if seen.rows.is_empty() {
            continue;
        }
        if pieces.is_empty()
            && let Some(header) = header
        {
            pieces.push(Piece::Text(header.to_owned(), None));
        }
        if numbered_level(&sheet.name) == Some(1) {
            pieces.push(Piece::Text(sheet.name.clone(), None));
        }
        seen.push(&mut pieces);
        let unseen = sheet
            .cells
            .iter()
            .filter(|(at, _)| sheet.is_row_hidden(at.0) || sheet.is_column_hidden(at.1));
        let unseen: Vec<&str> = unseen
            .filter(|(at, text)| !text.trim().is_empty() && !seen.shown.contains(at))
            .map(|(_, text)| text.as_str())
            .collect();
        if !unseen.is_empty() {
            pieces.push(Piece::Out("表格里隐藏的行和列", unseen.join(" ")));
        }
    }
    Ok(pieces)
}
