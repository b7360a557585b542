//! The program by its arguments.

use std::path::Path;
use std::process::{Command, Output};

use nianbao::report::Draft;
use nianbao::store;

use crate::sample::{enter, zero_draft, zero_report};

pub fn nianbao(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_nianbao"));
    command
        .current_dir(folder)
        .args(arguments)
        .env("NIANBAO_HOME", folder.join("home"));
    for display in ["DISPLAY", "WAYLAND_DISPLAY", "WAYLAND_SOCKET"] {
        command.env_remove(display);
    }
    command.output().unwrap()
}

pub fn code(output: &Output) -> i32 {
    output.status.code().unwrap()
}

pub fn out(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

/// One Chinese line on standard error, nothing on standard output.
fn assert_refused(output: &Output, said: &str) {
    let error = String::from_utf8(output.stderr.clone()).unwrap();
    assert_eq!(code(output), 2, "{error}");
    assert_eq!(error.lines().count(), 1, "{error}");
    assert!(error.contains(said), "{error}");
    assert!(output.stdout.is_empty());
}

pub fn said(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

#[test]
fn nothing_is_taken_from_a_prior_of_another_year() {
    let folder = tempfile::tempdir().unwrap();
    let mut old = zero_report("2021", 2022);
    enter(&mut old, "requests.carried_forward@natural_person", "3");
    store::save(&Draft::new(old), &folder.path().join("2022.nianbao")).unwrap();
    let new = |year: &str, draft: &str| {
        let arguments = [
            "new",
            "--issuer",
            "青山镇人民政府",
            "--year",
            year,
            "--prior",
            "2022.nianbao",
            "-o",
            draft,
        ];
        let output = nianbao(folder.path(), &arguments);
        assert_eq!(code(&output), 0, "{}", said(&output));
        let draft = store::load(&folder.path().join(draft)).unwrap();
        let report = draft.report();
        let carried = report
            .edition()
            .find("requests.carried_over@natural_person");
        (said(&output), report.entry(carried.unwrap()).shown())
    };
    assert_eq!(new("2023", "a.nianbao"), (String::new(), "3".to_owned()));
    let (error, carried) = new("2024", "b.nianbao");
    assert_eq!(carried, "");
    assert_eq!(error.lines().count(), 1);
    assert!(error.contains("2022年的，应为2023年的"), "{error}");
    let checked = nianbao(folder.path(), &["check", "b.nianbao"]);
    assert!(out(&checked).contains("所用的上年度报告是2022年的，应为2023年的"));
}

#[test]
fn a_prior_that_is_read_in_part_is_taken_with_a_word() {
    let folder = tempfile::tempdir().unwrap();
    let mut old = zero_report("2021", 2022);
    for cell in ["natural_person", "other_org"] {
        enter(&mut old, &format!("requests.carried_forward@{cell}"), "");
    }
    store::save(&Draft::new(old), &folder.path().join("2022.nianbao")).unwrap();
    store::save(
        &Draft::new(zero_report("2021", 2023)),
        &folder.path().join("2023.nianbao"),
    )
    .unwrap();
    let new = [
        "new",
        "--issuer",
        "青山镇人民政府",
        "--year",
        "2023",
        "--prior",
        "2022.nianbao",
        "-o",
        "a.nianbao",
    ];
    let check = ["check", "2023.nianbao", "--prior", "2022.nianbao"];
    for arguments in [&new[..], &check[..]] {
        let output = nianbao(folder.path(), arguments);
        let error = said(&output);
        assert_eq!(error.lines().count(), 1, "{error}");
        assert!(error.contains("有2格没有读到数"), "{error}");
    }
}

#[test]
fn the_demo_does_the_whole_job_without_a_display() {
    let folder = tempfile::tempdir().unwrap();
    let output = nianbao(folder.path(), &["demo"]);
    assert_eq!(
        code(&output),
        0,
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let made: Vec<_> = std::fs::read_dir(folder.path().join("nianbao-demo"))
        .unwrap()
        .map(|e| e.unwrap().path())
        .collect();
    for extension in ["nianbao", "docx", "txt", "json"] {
        assert!(
            made.iter()
                .any(|path| path.extension().is_some_and(|e| e == extension)),
            "{extension}"
        );
    }
    assert!(
        out(&output).contains("强制性0个，核实性0个"),
        "{}",
        out(&output)
    );
    // A second run goes on with the draft that is there.
    assert_eq!(code(&nianbao(folder.path(), &["demo", "--no-window"])), 0);
}

#[test]
fn a_draft_is_begun_checked_and_exported() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    let mut last = zero_report("2021", 2024);
    enter(&mut last, "requests.new_received@natural_person", "3");
    enter(&mut last, "requests.carried_forward@natural_person", "3");
    store::save(&Draft::new(last), &at.join("2024.nianbao")).unwrap();
    let begun = [
        "new",
        "--issuer",
        "青山镇人民政府",
        "--year",
        "2025",
        "--prior",
        "2024.nianbao",
        "-o",
        "2025.nianbao",
    ];
    assert_eq!(code(&nianbao(at, &begun)), 0);
    let exported = nianbao(at, &["export", "2025.nianbao", "-o", "-", "--to", "json"]);
    let json: serde_json::Value = serde_json::from_slice(&exported.stdout).unwrap();
    assert_eq!(json["form"], "2021");
    assert_eq!(json["cells"]["requests.carried_over@natural_person"], "3");
    assert_eq!(
        json["cells"]["requests.carried_over@commercial_enterprise"],
        "0"
    );
    assert!(json["cells"]["requests.new_received@natural_person"].is_null());
    assert!(json["cells"]["requests.new_received@total"].is_null());
    assert_eq!(json["cells"].as_object().unwrap().len(), 200);

    let checked = nianbao(at, &["check", "2025.nianbao", "--format", "json"]);
    assert_eq!(code(&checked), 1);
    let found: serde_json::Value = serde_json::from_str(&out(&checked)).unwrap();
    assert!(found["errors"].as_u64().unwrap() >= 3);
    assert!(
        found["findings"]
            .as_array()
            .unwrap()
            .iter()
            .any(|f| f["rule"] == "blank-cell")
    );

    let refused = nianbao(at, &["export", "2025.nianbao", "-o", "2025.docx"]);
    assert_eq!(code(&refused), 1);
    assert!(!at.join("2025.docx").exists());
    assert_eq!(
        code(&nianbao(
            at,
            &["export", "2025.nianbao", "-o", "2025.docx", "--force"]
        )),
        0
    );
    assert!(
        std::fs::read(at.join("2025.docx"))
            .unwrap()
            .starts_with(b"PK")
    );
}

#[test]
fn a_report_in_order_is_exported_and_imported_again() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    store::save(&zero_draft("2021", 2025), &at.join("a.nianbao")).unwrap();
    let checked = nianbao(at, &["check", "a.nianbao"]);
    assert_eq!(code(&checked), 0, "{}", out(&checked));
    assert_eq!(
        code(&nianbao(at, &["export", "a.nianbao", "-o", "a.txt"])),
        0,
        "{}",
        out(&checked)
    );
    assert_eq!(
        code(&nianbao(at, &["import", "a.txt", "-o", "b.nianbao"])),
        0
    );
    let json = |file: &str| out(&nianbao(at, &["export", file, "-o", "-", "--to", "json"]));
    let (a, b) = (json("a.nianbao"), json("b.nianbao"));
    assert_eq!(a, b);
}

#[test]
fn bad_input_is_refused_in_one_line_and_nothing_is_written() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    std::fs::write(at.join("empty.txt"), b"").unwrap();
    std::fs::write(at.join("binary.txt"), [0, 159, 146, 150, 1, 2, 3]).unwrap();
    std::fs::write(
        at.join("wrong.nianbao"),
        b"//nianbao fmt=1\n(version: 1, report: \xFF)",
    )
    .unwrap();
    std::fs::write(
        at.join("newer.nianbao"),
        b"//nianbao fmt=7 min=5 app=9.0.0 len=3 crc32=00000000\n(a)",
    )
    .unwrap();
    std::fs::write(at.join("key.nianbao"), "(version: 1, report: (form: \"2021\", year: 2025, texts: {}, cells: {\"requests.moon@total\": \"1\"}))").unwrap();
    let zeros = std::fs::File::create(at.join("zeros.docx")).unwrap();
    zeros.set_len(100 * 1024 * 1024).unwrap();
    std::fs::create_dir(at.join("folder")).unwrap();
    for (file, said) in [
        ("none.txt", "不存在"),
        ("folder", "文件夹"),
        ("empty.txt", "空"),
        ("binary.txt", "文字"),
        ("zeros.docx", "太大"),
        ("wrong.nianbao", "第2行"),
        ("newer.nianbao", "新"),
        ("key.nianbao", "requests.moon@total"),
    ] {
        assert_refused(&nianbao(at, &["import", file, "-o", "out.nianbao"]), said);
        assert_refused(&nianbao(at, &["check", file]), said);
        assert_refused(
            &nianbao(at, &["export", file, "-o", "out.docx", "--force"]),
            said,
        );
    }
    assert!(!at.join("out.nianbao").exists() && !at.join("out.docx").exists());
    std::fs::write(at.join("kept.nianbao"), "old").unwrap();
    assert_refused(
        &nianbao(at, &["import", "empty.txt", "-o", "kept.nianbao"]),
        "空",
    );
    assert_eq!(std::fs::read(at.join("kept.nianbao")).unwrap(), b"old");
}

#[test]
fn wrong_usage_is_told_in_chinese() {
    let folder = tempfile::tempdir().unwrap();
    for arguments in [
        &["check"][..],
        &["new", "--issuer", "甲"],
        &["export", "a", "-o", "b.xyz"],
        &["form", "1999"],
        &["explain", "no-rule"],
    ] {
        assert_refused(&nianbao(folder.path(), arguments), "年报：");
    }
}

#[test]
fn without_a_display_the_window_says_what_works() {
    let folder = tempfile::tempdir().unwrap();
    assert_refused(&nianbao(folder.path(), &[]), "check");
}

#[test]
fn the_forms_are_listed_and_printed() {
    let folder = tempfile::tempdir().unwrap();
    assert_eq!(out(&nianbao(folder.path(), &["form"])).lines().count(), 2);
    let printed = nianbao(folder.path(), &["form", "2021", "--format", "json"]);
    let form: serde_json::Value = serde_json::from_slice(&printed.stdout).unwrap();
    assert_eq!(form["cells"].as_array().unwrap().len(), 200);
    assert_eq!(form["tables"][1]["squares"][0]["rowspan"], 3);
}

#[test]
fn check_names_the_fixes_and_every_figure_of_the_text() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("2025.nianbao");
    let mut report = zero_report("2021", 2025);
    enter(
        &mut report,
        "overview",
        "全年收到政府信息公开申请2件，举办培训3次。",
    );
    store::save(&Draft::new(report), &path).unwrap();
    let checked = nianbao(
        folder.path(),
        &["check", "2025.nianbao", "--format", "json", "--claims"],
    );
    let report: serde_json::Value = serde_json::from_str(&out(&checked)).unwrap();
    let findings = report["findings"].as_array().unwrap();
    let finding = findings
        .iter()
        .find(|finding| finding["rule"] == "text-received")
        .unwrap();
    let fix = serde_json::json!({ "title": "正文改为0件", "cells": {}, "texts": [
        { "section": "overview", "start": 12, "end": 13, "with": "0" },
    ]});
    assert_eq!(finding["fixes"], serde_json::json!([fix]));
    let claims = report["claims"].as_array().unwrap();
    let word = |claim: &serde_json::Value, name: &str| claim[name].as_str().unwrap().to_owned();
    let says: Vec<_> = claims
        .iter()
        .map(|claim| word(claim, "says") + &word(claim, "verdict"))
        .collect();
    assert_eq!(says, ["2件different", "3次unknown"]);
    let plain = nianbao(folder.path(), &["check", "2025.nianbao"]);
    assert!(
        out(&plain).contains("（可改：正文改为0件）"),
        "{}",
        out(&plain)
    );
}

#[test]
fn a_report_without_a_year_is_asked_for_it() {
    let folder = tempfile::tempdir().unwrap();
    let text = "一、总体情况\n本年度公开信息九条。\n二、主动公开政府信息情况\n\
        第二十条第（五）项\n信息内容\t本年处理决定数量\n行政许可\t7\n";
    std::fs::write(folder.path().join("a.txt"), text).unwrap();
    let import = |more: &[&str]| {
        let arguments = [&["import", "a.txt", "-o", "a.nianbao"], more].concat();
        nianbao(folder.path(), &arguments)
    };
    assert_refused(&import(&[]), "用--year写明");
    assert_refused(&import(&["--year", "2010"]), "2010年");
    assert!(!folder.path().join("a.nianbao").exists());
    let read = import(&["--year", "2023"]);
    assert_eq!(code(&read), 0, "{}", said(&read));
    let draft = nianbao::open::open(&folder.path().join("a.nianbao"))
        .unwrap()
        .draft;
    assert_eq!(draft.report().year(), 2023);
    let cell = draft
        .report()
        .edition()
        .find("proactive.licensing@processed");
    assert!(cell.is_some_and(|id| draft.report().entry(id).number().is_some()));
    let titled = format!("柳林镇人民政府2024年政府信息公开工作年度报告\n{text}");
    std::fs::write(folder.path().join("a.txt"), titled).unwrap();
    let read = import(&["--year", "2023", "--overwrite"]);
    assert!(said(&read).contains("文件写明是2024年"), "{}", said(&read));
}

#[test]
fn a_look_is_said_kept_and_handed_on() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.nianbao");
    store::save(&zero_draft("2021", 2025), &path).unwrap();
    let run = |arguments: &[&str]| nianbao(folder.path(), arguments);
    for (arguments, says) in [
        (&["--date", "2026-2-30"][..], "没有这一天"),
        (&["--date", "昨天"], "写成2026-1-15"),
        (&["--table-size", "20"], "表格字号要在5磅到14磅之间"),
        (&["--line-pitch", "15"], "行距要在24.2磅到60磅之间"),
        (&["--title-size", "30"], "行距要在33磅到60磅之间"),
        (&["--body-size", "大"], "不是磅数"),
        (&["--style", "b.nianbao"], "打不开版式文件"),
        (&["--style", "a.nianbao"], "这不是版式文件"),
    ] {
        let mut all = vec!["export", "a.nianbao", "--force", "-o", "a.txt"];
        all.extend(arguments);
        assert_refused(&run(&all), says);
    }
    let look = [
        "--times",
        "--title-size",
        "18",
        "--sign",
        "--date",
        "2026-01-15",
    ];
    let mut keep = vec!["style", "a.nianbao", "-o", "县.nbstyle"];
    keep.extend(look);
    assert_eq!(code(&run(&keep)), 0);
    let exported = |arguments: &[&str]| {
        let mut all = vec![
            "export",
            "a.nianbao",
            "--force",
            "--to",
            "txt",
            "-o",
            "-",
            "--no-notepad",
        ];
        all.extend(arguments);
        out(&run(&all))
    };
    let text = exported(&["--style", "县.nbstyle", "--number", "青政发〔2026〕1号"]);
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(lines[1], "青政发〔2026〕1号");
    // The date belongs to one report only.
    let issuer = zero_draft("2021", 2025).report().issuer().to_owned();
    assert_eq!(lines.last(), Some(&issuer.as_str()));
    let text = exported(&["--style", "县.nbstyle", "--date", "2026-01-15"]);
    assert!(text.ends_with(&format!("{issuer}\n2026年1月15日\n")));
}

#[test]
fn a_text_is_written_as_notepad_wants_it_when_asked() {
    let folder = tempfile::tempdir().unwrap();
    store::save(&zero_draft("2021", 2025), &folder.path().join("a.nianbao")).unwrap();
    let text = |said: &str| {
        let arguments = [
            "export",
            "a.nianbao",
            "--force",
            "--to",
            "txt",
            "-o",
            "-",
            said,
        ];
        out(&nianbao(folder.path(), &arguments))
    };
    let (plain, notepad) = (text("--no-notepad"), text("--notepad"));
    assert!(!plain.contains('\r') && !plain.starts_with('\u{feff}'));
    assert_eq!(notepad, format!("\u{feff}{}", plain.replace('\n', "\r\n")));
}
