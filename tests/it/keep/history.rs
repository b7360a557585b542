//! Saves keep the version before, notice what others saved, and let nobody else read.

use std::fs;
use std::path::Path;

use nianbao::keep::save::{Fingerprint, HISTORY_MEGABYTES, Precondition, SaveError, save};
use nianbao::keep::{Places, history};
use nianbao::store;

use super::{draft, files, number};
use crate::sample::zero_draft;

#[test]
fn every_save_keeps_the_version_before() {
    let folder = tempfile::tempdir().unwrap();
    let places = Places::under(&folder.path().join("data"));
    let path = folder.path().join("青山镇.nianbao");
    for version in 1..=13 {
        super::save(&draft(version), &path, &places);
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
    super::save(&draft(14), &path, &places);
    assert_eq!(self::versions(&own), [13]);
}

#[test]
fn a_clock_that_was_set_back_loses_no_version() {
    let folder = tempfile::tempdir().unwrap();
    let places = Places::under(&folder.path().join("data"));
    let path = folder.path().join("a.nianbao");
    let own = history::folder(&places, &path);
    super::save(&draft(1), &path, &places);
    super::save(&draft(2), &path, &places);
    // From here on the files of this disk are twenty years older.
    let then = std::time::SystemTime::now() - std::time::Duration::from_hours(20 * 365 * 24);
    for version in 3..=12 {
        let file = fs::File::options().write(true).open(&path).unwrap();
        let moment = then + std::time::Duration::from_secs(version);
        file.set_modified(moment).unwrap();
        drop(file);
        super::save(&draft(i64::try_from(version).unwrap()), &path, &places);
    }
    assert_eq!(versions(&own), (1..12).rev().collect::<Vec<_>>());
}

#[cfg(unix)]
#[test]
fn a_link_among_what_is_kept_leads_nowhere() {
    use nianbao::keep::session::{self, Session};
    use nianbao::keep::writer::RecoveryWriter;
    use std::os::unix::fs::symlink;

    let folder = tempfile::tempdir().unwrap();
    let places = Places::under(&folder.path().join("data"));
    let outside = folder.path().join("别人的");
    fs::write(&outside, "没有别处的一份").unwrap();
    let session = Session::start(&places).unwrap();
    let stem = session.folder().join("1");
    for slot in ["a", "b"] {
        symlink(&outside, stem.with_extension(slot)).unwrap();
    }
    let mut writer = RecoveryWriter::start(|| {}).unwrap();
    let path = folder.path().join("a.nianbao");
    writer.write(&stem, super::snapshot(3, &path));
    writer.wait(std::time::Duration::from_secs(20));
    assert!(writer.status().trouble.is_some());
    let left = places.recovery().join("1-1");
    fs::create_dir(&left).unwrap();
    for name in ["claim", "lock", "1.a"] {
        symlink(&outside, left.join(name)).unwrap();
    }
    fs::create_dir(folder.path().join("elsewhere")).unwrap();
    symlink(
        folder.path().join("elsewhere"),
        places.recovery().join("2-2"),
    )
    .unwrap();
    drop(session::orphans(&places, Some(&session)));
    assert_eq!(fs::read_to_string(&outside).unwrap(), "没有别处的一份");
    assert!(files(&folder.path().join("elsewhere")).is_empty());
}

pub fn versions(folder: &Path) -> Vec<i64> {
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
    let mine = super::save(&draft(1), &path, &places);
    store::save(&draft(2), &path).unwrap();
    let only = Precondition::Only(mine);
    let refused = save(&draft(3), &path, Some(&places), only, HISTORY_MEGABYTES);
    assert!(matches!(refused, Err(SaveError::Changed { .. })));
    assert_eq!(number(&store::load(&path).unwrap()), 2);
    // Replaced on purpose, the other version is kept.
    super::save(&draft(3), &path, &places);
    assert_eq!(number(&store::load(&path).unwrap()), 3);
    assert!(versions(&history::folder(&places, &path)).contains(&2));
    assert_eq!(
        Fingerprint::of_file(&path),
        Some(Fingerprint::of(&fs::read(&path).unwrap()))
    );
}

#[cfg(unix)]
#[test]
fn only_the_owner_may_read_what_is_kept() {
    use std::os::unix::fs::PermissionsExt as _;
    use std::time::Duration;

    use nianbao::keep::session::Session;
    use nianbao::keep::writer::RecoveryWriter;

    let folder = tempfile::tempdir().unwrap();
    let places = Places::under(&folder.path().join("data"));
    let path = folder.path().join("a.nianbao");
    for version in 1..3 {
        super::save(&draft(version), &path, &places);
    }
    let session = Session::start(&places).unwrap();
    let mut writer = RecoveryWriter::start(|| {}).unwrap();
    writer.write(&session.folder().join("1"), super::snapshot(3, &path));
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
