//! What a hand could feel, each against a named peer in the same run: the median of many runs and the ratio.
#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::indexing_slicing,
    reason = "a bench prints, and stops at the first surprise"
)]

mod median;
mod table;

use std::hint::black_box;
use std::process::Command;
use std::time::{Duration, Instant};

use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use median::median;
use nianbao::app::{App, OpenDraft, Scripted, Settings, State};
use nianbao::doc::recognise::recognise;
use nianbao::doc::{self, compose::publication};
use nianbao::form::{self, SectionBody, SquareContent};
use nianbao::layout::{self, Library};
use nianbao::report::{Draft, Edit, Entry};
use nianbao::{export, import};
use table::{row, sample};

/// Our own pages through the reader of PDF, and through pdftotext and the reader of texts.
fn read_pdf(draft: &Draft) {
    let bytes = export::by_name("pdf").unwrap().bytes(draft).unwrap();
    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(file.path(), &bytes).unwrap();
    let by_text = || -> Option<Vec<u8>> {
        let mut command = Command::new("pdftotext");
        let output = command.arg("-layout").arg(file.path()).arg("-").output();
        output.ok().map(|output| output.stdout)
    };
    if by_text().is_none() {
        println!("没有pdftotext，不比读PDF");
        return;
    }
    let edition = draft.report().edition();
    let right = |name: &str, bytes: &[u8]| {
        let doc = import::read(name, bytes).unwrap();
        let Ok(found) = recognise(&doc, form::all(), Some(draft.report().year())) else {
            return 0;
        };
        let is_right = |id| found.report.entry(id).number() == draft.report().value(id);
        edition.cells().filter(|&id| is_right(id)).count()
    };
    let all = edition.cells().count();
    let ours = right("a.pdf", &bytes);
    let theirs = right("a.txt", &by_text().unwrap());
    let our_time = median(|| drop(black_box(import::read("a.pdf", &bytes))));
    let their_time = median(|| drop(black_box(import::read("a.txt", &by_text().unwrap()))));
    row(
        &format!("读入PDF（{all}格中{ours}格对）"),
        our_time,
        &format!("pdftotext -layout再按文本读（{theirs}格对）"),
        their_time,
    );
}

fn export_docx(draft: &Draft) {
    let docx = export::by_name("docx").unwrap();
    let ours = median(|| drop(black_box(docx.bytes(draft).unwrap())));
    let theirs = median(|| drop(black_box(docx_rs_alone(draft))));
    row("导出DOCX", ours, "docx-rs原样写同样的文字和表格", theirs);
}

/// The same words and cells through docx-rs as it comes, without styles.
fn docx_rs_alone(draft: &Draft) -> Vec<u8> {
    use docx_rs::{Docx, Paragraph, Run, Table, TableCell, TableRow};
    let paragraph = |text: &str| Paragraph::new().add_run(Run::new().add_text(text));
    let report = draft.report();
    let mut docx = Docx::new().add_paragraph(paragraph(&report.title()));
    for section in &report.edition().sections {
        docx = docx.add_paragraph(paragraph(&section.heading));
        match &section.body {
            SectionBody::Passage { field, .. } => {
                for line in report.text(*field).lines() {
                    docx = docx.add_paragraph(paragraph(line));
                }
            }
            SectionBody::Table(table) => {
                let cell = |text: String| TableCell::new().add_paragraph(paragraph(&text));
                let rows = table.lines.iter().map(|line| {
                    let labels = line.labels.iter().map(|label| cell(label.clone()));
                    let figures = line.fields.iter().map(|&id| cell(report.entry(id).shown()));
                    TableRow::new(labels.chain(figures).collect())
                });
                docx = docx.add_table(Table::new(rows.collect()));
            }
        }
    }
    let mut bytes = std::io::Cursor::new(Vec::new());
    docx.build().pack(&mut bytes).unwrap();
    bytes.into_inner()
}

/// Six pages of print from the draft as it stands, as after every key while the preview is shown.
fn lay_out_pages(draft: &Draft) {
    let draft = six_pages(draft);
    let library = Library::system();
    let pages = || layout::lay_out(&publication(&draft), draft.choices(), library);
    assert_eq!(pages().pages.len(), 6);
    let ours = median(|| drop(black_box(pages())));
    let ctx = egui::Context::default();
    let mut theirs = Duration::ZERO;
    let mut text = String::new();
    for block in publication(&draft).blocks {
        match block {
            doc::Block::Heading { text: line, .. } | doc::Block::Paragraph(line) => text += &line,
            doc::Block::Table(table) => text.extend(table.cells.into_iter().map(|cell| cell.text)),
        }
        text.push('\n');
    }
    drop(ctx.run_ui(egui::RawInput::default(), |ui| {
        let mut turn = 0_u16;
        theirs = median(|| {
            // Another width each time, as egui keeps what it has set once.
            turn += 1;
            let width = 500.0 + f32::from(turn);
            let font = egui::FontId::proportional(16.0);
            let black = egui::Color32::PLACEHOLDER;
            drop(black_box(ui.painter().layout(
                text.clone(),
                font,
                black,
                width,
            )));
        });
    }));
    row("排版六页", ours, "egui排同样的文字", theirs);
    let pdf = export::by_name("pdf").unwrap();
    let ours = median(|| drop(black_box(pdf.bytes(&draft).unwrap())));
    let docx = export::by_name("docx").unwrap();
    let theirs = median(|| drop(black_box(docx.bytes(&draft).unwrap())));
    row("导出六页PDF", ours, "导出同样的DOCX", theirs);
}

/// The sample with so much more text that it fills six pages.
fn six_pages(draft: &Draft) -> Draft {
    let mut draft = draft.clone();
    let report = draft.report();
    let fields = report.edition().sections.iter().filter_map(|section| {
        let SectionBody::Passage { field, .. } = &section.body else {
            return None;
        };
        Some(*field)
    });
    let field = fields
        .max_by_key(|&field| report.text(field).len())
        .unwrap();
    let text = [report.text(field); 3].join("\n");
    draft.edit("更多", Edit::Enter(field, Entry::Text(text)));
    draft
}

fn frame() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/assets/sample.nianbao");
    let state = || None::<App>;
    let mut ours = Harness::builder()
        .with_size([1366.0, 768.0])
        .build_ui_state(
            |ui, app: &mut Option<App>| {
                if let Some(app) = app {
                    app.ui(ui);
                } else {
                    let mut new = App::new_for(
                        ui.ctx(),
                        Box::new(Scripted::new([])),
                        State::new(Settings::default()),
                    );
                    new.open(ui.ctx(), path.into());
                    *app = Some(new);
                }
            },
            state(),
        );
    ours.run_steps(3);
    ours.get_all_by_label_contains("三、")
        .next()
        .unwrap()
        .click();
    ours.run_steps(3);
    let mut peer = Harness::builder()
        .with_size([1366.0, 768.0])
        .build_ui(|ui| {
            ui.heading("eframe");
            ui.label("hello");
        });
    // Everything the processor does for a frame, up to the triangles for the graphics card.
    let ours = median(|| {
        ours.step();
        let shapes = ours.output().shapes.clone();
        black_box(ours.ctx.tessellate(shapes, 1.0));
    });
    let theirs = median(|| {
        peer.step();
        let shapes = peer.output().shapes.clone();
        black_box(peer.ctx.tessellate(shapes, 1.0));
    });
    row("画一帧（表三在屏）", ours, "egui画一帧两行字", theirs);
}

/// How many characters the long text has.
const LONG: usize = 20_000;

/// A frame with one more character in a long text, against a bare text box with the same text.
fn keystroke(draft: &Draft, paragraph: usize) {
    let sentence: Vec<char> = "本机关按照规定公开政府信息，内容准确、更新及时。"
        .chars()
        .collect();
    let mut text = String::new();
    for n in 0..LONG {
        text.push(sentence[n % sentence.len()]);
        if (n + 1) % paragraph == 0 && n + 1 < LONG {
            text.push('\n');
        }
    }
    let mut draft = draft.clone();
    let field = draft.report().edition().find("overview").unwrap();
    draft.edit("写", Edit::Enter(field, Entry::Text(text.clone())));
    let label = draft.report().edition().field(field).label.clone();
    let mut open = OpenDraft::new(draft, None, true);
    open.go_to(field);
    let mut state = State::new(Settings::default());
    state.open = Some(open);
    let mut state = Some(state);
    let mut ours = Harness::builder()
        .with_size([1366.0, 768.0])
        .build_ui_state(
            move |ui, app: &mut Option<App>| {
                let app = app.get_or_insert_with(|| {
                    let shell = Box::new(Scripted::new([]));
                    App::new_for(ui.ctx(), shell, state.take().unwrap_or_default())
                });
                app.ui(ui);
            },
            None,
        );
    ours.run_steps(3);
    let role = egui::Role::MultilineTextInput;
    ours.get_by_role_and_label(role, &label).focus();
    ours.run_steps(2);
    let mut peer = Harness::builder()
        .with_size([1366.0, 768.0])
        .with_context_setup(|ctx| {
            drop(App::new_for(
                ctx,
                Box::new(Scripted::new([])),
                State::default(),
            ));
        })
        .build_ui_state(
            |ui, text: &mut String| {
                egui::ScrollArea::vertical().show(ui, |ui| {
                    let label = ui.label("text");
                    ui.text_edit_multiline(text).labelled_by(label.id);
                });
            },
            text,
        );
    peer.run_steps(3);
    peer.get_by_role(role).focus();
    peer.run_steps(2);
    let typed = || egui::Event::Text("字".to_owned());
    let what = format!("按一个键（两万字，每段{paragraph}字）");
    let ours = median(|| {
        ours.event(typed());
        ours.step();
        let shapes = ours.output().shapes.clone();
        black_box(ours.ctx.tessellate(shapes, 1.0));
    });
    let theirs = median(|| {
        peer.event(typed());
        peer.step();
        let shapes = peer.output().shapes.clone();
        black_box(peer.ctx.tessellate(shapes, 1.0));
    });
    row(&what, ours, "egui的文本框里同样的字", theirs);
}

/// A report of about so many bytes, in the manner of a content management system.
fn page(draft: &Draft, size: usize) -> Vec<u8> {
    let report = draft.report();
    let title = report.title();
    let mut page = format!(
        "<!DOCTYPE html><html><head><meta charset=utf-8><title>{title}</title></head><body><h1>{title}</h1><div id=zoom>"
    );
    let paragraph = |text: &str| {
        format!(
            "<p class=\"MsoNormal\" style=\"text-indent:2em;line-height:28pt\"><span style=\"font-family:FangSong\">{text}</span><span>&nbsp;</span></p>\n"
        )
    };
    for section in &report.edition().sections {
        page += &paragraph(&section.heading);
        match &section.body {
            SectionBody::Passage { field, .. } => {
                let lines = report.text(*field).lines();
                page += &lines.map(paragraph).collect::<String>();
            }
            SectionBody::Table(table) => {
                page += "<table border=1 style=\"border-collapse:collapse\">";
                for row in 0..table.grid.rows {
                    page += "<tr>";
                    for square in table.grid.squares.iter().filter(|square| square.row == row) {
                        let text = match &square.content {
                            SquareContent::Head(text) | SquareContent::Label(text) => text.clone(),
                            SquareContent::Value(id) => report.entry(*id).shown(),
                        };
                        page += &format!(
                            "<td rowspan={} colspan={} style=\"width:62px\" nowrap>",
                            square.row_span, square.column_span
                        );
                        page += &paragraph(&text);
                        page += "</td>";
                    }
                    page += "</tr>";
                }
                page += "</table>";
            }
        }
    }
    while page.len() < size {
        page += &paragraph("全年做好各项公开工作，及时回应群众关切的问题。");
    }
    page += "</div></body></html>";
    page.into_bytes()
}

/// A Word document of about so many bytes: the report with more to say in its first section.
fn word(draft: &Draft, size: usize) -> Vec<u8> {
    let mut report = draft.report().clone();
    let edition = report.edition().clone();
    let (_, overview) = edition.passages().nth(1).unwrap();
    let mut text = report.text(overview).to_owned();
    let mut seed = 1_u64;
    loop {
        // No two sentences are alike, since a package holds the second one for nothing.
        for _ in 0..40 {
            text.push('\n');
            for _ in 0..60 {
                seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
                let hanzi = 0x4e00 + (seed >> 33) as u32 % 3_000;
                text.push(char::from_u32(hanzi).unwrap());
            }
            text.push('。');
        }
        report.apply(Edit::Enter(overview, Entry::Text(text.clone())));
        let docx = export::by_name("docx")
            .unwrap()
            .bytes(&Draft::new(report.clone()))
            .unwrap();
        if docx.len() >= size {
            return docx;
        }
    }
}

/// Reads a page and a Word document to the report, against pandoc reading them to plain text.
fn read(draft: &Draft) {
    let page = page(draft, 100 * 1024);
    let docx = word(draft, 40 * 1024);
    for (what, name, bytes) in [
        ("读入网页", "page.html", page),
        ("读入DOCX", "report.docx", docx),
    ] {
        let what = format!("{what}（{}KB）", bytes.len() / 1024);
        let ours = median(|| {
            let doc = import::read(name, &bytes).unwrap();
            drop(black_box(recognise(&doc, form::all(), None).unwrap()));
        });
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(name);
        std::fs::write(&path, &bytes).unwrap();
        let pandoc = || {
            Command::new("pandoc")
                .arg(&path)
                .args(["-t", "plain"])
                .output()
        };
        if pandoc().is_err() {
            println!(
                "| {what} | {:.3}毫秒 | 没有pandoc |  |  |",
                ours.as_secs_f64() * 1000.0
            );
            continue;
        }
        let mut theirs: Vec<_> = (0..11)
            .map(|_| {
                let start = Instant::now();
                drop(pandoc());
                start.elapsed()
            })
            .collect();
        theirs.sort();
        row(
            &what,
            ours,
            "pandoc读成纯文本",
            theirs.get(5).copied().unwrap(),
        );
    }
}

fn main() {
    let draft = sample();
    table::head();
    export_docx(&draft);
    lay_out_pages(&draft);
    frame();
    keystroke(&draft, 200);
    keystroke(&draft, LONG);
    read(&draft);
    read_pdf(&draft);
}
