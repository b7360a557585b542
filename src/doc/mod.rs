//! The format-neutral published text of a report (文稿): headings, paragraphs, tables.
//!
//! Every file format meets the report here; this module knows no format and no widget.

mod closing;
pub mod compose;
mod cover;
mod left;
mod loose;
mod lost;
pub mod normal;
pub mod own;
mod parts;
mod place;
pub mod recognise;
mod rows;
mod second;
pub mod sheet;
mod tables;
pub mod title;
pub mod trace;

/// How sure it is that nothing of a document is missing.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Wholeness {
    /// Its format would tell.
    #[default]
    Sure,
    /// It is put together from what is drawn, where a loss leaves no trace.
    Likely,
    /// Some of it is lost.
    Damaged,
}

/// A report as it is printed: what every writer writes and every reader makes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Doc {
    /// Name of the issuing authority, for the document's properties; empty when unknown.
    pub issuer: String,
    /// Report year, for the document's properties.
    pub year: Option<u16>,
    /// The printed title in one line; empty when the source had none.
    pub title: String,
    /// The number of the letter (文号) printed under the title; empty when it has none.
    pub number: String,
    /// Everything between the title and the signature, in printed order.
    pub blocks: Vec<Block>,
    /// The lines that close the report, the authority's name and the date; empty when it is not signed.
    pub signature: Vec<String>,
    /// What the header of every page says; empty for a report that is in order.
    pub mark: String,
    /// What stood in the source and was not taken for text of the report, in its order.
    pub left_out: Vec<LeftOut>,
    /// What the reader has to say about the file itself, a sentence each.
    pub notes: Vec<String>,
    /// What is known of how whole it is.
    pub wholeness: Wholeness,
}

/// Text of a source that was not taken for text of the report (没有导入的文字).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeftOut {
    /// The block before which it stood.
    pub before: usize,
    /// What it seems to be.
    pub what: &'static str,
    /// The whole of it, line by line.
    pub text: String,
}

impl Doc {
    /// Notes that a text before what comes next is left out.
    pub fn leave_out(&mut self, what: &'static str, text: &str) {
        let before = self.blocks.len();
        match self.left_out.last_mut() {
            Some(last) if last.before == before && last.what == what => {
                last.text.push('\n');
                last.text.push_str(text);
            }
            _ => self.left_out.push(LeftOut {
                before,
                what,
                text: text.to_owned(),
            }),
        }
    }

    /// The texts in printed order, without title and tables.
    pub fn texts(&self) -> impl Iterator<Item = &str> {
        let number = Some(self.number.as_str()).filter(|number| !number.is_empty());
        let blocks = self.blocks.iter().filter_map(|block| match block {
            Block::Heading { text, .. } | Block::Paragraph(text) => Some(text.as_str()),
            Block::Table(_) => None,
        });
        let signature = self.signature.iter().map(String::as_str);
        number.into_iter().chain(blocks).chain(signature)
    }

    /// The closing lines with the room each leaves on its right, in hundredths of a character: the date
    /// four characters from the edge, the name centred over it.
    pub fn signature_lines(&self) -> impl Iterator<Item = (&str, u32)> {
        const FOUR: u32 = 400;
        // A long line needs the room itself.
        const MOST: u32 = 1200;
        let last = self.signature.last().map_or(0, |line| title::width(line));
        self.signature.iter().map(move |line| {
            let wider = title::width(line) * 25;
            let room = (FOUR + last * 25).saturating_sub(wider);
            (line.as_str(), room.min(MOST))
        })
    }
}

/// One part of the running text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    /// A heading of the report: level 1 is `一、`, level 2 `（一）`, level 3 `1.`.
    Heading {
        /// 1 to 3.
        level: u8,
        /// The heading with its number.
        text: String,
    },
    /// One paragraph of body text without line breaks.
    Paragraph(String),
    /// A table.
    Table(Table),
}

/// A table of merged cells.
///
/// In a table made by `compose` every grid square is covered by exactly one cell.
/// A table made by a reader may be ragged: its cells then are 1×1 and `widths` is empty.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Table {
    /// What the table is called for screen readers and sheet names; empty when unknown.
    pub caption: String,
    /// Column widths in twips; their sum is the width of the type area, 8844.
    pub widths: Vec<u32>,
    /// Number of leading rows that repeat on every page.
    pub header_rows: usize,
    /// Number of rows.
    pub rows: usize,
    /// Number of columns.
    pub columns: usize,
    /// The figures that are sums, in reading order.
    pub sums: Vec<Sum>,
    /// The cells in reading order (by row, then by column).
    pub cells: Vec<Cell>,
}

/// A figure that is the sum of others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sum {
    /// Row and column of the sum.
    pub at: (usize, usize),
    /// Row and column of each figure it adds up.
    pub parts: Vec<(usize, usize)>,
}

/// One cell of a [`Table`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cell {
    /// First row, from 0.
    pub row: usize,
    /// First column, from 0.
    pub column: usize,
    /// Number of rows covered, at least 1.
    pub row_span: usize,
    /// Number of columns covered, at least 1.
    pub column_span: usize,
    /// What is printed in it.
    pub text: String,
    /// What the cell is for.
    pub role: Role,
}

/// The part a cell plays in its table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// A column heading (宾栏) or a band's caption.
    Head,
    /// A row heading (主栏).
    Label,
    /// A figure.
    Value,
}
