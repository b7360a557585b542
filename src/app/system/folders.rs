//! Where drafts go unless the user says otherwise: among the documents, or beside the program on a stick. It knows no draft.

use std::path::PathBuf;

use crate::keep::Places;

/// Where drafts go unless the user says otherwise.
#[must_use]
pub fn drafts() -> Option<PathBuf> {
    let program = std::env::current_exe().ok();
    if let Some(places) = program.as_deref().and_then(Places::beside) {
        return Some(places.data().join("草稿"));
    }
    if let Some(folder) = dirs::document_dir().filter(|folder| folder.is_dir()) {
        return Some(folder.join("年报"));
    }
    // Where the desktop names no folder, it may be there under its usual name.
    let home = dirs::home_dir()?;
    let usual = ["文档", "Documents"].map(|name| home.join(name));
    let found = usual.into_iter().find(|folder| folder.is_dir());
    Some(found.unwrap_or(home).join("年报"))
}
