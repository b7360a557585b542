//! Publishing from the window, as a clerk would do it.

use egui::accesskit::Toggled;
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use nianbao::app::{App, Dialog, FileAnswer, OpenDraft, Scripted, Settings, State};
use nianbao::report::{Choices, Draft, Edit, Entry};

type Window = Harness<'static, Option<App>>;

/// The sample report, in order or with one figure that does not fit, in a window.
fn window(in_order: bool, answers: Vec<FileAnswer>) -> Window {
    let bytes = include_bytes!("../../assets/sample.nianbao");
    let mut draft: Draft =
        nianbao::store::from_bytes(bytes, std::path::Path::new("sample.nianbao")).unwrap();
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
    assert_eq!(
        names(folder.path()),
        [format!("{stem}.docx"), format!("{stem}.html")]
    );
    press(&mut window, "关闭");
    // What was wanted is remembered, and nothing is overwritten unasked.
    open_dialog(&mut window);
    let pdf = window.get_by_label("PDF文档");
    assert_eq!(pdf.accesskit_node().toggled(), Some(Toggled::False));
    press(&mut window, "选择文件夹…");
    window.get_by_label_contains("已有2个同名文件，将另取名字");
    press(&mut window, "发布");
    window.run_steps(8);
    assert!(names(folder.path()).contains(&format!("{stem}（2）.docx")));
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
    let bytes = include_bytes!("../../assets/sample.nianbao");
    let mut draft: Draft =
        nianbao::store::from_bytes(bytes, std::path::Path::new("sample.nianbao")).unwrap();
    draft.set_choices(Choices {
        body_font: "某某手写体".to_owned(),
        ..Choices::default()
    });
    let mut window = window_of(draft, vec![chosen]);
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
    assert_eq!(names(folder.path()).len(), 1);
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
