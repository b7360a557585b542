//! Writes a [`Doc`] as plain text: one paragraph or table row a line.
//!
//! A row has a field for every grid column, so that the text can be read back square by square.

use std::io::Write;

use crate::doc::{Block, Doc, Table};
use crate::export::ExportError;
use crate::report::{Choices, Encoding};
use crate::system;
use crate::text::LINE_BREAKS;

/// Writes the report as text with tabs between the cells of a table.
///
/// # Errors
///
/// [`ExportError::Write`] when `out` does not take the bytes.
pub fn write(doc: &Doc, choices: &Choices, out: &mut dyn Write) -> Result<(), ExportError> {
    let mut text = set_out(doc);
    // The old Notepad takes a text without the mark for one in the system's own encoding, and knows one line end.
    let for_notepad = choices.for_notepad.unwrap_or(system::IS_WINDOWS);
    if for_notepad {
        text = text.replace('\n', "\r\n");
    }
    if choices.byte_order_mark || (for_notepad && choices.encoding == Encoding::Utf8) {
        text.insert(0, '\u{feff}');
    }
    match choices.encoding {
        Encoding::Utf8 => out.write_all(text.as_bytes())?,
        // Every character has a code in GB 18030.
        Encoding::Gb18030 => out.write_all(&encoding_rs::GB18030.encode(&text).0)?,
    }
    Ok(())
}

fn set_out(doc: &Doc) -> String {
    let mut lines = TextLines::default();
    lines.push(&one_line(&doc.mark));
    let title = one_line(&doc.title);
    if !title.is_empty() {
        lines.push(&title);
        lines.push(&one_line(&doc.number));
        lines.blank();
    }
    for block in &doc.blocks {
        match block {
            Block::Heading { level, text } => {
                if *level <= 1 {
                    lines.blank();
                }
                lines.push(&one_line(text));
            }
            Block::Paragraph(text) => lines.push(&one_line(text)),
            Block::Table(table) => {
                lines.blank();
                for row in rows(table) {
                    lines.push(&row);
                }
                lines.blank();
            }
        }
    }
    lines.blank();
    for line in &doc.signature {
        lines.push(&one_line(line));
    }
    lines.text
}

/// Lines with at most one blank line between any two, and none at either end.
#[derive(Default)]
struct TextLines {
    text: String,
    blank: bool,
}

impl TextLines {
    fn push(&mut self, line: &str) {
        if line.is_empty() {
            return;
        }
        if self.blank && !self.text.is_empty() {
            self.text.push('\n');
        }
        self.blank = false;
        self.text.push_str(line);
        self.text.push('\n');
    }

    fn blank(&mut self) {
        self.blank = true;
    }
}

/// The rows of a table; a merged cell's text stands in its first square only.
fn rows(table: &Table) -> impl Iterator<Item = String> {
    let mut squares = vec![vec![String::new(); table.columns]; table.rows];
    for cell in &table.cells {
        let square = squares
            .get_mut(cell.row)
            .and_then(|row| row.get_mut(cell.column));
        if let Some(square) = square {
            *square = one_line(&cell.text);
        }
    }
    squares.into_iter().map(|row| row.join("\t"))
}

/// Text without line breaks, tabs and other control characters.
fn one_line(text: &str) -> String {
    text.replace("\r\n", "\n")
        .chars()
        .filter_map(|c| match c {
            '\t' => Some(' '),
            c if LINE_BREAKS.contains(&c) => Some(' '),
            other => (!other.is_control()).then_some(other),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::doc::{Cell, Role};

    fn cell(row: usize, column: usize, spans: (usize, usize), text: &str) -> Cell {
        Cell {
            row,
            column,
            row_span: spans.0,
            column_span: spans.1,
            text: text.to_owned(),
            role: Role::Label,
        }
    }

    fn print(doc: &Doc) -> String {
        let mut out = Vec::new();
        let choices = Choices {
            for_notepad: Some(false),
            ..Choices::default()
        };
        write(doc, &choices, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    fn heading(level: u8, text: &str) -> Block {
        Block::Heading {
            level,
            text: text.to_owned(),
        }
    }

    #[test]
    fn sets_out_headings_paragraphs_and_tables() {
        let table = Table {
            rows: 3,
            columns: 3,
            cells: vec![
                cell(0, 0, (2, 1), "树\n种"),
                cell(0, 1, (1, 2), "棵\t数"),
                cell(1, 1, (1, 1), "松"),
                cell(1, 2, (1, 1), "柏"),
                cell(2, 0, (1, 1), "东园"),
                cell(2, 1, (1, 2), "7"),
            ],
            ..Table::default()
        };
        let doc = Doc {
            title: "果园记事".to_owned(),
            blocks: vec![
                heading(1, "一、概要"),
                Block::Paragraph("第一行\r\n第二\t行".to_owned()),
                heading(2, "（一）说明"),
                Block::Table(table.clone()),
                Block::Table(table),
                heading(1, "二、其余"),
                Block::Paragraph("无。".to_owned()),
            ],
            ..Doc::default()
        };
        let table = "树 种\t棵 数\t\n\t松\t柏\n东园\t7\t\n";
        assert_eq!(
            print(&doc),
            format!(
                "果园记事\n\n一、概要\n第一行 第二 行\n（一）说明\n\n{table}\n{table}\n二、其余\n无。\n"
            )
        );
    }

    #[test]
    fn an_empty_row_keeps_its_tabs() {
        let table = Table {
            rows: 2,
            columns: 3,
            cells: vec![cell(0, 0, (1, 1), "甲")],
            ..Table::default()
        };
        let doc = Doc {
            blocks: vec![Block::Table(table)],
            ..Doc::default()
        };
        assert_eq!(print(&doc), "甲\t\t\n\t\t\n");
    }
}
