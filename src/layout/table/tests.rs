//! Invented tables on pages: where they are parted, what is told again, and that nothing leaves its cell.

use crate::doc::{Block, Cell, Role, Table};
use crate::layout::tests::{doc, heading, set, texts};
use crate::layout::{Layout, Library, Origin, Parting, lay_out, page_height, plan};
use crate::report::Choices;

fn cell(at: (usize, usize), rows: usize, text: &str, role: Role) -> Cell {
    Cell {
        row: at.0,
        column: at.1,
        row_span: rows,
        column_span: 1,
        text: text.to_owned(),
        role,
    }
}

/// A table of two columns: a header row, and a label over all rows below.
pub(in crate::layout) fn table(rows: usize) -> Table {
    let mut cells = vec![
        cell((0, 0), 1, "园", Role::Head),
        cell((0, 1), 1, "棵", Role::Head),
        cell((1, 0), rows - 1, "东山", Role::Label),
    ];
    for row in 1..rows {
        cells.push(cell((row, 1), 1, &row.to_string(), Role::Value));
    }
    Table {
        header_rows: 1,
        rows,
        columns: 2,
        cells,
        ..Table::default()
    }
}

/// Lines of text, a heading and a table on pages.
fn below(lines: usize, table: Table, whole_tables: bool) -> Layout {
    let choices = Choices {
        whole_tables,
        ..Choices::default()
    };
    let mut blocks = vec![Block::Paragraph("果".repeat(28 * lines - 2))];
    blocks.extend([heading("一、花"), Block::Table(table)]);
    lay_out(&doc(blocks), &choices, Library::bundled())
}

/// Which pages have lines of tables.
fn ruled(layout: &Layout) -> Vec<bool> {
    let pages = layout.pages.iter();
    pages.map(|page| !page.rules.is_empty()).collect()
}

#[test]
fn a_table_that_fits_a_page_is_split_only_where_a_page_would_stay_blank() {
    // Seven lines would stay blank below fifteen, three below nineteen.
    for (lines, whole, expected) in [
        (15, false, [true, true]),
        (15, true, [false, true]),
        (19, false, [false, true]),
    ] {
        let layout = below(lines, table(20), whole);
        assert_eq!(ruled(&layout), expected, "{lines} {whole}");
        let page = usize::from(!expected[0]);
        let found = texts(&layout.pages[page]);
        assert!(found.contains(&"一、花".to_owned()), "{lines} {whole}");
    }
    let layout = below(15, table(20), false);
    let again = &layout.pages[1].runs[..3];
    assert!(again.iter().all(|run| run.repeated), "{again:?}");
}

/// A table of four blocks, each of a band, a head and two rows.
fn banded() -> Table {
    let mut cells = Vec::new();
    for row in 0..16 {
        let role = if row % 4 < 2 { Role::Head } else { Role::Label };
        let wide = row % 4 == 0;
        let mut first = cell((row, 0), 1, &format!("第{row}行"), role);
        first.column_span = if wide { 2 } else { 1 };
        cells.push(first);
        if !wide {
            let role = if role == Role::Head {
                role
            } else {
                Role::Value
            };
            cells.push(cell((row, 1), 1, "0", role));
        }
    }
    Table {
        rows: 16,
        columns: 2,
        cells,
        ..Table::default()
    }
}

#[test]
fn a_table_of_blocks_is_split_between_them() {
    for lines in 11..15 {
        let layout = below(lines, banded(), false);
        let second = texts(&layout.pages[1]);
        let first: usize = second[0]
            .chars()
            .filter_map(|c| c.to_digit(10))
            .fold(0, |all, digit| all * 10 + digit as usize);
        assert_eq!(
            (ruled(&layout), first % 4),
            (vec![true, true], 0),
            "{lines}"
        );
    }
}

#[test]
fn a_table_holds_together_no_more_than_its_blocks_where_the_room_is_other() {
    let parting = |lines: usize, whole_tables: bool| {
        let choices = Choices {
            whole_tables,
            ..Choices::default()
        };
        let text = Block::Paragraph("果".repeat(28 * lines - 2));
        let doc = doc(vec![text, heading("一、花"), Block::Table(banded())]);
        plan(&doc, &choices, Library::bundled()).partings[&2].clone()
    };
    for lines in 4..16 {
        let Parting { breaks, loose } = parting(lines, false);
        let first = breaks.first().copied().unwrap_or(16);
        let before: Vec<usize> = [4, 8, 12].into_iter().filter(|row| *row < first).collect();
        // Below the break it would be taken in its place where the page has room for one more block.
        assert!(loose.starts_with(&before), "{lines}: {breaks:?} {loose:?}");
        assert!(loose.iter().all(|row| row % 4 == 0), "{loose:?}");
        assert_eq!(parting(lines, true), Parting::default(), "{lines}");
    }
}

#[test]
fn no_page_but_the_last_stays_more_than_a_quarter_blank() {
    let bottom = page_height() - 99.2;
    for lines in 1..22 {
        let layout = below(lines, tall_with_head(26), false);
        for page in layout.pages.iter().rev().skip(1) {
            let ends = page.places.iter().map(|place| place.to.1);
            let blank = bottom - ends.fold(0.0, f32::max);
            assert!(blank < 637.8 / 4.0, "{lines}: {blank}");
        }
        assert!(layout.pages.len() <= 2, "{lines}");
    }
}

/// A tall table with a header and an upright label over all rows but the last.
fn tall_with_head(rows: usize) -> Table {
    let mut table = table(rows);
    table.cells[2].row_span = rows - 2;
    table.cells.push(cell((rows - 1, 0), 1, "四", Role::Label));
    table
}

#[test]
fn a_longer_table_repeats_its_header_and_the_label_over_the_break() {
    let layout = set(&doc(vec![Block::Table(table(60))]));
    assert_eq!(layout.pages.len(), 3);
    for (number, page) in layout.pages.iter().enumerate() {
        let of = |text: char| {
            let found = page.runs.iter().find(|run| run.glyphs[0].character == text);
            found.unwrap().repeated
        };
        assert_eq!(of('园'), number > 0);
        assert_eq!(of('东'), number > 0);
    }
    let figures = layout.pages.iter().flat_map(|page| &page.runs);
    let told = figures.filter(|run| matches!(run.origin, Origin::Cell(0, cell) if cell > 2));
    assert_eq!(told.filter(|run| !run.repeated).count(), 59);
}

#[test]
fn the_lines_of_a_table_go_around_merged_cells() {
    let layout = set(&doc(vec![Block::Table(table(4))]));
    let rules = &layout.pages[0].rules;
    let level: Vec<_> = rules
        .iter()
        .filter(|rule| (rule.from.1 - rule.to.1).abs() < 0.01)
        .collect();
    let widths: Vec<i32> = level
        .iter()
        .map(|rule| (rule.to.0 - rule.from.0).round() as i32)
        .collect();
    assert_eq!(widths, [442, 442, 221, 221, 442]);
    assert_eq!(rules.len() - level.len(), 3);
}

/// A table of ten columns whose label over all rows stands upright.
fn tall(rows: usize, label: &str) -> Block {
    let cell = |row, column, row_span, text: &str, role| Cell {
        row,
        column,
        row_span,
        column_span: 1,
        text: text.to_owned(),
        role,
    };
    let mut cells = vec![cell(0, 0, rows, label, Role::Label)];
    for row in 0..rows {
        cells.extend((1..10).map(|column| cell(row, column, 1, "0", Role::Value)));
    }
    Block::Table(Table {
        widths: vec![420, 1000, 2944, 640, 640, 640, 640, 640, 640, 640],
        rows,
        columns: 10,
        cells,
        ..Table::default()
    })
}

#[test]
fn no_text_leaves_its_cell_in_any_setting() {
    use crate::report::choices::{LINE_PITCHES, TABLE_SIZES};
    for table_size in TABLE_SIZES {
        for line_pitch in LINE_PITCHES {
            for before in 0..24 {
                let choices = Choices {
                    table_size,
                    line_pitch,
                    ..Choices::default()
                };
                let mut blocks: Vec<_> = (0..before)
                    .map(|_| Block::Paragraph("果".to_owned()))
                    .collect();
                blocks.push(tall(60, "三、本年度办理结果"));
                let layout = lay_out(&doc(blocks), &choices, Library::bundled());
                let mut told = String::new();
                for page in &layout.pages {
                    for run in page
                        .runs
                        .iter()
                        .filter(|run| run.origin != Origin::Furniture)
                    {
                        let upper = run.baseline - run.size * 0.8;
                        let lower = run.baseline + run.size * 0.1;
                        let mut places = page.places.iter();
                        let inside = places.any(|place| {
                            place.origin == run.origin
                                && place.from.1 <= upper + 0.6
                                && lower <= place.to.1 + 0.6
                        });
                        assert!(inside, "{table_size} {line_pitch} {before}: {run:?}");
                        if !run.repeated && run.origin == Origin::Cell(before, 0) {
                            told.extend(run.glyphs.iter().map(|glyph| glyph.character));
                        }
                    }
                }
                assert_eq!(told, "三、本年度办理结果");
            }
        }
    }
}

#[test]
fn what_no_page_can_hold_does_not_run_off_it() {
    let mut table = tall(2, "甲");
    if let Block::Table(table) = &mut table {
        table.cells[1].text = "字".repeat(3000);
    }
    let layout = set(&doc(vec![table]));
    let bottom = page_height() - 99.2;
    let runs = layout.pages.iter().flat_map(|page| &page.runs);
    for run in runs.filter(|run| run.origin != Origin::Furniture) {
        assert!(run.baseline < bottom, "{run:?}");
    }
}
