//! Many reports at a time, through the command line.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{Read as _, Write as _};
use std::path::Path;

use nianbao::report::Draft;
use nianbao::store;
use serde_json::{Map, Value};

use crate::cli::{code, nianbao, out, said};
use crate::sample::{enter, zero_report};

/// A report of a unit with these figures; an empty text leaves a cell blank.
fn report(issuer: &str, year: u16, figures: &[(&str, &str)]) -> Draft {
    let edition = if year < 2021 { "2019" } else { "2021" };
    let mut report = zero_report(edition, year);
    enter(&mut report, "issuer", issuer);
    for (key, figure) in figures {
        enter(&mut report, key, figure);
    }
    Draft::new(report)
}

/// Four reports: two editions, three formats, in a sub-folder and a zip, and a file that is none.
fn four(folder: &Path) {
    let desk = folder.join("收件");
    fs::create_dir_all(desk.join("部门")).unwrap();
    let save = |draft: &Draft, name: &str| store::save(draft, &desk.join(name)).unwrap();
    let fees = [("proactive.fees@amount", "435.532")];
    save(&report("青石镇人民政府", 2025, &fees), "青石.nianbao");
    save(&report("老镇人民政府", 2020, &[]), "老镇.nianbao");
    let blank = [("requests.new_received@natural_person", "")];
    save(
        &report("县教育局", 2025, &blank),
        "部门/教育局,\"一\".nianbao",
    );
    save(&report("柳河乡人民政府", 2025, &fees), "柳河.nianbao");
    let export = ["export", "收件/柳河.nianbao", "-o", "柳河.docx", "--force"];
    assert_eq!(code(&nianbao(folder, &export)), 0);
    fs::remove_file(desk.join("柳河.nianbao")).unwrap();
    let mut zip = zip::ZipWriter::new(File::create(desk.join("乡镇.zip")).unwrap());
    let options = zip::write::SimpleFileOptions::default();
    zip.start_file("报送/柳河.docx", options).unwrap();
    zip.write_all(&fs::read(folder.join("柳河.docx")).unwrap())
        .unwrap();
    zip.finish().unwrap();
    fs::write(desk.join("说明.jpg"), b"x").unwrap();
}

fn lines(text: &str) -> Vec<Map<String, Value>> {
    let line = |line| serde_json::from_str(line).unwrap();
    text.lines().map(line).collect()
}

/// What `export --to json` says of the cells of a file.
fn exported(folder: &Path, file: &str) -> Map<String, Value> {
    let output = nianbao(folder, &["export", file, "--to", "json", "-o", "-"]);
    let whole: Value = serde_json::from_str(&out(&output)).unwrap();
    whole["cells"].as_object().unwrap().clone()
}

#[test]
fn a_table_has_a_row_a_report_with_every_cell_of_its_export() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    four(folder);
    let printed = nianbao(folder, &["table", "收件", "-o", "-"]);
    assert_eq!(code(&printed), 0, "{}", said(&printed));
    assert_eq!(said(&printed).lines().count(), 1);
    assert!(said(&printed).contains("说明.jpg"));
    let rows = lines(&out(&printed));
    let files: Vec<_> = rows
        .iter()
        .map(|row| row["file"].as_str().unwrap())
        .collect();
    let expected = [
        "乡镇.zip/报送/柳河.docx",
        "老镇.nianbao",
        "部门/教育局,\"一\".nianbao",
        "青石.nianbao",
    ];
    assert_eq!(files, expected);
    let places = [
        "柳河.docx",
        "收件/老镇.nianbao",
        "收件/部门/教育局,\"一\".nianbao",
        "收件/青石.nianbao",
    ];
    for (row, place) in rows.iter().zip(places) {
        let cells = exported(folder, place);
        assert!(cells.len() > 190);
        for (key, value) in &cells {
            assert_eq!(&row[key], value, "{place} {key}");
        }
        let further = row
            .iter()
            .filter(|(key, _)| key.contains('@') && !cells.contains_key(*key));
        assert!(further.into_iter().all(|(_, value)| value.is_null()));
        assert_eq!(
            row["form"],
            if row["year"] == 2020 { "2019" } else { "2021" }
        );
    }

    let csv = nianbao(folder, &["table", "收件", "-o", "格.csv"]);
    assert_eq!(code(&csv), 0, "{}", said(&csv));
    let mut reader = csv::Reader::from_path(folder.join("格.csv")).unwrap();
    let records: Vec<BTreeMap<String, String>> =
        reader.deserialize().map(|record| record.unwrap()).collect();
    assert_eq!(records.len(), 4);
    for (record, row) in records.iter().zip(&rows) {
        for (key, value) in row {
            let text = value.as_str().map_or(value.to_string(), str::to_owned);
            let text = if value.is_null() { "" } else { &text };
            assert_eq!(record[key], text, "{key}");
        }
    }
}

#[test]
fn a_workbook_has_numbers_and_the_names_of_its_columns() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    four(folder);
    let made = nianbao(folder, &["table", "收件", "-o", "收件/格.xlsx", "--labels"]);
    assert_eq!(code(&made), 0, "{}", said(&made));
    let mut zip = zip::ZipArchive::new(File::open(folder.join("收件/格.xlsx")).unwrap()).unwrap();
    let mut part = |name: &str| {
        let mut text = String::new();
        let mut part = zip.by_name(name).unwrap();
        part.read_to_string(&mut text).unwrap();
        text
    };
    let sheet = part("xl/worksheets/sheet1.xml");
    assert!(sheet.contains("<row r=\"5\"") && !sheet.contains("<row r=\"6\""));
    assert_eq!(sheet.matches("<v>435.532</v>").count(), 2);
    assert!(sheet.contains("一、本年新收政府信息公开申请数量·自然人"));
    assert!(part("xl/worksheets/sheet2.xml").contains("requests.new_received@natural_person"));
    // The table of last time is no report of this time, and stands unless it is said that it may go.
    let again = nianbao(folder, &["table", "收件", "-o", "收件/格.xlsx"]);
    assert_eq!(code(&again), 2);
    let over = ["table", "收件", "-o", "收件/格.xlsx", "--overwrite"];
    let over = nianbao(folder, &over);
    assert_eq!(code(&over), 0, "{}", said(&over));
}

#[test]
fn what_cannot_be_read_is_told_and_the_rest_is_in_the_table() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    four(folder);
    fs::write(folder.join("收件/坏.docx"), b"PK\x03\x04").unwrap();
    let table = nianbao(folder, &["table", "收件", "-o", "格.ndjson"]);
    assert_eq!(code(&table), 1);
    assert!(said(&table).contains("坏.docx"), "{}", said(&table));
    let rows = lines(&fs::read_to_string(folder.join("格.ndjson")).unwrap());
    assert_eq!(rows.len(), 4);
    // Single files, as other programs hand them out, are named as they were given.
    let some = ["table", "收件/青石.nianbao", "收件/部门", "-o", "-"];
    let some = nianbao(folder, &some);
    let rows = lines(&out(&some));
    assert_eq!(rows[0]["file"], "收件/青石.nianbao");
    assert_eq!(rows[1]["file"], "收件/部门/教育局,\"一\".nianbao");
    for (arguments, told) in [
        (["table", "收件", "-o", "格.doc"], "csv、xlsx或者json"),
        (["table", "没有", "-o", "-"], "文件不存在"),
    ] {
        let refused = nianbao(folder, &arguments);
        assert!(said(&refused).contains(told), "{}", said(&refused));
        assert_ne!(code(&refused), 0);
    }
}

#[test]
fn what_cannot_be_gathered_is_refused_in_one_sentence() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    fs::create_dir_all(folder.join("空")).unwrap();
    fs::create_dir_all(folder.join("收件")).unwrap();
    let draft = |name: &str, issuer: &str, year: u16| {
        let mut report = zero_report("2021", year);
        enter(&mut report, "issuer", issuer);
        fs::write(folder.join(name), store::to_bytes(&Draft::new(report))).unwrap();
    };
    draft("收件/青石.nianbao", "青石镇人民政府", 2025);
    draft("县2024.nianbao", "清河县人民政府", 2024);
    fs::write(folder.join("名单.txt"), [0, 1, 2, 3]).unwrap();
    let (wide, _, _) = encoding_rs::GB18030.encode("青石镇人民政府\n白水乡人民政府\n");
    fs::write(folder.join("旧名单.txt"), wide).unwrap();
    let own = ["--own", "县2024.nianbao"];
    for (arguments, words) in [
        (vec!["没有"], "没有这个文件夹"),
        (vec!["名单.txt"], "不是文件夹"),
        (vec!["空"], "没有草稿和报告"),
        (vec!["空", "--year", "2025"], "没有草稿和报告"),
        (vec!["空", "--units", "旧名单.txt"], "不知道是哪一年"),
        (vec!["收件", "--last", "没有"], "没有这个文件夹"),
        (vec!["收件", "--units", "名单.txt"], "名单读不了"),
        (vec!["收件", "--units", "没有.txt"], "打不开名单"),
        (vec!["收件", "--year", "1999"], "1999年的格式版本"),
        (vec!["收件", own[0], own[1]], "本级报告是2024年度的"),
        (
            vec!["收件", "--year", "2025", own[0], own[1]],
            "本级报告是2024年度的",
        ),
    ] {
        let refused = nianbao(folder, &[&["gather"], &arguments[..]].concat());
        let error = said(&refused);
        assert_eq!(code(&refused), 2, "{arguments:?}: {error}");
        assert!(error.contains(words), "{arguments:?}: {error}");
        assert_eq!(error.lines().count(), 1, "{error}");
        assert!(!error.contains("os error"), "{error}");
    }
    // A list as an old Windows keeps it; nobody has reported yet.
    let listed = ["gather", "空", "--units", "旧名单.txt", "--year", "2025"];
    let text = out(&nianbao(folder, &listed));
    assert!(text.contains("应报2个单位，未报2个，计入汇总0个"), "{text}");
    assert!(text.contains("白水乡人民政府"), "{text}");
}
