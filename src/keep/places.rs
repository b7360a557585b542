//! Where the program keeps its own files.

use std::path::{Path, PathBuf};

use crate::system;

/// The folders of this program for this user (存放位置).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Places {
    settings: PathBuf,
    data: PathBuf,
    /// Whether everything lies beside the program, as on a USB stick.
    pub is_portable: bool,
}

/// The folder that, beside the program, makes it portable.
const PORTABLE: &str = "nianbao-data";

impl Places {
    /// The folder that was asked for, or `NIANBAO_HOME`, or `nianbao-data` beside the program, or
    /// the folders that the system has for this.
    #[must_use]
    pub fn find(asked: Option<&Path>) -> Option<Self> {
        let variable = std::env::var_os("NIANBAO_HOME").filter(|home| !home.is_empty());
        let asked = asked.map(Path::to_owned).or(variable.map(PathBuf::from));
        if let Some(folder) = asked {
            return Some(Self::under(&std::path::absolute(&folder).unwrap_or(folder)));
        }
        let program = std::env::current_exe().ok();
        if let Some(places) = program.as_deref().and_then(Self::beside) {
            return Some(places);
        }
        let data = if system::IS_WINDOWS {
            // Unlike the usual data folder this one never travels over the network.
            dirs::data_local_dir()?
        } else {
            dirs::state_dir().or_else(dirs::data_dir)?
        };
        Some(Self {
            settings: dirs::config_dir()?.join("nianbao"),
            data: data.join("nianbao"),
            is_portable: false,
        })
    }

    /// Everything in one folder.
    #[must_use]
    pub fn under(folder: &Path) -> Self {
        Self {
            settings: folder.to_owned(),
            data: folder.to_owned(),
            is_portable: false,
        }
    }

    /// Beside the program, if the folder for that is there.
    #[must_use]
    pub fn beside(program: &Path) -> Option<Self> {
        let folder = program.parent()?.join(PORTABLE);
        folder.is_dir().then(|| Self {
            is_portable: true,
            ..Self::under(&folder)
        })
    }

    /// The file with what the window remembers.
    #[must_use]
    pub fn settings(&self) -> PathBuf {
        self.settings.join("settings.ron")
    }

    /// The folder that all kept work is in.
    #[must_use]
    pub fn data(&self) -> &Path {
        &self.data
    }

    /// The folder with the versions before each save.
    #[must_use]
    pub fn history(&self) -> PathBuf {
        self.data.join("history")
    }

    /// The folder with the recovery files, a folder a session.
    #[must_use]
    pub fn recovery(&self) -> PathBuf {
        self.data.join("recover")
    }

    /// The folder with recovery files that their owner gave up.
    #[must_use]
    pub fn given_up(&self) -> PathBuf {
        self.data.join("given-up")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_data_folder_beside_the_program_makes_it_portable() {
        let stick = tempfile::tempdir().unwrap();
        let program = stick.path().join("nianbao.exe");
        assert_eq!(Places::beside(&program), None);
        std::fs::create_dir(stick.path().join(PORTABLE)).unwrap();
        let places = Places::beside(&program).unwrap();
        assert!(places.is_portable);
        assert!(places.settings().starts_with(stick.path()));
        assert!(places.recovery().starts_with(stick.path()));
    }

    #[test]
    fn a_folder_that_is_asked_for_holds_everything() {
        let folder = tempfile::tempdir().unwrap();
        let places = Places::find(Some(folder.path())).unwrap();
        for path in [places.settings(), places.history(), places.given_up()] {
            assert!(path.starts_with(folder.path()));
        }
    }
}
