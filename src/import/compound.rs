//! The compound file around an old office document, read within bounds. It knows no report.

use std::io::{Cursor, Read as _};

use cfb::CompoundFile;

use super::ImportError;
use super::bytes::{short, size};

/// What every compound file begins with.
pub(super) const START: &[u8] = &[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];
/// The largest stream that is read, in bytes; none is larger than the file around it.
const STREAM: u64 = 32 * 1024 * 1024;

/// The most sectors of the list that says where the table of sectors lies. The largest file that
/// is read needs four of them; the crate reads all that they name, however often they name the same.
const LISTS: usize = 16;
/// Where the header says how large a sector is, as a power of two, and which sector the list is in.
const SECTOR: usize = 30;
const LIST: usize = 68;

/// An opened compound file.
pub(super) struct Compound<'a>(CompoundFile<Cursor<&'a [u8]>>);

impl<'a> Compound<'a> {
    /// Opens a compound file; `None` when it is another file or too damaged.
    pub fn open(bytes: &'a [u8]) -> Option<Self> {
        if !bytes.starts_with(START) || lists(bytes) > LISTS {
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

/// How many sectors the list takes, counted no further than matters.
fn lists(bytes: &[u8]) -> usize {
    let sector = 1_usize << short(bytes, SECTOR).unwrap_or(0).min(12);
    let place = |number: usize| number.saturating_add(1).saturating_mul(sector);
    let mut list = size(bytes, LIST);
    let mut count = 0;
    while count <= LISTS
        && let Some(number) = list
        && place(number) < bytes.len()
    {
        count += 1;
        // The last number of each is the next one.
        list = size(bytes, place(number.saturating_add(1)).saturating_sub(4));
    }
    count
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_of_sectors_without_end_is_not_read() {
        let file = |lists: u32| {
            let mut bytes = vec![0; 512];
            bytes[..START.len()].copy_from_slice(START);
            bytes[SECTOR] = 9;
            bytes[LIST..LIST + 4].copy_from_slice(&0_u32.to_le_bytes());
            for number in 1..=lists {
                let next = if number < lists { number } else { 0xFFFF_FFFE };
                bytes.extend([1_u32.to_le_bytes(); 127].concat());
                bytes.extend(next.to_le_bytes());
            }
            bytes
        };
        assert_eq!(lists(&file(3)), 3);
        assert_eq!(lists(&file(17)), 17);
        // It may also go round in a circle.
        let mut circle = file(3);
        circle[512 * 4 - 4..].copy_from_slice(&0_u32.to_le_bytes());
        assert!(lists(&circle) > LISTS);
        assert!(Compound::open(&file(1_000)).is_none());
        assert_eq!(lists(START), 0);
    }
}
