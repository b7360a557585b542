//! Old Word documents, as Word 97 to 2003 and WPS write them: paragraphs, tables with merged cells.
//!
//! The text lies in pieces, and what holds for a stretch of it in pages of properties. What is
//! deleted or hidden and the codes of fields are left out. It knows no form and no report.

mod file;
mod properties;
mod runs;
mod story;
#[cfg(test)]
mod tests;

use self::file::File;
use self::runs::{RunKind, Stretches};
use self::story::Story;
use super::assemble::assemble;
use super::package::broken;
use super::{ImportError, compound, text};
use crate::doc::Doc;

/// What still older documents begin with.
const OLDER: &[&[u8]] = &[&[0xDB, 0xA5], &[0x31, 0xBE], &[0x9B, 0xA5]];

/// Reads an old Word document, or the text that is only called one.
pub(super) fn read(bytes: &[u8]) -> Result<Doc, ImportError> {
    if OLDER.iter().any(|start| bytes.starts_with(start)) {
        return Err(ImportError::OldWord);
    }
    if !bytes.starts_with(compound::START) {
        return text::read(bytes);
    }
    let file = File::open(bytes)?;
    let paragraphs = Stretches::read(&file.word, file.paragraphs(), RunKind::Paragraphs)?;
    let runs = Stretches::read(&file.word, file.runs(), RunKind::Runs)?;
    let pieces = file.pieces()?;
    let mut story = Story::new(&file, paragraphs, runs);
    for (from, to) in file.stories() {
        story.walk(&pieces, from, to)?;
    }
    let pieces = story.tables.finish();
    if pieces.is_empty() {
        return Err(broken("里面没有文字"));
    }
    Ok(assemble(pieces))
}
