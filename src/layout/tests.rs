//! Invented reports on pages, set in the bundled font, which is the same on every computer.

use super::*;
use crate::doc::{Block, Cell, Role, Table};

const LEFT: f32 = 79.4;
const RIGHT: f32 = 79.4 + 442.2;

fn doc(blocks: Vec<Block>) -> Doc {
    Doc {
        blocks,
        ..Doc::default()
    }
}

fn heading(text: &str) -> Block {
    Block::Heading {
        level: 1,
        text: text.to_owned(),
    }
}

fn set(doc: &Doc) -> Layout {
    lay_out(doc, &Choices::default(), Library::bundled())
}

/// The lines of a page's own text, top to bottom.
fn lines(page: &Page) -> Vec<(f32, String)> {
    let mut lines: Vec<(f32, String)> = Vec::new();
    for run in page
        .runs
        .iter()
        .filter(|run| run.origin != Origin::Furniture)
    {
        let text: String = run.glyphs.iter().map(|glyph| glyph.character).collect();
        match lines.last_mut() {
            Some((y, line)) if (*y - run.baseline).abs() < 0.01 => line.push_str(&text),
            _ => lines.push((run.baseline, text)),
        }
    }
    lines
}

fn texts(page: &Page) -> Vec<String> {
    lines(page).into_iter().map(|(_, text)| text).collect()
}

#[test]
fn a_page_has_22_lines_of_28_characters() {
    let layout = set(&doc(vec![Block::Paragraph("果".repeat(28 * 60))]));
    let page = layout.pages.first().unwrap();
    let lines = lines(page);
    assert_eq!(lines.len(), 22);
    assert!(
        (lines[0].0 - (104.9 + 28.9 * 0.8)).abs() < 0.05,
        "{}",
        lines[0].0
    );
    assert!((lines[1].0 - lines[0].0 - 28.9).abs() < 0.01);
    assert_eq!(lines[0].1.chars().count(), 26);
    assert_eq!(lines[1].1.chars().count(), 28);
    let first = page.runs.first().unwrap();
    assert!((first.x - LEFT - 32.0).abs() < 0.05);
    let second = page.runs.get(1).unwrap();
    let last = second.glyphs.last().unwrap();
    assert!((second.x - LEFT).abs() < 0.05);
    assert!((second.x + last.x + last.advance - RIGHT).abs() < 0.3);
}

#[test]
fn odd_page_numbers_stand_right_and_even_ones_left() {
    let layout = set(&doc(vec![Block::Paragraph("果".repeat(28 * 60))]));
    assert_eq!(layout.pages.len(), 3);
    for (page, number) in layout.pages.iter().zip(["— 1 —", "— 2 —", "— 3 —"]) {
        let run = page.runs.last().unwrap();
        let text: String = run.glyphs.iter().map(|glyph| glyph.character).collect();
        assert_eq!((text.as_str(), run.origin), (number, Origin::Furniture));
        let last = run.glyphs.last().unwrap();
        let (left, right) = (run.x - LEFT, RIGHT - run.x - last.x - last.advance);
        let near = if number == "— 2 —" { left } else { right };
        assert!((near - 14.0).abs() < 0.1, "{number}: {near}");
    }
}

#[test]
fn punctuation_hangs_outside_the_text() {
    let text = format!("{}，果", "果".repeat(26));
    let layout = set(&doc(vec![Block::Paragraph(text)]));
    let page = layout.pages.first().unwrap();
    let hung = page.runs.first().unwrap().glyphs.last().unwrap();
    assert_eq!(hung.character, '，');
    assert!(page.runs.first().unwrap().x + hung.x > RIGHT - 1.0);
}

#[test]
fn a_heading_goes_with_what_follows_it() {
    let mut blocks = vec![
        Block::Paragraph("果".repeat(26 + 28 * 20)),
        heading("一、花"),
    ];
    blocks.push(Block::Paragraph("花".repeat(100)));
    let layout = set(&doc(blocks));
    assert_eq!(lines(&layout.pages[0]).len(), 21);
    assert_eq!(texts(&layout.pages[1])[0], "一、花");
}

#[test]
fn a_page_neither_begins_nor_ends_with_a_single_line() {
    let paragraph = |lines: usize| Block::Paragraph("果".repeat(26 + 28 * (lines - 1)));
    let pages = |blocks: Vec<Block>| -> Vec<usize> {
        let layout = set(&doc(blocks));
        layout.pages.iter().map(|page| lines(page).len()).collect()
    };
    assert_eq!(pages(vec![paragraph(23)]), [21, 2]);
    assert_eq!(pages(vec![paragraph(21), paragraph(4)]), [21, 4]);
    assert_eq!(pages(vec![paragraph(20), paragraph(3)]), [20, 3]);
    assert_eq!(pages(vec![paragraph(20), paragraph(4)]), [22, 2]);
}

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
fn table(rows: usize) -> Table {
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

#[test]
fn characters_without_a_font_are_told() {
    let layout = set(&doc(vec![Block::Paragraph("甲𠮷乙".to_owned())]));
    assert_eq!(layout.missing, ['𠮷']);
    assert!(layout.remarks().concat().contains('𠮷'));
    assert_eq!(texts(&layout.pages[0]), ["甲𠮷乙"]);
    let offsets: Vec<u32> = layout.pages[0].runs[0]
        .glyphs
        .iter()
        .map(|glyph| glyph.offset)
        .collect();
    assert_eq!(offsets, [0, 1, 2]);
}

#[test]
fn the_pitch_decides_how_many_lines_a_page_has() {
    for (pitch, count) in [(560, 22), (578, 22), (600, 21)] {
        let choices = Choices {
            line_pitch: pitch,
            ..Choices::default()
        };
        let doc = doc(vec![Block::Paragraph("果".repeat(28 * 60))]);
        let layout = lay_out(&doc, &choices, Library::bundled());
        assert_eq!(lines(&layout.pages[0]).len(), count, "{pitch}");
    }
}

#[test]
fn a_heading_that_runs_on_and_the_signature_are_set_apart() {
    let doc = Doc {
        signature: vec!["某果园".to_owned(), "2030年1月5日".to_owned()],
        mark: "草稿".to_owned(),
        ..doc(vec![Block::Paragraph(
            "（一）松树。松树长得很好。".to_owned(),
        )])
    };
    let layout = set(&doc);
    let page = &layout.pages[0];
    assert_eq!(texts(page)[0], "（一）松树。松树长得很好。");
    let signed = |line: usize| -> (f32, f32) {
        let mut runs = page.runs.iter();
        let found = runs
            .rfind(|run| run.origin == Origin::Signature(line))
            .unwrap();
        let last = found.glyphs.last().unwrap();
        (found.baseline, found.x + last.x + last.advance)
    };
    let (name, date) = (signed(0), signed(1));
    assert!((date.0 - name.0 - 28.9).abs() < 0.01);
    assert!((RIGHT - date.1 - 64.0).abs() < 1.0, "{}", date.1);
    let marks = page
        .runs
        .iter()
        .filter(|run| run.origin == Origin::Furniture);
    assert_eq!(marks.count(), 2);
}

#[test]
fn a_point_on_a_page_finds_its_place_and_character() {
    let paragraph = Block::Paragraph("果".repeat(40));
    let layout = set(&doc(vec![paragraph, Block::Table(table(4))]));
    let page = &layout.pages[0];
    assert_eq!(page.at((LEFT + 33.0, 110.0)), Some((Origin::Block(0), 0)));
    assert_eq!(page.at((LEFT + 2.0, 140.0)), Some((Origin::Block(0), 26)));
    assert_eq!(
        page.at((LEFT + 300.0, 170.0)),
        Some((Origin::Cell(1, 1), 0))
    );
    assert_eq!(page.at((10.0, 10.0)), None);
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

#[test]
fn every_line_of_a_title_is_one_line_on_the_page() {
    for count in 1..=60 {
        let issuer: String = "青石镇人民政府和云溪县"
            .chars()
            .cycle()
            .take(count)
            .collect();
        let title = format!("{issuer}2025年政府信息公开工作年度报告");
        let lines = crate::doc::title::title_lines(&title).len();
        let doc = Doc {
            title,
            ..Doc::default()
        };
        let layout = set(&doc);
        let page = layout.pages.first().unwrap();
        let runs = page.runs.iter().filter(|run| run.origin == Origin::Title);
        let mut baselines: Vec<_> = runs.map(|run| run.baseline.to_bits()).collect();
        baselines.dedup();
        assert_eq!(baselines.len(), lines, "{count}");
    }
}

#[test]
fn signs_side_by_side_are_closed_up_and_the_line_keeps_its_edges() {
    let text = format!("《花木》（二〇版）{}", "果".repeat(60));
    let layout = set(&doc(vec![Block::Paragraph(text)]));
    let run = layout.pages[0].runs.first().unwrap();
    let at = |c: char| {
        let glyph = run.glyphs.iter().find(|glyph| glyph.character == c);
        glyph.unwrap().x
    };
    assert!(
        (at('（') - at('》') - 8.0).abs() < 0.5,
        "{}",
        at('（') - at('》')
    );
    assert!(at('花') - at('《') > 15.5);
    let last = run.glyphs.last().unwrap();
    assert!((run.x + last.x + last.advance - RIGHT).abs() < 0.3);
}

#[test]
fn a_long_address_does_not_tear_the_line_before_it() {
    let address = "zhengfuxinxigongkai.qingshizhen.qingshixian.gov.cn";
    let text = format!(
        "本报告的电子版可以在青石镇的网站{address}下载。{}",
        "果".repeat(40)
    );
    let doc = doc(vec![
        Block::Paragraph("果".repeat(60)),
        Block::Paragraph(text),
    ]);
    let layout = set(&doc);
    let mut last: Option<&Glyph> = None;
    for run in layout.pages[0]
        .runs
        .iter()
        .filter(|run| run.origin == Origin::Block(1))
    {
        for glyph in &run.glyphs {
            if let Some(before) = last.filter(|before| before.x < glyph.x) {
                let gap = glyph.x - before.x - before.advance;
                assert!(gap < 5.0, "{gap} before {}", glyph.character);
            }
            last = Some(glyph);
        }
        last = None;
    }
    let plan = plan(&doc, &Choices::default(), Library::bundled());
    assert!(plan.ragged.iter().eq(&[1]), "{:?}", plan.ragged);
}

#[test]
fn a_house_rule_is_followed() {
    let choices = Choices {
        title_size: 36,
        bold_third: true,
        ..Choices::default()
    };
    let doc = Doc {
        title: "花木记事".to_owned(),
        number: "花发〔2030〕1号".to_owned(),
        blocks: vec![
            Block::Heading {
                level: 3,
                text: "1.松".to_owned(),
            },
            Block::Paragraph("2.柏。三棵。".to_owned()),
        ],
        ..Doc::default()
    };
    let layout = lay_out(&doc, &choices, Library::bundled());
    let runs = &layout.pages[0].runs;
    let of = |origin: Origin| -> Vec<(f32, bool, String)> {
        let of = runs.iter().filter(|run| run.origin == origin);
        of.map(|run| {
            let text = run.glyphs.iter().map(|glyph| glyph.character).collect();
            (run.size, run.bold, text)
        })
        .collect()
    };
    assert_eq!(of(Origin::Title), [(18.0, false, "花木记事".to_owned())]);
    assert_eq!(
        of(Origin::Number),
        [(16.0, false, "花发〔2030〕1号".to_owned())]
    );
    assert_eq!(of(Origin::Block(0)), [(16.0, true, "1.松".to_owned())]);
    let expected = [
        (16.0, true, "2.柏。".to_owned()),
        (16.0, false, "三棵。".to_owned()),
    ];
    assert_eq!(of(Origin::Block(1)), expected);
}
