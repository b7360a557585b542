//! What holds in a group until it ends.

use crate::import::look::Look;

/// What a group is about.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum About {
    /// The text.
    #[default]
    Text,
    /// The number of a paragraph.
    Number,
    /// The fonts.
    Fonts,
    /// The styles.
    Styles,
    /// What is not printed with the text.
    Nothing,
}

/// What holds.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct GroupState {
    /// What the group is about.
    pub about: About,
    /// How the text looks.
    pub look: Look,
    /// The font.
    pub font: i32,
    /// The font for Chinese.
    pub wide: i32,
    /// Whether the next font is that for Chinese, or one that does not matter.
    pub next_font: Option<bool>,
    /// How many letters stand in for one that old programs do not know.
    pub stand_ins: usize,
    /// What the group is about whose other half is kept.
    pub halves: Option<About>,
    /// Whether the row of a table within a table is described.
    pub in_inner_row: bool,
    /// Whether the paragraph stands in a table.
    pub in_table: bool,
    /// How deep it says it stands in tables.
    pub depth: usize,
    /// The number of its style.
    pub style: i32,
    /// Its own level as a heading.
    pub outline: Option<u8>,
    /// How deep in tables the box stands that holds it.
    pub boxed: Option<usize>,
}

impl GroupState {
    /// How deep the paragraph stands in tables.
    pub fn depth(&self) -> usize {
        let own = self.depth.max(usize::from(self.in_table));
        self.boxed.unwrap_or(own)
    }

    /// Begins a paragraph of no looks.
    pub fn plain_paragraph(&mut self) {
        (self.in_table, self.depth) = (false, 0);
        (self.style, self.outline) = (0, None);
    }

    /// Takes the looks from the text.
    pub fn plain(&mut self, font: i32) {
        self.look = Look::default();
        (self.font, self.wide, self.next_font) = (font, font, None);
    }

    /// Takes over the number of a font.
    pub fn set_font(&mut self, font: i32, is_other: bool) {
        match (self.next_font.take(), is_other) {
            (Some(true), _) => self.wide = font,
            (_, false) => self.font = font,
            (_, true) => {}
        }
    }
}
