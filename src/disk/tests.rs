//! Saving on disks that refuse, stall, or lose power.

use std::fs;
use std::io;
use std::path::Path;

use super::fake::{DiskFault, Fake, Files, Power};
use super::*;
use crate::system;

const FILE: &str = "/desk/draft";

fn began() -> Files {
    Files::from([(FILE.into(), b"the old version".to_vec())])
}

fn save(disk: &Fake, bytes: &[u8]) -> io::Result<()> {
    AtomicWrite::beside(disk, Path::new(FILE), bytes, Access::Owner)?
        .put_in_place(None)
        .map(drop)
}

#[test]
fn whatever_call_fails_the_old_version_stands_or_the_new_one_is_told() {
    let clean = Fake::with(&began());
    clean.fail(usize::MAX, DiskFault::Short, false);
    save(&clean, b"the new version").unwrap();
    let calls = clean.calls();
    assert!(calls > 6, "{calls}");
    let (mut told, mut saved) = (0, 0);
    // ENOSPC, EIO, EACCES, EROFS, ENXIO, EINTR, and a write of one byte.
    let errors = [28, 5, 13, 30, 6, 4].map(DiskFault::Error);
    for fault in errors.into_iter().chain([DiskFault::Short]) {
        for call in 0..calls {
            let disk = Fake::with(&began());
            disk.fail(call, fault, false);
            let outcome = save(&disk, b"the new version");
            disk.heal();
            let files = disk.files();
            let found = &files[Path::new(FILE)];
            match outcome {
                Ok(()) => {
                    saved += 1;
                    assert_eq!(found, b"the new version", "call {call}, {fault:?}");
                }
                Err(error) => {
                    told += 1;
                    assert!(found == b"the old version" || found == b"the new version");
                    assert!(!advice(&error).is_empty());
                }
            }
            // Only a disk that does not even remove keeps what was written beside.
            let removing_failed = files.len() == 2;
            assert!(
                !removing_failed || matches!(fault, DiskFault::Error(_)),
                "{call}"
            );
        }
    }
    assert!(told > 20 && saved > 7, "{told} told, {saved} saved");
}

#[test]
fn when_only_the_folder_does_not_answer_the_new_version_stands_and_that_is_told() {
    let clean = Fake::with(&began());
    clean.fail(usize::MAX, DiskFault::Short, false);
    save(&clean, b"the new version").unwrap();
    let disk = Fake::with(&began());
    disk.fail(clean.calls() - 1, DiskFault::Error(5), false);
    let path = Path::new(FILE);
    let prepared = AtomicWrite::beside(&disk, path, b"the new version", Access::Owner).unwrap();
    let placed = prepared.put_in_place(None).unwrap();
    assert!(placed.unsettled.is_some());
    assert_eq!(disk.files()[path], b"the new version");
}

#[test]
fn a_new_file_takes_nobodys_place() {
    for name in [FILE, "/stick/draft"] {
        let path = Path::new(name);
        let write = |disk: &Fake| {
            let prepared = AtomicWrite::beside(disk, path, b"new", Access::Owner)?;
            prepared.put_where_nothing_is()
        };
        let empty = Fake::default();
        assert!(write(&empty).unwrap().unsettled.is_none());
        assert_eq!(empty.files(), Files::from([(path.into(), b"new".to_vec())]));
        let error = write(&empty).unwrap_err();
        assert_eq!(Refusal::of(&error), Some(Refusal::Exists));
        assert_eq!(empty.files().len(), 1);
    }
}

#[test]
fn a_disk_that_fails_for_good_keeps_the_old_version() {
    for call in 0..20 {
        let disk = Fake::with(&began());
        disk.fail(call, DiskFault::Error(5), true);
        let outcome = save(&disk, b"the new version");
        disk.heal();
        let files = disk.files();
        let found = &files[Path::new(FILE)];
        assert!(found == b"the old version" || found == b"the new version");
        assert!(
            outcome.is_err() || found == b"the new version",
            "call {call}"
        );
    }
}

#[test]
fn a_power_cut_leaves_the_old_version_or_the_new_one() {
    let disk = Fake::with(&began());
    save(&disk, b"the new version").unwrap();
    for (ordered, folder_sync) in [(true, true), (false, true), (true, false), (false, false)] {
        let power = |_: &Path| Power {
            ordered,
            fat: false,
            folder_sync,
            names_with_files: false,
        };
        let states = disk.crash_states(&began(), power);
        assert!(states.len() > 5);
        for files in states {
            let found = &files[Path::new(FILE)];
            assert!(found == b"the old version" || found == b"the new version");
        }
    }
}

/// A disk that refuses to rename over a file, as old file servers do.
struct NoRename(Fake);

impl Storage for NoRename {
    fn rename(&self, _: &Path, _: &Path) -> io::Result<()> {
        Err(io::ErrorKind::AlreadyExists.into())
    }
    fn look(&self, path: &Path) -> io::Result<Metadata> {
        self.0.look(path)
    }
    fn points_to(&self, path: &Path) -> io::Result<std::path::PathBuf> {
        self.0.points_to(path)
    }
    fn read(&self, path: &Path, limit: u64) -> io::Result<Vec<u8>> {
        self.0.read(path, limit)
    }
    fn list(&self, folder: &Path) -> io::Result<Vec<std::path::PathBuf>> {
        self.0.list(folder)
    }
    fn make_folder(&self, folder: &Path) -> io::Result<()> {
        self.0.make_folder(folder)
    }
    fn create(&self, path: &Path, readers: Readers) -> io::Result<Box<dyn WriteFile>> {
        self.0.create(path, readers)
    }
    fn overwrite(&self, path: &Path) -> io::Result<Box<dyn WriteFile>> {
        self.0.overwrite(path)
    }
    fn hold(&self, folder: &Path) -> io::Result<Option<Hold>> {
        self.0.hold(folder)
    }
    fn link(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.0.link(from, to)
    }
    fn remove(&self, path: &Path) -> io::Result<()> {
        self.0.remove(path)
    }
    fn sync_folder(&self, folder: &Path) -> io::Result<()> {
        self.0.sync_folder(folder)
    }
}

#[test]
fn where_renaming_is_refused_the_file_is_written_over_with_both_versions_safe() {
    let disk = NoRename(Fake::with(&began()));
    let save = |kept| {
        let prepared = AtomicWrite::beside(&disk, Path::new(FILE), b"new", Access::Owner)?;
        prepared.put_in_place(kept).map(drop)
    };
    assert!(save(None).is_err());
    assert_eq!(disk.0.files(), began());
    save(Some(b"the old version")).unwrap();
    assert_eq!(disk.0.files()[Path::new(FILE)], b"new");
    // At no moment of the writing is a whole version missing from the folder.
    let power = |_: &Path| Power {
        ordered: false,
        fat: true,
        folder_sync: true,
        names_with_files: false,
    };
    for files in disk.0.crash_states(&began(), power) {
        let whole = |bytes: &Vec<u8>| bytes == b"new" || bytes == b"the old version";
        assert!(files.values().any(whole), "{files:?}");
    }
}

#[test]
fn a_file_is_replaced_whole_and_nothing_stays_beside_it() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("青山镇 2025.nianbao");
    replace(&path, b"one", Access::Owner).unwrap();
    replace(&path, b"two", Access::Owner).unwrap();
    assert_eq!(fs::read(&path).unwrap(), b"two");
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
}

#[test]
fn what_cannot_be_replaced_stays_as_it_was() {
    let folder = tempfile::tempdir().unwrap();
    let kind = |path: &Path| replace(path, b"x", Access::Owner).unwrap_err().kind();
    assert_eq!(kind(folder.path()), io::ErrorKind::IsADirectory);
    let missing = folder.path().join("no").join("file");
    assert_eq!(kind(&missing), io::ErrorKind::NotFound);
}

#[cfg(unix)]
#[test]
fn permissions_are_kept_and_links_followed() {
    use std::os::unix::fs::{PermissionsExt as _, symlink};
    let folder = tempfile::tempdir().unwrap();
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    let path = folder.path().join("draft");
    replace(&path, b"one", Access::Owner).unwrap();
    assert_eq!(mode(&path), 0o600);
    fs::set_permissions(&path, fs::Permissions::from_mode(0o664)).unwrap();
    let link = folder.path().join("link");
    symlink("draft", &link).unwrap();
    replace(&link, b"two", Access::Owner).unwrap();
    assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
    assert_eq!(fs::read(&path).unwrap(), b"two");
    assert_eq!(mode(&path), 0o664);
    // A link to a file that is not there yet makes that file.
    let dangling = folder.path().join("dangling");
    symlink(folder.path().join("later"), &dangling).unwrap();
    replace(&dangling, b"three", Access::Owner).unwrap();
    assert_eq!(fs::read(folder.path().join("later")).unwrap(), b"three");
}

#[test]
fn what_a_dead_process_left_beside_is_swept_and_nothing_else() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("draft");
    let prepared = AtomicWrite::beside(&Real, &path, b"new", Access::Owner).unwrap();
    std::mem::forget(prepared);
    let left = Real.list(folder.path()).unwrap();
    let [mine] = left.as_slice() else {
        panic!("{left:?}")
    };
    let name = mine.file_name().unwrap().to_str().unwrap();
    let process = format!("-{}-", std::process::id());
    let dead = folder.path().join(name.replace(&process, "-4194305-"));
    fs::write(&dead, b"left").unwrap();
    fs::write(folder.path().join(".nianbao-note.tmp"), b"other").unwrap();
    sweep(&Real, &path);
    assert!(mine.exists());
    assert!(!dead.exists() || system::is_running(1).is_none());
    let old = std::time::SystemTime::now() - std::time::Duration::from_hours(2);
    let file = fs::File::options().write(true).open(mine).unwrap();
    file.set_modified(old).unwrap();
    drop(file);
    sweep(&Real, &path);
    assert!(!mine.exists());
    assert!(folder.path().join(".nianbao-note.tmp").exists());
}

#[test]
fn a_stream_that_breaks_leaves_what_stood_there() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("格.csv");
    let fill = |bytes: &'static [u8], breaks: bool| {
        super::stream(&path, Access::Usual, FileClaim::ANYTHING, move |out| {
            out.write_all(bytes)?;
            if breaks {
                return Err(io::Error::other("断了"));
            }
            Ok(())
        })
    };
    fill(b"old", false).unwrap();
    assert!(fill(b"half", true).is_err());
    assert_eq!(std::fs::read(&path).unwrap(), b"old");
    fill(b"new", false).unwrap();
    assert_eq!(std::fs::read(&path).unwrap(), b"new");
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
}
