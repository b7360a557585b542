use std::io::{Cursor, Write as _};

use super::*;
use crate::doc::{Block, Doc};

/// A workbook of these sheets: name, state and markup.
fn workbook(sheets: &[(&str, &str, &str)]) -> Vec<u8> {
    let mut list = String::new();
    let mut relations = String::new();
    for (at, (name, state, _)) in sheets.iter().enumerate() {
        list += &format!("<sheet name='{name}' state='{state}' r:id='r{at}'/>");
        relations += &format!("<R Id='r{at}' Type='x/worksheet' Target='worksheets/s{at}.xml'/>");
    }
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let mut add = |name: &str, text: &str| {
        zip.start_file(name, zip::write::SimpleFileOptions::default())
            .unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    };
    add(
        "_rels/.rels",
        "<R><R Id='a' Type='x/officeDocument' Target='xl/book.xml'/></R>",
    );
    add(
        "xl/book.xml",
        &format!("<workbook xmlns:r='r'>{list}</workbook>"),
    );
    let styles = "<R Id='s' Type='x/styles' Target='/xl/styles.xml'/>\
        <R Id='t' Type='x/sharedStrings' Target='../xl/texts.xml'/>";
    add(
        "xl/_rels/book.xml.rels",
        &format!("<R>{relations}{styles}</R>"),
    );
    add(
        "xl/styles.xml",
        "<styleSheet><numFmts><numFmt numFmtId='164' formatCode='0\"件\"'/></numFmts>\
         <cellXfs><xf numFmtId='0'/><xf numFmtId='164'/><xf numFmtId='2'/></cellXfs></styleSheet>",
    );
    add(
        "xl/texts.xml",
        "<sst><si><t>信息内容</t><rPh><t>xin xi</t></rPh></si>\
         <si><r><t>规章</t></r><r><rPr><vertAlign val='superscript'/></rPr><t>1</t></r></si></sst>",
    );
    for (at, (_, _, sheet)) in sheets.iter().enumerate() {
        add(
            &format!("xl/worksheets/s{at}.xml"),
            &format!("<worksheet>{sheet}</worksheet>"),
        );
    }
    zip.finish().unwrap().into_inner()
}

fn shown(doc: &Doc) -> Vec<String> {
    let mut lines = Vec::new();
    for block in &doc.blocks {
        match block {
            Block::Heading { text, .. } | Block::Paragraph(text) => lines.push(text.clone()),
            Block::Table(table) => {
                for cell in table.cells.iter().filter(|cell| !cell.text.is_empty()) {
                    let (row, column) = (cell.row, cell.column);
                    let size = (cell.row_span, cell.column_span);
                    lines.push(format!("{row},{column} {size:?} {}", cell.text));
                }
            }
        }
    }
    lines
}

#[test]
fn what_is_not_seen_is_not_read() {
    let sheet = "<cols><col min='3' max='3' hidden='1'/></cols><sheetData>\
        <row r='1'><c r='A1' t='inlineStr'><is><t>甲乡2024年政府信息公开工作年度报告</t></is></c></row>\
        <row r='2'><c r='A2' t='inlineStr'><is><t>二、主动公开</t></is></c></row>\
        <row r='3'><c t='s'><v>0</v></c><c t='str'><f>A1</f><v>件数</v></c><c><v>9</v></c><c><v>5</v></c></row>\
        <row r='4' hidden='1'><c r='A4' t='s'><v>0</v></c><c r='B4'><v>77</v></c></row>\
        <row r='5'><c r='A5' t='s'><v>1</v></c><c r='B5' s='1'><f>1+2</f><v>3</v></c><c r='D5' s='2'><v>0.1</v></c></row>\
        <row r='6'><c r='A6' t='s'><v>0</v></c><c r='B6' t='e'><v>#DIV/0!</v></c></row>\
        </sheetData><mergeCells><mergeCell ref='A1:D1'/><mergeCell ref='A3:A5'/></mergeCells>";
    let book = workbook(&[
        ("Sheet1", "visible", sheet),
        (
            "底稿",
            "hidden",
            "<sheetData><row><c><v>88</v></c></row></sheetData>",
        ),
    ]);
    let doc = xlsx::read(&book).unwrap();
    assert_eq!(doc.title, "甲乡2024年政府信息公开工作年度报告");
    assert_eq!(
        shown(&doc),
        [
            "二、主动公开",
            "0,0 (2, 1) 信息内容",
            "0,1 (1, 1) 件数",
            "0,2 (1, 1) 5",
            "1,1 (1, 1) 3件",
            "1,2 (1, 1) 0.10",
            "2,0 (1, 1) 信息内容",
            "2,1 (1, 1) #DIV/0!"
        ]
    );
    let out: Vec<&str> = doc.left_out.iter().map(|left| left.text.as_str()).collect();
    assert!(
        out.concat().contains("77") && out.concat().contains("底稿"),
        "{out:?}"
    );
}

#[test]
fn hostile_workbooks_are_refused_or_read_within_bounds() {
    let far = "<sheetData><row r='1'><c r='A1'><v>1</v></c></row>\
        <row r='1048576'><c r='XFD1048576'><v>1</v></c></row></sheetData>";
    let refused = xlsx::read(&workbook(&[("a", "visible", far)]));
    assert_eq!(refused, Err(ImportError::TooLarge));
    let merged = "<mergeCell ref='A1:IV5000'/>".repeat(50_000);
    let sheet = format!(
        "<sheetData><row r='1'><c r='A1'><v>1</v></c></row><row r='700'><c r='IV700'><v>1</v></c></row></sheetData>\
         <mergeCells>{merged}</mergeCells>"
    );
    let begun = std::time::Instant::now();
    drop(xlsx::read(&workbook(&[("a", "visible", &sheet)])));
    assert!(begun.elapsed().as_secs() < 5);
    let empty = xlsx::read(&workbook(&[("a", "hidden", far)]));
    assert!(empty.unwrap_err().to_string().contains("看得见的"));
    let book = workbook(&[(
        "a",
        "visible",
        "<sheetData><row><c><v>5</v></c></row></sheetData>",
    )]);
    for end in (0..book.len()).step_by(7) {
        drop(xlsx::read(book.get(..end).unwrap_or_default()));
    }
}
