//! A disk in memory for tests: it can refuse any call, and lose power after any of them.

mod power;

use std::collections::BTreeMap;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard};

use super::door::{Metadata, Readers, Storage, WriteFile};
use super::hold::Hold;
pub(crate) use power::Power;

/// The files of a disk by name.
pub(crate) type Files = BTreeMap<PathBuf, Vec<u8>>;

/// How a call goes wrong.
#[derive(Debug, Clone, Copy)]
pub(crate) enum DiskFault {
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
    fault: Option<(usize, DiskFault, bool)>,
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
    pub fn fail(&self, call: usize, fault: DiskFault, for_good: bool) {
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
                DiskFault::Error(code) => Err(io::Error::from_raw_os_error(code)),
                DiskFault::Short => Ok(true),
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

impl WriteFile for FakeSink {
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

    fn take_after(&mut self, _: &Metadata) -> io::Result<()> {
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

    fn sync_content(&mut self) -> io::Result<()> {
        self.sync()
    }
}

fn write_at(content: &mut Vec<u8>, at: usize, bytes: &[u8]) {
    if content.len() < at + bytes.len() {
        content.resize(at + bytes.len(), 0);
    }
    content[at..at + bytes.len()].copy_from_slice(bytes);
}

impl Storage for Fake {
    fn look(&self, path: &Path) -> io::Result<Metadata> {
        self.call()?;
        let inner = self.lock();
        let file = *inner.names.get(path).ok_or(ErrorKind::NotFound)?;
        Ok(Metadata {
            is_regular: true,
            length: inner.contents[file].len() as u64,
            ..Metadata::default()
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

    fn create(&self, path: &Path, _: Readers) -> io::Result<Box<dyn WriteFile>> {
        self.call()?;
        if self.lock().names.contains_key(path) {
            return Err(ErrorKind::AlreadyExists.into());
        }
        Ok(Box::new(self.make(path)))
    }

    fn overwrite(&self, path: &Path) -> io::Result<Box<dyn WriteFile>> {
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

    fn hold(&self, _: &Path) -> io::Result<Option<Hold>> {
        // One test is the only one that saves here.
        Ok(None)
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
        if inner.names.contains_key(to) {
            return Err(ErrorKind::AlreadyExists.into());
        }
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
