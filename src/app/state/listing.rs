//! What stands in a folder, for the places where the system has no file dialog. It knows no widget.

use std::path::{Path, PathBuf};

use crate::disk;

/// What stands in a folder, read when the folder changes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DirListing {
    folder: Option<PathBuf>,
    /// Folders first, then the files that are asked for; whether each is a folder.
    pub entries: Vec<(PathBuf, bool)>,
}

impl DirListing {
    /// Reads this folder, unless that was done already.
    pub fn read(&mut self, folder: &Path, extensions: &[String]) {
        const MOST: usize = 200;
        if self.folder.as_deref() == Some(folder) {
            return;
        }
        self.folder = Some(folder.to_owned());
        let extensions = extensions.to_vec();
        let found = disk::soon(folder, move |folder| entries(folder, &extensions));
        self.entries = found.unwrap_or_default();
        self.entries
            .sort_by(|one, other| other.1.cmp(&one.1).then_with(|| one.0.cmp(&other.0)));
        self.entries.truncate(MOST);
    }

    /// Whether a file of this path stands in the folder.
    #[must_use]
    pub fn replaces(&self, path: &str) -> bool {
        // The list may be cut, or be of another folder.
        let path = Path::new(path.trim());
        let is_file = |path: &Path| disk::is_taken(path) && !path.is_dir();
        self.folder.is_some() && disk::soon(path, is_file) == Some(true)
    }
}

/// What stands in a folder, as far as it is asked for; whether each is a folder.
fn entries(folder: &Path, extensions: &[String]) -> Vec<(PathBuf, bool)> {
    let found = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let paths = found.map(|entry| entry.path());
    let shown = paths.filter(|path| {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        !name.starts_with('.')
    });
    let wanted = |path: &Path| {
        let extension = path.extension().unwrap_or_default().to_string_lossy();
        let mut wanted = extensions.iter();
        extensions.is_empty() || wanted.any(|one| extension.eq_ignore_ascii_case(one))
    };
    shown
        .map(|path| {
            let is_folder = path.is_dir();
            (path, is_folder)
        })
        .filter(|(path, is_folder)| *is_folder || wanted(path))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folders_come_first_and_only_what_is_asked_for_is_shown() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir(folder.path().join("乙")).unwrap();
        for name in ["丙.NIANBAO", "甲.nianbao", "丁.txt", ".隐.nianbao"] {
            std::fs::write(folder.path().join(name), b"").unwrap();
        }
        let mut listing = DirListing::default();
        listing.read(folder.path(), &["nianbao".to_owned()]);
        let names: Vec<_> = listing
            .entries
            .iter()
            .map(|(path, is_folder)| (path.file_name().unwrap().to_str().unwrap(), *is_folder))
            .collect();
        assert_eq!(
            names,
            [("乙", true), ("丙.NIANBAO", false), ("甲.nianbao", false)]
        );
        let existing = folder.path().join("甲.nianbao");
        assert!(listing.replaces(existing.to_str().unwrap()));
        assert!(!listing.replaces("甲.nianbao"));
    }
}
