//! A disk in memory for tests: it can refuse any call, and lose power after any of them.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard};

use super::door::{Look, Readers, Sink, Storage};

/// The files of a disk by name.
pub(crate) type Files = BTreeMap<PathBuf, Vec<u8>>;

/// How a call goes wrong.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Fault {
    /// It fails with this error number of Linux.
    Error(i32),
    /// A write takes one byte only; other calls go well.
    Short,
}

/// What reached the disk, in order.
#[derive(Debug, Clone)]
enum Op {
    Create(PathBuf, usize),
    Write(usize, usize, Vec<u8>),
    Length(usize, usize),
    Sync(usize),
    Rename(PathBuf, PathBuf),
    Remove(PathBuf),
    Link(PathBuf, PathBuf),
    SyncFolder(PathBuf),
}

#[derive(Debug, Default)]
struct Inner {
    names: BTreeMap<PathBuf, usize>,
    contents: Vec<Vec<u8>>,
    log: Vec<Op>,
    calls: usize,
    /// Which call goes wrong, and whether all after it do too.
    fault: Option<(usize, Fault, bool)>,
}

/// A disk in memory.
#[derive(Debug, Clone, Default)]
pub(crate) struct Fake(Arc<Mutex<Inner>>);

impl Fake {
    pub fn with(files: &Files) -> Self {
        let fake = Self::default();
        {
            let mut inner = fake.lock();
            for (path, bytes) in files {
                let file = inner.contents.len();
                inner.contents.push(bytes.clone());
                inner.names.insert(path.clone(), file);
            }
        }
        fake
    }

    /// Lets the call with this number go wrong, and perhaps all that follow.
    pub fn fail(&self, call: usize, fault: Fault, for_good: bool) {
        let mut inner = self.lock();
        inner.calls = 0;
        inner.fault = Some((call, fault, for_good));
    }

    /// Lets everything go well again.
    pub fn heal(&self) {
        self.lock().fault = None;
    }

    /// How many calls there were since the last fault was laid.
    pub fn calls(&self) -> usize {
        self.lock().calls
    }

    pub fn files(&self) -> Files {
        let inner = self.lock();
        let names = inner.names.iter();
        names
            .map(|(path, &file)| (path.clone(), inner.contents[file].clone()))
            .collect()
    }

    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.0.lock().unwrap()
    }

    /// Counts a call; an error if it is to fail, `true` if it is to do less than asked.
    fn call(&self) -> io::Result<bool> {
        let mut inner = self.lock();
        let number = inner.calls;
        inner.calls += 1;
        match inner.fault {
            Some((at, fault, for_good)) if number == at || (for_good && number > at) => match fault
            {
                Fault::Error(code) => Err(io::Error::from_raw_os_error(code)),
                Fault::Short => Ok(true),
            },
            _ => Ok(false),
        }
    }

    fn make(&self, path: &Path) -> FakeSink {
        let mut inner = self.lock();
        let file = inner.contents.len();
        inner.contents.push(Vec::new());
        inner.names.insert(path.to_owned(), file);
        inner.log.push(Op::Create(path.to_owned(), file));
        FakeSink {
            disk: self.clone(),
            file,
            at: 0,
        }
    }
}

struct FakeSink {
    disk: Fake,
    file: usize,
    at: usize,
}

impl Sink for FakeSink {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let short = self.disk.call()?;
        let bytes = if short { &bytes[..1] } else { bytes };
        let mut inner = self.disk.lock();
        write_at(&mut inner.contents[self.file], self.at, bytes);
        inner
            .log
            .push(Op::Write(self.file, self.at, bytes.to_vec()));
        self.at += bytes.len();
        Ok(bytes.len())
    }

    fn take_after(&mut self, _: &Look) -> io::Result<()> {
        self.disk.call().map(|_| ())
    }

    fn set_length(&mut self, length: u64) -> io::Result<()> {
        self.disk.call()?;
        let mut inner = self.disk.lock();
        inner.contents[self.file].resize(length as usize, 0);
        inner.log.push(Op::Length(self.file, length as usize));
        Ok(())
    }

    fn sync(&mut self) -> io::Result<()> {
        self.disk.call()?;
        self.disk.lock().log.push(Op::Sync(self.file));
        Ok(())
    }
}

fn write_at(content: &mut Vec<u8>, at: usize, bytes: &[u8]) {
    if content.len() < at + bytes.len() {
        content.resize(at + bytes.len(), 0);
    }
    content[at..at + bytes.len()].copy_from_slice(bytes);
}

impl Storage for Fake {
    fn look(&self, path: &Path) -> io::Result<Look> {
        self.call()?;
        let inner = self.lock();
        let file = *inner.names.get(path).ok_or(ErrorKind::NotFound)?;
        Ok(Look {
            length: inner.contents[file].len() as u64,
            ..Look::default()
        })
    }

    fn points_to(&self, _: &Path) -> io::Result<PathBuf> {
        Err(ErrorKind::InvalidInput.into())
    }

    fn read(&self, path: &Path, _: u64) -> io::Result<Vec<u8>> {
        self.call()?;
        let inner = self.lock();
        let file = *inner.names.get(path).ok_or(ErrorKind::NotFound)?;
        Ok(inner.contents[file].clone())
    }

    fn list(&self, folder: &Path) -> io::Result<Vec<PathBuf>> {
        self.call()?;
        let inner = self.lock();
        let inside = inner
            .names
            .keys()
            .filter(|path| path.parent() == Some(folder));
        Ok(inside.cloned().collect())
    }

    fn make_folder(&self, _: &Path) -> io::Result<()> {
        self.call().map(|_| ())
    }

    fn create(&self, path: &Path, _: Readers) -> io::Result<Box<dyn Sink>> {
        self.call()?;
        if self.lock().names.contains_key(path) {
            return Err(ErrorKind::AlreadyExists.into());
        }
        Ok(Box::new(self.make(path)))
    }

    fn overwrite(&self, path: &Path) -> io::Result<Box<dyn Sink>> {
        self.call()?;
        let known = self.lock().names.get(path).copied();
        Ok(Box::new(match known {
            Some(file) => FakeSink {
                disk: self.clone(),
                file,
                at: 0,
            },
            None => self.make(path),
        }))
    }

    fn link(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.call()?;
        // The first folder stands for the disk; sticks know no second names.
        let disk = |path: &Path| {
            path.components()
                .nth(1)
                .map(|name| name.as_os_str().to_owned())
        };
        if disk(from) != disk(to) || from.starts_with("/stick") {
            return Err(ErrorKind::CrossesDevices.into());
        }
        let mut inner = self.lock();
        let file = *inner.names.get(from).ok_or(ErrorKind::NotFound)?;
        inner.names.insert(to.to_owned(), file);
        inner.log.push(Op::Link(from.to_owned(), to.to_owned()));
        Ok(())
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.call()?;
        let mut inner = self.lock();
        let file = inner.names.remove(from).ok_or(ErrorKind::NotFound)?;
        inner.names.insert(to.to_owned(), file);
        inner.log.push(Op::Rename(from.to_owned(), to.to_owned()));
        Ok(())
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        self.call()?;
        let mut inner = self.lock();
        inner.names.remove(path).ok_or(ErrorKind::NotFound)?;
        inner.log.push(Op::Remove(path.to_owned()));
        Ok(())
    }

    fn sync_folder(&self, folder: &Path) -> io::Result<()> {
        self.call()?;
        self.lock().log.push(Op::SyncFolder(folder.to_owned()));
        Ok(())
    }
}

/// What a disk keeps of calls that were not waited for when the power goes.
#[derive(Debug, Clone, Copy)]
#[expect(clippy::struct_excessive_bools, reason = "each is a habit of a disk")]
pub(crate) struct Power {
    /// Names change in the order in which they were changed.
    pub ordered: bool,
    /// Renaming is three changes: the old name goes, the new one comes, the first one goes.
    pub fat: bool,
    /// Waiting for a folder works.
    pub folder_sync: bool,
    /// Waiting for a file makes its new name durable too.
    pub names_with_files: bool,
}

/// One change of one name.
#[derive(Debug, Clone)]
enum Step {
    Put(PathBuf, usize),
    Take(PathBuf),
    Move(PathBuf, PathBuf, usize),
}

impl Step {
    fn folder(&self) -> &Path {
        let (Self::Put(path, _) | Self::Take(path) | Self::Move(_, path, _)) = self;
        path.parent().unwrap()
    }

    fn apply(&self, names: &mut BTreeMap<PathBuf, usize>) {
        match self {
            Self::Put(path, file) => {
                names.insert(path.clone(), *file);
            }
            Self::Take(path) => {
                names.remove(path);
            }
            Self::Move(from, to, file) => {
                names.remove(from);
                names.insert(to.clone(), *file);
            }
        }
    }
}

/// A file's content on the disk, and what was written to it since.
#[derive(Debug, Clone, Default)]
struct Content {
    synced: Vec<u8>,
    writes: Vec<(usize, Vec<u8>)>,
    now: Vec<u8>,
}

impl Content {
    /// What may be found after the power went.
    fn variants(&self) -> Vec<Vec<u8>> {
        if self.writes.is_empty() && self.synced == self.now {
            return vec![self.synced.clone()];
        }
        let mut half = self.synced.clone();
        for (at, bytes) in &self.writes {
            write_at(&mut half, *at, &bytes[..bytes.len() / 2]);
        }
        let mut longer = self.synced.clone();
        longer.resize(self.now.len(), 0);
        let torn = self.now.iter().enumerate();
        let torn = torn
            .map(|(at, &byte)| if at % 1024 < 512 { byte } else { 0 })
            .collect();
        let all = [self.synced.clone(), half, longer, torn, self.now.clone()];
        BTreeSet::from(all).into_iter().collect()
    }
}

impl Fake {
    /// Every state in which the power can leave a disk that began with these files.
    pub fn crash_states(&self, began: &Files, power: impl Fn(&Path) -> Power) -> Vec<Files> {
        let log = self.lock().log.clone();
        let mut states = BTreeSet::new();
        for end in 0..=log.len() {
            states.extend(after(began, &log[..end], &power));
        }
        states.into_iter().collect()
    }
}

/// The states after these calls and no more.
fn after(began: &Files, log: &[Op], power: &impl Fn(&Path) -> Power) -> Vec<Files> {
    let mut contents: BTreeMap<usize, Content> = BTreeMap::new();
    let mut now: BTreeMap<PathBuf, usize> = BTreeMap::new();
    for (file, (path, bytes)) in began.iter().enumerate() {
        let content = Content {
            synced: bytes.clone(),
            now: bytes.clone(),
            ..Content::default()
        };
        contents.insert(file, content);
        now.insert(path.clone(), file);
    }
    let durable = now.clone();
    let mut steps: Vec<Step> = Vec::new();
    // The steps up to here are on the disk, by position.
    let mut settled: BTreeSet<usize> = BTreeSet::new();
    for op in log {
        match op {
            Op::Create(path, file) => {
                contents.insert(*file, Content::default());
                now.insert(path.clone(), *file);
                steps.push(Step::Put(path.clone(), *file));
            }
            Op::Write(file, at, bytes) => {
                let content = contents.get_mut(file).unwrap();
                write_at(&mut content.now, *at, bytes);
                content.writes.push((*at, bytes.clone()));
            }
            Op::Length(file, length) => {
                contents.get_mut(file).unwrap().now.resize(*length, 0);
            }
            Op::Sync(file) => {
                let content = contents.get_mut(file).unwrap();
                content.synced = content.now.clone();
                content.writes.clear();
                let steps = steps.iter().enumerate();
                let of_file = steps.filter(|(_, step)| {
                    matches!(step, Step::Put(path, put) if put == file && power(path).names_with_files)
                });
                settled.extend(of_file.map(|(number, _)| number));
            }
            Op::Rename(from, to) => {
                let file = now.remove(from).unwrap();
                let replaced = now.insert(to.clone(), file).is_some();
                if power(to).fat {
                    if replaced {
                        steps.push(Step::Take(to.clone()));
                    }
                    steps.push(Step::Put(to.clone(), file));
                    steps.push(Step::Take(from.clone()));
                } else {
                    steps.push(Step::Move(from.clone(), to.clone(), file));
                }
            }
            Op::Remove(path) => {
                now.remove(path);
                steps.push(Step::Take(path.clone()));
            }
            Op::Link(from, to) => {
                let file = now[from];
                now.insert(to.clone(), file);
                steps.push(Step::Put(to.clone(), file));
            }
            Op::SyncFolder(folder) => {
                let steps = steps.iter().enumerate();
                let of_folder =
                    steps.filter(|(_, step)| step.folder() == folder && power(folder).folder_sync);
                settled.extend(of_folder.map(|(number, _)| number));
            }
        }
    }
    let pending: Vec<usize> = (0..steps.len())
        .filter(|step| !settled.contains(step))
        .collect();
    let mut states = Vec::new();
    for kept in kept_sets(&pending, &steps, power) {
        let mut names = durable.clone();
        for (number, step) in steps.iter().enumerate() {
            if settled.contains(&number) || kept.contains(&number) {
                step.apply(&mut names);
            }
        }
        states.extend(with_contents(&names, &contents));
    }
    states
}

/// Which of the pending steps may have reached the disk: any, but an ordered disk's in their order.
fn kept_sets(
    pending: &[usize],
    steps: &[Step],
    power: &impl Fn(&Path) -> Power,
) -> Vec<BTreeSet<usize>> {
    let mut sets = Vec::new();
    for mask in 0u32..1 << pending.len() {
        let is_kept = |place: usize| mask & (1 << place) != 0;
        let in_order = (0..pending.len()).all(|place| {
            let folder = steps[pending[place]].folder();
            let earlier = (0..place).filter(|&other| steps[pending[other]].folder() == folder);
            !is_kept(place) || !power(folder).ordered || earlier.into_iter().all(is_kept)
        });
        if in_order {
            let kept = (0..pending.len()).filter(|&place| is_kept(place));
            sets.push(kept.map(|place| pending[place]).collect());
        }
    }
    sets
}

/// The names with every content their files may have.
fn with_contents(
    names: &BTreeMap<PathBuf, usize>,
    contents: &BTreeMap<usize, Content>,
) -> Vec<Files> {
    let mut states = vec![Files::new()];
    for (path, file) in names {
        let variants = contents[file].variants();
        let longer = states.iter().flat_map(|state| {
            variants.iter().map(|bytes| {
                let mut state = state.clone();
                state.insert(path.clone(), bytes.clone());
                state
            })
        });
        states = longer.collect();
    }
    states
}
