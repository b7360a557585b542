//! The thread that writes recovery files, so that no frame waits for a disk.

use std::collections::{BTreeMap, VecDeque};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::Duration;

use super::slot::{self, SlotState, Snapshot};
use crate::disk::{self, Real};

/// The shortest time between two writes of the same recovery file.
pub const PACE: Duration = Duration::from_secs(1);

/// What the thread has done.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Status {
    /// The number of the last snapshot that is on the disk.
    pub written: u64,
    /// Why the last one could not be written, in Chinese.
    pub trouble: Option<String>,
}

enum WriteJob {
    Write(PathBuf, u64, Box<Snapshot>),
    /// The recovery file may go: a save holds it.
    Remove(PathBuf),
    /// The recovery file may go once the snapshot of this number is written.
    Replace(PathBuf, u64),
    /// The recovery file is put aside in this folder.
    GiveUp(PathBuf, PathBuf),
    Wait(Sender<()>),
}

/// The thread and the way to it. Dropped, it ends what it was given.
#[derive(Debug)]
pub struct RecoveryWriter {
    sender: Option<Sender<WriteJob>>,
    status: Arc<Mutex<Status>>,
    thread: Option<JoinHandle<()>>,
    last: u64,
}

impl RecoveryWriter {
    /// Starts the thread; `wake` is called whenever its status has changed.
    ///
    /// # Errors
    /// When the system gives no thread.
    pub fn start(wake: impl Fn() + Send + 'static) -> std::io::Result<Self> {
        let (sender, receiver) = channel();
        let status = Arc::new(Mutex::new(Status::default()));
        let told = Arc::clone(&status);
        let thread = std::thread::Builder::new()
            .name("recovery".to_owned())
            .spawn(move || {
                WriteThread {
                    status: told,
                    turns: BTreeMap::new(),
                    wake: Box::new(wake),
                }
                .run(&receiver);
            })?;
        Ok(Self {
            sender: Some(sender),
            status,
            thread: Some(thread),
            last: 0,
        })
    }

    /// What the thread has done so far.
    #[must_use]
    pub fn status(&self) -> Status {
        let status = self.status.lock().unwrap_or_else(PoisonError::into_inner);
        status.clone()
    }

    /// Whether the thread still takes work.
    #[must_use]
    pub fn is_alive(&self) -> bool {
        self.thread
            .as_ref()
            .is_some_and(|thread| !thread.is_finished())
    }

    fn send(&self, job: WriteJob) {
        if let Some(sender) = &self.sender {
            // A thread that has ended is noticed by `is_alive`.
            drop(sender.send(job));
        }
    }

    /// Has a snapshot written and returns its number.
    pub fn write(&mut self, stem: &Path, snapshot: Snapshot) -> u64 {
        self.last += 1;
        self.send(WriteJob::Write(
            stem.to_owned(),
            self.last,
            Box::new(snapshot),
        ));
        self.last
    }

    /// Has a recovery file removed, after everything that was given before.
    pub fn remove(&self, stem: &Path) {
        self.send(WriteJob::Remove(stem.to_owned()));
    }

    /// Has a recovery file removed once the snapshot of this number is on the disk.
    pub fn replace(&self, stem: &Path, number: u64) {
        self.send(WriteJob::Replace(stem.to_owned(), number));
    }

    /// Has a recovery file put aside in a folder.
    pub fn give_up(&self, stem: &Path, folder: &Path) {
        self.send(WriteJob::GiveUp(stem.to_owned(), folder.to_owned()));
    }

    /// Waits until everything given so far is done, but no longer than this.
    pub fn wait(&self, longest: Duration) {
        let (sender, receiver) = channel();
        self.send(WriteJob::Wait(sender));
        // A thread that takes longer, or has ended, is not waited for.
        receiver.recv_timeout(longest).ok();
    }
}

impl Drop for RecoveryWriter {
    fn drop(&mut self) {
        drop(self.sender.take());
        if let Some(thread) = self.thread.take() {
            drop(thread.join());
        }
    }
}

struct WriteThread {
    status: Arc<Mutex<Status>>,
    turns: BTreeMap<PathBuf, SlotState>,
    wake: Box<dyn Fn() + Send>,
}

impl WriteThread {
    fn run(mut self, receiver: &Receiver<WriteJob>) {
        while let Ok(first) = receiver.recv() {
            let mut jobs = VecDeque::from([first]);
            jobs.extend(receiver.try_iter());
            while let Some(job) = jobs.pop_front() {
                if !is_overtaken(&job, &jobs) {
                    self.perform(job);
                }
            }
        }
    }

    fn perform(&mut self, job: WriteJob) {
        match job {
            WriteJob::Write(stem, number, snapshot) => {
                let turn = self.turns.entry(stem.clone()).or_default();
                let written = slot::write(&Real, &stem, turn, &snapshot);
                self.tell(number, written.err());
            }
            WriteJob::Remove(stem) => {
                self.turns.remove(&stem);
                slot::remove(&Real, &stem);
                self.tell_trouble(None);
            }
            WriteJob::Replace(stem, number) => {
                let status = self.status.lock().unwrap_or_else(PoisonError::into_inner);
                if status.written >= number {
                    slot::remove(&Real, &stem);
                }
            }
            WriteJob::GiveUp(stem, folder) => {
                self.turns.remove(&stem);
                drop(slot::move_to(&Real, &stem, &folder));
            }
            // Nobody waits any more when this fails.
            WriteJob::Wait(sender) => drop(sender.send(())),
        }
    }

    fn tell(&self, number: u64, error: Option<std::io::Error>) {
        if error.is_none() {
            let mut status = self.status.lock().unwrap_or_else(PoisonError::into_inner);
            status.written = number;
        }
        self.tell_trouble(error.map(|error| disk::advice(&error)));
    }

    fn tell_trouble(&self, trouble: Option<String>) {
        let mut status = self.status.lock().unwrap_or_else(PoisonError::into_inner);
        if status.trouble != trouble {
            status.trouble = trouble;
            drop(status);
            (self.wake)();
        }
    }
}

/// Whether a later snapshot of the same draft waits already.
fn is_overtaken(job: &WriteJob, later: &VecDeque<WriteJob>) -> bool {
    let WriteJob::Write(stem, ..) = job else {
        return false;
    };
    let next = later.iter().find(|job| !matches!(job, WriteJob::Wait(_)));
    matches!(next, Some(WriteJob::Write(other, ..)) if other == stem)
}
