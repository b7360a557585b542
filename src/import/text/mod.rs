//! Plain text and Markdown: headings, paragraphs, and tables in the ways text carries them.
//!
//! A table comes as rows of tabs, as one indented cell a line, between bars, in columns apart by
//! spaces, or as HTML in the middle of the text. It knows no form and no report.

mod aligned;
mod bars;
mod cells;
mod crossed;
mod ruled;
mod wrapped;

use std::borrow::Cow;

use super::assemble::{Piece, assemble, is_figure, numbered_level, ragged};
use super::{ImportError, decode, furniture, html, known};
use crate::doc::Doc;

/// The longest text that is read, in bytes and in lines.
const LONGEST: (usize, usize) = (4 * 1024 * 1024, 30_000);

/// The longest line that is read, in bytes.
const LINE: usize = 256 * 1024;
/// The most marks between cells of a text.
const CELLS: usize = 500_000;

/// The text without the lines that are nothing but the bytes of a picture.
fn without_pictures(text: &str) -> Cow<'_, str> {
    let is_picture = |line: &str| line.len() > LINE && line.contains(";base64,");
    if !text.lines().any(is_picture) {
        return Cow::Borrowed(text);
    }
    let kept: Vec<&str> = text.lines().filter(|line| !is_picture(line)).collect();
    Cow::Owned(kept.join("\n"))
}

/// Reads plain text, in which Markdown may stand.
pub(super) fn read(bytes: &[u8]) -> Result<Doc, ImportError> {
    read_as(bytes, with_own_backslashes)
}

/// Reads Markdown.
pub(super) fn read_markdown(bytes: &[u8]) -> Result<Doc, ImportError> {
    read_as(bytes, |text| Cow::Borrowed(text))
}

fn read_as(bytes: &[u8], with_backslashes: fn(&str) -> Cow<'_, str>) -> Result<Doc, ImportError> {
    if bytes.len() > LONGEST.0 {
        return Err(ImportError::TooLarge);
    }
    let text = decode::decode(bytes).ok_or_else(|| ImportError::Binary { known: known() })?;
    if text.trim().is_empty() {
        return Err(ImportError::Empty);
    }
    let text = without_pictures(&text);
    let text = with_backslashes(&text);
    let bars = text.matches(['|', '\t', '│', '┃', '｜', '║']).count();
    if text.lines().count() > LONGEST.1
        || bars > CELLS
        || text.lines().any(|line| line.len() > LINE)
    {
        return Err(ImportError::TooLarge);
    }
    let mut found = Vec::new();
    for part in html::split_tables(&text) {
        match part {
            html::Part::Text(text) => found.extend(pieces(text)),
            html::Part::Table(markup) => found.extend(html::fragment(markup)?),
        }
    }
    Ok(assemble(found))
}

/// The text with the backslashes that stand for themselves: outside Markdown they escape nothing.
fn with_own_backslashes(text: &str) -> Cow<'_, str> {
    let is_mark = |line: &str| {
        let line = line.trim();
        let heading = line.trim_start_matches('#');
        let ruled = line.contains("---") && line.chars().all(|c| "|:-+ ".contains(c));
        ruled || (heading.len() < line.len() && heading.starts_with(' ')) || line.contains("**")
    };
    if !text.contains('\\') || text.lines().any(is_mark) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.replace('\\', "\\\\"))
}

/// A walk along the lines of a text.
struct LineWalk<'a> {
    all: Vec<&'a str>,
    next: usize,
    /// Before this line no table in columns begins.
    unaligned: usize,
    /// The width at which the lines were cut, in squares of the screen.
    width: Option<usize>,
}

impl<'a> LineWalk<'a> {
    fn at(&self, index: usize) -> Option<&'a str> {
        self.all.get(index).copied()
    }

    fn peek(&self) -> Option<&'a str> {
        self.at(self.next)
    }

    /// A line with the next ones that go on the same sentence.
    fn rejoined(&mut self, line: &str) -> String {
        let mut text = line.to_owned();
        let mut last = line;
        while let (Some(width), Some(next)) = (self.width, self.peek())
            && wrapped::goes_on(last, next, width)
        {
            let latin = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
            let next_text = next.trim_start();
            if latin(text.chars().next_back()) && latin(next_text.chars().next()) {
                text.push(' ');
            }
            text.truncate(text.trim_end().len());
            text.push_str(next_text);
            last = next;
            self.next += 1;
        }
        text
    }

    fn take_while(&mut self, belongs: impl Fn(&str) -> bool) -> Vec<&'a str> {
        let mut taken = Vec::new();
        while let Some(line) = self.peek().filter(|line| belongs(line)) {
            taken.push(line);
            self.next += 1;
        }
        taken
    }
}

fn pieces(text: &str) -> Vec<Piece> {
    let text = &crossed::one_cell_a_line(text);
    let all: Vec<&str> = text.lines().collect();
    let bare = furniture::bare_page_numbers(&all);
    let is_page = |at: usize, line: &str| bare.contains(&at) || furniture::is_page_number(line);
    let all = all.into_iter().enumerate();
    let (numbers, all): (Vec<_>, Vec<_>) = all.partition(|(at, line)| is_page(*at, line));
    let mut lines = LineWalk {
        all: all.into_iter().map(|(_, line)| line).collect(),
        next: 0,
        unaligned: 0,
        width: None,
    };
    lines.width = wrapped::width(&lines.all);
    let mut pieces = Vec::new();
    while let Some(line) = lines.peek() {
        if bars::push(&mut lines, &mut pieces) {
            continue;
        }
        if is_tabbed(line) {
            let rows = lines.take_while(is_tabbed);
            push_tabbed(&rows, &mut pieces);
        } else if cells::is_cell(line) {
            cells::push(&mut lines, &mut pieces);
        } else if line.trim().is_empty() {
            lines.next += 1;
        } else if let Some(length) = ruled::table_length(&lines) {
            let rows = lines.all.get(lines.next..lines.next + length);
            ruled::push(rows.unwrap_or_default(), &mut pieces);
            lines.next += length;
        } else if let Some(length) = aligned::table_length(&mut lines) {
            let rows = lines.all.get(lines.next..lines.next + length);
            aligned::push(rows.unwrap_or_default(), &mut pieces);
            lines.next += length;
        } else {
            lines.next += 1;
            push_text(&lines.rejoined(line), &mut pieces);
        }
    }
    let numbers = numbers.into_iter().map(|(_, line)| line.trim().to_owned());
    pieces.extend(numbers.map(|number| Piece::Out(furniture::PAGE_NUMBERS, number)));
    pieces
}

fn push_text(line: &str, pieces: &mut Vec<Piece>) {
    let line = line.trim();
    let bare = line.trim_start_matches('#');
    let marks = line.len() - bare.len();
    let is_mark =
        (1..=6).contains(&marks) && (bare.is_empty() || bare.starts_with(char::is_whitespace));
    let hint = is_mark.then_some(marks as u8);
    let text = if hint.is_some() {
        bare.trim().trim_end_matches('#').trim()
    } else {
        line
    };
    let text = plain(text);
    let ruled = text.len() > 2 && text.chars().all(|c| "-=_*".contains(c));
    // A row of underscores is a line to write on.
    let is_rule = ruled && !(text.starts_with('_') && text.len() > 3);
    if !text.is_empty() && !is_rule {
        pieces.push(Piece::Text(text, hint));
    }
}

/// A line without the marks of Markdown and single tags of HTML.
fn plain(line: &str) -> String {
    let text = strip_tags(line);
    let text = without_pairs(&without_pairs(&text, "**"), "__");
    let mut kept = String::with_capacity(text.len());
    let escapes_end = text.len() - text.trim_end_matches('\\').len();
    let text = if escapes_end % 2 == 1 {
        text.strip_suffix('\\').unwrap_or(&text)
    } else {
        &text
    };
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        let escapes = letter == '\\' && letters.peek().is_some_and(char::is_ascii_punctuation);
        if escapes {
            kept.extend(letters.next());
        } else {
            kept.push(letter);
        }
    }
    kept.trim().to_owned()
}

/// A line without these marks where two of them stand around something. A name that was made unreadable
/// (张**、李**) keeps its stars: what opens is not followed by a space or by a mark that ends a phrase.
fn without_pairs(line: &str, mark: &str) -> String {
    const ENDS: &[char] = &[
        '、', '，', '。', '；', '：', '！', '？', '）', '”', '》', ',', '.', ')',
    ];
    let opens = |after: &str| {
        let next = after.chars().next();
        next.is_some_and(|next| !next.is_whitespace() && !ENDS.contains(&next))
    };
    let mut kept = String::with_capacity(line.len());
    let mut rest = line;
    while let Some((before, after)) = rest.split_once(mark) {
        kept.push_str(before);
        rest = after;
        // A row of them is a line to write on, or part of a name made unreadable.
        let sign = mark.chars().next().unwrap_or_default();
        let longer = after.starts_with(sign) || before.ends_with(sign);
        if longer {
            let row = after.len() - after.trim_start_matches(sign).len();
            kept.push_str(mark);
            kept.push_str(after.get(..row).unwrap_or_default());
            rest = after.get(row..).unwrap_or_default();
            continue;
        }
        match after.split_once(mark).filter(|_| opens(after)) {
            Some((inner, behind)) => {
                kept.push_str(inner);
                rest = behind;
            }
            None => kept.push_str(mark),
        }
    }
    kept.push_str(rest);
    kept
}

/// The tags of web pages that Markdown holds for the looks of a line.
const LOOKS: &[&str] = &[
    "br", "center", "p", "div", "span", "font", "b", "strong", "u", "sup", "sub", "html", "body",
];
/// The longest tag that is looked for, in bytes.
const TAG: usize = 200;

/// A line without tags such as `<center>`; whatever else is between `<` and `>` stays.
fn strip_tags(line: &str) -> String {
    let mut kept = String::with_capacity(line.len());
    let mut rest = line;
    // A tag in the middle of a sentence, without its other half, is what the sentence is about.
    let bare = line.trim_start().starts_with('<') || line.trim_end().ends_with('>');
    let is_pair =
        |name: &&&str| line.contains(&format!("</{name}")) && line.contains(&format!("<{name}"));
    let closed: Vec<&str> = LOOKS.iter().filter(is_pair).copied().collect();
    while let Some(start) = rest.find('<') {
        let (before, tag) = rest.split_at(start);
        kept.push_str(before);
        let look = look_of(tag).filter(|(name, _)| *name == "br" || bare || closed.contains(name));
        let (name, length) = look.unwrap_or(("", 1));
        match name {
            "" => kept.push('<'),
            "br" => kept.push('\n'),
            _ => {}
        }
        rest = tag.get(length..).unwrap_or_default();
    }
    kept.push_str(rest);
    kept.replace("&nbsp;", "\u{a0}")
        .replace("&emsp;", " ")
        .replace("&ensp;", " ")
}

/// The name and the length of the tag that a text begins with, if it is one for looks.
fn look_of(tag: &str) -> Option<(&'static str, usize)> {
    let end = tag.bytes().take(TAG).position(|byte| byte == b'>')?;
    let inner = tag.get(1..end)?.trim_start_matches('/');
    let stop = inner.find(|c: char| !c.is_ascii_alphanumeric());
    let name = inner.get(..stop.unwrap_or(inner.len()))?;
    let known = LOOKS
        .iter()
        .find(|known| name.eq_ignore_ascii_case(known))?;
    Some((known, end + 1))
}

fn split_cells(line: &str, separator: char) -> Vec<String> {
    line.split(separator).map(plain).collect()
}

/// Whether a line is a row of cells between tabs; a lone tab before a text is an indent.
fn is_tabbed(line: &str) -> bool {
    let tabs = line.matches('\t').count();
    tabs > 1 || (tabs == 1 && !line.starts_with('\t'))
}

fn push_tabbed(rows: &[&str], pieces: &mut Vec<Piece>) {
    let mut cells: Vec<Vec<String>> = Vec::new();
    for row in rows {
        let joined: String = row.split('\t').map(str::trim).collect();
        let parts = row.split('\t').filter(|part| !part.trim().is_empty());
        let heading = numbered_level(&joined) == Some(1) || joined.starts_with('#');
        let prose = joined.contains('。') && parts.clone().count() <= 2;
        let ends = row.ends_with('\t') && rows.len() > 1;
        let figures = parts.clone().any(is_figure);
        if prose || joined.is_empty() || (heading && parts.count() == 1 && !ends && !figures) {
            if !cells.is_empty() {
                pieces.push(Piece::Table(ragged(std::mem::take(&mut cells))));
            }
            push_text(&joined, pieces);
        } else {
            cells.push(split_cells(row, '\t'));
        }
    }
    if !cells.is_empty() {
        pieces.push(Piece::Table(ragged(cells)));
    }
}

#[cfg(test)]
mod tests;
