//! The compound file around an old office document, read within bounds. It knows no report.

use std::io::{Cursor, Read as _};

use cfb::CompoundFile;

use super::ImportError;

/// What every compound file begins with.
pub(super) const START: &[u8] = &[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];
/// The largest stream that is read, in bytes; none is larger than the file around it.
const STREAM: u64 = 32 * 1024 * 1024;

/// An opened compound file.
pub(super) struct Compound<'a>(CompoundFile<Cursor<&'a [u8]>>);

impl<'a> Compound<'a> {
    /// Opens a compound file; `None` when it is another file or too damaged.
    pub fn open(bytes: &'a [u8]) -> Option<Self> {
        if !bytes.starts_with(START) {
            return None;
        }
        CompoundFile::open(Cursor::new(bytes)).ok().map(Self)
    }

    /// Whether there is such a stream.
    pub fn has(&self, name: &str) -> bool {
        self.0.is_stream(name)
    }

    /// The bytes of a stream, as far as they can be read; `None` when there is no such stream.
    pub fn stream(&mut self, name: &str) -> Result<Option<Vec<u8>>, ImportError> {
        if !self.has(name) {
            return Ok(None);
        }
        let mut bytes = Vec::new();
        let Ok(stream) = self.0.open_stream(name) else {
            return Ok(None);
        };
        // What was read before the damage stays.
        drop(stream.take(STREAM + 1).read_to_end(&mut bytes));
        if bytes.len() as u64 > STREAM {
            return Err(ImportError::TooLarge);
        }
        Ok(Some(bytes))
    }
}
