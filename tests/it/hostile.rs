//! Files made to harm: bombs, endless nesting, rows without end. Each is refused or read in bounds.
//!
//! `NIANBAO_FUZZ=1` makes them 32 times as large as usual.

use std::fmt::Write as _;
use std::io::{Cursor, Write as _};
use std::time::{Duration, Instant};

use nianbao::doc::recognise::recognise;
use nianbao::{form, import};

/// No machine is so slow that a bounded read takes this long without optimisation.
const BOUND: Duration = Duration::from_mins(10);

/// How often something is repeated: all of it when everything is tried, else a part.
fn times(all: usize) -> usize {
    if crate::all() { all } else { all / 32 }
}

fn survives(name: &str, bytes: &[u8]) {
    let start = Instant::now();
    if let Ok(doc) = import::read(name, bytes) {
        drop(recognise(&doc, form::all(), Some(2024)));
    }
    assert!(start.elapsed() < BOUND, "{name} {}", bytes.len());
}

fn refused(name: &str, bytes: &[u8]) {
    survives(name, bytes);
    let outcome = import::read(name, bytes)
        .map_err(|error| error.to_string())
        .and_then(|doc| {
            let found = recognise(&doc, form::all(), Some(2024));
            found.map_err(|error| error.to_string())
        });
    let reason = outcome.unwrap_err();
    assert!(!reason.is_empty() && !reason.contains('\n'), "{reason}");
}

fn package(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default();
    for (name, bytes) in parts {
        zip.start_file(*name, options).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn document(body: &str) -> Vec<u8> {
    let xml = format!("<w:document xmlns:w=\"w\"><w:body>{body}</w:body></w:document>");
    package(&[("word/document.xml", xml.as_bytes())])
}

#[test]
fn bombs_in_word_documents_are_refused() {
    let blanks = vec![b' '; 100 << 20];
    refused("甲.docx", &package(&[("word/document.xml", &blanks)]));
    refused("甲.docx", &document(&"<w:tbl><w:tr><w:tc>".repeat(20_000)));
    refused("甲.docx", &document(&"<w:r>".repeat(10_000)));
    let entities = "<!DOCTYPE a [<!ENTITY a \"甲甲\"><!ENTITY b \"&a;&a;\">]><a>&b;</a>";
    refused(
        "甲.docx",
        &package(&[("word/document.xml", entities.as_bytes())]),
    );
    let names: Vec<String> = (0..5_000).map(|n| format!("{n}.xml")).collect();
    let parts: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), &b""[..])).collect();
    refused("甲.docx", &package(&parts));
    let cell = "<w:tr><w:tc><w:tcPr><w:gridSpan w:val=\"4000000000\"/></w:tcPr></w:tc></w:tr>";
    survives(
        "甲.docx",
        &document(&format!("<w:tbl>{}</w:tbl>", cell.repeat(2_000))),
    );
    refused("甲.docx", b"PK\x03\x04");
}

#[test]
fn pages_without_end_are_refused_or_read_in_bounds() {
    refused("甲.html", "<div>".repeat(10_000).as_bytes());
    refused("甲.html", "<table><tr><td>".repeat(10_000).as_bytes());
    refused("甲.html", "<span>".repeat(times(1_000_000)).as_bytes());
    survives("甲.html", "<table>".repeat(1_500).as_bytes());
    let spans = "<tr><td rowspan=999999999 colspan=999999999>0".repeat(times(5_000));
    survives("甲.html", format!("<table>{spans}</table>").as_bytes());
    survives(
        "甲.html",
        format!("<table>{}</table>", "<tr><td>0".repeat(times(60_000))).as_bytes(),
    );
    refused("甲.html", "&amp;".repeat(times(4 << 20)).as_bytes());
    survives("甲.md", "<table>".repeat(times(100_000)).as_bytes());
    survives("甲.md", "<table></table>".repeat(times(30_000)).as_bytes());
}

#[test]
fn texts_without_end_are_refused_or_read_in_bounds() {
    refused("甲.txt", "甲\n".repeat(times(300_000)).as_bytes());
    refused("甲.txt", &vec![b'a'; 20 << 20]);
    for line in [
        "规章\t0\t0\t0\n",
        "| 规章 | 0 | 0 | 0 |\n",
        "规章 0 0 0\n",
        "规章  0  0  0\n",
        "甲  乙\n",
        "a|b\n",
        "\t0\n\n",
        "1.甲  1\n",
        "   1.甲\n",
        "---- ----\n甲  1\n",
        "一、甲\n",
        "- 1 -\n",
        "+--+\n",
        // Lines that all go on the same sentence.
        "甲乙丙丁戊己庚辛壬癸甲乙丙丁戊己庚辛壬癸甲乙丙丁戊己庚辛壬癸甲乙丙丁戊己庚辛壬癸\n",
    ] {
        survives("甲.txt", line.repeat(times(8_000)).as_bytes());
    }
    for line in ["|", "\t", "0  "] {
        refused("甲.txt", line.repeat(times(2 << 20)).as_bytes());
    }
    for word in ["0", "\t", " 0", "|", "甲 1 ", "（一）", "<", "&", "**"] {
        survives("甲.txt", word.repeat(times(100_000)).as_bytes());
    }
    let mut deep = String::new();
    for depth in 0..3_000 {
        writeln!(deep, "{}1.甲  {depth}", " ".repeat(depth % 300)).unwrap();
    }
    survives("甲.txt", deep.as_bytes());
}
