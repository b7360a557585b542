//! What OFD pages draw is read back: a report laid out by hand, in the ways of several makers.

use std::fmt::Write as _;
use std::io::{Cursor, Write as _};

use nianbao::doc::{Block, Doc};
use nianbao::form;
use nianbao::import::{self, ImportError};
use nianbao::report::Report;

use crate::pdf::{assert_same, full_report};
use crate::sample::zero_report;

fn packed(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default();
    for (name, text) in parts {
        zip.start_file(*name, options).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

const ROOT: &str = "<ofd:OFD xmlns:ofd=\"o\"><ofd:DocBody><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot>\
    </ofd:DocBody></ofd:OFD>";

/// A file of one page that draws this and is so high.
fn drawn_on(content: &str, height: f64) -> Vec<u8> {
    let document = format!(
        "<ofd:Document xmlns:ofd=\"o\"><ofd:CommonData><ofd:PageArea>\
        <ofd:PhysicalBox>0 0 210 {height}</ofd:PhysicalBox></ofd:PageArea></ofd:CommonData>\
        <ofd:Pages><ofd:Page ID=\"1\" BaseLoc=\"Pages/Page_0/Content.xml\"/></ofd:Pages></ofd:Document>"
    );
    let page = format!(
        "<ofd:Page xmlns:ofd=\"o\"><ofd:Content><ofd:Layer>{content}</ofd:Layer></ofd:Content></ofd:Page>"
    );
    packed(&[
        ("OFD.xml", ROOT),
        ("Doc_0/Document.xml", &document),
        ("Doc_0/Pages/Page_0/Content.xml", &page),
    ])
}

fn drawn(content: &str) -> Vec<u8> {
    drawn_on(content, 297.0)
}

/// A line of text that begins there.
fn text(x: f64, y: f64, size: f64, text: &str) -> String {
    let steps: Vec<String> = text
        .chars()
        .map(|c| (if c.is_ascii() { size / 2.0 } else { size }).to_string())
        .collect();
    let (left, top, width) = (x - 1.0, y - size, size * text.len() as f64);
    format!(
        "<ofd:TextObject Boundary=\"{left} {top} {width} {size}\" Font=\"1\" Size=\"{size}\">\
        <ofd:FillColor Value=\"0 0 0\"/><ofd:TextCode X=\"1\" Y=\"{size}\" DeltaX=\"{}\">{text}</ofd:TextCode>\
        </ofd:TextObject>",
        steps.join(" ")
    )
}

/// A box drawn as its four sides.
fn sides(x: f64, y: f64, width: f64, height: f64) -> String {
    format!(
        "<ofd:PathObject Boundary=\"{x} {y} {width} {height}\" LineWidth=\"0.2\"><ofd:AbbreviatedData>\
        M 0 0 L {width} 0 L {width} {height} L 0 {height} C</ofd:AbbreviatedData></ofd:PathObject>"
    )
}

/// The same as thin areas, one for each side.
fn areas(x: f64, y: f64, width: f64, height: f64) -> String {
    let thin = |x: f64, y: f64, width: f64, height: f64| {
        format!(
            "M {x} {y} L {0} {y} L {0} {1} L {x} {1} C ",
            x + width,
            y + height
        )
    };
    let all = [
        thin(0.0, 0.0, width, 0.2),
        thin(0.0, height, width, 0.2),
        thin(0.0, 0.0, 0.2, height),
        thin(width, 0.0, 0.2, height),
    ];
    format!(
        "<ofd:PathObject Boundary=\"{x} {y} {width} {height}\" Stroke=\"false\" Fill=\"true\">\
        <ofd:AbbreviatedData>{}</ofd:AbbreviatedData></ofd:PathObject>",
        all.concat()
    )
}

type Side = fn(f64, f64, f64, f64) -> String;

/// What draws a report on one long page, and how long it is.
fn laid_out(report: &Report, side: Side) -> (String, f64) {
    const LEFT: f64 = 20.0;
    const WIDTH: f64 = 170.0;
    const ROW: f64 = 16.0;
    let mut page = text(42.0, 20.0, 6.0, &report.title());
    let mut y = 40.0;
    for section in &report.edition().sections {
        page += &text(LEFT + 8.0, y, 4.0, &section.heading);
        y += 8.0;
        let table = match &section.body {
            form::SectionBody::Table(table) => table,
            form::SectionBody::Passage { field, .. } => {
                for line in report.text(*field).lines() {
                    page += &text(LEFT + 8.0, y, 4.0, line);
                    y += 8.0;
                }
                continue;
            }
        };
        let squares = &table.grid.squares;
        let ends = squares
            .iter()
            .map(|square| square.column + square.column_span);
        let step = WIDTH / ends.max().unwrap() as f64;
        for square in squares {
            let words = match &square.content {
                form::SquareContent::Head(text) | form::SquareContent::Label(text) => text.clone(),
                form::SquareContent::Value(id) => report
                    .value(*id)
                    .map_or(String::new(), |value| value.to_string()),
            };
            let left = LEFT + square.column as f64 * step;
            let top = y + square.row as f64 * ROW;
            let width = square.column_span as f64 * step;
            page += &side(left, top, width, square.row_span as f64 * ROW);
            let letters: Vec<char> = words.chars().filter(|c| !c.is_whitespace()).collect();
            let room = ((width - 1.0) / 2.0) as usize;
            for (at, line) in letters.chunks(room.max(1)).enumerate() {
                let line: String = line.iter().collect();
                page += &text(left + 0.5, top + 2.5 + at as f64 * 2.2, 2.0, &line);
            }
        }
        y += table.grid.rows as f64 * ROW + 10.0;
    }
    (page, y + 20.0)
}

/// A report as a file; what the fuzzing damages, too.
pub fn sample() -> Vec<u8> {
    let (page, height) = laid_out(&zero_report("2021", 2025), sides);
    drawn_on(&page, height)
}

/// The same with everything in a unit of the resources, half as large and drawn twice as large, with
/// a template under it, names in other letters and other folders, and steps that are counted.
fn in_units(report: &Report) -> Vec<u8> {
    let (page, height) = laid_out(report, areas);
    let page = page
        .replace("ofd:", "")
        .replace("DeltaX=\"1 1 1\"", "DeltaX=\"g 3 1\"");
    let resources = format!(
        "<Res BaseLoc=\"Res\"><CompositeGraphicUnits><CompositeGraphicUnit ID=\"9\" Width=\"210\" Height=\"1\">\
        <Content>{page}</Content></CompositeGraphicUnit></CompositeGraphicUnits></Res>"
    );
    let document = "<Document><CommonData><PublicRes>PublicRes.xml</PublicRes>\
        <TemplatePage ID=\"3\" BaseLoc=\".\\Tpls\\T.xml\"/></CommonData>\
        <Pages><Page ID=\"1\" BaseLoc=\"/doc/PAGES/p.xml\"/></Pages></Document>";
    let template = "<Page><Content><Layer><PathObject Boundary=\"0 0 210 297\" Fill=\"true\" Stroke=\"false\">\
        <FillColor Value=\"255 255 255\"/><AbbreviatedData>M 0 0 L 210 0 L 210 297 L 0 297 C</AbbreviatedData>\
        </PathObject></Layer></Content></Page>";
    let half = format!(
        "<Page><Area><PhysicalBox>0 0 105 {}</PhysicalBox></Area><Template TemplateID=\"3\"/><Content><Layer>\
        <CompositeObject ID=\"4\" Boundary=\"0 0 105 9\" CTM=\"0.5 0 0 0.5 0 0\" ResourceID=\"9\"/>\
        </Layer></Content></Page>",
        height / 2.0
    );
    let root = "<OFD><DocBody><DocRoot>/Doc/document.xml</DocRoot></DocBody></OFD>";
    packed(&[
        ("OFD.xml", root),
        ("Doc/Document.xml", document),
        ("Doc/PublicRes.xml", &resources),
        ("Doc/Tpls/T.xml", template),
        ("Doc/Pages/P.xml", &half),
    ])
}

#[test]
fn every_cell_and_every_text_is_read_however_it_is_drawn() {
    for (edition, year) in [("2021", 2025), ("2019", 2020)] {
        let mut report = full_report(edition, year, 0);
        let passages: Vec<_> = report.edition().passages().map(|(_, id)| id).collect();
        for (at, id) in passages.into_iter().enumerate() {
            let words = format!("办好了{at}件事。\n公开了{at}条信息。");
            let entry = nianbao::report::Entry::read(form::Kind::Prose, &words);
            report.apply(nianbao::report::Edit::Enter(id, entry));
        }
        for side in [sides as Side, areas] {
            let (page, height) = laid_out(&report, side);
            assert_same(&report, &drawn_on(&page, height));
        }
        assert_same(&report, &in_units(&report));
    }
}

fn cells(doc: &Doc) -> Vec<&str> {
    let tables = doc.blocks.iter().filter_map(|block| match block {
        Block::Table(table) => Some(&table.cells),
        _ => None,
    });
    tables.flatten().map(|cell| cell.text.as_str()).collect()
}

/// Two cells beside each other, and a text in the first.
fn two() -> String {
    let (left, right) = (sides(20.0, 20.0, 40.0, 10.0), sides(60.0, 20.0, 40.0, 10.0));
    left + &right + &text(25.0, 27.0, 4.0, "甲")
}

#[test]
fn what_cannot_be_seen_is_not_read() {
    let plain = text(65.0, 27.0, 4.0, "12");
    let white = plain.replace("0 0 0", "255 255 255");
    let cover = "<ofd:PathObject Boundary=\"61 21 30 8\" Fill=\"true\" Stroke=\"false\">\
        <ofd:FillColor Value=\"255 255 255\"/><ofd:AbbreviatedData>M 0 0 L 30 0 L 30 8 L 0 8 C\
        </ofd:AbbreviatedData></ofd:PathObject>";
    for (content, seen) in [
        (plain.clone(), "12"),
        (plain.replace("Font=", "Visible=\"false\" Font="), ""),
        (plain.replace("Font=", "Alpha=\"0\" Font="), ""),
        (plain.replace("Font=", "Fill=\"false\" Font="), ""),
        (white.clone(), ""),
        (plain.clone() + cover, ""),
        (cover.to_owned() + &plain, "12"),
        (text(650.0, 27.0, 4.0, "12"), ""),
        // Letters of a font's own say nothing.
        (text(65.0, 27.0, 4.0, "\u{e123}"), ""),
    ] {
        let doc = import::read("a.ofd", &drawn(&(two() + &content))).unwrap();
        assert_eq!(cells(&doc), ["甲", seen], "{content}");
    }
}

#[test]
fn letters_without_steps_and_turned_pages_are_read() {
    let bare = text(65.0, 27.0, 4.0, "12").replace(" DeltaX=\"2 2\"", "");
    let doc = import::read("a.ofd", &drawn(&(two() + &bare))).unwrap();
    assert_eq!(cells(&doc), ["甲", "12"]);
    // The same page lying on its side.
    let unit = format!(
        "<ofd:Res xmlns:ofd=\"o\"><ofd:CompositeGraphicUnit ID=\"7\"><ofd:Content>{}{bare}</ofd:Content>\
        </ofd:CompositeGraphicUnit></ofd:Res>",
        two()
    );
    let document = "<ofd:Document xmlns:ofd=\"o\"><ofd:CommonData><ofd:DocumentRes>Res.xml</ofd:DocumentRes>\
        </ofd:CommonData><ofd:Pages><ofd:Page BaseLoc=\"P.xml\"/></ofd:Pages></ofd:Document>";
    let page = "<ofd:Page xmlns:ofd=\"o\"><ofd:CompositeObject ResourceID=\"7\" Boundary=\"0 0 210 297\" \
        CTM=\"0 1 -1 0 200 0\"/></ofd:Page>";
    let turned = packed(&[
        ("OFD.xml", ROOT),
        ("Doc_0/Document.xml", document),
        ("Doc_0/Res.xml", &unit),
        ("Doc_0/P.xml", page),
    ]);
    let doc = import::read("a.ofd", &turned).unwrap();
    assert_eq!(cells(&doc), ["甲", "12"]);
}

#[test]
fn what_is_no_text_is_called_what_it_is() {
    let scan = drawn("<ofd:ImageObject Boundary=\"0 0 210 297\" ResourceID=\"2\"/>");
    assert_eq!(import::read("a.ofd", &scan), Err(ImportError::Scan));
    let said = |bytes: &[u8]| import::read("a.doc", bytes).unwrap_err().to_string();
    assert!(said(&drawn("")).contains("OFD"));
    let locked = packed(&[("OFD.xml", ROOT), ("Encryptions.xml", "<a/>")]);
    assert!(said(&locked).contains("加了密码的OFD"));
    assert!(said(&packed(&[("OFD.xml", ROOT)])).contains("没有页面"));
    let lost = packed(&[
        ("OFD.xml", ROOT),
        (
            "Doc_0/Document.xml",
            "<Document><Page BaseLoc=\"1.xml\"/></Document>",
        ),
    ]);
    assert!(said(&lost).contains("少了一页"));
}

#[test]
fn pages_that_never_end_are_refused_in_time() {
    let start = std::time::Instant::now();
    let mut many = String::new();
    for at in 0..3_000 {
        write!(
            many,
            "{}{}",
            sides(f64::from(at % 200), 5.0, 9.0, 9.0),
            text(5.0, 9.0, 4.0, &"8".repeat(50))
        )
        .unwrap();
    }
    assert_eq!(
        import::read("a.ofd", &drawn(&many)),
        Err(ImportError::TooLarge)
    );
    let object = "<ofd:CompositeObject Boundary=\"0 0 9 9\" ResourceID=\"1\"/>".repeat(40);
    let unit =
        format!("<ofd:CompositeGraphicUnit ID=\"1\">{object}</ofd:CompositeGraphicUnit>{object}");
    assert!(import::read("a.ofd", &drawn(&unit)).is_err());
    let steps = "<ofd:TextObject><ofd:TextCode DeltaX=\"g 99999999 1 g 99999999 1\">1</ofd:TextCode></ofd:TextObject>";
    assert!(import::read("a.ofd", &drawn(&steps.repeat(200))).is_ok());
    let blank = " ".repeat(40 << 20);
    assert_eq!(
        import::read("a.ofd", &drawn(&blank)),
        Err(ImportError::TooLarge)
    );
    assert!(start.elapsed().as_secs() < 120, "{:?}", start.elapsed());
}
