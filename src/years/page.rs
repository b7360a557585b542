//! The years side by side on one page: the table above, the charts in two columns below.
//!
//! It places; what the texts look like, the drawing's own outlets know.

use rust_decimal::prelude::ToPrimitive as _;

use super::{Chart, ComparedYears, YearFigure, YearRow, YearValue};
use crate::doc::{Block, Cell, Doc, Role, Table};
use crate::layout::drawing::{Anchor, DrawnPage, DrawnText};
use crate::layout::{FillShade, Origin, PageFill, PageRule, page_height, page_width};

/// From the edges of the page to what is drawn.
const MARGIN: f32 = 42.0;
/// Type sizes of the title and of the table, in points.
const TITLE: f32 = 17.0;
const TABLE: f32 = 9.0;
/// Height of a row of the table, and how far its texts stand above its lower line.
const ROW: f32 = 13.0;
const FOOT: f32 = 3.8;
/// Width of the names in the table.
const NAMES: f32 = 140.0;
/// Between the columns of charts.
const GUTTER: f32 = 22.0;
/// The highest a line of a chart is, its type as a part of that, and its bar.
const LINE: f32 = 13.0;
const TYPE: f32 = 0.72;
const BAR: f32 = 0.66;
/// The head of a chart, the room below one and below a figure's bars, in lines.
const HEAD: f32 = 1.8;
const BELOW_CHART: f32 = 1.0;
const BELOW_BARS: f32 = 0.35;
/// A digit or a Latin letter in the widest of the fonts, as a part of the type size.
const LATIN: f32 = 0.58;
/// The room for the year before a bar, in type sizes, and between a bar and its figure.
const YEAR: f32 = 2.8;
const GAP: f32 = 0.35;
/// The room for the remarks at the foot of the page, each.
const REMARK: f32 = 11.0;

impl ComparedYears {
    /// The page as a document, for those who hear it, and as it is drawn.
    pub(super) fn page(&self) -> (Doc, DrawnPage) {
        let mut sheet = YearsSheet::default();
        let mut y = sheet.title(&self.title());
        y = sheet.table(self, y) + ROW;
        let remarks = self.remarks();
        let foot = page_height() - MARGIN - REMARK * remarks.len() as f32;
        sheet.charts(&self.charts(), y, foot);
        sheet.remarks(&remarks, foot);
        let doc = Doc {
            issuer: self.issuer().to_owned(),
            year: self.years().last(),
            title: self.title(),
            blocks: sheet.blocks,
            ..Doc::default()
        };
        let drawing = DrawnPage {
            width: page_width(),
            height: page_height(),
            ..sheet.drawing
        };
        (doc, drawing)
    }
}

/// How many lines a chart takes.
fn lines_of(chart: &Chart<'_>) -> f32 {
    let names = f32::from(u8::from(chart.rows.len() > 1));
    let bars = |row: &&YearRow| row.years.len() as f32 + BELOW_BARS + names;
    HEAD + chart.rows.iter().map(bars).sum::<f32>() + BELOW_CHART
}

/// How wide a text is at most, in type sizes.
fn width(text: &str) -> f32 {
    let wide = |c: char| if c.is_ascii() { LATIN } else { 1.0 };
    text.chars().map(wide).sum()
}

/// The size at which a text of a usual size fits into a width.
fn fitted(text: &str, usual: f32, room: f32) -> f32 {
    usual * (room / (width(text) * usual).max(1.0)).min(1.0)
}

/// What a figure is called for programs.
fn data(figure: &YearFigure) -> Vec<(&'static str, String)> {
    let mut data = vec![("year", figure.year.to_string())];
    if !figure.cells.is_empty() {
        data.push(("cells", figure.cells.clone()));
    }
    data
}

/// The page as it is filled.
#[derive(Default)]
struct YearsSheet {
    blocks: Vec<Block>,
    drawing: DrawnPage,
}

impl YearsSheet {
    fn text(&mut self, origin: Origin, text: &str, at: (f32, f32), size: f32, anchor: Anchor) {
        self.drawing.texts.push(DrawnText {
            origin,
            text: text.to_owned(),
            at,
            size,
            anchor,
            data: Vec::new(),
        });
    }

    /// A figure, or the word for its absence.
    fn figure(
        &mut self,
        origin: Origin,
        figure: &YearFigure,
        at: (f32, f32),
        size: f32,
        anchor: Anchor,
    ) {
        self.text(origin, &figure.value.to_string(), at, size, anchor);
        if let Some(drawn) = self.drawing.texts.last_mut() {
            drawn.data = data(figure);
        }
    }

    fn rule(&mut self, from: (f32, f32), to: (f32, f32)) {
        self.drawing.rules.push(PageRule { from, to });
    }

    /// Draws the title; returns where the table begins.
    fn title(&mut self, text: &str) -> f32 {
        let size = fitted(text, TITLE, page_width() - MARGIN * 2.0);
        let at = (page_width() / 2.0, MARGIN + TITLE);
        self.text(Origin::Title, text, at, size, Anchor::Middle);
        MARGIN + TITLE * 2.0
    }

    /// Draws the table; returns its lower end.
    fn table(&mut self, years: &ComparedYears, top: f32) -> f32 {
        let columns = years.reports.len();
        let width = (page_width() - MARGIN * 2.0 - NAMES) / columns as f32;
        let right = |column: usize| MARGIN + NAMES + width * (column + 1) as f32;
        let mut cells: Vec<Cell> = Vec::new();
        let mut y = top;
        let mut cell = |row: usize, column: usize, role: Role, text: &str| {
            cells.push(Cell {
                row,
                column,
                row_span: 1,
                column_span: 1,
                text: text.to_owned(),
                role,
            });
            Origin::Cell(0, cells.len() - 1)
        };
        self.rule((MARGIN, y), (page_width() - MARGIN, y));
        y += ROW;
        let origin = cell(0, 0, Role::Head, "主要数据");
        self.text(
            origin,
            "主要数据",
            (MARGIN + 2.0, y - FOOT),
            TABLE,
            Anchor::Start,
        );
        for (column, year) in years.years().enumerate() {
            let text = format!("{year}年");
            let origin = cell(0, column + 1, Role::Head, &text);
            let at = (right(column) - 4.0, y - FOOT);
            self.text(origin, &text, at, TABLE, Anchor::End);
        }
        self.rule((MARGIN, y), (page_width() - MARGIN, y));
        for (number, row) in years.rows.iter().enumerate() {
            y += ROW;
            let name = format!("{}（{}）", row.label, row.unit);
            let origin = cell(number + 1, 0, Role::Label, &name);
            let size = fitted(&name, TABLE, NAMES - 4.0);
            self.text(origin, &name, (MARGIN + 2.0, y - FOOT), size, Anchor::Start);
            for (column, figure) in row.years.iter().enumerate() {
                let text = figure.value.to_string();
                let origin = cell(number + 1, column + 1, Role::Value, &text);
                let size = fitted(&text, TABLE, width - 8.0);
                let at = (right(column) - 4.0, y - FOOT);
                self.figure(origin, figure, at, size, Anchor::End);
            }
            self.rule((MARGIN, y), (page_width() - MARGIN, y));
        }
        self.blocks.push(Block::Table(Table {
            caption: "主要数据".to_owned(),
            widths: Vec::new(),
            header_rows: 1,
            rows: years.rows.len() + 1,
            columns: columns + 1,
            sums: Vec::new(),
            cells,
        }));
        y
    }

    /// Draws the charts, each in the column that has more room left, all in lines of one height.
    fn charts(&mut self, charts: &[Chart<'_>], top: f32, foot: f32) {
        let (mut left, mut right) = (0.0_f32, 0.0_f32);
        let mut places = Vec::new();
        for chart in charts {
            let is_right = right < left;
            let column = if is_right { &mut right } else { &mut left };
            places.push((is_right, *column));
            *column += lines_of(chart);
        }
        let line = ((foot - top) / left.max(right).max(1.0)).min(LINE);
        let width = (page_width() - MARGIN * 2.0 - GUTTER) / 2.0;
        for (chart, (is_right, above)) in charts.iter().zip(places) {
            let aside = if is_right { width + GUTTER } else { 0.0 };
            self.chart(chart, MARGIN + aside, top + above * line, width, line);
        }
    }

    fn chart(&mut self, chart: &Chart<'_>, left: f32, top: f32, width: f32, line: f32) {
        let size = line * TYPE;
        let heading = Origin::Block(self.blocks.len());
        let origin = Origin::Block(self.blocks.len() + 1);
        let mut y = top + line * (HEAD - 0.6);
        let large = fitted(&chart.title, size * 1.15, width);
        self.text(heading, &chart.title, (left, y), large, Anchor::Start);
        self.rule((left, y + line * 0.35), (left + width, y + line * 0.35));
        y = top + line * HEAD;
        let figures = || chart.rows.iter().flat_map(|row| &row.years);
        let room = figures().map(|figure| self::width(&figure.value.to_string()));
        let room = room.fold(0.0, f32::max) * size;
        let start = left + YEAR * size;
        let longest = (left + width - start - room - GAP * size).max(0.0);
        let most = figures().map(|figure| length(figure.value));
        let most = most.fold(0.0, f32::max);
        let mut said = Vec::new();
        for row in &chart.rows {
            if chart.rows.len() > 1 {
                y += line;
                self.text(
                    origin,
                    &row.label,
                    (left, y - line * 0.25),
                    size,
                    Anchor::Start,
                );
                said.push(row.label.clone());
            }
            for (number, figure) in row.years.iter().enumerate() {
                let foot = y + line * 0.76;
                let year = figure.year.to_string();
                let at = (start - GAP * size, foot);
                self.text(origin, &year, at, size, Anchor::End);
                let mut end = start;
                if most > 0.0 {
                    end += longest * length(figure.value) / most;
                }
                if end > start {
                    let inset = line * (1.0 - BAR) / 2.0;
                    let is_newest = number + 1 == row.years.len();
                    self.drawing.fills.push(PageFill {
                        from: (start, y + inset),
                        to: (end, y + line - inset),
                        shade: if is_newest {
                            FillShade::Strong
                        } else {
                            FillShade::Pale
                        },
                    });
                }
                self.figure(
                    origin,
                    figure,
                    (end + GAP * size, foot),
                    size,
                    Anchor::Start,
                );
                said.push(format!("{year} {}", figure.value));
                y += line;
            }
            y += line * BELOW_BARS;
        }
        self.blocks.push(Block::Heading {
            level: 1,
            text: chart.title.clone(),
        });
        self.blocks.push(Block::Paragraph(said.join(" ")));
    }

    fn remarks(&mut self, remarks: &[String], top: f32) {
        for (number, remark) in remarks.iter().enumerate() {
            let origin = Origin::Block(self.blocks.len());
            let y = top + REMARK * (number + 1) as f32;
            let size = fitted(remark, 8.0, page_width() - MARGIN * 2.0);
            self.text(origin, remark, (MARGIN, y), size, Anchor::Start);
            self.blocks.push(Block::Paragraph(remark.clone()));
        }
    }
}

/// How long the bar of a figure is beside others; only for the eye.
pub(super) fn length(value: YearValue) -> f32 {
    match value {
        YearValue::Figure(number) => number.decimal().to_f32().unwrap_or_default().max(0.0),
        YearValue::Blank | YearValue::Absent => 0.0,
    }
}
