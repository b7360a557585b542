//! What a folder comes to, as the bytes of a file.

use std::path::Path;

use super::gather::Gathering;
use super::pages::Paper;
use super::units::{self, Listed};
use crate::check::RuleSettings;
use crate::export::{ExportError, book, docx};
use crate::report::Choices;

/// What can be written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OutputKind {
    /// The whole as a workbook.
    Sheets,
    /// The whole as a Word document.
    Pages,
    /// The whole for programs.
    Json,
    /// The list of units, to be used again.
    List,
}

impl OutputKind {
    /// The extensions of all kinds, the usual one first.
    pub const EXTENSIONS: [&str; 4] = ["xlsx", "docx", "json", "csv"];

    /// The kind that a file's extension asks for.
    #[must_use]
    pub fn of(path: &Path) -> Option<Self> {
        let extension = path.extension()?.to_str()?;
        match extension.to_lowercase().as_str() {
            "xlsx" => Some(Self::Sheets),
            "docx" => Some(Self::Pages),
            "json" => Some(Self::Json),
            "csv" => Some(Self::List),
            _ => None,
        }
    }
}

impl Gathering {
    /// The bytes of a file of this kind.
    ///
    /// # Errors
    /// When the document cannot be made.
    pub fn bytes(&self, settings: &RuleSettings, kind: OutputKind) -> Result<Vec<u8>, ExportError> {
        Ok(match kind {
            OutputKind::Sheets => book(&self.doc(settings, Paper::Sheets))?,
            OutputKind::Pages => {
                docx::bytes(&self.doc(settings, Paper::Pages), &Choices::default())?
            }
            OutputKind::Json => {
                let whole = serde_json::to_vec_pretty(&self.json(settings));
                let mut bytes = whole.map_err(std::io::Error::other)?;
                bytes.push(b'\n');
                bytes
            }
            OutputKind::List => {
                let units = self.units.iter().map(|unit| unit.listed.clone());
                units::write(&units.collect::<Vec<Listed>>())
            }
        })
    }
}
