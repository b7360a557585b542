//! Locks: given once, taken from the dead, on this computer and on another one.

use std::fs::{self, File};
use std::time::Duration;

use nianbao::keep::Places;
use nianbao::keep::lock::{self, LockAnswer};
use nianbao::keep::session::{self, Session};
use nianbao::keep::writer::RecoveryWriter;
use nianbao::store;

use super::{draft, files, snapshot};

#[test]
fn a_lock_is_given_once_and_taken_from_the_dead() {
    let folder = tempfile::tempdir().unwrap();
    let places = Places::under(&folder.path().join("data"));
    let path = folder.path().join("a.nianbao");
    store::save(&draft(1), &path).unwrap();
    let first = Session::start(&places).unwrap();
    std::thread::sleep(Duration::from_millis(2));
    let second = Session::start(&places).unwrap();
    let LockAnswer::Ours(own) = lock::ask(&path, &first, &places, false) else {
        panic!()
    };
    let LockAnswer::Theirs(holder) = lock::ask(&path, &second, &places, false) else {
        panic!()
    };
    assert_eq!(holder.session, first.id);
    assert!(holder.since > 0 && holder.process == std::process::id());
    // Whoever insists has it, and the first one knows.
    let LockAnswer::Ours(taken) = lock::ask(&path, &second, &places, true) else {
        panic!()
    };
    assert!(!own.is_ours() && taken.is_ours());
    drop(own);
    assert!(taken.is_ours());
    drop(taken);
    assert_eq!(files(folder.path()), ["a.nianbao", "data"]);
    // A session that is gone, on this computer.
    let LockAnswer::Ours(left) = lock::ask(&path, &first, &places, false) else {
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
        LockAnswer::Ours(_)
    ));
}

#[test]
fn a_lock_is_free_while_another_window_offers_what_its_session_left() {
    let folder = tempfile::tempdir().unwrap();
    let places = Places::under(&folder.path().join("data"));
    let path = folder.path().join("a.nianbao");
    store::save(&draft(1), &path).unwrap();
    let killed = Session::start(&places).unwrap();
    let mut writer = RecoveryWriter::start(|| {}).unwrap();
    writer.write(&killed.folder().join("1"), snapshot(2, &path));
    drop(writer);
    let LockAnswer::Ours(left) = lock::ask(&path, &killed, &places, false) else {
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
        LockAnswer::Ours(_)
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
    let LockAnswer::Theirs(holder) = lock::ask(&path, &session, &places, false) else {
        panic!()
    };
    assert_eq!(
        (holder.user.as_str(), holder.host.as_str()),
        ("王芳", "另一台电脑")
    );
    let file = File::options().write(true).open(&lock).unwrap();
    let old = std::time::SystemTime::now() - Duration::from_mins(5);
    file.set_modified(old).unwrap();
    drop(file);
    assert!(matches!(
        lock::ask(&path, &session, &places, false),
        LockAnswer::Ours(_)
    ));
    assert_eq!(files(folder.path()), ["data"]);
}
