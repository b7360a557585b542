//! The zip package around an office document, read within bounds. It knows no report.

use std::io::{Cursor, Read as _};

use quick_xml::Reader;
use quick_xml::events::{BytesRef, BytesStart, Event};
use zip::ZipArchive;

use super::ImportError;

/// The most files a package may hold.
const ENTRIES: usize = 4096;
/// The most files that an archive may list, and the most ends it may have, to be opened at all.
const LISTED: usize = 32 * 1024;
const ENDS: usize = 64;
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
pub(super) fn archive(bytes: &[u8]) -> Result<Option<ZipArchive<Cursor<&[u8]>>>, ImportError> {
    let holds_more = |most: usize, start: &[u8; 4]| {
        let mut found = bytes.windows(4).filter(|part| part == start);
        found.nth(most).is_some()
    };
    if holds_more(LISTED, b"PK\x01\x02") || holds_more(ENDS, b"PK\x05\x06") {
        return Err(ImportError::TooLarge);
    }
    Ok(ZipArchive::new(Cursor::new(bytes)).ok())
}

/// An opened package.
pub(super) struct Package<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
}

impl<'a> Package<'a> {
    /// Opens a package.
    pub fn open(bytes: &'a [u8]) -> Result<Self, ImportError> {
        let archive = archive(bytes)?.ok_or_else(|| broken("压缩包已损坏"))?;
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
    use super::*;

    #[test]
    fn an_archive_of_nothing_but_lists_or_ends_is_not_opened() {
        for (start, most) in [(b"PK\x01\x02", LISTED), (b"PK\x05\x06", ENDS)] {
            let bytes = |count| [&b"PK\x03\x04"[..], &start.repeat(count)].concat();
            assert_eq!(
                archive(&bytes(most)).map(|archive| archive.is_some()),
                Ok(false)
            );
            assert_eq!(
                archive(&bytes(most + 1)).map(drop),
                Err(ImportError::TooLarge)
            );
        }
    }
}
