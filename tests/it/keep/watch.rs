//! What another program does to the file of an open draft.

use std::sync::mpsc::channel;
use std::time::Duration;

use nianbao::keep::save::Fingerprint;
use nianbao::keep::watch::Watcher;
use nianbao::store;

use super::draft;

const LONGEST: Duration = Duration::from_mins(1);

#[test]
fn a_change_is_seen_without_being_asked_for_and_wakes_the_window() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.nianbao");
    store::save(&draft(1), &path).unwrap();
    let own = Fingerprint::of_file(&path).unwrap();
    let (sender, woken) = channel();
    let mut watcher = Watcher::start(move || sender.send(()).unwrap()).unwrap();
    watcher.watch(Some((&path, own)));
    watcher.wait(LONGEST);
    assert_eq!(watcher.seen(), None);
    store::save(&draft(2), &path).unwrap();
    woken.recv_timeout(LONGEST).unwrap();
    let seen = watcher.seen().unwrap();
    assert_eq!(Some(seen.stamp), Fingerprint::of_file(&path));
    assert!(seen.when.is_some());
    // Saved by this window, or taken over by it, it is no news any more.
    watcher.watch(Some((&path, seen.stamp)));
    assert_eq!(watcher.seen(), None);
    watcher.wait(LONGEST);
    assert_eq!(watcher.seen(), None);
}

#[test]
fn a_file_that_goes_away_or_says_the_same_again_is_no_change() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.nianbao");
    store::save(&draft(1), &path).unwrap();
    let own = Fingerprint::of_file(&path).unwrap();
    let mut watcher = Watcher::start(|| {}).unwrap();
    watcher.watch(Some((&path, own)));
    let look = || {
        watcher.look();
        watcher.wait(LONGEST);
        watcher.seen().is_some()
    };
    std::fs::remove_file(&path).unwrap();
    assert!(!look());
    store::save(&draft(1), &path).unwrap();
    assert!(!look());
    store::save(&draft(2), &path).unwrap();
    assert!(look());
    store::save(&draft(1), &path).unwrap();
    assert!(!look());
}
