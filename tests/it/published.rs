//! Published for good: one folder, a record in the draft that is true whatever happens, and corrections.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::Duration;

use nianbao::report::{Draft, Edit, Entry, Standing};
use nianbao::store;
use sha2::{Digest as _, Sha256};

use crate::sample::zero_draft;

fn nianbao(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_nianbao"));
    command.current_dir(folder).args(arguments);
    command.env("NIANBAO_HOME", folder.join("home"));
    command
}

fn publish(folder: &Path, more: &[&str]) -> Output {
    let mut arguments = vec!["publish", "a.nianbao", "-o", "out", "--record"];
    arguments.extend(["--formats", "txt,html", "--by", "李四"]);
    arguments.extend(more);
    nianbao(folder, &arguments).output().unwrap()
}

fn said(output: &Output) -> String {
    let of = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    of(&output.stdout) + &of(&output.stderr)
}

fn load(folder: &Path) -> Draft {
    store::load(&folder.join("a.nianbao")).unwrap()
}

/// Changes a text and saves.
fn write(folder: &Path, text: &str) {
    let mut draft = load(folder);
    let id = draft.report().edition().find("problems").unwrap();
    let text = format!("（一）主要问题\n{text}\n（二）改进情况\n明确时限，按月检查。");
    draft.edit("改正文", Edit::Enter(id, Entry::Text(text)));
    store::save(&draft, &folder.join("a.nianbao")).unwrap();
}

fn folders(out: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(out).into_iter().flatten();
    let mut folders: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
    folders.sort();
    folders
}

/// Everything below a folder.
fn contents(out: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let files = folders(out).into_iter().flat_map(|folder| folders(&folder));
    files
        .map(|file| (file.clone(), fs::read(file).unwrap()))
        .collect()
}

/// Every line of the list fits its file, and every file but the list has a line.
fn assert_whole(folder: &Path) {
    let list = fs::read_to_string(folder.join("清单.txt")).unwrap();
    let files = folders(folder);
    assert!(files.len() > 1, "{list}");
    for file in files.iter().filter(|file| !file.ends_with("清单.txt")) {
        let digest = Sha256::digest(fs::read(file).unwrap());
        let digest: Vec<String> = digest.iter().map(|byte| format!("{byte:02x}")).collect();
        let digest = digest.concat();
        let name = file.file_name().unwrap().to_str().unwrap();
        assert!(
            list.contains(&format!("{digest}  {name}\n")),
            "{name}:\n{list}"
        );
    }
}

#[test]
fn published_changed_corrected_and_corrected_again_the_record_tells_each() {
    let folder = tempfile::tempdir().unwrap();
    let (at, out) = (folder.path(), folder.path().join("out"));
    store::save(&zero_draft("2021", 2025), &at.join("a.nianbao")).unwrap();
    assert_eq!(load(at).standing(), Standing::Unpublished);
    let first = publish(at, &["--sheet", "--approval"]);
    assert_eq!(first.status.code(), Some(0), "{}", said(&first));
    assert_eq!(load(at).standing(), Standing::Published);
    assert_eq!(load(at).publications()[0].by, "李四");
    let names: Vec<_> = contents(&out).into_keys().collect();
    assert_eq!(names.len(), 5, "{names:?}");
    assert!(
        names.iter().any(|name| name.ends_with("呈批单.docx")),
        "{names:?}"
    );
    // Without a change there is nothing to publish.
    let before = contents(&out);
    let again = publish(at, &[]);
    assert_eq!(again.status.code(), Some(0), "{}", said(&again));
    assert!(said(&again).contains("没有改动"), "{}", said(&again));
    assert_eq!(contents(&out), before);
    write(at, "解读材料少。");
    assert!(matches!(load(at).standing(), Standing::Changed(_)));
    // A correction wants its reason.
    let refused = publish(at, &[]);
    assert_eq!(refused.status.code(), Some(1), "{}", said(&refused));
    assert_eq!(contents(&out), before);
    for (number, text) in ["栏目更新慢。", "目录不全。"].into_iter().enumerate() {
        write(at, text);
        let before = contents(&out);
        let corrected = publish(at, &["--reason", "原来写得不全"]);
        assert_eq!(corrected.status.code(), Some(0), "{}", said(&corrected));
        assert_eq!(load(at).standing(), Standing::Published);
        assert_eq!(load(at).publications().len(), number + 2);
        let now = contents(&out);
        assert!(
            before
                .iter()
                .all(|(path, bytes)| now.get(path) == Some(bytes))
        );
        assert!(now.len() > before.len());
        let names: Vec<_> = now
            .keys()
            .filter(|path| !before.contains_key(*path))
            .collect();
        let is_named = |path: &&&PathBuf| path.to_str().unwrap().contains("更正");
        assert!(names.iter().all(|path| is_named(&path)), "{names:?}");
        let list = names
            .iter()
            .find(|path| path.ends_with("清单.txt"))
            .unwrap();
        let list = String::from_utf8(now[*list].clone()).unwrap();
        assert!(list.contains("更正原因：原来写得不全"), "{list}");
        assert!(list.contains(&format!("现为“{text}”")), "{list}");
    }
    for folder in folders(&out) {
        assert_whole(&folder);
    }
    let draft = load(at);
    let names: Vec<_> = draft.publications().iter().map(|one| &one.folder).collect();
    assert_eq!(names.len(), 3);
    assert!(
        names.iter().all(|name| out.join(name).is_dir()),
        "{names:?}"
    );
    assert_eq!(draft.publications()[0].reason, "");
    assert_eq!(draft.publications()[2].reason, "原来写得不全");
    // What was published first is there to the letter.
    let text = draft.report().edition().find("problems").unwrap();
    let first = draft.publications()[0].report.text(text).to_owned();
    assert!(!first.contains("栏目更新慢"), "{first}");
}

#[test]
fn a_draft_that_was_never_published_is_written_as_before() {
    let mut draft = zero_draft("2021", 2025);
    let plain = store::to_bytes(&draft);
    assert!(plain.starts_with(b"//nianbao fmt=1 min=1 "));
    let folder = tempfile::tempdir().unwrap();
    store::save(&draft, &folder.path().join("a.nianbao")).unwrap();
    assert_eq!(publish(folder.path(), &[]).status.code(), Some(0));
    draft = load(folder.path());
    let bytes = store::to_bytes(&draft);
    assert!(bytes.starts_with(b"//nianbao fmt=3 min=3 "));
    assert!(store::check_bytes(&draft, &bytes));
    let again = store::from_bytes(&bytes, Path::new("a.nianbao")).unwrap();
    assert_eq!(again.publications(), draft.publications());
    assert!(again.says_the_same(&draft));
}

#[test]
fn a_kill_at_any_moment_leaves_a_true_record() {
    std::thread::scope(|scope| {
        for round in 0..12_u64 {
            scope.spawn(move || kill_once(round));
        }
    });
}

fn kill_once(round: u64) {
    let folder = tempfile::tempdir().unwrap();
    let (at, out) = (folder.path(), folder.path().join("out"));
    store::save(&zero_draft("2021", 2025), &at.join("a.nianbao")).unwrap();
    let arguments = ["publish", "a.nianbao", "-o", "out", "--record"];
    let mut command = nianbao(at, &arguments);
    command.args(["--formats", "txt,html,docx"]);
    command.stdout(Stdio::null()).stderr(Stdio::null());
    let mut child = command.spawn().unwrap();
    // Moments between the steps: as soon as something stands there, and a little later.
    let steps: [fn(&Path) -> bool; 3] = [
        |out| !folders(out).is_empty(),
        |out| {
            folders(out)
                .iter()
                .any(|folder| !folders(folder).is_empty())
        },
        |out| {
            folders(out)
                .iter()
                .any(|folder| folder.join("清单.txt").exists())
        },
    ];
    let step = steps[usize::try_from(round % 3).unwrap()];
    while !step(&out) && child.try_wait().unwrap().is_none() {
        std::thread::sleep(Duration::from_micros(200));
    }
    std::thread::sleep(Duration::from_millis(round / 3 * 3));
    child.kill().unwrap();
    child.wait().unwrap();
    let draft = load(at);
    for publication in draft.publications() {
        assert!(out.join(&publication.folder).is_dir(), "round {round}");
    }
    // What has its name is whole; what is not says so.
    for folder in folders(&out) {
        let name = folder.file_name().unwrap().to_str().unwrap().to_owned();
        if !name.contains("没有写完") {
            assert_whole(&folder);
        }
    }
    // It goes on from there.
    let output = publish(at, &[]);
    assert_eq!(
        output.status.code(),
        Some(0),
        "round {round}: {}",
        said(&output)
    );
    assert_eq!(load(at).publications().len(), 1, "round {round}");
    assert_eq!(load(at).standing(), Standing::Published);
}
