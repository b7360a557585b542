//! Pages to pieces: what repeats on every page is left out, lines become paragraphs, tables go on.

use std::collections::BTreeMap;
use std::time::Instant;

use super::grid;
use super::join;
use super::lines::{self, PlacedLine};
use super::ruled::Ruled;
use super::said::Placed;
use super::{PlacedGlyph, SeenPage};
use crate::doc::{Cell, Table};
use crate::import::ImportError;
use crate::import::assemble::{Piece, numbered_level, role};
use crate::import::furniture::PAGE_NUMBERS;

/// What stands at the head or foot of several pages is called.
const RUNNING: &str = "页眉和页脚";
/// Where running heads stand: the outer parts of a page.
const OUTER: f64 = 1.0 / 8.0;
/// Running heads stand at the same height but for this.
const SAME_HEIGHT: f64 = 6.0;
/// An indent that begins a paragraph, in sizes of the text.
const INDENT: f64 = 1.2;
/// Lines of one paragraph differ in size by less than this part of it.
const SAME_SIZE: f64 = 0.1;
/// The room that only the last line of a paragraph leaves, in sizes of the text.
const SHORT: f64 = 2.2;
/// The most cells of all tables.
const CELLS: usize = 200_000;

/// So many figures side by side are a row of a table.
const BARE: usize = 4;

/// One page, with its glyphs in lines and tables.
struct PlacedPage {
    lines: Vec<PlacedLine>,
    tables: Vec<Ruled>,
    width: f64,
    height: f64,
}

/// The pieces of some pages, unless it takes too long.
pub(in crate::import) fn pieces(
    sheets: &[SeenPage],
    until: Instant,
) -> Result<Placed, ImportError> {
    let mut placed = Placed::default();
    let mut pages = Vec::new();
    let mut cells = 0;
    for sheet in sheets {
        let page = page(sheet);
        let tables = page.tables.iter();
        cells += tables.map(|table| table.cells.len()).sum::<usize>();
        if cells > CELLS || Instant::now() > until {
            return Err(ImportError::TooLarge);
        }
        pages.push(page);
    }
    for (at, page) in pages.iter().enumerate() {
        let outside: usize = page.lines.iter().map(|line| line.unread).sum();
        let cells = page.tables.iter().flat_map(|table| &table.cells);
        let inside = cells.map(|cell| cell.text.matches(lines::UNREAD).count());
        let unread = outside + inside.sum::<usize>();
        if unread > 0 {
            placed.unread.push((at + 1, unread));
        }
    }
    let out = without_running(&mut pages);
    let mut flow = PageFlow::new(&pages);
    for page in pages {
        flow.page(page);
        if Instant::now() > until {
            return Err(ImportError::TooLarge);
        }
    }
    flow.flush();
    for block in flow.blocks {
        let piece = match block {
            PageBlock::Paragraph(text) => Piece::Text(text, None),
            PageBlock::Table(table) => Piece::Table(finished(table, &mut placed)),
        };
        placed.pieces.push(piece);
    }
    let texts = placed.pieces.iter();
    placed.has_bare_rows = texts
        .filter_map(|piece| match piece {
            Piece::Text(text, _) => Some(text.as_str()),
            _ => None,
        })
        .any(is_bare_row);
    placed.pieces.extend(out);
    if let Some(title) = running_title(&placed.pieces) {
        let title = placed.pieces.remove(title);
        if let Piece::Out(_, text) = title {
            placed.pieces.insert(0, Piece::Text(text, None));
        }
    }
    Ok(placed)
}

/// The running head that is the title, where none stands on the pages themselves: sheets are printed so.
fn running_title(pieces: &[Piece]) -> Option<usize> {
    let is_title = |text: &str| text.trim_end().ends_with("报告");
    let is_said = |piece: &Piece| matches!(piece, Piece::Text(text, _) if is_title(text));
    if pieces.iter().any(is_said) {
        return None;
    }
    let is_head = |piece: &Piece| matches!(piece, Piece::Out(what, text) if *what == RUNNING && is_title(text));
    pieces.iter().position(is_head)
}

fn page(sheet: &SeenPage) -> PlacedPage {
    let (tables, cut) = grid::tables(sheet);
    let is_free = |glyph: &PlacedGlyph| {
        let (x, y) = (glyph.area.middle_x(), glyph.area.middle_y());
        !glyph.is_turned && !tables.iter().any(|table| table.area().holds(x, y, 0.5))
    };
    let glyphs = sheet.glyphs.iter().enumerate();
    let free = glyphs.filter(|(at, glyph)| !cut.contains(at) && is_free(glyph));
    let free: Vec<&PlacedGlyph> = free.map(|(_, glyph)| glyph).collect();
    let mut lines = lines::lines(&free);
    lines.retain(|line| !line.text.is_empty());
    PlacedPage {
        lines,
        tables,
        width: sheet.width,
        height: sheet.height,
    }
}

/// Whether a text holds figures side by side, as a row of a table does.
fn is_bare_row(text: &str) -> bool {
    let mut count = 0;
    text.split_whitespace().any(|word| {
        let is_figure = word.chars().all(|c| c.is_ascii_digit() || c == '.');
        count = if is_figure { count + 1 } else { 0 };
        count >= BARE
    })
}

/// Takes running heads and page numbers out of the pages.
fn without_running(pages: &mut [PlacedPage]) -> Vec<Piece> {
    let mut seen: BTreeMap<(String, i64), usize> = BTreeMap::new();
    for page in pages.iter() {
        for line in page.lines.iter().filter(|line| is_outer(line, page.height)) {
            for band in bands(line) {
                *seen.entry((levelled(&line.text), band)).or_default() += 1;
            }
        }
    }
    let enough = if pages.len() > 3 { 3 } else { 2 };
    let mut out = Vec::new();
    for page in pages {
        let ys = || page.lines.iter().map(|line| line.area.middle_y());
        let (first, last) = (ys().fold(f64::MAX, f64::min), ys().fold(0.0, f64::max));
        let height = page.height;
        page.lines.retain(|line| {
            let y = line.area.middle_y();
            let is_outermost = (y - first).abs() < 1.0 || (y - last).abs() < 1.0;
            let text = levelled(&line.text);
            let repeats = bands(line).iter().any(|band| {
                seen.get(&(text.clone(), *band))
                    .is_some_and(|n| *n >= enough)
            });
            let is_number = is_outermost && is_page_number(&line.text);
            let is_running = is_outer(line, height) && (repeats || is_number);
            if is_running {
                let what = if is_page_number(&line.text) {
                    PAGE_NUMBERS
                } else {
                    RUNNING
                };
                out.push(Piece::Out(what, line.text.clone()));
            }
            !is_running
        });
    }
    out.sort_by_key(|piece| matches!(piece, Piece::Out(PAGE_NUMBERS, _)));
    out.dedup();
    out
}

fn is_outer(line: &PlacedLine, height: f64) -> bool {
    let y = line.area.middle_y();
    y < height * OUTER || y > height * (1.0 - OUTER)
}

/// The two bands of heights that a line counts in, so that two lines nearly as high share one.
fn bands(line: &PlacedLine) -> [i64; 2] {
    let band = (line.area.middle_y() / SAME_HEIGHT) as i64;
    [band, band + 1]
}

/// A text with its spaces left out and its digits levelled.
fn levelled(text: &str) -> String {
    let letters = text.chars().filter(|c| !c.is_whitespace());
    letters
        .map(|c| if c.is_ascii_digit() { '0' } else { c })
        .collect()
}

/// Whether a line is the number of a page and nothing else.
fn is_page_number(text: &str) -> bool {
    let digits: String = text
        .chars()
        .filter(|c| !c.is_whitespace() && !"-—－–―·第页共/".contains(*c))
        .collect();
    let is_short = (1..=6).contains(&digits.len()) && text.chars().count() <= 14;
    is_short && digits.chars().all(|c| c.is_ascii_digit())
}

enum PageBlock {
    Paragraph(String),
    Table(Ruled),
}

/// What is being put together over lines and pages.
#[derive(Default)]
struct PageFlow {
    blocks: Vec<PageBlock>,
    /// The paragraph that may go on, where its last line ended, and how large it is.
    open: Option<(String, f64, f64)>,
    /// Where lines begin and end on pages that do not tell.
    margins: Option<(f64, f64)>,
}

impl PageFlow {
    fn new(pages: &[PlacedPage]) -> Self {
        let margins = pages.iter().find_map(margins);
        Self {
            margins,
            ..Self::default()
        }
    }

    fn page(&mut self, page: PlacedPage) {
        let (left, right) = margins(&page).or(self.margins).unwrap_or((0.0, page.width));
        let mut events: Vec<(f64, Result<PlacedLine, Ruled>)> = Vec::new();
        let lines = page.lines.into_iter();
        events.extend(lines.map(|line| (line.area.middle_y(), Ok(line))));
        let tables = page.tables.into_iter();
        events.extend(tables.map(|table| (table.area().top, Err(table))));
        events.sort_by(|a, b| a.0.total_cmp(&b.0));
        let mut is_first = true;
        for (_, event) in events {
            match event {
                Ok(line) => self.line(&line, left, right),
                Err(table) => self.table(table, is_first),
            }
            is_first = false;
        }
    }

    fn line(&mut self, line: &PlacedLine, left: f64, right: f64) {
        let indent = line.area.left - left;
        let is_centred = indent > 3.0 * line.size
            && (indent - (right - line.area.right)).abs() < 2.5 * line.size;
        let goes_on = |(text, end, size): &(String, f64, f64)| {
            let is_as_large = (size - line.size).abs() < line.size * SAME_SIZE;
            let is_full = *end >= right - SHORT * line.size;
            let is_heading =
                text.ends_with(['。', '；', '：']) && numbered_level(&line.text).is_some();
            is_full && is_as_large && indent <= INDENT * line.size && !is_heading && !is_centred
        };
        if !self.open.as_ref().is_some_and(goes_on) {
            self.flush();
        }
        // Nothing goes on after a centred line.
        let end = if is_centred {
            f64::MIN
        } else {
            line.area.right
        };
        let (text, last, size) = self.open.get_or_insert_default();
        if lines::are_words(text, &line.text) {
            text.push(' ');
        }
        text.push_str(&line.text);
        (*last, *size) = (end, line.size);
    }

    fn table(&mut self, table: Ruled, is_first: bool) {
        self.flush();
        match self.blocks.last_mut() {
            Some(PageBlock::Table(last)) if is_first && join::goes_on(last, &table) => {
                join::join(last, table);
            }
            _ => self.blocks.push(PageBlock::Table(table)),
        }
    }

    fn flush(&mut self) {
        if let Some((text, ..)) = self.open.take() {
            self.blocks.push(PageBlock::Paragraph(text));
        }
    }
}

/// Where the lines of a page begin and end; `None` when none of them is long enough to tell.
fn margins(page: &PlacedPage) -> Option<(f64, f64)> {
    let long = || {
        let lines = page.lines.iter();
        lines.filter(|line| line.area.width() > page.width * 0.4)
    };
    long().next()?;
    let left = long().map(|line| line.area.left).fold(f64::MAX, f64::min);
    let lines = page.lines.iter();
    let right = lines.map(|line| line.area.right).fold(0.0, f64::max);
    Some((left, right))
}

/// A table as every reader makes it: no figure out of a cell that is not closed or not sure.
fn finished(table: Ruled, placed: &mut Placed) -> Table {
    let mut cells = Vec::new();
    for cell in table.cells {
        let mut text = cell.text.clone();
        let has_digit = text.contains(|c: char| c.is_numeric());
        if !cell.is_closed() && has_digit {
            placed.open.push(text.replace('\n', ""));
            text.retain(|c| !c.is_numeric());
        }
        if cell.is_unread && !text.contains(lines::UNREAD) {
            placed.blurred += 1;
        }
        if cell.is_cut {
            placed.cut += 1;
        }
        if cell.is_unread || cell.is_cut {
            text.clear();
        }
        cells.push(Cell {
            row: cell.row,
            column: cell.column,
            row_span: cell.rows,
            column_span: cell.columns,
            role: role(&text),
            text,
        });
    }
    Table {
        rows: table.rows,
        columns: table.columns,
        cells,
        ..Table::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_running_head_is_the_title_where_no_other_is() {
        let head = Piece::Out(RUNNING, "甲乡2024年政府信息公开工作年度报告".to_owned());
        let text = |text: &str| Piece::Text(text.to_owned(), None);
        let out = Piece::Out(RUNNING, "甲乡".to_owned());
        assert_eq!(
            running_title(&[text("一、甲"), out.clone(), head.clone()]),
            Some(2)
        );
        assert_eq!(running_title(&[text("甲乡2024年年度报告"), head]), None);
        assert_eq!(running_title(&[text("一、甲"), out]), None);
    }
}
