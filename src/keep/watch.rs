//! The thread that looks after the file of an open draft: it keeps the lock fresh, sees when the
//! file is changed elsewhere, and tidies up after a save.
//!
//! All this happens on the draft's own disk, which may be a share that stalls; the thread that
//! writes recovery files must not wait for it.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant, SystemTime};

use super::lock::{self, Lock};
use super::save::{Cleanup, Fingerprint};
use crate::disk::{Real, Storage as _};

/// How often the file is looked at.
const PACE: Duration = Duration::from_secs(10);

/// How often a lock says that its owner is still there.
const BEAT: Duration = Duration::from_secs(30);

/// A file that was written so lately may change again and keep its date, where dates are coarse.
const COARSE: Duration = Duration::from_secs(5);

/// How long the end of the program waits for a disk that may never answer.
const LAST_WAIT: Duration = Duration::from_secs(1);

/// What somebody else put into the file of an open draft.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Seen {
    /// What stands there now.
    pub stamp: Fingerprint,
    /// When it was written, by the clock of the disk it is on.
    pub when: Option<SystemTime>,
}

enum WatchJob {
    /// The file to be watched, under this number.
    Watch(u64, Option<(PathBuf, Fingerprint)>),
    /// A look at the file at once, whatever its date says.
    Look,
    /// A lock to be kept fresh.
    Hold(PathBuf, String),
    /// A lock that is no longer held.
    LetGo(Lock),
    Tidy(Cleanup),
    Wait(Sender<()>),
}

/// The thread and the way to it.
#[derive(Debug)]
pub struct Watcher {
    sender: Sender<WatchJob>,
    /// What was seen, with the number of the watch it belongs to.
    seen: Arc<Mutex<(u64, Option<Seen>)>>,
    number: u64,
}

impl Watcher {
    /// Starts the thread; `wake` is called whenever it has seen something new.
    ///
    /// # Errors
    /// When the system gives no thread.
    pub fn start(wake: impl Fn() + Send + 'static) -> std::io::Result<Self> {
        let (sender, receiver) = channel();
        let seen = Arc::default();
        let thread = WatchThread {
            seen: Arc::clone(&seen),
            number: 0,
            watched: None,
            locks: BTreeMap::new(),
            wake: Box::new(wake),
        };
        std::thread::Builder::new()
            .name("watch".to_owned())
            .spawn(move || thread.run(&receiver))?;
        Ok(Self {
            sender,
            seen,
            number: 0,
        })
    }

    fn send(&self, job: WatchJob) {
        // Without the thread a change is still noticed by the next save.
        drop(self.sender.send(job));
    }

    /// Watches this file, in which this stands, instead of any other; `None` ends it.
    pub fn watch(&mut self, file: Option<(&Path, Fingerprint)>) {
        self.number += 1;
        let file = file.map(|(path, stamp)| (path.to_owned(), stamp));
        self.send(WatchJob::Watch(self.number, file));
    }

    /// Has the file looked at now.
    pub fn look(&self) {
        self.send(WatchJob::Look);
    }

    /// What somebody else put into the watched file, if anybody did.
    #[must_use]
    pub fn seen(&self) -> Option<Seen> {
        let seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        let (number, seen) = *seen;
        seen.filter(|_| number == self.number)
    }

    /// Has done what a save left to do.
    pub fn tidy(&self, rest: Cleanup) {
        self.send(WatchJob::Tidy(rest));
    }

    /// Has a lock kept fresh.
    pub fn hold(&self, lock: &Lock) {
        self.send(WatchJob::Hold(
            lock.path().to_owned(),
            lock.text().to_owned(),
        ));
    }

    /// Stops keeping a lock fresh and gives it back.
    pub fn let_go(&self, lock: Lock) {
        self.send(WatchJob::LetGo(lock));
        self.wait(LAST_WAIT);
    }

    /// Waits until everything given so far is done, but no longer than this.
    pub fn wait(&self, longest: Duration) {
        let (sender, receiver) = channel();
        self.send(WatchJob::Wait(sender));
        receiver.recv_timeout(longest).ok();
    }
}

impl Drop for Watcher {
    fn drop(&mut self) {
        self.wait(LAST_WAIT);
    }
}

struct Watched {
    path: PathBuf,
    stamp: Fingerprint,
    /// Length and date at the last look.
    looked: Option<(u64, Option<SystemTime>)>,
}

struct WatchThread {
    seen: Arc<Mutex<(u64, Option<Seen>)>>,
    number: u64,
    watched: Option<Watched>,
    locks: BTreeMap<PathBuf, String>,
    wake: Box<dyn Fn() + Send>,
}

impl WatchThread {
    fn run(mut self, receiver: &Receiver<WatchJob>) {
        let (mut looked, mut beaten) = (Instant::now(), Instant::now());
        loop {
            match receiver.recv_timeout(PACE.saturating_sub(looked.elapsed())) {
                Ok(job) => self.perform(job),
                Err(RecvTimeoutError::Disconnected) => return,
                Err(RecvTimeoutError::Timeout) => {
                    looked = Instant::now();
                    self.look(false);
                    if beaten.elapsed() >= BEAT {
                        beaten = Instant::now();
                        for (path, text) in &self.locks {
                            lock::beat(path, text);
                        }
                    }
                }
            }
        }
    }

    fn perform(&mut self, job: WatchJob) {
        match job {
            WatchJob::Watch(number, file) => {
                self.number = number;
                self.watched = file.map(|(path, stamp)| Watched {
                    path,
                    stamp,
                    looked: None,
                });
                self.look(false);
            }
            WatchJob::Look => self.look(true),
            WatchJob::Hold(lock, text) => drop(self.locks.insert(lock, text)),
            WatchJob::LetGo(lock) => {
                self.locks.remove(lock.path());
            }
            WatchJob::Tidy(rest) => rest.clear(),
            // Nobody waits any more when this fails.
            WatchJob::Wait(sender) => drop(sender.send(())),
        }
    }

    /// Reads the file if its length or date is another one, or if it is to be looked at closely.
    fn look(&mut self, closely: bool) {
        let Some(watched) = &mut self.watched else {
            return;
        };
        // A file that is gone is told when it is saved.
        let Ok(look) = Real.look(&watched.path) else {
            return;
        };
        let looked = Some((look.length, look.modified));
        if !closely && watched.looked == looked {
            return;
        }
        let Some(stamp) = Fingerprint::of_file(&watched.path) else {
            return;
        };
        let when = look.modified;
        let age = when.and_then(|when| when.elapsed().ok());
        watched.looked = looked.filter(|_| age.is_some_and(|age| age > COARSE));
        let new = (stamp != watched.stamp).then_some(Seen { stamp, when });
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        let is_news = seen.1 != new;
        *seen = (self.number, new);
        drop(seen);
        if is_news {
            (self.wake)();
        }
    }
}
