//! Power cuts and failing disks during a save with history and recovery files.

use std::path::{Path, PathBuf};

use super::save::{Precondition, SaveJob};
use super::slot::{self, SlotState, Snapshot};
use super::{Places, history, session};
use crate::disk::fake::{DiskFault, Fake, Files, Power};
use crate::form;
use crate::report::{Draft, Edit, Entry, Report};
use crate::store;

const FILE: &str = "/stick/draft.nianbao";
const HOME_FILE: &str = "/home/draft.nianbao";
const HISTORY: &str = "/home/history";
const SLOT: &str = "/home/recover/1";

fn draft(issuer: &str) -> Draft {
    let edition = form::by_id("2021").unwrap();
    let mut report = Report::new(edition.clone(), 2025);
    let issuer = Entry::Text(issuer.to_owned());
    report.apply(Edit::Enter(edition.issuer_field, issuer));
    Draft::new(report)
}

fn snapshot(issuer: &str) -> Snapshot {
    Snapshot {
        draft: draft(issuer),
        path: Some(FILE.into()),
        base: None,
    }
}

/// A disk with a saved draft and, as in every session, a recovery file of the changed one.
fn desk(file: &str, history: &str) -> (Fake, Files) {
    let mut files = Files::from([(PathBuf::from(file), store::to_bytes(&draft("旧")))]);
    let first = Fake::default();
    let mut turn = SlotState::default();
    let stem = slot_beside(history);
    slot::write(&first, &stem, &mut turn, &snapshot("新")).unwrap();
    files.extend(first.files());
    (Fake::with(&files), files)
}

fn slot_beside(history: &str) -> PathBuf {
    if history == HISTORY {
        PathBuf::from(SLOT)
    } else {
        PathBuf::from("/stick/data/recover/1")
    }
}

fn save(disk: &Fake, file: &str, history: &str) -> Result<(), super::save::SaveError> {
    let job = SaveJob {
        storage: disk,
        path: Path::new(file),
        history: Some(Path::new(history)),
        expected: Precondition::Anything,
    };
    job.run(&draft("新")).map(drop)
}

fn issuer(bytes: Option<&Vec<u8>>) -> Option<String> {
    let draft = store::from_bytes(bytes?, Path::new(FILE)).ok()?;
    Some(draft.report().issuer().to_owned())
}

/// What a clerk finds after the power came back.
#[derive(Debug, Default)]
struct Tally {
    states: usize,
    /// The file opens as the old or the new version.
    opens: usize,
    /// It does not, but both versions are offered.
    offered: usize,
    /// It does not, and only the new version is offered.
    new_only: usize,
    /// Something is lost.
    lost: usize,
}

fn tally(file: &str, history: &str, ordered: bool, folder_sync: bool) -> Tally {
    let (disk, files) = desk(file, history);
    save(&disk, file, history).unwrap();
    let power = |path: &Path| Power {
        fat: path.starts_with("/stick"),
        ordered,
        folder_sync,
        // Where a folder cannot be waited for, the disk under the home folder flushes its journal.
        names_with_files: !folder_sync && path.starts_with("/home"),
    };
    let mut tally = Tally::default();
    for state in disk.crash_states(&files, power) {
        tally.states += 1;
        let found = issuer(state.get(Path::new(file)));
        let after = Fake::with(&state);
        let kept = history::versions(&after, Path::new(history));
        let kept = kept
            .iter()
            .filter_map(|version| issuer(state.get(&version.path)));
        let has_old = kept.into_iter().any(|issuer| issuer == "旧");
        let recovered = slot::read(&after, &slot_beside(history));
        let has_new = recovered.is_some_and(|file| file.draft.report().issuer() == "新");
        match found.as_deref() {
            Some("旧" | "新") if has_new => tally.opens += 1,
            _ if has_old && has_new => tally.offered += 1,
            _ if has_new => tally.new_only += 1,
            other => {
                tally.lost += 1;
                eprintln!("lost: {other:?} {has_old} {has_new} {:?}", state.keys());
            }
        }
    }
    tally
}

#[test]
fn no_power_cut_during_a_save_loses_the_old_or_the_new_version() {
    let mut all = 0;
    for (name, file, ordered, folder_sync) in [
        ("journal, in order", HOME_FILE, true, true),
        ("journal, any order", HOME_FILE, false, true),
        ("journal, no folder sync", HOME_FILE, true, false),
        (
            "journal, any order, no folder sync",
            HOME_FILE,
            false,
            false,
        ),
        ("FAT, in order", FILE, true, true),
        ("FAT, any order", FILE, false, true),
        ("FAT, no folder sync", FILE, true, false),
        ("FAT, any order, no folder sync", FILE, false, false),
    ] {
        let tally = tally(file, HISTORY, ordered, folder_sync);
        println!("{name}: {tally:?}");
        assert_eq!((tally.lost, tally.new_only), (0, 0), "{name}");
        assert!(tally.states > 5 && tally.opens > 0, "{name}");
        assert!(file == FILE || tally.offered == 0, "{name}");
        all += tally.states;
    }
    assert!(all > 50, "{all}");
}

#[test]
fn a_portable_program_keeps_the_new_version_even_on_the_poorest_stick() {
    for (ordered, folder_sync) in [(true, true), (false, true), (true, false), (false, false)] {
        let tally = tally(FILE, "/stick/data/history", ordered, folder_sync);
        println!("portable: {tally:?}");
        assert_eq!(tally.lost, 0);
        assert!(!folder_sync || tally.new_only == 0);
    }
}

#[test]
fn whatever_call_of_a_save_fails_one_version_opens_and_the_error_is_told() {
    let (clean, files) = desk(FILE, HISTORY);
    clean.fail(usize::MAX, DiskFault::Short, false);
    save(&clean, FILE, HISTORY).unwrap();
    let calls = clean.calls();
    let (mut told, mut saved) = (0, 0);
    for fault in [28, 5, 13, 30, 6]
        .map(DiskFault::Error)
        .into_iter()
        .chain([DiskFault::Short])
    {
        for call in 0..calls {
            for for_good in [false, true] {
                let disk = Fake::with(&files);
                disk.fail(call, fault, for_good);
                let outcome = save(&disk, FILE, HISTORY);
                disk.heal();
                let found = issuer(disk.files().get(Path::new(FILE)));
                match outcome {
                    Ok(()) => {
                        saved += 1;
                        assert_eq!(found.as_deref(), Some("新"), "{call} {fault:?}");
                    }
                    Err(error) => {
                        told += 1;
                        assert!(matches!(found.as_deref(), Some("旧" | "新")));
                        assert!(error.to_string().contains("没有保存"));
                    }
                }
            }
        }
    }
    println!(
        "{} faults at {calls} calls: {told} told, {saved} saved all the same",
        told + saved
    );
    assert!(told > 50);
}

#[test]
fn of_two_slots_one_is_whole_whenever_the_power_goes() {
    let stem = Path::new(SLOT);
    let disk = Fake::default();
    let mut turn = SlotState::default();
    slot::write(&disk, stem, &mut turn, &snapshot("一")).unwrap();
    let began = disk.files();
    let disk = Fake::with(&began);
    for issuer in ["二", "三", "四"] {
        slot::write(&disk, stem, &mut turn, &snapshot(issuer)).unwrap();
    }
    let power = |_: &Path| Power {
        ordered: false,
        fat: true,
        folder_sync: true,
        names_with_files: false,
    };
    let states = disk.crash_states(&began, power);
    assert!(states.len() > 5);
    for state in states {
        let found = slot::read(&Fake::with(&state), stem);
        assert!(found.is_some(), "{:?}", state.keys());
    }
}

#[test]
fn a_full_disk_still_takes_what_is_typed_into_a_draft_that_was_begun() {
    let disk = Fake::default();
    let mut turn = SlotState::default();
    let stem = Path::new(SLOT);
    for issuer in ["一", "二"] {
        slot::write(&disk, stem, &mut turn, &snapshot(issuer)).unwrap();
    }
    let room: usize = disk.files().values().map(Vec::len).sum();
    let longer = "镇".repeat(5000);
    slot::write(&disk, stem, &mut turn, &snapshot(&longer)).unwrap();
    let now: usize = disk.files().values().map(Vec::len).sum();
    assert_eq!(room, now);
    let found = slot::read(&disk, stem).unwrap();
    assert_eq!(found.draft.report().issuer(), longer);
}

#[test]
fn a_session_that_is_still_running_is_no_orphan() {
    let folder = tempfile::tempdir().unwrap();
    let places = Places::under(folder.path());
    let session = session::Session::start(&places).unwrap();
    let stem = session.folder().join("1");
    let mut turn = SlotState::default();
    slot::write(&crate::disk::Real, &stem, &mut turn, &snapshot("新")).unwrap();
    assert!(session::orphans(&places, None).is_empty());
    // Dropped, a session leaves what it could not bring into a save.
    drop(session);
    let orphans = session::orphans(&places, None);
    assert_eq!(orphans.len(), 1);
    assert_eq!(orphans[0].files[0].path.as_deref(), Some(Path::new(FILE)));
    // Whoever looks first has it.
    assert!(session::orphans(&places, None).is_empty());
    slot::remove(&crate::disk::Real, &stem);
    drop(orphans);
    assert_eq!(std::fs::read_dir(places.recovery()).unwrap().count(), 0);
}
