//! Files wherever they lie: names in Chinese, with spaces, very long ones, names that are no text.

use std::ffi::OsStr;
use std::path::Path;
use std::process::Command;

use nianbao::open;

use crate::cli::{code, nianbao, out};

const SAMPLE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/assets/sample.nianbao");

/// The whole way of a draft with this name in a folder with that name.
fn goes_all_the_way(folder: &OsStr, stem: &OsStr) {
    let place = tempfile::tempdir().unwrap();
    let at = place.path().join(folder);
    std::fs::create_dir(&at).unwrap();
    let name = |ending: &str| {
        let mut name = stem.to_owned();
        name.push(ending);
        at.join(name)
    };
    let [draft, document, again] = [".nianbao", ".docx", "二.nianbao"].map(name);
    std::fs::copy(SAMPLE, &draft).unwrap();
    let run = |arguments: &[&OsStr]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_nianbao"));
        command.current_dir(place.path()).args(arguments);
        command.env("NIANBAO_HOME", place.path().join("设 置"));
        let output = command.output().unwrap();
        let error = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(code(&output), 0, "{arguments:?}: {error}");
        output
    };
    let word = OsStr::new;
    let out_option = word("-o");
    run(&[word("check"), draft.as_os_str()]);
    run(&[
        word("export"),
        draft.as_os_str(),
        out_option,
        document.as_os_str(),
    ]);
    run(&[
        word("import"),
        document.as_os_str(),
        out_option,
        again.as_os_str(),
    ]);
    // A second save keeps the first one as a version.
    run(&[
        word("import"),
        document.as_os_str(),
        out_option,
        again.as_os_str(),
        word("--overwrite"),
    ]);
    run(&[
        word("publish"),
        word("--allow-substitutes"),
        draft.as_os_str(),
        out_option,
        at.join("公 开").as_os_str(),
    ]);
    let whole = run(&[word("check"), at.as_os_str()]);
    assert!(!whole.stdout.is_empty());
    let issuer = |path: &Path| {
        let opened = open::open(path).unwrap();
        let report = opened.draft.report();
        report.text(report.edition().issuer_field).to_owned()
    };
    assert_eq!(issuer(&draft), issuer(&again));
}

#[test]
fn names_in_chinese() {
    goes_all_the_way("年报　二〇二五".as_ref(), "青石镇·䶮㑇村".as_ref());
}

#[test]
fn names_with_spaces_and_marks() {
    goes_all_the_way("my drafts (1) & more".as_ref(), " a %b 'c' - d".as_ref());
}

#[test]
fn long_names_in_deep_folders() {
    goes_all_the_way("乡".repeat(70).as_ref(), "镇".repeat(75).as_ref());
}

#[cfg(unix)]
#[test]
fn names_that_are_no_text() {
    use std::os::unix::ffi::OsStrExt as _;
    // 青石 as an older system writes it.
    let name = OsStr::from_bytes(&[0xc7, 0xe0, 0xca, 0xaf]);
    goes_all_the_way(name, name);
}

#[test]
fn an_authority_with_a_name_that_is_no_file_name() {
    let folder = tempfile::tempdir().unwrap();
    for issuer in ["CON", "a/b\\c:d*e?\"<f>|", "..", "镇".repeat(120).as_str()] {
        let at = folder.path();
        let drafted = [
            "new",
            "--issuer",
            issuer,
            "--year",
            "2025",
            "-o",
            "a.nianbao",
            "--overwrite",
        ];
        assert_eq!(code(&nianbao(at, &drafted)), 0);
        let published = nianbao(
            at,
            &[
                "publish",
                "a.nianbao",
                "-o",
                "out",
                "--force",
                "--formats",
                "txt",
            ],
        );
        assert!(code(&published) < 2, "{}", out(&published));
        let names = files(&at.join("out"));
        assert_eq!(names.len(), 1, "{names:?}");
        for name in names {
            assert!(
                name.len() <= 255 && !name.contains(['/', '\\', ':', '*', '?', '"', '<', '>', '|']),
                "{name}"
            );
        }
        std::fs::remove_dir_all(at.join("out")).unwrap();
    }
}

fn files(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).unwrap();
    entries
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect()
}
