//! One save at a time in a folder, whoever saves: two that read, compare and replace at once would
//! each replace what the other one has just written.

use std::fs::File;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use crate::system;

/// One name a folder, so that no other spelling of a draft's name gets around it.
const NAME: &str = ".nianbao-saving.lock";

/// How long a save waits for the ones before it.
const PATIENCE: Duration = Duration::from_secs(20);

/// The turn to save in a folder; given back when dropped, and by the system when the program dies.
#[derive(Debug)]
pub struct Hold {
    file: File,
    path: PathBuf,
}

impl Drop for Hold {
    fn drop(&mut self) {
        system::remove_lock(&self.file, &self.path);
    }
}

/// Waits for the turn to save in a folder; `None` where the disk knows no locks.
///
/// # Errors
/// When others keep it longer than any save takes.
pub(super) fn take(folder: &Path) -> io::Result<Option<Hold>> {
    let start = Instant::now();
    let mut pause = Duration::from_millis(1);
    loop {
        match attempt(folder) {
            Ok(hold) => return Ok(Some(hold)),
            Err(error) if error.kind() == ErrorKind::WouldBlock => {}
            // Whatever forbids a lock is told by the save itself, if it forbids that too.
            Err(_) => return Ok(None),
        }
        if start.elapsed() > PATIENCE {
            return Err(ErrorKind::ResourceBusy.into());
        }
        std::thread::sleep(pause);
        pause = (pause * 2).min(Duration::from_millis(16));
    }
}

/// Removes the lock that a killed save left, if nobody holds it.
pub(super) fn clear(folder: &Path) {
    if folder.join(NAME).exists() {
        drop(attempt(folder));
    }
}

fn attempt(folder: &Path) -> io::Result<Hold> {
    let path = folder.join(NAME);
    let file = system::lock(&path)?;
    Ok(Hold { file, path })
}
