//! What holds for every report: an export is read back as it was, and no disorder in how a table
//! was copied changes a number.

use std::path::Path;

use nianbao::doc::recognise::{Recognised, recognise};
use nianbao::form::{self, SectionBody, SquareContent};
use nianbao::report::{Draft, Edit, Entry, Number, Report};
use nianbao::{export, import, store};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};

use crate::sample::{enter, zero_report};

/// The formats that can be read as well as written.
const BOTH_WAYS: &[&str] = &["txt", "html", "fragment", "docx"];

fn read(name: &str, bytes: &[u8]) -> Recognised {
    let doc = import::read(name, bytes).unwrap();
    recognise(&doc, form::all(), None).unwrap()
}

/// A report with these figures in turn, every `None` a blank, and these texts.
fn report(edition: &str, figures: &[Option<u32>], texts: &[String]) -> Report {
    let mut report = zero_report(edition, if edition == "2019" { 2020 } else { 2024 });
    let form = report.edition().clone();
    let cells = form.cells().filter(|&id| !form.field(id).is_total());
    for (id, figure) in cells.zip(figures.iter().cycle()) {
        let entry = figure.map_or(Entry::Blank, |n| Entry::Number(Number::from(i64::from(n))));
        report.apply(Edit::Enter(id, entry));
    }
    let headed = |(section, _): &(&form::Section, _)| !section.heading.is_empty();
    for ((section, _), text) in form.passages().filter(headed).zip(texts) {
        enter(&mut report, &section.id, text);
    }
    for ((section, _), text) in form.passages().filter(|part| !headed(part)).zip(texts) {
        // Before the first part stand sentences; what has a number there would be its heading.
        let sentences = text.lines().filter(|line| line.ends_with('。'));
        enter(
            &mut report,
            &section.id,
            &sentences.collect::<Vec<_>>().join("\n"),
        );
    }
    report
}

fn figures() -> impl Strategy<Value = Vec<Option<u32>>> {
    let figure =
        prop_oneof![1 => Just(None), 2 => Just(Some(0)), 5 => (1_u32..100_000).prop_map(Some)];
    proptest::collection::vec(figure, 40..90)
}

/// Paragraphs as clerks write them, some with a heading of their own.
fn text() -> impl Strategy<Value = String> {
    let sentence = "[甲乙丙丁戊公开信息年度工作]{4,30}";
    let line = prop_oneof![
        sentence.prop_map(|text| format!("{text}，共12条。")),
        sentence.prop_map(|text| format!("（一）{}", text.chars().take(12).collect::<String>())),
        sentence.prop_map(|text| format!("1.{}", text.chars().take(12).collect::<String>())),
    ];
    proptest::collection::vec(line, 1..6).prop_map(|lines| lines.join("\n"))
}

fn check<S: Strategy>(cases: u32, strategy: &S, test: impl Fn(S::Value)) {
    let mut runner = TestRunner::new_with_rng(
        Config {
            cases,
            failure_persistence: None,
            ..Config::default()
        },
        proptest::test_runner::TestRng::deterministic_rng(
            proptest::test_runner::RngAlgorithm::ChaCha,
        ),
    );
    let tested = runner.run(strategy, |value| {
        test(value);
        Ok(())
    });
    tested.unwrap();
}

fn assert_same(report: &Report, found: &Recognised, format: &str) {
    let form = report.edition();
    assert_eq!(found.report.title(), report.title(), "{format}");
    for id in form.ids().filter(|&id| !form.field(id).is_total()) {
        let (was, is) = (report.entry(id).shown(), found.report.entry(id).shown());
        assert_eq!(
            is,
            was,
            "{format} {} {:#?}",
            form.field(id).key,
            found.notes
        );
    }
}

#[test]
fn what_is_exported_is_read_back_in_every_format() {
    let texts = proptest::collection::vec(text(), 3);
    let edition = prop_oneof![Just("2019"), Just("2021")];
    check(
        6,
        &(edition, figures(), texts),
        |(edition, figures, texts)| {
            let report = report(edition, &figures, &texts);
            for name in BOTH_WAYS {
                let writer = export::by_name(name).unwrap();
                let bytes = writer.bytes(&Draft::new(report.clone())).unwrap();
                let file = format!("报告.{}", writer.extension);
                assert_same(&report, &read(&file, &bytes), name);
                if *name == "txt" {
                    let text = String::from_utf8(bytes).unwrap();
                    let bytes = encoding_rs::GB18030
                        .encode(text.trim_start_matches('\u{feff}'))
                        .0;
                    assert_same(&report, &read(&file, &bytes), "gb18030");
                }
            }
            let bytes = store::to_bytes(&Draft::new(report.clone()));
            let draft = store::from_bytes(&bytes, Path::new("a.nianbao")).unwrap();
            assert_eq!(*draft.report(), report);
        },
    );
}

/// A way to copy tables badly, a number for every decision.
#[derive(Debug, Clone, Copy)]
struct Disorder {
    /// What stands between cells.
    separator: &'static str,
    /// Whether squares covered by another are kept as empty cells.
    keeps_covered: bool,
    seed: u64,
}

impl Disorder {
    fn chance(&mut self, one_in: u64) -> bool {
        self.seed = self
            .seed
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.seed >> 33).is_multiple_of(one_in)
    }
}

/// The report as text in disorder: label columns shift, pages break, blanks come and go.
fn disordered(report: &Report, mut disorder: Disorder) -> String {
    let mut text = format!("{}\n\n", report.title());
    let mut page = 1;
    for section in &report.edition().sections {
        text += &format!("{}\n\n", section.heading);
        let table = match &section.body {
            SectionBody::Passage { field, .. } => {
                text += &format!("{}\n\n", report.text(*field));
                continue;
            }
            SectionBody::Table(table) => table,
        };
        for row in 0..table.grid.rows {
            let mut cells: Vec<String> = Vec::new();
            for column in 0..table.grid.columns {
                let Some(square) = table.grid.at(row, column) else {
                    continue;
                };
                let covered = (square.row, square.column) != (row, column);
                match &square.content {
                    _ if covered && !disorder.keeps_covered => {}
                    _ if covered => cells.push(String::new()),
                    SquareContent::Head(label) | SquareContent::Label(label) => {
                        let label = if disorder.chance(3) {
                            label.replace('、', "、 ").replace('.', ". ")
                        } else {
                            label.clone()
                        };
                        cells.push(label);
                    }
                    SquareContent::Value(id) => cells.push(report.entry(*id).shown()),
                }
            }
            while disorder.keeps_covered
                && cells.first().is_some_and(String::is_empty)
                && disorder.chance(3)
            {
                cells.remove(0);
            }
            if disorder.chance(9) {
                cells.push(String::new());
            }
            let line = cells.join(disorder.separator);
            text += if disorder.separator.contains('|') {
                "| "
            } else {
                ""
            };
            text += &line;
            text += if disorder.separator.contains('|') {
                " |\n"
            } else {
                "\n"
            };
            if disorder.chance(14) {
                text += &format!("\n- {page} -\n\n");
                page += 1;
            }
        }
        text += "\n";
    }
    text
}

#[test]
fn no_disorder_changes_a_number() {
    let separator = prop_oneof![Just("\t"), Just(" | "), Just("  "), Just(" "), Just("\n")];
    let strategy = (figures(), separator, any::<bool>(), any::<u64>());
    check(
        40,
        &strategy,
        |(figures, separator, keeps_covered, seed)| {
            let report = report("2021", &figures, &[]);
            let text = disordered(
                &report,
                Disorder {
                    separator,
                    keeps_covered,
                    seed,
                },
            );
            let found = read("报告.txt", text.as_bytes());
            let form = report.edition();
            for id in form.cells().filter(|&id| !form.field(id).is_total()) {
                let is = found.report.entry(id).number();
                let was = report.entry(id).number();
                assert!(
                    is.is_none() || is == was,
                    "{} {is:?} {was:?}\n{text}",
                    form.field(id).key
                );
            }
        },
    );
}

#[test]
fn a_full_table_arrives_whole_in_any_disorder() {
    let figure = (1_u32..100_000).prop_map(Some);
    let figures = proptest::collection::vec(figure, 40..90);
    let separator = prop_oneof![Just("\t"), Just(" | "), Just("  "), Just("\n")];
    check(
        20,
        &(figures, separator, any::<bool>(), any::<u64>()),
        |(figures, separator, keeps_covered, seed)| {
            let report = report("2021", &figures, &[]);
            // Totals are left out here, so that they are given as the report derives them.
            let mut stated = report.clone();
            for id in report.edition().cells() {
                if let Some(value) = report.value(id) {
                    stated.apply(Edit::Enter(id, Entry::Number(value)));
                }
            }
            let text = disordered(
                &stated,
                Disorder {
                    separator,
                    keeps_covered,
                    seed,
                },
            );
            let found = read("报告.txt", text.as_bytes());
            let form = report.edition();
            let right = form
                .cells()
                .filter(|&id| found.report.entry(id) == stated.entry(id));
            assert_eq!(
                right.count(),
                form.cells().count(),
                "{:#?}\n{text}",
                found.notes
            );
        },
    );
}
