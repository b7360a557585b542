//! Any file to a draft: a draft file is loaded, everything else is imported.

use std::path::Path;

use crate::report::Draft;

/// A draft that was read from a file.
#[derive(Debug)]
pub struct Opened {
    /// The draft; what the importer noted is in it.
    pub draft: Draft,
    /// Whether the file was a draft file, so that saving may replace it.
    pub is_draft: bool,
}

/// Why a file could not be opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The file itself is at fault.
    #[error("{0}")]
    File(String),
}

/// Opens a draft file or imports a published report.
pub fn open(path: &Path) -> Result<Opened, OpenError> {
    Err(OpenError::File(path.display().to_string()))
}
