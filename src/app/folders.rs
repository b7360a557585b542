//! Where drafts go unless the user says otherwise: among the documents, or beside the program on a stick. It knows no draft.

use std::path::{Path, PathBuf};

use etcetera::BaseStrategy as _;

use crate::keep::Places;
use crate::system;

/// Where drafts go unless the user says otherwise.
#[must_use]
pub fn drafts() -> Option<PathBuf> {
    let program = std::env::current_exe().ok();
    if let Some(places) = program.as_deref().and_then(Places::beside) {
        return Some(places.data().join("草稿"));
    }
    if let Some(folder) = system::documents() {
        return Some(folder.join("年报"));
    }
    let strategy = etcetera::choose_base_strategy().ok()?;
    let home = strategy.home_dir().to_owned();
    let named = std::fs::read_to_string(strategy.config_dir().join("user-dirs.dirs"));
    let named = named.ok().and_then(|text| documents(&text, &home));
    let usual = ["文档", "Documents"].map(|name| home.join(name));
    let found = named
        .into_iter()
        .chain(usual)
        .find(|folder| folder.is_dir());
    Some(found.unwrap_or(home).join("年报"))
}

/// The documents folder that the desktop's list of folders names.
fn documents(list: &str, home: &Path) -> Option<PathBuf> {
    let mut lines = list.lines().map(str::trim);
    let value = lines.find_map(|line| line.strip_prefix("XDG_DOCUMENTS_DIR="))?;
    let value = value.trim_matches('"');
    Some(match value.strip_prefix("$HOME") {
        Some(below) => home.join(below.trim_start_matches('/')),
        None => PathBuf::from(value),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_documents_folder_is_the_one_the_desktop_names() {
        let home = Path::new("/home/wen");
        let list = "# made by the desktop\nXDG_DOCUMENTS_DIR=\"$HOME/文档\"\n";
        assert_eq!(documents(list, home), Some(home.join("文档")));
        let list = "XDG_DOCUMENTS_DIR=\"/data/文档\"";
        assert_eq!(documents(list, home), Some(PathBuf::from("/data/文档")));
        assert_eq!(documents("XDG_MUSIC_DIR=\"$HOME/音乐\"", home), None);
    }
}
