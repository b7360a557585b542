//! Reads the text of a PDF back, in the order it is drawn, through the fonts' own character maps.
//!
//! It knows as much of PDF as a file without compressed objects needs; page furniture is left out.

use std::collections::BTreeMap;
use std::io::Read as _;

use flate2::read::ZlibDecoder;
use regex::bytes::Regex;

/// The most bytes a stream may unpack to.
const LARGEST: u64 = 64 * 1024 * 1024;
/// How deep the tree of pages may be.
const DEEPEST: usize = 16;

/// What a glyph of a font stands for, by its code.
type Characters = BTreeMap<u16, String>;

/// The text of all pages, without white space that is only a gap between glyphs.
pub(super) fn text(bytes: &[u8]) -> Result<String, String> {
    let file = File::open(bytes).ok_or("交叉引用表读不懂")?;
    let root = file
        .trailer
        .and_then(|root| file.object(root))
        .ok_or("找不到文档目录")?;
    let pages = number(root, "Pages").ok_or("找不到页")?;
    let mut text = String::new();
    file.visit(pages, 0, &mut text)?;
    Ok(text)
}

struct File<'a> {
    bytes: &'a [u8],
    /// Where each object begins.
    places: Vec<usize>,
    /// The document's root.
    trailer: Option<usize>,
}

/// The number of the object that a dictionary refers to by this key.
fn number(dictionary: &[u8], key: &str) -> Option<usize> {
    let pattern = Regex::new(&format!(r"/{key}\s+(\d+)\s+0\s+R")).ok()?;
    parse(pattern.captures(dictionary)?.get(1)?.as_bytes())
}

fn parse(digits: &[u8]) -> Option<usize> {
    std::str::from_utf8(digits).ok()?.trim().parse().ok()
}

fn find(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    bytes
        .windows(wanted.len())
        .position(|window| window == wanted)
}

impl<'a> File<'a> {
    fn open(bytes: &'a [u8]) -> Option<Self> {
        let end = bytes.get(bytes.len().saturating_sub(1024)..)?;
        let start = Regex::new(r"startxref\s+(\d+)").ok()?;
        let start = parse(start.captures(end)?.get(1)?.as_bytes())?;
        let table = bytes.get(start..)?;
        let trailer = find(table, b"trailer")?;
        let (entries, trailer) = table.split_at_checked(trailer)?;
        let entry = Regex::new(r"(\d{10}) \d{5} [fn]").ok()?;
        let places = entry
            .captures_iter(entries)
            .filter_map(|entry| parse(entry.get(1)?.as_bytes()));
        Some(Self {
            bytes,
            places: places.collect(),
            trailer: number(trailer, "Root"),
        })
    }

    /// An object from its beginning to its end, its stream left out.
    fn object(&self, number: usize) -> Option<&'a [u8]> {
        let from = self.bytes.get(*self.places.get(number)?..)?;
        let end = find(from, b"endobj")?;
        let object = from.get(..end)?;
        Some(
            find(object, b"stream")
                .and_then(|stream| object.get(..stream))
                .unwrap_or(object),
        )
    }

    /// The unpacked stream of an object.
    fn stream(&self, number: usize) -> Option<Vec<u8>> {
        let head = self.object(number)?;
        let length = Regex::new(r"/Length\s+(\d+)").ok()?;
        let length = parse(length.captures(head)?.get(1)?.as_bytes())?;
        let from = self.bytes.get(self.places.get(number)? + head.len()..)?;
        let from = from.strip_prefix(b"stream")?;
        let from = from
            .strip_prefix(b"\r\n")
            .or_else(|| from.strip_prefix(b"\n"))?;
        let packed = from.get(..length)?;
        if find(head, b"/FlateDecode").is_none() {
            return Some(packed.to_vec());
        }
        let mut unpacked = Vec::new();
        ZlibDecoder::new(packed)
            .take(LARGEST)
            .read_to_end(&mut unpacked)
            .ok()?;
        Some(unpacked)
    }

    /// Reads a page, or the pages below a node of their tree.
    fn visit(&self, number_of: usize, depth: usize, text: &mut String) -> Result<(), String> {
        let node = self.object(number_of).ok_or("页读不懂")?;
        let kids = Regex::new(r"/Kids\s*\[([^\]]*)\]").map_err(|error| error.to_string())?;
        let Some(kids) = kids.captures(node).and_then(|kids| kids.get(1)) else {
            return self.page(node, text).ok_or_else(|| "页读不懂".to_owned());
        };
        if depth > DEEPEST {
            return Err("页的层次太深".to_owned());
        }
        let kid = Regex::new(r"(\d+)\s+0\s+R").map_err(|error| error.to_string())?;
        for found in kid.captures_iter(kids.as_bytes()) {
            let kid = found.get(1).and_then(|digits| parse(digits.as_bytes()));
            self.visit(kid.ok_or("页读不懂")?, depth + 1, text)?;
        }
        Ok(())
    }

    fn page(&self, page: &[u8], text: &mut String) -> Option<()> {
        let resources = self.object(number(page, "Resources")?)?;
        let mut fonts = BTreeMap::new();
        let named = Regex::new(r"/(f\d+)\s+(\d+)\s+0\s+R").ok()?;
        for font in named.captures_iter(resources) {
            let object = self.object(parse(font.get(2)?.as_bytes())?)?;
            let characters = self.characters(number(object, "ToUnicode")?)?;
            fonts.insert(font.get(1)?.as_bytes().to_vec(), characters);
        }
        let content = self.stream(number(page, "Contents")?)?;
        read(&content, &fonts, text);
        Some(())
    }

    fn characters(&self, map: usize) -> Option<Characters> {
        let stream = self.stream(map)?;
        let pair = Regex::new(r"<([0-9A-Fa-f]{4})>\s*<([0-9A-Fa-f]+)>\s*[\n\r]").ok()?;
        let mut characters = Characters::new();
        for found in pair.captures_iter(&stream) {
            let units = |group| hex(found.get(group)?.as_bytes());
            let (code, text) = (units(1)?, units(2)?);
            if let [code] = code.as_slice() {
                characters.insert(*code, String::from_utf16_lossy(&text));
            }
        }
        Some(characters)
    }
}

/// Hexadecimal digits as 16-bit units.
fn hex(digits: &[u8]) -> Option<Vec<u16>> {
    let digits = std::str::from_utf8(digits).ok()?;
    let units = digits.as_bytes().chunks(4);
    units
        .map(|unit| u16::from_str_radix(std::str::from_utf8(unit).ok()?, 16).ok())
        .collect()
}

/// Adds what a page's operators draw, but for what is marked as furniture.
fn read(content: &[u8], fonts: &BTreeMap<Vec<u8>, Characters>, text: &mut String) {
    let mut rest = content;
    let (mut font, mut last_name): (Option<&Characters>, &[u8]) = (None, b"");
    let mut strings: Vec<u8> = Vec::new();
    let mut marks: Vec<bool> = Vec::new();
    let mut is_artifact = false;
    let mut actual = None;
    while let Some((&first, after)) = rest.split_first() {
        match first {
            b'(' => {
                rest = literal(after, &mut strings);
                if last_name == b"ActualText" {
                    actual = Some(spoken(&std::mem::take(&mut strings)));
                }
            }
            b'<' if after.first() == Some(&b'<') => rest = after.get(1..).unwrap_or_default(),
            b'<' => {
                let end = find(after, b">").unwrap_or(after.len());
                let digits = after.get(..end).unwrap_or_default();
                for unit in hex(digits).unwrap_or_default() {
                    strings.extend(unit.to_be_bytes());
                }
                rest = after.get(end + 1..).unwrap_or_default();
                if last_name == b"ActualText" {
                    actual = Some(spoken(&std::mem::take(&mut strings)));
                }
            }
            b'/' => {
                let (name, left) = word(after);
                is_artifact |= name == b"Artifact";
                (last_name, rest) = (name, left);
            }
            b'a'..=b'z' | b'A'..=b'Z' => {
                let (operator, left) = word(rest);
                match operator {
                    b"Tf" => font = fonts.get(last_name),
                    b"BDC" | b"BMC" => {
                        // Where the text is stated, the glyphs only picture it.
                        let stated = actual.take().filter(|_| !marks.contains(&true));
                        text.push_str(stated.as_deref().unwrap_or_default());
                        marks.push(std::mem::take(&mut is_artifact) || stated.is_some());
                    }
                    b"EMC" => drop(marks.pop()),
                    b"Tj" | b"TJ" if !marks.contains(&true) => {
                        for code in strings.chunks_exact(2) {
                            let code = code
                                .iter()
                                .fold(0, |code, &byte| code << 8 | u16::from(byte));
                            let known = font.and_then(|font| font.get(&code));
                            // What has no character is found out by the comparison.
                            text.push_str(known.map_or("\u{fffd}", String::as_str));
                        }
                    }
                    _ => {}
                }
                strings.clear();
                rest = left;
            }
            _ => rest = after,
        }
    }
}

/// A string that states a text.
fn spoken(bytes: &[u8]) -> String {
    match bytes.strip_prefix(b"\xfe\xff") {
        Some(units) => {
            let units = units.chunks_exact(2);
            let unit = |pair: &[u8]| {
                pair.iter()
                    .fold(0, |unit, &byte| unit << 8 | u16::from(byte))
            };
            String::from_utf16_lossy(&units.map(unit).collect::<Vec<_>>())
        }
        None => bytes.iter().map(|&byte| char::from(byte)).collect(),
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
