//! Recovery files and the notes of crashes.

use std::fs;
use std::time::Duration;

use nianbao::keep::session::{self, Session};
use nianbao::keep::writer::RecoveryWriter;
use nianbao::keep::{Places, history};

use super::history::versions;
use super::{draft, files, number, process, role, snapshot};
use crate::cli::{code, nianbao, said};

#[test]
fn a_recovery_file_outlives_its_session_and_goes_when_it_was_adopted() {
    let folder = tempfile::tempdir().unwrap();
    let places = Places::under(folder.path());
    let path = folder.path().join("a.nianbao");
    let first = Session::start(&places).unwrap();
    let mut writer = RecoveryWriter::start(|| {}).unwrap();
    for version in 1..=3 {
        writer.write(&first.folder().join("1"), snapshot(version, &path));
    }
    drop((writer, first));
    let orphans = session::orphans(&places, None);
    let left = &orphans[0].files[0];
    assert_eq!(number(&left.draft), 3);
    assert_eq!(left.path.as_deref(), Some(path.as_path()));
    let second = Session::start(&places).unwrap();
    let mut writer = RecoveryWriter::start(|| {}).unwrap();
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

#[test]
fn a_recovery_file_is_copied_over_a_file_only_when_told_to_and_what_stood_there_is_kept() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    let places = Places::under(&at.join("home"));
    let session = Session::start(&places).unwrap();
    let mut writer = RecoveryWriter::start(|| {}).unwrap();
    writer.write(
        &session.folder().join("1"),
        snapshot(7, &at.join("a.nianbao")),
    );
    drop((writer, session));
    let target = at.join("b.nianbao");
    nianbao::store::save(&draft(2), &target).unwrap();
    let recover = |more: &[&str]| {
        let arguments = [&["recover", "1", "-o", "b.nianbao"], more].concat();
        nianbao(at, &arguments)
    };
    let number_now = || number(&nianbao::store::load(&target).unwrap());
    let refused = recover(&[]);
    assert_eq!(code(&refused), 2, "{}", said(&refused));
    assert_eq!(number_now(), 2);
    let done = recover(&["--overwrite"]);
    assert_eq!(code(&done), 0, "{}", said(&done));
    assert_eq!(number_now(), 7);
    assert_eq!(versions(&history::folder(&places, &target)), [2]);
    assert_eq!(
        number(&session::orphans(&places, None)[0].files[0].draft),
        7
    );
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
    let name = "keep::recovery::a_crash_is_noted_without_a_word_of_the_report";
    process(name, folder.path(), "crash").wait().unwrap();
    assert_eq!(files(folder.path()), ["crash.txt"]);
    let note = fs::read_to_string(folder.path().join("crash.txt")).unwrap();
    assert!(note.contains("place: tests/it/keep/recovery.rs:"), "{note}");
    assert!(note.is_ascii(), "{note}");
}
