//! What must hold for every file, however it came to be; the program's tests hold damaged files to it too.

use std::collections::BTreeSet;
use std::io::{Cursor, Write as _};

use nianbao::doc::recognise::recognise;
use nianbao::doc::{Block, Doc};
use nianbao::report::Number;
use nianbao::{form, import};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

/// A package of these parts, not compressed, so that what is changed in them is seen by the reader.
#[must_use]
pub fn packed(parts: &[(&str, &[u8])]) -> Option<Vec<u8>> {
    let mut package = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    for (name, bytes) in parts {
        package.start_file(*name, options).ok()?;
        package.write_all(bytes).ok()?;
    }
    Some(package.finish().ok()?.into_inner())
}

/// Reads a file and says whether a report was found; panics when a number comes out that is not in it.
pub fn read(name: &str, bytes: &[u8]) -> bool {
    let Ok(doc) = import::read(name, bytes) else {
        return false;
    };
    let Ok(found) = recognise(&doc, form::all(), Some(2024)) else {
        return false;
    };
    let printed = figures(&doc);
    for id in found.report.edition().cells() {
        let Some(number) = found.report.entry(id).number() else {
            continue;
        };
        // Several ways to place a short row may agree on nothing but zeros.
        let is_printed = printed.contains(&number.to_string());
        assert!(
            number.is_zero()
                || is_printed
                || is_joined(&number.to_string(), &printed, &found.notes),
            "{number} is not in the file"
        );
    }
    true
}

/// Whether a figure was broken over two lines of a narrow column and put together by its totals,
/// which a note tells.
fn is_joined(number: &str, printed: &BTreeSet<String>, notes: &[String]) -> bool {
    notes.iter().any(|note| note.contains("数字断开，已"))
        && (1..number.len()).any(|at| {
            let (head, tail) = number.split_at(at);
            let tail = tail.parse().unwrap_or(0_u64).to_string();
            printed.contains(head) && printed.contains(&tail)
        })
}

/// Everything in a document that can be a figure.
fn figures(doc: &Doc) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for block in &doc.blocks {
        let texts: Vec<&str> = match block {
            Block::Heading { text, .. } | Block::Paragraph(text) => vec![text],
            Block::Table(table) => table.cells.iter().map(|cell| cell.text.as_str()).collect(),
        };
        for text in texts {
            let runs = text.split(|c: char| !(c.is_numeric() || ".,，．-－−+＋ ".contains(c)));
            // Thousands may stand apart, and so may figures.
            let words = runs.flat_map(|run| run.split(' ').chain(std::iter::once(run)));
            let numbers = words
                .filter_map(Number::read)
                .map(|number| number.to_string());
            // A change may be printed with a word for its sign.
            let falls = text.contains(['减', '降']);
            // Money may be printed in ten thousands where the form counts in ones.
            let is_large = text.contains('万');
            found.extend(numbers.flat_map(|number| {
                let fallen = falls.then(|| format!("-{number}"));
                let large = is_large.then(|| ten_thousandfold(&number));
                std::iter::once(number).chain(fallen).chain(large)
            }));
        }
    }
    found
}

/// Ten thousand times a number that is written in digits.
fn ten_thousandfold(number: &str) -> String {
    let (whole, part) = number.split_once('.').unwrap_or((number, ""));
    let part = format!("{part:0<4}");
    let (up, rest) = part.split_at(4);
    let whole = format!("{whole}{up}");
    let whole = whole.trim_start_matches('0');
    match rest.trim_end_matches('0') {
        "" => whole.to_owned(),
        rest => format!("{whole}.{rest}"),
    }
}
