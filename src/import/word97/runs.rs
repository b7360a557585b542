//! Which properties hold where: pages of half a kilobyte, each for a stretch of the stream.

use std::collections::BTreeSet;

use crate::import::ImportError;
use crate::import::bytes::{byte, long, part, size};

/// How large a page is.
const PAGE: usize = 512;
/// The most stretches.
const MOST: usize = 1_000_000;

/// A stretch of the stream and the list of its properties.
pub(super) struct RunStretch<'a> {
    /// Where it begins.
    pub from: u32,
    /// Where it ends.
    pub to: u32,
    /// The list.
    pub list: &'a [u8],
}

/// All stretches, in the order of the stream.
pub(super) struct Stretches<'a>(Vec<RunStretch<'a>>);

/// What the stretches are of.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum RunKind {
    /// Paragraphs.
    Paragraphs,
    /// Runs of one look.
    Runs,
}

impl<'a> Stretches<'a> {
    /// Reads the pages that an index names.
    pub fn read(word: &'a [u8], index: &[u8], kind: RunKind) -> Result<Self, ImportError> {
        let count = index.len().saturating_sub(4) / 8;
        let mut seen = BTreeSet::new();
        let mut found = Vec::new();
        for entry in 0..count {
            let number = size(index, 4 * (count + 1) + 4 * entry).unwrap_or(0) & 0x3F_FFFF;
            let page = part(word, number * PAGE, PAGE);
            if page.len() == PAGE && seen.insert(number) {
                stretches(page, kind, &mut found);
            }
            if found.len() > MOST {
                return Err(ImportError::TooLarge);
            }
        }
        found.sort_by_key(|stretch| stretch.from);
        Ok(Self(found))
    }

    /// The stretch that holds a place.
    pub fn at(&self, place: u32) -> Option<&RunStretch<'a>> {
        let behind = self.0.partition_point(|stretch| stretch.from <= place);
        let stretch = self.0.get(behind.checked_sub(1)?)?;
        (place < stretch.to).then_some(stretch)
    }
}

/// The stretches of a page; its last byte says how many there are.
fn stretches<'a>(page: &'a [u8], kind: RunKind, found: &mut Vec<RunStretch<'a>>) {
    let count = usize::from(byte(page, PAGE - 1).unwrap_or(0));
    let entry = match kind {
        RunKind::Paragraphs => 13,
        RunKind::Runs => 1,
    };
    for at in 0..count {
        let (Some(from), Some(to)) = (long(page, 4 * at), long(page, 4 * (at + 1))) else {
            return;
        };
        let place = 4 * (count + 1) + entry * at;
        let place = usize::from(byte(page, place).unwrap_or(0)) * 2;
        let length = usize::from(byte(page, place).unwrap_or(0));
        let (from_byte, length) = match (kind, length) {
            _ if place == 0 => (0, 0),
            (RunKind::Runs, length) => (place + 1, length),
            (RunKind::Paragraphs, 0) => {
                let words = usize::from(byte(page, place + 1).unwrap_or(0));
                (place + 2, 2 * words)
            }
            (RunKind::Paragraphs, words) => (place + 1, 2 * words - 1),
        };
        if from < to {
            let body = part(page, 0, PAGE - 1);
            let list = part(body, from_byte, length);
            found.push(RunStretch { from, to, list });
        }
    }
}
