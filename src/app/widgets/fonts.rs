//! The font every desk sees, compiled in; rarer characters come from the system.

use std::sync::Arc;

use egui::{FontData, FontDefinitions, FontFamily};

const NAME: &str = "noto-sans-sc";

/// Puts the Chinese font first in both families, so that quotation marks and dashes are full-width.
pub fn install(ctx: &egui::Context) {
    let mut fonts = FontDefinitions::default();
    let font = FontData::from_static(include_bytes!(
        "../../../assets/fonts/NotoSansSC-subset.otf"
    ));
    fonts.font_data.insert(NAME.to_owned(), Arc::new(font));
    for family in [FontFamily::Proportional, FontFamily::Monospace] {
        let names = fonts.families.entry(family).or_default();
        names.insert(0, NAME.to_owned());
    }
    ctx.set_fonts(fonts);
}
