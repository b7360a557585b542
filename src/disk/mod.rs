//! The one place that writes files: a file is either the old one or the new one, never half.
//!
//! Everything goes through one [`Storage`] door, so that a test can let any step fail or lose
//! power after it. It knows paths and bytes, and nothing of what they mean.

mod advice;
mod claim;
mod door;
#[cfg(test)]
pub(crate) mod fake;
mod hold;
mod machine;
mod name;
mod patience;
mod place;
mod refusal;
mod shown;
#[cfg(test)]
mod tests;

use std::io;
use std::path::Path;

pub use advice::{advice, folder_advice, reading_advice};
pub use claim::{FileClaim, Replaces};
#[cfg(test)]
pub use door::{Metadata, WriteFile};
pub use door::{Readers, Real, Storage};
#[cfg(test)]
pub use hold::Hold;
pub use machine::{host, user};
pub use name::safe_name;
pub use place::{
    Access, AtomicWrite, PlacedFile, folder_of, real_target, sweep, sync, sync_content,
    sync_folder, write_all,
};
pub use refusal::Refusal;
pub use shown::{plain, shown};

/// Writes `bytes` beside `path`, makes them durable, and puts them in its place.
///
/// An existing file keeps its permissions; behind a link, the file it points to is replaced.
pub fn replace(path: &Path, bytes: &[u8], access: Access) -> io::Result<PlacedFile> {
    write(path, bytes, access, FileClaim::ANYTHING)
}

/// As [`replace`], with this claim.
pub fn write(
    path: &Path,
    bytes: &[u8],
    access: Access,
    claim: FileClaim<'_>,
) -> io::Result<PlacedFile> {
    claim::check(&Real, path, claim)?;
    let prepared = AtomicWrite::beside(&Real, path, bytes, access)?;
    match claim.replaces {
        Replaces::Anything => prepared.put_in_place(None),
        Replaces::Nothing => prepared.put_where_nothing_is(),
    }
}

/// As [`write`], for more bytes than memory should hold: they are written as they come.
pub fn stream(
    path: &Path,
    access: Access,
    claim: FileClaim<'_>,
    fill: impl FnOnce(&mut dyn io::Write) -> io::Result<()>,
) -> io::Result<PlacedFile> {
    claim::check(&Real, path, claim)?;
    let prepared = AtomicWrite::streamed(&Real, path, access, fill)?;
    match claim.replaces {
        Replaces::Anything => prepared.put_in_place(None),
        Replaces::Nothing => prepared.put_where_nothing_is(),
    }
}

/// Whether a file may be written there, before any work is done for it.
///
/// # Errors
/// Says why not; the system is asked again when the file is written.
pub fn check(path: &Path, claim: FileClaim<'_>) -> io::Result<()> {
    claim::check(&Real, path, claim)
}

/// Reads a whole file of at most `limit` bytes; a larger one is [`io::ErrorKind::InvalidData`], one on
/// a disk that does not answer [`Refusal::Stalled`].
pub fn read(path: &Path, limit: u64) -> io::Result<Vec<u8>> {
    patience::read(path, limit)
}

/// What a look at a path gives; `None` where its disk does not answer at once, so that a frame may ask.
#[cfg(feature = "gui")]
pub fn soon<T: Send + 'static>(
    path: &Path,
    look: impl FnOnce(&Path) -> T + Send + 'static,
) -> Option<T> {
    patience::soon(path, look)
}

/// Reads standard input, at most so many bytes.
pub fn read_input(limit: u64) -> io::Result<Vec<u8>> {
    use io::Read as _;
    let mut bytes = Vec::new();
    io::stdin().lock().take(limit + 1).read_to_end(&mut bytes)?;
    door::within(bytes, limit)
}

/// Whether files can be made in a folder, which is made if it is not there.
#[cfg(feature = "gui")]
pub fn try_folder(folder: &Path) -> io::Result<()> {
    Real.make_folder(folder)?;
    AtomicWrite::beside(&Real, &folder.join("try"), b"1", Access::Owner).map(drop)
}

/// Gives a folder another name that nothing has; what is in it is durable first.
pub fn rename_folder(from: &Path, to: &Path) -> io::Result<()> {
    if is_taken(to) {
        return Err(Refusal::Exists.into());
    }
    sync_folder(&Real, from)?;
    Real.rename(from, to)?;
    sync_folder(&Real, folder_of(to))
}

/// Whether something of this name is there, even if it is a link that leads nowhere.
#[must_use]
pub fn is_taken(path: &Path) -> bool {
    std::fs::symlink_metadata(path).is_ok()
}

/// Whether a path leads to a file in the ordinary sense: no folder, device, pipe or socket.
#[must_use]
pub fn is_regular(path: &Path) -> bool {
    Real.look(path).is_ok_and(|look| look.is_regular)
}
