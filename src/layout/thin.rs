//! A font file cut down to what some of its glyphs need, each glyph at its old number.
//!
//! The outlines of all other glyphs are left blank and not moved, so that no offset changes; room that is
//! never written to costs nothing. It knows no document.

use std::collections::BTreeSet;
use std::ops::Range;

use ttf_parser::{RawFace, Tag};

/// The tables besides the outlines that a face is embedded with.
const KEPT: [&[u8; 4]; 11] = [
    b"OS/2", b"cvt ", b"fpgm", b"head", b"hhea", b"hmtx", b"loca", b"maxp", b"name", b"post",
    b"prep",
];

/// The file of one face with the outlines of these glyphs; `None` for a kind of outlines it does not know.
pub(super) fn thinned(data: &[u8], index: u32, glyphs: &BTreeSet<u16>) -> Option<Vec<u8>> {
    let raw = RawFace::parse(data, index).ok()?;
    let table = |tag: &[u8; 4]| raw.table(Tag::from_bytes(tag));
    let mut glyphs = glyphs.clone();
    glyphs.insert(0);
    let (version, tag, spans) = if let Some(cff) = table(b"CFF ") {
        (b"OTTO", b"CFF ", of_cff(cff, &glyphs)?)
    } else {
        let is_long = number(table(b"head")?, 50, 2)? == 1;
        let outlines = Outlines {
            glyf: table(b"glyf")?,
            loca: table(b"loca")?,
            is_long,
        };
        (b"\0\x01\0\0", b"glyf", outlines.spans(glyphs)?)
    };
    let mut tables: Vec<_> = KEPT
        .into_iter()
        .chain([tag])
        .filter_map(|tag| Some((tag, table(tag)?)))
        .collect();
    tables.sort_unstable_by_key(|(tag, _)| *tag);
    let head = 12 + 16 * tables.len();
    let room = |table: &[u8]| table.len().next_multiple_of(4);
    let size = head + tables.iter().map(|(_, table)| room(table)).sum::<usize>();
    let mut file = vec![0; size];
    put(&mut file, 0, version)?;
    put(
        &mut file,
        4,
        &u16::try_from(tables.len()).ok()?.to_be_bytes(),
    )?;
    let mut place = head;
    for (number, (own, table)) in tables.iter().enumerate() {
        let entry = 12 + 16 * number;
        put(&mut file, entry, *own)?;
        put(
            &mut file,
            entry + 8,
            &u32::try_from(place).ok()?.to_be_bytes(),
        )?;
        put(
            &mut file,
            entry + 12,
            &u32::try_from(table.len()).ok()?.to_be_bytes(),
        )?;
        if *own == tag {
            for span in &spans {
                put(&mut file, place + span.start, table.get(span.clone())?)?;
            }
        } else {
            put(&mut file, place, table)?;
        }
        place += room(table);
    }
    Some(file)
}

fn put(file: &mut [u8], at: usize, bytes: &[u8]) -> Option<()> {
    file.get_mut(at..at.checked_add(bytes.len())?)?
        .copy_from_slice(bytes);
    Some(())
}

/// The number in some bytes, the highest first.
fn number(bytes: &[u8], at: usize, size: usize) -> Option<usize> {
    let digits = bytes.get(at..at.checked_add(size)?)?;
    Some(
        digits
            .iter()
            .fold(0, |number, &byte| number << 8 | usize::from(byte)),
    )
}

/// What a `CFF ` table needs for some glyphs: all but the outlines of the others.
fn of_cff(cff: &[u8], glyphs: &BTreeSet<u16>) -> Option<Vec<Range<usize>>> {
    /// The operator that says where the outlines are.
    const CHAR_STRINGS: u8 = 17;
    let names = Index::at(cff, number(cff, 2, 1)?)?;
    let dictionaries = Index::at(cff, names.end)?;
    let dictionary = cff.get(dictionaries.item(0)?)?;
    let outlines = Index::at(cff, operand(dictionary, CHAR_STRINGS)?)?;
    let mut spans = vec![0..outlines.data, outlines.end..cff.len()];
    for &glyph in glyphs {
        spans.push(outlines.item(usize::from(glyph))?);
    }
    Some(spans)
}

/// A list of items of any length within a `CFF ` table.
struct Index<'a> {
    cff: &'a [u8],
    /// How many items there are.
    count: usize,
    /// The first of the numbers that say where the items begin, and how long each number is.
    places: (usize, usize),
    /// The first byte of the first item.
    data: usize,
    /// One past the last byte of the last item.
    end: usize,
}

impl<'a> Index<'a> {
    fn at(cff: &'a [u8], start: usize) -> Option<Self> {
        let count = number(cff, start, 2)?;
        let mut index = Self {
            cff,
            count,
            places: (start + 3, 1),
            data: start + 2,
            end: start + 2,
        };
        if count > 0 {
            index.places.1 = number(cff, start + 2, 1)?;
            index.data = start + 3 + (count + 1) * index.places.1;
            index.end = index.begins(count)?;
        }
        Some(index)
    }

    /// Where an item begins; the count from 1 is the format's own.
    fn begins(&self, item: usize) -> Option<usize> {
        let (first, size) = self.places;
        let place = number(self.cff, first + item * size, size)?;
        (self.data + place).checked_sub(1)
    }

    fn item(&self, item: usize) -> Option<Range<usize>> {
        (item < self.count).then_some(())?;
        Some(self.begins(item)?..self.begins(item + 1)?)
    }
}

/// The number before an operator of a dictionary.
fn operand(dictionary: &[u8], operator: u8) -> Option<usize> {
    let (mut at, mut last) = (0, None);
    while let Some(&byte) = dictionary.get(at) {
        let (value, length) = match byte {
            12 | 251..=254 => (None, 2),
            0..=21 if byte == operator => return last,
            0..=21 => (None, 1),
            28 => (number(dictionary, at + 1, 2), 3),
            29 => (number(dictionary, at + 1, 4), 5),
            30 => {
                let digits = dictionary.get(at + 1..)?;
                let ends = |&byte: &u8| byte & 0x0F == 0x0F || byte >> 4 == 0x0F;
                (None, digits.iter().position(ends)? + 2)
            }
            32..=246 => (usize::from(byte).checked_sub(139), 1),
            247..=250 => {
                let low = number(dictionary, at + 1, 1)?;
                (Some((usize::from(byte) - 247) * 256 + low + 108), 2)
            }
            _ => return None,
        };
        last = value;
        at += length;
    }
    None
}

/// The tables of a face whose outlines are quadratic.
struct Outlines<'a> {
    glyf: &'a [u8],
    loca: &'a [u8],
    is_long: bool,
}

impl Outlines<'_> {
    /// The outlines of the glyphs and of those they are made of.
    fn spans(&self, mut glyphs: BTreeSet<u16>) -> Option<Vec<Range<usize>>> {
        let mut waiting: Vec<u16> = glyphs.iter().copied().collect();
        let mut spans = Vec::new();
        while let Some(glyph) = waiting.pop() {
            let span = self.span(usize::from(glyph))?;
            let outline = self.glyf.get(span.clone())?;
            let parts = parts(outline).unwrap_or_default();
            waiting.extend(parts.into_iter().filter(|&part| glyphs.insert(part)));
            spans.push(span);
        }
        Some(spans)
    }

    fn span(&self, glyph: usize) -> Option<Range<usize>> {
        let place = |glyph: usize| {
            if self.is_long {
                number(self.loca, glyph * 4, 4)
            } else {
                Some(number(self.loca, glyph * 2, 2)? * 2)
            }
        };
        Some(place(glyph)?..place(glyph + 1)?)
    }
}

/// The glyphs that a glyph is made of; none for one that is drawn by itself.
fn parts(outline: &[u8]) -> Option<Vec<u16>> {
    const WORDS: usize = 0x01;
    const SCALED: usize = 0x08;
    const MORE: usize = 0x20;
    const SCALED_TWICE: usize = 0x40;
    const TRANSFORMED: usize = 0x80;
    let mut parts = Vec::new();
    if number(outline, 0, 2)? < 0x8000 {
        return Some(parts);
    }
    let mut at = 10;
    loop {
        let flags = number(outline, at, 2)?;
        parts.push(u16::try_from(number(outline, at + 2, 2)?).ok()?);
        at += if flags & WORDS == 0 { 6 } else { 8 };
        at += match flags {
            _ if flags & SCALED != 0 => 2,
            _ if flags & SCALED_TWICE != 0 => 4,
            _ if flags & TRANSFORMED != 0 => 8,
            _ => 0,
        };
        if flags & MORE == 0 {
            return Some(parts);
        }
    }
}

#[cfg(test)]
mod tests {
    use ttf_parser::{Face, GlyphId, OutlineBuilder};

    use super::*;
    use crate::layout::fonts::BUNDLED;

    /// The points of an outline.
    #[derive(Debug, Default, PartialEq)]
    struct Points(Vec<(f32, f32)>);

    impl OutlineBuilder for Points {
        fn move_to(&mut self, x: f32, y: f32) {
            self.0.push((x, y));
        }
        fn line_to(&mut self, x: f32, y: f32) {
            self.0.push((x, y));
        }
        fn quad_to(&mut self, x1: f32, y1: f32, x: f32, y: f32) {
            self.0.extend([(x1, y1), (x, y)]);
        }
        fn curve_to(&mut self, x1: f32, y1: f32, x2: f32, y2: f32, x: f32, y: f32) {
            self.0.extend([(x1, y1), (x2, y2), (x, y)]);
        }
        fn close(&mut self) {}
    }

    fn points(face: &Face<'_>, glyph: u16) -> Points {
        let mut points = Points::default();
        face.outline_glyph(GlyphId(glyph), &mut points);
        points
    }

    /// Compares a face with itself cut down to some characters.
    fn check(data: &[u8], index: u32, wanted: &str) {
        let whole = Face::parse(data, index).unwrap();
        let glyph = |c| whole.glyph_index(c).unwrap().0;
        let glyphs: BTreeSet<u16> = wanted.chars().map(glyph).collect();
        let file = thinned(data, index, &glyphs).unwrap();
        let thin = Face::parse(&file, 0).unwrap();
        assert_eq!(thin.number_of_glyphs(), whole.number_of_glyphs());
        for &glyph in &glyphs {
            assert_eq!(points(&thin, glyph), points(&whole, glyph));
            let advance = |face: &Face<'_>| face.glyph_hor_advance(GlyphId(glyph));
            assert_eq!(advance(&thin), advance(&whole));
        }
    }

    #[test]
    fn the_wanted_glyphs_keep_their_outlines() {
        check(BUNDLED, 0, "年报，1A");
        let whole = Face::parse(BUNDLED, 0).unwrap();
        let [wanted, other] = ['年', '报'].map(|c| whole.glyph_index(c).unwrap().0);
        let file = thinned(BUNDLED, 0, &BTreeSet::from([wanted])).unwrap();
        let thin = Face::parse(&file, 0).unwrap();
        assert_eq!(points(&thin, other), Points::default());
    }

    #[test]
    fn every_font_of_this_computer_is_cut_down_rightly() {
        let mut database = fontdb::Database::new();
        database.load_system_fonts();
        for face in database.faces() {
            database.with_face_data(face.id, |data, index| {
                let Ok(whole) = Face::parse(data, index) else {
                    return;
                };
                let has_outlines = ["glyf", "CFF "].iter().any(|tag| {
                    whole
                        .raw_face()
                        .table(Tag::from_bytes_lossy(tag.as_bytes()))
                        .is_some()
                });
                let wanted: String = "Aé年㑇。"
                    .chars()
                    .filter(|&c| whole.glyph_index(c).is_some())
                    .collect();
                if has_outlines {
                    check(data, index, &wanted);
                }
            });
        }
    }

    #[test]
    fn broken_fonts_are_refused() {
        for length in (0..BUNDLED.len()).step_by(9_973) {
            let cut = BUNDLED.get(..length).unwrap();
            drop(thinned(cut, 0, &BTreeSet::from([1, 2000, 65535])));
        }
        assert_eq!(thinned(BUNDLED, 0, &BTreeSet::from([65535])), None);
    }
}
