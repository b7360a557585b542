//! Colours and sizes from `assets/theme.ron`; the only place that makes colours.

use std::sync::LazyLock;

use egui::{
    Color32, CornerRadius, FontFamily, FontId, Margin, Shadow, Stroke, TextStyle, Theme, Visuals,
    vec2,
};
use serde::Deserialize;

use crate::check::Level;

/// Everything the theme file says.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ThemeFile {
    /// Sizes in points.
    pub sizes: Sizes,
    light: Palette,
    dark: Palette,
    light_contrast: Palette,
    dark_contrast: Palette,
}

/// Sizes in points.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sizes {
    /// Remarks.
    pub small: f32,
    /// Everything else.
    pub body: f32,
    /// The report's own text.
    pub text: f32,
    /// Line height of the report's own text.
    pub text_line: f32,
    /// How many characters of the report's own text stand in a line.
    pub text_columns: f32,
    /// Headings of sections.
    pub heading: f32,
    /// The name of the program.
    pub title: f32,
    /// The step all distances are multiples of.
    pub unit: f32,
    /// Width of the outline.
    pub outline_width: f32,
    /// Width of the findings.
    pub findings_width: f32,
    /// Below this width the parts beside the table give way to it.
    pub narrow_width: f32,
    /// Below this height a table scrolls together with its balance.
    pub low_height: f32,
    /// The width a statutory table wants at least.
    pub table_width: f32,
    /// The widest column of text.
    pub column_width: f32,
}

impl Default for Sizes {
    fn default() -> Self {
        Self {
            small: 14.0,
            body: 15.0,
            text: 16.0,
            text_line: 30.0,
            text_columns: 38.0,
            heading: 18.0,
            title: 24.0,
            unit: 8.0,
            outline_width: 232.0,
            findings_width: 312.0,
            narrow_width: 1100.0,
            low_height: 420.0,
            table_width: 560.0,
            column_width: 720.0,
        }
    }
}

/// The colours of one theme.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Palette {
    /// Behind the paper.
    pub desk: Hex,
    /// Outline, findings, bars.
    pub panel: Hex,
    /// The paper.
    pub paper: Hex,
    /// Text.
    pub text: Hex,
    /// Remarks.
    pub weak: Hex,
    /// Lines and borders.
    pub line: Hex,
    /// A button under the pointer.
    pub hover: Hex,
    /// A button pressed.
    pub press: Hex,
    /// A button.
    pub button: Hex,
    /// What is active.
    pub accent: Hex,
    /// Text on the accent colour.
    pub accent_text: Hex,
    /// Behind what is selected.
    pub selection: Hex,
    /// Text of a finding that blocks.
    pub error: Hex,
    /// Text of a finding that wants an explanation.
    pub query: Hex,
    /// Text of a hint.
    pub advice: Hex,
    /// Text of what is in order.
    pub good: Hex,
    /// Behind a blocking finding.
    pub error_fill: Hex,
    /// Behind a finding that wants an explanation.
    pub query_fill: Hex,
    /// Behind a hint.
    pub advice_fill: Hex,
    /// Behind a derived figure.
    pub total_fill: Hex,
    /// Last year's figures.
    pub ghost: Hex,
    /// Behind column headings.
    pub head: Hex,
    /// Behind the headings of the selected cell.
    pub crosshair: Hex,
}

/// A colour written `#rrggbb`.
#[derive(Debug, Clone, Copy, Default, Deserialize)]
#[serde(try_from = "String")]
pub struct Hex(pub Color32);

impl TryFrom<String> for Hex {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let number = text
            .strip_prefix('#')
            .filter(|digits| digits.len() == 6)
            .and_then(|digits| u32::from_str_radix(digits, 16).ok())
            .ok_or_else(|| format!("{text} is not #rrggbb"))?;
        let [_, red, green, blue] = number.to_be_bytes();
        Ok(Self(Color32::from_rgb(red, green, blue)))
    }
}

static THEME: LazyLock<ThemeFile> =
    LazyLock::new(|| ron::from_str(include_str!("../../../assets/theme.ron")).unwrap_or_default());

/// The sizes.
#[must_use]
pub fn sizes() -> &'static Sizes {
    &THEME.sizes
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

impl Palette {
    /// The text colour of a level.
    #[must_use]
    pub fn level(&self, level: Level) -> Color32 {
        match level {
            Level::Error => self.error.0,
            Level::Query => self.query.0,
            Level::Advice => self.advice.0,
        }
    }

    /// The background of a level.
    #[must_use]
    pub fn level_fill(&self, level: Level) -> Color32 {
        match level {
            Level::Error => self.error_fill.0,
            Level::Query => self.query_fill.0,
            Level::Advice => self.advice_fill.0,
        }
    }
}

/// The grid's colours in the theme that is shown.
#[must_use]
pub fn grid_palette(ui: &egui::Ui) -> super::grid::GridPalette {
    let colours = palette(ui);
    super::grid::GridPalette {
        text: colours.text.0,
        weak: colours.weak.0,
        ghost: colours.ghost.0,
        hint: colours.line.0,
        paper: colours.paper.0,
        head: colours.head.0,
        label: colours.panel.0,
        total: colours.total_fill.0,
        crosshair: colours.crosshair.0,
        selection: colours.selection.0,
        cursor: colours.accent.0,
        line: colours.line.0,
        error: colours.error.0,
        query: colours.query.0,
        advice: colours.advice.0,
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

    #[test]
    fn the_theme_file_is_read() {
        let text = include_str!("../../../assets/theme.ron");
        let theme: ThemeFile = ron::from_str(text).unwrap();
        assert_ne!(theme.light.text.0, theme.light.paper.0);
    }

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

    #[test]
    fn a_colour_is_six_hex_digits() {
        assert!(Hex::try_from("#12ab3".to_owned()).is_err());
        assert!(Hex::try_from("12ab34".to_owned()).is_err());
        assert_eq!(
            Hex::try_from("#010203".to_owned()).unwrap().0,
            Color32::from_rgb(1, 2, 3)
        );
    }
}
