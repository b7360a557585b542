//! Invented reports on pages, set in the bundled font, which is the same on every computer.

use super::table::tests::table;
use super::*;
use crate::doc::Block;

const LEFT: f32 = 79.4;
const RIGHT: f32 = 79.4 + 442.2;

pub(super) fn doc(blocks: Vec<Block>) -> Doc {
    Doc {
        blocks,
        ..Doc::default()
    }
}

pub(super) fn heading(text: &str) -> Block {
    Block::Heading {
        level: 1,
        text: text.to_owned(),
    }
}

pub(super) fn set(doc: &Doc) -> Layout {
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

pub(super) fn texts(page: &Page) -> Vec<String> {
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
fn a_last_page_with_hardly_a_line_takes_a_paragraph_along() {
    let paragraph = |lines: usize| Block::Paragraph("果".repeat(26 + 28 * (lines - 1)));
    let ending = |before: usize| {
        doc(vec![
            paragraph(22 - before),
            paragraph(before),
            heading("六、花"),
            Block::Paragraph("无。".to_owned()),
        ])
    };
    let company = |doc: &Doc| plan(doc, &Choices::default(), Library::bundled()).company;
    let near = ending(4);
    let layout = set(&near);
    assert_eq!(lines(&layout.pages[0]).len(), 18);
    assert_eq!(lines(&layout.pages[1]).len(), 6);
    assert_eq!(company(&near), Some(1));
    // A long one would leave the page before too blank.
    let long = ending(9);
    assert_eq!(lines(&set(&long).pages[1]).len(), 2);
    assert_eq!(company(&long), None);
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
