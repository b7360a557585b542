//! The lock beside an open draft (锁): it says who works on it, where and since when.
//!
//! It is a file like any other, so that it works on shares; it guards against two people by
//! telling the second one. What guards the bytes is that a save looks at the file first.

use std::io;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use serde::{Deserialize, Serialize};

use super::session::{self, Session};
use super::{Places, millis};
use crate::disk::{self, Access, AtomicWrite, Readers, Real, Storage as _};
use crate::system;

/// A lock that has not been refreshed for so long has lost its owner.
const STALE: Duration = Duration::from_secs(150);
const LIMIT: u64 = 64 * 1024;

/// Who works on a draft.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Holder {
    /// The name under which they use their computer.
    pub user: String,
    /// The name of that computer.
    pub host: String,
    /// The process there.
    pub process: u32,
    /// The session there.
    pub session: String,
    /// Since when, in milliseconds since 1970.
    pub since: u64,
}

/// A draft's lock; given back when dropped.
#[derive(Debug)]
pub struct Lock {
    path: PathBuf,
    text: String,
}

/// What came of asking for a lock.
#[derive(Debug)]
pub enum LockAnswer {
    /// It is ours.
    Ours(Lock),
    /// Somebody else has it; nobody is known when their note cannot be read.
    Theirs(Holder),
    /// None can be made there; this is why.
    Impossible(String),
}

/// The name of the lock beside a draft.
#[must_use]
pub fn path_of(draft: &Path) -> PathBuf {
    let target = disk::real_target(&Real, draft);
    let name = target.file_name().unwrap_or_default();
    let mut lock = std::ffi::OsString::from(".~lock.");
    lock.push(name);
    lock.push("#");
    disk::folder_of(&target).join(lock)
}

/// Asks for the lock of a draft; with `insists`, it is taken from whoever has it.
#[must_use]
pub fn ask(draft: &Path, session: &Session, places: &Places, insists: bool) -> LockAnswer {
    /// Somebody else may be faster a few times, not for ever.
    const TRIES: usize = 5;
    let path = path_of(draft);
    let holder = Holder {
        user: disk::user(),
        host: disk::host().to_owned(),
        process: std::process::id(),
        session: session.id.clone(),
        since: millis(SystemTime::now()),
    };
    let text = ron::to_string(&holder).unwrap_or_default();
    let mut theirs = Holder::default();
    for _ in 0..TRIES {
        match make(&path, &text) {
            Ok(()) => return LockAnswer::Ours(Lock { path, text }),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            Err(error) => return LockAnswer::Impossible(disk::advice(&error)),
        }
        let found = read(&path);
        let own = found
            .as_ref()
            .is_some_and(|found| found.session == session.id);
        if !insists && !own && !is_stale(&path, found.as_ref(), places) {
            return LockAnswer::Theirs(found.unwrap_or_default());
        }
        theirs = found.unwrap_or_default();
        if let Err(error) = Real.remove(&path)
            && error.kind() != io::ErrorKind::NotFound
        {
            return LockAnswer::Impossible(disk::advice(&error));
        }
    }
    LockAnswer::Theirs(theirs)
}

fn make(path: &Path, text: &str) -> io::Result<()> {
    let mut sink = Real.create(path, Readers::Usual)?;
    disk::write_all(sink.as_mut(), text.as_bytes())
}

/// Who a lock says works on the draft.
#[must_use]
pub fn read(path: &Path) -> Option<Holder> {
    let bytes = disk::read(path, LIMIT).ok()?;
    ron::de::from_bytes(&bytes).ok()
}

fn is_stale(path: &Path, found: Option<&Holder>, places: &Places) -> bool {
    let unrefreshed = || age(path).is_some_and(|age| age > STALE);
    let Some(holder) = found else {
        return unrefreshed();
    };
    if holder.host != disk::host() {
        return unrefreshed();
    }
    if let Some(alive) = session::is_alive(places, &holder.session) {
        return !alive;
    }
    // Another user's session on this computer.
    system::is_running(holder.process) == Some(false) || unrefreshed()
}

/// How long ago a lock was refreshed, by the clock of the disk it is on and by no other one.
fn age(path: &Path) -> Option<Duration> {
    let probe = path.with_extension("now");
    let now = AtomicWrite::beside(&Real, &probe, b"", Access::Owner).ok()?;
    let now = Real.look(now.path()).ok()?.modified?;
    let refreshed = Real.look(path).ok()?.modified?;
    now.duration_since(refreshed).ok()
}

/// Writes a lock again, which says that its owner is there; a lock that is not ours is left alone.
pub(super) fn beat(path: &Path, text: &str) {
    let ours = disk::read(path, LIMIT).is_ok_and(|bytes| bytes == text.as_bytes());
    if ours && let Ok(mut sink) = Real.overwrite(path) {
        drop(disk::write_all(sink.as_mut(), text.as_bytes()));
    }
}

impl Lock {
    /// Where it lies.
    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// What it says.
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// How it is known, for a look at it from another thread.
    #[must_use]
    pub fn mark(&self) -> LockMark {
        LockMark {
            path: self.path.clone(),
            text: self.text.clone(),
        }
    }

    /// Whether it stands there as we made it.
    #[must_use]
    pub fn is_ours(&self) -> bool {
        disk::read(&self.path, LIMIT).is_ok_and(|bytes| bytes == self.text.as_bytes())
    }
}

/// How a lock of ours is known.
#[derive(Debug)]
pub struct LockMark {
    path: PathBuf,
    text: String,
}

impl LockMark {
    /// Whether somebody else has the lock now.
    #[must_use]
    pub fn is_taken(&self) -> bool {
        disk::read(&self.path, LIMIT).is_ok_and(|bytes| bytes != self.text.as_bytes())
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        if self.is_ours() {
            drop(Real.remove(&self.path));
        }
    }
}
