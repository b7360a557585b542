//! The form on which a report goes round to be signed (呈批单): one page with what a leader must know.

use super::Sheet;
use crate::check::{Finding, Level};
use crate::doc::{Block, Cell, Doc, Role, Table};
use crate::export;
use crate::form::KeyFigure;
use crate::report::{Choices, Report};

/// The columns of the form in twips, twice the same: three under a label, one for this year's figure and
/// one for last year's. A table of ten columns has low rows, and its texts stand left.
const WIDTHS: [u32; 10] = [874, 874, 874, 900, 900, 874, 874, 874, 900, 900];
/// Where the right half begins.
const HALF: usize = 5;
/// How many columns the names of the rows take, and what stands beside them.
const NAME: usize = 2;
const WHOLE: usize = 10;
/// The most findings that are listed.
const MOST: usize = 12;
/// The longest text of a finding in characters, and of its explanation.
const LONGEST: usize = 60;
/// Who signs, in the order in which it goes round.
const SIGNERS: [[&str; 2]; 2] = [["拟稿", "核稿"], ["审核", "签发"]];
/// The rows of a signature without that of its date, and as many as will do.
const ROOMY: usize = 4;
const TIGHT: usize = 2;
/// For fewer findings the signatures are not made smaller.
const FEW: usize = 4;
/// What the date is written into.
const DATE: &str = "　　　　年　　月　　日";

/// The form with as many findings as fit on one page; it says how many are left out.
pub(super) fn doc(sheet: &Sheet<'_>, choices: &Choices) -> Doc {
    let most = sheet.findings.list.len().min(MOST);
    let roomy = (most.min(FEW)..=most).rev().map(|listed| (listed, ROOMY));
    let tight = (0..=most).rev().map(|listed| (listed, TIGHT));
    let mut ways = roomy
        .chain(tight)
        .map(|(listed, signature)| with(sheet, listed, signature));
    let fits = |doc: &Doc| export::page_count(doc, choices) <= 1;
    ways.find(fits).unwrap_or_else(|| with(sheet, 0, TIGHT))
}

/// The form with so many findings and so many rows for a signature.
fn with(sheet: &Sheet<'_>, listed: usize, signature: usize) -> Doc {
    let report = sheet.draft.report();
    let mut grid = Squares::default();
    facts(sheet, &mut grid);
    figures(sheet, &mut grid);
    grid.row("审核结论", &sheet.conclusion());
    grid.row("问题和说明", &findings(sheet, listed));
    signatures(&mut grid, signature);
    Doc {
        issuer: report.issuer().to_owned(),
        year: Some(report.year()),
        title: sheet.title_of(super::Paper::Approval),
        blocks: vec![
            Block::Table(grid.table()),
            Block::Paragraph("本单供本机关审批，不随报告公开。".to_owned()),
        ],
        ..Doc::default()
    }
}

fn facts(sheet: &Sheet<'_>, grid: &mut Squares) {
    let report = sheet.draft.report();
    let or = |text: &str, otherwise: &str| match text.trim() {
        "" => otherwise.to_owned(),
        text => text.to_owned(),
    };
    let prior = sheet.draft.prior();
    let source = prior.map_or("没有", |prior| prior.source.as_str());
    grid.row("报告标题", &report.title());
    grid.pair(
        ("机关名称", &or(report.issuer(), "未填写")),
        ("报告年度", &format!("{}年", report.year())),
    );
    grid.pair(("格式版本", &report.edition().name), ("上年度报告", source));
    grid.pair(
        ("核查人", &or(sheet.by, "未注明")),
        ("核查日期", &or(sheet.on, "未注明")),
    );
    if let Some(local) = sheet.local() {
        grid.row("地方要求", &local.signature());
    }
}

/// The key figures of the edition beside last year's, in two halves.
fn figures(sheet: &Sheet<'_>, grid: &mut Squares) {
    let report = sheet.draft.report();
    let prior = sheet.draft.prior().map(|prior| &prior.report);
    let list = &report.edition().key_figures;
    if list.is_empty() {
        return;
    }
    for left in [0, HALF] {
        grid.put(left, 3, 1, Role::Head, "主要数据");
        grid.put(left + 3, 1, 1, Role::Head, "本年");
        grid.put(left + 4, 1, 1, Role::Head, "上年");
    }
    grid.next();
    let rows = list.len().div_ceil(2);
    for row in 0..rows {
        for (left, figure) in [(0, list.get(row)), (HALF, list.get(row + rows))] {
            let text = |of: Option<String>| of.unwrap_or_default();
            let label = figure.map(|figure| format!("{}（{}）", figure.label, figure.unit));
            let now = figure.and_then(|figure| value(report, figure));
            let before = figure.and_then(|figure| last_value(prior?, figure));
            grid.put(left, 3, 1, Role::Label, &text(label));
            grid.put(left + 3, 1, 1, Role::Value, &text(now));
            grid.put(left + 4, 1, 1, Role::Value, &text(before));
        }
        grid.next();
    }
}

fn value(report: &Report, figure: &KeyFigure) -> Option<String> {
    report.sum(&figure.cells).map(|value| value.to_string())
}

/// Last year's figure; the form of that year may not have had it.
fn last_value(prior: &Report, figure: &KeyFigure) -> Option<String> {
    match prior.edition().key_figure(&figure.label) {
        Some(figure) => value(prior, figure),
        None => Some("无此项".to_owned()),
    }
}

/// What was found and how it was explained, a line each, the undone first.
fn findings(sheet: &Sheet<'_>, listed: usize) -> String {
    let list = &sheet.findings.list;
    if list.is_empty() {
        return "没有发现问题。".to_owned();
    }
    let mut sorted: Vec<&Finding> = list.iter().collect();
    sorted.sort_by_key(|finding| (!finding.blocks(), finding.level == Level::Advice));
    let line = |(number, finding): (usize, &&Finding)| {
        let says = match finding.explanation.as_deref() {
            Some(text) => format!("说明：{}", shortened(text)),
            None if finding.blocks() => "未处理".to_owned(),
            None => "提示，没有改".to_owned(),
        };
        format!("{}.{}　{says}", number + 1, shortened(&finding.message))
    };
    let lines = sorted.iter().take(listed).enumerate().map(line);
    let mut lines: Vec<String> = lines.collect();
    let rest = list.len().saturating_sub(lines.len());
    if rest > 0 {
        let more = if lines.is_empty() { "共" } else { "另有" };
        lines.push(format!("{more}{rest}条，见自查表。"));
    }
    lines.join("\n")
}

fn shortened(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() <= LONGEST {
        return line;
    }
    line.chars().take(LONGEST).chain("……".chars()).collect()
}

fn signatures(grid: &mut Squares, signature: usize) {
    for pair in SIGNERS {
        let rows = signature + 1;
        for (left, name) in [0, HALF].into_iter().zip(pair) {
            grid.put(left, NAME, rows, Role::Head, name);
            grid.put(left + NAME, HALF - NAME, signature, Role::Label, "");
        }
        for _ in 0..signature {
            grid.next();
        }
        for left in [0, HALF] {
            grid.put(left + NAME, HALF - NAME, 1, Role::Label, DATE);
        }
        grid.next();
    }
}

/// The table as it is filled row by row.
#[derive(Default)]
struct Squares {
    cells: Vec<Cell>,
    row: usize,
}

impl Squares {
    fn put(&mut self, column: usize, columns: usize, rows: usize, role: Role, text: &str) {
        self.cells.push(Cell {
            row: self.row,
            column,
            row_span: rows,
            column_span: columns,
            text: text.to_owned(),
            role,
        });
    }

    fn next(&mut self) {
        self.row += 1;
    }

    /// A name and what stands beside it, over the whole width.
    fn row(&mut self, name: &str, text: &str) {
        self.put(0, NAME, 1, Role::Head, name);
        self.put(NAME, WHOLE - NAME, 1, Role::Label, text);
        self.next();
    }

    /// Two names and what stands beside them.
    fn pair(&mut self, left: (&str, &str), right: (&str, &str)) {
        for (at, (name, text)) in [(0, left), (HALF, right)] {
            self.put(at, NAME, 1, Role::Head, name);
            self.put(at + NAME, HALF - NAME, 1, Role::Label, text);
        }
        self.next();
    }

    fn table(mut self) -> Table {
        self.cells.sort_by_key(|cell| (cell.row, cell.column));
        Table {
            caption: "呈批单".to_owned(),
            widths: WIDTHS.to_vec(),
            header_rows: 0,
            rows: self.row,
            columns: WIDTHS.len(),
            sums: Vec::new(),
            cells: self.cells,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::{RuleSettings, check_draft};
    use crate::form;
    use crate::report::{Draft, Edit, Entry, Number, Prior};
    use crate::sheet::{Paper, Sheet};

    fn report(id: &str, year: u16, received: i64) -> Report {
        let edition = form::by_id(id).unwrap();
        let mut report = Report::new(edition.clone(), year);
        let name = Entry::Text("云溪县青石镇人民政府".to_owned());
        report.apply(Edit::Enter(edition.issuer_field, name));
        let id = edition
            .find("requests.new_received@natural_person")
            .unwrap();
        report.apply(Edit::Enter(id, Entry::Number(Number::from(received))));
        report
    }

    /// The form of a draft with the text of each of its cells.
    fn form_of(draft: &Draft) -> (Doc, Vec<String>) {
        let findings = check_draft(draft);
        let sheet = Sheet {
            draft,
            findings: &findings,
            settings: &RuleSettings::default(),
            by: "李明",
            on: "2026-01-12",
        };
        let doc = doc(&sheet, &Paper::Approval.choices());
        let Some(Block::Table(table)) = doc.blocks.first() else {
            panic!("no table");
        };
        let texts = table.cells.iter().map(|cell| cell.text.clone()).collect();
        (doc, texts)
    }

    fn beside(texts: &[String], label: &str) -> (String, String) {
        let at = texts.iter().position(|text| text == label).unwrap();
        (texts[at + 1].clone(), texts[at + 2].clone())
    }

    #[test]
    fn figures_stand_beside_last_years_and_a_blank_is_no_zero() {
        let mut draft = Draft::new(report("2021", 2021, 17));
        let (_, texts) = form_of(&draft);
        let pair = |left: &str, right: &str| (left.to_owned(), right.to_owned());
        assert_eq!(beside(&texts, "新收申请（件）"), pair("17", ""));
        assert_eq!(beside(&texts, "不予公开（件）"), pair("", ""));
        draft.set_prior(Some(Prior {
            report: report("2019", 2020, 9),
            source: "2020.docx".to_owned(),
        }));
        let (_, texts) = form_of(&draft);
        assert_eq!(beside(&texts, "新收申请（件）"), pair("17", "9"));
        // The form of 2019 asked for no amount.
        assert_eq!(beside(&texts, "行政事业性收费（万元）"), pair("", "无此项"));
    }

    #[test]
    fn what_is_short_stands_on_one_line() {
        let draft = Draft::new(report("2021", 2025, 17));
        let (doc, _) = form_of(&draft);
        let Some(Block::Table(table)) = doc.blocks.first() else {
            unreachable!("no table");
        };
        let size = u32::from(Paper::Approval.choices().table_size) * 10;
        for cell in &table.cells {
            let is_short = cell.text == DATE || cell.text.ends_with('）');
            let columns = WIDTHS.iter().skip(cell.column).take(cell.column_span);
            let room = columns.sum::<u32>() - 80;
            let length = u32::try_from(cell.text.chars().count()).unwrap();
            assert!(!is_short || length * size <= room, "{}", cell.text);
        }
    }

    #[test]
    fn it_is_one_page_whatever_was_found() {
        let mut draft = Draft::new(report("2021", 2025, 17));
        let long = "云溪县".repeat(20);
        let name = Entry::Text(long.clone());
        let id = draft.report().edition().issuer_field;
        draft.edit("填报", Edit::Enter(id, name));
        let findings = check_draft(&draft);
        assert!(findings.list.len() > 3);
        let mut findings = findings;
        let one = findings.list[0].clone();
        for _ in 0..40 {
            let mut again = one.clone();
            again.explanation = Some(long.clone());
            findings.list.push(again);
        }
        let sheet = Sheet {
            draft: &draft,
            findings: &findings,
            settings: &RuleSettings::default(),
            by: "",
            on: "",
        };
        let choices = Paper::Approval.choices();
        let doc = doc(&sheet, &choices);
        assert_eq!(export::page_count(&doc, &choices), 1);
        let text = format!("{doc:?}");
        assert!(text.contains("条，见自查表。") && text.contains("未注明"));
        for name in ["拟稿", "核稿", "审核", "签发"] {
            assert!(text.contains(name), "{name}");
        }
    }
}
