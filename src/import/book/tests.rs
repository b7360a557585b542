use std::io::{Cursor, Write as _};

use super::*;
use crate::doc::{Block, Doc};
use crate::import::ImportError;

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
    assert!(begun.elapsed().as_secs() < 60);
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

/// A package of these parts.
fn package(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        zip.start_file(*name, zip::write::SimpleFileOptions::default())
            .unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// A workbook of LibreOffice with these sheets.
fn open_book(sheets: &str) -> Vec<u8> {
    let styles = "<s><m:master-page m:name='P'><m:header><m:region-left><t:p>内部</t:p></m:region-left>\
        <m:region-center><t:p>甲乡2024年政府信息公开工作年度报告<t:page-number>1</t:page-number></t:p>\
        </m:region-center></m:header></m:master-page></s>";
    let content = format!(
        "<d><s><m:style m:name='a' m:family='table' m:master-page-name='P'/>\
         <m:style m:name='h' m:family='table'><m:table-properties t:display='false'/></m:style>\
         <m:style m:name='u' m:family='text'><m:text-properties m:text-position='super 58%'/></m:style></s>\
         <o:body><o:spreadsheet><t:tracked-changes><t:table-cell><t:p>99</t:p></t:table-cell></t:tracked-changes>\
         {sheets}</o:spreadsheet></o:body></d>"
    );
    package(&[
        ("mimetype", "application/vnd.oasis.opendocument.spreadsheet"),
        ("styles.xml", styles),
        ("content.xml", &content),
    ])
}

#[test]
fn an_open_spreadsheet_shows_what_its_cells_print() {
    let book = open_book(
        "<t:table t:name='一' t:style-name='a'>\
         <t:table-column t:number-columns-repeated='2'/><t:table-column t:visibility='collapse'/>\
         <t:table-column t:number-columns-repeated='1021'/>\
         <t:table-row><t:table-cell o:value-type='string' t:number-columns-spanned='4'><t:p>二、主动<t:span t:style-name='x'>公开</t:span></t:p></t:table-cell>\
         <t:covered-table-cell t:number-columns-repeated='3'/><t:table-cell t:number-columns-repeated='1020'/></t:table-row>\
         <t:table-row><t:table-cell t:number-rows-spanned='3'><t:p>规章<t:span t:style-name='u'>1</t:span></t:p></t:table-cell>\
         <t:table-cell><o:annotation><t:p>批注5</t:p></o:annotation><t:p>件<t:s t:c='2'/>数</t:p></t:table-cell>\
         <t:table-cell o:value-type='float' o:value='9'><t:p>9</t:p></t:table-cell>\
         <t:table-cell o:value-type='float' o:value='435.5'><t:p>435.50</t:p></t:table-cell></t:table-row>\
         <t:table-row t:visibility='filter'><t:covered-table-cell/><t:table-cell><t:p>77</t:p></t:table-cell></t:table-row>\
         <t:table-row t:number-rows-repeated='2'><t:covered-table-cell/><t:table-cell o:value-type='float' o:value='0.30000000000000004'/>\
         <t:table-cell/><t:table-cell><t:p>4</t:p><t:p>件</t:p></t:table-cell></t:table-row>\
         <t:table-row-group t:display='false'><t:table-row><t:table-cell/><t:table-cell><t:p>66</t:p></t:table-cell></t:table-row></t:table-row-group>\
         <t:table-row t:number-rows-repeated='1048570'><t:table-cell t:number-columns-repeated='1024'/></t:table-row></t:table>\
         <t:table t:name='底稿' t:style-name='h'><t:table-row><t:table-cell><t:p>88</t:p></t:table-cell></t:table-row></t:table>",
    );
    let doc = crate::import::read("a.doc", &book).unwrap();
    assert_eq!(doc.title, "甲乡2024年政府信息公开工作年度报告");
    assert_eq!(
        shown(&doc),
        [
            "二、主动公开",
            "0,0 (2, 1) 规章¹",
            "0,1 (1, 1) 件  数",
            "0,2 (1, 1) 435.50",
            "1,1 (1, 1) 0.3",
            "1,2 (1, 1) 4\n件",
            "2,1 (1, 1) 0.3",
            "2,2 (1, 1) 4\n件"
        ]
    );
    let out: Vec<&str> = doc.left_out.iter().map(|left| left.text.as_str()).collect();
    let out = out.concat();
    assert!(out.contains("77") && out.contains("66") && out.contains("底稿"));
    assert!(!out.contains("99") && !out.contains("88"), "{out}");
}

#[test]
fn an_open_spreadsheet_with_a_password_is_called_so() {
    let book = package(&[
        ("mimetype", "application/vnd.oasis.opendocument.spreadsheet"),
        ("META-INF/manifest.xml", "<m><e><encryption-data/></e></m>"),
        ("content.xml", "\u{1}"),
    ]);
    let said = crate::import::read("a.ods", &book).unwrap_err().to_string();
    assert!(said.contains("加了密码的表格"), "{said}");
}

#[test]
fn hostile_open_spreadsheets_are_refused_or_read_within_bounds() {
    let begun = std::time::Instant::now();
    let cell = "<t:table-cell t:number-columns-repeated='1000000000'><t:p>1</t:p></t:table-cell>";
    let many = "<t:table-cell t:number-columns-repeated='256'><t:p>12345678</t:p></t:table-cell>";
    let spans = "<t:table-cell t:number-columns-repeated='256' t:number-rows-spanned='5000'/>";
    for row in [
        format!("<t:table-row>{cell}</t:table-row>"),
        format!("<t:table-row t:number-rows-repeated='1000000000'>{many}</t:table-row>"),
        format!("<t:table-row t:number-rows-repeated='1000000000'>{spans}</t:table-row>"),
        format!("<t:table-row t:number-rows-repeated='5000'>{many}</t:table-row>"),
    ] {
        let book = open_book(&format!("<t:table>{row}</t:table>"));
        assert_eq!(ods::read(&book), Err(ImportError::TooLarge), "{row}");
    }
    let header = format!(
        "<s><m:master-page><m:header><t:p>{}</t:p></m:header></m:master-page></s>",
        "甲".repeat(100_000)
    );
    let sheets =
        "<t:table><t:table-row><t:table-cell><t:p>5</t:p></t:table-cell></t:table-row></t:table>";
    let book = package(&[
        ("mimetype", "application/vnd.oasis.opendocument.spreadsheet"),
        ("styles.xml", &header),
        ("content.xml", &format!("<d>{}</d>", sheets.repeat(40))),
    ]);
    assert_eq!(ods::read(&book), Err(ImportError::TooLarge));
    let gap = format!("<t:p>甲{}乙</t:p>", "<t:s t:c='1000000000'/>".repeat(2));
    let book = open_book(&format!(
        "<t:table><t:table-row><t:table-cell>{gap}</t:table-cell></t:table-row></t:table>"
    ));
    let line = shown(&ods::read(&book).unwrap()).concat();
    assert!(line.len() < 100, "{line}");
    let book = open_book(
        "<t:table><t:table-row><t:table-cell><t:p>5</t:p></t:table-cell></t:table-row></t:table>",
    );
    for end in (0..book.len()).step_by(7) {
        drop(ods::read(book.get(..end).unwrap_or_default()));
    }
    assert!(begun.elapsed().as_secs() < 60);
}

/// A record of an old workbook.
fn record(kind: u16, bytes: &[u8]) -> Vec<u8> {
    let length = u16::try_from(bytes.len()).unwrap();
    [&kind.to_le_bytes()[..], &length.to_le_bytes(), bytes].concat()
}

fn wide(text: &str) -> Vec<u8> {
    text.encode_utf16().flat_map(u16::to_le_bytes).collect()
}

/// Row, column and style of a cell before its value.
fn cell(kind: u16, row: u8, column: u8, style: u8, value: &[u8]) -> Vec<u8> {
    let bytes = [&[row, 0, column, 0, style, 0], value].concat();
    record(kind, &bytes)
}

/// The stream of an old workbook with one sheet that is seen and one that is not.
fn old_stream(globals: &[u8], sheet: &[u8]) -> Vec<u8> {
    const BEGIN: &[u8] = &[0, 6, 5, 0, 0, 0, 0, 0];
    let listed = |at: usize, state: u8, name: &str| {
        let at = u32::try_from(at).unwrap().to_le_bytes();
        let length = u8::try_from(name.encode_utf16().count()).unwrap();
        let bytes = [&at[..], &[state, 0, length, 1], &wide(name)].concat();
        record(0x85, &bytes)
    };
    let begin = record(0x809, BEGIN);
    let end = record(0x0A, &[]);
    let lists = listed(0, 0, "表一").len() + listed(0, 1, "底稿").len();
    let at = begin.len() + globals.len() + lists + end.len();
    let hidden = at + begin.len() + sheet.len() + end.len();
    [
        &begin[..],
        globals,
        &listed(at, 0, "表一"),
        &listed(hidden, 1, "底稿"),
        &end,
        &begin,
        sheet,
        &end,
        &begin,
        &cell(0x203, 0, 0, 0, &88_f64.to_le_bytes()),
        &end,
    ]
    .concat()
}

fn compound(name: &str, stream: &[u8]) -> Vec<u8> {
    let mut file = cfb::CompoundFile::create(Cursor::new(Vec::new())).unwrap();
    file.create_stream(name).unwrap().write_all(stream).unwrap();
    file.flush().unwrap();
    file.into_inner().into_inner()
}

/// What the sheets of an old workbook share: fonts, formats, styles and texts, one of them in two records.
fn globals() -> Vec<u8> {
    let font = |raised: u8| record(0x31, &[0, 0, 0, 0, 0, 0, 0, 0, raised, 0, 0, 0, 0, 0, 0, 0]);
    let style = |format: u8| record(0xE0, &[0, 0, format, 0, 0, 0]);
    let format = [&[164, 0, 3, 0, 0][..], b"0.0"].concat();
    let title = wide("甲乡2024年政府信息公开工作年度报告");
    // The text is cut by the record; its flags stand again before the rest.
    let (before, behind) = title.split_at(12);
    let mut texts = [&[2, 0, 0, 0, 2, 0, 0, 0][..], &[19, 0, 1], before].concat();
    let mut more = [&[1][..], behind].concat();
    // 规章1, the figure in font 5, which is the fourth from none.
    more.extend([&[3, 0, 9, 1, 0][..], &wide("规章1"), &[2, 0, 5, 0]].concat());
    texts = record(0xFC, &texts);
    [
        font(0),
        font(0),
        font(0),
        font(0),
        font(1),
        record(0x41E, &format),
        style(0),
        style(164),
        style(14),
        texts,
        record(0x3C, &more),
    ]
    .concat()
}

#[test]
fn an_old_workbook_shows_what_its_cells_print() {
    let text = |row, column, at: u8| cell(0xFD, row, column, 0, &[at, 0, 0, 0]);
    let label = |row, column, text: &str| {
        let length = u8::try_from(text.chars().count()).unwrap();
        cell(
            0x204,
            row,
            column,
            0,
            &[&[length, 0, 1], &wide(text)[..]].concat(),
        )
    };
    let packed = |number: i32| ((number << 2) | 2).to_le_bytes();
    let row = [
        &[3, 0, 3, 0][..],
        &[0, 0],
        &packed(5),
        &[1, 0],
        &packed(12),
        &[4, 0],
    ]
    .concat();
    let sheet = [
        record(0x7D, &[2, 0, 2, 0, 0, 8, 0, 0, 1, 0]),
        record(0x208, &[2, 0, 0, 0, 4, 0, 0, 0x80, 0, 0, 0, 0, 0, 1]),
        record(0x208, &[4, 0, 0, 0, 0, 0, 255, 0, 0, 0, 0, 0, 0x20, 0]),
        text(0, 0, 0),
        label(1, 0, "二、主动公开"),
        text(2, 0, 1),
        label(2, 1, "件数"),
        cell(0x203, 2, 2, 0, &9_f64.to_le_bytes()),
        record(0xBD, &row),
        cell(
            0x06,
            2,
            3,
            1,
            &[&3.25_f64.to_le_bytes()[..], &[0; 6]].concat(),
        ),
        label(4, 1, "77"),
        // A chart in the sheet, and what its cells hold.
        record(0x809, &[0, 6, 32, 0, 0, 0, 0, 0]),
        cell(0x203, 5, 1, 0, &66_f64.to_le_bytes()),
        record(0x0A, &[]),
        cell(
            0x06,
            5,
            1,
            0,
            &[0, 0, 0, 0, 0, 0, 0xFF, 0xFF, 0, 0, 0, 0, 0, 0],
        ),
        record(0x207, &[&[2, 0, 1][..], &wide("丙丁")].concat()),
        cell(
            0x06,
            5,
            3,
            0,
            &[2, 0, 7, 0, 0, 0, 0xFF, 0xFF, 0, 0, 0, 0, 0, 0],
        ),
        cell(0x203, 5, 4, 2, &45_658_f64.to_le_bytes()),
        record(0xE5, &[1, 0, 2, 0, 5, 0, 0, 0, 0, 0]),
    ]
    .concat();
    let book = compound("Workbook", &old_stream(&globals(), &sheet));
    let doc = crate::import::read("a.doc", &book).unwrap();
    assert_eq!(doc.title, "甲乡2024年政府信息公开工作年度报告");
    assert_eq!(
        shown(&doc),
        [
            "二、主动公开",
            "0,0 (3, 1) 规章¹",
            "0,1 (1, 1) 件数",
            "0,2 (1, 1) 3.3",
            "1,2 (1, 1) 5",
            "1,3 (1, 1) 12.0",
            "2,1 (1, 1) 丙丁",
            "2,2 (1, 1) #DIV/0!",
            "2,3 (1, 1) 2025-1-1"
        ]
    );
    let out: Vec<&str> = doc.left_out.iter().map(|left| left.text.as_str()).collect();
    let out = out.concat();
    assert!(out.contains("77") && out.contains("底稿"), "{out}");
    assert!(!out.contains("66") && !out.contains("88"), "{out}");
}

#[test]
fn old_workbooks_that_cannot_be_read_are_called_what_they_are() {
    let said = |name: &str, stream: &[u8]| {
        let book = compound(name, stream);
        crate::import::read("a.xls", &book).unwrap_err().to_string()
    };
    let locked = old_stream(&record(0x2F, &[1, 0]), &[]);
    assert!(said("Workbook", &locked).contains("加了密码的Excel表格"));
    let older = record(0x809, &[0, 5, 5, 0]);
    assert!(said("Book", &older).contains("Excel 95"));
    assert!(said("Workbook", &older).contains("Excel 95"));
    assert!(said("Workbook", &old_stream(&[], &[])).contains("没有内容"));
}

#[test]
fn hostile_old_workbooks_are_refused_or_read_within_bounds() {
    let far = cell(0x203, 0, 0, 0, &5_f64.to_le_bytes());
    let far = [
        &far[..],
        &record(0x203, &[0xFF, 0xFF, 9, 0, 0, 0, 0, 0, 0, 0, 0, 0, 8, 64]),
    ]
    .concat();
    let book = compound("Workbook", &old_stream(&globals(), &far));
    assert_eq!(xls::read(&book), Err(ImportError::TooLarge));
    let records = record(0x1234, &[]).repeat(2_000_001);
    let book = compound("Workbook", &old_stream(&[], &records));
    assert_eq!(xls::read(&book), Err(ImportError::TooLarge));
    // A text of four thousand million letters behind it.
    let texts = record(
        0xFC,
        &[1, 0, 0, 0, 1, 0, 0, 0, 1, 0, 5, 65, 0xFF, 0xFF, 0xFF, 0xFF],
    );
    let one = cell(0x203, 0, 0, 0, &5_f64.to_le_bytes());
    let book = compound("Workbook", &old_stream(&texts, &one));
    assert!(xls::read(&book).is_ok());
    let book = compound("Workbook", &old_stream(&globals(), &one));
    for end in (0..book.len()).step_by(509) {
        drop(xls::read(book.get(..end).unwrap_or_default()));
    }
    for at in (0..book.len()).step_by(61) {
        let mut damaged = book.clone();
        damaged[at] ^= 0xFF;
        drop(xls::read(&damaged));
    }
}
