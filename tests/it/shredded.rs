//! Labels and figures that were torn apart: what the order of the rows leaves open stays blank.

use std::fmt::Write as _;

use nianbao::doc::recognise::{Recognised, recognise};
use nianbao::form::{self, Edition, Table};
use nianbao::import;

/// How a row and its label, each in its place, are written.
const DIALECTS: &[&str] = &["md", "tabs", "lines", "cells", "indented", "html"];

fn table(edition: &Edition) -> &Table {
    let mut tables = edition.tables().map(|(_, table)| table);
    tables.find(|table| table.lines.len() > 15).unwrap()
}

fn figures(line: usize) -> Vec<String> {
    let count = (line + 1).to_string();
    let zeros = std::iter::repeat_n("0".to_owned(), 5);
    std::iter::once(count.clone())
        .chain(zeros)
        .chain([count])
        .collect()
}

fn put(text: &mut String, dialect: &str, label: Option<&str>, line: usize) {
    let figures = figures(line);
    match (dialect, label) {
        ("html", Some(label)) => {
            let blanks = "<td></td>".repeat(figures.len());
            write!(text, "<tr><td>{label}</td>{blanks}</tr>").unwrap();
        }
        ("html", None) => {
            let cells = figures.join("</td><td>");
            write!(text, "<tr><td></td><td>{cells}</td></tr>").unwrap();
        }
        (_, Some(label)) => writeln!(text, "{label}").unwrap(),
        ("md", None) => writeln!(text, "\n| {} |\n", figures.join(" | ")).unwrap(),
        ("tabs", None) => writeln!(text, "{}", figures.join("\t")).unwrap(),
        ("lines", None) => writeln!(text, "{}", figures.join(" ")).unwrap(),
        ("cells", None) => writeln!(text, "{}", figures.join("\n")).unwrap(),
        _ => writeln!(text, "{}{}", " ".repeat(40), figures.join("   ")).unwrap(),
    }
}

/// A report whose figures stand above their labels, or below them.
fn report(edition: &Edition, dialect: &str, is_above: bool) -> (String, String) {
    let (section, _) = edition
        .tables()
        .find(|(_, found)| std::ptr::eq(*found, table(edition)))
        .unwrap();
    let mut text = String::new();
    for (at, line) in table(edition).lines.iter().enumerate() {
        let label = line.labels.last().map(String::as_str);
        let order = if is_above {
            [None, label]
        } else {
            [label, None]
        };
        for part in order {
            put(&mut text, dialect, part, at);
        }
    }
    let title = "青石镇人民政府2024年政府信息公开工作年度报告";
    let heading = &section.heading;
    let heads = "自然人 商业企业 科研机构 社会公益组织 法律服务机构 其他 总计";
    if dialect == "html" {
        let heads = heads.replace(' ', "</td><td>");
        let page = format!(
            "<h1>{title}</h1><p>一、总体情况</p><p>略。</p><p>{heading}</p><table><tr><td></td><td>{heads}</td></tr>{text}</table>"
        );
        return ("报告.html".to_owned(), page);
    }
    let name = if dialect == "md" {
        "报告.md"
    } else {
        "报告.txt"
    };
    let heads = if dialect == "cells" {
        heads.replace(' ', "\n")
    } else {
        heads.to_owned()
    };
    let text = format!("{title}\n\n一、总体情况\n略。\n\n{heading}\n{heads}\n{text}");
    (name.to_owned(), text)
}

fn read(name: &str, text: &str) -> Recognised {
    let doc = import::read(name, text.as_bytes()).unwrap();
    recognise(&doc, form::all(), None).unwrap()
}

/// How many lines of the table hold their own figures, and the lines that hold others.
fn judge(found: &Recognised) -> (usize, Vec<usize>) {
    let report = &found.report;
    let (mut right, mut wrong) = (0, Vec::new());
    for (at, line) in table(report.edition()).lines.iter().enumerate() {
        let read: Vec<_> = line
            .fields
            .iter()
            .map(|&id| report.entry(id).shown())
            .collect();
        if read == figures(at) {
            right += 1;
        } else if read.iter().any(|text| !text.is_empty()) {
            wrong.push(at);
        }
    }
    (right, wrong)
}

#[test]
fn figures_above_their_labels_are_not_taken_for_those_of_the_row_before() {
    let edition = form::by_id("2021").unwrap();
    for dialect in DIALECTS {
        let (name, text) = report(&edition, dialect, true);
        let found = read(&name, &text);
        let place = format!("{dialect} {:#?}", found.notes);
        assert_eq!(judge(&found), (0, Vec::new()), "{place}");
        let said = found.notes.iter().any(|note| note.contains("分不清"));
        assert!(said, "{place}");
    }
}

#[test]
fn figures_below_their_labels_are_read_where_every_row_is_there() {
    let edition = form::by_id("2021").unwrap();
    let all = table(&edition).lines.len();
    for dialect in DIALECTS {
        let (name, text) = report(&edition, dialect, false);
        let found = read(&name, &text);
        let place = format!("{dialect} {:#?}", found.notes);
        assert_eq!(judge(&found), (all, Vec::new()), "{place}");
    }
}

#[test]
fn a_label_that_lies_about_gives_no_row_its_name() {
    let head = "青石镇人民政府2024年政府信息公开工作年度报告\n\n一、总体情况\n略。\n\n三、收到和处理政府信息公开申请情况\n";
    let row = |label: &str, count: usize| {
        let figures = figures(count).join(" | ");
        format!("| {label} | {figures} |\n|---|---|---|---|---|---|---|---|\n")
    };
    let first = row("一、本年新收政府信息公开申请数量", 8);
    let loose = "\n1.本机关不掌握相关政\n府信息\n| 4 | 0 | 0 | 0 | 0 | 0 | 4 |\n|---|---|---|---|---|---|---|\n";
    let after = row("6.属于四类过程性信息", 0);
    let found = read("报告.md", &format!("{head}{first}{loose}{after}"));
    let value = |key: &str| {
        let id = found.report.edition().find(key).unwrap();
        found.report.entry(id).shown()
    };
    assert_eq!(value("requests.new_received@total"), "9");
    assert_eq!(value("requests.results.denied.process_info@total"), "1");
    assert_eq!(
        value("requests.results.unable_to_provide.no_info@total"),
        ""
    );
    let said =
        |note: &String| note.contains("1.本机关不掌握相关政府信息") && note.contains("4、0、0");
    assert!(found.notes.iter().any(said), "{:#?}", found.notes);
    // Two labels before one row of running text, the second one from further above.
    let label = "6.属于四类过程性信息\n";
    let figures = "3\n0\n0\n0\n0\n0\n3\n";
    let text = format!(
        "{head}一、本年新收政府信息公开申请数量\n{figures}{label}{figures}7.属于行政执法案卷\n1.属于国家秘密\n{figures}"
    );
    let found = read("报告.txt", &text);
    let id = found
        .report
        .edition()
        .find("requests.results.denied.state_secret@total")
        .unwrap();
    assert_eq!(found.report.entry(id).shown(), "", "{:#?}", found.notes);
}
