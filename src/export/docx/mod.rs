//! Writes a [`Doc`] as a Word document set out like an official paper.
//!
//! The body is built with docx-rs, put into schema order and packed; nothing here knows the form.

mod normal;
mod package;
mod style;
mod table;

use std::fmt::Display;
use std::io::Write;

use docx_rs::{
    AlignmentType, BreakType, DocGrid, DocGridType, Docx, FieldCharType, Footer, Header, InstrPAGE,
    InstrText, LineSpacing, LineSpacingType, PageMargin, Paragraph, Run, RunFonts, Style,
};

use crate::doc::{Block, Doc, sheet, title};
use crate::export::ExportError;
use crate::layout::{self, Library, SetPlan};
use crate::report::Choices;
use crate::report::headings::run_in_heading;
use crate::text::LINE_BREAKS;

/// A document as a `.docx` file, its tables broken as the fonts of this computer ask for.
///
/// # Errors
/// As [`write()`].
pub fn bytes(doc: &Doc, choices: &Choices) -> Result<Vec<u8>, ExportError> {
    let mut bytes = Vec::new();
    write(doc, choices, Library::system(), &mut bytes)?;
    Ok(bytes)
}

/// Writes the report as a `.docx` file; the same report and fonts always give the same bytes.
///
/// The fonts only say where the tables go on to another page.
///
/// # Errors
///
/// [`ExportError::Build`] when two cells of a table lie on each other,
/// [`ExportError::Write`] when `out` does not take the bytes.
pub fn write(
    doc: &Doc,
    choices: &Choices,
    library: &Library,
    out: &mut dyn Write,
) -> Result<(), ExportError> {
    let plan = layout::plan(doc, choices, library);
    let bytes = package::pack(doc, choices, build(doc, choices, &plan)?)?;
    out.write_all(&bytes)?;
    Ok(())
}

/// A failure inside the writer, told in the words of its cause.
fn broken(reason: impl Display) -> ExportError {
    ExportError::Build {
        format: "DOCX",
        reason: reason.to_string(),
    }
}

fn build(doc: &Doc, choices: &Choices, plan: &SetPlan) -> Result<Docx, ExportError> {
    let mut docx = style::all(choices)
        .into_iter()
        .fold(page(choices), Docx::add_style)
        .footer(footer(style::FOOTER_ODD))
        .even_footer(footer(style::FOOTER_EVEN));
    if !doc.mark.is_empty() {
        let header = || Header::new().add_paragraph(paragraph(style::HEADER, &doc.mark));
        docx = docx.header(header()).even_header(header());
    }
    if !doc.title.is_empty() {
        let title = title::title_lines_of(&doc.title, choices.title_size).join("\n");
        docx = docx.add_paragraph(paragraph(style::TITLE, &title));
    }
    if !doc.number.is_empty() {
        docx = docx.add_paragraph(paragraph(style::NUMBER, &doc.number));
    }
    if !(doc.title.is_empty() && doc.number.is_empty()) {
        docx = docx.add_paragraph(Paragraph::new().style(style::BODY));
    }
    let mut after_table = false;
    let blocks = doc.blocks.iter().enumerate();
    for (number, block) in blocks.filter(|(_, block)| is_printed(block)) {
        // Two tables without a paragraph between them would grow together.
        if after_table && matches!(block, Block::Table(_)) {
            docx = docx.add_paragraph(Paragraph::new().style(style::BODY));
        }
        docx = match block {
            Block::Heading { level, text } => {
                docx.add_paragraph(paragraph(style::heading(*level), text))
            }
            Block::Paragraph(text) => {
                let mut paragraph = body(text, choices);
                if plan.company == Some(number) {
                    paragraph = paragraph.keep_next(true);
                }
                docx.add_paragraph(if plan.ragged.contains(&number) {
                    paragraph.align(AlignmentType::Left)
                } else {
                    paragraph
                })
            }
            Block::Table(table) => {
                let parting = plan.partings.get(&number).cloned().unwrap_or_default();
                docx.add_table(table::build(table, choices, &parting)?)
            }
        };
        after_table = matches!(block, Block::Table(_));
    }
    if after_table || !doc.signature.is_empty() {
        docx = docx.add_paragraph(Paragraph::new().style(style::BODY));
    }
    Ok(signature(doc, choices)
        .into_iter()
        .fold(docx, Docx::add_paragraph))
}

/// A paragraph of text; the heading it may begin with looks like one.
fn body(text: &str, choices: &Choices) -> Paragraph {
    let found = run_in_heading(text).filter(|(level, _)| *level == 2 || choices.bold_third);
    let parts = found.and_then(|(level, end)| Some((level, text.split_at_checked(end)?)));
    let Some((level, (heading, rest))) = parts else {
        return paragraph(style::BODY, text);
    };
    let look = if level == 2 {
        style::RUN_IN
    } else {
        style::RUN_IN_THIRD
    };
    Paragraph::new()
        .style(style::BODY)
        .add_run(run(heading).style(look))
        .add_run(run(rest))
}

/// The closing lines, each with its room on the right; they stay on one page.
fn signature(doc: &Doc, choices: &Choices) -> Vec<Paragraph> {
    let last = doc.signature.len();
    let lines = doc
        .signature_lines()
        .zip(1..)
        .map(|((line, room), number)| {
            let twips = i32::try_from(room).unwrap_or(0) * i32::from(choices.body_size) / 10;
            paragraph(style::SIGNATURE, line)
                .indent(None, None, Some(twips), None)
                .keep_next(number < last)
        });
    lines.collect()
}

/// Word calls a table without squares damaged, so such a table is left out.
fn is_printed(block: &Block) -> bool {
    !matches!(block, Block::Table(table) if table.rows == 0 || table.columns == 0)
}

fn page(choices: &Choices) -> Docx {
    // A grid that text snaps to makes LibreOffice part headings from their tables.
    let grid = DocGrid::new()
        .grid_type(DocGridType::Default)
        .line_pitch(usize::from(choices.line_pitch));
    let mut docx = Docx::new()
        .page_size(u32::from(sheet::PAGE_WIDTH), u32::from(sheet::PAGE_HEIGHT))
        .page_margin(PageMargin {
            top: sheet::TOP.into(),
            left: sheet::LEFT.into(),
            bottom: sheet::BOTTOM.into(),
            right: sheet::RIGHT.into(),
            header: sheet::HEADER.into(),
            footer: sheet::FOOTER.into(),
            gutter: 0,
        })
        .default_fonts(style::fonts(&choices.body_font, choices))
        .default_size(usize::from(choices.body_size));
    docx.document.section_property = docx.document.section_property.doc_grid(grid);
    docx
}

/// The page number with a dash on either side; each part of the field is a run of its own.
fn footer(style: &str) -> Footer {
    let mark = |kind| run("").add_field_char(kind, false);
    let runs = [
        run("— "),
        mark(FieldCharType::Begin),
        run("").add_instr_text(InstrText::PAGE(InstrPAGE::new())),
        mark(FieldCharType::Separate),
        run("1"),
        mark(FieldCharType::End),
        run(" —"),
    ];
    let paragraph = runs
        .into_iter()
        .fold(Paragraph::new().style(style), Paragraph::add_run);
    Footer::new().add_paragraph(paragraph)
}

fn paragraph(style: &str, text: &str) -> Paragraph {
    let paragraph = Paragraph::new().style(style);
    if text.is_empty() {
        return paragraph;
    }
    paragraph.add_run(run(text))
}

/// A run whose line breaks and tabs are elements of their own, as docx-rs drops them from text.
fn run(text: &str) -> Run {
    // The hint takes quotation marks and dashes from the Chinese font.
    let mut run = Run::new().fonts(RunFonts::new().hint("eastAsia"));
    let text = text.replace("\r\n", "\n");
    let mut piece = String::new();
    for c in text.chars() {
        match c {
            c if LINE_BREAKS.contains(&c) => {
                run = flush(run, &mut piece).add_break(BreakType::TextWrapping);
            }
            '\t' => run = flush(run, &mut piece).add_tab(),
            // XML 1.0 has no way to write these characters.
            '\0'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => {}
            other => piece.push(other),
        }
    }
    flush(run, &mut piece)
}

fn flush(run: Run, piece: &mut String) -> Run {
    if piece.is_empty() {
        return run;
    }
    run.add_text(std::mem::take(piece))
}

/// Lines of one fixed height, which no substituted font can stretch.
fn exact(line: u16) -> LineSpacing {
    LineSpacing::new()
        .line_rule(LineSpacingType::Exact)
        .line(i32::from(line))
}

/// Sets the line height of a style.
fn with_line(style: Style, line: u16) -> Style {
    style.line_spacing(exact(line))
}

#[cfg(test)]
mod tests;
