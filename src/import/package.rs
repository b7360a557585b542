//! The zip package around an office document, read within bounds. It knows no report.

use std::io::{self, Cursor, Read, Seek, SeekFrom};

use aho_corasick::AhoCorasick;
use encoding_rs::GB18030;
use quick_xml::Reader;
use quick_xml::events::{BytesRef, BytesStart, Event};
use zip::ZipArchive;
use zip::read::ZipFile;

use super::ImportError;

/// The most files a package may hold.
const ENTRIES: usize = 4096;
/// The most files that an archive may list to be opened at all, and the fewest bytes in which one is listed.
const LISTED: usize = 32 * 1024;
const LISTED_IN: u64 = 46;
/// How often the whole of an archive may be read to open it, and what may be read of the smallest, in bytes.
const SEARCHED: u64 = 4;
const READ_ANYHOW: u64 = 1 << 20;
/// The largest part that is unpacked, in bytes.
const PART: u64 = 32 * 1024 * 1024;
/// The most pieces of markup in one part.
const EVENTS: usize = 5_000_000;
/// The deepest nesting of elements.
const DEPTH: usize = 256;

/// A refusal of a Word document.
pub(super) fn broken(reason: &str) -> ImportError {
    ImportError::Broken {
        format: "Word",
        reason: reason.to_owned(),
    }
}

/// An opened archive; `None` when it is damaged.
///
/// The list of its files is kept whole, and for every end the whole file may be searched, so that a file
/// that is made of them is refused before. Packages inside have their own of both.
pub(crate) fn archive<R: Read + Seek>(mut from: R) -> Result<Option<ZipArchive<R>>, ImportError> {
    match is_opened_in_bounds(&mut from) {
        Ok(true) => Ok(ZipArchive::new(from).ok()),
        Ok(false) => Err(ImportError::TooLarge),
        Err(_) => Ok(None),
    }
}

fn is_opened_in_bounds<R: Read + Seek>(from: &mut R) -> io::Result<bool> {
    // So little lists no more files than may be, and the file itself need not be searched for them.
    if opens_within(from, LISTED as u64 * LISTED_IN)? {
        return Ok(true);
    }
    let listed = AhoCorasick::new(["PK\x01\x02"]).map_err(io::Error::other)?;
    let mut listed = listed.stream_find_iter(&mut *from);
    if listed.nth(LISTED).transpose()?.is_some() {
        return Ok(false);
    }
    let size = from.seek(SeekFrom::End(0))?;
    opens_within(from, SEARCHED * size + READ_ANYHOW)
}

/// Whether no more than so many bytes are read to open an archive, or to find that it is none.
fn opens_within<R: Read + Seek>(from: &mut R, most: u64) -> io::Result<bool> {
    let mut rationed = Rationed {
        from: &mut *from,
        left: Some(most),
    };
    drop(ZipArchive::new(&mut rationed));
    let is_enough = rationed.left.is_some();
    from.rewind()?;
    Ok(is_enough)
}

/// A file of which only so much is read in all.
struct Rationed<R> {
    from: R,
    left: Option<u64>,
}

impl<R: Read> Read for Rationed<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let left = self.left.ok_or(io::ErrorKind::QuotaExceeded)?;
        let read = self.from.read(into)?;
        self.left = left.checked_sub(read as u64);
        Ok(read)
    }
}

impl<R: Seek> Seek for Rationed<R> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.from.seek(to)
    }
}

/// The name of a file in an archive with its folders; what is not UTF-8 was written by a Chinese Windows.
pub(crate) fn name_in_archive<R: Read + ?Sized>(file: &ZipFile<'_, R>) -> String {
    let raw = file.name_raw();
    let name = match std::str::from_utf8(raw) {
        Ok(name) => name.to_owned(),
        Err(_) => GB18030.decode(raw).0.into_owned(),
    };
    name.replace('\\', "/")
}

/// An opened package.
pub(super) struct Package<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
}

impl<'a> Package<'a> {
    /// Opens a package.
    pub fn open(bytes: &'a [u8]) -> Result<Self, ImportError> {
        let archive = archive(Cursor::new(bytes))?.ok_or_else(|| broken("压缩包已损坏"))?;
        if archive.len() > ENTRIES {
            return Err(ImportError::TooLarge);
        }
        Ok(Self { archive })
    }

    /// Whether there is such a part.
    pub fn has(&self, name: &str) -> bool {
        self.archive.index_for_name(name).is_some()
    }

    /// The names of the parts.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.archive.file_names()
    }

    /// Whether there are parts below this folder.
    pub fn holds_folder(&self, folder: &str) -> bool {
        self.archive
            .file_names()
            .any(|name| name.starts_with(folder))
    }

    /// The bytes of a part; `None` when there is no such part.
    pub fn part(&mut self, name: &str) -> Result<Option<Vec<u8>>, ImportError> {
        let Ok(file) = self.archive.by_name(name) else {
            return Ok(None);
        };
        let mut bytes = Vec::new();
        // The declared size may lie, so that only what really comes out is counted.
        file.take(PART + 1)
            .read_to_end(&mut bytes)
            .map_err(|_error| broken("压缩包已损坏"))?;
        if bytes.len() as u64 > PART {
            return Err(ImportError::TooLarge);
        }
        Ok(Some(bytes))
    }
}

/// A piece of markup that matters.
pub(super) enum Markup<'a> {
    /// An element begins.
    Start(&'a BytesStart<'a>),
    /// An element ends.
    End(&'a [u8]),
    /// Text.
    Text(&'a str),
}

/// Walks through the markup of a part; an empty element begins and ends.
pub(super) fn walk(
    xml: &[u8],
    mut visit: impl FnMut(Markup<'_>) -> Result<(), ImportError>,
) -> Result<(), ImportError> {
    let mut reader = Reader::from_reader(xml);
    let mut depth = 0_usize;
    for _ in 0..EVENTS {
        let event = reader.read_event().map_err(|_error| broken("内容已损坏"))?;
        match event {
            Event::Start(element) => {
                depth += 1;
                if depth > DEPTH {
                    return Err(ImportError::TooLarge);
                }
                visit(Markup::Start(&element))?;
            }
            Event::End(element) => {
                depth = depth.saturating_sub(1);
                visit(Markup::End(element.local_name().as_ref()))?;
            }
            Event::Empty(element) => {
                visit(Markup::Start(&element))?;
                visit(Markup::End(element.local_name().as_ref()))?;
            }
            Event::Text(text) => {
                let text = text
                    .decode()
                    .map_err(|_error| broken("文字编码不是UTF-8"))?;
                visit(Markup::Text(&text))?;
            }
            Event::CData(text) => {
                let text = text
                    .decode()
                    .map_err(|_error| broken("文字编码不是UTF-8"))?;
                visit(Markup::Text(&text))?;
            }
            Event::GeneralRef(reference) => {
                visit(Markup::Text(&resolve(&reference)))?;
            }
            Event::DocType(_) => return Err(broken("含有不允许的声明")),
            Event::Eof if depth == 0 => return Ok(()),
            Event::Eof => return Err(broken("内容不完整")),
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) => {}
        }
    }
    Err(ImportError::TooLarge)
}

fn resolve(reference: &BytesRef<'_>) -> String {
    if let Ok(Some(c)) = reference.resolve_char_ref() {
        return c.to_string();
    }
    let name = reference.decode().unwrap_or_default();
    let known = quick_xml::escape::resolve_xml_entity(&name);
    known.unwrap_or_default().to_owned()
}

/// The value of an attribute, whatever the prefix of its name is.
pub(super) fn attribute(element: &BytesStart<'_>, name: &str) -> Option<String> {
    let mut attributes = element.attributes();
    let found = attributes
        .with_checks(false)
        .flatten()
        .find(|attribute| attribute.key.local_name().as_ref() == name.as_bytes());
    let value = found?
        .normalized_value(quick_xml::XmlVersion::Implicit1_0)
        .ok()?;
    Some(value.into_owned())
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use zip::CompressionMethod::Stored;
    use zip::ZipWriter;
    use zip::write::SimpleFileOptions;

    use super::*;

    fn opened(bytes: &[u8]) -> Result<bool, ImportError> {
        archive(Cursor::new(bytes)).map(|archive| archive.is_some())
    }

    #[test]
    fn an_archive_of_nothing_but_lists_or_ends_is_not_opened() {
        let listed = [&b"PK\x01\x02"[..], &[0; LISTED_IN as usize - 4]].concat();
        let lists = |count| [&b"PK\x03\x04"[..], &listed.repeat(count)].concat();
        assert_eq!(opened(&lists(LISTED)), Ok(false));
        assert_eq!(opened(&lists(LISTED + 1)), Err(ImportError::TooLarge));
        let end = b"PK\x05\x06\0\0\0\0\x01\0\x01\0\0\0\0\0\0\0\0\0\0\0";
        let ends = |count| [&b"PK\x03\x04"[..], &end.repeat(count)].concat();
        assert_eq!(opened(&ends(1)), Ok(false));
        assert_eq!(opened(&ends(20_000)), Err(ImportError::TooLarge));
    }

    #[test]
    fn an_archive_of_packages_is_opened_however_many_they_are() {
        let options = SimpleFileOptions::default().compression_method(Stored);
        let mut inside = ZipWriter::new(Cursor::new(Vec::new()));
        inside.start_file("word/document.xml", options).unwrap();
        let inside = inside.finish().unwrap().into_inner();
        let mut outside = ZipWriter::new(Cursor::new(Vec::new()));
        for number in 0..500 {
            outside
                .start_file(format!("{number}.docx"), options)
                .unwrap();
            outside.write_all(&inside).unwrap();
        }
        // Their own lists are none of this archive's.
        outside.start_file("甲.zip", options).unwrap();
        let lists = b"PK\x01\x02".repeat(LISTED + 1);
        outside.write_all(&lists).unwrap();
        assert_eq!(opened(&outside.finish().unwrap().into_inner()), Ok(true));
    }
}
