//! Several files at once: the attachments of a page in one packed file, and folders.

use std::fs;
use std::io::{Cursor, Write as _};

use nianbao::import::Attachment;
use nianbao::report::{Draft, Report};
use nianbao::{export, open};

use crate::cli::{code, nianbao, out};
use crate::sample::{enter, zero_report};

fn bytes(report: &Report, format: &str) -> Vec<u8> {
    let draft = Draft::new(report.clone());
    export::by_name(format).unwrap().bytes(&draft).unwrap()
}

fn packed(files: &[(&str, Vec<u8>)]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        zip.start_file(*name, zip::write::SimpleFileOptions::default())
            .unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn said(output: &std::process::Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

/// The same report twice, one figure and one sentence of which differ.
fn twice() -> [(&'static str, Vec<u8>); 4] {
    let report = zero_report("2021", 2024);
    let mut other = report.clone();
    enter(&mut other, "proactive.fees@amount", "7");
    enter(&mut other, "other_matters", "本机关没有收取检索费。");
    [
        ("附件/报告.docx", bytes(&report, "docx")),
        ("附件/报告.pdf", bytes(&other, "pdf")),
        ("附件/三张表.xlsx", bytes(&report, "xlsx")),
        ("附件/封面.jpg", b"\xFF\xD8\xFF".to_vec()),
    ]
}

#[test]
fn word_and_pdf_of_one_report_become_one_and_are_compared() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    fs::write(at.join("附件.zip"), packed(&twice())).unwrap();
    let done = nianbao(at, &["import", "附件.zip", "-o", "a.nianbao"]);
    assert_eq!(code(&done), 0, "{}", said(&done));
    let notes = out(&done);
    let figure = notes
        .lines()
        .find(|line| line.contains("“报告.docx”中是0，“报告.pdf”中是7"));
    assert!(
        figure.is_some_and(|line| line.contains("行政事业性收费")),
        "{notes}"
    );
    assert!(notes.contains("从“信息处理费。”和“检索费。”起"), "{notes}");
    assert!(notes.contains("封面.jpg"), "{notes}");
    // The sheets say the same, so that nothing is said of them.
    assert!(!notes.contains("三张表"), "{notes}");
    let json = nianbao(at, &["export", "附件.zip", "--to", "json", "-o", "-"]);
    let json: serde_json::Value = serde_json::from_str(&out(&json)).unwrap();
    assert_eq!(json["cells"]["proactive.fees@amount"], "0");
    assert!(json["notes"].to_string().contains("报告.pdf"));
}

#[test]
fn a_folder_of_reports_becomes_a_draft_each() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    fs::create_dir(at.join("in")).unwrap();
    let put = |name: &str, bytes: Vec<u8>| fs::write(at.join("in").join(name), bytes).unwrap();
    put("附件.zip", packed(&twice()));
    put("旧.html", bytes(&zero_report("2019", 2020), "html"));
    put("说明.txt", "没有表格".into());
    put("表.csv", "1,2".into());
    let done = nianbao(at, &["import", "in", "-o", "out"]);
    assert_eq!(code(&done), 0, "{}", said(&done));
    let mut names: Vec<_> = fs::read_dir(at.join("out"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    assert_eq!(
        names,
        [
            "青山镇人民政府2020年.nianbao",
            "青山镇人民政府2024年.nianbao"
        ]
    );
    assert!(out(&done).contains("青山镇人民政府2024年（报告.docx、报告.pdf、三张表.xlsx）"));
    let others = said(&done);
    assert_eq!(others.lines().count(), 1, "{others}");
    for name in ["封面.jpg", "说明.txt", "表.csv"] {
        assert!(others.contains(name), "{others}");
    }
    // Nothing is replaced unasked, not even in part.
    fs::remove_file(at.join("out").join(&names[0])).unwrap();
    let refused = nianbao(at, &["import", "in", "-o", "out"]);
    assert_eq!(code(&refused), 2);
    assert!(!at.join("out").join(&names[0]).exists());
    let one = nianbao(at, &["import", "in", "-o", "one.nianbao"]);
    assert_eq!(code(&one), 2);
    assert!(said(&one).contains("里面有2份不同的报告"), "{}", said(&one));
}

#[test]
fn only_the_page_of_the_only_report_is_kept() {
    let file = |name: &str, year: u16| {
        let (_, format) = name.split_once('.').unwrap();
        let bytes = Some(bytes(&zero_report("2021", year), format));
        let name = name.to_owned();
        Attachment { name, bytes }
    };
    let kept = |files: [Attachment; 2]| -> Vec<bool> {
        let reports = open::of_files(files, None).reports;
        let pages = reports.iter().map(|found| &found.opened.page);
        pages.map(|page| !page.blocks.is_empty()).collect()
    };
    assert_eq!(kept([file("甲.xlsx", 2024), file("乙.docx", 2024)]), [true]);
    let several = kept([file("甲.docx", 2024), file("乙.docx", 2023)]);
    assert_eq!(several, [false, false]);
}

#[test]
fn packed_files_without_one_report_say_what_is_in_them() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    let texts = |year: u16| bytes(&zero_report("2021", year), "txt");
    let two = packed(&[("a.txt", texts(2023)), ("b.txt", texts(2024))]);
    fs::write(at.join("two.zip"), two).unwrap();
    fs::write(at.join("none.zip"), packed(&[("a.txt", "好".into())])).unwrap();
    let none = nianbao(at, &["check", "none.zip"]);
    assert_eq!(code(&none), 2);
    assert!(
        said(&none).contains("压缩包里没有能读的年度报告，“a.txt”"),
        "{}",
        said(&none)
    );
    let two = nianbao(at, &["import", "two.zip", "-o", "x.nianbao"]);
    assert_eq!(code(&two), 2);
    assert!(said(&two).contains("青山镇人民政府2023年、青山镇人民政府2024年"));
    assert_eq!(code(&nianbao(at, &["import", "two.zip", "-o", "out"])), 0);
    assert_eq!(fs::read_dir(at.join("out")).unwrap().count(), 2);
}

/// A folder with a report as a draft, as a Word document and as a workbook.
fn reports() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let all = folder.path().join("all");
    fs::create_dir(&all).unwrap();
    let report = zero_report("2021", 2025);
    let draft = Draft::new(report.clone());
    nianbao::store::save(&draft, &all.join("甲.nianbao")).unwrap();
    fs::write(all.join("报告.docx"), bytes(&report, "docx")).unwrap();
    fs::write(all.join("报告.xlsx"), bytes(&report, "xlsx")).unwrap();
    folder
}

#[test]
fn what_the_program_writes_about_reports_is_not_read_as_a_report() {
    let folder = reports();
    let at = folder.path();
    for command in [
        &["gather", "all", "-o", "汇总.docx"][..],
        &["gather", "all", "-o", "汇总.xlsx"],
        &["table", "all", "-o", "表.xlsx"],
        &["table", "all", "--labels", "-o", "中文表.xlsx"],
    ] {
        let made = nianbao(at, command);
        assert!(code(&made) < 2, "{command:?} {}", said(&made));
    }
    for file in ["汇总.docx", "汇总.xlsx", "表.xlsx", "中文表.xlsx"] {
        let read = nianbao(at, &["import", file, "--year", "2025", "-o", "a.nianbao"]);
        assert_eq!(code(&read), 2, "{file}");
        assert!(said(&read).contains("不是年度报告"), "{}", said(&read));
    }
}

#[test]
fn a_summary_takes_the_place_of_no_report_of_its_folder() {
    let folder = reports();
    let at = folder.path();
    let files = ["all/报告.docx", "all/报告.xlsx"].map(|name| at.join(name));
    let before = files.clone().map(|file| fs::read(file).unwrap());
    for command in [
        &["gather", "all", "-o", "all/报告.docx", "--overwrite"][..],
        &["gather", "all", "-o", "all/报告.xlsx", "--overwrite"],
        &["table", "all", "-o", "all/报告.xlsx", "--overwrite"],
    ] {
        let refused = nianbao(at, command);
        assert_eq!(code(&refused), 2, "{command:?}");
        assert!(
            said(&refused).contains("读入的那个文件"),
            "{}",
            said(&refused)
        );
    }
    assert_eq!(files.map(|file| fs::read(file).unwrap()), before);
    // An older summary goes, when that is said.
    for _ in 0..2 {
        let made = nianbao(at, &["gather", "all", "-o", "all/汇总.docx", "--overwrite"]);
        assert_eq!(code(&made), 0, "{}", said(&made));
    }
}
