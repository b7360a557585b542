//! One run of the window: its folder of recovery files, and those that earlier runs left.
//!
//! A session lives while the system says that its file is locked; the system lets go of the lock
//! however the process ends.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use super::slot::{self, Recovered};
use super::{Places, crash, millis};
use crate::disk::{Real, Storage as _};
use crate::system;

const LOCK: &str = "lock";
/// Locked by the window that offers what the session left; whether the session lives is another
/// question, which the lock of a draft asks at the same time.
const CLAIM: &str = "claim";
/// What was given up can be had back for so long.
const GIVEN_UP: Duration = Duration::from_hours(30 * 24);
/// A folder without a lock is only just being made while it is younger than this.
const BEGINNING: Duration = Duration::from_mins(1);

/// This run of the window (会话).
#[derive(Debug)]
pub struct Session {
    /// Its name, which no other session has.
    pub id: String,
    folder: PathBuf,
    lock: Option<File>,
}

impl Session {
    /// Begins a session.
    ///
    /// # Errors
    /// Where the folder cannot be made or its lock not be had, there is no recovery.
    pub fn start(places: &Places) -> io::Result<Self> {
        let id = format!("{}-{}", millis(SystemTime::now()), std::process::id());
        let folder = places.recovery().join(&id);
        Real.make_folder(&folder)?;
        drop(Real.overwrite(&folder.join(LOCK))?);
        let lock = own_file(false).open(folder.join(LOCK))?;
        match lock.try_lock() {
            // Without locks a session is taken for alive while its process is.
            Ok(()) | Err(TryLockError::Error(_)) => {}
            Err(TryLockError::WouldBlock) => return Err(io::ErrorKind::ResourceBusy.into()),
        }
        purge_given_up(places);
        Ok(Self {
            id,
            folder,
            lock: Some(lock),
        })
    }

    /// The folder of its recovery files.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.folder
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        // Some systems keep the name of a file until nobody has it open.
        drop(self.lock.take());
        remove_if_empty(&self.folder);
    }
}

/// A session that ended without being closed, with what it left. While this value lives no other
/// session takes it.
#[derive(Debug)]
pub struct Orphan {
    /// The recovery files, the latest first.
    pub files: Vec<Recovered>,
    /// The recovery files that cannot be read, without the ending of their slots.
    pub unreadable: Vec<PathBuf>,
    folder: PathBuf,
    claim: Option<File>,
}

impl Drop for Orphan {
    fn drop(&mut self) {
        drop(self.claim.take());
        remove_if_empty(&self.folder);
    }
}

/// The sessions that ended without being closed.
#[must_use]
pub fn orphans(places: &Places, own: Option<&Session>) -> Vec<Orphan> {
    let mut orphans = Vec::new();
    for folder in Real.list(&places.recovery()).unwrap_or_default() {
        if own.is_some_and(|own| own.folder == folder) || !is_own_folder(&folder) {
            continue;
        }
        if life(&folder) == Life::Lasting {
            continue;
        }
        let Ok(claim) = claim(&folder) else {
            continue;
        };
        let (mut files, unreadable) = slot::all_in(&Real, &folder);
        files.sort_by_key(|file| std::cmp::Reverse(file.when));
        let orphan = Orphan {
            files,
            unreadable,
            folder,
            claim,
        };
        if !orphan.files.is_empty() || !orphan.unreadable.is_empty() {
            orphans.push(orphan);
        }
    }
    orphans
}

/// Whether the session of this name lives; `None` when nothing is known of it here.
#[must_use]
pub(super) fn is_alive(places: &Places, id: &str) -> Option<bool> {
    let folder = places.recovery().join(id);
    is_own_folder(&folder).then(|| life(&folder) == Life::Lasting)
}

/// A link in the place of a session's folder is none of ours and may lead anywhere.
fn is_own_folder(folder: &Path) -> bool {
    fs::symlink_metadata(folder).is_ok_and(|found| found.is_dir())
}

/// How a file of a session is opened: as itself, never as a link or a pipe in its place.
fn own_file(makes: bool) -> OpenOptions {
    let mut options = File::options();
    options.read(true).write(true).create(makes).truncate(false);
    system::without_waiting_or_links(&mut options);
    options
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Life {
    Lasting,
    Over,
}

/// Takes what a session left; an error when another window has it.
fn claim(folder: &Path) -> Result<Option<File>, TryLockError> {
    let Ok(file) = own_file(true).open(folder.join(CLAIM)) else {
        return Ok(None);
    };
    match file.try_lock() {
        Ok(()) => Ok(Some(file)),
        // Without locks two windows may offer the same, and both keep it.
        Err(TryLockError::Error(_)) => Ok(None),
        Err(taken) => Err(taken),
    }
}

fn life(folder: &Path) -> Life {
    let Ok(lock) = own_file(false).open(folder.join(LOCK)) else {
        return if is_young(folder) {
            Life::Lasting
        } else {
            Life::Over
        };
    };
    // Shared, so that two who ask at once do not take each other for the session.
    match lock.try_lock_shared() {
        Ok(()) => Life::Over,
        Err(TryLockError::WouldBlock) => Life::Lasting,
        Err(TryLockError::Error(_)) => {
            let name = folder.file_name().and_then(|name| name.to_str());
            let process = name.and_then(|name| name.rsplit('-').next()?.parse().ok());
            match process.and_then(system::is_running) {
                Some(true) => Life::Lasting,
                _ => Life::Over,
            }
        }
    }
}

fn is_young(folder: &Path) -> bool {
    let modified = fs::metadata(folder).and_then(|metadata| metadata.modified());
    let age = modified.ok().and_then(|modified| modified.elapsed().ok());
    age.is_none_or(|age| age < BEGINNING)
}

/// Removes a session's folder once no recovery file is left in it.
fn remove_if_empty(folder: &Path) {
    let files = Real.list(folder).unwrap_or_default();
    let left = files.iter().any(|path| {
        path.extension()
            .is_some_and(|ending| ending == "a" || ending == "b")
    });
    if !left {
        if let Some(above) = folder.parent() {
            // The note of a crash stays for those who repair the program.
            drop(fs::rename(
                folder.join(crash::NOTE),
                above.join(crash::NOTE),
            ));
        }
        drop(fs::remove_dir_all(folder));
    }
}

/// The recovery files that were given up and can still be had back, the latest first.
#[must_use]
pub fn given_up(places: &Places) -> Vec<Recovered> {
    let (mut files, _) = slot::all_in(&Real, &places.given_up());
    files.sort_by_key(|file| std::cmp::Reverse(file.when));
    files
}

fn purge_given_up(places: &Places) {
    let files = Real.list(&places.given_up()).unwrap_or_default();
    for file in files {
        let modified = Real.look(&file).ok().and_then(|look| look.modified);
        let age = modified.and_then(|modified| modified.elapsed().ok());
        if age.is_some_and(|age| age > GIVEN_UP) {
            drop(Real.remove(&file));
        }
    }
}
