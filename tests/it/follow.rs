//! The text follows the table: whatever is changed, no figure that was the table's disagrees afterwards.

use nianbao::check::claims::{Claim, Tie, Verdict, claims, follow};
use nianbao::form::{self, FieldId, SectionBody};
use nianbao::report::{Draft, Edit, Entry, Number, Report};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};

use crate::sample::{enter, zero_report};

/// Figures of table 2 and 3, as `set` takes them.
const CELLS: &[(&str, i64)] = &[
    ("requests.new_received@natural_person", 20),
    ("requests.new_received@commercial_enterprise", 5),
    ("requests.carried_over@natural_person", 3),
    ("requests.results.granted@natural_person", 12),
    ("requests.results.partial_grant@natural_person", 4),
    (
        "requests.results.unable_to_provide.no_info@commercial_enterprise",
        2,
    ),
    ("requests.results.not_processed.repeat@natural_person", 6),
    ("requests.carried_forward@natural_person", 4),
    ("proactive.normative_documents@made", 3),
    ("proactive.licensing@processed", 23_418),
    ("proactive.punishment@processed", 1_286),
    ("review_litigation@review.maintain", 2),
    ("review_litigation@review.correct", 1),
];

const TEXT: &str = "2025年，制发行政规范性文件3件，作出行政许可决定2.34万件、行政处罚决定1,286件。\n\
    全年收到政府信息公开申请25件，比上年增长25%，加上上年结转3件，共办理28件。其中自然人20件，占80%；商业企业５件，合计25件。\
    答复24 件，予以公开十二件，部分公开4件，本机关不掌握相关政府信息2件，重复申请不予处理6件，结转下年度4件。\n\
    被申请行政复议3件，维持2件，纠正1件。";

fn set(report: &mut Report, key: &str, value: i64) {
    let id = report.edition().find(key).unwrap();
    report.apply(Edit::Enter(id, Entry::Number(Number::from(value))));
}

fn reports(text: &str) -> (Report, Report) {
    let (mut now, mut before) = (zero_report("2021", 2025), zero_report("2021", 2024));
    for &(key, value) in CELLS {
        set(&mut now, key, value);
    }
    set(&mut before, "requests.new_received@natural_person", 20);
    enter(&mut now, "overview", text);
    (now, before)
}

fn overview(report: &Report) -> &str {
    let mut passages = report.edition().passages();
    let (_, id) = passages
        .find(|(section, _)| section.id == "overview")
        .unwrap();
    report.text(id)
}

/// Changes a cell and lets the text follow.
fn change(report: &Report, prior: &Report, key: &str, value: i64) -> (Report, String) {
    let mut after = report.clone();
    set(&mut after, key, value);
    let followed = follow(report, &after, Some(prior), &[]);
    after.apply(Edit::All(followed.edits.clone()));
    (after, followed.told())
}

fn is_bound(claim: &Claim) -> bool {
    matches!(claim.verdict, Verdict::Equal | Verdict::AtLeast)
}

#[test]
fn a_figure_follows_its_cell() {
    let (report, prior) = reports(TEXT);
    let all = claims(&report, Some(&prior));
    let apart: Vec<_> = all.iter().filter(|claim| !is_bound(claim)).collect();
    assert!(apart.is_empty() && all.len() > 17, "{apart:#?}");

    let (after, told) = change(&report, &prior, "proactive.normative_documents@made", 1_234);
    assert!(overview(&after).contains("制发行政规范性文件1234件，"));
    assert_eq!(told, "正文1处随之改为1234");

    let (after, told) = change(&report, &prior, "proactive.punishment@processed", 21_000);
    assert!(overview(&after).contains("行政处罚决定21,000件"), "{told}");
    let (after, _) = change(&report, &prior, "proactive.licensing@processed", 18_951);
    assert!(
        overview(&after).contains("行政许可决定1.90万件"),
        "{}",
        overview(&after)
    );

    let (after, told) = change(
        &report,
        &prior,
        "requests.new_received@commercial_enterprise",
        6,
    );
    let text = overview(&after);
    for part in [
        "申请26件，比上年增长30%，加上上年结转3件，共办理29件",
        "自然人20件，占77%",
        "商业企业6件",
    ] {
        assert!(text.contains(part), "{part} in {text}");
    }
    assert_eq!(told, "正文6处的数字随之改了");
}

#[test]
fn a_cell_that_is_emptied_and_filled_again_keeps_its_text() {
    let (report, prior) = reports(TEXT);
    let mut desk = Desk {
        draft: Draft::new(report),
        ties: Vec::new(),
    };
    for turn in [
        Turn::Empty(0),
        Turn::Empty(1),
        Turn::Write,
        Turn::Enter(1, 7),
        Turn::Enter(0, 14),
    ] {
        desk.turn(&prior, &turn);
    }
    let text = overview(desk.draft.report());
    for part in [
        "申请21件，比上年增长5%，加上上年结转3件，共办理24件",
        "自然人14件，占67%；商业企业7件，合计21件",
    ] {
        assert!(text.contains(part), "{part} in {text}");
    }
}

#[test]
fn a_bare_sum_is_what_the_figures_before_it_come_to() {
    let (report, prior) =
        reports("全年收到政府信息公开申请25件，其中自然人20件，商业企业5件，两项合计26件。");
    let claims = claims(&report, Some(&prior));
    let of: Vec<_> = claims.iter().map(|claim| claim.verdict).collect();
    let equal = Verdict::Equal;
    assert_eq!(of, [equal, equal, equal, Verdict::Different]);
}

#[test]
fn words_without_a_figure_are_left_and_counted() {
    let (mut report, prior) = reports("全年未收到政府信息公开申请，没有行政诉讼。");
    for (key, _) in CELLS {
        set(&mut report, key, 0);
    }
    let (after, told) = change(&report, &prior, "requests.new_received@natural_person", 2);
    assert_eq!(overview(&after), overview(&report));
    assert_eq!(told, "正文1处写的与表不再一致，要自己改");
}

#[test]
fn a_figure_that_was_wrong_stays_as_it_was() {
    let (report, prior) = reports("全年收到政府信息公开申请7件，予以公开12件。");
    let (after, _) = change(&report, &prior, "requests.new_received@natural_person", 9);
    assert_eq!(
        overview(&after),
        "全年收到政府信息公开申请7件，予以公开12件。"
    );
}

#[test]
fn the_text_follows_in_the_same_step() {
    let (report, prior) = reports(TEXT);
    let mut draft = Draft::new(report.clone());
    let mut after = report.clone();
    let key = "proactive.normative_documents@made";
    set(&mut after, key, 9);
    let cell = Edit::Enter(
        report.edition().find(key).unwrap(),
        Entry::Number(Number::from(9)),
    );
    let followed = follow(&report, &after, Some(&prior), &[]);
    draft.edit("填写", followed.with(cell));
    assert!(overview(draft.report()).contains("制发行政规范性文件9件"));
    draft.undo();
    assert!(draft.report().states_the_same(&report));
}

/// How cells change: by hand, by a menu, by a file, and back again.
#[derive(Debug, Clone)]
enum Turn {
    Enter(usize, i64),
    Empty(usize),
    /// Several at once, as a paste, an import or last year's figures do; some are emptied.
    Several(Vec<(usize, Option<i64>)>),
    /// Whatever is blank is nothing.
    Zeros,
    /// A sentence before all others.
    Write,
    Undo,
    Redo,
}

/// A draft that the text follows in, as in the window.
struct Desk {
    draft: Draft,
    ties: Vec<Tie>,
}

impl Desk {
    fn change(&mut self, prior: &Report, cells: Edit) {
        let report = self.draft.report();
        let mut after = report.clone();
        after.apply(cells.clone());
        let followed = follow(report, &after, Some(prior), &self.ties);
        self.ties.clone_from(&followed.ties);
        self.draft.edit("填报", followed.with(cells));
    }

    fn turn(&mut self, prior: &Report, turn: &Turn) {
        let edition = self.draft.report().edition().clone();
        let enter = |cell: usize, value: Option<i64>| {
            let id = edition.find(CELLS[cell].0).unwrap();
            let entry = value.map_or(Entry::Blank, |value| Entry::Number(Number::from(value)));
            Edit::Enter(id, entry)
        };
        match turn {
            Turn::Enter(cell, value) => self.change(prior, enter(*cell, Some(*value))),
            Turn::Empty(cell) => self.change(prior, enter(*cell, None)),
            Turn::Several(all) => {
                let all = all.iter().map(|&(cell, value)| enter(cell, value));
                self.change(prior, Edit::All(all.collect()));
            }
            Turn::Zeros => {
                let report = self.draft.report();
                let blank = |id: &FieldId| *report.entry(*id) == Entry::Blank;
                let own = |id: &FieldId| !edition.field(*id).is_total();
                let zero = |id| Edit::Enter(id, Entry::Number(Number::ZERO));
                let all = edition.cells().filter(own).filter(blank).map(zero);
                self.change(prior, Edit::All(all.collect()));
            }
            Turn::Write => {
                let text = format!("镇里召开了会议。\n{}", overview(self.draft.report()));
                let id = edition.find("overview").unwrap();
                self.draft.edit("写", Edit::Enter(id, Entry::Text(text)));
            }
            Turn::Undo => drop(self.draft.undo()),
            Turn::Redo => drop(self.draft.redo()),
        }
    }
}

/// No figure that was ever the table's disagrees, whatever was changed in whatever order.
#[test]
fn no_bound_figure_disagrees_after_any_edits() {
    let value = || prop_oneof![0_i64..40, 0_i64..3, 90_i64..120_000];
    let cell = || 0..CELLS.len();
    let turn = prop_oneof![
        6 => (cell(), value()).prop_map(|(cell, value)| Turn::Enter(cell, value)),
        3 => cell().prop_map(Turn::Empty),
        3 => proptest::collection::vec((cell(), proptest::option::of(value())), 2..6).prop_map(Turn::Several),
        1 => Just(Turn::Zeros),
        1 => Just(Turn::Write),
        2 => Just(Turn::Undo),
        1 => Just(Turn::Redo),
    ];
    let turns = proptest::collection::vec(turn, 1..14);
    let mut runner = TestRunner::new(Config::with_cases(if crate::all() { 2_000 } else { 60 }));
    let outcome = runner.run(&turns, |turns| {
        let (report, prior) = reports(TEXT);
        let all = claims(&report, Some(&prior));
        prop_assert!(all.iter().all(is_bound), "{all:?}");
        let draft = Draft::new(report);
        let mut desk = Desk {
            draft,
            ties: Vec::new(),
        };
        for turn in turns {
            desk.turn(&prior, &turn);
            let report = desk.draft.report();
            let now = claims(report, Some(&prior));
            prop_assert_eq!(all.len(), now.len());
            for (was, is) in all.iter().zip(&now) {
                // A growth that became a decline wants another word, which is the writer's.
                let before: String = overview(report).chars().take(is.start).collect();
                prop_assert!(
                    is.verdict != Verdict::Different || before.ends_with("增长"),
                    "{turn:?}: {was:?} became {is:?} in {}",
                    overview(report)
                );
            }
        }
        Ok(())
    });
    outcome.unwrap();
}

/// A share waits for its cells as long as what it is a share of does.
#[test]
fn a_share_follows_a_part_that_waited_for_its_cells() {
    let (report, prior) = reports(TEXT);
    let mut desk = Desk {
        draft: Draft::new(report),
        ties: Vec::new(),
    };
    desk.turn(&prior, &Turn::Several(vec![(0, Some(0)), (3, None)]));
    assert!(overview(desk.draft.report()).contains("自然人20件，占80%"));
    desk.turn(&prior, &Turn::Zeros);
    assert!(overview(desk.draft.report()).contains("自然人0件，占0%"));
}

/// The sentences that a template makes of its tables are right, whatever the tables hold.
#[test]
fn sentences_made_of_the_tables_are_what_the_tables_hold() {
    let figure = prop_oneof![3 => Just(0_i64), 2 => 1_i64..4, 2 => 4_i64..2_000];
    let figures = proptest::collection::vec(figure, 24..60);
    let mut runner = TestRunner::new(Config::with_cases(if crate::all() { 2_000 } else { 60 }));
    let outcome = runner.run(&(figures, any::<bool>()), |(figures, is_new)| {
        let (form, year) = if is_new {
            ("2021", 2025)
        } else {
            ("2019", 2020)
        };
        let mut report = zero_report(form, year);
        let edition = report.edition().clone();
        let own = |id: &FieldId| !edition.field(*id).is_total();
        for (id, figure) in edition.cells().filter(own).zip(figures.iter().cycle()) {
            report.apply(Edit::Enter(id, Entry::Number(Number::from(*figure))));
        }
        let SectionBody::Passage { skeletons, .. } = &edition.section("overview").unwrap().body
        else {
            panic!("a table")
        };
        for skeleton in skeletons {
            let told = report.told(skeleton).unwrap();
            enter(&mut report, "overview", &told);
            for claim in claims(&report, None) {
                prop_assert!(is_bound(&claim), "{claim:?} in {told}");
            }
        }
        Ok(())
    });
    outcome.unwrap();
}

#[test]
fn the_second_table_of_the_older_form_is_read() {
    let mut report = zero_report("2019", 2020);
    for (key, value) in [
        ("proactive.normative_documents@newly_made", 3),
        ("proactive.normative_documents@newly_published", 2),
        ("proactive.normative_documents@published_total", 17),
        ("proactive.licensing@processed", 40),
        ("proactive.procurement@project_count", 6),
        ("proactive.procurement@total_amount", 1_234_500),
    ] {
        set(&mut report, key, value);
    }
    let right = "2020年，制发规范性文件3件，新公开规范性文件2件，对外公开规范性文件总数17件。\
        作出行政许可决定40件。政府集中采购项目6个，采购总金额123.45万元。";
    let found = |text: &str, report: &mut Report| {
        enter(report, "overview", text);
        let claims = claims(report, None);
        let of = |verdict| {
            claims
                .iter()
                .filter(|claim| claim.verdict == verdict)
                .count()
        };
        (of(Verdict::Equal), of(Verdict::Different))
    };
    assert_eq!(found(right, &mut report), (6, 0));
    let wrong = right.replace("文件3件", "文件5件");
    let wrong = wrong.replace("17件", "71件").replace("目6个", "目9个");
    assert_eq!(found(&wrong, &mut report), (3, 3));
}

#[test]
fn nothing_is_said_in_words_and_a_blank_not_at_all() {
    let edition = form::by_id("2021").unwrap();
    let SectionBody::Passage { skeletons, .. } = &edition.section("overview").unwrap().body else {
        panic!("a table")
    };
    let report = zero_report("2021", 2025);
    let blank = Report::new(edition.clone(), 2025);
    let told: Vec<_> = skeletons
        .iter()
        .map(|skeleton| report.told(skeleton).unwrap())
        .collect();
    assert_eq!(
        told,
        [
            "2025年，本机关未收到政府信息公开申请，没有上年结转和结转下年度继续办理的申请。",
            "2025年，没有因政府信息公开引起的行政复议、行政诉讼。",
            "2025年，本机关没有制发、废止行政规范性文件，没有现行有效的行政规范性文件。",
            "2025年，本机关没有收取行政事业性收费。",
        ]
    );
    assert!(
        skeletons
            .iter()
            .all(|skeleton| blank.told(skeleton).is_none())
    );
    let (report, _) = reports("");
    assert_eq!(
        report.told(&skeletons[0]).unwrap(),
        "2025年，本机关新收政府信息公开申请25件，上年结转3件，办结24件（予以公开12件，部分公开4件，无法提供2件，不予处理6件），结转下年度继续办理4件。"
    );
}
