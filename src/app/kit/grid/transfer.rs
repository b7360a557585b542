//! Copy, cut and paste of a table's cells.
//!
//! It knows selection and report; the clipboard itself is the caller's.

use super::clipboard::{self, Block};
use super::sheet::{self, Place, Span, Way};
use super::state::Turn;
use crate::form::FieldId;
use crate::report::Entry;

impl Turn<'_> {
    /// Copies the selected rectangle, or the text being typed.
    pub fn copy(&mut self) {
        if let Some(editor) = &self.state.editor {
            self.copied = Some(editor.text.clone());
            return;
        }
        let fields = self.selection();
        let shown = |id: FieldId| match self.entry(id) {
            Entry::Blank => {
                let derived = self.is_total(id).then(|| self.report.value(id)).flatten();
                derived.map_or_else(String::new, |value| value.to_string())
            }
            entry => entry.shown(),
        };
        let rows: Vec<Vec<_>> = fields
            .into_iter()
            .map(|row| row.into_iter().map(shown).collect())
            .collect();
        if !rows.is_empty() {
            self.copied = Some(clipboard::write(&rows));
        }
    }

    /// Copies the selection and makes it blank.
    pub fn cut(&mut self) {
        self.copy();
        match &mut self.state.editor {
            Some(editor) => {
                editor.text.clear();
                editor.caret = 0;
            }
            None => self.clear("剪切"),
        }
    }

    /// Pastes a value into the selected cells, or rows of values from the first selected cell on.
    pub fn paste(&mut self, text: &str) {
        let block = clipboard::read(text);
        let single = single_text(&block);
        if let (Some(text), Some(editor)) = (&single, &mut self.state.editor) {
            editor.insert(text.trim());
            return;
        }
        self.commit();
        if let Some(text) = single {
            self.fill(&text);
            return;
        }
        let block = clipboard::without_labels(&self.table.grid, block);
        self.paste_block(&block);
    }

    fn fill(&mut self, text: &str) {
        let fields: Vec<_> = self.selection().into_iter().flatten().collect();
        let inputs = fields.into_iter().filter(|&id| !self.is_total(id));
        let entries: Vec<_> = inputs.map(|id| (id, self.read(id, text))).collect();
        if entries.is_empty() {
            self.notice("合计自动计算，不用填");
        }
        self.state_all("粘贴", entries);
    }

    fn paste_block(&mut self, block: &Block) {
        let Some(first) = self
            .selection()
            .first()
            .and_then(|row| row.first().copied())
        else {
            return;
        };
        let grid = &self.table.grid;
        let Some(origin) = sheet::place_of(grid, first) else {
            return;
        };
        let mut entries = Vec::new();
        let mut left_over = 0;
        let mut corner = origin;
        let mut place = Some(origin);
        for row in block {
            let fields = place.map_or_else(Vec::new, |place| to_the_right(self, place));
            let over = row.iter().skip(fields.len());
            left_over += over.filter(|text| !text.trim().is_empty()).count();
            for (text, id) in row.iter().zip(fields) {
                if !self.is_total(id) {
                    entries.push((id, self.read(id, text)));
                }
                if let Some(place) = sheet::place_of(grid, id) {
                    corner.row = corner.row.max(place.row);
                    corner.column = corner.column.max(place.column);
                }
            }
            place = place.and_then(|place| sheet::step(grid, place, Way::Down));
        }
        self.select(origin, corner);
        self.state_all("粘贴", entries);
        if left_over > 0 {
            self.notice(format!("粘贴的内容超出表格，有{left_over}格没有填入"));
        }
    }
}

/// The only text of a block that has no other.
fn single_text(block: &Block) -> Option<String> {
    match block.as_slice() {
        [row] => match row.as_slice() {
            [text] => Some(text.clone()),
            _ => None,
        },
        _ => None,
    }
}

/// The figures of a row from a place on.
fn to_the_right(turn: &Turn<'_>, place: Place) -> Vec<FieldId> {
    let grid = &turn.table.grid;
    let span = Span {
        rows: place.row..=place.row,
        columns: place.column..=grid.columns,
    };
    sheet::values(grid, &span).into_iter().flatten().collect()
}
