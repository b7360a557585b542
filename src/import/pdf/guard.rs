//! What a file may cost, counted before anything is taken apart: streams that grow without end,
//! widths for more characters than there are, values nested in values. The crate below has no bounds.

use flate2::{Decompress, FlushDecompress, Status};
use hayro_interpret::hayro_syntax::content::UntypedIter;
use hayro_interpret::hayro_syntax::object::dict::keys;
use hayro_interpret::hayro_syntax::object::{Array, Dict, Name, Object, Stream};
use hayro_interpret::hayro_syntax::{Filter, Pdf};

/// The most that one stream may become.
const STREAM: u64 = 64 << 20;
/// The most that all streams but pictures may become.
const ALL: u64 = 96 << 20;
/// The most that the pictures may become, which are counted and never unpacked.
const PICTURES: u64 = 512 << 20;
/// The longest packed stream of a kind whose growth is not counted.
const UNCOUNTED: usize = 64 << 10;
/// The deepest nesting of values.
const DEPTH: usize = 2_000;
/// The same in a packed stream, which may be no text, so that brackets stand in it by chance.
const DEPTH_IN_STREAM: usize = 20_000;
/// There is no character beyond this number.
const CHARACTERS: f64 = 70_000.0;

/// The most bytes of text that are drawn at once, since all their glyphs are laid out before one is drawn.
const AT_ONCE: usize = 512 << 10;

/// More than a report can need.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct TooMuch;

/// How much has come out of the streams so far.
#[derive(Default)]
struct Meter {
    all: u64,
    pictures: u64,
}

impl Meter {
    fn add(&mut self, size: u64, is_picture: bool) -> Result<(), TooMuch> {
        if is_picture {
            self.pictures += size;
        } else {
            self.all += size;
        }
        if size > STREAM || self.all > ALL || self.pictures > PICTURES {
            return Err(TooMuch);
        }
        Ok(())
    }
}

/// Tries every stream of a file as it lies there, since some are unpacked as soon as it is opened;
/// says how many of them break off.
pub(super) fn raw(bytes: &[u8]) -> Result<usize, TooMuch> {
    let mut meter = Meter::default();
    let mut torn = 0;
    let mut rest = bytes;
    let is_locked = find(bytes, b"/Encrypt").is_some();
    while let Some(at) = find(rest, b"stream") {
        let (before, body) = rest.split_at(at);
        let body = body.strip_prefix(b"stream").unwrap_or_default();
        rest = body;
        if before.ends_with(b"end") {
            continue;
        }
        let start = before.windows(3).rposition(|word| word == b"obj");
        let head = before.get(start.unwrap_or(0)..).unwrap_or_default();
        Depth::default().follow(before, DEPTH)?;
        let body = [&b"\r\n"[..], b"\n", b"\r"]
            .iter()
            .find_map(|end| body.strip_prefix(*end))
            .unwrap_or(body);
        if is_locked && find(head, b"ObjStm").is_some() {
            let length = find(body, b"endstream").unwrap_or(body.len());
            if length > UNCOUNTED {
                return Err(TooMuch);
            }
        }
        // A name may be written in numbers, so that a picture must be called so in letters.
        let is_picture = find(head, b"/Image").is_some()
            && find(head, b"#").is_none()
            && find(head, b"ObjStm").is_none();
        if body.first().is_some_and(|first| first & 0x0f == 8) {
            let (size, is_whole) = unpacked(body, is_picture)?;
            meter.add(size, is_picture)?;
            torn += usize::from(!is_whole && !is_locked);
        }
    }
    Depth::default().follow(rest, DEPTH)?;
    Ok(torn)
}

/// How deep values are nested in values.
#[derive(Default)]
struct Depth {
    now: usize,
    last: u8,
}

impl Depth {
    /// Goes on; refuses more than so many.
    fn follow(&mut self, bytes: &[u8], most: usize) -> Result<(), TooMuch> {
        for &byte in bytes {
            let is_pair = self.last == byte && matches!(byte, b'<' | b'>');
            match byte {
                b'[' => self.now += 1,
                b'<' if is_pair => self.now += 1,
                b']' => self.now = self.now.saturating_sub(1),
                b'>' if is_pair => self.now = self.now.saturating_sub(1),
                _ => {}
            }
            if self.now > most {
                return Err(TooMuch);
            }
            self.last = if is_pair { 0 } else { byte };
        }
        Ok(())
    }
}

/// How much a packed stream becomes, and whether it comes to its end; nothing is kept.
fn unpacked(packed: &[u8], is_picture: bool) -> Result<(u64, bool), TooMuch> {
    let mut inflate = Decompress::new(true);
    let mut scratch = vec![0; 64 << 10];
    let mut depth = Depth::default();
    loop {
        let (read, written) = (inflate.total_in(), inflate.total_out());
        let rest = packed.get(read as usize..).unwrap_or_default();
        let status = inflate.decompress(rest, &mut scratch, FlushDecompress::None);
        let new = (inflate.total_out() - written) as usize;
        if !is_picture {
            let bytes = scratch.get(..new).unwrap_or_default();
            depth.follow(bytes, DEPTH_IN_STREAM)?;
        }
        let moves = inflate.total_in() > read || new > 0;
        match status {
            Ok(Status::Ok) if moves && inflate.total_out() <= STREAM => {}
            status => {
                let is_whole = matches!(status, Ok(Status::StreamEnd));
                return Ok((inflate.total_out(), is_whole));
            }
        }
    }
}

/// Where a word begins.
pub(super) fn find(bytes: &[u8], word: &[u8]) -> Option<usize> {
    let first = *word.first()?;
    let mut from = 0;
    while let Some(at) = bytes.get(from..)?.iter().position(|&byte| byte == first) {
        if bytes.get(from + at..)?.starts_with(word) {
            return Some(from + at);
        }
        from += at + 1;
    }
    None
}

/// The same with the file opened, where what was encrypted is readable; says how many streams break
/// off that could not be tried before.
pub(super) fn opened(pdf: &Pdf, is_locked: bool) -> Result<usize, TooMuch> {
    let mut meter = Meter::default();
    let mut torn = 0;
    for object in pdf.objects() {
        match &object {
            Object::Stream(stream) => {
                let is_whole = grows(stream, &mut meter)?;
                torn += usize::from(is_locked && !is_whole);
            }
            Object::Dict(dict) => {
                let inner = dict.get::<Array<'_>>(keys::DESCENDANT_FONTS);
                let inner = inner.iter().flat_map(Array::iter::<Dict<'_>>);
                if is_wild(dict) || inner.take(8).any(|font| is_wild(&font)) {
                    return Err(TooMuch);
                }
            }
            _ => {}
        }
    }
    Ok(torn)
}

/// Refuses what draws more text at once than any page holds.
pub(super) fn drawn(content: &[u8]) -> Result<(), TooMuch> {
    if content.len() <= AT_ONCE {
        return Ok(());
    }
    let mut operations = UntypedIter::new(content);
    while let Some(operation) = operations.next() {
        let at_once: usize = operation.operands().map(length).sum();
        if at_once > AT_ONCE {
            return Err(TooMuch);
        }
    }
    Ok(())
}

/// How many bytes of text a value holds.
fn length(value: &Object<'_>) -> usize {
    match value {
        Object::String(text) => text.as_bytes().len(),
        Object::Array(values) => values
            .iter::<Object<'_>>()
            .filter_map(|value| match value {
                Object::String(text) => Some(text.as_bytes().len()),
                _ => None,
            })
            .sum(),
        _ => 0,
    }
}

/// Whether a stream may be drawn: a form, a pattern, or the glyph of a font.
fn is_drawn(dict: &Dict<'_>) -> bool {
    let subtype = dict.get::<Name<'_>>(keys::SUBTYPE);
    let is_other = || ["Length1", "N"].iter().any(|key| dict.contains_key(key));
    subtype.map_or_else(|| !is_other(), |name| name.as_str() == "Form")
}

fn grows(stream: &Stream<'_>, meter: &mut Meter) -> Result<bool, TooMuch> {
    let (size, is_whole) = size(stream, meter)?;
    if size > AT_ONCE as u64
        && is_drawn(stream.dict())
        && let Ok(content) = stream.decoded()
    {
        drawn(&content)?;
    }
    Ok(is_whole)
}

/// How large a stream becomes, where that can be told before, and whether it comes to its end.
fn size(stream: &Stream<'_>, meter: &mut Meter) -> Result<(u64, bool), TooMuch> {
    let filters = stream.filters();
    let growing = |filter: &&Filter| {
        matches!(
            filter,
            Filter::FlateDecode | Filter::LzwDecode | Filter::RunLengthDecode
        )
    };
    if filters.iter().filter(growing).count() > 1 {
        return Err(TooMuch);
    }
    let raw = stream.raw_data();
    match filters.first() {
        Some(Filter::FlateDecode) => {
            let subtype = stream.dict().get::<Name<'_>>(keys::SUBTYPE);
            let is_picture = subtype.is_some_and(|name| name.as_str() == "Image");
            let (size, is_whole) = unpacked(&raw, is_picture)?;
            meter.add(size, is_picture)?;
            Ok((size, is_whole))
        }
        _ if filters.iter().any(|filter| growing(&filter)) && raw.len() > UNCOUNTED => Err(TooMuch),
        None => Ok((raw.len() as u64, true)),
        _ => Ok((u64::MAX, true)),
    }
}

/// Whether a font gives widths to characters that cannot be.
fn is_wild(font: &Dict<'_>) -> bool {
    let is_far = |object| matches!(object, Object::Number(number) if number.as_f64() > CHARACTERS);
    [keys::W, keys::W2].iter().any(|key| {
        let widths = font.get::<Array<'_>>(*key);
        widths.is_some_and(|widths| widths.iter::<Object<'_>>().any(is_far))
    })
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use super::*;

    fn stream(head: &str, size: usize) -> Vec<u8> {
        let mut packed = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
        packed.write_all(&vec![b' '; size]).unwrap();
        let packed = packed.finish().unwrap();
        let head = format!("%PDF-1.7\n1 0 obj\n<<{head}>>\nstream\n");
        [head.as_bytes(), &packed, b"\nendstream\nendobj\n"].concat()
    }

    #[test]
    fn what_grows_without_end_is_refused() {
        assert_eq!(raw(&stream("", 1000)), Ok(0));
        assert_eq!(raw(&stream("", 65 << 20)), Err(TooMuch));
        let two = [stream("", 50 << 20), stream("", 50 << 20)].concat();
        assert_eq!(raw(&two), Err(TooMuch));
        let pictures = [stream("/Subtype/Image", 50 << 20), stream("", 50 << 20)].concat();
        assert_eq!(raw(&pictures), Ok(0));
    }

    #[test]
    fn a_text_without_end_is_not_drawn() {
        let at_once = |text: usize| [&b"BT ("[..], &vec![b'a'; text], b") Tj ET"].concat();
        assert_eq!(drawn(&at_once(AT_ONCE)), Ok(()));
        assert_eq!(drawn(&at_once(AT_ONCE + 1)), Err(TooMuch));
        assert_eq!(drawn(&b"BT (a) Tj ET ".repeat(100_000)), Ok(()));
        let parts = [&b"BT ["[..], &b"(aaaa) 1 ".repeat(200_000), b"] TJ ET"].concat();
        assert_eq!(drawn(&parts), Err(TooMuch));
    }

    #[test]
    fn what_breaks_off_is_counted() {
        let mut torn = stream("", 100_000);
        torn.truncate(70);
        assert_eq!(raw(&torn), Ok(1));
    }

    #[test]
    fn values_in_values_without_end_are_refused() {
        let nested = |depth| format!("1 0 obj {}{} endobj", "[".repeat(depth), "]".repeat(depth));
        assert_eq!(raw(nested(100).as_bytes()), Ok(0));
        assert_eq!(raw(nested(100_000).as_bytes()), Err(TooMuch));
        assert_eq!(raw("<</A".repeat(100_000).as_bytes()), Err(TooMuch));
    }
}
