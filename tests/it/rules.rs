//! The arithmetic, broken in every place it holds in, and rules on forms and reports of no sense.

use std::sync::Arc;

use nianbao::check::rules::{self, RULES};
use nianbao::check::{Finding, Findings, Fix, Level, Subject, check_draft, check_with};
use nianbao::form::{self, Edition};
use nianbao::report::{Draft, Edit, Entry, Number, Report};

use crate::cards::{describe, state};

const YEAR: u16 = 2025;

fn run(name: &str, report: &Report, prior: Option<&Report>) -> Findings {
    let rule = rules::by_name(name).unwrap();
    check_with(std::slice::from_ref(rule), &Subject::new(report, prior))
}

/// A report in which every cell holds something and everything adds up.
fn consistent(edition: &Arc<Edition>) -> Report {
    let mut report = Report::new(edition.clone(), YEAR);
    for (n, id) in (1..).zip(edition.cells()) {
        if !edition.field(id).is_total() {
            report.apply(Edit::Enter(id, Entry::Number(Number::from(n % 7))));
        }
    }
    let relations = edition
        .relations
        .iter()
        .filter(|relation| relation.id == "requests-balance");
    for comparison in relations.flat_map(|relation| &relation.comparisons) {
        let received = comparison.fields().next().unwrap();
        if let Some(value) = report.solve(comparison, received, None)
            && !edition.field(received).is_total()
        {
            report.apply(Edit::Enter(received, Entry::Number(value)));
        }
    }
    report
}

const ARITHMETIC: [&str; 4] = [
    "requests-balance",
    "requests-results-total",
    "requests-row-total",
    "review-total",
];

/// What the arithmetic rules find: rule and key of the last cell.
fn arithmetic(report: &Report) -> Vec<String> {
    let edition = report.edition();
    let mut found = Vec::new();
    for name in ARITHMETIC {
        for finding in run(name, report, None).with_consequences() {
            let is_total = name.ends_with("-total");
            let cell = if is_total {
                finding.cells.first()
            } else {
                finding.cells.last()
            };
            found.push(format!("{name} {}", edition.field(*cell.unwrap()).key));
        }
    }
    found
}

/// Breaks every relation alone and returns how many there are a rule.
fn break_each(edition: &Arc<Edition>) -> [usize; 4] {
    let sound = consistent(edition);
    assert_eq!(arithmetic(&sound), Vec::<String>::new());
    let mut counts = [0; 4];
    let relations = edition
        .relations
        .iter()
        .filter(|relation| relation.id == ARITHMETIC[0]);
    for comparison in relations.flat_map(|relation| &relation.comparisons) {
        counts[0] += 1;
        let last = comparison.fields().last().unwrap();
        let key = &edition.field(last).key;
        let row = key.split_once('@').unwrap().0;
        let parts = edition.field(last).sums.first();
        let input = parts.map_or(last, |parts| parts[0]);
        let mut broken = sound.clone();
        let value = broken.value(input).unwrap() + Number::ONE;
        broken.apply(Edit::Enter(input, Entry::Number(value)));
        let found = arithmetic(&broken);
        assert!(
            found.contains(&format!("requests-balance {key}")),
            "{key}: {found:?}"
        );
        assert_eq!(
            found.len(),
            2,
            "the column and the total over the columns: {found:?}"
        );
        assert!(
            found
                .iter()
                .all(|line| line.starts_with(&format!("requests-balance {row}@"))),
            "{found:?}"
        );
    }
    for id in edition.cells().filter(|&id| edition.field(id).is_total()) {
        let key = &edition.field(id).key;
        let mut broken = sound.clone();
        let value = broken.value(id).unwrap() + Number::ONE;
        broken.apply(Edit::Enter(id, Entry::Number(value)));
        let mut found = arithmetic(&broken);
        // A stated total takes part in the balance as well.
        found.retain(|line| !line.starts_with(ARITHMETIC[0]));
        assert_eq!(
            found.len(),
            edition.field(id).sums.len(),
            "{key}: {found:?}"
        );
        for line in found {
            let (name, cell) = line.split_once(' ').unwrap();
            assert_eq!(cell, key);
            counts[ARITHMETIC.iter().position(|rule| *rule == name).unwrap()] += 1;
        }
        broken.apply(Edit::Enter(id, Entry::Number(sound.value(id).unwrap())));
        assert_eq!(
            arithmetic(&broken),
            Vec::<String>::new(),
            "a right total is no finding"
        );
    }
    counts
}

#[test]
fn each_of_the_42_relations_broken_alone_is_found_and_only_what_follows() {
    let counts = break_each(&form::by_id("2021").unwrap());
    assert_eq!(counts, [7, 7, 25, 3]);
    assert_eq!(counts.iter().sum::<usize>(), 42);
    assert_eq!(break_each(&form::by_id("2019").unwrap()), [7, 7, 23, 3]);
}

/// A report as it is printed: every total is stated.
fn printed(edition: &Arc<Edition>) -> Report {
    let mut report = consistent(edition);
    for id in edition.cells().filter(|&id| edition.field(id).is_total()) {
        let value = report.value(id).unwrap();
        report.apply(Edit::Enter(id, Entry::Number(value)));
    }
    report
}

/// What a check with all rules finds that it does not find in a sound report.
fn new_findings(report: &Report, sound: &Report) -> Vec<Finding> {
    let known = check_with(RULES, &Subject::new(sound, None)).list;
    let mut list = check_with(RULES, &Subject::new(report, None)).list;
    list.retain(|finding| {
        !known.iter().any(|known| {
            (known.rule.name, &known.cells, &known.section)
                == (finding.rule.name, &finding.cells, &finding.section)
        })
    });
    list
}

fn plant_everywhere(edition: &Arc<Edition>, tables: &[&str]) -> usize {
    let sound = printed(edition);
    let mut planted = 0;
    let cells = edition
        .tables()
        .filter(|(section, _)| tables.contains(&section.id.as_str()));
    for id in cells.flat_map(|(_, table)| table.fields()) {
        planted += 1;
        let right = sound.value(id).unwrap();
        for wrong in [right + Number::from(9), right.times(10) + Number::ONE] {
            let mut report = sound.clone();
            report.apply(Edit::Enter(id, Entry::Number(wrong)));
            let found = new_findings(&report, &sound);
            let key = &edition.field(id).key;
            let messages: Vec<_> = found.iter().map(|f| &f.message).collect();
            assert_eq!(found.len(), 1, "{key}: {messages:?}");
            assert!(found[0].cells.contains(&id), "{key}: {messages:?}");
            let mends = |fix: &Fix| {
                let mut mended = report.clone();
                mended.apply(fix.edit(&report));
                mended.value(id) == Some(right) && new_findings(&mended, &sound).is_empty()
            };
            assert!(
                found[0].fixes.iter().any(mends),
                "{key}: {:?}",
                found[0].fixes
            );
            if edition.field(id).key.starts_with("requests.") {
                assert_eq!(found[0].rule.name, "wrong-cell", "{key}");
                assert_eq!(found[0].cells, [id], "{key}");
            }
        }
    }
    planted
}

#[test]
fn one_wrong_cell_anywhere_in_a_printed_table_is_one_finding_that_names_it() {
    let tables = ["requests", "review_litigation"];
    let planted = plant_everywhere(&form::by_id("2021").unwrap(), &tables);
    assert_eq!(planted, 25 * 7 + 15);
    let planted = plant_everywhere(&form::by_id("2019").unwrap(), &tables);
    assert_eq!(planted, 23 * 7 + 15);
}

#[test]
fn what_holds_as_printed_is_not_reported() {
    let edition = form::by_id("2021").unwrap();
    let mut report = printed(&edition);
    let cell = edition
        .find("requests.results.granted@natural_person")
        .unwrap();
    let wrong = report.value(cell).unwrap() + Number::from(40);
    report.apply(Edit::Enter(cell, Entry::Number(wrong)));
    let balance = run("requests-balance", &report, None);
    assert!(balance.list.is_empty(), "{}", describe(&balance));
    let list = check_with(RULES, &Subject::new(&report, None)).list;
    let cause = list
        .iter()
        .find(|finding| finding.rule.name == "wrong-cell")
        .unwrap();
    let folded: Vec<_> = cause.consequences.iter().map(|f| f.rule.name).collect();
    assert_eq!(folded, ["requests-results-total", "requests-row-total"]);
}

#[test]
fn a_finding_folded_under_its_cause_still_says_how_it_was_explained() {
    let edition = form::by_id("2021").unwrap();
    let mut report = printed(&edition);
    let cell = edition.find("requests.results.granted@natural_person");
    let wrong = report.value(cell.unwrap()).unwrap() + Number::from(40);
    report.apply(Edit::Enter(cell.unwrap(), Entry::Number(wrong)));
    let mut draft = Draft::new(report);
    let folded = |draft: &Draft| {
        let list = check_draft(draft).list;
        let cause = list.into_iter().find(|one| one.rule.name == "wrong-cell");
        cause.unwrap().consequences.remove(0)
    };
    let before = folded(&draft);
    assert_eq!(before.explanation, None);
    let basis = before.basis(&Subject::of(&draft));
    draft.explain(before.rule.name, &basis, "原表如此");
    assert_eq!(folded(&draft).explanation.as_deref(), Some("原表如此"));
}

#[test]
fn two_wrong_cells_are_two_findings() {
    let edition = form::by_id("2021").unwrap();
    let sound = printed(&edition);
    let mut report = sound.clone();
    let cells = [
        "requests.results.granted@natural_person",
        "requests.new_received@commercial_enterprise",
    ];
    let cells = cells.map(|key| edition.find(key).unwrap());
    for (cell, more) in cells.into_iter().zip([3, 50]) {
        let wrong = sound.value(cell).unwrap() + Number::from(more);
        report.apply(Edit::Enter(cell, Entry::Number(wrong)));
    }
    let found = new_findings(&report, &sound);
    let named: Vec<_> = found.iter().map(|finding| finding.cells.clone()).collect();
    assert_eq!(named, [vec![cells[1]], vec![cells[0]]]);
}

fn mini() -> Arc<Edition> {
    Arc::new(Edition::from_ron(include_str!("../editions/mini.ron")).unwrap())
}

#[test]
fn the_arithmetic_knows_no_row_of_the_form() {
    assert_eq!(break_each(&mini()), [4, 4, 6, 1]);
}

#[test]
fn an_invented_form_is_compared_with_its_prior() {
    let edition = mini();
    let fill = |year: u16, lines: &[(&str, i64)]| {
        let mut report = Report::new(edition.clone(), year);
        for (key, value) in lines {
            report.apply(Edit::Enter(
                edition.find(key).unwrap(),
                Entry::Number(Number::from(*value)),
            ));
        }
        report
    };
    let figures = [
        ("loans.open@adults", 3),
        ("loans.open@children", 2),
        ("shelf.maps@held", 10),
    ];
    let prior = fill(YEAR - 1, &figures);
    let report = fill(
        YEAR,
        &[
            ("loans.still_out@adults", 4),
            ("loans.still_out@children", 2),
            ("shelf.maps@held", 11),
            ("shelf.maps@bought", 3),
            ("shelf.maps@discarded", 1),
        ],
    );
    let carry = run("prior-carry", &report, Some(&prior));
    assert_eq!(
        describe(&carry),
        "- 核实性 成人：上年未还为4，上年度的年末未还为3，应当相等\n  - 可改：“上年未还·成人”改为3\n- 未检查 所需的格没有填全，有2处未判断\n"
    );
    let older = run("prior-carry", &report, Some(&fill(YEAR - 2, &figures)));
    assert_eq!(describe(&older), "- 未检查 所用的上年度报告不是上一年的\n");
    let stock = run("prior-stock", &report, Some(&prior));
    assert_eq!(
        describe(&stock),
        "- 核实性 地图：年末藏书为11，上年末藏书加购入减剔旧为12，应当相等\n  - 可改：“地图·年末藏书”改为12\n- 未检查 所需的格没有填全，有1处未判断\n"
    );
}

/// An empty report is a state of filling in, not a fault of the program.
#[test]
fn every_rule_bears_every_edition_empty_and_unreadable() {
    for edition in form::all().iter().cloned().chain([mini()]) {
        let empty = Report::new(edition.clone(), YEAR);
        let mut odd = empty.clone();
        for id in edition.ids() {
            state(&mut odd, id, "（《〔3.5—件，。；、）");
        }
        for report in [&empty, &odd] {
            for prior in [None, Some(&empty), Some(&odd)] {
                describe(&check_with(RULES, &Subject::new(report, prior)));
            }
        }
    }
}

/// Words can be misread: no rule that reads them may keep a true sentence from being published.
#[test]
fn no_rule_that_reads_prose_is_mandatory() {
    let mandatory: Vec<_> = RULES
        .iter()
        .filter(|rule| rule.level == Level::Error)
        .map(|rule| rule.name)
        .collect();
    let on_figures_and_files = [
        "bad-number",
        "blank-cell",
        "export-verify",
        "requests-balance",
        "requests-results-total",
        "requests-row-total",
        "review-total",
        "wrong-cell",
    ];
    assert!(
        mandatory
            .iter()
            .all(|name| on_figures_and_files.contains(name)),
        "{mandatory:?}"
    );
    let edition = form::by_id("2021").unwrap();
    let (section, _) = edition.passages().next().unwrap();
    let grave = rules::by_name("blank-cell").unwrap();
    let finding = Finding::new(grave, "x").on_text(section, 0, 1);
    assert_eq!(finding.level, Level::Query);
}
