//! What no crash may take: history, recovery files, locks, two at once, kill at any moment.
//!
//! `NIANBAO_KILLS=1000 cargo test --test it kill -- --nocapture` kills a thousand sessions.

mod history;
mod kill;
mod locks;
mod race;
mod recovery;
mod watch;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use nianbao::keep::save::{self, Fingerprint, HISTORY_MEGABYTES, Precondition};
use nianbao::keep::{Places, Snapshot};
use nianbao::report::{Draft, Edit, Entry, Number};

use crate::sample::zero_report;

/// Saves, whatever stands there, and does at once what could wait.
pub fn save(draft: &Draft, path: &Path, places: &Places) -> Fingerprint {
    let saved = save::save(
        draft,
        path,
        Some(places),
        Precondition::Anything,
        HISTORY_MEGABYTES,
    )
    .unwrap();
    saved.rest.clear();
    saved.stamp
}

/// A draft in which every figure and the text say this number.
pub fn draft(number: i64) -> Draft {
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
pub fn number(draft: &Draft) -> i64 {
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

pub fn files(folder: &Path) -> Vec<String> {
    let mut names: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    names
}

pub fn snapshot(version: i64, path: &Path) -> Snapshot {
    Snapshot {
        draft: draft(version),
        path: Some(path.to_owned()),
        base: Fingerprint::of_file(path),
    }
}

/// Runs a test of this program as a process of its own.
pub fn process(test: &str, folder: &Path, role: &str) -> Child {
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
pub fn role() -> Option<(PathBuf, String)> {
    let folder = std::env::var_os("NIANBAO_TEST_FOLDER")?;
    Some((folder.into(), std::env::var("NIANBAO_TEST_ROLE").ok()?))
}
