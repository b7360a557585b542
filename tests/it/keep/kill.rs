//! Processes that are killed at any moment, and two that save at once.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::Write as _;
use std::path::Path;
use std::time::{Duration, Instant};

use nianbao::keep::Places;
use nianbao::keep::session::{self, Session};
use nianbao::keep::writer::{PACE, RecoveryWriter};
use nianbao::store;

use super::{draft, files, number, process, role, save, snapshot};

#[test]
fn two_processes_that_save_the_same_draft_never_mix() {
    // Where a file that is being read cannot be replaced, each save waits for its turn.
    const SAVES: i64 = if cfg!(windows) { 100 } else { 1000 };
    if let Some((folder, role)) = role() {
        let places = Places::under(&folder.join("data"));
        let own: i64 = role.parse().unwrap();
        for turn in 1..=SAVES {
            let draft = draft(own * 1_000_000 + turn);
            save(&draft, &folder.join("a.nianbao"), &places);
        }
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.nianbao");
    store::save(&draft(1), &path).unwrap();
    let name = "keep::kill::two_processes_that_save_the_same_draft_never_mix";
    let mut savers = [
        process(name, folder.path(), "1"),
        process(name, folder.path(), "2"),
    ];
    let (mut reads, mut seen) = (0, BTreeSet::new());
    while savers
        .iter_mut()
        .any(|saver| saver.try_wait().unwrap().is_none())
    {
        seen.insert(number(&store::load(&path).unwrap()));
        reads += 1;
        std::thread::sleep(Duration::from_millis(1));
    }
    for mut saver in savers {
        assert!(saver.wait().unwrap().success());
    }
    println!(
        "2 processes, {SAVES} saves each, {reads} reads of {} versions",
        seen.len()
    );
    assert_eq!(number(&store::load(&path).unwrap()) % 1_000_000, SAVES);
    assert_eq!(files(folder.path()), ["a.nianbao", "data"]);
}

/// A session as the window runs it: edits all the time, a recovery file at its pace, now and then
/// a save; what it did is written down before and after.
fn session_of_edits(folder: &Path, edits_a_save: i64, started: Instant) {
    let mut log = File::options()
        .append(true)
        .create(true)
        .open(folder.join("log"))
        .unwrap();
    let mut note = |what: &str, number: i64| {
        let line = format!("{what} {number} {}\n", started.elapsed().as_millis());
        log.write_all(line.as_bytes()).unwrap();
    };
    let places = Places::under(&folder.join("data"));
    let path = folder.join("a.nianbao");
    let session = Session::start(&places).unwrap();
    let stem = session.folder().join("1");
    let mut writer = RecoveryWriter::start(|| {}).unwrap();
    let mut sent: Option<Instant> = None;
    for edit in 1..i64::MAX {
        note("edit", edit);
        let is_due = sent.is_none_or(|sent| sent.elapsed() >= PACE);
        if is_due {
            sent = Some(Instant::now());
            writer.write(&stem, snapshot(edit, &path));
        }
        if edit % edits_a_save == 0 {
            save(&draft(edit), &path, &places);
            note("saved", edit);
            writer.remove(&stem);
        }
        std::thread::sleep(Duration::from_millis(3));
    }
}

/// The latest number on lines of this kind, and when it was written down.
fn latest(log: &str, what: &str, until: u128) -> i64 {
    let lines = log.lines().filter_map(|line| {
        let mut words = line.split(' ');
        let kind = words.next()?;
        let number: i64 = words.next()?.parse().ok()?;
        let time: u128 = words.next()?.parse().ok()?;
        (kind == what && time <= until).then_some(number)
    });
    lines.max().unwrap_or(0)
}

#[test]
fn a_session_killed_at_any_moment_loses_no_save_and_two_seconds_at_most() {
    if let Some((folder, role)) = role() {
        return session_of_edits(&folder, role.parse().unwrap(), Instant::now());
    }
    let rounds = std::env::var("NIANBAO_KILLS").ok();
    let rounds: u64 = rounds.and_then(|rounds| rounds.parse().ok()).unwrap_or(100);
    let next = std::sync::atomic::AtomicU64::new(0);
    let worst = std::sync::atomic::AtomicU64::new(0);
    std::thread::scope(|scope| {
        for _ in 0..16 {
            scope.spawn(|| {
                loop {
                    let round = next.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
                    if round >= rounds {
                        return;
                    }
                    let lost = kill_once(round);
                    worst.fetch_max(lost, std::sync::atomic::Ordering::Relaxed);
                }
            });
        }
    });
    println!("{rounds} kills: no save lost, no draft unreadable, {worst:?} ms of typing at most");
}

/// Kills a session at a moment that depends on the round; returns how many milliseconds of typing
/// are gone.
fn kill_once(round: u64) -> u64 {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.nianbao");
    let places = Places::under(&folder.path().join("data"));
    let name = "keep::kill::a_session_killed_at_any_moment_loses_no_save_and_two_seconds_at_most";
    // Some save all the time, some hardly ever, so that the recovery file counts.
    let edits_a_save = ["5", "40", "300", "100000"][usize::try_from(round % 4).unwrap()];
    let mut child = process(name, folder.path(), edits_a_save);
    // Moments of a golden-section sequence lie evenly and never repeat.
    let moment = (round.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 32) % 3000;
    std::thread::sleep(Duration::from_millis(200 + moment));
    child.kill().unwrap();
    child.wait().unwrap();
    let log = fs::read_to_string(folder.path().join("log")).unwrap_or_default();
    let saved = latest(&log, "saved", u128::MAX);
    let in_file = if path.exists() {
        number(&store::load(&path).unwrap())
    } else {
        0
    };
    assert!(
        in_file >= saved,
        "round {round}: saved {saved}, found {in_file}"
    );
    // What the kill left beside the draft goes with the next save.
    save(&draft(in_file.max(1)), &path, &places);
    let stray = files(folder.path());
    assert!(!stray.iter().any(|name| name.starts_with('.')), "{stray:?}");
    let orphans = session::orphans(&places, None);
    let recovered = orphans.first().and_then(|orphan| orphan.files.first());
    let recovered = recovered.map_or(0, |file| number(&file.draft));
    let have = in_file.max(recovered);
    let times = log.lines().filter_map(|line| line.split(' ').nth(2));
    let times: Vec<u128> = times.filter_map(|time| time.parse().ok()).collect();
    let end = times.iter().max().copied().unwrap_or(0);
    let two_seconds_before = end.checked_sub(2000);
    let typed = two_seconds_before.map_or(0, |until| latest(&log, "edit", until));
    assert!(
        have >= typed,
        "round {round}: typed {typed}, have {have}\n{log}"
    );
    // When the first edit that is gone was typed.
    let gone = log.lines().find_map(|line| {
        let words: Vec<_> = line.split(' ').collect();
        let number: i64 = words.get(1)?.parse().ok()?;
        (words[0] == "edit" && number > have).then(|| words[2].parse::<u128>().ok())?
    });
    u64::try_from(gone.map_or(0, |gone| end - gone)).unwrap()
}
