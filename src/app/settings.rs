//! What the window remembers between runs: recent drafts, zoom, theme. It knows no report.

use std::path::{Path, PathBuf};

use etcetera::BaseStrategy as _;
use serde::{Deserialize, Serialize};

use super::deadline::Deadline;
use crate::disk;

/// Which theme is shown.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum ThemeChoice {
    /// What the system says.
    #[default]
    System,
    /// Dark text on light paper.
    Light,
    /// Light text on dark paper.
    Dark,
}

impl ThemeChoice {
    /// All choices with their names.
    pub const ALL: [(Self, &'static str); 3] = [
        (Self::Light, "浅色"),
        (Self::Dark, "深色"),
        (Self::System, "跟随系统"),
    ];
}

/// The zoom levels offered, in per cent.
pub const ZOOMS: [u16; 7] = [75, 90, 100, 110, 125, 150, 200];

/// A draft that was saved or opened lately.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recent {
    /// Where it is.
    pub path: PathBuf,
    /// Whose report it is.
    pub issuer: String,
    /// Its year.
    pub year: u16,
    /// When it was saved or opened, for a reader.
    pub when: String,
}

/// Everything remembered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Settings {
    /// The latest first.
    pub recent: Vec<Recent>,
    /// In per cent.
    pub zoom: u16,
    /// Which theme is shown.
    pub theme: ThemeChoice,
    /// Whether tables show last year's figures.
    pub show_prior: bool,
    /// Whether the findings are shown.
    pub show_findings: bool,
    /// Until when the report is due.
    pub deadline: Deadline,
    /// What is set for the rules.
    pub check: crate::check::Settings,
    /// Who checks and confirms.
    pub checked_by: String,
    #[serde(skip)]
    file: Option<PathBuf>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            recent: Vec::new(),
            zoom: 100,
            theme: ThemeChoice::System,
            show_prior: true,
            show_findings: true,
            deadline: Deadline::default(),
            check: crate::check::Settings::default(),
            checked_by: String::new(),
            file: None,
        }
    }
}

const RECENT: usize = 12;

impl Settings {
    /// Reads the settings of this user; what cannot be read is as at the first start.
    #[must_use]
    pub fn load() -> Self {
        folder().map_or_else(Self::default, |folder| {
            Self::load_from(&folder.join("settings.ron"))
        })
    }

    fn load_from(file: &Path) -> Self {
        let read = std::fs::read_to_string(file)
            .ok()
            .and_then(|text| ron::from_str::<Self>(&text).ok());
        let mut settings = read.unwrap_or_default();
        settings.zoom = settings.zoom.clamp(50, 300);
        settings.deadline = settings.deadline.tidy();
        settings.file = Some(file.to_owned());
        settings
    }

    /// Writes them down, whole or not at all.
    pub fn save(&self) -> std::io::Result<()> {
        let Some(file) = &self.file else {
            return Ok(());
        };
        let folder = file.parent().unwrap_or(Path::new("."));
        std::fs::create_dir_all(folder)?;
        let text = ron::ser::to_string_pretty(self, ron::ser::PrettyConfig::default())
            .map_err(std::io::Error::other)?;
        disk::replace(file, text.as_bytes(), disk::Access::Owner)?;
        Ok(())
    }

    /// Puts a draft at the head of the list.
    pub fn remember(&mut self, recent: Recent) {
        self.forget(&recent.path);
        self.recent.insert(0, recent);
        self.recent.truncate(RECENT);
    }

    /// Takes a draft from the list.
    pub fn forget(&mut self, path: &Path) {
        self.recent.retain(|recent| recent.path != path);
    }

    /// The next larger or smaller zoom level.
    #[must_use]
    pub fn next_zoom(&self, larger: bool) -> u16 {
        let next = if larger {
            ZOOMS.iter().find(|&&zoom| zoom > self.zoom)
        } else {
            ZOOMS.iter().rev().find(|&&zoom| zoom < self.zoom)
        };
        next.copied().unwrap_or(self.zoom)
    }
}

fn folder() -> Option<PathBuf> {
    if let Some(home) = std::env::var_os("NIANBAO_HOME").filter(|home| !home.is_empty()) {
        return Some(PathBuf::from(home));
    }
    let strategy = etcetera::choose_base_strategy().ok()?;
    Some(strategy.config_dir().join("nianbao"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_are_read_back() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("deep/settings.ron");
        let mut settings = Settings::load_from(&file);
        settings.zoom = 125;
        settings.remember(Recent {
            path: PathBuf::from("青石镇.nianbao"),
            ..Recent::default()
        });
        settings.save().unwrap();
        assert_eq!(Settings::load_from(&file), settings);
    }

    #[test]
    fn a_broken_file_is_as_none() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("settings.ron");
        std::fs::write(&file, "(zoom: ").unwrap();
        assert_eq!(Settings::load_from(&file).zoom, 100);
    }

    #[test]
    fn the_latest_draft_comes_first_and_once() {
        let mut settings = Settings::default();
        for name in ["a", "b", "a"] {
            let path = PathBuf::from(name);
            settings.remember(Recent {
                path,
                ..Recent::default()
            });
        }
        let paths: Vec<_> = settings.recent.iter().map(|recent| &recent.path).collect();
        assert_eq!(paths, [Path::new("a"), Path::new("b")]);
    }

    #[test]
    fn zooming_stops_at_both_ends() {
        let mut settings = Settings::default();
        assert_eq!(settings.next_zoom(true), 110);
        settings.zoom = 200;
        assert_eq!(settings.next_zoom(true), 200);
        settings.zoom = 75;
        assert_eq!(settings.next_zoom(false), 75);
    }
}
