//! The outline: how far the report is, until when it is due, and the parts with how far each is.

use egui::{FontId, Id, Rect, ScrollArea, Sense, Ui, pos2, vec2};

use crate::app::actions::{Action, Actions};
use crate::app::state::progress::Progress;
use crate::app::state::{OpenDraft, PartId, View};
use crate::app::views::summary::summary_ui;
use crate::app::widgets::theme::{palette, sizes};

/// What the outline calls the cover.
pub const COVER: &str = "封面信息";

/// Whether the outline has a place of its own; where it has none, a menu lists the parts.
#[must_use]
pub fn has_outline(ctx: &egui::Context) -> bool {
    ctx.content_rect().width() >= sizes().outline_width * 3.2
}

/// The parts as lines of a menu, each with how far it is.
pub fn parts_ui(ui: &mut Ui, open: &OpenDraft, actions: &mut Actions) {
    let colours = palette(ui);
    let sections = open.draft.report().edition().sections.iter().enumerate();
    let sections = sections.map(|(number, part)| (PartId::Section(number), part.label.as_str()));
    for (place, label) in std::iter::once((PartId::Cover, COVER)).chain(sections) {
        let (state, colour) = words(open.progress(place), colours);
        let button = egui::Button::new(label)
            .selected(open.place == place)
            .right_text(egui::RichText::new(&state).small().color(colour));
        let response = ui.add(button);
        response.widget_info(|| {
            let text = format!("{label}，{state}");
            egui::WidgetInfo::selected(egui::Role::Button, true, open.place == place, text)
        });
        if response.clicked() {
            actions.push(Action::GoTo(place));
            ui.close();
        }
    }
}

/// The outline; returns what takes the keyboard when one goes to it.
pub fn outline_ui(ui: &mut Ui, desk: View<'_>, actions: &mut Actions) -> Option<egui::Id> {
    let open = desk.open;
    let unit = sizes().unit;
    ui.add_space(unit);
    summary_ui(ui, desk, actions);
    ui.add_space(unit / 2.0);
    let list = ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 2.0;
        let mut current = item_ui(ui, open, PartId::Cover, COVER, actions);
        let sections = &open.draft.report().edition().sections;
        for (number, section) in sections.iter().enumerate() {
            let place = PartId::Section(number);
            current = item_ui(ui, open, place, &section.label, actions).or(current);
        }
        current
    });
    list.inner
}

/// One part; returns its id when it is the one that is shown.
fn item_ui(
    ui: &mut Ui,
    open: &OpenDraft,
    place: PartId,
    label: &str,
    actions: &mut Actions,
) -> Option<egui::Id> {
    let sizes = sizes();
    let unit = sizes.unit;
    let colours = palette(ui);
    let progress = open.progress(place);
    let width = ui.available_width();
    let text_width = width - unit * 2.5;
    let galley = ui.painter().layout(
        label.to_owned(),
        FontId::proportional(sizes.body),
        colours.text.0,
        text_width,
    );
    let (state, colour) = words(progress, colours);
    let lay_out = |text: String| {
        let font = FontId::proportional(sizes.small);
        ui.painter().layout(text, font, colour, text_width)
    };
    let mut below = lay_out(state.clone());
    if below.rows.len() > 1 {
        // What is found goes below what is filled in, rather than a word being torn in two.
        below = lay_out(state.replacen('\u{3000}', "\n", 1));
    }
    let more = below.size().y * (1.0 - 1.0 / below.rows.len().max(1) as f32);
    let height = galley.size().y + sizes.small + unit * 2.5 + more;
    let (rect, response) = ui.allocate_exact_size(vec2(width, height), Sense::click());
    let selected = open.place == place;
    response.widget_info(|| {
        let text = format!("{label}，{state}");
        egui::WidgetInfo::selected(egui::Role::Button, true, selected, text)
    });
    if selected || response.hovered() {
        let fill = if selected {
            colours.selection.0
        } else {
            colours.hover.0
        };
        ui.painter().rect_filled(rect, 4.0, fill);
    }
    if selected {
        let bar = Rect::from_min_size(rect.min, vec2(3.0, rect.height()));
        ui.painter().rect_filled(bar, 1.5, colours.accent.0);
    }
    let left = rect.left() + unit * 1.5;
    let top = rect.top() + unit * 0.75;
    let middle = top + galley.size().y + unit * 0.25 + sizes.small * 0.6;
    ui.painter().galley(pos2(left, top), galley, colours.text.0);
    let line = (below.size().y - more) / 2.0;
    ui.painter()
        .galley(pos2(left, middle - line), below, colour);
    if response.clicked() {
        actions.push(Action::GoTo(place));
    }
    let seen = Id::unique("part shown in the outline");
    if selected && ui.data(|data| data.get_temp(seen)) != Some(place) {
        ui.data_mut(|data| data.insert_temp(seen, place));
        response.scroll_to_me(None);
    }
    selected.then_some(response.id)
}

/// How far a part is, and in which colour.
fn words(
    progress: Progress,
    colours: &crate::app::widgets::theme::Palette,
) -> (String, egui::Color32) {
    let [errors, queries, hints] = progress.findings;
    let mut parts = Vec::new();
    if progress.blank > 0 {
        parts.push(if progress.text {
            "未填写".to_owned()
        } else {
            format!("已填{}/{}", progress.filled(), progress.places)
        });
    }
    let findings = [(errors, "!强制"), (queries, "?核实"), (hints, "i提示")];
    for (count, name) in findings {
        if count > 0 {
            parts.push(format!("{name}{count}"));
        }
    }
    // A text that need not be written has no place to fill in while it is empty.
    let is_optional = progress.text && progress.places == 0;
    let colour = match (errors, queries) {
        (0, 0) if is_optional => colours.weak.0,
        _ if progress.is_complete() => colours.good.0,
        (0, 0) => colours.weak.0,
        (0, _) => colours.query.0,
        _ => colours.error.0,
    };
    if progress.is_complete() {
        let word = if is_optional { "可不写" } else { "完成" };
        parts.insert(0, word.to_owned());
    }
    (parts.join("　"), colour)
}
