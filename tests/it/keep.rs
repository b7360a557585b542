//! What no crash may take: history, recovery files, locks, two at once, kill at any moment.
//!
//! `NIANBAO_KILLS=1000 cargo test --test it kill -- --nocapture` kills a thousand sessions.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use nianbao::keep::lock::{self, Asked};
use nianbao::keep::save::{self, Expected, HISTORY_MEGABYTES, SaveError, Stamp};
use nianbao::keep::session::{self, Session};
use nianbao::keep::writer::{PACE, Writer};
use nianbao::keep::{Places, Snapshot, history};
use nianbao::report::{Draft, Edit, Entry, Number};
use nianbao::store;

use crate::sample::{zero_draft, zero_report};

const ANYTHING: (Expected, u16) = (Expected::Anything, HISTORY_MEGABYTES);

/// A draft in which every figure and the text say this number.
fn draft(number: i64) -> Draft {
    let mut report = zero_report("2021", 2025);
    let edition = report.edition().clone();
    for id in edition.cells().filter(|&id| !edition.field(id).is_total()) {
        report.apply(Edit::Enter(id, Entry::Number(Number::from(number))));
    }
    let text = edition.find("overview").unwrap();
    report.apply(Edit::Enter(text, Entry::Text(format!("第{number}版"))));
    Draft::new(report)
}

/// The number that every figure and the text say, all of them the same.
fn number(draft: &Draft) -> i64 {
    let report = draft.report();
    let edition = report.edition();
    let inputs = edition.cells().filter(|&id| !edition.field(id).is_total());
    let figures: BTreeSet<_> = inputs.map(|id| report.entry(id).shown()).collect();
    assert_eq!(figures.len(), 1, "a mix of versions");
    let number: i64 = figures.first().unwrap().parse().unwrap();
    let text = report.text(edition.find("overview").unwrap());
    assert_eq!(text, format!("第{number}版"), "a mix of versions");
    number
}

fn files(folder: &Path) -> Vec<String> {
    let mut names: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    names
}

#[test]
fn every_save_keeps_the_version_before() {
    let folder = tempfile::tempdir().unwrap();
    let places = Places::under(&folder.path().join("data"));
    let path = folder.path().join("青山镇.nianbao");
    for version in 1..=13 {
        save::save(&draft(version), &path, Some(&places), ANYTHING).unwrap();
    }
    assert_eq!(files(folder.path()), ["data", "青山镇.nianbao"]);
    let own = history::folder(&places, &path);
    let versions = versions(&own);
    assert_eq!(versions.first(), Some(&12));
    // The last ten, and the first of the day among the rest.
    assert!((10..=11).contains(&versions.len()), "{versions:?}");
    // A link leads to the same history, another folder to another one.
    assert_ne!(
        own,
        history::folder(&places, &folder.path().join("别.nianbao"))
    );
    history::clear(&own).unwrap();
    assert!(self::versions(&own).is_empty());
    save::save(&draft(14), &path, Some(&places), ANYTHING).unwrap();
    assert_eq!(self::versions(&own), [13]);
}

fn versions(folder: &Path) -> Vec<i64> {
    let mut names = fs::read_dir(folder).into_iter().flatten();
    let mut found = Vec::new();
    while let Some(Ok(entry)) = names.next() {
        found.push(number(&store::load(&entry.path()).unwrap()));
    }
    found.sort_unstable_by(|a, b| b.cmp(a));
    found
}

#[test]
fn a_file_that_somebody_changed_is_not_replaced_unseen() {
    let folder = tempfile::tempdir().unwrap();
    let places = Places::under(&folder.path().join("data"));
    let path = folder.path().join("a.nianbao");
    let mine = save::save(&draft(1), &path, Some(&places), ANYTHING).unwrap();
    store::save(&draft(2), &path).unwrap();
    let only = (Expected::Only(mine.stamp), HISTORY_MEGABYTES);
    let refused = save::save(&draft(3), &path, Some(&places), only);
    assert!(matches!(refused, Err(SaveError::Changed { .. })));
    assert_eq!(number(&store::load(&path).unwrap()), 2);
    // Replaced on purpose, the other version is kept.
    save::save(&draft(3), &path, Some(&places), ANYTHING).unwrap();
    assert_eq!(number(&store::load(&path).unwrap()), 3);
    assert!(versions(&history::folder(&places, &path)).contains(&2));
    assert_eq!(
        Stamp::of_file(&path),
        Some(Stamp::of(&fs::read(&path).unwrap()))
    );
}

#[test]
fn a_lock_is_given_once_and_taken_from_the_dead() {
    let folder = tempfile::tempdir().unwrap();
    let places = Places::under(&folder.path().join("data"));
    let path = folder.path().join("a.nianbao");
    store::save(&draft(1), &path).unwrap();
    let first = Session::start(&places).unwrap();
    std::thread::sleep(Duration::from_millis(2));
    let second = Session::start(&places).unwrap();
    let Asked::Ours(own) = lock::ask(&path, &first, &places, false) else {
        panic!()
    };
    let Asked::Theirs(holder) = lock::ask(&path, &second, &places, false) else {
        panic!()
    };
    assert_eq!(holder.session, first.id);
    assert!(holder.since > 0 && holder.process == std::process::id());
    // Whoever insists has it, and the first one knows.
    let Asked::Ours(taken) = lock::ask(&path, &second, &places, true) else {
        panic!()
    };
    assert!(!own.is_ours() && taken.is_ours());
    drop(own);
    assert!(taken.is_ours());
    drop(taken);
    assert_eq!(files(folder.path()), ["a.nianbao", "data"]);
    // A session that is gone, on this computer.
    let Asked::Ours(left) = lock::ask(&path, &first, &places, false) else {
        panic!()
    };
    std::mem::forget(left);
    let gone = first.folder().to_owned();
    drop(first);
    assert!(!gone.exists());
    let note = fs::read_to_string(lock::path_of(&path)).unwrap();
    let process = format!("process:{}", std::process::id());
    assert!(note.contains(&process), "{note}");
    fs::write(
        lock::path_of(&path),
        note.replace(&process, "process:4194305"),
    )
    .unwrap();
    assert!(matches!(
        lock::ask(&path, &second, &places, false),
        Asked::Ours(_)
    ));
}

#[test]
fn a_lock_is_free_while_another_window_offers_what_its_session_left() {
    let folder = tempfile::tempdir().unwrap();
    let places = Places::under(&folder.path().join("data"));
    let path = folder.path().join("a.nianbao");
    store::save(&draft(1), &path).unwrap();
    let killed = Session::start(&places).unwrap();
    let mut writer = Writer::start(|| {}).unwrap();
    writer.write(&killed.folder().join("1"), snapshot(2, &path));
    drop(writer);
    let Asked::Ours(left) = lock::ask(&path, &killed, &places, false) else {
        panic!()
    };
    std::mem::forget(left);
    drop(killed);
    std::thread::sleep(Duration::from_millis(2));
    let own = Session::start(&places).unwrap();
    let offered = session::orphans(&places, Some(&own));
    assert_eq!(offered.len(), 1);
    assert!(session::orphans(&places, Some(&own)).is_empty());
    assert!(matches!(
        lock::ask(&path, &own, &places, false),
        Asked::Ours(_)
    ));
}

#[test]
fn a_lock_of_another_computer_holds_while_it_is_fresh() {
    let folder = tempfile::tempdir().unwrap();
    let places = Places::under(&folder.path().join("data"));
    let path = folder.path().join("a.nianbao");
    let session = Session::start(&places).unwrap();
    let lock = lock::path_of(&path);
    let note = r#"(user:"王芳",host:"另一台电脑",process:1,session:"x",since:1767196740000)"#;
    fs::write(&lock, note).unwrap();
    let Asked::Theirs(holder) = lock::ask(&path, &session, &places, false) else {
        panic!()
    };
    assert_eq!(
        (holder.user.as_str(), holder.host.as_str()),
        ("王芳", "另一台电脑")
    );
    let file = File::options().write(true).open(&lock).unwrap();
    let old = std::time::SystemTime::now() - Duration::from_mins(5);
    file.set_modified(old).unwrap();
    assert!(matches!(
        lock::ask(&path, &session, &places, false),
        Asked::Ours(_)
    ));
    assert_eq!(files(folder.path()), ["data"]);
}

#[cfg(unix)]
#[test]
fn only_the_owner_may_read_what_is_kept() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = tempfile::tempdir().unwrap();
    let places = Places::under(&folder.path().join("data"));
    let path = folder.path().join("a.nianbao");
    for version in 1..3 {
        save::save(&draft(version), &path, Some(&places), ANYTHING).unwrap();
    }
    let session = Session::start(&places).unwrap();
    let mut writer = Writer::start(|| {}).unwrap();
    writer.write(&session.folder().join("1"), snapshot(3, &path));
    writer.wait(Duration::from_secs(20));
    let mut folders = vec![places.data().to_owned()];
    let mut seen = 0;
    while let Some(folder) = folders.pop() {
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!(mode(&folder), 0o700, "{}", folder.display());
        for entry in fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.file_name().is_some_and(|name| name != "lock") {
                seen += 1;
                assert_eq!(mode(&path), 0o600, "{}", path.display());
            }
        }
    }
    assert_eq!(seen, 2);
}

fn snapshot(version: i64, path: &Path) -> Snapshot {
    Snapshot {
        draft: draft(version),
        path: Some(path.to_owned()),
        base: Stamp::of_file(path),
    }
}

#[test]
fn a_recovery_file_outlives_its_session_and_goes_when_it_was_adopted() {
    let folder = tempfile::tempdir().unwrap();
    let places = Places::under(folder.path());
    let path = folder.path().join("a.nianbao");
    let first = Session::start(&places).unwrap();
    let mut writer = Writer::start(|| {}).unwrap();
    for version in 1..=3 {
        writer.write(&first.folder().join("1"), snapshot(version, &path));
    }
    drop((writer, first));
    let orphans = session::orphans(&places, None);
    let left = &orphans[0].files[0];
    assert_eq!(number(&left.draft), 3);
    assert_eq!(left.path.as_deref(), Some(path.as_path()));
    let second = Session::start(&places).unwrap();
    let mut writer = Writer::start(|| {}).unwrap();
    let own = second.folder().join("1");
    let written = writer.write(&own, snapshot(3, &path));
    writer.replace(&left.stem, written);
    writer.wait(Duration::from_secs(20));
    assert_eq!(writer.status().written, written);
    drop(orphans);
    assert_eq!(session::orphans(&places, Some(&second)).len(), 0);
    // Given up, it can still be had back.
    writer.give_up(&own, &places.given_up());
    drop((writer, second));
    assert_eq!(session::orphans(&places, None).len(), 0);
    assert_eq!(number(&session::given_up(&places)[0].draft), 3);
}

/// Runs a test of this program as a process of its own.
fn process(test: &str, folder: &Path, role: &str) -> Child {
    Command::new(std::env::current_exe().unwrap())
        .args(["--exact", test, "--nocapture", "--test-threads=1"])
        .env("NIANBAO_TEST_FOLDER", folder)
        .env("NIANBAO_TEST_ROLE", role)
        .stdout(Stdio::null())
        .stderr(Stdio::inherit())
        .spawn()
        .unwrap()
}

/// The folder and the role that a test was given as a process of its own.
fn role() -> Option<(PathBuf, String)> {
    let folder = std::env::var_os("NIANBAO_TEST_FOLDER")?;
    Some((folder.into(), std::env::var("NIANBAO_TEST_ROLE").ok()?))
}

#[test]
fn two_processes_that_save_the_same_draft_never_mix() {
    const SAVES: i64 = 1000;
    if let Some((folder, role)) = role() {
        let places = Places::under(&folder.join("data"));
        let own: i64 = role.parse().unwrap();
        for save in 1..=SAVES {
            let draft = draft(own * 1_000_000 + save);
            save::save(&draft, &folder.join("a.nianbao"), Some(&places), ANYTHING).unwrap();
        }
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.nianbao");
    store::save(&draft(1), &path).unwrap();
    let name = "keep::two_processes_that_save_the_same_draft_never_mix";
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
    let mut writer = Writer::start(|| {}).unwrap();
    let mut sent: Option<Instant> = None;
    for edit in 1..i64::MAX {
        note("edit", edit);
        let is_due = sent.is_none_or(|sent| sent.elapsed() >= PACE);
        if is_due {
            sent = Some(Instant::now());
            writer.write(&stem, snapshot(edit, &path));
        }
        if edit % edits_a_save == 0 {
            save::save(&draft(edit), &path, Some(&places), ANYTHING).unwrap();
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
    let name = "keep::a_session_killed_at_any_moment_loses_no_save_and_two_seconds_at_most";
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
    save::save(&draft(in_file.max(1)), &path, Some(&places), ANYTHING).unwrap();
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

#[test]
fn a_crash_is_noted_without_a_word_of_the_report() {
    if let Some((folder, _)) = role() {
        std::panic::set_hook(Box::new(move |panic| {
            nianbao::keep::crash::note(panic, Some(&folder));
        }));
        panic!("甲乙丙丁");
    }
    let folder = tempfile::tempdir().unwrap();
    let name = "keep::a_crash_is_noted_without_a_word_of_the_report";
    process(name, folder.path(), "crash").wait().unwrap();
    assert_eq!(files(folder.path()), ["crash.txt"]);
    let note = fs::read_to_string(folder.path().join("crash.txt")).unwrap();
    assert!(note.contains("place: tests/it/keep.rs:"), "{note}");
    assert!(note.is_ascii(), "{note}");
}

#[test]
fn a_draft_with_last_years_report_is_kept_whole() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.nianbao");
    let mut draft = zero_draft("2021", 2025);
    draft.explain("rule", "basis", "说明");
    store::save(&draft, &path).unwrap();
    let again = store::load(&path).unwrap();
    assert_eq!(again.prior(), draft.prior());
    assert_eq!(again.explanations(), draft.explanations());
}
