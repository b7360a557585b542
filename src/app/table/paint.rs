//! Draws a table: squares, labels, figures, marks, selection and the cell being edited.
//!
//! It only looks; nothing here changes the state.

use std::sync::Arc;

use egui::emath::GuiRounding as _;
use egui::text::CCursor;
use egui::{
    Align2, Color32, CornerRadius, FontId, Galley, Mesh, Painter, Rect, Shape, Stroke, StrokeKind,
    pos2, vec2,
};

use crate::app::table::editor::Editor;
use crate::app::table::face::{CellText, shown};
use crate::app::table::layout::GridLayout;
use crate::app::table::sheet::Span;
use crate::app::table::state::GridState;
use crate::app::table::{CellMark, GridInput, GridPalette, face, handle, sheet};
use crate::app::widgets::fit::fitting;
use crate::check::Level;
use crate::form::{FieldId, Square, SquareContent};

/// Everything the parts of a drawing share.
pub(super) struct Drawing<'a> {
    pub input: &'a GridInput<'a>,
    pub state: &'a GridState,
    pub layout: &'a GridLayout,
    pub painter: Painter,
    pub font: FontId,
    pub focused: bool,
}

impl Drawing<'_> {
    fn palette(&self) -> &GridPalette {
        self.input.palette
    }

    fn small(&self) -> FontId {
        FontId::new((self.font.size * 0.72).max(9.0), self.font.family.clone())
    }

    /// Draws the whole table: the body, the header above it, and the editor above both.
    pub fn draw(&self) {
        let grid = &self.input.table.grid;
        let span = self.state.span(grid);
        let labelled = || grid.squares.iter().zip(&self.layout.labels);
        for header in [false, true] {
            for (square, label) in labelled() {
                if self.layout.in_header(square) == header {
                    self.square(square, label.as_ref(), span.as_ref());
                }
            }
        }
        self.cursor();
        if let Some(editor) = &self.state.editor {
            self.editor(editor);
        }
    }

    fn square(&self, square: &Square, label: Option<&Arc<Galley>>, span: Option<&Span>) {
        let rect = self.snap(self.layout.rect(square));
        if !self.painter.clip_rect().intersects(rect.expand(1.0)) {
            return;
        }
        self.fill(rect, self.background(square, span));
        match (&square.content, label) {
            (SquareContent::Value(id), _) => self.figure(*id, rect),
            (SquareContent::Head(_), Some(galley)) => {
                let pos = pos2(rect.center().x, rect.center().y - galley.size().y / 2.0);
                self.painter
                    .galley(pos, galley.clone(), self.palette().text);
            }
            (_, Some(galley)) => {
                let middle = self.middle_in_sight(rect, galley.size().y);
                let pos = pos2(rect.left() + 5.0, middle - galley.size().y / 2.0);
                self.painter
                    .galley(pos, galley.clone(), self.palette().text);
            }
            _ => {}
        }
        self.borders(rect);
    }

    /// The middle of what can be seen of a tall square, so that its label stays in sight.
    fn middle_in_sight(&self, rect: Rect, label: f32) -> f32 {
        let mut sight = self.painter.clip_rect();
        if self.layout.header_shift > 0.0 {
            sight.min.y += self.layout.header_height();
        }
        let seen = rect.intersect(sight);
        let room = (rect.height() - label).max(0.0) / 2.0;
        let middle = rect.center().y;
        if seen.height() <= 0.0 {
            return middle;
        }
        seen.center().y.clamp(middle - room, middle + room)
    }

    fn snap(&self, rect: Rect) -> Rect {
        rect.round_to_pixels(self.painter.pixels_per_point())
    }

    fn fill(&self, rect: Rect, color: Color32) {
        // Two triangles; a rectangle of egui's has eight more for an edge that cannot be seen on whole pixels.
        let mut mesh = Mesh::default();
        mesh.add_colored_rect(self.snap(rect), color);
        self.painter.add(mesh);
    }

    /// Filled rectangles on whole pixels stay sharp and cost less than strokes.
    fn borders(&self, rect: Rect) {
        let width = 1.0 / self.painter.pixels_per_point();
        let color = self.palette().line;
        let across = |y: f32| {
            Rect::from_min_max(pos2(rect.left(), y), pos2(rect.right() + width, y + width))
        };
        let down = |x: f32| {
            Rect::from_min_max(pos2(x, rect.top()), pos2(x + width, rect.bottom() + width))
        };
        self.fill(across(rect.top()), color);
        self.fill(across(rect.bottom()), color);
        self.fill(down(rect.left()), color);
        self.fill(down(rect.right()), color);
    }

    fn background(&self, square: &Square, span: Option<&Span>) -> Color32 {
        let palette = self.palette();
        let selected = span.is_some_and(|span| span.touches(square));
        match square.content {
            SquareContent::Value(id) => {
                let several = self.state.corners.is_some();
                let active = self.state.selected(self.input.table) == Some(id);
                if several && active {
                    palette.paper
                } else if selected && (several || self.focused) {
                    palette.selection
                } else if self.input.report.edition().field(id).is_total() {
                    palette.total
                } else {
                    palette.paper
                }
            }
            _ if self.focused && span.is_some_and(|span| self.names(square, span)) => {
                palette.crosshair
            }
            SquareContent::Head(_) => palette.head,
            SquareContent::Label(_) => palette.label,
        }
    }

    /// Whether a heading names a selected figure: it stands in its rows or in its columns.
    fn names(&self, heading: &Square, span: &Span) -> bool {
        let rows =
            |first: usize, last: usize| first <= *span.rows.end() && last >= *span.rows.start();
        match heading.content {
            SquareContent::Label(_) => rows(heading.row, heading.row + heading.row_span - 1),
            SquareContent::Head(_) => {
                heading.column <= *span.columns.end()
                    && heading.column + heading.column_span > *span.columns.start()
                    && sheet::spoken_of(&self.input.table.grid, heading)
                        .is_some_and(|(first, last)| rows(first.row, last.row))
            }
            SquareContent::Value(_) => false,
        }
    }

    fn figure(&self, id: FieldId, rect: Rect) {
        let palette = self.palette();
        let painter = self
            .painter
            .with_clip_rect(self.painter.clip_rect().intersect(rect));
        let shown = shown(self.input, self.state, id);
        let ink = match &shown {
            CellText {
                unreadable: true, ..
            } => palette.error,
            CellText { derived: true, .. } => palette.weak,
            _ => palette.text,
        };
        let inner = rect.shrink2(vec2(5.0, 3.0));
        let ghost = face::ghost(self.input, id);
        let line = rect.height() > 2.1 * self.font.size + 6.0;
        let crowded =
            line && face::is_crowded(self.input, self.state, id, inner.width(), self.font.size);
        let anchor = if crowded {
            Align2::RIGHT_BOTTOM
        } else {
            Align2::RIGHT_CENTER
        };
        let mark = self.input.marks.get(&id);
        let proposed = self.input.proposed(id).filter(|_| shown.blank);
        match proposed {
            Some(number) => self.proposed(&painter, inner, &number.to_string()),
            None if shown.blank => self.blank_hint(&painter, inner, mark),
            None => {}
        }
        let galley = fitting(&self.painter, &shown.text, &self.font, inner.width(), ink);
        let place = anchor.align_size_within_rect(galley.size(), inner);
        painter.galley(place.min, galley, ink);
        if shown.unreadable {
            wave(&painter, place, palette.error);
        }
        let remark = match (&shown.differs, ghost) {
            (Some(derived), _) => Some((format!("≠{derived}"), palette.error)),
            (None, Some(ghost)) => Some((ghost, palette.ghost)),
            (None, None) => None,
        };
        if let Some((remark, ink)) = remark {
            let (at, anchor) = if crowded {
                (rect.left_top() + vec2(4.0, 1.0), Align2::LEFT_TOP)
            } else {
                let base = place.bottom() - self.font.size * 0.18;
                let badge = if mark.is_some() && !shown.blank {
                    self.badge()
                } else {
                    0.0
                };
                (pos2(rect.left() + 4.0 + badge, base), Align2::LEFT_BOTTOM)
            };
            painter.text(at, anchor, remark, self.small(), ink);
        }
        if let Some(mark) = mark.filter(|_| !shown.blank) {
            self.mark(&painter, rect, mark.level);
        }
        if self.input.chosen.contains(&id) {
            self.dashes(&painter, rect);
        }
    }

    /// Three dots, as a paper form leaves room to be filled in: a blank never looks like a 0.
    ///
    /// The dots are the mark of a blank as well: a border around each would fill a new form with red.
    fn blank_hint(&self, painter: &Painter, inner: Rect, mark: Option<&CellMark<'_>>) {
        let ink = mark.map_or(self.palette().hint, |mark| self.level(mark.level));
        let y = inner.center().y + self.font.size * 0.32;
        for dot in 0..3_u8 {
            let x = inner.right() - 2.0 - 6.0 * f32::from(dot);
            painter.circle_filled(pos2(x, y), 1.3, ink);
        }
    }

    /// A figure that waits to be taken: faint, on a dashed line, so that it never looks like one that stands there.
    fn proposed(&self, painter: &Painter, inner: Rect, figure: &str) {
        let ink = self.palette().advice;
        let galley = fitting(&self.painter, figure, &self.font, inner.width(), ink);
        let place = Align2::RIGHT_CENTER.align_size_within_rect(galley.size(), inner);
        painter.galley_with_override_text_color(place.min, galley, ink.gamma_multiply(0.75));
        let line = [
            pos2(place.left().min(inner.right() - 14.0), place.bottom() - 1.0),
            pos2(inner.right(), place.bottom() - 1.0),
        ];
        painter.extend(Shape::dashed_line(&line, Stroke::new(1.0, ink), 3.0, 2.0));
    }

    /// The side of the badge that marks a finding.
    fn badge(&self) -> f32 {
        self.font.size * 0.7
    }

    fn level(&self, level: Level) -> Color32 {
        match level {
            Level::Error => self.palette().error,
            Level::Query => self.palette().query,
            Level::Advice => self.palette().advice,
        }
    }

    /// A badge with a sign of its own for each level; an error has a thick border too, a query a
    /// thin one: the levels are told apart without their colours.
    fn mark(&self, painter: &Painter, rect: Rect, level: Level) {
        let (sign, border) = match level {
            Level::Error => ("!", 2.0),
            Level::Query => ("?", 1.0),
            Level::Advice => ("i", 0.0),
        };
        let color = self.level(level);
        let inner = rect.shrink(1.0);
        if border > 0.0 {
            let stroke = Stroke::new(border, color);
            painter.rect_stroke(inner, CornerRadius::ZERO, stroke, StrokeKind::Inside);
        }
        let size = self.badge();
        let badge = Rect::from_min_size(inner.min, vec2(size, size));
        self.fill(badge, color);
        let font = FontId::new(size * 0.9, self.font.family.clone());
        let ink = self.palette().paper;
        painter.text(badge.center(), Align2::CENTER_CENTER, sign, font, ink);
    }

    /// A dashed border around every cell of the finding that is being looked at.
    fn dashes(&self, painter: &Painter, rect: Rect) {
        let inner = rect.shrink(3.5);
        let corners = [
            inner.left_top(),
            inner.right_top(),
            inner.right_bottom(),
            inner.left_bottom(),
            inner.left_top(),
        ];
        let stroke = Stroke::new(1.5, self.palette().cursor);
        painter.extend(Shape::dashed_line(&corners, stroke, 4.0, 3.0));
    }

    fn cursor(&self) {
        let grid = &self.input.table.grid;
        let square = self
            .state
            .cursor
            .and_then(|place| grid.at(place.row, place.column));
        let Some(square) = square else { return };
        let width = if self.focused { 2.0 } else { 1.0 };
        let rect = self.snap(self.layout.rect(square)).expand(1.0);
        let stroke = Stroke::new(width, self.palette().cursor);
        let painter = self.below_header();
        painter.rect_stroke(rect, CornerRadius::ZERO, stroke, StrokeKind::Inside);
        if let Some(rect) = handle::rect(self.state, self.layout, grid) {
            let rim = Stroke::new(1.0, self.palette().paper);
            let color = self.palette().cursor;
            painter.rect(
                self.snap(rect),
                CornerRadius::ZERO,
                color,
                rim,
                StrokeKind::Inside,
            );
        }
    }

    /// Paints over the header's lower edge but not into it: the ring of a cell below it stays whole.
    fn below_header(&self) -> Painter {
        let mut sight = self.painter.clip_rect();
        if self.layout.header_shift > 0.0 {
            let edge = self.snap(self.layout.header()).bottom() - 1.0;
            sight.min.y = sight.min.y.max(edge);
        }
        self.painter.with_clip_rect(sight)
    }

    /// The text being typed, as wide as it needs to be.
    fn editor(&self, editor: &Editor) {
        let palette = self.palette();
        let Some(square) = self.input.table.grid.square_of(editor.field) else {
            return;
        };
        let cell = self.snap(self.layout.rect(square));
        let galley =
            self.painter
                .layout_no_wrap(editor.text.clone(), self.font.clone(), palette.text);
        let lacking = (galley.size().x + 12.0 - cell.width()).max(0.0);
        let room = (cell.left() - self.painter.clip_rect().left() - 2.0).max(0.0);
        let rect = Rect::from_min_max(
            cell.min - vec2(lacking.min(room), 0.0),
            cell.max + vec2((lacking - room).max(0.0), 0.0),
        )
        .expand(1.0);
        self.fill(rect, palette.paper);
        let stroke = Stroke::new(2.0, palette.cursor);
        self.painter
            .rect_stroke(rect, CornerRadius::ZERO, stroke, StrokeKind::Inside);
        let place = Align2::RIGHT_CENTER.align_size_within_rect(galley.size(), rect.shrink(6.0));
        let caret = galley
            .pos_from_cursor(CCursor::new(editor.caret))
            .translate(place.min.to_vec2());
        self.painter.galley(place.min, galley, palette.text);
        let caret = Rect::from_min_size(caret.min, vec2(1.5, caret.height()));
        self.fill(caret, palette.cursor);
    }
}

/// A wavy line under a text that is no number.
fn wave(painter: &Painter, text: Rect, color: Color32) {
    let mut points = Vec::new();
    let mut x = text.left();
    let mut up = false;
    while x <= text.right() {
        let y = text.bottom() - if up { 2.0 } else { 0.0 };
        points.push(pos2(x, y));
        x += 2.5;
        up = !up;
    }
    painter.line(points, Stroke::new(1.0, color));
}
