//! The theme file as it is written: sizes, and a palette for each look. It knows no window.

use egui::Color32;
use serde::Deserialize;

use crate::check::Level;

/// Everything the theme file says.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ThemeFile {
    /// Sizes in points.
    pub sizes: Sizes,
    pub(super) light: Palette,
    pub(super) dark: Palette,
    pub(super) light_contrast: Palette,
    pub(super) dark_contrast: Palette,
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

impl ThemeFile {
    /// The theme that is compiled in.
    pub(super) fn own() -> Self {
        ron::from_str(include_str!("../../../../assets/theme.ron")).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_theme_file_is_read() {
        let text = include_str!("../../../../assets/theme.ron");
        let theme: ThemeFile = ron::from_str(text).unwrap();
        assert_ne!(theme.light.text.0, theme.light.paper.0);
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
