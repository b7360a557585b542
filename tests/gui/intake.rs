//! A published report on its way into the program: looked at, taken part by part, taken back.
#![expect(clippy::unwrap_used, reason = "the helpers of a test may fail it")]

use std::path::PathBuf;

use egui::{Key, Modifiers};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use nianbao::app::{
    App, Clip, Dialog, FileAnswer, ImportReview, Likeliest, Scripted, Settings, State,
};
use nianbao::export;
use nianbao::report::{Draft, Edit, Entry, Report};

use crate::window::{Window, app, full_report, state};

fn corpus(case: &str) -> PathBuf {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/corpus/");
    let mut files = std::fs::read_dir(format!("{folder}{case}")).unwrap();
    let input = files.find_map(|file| {
        let path = file.unwrap().path();
        path.file_stem()
            .is_some_and(|stem| stem == "input")
            .then_some(path)
    });
    input.unwrap()
}

fn window(state: State, answers: Vec<FileAnswer>, clip: Option<Clip>) -> Window {
    let mut state = Some(state);
    let mut shell = Scripted::new(answers);
    shell.clip = clip;
    let mut shell = Some(shell);
    let mut window = Harness::builder()
        .with_size([1366.0, 768.0])
        .with_context_setup(|ctx| {
            drop(App::new_for(
                ctx,
                Box::new(Scripted::new([])),
                State::default(),
            ));
        })
        .build_ui_state(
            move |ui, app: &mut Option<App>| {
                let app = app.get_or_insert_with(|| {
                    let shell = shell.take().unwrap_or_else(|| Scripted::new([]));
                    App::new_for(ui.ctx(), Box::new(shell), state.take().unwrap_or_default())
                });
                app.ui(ui);
            },
            None,
        );
    window.run_steps(4);
    window
}

fn press(window: &mut Window, label: &str) {
    window.get_by_label_contains(label).click();
    window.run_steps(12);
}

fn shown(report: &Report, key: &str) -> String {
    report.entry(report.edition().find(key).unwrap()).shown()
}

fn report(window: &Window) -> &Report {
    app(window).open.as_ref().unwrap().draft.report()
}

#[test]
fn a_report_is_looked_at_before_it_becomes_a_draft() {
    let answers = vec![FileAnswer::Chosen(corpus("similar-label"))];
    let mut window = window(State::new(Settings::default()), answers, None);
    press(&mut window, "导入已发布的报告…");
    assert!(window.query_by_label("原文").is_some());
    assert!(window.query_by_label_contains("要核对的地方（").is_some());
    assert!(app(&window).open.is_none());
    press(&mut window, "作为草稿打开");
    let open = app(&window).open.as_ref().unwrap();
    assert!(open.path.is_none());
    assert!(!open.draft.notes().is_empty());
}

#[test]
fn parts_are_taken_or_left_and_one_undo_takes_all_back() {
    let figures = [("proactive.licensing@processed", 5)];
    let draft = full_report(2023, &figures);
    let answers = vec![FileAnswer::Chosen(corpus("tabs-torn"))];
    let mut window = window(state(draft.clone(), None), answers, None);
    window.get_by_label("文件").click();
    window.run_steps(4);
    press(&mut window, "导入已发布的报告…");
    assert!(
        window
            .query_by_label_contains("行政许可·本年处理决定数量：5 → 156")
            .is_some()
    );
    window
        .get_by_label_contains("三、收到和处理政府信息公开申请情况：")
        .click_accesskit();
    window.run_steps(8);
    press(&mut window, "写入当前草稿（");
    let licensing = "proactive.licensing@processed";
    let received = "requests.new_received@natural_person";
    assert_eq!(shown(report(&window), licensing), "156");
    assert_eq!(shown(report(&window), received), "0");
    assert_eq!(report(&window).issuer(), draft.issuer());
    window.key_press_modifiers(Modifiers::COMMAND, Key::Z);
    window.run_steps(4);
    assert!(report(&window).states_the_same(&draft));
}

#[test]
fn a_report_without_a_year_is_read_once_its_year_is_chosen() {
    let text = "一、总体情况\n本机关公开信息九条。\n二、主动公开政府信息情况\n\
        第二十条第（五）项\n信息内容\t本年处理决定数量\n行政许可\t7\n";
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("a.txt");
    std::fs::write(&file, text).unwrap();
    let clip = Clip {
        html: None,
        text: text.to_owned(),
    };
    let answers = vec![FileAnswer::Chosen(file)];
    let mut window = window(State::new(Settings::default()), answers, Some(clip));
    press(&mut window, "导入已发布的报告…");
    assert!(window.query_by_label("这份报告是哪一年的？").is_some());
    press(&mut window, "取消");
    assert!(app(&window).open.is_none());
    window.key_press_modifiers(Modifiers::COMMAND | Modifiers::SHIFT, Key::V);
    window.run_steps(4);
    let latest = app(&window).dialog.as_ref().map(|dialog| match dialog {
        Dialog::Year(asked) => asked.latest,
        _ => 0,
    });
    let year = latest.unwrap() - 2;
    press(&mut window, &format!("{year}年"));
    press(&mut window, &format!("按{year}年导入"));
    press(&mut window, "作为草稿打开");
    assert_eq!(report(&window).year(), year);
    assert_eq!(shown(report(&window), "proactive.licensing@processed"), "7");
}

#[test]
fn a_whole_report_is_pasted_as_a_page_or_as_text() {
    let text = std::fs::read_to_string(corpus("tabs-torn")).unwrap();
    let page = text
        .lines()
        .map(|line| format!("<p>{line}</p>"))
        .collect::<Vec<_>>()
        .concat();
    let clips = [
        Clip {
            html: None,
            text: text.clone(),
        },
        Clip {
            html: Some("<p>别的内容</p>".to_owned()),
            text: text.clone(),
        },
        Clip {
            html: Some(page),
            text: String::new(),
        },
    ];
    for clip in clips {
        let mut window = window(State::new(Settings::default()), Vec::new(), Some(clip));
        window.key_press_modifiers(Modifiers::COMMAND | Modifiers::SHIFT, Key::V);
        window.run_steps(4);
        press(&mut window, "作为草稿打开");
        assert_eq!(report(&window).issuer(), "柳河镇人民政府");
    }
    let mut window = window(State::new(Settings::default()), Vec::new(), None);
    window.key_press_modifiers(Modifiers::COMMAND | Modifiers::SHIFT, Key::V);
    window.run_steps(4);
    assert!(window.query_by_label_contains("剪贴板里没有文字").is_some());
}

#[test]
fn texts_are_shown_where_they_differ_and_found_in_the_source() {
    let overview = |places: &str| {
        let long = "围绕群众关心的事项公开信息，".repeat(12);
        format!("第一段。\n{long}设查阅点{places}处，{long}")
    };
    let mut draft = full_report(2025, &[]);
    let id = draft.edition().find("overview").unwrap();
    draft.apply(Edit::Enter(id, Entry::Text(overview("两"))));
    let published = export::by_name("txt")
        .unwrap()
        .bytes(&Draft::new(draft.clone()));
    draft.apply(Edit::Enter(id, Entry::Text(overview("三"))));
    let clip = Clip {
        html: None,
        text: String::from_utf8(published.unwrap()).unwrap(),
    };
    let mut window = window(state(draft, None), Vec::new(), Some(clip));
    window.key_press_modifiers(Modifiers::COMMAND | Modifiers::SHIFT, Key::V);
    window.run_steps(4);
    press(&mut window, "公开信息，设查阅点三处，围绕");
    let intake = app(&window).intake.as_ref().unwrap();
    let looked_at = intake.lines.get(intake.look_at.unwrap()).unwrap();
    assert!(looked_at.contains("设查阅点两处"), "{looked_at}");
}

#[test]
fn the_source_shown_is_that_of_the_report_read_last() {
    let folder = tempfile::tempdir().unwrap();
    // The same name and as many lines, but cut elsewhere.
    let texts = ["ab长文字", "文字更长ab"];
    let answers = texts.map(|text| {
        let mut report = full_report(2025, &[]);
        let id = report.edition().find("overview").unwrap();
        report.apply(Edit::Enter(id, Entry::Text(text.to_owned())));
        let bytes = export::by_name("txt").unwrap().bytes(&Draft::new(report));
        let path = folder.path().join(text).join("年报.txt");
        std::fs::create_dir(path.parent().unwrap()).unwrap();
        std::fs::write(&path, bytes.unwrap()).unwrap();
        FileAnswer::Chosen(path)
    });
    let start = State::new(Settings::default());
    let mut window = window(start, answers.into(), None);
    for text in texts {
        press(&mut window, "导入已发布的报告…");
        assert!(window.query_by_label(text).is_some(), "{text}");
        press(&mut window, "取消");
    }
}

#[test]
fn any_report_serves_as_last_years() {
    let answers = vec![FileAnswer::Chosen(corpus("one-cell-a-line"))];
    let mut window = window(state(full_report(2025, &[]), None), answers, None);
    window.get_by_label("文件").click();
    window.run_steps(4);
    press(&mut window, "导入已发布的报告…");
    press(&mut window, "作为上年度报告");
    let prior = app(&window).open.as_ref().unwrap().draft.prior();
    assert!(prior.is_some());
}

/// A file that is dropped on the window.
#[derive(Debug)]
pub struct Dropped(pub PathBuf);

impl egui::DroppedFile for Dropped {
    fn path(&self) -> &std::path::Path {
        &self.0
    }

    fn bytes(&self) -> Result<Vec<u8>, String> {
        std::fs::read(&self.0).map_err(|error| error.to_string())
    }
}

/// What was read, held against a draft: both by their year, their authority and one figure.
fn held_against(
    (read_year, read_issuer, figure): (u16, &str, i64),
    target: &Draft,
) -> ImportReview {
    let figures = [("proactive.licensing@processed", figure)];
    let mut read = full_report(read_year, &figures);
    let issuer = Entry::read(nianbao::form::Kind::Line, read_issuer);
    read.apply(Edit::Enter(read.edition().issuer_field, issuer));
    let opened = nianbao::open::Opened {
        draft: Draft::new(read),
        is_draft: false,
        source: String::new(),
        page: nianbao::doc::Doc::default(),
        left: Vec::new(),
    };
    ImportReview::new("年报.txt".to_owned(), opened, Some(target))
}

#[test]
fn what_is_offered_first_for_a_report_is_likeliest_and_harmless() {
    let ours = "青石镇人民政府";
    let filled = Draft::new(full_report(2025, &[("proactive.licensing@processed", 5)]));
    let blank = Draft::new(crate::window::report(2025, &[]));
    let mut with_prior = filled.clone();
    with_prior.set_prior(Some(nianbao::report::Prior {
        report: full_report(2024, &[]),
        source: "去年.nianbao".to_owned(),
    }));
    for (read, target, likeliest, overwritten) in [
        ((2024, ours, 7), &filled, Likeliest::UseAsPrior, 1),
        ((2022, ours, 7), &filled, Likeliest::UseAsPrior, 1),
        (
            (2024, "云岭县青石镇人民政府", 7),
            &filled,
            Likeliest::UseAsPrior,
            1,
        ),
        ((2024, ours, 7), &with_prior, Likeliest::UseAsPrior, 1),
        ((2022, ours, 7), &with_prior, Likeliest::OpenAsDraft, 1),
        ((2026, ours, 7), &filled, Likeliest::OpenAsDraft, 1),
        (
            (2025, "白水镇人民政府", 7),
            &filled,
            Likeliest::OpenAsDraft,
            1,
        ),
        (
            (2024, "白水镇人民政府", 7),
            &filled,
            Likeliest::OpenAsDraft,
            1,
        ),
        ((2025, ours, 7), &filled, Likeliest::OpenAsDraft, 1),
        ((2025, ours, 7), &blank, Likeliest::Enter, 0),
        ((2025, "", 7), &blank, Likeliest::Enter, 0),
    ] {
        let intake = held_against(read, target);
        assert_eq!(intake.likeliest(), likeliest, "{read:?}");
        assert_eq!(intake.overwritten(), overwritten, "{read:?}");
    }
}

#[test]
fn enter_on_last_years_report_writes_nothing_into_the_draft() {
    let read = nianbao::open::open(&corpus("tabs-torn")).unwrap().draft;
    let mut report = full_report(read.report().year() + 1, &[]);
    let issuer = Entry::Text(read.report().issuer().to_owned());
    report.apply(Edit::Enter(report.edition().issuer_field, issuer));
    let mut window = window(state(report.clone(), None), Vec::new(), None);
    let file = std::sync::Arc::new(Dropped(corpus("tabs-torn")));
    window.input_mut().dropped_files.push(file);
    window.run_steps(12);
    let over = window.query_all_by_label_contains("写入当前草稿会改掉已经填好的");
    assert_eq!(over.count(), 1, "what would be written over is said");
    window.key_press(Key::Enter);
    window.run_steps(8);
    let open = app(&window).open.as_ref().unwrap();
    assert!(open.draft.report().states_the_same(&report));
    assert_eq!(open.draft.prior().unwrap().report.year() + 1, report.year());
}

#[test]
fn a_dropped_report_is_looked_at_beside_the_open_draft() {
    let mut window = window(state(full_report(2025, &[]), None), Vec::new(), None);
    let file = std::sync::Arc::new(Dropped(corpus("spaces")));
    window.input_mut().dropped_files.push(file);
    window.run_steps(12);
    let differing = window.query_all_by_label_contains("处与草稿不同");
    assert!(differing.count() > 1);
    press(&mut window, "另开一份草稿");
    assert_eq!(report(&window).issuer(), "北湾镇");
}

#[test]
fn what_is_no_report_is_refused_with_a_reason() {
    let answers = vec![FileAnswer::Chosen(PathBuf::from(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/LICENSE-MIT"
    )))];
    let mut window = window(State::new(Settings::default()), answers, None);
    press(&mut window, "导入已发布的报告…");
    let reason = window.query_by_label_contains("找不到年度报告的表格");
    assert!(reason.is_some());
}

#[test]
fn what_was_left_out_is_shown_whole_and_can_be_taken_back() {
    let answers = vec![FileAnswer::Chosen(corpus("site-around"))];
    let mut window = window(State::new(Settings::default()), answers, None);
    press(&mut window, "导入已发布的报告…");
    let whole = window.query_all_by_label_contains("全年制发文件2件，没有废止。");
    assert!(whole.count() >= 2, "in the source, and left out");
    let notes = |window: &Window| {
        let intake = app(window).intake.as_ref().unwrap();
        intake.draft.notes().len()
    };
    let before = notes(&window);
    // It may lie below what is in sight.
    window
        .get_by_label_contains("中表格以外的文字，放进")
        .click_accesskit();
    window.run_steps(12);
    assert_eq!(notes(&window), before - 1);
    press(&mut window, "作为草稿打开");
    let edition = report(&window).edition().clone();
    let overview = edition.passages().nth(1).unwrap().1;
    assert_eq!(
        report(&window).text(overview),
        "全年公开信息31条。\n相关信息都在网站上公布，没有遗漏。\n全年制发文件2件，没有废止。"
    );
}

#[test]
fn a_published_page_is_compared_with_the_draft() {
    let folder = tempfile::tempdir().unwrap();
    let report = full_report(2025, &[]);
    let html = export::by_name("html").unwrap();
    let page = html.bytes(&Draft::new(report.clone())).unwrap();
    let page = String::from_utf8(page).unwrap();
    let cell = page.find("</td>").unwrap();
    for (name, text, says) in [
        ("same.html", page.clone(), "一致，核对了"),
        (
            "other.html",
            format!("{}9{}", &page[..cell], &page[cell..]),
            "有1处不一致",
        ),
    ] {
        let path = folder.path().join(name);
        std::fs::write(&path, text).unwrap();
        let mut window = window(
            state(report.clone(), None),
            vec![FileAnswer::Chosen(path)],
            None,
        );
        window.get_by_label("审核").click();
        window.run_steps(4);
        press(&mut window, "核对公开的页面…");
        assert!(window.query_by_label_contains(says).is_some(), "{name}");
        window.get_by_label("关闭").click();
        window.run_steps(4);
        assert!(app(&window).dialog.is_none());
    }
}

#[test]
fn a_report_that_was_read_is_where_the_next_one_begins() {
    let answers = vec![FileAnswer::Chosen(corpus("tabs-torn"))];
    let mut window = window(State::new(Settings::default()), answers, None);
    press(&mut window, "导入已发布的报告…");
    let read = app(&window).intake.as_ref().unwrap().draft.report().clone();
    press(&mut window, &format!("用它做{}年的", read.year() + 1));
    let open = app(&window).open.as_ref().unwrap();
    assert_eq!(open.draft.report().year(), read.year() + 1);
    assert_eq!(open.draft.report().issuer(), read.issuer());
    assert!(open.draft.prior().unwrap().report.states_the_same(&read));
    assert!(app(&window).dialog.is_none() && app(&window).intake.is_none());
}

#[test]
fn the_figures_that_were_read_stand_beside_the_line_they_were_read_from() {
    let answers = vec![FileAnswer::Chosen(corpus("page-cms"))];
    let mut window = window(State::new(Settings::default()), answers, None);
    press(&mut window, "导入已发布的报告…");
    let intake = app(&window).intake.as_ref().unwrap();
    // Every row that holds a figure is found again in the source, at the line that says the same.
    let report = intake.draft.report();
    let mut found = 0;
    for row in &intake.rows {
        let figures: Vec<_> = row
            .fields
            .iter()
            .map(|&id| report.entry(id).shown())
            .collect();
        let Some(line) = row.line else {
            assert!(figures.iter().all(String::is_empty), "{}", row.label);
            continue;
        };
        found += 1;
        let line = &intake.lines[line];
        assert!(
            figures.iter().any(|figure| line.contains(figure.as_str())),
            "{line}"
        );
    }
    assert!(found > 20, "{found}");
    let line = intake.rows.iter().find_map(|row| row.line).unwrap();
    let said = format!("原文第{}行：", line + 1);
    window
        .get_all_by_label_contains(&said)
        .next()
        .unwrap()
        .click_accesskit();
    window.run_steps(4);
    assert_eq!(app(&window).intake.as_ref().unwrap().look_at, Some(line));
}

#[test]
fn notes_are_listed_by_what_they_say_and_those_that_are_alike_are_folded() {
    let answers = vec![FileAnswer::Chosen(corpus("blanks-lost"))];
    let mut window = window(State::new(Settings::default()), answers, None);
    press(&mut window, "导入已发布的报告…");
    let intake = app(&window).intake.as_ref().unwrap();
    let notes = intake.notes().len();
    assert!(notes > 4, "{:?}", intake.notes());
    assert!(
        window
            .query_by_label_contains("没有取用，留作空白的（")
            .is_some()
    );
    let shown = window.query_all_by_label_contains("没有导入").count();
    assert!(
        window
            .query_all_by_label_contains("处相近")
            .next()
            .is_some()
    );
    assert!(shown < notes, "{shown} of {notes}");
}
