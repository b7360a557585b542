//! The versions that stood in a draft's file before each save (历史版本).

use std::collections::BTreeSet;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::SystemTime;

use super::{Places, millis, time_of};
use crate::disk::{self, Readers, Real, Storage};
use crate::report::Draft;
use crate::store;

/// How many of the latest versions are kept in any case.
const LATEST: usize = 10;
/// For how many days the last version of each day is kept; beyond, it is the last of each week.
const DAYS: u64 = 30;
/// The eight hours by which the readers' clock is ahead of UTC.
const OFFSET_MILLIS: u64 = 8 * 3_600_000;
const DAY_MILLIS: u64 = 86_400_000;

/// A version that was replaced by a later one.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Version {
    /// The how manieth it is; 0 for those of earlier programs, which are ordered by their time.
    pub sequence: u64,
    /// When it was saved, in milliseconds since 1970.
    pub saved: u64,
    /// Where it is kept.
    pub path: PathBuf,
    /// Its length in bytes.
    pub length: u64,
}

impl Version {
    /// When it was saved.
    #[must_use]
    pub fn saved_at(&self) -> SystemTime {
        time_of(self.saved)
    }

    /// The version as a draft.
    ///
    /// # Errors
    /// As every draft file.
    pub fn load(&self) -> Result<Draft, store::StoreError> {
        store::load(&self.path)
    }
}

/// The folder that holds the history of the draft at `path`.
#[must_use]
pub fn folder(places: &Places, path: &Path) -> PathBuf {
    let target = disk::real_target(&Real, path);
    let target = std::path::absolute(&target).unwrap_or(target);
    let target = std::fs::canonicalize(disk::folder_of(&target))
        .ok()
        .and_then(|folder| Some(folder.join(target.file_name()?)))
        .unwrap_or(target);
    let stem = target.file_stem().map(|stem| stem.to_string_lossy());
    let stem = disk::safe_name(&stem.unwrap_or_default());
    let place = crc32fast::hash(target.as_os_str().as_encoded_bytes());
    places.history().join(format!("{stem}-{place:08x}"))
}

/// How a version is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum VersionKind {
    /// As a second name of the file, which is safe while the file is replaced and not written over.
    Linked,
    /// As a file of its own.
    Copied,
}

/// Keeps the version that stands in `target`, whose bytes are `old`.
///
/// Where it is copied, the folder is to be synced before the version is replaced.
pub fn keep(
    storage: &dyn Storage,
    folder: &Path,
    target: &Path,
    old: &[u8],
) -> io::Result<VersionKind> {
    static NEXT: AtomicU64 = AtomicU64::new(0);
    storage.make_folder(folder)?;
    let look = storage.look(target)?;
    let saved = millis(look.modified.unwrap_or_else(SystemTime::now));
    let now = SystemTime::now();
    let number = NEXT.fetch_add(1, Ordering::Relaxed);
    let own = millis(now) % 1_000_000;
    // A clock that was set back makes no version older than those before it.
    let sequence = versions(storage, folder)
        .first()
        .map_or(1, |latest| latest.sequence + 1);
    let name = format!(
        "{saved}-{:x}-{own:x}{number:x}-{sequence}.{}",
        std::process::id(),
        store::EXTENSION
    );
    let kept = folder.join(name);
    if storage.link(target, &kept).is_ok() {
        return Ok(VersionKind::Linked);
    }
    // Under its own name at once: a half written version is known by its checksum, and some
    // systems make a new name durable together with its file, but not a changed one.
    let mut sink = storage.create(&kept, Readers::Owner)?;
    let written = disk::write_all(sink.as_mut(), old).and_then(|()| disk::sync(sink.as_mut()));
    if written.is_err() {
        drop(storage.remove(&kept));
    }
    written.map(|()| VersionKind::Copied)
}

/// The versions of a draft, the latest first.
#[must_use]
pub fn versions(storage: &dyn Storage, folder: &Path) -> Vec<Version> {
    let files = storage.list(folder).unwrap_or_default();
    let mut versions: Vec<_> = files
        .into_iter()
        .filter_map(|path| {
            let name = path.file_name()?.to_str()?;
            let name = name.strip_suffix(store::EXTENSION)?.strip_suffix('.')?;
            let words: Vec<_> = name.split('-').collect();
            let saved = words.first().filter(|_| words.len() > 2)?.parse().ok()?;
            let sequence = words.get(3).and_then(|word| word.parse().ok());
            // A link is none of ours and may lead anywhere.
            if storage.points_to(&path).is_ok() {
                return None;
            }
            let length = storage.look(&path).ok()?.length;
            Some(Version {
                sequence: sequence.unwrap_or(0),
                saved,
                path,
                length,
            })
        })
        .collect();
    versions.sort_unstable_by(|a, b| b.cmp(a));
    versions
}

/// The versions that may go: all but the last ten, the last of each day, then of each week; and
/// the oldest, as long as all together take more than `limit` bytes. The latest always stays.
#[must_use]
pub fn surplus(versions: &[Version], now: SystemTime, limit: u64) -> Vec<&Version> {
    let today = (millis(now) + OFFSET_MILLIS) / DAY_MILLIS;
    let (mut days, mut weeks) = (BTreeSet::new(), BTreeSet::new());
    let mut total = 0;
    let mut surplus = Vec::new();
    for (place, version) in versions.iter().enumerate() {
        let day = (version.saved + OFFSET_MILLIS) / DAY_MILLIS;
        let first_of_day = days.insert(day);
        let first_of_week = weeks.insert(day / 7);
        let recent = today.saturating_sub(day) < DAYS;
        let wanted = place < LATEST || (recent && first_of_day) || first_of_week;
        let fits = place == 0 || total + version.length <= limit;
        if wanted && fits {
            total += version.length;
        } else {
            surplus.push(version);
        }
    }
    surplus
}

/// Lets go of the versions that are not to be kept.
pub fn thin(storage: &dyn Storage, folder: &Path, limit: u64) {
    let versions = versions(storage, folder);
    for version in surplus(&versions, SystemTime::now(), limit) {
        drop(storage.remove(&version.path));
    }
}

/// The history of one draft, whether the draft is still there or not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shelf {
    /// The name of the draft's file, as far as it is known.
    pub name: String,
    /// Where the versions are.
    pub folder: PathBuf,
    /// The number of versions.
    pub count: usize,
    /// The length of all of them in bytes.
    pub bytes: u64,
    /// When the latest was saved, in milliseconds since 1970.
    pub saved: u64,
}

/// The histories of all drafts that are kept, the largest first.
#[must_use]
pub fn shelves(places: &Places) -> Vec<Shelf> {
    let folders = Real.list(&places.history()).unwrap_or_default();
    let shelf = |folder: PathBuf| {
        let is_own = std::fs::symlink_metadata(&folder).is_ok_and(|found| found.is_dir());
        let versions = if is_own {
            versions(&Real, &folder)
        } else {
            Vec::new()
        };
        let latest = versions.first()?.saved;
        let name = folder.file_name()?.to_string_lossy().into_owned();
        let name = name
            .rsplit_once('-')
            .map_or(name.clone(), |(name, _)| name.to_owned());
        Some(Shelf {
            name,
            count: versions.len(),
            bytes: versions.iter().map(|version| version.length).sum(),
            saved: latest,
            folder,
        })
    };
    let mut shelves: Vec<_> = folders.into_iter().filter_map(shelf).collect();
    shelves.sort_by_key(|shelf| std::cmp::Reverse(shelf.bytes));
    shelves
}

/// Removes every version of a draft.
///
/// # Errors
/// What the system says about the first one that stays.
pub fn clear(folder: &Path) -> io::Result<()> {
    match std::fs::remove_dir_all(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn version(saved: u64, length: u64) -> Version {
        Version {
            sequence: 0,
            saved,
            path: PathBuf::from(saved.to_string()),
            length,
        }
    }

    fn left(versions: &[Version], now: u64, limit: u64) -> Vec<u64> {
        let surplus = surplus(versions, time_of(now), limit);
        let kept = versions.iter().filter(|version| !surplus.contains(version));
        kept.map(|version| version.saved / DAY_MILLIS).collect()
    }

    #[test]
    fn the_last_ten_stay_then_one_a_day_then_one_a_week() {
        let now = 20_000 * DAY_MILLIS;
        // Three versions a day for a hundred days.
        let mut versions: Vec<_> = (0..300)
            .map(|n| version(now - n * DAY_MILLIS / 3, 1))
            .collect();
        versions.sort_unstable_by(|a, b| b.cmp(a));
        let kept = left(&versions, now, u64::MAX);
        assert!(
            kept.len() > 10 + 25 + 8 && kept.len() < 10 + 31 + 12,
            "{kept:?}"
        );
        let old: Vec<_> = kept.iter().filter(|&&day| day < 19_960).collect();
        assert!(
            old.windows(2).all(|pair| *pair[0] - *pair[1] == 7),
            "{old:?}"
        );
    }

    #[test]
    fn the_history_is_bounded_but_the_latest_version_stays() {
        let now = 20_000 * DAY_MILLIS;
        let versions: Vec<_> = (0..5).map(|n| version(now - n, 100)).collect();
        assert_eq!(left(&versions, now, 250).len(), 2);
        assert_eq!(left(&versions, now, 0).len(), 1);
    }
}
