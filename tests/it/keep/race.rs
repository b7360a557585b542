//! Several processes save the same draft at the same moment, round after round.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use nianbao::keep::save::{self, Fingerprint, HISTORY_MEGABYTES, Precondition, SaveError};
use nianbao::keep::{Places, history};
use nianbao::store;

use super::{draft, files, number, process, role};

const ROUNDS: i64 = 150;

/// What a process saves in a round; no two are the same.
fn version(own: i64, round: i64) -> i64 {
    own * 1_000_000 + round
}

fn wait_for(path: &Path) {
    while !path.exists() {
        std::thread::sleep(Duration::from_micros(200));
    }
}

fn note(folder: &Path, what: &str, round: i64, own: i64) -> PathBuf {
    folder.join(format!("notes/{what}-{round}-{own}"))
}

/// One process: saves once a round, when all are let go, and writes down what came of it.
fn saver(folder: &Path, own: i64) {
    let places = Places::under(&folder.join("data"));
    let path = folder.join("a.nianbao");
    for round in 1..=ROUNDS {
        // Every other round everybody replaces only what it has seen, as a window does.
        let expected = if round % 2 == 0 {
            Precondition::Only(Fingerprint::of_file(&path).unwrap())
        } else {
            Precondition::Anything
        };
        fs::write(note(folder, "ready", round, own), "").unwrap();
        wait_for(&note(folder, "go", round, 0));
        let draft = draft(version(own, round));
        let saved = save::save(&draft, &path, Some(&places), expected, HISTORY_MEGABYTES);
        let said = match saved {
            Ok(saved) => {
                assert_eq!((saved.history, saved.unsettled), (None, None));
                saved.rest.clear();
                "saved"
            }
            Err(SaveError::Changed { .. }) => "changed",
            Err(error) => panic!("{error}"),
        };
        let done = note(folder, "done", round, own);
        fs::write(done.with_extension("new"), said).unwrap();
        fs::rename(done.with_extension("new"), done).unwrap();
    }
}

/// Lets so many processes save at once; every save that was acknowledged must be in the file or in
/// the history.
fn race(test: &str, processes: i64) -> String {
    if let Some((folder, role)) = role() {
        saver(&folder, role.parse().unwrap());
        return String::new();
    }
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    let path = at.join("a.nianbao");
    let places = Places::under(&at.join("data"));
    fs::create_dir(at.join("notes")).unwrap();
    store::save(&draft(1), &path).unwrap();
    let mut savers: Vec<_> = (1..=processes)
        .map(|own| process(test, at, &own.to_string()))
        .collect();
    let (mut saved, mut refused, mut lost) = (0, 0, 0);
    for round in 1..=ROUNDS {
        for own in 1..=processes {
            wait_for(&note(at, "ready", round, own));
        }
        fs::write(note(at, "go", round, 0), "").unwrap();
        let said: Vec<_> = (1..=processes)
            .map(|own| {
                let done = note(at, "done", round, own);
                wait_for(&done);
                (own, fs::read_to_string(done).unwrap())
            })
            .collect();
        let mut found = BTreeSet::from([number(&store::load(&path).unwrap())]);
        let own = history::folder(&places, &path);
        for entry in fs::read_dir(&own).unwrap() {
            found.insert(number(&store::load(&entry.unwrap().path()).unwrap()));
        }
        for (own, said) in said {
            let is_there = found.contains(&version(own, round));
            match said.as_str() {
                "saved" => {
                    saved += 1;
                    lost += i64::from(!is_there);
                }
                _ => refused += 1,
            }
        }
    }
    for saver in &mut savers {
        assert!(saver.wait().unwrap().success());
    }
    assert_eq!(lost, 0, "of {saved}");
    assert_eq!(saved + refused, processes * ROUNDS);
    // In every other round one of them is the first.
    assert!(refused > 0 && saved >= ROUNDS / 2 * (processes + 1));
    assert_eq!(files(at), ["a.nianbao", "data", "notes"]);
    format!("{processes} processes: {saved} saved, {refused} refused, {lost} lost")
}

#[test]
fn of_two_that_save_at_once_no_save_is_lost() {
    let said = race("keep::race::of_two_that_save_at_once_no_save_is_lost", 2);
    println!("{said}");
}

#[test]
fn of_five_that_save_at_once_no_save_is_lost() {
    let said = race("keep::race::of_five_that_save_at_once_no_save_is_lost", 5);
    println!("{said}");
}
