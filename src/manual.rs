//! The manual: a few pages of Chinese in Markdown, taken apart for the window and for a web page.
//! It knows no report.

use std::path::{Path, PathBuf};

/// The text.
pub const TEXT: &str = include_str!("../docs/manual.md");

/// The manual as a web page with its pictures, where one was installed with the program.
#[must_use]
pub fn page() -> Option<PathBuf> {
    page_near(&std::env::current_exe().ok()?)
}

fn page_near(program: &Path) -> Option<PathBuf> {
    let folder = program.parent()?;
    let places = ["", "..", "../share/doc/nianbao"].into_iter();
    let mut pages = places.map(|place| folder.join(place).join("manual.html"));
    pages.find(|page| page.is_file())
}

/// The parts of a text: the heading of each, and its pieces.
#[must_use]
pub fn parts(text: &str) -> Vec<(&str, Vec<ManualPiece<'_>>)> {
    let mut parts: Vec<(&str, Vec<ManualPiece<'_>>)> = vec![("开始", Vec::new())];
    for piece in pieces(text) {
        match piece {
            ManualPiece::Heading(1, _) => {}
            ManualPiece::Heading(2, heading) => parts.push((heading, Vec::new())),
            piece => {
                if let Some((_, own)) = parts.last_mut() {
                    own.push(piece);
                }
            }
        }
    }
    parts
}

/// One piece of the manual.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ManualPiece<'a> {
    /// A heading of this depth.
    Heading(u8, &'a str),
    /// A paragraph.
    Paragraph(&'a str),
    /// One of several steps, with its number.
    Step(&'a str, &'a str),
    /// One of several remarks.
    Item(&'a str),
    /// A picture: what it shows, and its file beside the text.
    Picture(&'a str, &'a str),
}

impl<'a> ManualPiece<'a> {
    /// What it says.
    #[must_use]
    pub fn words(&self) -> &'a str {
        match self {
            Self::Heading(_, words)
            | Self::Paragraph(words)
            | Self::Step(_, words)
            | Self::Item(words)
            | Self::Picture(words, _) => words,
        }
    }
}

/// The pieces of a text, one a line.
pub fn pieces(text: &str) -> impl Iterator<Item = ManualPiece<'_>> {
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    lines.map(piece)
}

fn piece(line: &str) -> ManualPiece<'_> {
    let heading = line.trim_start_matches('#');
    let depth = line.len() - heading.len();
    if depth > 0 {
        return ManualPiece::Heading(u8::try_from(depth).unwrap_or(u8::MAX), heading.trim());
    }
    if let Some(item) = line.strip_prefix("- ") {
        return ManualPiece::Item(item);
    }
    if let Some((shows, file)) = line
        .strip_prefix("![")
        .and_then(|rest| rest.split_once("]("))
    {
        return ManualPiece::Picture(shows, file.trim_end_matches(')'));
    }
    match line.split_once(". ") {
        Some((number, step)) if number.chars().all(|c| c.is_ascii_digit()) => {
            ManualPiece::Step(number, step)
        }
        _ => ManualPiece::Paragraph(line),
    }
}

/// The parts of a line: plain, and between backticks what is typed.
pub fn words(line: &str) -> impl Iterator<Item = (&str, bool)> {
    let parts = line.split('`').enumerate();
    parts
        .map(|(number, words)| (words, number % 2 == 1))
        .filter(|(words, _)| !words.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_line_is_a_piece() {
        let text = "# 年报\n\n先看这里\n1. 打开\n- 也可以\n![开始页](pictures/start.png)\n";
        let found: Vec<_> = pieces(text).collect();
        assert_eq!(
            found,
            [
                ManualPiece::Heading(1, "年报"),
                ManualPiece::Paragraph("先看这里"),
                ManualPiece::Step("1", "打开"),
                ManualPiece::Item("也可以"),
                ManualPiece::Picture("开始页", "pictures/start.png"),
            ]
        );
    }

    #[test]
    fn what_is_typed_stands_apart() {
        let found: Vec<_> = words("按`Ctrl+K`查找").collect();
        assert_eq!(found, [("按", false), ("Ctrl+K", true), ("查找", false)]);
    }

    #[test]
    fn the_page_lies_beside_the_program_or_where_packages_put_it() {
        let root = tempfile::tempdir().unwrap();
        let program = root.path().join("bin/nianbao");
        let doc = root.path().join("share/doc/nianbao");
        for folder in [program.parent().unwrap(), &doc] {
            std::fs::create_dir_all(folder).unwrap();
        }
        assert_eq!(page_near(&program), None);
        std::fs::write(doc.join("manual.html"), "").unwrap();
        assert!(page_near(&program).is_some());
        std::fs::write(program.with_file_name("manual.html"), "").unwrap();
        assert_eq!(
            page_near(&program),
            Some(program.with_file_name("manual.html"))
        );
    }

    #[test]
    fn every_picture_of_the_manual_is_there() {
        let docs = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("docs");
        for piece in pieces(TEXT) {
            if let ManualPiece::Picture(_, file) = piece {
                assert!(docs.join(file).is_file(), "{file}");
            }
        }
    }
}
