//! Colours and sizes from `assets/theme.ron`, as the window wears them; the only place that makes colours.

mod file;

use std::sync::LazyLock;

use egui::{
    Color32, CornerRadius, FontFamily, FontId, Margin, Shadow, Stroke, TextStyle, Theme, Visuals,
    vec2,
};

pub use crate::app::widgets::theme::file::{Hex, Palette, Sizes, ThemeFile};

static THEME: LazyLock<ThemeFile> = LazyLock::new(ThemeFile::own);

/// The sizes.
#[must_use]
pub fn sizes() -> &'static Sizes {
    &THEME.sizes
}

/// Whether the window has little height for its letters, so that everything around them gives way.
#[must_use]
pub fn is_low(ctx: &egui::Context) -> bool {
    ctx.content_rect().height() < sizes().low_height
}

/// The colours of the theme that is shown.
#[must_use]
pub fn palette(ui: &egui::Ui) -> &'static Palette {
    let theme = if ui.visuals().dark_mode {
        Theme::Dark
    } else {
        Theme::Light
    };
    let contrast = ui.data(|data| data.get_temp(contrast_id()).unwrap_or(false));
    of(theme, contrast)
}

fn of(theme: Theme, contrast: bool) -> &'static Palette {
    match (theme, contrast) {
        (Theme::Light, false) => &THEME.light,
        (Theme::Dark, false) => &THEME.dark,
        (Theme::Light, true) => &THEME.light_contrast,
        (Theme::Dark, true) => &THEME.dark_contrast,
    }
}

/// The colours of ink and paper, which no theme changes.
#[must_use]
pub fn print_palette() -> &'static Palette {
    of(Theme::Light, false)
}

fn contrast_id() -> egui::Id {
    egui::Id::unique("contrast")
}

/// Shows both themes with the strongest contrast, or as usual.
pub fn set_contrast(ctx: &egui::Context, contrast: bool) {
    ctx.data_mut(|data| data.insert_temp(contrast_id(), contrast));
    for theme in [Theme::Light, Theme::Dark] {
        ctx.set_visuals_of(theme, visuals(theme, contrast));
    }
}

/// Gives the context both themes.
pub fn install(ctx: &egui::Context) {
    set_contrast(ctx, false);
    let sizes = sizes();
    ctx.all_styles_mut(|style| {
        let proportional = |size| FontId::new(size, FontFamily::Proportional);
        style.text_styles = [
            (TextStyle::Small, proportional(sizes.small)),
            (TextStyle::Body, proportional(sizes.body)),
            (TextStyle::Button, proportional(sizes.body)),
            (TextStyle::Heading, proportional(sizes.heading)),
            (
                TextStyle::Monospace,
                FontId::new(sizes.body, FontFamily::Monospace),
            ),
        ]
        .into();
        let unit = sizes.unit;
        style.spacing.item_spacing = vec2(unit, unit);
        style.spacing.button_padding = vec2(unit * 1.5, unit * 0.5);
        style.spacing.interact_size.y = unit * 4.0;
        style.spacing.window_margin = Margin::same(24);
        style.spacing.menu_margin = Margin::same(8);
        style.spacing.combo_width = unit * 16.0;
        style.spacing.menu_width = unit * 40.0;
        style.spacing.tooltip_width = unit * 45.0;
        style.animation_time = 0.0;
        style.interaction.selectable_labels = false;
    });
}

fn visuals(theme: Theme, contrast: bool) -> Visuals {
    let colours = of(theme, contrast);
    let mut visuals = match theme {
        Theme::Light => Visuals::light(),
        Theme::Dark => Visuals::dark(),
    };
    let radius = CornerRadius::same(4);
    visuals.override_text_color = None;
    visuals.weak_text_color = Some(colours.weak.0);
    visuals.panel_fill = colours.panel.0;
    visuals.window_fill = colours.paper.0;
    visuals.window_stroke = Stroke::new(1.0, colours.line.0);
    visuals.window_corner_radius = CornerRadius::same(8);
    visuals.menu_corner_radius = CornerRadius::same(6);
    visuals.window_shadow = Shadow::NONE;
    visuals.popup_shadow = Shadow {
        offset: [0, 2],
        blur: 8,
        spread: 0,
        color: Color32::from_black_alpha(32),
    };
    visuals.extreme_bg_color = colours.paper.0;
    visuals.text_edit_bg_color = Some(colours.paper.0);
    visuals.faint_bg_color = colours.total_fill.0;
    visuals.hyperlink_color = colours.accent.0;
    visuals.warn_fg_color = colours.query.0;
    visuals.error_fg_color = colours.error.0;
    visuals.selection.bg_fill = colours.selection.0;
    visuals.selection.stroke = Stroke::new(1.0, colours.accent.0);
    // A blinking caret would repaint the window all day.
    visuals.text_cursor.blink = false;
    visuals.text_cursor.stroke = Stroke::new(1.5, colours.accent.0);
    let widgets = &mut visuals.widgets;
    for (widget, fill, line) in [
        (&mut widgets.noninteractive, colours.panel.0, colours.line.0),
        (&mut widgets.inactive, colours.button.0, colours.line.0),
        (&mut widgets.hovered, colours.hover.0, colours.weak.0),
        (&mut widgets.active, colours.press.0, colours.accent.0),
        (&mut widgets.open, colours.hover.0, colours.line.0),
    ] {
        widget.bg_fill = fill;
        widget.weak_bg_fill = fill;
        widget.bg_stroke = Stroke::new(1.0, line);
        widget.fg_stroke = Stroke::new(1.0, colours.text.0);
        widget.corner_radius = radius;
        widget.expansion = 0.0;
    }
    visuals
}

#[cfg(test)]
mod tests {
    use super::*;

    /// WCAG 2.2, section 1.4.3.
    fn contrast(one: Color32, other: Color32) -> f32 {
        let luminance = |colour: Color32| {
            let [red, green, blue, _] = egui::Rgba::from(colour).to_array();
            0.2126 * red + 0.7152 * green + 0.0722 * blue
        };
        let (one, other) = (luminance(one) + 0.05, luminance(other) + 0.05);
        one.max(other) / one.min(other)
    }

    #[test]
    fn every_text_can_be_read_on_what_it_stands_on() {
        for (theme, strong) in [
            (Theme::Light, false),
            (Theme::Dark, false),
            (Theme::Light, true),
            (Theme::Dark, true),
        ] {
            let colours = of(theme, strong);
            let wanted = if strong { 7.0 } else { 4.5 };
            let grounds = [
                colours.paper,
                colours.panel,
                colours.desk,
                colours.head,
                colours.total_fill,
                colours.crosshair,
                colours.selection,
                colours.hover,
            ];
            for ground in grounds {
                assert!(
                    contrast(colours.text.0, ground.0) >= wanted,
                    "{theme:?} text"
                );
            }
            let inks = [
                ("weak", colours.weak),
                ("ghost", colours.ghost),
                ("error", colours.error),
                ("query", colours.query),
                ("advice", colours.advice),
                ("good", colours.good),
                ("accent", colours.accent),
            ];
            for (name, ink) in inks {
                for ground in [colours.paper, colours.panel, colours.desk] {
                    let found = contrast(ink.0, ground.0);
                    assert!(
                        found >= 4.5,
                        "{theme:?} {strong} {name} on {ground:?}: {found}"
                    );
                }
            }
            for (ink, ground) in [
                (colours.accent_text, colours.accent),
                (colours.error, colours.error_fill),
                (colours.query, colours.query_fill),
                (colours.advice, colours.advice_fill),
            ] {
                let found = contrast(ink.0, ground.0);
                assert!(found >= 4.5, "{theme:?} {ink:?} on {ground:?}: {found}");
            }
        }
    }
}
