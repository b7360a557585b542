//! From a document to a report: edition, year and issuer, the sections' text, the tables' cells.
//!
//! What cannot be read stays blank and is noted; nothing is guessed. It knows no file format.

use std::sync::Arc;

pub use super::left::Left;
use super::loose::is_prose;
use super::normal::fold;
pub use super::own::OwnPaper;
use super::rows::flatten;
use super::tables::Source;
use super::{Block, Doc, cover, left, lost, own, parts, place, second, tables};
use crate::form::{self, Edition};
use crate::report::{Edit, Entry, Report};

/// What became of a document.
#[derive(Debug, Clone)]
pub struct Recognised {
    /// The report it holds.
    pub report: Report,
    /// What had to be guessed, repaired or left out, a sentence each.
    pub notes: Vec<String>,
    /// Text that stood in the document and went nowhere, in its order.
    pub left: Vec<Left>,
}

/// Why a document holds no report.
#[derive(Debug, thiserror::Error, Clone, PartialEq, Eq)]
pub enum RecogniseError {
    /// Neither tables nor headings were found.
    #[error("文件中找不到年度报告的表格和各部分标题，请确认选对了文件")]
    NoReport,
    /// It is a document of the program's own that holds no report.
    #[error("{0}")]
    Own(#[from] OwnPaper),
    /// No year was found.
    #[error("文件中找不到报告年份，请在标题中写明年份（如“2024年”）后再导入")]
    NoYear,
    /// No form applies to the year.
    #[error("没有适用于{year}年的报告格式，只能导入{first}年以后的年度报告")]
    NoEdition {
        /// The report year.
        year: u16,
        /// The first year that has a form.
        first: u16,
    },
}

/// The labels of a form's tables, to tell lines that are rows of them.
#[derive(Debug)]
pub struct RowLabels(Vec<String>);

impl RowLabels {
    /// Those of an edition.
    #[must_use]
    pub fn of(edition: &Edition) -> Self {
        let tables = edition.tables();
        Self(tables.map(|(_, table)| tables::all_labels(table)).collect())
    }

    /// Whether a line is nothing but labels and figures of one table.
    #[must_use]
    pub fn make_up(&self, line: &str) -> bool {
        self.0.iter().any(|labels| tables::is_of(labels, line))
    }
}

/// Whether what stands in a cell is a figure, or the mark for none.
#[must_use]
pub fn is_figure(text: &str) -> bool {
    place::is_value(text)
}

/// How many notes are worth listing.
const NOTES: usize = 200;
/// How many cells of one table are looked at to tell the edition.
const CELLS: usize = 5_000;

/// Reads a report out of a document; the year that is given is that of a document whose title has none.
///
/// # Errors
/// A document without tables and headings of the form, or without a year, is refused.
pub fn recognise(
    doc: &Doc,
    editions: &[Arc<Edition>],
    given_year: Option<u16>,
) -> Result<Recognised, RecogniseError> {
    if let Some(paper) = own::paper_of(doc) {
        return Err(paper.into());
    }
    let mut notes = doc.notes.clone();
    let year = cover::year_of(doc, given_year, &mut notes);
    let by_tables = edition_of(doc, editions, year);
    let by_year = year.and_then(|year| editions.iter().find(|edition| edition.covers(year)));
    let Some(edition) = by_tables.or(by_year).or(editions.last()) else {
        return Err(RecogniseError::NoReport);
    };
    let doc = &second::without(parts::with_own_headings(doc, edition), edition, &mut notes);
    let starts = parts::headings(doc, edition);
    if by_tables.is_none() && starts.iter().flatten().count() < 2 {
        return Err(RecogniseError::NoReport);
    }
    let year = year.ok_or(RecogniseError::NoYear)?;
    if by_tables.is_none() && by_year.is_none() {
        let first = editions.iter().map(|edition| edition.years.0).min();
        let first = first.unwrap_or_default();
        return Err(RecogniseError::NoEdition { year, first });
    }
    if !edition.covers(year) {
        notes.push(format!(
            "报告年份是{year}年，表格却是{}，已按表格导入",
            edition.name
        ));
    }
    let mut report = Report::new(Arc::clone(edition), year);
    cover::enter(doc, &mut report, &mut notes);
    let parts = parts::parts(doc, edition, &starts);
    let mut left = left::of_site(doc, edition, &starts);
    let own_tables = enter_tables(&parts, &mut report, &mut notes);
    lost::leave_totals(doc.wholeness, &mut report, &mut notes);
    left.extend(enter_passages(&parts, own_tables, &mut report));
    note_missing(edition, &starts, &mut notes);
    if notes.len() > NOTES {
        let more = notes.len() - NOTES;
        notes.truncate(NOTES);
        notes.push(format!("另有{more}条说明没有列出"));
    }
    // What is left out is always said, all of it.
    notes.extend(left.iter().map(Left::note));
    Ok(Recognised {
        report,
        notes,
        left,
    })
}

/// The edition whose own labels the tables carry; `None` when they carry none. What the tables
/// leave open the year decides.
fn edition_of<'a>(
    doc: &Doc,
    editions: &'a [Arc<Edition>],
    year: Option<u16>,
) -> Option<&'a Arc<Edition>> {
    let mut printed = String::new();
    for block in &doc.blocks {
        match block {
            Block::Table(table) => {
                for cell in table.cells.iter().take(CELLS) {
                    printed.push_str(&fold(&cell.text));
                }
            }
            Block::Heading { text, .. } | Block::Paragraph(text) if !is_prose(text) => {
                printed.push_str(&fold(text));
            }
            _ => {}
        }
    }
    let score = |edition: &Edition| {
        let labels = tables::telling_labels(edition);
        let labels: Vec<_> = labels
            .iter()
            .filter(|label| label.chars().count() > 2)
            .collect();
        let found = labels
            .iter()
            .filter(|label| printed.contains(label.as_str()));
        let found = found.count();
        (found >= 3).then(|| (found * 2).cast_signed() - labels.len().cast_signed())
    };
    let scored = editions
        .iter()
        .filter_map(|edition| Some((edition, score(edition)?)));
    let fits = |edition: &Edition| year.is_some_and(|year| edition.covers(year));
    scored
        .max_by_key(|(edition, score)| (*score, fits(edition)))
        .map(|(edition, _)| edition)
}

/// Enters the text of the narrative sections, a paragraph a line; returns what text found no place.
fn enter_passages(parts: &[Vec<&Block>], has_own_tables: bool, report: &mut Report) -> Vec<Left> {
    let edition = Arc::clone(report.edition());
    let mut out = left::Collector::new(&edition);
    for (index, (section, part)) in edition.sections.iter().zip(parts).enumerate() {
        out.section = index;
        match &section.body {
            form::SectionBody::Passage { field, .. } => {
                let lines = passage(section, part, has_own_tables, &mut out);
                let lines = if section.heading.is_empty() {
                    parts::tidy_preface(lines, &edition, &report.title(), &mut out)
                } else {
                    lines
                };
                let entry = Entry::read(form::Kind::Prose, &lines.join("\n"));
                report.apply(Edit::Enter(*field, entry));
            }
            form::SectionBody::Table(table) => {
                let labels = tables::all_labels(table);
                for block in part {
                    if let Block::Heading { text, .. } | Block::Paragraph(text) = block
                        && !tables::is_of(&labels, text)
                    {
                        out.add(&format!("“{}”中表格以外的文字", section.label), text);
                    }
                }
            }
        }
    }
    out.left
}

/// The lines of a passage.
fn passage(
    section: &form::Section,
    part: &[&Block],
    has_own_tables: bool,
    out: &mut left::Collector<'_>,
) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for block in part {
        match block {
            Block::Paragraph(text) if text.chars().all(|c| c.is_ascii_digit()) => {
                out.add("像页码的数字", text);
            }
            Block::Heading { text, .. } | Block::Paragraph(text) => lines.push(text.clone()),
            // Before the first heading stands only what the site says about the page.
            Block::Table(table) if section.heading.is_empty() => {
                for line in flatten(table).iter().filter(|_| has_own_tables) {
                    out.add("正文前的表格", line);
                }
            }
            Block::Table(table) => lines.extend(flatten(table)),
        }
    }
    lines
}

fn source(block: &Block) -> Source<'_> {
    match block {
        Block::Table(table) => Source::Table(table),
        Block::Heading { text, .. } | Block::Paragraph(text) => Source::Line(text),
    }
}

/// Enters the cells of the statutory tables; says whether every one of them stood in its own section.
fn enter_tables(parts: &[Vec<&Block>], report: &mut Report, notes: &mut Vec<String>) -> bool {
    let edition = Arc::clone(report.edition());
    let mut found_any = false;
    let mut all_own = true;
    for (section, part) in edition.sections.iter().zip(parts) {
        let form::SectionBody::Table(table) = &section.body else {
            continue;
        };
        let own: Vec<Source<'_>> = part.iter().map(|block| source(block)).collect();
        let is_own = own.iter().any(Source::has_figures);
        all_own &= is_own;
        let tables = || parts.iter().flatten().map(|block| source(block));
        let pool: Vec<Source<'_>> = if is_own {
            own
        } else {
            tables()
                .filter(|source| matches!(source, Source::Table(_)))
                .collect()
        };
        let mut said = Vec::new();
        let mut trial = report.clone();
        let count = tables::read_table(&section.label, table, &pool, &mut trial, &mut said);
        // A stray row of another table with a familiar label is no table, unless it says which it is.
        let is_found = is_own
            || count * 2 > table.lines.len()
            || (count > 0 && tables::are_captioned(table, &pool));
        if is_found {
            *report = trial;
            notes.extend(said);
        }
        if count == 0 || !is_found {
            notes.push(format!("“{}”的表格没有找到，请自行填写", section.label));
        } else {
            found_any = true;
        }
    }
    if found_any {
        let open = report.open_cells().count();
        if open > 0 {
            notes.push(format!("表格中有{open}格没有数字，导入后仍是空白"));
        }
    } else {
        notes.push("只导入了文字部分，各表格请自行填写".to_owned());
    }
    all_own
}

fn note_missing(edition: &Edition, starts: &[Option<usize>], notes: &mut Vec<String>) {
    for (section, start) in edition.sections.iter().zip(starts) {
        if !section.heading.is_empty() && start.is_none() {
            notes.push(format!("没有找到“{}”这个标题", section.heading));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_report_is_refused() {
        let doc = Doc {
            title: "甲乡2024年总结".to_owned(),
            blocks: vec![Block::Paragraph("甲".to_owned())],
            ..Doc::default()
        };
        let error = recognise(&doc, form::all(), None).unwrap_err();
        assert_eq!(error, RecogniseError::NoReport);
        let doc = Doc {
            title: "甲乡2024年政府信息公开工作年度报告自查表".to_owned(),
            ..doc
        };
        let error = recognise(&doc, form::all(), None).unwrap_err();
        assert_eq!(error, RecogniseError::Own(OwnPaper::CheckSheet));
    }

    #[test]
    fn headings_without_tables_make_a_report_of_text() {
        let edition = form::by_id("2021").unwrap();
        let mut doc = Doc::default();
        for (section, _) in edition.passages() {
            if !section.heading.is_empty() {
                doc.blocks.push(Block::Paragraph(section.heading.clone()));
            }
            doc.blocks.push(Block::Paragraph("甲。".to_owned()));
            doc.blocks.push(Block::Paragraph("乙。".to_owned()));
        }
        assert_eq!(
            recognise(&doc, form::all(), None).unwrap_err(),
            RecogniseError::NoYear
        );
        let found = recognise(&doc, form::all(), Some(2022)).unwrap();
        assert_eq!(found.report.year(), 2022);
        for (_, field) in edition.passages() {
            assert_eq!(found.report.text(field), "甲。\n乙。");
        }
        assert!(
            found
                .notes
                .iter()
                .any(|note| note.starts_with("只导入了文字"))
        );
    }
}
