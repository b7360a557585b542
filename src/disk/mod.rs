//! The one place that writes files: a file is either the old one or the new one, never half.
//!
//! Everything goes through one [`Storage`] door, so that a test can let any step fail or lose
//! power after it. It knows paths and bytes, and nothing of what they mean.

mod advice;
mod door;
#[cfg(test)]
pub(crate) mod fake;
mod machine;
mod name;
mod place;
#[cfg(test)]
mod tests;

use std::io;
use std::path::Path;

pub use advice::{advice, reading_advice};
#[cfg(test)]
pub use door::{Look, Sink};
pub use door::{Readers, Real, Storage};
pub use machine::{host, user};
pub use name::safe_name;
pub use place::{
    Access, Prepared, folder_of, real_target, sweep, sync, sync_content, sync_folder, write_all,
};

/// Writes `bytes` beside `path`, makes them durable, and puts them in its place.
///
/// An existing file keeps its permissions; behind a link, the file it points to is replaced.
pub fn replace(path: &Path, bytes: &[u8], access: Access) -> io::Result<()> {
    Prepared::beside(&Real, path, bytes, access)?.put_in_place(None)
}

/// Reads a whole file of at most `limit` bytes; a larger one is [`io::ErrorKind::InvalidData`].
pub fn read(path: &Path, limit: u64) -> io::Result<Vec<u8>> {
    Real.read(path, limit)
}
