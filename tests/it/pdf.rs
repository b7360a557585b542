//! What is drawn on pages is read back: our own PDF, every cell and every passage.

use nianbao::doc::recognise::{Recognised, recognise};
use nianbao::doc::{Block, Doc};
use nianbao::import::ImportError;
use nianbao::report::{Draft, Edit, Entry, Report};
use nianbao::{export, form, import};

use crate::sample::{enter, zero_report};

fn pdf(report: &Report) -> Vec<u8> {
    let writer = export::by_name("pdf").unwrap();
    writer.bytes(&Draft::new(report.clone())).unwrap()
}

fn recognised(doc: &Doc) -> Recognised {
    recognise(doc, form::all(), None).unwrap()
}

/// Every input its own number, and texts long enough for several pages.
pub fn full_report(edition: &str, year: u16, paragraphs: usize) -> Report {
    let mut report = zero_report(edition, year);
    let form = report.edition().clone();
    let inputs = form.cells().filter(|&id| !form.field(id).is_total());
    for (n, id) in inputs.enumerate() {
        enter(
            &mut report,
            &form.field(id).key.clone(),
            &(n * 37 % 1009).to_string(),
        );
    }
    for (n, (_, passage)) in form.passages().enumerate() {
        let lines: Vec<String> = (0..paragraphs + n % 2)
            .map(|at| {
                let sentence = format!("第{n}部分第{at}件事办好了，公开了{at}条信息。");
                sentence.repeat(1 + at * 3 % 7)
            })
            .collect();
        let entry = Entry::read(form::Kind::Prose, &lines.join("\n"));
        report.apply(Edit::Enter(passage, entry));
    }
    report
}

/// Reads a file and compares every cell and every text with the report it was made of.
pub fn assert_same(report: &Report, bytes: &[u8]) {
    let doc = import::read("报告.pdf", bytes).unwrap();
    assert_eq!(doc.notes, Vec::<String>::new());
    let found = recognised(&doc);
    let again = &found.report;
    assert_eq!(
        (again.issuer(), again.year(), again.title()),
        (report.issuer(), report.year(), report.title())
    );
    let edition = report.edition();
    for id in edition.cells() {
        let field = edition.field(id);
        let printed = again.entry(id).number();
        assert_eq!(
            printed,
            report.value(id),
            "{}: {:?}",
            field.key,
            found.notes
        );
    }
    for (section, id) in edition.passages() {
        assert_eq!(again.text(id), report.text(id), "{}", section.id);
    }
}

#[test]
fn our_own_pages_are_read_back_cell_by_cell_and_text_by_text() {
    for (edition, year) in [("2021", 2025), ("2019", 2020)] {
        assert_same(
            &zero_report(edition, year),
            &pdf(&zero_report(edition, year)),
        );
        // So much text that tables break over pages in different places.
        for paragraphs in [1, 2, 5, 9] {
            let report = full_report(edition, year, paragraphs);
            assert_same(&report, &pdf(&report));
        }
    }
}

/// A file of one page that draws this.
pub fn drawn(content: &str) -> Vec<u8> {
    let length = content.len();
    format!(
        "%PDF-1.4\n\
        1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj\n\
        2 0 obj <</Type/Pages/Kids[3 0 R]/Count 1>> endobj\n\
        3 0 obj <</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R\
        /Resources<</Font<</F 5 0 R>>/XObject<</I 6 0 R>>>>>> endobj\n\
        4 0 obj <</Length {length}>> stream\n{content}\nendstream endobj\n\
        5 0 obj <</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>> endobj\n\
        6 0 obj <</Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray\
        /BitsPerComponent 8/Length 1>> stream\n0\nendstream endobj\n\
        trailer <</Root 1 0 R/Size 7>>\n%%EOF\n"
    )
    .into_bytes()
}

/// Four cells in two rows; the last has no rule on its right.
const RULES: &str = "100 600 m 300 600 l S 100 560 m 300 560 l S 100 520 m 300 520 l S \
    100 600 m 100 520 l S 200 600 m 200 520 l S 300 600 m 300 560 l S ";

pub fn text(x: u32, y: u32, text: &str) -> String {
    format!("BT /F 12 Tf {x} {y} Td ({text}) Tj ET ")
}

fn cells(doc: &Doc) -> Vec<&str> {
    let tables = doc.blocks.iter().filter_map(|block| match block {
        Block::Table(table) => Some(&table.cells),
        _ => None,
    });
    tables.flatten().map(|cell| cell.text.as_str()).collect()
}

#[test]
fn figures_come_from_closed_cells_only() {
    let content = [
        RULES.to_owned(),
        text(110, 575, "A"),
        text(210, 575, "11"),
        text(110, 535, "B"),
        text(210, 535, "22"),
    ];
    let doc = import::read("a.pdf", &drawn(&content.concat())).unwrap();
    assert_eq!(cells(&doc), ["A", "11", "B", ""]);
    assert!(
        doc.notes.iter().any(|note| note.contains("22")),
        "{:?}",
        doc.notes
    );
}

#[test]
fn words_in_two_lines_keep_the_space_between_them() {
    for (end, begin, joined) in [
        ("as Word,", "Excel", "as Word, Excel"),
        ("as Word", "files", "as Word files"),
        ("as Word;", "3 of", "as Word; 3 of"),
        ("1,", "286", "1,286"),
        ("at http://a.b/c", "d", "at http://a.b/cd"),
    ] {
        let line = format!(
            "{}{end}",
            "The report is kept in many forms for all readers, "
        );
        let content = [text(100, 700, &line), text(100, 680, begin)].concat();
        let doc = import::read("a.pdf", &drawn(&content)).unwrap();
        let said = import::source_text("a.pdf", b"%PDF-", &doc);
        assert!(said.contains(joined), "{said}");
    }
}

#[test]
fn what_cannot_be_seen_is_not_read() {
    let unseen = [
        format!("3 Tr {} 0 Tr ", text(210, 575, "1")),
        format!("1 g {} 0 g ", text(210, 575, "2")),
        format!("{} 1 g 205 570 80 25 re f 0 g ", text(210, 575, "3")),
        format!("q 0 0 50 50 re W n {} Q ", text(210, 575, "4")),
        text(2100, 575, "5"),
    ];
    for unseen in unseen {
        let content = [unseen.clone(), RULES.to_owned(), text(110, 575, "A")].concat();
        let doc = import::read("a.pdf", &drawn(&content)).unwrap();
        assert_eq!(cells(&doc), ["A", "", "", ""], "{unseen}");
    }
}

#[test]
fn what_is_no_text_is_called_what_it_is() {
    let scan = drawn("q 600 0 0 800 0 0 cm /I Do Q");
    assert_eq!(import::read("a.pdf", &scan), Err(ImportError::Scan));
    let behind = format!("q 600 0 0 800 0 0 cm /I Do Q 3 Tr {}", text(110, 575, "12"));
    assert_eq!(
        import::read("a.pdf", &drawn(&behind)),
        Err(ImportError::Scan)
    );
    let blank = import::read("a.pdf", &drawn(""));
    assert!(
        matches!(blank, Err(ImportError::Broken { .. })),
        "{blank:?}"
    );
}

#[test]
fn damage_is_said() {
    let whole = pdf(&full_report("2021", 2025, 5));
    let at = whole
        .windows(7)
        .rposition(|word| word == b"stream\n")
        .unwrap()
        + 40;
    let mut torn = whole.clone();
    torn.splice(at..at + 8, [0xff; 8]);
    if let Ok(doc) = import::read("a.pdf", &torn) {
        assert!(!doc.notes.is_empty());
    }
    let lost = String::from_utf8(drawn(&text(110, 575, "A"))).unwrap();
    let lost = lost.replace("/Count 1", "/Count 3");
    let doc = import::read("a.pdf", lost.as_bytes()).unwrap();
    assert!(
        doc.notes.iter().any(|note| note.contains("应有3页")),
        "{:?}",
        doc.notes
    );
}

#[test]
fn files_that_never_end_are_refused_in_time() {
    let start = std::time::Instant::now();
    // Each form draws the next one many times.
    let mut forms = String::from(
        "%PDF-1.4\n1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj\n\
        2 0 obj <</Type/Pages/Kids[3 0 R]/Count 1>> endobj\n\
        3 0 obj <</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R\
        /Resources<</XObject<</X 5 0 R>>>>>> endobj\n\
        4 0 obj <</Length 5>> stream\n/X Do\nendstream endobj\n",
    );
    for n in 5..35 {
        let content = "0 0 m 9 9 l S /X Do /X Do /X Do";
        let (length, next) = (content.len(), n + 1);
        forms += &format!(
            "{n} 0 obj <</Type/XObject/Subtype/Form/BBox[0 0 600 800]/Length {length}\
            /Resources<</XObject<</X {next} 0 R>>>>>> stream\n{content}\nendstream endobj\n"
        );
    }
    forms += "trailer <</Root 1 0 R/Size 36>>\n%%EOF\n";
    assert_eq!(
        import::read("a.pdf", forms.as_bytes()),
        Err(ImportError::TooLarge)
    );
    let nested = format!("%PDF-1.4\n1 0 obj {} endobj", "<</A ".repeat(1_000_000));
    assert_eq!(
        import::read("a.pdf", nested.as_bytes()),
        Err(ImportError::TooLarge)
    );
    assert!(start.elapsed().as_secs() < 120, "{:?}", start.elapsed());
}

/// The pages of a report with the rows of its tables that hold this label left out.
fn without_row(report: &Report, label: &str) -> Vec<u8> {
    let draft = Draft::new(report.clone());
    let mut doc = nianbao::doc::compose::publication(&draft);
    for block in &mut doc.blocks {
        let Block::Table(table) = block else { continue };
        let found = table.cells.iter().find(|cell| cell.text.contains(label));
        let Some(row) = found.map(|cell| cell.row) else {
            continue;
        };
        table.cells.retain(|cell| cell.row != row);
        for cell in &mut table.cells {
            if cell.row > row {
                cell.row -= 1;
            } else if cell.row + cell.row_span > row {
                cell.row_span -= 1;
            }
        }
        table.rows -= 1;
        table.sums.clear();
    }
    let library = nianbao::layout::Library::system();
    let layout = nianbao::layout::lay_out(&doc, draft.choices(), library);
    export::pdf::write(&doc, &layout, library).unwrap()
}

#[test]
fn a_total_that_the_pages_lost_is_not_made_up() {
    let report = full_report("2021", 2025, 1);
    let doc = import::read("a.pdf", &without_row(&report, "（七）总计")).unwrap();
    let found = recognised(&doc);
    let edition = report.edition();
    let is_lost = |key: &str| key.starts_with("requests.results.total_processed@");
    for id in edition.cells() {
        let key = &edition.field(id).key;
        let read = found.report.value(id);
        if is_lost(key) {
            assert_eq!(read, None, "{key}");
        } else {
            assert_eq!(read, report.value(id), "{key}");
        }
    }
    let said = found
        .notes
        .iter()
        .any(|note| note.contains("没有用各格的和代替"));
    assert!(said, "{:?}", found.notes);
}
