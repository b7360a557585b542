//! The figures of the text: invented sentences, right and wrong, set into reports whose tables are known.

use std::fmt::Write as _;
use std::path::Path;

use nianbao::check::claims::{Verdict, claims};
use nianbao::check::{Level, Subject, check};
use nianbao::form;
use nianbao::report::{Edit, Entry, Number, Report};

/// A report in which all cells are 0 but these; cells of table 3 by row: six columns.
fn report(issuer: &str, year: u16, rows: &[(&str, [i64; 6])], cells: &[(&str, &str)]) -> Report {
    let edition = form::by_id("2021").unwrap();
    let columns = [
        "natural_person",
        "commercial_enterprise",
        "research_institution",
        "public_welfare_org",
        "legal_service_org",
        "other_org",
    ];
    let mut report = Report::new(edition.clone(), year);
    report.apply(Edit::Enter(
        edition.issuer_field,
        Entry::Text(issuer.to_owned()),
    ));
    for id in edition.cells().filter(|&id| !edition.field(id).is_total()) {
        report.apply(Edit::Enter(id, Entry::Number(Number::ZERO)));
    }
    let mut set = |key: &str, value: &str| {
        let id = edition.find(key).unwrap_or_else(|| panic!("no cell {key}"));
        report.apply(Edit::Enter(id, Entry::Number(Number::read(value).unwrap())));
    };
    for (row, values) in rows {
        for (column, value) in columns.iter().zip(values) {
            set(&format!("requests.{row}@{column}"), &value.to_string());
        }
    }
    for (key, value) in cells {
        set(key, value);
    }
    report
}

fn with_text(report: &Report, text: &str) -> Report {
    let mut report = report.clone();
    let edition = report.edition().clone();
    let (_, id) = edition
        .passages()
        .find(|(section, _)| section.id == "overview")
        .unwrap();
    report.apply(Edit::Enter(id, Entry::Text(text.to_owned())));
    report
}

/// This year's report and last year's of a county, a department and a township.
fn base(name: &str) -> (Report, Report) {
    let only = |count| [count, 0, 0, 0, 0, 0];
    match name {
        "K" => {
            let now = report(
                "石泉县人民政府",
                2025,
                &[
                    ("new_received", [41, 5, 0, 1, 3, 0]),
                    ("carried_over", [3, 0, 0, 0, 1, 0]),
                    ("results.granted", [18, 2, 0, 0, 2, 0]),
                    ("results.partial_grant", [5, 1, 0, 0, 0, 0]),
                    ("results.denied.third_party_rights", only(2)),
                    ("results.denied.internal_affairs", only(1)),
                    ("results.denied.process_info", [1, 0, 0, 0, 1, 0]),
                    ("results.denied.enforcement_case", only(1)),
                    ("results.unable_to_provide.no_info", [6, 1, 0, 0, 0, 0]),
                    ("results.unable_to_provide.need_creation", only(1)),
                    ("results.unable_to_provide.unclear", only(1)),
                    ("results.not_processed.complaint", only(3)),
                    ("results.not_processed.repeat", only(1)),
                    ("results.other.overdue_correction", only(1)),
                    ("results.other.other_reasons", [0, 0, 0, 1, 0, 0]),
                    ("carried_forward", [3, 1, 0, 0, 1, 0]),
                ],
                &[
                    ("review_litigation@review.maintain", "2"),
                    ("review_litigation@review.correct", "1"),
                    ("review_litigation@review.unfinished", "1"),
                    ("review_litigation@litigation_direct.maintain", "1"),
                    ("review_litigation@litigation_direct.unfinished", "1"),
                    ("review_litigation@litigation_post_review.maintain", "1"),
                    ("proactive.normative_documents@made", "6"),
                    ("proactive.normative_documents@repealed", "3"),
                    ("proactive.normative_documents@valid", "58"),
                    ("proactive.licensing@processed", "15230"),
                    ("proactive.punishment@processed", "842"),
                    ("proactive.coercion@processed", "37"),
                    ("proactive.fees@amount", "1286.5"),
                ],
            );
            let prior = report(
                "石泉县人民政府",
                2024,
                &[
                    ("new_received", only(40)),
                    ("results.granted", only(36)),
                    ("carried_forward", [3, 0, 0, 0, 1, 0]),
                ],
                &[
                    ("review_litigation@review.maintain", "3"),
                    ("review_litigation@litigation_direct.maintain", "2"),
                    ("proactive.normative_documents@made", "8"),
                    ("proactive.normative_documents@repealed", "2"),
                    ("proactive.normative_documents@valid", "55"),
                    ("proactive.licensing@processed", "14000"),
                    ("proactive.punishment@processed", "900"),
                    ("proactive.coercion@processed", "37"),
                    ("proactive.fees@amount", "1400"),
                ],
            );
            (now, prior)
        }
        "D" => {
            let now = report(
                "石泉县民政局",
                2025,
                &[
                    ("new_received", [7, 1, 0, 0, 0, 0]),
                    ("carried_over", only(1)),
                    ("results.granted", [2, 1, 0, 0, 0, 0]),
                    ("results.partial_grant", only(1)),
                    ("results.denied.third_party_rights", only(1)),
                    ("results.unable_to_provide.no_info", only(2)),
                    ("results.not_processed.complaint", only(1)),
                    ("carried_forward", only(1)),
                ],
                &[
                    ("review_litigation@review.maintain", "1"),
                    ("proactive.normative_documents@made", "2"),
                    ("proactive.normative_documents@repealed", "1"),
                    ("proactive.normative_documents@valid", "9"),
                    ("proactive.licensing@processed", "120"),
                ],
            );
            let prior = report(
                "石泉县民政局",
                2024,
                &[
                    ("new_received", only(5)),
                    ("results.granted", only(4)),
                    ("carried_forward", only(1)),
                ],
                &[
                    ("proactive.normative_documents@made", "1"),
                    ("proactive.normative_documents@valid", "8"),
                    ("proactive.licensing@processed", "96"),
                ],
            );
            (now, prior)
        }
        _ => {
            let now = report(
                "青石镇人民政府",
                2025,
                &[
                    ("new_received", only(2)),
                    ("results.granted", only(1)),
                    ("results.unable_to_provide.no_info", only(1)),
                ],
                &[
                    ("proactive.normative_documents@valid", "3"),
                    ("proactive.licensing@processed", "45"),
                    ("proactive.punishment@processed", "6"),
                    ("proactive.coercion@processed", "1"),
                ],
            );
            let prior = report(
                "青石镇人民政府",
                2024,
                &[("new_received", only(3)), ("results.granted", only(3))],
                &[
                    ("proactive.normative_documents@valid", "3"),
                    ("proactive.licensing@processed", "50"),
                    ("proactive.punishment@processed", "4"),
                    ("proactive.coercion@processed", "1"),
                ],
            );
            (now, prior)
        }
    }
}

/// Every sentence of every batch: the wrong ones are found, the right ones left alone.
#[test]
fn sentences_are_judged_by_the_tables() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/claims");
    let mut files: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    files.sort();
    let mut wrong = String::new();
    for file in files {
        let text = std::fs::read_to_string(&file).unwrap();
        let (mut found, mut faulty, mut invented, mut right) = (0, 0, 0, 0);
        for line in text.lines() {
            let [name, kind, sentence] = line.split('\t').collect::<Vec<_>>()[..] else {
                panic!("{line}");
            };
            let (now, prior) = base(name);
            let now = with_text(&now, &format!("（二）依申请公开情况。\n{sentence}"));
            let subject = Subject::new(&now, Some(&prior));
            let list = check(&subject).list;
            let list: Vec<_> = list
                .iter()
                .filter(|finding| finding.rule.name.starts_with("text-"))
                .collect();
            if kind == "W" {
                faulty += 1;
                found += usize::from(!list.is_empty());
                if list.is_empty() {
                    writeln!(wrong, "missed: {name} {sentence}").unwrap();
                }
            } else {
                right += 1;
                invented += usize::from(!list.is_empty());
                for finding in list {
                    writeln!(wrong, "invented: {name} {sentence}\n  {}", finding.message).unwrap();
                }
            }
        }
        let name = file.file_name().unwrap().to_string_lossy().into_owned();
        println!("{name}: found {found}/{faulty}, invented {invented}/{right}");
    }
    assert!(wrong.is_empty(), "{wrong}");
}

/// What each figure of a text is resolved to.
#[test]
fn every_figure_has_a_verdict() {
    let (now, prior) = base("D");
    let text = "全年收到政府信息公开申请8件，比上年的5件增长60%。答复约8件，结转下年度2件。召开会议3次，培训85人。";
    let now = with_text(&now, text);
    let found: Vec<_> = claims(&now, Some(&prior))
        .into_iter()
        .map(|claim| {
            let chars: String = text
                .chars()
                .skip(claim.start)
                .take(claim.end - claim.start)
                .collect();
            assert_eq!(chars, claim.says);
            (claim.says, claim.verdict, claim.about.len())
        })
        .collect();
    let expected = [
        ("8件", Verdict::Equal, 1),
        ("5件", Verdict::Prior, 1),
        ("60%", Verdict::Equal, 1),
        ("约8件", Verdict::AtLeast, 1),
        ("2件", Verdict::Different, 1),
        ("3次", Verdict::Unknown, 0),
        ("85人", Verdict::Unknown, 0),
    ];
    let expected = expected.map(|(says, verdict, cells)| (says.to_owned(), verdict, cells));
    assert_eq!(found, expected);
}

/// Figures beyond all that can be counted are wrong like any others.
#[test]
fn figures_larger_than_any_number_are_borne() {
    const MOST: &str = "999999999999999亿亿件";
    let (now, prior) = base("T");
    for said in ["的1件下降5%", "减少5件", &format!("的0件增加超{MOST}")] {
        let text = with_text(&now, &format!("收到政府信息公开申请{MOST}，比上年{said}。"));
        let found = claims(&text, Some(&prior));
        assert_eq!(found[0].verdict, Verdict::Different, "{said}");
    }
}

/// A fix that is offered makes the sentence true.
#[test]
fn a_fix_writes_the_figure_of_the_table() {
    let (now, prior) = base("D");
    let now = with_text(
        &now,
        "全年共收到政府信息公开申请９件，\n结转下年度继续办理十二件。",
    );
    let findings = check(&Subject::new(&now, Some(&prior)));
    let mut mended = now.clone();
    for rule in ["text-received", "text-carried"] {
        let list = check(&Subject::new(&mended, Some(&prior))).list;
        let finding = list
            .iter()
            .find(|finding| finding.rule.name == rule)
            .unwrap();
        mended.apply(finding.fixes[0].edit(&mended));
    }
    assert!(
        findings
            .list
            .iter()
            .any(|finding| finding.rule.name == "text-received")
    );
    let (_, id) = mended
        .edition()
        .passages()
        .find(|(section, _)| section.id == "overview")
        .unwrap();
    assert_eq!(
        mended.text(id),
        "全年共收到政府信息公开申请8件，\n结转下年度继续办理1件。"
    );
}

/// Sets one cell to something else.
fn with_cell(report: &Report, key: &str, value: i64) -> Report {
    let mut report = report.clone();
    let id = report.edition().find(key).unwrap();
    report.apply(Edit::Enter(id, Entry::Number(Number::from(value))));
    report
}

/// The rule, the cells' keys and what folds under it, of every finding on figures.
fn on_figures(now: &Report, prior: &Report) -> Vec<(&'static str, Level, Vec<String>, usize)> {
    let named = ["text-", "prior-", "wrong-", "outvoted-", "requests-"];
    let list = check(&Subject::new(now, Some(prior))).list;
    let list = list.into_iter();
    let list = list.filter(|f| named.iter().any(|name| f.rule.name.starts_with(name)));
    list.map(|finding| {
        let keys = finding.cells.iter();
        let keys = keys.map(|&id| now.edition().field(id).key.clone());
        let folded = finding.consequences.len();
        (finding.rule.name, finding.level, keys.collect(), folded)
    })
    .collect()
}

#[test]
fn sentences_and_last_year_that_agree_against_one_cell_are_one_finding_on_the_cell() {
    let (now, prior) = base("K");
    let text = "全年制发行政规范性文件6件，废止3件，现行有效58件。\n经清理，现行有效的规范性文件58件。\n目前继续有效的行政规范性文件58件。";
    let right = with_text(&now, text);
    assert_eq!(on_figures(&right, &prior), []);
    let key = "proactive.normative_documents@valid";
    let wrong = with_cell(&right, key, 85);
    let cell = vec![key.to_owned()];
    let expected = ("outvoted-cell", Level::Query, cell, 4);
    assert_eq!(on_figures(&wrong, &prior), [expected]);
    // Nothing is named where but one of the sentences says so, or they say what last year's cell held.
    let one = text.replacen("58件", "55件", 2);
    let found = on_figures(&with_text(&wrong, &one), &prior);
    assert!(
        found.iter().all(|(rule, ..)| *rule != "outvoted-cell"),
        "{found:?}"
    );
    let copied = "全县行政处罚900件。\n作出行政处罚决定900件，均已公示。\n行政处罚共900件。";
    let found = on_figures(&with_text(&now, copied), &prior);
    assert_eq!(found.len(), 3, "{found:?}");
    assert!(
        found.iter().all(|(rule, ..)| *rule == "text-acts"),
        "{found:?}"
    );
}

#[test]
fn the_text_says_which_of_several_cells_is_wrong() {
    let (now, prior) = base("T");
    for (text, key) in [
        (
            "收到政府信息公开申请2件，予以公开1件，均已办结。",
            "requests.results.granted@natural_person",
        ),
        (
            "收到政府信息公开申请3件，予以公开2件，均已办结。",
            "requests.new_received@natural_person",
        ),
    ] {
        let now = with_text(
            &with_cell(&now, "requests.results.granted@natural_person", 2),
            text,
        );
        let found = on_figures(&now, &prior);
        let named: Vec<_> = found
            .iter()
            .filter(|(rule, ..)| *rule == "wrong-cell")
            .collect();
        assert_eq!(named.len(), 1, "{text} {found:?}");
        assert_eq!(named[0].2, [key], "{text} {found:?}");
        assert_eq!(found.len(), 1, "{text} {found:?}");
    }
    let silent = with_cell(&now, "requests.results.granted@natural_person", 2);
    let found = on_figures(&silent, &prior);
    assert!(
        found.iter().all(|(rule, ..)| *rule != "wrong-cell"),
        "{found:?}"
    );
}

#[test]
fn a_cell_that_was_carried_over_is_named_though_the_table_balances() {
    let (now, prior) = base("D");
    let prior = with_cell(&prior, "requests.carried_forward@natural_person", 2);
    let prior = with_cell(&prior, "requests.new_received@natural_person", 6);
    let text = "（二）依申请公开情况\n上年结转2件。\n另有上年结转的申请2件，已优先办理。\n上年结转申请2件，均已答复。";
    let found = on_figures(&with_text(&now, text), &prior);
    let named: Vec<_> = found
        .iter()
        .filter(|(rule, ..)| *rule == "outvoted-cell")
        .collect();
    assert_eq!(named.len(), 1, "{found:?}");
    assert_eq!(named[0].2, ["requests.carried_over@natural_person"]);
    assert_eq!(found.len(), 1, "{found:?}");
}
