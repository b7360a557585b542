//! A statutory table of figures that are only looked at; each can be chosen by mouse or keys.

use egui::{
    Align2, Color32, FontId, Rect, Role, Sense, Stroke, StrokeKind, TextStyle, Ui, WidgetInfo,
};

use crate::app::table::layout::{GridLayout, GridMeasure};
use crate::app::widgets::theme::{palette, sizes};
use crate::form::{FieldId, Grid, Square, SquareContent};

/// How one figure is shown.
#[derive(Debug, Clone, Default)]
pub struct FigureFace {
    /// The figure; empty where there is none.
    pub text: String,
    /// A remark in the corner; may be empty.
    pub remark: String,
    /// What it is called by a screen reader.
    pub name: String,
    /// Whether it is worth a look.
    pub stands_out: bool,
    /// Whether it is the one that is looked at.
    pub is_chosen: bool,
}

/// The table; which cell was chosen in this frame.
pub fn figures_ui(
    ui: &mut Ui,
    grid: &Grid,
    face: &dyn Fn(FieldId) -> FigureFace,
) -> Option<FieldId> {
    let font = TextStyle::Body.resolve(ui.style());
    let figure = |id| face(id).text;
    let measure = GridMeasure {
        grid,
        font: font.clone(),
        ink: palette(ui).text.0,
        available: ui.available_width() - sizes().unit,
        figure: &figure,
        crowded: &|_, _| false,
    };
    let mut layout = GridLayout::new(&measure, ui.painter());
    let (rect, _) = ui.allocate_exact_size(layout.size(), Sense::hover());
    layout.place(rect, rect);
    let mut chosen = None;
    for (square, label) in grid.squares.iter().zip(&layout.labels) {
        let rect = layout.rect(square);
        let colours = palette(ui);
        if let SquareContent::Value(id) = square.content {
            if value_ui(ui, square, rect, &font, &face(id)) {
                chosen = Some(id);
            }
        } else {
            let ground = match square.content {
                SquareContent::Head(_) => colours.head.0,
                _ => colours.paper.0,
            };
            ui.painter().rect_filled(rect, 0.0, ground);
            if let Some(galley) = label {
                let middle = rect.center().y - galley.size().y / 2.0;
                let left = match square.content {
                    SquareContent::Head(_) => rect.center().x,
                    _ => rect.left() + 5.0,
                };
                let place = egui::pos2(left, middle);
                ui.painter().galley(place, galley.clone(), colours.text.0);
            }
        }
        let line = Stroke::new(1.0, colours.line.0);
        ui.painter()
            .rect_stroke(rect, 0.0, line, StrokeKind::Middle);
    }
    chosen
}

/// One figure; whether it was chosen.
fn value_ui(ui: &Ui, square: &Square, rect: Rect, font: &FontId, face: &FigureFace) -> bool {
    let colours = palette(ui);
    let id = ui.scope_id().with((square.row, square.column));
    let response = ui.interact(rect, id, Sense::click());
    let ground = match (face.is_chosen, response.hovered(), face.stands_out) {
        (true, _, _) => colours.selection.0,
        (_, true, _) => colours.hover.0,
        (_, _, true) => colours.query_fill.0,
        _ => colours.paper.0,
    };
    let painter = ui.painter();
    painter.rect_filled(rect, 0.0, ground);
    let ink: Color32 = if face.stands_out {
        colours.query.0
    } else {
        colours.text.0
    };
    let text = if face.text.is_empty() {
        "空白"
    } else {
        &face.text
    };
    let ink = if face.text.is_empty() {
        colours.weak.0
    } else {
        ink
    };
    let right = egui::pos2(rect.right() - 5.0, rect.bottom() - 4.0);
    painter.text(right, Align2::RIGHT_BOTTOM, text, font.clone(), ink);
    if !face.remark.is_empty() {
        let small = FontId::proportional(sizes().small * 0.8);
        let corner = egui::pos2(rect.left() + 3.0, rect.top() + 1.0);
        painter.text(
            corner,
            Align2::LEFT_TOP,
            &face.remark,
            small,
            colours.query.0,
        );
    }
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &face.name));
    if response.gained_focus() {
        ui.scroll_to_rect(rect, None);
    }
    response.on_hover_text(&face.name).clicked()
}
