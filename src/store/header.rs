//! The first line of a draft file: format versions, length and checksum of what follows.

use std::borrow::Cow;
use std::fmt;

use super::DraftFault;
use super::choices::ChoicesFile;
use crate::report::Draft;

/// How every draft file begins.
pub(super) const MAGIC: &str = "//nianbao ";

/// The newest format version this program reads and writes.
pub(super) const VERSION: u32 = 4;

/// The oldest version that can hold all of a draft; in that one it is written, so that an older
/// program reads it too.
pub(super) fn version_of(draft: &Draft) -> u32 {
    let has_more = !ChoicesFile::write(draft.choices()).is_old();
    if !draft.local_rules().is_empty() || !draft.reused().is_empty() {
        4
    } else if has_more || !draft.publications().is_empty() {
        3
    } else if !draft.half_written().is_empty() {
        2
    } else {
        1
    }
}

/// What the first line says. The rest of the file is RON, which takes the line for a comment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Header {
    /// The format version of the writer.
    format: u32,
    /// The oldest reader that can keep everything.
    oldest_reader: u32,
    /// The length of the body in bytes.
    length: usize,
    /// The CRC-32 of the body.
    checksum: u32,
}

/// The text with the line ends of this program.
fn unix(body: &str) -> Cow<'_, str> {
    if body.contains('\r') {
        Cow::Owned(body.replace("\r\n", "\n"))
    } else {
        Cow::Borrowed(body)
    }
}

impl Header {
    pub(super) fn of(body: &str, version: u32) -> Self {
        Self {
            format: version,
            oldest_reader: version,
            length: body.len(),
            checksum: crc32fast::hash(body.as_bytes()),
        }
    }

    /// The header, if the text begins with a readable one, and the body.
    pub(super) fn split(text: &str) -> (Option<Self>, &str) {
        let Some((first, body)) = text
            .split_once('\n')
            .filter(|(first, _)| first.starts_with(MAGIC))
        else {
            return (None, text);
        };
        let word = |name: &str| {
            first
                .split_whitespace()
                .find_map(|word| word.strip_prefix(name)?.strip_prefix('='))
        };
        let header = || {
            Some(Self {
                format: word("fmt")?.parse().ok()?,
                oldest_reader: word("min")?.parse().ok()?,
                length: word("len")?.parse().ok()?,
                checksum: u32::from_str_radix(word("crc32")?, 16).ok()?,
            })
        };
        // A header that cannot be read fits no body, so that the damage is noted.
        let damaged = Self {
            format: VERSION,
            oldest_reader: VERSION,
            length: usize::MAX,
            checksum: 0,
        };
        (Some(header().unwrap_or(damaged)), body)
    }

    pub(super) fn check_version(&self) -> Result<(), DraftFault> {
        if self.oldest_reader > VERSION {
            Err(DraftFault::Newer(self.format))
        } else {
            Ok(())
        }
    }

    /// Whether the body is the one the header was written for; line ends do not matter.
    pub(super) fn fits(&self, body: &str) -> bool {
        let unix = unix(body);
        self.length == unix.len() && self.checksum == crc32fast::hash(unix.as_bytes())
    }
}

impl Header {
    /// Why the body is not the one the header was written for.
    pub(super) fn complaint(&self, body: &str) -> String {
        let length = unix(body).len();
        if self.length == usize::MAX {
            "第1行的校验信息读不懂".to_owned()
        } else if length == self.length {
            "内容与第1行的校验码不符，可能已损坏，或者在程序外改动过".to_owned()
        } else {
            let expected = self.length;
            format!("内容与第1行的校验信息不符，应有{expected}字节，实有{length}字节")
        }
    }
}

impl fmt::Display for Header {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            format,
            oldest_reader,
            length,
            checksum,
        } = self;
        let app = env!("CARGO_PKG_VERSION");
        writeln!(
            f,
            "{MAGIC}fmt={format} min={oldest_reader} app={app} len={length} crc32={checksum:08x}"
        )
    }
}
