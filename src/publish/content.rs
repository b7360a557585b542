//! What the operators of a page draw: every glyph with its place, every line.
//!
//! Marked furniture is drawn like anything else, but is no text of the report.

use std::collections::BTreeMap;

use super::bytes::{find, hex};
use super::ink::{InkGlyph, PageInk};

/// What a glyph of a font stands for, by its code.
pub(super) type Characters = BTreeMap<u16, String>;

/// What is read of a font.
pub(super) struct PdfFont {
    /// What its glyphs stand for.
    pub(super) characters: Characters,
    /// How far they move the pen, in thousandths of the type size.
    pub(super) widths: BTreeMap<u16, f32>,
}

/// What stands before an operator.
enum PdfOperand {
    Number(f32),
    Codes(Vec<u8>),
}

/// Scale and shift along both axes; pages turn and slant nothing.
#[derive(Clone, Copy)]
struct Scale {
    x: (f32, f32),
    y: (f32, f32),
}

impl Scale {
    const NONE: Self = Self {
        x: (1.0, 0.0),
        y: (1.0, 0.0),
    };

    /// This one first, then the other.
    fn then(self, other: Self) -> Self {
        let join = |a: (f32, f32), b: (f32, f32)| (a.0 * b.0, a.1 * b.0 + b.1);
        Self {
            x: join(self.x, other.x),
            y: join(self.y, other.y),
        }
    }

    fn at(self, x: f32, y: f32) -> (f32, f32) {
        (x * self.x.0 + self.x.1, y * self.y.0 + self.y.1)
    }
}

/// The state of drawing.
struct ContentReader<'a> {
    fonts: &'a BTreeMap<Vec<u8>, PdfFont>,
    font: Option<&'a PdfFont>,
    size: f32,
    page: Scale,
    kept: Vec<Scale>,
    text: Scale,
    operands: Vec<PdfOperand>,
    path: Vec<(f32, f32)>,
    /// For every open mark whether it is furniture.
    marks: Vec<bool>,
    shown: PageInk,
}

/// Reads a page's operators.
pub(super) fn read(content: &[u8], fonts: &BTreeMap<Vec<u8>, PdfFont>) -> PageInk {
    let mut pen = ContentReader {
        fonts,
        font: None,
        size: 0.0,
        page: Scale::NONE,
        kept: Vec::new(),
        text: Scale::NONE,
        operands: Vec::new(),
        path: Vec::new(),
        marks: Vec::new(),
        shown: PageInk::default(),
    };
    let mut rest = content;
    let (mut last_name, mut is_artifact): (&[u8], bool) = (b"", false);
    while let Some((&first, after)) = rest.split_first() {
        rest = match first {
            b'(' => {
                let mut codes = Vec::new();
                let left = literal(after, &mut codes);
                pen.operands.push(PdfOperand::Codes(codes));
                left
            }
            b'<' if after.first() == Some(&b'<') => after.get(1..).unwrap_or_default(),
            b'<' => {
                let end = find(after, b">").unwrap_or(after.len());
                let units = hex(after.get(..end).unwrap_or_default()).unwrap_or_default();
                let codes = units.iter().flat_map(|unit| unit.to_be_bytes());
                pen.operands.push(PdfOperand::Codes(codes.collect()));
                after.get(end + 1..).unwrap_or_default()
            }
            b'/' => {
                let (name, left) = word(after);
                is_artifact |= name == b"Artifact";
                last_name = name;
                left
            }
            b'+' | b'-' | b'.' | b'0'..=b'9' => {
                let (digits, left) = word(rest);
                let number = std::str::from_utf8(digits)
                    .ok()
                    .and_then(|text| text.parse().ok());
                pen.operands
                    .push(PdfOperand::Number(number.unwrap_or_default()));
                left
            }
            b'a'..=b'z' | b'A'..=b'Z' => {
                let (operator, left) = word(rest);
                match operator {
                    b"BDC" | b"BMC" => pen.marks.push(std::mem::take(&mut is_artifact)),
                    b"EMC" => drop(pen.marks.pop()),
                    b"Tf" => {
                        (pen.font, pen.size) = (pen.fonts.get(last_name), pen.number(0));
                    }
                    _ => pen.run(operator),
                }
                pen.operands.clear();
                left
            }
            _ => after,
        };
    }
    pen.shown
}

impl ContentReader<'_> {
    /// The number that stands so many places before the operator.
    fn number(&self, before: usize) -> f32 {
        let number = self.operands.iter().rev().nth(before);
        match number {
            Some(PdfOperand::Number(number)) => *number,
            _ => 0.0,
        }
    }

    fn scale(&self) -> Scale {
        Scale {
            x: (self.number(5), self.number(1)),
            y: (self.number(2), self.number(0)),
        }
    }

    fn run(&mut self, operator: &[u8]) {
        match operator {
            b"q" => self.kept.push(self.page),
            b"Q" => self.page = self.kept.pop().unwrap_or(Scale::NONE),
            b"cm" => self.page = self.scale().then(self.page),
            b"Tm" => self.text = self.scale(),
            b"Tj" | b"TJ" => self.show(),
            b"m" | b"l" => {
                let at = self.page.at(self.number(1), self.number(0));
                self.path.push(at);
            }
            b"h" => self.shown.rule(&std::mem::take(&mut self.path)),
            _ => {}
        }
    }

    fn show(&mut self) {
        let is_furniture = self.marks.contains(&true);
        let mut x = 0.0;
        for operand in std::mem::take(&mut self.operands) {
            match operand {
                PdfOperand::Number(back) => x -= back / 1000.0 * self.size,
                PdfOperand::Codes(codes) => {
                    for code in codes.chunks_exact(2) {
                        let code = code
                            .iter()
                            .fold(0, |code, &byte| code << 8 | u16::from(byte));
                        let width = self.font.and_then(|font| font.widths.get(&code));
                        let width = width.copied().unwrap_or_default() / 1000.0 * self.size;
                        let known = self.font.and_then(|font| font.characters.get(&code));
                        let place = self.text.then(self.page);
                        self.shown.glyphs.push(InkGlyph {
                            // What has no character is found out by the comparison.
                            text: known.map_or_else(|| "\u{fffd}".to_owned(), Clone::clone),
                            from: place.at(x, 0.0),
                            to: place.at(x + width, self.size),
                            is_furniture,
                        });
                        x += width;
                    }
                }
            }
        }
    }
}

/// A name or an operator, and what follows it.
fn word(bytes: &[u8]) -> (&[u8], &[u8]) {
    let ends = |byte: &u8| byte.is_ascii_whitespace() || b"/<>[]()".contains(byte);
    let end = bytes.iter().position(ends).unwrap_or(bytes.len());
    bytes.split_at_checked(end).unwrap_or((bytes, b""))
}

/// Reads a string in brackets; returns what follows it.
fn literal<'a>(bytes: &'a [u8], into: &mut Vec<u8>) -> &'a [u8] {
    let (mut rest, mut depth) = (bytes, 1_usize);
    while let Some((&byte, after)) = rest.split_first() {
        rest = after;
        match byte {
            b'\\' => rest = escaped(after, into),
            b'(' => {
                depth += 1;
                into.push(byte);
            }
            b')' => {
                depth -= 1;
                if depth == 0 {
                    break;
                }
                into.push(byte);
            }
            _ => into.push(byte),
        }
    }
    rest
}

fn escaped<'a>(bytes: &'a [u8], into: &mut Vec<u8>) -> &'a [u8] {
    let octal = bytes
        .iter()
        .take(3)
        .take_while(|byte| (b'0'..=b'7').contains(byte))
        .count();
    if octal > 0 {
        let digits = bytes.iter().take(octal);
        let value = digits.fold(0_u32, |value, byte| value * 8 + u32::from(byte - b'0'));
        into.push(u8::try_from(value & 0xff).unwrap_or(0));
        return bytes.get(octal..).unwrap_or_default();
    }
    let Some((&byte, rest)) = bytes.split_first() else {
        return b"";
    };
    match byte {
        b'n' => into.push(b'\n'),
        b'r' => into.push(b'\r'),
        b't' => into.push(b'\t'),
        b'b' => into.push(8),
        b'f' => into.push(12),
        b'\n' => {}
        other => into.push(other),
    }
    rest
}
