//! A recovery file: an open draft as it stands, in two slots that are written in turn.
//!
//! While one slot is written the other one holds the state before. A slot is written over without
//! being cut first and is stretched in large steps, so that a full disk still takes what is typed.

use std::io;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use serde::{Deserialize, Serialize};

use super::save::Fingerprint;
use super::{millis, time_of};
use crate::disk::{self, Storage};
use crate::report::Draft;
use crate::{store, system};

const MAGIC: &str = "//nianbao-recovery ";
const LIMIT: u64 = 64 * 1024 * 1024;
/// A slot's length is a multiple of this.
const STEP: u64 = 64 * 1024;

/// An open draft at one moment.
#[derive(Debug, Clone)]
pub struct Snapshot {
    /// The draft; its steps need not be there.
    pub draft: Draft,
    /// The file it belongs to, once it has one.
    pub path: Option<PathBuf>,
    /// What stood in the file when it was read or saved last.
    pub base: Option<Fingerprint>,
}

/// What a recovery file holds (恢复文件).
#[derive(Debug, Clone)]
pub struct Recovered {
    /// The draft as it stood.
    pub draft: Draft,
    /// The file it belongs to.
    pub path: Option<PathBuf>,
    /// What stood in that file when it was read or saved last.
    pub base: Option<Fingerprint>,
    /// When it was written, in milliseconds since 1970.
    pub when: u64,
    /// The recovery file without the ending of its slots.
    pub stem: PathBuf,
}

impl Recovered {
    /// When it was written.
    #[must_use]
    pub fn written_at(&self) -> SystemTime {
        time_of(self.when)
    }

    /// The files that it is in.
    #[must_use]
    pub fn slots(&self) -> [PathBuf; 2] {
        slots(&self.stem)
    }
}

#[derive(Debug, Serialize, Deserialize)]
struct SlotLabel {
    when: u64,
    path: Option<PathWords>,
    base: Option<(u64, u32)>,
}

/// A path as text, or as the bytes of a name that is no text.
#[derive(Debug, Serialize, Deserialize)]
enum PathWords {
    Text(String),
    Bytes(Vec<u8>),
}

impl PathWords {
    fn of(path: &Path) -> Self {
        match system::bytes_of_path(path) {
            Some(bytes) => Self::Bytes(bytes),
            None => Self::Text(path.to_string_lossy().into_owned()),
        }
    }

    fn path(self) -> PathBuf {
        match self {
            Self::Text(text) => PathBuf::from(text),
            Self::Bytes(bytes) => system::path_of_bytes(bytes),
        }
    }
}

/// Where the two slots of a recovery file stand.
fn slots(stem: &Path) -> [PathBuf; 2] {
    [stem.with_extension("a"), stem.with_extension("b")]
}

/// What is written next and where.
#[derive(Debug, Default)]
pub(super) struct SlotState {
    number: u64,
    /// How much room each slot has on the disk.
    room: [u64; 2],
}

/// Writes a snapshot into the slot whose turn it is, and waits until it is on the disk.
pub(super) fn write(
    storage: &dyn Storage,
    stem: &Path,
    turn: &mut SlotState,
    snapshot: &Snapshot,
) -> io::Result<()> {
    let bytes = bytes(turn.number, snapshot);
    let [even, odd] = slots(stem);
    let [even_room, odd_room] = &mut turn.room;
    let (slot, room) = if turn.number.is_multiple_of(2) {
        (even, even_room)
    } else {
        (odd, odd_room)
    };
    let mut sink = storage.overwrite(&slot)?;
    disk::write_all(sink.as_mut(), &bytes)?;
    let (length, is_new) = (bytes.len() as u64, *room == 0);
    if length > *room {
        // Real bytes instead of a hole, so that the room is there when the disk is full.
        let stretched = length.next_multiple_of(STEP);
        let rest = usize::try_from(stretched - length).unwrap_or(0);
        disk::write_all(sink.as_mut(), &vec![b'\n'; rest])?;
        *room = stretched;
    }
    if is_new {
        disk::sync(sink.as_mut())?;
        disk::sync_folder(storage, disk::folder_of(stem))?;
    } else {
        // Written over in its own room, a slot asks nothing of the journal.
        disk::sync_content(sink.as_mut())?;
    }
    turn.number += 1;
    Ok(())
}

fn bytes(number: u64, snapshot: &Snapshot) -> Vec<u8> {
    let label = SlotLabel {
        when: millis(SystemTime::now()),
        path: snapshot.path.as_deref().map(PathWords::of),
        base: snapshot.base.map(Fingerprint::parts),
    };
    // A label of numbers and text can always be written.
    let mut rest = ron::to_string(&label).unwrap_or_default().into_bytes();
    rest.push(b'\n');
    rest.extend_from_slice(&store::to_bytes(&snapshot.draft));
    let (length, checksum) = (rest.len(), crc32fast::hash(&rest));
    let mut bytes = format!("{MAGIC}seq={number} len={length} crc32={checksum:08x}\n").into_bytes();
    bytes.append(&mut rest);
    bytes
}

/// The newer of the two slots that is whole.
#[must_use]
pub(super) fn read(storage: &dyn Storage, stem: &Path) -> Option<Recovered> {
    let read = |slot: PathBuf| {
        // A link is none of ours and may lead anywhere.
        let is_own = storage.points_to(&slot).is_err();
        let bytes = is_own.then(|| storage.read(&slot, LIMIT).ok()).flatten()?;
        read_slot(&bytes, stem)
    };
    let found = slots(stem).into_iter().filter_map(read);
    found
        .max_by_key(|(number, _)| *number)
        .map(|(_, recovered)| recovered)
}

fn read_slot(bytes: &[u8], stem: &Path) -> Option<(u64, Recovered)> {
    let end = bytes.iter().position(|&byte| byte == b'\n')?;
    let first = std::str::from_utf8(bytes.get(..end)?).ok()?;
    let words = first.strip_prefix(MAGIC)?;
    let word = |name: &str| {
        let mut words = words.split(' ');
        words.find_map(|word| word.strip_prefix(name)?.strip_prefix('='))
    };
    let number = word("seq")?.parse().ok()?;
    let length: usize = word("len")?.parse().ok()?;
    let checksum = u32::from_str_radix(word("crc32")?, 16).ok()?;
    let rest = bytes.get(end + 1..)?.get(..length)?;
    if crc32fast::hash(rest) != checksum {
        return None;
    }
    let end = rest.iter().position(|&byte| byte == b'\n')?;
    let label: SlotLabel = ron::de::from_bytes(rest.get(..end)?).ok()?;
    let draft = store::from_bytes(rest.get(end + 1..)?, stem).ok()?;
    let recovered = Recovered {
        draft,
        path: label.path.map(PathWords::path),
        base: label
            .base
            .map(|(length, checksum)| Fingerprint::from_parts(length, checksum)),
        when: label.when,
        stem: stem.to_owned(),
    };
    Some((number, recovered))
}

/// Removes a recovery file, whose content a save holds by now.
pub(super) fn remove(storage: &dyn Storage, stem: &Path) {
    for slot in slots(stem) {
        drop(storage.remove(&slot));
    }
}

/// Puts a recovery file that its owner gave up aside.
pub(super) fn move_to(storage: &dyn Storage, stem: &Path, folder: &Path) -> io::Result<()> {
    let name = format!("{}-{}", millis(SystemTime::now()), std::process::id());
    storage.make_folder(folder)?;
    for (slot, to) in slots(stem).iter().zip(slots(&folder.join(name))) {
        match storage.rename(slot, &to) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
    }
    disk::sync_folder(storage, folder)
}

/// The recovery files in a folder, and the stems of those that cannot be read.
#[must_use]
pub(super) fn all_in(storage: &dyn Storage, folder: &Path) -> (Vec<Recovered>, Vec<PathBuf>) {
    let files = storage.list(folder).unwrap_or_default();
    let is_slot = |path: &PathBuf| {
        path.extension()
            .is_some_and(|ending| ending == "a" || ending == "b")
    };
    // Of a slot that was only just made nothing is lost.
    let is_begun = |path: &PathBuf| storage.look(path).map_or(true, |look| look.length > 0);
    let mut stems: Vec<_> = files
        .iter()
        .filter(|path| is_slot(path) && is_begun(path))
        .map(|path| path.with_extension(""))
        .collect();
    stems.sort();
    stems.dedup();
    let (mut found, mut unreadable) = (Vec::new(), Vec::new());
    for stem in stems {
        match read(storage, &stem) {
            Some(recovered) => found.push(recovered),
            None => unreadable.push(stem),
        }
    }
    (found, unreadable)
}
