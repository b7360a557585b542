//! The number formats of a workbook, and which of them the style of a cell names.

use std::collections::BTreeMap;

use super::number;
use super::sheet::MANY;
use crate::import::ImportError;

/// The longest format that Excel takes, in characters.
const LONGEST: usize = 255;

/// The number formats that the cells of a workbook share.
#[derive(Default)]
pub(super) struct CellFormats {
    own: BTreeMap<u32, String>,
    /// The number of the format of each style.
    styles: Vec<u32>,
}

impl CellFormats {
    /// Takes a format of the workbook's own. One that no spreadsheet would write is not kept, since it
    /// would be gone through for every cell.
    pub(super) fn add(&mut self, id: u32, code: String) -> Result<(), ImportError> {
        if code.chars().nth(LONGEST).is_none() {
            self.own.insert(id, code);
        }
        self.checked()
    }

    /// Takes the next style.
    pub(super) fn add_style(&mut self, format: u32) -> Result<(), ImportError> {
        self.styles.push(format);
        self.checked()
    }

    fn checked(&self) -> Result<(), ImportError> {
        if self.own.len() + self.styles.len() > MANY {
            return Err(ImportError::TooLarge);
        }
        Ok(())
    }

    /// The format of a style.
    pub(super) fn of(&self, style: usize) -> &str {
        let id = self.styles.get(style).copied().unwrap_or(0);
        let own = self.own.get(&id).map(String::as_str);
        own.unwrap_or_else(|| number::built_in(id))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_format_longer_than_excel_takes_is_none() {
        let mut formats = CellFormats::default();
        let longest = "年".repeat(LONGEST);
        formats.add(164, longest.clone()).unwrap();
        formats.add(165, longest.clone() + "0").unwrap();
        for id in [164, 165, 9] {
            formats.add_style(id).unwrap();
        }
        let found: Vec<&str> = (0..4).map(|style| formats.of(style)).collect();
        assert_eq!(found, [longest.as_str(), "General", "0%", "General"]);
    }
}
