//! Documents made by hand: each paragraph and each run has a page of properties of its own.

use std::io::{Cursor, Write as _};

use super::*;
use crate::doc::Block;
use crate::import::grid::squares;

const HIDDEN: &[u8] = &[0x3C, 0x08, 1];
const DELETED: &[u8] = &[0x00, 0x08, 1];
const RAISED: &[u8] = &[0x48, 0x2A, 1];
const CELL: &[u8] = &[0x16, 0x24, 1];
const INNER: &[u8] = &[0x16, 0x24, 1, 0x49, 0x66, 2, 0, 0, 0];

/// A document that is being made.
#[derive(Default)]
struct Made {
    letters: Vec<u8>,
    /// Where runs and paragraphs end in the letters, and their lists.
    runs: Vec<(usize, Vec<u8>)>,
    paragraphs: Vec<(usize, Vec<u8>)>,
    /// Where pieces end, and whether a letter has two bytes.
    pieces: Vec<(usize, bool)>,
    /// A list of properties for all pieces.
    later: Vec<u8>,
    /// How often the first piece comes once more.
    again: usize,
}

impl Made {
    fn run(&mut self, text: &str, list: &[u8]) -> &mut Self {
        self.letters
            .extend(text.encode_utf16().flat_map(u16::to_le_bytes));
        self.runs.push((self.letters.len(), list.to_vec()));
        self
    }

    fn text(&mut self, text: &str) -> &mut Self {
        self.run(text, &[])
    }

    fn mark(&mut self, mark: &str, list: &[u8]) -> &mut Self {
        self.text(mark);
        let list = [&[0, 0][..], list].concat();
        self.paragraphs.push((self.letters.len(), list));
        self
    }

    fn line(&mut self, text: &str) -> &mut Self {
        self.text(text).mark("\r", &[])
    }

    fn cell(&mut self, text: &str) -> &mut Self {
        self.text(text).mark("\u{7}", CELL)
    }

    fn row(&mut self, cells: &[(i16, u16)]) -> &mut Self {
        let list = [CELL, &[0x17, 0x24, 1], &row(cells)].concat();
        self.mark("\u{7}", &list)
    }

    /// Ends a piece of letters of two bytes.
    fn wide(&mut self) {
        self.pieces.push((self.letters.len(), true));
    }

    /// Adds a piece of letters of one byte.
    fn narrow(&mut self, bytes: &[u8]) {
        self.wide();
        self.letters.extend(bytes);
        self.runs.push((self.letters.len(), Vec::new()));
        self.paragraphs.push((self.letters.len(), vec![0, 0]));
        self.pieces.push((self.letters.len(), false));
    }

    fn file(&mut self) -> Vec<u8> {
        const START: usize = 1024;
        let ends = self.pieces.last().map_or(0, |piece| piece.0);
        if ends < self.letters.len() {
            self.wide();
        }
        let mut word = vec![0; START];
        word.extend(&self.letters);
        word.resize(word.len().next_multiple_of(512), 0);
        let mut table = Vec::new();
        let mut pages = |stretches: &[(usize, Vec<u8>)], is_paragraph: bool| {
            let mut index: Vec<u8> = vec![0; 4 * (stretches.len() + 1)];
            let mut from = START;
            for (end, list) in stretches {
                index.extend(((word.len() / 512) as u32).to_le_bytes());
                let to = START + end;
                let mut page = vec![0; 512];
                page[..4].copy_from_slice(&(from as u32).to_le_bytes());
                page[4..8].copy_from_slice(&(to as u32).to_le_bytes());
                page[8] = 32;
                let list_at = if is_paragraph { 66 } else { 65 };
                page[64] = if is_paragraph { 0 } else { list.len() as u8 };
                page[65] = list.len().div_ceil(2) as u8;
                page[list_at..list_at + list.len()].copy_from_slice(list);
                page[511] = 1;
                word.extend(page);
                from = to;
            }
            index
        };
        let runs = pages(&self.runs, false);
        let paragraphs = pages(&self.paragraphs, true);
        let mut pieces = vec![1];
        pieces.extend((self.later.len() as u16).to_le_bytes());
        pieces.extend(&self.later);
        pieces.push(2);
        let all = self
            .pieces
            .iter()
            .map(|&(end, is_wide)| (None, end, is_wide));
        let first = self.pieces[0];
        let again = (0..self.again).map(|_| (Some(0), first.0, first.1));
        let all: Vec<_> = all.chain(again).collect();
        pieces.extend((12 * all.len() as u32 + 4).to_le_bytes());
        let mut places = Vec::new();
        let (mut number, mut from) = (0_u32, 0);
        pieces.extend(number.to_le_bytes());
        for (start, end, is_wide) in all {
            from = start.unwrap_or(from);
            let length = (end - from) as u32;
            number += if is_wide { length / 2 } else { length };
            pieces.extend(number.to_le_bytes());
            let at = (START + from) as u32;
            let at = if is_wide { at } else { 0x4000_0000 | (at * 2) };
            places.extend([0; 2]);
            places.extend(at.to_le_bytes());
            places.extend(u16::from(!self.later.is_empty()).to_le_bytes());
            from = end;
        }
        pieces.extend(places);
        word[..4].copy_from_slice(&[0xEC, 0xA5, 0xC1, 0]);
        word[6..8].copy_from_slice(&[0x04, 0x08]);
        word[11] = 2;
        (word[32], word[62], word[152]) = (14, 22, 93);
        word[76..80].copy_from_slice(&number.to_le_bytes());
        for (part, bytes) in [(12, runs), (13, paragraphs), (33, pieces)] {
            let at = 154 + 8 * part;
            word[at..at + 4].copy_from_slice(&(table.len() as u32).to_le_bytes());
            word[at + 4..at + 8].copy_from_slice(&(bytes.len() as u32).to_le_bytes());
            table.extend(bytes);
        }
        let mut file = cfb::CompoundFile::create(Cursor::new(Vec::new())).unwrap();
        for (name, bytes) in [("WordDocument", &word), ("1Table", &table)] {
            let mut stream = file.create_stream(name).unwrap();
            stream.write_all(bytes).unwrap();
            stream.flush().unwrap();
        }
        file.into_inner().into_inner()
    }

    fn blocks(&mut self) -> Vec<Block> {
        crate::import::read("甲.doc", &self.file()).unwrap().blocks
    }
}

/// A row of cells that end there, with these bits.
fn row(cells: &[(i16, u16)]) -> Vec<u8> {
    let mut value = vec![cells.len() as u8, 0, 0];
    value.extend(cells.iter().flat_map(|(end, _)| end.to_le_bytes()));
    for (_, bits) in cells {
        value.extend(bits.to_le_bytes());
        value.extend([0; 18]);
    }
    let length = (value.len() + 1) as u16;
    [&[0x08, 0xD6][..], &length.to_le_bytes(), &value].concat()
}

fn paragraphs(blocks: &[Block]) -> Vec<&str> {
    let texts = blocks.iter().map(|block| match block {
        Block::Paragraph(text) | Block::Heading { text, .. } => text.as_str(),
        Block::Table(_) => "table",
    });
    texts.collect()
}

#[test]
fn merged_cells_keep_their_squares() {
    let mut made = Made::default();
    made.cell("甲").cell("乙").cell("");
    made.row(&[(1000, 0x60), (2000, 1), (3000, 2)]);
    made.cell("").cell("1").cell("2");
    made.row(&[(1000, 0x20), (2000, 0), (3000, 0)]);
    made.cell("丙").cell("3");
    made.row(&[(1005, 0), (3000, 0)]).line("尾");
    let blocks = made.blocks();
    let [Block::Table(table), Block::Paragraph(last)] = blocks.as_slice() else {
        panic!("{blocks:?}");
    };
    assert_eq!(last, "尾");
    assert_eq!(
        squares(table),
        [
            ("甲", 0, 0, 2, 1),
            ("乙", 0, 1, 1, 2),
            ("1", 1, 1, 1, 1),
            ("2", 1, 2, 1, 1),
            ("丙", 2, 0, 1, 1),
            ("3", 2, 1, 1, 2),
        ]
    );
}

#[test]
fn tables_stand_in_tables_and_rows_are_taken_back() {
    let mut made = Made::default();
    let inner_cell = [INNER, &[0x4B, 0x24, 1]].concat();
    let inner_row = [INNER, &[0x4C, 0x24, 1], &row(&[(500, 0), (900, 0)])].concat();
    made.cell("甲");
    made.text("1").mark("\r", &inner_cell);
    made.text("2")
        .mark("\r", &inner_cell)
        .mark("\r", &inner_row);
    made.cell("乙").row(&[(1000, 0), (2000, 0)]);
    made.cell("丙").cell("9");
    made.row(&[(1000, 0), (2000, 0)]);
    made.runs.last_mut().unwrap().1 = DELETED.to_vec();
    made.line("尾");
    let blocks = made.blocks();
    let [
        Block::Table(inner),
        Block::Table(outer),
        Block::Paragraph(_),
    ] = blocks.as_slice()
    else {
        panic!("{blocks:?}");
    };
    assert_eq!(squares(inner), [("1", 0, 0, 1, 1), ("2", 0, 1, 1, 1)]);
    assert_eq!(squares(outer), [("甲", 0, 0, 1, 1), ("乙", 0, 1, 1, 1)]);
}

#[test]
fn what_is_not_printed_is_left_out() {
    let mut made = Made::default();
    made.text("1").run("2", HIDDEN).run("3", DELETED).text("4");
    made.run("0", &[0x37, 0x08, 1, 0x53, 0x2A, 0]);
    made.run("0", &[0x53, 0x2A, 1, 0x37, 0x08, 0]);
    made.text("\u{13}PAGE \u{13}x\u{14}y\u{15}\u{14}5\u{15}");
    made.run("6", RAISED).text("\u{1}7\u{1e}8\t9");
    made.run("(", &[0x09, 0x6A, 0, 0, 0x32, 0x75]);
    made.run("(", &[0x09, 0x6A, 0, 0, 0x32, 0xF0])
        .mark("\r", &[]);
    made.run("z", DELETED).mark("\r", &[]);
    made.runs.last_mut().unwrap().1 = DELETED.to_vec();
    made.line("a\u{b}b");
    // A field that has no end takes no more than its line.
    made.line("\u{13}PAGE").line("c");
    let doc = crate::import::read("甲.doc", &made.file()).unwrap();
    assert_eq!(paragraphs(&doc.blocks), ["145⁶7-8 9甲", "a", "b", "c"]);
    assert_eq!(doc.left_out.len(), 1, "{:?}", doc.left_out);
    assert_eq!(doc.left_out[0].text, "200");
}

#[test]
fn letters_of_one_byte_are_western_or_halves_of_chinese_ones() {
    let mut made = Made::default();
    made.line("甲");
    made.narrow(b"\x93a\x94 5\r");
    made.narrow(b"\xbc\xd7a\xd2\xd2 7\r");
    made.line("乙");
    assert_eq!(paragraphs(&made.blocks()), ["甲", "“a” 5", "甲a乙 7", "乙"]);
}

#[test]
fn what_was_set_after_a_piece_was_written_holds() {
    let mut made = Made::default();
    made.line("甲").wide();
    assert_eq!(paragraphs(&made.blocks()), ["甲"]);
    made.later = HIDDEN.to_vec();
    assert!(made.blocks().is_empty());
}

#[test]
fn levels_are_said_by_paragraphs() {
    let mut made = Made::default();
    made.text("甲").mark("\r", &[0x40, 0x26, 1]);
    made.text("乙").mark("\r", &[0x40, 0x26, 9]);
    let level = |level| Block::Heading {
        level,
        text: "甲".to_owned(),
    };
    assert_eq!(made.blocks(), [level(2), Block::Paragraph("乙".to_owned())]);
}

#[test]
fn a_text_that_is_called_a_document_is_read_as_what_it_is() {
    let page = "<html><body><p>一、甲</p><p>乙。</p></body></html>";
    let text = "一、甲\n乙。\n";
    let markup =
        "{\\rtf1\\ansicpg936 \\'d2\\'bb\\'a1\\'a2\\'bc\\'d7\\par\\u20057 ?\\'a1\\'a3\\par}";
    for (name, bytes) in [
        ("甲.doc", page),
        ("甲.wps", text),
        ("甲.doc", markup),
        ("甲.rtf", page),
    ] {
        let doc = crate::import::read(name, bytes.as_bytes()).unwrap();
        assert_eq!(
            paragraphs(&doc.blocks),
            ["一、甲", "乙。"],
            "{name} {bytes}"
        );
    }
    let older = crate::import::read("甲.doc", b"\xdb\xa5\x2d\0\0\0");
    assert_eq!(older, Err(ImportError::OldWord));
}

#[test]
fn fields_that_only_begin_take_no_more_than_their_codes() {
    let mut made = Made::default();
    // Each is open to the end of the text, and asked about at every letter.
    made.line(&"\u{13}PAGE\u{14}".repeat(20_000));
    made.line(&"甲".repeat(20_000));
    made.line("\u{15}\u{15}乙\u{13}PAGE \u{13}x\u{14}y\u{15}z\u{14}丙\u{15}");
    let blocks = made.blocks();
    assert_eq!(paragraphs(&blocks), ["甲".repeat(20_000).as_str(), "乙丙"]);
}

#[test]
fn pieces_that_go_back_are_refused() {
    let mut made = Made::default();
    made.line("甲").narrow(b"\xbc\xd7\r");
    let mut bytes = made.file();
    let index = [0_u32, 2, 5].map(u32::to_le_bytes).concat();
    let at = bytes.windows(index.len()).position(|part| part == index);
    bytes[at.unwrap() + 8] = 1;
    let outcome = crate::import::read("甲.doc", &bytes);
    assert_eq!(outcome, Err(broken("内容已损坏")));
}

#[test]
fn pieces_without_end_are_refused() {
    let mut made = Made::default();
    made.text(&"甲".repeat(5_000)).mark("\r", &[]);
    made.wide();
    assert_eq!(made.blocks().len(), 1);
    // The same letters over and over.
    made.again = 1_000;
    let outcome = crate::import::read("甲.doc", &made.file());
    assert_eq!(outcome, Err(ImportError::TooLarge));
    made.again = 0;
    let bytes = made.file();
    for cut in (0..bytes.len()).step_by(97) {
        drop(crate::import::read("甲.doc", &bytes[..cut]));
        let mut bent = bytes.clone();
        bent[cut] ^= 0x55;
        drop(crate::import::read("甲.doc", &bent));
    }
}
