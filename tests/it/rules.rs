//! Every rule is tried on the examples of its own card, and the arithmetic on every place it holds in.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use nianbao::check::rules::RULES;
use nianbao::check::{Findings, Rule, Subject, check_with};
use nianbao::form::{self, Edition, FieldId};
use nianbao::report::{Edit, Entry, Number, Report};

const ISSUER: &str = "青山镇人民政府";
const YEAR: u16 = 2025;
const HEADINGS: [&str; 4] = ["## 查什么", "## 为什么", "## 怎么改", "## 例"];

fn rules_folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src/check/rules")
}

fn rule(name: &str) -> &'static Rule {
    RULES.iter().find(|rule| rule.name == name).unwrap()
}

fn run(name: &str, report: &Report, prior: Option<&Report>) -> Findings {
    check_with(std::slice::from_ref(rule(name)), &Subject { report, prior })
}

/// Every rule has its module, its card and its place in the table.
#[test]
fn files_cards_and_table_agree() {
    let names: Vec<_> = RULES
        .iter()
        .map(|rule| rule.name.replace('-', "_"))
        .collect();
    assert!(RULES.is_sorted_by(|a, b| a.name < b.name), "{names:?}");
    for extension in ["rs", "md"] {
        let mut files: Vec<_> = std::fs::read_dir(rules_folder())
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .filter(|path| path.extension().is_some_and(|e| e == extension))
            .map(|path| path.file_stem().unwrap().to_str().unwrap().to_owned())
            .filter(|stem| stem != "mod")
            .collect();
        files.sort();
        let mut expected = names.clone();
        expected.sort();
        assert_eq!(files, expected, "*.{extension}");
    }
    for rule in RULES {
        let card = std::fs::read_to_string(card_path(rule)).unwrap();
        assert_eq!(rule.card, card, "{}", rule.name);
        let headings: Vec<_> = card
            .lines()
            .filter(|line| line.starts_with("## "))
            .collect();
        assert_eq!(headings, HEADINGS, "{}", rule.name);
        assert!(
            !rule.title.is_empty() && !rule.title.contains('。'),
            "{}",
            rule.name
        );
        let examples = examples(&card);
        let quiet = examples
            .iter()
            .filter(|example| example.expected.trim() == "无")
            .count();
        assert!(quiet >= 1, "{}: no example that keeps quiet", rule.name);
        assert!(
            examples.len() > quiet,
            "{}: no example that fires",
            rule.name
        );
    }
}

/// Runs the examples of every card; `UPDATE_EXPECT=1` writes what was found into the cards.
#[test]
fn cards_find_what_they_say() {
    let update = std::env::var_os("UPDATE_EXPECT").is_some();
    let mut wrong = String::new();
    for rule in RULES {
        let card = std::fs::read_to_string(card_path(rule)).unwrap();
        let mut written = card.clone();
        for example in examples(&card) {
            let (report, prior) = example.build(rule.name);
            let subject = Subject {
                report: &report,
                prior: prior.as_ref(),
            };
            let findings = check_with(std::slice::from_ref(rule), &subject);
            let found = describe(&findings);
            check_fixes(rule, &subject, &findings);
            if found.trim() != example.expected.trim() {
                writeln!(wrong, "{} · {}\n{found}", rule.name, example.name).unwrap();
                let (before, after) =
                    written.split_at(written.find(&format!("### {}\n", example.name)).unwrap());
                let body = example.given_text.len();
                let end = after[4..].find("\n### ").map_or(after.len(), |at| at + 5);
                let tail = if end == after.len() { "" } else { "\n" };
                written = format!(
                    "{before}{}发现\n\n{found}{tail}{}",
                    &after[..body],
                    &after[end..]
                );
            }
        }
        if update && written != card {
            std::fs::write(card_path(rule), written).unwrap();
        }
    }
    assert!(update || wrong.is_empty(), "{wrong}");
}

/// A fix that is offered mends the finding it is offered for.
fn check_fixes(rule: &'static Rule, subject: &Subject<'_>, findings: &Findings) {
    for finding in &findings.list {
        for fix in &finding.fixes {
            let mut mended = subject.report.clone();
            mended.apply(fix.edit.clone());
            let after = check_with(
                std::slice::from_ref(rule),
                &Subject {
                    report: &mended,
                    prior: subject.prior,
                },
            );
            assert!(
                after
                    .list
                    .iter()
                    .all(|other| other.message != finding.message),
                "{}: {} does not mend {}",
                rule.name,
                fix.title,
                finding.message
            );
        }
    }
}

fn card_path(rule: &Rule) -> PathBuf {
    rules_folder().join(format!("{}.md", rule.name.replace('-', "_")))
}

fn describe(findings: &Findings) -> String {
    let mut text = String::new();
    for finding in &findings.list {
        writeln!(text, "- {} {}", finding.level.name(), finding.message).unwrap();
        for fix in &finding.fixes {
            writeln!(text, "  - 可改：{}", fix.title).unwrap();
        }
    }
    for unchecked in &findings.unchecked {
        writeln!(text, "- 未检查 {}", unchecked.reason).unwrap();
    }
    if text.is_empty() {
        text.push_str("无\n");
    }
    text
}

/// One example of a card: what is given and what is found.
struct Example {
    name: String,
    given: Vec<String>,
    given_text: String,
    expected: String,
}

fn examples(card: &str) -> Vec<Example> {
    let (_, part) = card.split_once("## 例\n").expect("a card has examples");
    let mut examples = Vec::new();
    for part in format!("\n{part}").split("\n### ").skip(1) {
        let (given, expected) = part.split_once("发现\n").unwrap_or((part, ""));
        let name = part.lines().next().unwrap().to_owned();
        let lines = given.lines().filter_map(|line| line.strip_prefix("- "));
        examples.push(Example {
            name,
            given: lines.map(str::to_owned).collect(),
            given_text: format!("### {given}"),
            expected: expected.to_owned(),
        });
    }
    examples
}

impl Example {
    fn build(&self, rule: &str) -> (Report, Option<Report>) {
        let (mut own, mut last) = (Vec::new(), Vec::new());
        for line in &self.given {
            match line.strip_prefix("上年·") {
                Some(rest) => last.push(rest),
                None => own.push(line.as_str()),
            }
        }
        let report = base(rule, YEAR, &own);
        let prior = (!last.is_empty()).then(|| base(rule, report.year() - 1, &last));
        (report, prior)
    }
}

/// A report with 0 in every cell and good texts, changed as the lines say.
fn base(rule: &str, year: u16, lines: &[&str]) -> Report {
    let given = |label: &str| {
        let label = format!("{label}：");
        lines
            .iter()
            .rev()
            .find_map(|line| line.strip_prefix(&label))
    };
    let year = given("年度").map_or(year, |year| year.parse().unwrap());
    let edition = given("格式").map_or_else(
        || form::for_year(year).unwrap(),
        |id| form::by_id(id).unwrap(),
    );
    let mut report = Report::new(edition.clone(), year);
    for id in edition.cells().filter(|&id| !edition.field(id).is_total()) {
        report.apply(Edit::Enter(id, Entry::Number(Number::ZERO)));
    }
    state(&mut report, edition.issuer_field, ISSUER);
    for (section, id) in edition.passages() {
        state(&mut report, id, &good_text(&section.id, year));
    }
    for line in lines {
        let known = edition.ids().find_map(|id| {
            let rest = line
                .strip_prefix(&edition.field(id).label)?
                .strip_prefix('：')?;
            Some((id, rest))
        });
        match known {
            Some((id, "（空白）")) => drop(report.apply(Edit::Enter(id, Entry::Blank))),
            Some((id, value)) => state(&mut report, id, &value.replace('↵', "\n")),
            None => assert!(
                ["年度：", "格式：", "不改动"]
                    .iter()
                    .any(|prefix| line.starts_with(prefix)),
                "{rule}: no field for {line}"
            ),
        }
    }
    report
}

fn state(report: &mut Report, id: FieldId, text: &str) {
    let entry = Entry::read(report.edition().field(id).kind, text);
    report.apply(Edit::Enter(id, entry));
}

fn good_text(section: &str, year: u16) -> String {
    match (section, year) {
        ("preface", _) => format!("本报告根据《中华人民共和国政府信息公开条例》编制，所列数据的统计期限自{year}年1月1日起，至{year}年12月31日止。"),
        ("overview", YEAR) => format!(
            "{year}年，我镇围绕中心工作做好政府信息公开。\n（一）主动公开情况\n通过镇政府网站公开财政预决算、乡村振兴、民生实事等信息。\n（二）依申请公开情况\n畅通信函、当面和网上受理渠道，未收到政府信息公开申请。\n（三）政府信息管理情况\n严格执行先审查后公开，定期清理已公开的文件。\n（四）政府信息公开平台建设情况\n维护网站专栏和便民服务大厅的查阅点。\n（五）监督保障情况\n开展业务培训，接受社会评议，未发生责任追究。"
        ),
        ("problems", YEAR) => "（一）存在的主要问题\n少数村的惠民补贴信息更新不及时。\n（二）改进情况\n已明确每月10日前更新，由镇党政办公室逐月核对。".to_owned(),
        ("other_matters", _) => format!("{year}年，本机关发出收费通知0件，总金额0元，实际收取0元。"),
        (_, _) => format!(
            "{year}年，全镇推进政务公开，着重抓好以下几项。\n（一）主动公开情况\n发布工作动态，更新机构职能。\n（二）依申请公开情况\n全年没有人提出公开信息的申请。\n（三）政府信息管理情况\n完善发布审核流程，落实专人负责。\n（四）政府信息公开平台建设情况\n改版网站首页。\n（五）监督保障情况\n把政务公开列入年度考核，社会评议良好，没有责任追究的情形。\n存在的问题是人员更换频繁，今后将加强业务培训。"
        ),
    }
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
        for finding in run(name, report, None).list {
            let last = *finding.cells.last().unwrap();
            found.push(format!("{name} {}", edition.field(last).key));
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
        let found = arithmetic(&broken);
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
    let fill = |lines: &[(&str, i64)]| {
        let mut report = Report::new(edition.clone(), YEAR);
        for (key, value) in lines {
            report.apply(Edit::Enter(
                edition.find(key).unwrap(),
                Entry::Number(Number::from(*value)),
            ));
        }
        report
    };
    let prior = fill(&[
        ("loans.open@adults", 3),
        ("loans.open@children", 2),
        ("shelf.maps@held", 10),
    ]);
    let report = fill(&[
        ("loans.still_out@adults", 4),
        ("loans.still_out@children", 2),
        ("shelf.maps@held", 11),
        ("shelf.maps@bought", 3),
        ("shelf.maps@discarded", 1),
    ]);
    let carry = run("prior-carry", &report, Some(&prior));
    assert_eq!(
        describe(&carry),
        "- 核实性 成人：上年未还为4，上年度的年末未还为3，应当相等\n  - 可改：“上年未还·成人”改为3\n- 未检查 所需的格没有填全，有2处未判断\n"
    );
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
                describe(&check_with(RULES, &Subject { report, prior }));
            }
        }
    }
}
