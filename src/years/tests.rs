//! The page read back: every figure it draws is the figure of a cell.

use std::collections::BTreeMap;

use quick_xml::events::Event;
use quick_xml::reader::Reader;

use super::*;
use crate::form;
use crate::layout::Library;
use crate::report::{Edit, Entry};

/// A report in which every cell but those of some sections says something of its own.
fn report(year: u16, seed: i64, blank: &str) -> Report {
    let edition = form::for_year(year).unwrap();
    let mut report = Report::new(edition.clone(), year);
    let name = Entry::Text("云溪县青石镇人民政府".to_owned());
    report.apply(Edit::Enter(edition.issuer_field, name));
    let cells: Vec<_> = edition.cells().collect();
    for (number, id) in cells.into_iter().enumerate() {
        let field = edition.field(id);
        if field.is_total() || field.key.starts_with(blank) {
            continue;
        }
        let number = seed * 31 + i64::try_from(number).unwrap() * 7 % 97;
        report.apply(Edit::Enter(id, Entry::Number(Number::from(number))));
    }
    report
}

fn six() -> ComparedYears {
    let reports = (2020..=2025).map(|year| {
        let blank = if year == 2023 { "proactive" } else { "none" };
        report(year, i64::from(year) - 2019, blank)
    });
    ComparedYears::new(reports.collect()).unwrap()
}

/// A text of a picture with what is said beside it.
#[derive(Debug)]
struct ReadText {
    text: String,
    data: BTreeMap<String, String>,
}

fn read(svg: &str) -> Vec<ReadText> {
    let mut reader = Reader::from_str(svg);
    let (mut texts, mut open) = (Vec::new(), None);
    loop {
        match reader.read_event().unwrap() {
            Event::Start(tag) if tag.name().as_ref() == b"text" => {
                let data = tag.attributes().map(|attribute| {
                    let attribute = attribute.unwrap();
                    let key = String::from_utf8(attribute.key.as_ref().to_vec()).unwrap();
                    (key, String::from_utf8(attribute.value.to_vec()).unwrap())
                });
                open = Some(ReadText {
                    text: String::new(),
                    data: data.collect(),
                });
            }
            Event::Text(text) => {
                if let Some(open) = &mut open {
                    open.text.push_str(&String::from_utf8_lossy(&text));
                }
            }
            Event::End(tag) if tag.name().as_ref() == b"text" => texts.extend(open.take()),
            Event::Eof => return texts,
            _ => {}
        }
    }
}

#[test]
fn every_number_that_is_drawn_is_the_figure_of_a_cell() {
    let years = six();
    let svg = String::from_utf8(years.bytes(YearsFormat::Svg).unwrap()).unwrap();
    let reports: BTreeMap<String, &Report> = years
        .reports
        .iter()
        .map(|report| (report.year().to_string(), report))
        .collect();
    let (mut figures, mut words) = (0, BTreeMap::new());
    for read in read(&svg) {
        let Some(year) = read.data.get("data-year") else {
            let is_year = reports.contains_key(read.text.trim_end_matches('年'));
            let is_title = read.text == years.title();
            let is_silent = !read.text.chars().any(|c| c.is_ascii_digit());
            assert!(
                is_year || is_title || is_silent || read.text.contains("不是0"),
                "{read:?}"
            );
            continue;
        };
        let report = reports[year];
        let Some(keys) = read.data.get("data-cells") else {
            assert_eq!(read.text, "无此项");
            *words.entry("无此项").or_insert(0) += 1;
            continue;
        };
        let cells = keys
            .split('+')
            .map(|key| report.edition().find(key).unwrap());
        let value = report.sum(&cells.collect::<Vec<_>>());
        if let Some(value) = value {
            assert_eq!(read.text, value.to_string(), "{keys} {year}");
        } else {
            assert_eq!(read.text, "未填", "{keys} {year}");
            *words.entry("未填").or_insert(0) += 1;
        }
        figures += 1;
    }
    // Each figure stands in the table, and once more at its bar where a chart draws it.
    let in_charts: usize = years
        .charts()
        .iter()
        .map(|chart| chart.rows.len() * 6)
        .sum();
    let absent = words["无此项"];
    assert_eq!(figures + absent, years.rows.len() * 6 + in_charts);
    assert!(absent > 3 && words["未填"] > 3, "{words:?}");
}

#[test]
fn a_bar_is_as_long_as_its_figure_beside_the_others() {
    let (one, two) = (report(2024, 1, "requests"), report(2025, 2, "none"));
    let years = ComparedYears::new(vec![two, one]).unwrap();
    let (_, drawing) = years.page();
    // The year without figures has no bars.
    let charts = years.charts();
    let rows = charts.iter().flat_map(|chart| &chart.rows);
    let figures = rows.flat_map(|row| &row.years);
    let drawn = figures
        .filter(|figure| page::length(figure.value) > 0.0)
        .count();
    assert_eq!(drawing.fills.len(), drawn);
    let all = years.rows.iter().flat_map(|row| &row.years);
    assert!(all.clone().any(|figure| figure.value == YearValue::Blank));
    assert!(drawing.fills.iter().all(|fill| fill.to.0 > fill.from.0));
}

#[test]
fn all_stands_on_one_page_and_no_text_on_another() {
    for years in [
        six(),
        ComparedYears::new(vec![report(2024, 999_999, "none"), report(2025, 1, "none")]).unwrap(),
    ] {
        let (_, drawing) = years.page();
        let layout = drawing.laid_out(Library::bundled());
        assert!(layout.missing.is_empty(), "{:?}", layout.missing);
        let mut inks = Vec::new();
        for run in layout.pages.iter().flat_map(|page| &page.runs) {
            let last = run.glyphs.last().unwrap();
            let right = run.x + last.x + last.advance;
            assert!(run.x > 30.0 && right < drawing.width - 30.0, "{run:?}");
            assert!(run.baseline < drawing.height - 30.0);
            assert!(run.size > 5.0, "{}", run.size);
            inks.push((
                run.x + 0.3,
                run.baseline - run.size * 0.7,
                right - 0.3,
                run.baseline,
            ));
        }
        for (number, one) in inks.iter().enumerate() {
            for other in inks.iter().skip(number + 1) {
                let apart =
                    one.2 <= other.0 || other.2 <= one.0 || one.3 <= other.1 || other.3 <= one.1;
                assert!(apart, "{one:?} {other:?}");
            }
        }
    }
}

#[test]
fn the_page_is_written_as_pages_dots_and_shapes() {
    let years = six();
    // Writing a PDF that is not tagged throughout would fail.
    assert!(years.bytes(YearsFormat::Pdf).unwrap().starts_with(b"%PDF"));
    let png = years.bytes(YearsFormat::Png).unwrap();
    assert!(png.starts_with(b"\x89PNG") && png.len() > 20_000);
}

#[test]
fn two_of_one_year_and_a_seventh_are_refused() {
    let of = |years: &[u16]| {
        let reports = years.iter().map(|&year| report(year, 1, "none"));
        ComparedYears::new(reports.collect())
            .map(|_| ())
            .map_err(|error| error.to_string())
    };
    assert_eq!(of(&[2024]).unwrap_err(), "对比要2到6份报告，现有1份");
    assert_eq!(
        of(&[2024, 2025, 2024]).unwrap_err(),
        "有两份都是2024年的报告，每年留一份"
    );
    assert!(of(&[2019, 2020, 2021, 2022, 2023, 2024, 2025]).is_err());
    assert!(of(&[2025, 2024]).is_ok());
}
