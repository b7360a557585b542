//! What counties ask for beside the law: the files in the guide, and what they find.

use std::fs;
use std::path::{Path, PathBuf};

use nianbao::check::{CheckOptions, Findings, Level, RuleSettings, check_draft_on};
use nianbao::date::Day;
use nianbao::report::{Draft, Prior};
use nianbao::store;

use crate::cli::{code, nianbao, out, said};
use crate::sample::{enter, zero_draft, zero_report};

fn guide(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("docs")
        .join(name)
}

fn rules(name: &str) -> RuleSettings {
    let path = guide("local-rules").join(name);
    RuleSettings::read(&fs::read_to_string(path).unwrap()).unwrap()
}

fn draft(overview: &str) -> Draft {
    let mut report = zero_report("2021", 2025);
    enter(&mut report, "overview", overview);
    Draft::new(report)
}

fn checked(draft: &Draft, settings: &RuleSettings) -> Findings {
    let terms = CheckOptions {
        settings,
        today: Day::read("2026-01-10"),
        read_back: None,
    };
    check_draft_on(draft, terms)
}

fn messages(findings: &Findings, rule: &str) -> Vec<String> {
    let found = findings.list.iter().filter(|one| one.rule.name == rule);
    found.map(|one| one.message.clone()).collect()
}

/// All ten figures of the first example, each in words of its own.
const TEN: &str = "（一）主动公开情况\n通过县政府网站公开信息128条，公众号发布二百余条；撰写政策解读6篇。\n\
    （二）依申请公开情况\n全年没有收到公开申请。\n（三）政府信息管理情况\n制发规范性文件0件。废止文件3件。\n\
    （四）平台建设情况\n调整专栏4个。设查阅点２处。\n（五）监督保障情况\n组织培训三次。未开展考核，社会评议良好，没有责任追究情形。";

#[test]
fn ten_figures_and_the_longest_text_of_the_first_example() {
    let settings = rules("qinghe.ron");
    let whole = checked(&draft(TEN), &settings);
    assert_eq!(messages(&whole, "local-missing"), [""; 0]);
    assert_eq!(messages(&whole, "local-length"), [""; 0]);
    for (change, said) in [
        ("128条", "“网站公开条数”，这一句没有写多少条"),
        ("6篇", "“政策解读件数”，这一句没有写多少件、条、篇"),
        ("三次", "“培训次数”，这一句没有写多少次、场、期"),
        (
            "专栏4个。",
            "没有写到“清河县2025年度报告编报要求”要求写明的：栏目个数",
        ),
        ("设查阅点２处。", "要求写明的：查阅点个数"),
    ] {
        let found = checked(&draft(&TEN.replacen(change, "", 1)), &settings);
        let found = messages(&found, "local-missing");
        assert_eq!(found.len(), 1, "{change}: {found:?}");
        assert!(found[0].contains(said), "{change}: {found:?}");
    }
    let long = format!("{TEN}\n{}", "办理结果逐件回访。".repeat(112));
    let found = checked(&draft(&long), &settings);
    let found = messages(&found, "local-length");
    assert!(found[0].contains("要求不超过1000个字，删去"), "{found:?}");
    let dates = messages(&whole, "deadline");
    assert_eq!(
        dates,
        [
            "离报县政务公开办审核期限2026年1月16日还有6天，按“清河县2025年度报告编报要求”",
            "离公布期限2026年1月30日还有20天，按“清河县2025年度报告编报要求”"
        ]
    );
}

#[test]
fn likeness_words_and_style_of_the_second_example() {
    let settings = rules("linshan.ron");
    let same =
        "通过网站公开财政预决算、乡村振兴、民生实事、社会救助等各类信息，逐月核对栏目，没有错漏。";
    let own =
        "依申请公开由专人登记办理，信函、当面、网上三种渠道都畅通，答复前由司法所审核一遍文书。";
    let mut now = draft(&format!("{same}{own}"));
    let mut before = zero_report("2021", 2024);
    let other =
        "培训和考核由党政办负责，村级公开栏统一更换，便民服务大厅另设了资料架供群众取阅查看。";
    enter(&mut before, "overview", &format!("{same}{other}"));
    let source = "上年".to_owned();
    now.set_prior(Some(Prior {
        report: before,
        source,
    }));
    let usual = checked(&now, &RuleSettings::default());
    assert_eq!(messages(&usual, "copied-from-prior"), [""; 0]);
    let found = checked(&now, &settings);
    let copied = found.list.iter();
    let copied: Vec<_> = copied
        .filter(|one| one.rule.name == "copied-from-prior")
        .collect();
    assert_eq!(
        copied.len(),
        1,
        "{:?}",
        messages(&found, "copied-from-prior")
    );
    assert_eq!(copied[0].level, Level::Query);
    let words = checked(
        &draft("镇党委高度重视公开工作，临山县公开工作再上新台阶。"),
        &settings,
    );
    assert_eq!(messages(&words, "local-words").len(), 2);
    assert!(messages(&words, "wording")[0].contains("“临山县”可能是“临山区”"));
    let style = messages(&words, "local-style");
    assert_eq!(style.len(), 1, "{style:?}");
    assert!(style[0].contains("行距是28.9磅") && style[0].contains("要求用29磅"));
}

#[test]
fn the_sheet_names_the_rules_and_says_what_they_ask() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    store::save(&zero_draft("2021", 2025), &at.join("a.nianbao")).unwrap();
    let file = guide("local-rules/qinghe.ron");
    let with = [
        "--settings",
        file.to_str().unwrap(),
        "--today",
        "2026-01-10",
    ];
    for sheet in ["表.txt", "表.json"] {
        let mut arguments = vec!["check", "a.nianbao", "--sheet", sheet];
        arguments.extend(with);
        nianbao(at, &arguments);
    }
    let text = fs::read_to_string(at.join("表.txt")).unwrap();
    for words in [
        "清河县2025年度报告编报要求（清河县政务公开领导小组办公室，2026-01-04）",
        "第一部分：不超过1000个字。",
        "第一部分：写明培训次数（写数）。",
        "公布：2026-01-30以前。",
    ] {
        assert!(text.contains(words), "{words}\n{text}");
    }
    let json: serde_json::Value =
        serde_json::from_slice(&fs::read(at.join("表.json")).unwrap()).unwrap();
    assert_eq!(json["local_rules"]["by"], "清河县政务公开领导小组办公室");
    assert!(
        json["findings"]
            .as_array()
            .unwrap()
            .iter()
            .any(|one| one["rule"] == "local-missing")
    );
}

#[test]
fn a_file_with_a_slip_is_refused_with_its_place() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    store::save(&zero_draft("2021", 2025), &at.join("a.nianbao")).unwrap();
    fs::write(
        at.join("b.ron"),
        "(\n    name: \"甲\",\n    dealine: \"1-20\",\n)",
    )
    .unwrap();
    let output = nianbao(at, &["check", "a.nianbao", "--settings", "b.ron"]);
    assert_eq!(code(&output), 2);
    let line = said(&output);
    assert!(
        line.contains("第3行") && line.contains("“dealine”不认识") && line.contains("dates"),
        "{line}"
    );
    assert!(line.contains("b.ron") && out(&output).is_empty());
}

/// Every example in the guide is read, each item of its table by itself.
#[test]
fn the_guide_says_what_is_read() {
    let text = fs::read_to_string(guide("local-rules.md")).unwrap();
    let blocks = text.split("```ron\n").skip(1);
    let blocks = blocks.map(|block| block.split("```").next().unwrap().trim());
    let items = text.lines().filter(|line| line.starts_with("| `"));
    let items = items.filter_map(|line| line.split("| `").nth(2)?.split("` |").next());
    let mut count = 0;
    for text in blocks.chain(items) {
        let text = text.trim_end_matches(',');
        let whole = if text.starts_with('(') {
            text.to_owned()
        } else {
            let signed = ["name: \"甲\"", "by: \"乙\""];
            let own = signed.iter().filter(|item| !text.starts_with(&item[..3]));
            let own: Vec<&str> = own.copied().chain([text]).collect();
            format!("({})", own.join(", "))
        };
        let read = RuleSettings::read(&whole);
        assert!(read.is_ok(), "{whole}: {read:?}");
        count += 1;
    }
    assert!(count >= 10, "{count}");
}
