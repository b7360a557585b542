//! A small invented report, written and read part by part.

use std::io::{Cursor, Read as _};

use super::*;
use crate::doc::{Cell, Role, Table};

fn cell(at: (usize, usize), spans: (usize, usize), text: &str, role: Role) -> Cell {
    Cell {
        row: at.0,
        column: at.1,
        row_span: spans.0,
        column_span: spans.1,
        text: text.to_owned(),
        role,
    }
}

fn table() -> Table {
    Table {
        caption: "树木<&\"表".to_owned(),
        widths: vec![800, 2000, 644, 5400],
        header_rows: 1,
        rows: 3,
        columns: 4,
        cells: vec![
            cell((0, 0), (1, 2), "园子", Role::Head),
            cell((0, 2), (1, 2), "棵数", Role::Head),
            cell((1, 0), (2, 1), "（一）东山果园", Role::Label),
            cell((1, 1), (1, 1), "松", Role::Label),
            cell((1, 2), (1, 1), "123456", Role::Value),
            cell((1, 3), (2, 1), "4", Role::Value),
            cell((2, 1), (1, 1), "柏", Role::Label),
            cell((2, 2), (1, 1), "5", Role::Value),
        ],
        ..Table::default()
    }
}

fn sample() -> Doc {
    Doc {
        issuer: "某果园".to_owned(),
        year: Some(2030),
        title: "某某果园管理委员会2030年树木和花草生长情况记事".to_owned(),
        blocks: vec![
            Block::Heading {
                level: 1,
                text: "一、概要".to_owned(),
            },
            Block::Paragraph("第一行<&\">\u{1}\r\n第二行\t“完”".to_owned()),
            Block::Table(table()),
        ],
        ..Doc::default()
    }
}

fn bytes(doc: &Doc) -> Vec<u8> {
    let mut out = Vec::new();
    write(doc, &Choices::default(), Library::bundled(), &mut out).unwrap();
    out
}

fn part(doc: &Doc, name: &str) -> String {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes(doc))).unwrap();
    let mut text = String::new();
    archive
        .by_name(name)
        .unwrap()
        .read_to_string(&mut text)
        .unwrap();
    text
}

fn count(text: &str, pattern: &str) -> usize {
    text.matches(pattern).count()
}

#[test]
fn the_same_report_gives_the_same_bytes() {
    let first = bytes(&sample());
    // A paragraph outside any document moves the paragraph counter of docx-rs.
    let stray = Paragraph::new();
    assert_eq!(first, bytes(&sample()));
    assert!(stray.children().is_empty());
    assert!(!part(&sample(), "word/document.xml").contains("paraId"));
}

#[test]
fn text_keeps_its_breaks_and_loses_forbidden_characters() {
    let body = part(&sample(), "word/document.xml");
    let run = body
        .split("<w:r>")
        .find(|run| run.contains("第一行"))
        .unwrap();
    assert!(
        run.contains("第一行&lt;&amp;&quot;&gt;</w:t><w:br"),
        "{run}"
    );
    assert!(run.contains("第二行</w:t><w:tab/><w:t"), "{run}");
    assert!(run.contains("“完”"), "{run}");
}

#[test]
fn merged_cells_are_continued_in_every_row() {
    let body = part(&sample(), "word/document.xml");
    assert_eq!(count(&body, r#"<w:vMerge w:val="restart"/>"#), 2);
    assert_eq!(count(&body, "<w:vMerge/>"), 2);
    assert_eq!(count(&body, r#"<w:gridSpan w:val="2"/>"#), 2);
    assert_eq!(count(&body, "<w:tc>"), 2 + 4 + 4);
    assert_eq!(count(&body, "<w:tblHeader/>"), 1);
    assert_eq!(count(&body, "<w:cantSplit/>"), 3);
    assert_eq!(count(&body, "<w:keepNext/>"), 2 + 4);
    assert!(body.contains("（一）</w:t><w:br"));
    assert!(body.contains(r#"<w:tblCaption w:val="树木&lt;&amp;&quot;表"/>"#));
    assert_eq!(count(&body, r#"<w:sz w:val="15"/>"#), 1);
}

#[test]
fn a_ragged_table_is_filled_up_and_a_tangled_one_refused() {
    let mut doc = sample();
    doc.blocks = vec![Block::Table(Table {
        rows: 2,
        columns: 3,
        cells: vec![cell((1, 2), (1, 1), "甲", Role::Value)],
        ..Table::default()
    })];
    assert_eq!(count(&part(&doc, "word/document.xml"), "<w:tc>"), 6);
    doc.blocks = vec![Block::Table(Table::default()), Block::Table(table())];
    let body = part(&doc, "word/document.xml");
    assert_eq!(count(&body, "<w:tbl>"), 1);
    assert_eq!(count(&body, "<w:tblHeader/>"), 1);
    let mut tangled = table();
    tangled.cells.push(cell((2, 3), (1, 1), "5", Role::Value));
    doc.blocks = vec![Block::Table(tangled)];
    let message = write(
        &doc,
        &Choices::default(),
        Library::bundled(),
        &mut Vec::new(),
    )
    .unwrap_err()
    .to_string();
    assert!(message.contains("第3行第4列"), "{message}");
}

#[test]
fn lines_follow_their_own_pitch_and_no_grid() {
    let body = part(&sample(), "word/document.xml");
    assert!(body.contains(r#"<w:docGrid w:type="default" w:linePitch="578"/>"#));
}

#[test]
fn properties_come_from_the_report() {
    let core = part(&sample(), "docProps/core.xml");
    assert!(core.contains("<dc:creator>某果园</dc:creator>"));
    assert!(core.contains("2031-01-01T00:00:00Z"));
    let styles = part(&sample(), "word/styles.xml");
    assert_eq!(count(&styles, r#"w:default="1""#), 4);
    assert!(styles.contains(r#"w:firstLineChars="200""#));
    assert!(styles.contains(r#"w:rightChars="100""#));
}

#[test]
fn a_house_rule_is_written_in_the_styles() {
    let choices = Choices {
        times: true,
        bold_third: true,
        title_font: "华文中宋".to_owned(),
        title_size: 36,
        ..Choices::default()
    };
    let mut doc = sample();
    doc.number = "园发〔2031〕1号".to_owned();
    doc.blocks
        .push(Block::Paragraph("1.松树。三棵。".to_owned()));
    let mut out = Vec::new();
    write(&doc, &choices, Library::bundled(), &mut out).unwrap();
    let mut archive = zip::ZipArchive::new(Cursor::new(out)).unwrap();
    let mut part = |name: &str| {
        let mut text = String::new();
        let mut part = archive.by_name(name).unwrap();
        part.read_to_string(&mut text).unwrap();
        text
    };
    let styles = part("word/styles.xml");
    let style = |id: &str| {
        let style = styles
            .split("<w:style ")
            .find(|style| style.contains(&format!(r#"w:styleId="{id}""#)));
        style.unwrap().to_owned()
    };
    let title = style("Title");
    assert!(
        title.contains(r#"w:ascii="Times New Roman""#)
            && title.contains(r#"w:eastAsia="华文中宋""#)
    );
    assert!(title.contains(r#"<w:sz w:val="36"/>"#), "{title}");
    assert!(style("Heading3").contains("<w:b/>") && !style("Heading2").contains("<w:b/>"));
    assert!(style("FooterOdd").len() > 1 && style("Footer").contains(r#"w:ascii="宋体""#));
    assert!(part("word/fontTable.xml").contains("Times New Roman"));
    let body = part("word/document.xml");
    assert!(body.contains(r#"<w:pStyle w:val="LetterNumber"/>"#));
    assert!(body.contains(r#"<w:rStyle w:val="RunInHeading3"/>"#));
    // What stands in for a font does not change with what is set in it.
    let fonts = |title: &str| {
        style::font_table(&Choices {
            title_font: title.to_owned(),
            ..Choices::default()
        })
    };
    let hei = r#"<w:font w:name="黑体"><w:altName w:val="SimHei"/>"#;
    assert_eq!(fonts("黑体").matches(hei).count(), 1);
    assert!(fonts("某某宋").contains(r#"w:name="某某宋"><w:altName w:val="华文中宋"/>"#));
    // As it is printed when nothing is chosen.
    let usual = bytes(&sample());
    assert!(!String::from_utf8_lossy(&usual).contains("Times New Roman"));
}
