//! What is read and written is an ordinary file: no other file goes unasked, and nothing is waited for.

use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

use nianbao::report::Draft;
use nianbao::store;

use crate::cli::code;
use crate::sample::{zero_draft, zero_report};

/// A desk with a draft, an older one and a published report.
fn desk() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    store::save(&zero_draft("2021", 2025), &at.join("a.nianbao")).unwrap();
    let older = Draft::new(zero_report("2021", 2024));
    store::save(&older, &at.join("2024.nianbao")).unwrap();
    assert_eq!(code(&run(at, &["export", "a.nianbao", "-o", "a.txt"])), 0);
    folder
}

/// Runs the program; it may not take longer than a clerk waits.
fn run(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_nianbao"));
    command
        .current_dir(folder)
        .args(arguments)
        .env("NIANBAO_HOME", folder.join(".home"))
        .env_remove("DISPLAY")
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    let start = Instant::now();
    while child.try_wait().unwrap().is_none() {
        if start.elapsed() > Duration::from_mins(1) {
            child.kill().unwrap();
            panic!("{arguments:?} waits for ever");
        }
        std::thread::sleep(Duration::from_millis(5));
    }
    child.wait_with_output().unwrap()
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// Every command that writes, with this as its output.
fn writers(output: &str) -> Vec<Vec<&str>> {
    let new = [
        "new",
        "--issuer",
        "青山镇人民政府",
        "--year",
        "2025",
        "--prior",
        "2024.nianbao",
    ];
    let commands = [
        new.to_vec(),
        vec!["import", "a.txt"],
        vec!["export", "a.nianbao", "--to", "json"],
        vec!["export", "a.nianbao", "--to", "docx"],
    ];
    let with_output = |command: Vec<_>| [command, vec!["-o", output]].concat();
    commands.into_iter().map(with_output).collect()
}

#[test]
fn no_command_replaces_a_file_unasked() {
    let desk = desk();
    let at = desk.path();
    let stands = at.join("here.txt");
    fs::write(&stands, "没有别处的一份").unwrap();
    let mut commands = writers("here.txt");
    commands.push(vec!["check", "a.nianbao", "--sheet", "here.txt"]);
    for command in commands {
        fs::write(&stands, "没有别处的一份").unwrap();
        let refused = run(at, &command);
        assert_eq!(code(&refused), 2, "{command:?}");
        assert!(said(&refused).contains("--overwrite"), "{}", said(&refused));
        assert_eq!(said(&refused).lines().count(), 1);
        assert_eq!(fs::read_to_string(&stands).unwrap(), "没有别处的一份");
        let done = run(at, &[command, vec!["--overwrite"]].concat());
        assert_eq!(code(&done), 0, "{}", said(&done));
        assert_ne!(fs::read(&stands).unwrap(), "没有别处的一份".as_bytes());
    }
}

#[test]
fn no_command_replaces_what_it_reads_by_whatever_name() {
    let desk = desk();
    let at = desk.path();
    fs::create_dir(at.join("sub")).unwrap();
    let mut names = vec!["a.nianbao".to_owned(), "./sub/../a.nianbao".to_owned()];
    names.push(at.join("a.nianbao").display().to_string());
    fs::hard_link(at.join("a.nianbao"), at.join("second.txt")).unwrap();
    names.push("second.txt".to_owned());
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink("../a.nianbao", at.join("sub/link.json")).unwrap();
        names.push("sub/link.json".to_owned());
    }
    let before = fs::read(at.join("a.nianbao")).unwrap();
    for name in &names {
        for command in [
            vec!["export", "a.nianbao", "--to", "json", "-o", name],
            vec!["export", name, "--to", "docx", "-o", "a.nianbao"],
            vec!["import", "a.nianbao", "-o", name],
            vec![
                "new",
                "--issuer",
                "甲",
                "--year",
                "2026",
                "--prior",
                "a.nianbao",
                "-o",
                name,
            ],
        ] {
            for overwrite in [&[][..], &["--overwrite"]] {
                let refused = run(at, &[&command, overwrite].concat());
                assert_eq!(code(&refused), 2, "{command:?}");
                assert!(said(&refused).contains("读入"), "{}", said(&refused));
                assert_eq!(fs::read(at.join("a.nianbao")).unwrap(), before);
            }
        }
    }
    let sheet = ["check", "a.txt", "--sheet", "a.txt", "--overwrite"];
    assert_eq!(code(&run(at, &sheet)), 2);
    // Where it is published, the report that is read keeps its name too.
    let first = run(
        at,
        &["publish", "a.nianbao", "-o", "out", "--formats", "txt"],
    );
    assert_eq!(code(&first), 0, "{}", said(&first));
    let published = fs::read_dir(at.join("out"))
        .unwrap()
        .next()
        .unwrap()
        .unwrap()
        .path();
    // A draft is one whatever its name.
    fs::copy(at.join("a.nianbao"), &published).unwrap();
    let own = published.to_str().unwrap();
    let again = [
        "publish",
        own,
        "-o",
        "out",
        "--formats",
        "txt",
        "--overwrite",
    ];
    assert_eq!(code(&run(at, &again)), 2);
    assert_eq!(fs::read(&published).unwrap(), before);
}

#[cfg(unix)]
#[test]
fn devices_and_pipes_are_refused_at_once_and_stay() {
    use std::os::unix::fs::{FileTypeExt as _, symlink};
    let desk = desk();
    let at = desk.path();
    let pipe = at.join("pipe.txt");
    assert!(
        Command::new("mkfifo")
            .arg(&pipe)
            .status()
            .unwrap()
            .success()
    );
    symlink("/dev/null", at.join("null.json")).unwrap();
    symlink("pipe.txt", at.join("link.html")).unwrap();
    for odd in ["pipe.txt", "null.json", "link.html", "/dev/full"] {
        for command in writers(odd) {
            let refused = run(at, &[command.clone(), vec!["--overwrite"]].concat());
            assert_eq!(code(&refused), 2, "{command:?}");
            assert!(
                said(&refused).contains("不是普通文件"),
                "{}",
                said(&refused)
            );
        }
        for command in [
            vec!["check", odd],
            vec!["import", odd, "-o", "new.nianbao"],
            vec!["export", odd, "--to", "json", "-o", "-"],
            vec!["check", "a.nianbao", "--prior", odd],
            vec!["check", "a.nianbao", "--settings", odd],
        ] {
            let refused = run(at, &command);
            assert_eq!(code(&refused), 2, "{command:?}");
            assert!(
                said(&refused).contains("不是普通文件"),
                "{}",
                said(&refused)
            );
            assert!(!at.join("new.nianbao").exists());
        }
    }
    assert!(fs::symlink_metadata(&pipe).unwrap().file_type().is_fifo());
    assert!(
        fs::metadata("/dev/null")
            .unwrap()
            .file_type()
            .is_char_device()
    );
    // In a folder they are told once and change nothing.
    let walked = run(at, &["check", "."]);
    assert_eq!(code(&walked), 0, "{}", said(&walked));
    assert!(said(&walked).contains("pipe.txt"), "{}", said(&walked));
    assert_eq!(said(&walked).lines().count(), 1);
}

#[test]
fn a_dash_is_standard_input() {
    let desk = desk();
    let at = desk.path();
    for name in ["a.nianbao", "a.txt"] {
        let output = Command::new(env!("CARGO_BIN_EXE_nianbao"))
            .current_dir(at)
            .args(["export", "-", "--to", "json", "-o", "-"])
            .env("NIANBAO_HOME", at.join(".home"))
            .stdin(fs::File::open(at.join(name)).unwrap())
            .output()
            .unwrap();
        assert_eq!(code(&output), 0, "{}", said(&output));
        let json: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
        assert_eq!(json["year"], 2025);
    }
}

#[test]
fn the_demo_leaves_alone_what_stands_in_its_folder() {
    let desk = desk();
    let at = desk.path();
    assert_eq!(code(&run(at, &["demo", "d", "--no-window"])), 0);
    let names = |folder: &Path| {
        let entries = fs::read_dir(folder).unwrap();
        let mut names: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
        names.sort();
        names
    };
    let made = names(&at.join("d"));
    let text = made.iter().find(|path| path.extension().unwrap() == "txt");
    let text = text.unwrap().clone();
    fs::write(&text, "改成了自己的").unwrap();
    let again = run(at, &["demo", "d", "--no-window"]);
    assert_eq!(code(&again), 0, "{}", said(&again));
    assert_eq!(fs::read_to_string(&text).unwrap(), "改成了自己的");
    assert!(names(&at.join("d")).len() > made.len());
}

#[cfg(unix)]
#[test]
fn no_file_name_reaches_a_terminal_as_a_command() {
    let desk = desk();
    let at = desk.path();
    let odd = "\u{1b}[31m红\n第二行.txt";
    fs::copy(at.join("a.txt"), at.join(odd)).unwrap();
    fs::write(at.join("\u{1b}]0;空\u{7}.txt"), "").unwrap();
    for command in [
        vec!["check", odd],
        vec!["check", "没有\u{1b}[2J\n.txt"],
        vec!["check", "."],
        vec!["export", odd, "-o", "x\u{9b}.xyz"],
        vec!["\u{1b}[31m"],
        vec!["check", "--\u{1b}[31m"],
    ] {
        let output = run(at, &command);
        let all = [output.stdout.as_slice(), &output.stderr].concat();
        let all = String::from_utf8(all).unwrap();
        let odd = |c: char| c.is_control() && c != '\n' && c != '\t';
        assert!(!all.contains(odd), "{all:?}");
        assert_eq!(
            said(&output).lines().count().min(1),
            said(&output).lines().count()
        );
    }
}

#[cfg(unix)]
#[test]
fn a_save_without_history_says_so_and_goes_well() {
    use std::os::unix::fs::PermissionsExt as _;
    let desk = desk();
    let at = desk.path();
    let import = ["import", "a.txt", "-o", "b.nianbao", "--overwrite"];
    assert_eq!(said(&run(at, &import)), "");
    // A file in the place of the folder works for every user.
    assert!(!at.join(".home").exists());
    fs::write(at.join(".home"), "").unwrap();
    let older = at.join("2024.nianbao");
    fs::set_permissions(&older, fs::Permissions::from_mode(0o644)).unwrap();
    fs::copy(&older, at.join("b.nianbao")).unwrap();
    let saved = run(at, &import);
    assert_eq!(code(&saved), 0);
    assert!(said(&saved).contains("没有留下上一版"), "{}", said(&saved));
    // Nobody knows where a history would be.
    fs::copy(&older, at.join("b.nianbao")).unwrap();
    let homeless = Command::new(env!("CARGO_BIN_EXE_nianbao"))
        .current_dir(at)
        .args(import)
        .env_clear()
        .output()
        .unwrap();
    assert_eq!(code(&homeless), 0, "{}", said(&homeless));
    let is_told = said(&homeless).contains("没有留下上一版");
    assert!(
        is_told || std::env::var_os("HOME").is_some(),
        "{}",
        said(&homeless)
    );
}

#[test]
fn what_would_not_open_is_not_saved() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.nianbao");
    let mut report = zero_report("2021", 2025);
    store::save(&Draft::new(report.clone()), &path).unwrap();
    crate::sample::enter(&mut report, "overview", &"年".repeat(12 * 1024 * 1024));
    let refused = store::save(&Draft::new(report.clone()), &path).unwrap_err();
    assert!(refused.to_string().contains("32MB"), "{refused}");
    assert!(store::load(&path).is_ok());
    // Whatever fits is read again.
    crate::sample::enter(&mut report, "overview", &"年".repeat(9 * 1024 * 1024));
    store::save(&Draft::new(report), &path).unwrap();
    assert!(store::load(&path).is_ok());
}
