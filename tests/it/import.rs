//! Files in, reports out: invented reports in every dialect, broken bytes, and published reports.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::io::{Cursor, Write as _};
use std::path::{Path, PathBuf};

use nianbao::doc::recognise::{Recognised, recognise};
use nianbao::form;
use nianbao::report::{Draft, Report};
use nianbao::{export, import};

use crate::sample::{enter, zero_report};

/// What a case must give: `expected.json` beside its input.
#[derive(Debug, serde::Deserialize, serde::Serialize)]
struct Expected {
    edition: String,
    year: u16,
    issuer: String,
    /// The title when it is not the usual one.
    #[serde(default)]
    title: String,
    /// Every cell that is not blank.
    cells: BTreeMap<String, String>,
    /// The text of each section that has one.
    #[serde(default)]
    sections: BTreeMap<String, String>,
    /// A piece of every note that must be there.
    #[serde(default)]
    notes: Vec<String>,
}

fn read(name: &str, bytes: &[u8]) -> Result<Recognised, String> {
    let doc = import::read(name, bytes).map_err(|error| error.to_string())?;
    recognise(&doc, form::all(), None).map_err(|error| error.to_string())
}

fn cells(report: &Report) -> BTreeMap<String, String> {
    let edition = report.edition();
    let cells = edition.cells().filter_map(|id| {
        let number = report.entry(id).number()?;
        Some((edition.field(id).key.clone(), number.to_string()))
    });
    cells.collect()
}

fn sections(report: &Report) -> BTreeMap<String, String> {
    let edition = report.edition();
    let texts = edition
        .passages()
        .map(|(section, field)| (section.id.clone(), report.text(field).to_owned()));
    texts.filter(|(_, text)| !text.is_empty()).collect()
}

fn as_read(found: &Recognised) -> Expected {
    let report = &found.report;
    let title = report.text(report.edition().title_field);
    Expected {
        edition: report.edition().id.clone(),
        year: report.year(),
        issuer: report.issuer().to_owned(),
        title: title.to_owned(),
        cells: cells(report),
        sections: sections(report),
        notes: found.notes.clone(),
    }
}

/// The cases of the corpus.
pub fn corpus() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus");
    let mut cases: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.is_dir())
        .collect();
    cases.sort();
    cases
}

/// The file of a case.
pub fn input(case: &Path) -> PathBuf {
    let mut files = fs::read_dir(case)
        .unwrap()
        .map(|entry| entry.unwrap().path());
    files
        .find(|path| path.file_stem().is_some_and(|stem| stem == "input"))
        .unwrap()
}

#[test]
fn every_dialect_is_read_as_expected() {
    for case in corpus() {
        let place = case.display();
        let file = input(&case);
        let name = file.file_name().unwrap().to_str().unwrap();
        let found = read(name, &fs::read(&file).unwrap()).unwrap();
        // A new case is written down as it is read, and then looked at.
        if std::env::var_os("UPDATE_EXPECT").is_some() && !case.join("expected.json").exists() {
            let text = serde_json::to_string_pretty(&as_read(&found)).unwrap();
            fs::write(case.join("expected.json"), text + "\n").unwrap();
        }
        let expected = fs::read_to_string(case.join("expected.json")).unwrap();
        let expected: Expected = serde_json::from_str(&expected).unwrap();
        let report = &found.report;
        assert_eq!(report.edition().id, expected.edition, "{place}");
        assert_eq!(report.year(), expected.year, "{place}");
        assert_eq!(report.issuer(), expected.issuer, "{place}");
        let title = report.text(report.edition().title_field);
        assert_eq!(title, expected.title, "{place}");
        let found_cells = cells(report);
        let keys = expected.cells.keys().chain(found_cells.keys());
        for key in keys {
            let both = (found_cells.get(key), expected.cells.get(key));
            assert_eq!(both.0, both.1, "{place} {key} {:#?}", found.notes);
        }
        assert_eq!(sections(report), expected.sections, "{place}");
        for note in expected.notes {
            let said = found.notes.iter().any(|said| said.contains(&note));
            assert!(said, "{place}: {note} {:#?}", found.notes);
        }
    }
}

#[test]
fn published_reports_give_no_wrong_number() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/seeds");
    let Ok(files) = fs::read_dir(&folder) else {
        return;
    };
    for file in files {
        let file = file.unwrap().path();
        if file.extension().is_none_or(|extension| extension != "txt") {
            continue;
        }
        let name = file.file_name().unwrap().to_str().unwrap().to_owned();
        let expected = fs::read_to_string(file.with_extension("expected.json")).unwrap();
        let expected: serde_json::Value = serde_json::from_str(&expected).unwrap();
        let found = read(&name, &fs::read(&file).unwrap()).unwrap();
        let found_cells = cells(&found.report);
        let mut missing = 0;
        let wanted = expected["cells"].as_object().unwrap();
        for (key, value) in wanted {
            match found_cells.get(key) {
                Some(shown) => assert_eq!(shown, value.as_str().unwrap(), "{name} {key}"),
                None => missing += 1,
            }
        }
        for key in found_cells.keys() {
            assert!(wanted.contains_key(key), "{name} {key}");
        }
        assert!(missing == 0, "{name}: {missing}");
        assert_eq!(
            found.report.edition().id,
            expected["form"].as_str().unwrap()
        );
        assert_eq!(
            u64::from(found.report.year()),
            expected["year"].as_u64().unwrap()
        );
        let issuer = expected["issuer"].as_str().unwrap();
        let issuer = issuer.split('（').next().unwrap();
        assert_eq!(found.report.issuer(), issuer);
    }
}

/// A Word document of this body.
fn docx(body: &str) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default();
    zip.start_file("word/document.xml", options).unwrap();
    let xml = format!("<d:document xmlns:d=\"w\"><d:body>{body}</d:body></d:document>");
    zip.write_all(xml.as_bytes()).unwrap();
    zip.finish().unwrap().into_inner()
}

fn paragraph(text: &str) -> String {
    format!("<d:p><d:r><d:t>{text}</d:t></d:r></d:p>")
}

/// A report as an office program would save it: merged cells, runs broken anywhere, traces of changes.
fn untidy_docx(report: &Report) -> Vec<u8> {
    let mut body = paragraph(&report.title());
    for section in &report.edition().sections {
        body += &paragraph(&section.heading);
        let table = match &section.body {
            form::SectionBody::Table(table) => table,
            form::SectionBody::Passage { field, .. } => {
                body += &report
                    .text(*field)
                    .lines()
                    .map(paragraph)
                    .collect::<String>();
                continue;
            }
        };
        body += "<d:tbl>";
        for row in 0..table.grid.rows {
            body += "<d:tr>";
            let mut column = 0;
            while let Some(square) = table.grid.at(row, column) {
                let text = match &square.content {
                    form::SquareContent::Head(text) | form::SquareContent::Label(text) => {
                        text.clone()
                    }
                    form::SquareContent::Value(id) => report.entry(*id).shown(),
                };
                let merge = match (square.row_span > 1, square.row == row) {
                    (true, true) => "<d:vMerge d:val=\"restart\"/>",
                    (true, false) => "<d:vMerge/>",
                    _ => "",
                };
                let span = square.column_span;
                write!(body, "<d:tc><d:tcPr><d:gridSpan d:val=\"{span}\"/>{merge}<d:tcPrChange><d:tcPr><d:gridSpan d:val=\"9\"/></d:tcPr></d:tcPrChange></d:tcPr><d:p><d:del><d:r><d:t>9</d:t></d:r></d:del>").unwrap();
                if square.row == row {
                    for c in text.chars() {
                        write!(body, "<d:r><d:t>{c}</d:t></d:r>").unwrap();
                    }
                }
                body += "</d:p></d:tc>";
                column += span;
            }
            body += "</d:tr>";
        }
        body += "</d:tbl>";
    }
    docx(&body)
}

/// A report as a site would show it, with the site around it.
fn untidy_html(report: &Report) -> Vec<u8> {
    let line = |text: &str| format!("<p style='text-indent:2em'><span>{text}</span>&nbsp;</p>\n");
    let mut page = "<!DOCTYPE html><html><body><ul><li><a>首页</a><li>政务公开</ul>".to_owned();
    write!(
        page,
        "<h2>{}</h2><table><tr><td><div id=zoom>",
        report.title()
    )
    .unwrap();
    for section in &report.edition().sections {
        page += &line(&section.heading);
        let table = match &section.body {
            form::SectionBody::Table(table) => table,
            form::SectionBody::Passage { field, .. } => {
                page += &report.text(*field).lines().map(line).collect::<String>();
                continue;
            }
        };
        page += "<div><table border=1><tbody>";
        for row in 0..table.grid.rows {
            page += "<tr>";
            for square in table.grid.squares.iter().filter(|square| square.row == row) {
                let text = match &square.content {
                    form::SquareContent::Head(text) | form::SquareContent::Label(text) => {
                        text.clone()
                    }
                    form::SquareContent::Value(id) => report.entry(*id).shown(),
                };
                let (down, across) = (square.row_span, square.column_span);
                write!(
                    page,
                    "<td rowspan={down} colspan='{across}'>\n<p>&#12288;{text}</p></td>"
                )
                .unwrap();
            }
            page += "</tr>\n";
        }
        page += "</table></div>";
    }
    page += "</div></td></tr></table><div>版权所有：县政府办公室</div></body></html>";
    page.into_bytes()
}

fn partial_report(edition: &str, year: u16) -> Report {
    let mut report = zero_report(edition, year);
    let form = report.edition().clone();
    let cells: Vec<_> = form
        .cells()
        .filter(|&id| !form.field(id).is_total())
        .collect();
    for (n, id) in cells.into_iter().enumerate() {
        let text = if n % 3 == 0 {
            String::new()
        } else {
            (n * 31 % 97).to_string()
        };
        enter(&mut report, &form.field(id).key, &text);
    }
    report
}

#[test]
fn documents_and_pages_keep_every_figure_in_its_cell() {
    for (edition, year) in [("2021", 2024), ("2019", 2019)] {
        for report in [zero_report(edition, year), partial_report(edition, year)] {
            let writer = export::by_name("docx").unwrap();
            let own = writer.bytes(&Draft::new(report.clone())).unwrap();
            let files = [
                ("报告.docx", own, sections(&report)),
                ("报告.docx", untidy_docx(&report), sections(&report)),
                ("报告.htm", untidy_html(&report), sections(&report)),
            ];
            for (name, bytes, texts) in files {
                let found = read(name, &bytes).unwrap();
                assert_eq!(found.report.title(), report.title());
                assert_eq!(sections(&found.report), texts);
                for id in report.edition().cells() {
                    let field = report.edition().field(id);
                    if !field.is_total() {
                        let both = (found.report.entry(id), report.entry(id));
                        assert_eq!(both.0, both.1, "{} {:#?}", field.key, found.notes);
                    }
                }
            }
        }
    }
}

#[test]
fn a_hostile_word_document_is_refused() {
    let deep = "<d:tbl><d:tr><d:tc>".repeat(20_000);
    let spaces = format!("<d:p><d:r><d:t>{}</d:t></d:r></d:p>", " ".repeat(40 << 20));
    for body in [deep.as_str(), &spaces, "<d:p>", ""] {
        assert!(read("甲.docx", &docx(body)).is_err());
    }
    let bytes = untidy_docx(&partial_report("2021", 2024));
    for at in (0..bytes.len()).step_by(bytes.len() / 300) {
        let mut bent = bytes.clone();
        bent[at] ^= 0x55;
        for bytes in [&bent[..], &bytes[..at]] {
            let outcome = read("甲.docx", bytes);
            assert!(outcome.is_ok() || outcome.is_err_and(|reason| !reason.is_empty()));
        }
    }
}

#[test]
fn what_word_hides_is_left_out_and_what_it_raises_is_no_digit() {
    let report = partial_report("2021", 2024);
    let run = |properties: &str| format!("</d:t></d:r><d:r><d:rPr>{properties}</d:rPr><d:t>8");
    let cell = |text: &str| format!("<d:tc>{}</d:tc>", paragraph(text));
    let rows = [
        [
            "规章".to_owned(),
            "1".to_owned() + &run("<d:vanish/>"),
            "2".to_owned(),
            "3".to_owned(),
        ],
        [
            "行政规范性文件".to_owned(),
            "4".to_owned() + &run("<d:vertAlign d:val=\"superscript\"/>"),
            "5".to_owned() + &run("<d:vanish d:val=\"0\"/>"),
            "6".to_owned() + &run("<d:strike/><d:dstrike d:val=\"0\"/>"),
        ],
    ];
    let row = |texts: &[String; 4]| texts.iter().map(|text| cell(text)).collect::<String>();
    let rows = rows
        .map(|texts| ["<d:tr>", &row(&texts), "</d:tr>"].concat())
        .concat();
    let heads = ["信息内容", "本年制发件数", "本年废止件数", "现行有效件数"]
        .map(cell)
        .concat();
    let body = [
        paragraph(&report.title()),
        paragraph("一、总体情况"),
        paragraph("甲。"),
        paragraph("二、主动公开政府信息情况"),
        format!("<d:tbl><d:tr>{heads}</d:tr>{rows}</d:tbl>"),
    ];
    let found = read("报告.docx", &docx(&body.concat())).unwrap();
    let cells = cells(&found.report);
    let shown: Vec<&str> = cells.values().map(String::as_str).collect();
    assert_eq!(shown, ["4", "58", "6", "1", "2", "3"], "{:#?}", found.notes);
    assert!(
        found
            .notes
            .iter()
            .any(|note| note.contains("文档里隐藏或划掉的文字没有导入"))
    );
}

#[test]
fn small_tables_are_not_taken_for_groups_they_do_not_name() {
    let heads = "|结果维持|结果纠正|其他结果|尚未审结|总计|\n|---|---|---|---|---|\n";
    let text = format!(
        "柳林镇人民政府2024年政府信息公开工作年度报告\n\n一、总体情况\n\n略。\n\n\
         四、政府信息公开行政复议、行政诉讼情况\n\n行政诉讼（未经行政复议直接起诉）\n\n{heads}|1|2|3|4|10|\n\n\
         行政诉讼（复议后起诉）\n\n{heads}|5|6|7|8|26|\n"
    );
    let found = read("a.md", text.as_bytes()).unwrap();
    let cells = cells(&found.report);
    assert!(cells.is_empty(), "{cells:?}");
}

#[test]
fn the_programs_own_workbook_is_read_back() {
    for (edition, year) in [("2021", 2024), ("2019", 2020)] {
        let mut report = zero_report(edition, year);
        let keys: Vec<String> = cells(&report).into_keys().collect();
        for (at, key) in keys.iter().enumerate() {
            let id = report.edition().find(key).unwrap();
            if !report.edition().field(id).is_total() {
                enter(&mut report, key, &(at % 90 + 10).to_string());
            }
        }
        let draft = Draft::new(report.clone());
        let written = (export::by_name("xlsx").unwrap().write)(&draft).unwrap();
        let found = read("a.xlsx", &written.bytes).unwrap();
        assert_eq!(found.report.year(), year);
        assert_eq!(found.report.issuer(), report.issuer());
        // The sums are printed too.
        let mut read = cells(&found.report);
        let edition = report.edition();
        read.retain(|key, _| !edition.field(edition.find(key).unwrap()).is_total());
        assert_eq!(read, cells(&report), "{:#?}", found.notes);
    }
}

#[test]
fn what_a_page_has_behind_a_second_report_is_listed_too() {
    let one = |year: u16, made: u16| {
        format!(
            "青石镇人民政府{year}年政府信息公开工作年度报告\n一、总体情况\n{year}年公开信息7条。\n\
             二、主动公开政府信息情况\n信息内容\t本年制发件数\t本年废止件数\t现行有效件数\n\
             规章\t{made}\t0\t7\n六、其他需要报告的事项\n无。\n"
        )
    };
    let behind = ["审核：办公室的话", "主办：青石镇 电话：0000-0000000"];
    let text = format!("{}{}{}\n", one(2023, 1), one(2024, 2), behind.join("\n"));
    let found = read("报告.txt", text.as_bytes()).unwrap();
    assert_eq!(found.report.year(), 2023);
    let notes = found.notes.join("\n");
    for line in behind
        .into_iter()
        .chain(["2024年公开信息7条。", "规章 2 0 7"])
    {
        assert!(notes.contains(line), "{line} {notes}");
    }
}
