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
    BreakType, DocGrid, DocGridType, Docx, FieldCharType, Footer, InstrPAGE, InstrText,
    LineSpacing, LineSpacingType, PageMargin, Paragraph, Run, RunFonts, Style,
};

use crate::doc::{Block, Doc};
use crate::export::ExportError;

/// Distance between two lines of text in twips: 22 lines fill the type area.
const LINE_PITCH: u16 = 578;

/// Longest title, in characters, that stays on one line.
const TITLE_LINE: usize = 19;

/// Writes the report as a `.docx` file; the same report always gives the same bytes.
///
/// # Errors
///
/// [`ExportError::Build`] when two cells of a table lie on each other,
/// [`ExportError::Write`] when `out` does not take the bytes.
pub fn write(doc: &Doc, out: &mut dyn Write) -> Result<(), ExportError> {
    let bytes = package::pack(doc, build(doc)?)?;
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

fn build(doc: &Doc) -> Result<Docx, ExportError> {
    let mut docx = style::all()
        .into_iter()
        .fold(page(), Docx::add_style)
        .footer(footer(style::FOOTER_ODD))
        .even_footer(footer(style::FOOTER_EVEN));
    if !doc.title.is_empty() {
        docx = docx
            .add_paragraph(paragraph(style::TITLE, &title_lines(&doc.title)))
            .add_paragraph(Paragraph::new().style(style::BODY));
    }
    let mut after_table = false;
    for block in doc.blocks.iter().filter(|block| is_printed(block)) {
        // Two tables without a paragraph between them would grow together.
        if after_table && matches!(block, Block::Table(_)) {
            docx = docx.add_paragraph(Paragraph::new().style(style::BODY));
        }
        docx = match block {
            Block::Heading { level, text } => {
                docx.add_paragraph(paragraph(style::heading(*level), text))
            }
            Block::Paragraph(text) => docx.add_paragraph(paragraph(style::BODY, text)),
            Block::Table(table) => docx.add_table(table::build(table)?),
        };
        after_table = matches!(block, Block::Table(_));
    }
    if after_table {
        docx = docx.add_paragraph(Paragraph::new().style(style::BODY));
    }
    Ok(docx)
}

/// Word calls a table without squares damaged, so such a table is left out.
fn is_printed(block: &Block) -> bool {
    !matches!(block, Block::Table(table) if table.rows == 0 || table.columns == 0)
}

fn page() -> Docx {
    let grid = DocGrid::new()
        .grid_type(DocGridType::Lines)
        .line_pitch(usize::from(LINE_PITCH));
    let mut docx = Docx::new()
        .page_size(11906, 16838)
        .page_margin(PageMargin {
            top: 2098,
            left: 1588,
            bottom: 1984,
            right: 1474,
            header: 851,
            footer: 1268,
            gutter: 0,
        })
        .default_fonts(style::fonts(style::FANG_SONG))
        .default_size(style::BODY_SIZE);
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
            '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => {
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

/// Breaks a long title after the year, where its two halves meet by meaning.
fn title_lines(title: &str) -> String {
    if title.chars().count() <= TITLE_LINE || title.contains('\n') {
        return title.to_owned();
    }
    let year_end = title.match_indices('年').find_map(|(at, year)| {
        let name = title
            .get(..at)?
            .trim_end_matches(|c: char| c.is_ascii_digit());
        (!name.is_empty() && at - name.len() == 4).then_some(at + year.len())
    });
    match year_end.and_then(|at| title.split_at_checked(at)) {
        Some((first, rest)) if !rest.is_empty() => format!("{first}\n{rest}"),
        _ => title.to_owned(),
    }
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
