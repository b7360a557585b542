//! Word by word through the markup.

use std::collections::BTreeMap;

use super::letters::Letters;
use super::state::{About, GroupState};
use super::words::ControlWord;
use crate::import::ImportError;
use crate::import::docx::level_of_name;
use crate::import::edged::{DEEPEST, EdgedLine, EdgedSides, EdgedTables};
use crate::import::piece::Piece;

/// The deepest nesting of groups.
const GROUPS: usize = 500;
/// The most text, in bytes.
const TEXT: usize = 8 * 1024 * 1024;
/// The most cells of a row.
const CELLS: usize = 256;
/// The most styles.
const STYLES: usize = 10_000;
/// The groups that hold what is not printed with the text.
const NOTHING: &[&str] = &[
    "colortbl",
    "info",
    "pict",
    "nonshppict",
    "header",
    "headerl",
    "headerr",
    "headerf",
    "footer",
    "footerl",
    "footerr",
    "footerf",
    "footnote",
    "annotation",
    "atnid",
    "atnauthor",
    "fldinst",
    "listtable",
    "listoverridetable",
    "revtbl",
    "themedata",
    "datastore",
    "objdata",
    "objclass",
    "nonesttables",
    "sp",
    "shprslt",
    "filetbl",
    "xe",
    "tc",
    "txe",
    "rxe",
    "datafield",
];
/// The groups with a star that hold text.
const STARRED: &[&str] = &["nesttableprops", "shpinst", "do", "ud"];

/// What the walk is in the middle of.
#[derive(Default)]
pub(super) struct RtfReader {
    state: GroupState,
    groups: Vec<GroupState>,
    letters: Letters,
    tables: EdgedTables,
    line: EdgedLine,
    /// Bytes that are not yet letters.
    bytes: Vec<u8>,
    /// The first half of a letter of two numbers.
    half: Option<u16>,
    font: i32,
    /// How many letters stand in for the last one, so that they are passed over.
    pass: usize,
    is_starred: bool,
    /// For each depth, where the cells of its rows stand.
    rows: Vec<RtfRow>,
    /// The level of each style as a heading, and the name of the one that is being read.
    styles: BTreeMap<i32, u8>,
    name: String,
    /// The paragraphs that text boxes stand in, and how many groups are around each box.
    boxes: Vec<(usize, EdgedLine)>,
    total: usize,
}

/// Where the cells of a row stand.
#[derive(Default, Clone)]
struct RtfRow {
    sides: Vec<EdgedSides>,
    left: i32,
    /// The cell whose end comes next.
    next: EdgedSides,
}

impl RtfReader {
    /// Before the first word.
    pub fn new() -> Self {
        let mut reader = Self::default();
        reader.state.stand_ins = 1;
        reader
    }

    /// Takes in a word.
    pub fn visit(&mut self, word: ControlWord<'_>) -> Result<(), ImportError> {
        if let ControlWord::Text(byte) = word {
            if self.pass > 0 {
                self.pass -= 1;
            } else if self.state.about != About::Nothing {
                self.bytes.push(byte);
                self.count(1)?;
            }
            return Ok(());
        }
        self.spill();
        let was_starred = std::mem::take(&mut self.is_starred);
        match word {
            ControlWord::Open => {
                if self.groups.len() >= GROUPS {
                    return Err(ImportError::TooLarge);
                }
                self.pass = 0;
                self.groups.push(self.state);
            }
            ControlWord::Close => self.close()?,
            ControlWord::Star => self.is_starred = true,
            ControlWord::Sign(sign) => self.sign(sign)?,
            ControlWord::Control(word, number) => {
                if was_starred && !STARRED.contains(&word) {
                    self.state.about = About::Nothing;
                } else if !self.group(word) && !self.looks(word, number) {
                    self.text(word, number)?;
                }
            }
            ControlWord::Text(_) => {}
        }
        Ok(())
    }

    /// What was found.
    pub fn finish(mut self) -> Result<Vec<Piece>, ImportError> {
        self.spill();
        self.tables.line(0, &mut self.line, None)?;
        Ok(self.tables.finish())
    }

    fn count(&mut self, length: usize) -> Result<(), ImportError> {
        self.total += length;
        if self.total > TEXT {
            return Err(ImportError::TooLarge);
        }
        Ok(())
    }

    /// Makes the bytes letters and puts them where the group says.
    fn spill(&mut self) {
        if self.bytes.is_empty() {
            return;
        }
        let bytes = std::mem::take(&mut self.bytes);
        let text = self
            .letters
            .decode(&bytes, self.state.font, self.state.wide);
        self.put(&text);
    }

    fn put(&mut self, text: &str) {
        match self.state.about {
            About::Text => self.line.push(text, self.state.look),
            About::Number => self.line.push_number(text),
            About::Styles => self.name.push_str(text),
            About::Fonts | About::Nothing => {}
        }
    }

    fn close(&mut self) -> Result<(), ImportError> {
        if self.state.about == About::Styles {
            let name = std::mem::take(&mut self.name);
            let level = level_of_name(name.trim_end_matches(';').trim());
            self.set_style(level);
        }
        self.pass = 0;
        let (depth, inside) = (self.state.depth(), self.groups.len());
        if let Some(state) = self.groups.pop() {
            self.state = state;
        }
        if let Some((_, line)) = self.boxes.pop_if(|(around, _)| *around >= inside) {
            self.tables.line(depth, &mut self.line, None)?;
            self.line = line;
        }
        Ok(())
    }

    fn set_style(&mut self, level: Option<u8>) {
        if let Some(level) = level
            && self.styles.len() < STYLES
        {
            self.styles.entry(self.state.style).or_insert(level);
        }
    }

    fn sign(&mut self, sign: u8) -> Result<(), ImportError> {
        match sign {
            b'~' => self.put(" "),
            b'_' => self.put("-"),
            b'\r' | b'\n' => self.end()?,
            _ => {}
        }
        Ok(())
    }

    /// Whether a word says what the group is about.
    fn group(&mut self, word: &str) -> bool {
        let state = &mut self.state;
        let about = match word {
            _ if NOTHING.contains(&word) => About::Nothing,
            "fonttbl" => About::Fonts,
            "stylesheet" => About::Styles,
            "listtext" | "pntext" if state.about == About::Text => About::Number,
            "upr" => {
                state.halves = Some(state.about);
                About::Nothing
            }
            "ud" => state.halves.take().unwrap_or(state.about),
            "shptxt" | "dptxbxtext" if state.about == About::Text => {
                // A group is one box, however often it says so.
                if (self.boxes.last()).is_some_and(|(around, _)| *around == self.groups.len()) {
                    return true;
                }
                // What stands in a box is no part of the paragraph, and its tables none of the cell.
                state.boxed = Some(state.depth()).filter(|depth| *depth > 0);
                state.plain_paragraph();
                let line = std::mem::take(&mut self.line);
                self.boxes.push((self.groups.len(), line));
                return true;
            }
            "nesttableprops" => {
                state.in_inner_row = true;
                state.about
            }
            _ => return false,
        };
        state.about = about;
        true
    }

    /// Whether a word says how what follows looks.
    fn looks(&mut self, word: &str, number: Option<i32>) -> bool {
        let state = &mut self.state;
        let is_on = number != Some(0);
        match word {
            "ansicpg" => self.letters.set_file(number.unwrap_or(0)),
            "deff" => {
                self.font = number.unwrap_or(0);
                state.plain(self.font);
            }
            "fcharset" if state.about == About::Fonts => {
                self.letters.set_charset(state.font, number.unwrap_or(0));
            }
            "cpg" if state.about == About::Fonts => {
                self.letters.set_page(state.font, number.unwrap_or(0));
            }
            "f" => state.set_font(number.unwrap_or(0), false),
            "af" => state.set_font(number.unwrap_or(0), true),
            "dbch" => state.next_font = Some(true),
            "loch" | "hich" => state.next_font = Some(false),
            "plain" => state.plain(self.font),
            "v" => state.look.unseen.is_hidden = is_on,
            "strike" => state.look.unseen.is_struck = is_on,
            "striked" => state.look.unseen.is_struck_twice = is_on,
            "deleted" => state.look.is_deleted = is_on,
            "super" => state.look.is_raised = is_on,
            "nosupersub" | "sub" => state.look.is_raised = false,
            "uc" => state.stand_ins = number.unwrap_or(1).clamp(0, 8) as usize,
            "pard" => state.plain_paragraph(),
            "intbl" => state.in_table = true,
            "itap" => state.depth = (number.unwrap_or(0).max(0) as usize).min(DEEPEST),
            "s" => state.style = number.unwrap_or(0),
            "outlinelevel" => {
                let level = number.and_then(|level| u8::try_from(level).ok());
                state.outline = level.filter(|level| *level < 9).map(|level| level + 1);
                if state.about == About::Styles {
                    let level = state.outline;
                    self.set_style(level);
                }
            }
            _ => return false,
        }
        true
    }

    fn text(&mut self, word: &str, number: Option<i32>) -> Result<(), ImportError> {
        match word {
            "u" => return self.letter(number.unwrap_or(63) as u16),
            "tab" | "emspace" | "enspace" | "qmspace" => self.put(" "),
            "line" | "softline" | "column" => self.put("\n"),
            "emdash" => self.put("—"),
            "endash" => self.put("–"),
            "lquote" => self.put("‘"),
            "rquote" => self.put("’"),
            "ldblquote" => self.put("“"),
            "rdblquote" => self.put("”"),
            "bullet" => self.put("•"),
            _ if self.state.about != About::Text => {}
            "par" | "sect" | "page" => return self.end(),
            "cell" | "nestcell" if self.state.boxed.is_some() => return self.end(),
            "row" | "nestrow" if self.state.boxed.is_some() => {}
            "cell" => return self.end_cell(1),
            "nestcell" => return self.end_cell(self.state.depth().max(2)),
            "row" => self.end_row(1),
            "nestrow" => self.end_row(self.state.depth().max(2)),
            _ => self.row(word, number.unwrap_or(0)),
        }
        Ok(())
    }

    fn letter(&mut self, number: u16) -> Result<(), ImportError> {
        self.pass = self.state.stand_ins;
        let numbers: Vec<u16> = self.half.take().into_iter().chain([number]).collect();
        if numbers.len() == 1 && (0xD800..0xDC00).contains(&number) {
            self.half = Some(number);
            return Ok(());
        }
        let text = String::from_utf16_lossy(&numbers);
        self.put(&text);
        self.count(text.len())
    }

    /// Where the cells of a row stand.
    fn row(&mut self, word: &str, number: i32) {
        let depth = if self.state.in_inner_row {
            self.state.depth().max(2)
        } else {
            1
        };
        if self.rows.len() <= depth {
            self.rows.resize(depth + 1, RtfRow::default());
        }
        let Some(row) = self.rows.get_mut(depth) else {
            return;
        };
        match word {
            "trowd" => *row = RtfRow::default(),
            "trleft" => row.left = number,
            "clmrg" => row.next.goes_on_left = true,
            "clvmrg" => row.next.goes_on_down = true,
            "cellx" if row.sides.len() < CELLS => {
                let left = row.sides.last().map_or(row.left, |side| side.right);
                let next = std::mem::take(&mut row.next);
                row.sides.push(EdgedSides {
                    left,
                    right: number.max(left),
                    ..next
                });
            }
            _ => {}
        }
    }

    fn level(&self) -> Option<u8> {
        let style = self.styles.get(&self.state.style).copied();
        self.state.outline.or(style)
    }

    /// Ends a paragraph.
    fn end(&mut self) -> Result<(), ImportError> {
        let depth = self.state.depth();
        if self.state.about != About::Text || self.state.look.is_deleted && depth == 0 {
            if self.line.is_empty() {
                self.line = EdgedLine::default();
            }
            return Ok(());
        }
        let level = self.level();
        self.tables.line(depth, &mut self.line, level)
    }

    fn end_cell(&mut self, depth: usize) -> Result<(), ImportError> {
        let level = self.level();
        self.tables.line(depth, &mut self.line, level)?;
        self.tables.end_cell(depth)
    }

    fn end_row(&mut self, depth: usize) {
        self.line = EdgedLine::default();
        if self.state.look.is_deleted {
            self.tables.drop_row(depth);
            return;
        }
        let sides = self.rows.get(depth).map(|row| row.sides.as_slice());
        self.tables.end_row(depth, sides.unwrap_or_default());
    }
}

#[cfg(test)]
mod tests {
    use super::super::words::ControlWords;
    use super::*;

    #[test]
    fn a_group_is_one_box_however_often_it_says_so() {
        let mut reader = RtfReader::new();
        let markup = [&b"{\\rtf1 a{"[..], &b"\\shptxt ".repeat(1_000)].concat();
        for word in ControlWords::new(&markup) {
            reader.visit(word).unwrap();
        }
        assert_eq!(reader.boxes.len(), 1);
    }
}
