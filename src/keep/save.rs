//! Saving with everything that makes it safe: the version before is kept, a file that was changed
//! by somebody else is noticed, and the new version is durable before it takes its place.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, channel};

use super::Places;
use super::history::{self, VersionKind};
use crate::disk::{self, Access, AtomicWrite, Real, Refusal, Storage};
use crate::report::Draft;
use crate::store::{self, StoreError};

/// The largest file that is kept as a version, in bytes: more than is ever written.
const LIMIT: u64 = 2 * store::LIMIT;

/// How many megabytes of history a draft may have unless the settings say otherwise.
pub const HISTORY_MEGABYTES: u16 = 20;

/// What stood in a file when it was read or saved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fingerprint {
    length: u64,
    checksum: u32,
}

impl Fingerprint {
    /// The stamp of these bytes.
    #[must_use]
    pub fn of(bytes: &[u8]) -> Self {
        Self {
            length: bytes.len() as u64,
            checksum: crc32fast::hash(bytes),
        }
    }

    pub(super) fn parts(self) -> (u64, u32) {
        (self.length, self.checksum)
    }

    pub(super) fn from_parts(length: u64, checksum: u32) -> Self {
        Self { length, checksum }
    }

    /// The stamp of what stands in a file now; `None` when it cannot be read.
    #[must_use]
    pub fn of_file(path: &Path) -> Option<Self> {
        Some(Self::of(&disk::read(path, LIMIT).ok()?))
    }
}

/// What a saver knows of the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Precondition {
    /// Whatever stands there may be replaced; the history keeps it.
    Anything,
    /// Only this may be replaced.
    Only(Fingerprint),
    /// Nothing may be replaced; the file is to be a new one.
    Nothing,
}

/// Why a draft was not saved.
#[derive(Debug, thiserror::Error)]
pub enum SaveError {
    /// It could not be written.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The file is another one than was read or saved last.
    #[error("草稿没有保存：文件在别处被改过，先看清楚再决定\n{}", disk::shown(.path))]
    Changed {
        /// The draft.
        path: PathBuf,
    },
}

/// A save that went well.
#[derive(Debug)]
pub struct Saved {
    /// What stands in the file now.
    pub stamp: Fingerprint,
    /// Why the version before could not be kept, if it could not.
    pub history: Option<String>,
    /// Why the disk did not say that the file will be there after a power cut, if it did not.
    pub unsettled: Option<String>,
    /// What is left to do.
    pub rest: Cleanup,
}

/// What is to be done after a save; it can wait, and no saved version is lost where it never happens.
#[derive(Debug)]
#[must_use = "what killed saves left beside a draft would stay"]
pub struct Cleanup {
    path: PathBuf,
    history: Option<(PathBuf, u16)>,
}

impl Cleanup {
    /// What is to be done beside a draft that was opened.
    pub fn beside(path: &Path) -> Self {
        Self {
            path: path.to_owned(),
            history: None,
        }
    }

    /// Makes the history durable, and removes what killed saves left and the versions that are not
    /// to be kept any more.
    pub fn clear(self) {
        disk::sweep(&Real, &self.path);
        if let Some((folder, megabytes)) = self.history {
            // The version is there; a disk that cannot be waited for keeps it when it gets to it.
            drop(disk::sync_folder(&Real, &folder));
            history::thin(&Real, &folder, u64::from(megabytes) * 1024 * 1024);
        }
    }
}

/// Saves a draft; the version before goes into the history of these places.
///
/// # Errors
/// When it fails, what stood there stands there still.
pub fn save(
    draft: &Draft,
    path: &Path,
    places: Option<&Places>,
    expected: Precondition,
    megabytes: u16,
) -> Result<Saved, SaveError> {
    let folder = places.map(|places| history::folder(places, path));
    let job = SaveJob {
        storage: &Real,
        path,
        history: folder.as_deref(),
        expected,
    };
    let SaveOutcome {
        stamp,
        history,
        unsettled,
    } = job.run(draft)?;
    let rest = Cleanup {
        path: path.to_owned(),
        history: folder.map(|folder| (folder, megabytes)),
    };
    Ok(Saved {
        stamp,
        history,
        unsettled,
        rest,
    })
}

/// What came of a [`SaveJob`].
#[derive(Debug)]
pub(super) struct SaveOutcome {
    stamp: Fingerprint,
    history: Option<String>,
    unsettled: Option<String>,
}

/// What is said where no version can be kept because there is no folder for it.
const NO_FOLDER: &str = "找不到存放历史版本的文件夹，用--home或者NIANBAO_HOME指定";

/// One save, on any storage.
pub(super) struct SaveJob<'a> {
    pub storage: &'a (dyn Storage + Sync),
    pub path: &'a Path,
    pub history: Option<&'a Path>,
    pub expected: Precondition,
}

impl SaveJob<'_> {
    /// Saves, and says what stands there now and why the version before was not kept, if it was not.
    ///
    /// From the first look at the file until the new one is in its place nobody else saves there.
    pub fn run(&self, draft: &Draft) -> Result<SaveOutcome, SaveError> {
        let target = disk::real_target(self.storage, self.path);
        let hold = self.storage.hold(disk::folder_of(&target));
        let _hold = hold.map_err(|error| self.failed(error))?;
        let old = match self.storage.read(&target, LIMIT) {
            Ok(old) => Some(old),
            Err(error) if error.kind() == io::ErrorKind::NotFound => None,
            Err(error) => return Err(self.failed(error).into()),
        };
        let found = old.as_deref().map(Fingerprint::of);
        if let (Precondition::Only(expected), Some(found)) = (self.expected, found)
            && expected != found
        {
            let path = self.path.to_owned();
            return Err(SaveError::Changed { path });
        }
        if self.expected == Precondition::Nothing && old.is_some() {
            return Err(self.failed(Refusal::Exists.into()).into());
        }
        let written = WrittenBytes::new(draft);
        let bytes = written.work.bytes.as_slice();
        if bytes.len() as u64 > store::LIMIT {
            let path = self.path.to_owned();
            return Err(StoreError::TooLarge { path }.into());
        }
        let stamp = Fingerprint::of(bytes);
        let replaced = old.as_deref().filter(|_| found != Some(stamp));
        let kept = replaced.map(|old| self.keep(&target, old));
        let prepared = AtomicWrite::beside(self.storage, &target, bytes, Access::Owner)
            .map_err(|error| self.failed(error))?;
        if !written.is_read_back() {
            return Err(self.failed(io::Error::other("草稿写出后读回不一致")).into());
        }
        let is_copied = matches!(kept, Some(Ok(Some(VersionKind::Copied))));
        let placed = match self.expected {
            Precondition::Nothing => prepared.put_where_nothing_is(),
            Precondition::Anything | Precondition::Only(_) => {
                prepared.put_in_place(replaced.filter(|_| is_copied))
            }
        };
        let placed = placed.map_err(|error| self.failed(error))?;
        let history = match kept {
            Some(Err(error)) => Some(disk::advice(&error)),
            Some(Ok(None)) => Some(NO_FOLDER.to_owned()),
            Some(Ok(Some(_))) | None => None,
        };
        Ok(SaveOutcome {
            stamp,
            history,
            unsettled: placed.unsettled.as_ref().map(disk::advice),
        })
    }

    /// A copy is made durable at once. A link need not be: where there are links, the new version
    /// takes the place of the old one in one step, and [`Cleanup::clear`] waits for the history folder.
    fn keep(&self, target: &Path, old: &[u8]) -> io::Result<Option<VersionKind>> {
        let Some(folder) = self.history else {
            return Ok(None);
        };
        let kept = history::keep(self.storage, folder, target, old)?;
        if kept == VersionKind::Copied {
            disk::sync_folder(self.storage, folder)?;
        }
        Ok(Some(kept))
    }

    fn failed(&self, reason: io::Error) -> StoreError {
        let path = self.path.to_owned();
        StoreError::Write { path, reason }
    }
}

/// The bytes of a draft, which are read back while the disk works.
struct WrittenBytes {
    work: Arc<ProofWork>,
    answer: Receiver<bool>,
}

struct ProofWork {
    draft: Draft,
    bytes: Vec<u8>,
    is_taken: AtomicBool,
}

impl ProofWork {
    /// Whether the bytes say what the draft does; `None` when another thread finds that out.
    fn take(&self) -> Option<bool> {
        let is_free = !self.is_taken.swap(true, Ordering::AcqRel);
        is_free.then(|| store::check_bytes(&self.draft, &self.bytes))
    }
}

impl WrittenBytes {
    fn new(draft: &Draft) -> Self {
        let (sender, answer) = channel();
        let work = Arc::new(ProofWork {
            draft: draft.without_steps(),
            bytes: store::to_bytes(draft),
            is_taken: AtomicBool::new(false),
        });
        let other = Arc::clone(&work);
        let read_back = std::thread::Builder::new().name("read back".to_owned());
        let spawned = read_back.spawn(move || other.take().map(|fits| sender.send(fits)));
        // Without another thread this one does the work.
        drop(spawned);
        Self { work, answer }
    }

    /// Whether the bytes say what the draft does. A thread that has not begun yet is not waited for.
    fn is_read_back(&self) -> bool {
        let own = self.work.take();
        own.unwrap_or_else(|| self.answer.recv().unwrap_or(false))
    }
}
