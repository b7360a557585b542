//! The pages as they will be printed, painted glyph by glyph from the layout.

use egui::{
    Color32, CornerRadius, CursorIcon, FontFamily, FontId, Frame, Margin, Painter, Pos2, Rect,
    RichText, Role, ScrollArea, Sense, Stroke, StrokeKind, Ui, WidgetInfo, pos2, vec2,
};

use crate::app::actions::{Action, Actions, Command};
use crate::app::state::OpenDraft;
use crate::app::views::pages::Preview;
use crate::app::widgets::theme::{palette, print_palette, sizes};
use crate::layout;
use crate::layout::{Layout, Page, Run, StandIn};

/// What is said above the pages: only the program that prints them knows for sure.
const CAVEAT: &str = "排版预览，以Word/WPS显示为准";

/// Points of the screen for a point of paper at 100 %.
const ACTUAL: f32 = 96.0 / 72.0;

/// The zoom levels of the paper, in parts of its size.
const ZOOMS: [f32; 9] = [0.25, 0.33, 0.5, 0.67, 0.8, 1.0, 1.25, 1.5, 2.0];

/// The preview with its own small bar.
pub fn preview_ui(ui: &mut Ui, open: &OpenDraft, preview: &mut Preview, actions: &mut Actions) {
    let room = (ui.available_width() - sizes().unit * 4.0).max(100.0);
    let fitting = room / layout::page_width() / ACTUAL;
    bar_ui(ui, preview, fitting, actions);
    let Some(layout) = preview.pages() else {
        ui.label("正在读取字体");
        return;
    };
    remarks_ui(ui, layout);
    let scale = preview.zoom.unwrap_or(fitting) * ACTUAL;
    let gap = sizes().unit * 1.5;
    let page = vec2(layout::page_width(), layout::page_height()) * scale;
    let count = layout.pages.len();
    let mut scroll = ScrollArea::both().id_salt("pages").auto_shrink(false);
    if preview.followed != Some(open.place)
        && let Some((number, y)) = preview.begins(open.place)
    {
        let upper = (y * scale - ui.available_height() / 3.0).max(0.0);
        let above = number as f32 * (page.y + gap) + upper;
        scroll = scroll.vertical_scroll_offset(above);
    } else if preview.scale > 0.0 && (preview.scale - scale).abs() > f32::EPSILON {
        // What stands at the top and in the middle stays there when the pages change their size.
        let growth = scale / preview.scale;
        let (width, aside) = preview.seen;
        let left = spare(page.x, width) + aside * growth;
        scroll = scroll.scroll_offset(vec2(left.max(0.0), preview.above * growth));
    }
    let zoomed = ui.input(egui::InputState::zoom_delta);
    let output = scroll.show(ui, |ui| {
        let known = ui.fonts(|fonts| {
            fonts
                .definitions()
                .families
                .keys()
                .cloned()
                .collect::<Vec<_>>()
        });
        for (number, set) in layout.pages.iter().enumerate() {
            let width = page.x.max(ui.available_width());
            let (outer, _) = ui.allocate_exact_size(vec2(width, page.y + gap), Sense::hover());
            let rect = Rect::from_center_size(outer.center() - vec2(0.0, gap / 2.0), page);
            let response = ui.interact(rect, ui.unique_id().with(("page", number)), Sense::click());
            let name = format!("第{}页，共{count}页", number + 1);
            response.widget_info(|| WidgetInfo::labeled(Role::Link, true, &name));
            if !ui.is_rect_visible(rect) {
                continue;
            }
            let hovered = response.hover_pos();
            let paper = Paper { rect, scale };
            paint(ui, preview, layout, set, &known, paper, hovered);
            let Some(pointer) = hovered else { continue };
            let goal = set
                .at(paper.point(pointer))
                .and_then(|(origin, offset)| preview.target(open, origin, offset));
            if let Some((place, target)) = goal {
                ui.set_cursor_icon(CursorIcon::PointingHand);
                if response.clicked() {
                    actions.push(Action::Show(place, target));
                }
            }
        }
    });
    preview.followed = Some(open.place);
    let offset = output.state.clamped_offset();
    let width = output.inner_rect.width();
    (preview.scale, preview.above) = (scale, offset.y);
    preview.seen = (width, offset.x - spare(page.x, width));
    if ui.rect_contains_pointer(output.inner_rect) && (zoomed - 1.0).abs() > f32::EPSILON {
        let zoom = preview.zoom.unwrap_or(fitting) * zoomed;
        preview.zoom = Some(zoom.clamp(0.2, 3.0));
    }
}

/// How far pages are scrolled to the side when their middle is in the middle.
fn spare(page: f32, view: f32) -> f32 {
    (page - view).max(0.0) / 2.0
}

fn bar_ui(ui: &mut Ui, preview: &mut Preview, fitting: f32, actions: &mut Actions) {
    ui.horizontal_wrapped(|ui| {
        ui.label(RichText::new(CAVEAT).small().color(palette(ui).weak.0));
        let zoom = preview.zoom.unwrap_or(fitting);
        let smaller = ZOOMS.iter().rev().find(|&&step| step < zoom - 0.01);
        let larger = ZOOMS.iter().find(|&&step| step > zoom + 0.01);
        for (text, hint, step) in [
            ("－", "把页面缩小一级", smaller),
            ("＋", "把页面放大一级", larger),
        ] {
            let button = ui.add_enabled(step.is_some(), egui::Button::new(text).small());
            if button.on_hover_text(hint).clicked() {
                preview.zoom = step.copied();
            }
        }
        ui.label(RichText::new(format!("{:.0}%", zoom * 100.0)).small());
        let fit = ui.add_enabled(
            preview.zoom.is_some(),
            egui::Button::new("适合宽度").small(),
        );
        if fit.clicked() {
            preview.zoom = None;
        }
        for (command, text) in [
            (Command::Print, Command::Print.name()),
            (Command::Preview, "关闭预览"),
        ] {
            if ui.small_button(text).clicked() {
                actions.push(Action::Run(command));
            }
        }
    });
}

/// What the reader should know about the fonts.
fn remarks_ui(ui: &mut Ui, layout: &Layout) {
    let colours = palette(ui);
    for remark in layout.remarks() {
        Frame::new()
            .fill(colours.query_fill.0)
            .inner_margin(Margin::symmetric(6, 2))
            .show(ui, |ui| {
                ui.label(RichText::new(remark).small().color(colours.query.0));
            });
    }
    let is_other = |stand_in: &&StandIn| stand_in.wanted != stand_in.used && stand_in.is_alike;
    let stood_in: Vec<_> = layout.stand_ins.iter().filter(is_other).collect();
    if stood_in.is_empty() {
        return;
    }
    let lines: Vec<String> = stood_in
        .iter()
        .map(|stand_in| format!("{}：用{}", stand_in.wanted, stand_in.used))
        .collect();
    let text = format!("本机有{}种字体要由别的代替", stood_in.len());
    ui.label(RichText::new(text).small().color(colours.weak.0))
        .on_hover_text(lines.join("\n"));
}

/// Where a page lies on the screen, and how large it is there.
#[derive(Clone, Copy)]
struct Paper {
    rect: Rect,
    scale: f32,
}

impl Paper {
    /// A place of the screen, in points of the page.
    fn point(self, pointer: Pos2) -> (f32, f32) {
        let point = (pointer - self.rect.min) / self.scale;
        (point.x, point.y)
    }

    /// A point of the page, on the screen.
    fn at(self, point: (f32, f32)) -> Pos2 {
        self.rect.min + vec2(point.0, point.1) * self.scale
    }
}

fn paint(
    ui: &Ui,
    preview: &Preview,
    layout: &Layout,
    page: &Page,
    known: &[FontFamily],
    paper: Paper,
    hovered: Option<Pos2>,
) {
    let colours = print_palette();
    let Paper { rect, scale } = paper;
    let painter = ui.painter_at(rect.expand(1.0));
    painter.rect(
        rect,
        CornerRadius::ZERO,
        colours.paper.0,
        Stroke::new(1.0, colours.line.0),
        StrokeKind::Outside,
    );
    if let Some(pointer) = hovered {
        let (x, y) = paper.point(pointer);
        let under = page.places.iter().find(|place| {
            let within = |from: f32, to: f32, at: f32| (from..to).contains(&at);
            within(place.from.0, place.to.0, x)
                && within(place.from.1, place.to.1, y)
                && place.origin != layout::Origin::Furniture
        });
        if let Some(place) = under {
            let rect = Rect::from_min_max(paper.at(place.from), paper.at(place.to));
            painter.rect_filled(rect, CornerRadius::ZERO, colours.selection.0);
        }
    }
    let line = Stroke::new((layout::RULE * scale).max(0.75), colours.text.0);
    for rule in &page.rules {
        painter.line_segment([paper.at(rule.from), paper.at(rule.to)], line);
    }
    for run in &page.runs {
        if let Some(family) = preview.family(known, run.face) {
            let font = FontId::new(run.size * scale, family);
            let start = paper.at((run.x, run.baseline));
            paint_run(&painter, layout, run, &font, start, scale, colours.text.0);
        }
    }
}

fn paint_run(
    painter: &Painter,
    layout: &Layout,
    run: &Run,
    font: &FontId,
    start: Pos2,
    scale: f32,
    colour: Color32,
) {
    for glyph in &run.glyphs {
        if glyph.character == ' ' {
            continue;
        }
        let character = if layout.is_missing(glyph.character) {
            layout::STANDS_IN
        } else {
            glyph.character
        };
        let galley = painter.layout_no_wrap(character.to_string(), font.clone(), colour);
        // The glyph is put where its own baseline meets the line's.
        let baseline = galley.rows.first().and_then(|row| {
            let glyph = row.glyphs.first()?;
            Some(row.pos.y + glyph.pos.y)
        });
        let corner = pos2(
            start.x + glyph.x * scale,
            start.y - baseline.unwrap_or_default(),
        );
        if run.bold {
            let aside = vec2(run.size * scale * layout::BOLD, 0.0);
            painter.galley(corner + aside, galley.clone(), colour);
        }
        painter.galley(corner, galley, colour);
    }
}
