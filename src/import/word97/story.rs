//! Letter by letter through the text: paragraphs, cells and rows end at marks.

use encoding_rs::{GBK, WINDOWS_1252};

use super::file::{File, StoryPart, Width};
use super::properties::{Paragraph, RunLook};
use super::runs::Stretches;
use crate::import::ImportError;
use crate::import::bytes::{byte, short};
use crate::import::edged::{EdgedLine, EdgedTables};

/// The most bytes of properties that are looked through.
const WORK: usize = 64 << 20;

/// The marks that are no letters.
const FIELD: u16 = 0x13;
const FIELD_RESULT: u16 = 0x14;
const FIELD_END: u16 = 0x15;
const PARAGRAPH_END: u16 = 0x0D;
const CELL_END: u16 = 0x07;
const PAGE_END: u16 = 0x0C;
const LINE_END: u16 = 0x0B;
const COLUMN_END: u16 = 0x0E;
const HYPHEN: u16 = 0x1E;
const SYMBOL: u16 = 0x28;
/// The letters of fonts that hold pictures.
const PICTURES: std::ops::RangeInclusive<u16> = 0xE000..=0xF8FF;

/// A walk through the text.
pub(super) struct Story<'a> {
    pub file: &'a File,
    pub paragraphs: Stretches<'a>,
    pub runs: Stretches<'a>,
    pub styles: Vec<Option<u8>>,
    pub tables: EdgedTables,
    line: EdgedLine,
    /// The letters of one look that are not yet in the line.
    letters: Vec<u16>,
    /// The first byte of a Chinese letter.
    half: Option<u8>,
    /// How many fields are open, and how many are around the outermost one whose code is being read.
    fields: usize,
    code: Option<usize>,
    run: RunLook,
    /// Where the look of the run holds.
    holds: (u32, u32),
    work: usize,
}

impl<'a> Story<'a> {
    /// Before the first letter.
    pub fn new(file: &'a File, paragraphs: Stretches<'a>, runs: Stretches<'a>) -> Self {
        Self {
            file,
            paragraphs,
            runs,
            styles: file.styles(),
            tables: EdgedTables::default(),
            line: EdgedLine::default(),
            letters: Vec::new(),
            half: None,
            fields: 0,
            code: None,
            run: RunLook::default(),
            holds: (0, 0),
            work: 0,
        }
    }

    /// Walks through the letters with these numbers.
    pub fn walk(
        &mut self,
        pieces: &[StoryPart<'_>],
        from: usize,
        to: usize,
    ) -> Result<(), ImportError> {
        for piece in pieces {
            self.holds = (0, 0);
            for number in piece.from.max(from)..piece.to.min(to) {
                let step = if piece.width == Width::Wide { 2 } else { 1 };
                let place = piece.at + (number - piece.from) * step;
                let letter = match piece.width {
                    Width::Wide => short(&self.file.word, place),
                    _ => byte(&self.file.word, place).map(u16::from),
                };
                let Some(letter) = letter else { break };
                self.look(piece, place as u32)?;
                self.letter(piece, letter, place as u32)?;
            }
        }
        (self.fields, self.code) = (0, None);
        self.end(0, None)
    }

    fn work(&mut self, cost: usize) -> Result<(), ImportError> {
        self.work += cost + 1;
        if self.work > WORK {
            return Err(ImportError::TooLarge);
        }
        Ok(())
    }

    /// Takes over the look that holds at a place.
    fn look(&mut self, piece: &StoryPart<'_>, place: u32) -> Result<(), ImportError> {
        if (self.holds.0..self.holds.1).contains(&place) {
            return Ok(());
        }
        let mut run = RunLook::default();
        let mut cost = piece.list.len();
        self.holds = (place, place.saturating_add(1));
        if let Some(stretch) = self.runs.at(place) {
            cost += stretch.list.len();
            self.holds = (stretch.from, stretch.to);
            run.change(stretch.list);
        }
        run.change(piece.list);
        match (piece.short & 0xFF) >> 1 {
            0x41 => run.look.is_deleted = piece.short & 0x100 != 0,
            0x5C => run.look.unseen.is_hidden = piece.short & 0x100 != 0,
            _ => {}
        }
        if run.look != self.run.look {
            self.spill();
        }
        self.run = run;
        self.work(cost)
    }

    /// Puts the letters of one look into the line.
    fn spill(&mut self) {
        let letters = std::mem::take(&mut self.letters);
        if !letters.is_empty() {
            let text = String::from_utf16_lossy(&letters);
            self.line.push(&text, self.run.look);
        }
    }

    fn letter(
        &mut self,
        piece: &StoryPart<'_>,
        letter: u16,
        place: u32,
    ) -> Result<(), ImportError> {
        match letter {
            FIELD => {
                self.code.get_or_insert(self.fields);
                self.fields += 1;
            }
            FIELD_RESULT if self.code.is_some_and(|around| around + 1 == self.fields) => {
                self.code = None;
            }
            FIELD_END => {
                self.fields = self.fields.saturating_sub(1);
                if self.code == Some(self.fields) {
                    self.code = None;
                }
            }
            PARAGRAPH_END | CELL_END | PAGE_END => return self.mark(piece, letter, place),
            _ if self.code.is_some() => {}
            LINE_END | COLUMN_END => self.letters.push(u16::from(b'\n')),
            HYPHEN => self.letters.push(u16::from(b'-')),
            0x09 => self.letters.push(u16::from(b' ')),
            0..0x20 => {}
            SYMBOL if self.run.symbol.is_some() => {
                let symbol = self.run.symbol.filter(|symbol| !PICTURES.contains(symbol));
                self.letters.extend(symbol);
            }
            letter if piece.width == Width::Wide => self.letters.push(letter),
            letter => self.narrow(letter as u8, piece.width),
        }
        Ok(())
    }

    fn narrow(&mut self, letter: u8, width: Width) {
        let bytes = match self.half.take() {
            Some(first) => [first, letter].to_vec(),
            None if width == Width::National && letter >= 0x80 => {
                self.half = Some(letter);
                return;
            }
            None => vec![letter],
        };
        let encoding = if bytes.len() > 1 { GBK } else { WINDOWS_1252 };
        let (text, _) = encoding.decode_without_bom_handling(&bytes);
        self.letters.extend(text.encode_utf16());
    }

    /// Ends a paragraph, and what else its mark ends.
    fn mark(&mut self, piece: &StoryPart<'_>, letter: u16, place: u32) -> Result<(), ImportError> {
        let stretch = self.paragraphs.at(place);
        let list = stretch.map_or(&[][..], |stretch| stretch.list);
        self.work(Paragraph::cost(list, &self.file.data) + piece.list.len())?;
        let mut paragraph = Paragraph::read(list, &self.file.data);
        paragraph.change(piece.list, &self.file.data);
        let depth = paragraph.depth();
        let is_deleted = self.run.look.is_deleted;
        // Nobody puts a paragraph into a code, but a field may lack its end.
        self.fields = self.code.take().unwrap_or(self.fields);
        if is_deleted && letter == PARAGRAPH_END && depth == 0 {
            self.spill();
            return Ok(());
        }
        if paragraph.ends_row() {
            self.letters.clear();
            self.line = EdgedLine::default();
            if is_deleted {
                self.tables.drop_row(depth);
            } else {
                self.tables.end_row(depth, &paragraph.sides());
            }
            return Ok(());
        }
        self.end(depth, paragraph.level(&self.styles))?;
        if depth == 1 && letter == CELL_END || depth > 1 && paragraph.inner_cell {
            self.tables.end_cell(depth)?;
        }
        Ok(())
    }

    fn end(&mut self, depth: usize, level: Option<u8>) -> Result<(), ImportError> {
        self.spill();
        self.half = None;
        self.tables.line(depth, &mut self.line, level)
    }
}
