//! What a reader makes of placed text, and what has to be said of it.

use super::SeenPage;
use crate::doc::Wholeness;
use crate::import::assemble::Piece;

/// How many of a kind are named in a sentence.
const NAMED: usize = 8;

/// What a reader makes of placed text, and what it could not make of it.
#[derive(Debug, Default)]
pub(in crate::import) struct Placed {
    /// What was found, in the order of the pages.
    pub pieces: Vec<Piece>,
    /// For each page, by its number from 1, how many glyphs do not say what they are.
    pub unread: Vec<(usize, usize)>,
    /// The figures that stood in cells without a rule on every side.
    pub open: Vec<String>,
    /// How many cells were not read because glyphs lie over each other.
    pub blurred: usize,
    /// How many cells were not read because a figure stands on a rule.
    pub cut: usize,
    /// Whether there are rows of figures without rules.
    pub has_bare_rows: bool,
}

impl Placed {
    /// How sure it is that every figure was read that stands in a table.
    pub fn wholeness(&self) -> Wholeness {
        let is_read = self.open.is_empty() && self.blurred == 0 && self.cut == 0;
        if is_read && !self.has_bare_rows {
            Wholeness::Likely
        } else {
            Wholeness::Damaged
        }
    }

    /// What has to be said about the pages of a file of this format, a sentence each.
    pub fn notes(&self, format: &str, sheets: &[SeenPage]) -> Vec<String> {
        let mut notes = Vec::new();
        let pictures = sheets.iter().enumerate();
        let pictures: Vec<String> = pictures
            .filter(|(_, sheet)| sheet.is_picture())
            .map(|(at, _)| (at + 1).to_string())
            .collect();
        if !pictures.is_empty() {
            notes.push(format!(
                "{format}第{}页是图片，没有文字，请对照原件填写",
                pictures.join("、")
            ));
        }
        for (page, count) in self.unread.iter().take(NAMED) {
            notes.push(format!(
                "{format}第{page}页有{count}个字没有写明是什么字，表格里的留空，正文里的写作“□”，请对照原件补上"
            ));
        }
        if self.blurred > 0 {
            notes.push(format!(
                "{format}的表格中有{}格字与字重叠，没有导入，请对照原件填写",
                self.blurred
            ));
        }
        if self.cut > 0 {
            notes.push(format!(
                "{format}的表格中有{}格的数压在框线上，分不清属于哪一格，没有导入，请对照原件填写",
                self.cut
            ));
        }
        if !self.open.is_empty() {
            let named: Vec<&str> = self.open.iter().take(NAMED).map(String::as_str).collect();
            notes.push(format!(
                "{format}的表格中有{}格框线不全，里面的数没有导入（{}），请对照原件填写",
                self.open.len(),
                named.join("、")
            ));
        }
        notes
    }
}
