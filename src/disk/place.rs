//! New bytes in the place of old ones: written beside, synced, checked, renamed, folder synced.

use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, SystemTime};

use super::door::{Metadata, Readers, Storage, WriteFile};
use super::machine::host;
use super::refusal::Refusal;
use crate::system::is_running;

/// Who may read a file that did not exist before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// Its owner only, where the system allows: drafts.
    Owner,
    /// Whoever the system's usual rules allow: exported documents.
    Usual,
}

/// Bytes that stand durably beside the file they will replace. Dropped, they are removed.
pub struct AtomicWrite<'a> {
    storage: &'a dyn Storage,
    beside: PathBuf,
    target: PathBuf,
    bytes: &'a [u8],
    stays: bool,
}

/// A file that stands in its place.
#[derive(Debug)]
pub struct PlacedFile {
    /// Why the disk did not say that its name will be there after a power cut, if it did not.
    pub unsettled: Option<io::Error>,
}

/// What is said when the disk does not hold what was written.
const UNLIKE: &str = "写入后读回的内容不一致";

/// How many bytes of a stream go to the disk at a time.
const STREAM: usize = 256 * 1024;

/// A file being written as the bytes come.
struct Stream {
    sink: Box<dyn WriteFile>,
    length: u64,
}

impl io::Write for Stream {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let count = self.sink.write(bytes)?;
        self.length += count as u64;
        Ok(count)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

const PREFIX: &str = ".nianbao-";
const SUFFIX: &str = ".tmp";

/// How long Windows is asked again while another program holds the file.
const PATIENCE: Duration = Duration::from_secs(2);

/// A file that was left beside is removed by anybody after this time.
const FORGOTTEN: Duration = Duration::from_hours(1);

impl<'a> AtomicWrite<'a> {
    /// Writes the bytes beside `path` and waits until they are on the disk.
    pub fn beside(
        storage: &'a dyn Storage,
        path: &Path,
        bytes: &'a [u8],
        access: Access,
    ) -> io::Result<Self> {
        let (prepared, sink, existing) = Self::begun(storage, path, bytes, access)?;
        prepared.fill(sink, existing.as_ref())?;
        Ok(prepared)
    }

    /// Makes the file beside; from here on it goes away again unless it takes its place.
    fn begun(
        storage: &'a dyn Storage,
        path: &Path,
        bytes: &'a [u8],
        access: Access,
    ) -> io::Result<(Self, Box<dyn WriteFile>, Option<Metadata>)> {
        let target = real_target(storage, path);
        let existing = match storage.look(&target) {
            Ok(look) => Some(look),
            Err(error) if error.kind() == ErrorKind::NotFound => None,
            Err(error) => return Err(error),
        };
        if existing.as_ref().is_some_and(|look| look.is_folder) {
            return Err(io::Error::from(ErrorKind::IsADirectory));
        }
        if existing.as_ref().is_some_and(|look| !look.is_regular) {
            return Err(Refusal::Irregular.into());
        }
        if existing.as_ref().is_some_and(|look| look.is_read_only) {
            return Err(io::Error::from(ErrorKind::PermissionDenied));
        }
        let readers = match (&existing, access) {
            (None, Access::Usual) => Readers::Usual,
            _ => Readers::Owner,
        };
        let beside = folder_of(&target).join(fresh_name());
        let sink = storage.create(&beside, readers)?;
        let prepared = Self {
            storage,
            beside,
            target,
            bytes,
            stays: false,
        };
        Ok((prepared, sink, existing))
    }

    /// As [`AtomicWrite::beside`], for more bytes than memory should hold: they are written as they come, and
    /// of what stands on the disk afterwards only the length is looked at.
    pub fn streamed(
        storage: &'a dyn Storage,
        path: &Path,
        access: Access,
        fill: impl FnOnce(&mut dyn io::Write) -> io::Result<()>,
    ) -> io::Result<Self> {
        let (prepared, sink, existing) = Self::begun(storage, path, &[], access)?;
        let mut stream = Stream { sink, length: 0 };
        let mut buffered = io::BufWriter::with_capacity(STREAM, &mut stream);
        fill(&mut buffered)?;
        io::Write::flush(&mut buffered)?;
        drop(buffered);
        let Stream { mut sink, length } = stream;
        if let Some(look) = &existing {
            drop(sink.take_after(look));
        }
        sync(sink.as_mut())?;
        drop(sink);
        let look = storage.look(&prepared.beside)?;
        if look.length == length {
            Ok(prepared)
        } else {
            Err(io::Error::other(UNLIKE))
        }
    }

    /// Where the bytes stand until then.
    pub fn path(&self) -> &Path {
        &self.beside
    }

    fn fill(&self, mut sink: Box<dyn WriteFile>, existing: Option<&Metadata>) -> io::Result<()> {
        write_all(sink.as_mut(), self.bytes)?;
        if let Some(look) = existing {
            // Some shares and sticks have no permissions to keep.
            drop(sink.take_after(look));
        }
        sync(sink.as_mut())?;
        drop(sink);
        let again = self.storage.read(&self.beside, self.bytes.len() as u64)?;
        if again == self.bytes {
            Ok(())
        } else {
            Err(io::Error::other(UNLIKE))
        }
    }

    /// Puts the new bytes in the place of the old ones.
    ///
    /// Where the disk cannot rename over a file, `kept` must be the old bytes, safe elsewhere: the
    /// file is then written over while the new bytes stand beside it.
    ///
    /// An error means that the new bytes are not there.
    pub fn put_in_place(mut self, kept: Option<&[u8]>) -> io::Result<PlacedFile> {
        match self.rename() {
            Ok(()) => self.stays = true,
            Err(error) if cannot_rename_over(&error) => {
                let Some(kept) = kept else { return Err(error) };
                self.write_over(kept)?;
            }
            Err(error) => return Err(error),
        }
        Ok(self.settle())
    }

    /// Puts the bytes where nothing stands; whoever was there first stays.
    pub fn put_where_nothing_is(mut self) -> io::Result<PlacedFile> {
        match self.storage.link(&self.beside, &self.target) {
            // The first name goes when this is dropped.
            Ok(()) => return Ok(self.settle()),
            Err(error) if error.kind() == ErrorKind::AlreadyExists => {
                return Err(Refusal::Exists.into());
            }
            // Not every disk knows second names.
            Err(_) => {}
        }
        match self.storage.look(&self.target) {
            Err(error) if error.kind() == ErrorKind::NotFound => {}
            Err(error) => return Err(error),
            Ok(_) => return Err(Refusal::Exists.into()),
        }
        self.rename()?;
        self.stays = true;
        Ok(self.settle())
    }

    /// Waits for the folder. The file is in its place by now, so that nothing that happens here
    /// means that it was not written.
    fn settle(&self) -> PlacedFile {
        PlacedFile {
            unsettled: sync_folder(self.storage, folder_of(&self.target)).err(),
        }
    }

    fn rename(&self) -> io::Result<()> {
        let start = std::time::Instant::now();
        let mut pause = Duration::from_millis(1);
        loop {
            match self.storage.rename(&self.beside, &self.target) {
                Err(error) if super::advice::may_pass(&error) && start.elapsed() < PATIENCE => {
                    // A scanner has mostly done with a file at once; a reader who comes again and again needs many tries.
                    std::thread::sleep(pause);
                    pause = (pause * 2).min(Duration::from_millis(20));
                }
                other => return other,
            }
        }
    }

    fn write_over(&mut self, kept: &[u8]) -> io::Result<()> {
        // The name of what stands beside must be as durable as its bytes.
        sync_folder(self.storage, folder_of(&self.target))?;
        let error = match overwrite(self.storage, &self.target, self.bytes) {
            Ok(()) => return Ok(()),
            Err(error) => error,
        };
        if overwrite(self.storage, &self.target, kept).is_err() {
            // Neither version could be written: the whole new one must not go away.
            self.stays = true;
            let beside = self.beside.display();
            return Err(io::Error::other(format!(
                "文件写到一半出错，完整的内容在{beside}（{error}）"
            )));
        }
        Err(error)
    }
}

impl Drop for AtomicWrite<'_> {
    fn drop(&mut self) {
        if !self.stays {
            drop(self.storage.remove(&self.beside));
        }
    }
}

fn overwrite(storage: &dyn Storage, path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut sink = storage.overwrite(path)?;
    write_all(sink.as_mut(), bytes)?;
    sink.set_length(bytes.len() as u64)?;
    sync(sink.as_mut())
}

/// Writes all bytes, however few the system takes at a time.
pub fn write_all(sink: &mut dyn WriteFile, mut bytes: &[u8]) -> io::Result<()> {
    while !bytes.is_empty() {
        match sink.write(bytes) {
            Ok(0) => return Err(io::Error::from(ErrorKind::WriteZero)),
            Ok(count) => bytes = bytes.get(count..).unwrap_or_default(),
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(())
}

/// Waits for the disk.
pub fn sync(sink: &mut dyn WriteFile) -> io::Result<()> {
    if_it_can(sink.sync())
}

/// Waits until the disk has what was written into a file that was there before.
pub fn sync_content(sink: &mut dyn WriteFile) -> io::Result<()> {
    if_it_can(sink.sync_content())
}

/// Some shares have nothing to wait for and say so.
fn if_it_can(synced: io::Result<()>) -> io::Result<()> {
    match synced {
        Err(error) if has_no_sync(&error) => Ok(()),
        other => other,
    }
}

/// Makes the names in a folder durable; systems that cannot sync a folder do so by themselves.
pub fn sync_folder(storage: &dyn Storage, folder: &Path) -> io::Result<()> {
    match storage.sync_folder(folder) {
        Err(error) if has_no_sync(&error) || error.kind() == ErrorKind::PermissionDenied => Ok(()),
        other => other,
    }
}

fn has_no_sync(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        ErrorKind::Unsupported | ErrorKind::InvalidInput
    )
}

/// Old file servers refuse to rename over a file that is there.
fn cannot_rename_over(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        ErrorKind::AlreadyExists | ErrorKind::Unsupported | ErrorKind::InvalidInput
    )
}

/// The file a path means: links are followed, even to a file that is not there yet.
pub fn real_target(storage: &dyn Storage, path: &Path) -> PathBuf {
    /// More links than any system follows.
    const LINKS: usize = 40;
    let mut target = path.to_path_buf();
    for _ in 0..LINKS {
        match storage.points_to(&target) {
            Ok(next) => target = folder_of(&target).join(next),
            Err(_) => return target,
        }
    }
    path.to_path_buf()
}

/// The folder a file stands in.
pub fn folder_of(path: &Path) -> &Path {
    match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    }
}

/// A name that says who writes: this machine and this process.
fn fresh_name() -> String {
    static NEXT: AtomicU64 = AtomicU64::new(0);
    let nanos = SystemTime::now()
        .duration_since(SystemTime::UNIX_EPOCH)
        .map_or(0, |since| since.subsec_nanos());
    let number = NEXT.fetch_add(1, Ordering::Relaxed);
    let process = std::process::id();
    format!(
        "{PREFIX}{}-{process}-{nanos:x}{number:x}{SUFFIX}",
        machine()
    )
}

fn machine() -> String {
    format!("{:08x}", crc32fast::hash(host().as_bytes()))
}

/// Removes what a killed save left beside a draft.
pub fn sweep(storage: &dyn Storage, path: &Path) {
    let target = real_target(storage, path);
    super::hold::clear(folder_of(&target));
    let Ok(files) = storage.list(folder_of(&target)) else {
        return;
    };
    for file in files {
        let name = file.file_name().map(std::ffi::OsStr::to_string_lossy);
        let is_stray = name.is_some_and(|name| is_stray(storage, &file, &name));
        if is_stray {
            drop(storage.remove(&file));
        }
    }
}

fn is_stray(storage: &dyn Storage, file: &Path, name: &str) -> bool {
    let Some(words) = name
        .strip_prefix(PREFIX)
        .and_then(|name| name.strip_suffix(SUFFIX))
    else {
        return false;
    };
    let mut words = words.split('-');
    let (host, process) = (words.next(), words.next());
    let dead = process
        .and_then(|process| process.parse().ok())
        .and_then(is_running)
        .is_some_and(|running| !running);
    if host == Some(machine().as_str()) && dead {
        return true;
    }
    let look = storage.look(file).ok();
    let age = look
        .and_then(|look| look.modified)
        .and_then(|modified| modified.elapsed().ok());
    age.is_some_and(|age| age > FORGOTTEN)
}
