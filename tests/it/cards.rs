//! Every rule is tried on the examples of its own card, and the cards make the documentation.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use nianbao::check::rules::RULES;
use nianbao::check::{
    CheckOptions, Findings, Level, Mismatch, Rule, RuleSettings, Subject, check_with, nil, settings,
};
use nianbao::date::Day;
use nianbao::form::{self, FieldId};
use nianbao::report::{Confirmation, Edit, Entry, Number, Report, Reused};

const ISSUER: &str = "青山镇人民政府";
const YEAR: u16 = 2025;
const HEADINGS: [&str; 4] = ["## 查什么", "## 为什么", "## 怎么改", "## 例"];

fn rules_folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src/check/rules")
}

fn stems(extension: &str) -> Vec<String> {
    std::fs::read_dir(rules_folder())
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|found| found == extension))
        .map(|path| path.file_stem().unwrap().to_str().unwrap().to_owned())
        .collect()
}

/// Every rule has its card and its place in the table; a file holds a rule, but not each rule needs one.
#[test]
fn files_cards_and_table_agree() {
    let names: Vec<_> = RULES
        .iter()
        .map(|rule| rule.name.replace('-', "_"))
        .collect();
    assert!(RULES.is_sorted_by(|a, b| a.name < b.name), "{names:?}");
    let mut cards = stems("md");
    // Files are sorted by their names with underscores, the table by the rules' names.
    cards.sort_by_key(|stem| stem.replace('_', "-"));
    assert_eq!(cards, names);
    for file in stems("rs") {
        assert!(file == "mod" || names.contains(&file), "{file}.rs");
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
            let given = example.build(rule.name);
            let findings = check_with(std::slice::from_ref(rule), &given.subject(&given.report));
            let found = describe(&findings);
            check_fixes(rule, &given, &findings);
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
fn check_fixes(rule: &'static Rule, given: &Given, findings: &Findings) {
    for finding in &findings.list {
        for fix in &finding.fixes {
            let mut mended = given.report.clone();
            mended.apply(fix.edit(&given.report));
            let after = check_with(std::slice::from_ref(rule), &given.subject(&mended));
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

pub(crate) fn describe(findings: &Findings) -> String {
    let mut text = String::new();
    for finding in &findings.list {
        writeln!(text, "- {} {}", finding.level.name(), finding.message).unwrap();
        for fix in &finding.fixes {
            writeln!(text, "  - 可改：{}", fix.title).unwrap();
        }
        for consequence in &finding.consequences {
            writeln!(text, "  - 同一原因：{}", consequence.message).unwrap();
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

/// What an example gives: two reports and what is said beside them.
struct Given {
    report: Report,
    prior: Option<Report>,
    notes: Vec<String>,
    confirmation: Option<Confirmation>,
    reused: Reused,
    settings: RuleSettings,
    today: Option<Day>,
    read_back: Option<Vec<Mismatch>>,
}

impl Given {
    fn subject<'a>(&'a self, report: &'a Report) -> Subject<'a> {
        let mut subject = Subject::new(report, self.prior.as_ref()).on(CheckOptions {
            settings: &self.settings,
            today: self.today,
            read_back: self.read_back.as_deref(),
        });
        subject.notes = &self.notes;
        subject.confirmation = self.confirmation.as_ref();
        subject.reused = Some(&self.reused);
        subject
    }

    /// Takes in a line that is about no field.
    fn say(&mut self, line: &str) {
        let (name, value) = line.split_once('：').unwrap_or((line, ""));
        match name {
            "今天" => self.today = Some(Day::read(value).unwrap()),
            "沿用" => {
                let (label, words) = value.split_once('：').unwrap();
                let edition = self.report.edition();
                let field = edition.ids().find(|&id| edition.field(id).label == label);
                let kept = (field.unwrap(), words.to_owned());
                self.reused.kept.insert(kept);
            }
            "导入时的提示" => self.notes.push(value.to_owned()),
            "阈值" => {
                let (name, value) = value.split_once('=').unwrap();
                self.settings.set(name, value.parse().unwrap()).unwrap();
            }
            "地方要求" => self.settings = RuleSettings::read(value).unwrap(),
            "错别字" => {
                let (wrong, right) = value.split_once('，').unwrap();
                self.settings.misprints.push(settings::Misprint {
                    wrong: wrong.to_owned(),
                    right: right.to_owned(),
                });
            }
            "零报告确认" => {
                let left_out = usize::from(value.contains("缺一项"));
                self.confirmation = Some(Confirmation {
                    year: if value.contains("2024年") {
                        2024
                    } else {
                        YEAR
                    },
                    by: value.split('，').next().unwrap().to_owned(),
                    on: "2026-01-12".to_owned(),
                    channels: nil::CHANNELS[left_out..]
                        .iter()
                        .map(|&c| c.to_owned())
                        .collect(),
                });
            }
            "读回" => {
                let parts: Vec<_> = value.split('；').collect();
                let mismatches = self.read_back.get_or_insert_default();
                if let [file, place, expected, found] = parts[..] {
                    mismatches.push(Mismatch {
                        file: file.to_owned(),
                        place: place.to_owned(),
                        expected: expected.to_owned(),
                        found: found.to_owned(),
                    });
                }
            }
            _ => {}
        }
    }
}

/// Lines of an example that are about no field begin so.
const BESIDE: [&str; 11] = [
    "年度：",
    "格式：",
    "不改动",
    "今天：",
    "导入时的提示：",
    "沿用：",
    "阈值：",
    "错别字：",
    "地方要求：",
    "零报告确认：",
    "读回：",
];

impl Example {
    fn build(&self, rule: &str) -> Given {
        let (mut own, mut last) = (Vec::new(), Vec::new());
        for line in &self.given {
            match line.strip_prefix("上年·") {
                Some(rest) => last.push(rest),
                None => own.push(line.as_str()),
            }
        }
        let report = base(rule, YEAR, &own);
        let prior = (!last.is_empty()).then(|| base(rule, report.year() - 1, &last));
        let mut given = Given {
            report,
            prior,
            notes: Vec::new(),
            confirmation: None,
            reused: Reused::default(),
            settings: RuleSettings::default(),
            today: None,
            read_back: None,
        };
        for line in &own {
            given.say(line);
        }
        given
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
                BESIDE.iter().any(|prefix| line.starts_with(prefix)),
                "{rule}: no field for {line}"
            ),
        }
    }
    report
}

pub(crate) fn state(report: &mut Report, id: FieldId, text: &str) {
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

/// Whole reports in natural words, with all rules at once: careful ones raise no alarm, and of
/// careless ones everything is found. Advice is left out. `UPDATE_EXPECT=1` writes what was found.
#[test]
fn whole_reports_raise_the_alarms_they_should() {
    for file in ["careful", "careless"] {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/whole/{file}.md"));
        let text = std::fs::read_to_string(&path).unwrap();
        let (head, _) = text.split_once("\n### ").unwrap();
        let mut found = head.to_owned();
        for example in examples(&text) {
            let given = example.build(file);
            let mut findings = check_with(RULES, &given.subject(&given.report));
            findings.unchecked.clear();
            findings
                .list
                .retain(|finding| finding.level != Level::Advice);
            findings
                .list
                .iter_mut()
                .for_each(|finding| finding.fixes.clear());
            assert!(
                file != "careful" || findings.list.is_empty(),
                "{}\n{}",
                example.name,
                describe(&findings)
            );
            let given = example.given_text.trim_end();
            write!(found, "\n{given}\n\n发现\n\n{}", describe(&findings)).unwrap();
        }
        if std::env::var_os("UPDATE_EXPECT").is_some() {
            std::fs::write(&path, &found).unwrap();
        }
        assert!(
            text == found || std::env::var_os("UPDATE_EXPECT").is_some(),
            "{found}"
        );
    }
}

/// `UPDATE_EXPECT=1` writes the documentation anew.
#[test]
fn the_book_of_rules_is_the_cards() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/rules.md");
    let book = nianbao::check::rules::book();
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        std::fs::write(&path, &book).unwrap();
    }
    let written = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(written == book, "docs/rules.md is not what the cards say");
}

#[test]
fn thresholds_are_of_rules() {
    for threshold in settings::THRESHOLDS {
        assert!(
            RULES.iter().any(|rule| rule.name == threshold.rule),
            "{}",
            threshold.name
        );
    }
}
