//! Whether a file that was written says what the draft says, number by number and paragraph by paragraph.
//!
//! The file is read by the readers that read anybody's files; nothing of the writers is used.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::io::{Cursor, Read as _};
use std::path::PathBuf;

use super::pages;
use crate::doc::{Block, Doc, Role, Table};
use crate::export::{self, ReadBack, Writer};
use crate::import;
use crate::report::Draft;

/// What came of comparing a file with the draft.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Proof {
    /// Every number and every paragraph is the draft's.
    Same {
        /// How many numbers were compared.
        figures: usize,
        /// How many headings and paragraphs were compared.
        paragraphs: usize,
        /// Characters in whose place a geta is drawn.
        stood_in: Vec<char>,
    },
    /// Some are not.
    Different(Vec<FileDifference>),
    /// The file could not be read back, with the reason.
    NotRead(String),
}

/// A place where the file is not the draft.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileDifference {
    /// The cell or the part.
    pub place: String,
    /// What the draft says.
    pub expected: String,
    /// What the file says.
    pub found: String,
}

impl fmt::Display for FileDifference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.expected.is_empty() && self.found.is_empty() {
            return f.write_str(&self.place);
        }
        write!(
            f,
            "{}应为“{}”，读回是“{}”",
            self.place,
            start(&self.expected),
            start(&self.found)
        )
    }
}

/// What follows an expected text; where a geta is drawn for a character, that one is noted.
fn after<'a>(expected: &str, drawn: &'a str, stood_in: &mut BTreeSet<char>) -> Option<&'a str> {
    let mut rest = drawn.chars();
    let mut getas = Vec::new();
    for c in expected.chars() {
        match rest.next()? {
            found if found == c => {}
            STANDS_IN => getas.push(c),
            _ => return None,
        }
    }
    stood_in.extend(getas);
    Some(rest.as_str())
}

/// What a page shows where it cannot show the character.
const STANDS_IN: char = '〓';

/// The start of a long text.
fn start(text: &str) -> String {
    const LONGEST: usize = 24;
    let mut start: String = text.chars().take(LONGEST).collect();
    if start.len() < text.len() {
        start.push('…');
    }
    start
}

/// Compares the bytes of a file with what was to be written.
pub(super) fn compare(draft: &Draft, doc: &Doc, writer: &Writer, bytes: &[u8]) -> Proof {
    let mut comparison = FileComparison::default();
    match writer.read_back {
        ReadBack::Parts => return parts(draft, doc, bytes),
        ReadBack::Keys => comparison.json(draft, bytes),
        ReadBack::Sheets => match import::sheets(bytes) {
            Ok(tables) => comparison.tables(doc, &tables.iter().collect::<Vec<_>>()),
            Err(error) => return Proof::NotRead(error.to_string()),
        },
        ReadBack::Pages => match pages::read(bytes) {
            Ok(drawn) => {
                comparison.drawn(doc, &drawn.text);
                comparison.misplaced(drawn.faults);
            }
            Err(reason) => return Proof::NotRead(reason),
        },
        ReadBack::Import => match import::read(&format!("file.{}", writer.extension), bytes) {
            Ok(found) => comparison.doc(doc, &found),
            Err(import::ImportError::Unknown { .. }) => {
                return Proof::NotRead("没有读这种文件的程序".to_owned());
            }
            Err(error) => return Proof::NotRead(error.to_string()),
        },
    }
    let FileComparison {
        figures,
        paragraphs,
        stood_in,
        differences,
    } = comparison;
    if differences.is_empty() {
        Proof::Same {
            figures,
            paragraphs,
            stood_in: stood_in.into_iter().collect(),
        }
    } else {
        Proof::Different(differences)
    }
}

/// Compares every file of a package as the format it is written in.
fn parts(draft: &Draft, doc: &Doc, bytes: &[u8]) -> Proof {
    let mut archive = match zip::ZipArchive::new(Cursor::new(bytes)) {
        Ok(archive) => archive,
        Err(error) => return Proof::NotRead(error.to_string()),
    };
    let mut proof = Proof::NotRead("里面没有文件".to_owned());
    for number in 0..archive.len() {
        let mut part = Vec::new();
        let read = archive.by_index(number).map_err(std::io::Error::from);
        let read = read.and_then(|mut file| {
            file.read_to_end(&mut part)?;
            Ok(PathBuf::from(file.name()))
        });
        let writer = match read {
            Ok(name) => export::by_extension(&name),
            Err(error) => return Proof::NotRead(error.to_string()),
        };
        proof = match writer.map(|writer| compare(draft, doc, writer, &part)) {
            Some(same @ Proof::Same { .. }) => same,
            Some(other) => return other,
            None => return Proof::NotRead("里面有不认识的文件".to_owned()),
        };
    }
    proof
}

#[derive(Default)]
struct FileComparison {
    figures: usize,
    paragraphs: usize,
    stood_in: BTreeSet<char>,
    differences: Vec<FileDifference>,
}

/// Text without the white space and the joiners that formats break, join and trim in their own ways.
fn bare(text: &str) -> String {
    let joins = |c: &char| matches!(c, '\u{200c}' | '\u{200d}' | '\u{fe00}'..='\u{fe0f}');
    text.chars()
        .filter(|c| !c.is_whitespace() && !joins(c))
        .collect()
}

impl FileComparison {
    fn same(&mut self, place: impl FnOnce() -> String, expected: &str, found: &str) {
        if bare(expected) != bare(found) {
            self.differences.push(FileDifference {
                place: place(),
                expected: expected.to_owned(),
                found: found.to_owned(),
            });
        }
    }

    fn doc(&mut self, doc: &Doc, found: &Doc) {
        self.same(|| "标题".to_owned(), &doc.title, &found.title);
        let texts = |doc: &Doc| -> Vec<String> { doc.texts().map(str::to_owned).collect() };
        let mut found_texts = texts(found);
        if !doc.mark.is_empty() && found_texts.first() == Some(&doc.mark) {
            found_texts.remove(0);
        }
        self.texts(&texts(doc), &found_texts);
        let found_tables: Vec<_> = found.blocks.iter().filter_map(table).collect();
        self.tables(doc, &found_tables);
    }

    fn texts(&mut self, expected: &[String], found: &[String]) {
        self.paragraphs = expected.len() + 1;
        for number in 0..expected.len().max(found.len()) {
            let text = |texts: &[String]| texts.get(number).cloned().unwrap_or_default();
            self.same(
                || format!("第{}段", number + 1),
                &text(expected),
                &text(found),
            );
        }
    }

    fn tables(&mut self, doc: &Doc, found: &[&Table]) {
        let tables: Vec<_> = doc.blocks.iter().filter_map(table).collect();
        if tables.len() != found.len() {
            self.differences.push(FileDifference {
                place: "表格".to_owned(),
                expected: format!("{}张", tables.len()),
                found: format!("{}张", found.len()),
            });
        }
        for (expected, found) in tables.into_iter().zip(found) {
            let values = expected
                .cells
                .iter()
                .filter(|cell| cell.role == Role::Value);
            self.figures += values.count();
            let (squares, mut read) = (squares(expected), squares(found));
            read.retain(|at, text| {
                squares.contains_key(at) || !tells_again(expected, at.0, at.1, text)
            });
            for at in squares
                .keys()
                .chain(read.keys().filter(|at| !squares.contains_key(at)))
            {
                let text =
                    |squares: &BTreeMap<_, String>| squares.get(at).cloned().unwrap_or_default();
                let place = || format!("{}第{}行第{}列", expected.caption, at.0 + 1, at.1 + 1);
                self.same(place, &text(&squares), &text(&read));
            }
        }
    }

    /// Compares what the pages of a document draw, one text after the other; the first that differs is told.
    fn drawn(&mut self, doc: &Doc, text: &str) {
        let text = bare(text);
        let mut rest = text.as_str();
        let mut stood_in = BTreeSet::new();
        let mut next = |place: String, expected: &str| -> bool {
            let expected = bare(expected);
            if let Some(after) = after(&expected, rest, &mut stood_in) {
                rest = after;
                return true;
            }
            let length = expected.chars().count();
            self.differences.push(FileDifference {
                place,
                expected,
                found: rest.chars().take(length).collect(),
            });
            false
        };
        if !next("标题".to_owned(), &doc.title) {
            return;
        }
        let mut paragraphs = 1;
        let mut figures = 0;
        let signature = doc.signature.iter().cloned().map(Block::Paragraph);
        let number = Some(doc.number.clone()).filter(|number| !number.is_empty());
        let number = number.into_iter().map(Block::Paragraph);
        for block in number.chain(doc.blocks.iter().cloned()).chain(signature) {
            match block {
                Block::Heading { text, .. } | Block::Paragraph(text) => {
                    if !next(format!("第{paragraphs}段"), &text) {
                        return;
                    }
                    paragraphs += 1;
                }
                Block::Table(table) => {
                    for cell in &table.cells {
                        let place = format!(
                            "{}第{}行第{}列",
                            table.caption,
                            cell.row + 1,
                            cell.column + 1
                        );
                        if !next(place, &cell.text) {
                            return;
                        }
                        figures += usize::from(cell.role == Role::Value);
                    }
                }
            }
        }
        let left = rest.to_owned();
        (self.paragraphs, self.figures) = (paragraphs, figures);
        self.stood_in = stood_in;
        self.same(|| "文末".to_owned(), "", &left);
    }

    /// Takes in where the pages cannot be read although every character is there.
    fn misplaced(&mut self, faults: Vec<String>) {
        let differences = faults.into_iter().map(|fault| FileDifference {
            place: fault,
            expected: String::new(),
            found: String::new(),
        });
        self.differences.extend(differences);
    }

    /// Compares JSON with the report itself, key by key.
    fn json(&mut self, draft: &Draft, bytes: &[u8]) {
        let report = draft.report();
        let edition = report.edition();
        let json: serde_json::Value = serde_json::from_slice(bytes).unwrap_or_default();
        let text = |value: Option<&serde_json::Value>| {
            value
                .and_then(serde_json::Value::as_str)
                .unwrap_or_default()
                .to_owned()
        };
        self.same(
            || "标题".to_owned(),
            &report.title(),
            &text(json.get("title")),
        );
        for id in edition.cells() {
            self.figures += 1;
            let field = edition.field(id);
            let expected = report
                .value(id)
                .map(|value| value.to_string())
                .unwrap_or_default();
            let found = text(
                json.pointer("/cells")
                    .and_then(|cells| cells.get(&field.key)),
            );
            self.same(|| field.label.clone(), &expected, &found);
        }
        let none = Vec::new();
        let sections = json
            .get("sections")
            .and_then(serde_json::Value::as_array)
            .unwrap_or(&none);
        for (section, field) in edition.passages() {
            self.paragraphs += 1;
            let is_it = |found: &&serde_json::Value| text(found.get("id")) == section.id;
            let found = sections
                .iter()
                .find(is_it)
                .and_then(|found| found.get("text"));
            self.same(|| section.label.clone(), report.text(field), &text(found));
        }
    }
}

fn table(block: &Block) -> Option<&Table> {
    match block {
        Block::Table(table) => Some(table),
        Block::Heading { .. } | Block::Paragraph(_) => None,
    }
}

/// Whether a text below the beginning of a label only tells the label again, where the table goes on
/// on another page.
fn tells_again(table: &Table, row: usize, column: usize, text: &str) -> bool {
    table.cells.iter().any(|cell| {
        let rows = cell.row + 1..cell.row + cell.row_span;
        cell.role != Role::Value
            && cell.column == column
            && rows.contains(&row)
            && bare(&cell.text) == bare(text)
    })
}

/// What stands in each square where a text begins.
fn squares(table: &Table) -> BTreeMap<(usize, usize), String> {
    let filled = table
        .cells
        .iter()
        .filter(|cell| !bare(&cell.text).is_empty());
    filled
        .map(|cell| ((cell.row, cell.column), cell.text.clone()))
        .collect()
}
