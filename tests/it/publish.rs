//! Publishing by its arguments: what is written, what is refused, and that nothing odd is lost.

use std::path::Path;
use std::process::{Command, Output};

use nianbao::doc::compose::compose;
use nianbao::export::{self, FileClaim, Replaces, WRITERS};
use nianbao::publish::{Proof, file_name, marked, publish};
use nianbao::report::{Choices, Draft, Encoding, Report};
use nianbao::{open, store};

use crate::sample::{enter, zero_draft, zero_report};

fn nianbao(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_nianbao"));
    command.current_dir(folder).args(arguments);
    command.env("NIANBAO_HOME", folder.join("home"));
    command.output().unwrap()
}

fn said(output: &Output) -> String {
    let of = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    of(&output.stdout) + &of(&output.stderr)
}

fn names(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).unwrap();
    let mut names: Vec<_> = entries
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

#[test]
fn characters_that_no_font_has_are_named() {
    let folder = tempfile::tempdir().unwrap();
    let mut report = zero_report("2021", 2025);
    // Nothing was ever put at this place of the code.
    enter(
        &mut report,
        "overview",
        "有一个字是\u{323b5}，谁也印不出来。",
    );
    store::save(&Draft::new(report), &folder.path().join("a.nianbao")).unwrap();
    let export = nianbao(
        folder.path(),
        &["export", "a.nianbao", "-o", "a.pdf", "--force"],
    );
    let publish = nianbao(
        folder.path(),
        &[
            "publish",
            "a.nianbao",
            "-o",
            "out",
            "--formats",
            "pdf,txt",
            "--force",
        ],
    );
    for output in [export, publish] {
        let said = said(&output);
        assert_eq!(said.matches("以〓代替：\u{323b5}").count(), 1, "{said}");
    }
}

/// A report with everything in it that goes wrong somewhere.
fn odd_report(edition: &str, year: u16) -> Report {
    let mut report = zero_report(edition, year);
    let form = report.edition().clone();
    let inputs = form.cells().filter(|&id| !form.field(id).is_total());
    for (number, id) in inputs.enumerate() {
        let figure = if number % 5 == 0 {
            123_456_789
        } else {
            number * 7919
        };
        enter(
            &mut report,
            &form.field(id).key.clone(),
            &figure.to_string(),
        );
    }
    enter(
        &mut report,
        "issuer",
        &"新疆维吾尔自治区伊犁哈萨克自治州察布查尔锡伯自治县"
            .repeat(3)
            .chars()
            .take(60)
            .collect::<String>(),
    );
    let text = "（一）㑇家村。㑇、𠮷、䶮三字\t都要在😀\u{b}软回车之后\u{2028}又一行\u{1}\r\n1.小标题\n零宽\u{200b}空格、软连字\u{ad}符、\u{202e}反向\u{202c}、👨\u{200d}👩\u{200d}👧\n3<5&7>2</td></p>]]>“引号”——破折号……省略号";
    enter(&mut report, "overview", text);
    report
}

fn assert_published(draft: &Draft) {
    let folder = tempfile::tempdir().unwrap();
    for writer in WRITERS.iter().filter(|writer| writer.name != "pdf") {
        let path = folder.path().join(file_name(draft, writer));
        let published = publish(draft, writer, &path, FileClaim::ANYTHING).unwrap();
        assert!(
            matches!(published.proof, Proof::Same { .. }),
            "{}",
            published.summary()
        );
    }
}

#[test]
fn every_format_is_written_read_back_and_never_overwritten() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    store::save(&zero_draft("2021", 2025), &at.join("a.nianbao")).unwrap();
    let first = nianbao(
        at,
        &[
            "publish",
            "a.nianbao",
            "-o",
            "out",
            "--formats",
            "docx,html,txt,xlsx",
        ],
    );
    assert_eq!(first.status.code(), Some(0), "{}", said(&first));
    assert_eq!(
        said(&first).matches("读回核对一致，200个数").count(),
        4,
        "{}",
        said(&first)
    );
    let stem = "青山镇人民政府2025年政府信息公开工作年度报告";
    assert_eq!(
        names(&at.join("out")),
        ["docx", "html", "txt", "xlsx"].map(|extension| format!("{stem}.{extension}"))
    );
    let before = std::fs::read(at.join("out").join(format!("{stem}.docx"))).unwrap();
    let again = nianbao(
        at,
        &["publish", "a.nianbao", "-o", "out", "--formats", "docx"],
    );
    assert_eq!(again.status.code(), Some(0), "{}", said(&again));
    let second = std::fs::read(at.join("out").join(format!("{stem}（2）.docx"))).unwrap();
    assert_eq!(before, second);
    nianbao(
        at,
        &[
            "publish",
            "a.nianbao",
            "-o",
            "out",
            "--formats",
            "docx",
            "--overwrite",
        ],
    );
    assert_eq!(names(&at.join("out")).len(), 5);
}

#[test]
fn errors_forbid_publishing_and_what_is_forced_says_that_it_is_a_draft() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    let mut report = zero_report("2021", 2025);
    enter(&mut report, "requests.new_received@natural_person", "3");
    store::save(&Draft::new(report), &at.join("a.nianbao")).unwrap();
    let refused = nianbao(at, &["publish", "a.nianbao", "-o", "out"]);
    assert_eq!(refused.status.code(), Some(1), "{}", said(&refused));
    assert!(!at.join("out").exists());
    let arguments = [
        "publish",
        "a.nianbao",
        "-o",
        "out",
        "--formats",
        "docx,html,txt",
        "--force",
    ];
    let forced = nianbao(at, &arguments);
    assert_eq!(forced.status.code(), Some(0), "{}", said(&forced));
    let names = names(&at.join("out"));
    assert!(
        names.iter().all(|name| name.starts_with("草稿-青山镇")),
        "{names:?}"
    );
    let file = |extension: &str| {
        let mut names = names.iter();
        at.join("out")
            .join(names.find(|name| name.ends_with(extension)).unwrap())
    };
    let page = std::fs::read_to_string(file(".html")).unwrap();
    assert!(page.contains("<p class=\"mark\">草稿</p>"));
    // The mark belongs to the paper; what is read back is the report alone.
    let saved = store::load(&at.join("a.nianbao")).unwrap();
    for extension in [".docx", ".html", ".txt"] {
        let read = open::open(&file(extension)).unwrap().draft;
        assert_eq!(
            compose(read.report()),
            compose(saved.report()),
            "{extension}"
        );
        let others = read.notes().iter().filter(|note| !note.contains("“草稿”"));
        assert_eq!(others.count(), 0, "{extension}: {:?}", read.notes());
    }
    let unknown = nianbao(
        at,
        &["publish", "a.nianbao", "-o", "out", "--formats", "doc"],
    );
    assert_eq!(unknown.status.code(), Some(2));
}

#[test]
fn odd_and_long_content_survives_every_format() {
    for (edition, year) in [("2021", 2025), ("2019", 2020)] {
        let mut report = odd_report(edition, year);
        assert_published(&Draft::new(report.clone()));
        let line = "本机关全年公开各类政府信息，围绕群众关心的事项及时回应。".repeat(12);
        let long: Vec<_> = (1..80).map(|n| format!("第{n}项，{line}")).collect();
        enter(&mut report, "problems", &long.join("\n"));
        let draft = Draft::new(report);
        assert_published(&marked(&draft));
    }
}

#[test]
fn a_blank_report_is_written_too() {
    assert_published(&Draft::new(Report::new(
        nianbao::form::by_id("2021").unwrap(),
        2025,
    )));
}

#[test]
fn choices_are_kept_and_followed() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.nianbao");
    let mut draft = zero_draft("2021", 2025);
    let choices = Choices {
        preface: false,
        signature: true,
        date: "2026年1月15日".to_owned(),
        body_font: "仿宋".to_owned(),
        body_size: 30,
        table_size: 18,
        line_pitch: 560,
        whole_tables: true,
        encoding: Encoding::Gb18030,
        byte_order_mark: true,
        draft_mark: false,
        number: "青政函〔2026〕2号".to_owned(),
        title_font: "华文中宋".to_owned(),
        title_size: 36,
        times: true,
        bold_third: true,
        for_notepad: Some(true),
        fragment_title: false,
    };
    draft.set_choices(choices.clone());
    store::save(&draft, &path).unwrap();
    let draft = store::load(&path).unwrap();
    assert_eq!(*draft.choices(), choices);
    assert_published(&draft);
    let text = export::by_name("txt").unwrap();
    let bytes = text.bytes(&draft).unwrap();
    assert!(bytes.starts_with(&[0x84, 0x31, 0x95, 0x33]));
    assert!(std::str::from_utf8(&bytes).is_err());
    let out = folder.path().join("a.txt");
    std::fs::write(&out, bytes).unwrap();
    let again = open::open(&out).unwrap().draft;
    assert_eq!(again.report().title(), draft.report().title());
    let preface = draft.report().edition().find("preface").unwrap();
    // The number stands above the text that is read, and is printed in its place again.
    assert_eq!(again.report().text(preface), choices.number);
    // What is as usual is not written, so that a draft without choices is as it was.
    draft_without_choices_is_unchanged();
}

fn draft_without_choices_is_unchanged() {
    let bytes = store::to_bytes(&zero_draft("2021", 2025));
    assert!(!String::from_utf8(bytes).unwrap().contains("choices"));
}

#[test]
fn attachments_are_read_back_file_by_file() {
    let folder = tempfile::tempdir().unwrap();
    let draft = zero_draft("2021", 2025);
    let writer = export::by_name("zip").unwrap();
    let bytes = writer.bytes(&draft).unwrap();
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    let names: Vec<_> = (0..archive.len())
        .map(|at| archive.by_index(at).unwrap().name().to_owned())
        .collect();
    let title = draft.report().title();
    assert_eq!(
        names,
        ["docx", "pdf", "html"].map(|end| format!("{title}.{end}"))
    );
    let path = folder.path().join("a.zip");
    let claim = FileClaim {
        inputs: &[],
        replaces: Replaces::Nothing,
    };
    let published = publish(&draft, writer, &path, claim).unwrap();
    assert!(
        published.is_compared() && !published.differs(),
        "{}",
        published.summary()
    );
}

/// Pages that show a geta, or another look than was chosen, are not published unasked.
#[test]
fn pages_that_show_something_else_are_refused_until_told() {
    let folder = tempfile::tempdir().unwrap();
    let mut draft: Draft = store::from_bytes(
        include_bytes!("../../assets/sample.nianbao"),
        Path::new("sample.nianbao"),
    )
    .unwrap();
    let preface = draft.report().edition().find("preface").unwrap();
    let text = nianbao::report::Entry::Text("受理ئەزىز的申请。".to_owned());
    draft.edit("改正文", nianbao::report::Edit::Enter(preface, text));
    store::save(&draft, &folder.path().join("a.nianbao")).unwrap();
    let publish = |more: &[&str]| {
        let mut arguments = vec!["publish", "a.nianbao", "-o", "out"];
        arguments.extend(more);
        nianbao(folder.path(), &arguments)
    };
    let refused = publish(&["--formats", "pdf,txt"]);
    assert_eq!(refused.status.code(), Some(1), "{}", said(&refused));
    assert!(said(&refused).contains("ئ、ز、ى、ە"), "{}", said(&refused));
    assert!(!folder.path().join("out").exists());
    let other = publish(&["--formats", "txt"]);
    assert_eq!(other.status.code(), Some(0), "{}", said(&other));
    let told = publish(&["--formats", "pdf", "--allow-substitutes"]);
    assert_eq!(told.status.code(), Some(0), "{}", said(&told));
    assert!(!said(&told).contains("核对一致"), "{}", said(&told));
    assert!(
        names(&folder.path().join("out"))
            .iter()
            .all(|name| !name.contains("草稿"))
    );
}
