//! A small invented report as PDF, looked at from outside.

use super::*;
use crate::doc::{Block, Cell, Role, Table};
use crate::report::Choices;

fn cell(column: usize, role: Role, text: &str) -> Cell {
    Cell {
        row: 0,
        column,
        row_span: 1,
        column_span: 1,
        text: text.to_owned(),
        role,
    }
}

fn sample(text: &str) -> Doc {
    Doc {
        issuer: "某果园".to_owned(),
        year: Some(2030),
        title: "某果园2030年树木生长情况".to_owned(),
        blocks: vec![
            Block::Heading {
                level: 1,
                text: "一、概要".to_owned(),
            },
            Block::Paragraph(text.to_owned()),
            Block::Table(Table {
                rows: 1,
                columns: 3,
                cells: vec![
                    cell(0, Role::Head, "松"),
                    cell(1, Role::Value, ""),
                    cell(2, Role::Value, "7"),
                ],
                ..Table::default()
            }),
        ],
        ..Doc::default()
    }
}

fn bytes(doc: &Doc) -> Vec<u8> {
    let library = Library::bundled();
    let layout = layout::lay_out(doc, &Choices::default(), library);
    write(doc, &layout, library).unwrap()
}

#[test]
fn the_same_report_gives_the_same_bytes() {
    let doc = sample("松树长得很好。");
    assert_eq!(bytes(&doc), bytes(&doc));
    assert!(bytes(&doc).starts_with(b"%PDF-1.7"));
}

#[test]
fn odd_text_meets_the_standard_too() {
    for text in [
        "",
        "𠮷㑇䶮🌲",
        "\u{e000}甲\u{f8ff}",
        "a\u{0}b\u{200d}c\td\u{feff}",
        "〓〓\u{10ffff}",
    ] {
        assert!(!bytes(&sample(text)).is_empty(), "{text}");
    }
    assert!(!bytes(&Doc::default()).is_empty());
}
