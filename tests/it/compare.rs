//! A published page read back: the untouched one is the draft, and whatever is changed in it is found.

use std::process::Command;

use nianbao::compare::{DifferenceKind, PageComparison, Scope, compare};
use nianbao::report::Draft;
use nianbao::{export, form, import, store};
use regex::Regex;

use crate::sample::{enter, zero_report};

/// A report in which no two figures are alike, with blanks here and there.
fn draft(edition: &str, year: u16) -> Draft {
    let mut report = zero_report(edition, year);
    let form = report.edition().clone();
    let inputs = form.cells().filter(|&id| !form.field(id).is_total());
    for (number, id) in (1_usize..).zip(inputs) {
        let figure = (number * 37 % 1009).to_string();
        let text = if number % 13 == 0 { "" } else { &figure };
        enter(&mut report, &form.field(id).key.clone(), text);
    }
    let many = "（一）主动公开情况\n全年更新栏目9个。\n（二）依申请公开情况\n受理渠道畅通，当面、邮寄、网上都可以。\n（三）管理情况\n目录按季更新，失效的及时标注。";
    enter(&mut report, "overview", many);
    Draft::new(report)
}

fn page(draft: &Draft, format: &str) -> Vec<u8> {
    export::by_name(format).unwrap().bytes(draft).unwrap()
}

fn compared(draft: &Draft, format: &str, bytes: &[u8]) -> PageComparison {
    let page = import::read(&format!("页面.{format}"), bytes).unwrap();
    compare(draft, &page, Scope::of_name(&format!("页面.{format}"))).unwrap()
}

fn said(found: &PageComparison) -> String {
    let lines = found.differences.iter().map(|one| format!("{one}\n"));
    lines.collect()
}

#[test]
fn an_untouched_page_is_the_draft_in_every_format_that_can_be_read() {
    for (edition, year) in [("2021", 2025), ("2019", 2020)] {
        let draft = draft(edition, year);
        for format in ["html", "docx", "txt", "pdf", "xlsx"] {
            let found = compared(&draft, format, &page(&draft, format));
            assert!(found.is_same(), "{edition} {format}:\n{}", said(&found));
            let cells = form::by_id(edition).unwrap().cells().count();
            assert_eq!(found.figures, cells, "{format}");
            assert_eq!(found.paragraphs == 0, format == "xlsx", "{format}");
            assert!(found.labels > 70, "{format}");
        }
    }
}

/// The page with one element that the pattern finds made into another.
fn with(page: &str, pattern: &str, at: usize, change: impl Fn(&str) -> String) -> String {
    let pattern = Regex::new(pattern).unwrap();
    let found: Vec<_> = pattern.find_iter(page).collect();
    let found = found[at % found.len()];
    format!(
        "{}{}{}",
        &page[..found.start()],
        change(found.as_str()),
        &page[found.end()..]
    )
}

const FIGURE: &str = r"<td[^>]*>\d+</td>";
const ANY_CELL: &str = r"<td[^>]*></td>";
const ROW: &str = r"(?s)<tr><th[^>]*>[^<]*</th><td.*?</tr>";
const PARAGRAPH: &str = r"<p>[^<]*</p>";
const LABEL: &str = r"<th[^>]*>[^<]{3,}</th>";
const HEADING: &str = r"<h2>[^<]*</h2>";

/// Sixty-odd changes, each with what it is.
fn planted(page: &str) -> Vec<(String, String)> {
    let mut all = Vec::new();
    let mut plant = |what: &str, at: usize, pattern: &str, change: &dyn Fn(&str) -> String| {
        all.push((format!("{what} {at}"), with(page, pattern, at, change)));
    };
    let digits = Regex::new(r">\d+<").unwrap();
    for at in [0, 3, 9, 17, 31, 47, 63, 80, 99, 120, 141, 160] {
        plant("a figure one more", at, FIGURE, &|cell| {
            let number: u32 = digits.find(cell).unwrap().as_str()[1..]
                .trim_end_matches('<')
                .parse()
                .unwrap();
            digits
                .replace(cell, format!(">{}<", number + 1))
                .into_owned()
        });
    }
    for at in [5, 28, 55, 90, 133] {
        plant("a figure lost", at, FIGURE, &|cell| {
            digits.replace(cell, "><").into_owned()
        });
        plant("a figure with a digit more", at + 1, FIGURE, &|cell| {
            cell.replace("</td>", "0</td>")
        });
    }
    for at in [0, 2, 4] {
        plant("a blank that says 0", at, ANY_CELL, &|cell| {
            cell.replace("></td>", ">0</td>")
        });
    }
    for at in [0, 4, 9, 14, 20] {
        plant("a row lost", at, ROW, &|_| String::new());
        plant("a row twice", at + 1, ROW, &|row| format!("{row}{row}"));
    }
    for at in [0, 2, 5] {
        plant("a paragraph lost", at, PARAGRAPH, &|_| String::new());
        plant("a paragraph twice", at, PARAGRAPH, &|text| {
            format!("{text}{text}")
        });
        plant("a letter lost", at + 1, PARAGRAPH, &|text| {
            let mut letters: Vec<char> = text.chars().collect();
            letters.remove(6);
            letters.into_iter().collect()
        });
        plant("a sentence more", at, PARAGRAPH, &|text| {
            text.replace("</p>", "另行通知。</p>")
        });
        plant("a paragraph more", at, PARAGRAPH, &|text| {
            format!("{text}<p>另有一件事，需要在此说明。</p>")
        });
    }
    for at in [0, 6, 11, 19, 27, 38] {
        plant("a label one letter off", at, LABEL, &|label| {
            label.replacen("</th>", "甲</th>", 1)
        });
        plant("a label cut", at + 2, LABEL, &|label| {
            let end = label.rfind("</th>").unwrap();
            let last = label[..end].chars().next_back().unwrap().len_utf8();
            format!("{}</th>", &label[..end - last])
        });
    }
    for at in [0, 4] {
        plant("a heading lost", at, HEADING, &|_| String::new());
        plant("a heading reworded", at + 1, HEADING, &|text| {
            text.replace("</h2>", "说明</h2>")
        });
    }
    all
}

/// What the editor of a website leaves of a table: no spans, no heads.
fn torn(page: &str) -> String {
    let spans = Regex::new(r#" (rowspan|colspan|headers|scope|id)="[^"]*""#).unwrap();
    let page = spans.replace_all(page, "").into_owned();
    let groups = Regex::new(r"</?(thead|tbody|colgroup|col|caption)[^>]*>").unwrap();
    let page = groups.replace_all(&page, "").into_owned();
    page.replace("<th>", "<td>").replace("</th>", "</td>")
}

#[test]
fn every_change_that_is_planted_in_a_page_is_found() {
    let draft = draft("2021", 2025);
    let whole = String::from_utf8(page(&draft, "html")).unwrap();
    let changes = planted(&whole);
    assert!(changes.len() >= 50, "{}", changes.len());
    let mut missed = Vec::new();
    for (what, changed) in &changes {
        assert_ne!(*changed, whole, "{what} changed nothing");
        let found = compared(&draft, "html", changed.as_bytes());
        if found.is_same() {
            missed.push(what.as_str());
        }
        let few = !what.contains("row") && !what.contains("heading lost");
        assert!(
            !few || found.differences.len() <= 2,
            "{what} is told as more than it is:\n{}",
            said(&found)
        );
    }
    assert!(missed.is_empty(), "{missed:?}");
}

#[test]
fn a_table_that_an_editor_tore_is_compared_too() {
    let draft = draft("2021", 2025);
    let whole = torn(&String::from_utf8(page(&draft, "html")).unwrap());
    let found = compared(&draft, "html", whole.as_bytes());
    assert!(found.is_same(), "{}", said(&found));
    for at in [3, 40, 90, 130] {
        let changed = with(&whole, r"<td>\d+</td>", at, |cell| {
            cell.replace("</td>", "7</td>")
        });
        let found = compared(&draft, "html", changed.as_bytes());
        let figures = found.differences.iter();
        let figures = figures.filter(|one| one.kind == DifferenceKind::Figure);
        assert_eq!(figures.count(), 1, "{at}:\n{}", said(&found));
    }
    let changed = whole.replacen("结转下年度继续办理", "结转下年继续办理", 1);
    let found = compared(&draft, "html", changed.as_bytes());
    assert!(
        found
            .differences
            .iter()
            .any(|one| one.kind == DifferenceKind::Label),
        "{}",
        said(&found)
    );
}

#[test]
fn what_is_found_names_the_cell_and_both_texts() {
    let draft = draft("2021", 2025);
    let whole = String::from_utf8(page(&draft, "html")).unwrap();
    let changed =
        whole
            .replacen(">37</td>", ">73</td>", 1)
            .replacen("更新栏目9个", "更新栏目6个", 1);
    let found = compared(&draft, "html", changed.as_bytes());
    let told: Vec<_> = found
        .differences
        .iter()
        .map(|one| (one.kind, one.expected.as_str(), one.found.as_str()))
        .collect();
    assert_eq!(
        told,
        [
            (
                DifferenceKind::Paragraph,
                "全年更新栏目9个。",
                "全年更新栏目6个。"
            ),
            (DifferenceKind::Figure, "37", "73")
        ]
    );
    assert!(
        said(&found).contains("应为“37”，页面上是“73”"),
        "{}",
        said(&found)
    );
}

#[test]
fn the_site_around_a_report_is_no_difference() {
    let draft = draft("2021", 2025);
    let whole = String::from_utf8(page(&draft, "html")).unwrap();
    let around = whole
        .replacen("<h1", "<p>首页 > 政务公开 > 年度报告</p><table><tr><td>索引号</td><td>0001/2026-00017</td></tr><tr><td>主题分类</td><td>综合政务</td></tr></table><h1", 1)
        .replace("</body>", "<p>【打印本页】【关闭窗口】</p><p>主办：某县人民政府办公室　备案号：000000</p></body>");
    assert_ne!(around, whole);
    let found = compared(&draft, "html", around.as_bytes());
    assert!(found.is_same(), "{}", said(&found));
    assert!(!found.passed_over.is_empty());
}

#[test]
fn the_command_says_it_in_words_and_json_and_by_its_exit_code() {
    let folder = tempfile::tempdir().unwrap();
    let draft = draft("2021", 2025);
    store::save(&draft, &folder.path().join("a.nianbao")).unwrap();
    let whole = String::from_utf8(page(&draft, "html")).unwrap();
    std::fs::write(folder.path().join("same.html"), &whole).unwrap();
    let other = whole.replacen(">37</td>", ">73</td>", 1);
    std::fs::write(folder.path().join("other.html"), other).unwrap();
    std::fs::write(folder.path().join("none.html"), "<p>通知</p>").unwrap();
    let run = |arguments: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_nianbao"));
        command
            .current_dir(folder.path())
            .arg("compare")
            .args(arguments);
        let output = command.output().unwrap();
        let text = String::from_utf8(output.stdout).unwrap();
        (output.status.code(), text)
    };
    let (code, text) = run(&["a.nianbao", "same.html"]);
    assert_eq!(code, Some(0), "{text}");
    assert!(text.starts_with("一致，核对了200格数"), "{text}");
    let (code, text) = run(&["a.nianbao", "other.html", "--format", "json"]);
    assert_eq!(code, Some(1), "{text}");
    let json: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert_eq!(json["same"], false);
    assert_eq!(json["differences"][0]["kind"], "figure");
    assert_eq!(json["differences"][0]["expected"], "37");
    assert_eq!(json["differences"][0]["found"], "73");
    let key = json["differences"][0]["cell"].as_str().unwrap();
    assert!(draft.report().edition().find(key).is_some(), "{key}");
    assert_eq!(run(&["a.nianbao", "none.html"]).0, Some(2));
    assert_eq!(run(&["a.nianbao", "nowhere.html"]).0, Some(2));
    // A workbook holds tables only, which is said.
    std::fs::write(folder.path().join("a.xlsx"), page(&draft, "xlsx")).unwrap();
    let (code, text) = run(&["a.nianbao", "a.xlsx"]);
    assert_eq!(code, Some(0), "{text}");
    assert!(
        text.contains("文字没有核对") && !text.contains("段文字"),
        "{text}"
    );
    let (_, text) = run(&["a.nianbao", "a.xlsx", "--format", "json"]);
    let json: serde_json::Value = serde_json::from_str(&text).unwrap();
    let left_out = json["not_compared"][0].as_str().unwrap();
    assert!(left_out.contains("文字没有核对"), "{text}");
    // A draft beside itself, as it was published.
    assert_eq!(run(&["a.nianbao", "a.nianbao"]).0, Some(0));
}
