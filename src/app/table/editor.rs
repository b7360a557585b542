//! The text being typed into one cell, with its caret.
//!
//! It knows characters; it knows no table and no report.

use crate::app::table::sheet::Direction;
use crate::form::FieldId;
use crate::text;

/// The text being typed into one cell.
#[derive(Debug, Clone)]
pub(super) struct Editor {
    pub field: FieldId,
    pub text: String,
    /// Characters before the caret.
    pub caret: usize,
    /// Whether the arrow keys move the caret and not the selection.
    pub inside: bool,
}

impl Editor {
    fn byte(&self, chars: usize) -> usize {
        self.text
            .char_indices()
            .nth(chars)
            .map_or(self.text.len(), |(byte, _)| byte)
    }

    pub fn insert(&mut self, text: &str) {
        for c in text.chars().filter(|c| !c.is_control()) {
            // An input method that is on gives 。 for the key of the decimal point.
            let c = if c == '。' { '.' } else { half_width(c) };
            self.text.insert(self.byte(self.caret), c);
            self.caret += 1;
        }
    }

    pub fn erase_before(&mut self) {
        if self.caret > 0 {
            self.caret -= 1;
            self.erase_after();
        }
    }

    pub fn erase_after(&mut self) {
        let byte = self.byte(self.caret);
        if byte < self.text.len() {
            self.text.remove(byte);
        }
    }

    pub fn move_caret(&mut self, way: Direction) {
        self.caret = match way {
            Direction::Left => self.caret.saturating_sub(1),
            _ => (self.caret + 1).min(self.text.chars().count()),
        };
    }
}

/// Full-width digits become digits while they are typed.
fn half_width(c: char) -> char {
    match c {
        '０'..='９' | '．' => text::half_width(c),
        _ => c,
    }
}
