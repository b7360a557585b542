//! `check` by its arguments: many files, settings, the self-check sheet, units that wrote the same.

use std::io::Read as _;
use std::path::Path;

use nianbao::check::{Subject, check_draft};
use nianbao::export::WRITERS;
use nianbao::report::{Draft, Edit, Entry};
use nianbao::store;

use crate::cli::{code, nianbao, out};
use crate::sample::{CONFIRMER, enter, zero_draft, zero_report};

/// A text of a section long enough to be compared.
const LONG: &str = "公开栏目设置不够细，群众查找惠民补贴、村级财务等信息还要翻看多个页面。\
    解读材料以转发为主，结合本地实际的图解和问答偏少，群众看得懂的不多。\
    已按事项重新归并栏目，由各站所按季报送更新清单，并在便民服务大厅设专人引导查询。";

fn save(draft: &Draft, folder: &Path, name: &str) {
    store::save(draft, &folder.join(name)).unwrap();
}

/// How a file in the folder that was asked for is named in the answers.
fn in_folder(name: &str) -> String {
    Path::new(".").join(name).display().to_string()
}

/// A draft of a unit with some words of its own in the section on problems.
fn unit(issuer: &str, problems: &str) -> Draft {
    let mut report = zero_report("2021", 2025);
    let field = report.edition().issuer_field;
    report.apply(Edit::Enter(field, Entry::Text(issuer.to_owned())));
    enter(&mut report, "problems", problems);
    Draft::new(report)
}

#[test]
fn many_files_are_checked_in_order_and_summed_up() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    for number in 0..30 {
        let draft = zero_draft("2021", 2025);
        save(&draft, at, &format!("u{number:02}.nianbao"));
    }
    let mut broken = zero_report("2021", 2025);
    enter(&mut broken, "requests.new_received@natural_person", "1");
    save(&Draft::new(broken), at, "u07.nianbao");
    let output = nianbao(at, &["check", "."]);
    assert_eq!(code(&output), 1);
    let text = out(&output);
    assert!(text.contains("汇总（30个文件）"), "{text}");
    let files: Vec<_> = text
        .lines()
        .skip_while(|line| !line.starts_with("强制性"))
        .filter_map(|line| line.split(&in_folder("u")).nth(1))
        .collect();
    assert_eq!(files.len(), 30);
    assert!(files.is_sorted(), "{files:?}");
    assert!(text.contains("1  wrong-cell"), "{text}");
    let lines = out(&nianbao(at, &["check", ".", "--format", "json"]));
    assert_eq!(lines.lines().count(), 30);
    for (number, line) in lines.lines().enumerate() {
        let value: serde_json::Value = serde_json::from_str(line).unwrap();
        assert_eq!(value["file"], in_folder(&format!("u{number:02}.nianbao")));
        assert_eq!(value["errors"].as_u64().unwrap() > 0, number == 7, "{line}");
    }
}

#[test]
fn a_file_that_cannot_be_read_does_not_keep_the_others_from_being_checked() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    save(&zero_draft("2021", 2025), at, "a.nianbao");
    std::fs::write(at.join("b.nianbao"), "x").unwrap();
    let output = nianbao(at, &["check", "b.nianbao", "a.nianbao", "--format", "json"]);
    assert_eq!(code(&output), 2);
    let lines = out(&output);
    let values: Vec<serde_json::Value> = lines
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert!(
        values[0]["error"].is_string() && values[1]["errors"] == 0,
        "{lines}"
    );
    assert_eq!(String::from_utf8_lossy(&output.stderr).lines().count(), 1);
}

#[test]
fn thresholds_are_set_by_option_and_by_file() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    save(
        &unit("青山镇人民政府", "更新不及时，今后改进。"),
        at,
        "a.nianbao",
    );
    let found = |arguments: &[&str]| {
        let all = [&["check", "a.nianbao"], arguments].concat();
        out(&nianbao(at, &all)).contains("problems-empty")
    };
    assert!(found(&[]));
    assert!(!found(&["--set", "problems-least=5"]));
    std::fs::write(at.join("s.ron"), "(thresholds: {\"problems-least\": 5})").unwrap();
    assert!(!found(&["--settings", "s.ron"]));
    for (arguments, said) in [
        (["--set", "problems-least=0"], "1到1000之间"),
        (["--set", "nothing=1"], "没有“nothing”"),
        (["--settings", "a.nianbao"], "不认识"),
        (["--today", "2026-02-30"], "不是日期"),
        (["--sheet", "a.pdf"], ".docx"),
        (["--approval", "a.txt"], ".docx或.pdf"),
    ] {
        let output = nianbao(at, &[&["check", "a.nianbao"], &arguments[..]].concat());
        let error = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(code(&output), 2, "{error}");
        assert!(
            error.contains(said) && error.lines().count() == 1,
            "{error}"
        );
    }
    assert!(
        out(&nianbao(
            at,
            &["check", "a.nianbao", "--today", "2026-01-30"]
        ))
        .contains("还有1天")
    );
}

#[test]
fn units_that_wrote_the_same_are_named() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    save(&unit("青山镇人民政府", LONG), at, "a.nianbao");
    let changed = LONG.replace("按季", "按月");
    save(&unit("绿水乡人民政府", &changed), at, "b.nianbao");
    let own = "工作人员兼职多，业务不熟，答复文书格式不统一。\
        已安排两名专职人员，参加县里组织的三期培训，统一使用新的答复文书样式，并请法律顾问逐件把关后再送达申请人。";
    save(&unit("白石乡人民政府", own), at, "c.nianbao");
    let output = out(&nianbao(at, &["check", ".", "--alike"]));
    assert!(
        output.contains(&format!(
            "{} 与 {}：五、",
            in_folder("a.nianbao"),
            in_folder("b.nianbao")
        )),
        "{output}"
    );
    assert!(
        !output.contains(&format!(" 与 {}：五、", in_folder("c.nianbao"))),
        "{output}"
    );
    let lines = out(&nianbao(at, &["check", ".", "--alike", "--format", "json"]));
    let alike: Vec<serde_json::Value> = lines
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .filter(|value: &serde_json::Value| value["alike"]["section"] == "problems")
        .collect();
    assert_eq!(alike.len(), 1, "{lines}");
    assert!(alike[0]["alike"]["percent"].as_u64().unwrap() > 90);
}

#[test]
fn the_sheet_says_what_was_checked_and_what_was_explained() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    let mut report = zero_report("2021", 2025);
    enter(&mut report, "other_matters", "无");
    let mut draft = Draft::new(report);
    let findings = check_draft(&draft);
    let fee = findings
        .list
        .iter()
        .find(|f| f.rule.name == "fee-statement")
        .unwrap();
    let basis = fee.basis(&Subject::of(&draft));
    draft.explain("fee-statement", &basis, "县里统一报告");
    draft.explain("title", "gone", "早先的说明");
    save(&draft, at, "a.nianbao");
    for (name, format) in [("t.txt", "txt"), ("t.json", "json"), ("t.docx", "docx")] {
        let arguments = [
            "check",
            "a.nianbao",
            "--sheet",
            name,
            "--by",
            "李明",
            "--today",
            "2026-01-12",
        ];
        let output = nianbao(at, &arguments);
        assert_eq!(
            code(&output),
            0,
            "{}",
            String::from_utf8_lossy(&output.stderr)
        );
        let bytes = std::fs::read(at.join(name)).unwrap();
        let text = match format {
            "docx" => unzipped(&bytes),
            _ => String::from_utf8(bytes).unwrap(),
        };
        let words = [
            "李明",
            "2026-01-12",
            "县里统一报告",
            "早先的说明",
            "没有上年度报告",
        ];
        let names = match format {
            "json" => ["fee-statement", "nil-report"],
            // A reader of the sheet knows no English.
            _ => ["没有报告信息处理费", "零报告没有逐项确认"],
        };
        assert_eq!(format == "json", text.contains("nil-report"));
        for word in words.into_iter().chain(names) {
            assert!(text.contains(word), "{format}: {word}");
        }
        if format == "json" {
            let value: serde_json::Value = serde_json::from_str(&text).unwrap();
            assert_eq!(value["checked_by"], "李明");
            let rules = value["rules"].as_array().unwrap();
            assert_eq!(rules.len(), nianbao::check::rules::RULES.len());
            let of = |name: &str| rules.iter().find(|rule| rule["rule"] == name).unwrap();
            assert_eq!(of("prior-carry")["result"], "unchecked");
            assert_eq!(of("requests-balance")["result"], "passed");
            assert_eq!(of("fee-statement")["result"], "found");
            assert_eq!(
                value["publishable"], false,
                "the confirmation is still open"
            );
        }
    }
    let both = nianbao(at, &["check", "a.nianbao", "a.nianbao", "--sheet", "t.txt"]);
    assert_eq!(code(&both), 2);
}

#[test]
fn the_form_to_sign_tells_the_figures_and_how_the_check_came_out() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    save(&zero_draft("2021", 2024), at, "prior.nianbao");
    let mut report = zero_report("2021", 2025);
    enter(&mut report, "requests.new_received@natural_person", "6407");
    save(&Draft::new(report), at, "a.nianbao");
    let asked = ["check", "a.nianbao", "--prior", "prior.nianbao"];
    let both = ["--approval", "t.docx", "--sheet", "t.txt", "--by", "李明"];
    let output = nianbao(at, &[&asked[..], &both].concat());
    assert_eq!(code(&output), 1, "{}", out(&output));
    let text = unzipped(&std::fs::read(at.join("t.docx")).unwrap());
    for word in ["呈批单", "6407", "prior.nianbao", "李明", "签发", "未处理"] {
        assert!(text.contains(word), "{word}");
    }
    assert!(at.join("t.txt").is_file());
    let output = nianbao(at, &[&asked[..], &["--approval", "t.pdf"]].concat());
    assert_eq!(code(&output), 1, "{}", out(&output));
    let bytes = std::fs::read(at.join("t.pdf")).unwrap();
    assert!(bytes.starts_with(b"%PDF"));
    let again = nianbao(at, &[&asked[..], &["--approval", "t.pdf"]].concat());
    assert_eq!(code(&again), 2);
    assert_eq!(std::fs::read(at.join("t.pdf")).unwrap(), bytes);
}

/// All parts of a package as text.
fn unzipped(bytes: &[u8]) -> String {
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    let mut text = String::new();
    for number in 0..archive.len() {
        let mut part = Vec::new();
        archive
            .by_index(number)
            .unwrap()
            .read_to_end(&mut part)
            .unwrap();
        text.push_str(&String::from_utf8_lossy(&part));
    }
    text
}

#[test]
fn who_confirmed_a_report_of_nothing_stands_in_the_draft_and_in_no_published_file() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    let draft = zero_draft("2021", 2025);
    save(&draft, at, "a.nianbao");
    let opened = nianbao::open::open(&at.join("a.nianbao")).unwrap().draft;
    assert_eq!(opened.confirmation(), draft.confirmation());
    let found = check_draft(&opened);
    assert!(
        found
            .list
            .iter()
            .all(|finding| finding.rule.name != "nil-report")
    );
    for writer in WRITERS {
        let bytes = writer.bytes(&opened).unwrap();
        let text = if bytes.starts_with(b"PK") {
            unzipped(&bytes)
        } else {
            String::from_utf8_lossy(&bytes).into_owned()
        };
        assert!(!text.contains(CONFIRMER), "{}", writer.name);
    }
}

#[test]
fn a_label_that_was_printed_differently_is_found_after_an_import() {
    let corpus =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus/single-row-group/input.txt");
    let draft = nianbao::open::open(&corpus).unwrap().draft;
    let found = check_draft(&draft);
    assert!(
        found
            .list
            .iter()
            .any(|finding| finding.rule.name == "label-altered")
    );
}

#[test]
fn rules_that_lack_the_same_are_told_together() {
    let draft = Draft::new(zero_report("2021", 2025));
    let findings = check_draft(&draft);
    let groups = findings.unchecked_by_reason();
    let of_prior = groups
        .iter()
        .filter(|(reason, _)| reason.contains("上年度报告"));
    let of_prior: Vec<_> = of_prior.collect();
    assert_eq!(of_prior.len(), 1);
    assert!(of_prior[0].1.len() > 5);
}
