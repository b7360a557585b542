//! Damaged files: whatever happens to the corpus on its way, reading it never panics, never hangs,
//! and never makes up a number.
//!
//! `NIANBAO_FUZZ=20000 cargo test --release --test it fuzz` runs so many cases a format; the usual
//! run tries some of each.

use std::fs;
use std::io::{Cursor, Read as _};
use std::time::{Duration, Instant};

use crate::import::{corpus, input};

#[path = "../../fuzz/src/lib.rs"]
mod held;

/// Cases a format in the usual run.
const CASES: usize = 30;
/// No machine is so slow that a damaged report takes this long.
const BOUND: Duration = Duration::from_mins(10);

/// A stream of numbers that is the same in every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % end.max(1)
    }
}

/// Pieces that are put where they do not belong.
const PIECES: &[&[u8]] = &[
    b"<table>",
    b"</td>",
    b"<td rowspan=9>",
    b"|",
    b"\t",
    b"\n",
    b"\n\n- 3 -\n\n",
    b"  ",
    b"0",
    b"\xff",
    b"&nbsp;",
    b"<w:tc>",
    b"</w:tr>",
    b"<w:vMerge/>",
    b"\"",
    "（七）".as_bytes(),
    "总计".as_bytes(),
    "规章".as_bytes(),
    "一、".as_bytes(),
    "年".as_bytes(),
];

fn damage(bytes: &mut Vec<u8>, dice: &mut Dice) {
    for _ in 0..=dice.below(6) {
        let at = dice.below(bytes.len());
        let length = dice.below(60).min(bytes.len() - at);
        match dice.below(6) {
            0 => drop(bytes.drain(at..at + length)),
            1 => {
                let copy = bytes[at..at + length].to_vec();
                let to = dice.below(bytes.len());
                bytes.splice(to..to, copy);
            }
            2 => bytes.truncate(at.max(1)),
            3 => bytes[at] = dice.below(256) as u8,
            _ => {
                let piece = PIECES[dice.below(PIECES.len())];
                bytes.splice(at..at, piece.iter().copied());
            }
        }
        if bytes.is_empty() {
            bytes.push(b' ');
        }
    }
}

/// An office document with its text damaged but its package whole.
fn damaged_package(bytes: &[u8], dice: &mut Dice) -> Option<Vec<u8>> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).ok()?;
    let mut parts = Vec::new();
    for index in 0..archive.len() {
        let mut part = archive.by_index(index).ok()?;
        let name = part.name().to_owned();
        let mut text = Vec::new();
        part.read_to_end(&mut text).ok()?;
        let damaged = ["document.xml", "ontent.xml", "sheet1.xml", "sheet2.xml"];
        if damaged.iter().any(|part| name.ends_with(part)) {
            damage(&mut text, dice);
        }
        parts.push((name, text));
    }
    let parts: Vec<_> = parts
        .iter()
        .map(|(name, text)| (name.as_str(), text.as_slice()))
        .collect();
    held::packed(&parts)
}

/// How many cases of a format are tried.
fn cases() -> usize {
    let told = std::env::var("NIANBAO_FUZZ").ok();
    told.and_then(|n| n.parse().ok()).unwrap_or(CASES)
}

/// A page as a browser saves it into one file.
fn saved(page: &[u8]) -> Vec<u8> {
    let head = b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=\"b\"\r\n\r\n\
        --b\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: 8bit\r\n\r\n";
    [head, page, b"\r\n--b--\r\n"].concat()
}

/// The files of a format that are damaged.
fn files(extension: &str) -> Vec<Vec<u8>> {
    let wrapped = extension == "mht";
    let kind = if wrapped { "html" } else { extension };
    corpus()
        .iter()
        .map(|case| input(case))
        .filter(|file| file.extension().is_some_and(|own| own == kind))
        .map(|file| fs::read(file).unwrap())
        .map(|bytes| if wrapped { saved(&bytes) } else { bytes })
        .collect()
}

fn run(extension: &str, seed: u64) -> usize {
    damaged(extension, &files(extension), cases(), seed)
}

/// Hardly any of these is whole enough to be read once it is damaged within, but the reports are there:
/// what was added behind the end of a file is damage that is passed over.
fn run_of_packed(extension: &str, seed: u64) {
    run(extension, seed);
    for mut bytes in files(extension) {
        bytes.extend_from_slice(b"</td>\n");
        assert!(
            held::read(&format!("报告.{extension}"), &bytes),
            "{extension}"
        );
    }
}

fn damaged(extension: &str, files: &[Vec<u8>], cases: usize, seed: u64) -> usize {
    let mut dice = Dice(seed);
    let mut read = 0;
    let is_package = ["docx", "ofd", "xlsx", "ods"].contains(&extension);
    for _ in 0..cases {
        let source = &files[dice.below(files.len())];
        let mut bytes = source.clone();
        if is_package && dice.below(4) > 0 {
            bytes = damaged_package(source, &mut dice).unwrap_or(bytes);
        } else {
            damage(&mut bytes, &mut dice);
        }
        let start = Instant::now();
        read += usize::from(held::read(&format!("报告.{extension}"), &bytes));
        assert!(
            start.elapsed() < BOUND,
            "{extension} took {:?}",
            start.elapsed()
        );
    }
    read
}

#[test]
fn damaged_texts_are_read_or_refused() {
    assert!(run("txt", 1) + run("md", 2) > 0);
}

#[test]
fn damaged_pages_are_read_or_refused() {
    assert!(run("html", 3) > 0);
}

#[test]
fn damaged_saved_pages_are_read_or_refused() {
    assert!(run("mht", 6) > 0);
}

#[test]
fn damaged_old_word_documents_are_read_or_refused() {
    assert!(run("doc", 7) > 0);
}

#[test]
fn damaged_rtf_documents_are_read_or_refused() {
    assert!(run("rtf", 8) > 0);
}

#[test]
fn damaged_ofd_documents_are_read_or_refused() {
    assert!(damaged("ofd", &[crate::ofd::sample()], cases(), 9) > 0);
}

#[test]
fn damaged_pdfs_are_read_or_refused() {
    let draft = crate::sample::zero_draft("2021", 2025);
    let bytes = nianbao::export::by_name("pdf").unwrap().bytes(&draft);
    // Pages are drawn to be read, which takes ten times as long as the other formats do.
    let few = (cases() / 10).max(CASES);
    assert!(damaged("pdf", &[bytes.unwrap()], few, 5) > 0);
}

#[test]
fn damaged_workbooks_are_read_or_refused() {
    for (seed, extension) in (7..).zip(["xlsx", "ods", "xls"]) {
        run_of_packed(extension, seed);
    }
}

#[test]
fn damaged_word_documents_are_read_or_refused() {
    run_of_packed("docx", 4);
}
