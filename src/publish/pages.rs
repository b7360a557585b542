//! Reads the text of a PDF back, in the order it is drawn, through the fonts' own character maps.
//!
//! It knows as much of PDF as a file without compressed objects needs; page furniture is left out.
//! What is stated behind the glyphs is not looked at: a reader on paper does not see it.

use std::collections::BTreeMap;
use std::io::Read as _;

use flate2::read::ZlibDecoder;
use regex::bytes::Regex;

use super::bytes::{find, hex};
use super::content::{self, Characters, PdfFont};

/// The most bytes a stream may unpack to.
const LARGEST: u64 = 64 * 1024 * 1024;
/// How deep the tree of pages may be.
const DEEPEST: usize = 16;

/// What the pages show.
#[derive(Debug, Default)]
pub(super) struct ReadPages {
    /// The text of all pages, without white space that is only a gap between glyphs.
    pub(super) text: String,
    /// Where glyphs lie on lines, on each other or off the page, in words.
    pub(super) faults: Vec<String>,
    pages: usize,
}

/// Reads all pages.
pub(super) fn read(bytes: &[u8]) -> Result<ReadPages, String> {
    let file = PdfFile::open(bytes).ok_or("交叉引用表读不懂")?;
    let root = file
        .trailer
        .and_then(|root| file.object(root))
        .ok_or("找不到文档目录")?;
    let pages = number(root, "Pages").ok_or("找不到页")?;
    let mut drawn = ReadPages::default();
    file.visit(pages, 0, &mut drawn)?;
    Ok(drawn)
}

struct PdfFile<'a> {
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

impl<'a> PdfFile<'a> {
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
    fn visit(&self, number_of: usize, depth: usize, drawn: &mut ReadPages) -> Result<(), String> {
        let node = self.object(number_of).ok_or("页读不懂")?;
        let kids = Regex::new(r"/Kids\s*\[([^\]]*)\]").map_err(|error| error.to_string())?;
        let Some(kids) = kids.captures(node).and_then(|kids| kids.get(1)) else {
            return self.page(node, drawn).ok_or_else(|| "页读不懂".to_owned());
        };
        if depth > DEEPEST {
            return Err("页的层次太深".to_owned());
        }
        let kid = Regex::new(r"(\d+)\s+0\s+R").map_err(|error| error.to_string())?;
        for found in kid.captures_iter(kids.as_bytes()) {
            let kid = found.get(1).and_then(|digits| parse(digits.as_bytes()));
            self.visit(kid.ok_or("页读不懂")?, depth + 1, drawn)?;
        }
        Ok(())
    }

    fn page(&self, page: &[u8], drawn: &mut ReadPages) -> Option<()> {
        let resources = self.object(number(page, "Resources")?)?;
        let mut fonts = BTreeMap::new();
        let named = Regex::new(r"/(f\d+)\s+(\d+)\s+0\s+R").ok()?;
        for font in named.captures_iter(resources) {
            let object = self.object(parse(font.get(2)?.as_bytes())?)?;
            let font_file = PdfFont {
                characters: self.characters(number(object, "ToUnicode")?)?,
                widths: self.widths(object)?,
            };
            fonts.insert(font.get(1)?.as_bytes().to_vec(), font_file);
        }
        let content = self.stream(number(page, "Contents")?)?;
        let shown = content::read(&content, &fonts);
        drawn.pages += 1;
        drawn.text.push_str(&shown.text());
        let faults = shown.faults();
        let faults = faults
            .iter()
            .map(|fault| format!("第{}页{fault}", drawn.pages));
        drawn.faults.extend(faults);
        Some(())
    }

    /// How far the glyphs of a font move the pen, in thousandths of the type size.
    fn widths(&self, font: &[u8]) -> Option<BTreeMap<u16, f32>> {
        let descendant = Regex::new(r"/DescendantFonts\s*\[\s*(\d+)").ok()?;
        let descendant = parse(descendant.captures(font)?.get(1)?.as_bytes())?;
        let list = Regex::new(r"/W\s*\[([0-9.\s\[\]]*)\]").ok()?;
        let found = list.captures(self.object(descendant)?);
        let mut widths = BTreeMap::new();
        if let Some(list) = found.as_ref().and_then(|found| found.get(1)) {
            ranges(std::str::from_utf8(list.as_bytes()).ok()?, &mut widths);
        }
        Some(widths)
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

/// Reads `first last width` and `first [width …]`.
fn ranges(list: &str, widths: &mut BTreeMap<u16, f32>) {
    let spaced = list.replace('[', " [ ").replace(']', " ] ");
    let mut words = spaced.split_ascii_whitespace();
    while let Some(first) = words.next().and_then(|word| word.parse::<u16>().ok()) {
        match words.next() {
            Some("[") => {
                let list = words.by_ref().take_while(|word| *word != "]");
                let list = list.filter_map(|word| word.parse::<f32>().ok());
                widths.extend((first..).zip(list));
            }
            Some(word) => {
                let width = words.next().and_then(|word| word.parse::<f32>().ok());
                if let (Ok(last), Some(width)) = (word.parse::<u16>(), width) {
                    widths.extend((first..=last).map(|code| (code, width)));
                }
            }
            None => {}
        }
    }
}
