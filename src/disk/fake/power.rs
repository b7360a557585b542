//! What is left on a disk when the power goes between its calls.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use super::{Fake, Files, Op, write_at};

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
enum NameChange {
    Put(PathBuf, usize),
    Take(PathBuf),
    Move(PathBuf, PathBuf, usize),
}

impl NameChange {
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
    let mut steps: Vec<NameChange> = Vec::new();
    // The steps up to here are on the disk, by position.
    let mut settled: BTreeSet<usize> = BTreeSet::new();
    for op in log {
        match op {
            Op::Create(path, file) => {
                contents.insert(*file, Content::default());
                now.insert(path.clone(), *file);
                steps.push(NameChange::Put(path.clone(), *file));
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
                    matches!(step, NameChange::Put(path, put) if put == file && power(path).names_with_files)
                });
                settled.extend(of_file.map(|(number, _)| number));
            }
            Op::Rename(from, to) => {
                let file = now.remove(from).unwrap();
                let replaced = now.insert(to.clone(), file).is_some();
                if power(to).fat {
                    if replaced {
                        steps.push(NameChange::Take(to.clone()));
                    }
                    steps.push(NameChange::Put(to.clone(), file));
                    steps.push(NameChange::Take(from.clone()));
                } else {
                    steps.push(NameChange::Move(from.clone(), to.clone(), file));
                }
            }
            Op::Remove(path) => {
                now.remove(path);
                steps.push(NameChange::Take(path.clone()));
            }
            Op::Link(from, to) => {
                let file = now[from];
                now.insert(to.clone(), file);
                steps.push(NameChange::Put(to.clone(), file));
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
    steps: &[NameChange],
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
