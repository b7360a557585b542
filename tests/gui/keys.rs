//! A whole report of a township to which nothing happened, from the start screen to DOCX, by keyboard alone.
#![expect(clippy::unwrap_used, reason = "the helpers of a test may fail it")]

use egui::{Event, Key, Modifiers};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use nianbao::app::{App, FileAnswer, OpenDraft, Scripted, Settings, State};
use nianbao::report::Number;

/// A window, and how many keys were pressed in it apart from the text.
struct Clerk {
    window: Harness<'static, Option<App>>,
    pressed: usize,
}

impl Clerk {
    fn new(answers: Vec<FileAnswer>) -> Self {
        let mut answers = Some(answers);
        let mut window = Harness::builder()
            .with_size([1366.0, 768.0])
            .with_context_setup(|ctx| {
                // The fonts must be there before the first frame.
                let shell = Box::new(Scripted::new([]));
                drop(App::new_for(ctx, shell, State::default()));
            })
            .build_ui_state(
                move |ui, app: &mut Option<App>| {
                    let app = app.get_or_insert_with(|| {
                        let shell = Scripted::new(answers.take().unwrap_or_default());
                        App::new_for(ui.ctx(), Box::new(shell), State::new(Settings::default()))
                    });
                    app.ui(ui);
                },
                None,
            );
        window.run_steps(3);
        Self { window, pressed: 0 }
    }

    fn keys(&mut self, modifiers: Modifiers, keys: &[Key]) {
        for &key in keys {
            self.window.key_press_modifiers(modifiers, key);
            self.window.run_steps(4);
            self.pressed += 1;
        }
    }

    fn press(&mut self, keys: &[Key]) {
        self.keys(Modifiers::NONE, keys);
    }

    fn types(&mut self, text: &str) {
        self.window.event(Event::Text(text.to_owned()));
        self.window.run_steps(3);
    }

    /// Goes back from the text to the aid before it, and takes it.
    fn takes_aid(&mut self) {
        self.keys(Modifiers::SHIFT, &[Key::Tab]);
        self.press(&[Key::Enter]);
    }

    fn open(&self) -> &OpenDraft {
        let app = self.window.state().as_ref().unwrap();
        app.state().open.as_ref().unwrap()
    }
}

#[test]
fn a_report_without_figures_takes_fewer_than_sixty_keys() {
    let folder = tempfile::tempdir().unwrap();
    let draft = folder.path().join("青石镇.nianbao");
    let mut clerk = Clerk::new(vec![FileAnswer::Chosen(draft.clone())]);
    clerk.keys(Modifiers::COMMAND, &[Key::N]);
    clerk.types("云溪县青石镇人民政府");
    clerk.press(&[Key::Enter]);

    clerk.takes_aid();
    clerk.types("云溪县人民政府网站");
    clerk.press(&[Key::Tab, Key::Tab]);
    clerk.types("青石镇党政综合办公室");
    clerk.press(&[Key::Tab]);
    clerk.types("青石镇青石大街1号");
    clerk.press(&[Key::Tab, Key::Tab]);
    clerk.types("0537-7654321");
    clerk.press(&[Key::Enter]);

    clerk.press(&[Key::F6]);
    clerk.takes_aid();
    for (number, text) in [
        "本年度没有制发行政规范性文件，惠民补贴、村务等信息按时在县政府网站公开。",
        "本年度没有收到政府信息公开申请。",
        "信息发布前逐条审查，过时的内容按季度清理。",
        "县政府网站镇级专栏和便民服务大厅查阅点运行正常。",
        "年度考核、社会评议没有发现问题，没有需要追究责任的情形。",
    ]
    .into_iter()
    .enumerate()
    {
        if number > 0 {
            clerk.press(&[Key::ArrowDown, Key::ArrowDown]);
        }
        clerk.types(text);
    }
    clerk.keys(Modifiers::SHIFT, &[Key::F4]);

    clerk.press(&[Key::F6; 4]);
    clerk.takes_aid();
    clerk.types("政策解读的形式比较单一，村级公开的内容更新不够及时。");
    clerk.press(&[Key::ArrowDown, Key::ArrowDown]);
    clerk.types("增加图文解读，每季度检查一次村级公开栏，逐村整改。");
    clerk.press(&[Key::F6]);
    clerk.takes_aid();
    clerk.press(&[Key::Enter]);

    // Nothing came in by any channel, which is looked at one by one.
    clerk.press(&[Key::F8]);
    clerk.keys(Modifiers::COMMAND, &[Key::Tab]);
    clerk.press(&[Key::Tab; 7]);
    clerk.press(&[Key::Enter, Key::Space]);
    for _ in 0..3 {
        clerk.press(&[Key::Tab, Key::Space]);
    }
    clerk.press(&[Key::Tab]);
    clerk.types("李明");
    clerk.press(&[Key::Enter]);

    clerk.keys(Modifiers::COMMAND, &[Key::S]);
    assert!(draft.exists());
    let blocking: Vec<_> = clerk
        .open()
        .findings
        .list
        .iter()
        .filter(|finding| finding.blocks())
        .map(|finding| finding.message.clone())
        .collect();
    assert_eq!(blocking, Vec::<String>::new());
    clerk.keys(Modifiers::COMMAND, &[Key::E]);
    clerk.press(&[Key::Enter]);
    clerk.window.run_steps(12);
    // Where the official fonts are not installed, the pages are asked about first.
    if let Some(asked) = clerk.window.query_by_label("PDF照样发布") {
        asked.click();
        clerk.window.run_steps(4);
        clerk.window.get_by_label("发布").click();
        clerk.window.run_steps(12);
    }
    clerk.press(&[Key::Enter]);

    let title = "云溪县青石镇人民政府2025年政府信息公开工作年度报告.docx";
    let entries = std::fs::read_dir(folder.path()).unwrap();
    let mut published = entries.map(|entry| entry.unwrap().path().join(title));
    assert!(published.any(|path| path.exists()));
    assert_eq!(clerk.open().draft.publications().len(), 1);
    let report = clerk.open().draft.report();
    assert!(report.open_cells().next().is_none());
    let mut cells = report.edition().cells();
    assert!(cells.all(|id| report.value(id) == Some(Number::ZERO)));
    for (section, field) in report.edition().passages() {
        assert!(!report.text(field).is_empty(), "{}", section.id);
    }
    assert!(
        clerk
            .window
            .state()
            .as_ref()
            .unwrap()
            .state()
            .dialog
            .is_none()
    );
    assert!(clerk.pressed < 60, "{}", clerk.pressed);
}
