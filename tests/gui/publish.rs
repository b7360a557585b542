//! Publishing from the window, as a clerk would do it.

use egui::accesskit::Toggled;
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use nianbao::app::{App, Dialog, FileAnswer, OpenDraft, Scripted, Settings, State};
use nianbao::report::{Choices, Draft, Edit, Entry, Standing};

type Window = Harness<'static, Option<App>>;

/// The sample report.
fn sample() -> Draft {
    let bytes = include_bytes!("../../assets/sample.nianbao");
    nianbao::store::from_bytes(bytes, std::path::Path::new("sample.nianbao")).unwrap()
}

/// The sample report set out otherwise, in a window.
fn window_with(choices: Choices, answers: Vec<FileAnswer>) -> Window {
    let mut draft = sample();
    draft.set_choices(choices);
    window_of(draft, answers)
}

/// The sample report, in order or with one figure that does not fit, in a window.
fn window(in_order: bool, answers: Vec<FileAnswer>) -> Window {
    let mut draft = sample();
    if !in_order {
        let key = "requests.new_received@natural_person";
        let id = draft.report().edition().find(key).unwrap();
        draft.edit("填报", Edit::Enter(id, Entry::Number(99.into())));
    }
    window_of(draft, answers)
}

fn window_of(draft: Draft, answers: Vec<FileAnswer>) -> Window {
    let mut state = State::new(Settings::default());
    state.open = Some(OpenDraft::new(draft, None, true));
    let mut parts = Some((state, answers));
    let mut window = Harness::builder()
        .with_size([1366.0, 900.0])
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
                    let (state, answers) = parts.take().unwrap_or_default();
                    App::new_for(ui.ctx(), Box::new(Scripted::new(answers)), state)
                });
                app.ui(ui);
            },
            None,
        );
    window.run_steps(3);
    window
}

fn press(window: &mut Window, label: &str) {
    window.get_by_label(label).click();
    window.run_steps(4);
}

fn open_dialog(window: &mut Window) {
    press(window, "文件");
    window.get_by_label_contains("发布…").click();
    window.run_steps(4);
}

fn names(folder: &std::path::Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).unwrap();
    let mut names: Vec<_> = entries
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

/// Wants Word and web page only.
fn want_two(window: &mut Window) {
    for label in ["PDF文档", "纯文本", "Excel表格"] {
        press(window, label);
    }
}

#[test]
fn chosen_formats_are_written_into_the_chosen_folder_and_compared() {
    let folder = tempfile::tempdir().unwrap();
    let chosen = FileAnswer::Chosen(folder.path().to_path_buf());
    let mut window = window(true, vec![chosen.clone(), chosen]);
    open_dialog(&mut window);
    window.get_by_label_contains("审核通过");
    want_two(&mut window);
    press(&mut window, "选择文件夹…");
    press(&mut window, "发布");
    window.run_steps(8);
    assert_eq!(
        window
            .get_all_by_label_contains("读回核对一致，200个数")
            .count(),
        2
    );
    let stem = "云溪县青石镇人民政府2025年政府信息公开工作年度报告";
    let made = names(folder.path());
    assert_eq!(made.len(), 1, "{made:?}");
    assert!(made[0].ends_with("发布"), "{made:?}");
    let first = folder.path().join(&made[0]);
    let wanted = [
        format!("{stem}.docx"),
        format!("{stem}.html"),
        "清单.txt".to_owned(),
    ];
    assert_eq!(names(&first), wanted);
    window.get_by_label_contains("放在新文件夹");
    press(&mut window, "关闭");
    // What was wanted is remembered, and where it went, and nothing is overwritten unasked.
    open_dialog(&mut window);
    let place = folder.path().display().to_string();
    assert!(
        window.query_all_by_value(&place).next().is_some(),
        "{place}"
    );
    let pdf = window.get_by_label("PDF文档");
    assert_eq!(pdf.accesskit_node().toggled(), Some(Toggled::False));
    press(&mut window, "选择文件夹…");
    window.get_by_label_contains("之后没有改动，不必再发布");
    press(&mut window, "再写一套");
    window.run_steps(8);
    assert_eq!(names(folder.path()).len(), 2);
    assert_eq!(names(&first), wanted);
    window.get_by_label_contains("草稿里的记录没有变");
}

#[test]
fn errors_need_a_second_word_and_mark_the_files() {
    let folder = tempfile::tempdir().unwrap();
    let chosen = FileAnswer::Chosen(folder.path().to_path_buf());
    let mut window = window(false, vec![chosen]);
    open_dialog(&mut window);
    want_two(&mut window);
    press(&mut window, "选择文件夹…");
    press(&mut window, "写出草稿");
    assert!(names(folder.path()).is_empty());
    press(&mut window, "仍要写出，文件名和页眉标明“草稿”");
    press(&mut window, "写出草稿");
    window.run_steps(8);
    assert!(
        names(folder.path())
            .iter()
            .all(|name| name.starts_with("草稿-"))
    );
    assert_eq!(names(folder.path()).len(), 2);
}

#[test]
fn pages_that_show_something_else_are_asked_about_first() {
    let folder = tempfile::tempdir().unwrap();
    let chosen = FileAnswer::Chosen(folder.path().to_path_buf());
    let choices = Choices {
        body_font: "某某手写体".to_owned(),
        ..Choices::default()
    };
    let mut window = window_with(choices, vec![chosen]);
    open_dialog(&mut window);
    for label in ["Word文档", "网页", "纯文本", "Excel表格"] {
        press(&mut window, label);
    }
    press(&mut window, "选择文件夹…");
    press(&mut window, "发布");
    window.run_steps(8);
    assert!(names(folder.path()).is_empty());
    window.get_by_label_contains("由别的代替：某某手写体用");
    press(&mut window, "PDF照样发布");
    press(&mut window, "发布");
    window.run_steps(8);
    let made = names(folder.path());
    assert_eq!(names(&folder.path().join(&made[0])).len(), 2);
}

#[test]
fn what_was_published_is_corrected_with_its_reason_and_the_earlier_one_stays() {
    let folder = tempfile::tempdir().unwrap();
    let chosen = FileAnswer::Chosen(folder.path().to_path_buf());
    let mut window = window(true, vec![chosen]);
    let open = |window: &Window| {
        let state = window.state().as_ref().unwrap().state();
        let open = state.open.as_ref().unwrap();
        (open.draft.publications().len(), open.draft.standing())
    };
    press(&mut window, "文件");
    let correct = window.get_by_label_contains("更正已发布的报告…");
    assert!(correct.accesskit_node().is_disabled());
    window.key_press(egui::Key::Escape);
    window.run_steps(4);
    open_dialog(&mut window);
    want_two(&mut window);
    press(&mut window, "选择文件夹…");
    press(&mut window, "发布");
    window.run_steps(8);
    press(&mut window, "关闭");
    assert_eq!(open(&window), (1, Standing::Published));
    let title = window.state().as_ref().unwrap().state().title();
    assert!(title.contains("已发布"), "{title}");
    // The publishing is none of the steps that are taken back.
    window.key_press_modifiers(egui::Modifiers::CTRL, egui::Key::Z);
    window.run_steps(4);
    assert_eq!(open(&window).0, 1);
    let state = window.state().as_ref().unwrap().state();
    let mut draft: Draft = (*state.open.as_ref().unwrap().draft).clone();
    let text = draft.report().edition().find("other_matters").unwrap();
    let words = Entry::Text("本机关本年度没有收取信息处理费，也没有减免。".to_owned());
    draft.edit("改正文", Edit::Enter(text, words));
    let chosen = FileAnswer::Chosen(folder.path().to_path_buf());
    let mut window = window_of(draft, vec![chosen]);
    assert!(matches!(open(&window).1, Standing::Changed(_)));
    press(&mut window, "文件");
    window.get_by_label_contains("更正已发布的报告…").click();
    window.run_steps(6);
    window.get_by_label_contains("这次写出的是更正");
    want_two(&mut window);
    press(&mut window, "选择文件夹…");
    press(&mut window, "写出更正");
    assert_eq!(names(folder.path()).len(), 1, "the reason is missing");
    window
        .get_by_role_and_label(egui::accesskit::Role::TextInput, "更正的原因")
        .focus();
    window.run_steps(2);
    window.event(egui::Event::Text("漏写了减免".to_owned()));
    window.run_steps(4);
    press(&mut window, "另写一份更正说明");
    press(&mut window, "写出更正");
    window.run_steps(10);
    let made = names(folder.path());
    assert_eq!(made.len(), 2, "{made:?}");
    let new = made.iter().find(|name| name.ends_with("更正")).unwrap();
    let files = names(&folder.path().join(new));
    assert!(files.contains(&"更正说明.docx".to_owned()), "{files:?}");
    assert!(
        files.iter().any(|name| name.ends_with("（更正）.docx")),
        "{files:?}"
    );
    assert_eq!(open(&window), (2, Standing::Published));
}

#[test]
fn choices_change_the_draft_and_come_back_with_one_click() {
    let mut window = window(true, Vec::new());
    open_dialog(&mut window);
    press(&mut window, "版式：国家标准");
    window.run_steps(20);
    press(&mut window, "文末署机关名称");
    let choices = |window: &Window| {
        let open = window
            .state()
            .as_ref()
            .unwrap()
            .state()
            .open
            .as_ref()
            .unwrap();
        open.draft.choices().clone()
    };
    assert!(choices(&window).signature);
    press(&mut window, "恢复标准值");
    assert_eq!(choices(&window), Choices::default());
    press(&mut window, "取消");
    let state = window.state().as_ref().unwrap().state();
    assert!(!matches!(state.dialog, Some(Dialog::Publish(_))));
}

#[test]
fn a_day_of_no_calendar_is_told_and_not_published() {
    let folder = tempfile::tempdir().unwrap();
    let chosen = FileAnswer::Chosen(folder.path().to_path_buf());
    let choices = Choices {
        date: "2026-2-30".to_owned(),
        ..Choices::default()
    };
    let mut window = window_with(choices, vec![chosen]);
    open_dialog(&mut window);
    press(&mut window, "PDF文档");
    press(&mut window, "选择文件夹…");
    press(&mut window, "版式：有改动");
    window.run_steps(20);
    window.get_by_label_contains("没有这一天");
    press(&mut window, "发布");
    window.run_steps(8);
    assert!(names(folder.path()).is_empty());
}

#[test]
fn a_look_is_kept_as_a_file_and_used_again() {
    let folder = tempfile::tempdir().unwrap();
    let answers = || FileAnswer::Chosen(folder.path().join("青石县.nbstyle"));
    let mut window = window(true, vec![answers(), answers()]);
    let choices = |window: &Window| {
        let open = window.state().as_ref().unwrap().state().open.as_ref();
        open.unwrap().draft.choices().clone()
    };
    open_dialog(&mut window);
    press(&mut window, "版式：国家标准");
    window.run_steps(20);
    press(&mut window, "数字和英文用Times New Roman");
    press(&mut window, "三级标题加粗");
    press(&mut window, "存成版式文件…");
    window.run_steps(8);
    assert_eq!(names(folder.path()), ["青石县.nbstyle"]);
    press(&mut window, "恢复标准值");
    assert_eq!(choices(&window), Choices::default());
    press(&mut window, "用版式文件…");
    window.run_steps(8);
    assert!(choices(&window).times && choices(&window).bold_third);
    let state = window.state().as_ref().unwrap().state();
    assert!(matches!(state.dialog, Some(Dialog::Publish(_))));
}

#[test]
fn the_report_is_copied_for_the_editor_of_a_website() {
    let mut window = window(true, Vec::new());
    press(&mut window, "文件");
    window.get_by_label_contains("复制为网页内容").click();
    window.run_steps(4);
    window.get_by_label_contains("已复制");
}
