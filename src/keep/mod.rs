//! Keeps work safe: saving with history, recovery files, locks, notes of crashes.
//!
//! It knows drafts, their files, and the folders of this program; it knows no widget.
//!
//! # What holds
//! - Before a saved version is replaced, it stands durably in the history folder.
//! - What is typed stands in a recovery file within [`writer::PACE`] and the time of one write; it
//!   goes only after a save that holds it, or after its owner gave it up and thirty days passed.
//! - Nothing that happens on the draft's own disk keeps a recovery file waiting.
//! - A process is alive while the system says that its session's file is locked.

pub mod crash;
pub mod history;
pub mod lock;
mod places;
pub mod save;
pub mod session;
mod slot;
#[cfg(test)]
mod tests;
pub mod watch;
pub mod writer;

use std::time::{Duration, SystemTime, UNIX_EPOCH};

pub use places::Places;
pub use slot::{Recovered, Snapshot};

/// What this program promises those who work with it.
pub const PROMISE: &str = "两秒以前输入的内容，崩溃、断电、磁盘已满、U盘拔出之后都还在；保存过的内容，不会被更差的内容替换";

/// A point in time in milliseconds since 1970, as file names carry it.
#[must_use]
pub fn millis(time: SystemTime) -> u64 {
    let since = time.duration_since(UNIX_EPOCH).unwrap_or_default();
    u64::try_from(since.as_millis()).unwrap_or(u64::MAX)
}

/// The point in time that [`millis`] names.
#[must_use]
pub fn time_of(millis: u64) -> SystemTime {
    UNIX_EPOCH
        .checked_add(Duration::from_millis(millis))
        .unwrap_or(UNIX_EPOCH)
}
