//! The streams of a document: where its text, its properties and its styles stand.

use crate::import::bytes::{byte, long, part, short, size};
use crate::import::compound::Compound;
use crate::import::docx::TITLE;
use crate::import::package::broken;
use crate::import::{ImportError, kinds};

/// What the first stream begins with.
const MAGIC: u16 = 0xA5EC;
/// The first version that keeps its text as this reader knows it.
const VERSION: u16 = 0xC1;
/// The places of the parts in the second stream, by their numbers.
const STYLES: usize = 1;
const RUNS: usize = 12;
const PARAGRAPHS: usize = 13;
const PIECES: usize = 33;
/// The most letters, the most pieces they lie in, and the most lists that pieces can name.
const LETTERS: usize = 4_000_000;
const MOST: usize = 200_000;
const LISTS: usize = 1 << 15;
/// The lengths of the stories, by their numbers: the text, then what stands before the text boxes.
const TEXT: usize = 3;
const BOXES: usize = 9;
/// Simplified Chinese, as a language.
const CHINESE: u16 = 0x0804;
/// The style that is a title.
const TITLE_STYLE: u16 = 62;

/// How a piece keeps its letters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Width {
    /// Two bytes each.
    Wide,
    /// One byte each, of Western Europe.
    Narrow,
    /// One or two bytes each, of China, which one program after another did though it must not.
    National,
}

/// A piece of the text.
#[derive(Debug, Clone, Copy)]
pub(super) struct StoryPart<'a> {
    /// The number of its first letter in the text.
    pub from: usize,
    /// The number behind its last letter.
    pub to: usize,
    /// Where its first letter stands in the stream.
    pub at: usize,
    /// How its letters are kept.
    pub width: Width,
    /// Properties that were set after it was written.
    pub list: &'a [u8],
    /// The same, one of them in short.
    pub short: u16,
}

/// The streams.
pub(super) struct File {
    /// The stream with the text.
    pub word: Vec<u8>,
    /// What was too long for it.
    pub data: Vec<u8>,
    table: Vec<u8>,
    /// Where the lengths of the stories begin, how many there are, and where the places begin.
    lengths: (usize, usize),
    places: usize,
}

impl File {
    /// Opens a document.
    pub fn open(bytes: &[u8]) -> Result<Self, ImportError> {
        let mut compound = Compound::open(bytes).ok_or(ImportError::OldWord)?;
        let word = compound.stream("WordDocument")?;
        let word = word.ok_or(ImportError::OldWord)?;
        let head = |at| short(&word, at).unwrap_or(0);
        if head(0) != MAGIC || head(2) < VERSION {
            return Err(ImportError::OldWord);
        }
        let flags = head(10);
        if flags & 0x100 != 0 {
            return Err(kinds::locked_word());
        }
        let table = if flags & 0x200 != 0 {
            "1Table"
        } else {
            "0Table"
        };
        let table = compound.stream(table)?;
        let table = table.ok_or_else(|| broken("内容已损坏"))?;
        let data = compound.stream("Data")?.unwrap_or_default();
        let lengths = 34 + usize::from(head(32)) * 2;
        let count = usize::from(head(lengths));
        Ok(Self {
            places: lengths + 2 + count * 4 + 2,
            lengths: (lengths + 2, count),
            word,
            data,
            table,
        })
    }

    /// The index of the pages with the properties of paragraphs.
    pub fn paragraphs(&self) -> &[u8] {
        self.part(PARAGRAPHS)
    }

    /// The index of the pages with the properties of runs.
    pub fn runs(&self) -> &[u8] {
        self.part(RUNS)
    }

    fn part(&self, number: usize) -> &[u8] {
        let at = self.places + 8 * number;
        let (Some(from), Some(length)) = (size(&self.word, at), size(&self.word, at + 4)) else {
            return &[];
        };
        part(&self.table, from, length)
    }

    fn length(&self, number: usize) -> usize {
        let (at, count) = self.lengths;
        let length = size(&self.word, at + 4 * number);
        length.filter(|_| number < count).unwrap_or(0)
    }

    /// The letters of the text, and those of the text boxes.
    pub fn stories(&self) -> [(usize, usize); 2] {
        let text = self.length(TEXT);
        let before = (TEXT..BOXES).map(|number| self.length(number));
        let boxes = before.fold(0, usize::saturating_add);
        let end = boxes.saturating_add(self.length(BOXES));
        [(0, text), (boxes, end)]
    }

    /// The pieces of the text in their order.
    pub fn pieces(&self) -> Result<Vec<StoryPart<'_>>, ImportError> {
        let list = self.part(PIECES);
        let mut lists = Vec::new();
        let mut at = 0;
        while byte(list, at) == Some(1) {
            if lists.len() > LISTS {
                return Err(ImportError::TooLarge);
            }
            let length = usize::from(short(list, at + 1).unwrap_or(0));
            lists.push(part(list, at + 3, length));
            at += 3 + length;
        }
        if byte(list, at) != Some(2) {
            return Err(broken("内容已损坏"));
        }
        let length = size(list, at + 1).unwrap_or(0);
        let index = part(list, at + 5, length);
        let count = index.len().saturating_sub(4) / 12;
        if count > MOST {
            return Err(ImportError::TooLarge);
        }
        let mut pieces = Vec::new();
        for entry in 0..count {
            let place = 4 * (count + 1) + 8 * entry;
            let (Some(from), Some(to)) = (size(index, 4 * entry), size(index, 4 * entry + 4))
            else {
                break;
            };
            // Each piece begins where the one before ends, so that no letter is read twice.
            if from > to {
                return Err(broken("内容已损坏"));
            }
            if to > LETTERS {
                return Err(ImportError::TooLarge);
            }
            let (Some(at), Some(change)) = (long(index, place + 2), short(index, place + 6)) else {
                break;
            };
            let is_wide = at & 0x4000_0000 == 0;
            let at = (at & 0x3FFF_FFFF) as usize;
            let at = if is_wide { at } else { at / 2 };
            let is_list = change & 1 == 1;
            let list = lists.get(usize::from(change >> 1)).filter(|_| is_list);
            let width = if is_wide {
                Width::Wide
            } else if self.is_national(part(&self.word, at, to.saturating_sub(from))) {
                Width::National
            } else {
                Width::Narrow
            };
            if from < to {
                pieces.push(StoryPart {
                    from,
                    to,
                    at,
                    width,
                    list: list.copied().unwrap_or_default(),
                    short: if is_list { 0 } else { change },
                });
            }
        }
        Ok(pieces)
    }

    /// Whether every letter of a piece that is no letter of English is half of a Chinese one.
    fn is_national(&self, text: &[u8]) -> bool {
        let languages = [short(&self.word, 6), short(&self.word, 34 + 2 * 13)];
        if !languages.contains(&Some(CHINESE)) {
            return false;
        }
        let mut pairs = 0;
        let mut rest = text.iter();
        while let Some(&byte) = rest.next() {
            if byte < 0x80 {
                continue;
            }
            let is_pair = byte >= 0xA1 && rest.next().is_some_and(|&second| second >= 0xA1);
            if !is_pair {
                return false;
            }
            pairs += 1;
        }
        pairs > 0
    }

    /// The level of a heading that each style gives.
    pub fn styles(&self) -> Vec<Option<u8>> {
        let list = self.part(STYLES);
        let mut at = 2 + usize::from(short(list, 0).unwrap_or(0));
        let mut styles = Vec::new();
        while let Some(length) = short(list, at) {
            let kind = short(list, at + 2).filter(|_| length > 0);
            styles.push(match kind.map(|kind| kind & 0x0FFF) {
                Some(TITLE_STYLE) => Some(TITLE),
                Some(level @ 1..=9) => Some(level as u8),
                _ => None,
            });
            at += 2 + usize::from(length);
        }
        styles
    }
}
