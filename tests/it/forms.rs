//! The printed grids of both editions, square by square.

use std::path::Path;

use nianbao::form::{self, Edition, SquareContent};

fn drawn(edition: &Edition) -> String {
    let mut lines = String::new();
    for (section, table) in edition.tables() {
        let grid = &table.grid;
        let (id, rows, columns, heads) = (&section.id, grid.rows, grid.columns, grid.header_rows);
        lines.push_str(&format!(
            "{id} {rows}x{columns} heads {heads} widths {:?}\n",
            grid.widths
        ));
        for square in &grid.squares {
            let content = match &square.content {
                SquareContent::Head(text) => format!("head {text}"),
                SquareContent::Label(text) => format!("label {text}"),
                SquareContent::Value(id) => format!("value {}", edition.field(*id).key),
            };
            let (row, column) = (square.row, square.column);
            lines.push_str(&format!(
                "  {row},{column} {}x{} {content}\n",
                square.row_span, square.column_span
            ));
        }
    }
    lines
}

#[test]
fn the_grids_are_printed_as_the_law_prints_them() {
    for edition in form::all() {
        let path =
            Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/forms/{}.txt", edition.id));
        if std::env::var_os("UPDATE_EXPECT").is_some() {
            std::fs::write(&path, drawn(edition)).unwrap();
        }
        let expected = std::fs::read_to_string(&path).unwrap();
        for (line, (drawn, expected)) in drawn(edition).lines().zip(expected.lines()).enumerate() {
            assert_eq!(drawn, expected, "{} line {}", edition.id, line + 1);
        }
        assert_eq!(drawn(edition).len(), expected.len());
    }
}

#[test]
fn a_broken_template_is_refused_with_place_and_reason() {
    let text = include_str!("../../templates/2021.ron");
    for (from, to, said) in [
        (
            "results.total_processed + ",
            "results.total_handled + ",
            "no field results.total_handled",
        ),
        (
            "rows: \"new_received",
            "rows: \"= new_received",
            "requests-balance",
        ),
        ("(id: \"problems\"", "(id: \"overview\"", "overview"),
        (
            "id: \"coercion\"",
            "id: \"punishment\"",
            "proactive.punishment@processed",
        ),
        (
            "widths: [2211, 2211, 2211, 2211]",
            "widths: [4422, 4422]",
            "proactive",
        ),
        ("heading: \"一", "haeding: \"一", "第"),
    ] {
        let broken = text.replacen(from, to, 1);
        assert_ne!(broken, text, "{from}");
        let error = Edition::from_ron(&broken).unwrap_err().to_string();
        assert!(error.contains(said), "{from}: {error}");
    }
}
