//! What the window remembers between runs: recent drafts, zoom, theme. It knows no report.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::app::state::deadline::Deadline;
use crate::keep::save::HISTORY_MEGABYTES;
use crate::{disk, system};

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
    #[serde(with = "written_path")]
    pub path: PathBuf,
    /// Whose report it is.
    pub issuer: String,
    /// Its year.
    pub year: u16,
    /// When it was saved or opened, for a reader.
    pub when: String,
}

/// How large the window was, in points at 100 %.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct WindowSize {
    /// Width.
    pub width: u16,
    /// Height.
    pub height: u16,
    /// Whether it filled the screen.
    pub maximized: bool,
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
    /// Whether everything is shown with the strongest contrast.
    pub contrast: bool,
    /// How large the window was.
    pub window: Option<WindowSize>,
    /// What drew the window last time.
    pub renderer: Option<String>,
    /// Whether tables show last year's figures.
    pub show_prior: bool,
    /// Whether the findings are shown.
    pub show_findings: bool,
    /// How many megabytes of versions before each save are kept for a draft.
    pub history_megabytes: u16,
    /// Whether the figures of the text follow their cells; asked the first time.
    pub follow: Option<bool>,
    /// Until when the report is due.
    pub deadline: Deadline,
    /// What is set for the rules.
    pub check: crate::check::RuleSettings,
    /// Who checks and confirms.
    pub checked_by: String,
    /// The names of the formats that were published last; the usual ones when empty.
    pub publish_formats: Vec<String>,
    /// Where was published last.
    pub publish_folder: Option<PathBuf>,
    #[serde(skip)]
    file: Option<PathBuf>,
    /// What was wrong with the file, and what became of it.
    #[serde(skip)]
    pub trouble: Option<String>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            recent: Vec::new(),
            zoom: 100,
            theme: ThemeChoice::System,
            contrast: false,
            window: None,
            renderer: None,
            show_prior: true,
            show_findings: true,
            history_megabytes: HISTORY_MEGABYTES,
            follow: None,
            deadline: Deadline::default(),
            check: crate::check::RuleSettings::default(),
            checked_by: String::new(),
            publish_formats: Vec::new(),
            publish_folder: None,
            file: None,
            trouble: None,
        }
    }
}

const RECENT: usize = 12;

/// How the path of a draft begins that is written down from the program's folder on.
const HERE: &str = ".";

impl Settings {
    /// Reads the settings in this file. A file that cannot be read is set aside and said, and
    /// everything is as at the first start.
    #[must_use]
    pub fn load_from(file: &Path) -> Self {
        let (mut settings, mut is_kept) = (Self::default(), true);
        match read(file) {
            Ok(Some(read)) => settings = read,
            Ok(None) => {}
            Err(reason) => {
                let (said, is_aside) = set_aside(file);
                is_kept = is_aside;
                settings.trouble = Some(format!("{reason}，现在用的是默认设置；{said}"));
            }
        }
        if let Some(base) = base(file) {
            for recent in &mut settings.recent {
                if let Ok(beside) = recent.path.strip_prefix(HERE) {
                    recent.path = base.join(beside);
                }
            }
        }
        settings.zoom = settings.zoom.clamp(50, 300);
        settings.deadline = settings.deadline.tidy();
        // What could not be set aside is not written over either.
        settings.file = is_kept.then(|| file.to_owned());
        settings
    }

    /// Writes them down, whole or not at all.
    pub fn save(&self) -> std::io::Result<()> {
        let Some(file) = &self.file else {
            return Ok(());
        };
        let folder = file.parent().unwrap_or(Path::new("."));
        std::fs::create_dir_all(folder)?;
        let mut written = self.clone();
        for recent in &mut written.recent {
            let beside = base(file).and_then(|base| recent.path.strip_prefix(base).ok());
            if let Some(beside) = beside {
                recent.path = Path::new(HERE).join(beside);
            }
        }
        let text = ron::ser::to_string_pretty(&written, ron::ser::PrettyConfig::default())
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
        self.see_other_windows();
        self.recent.retain(|recent| recent.path != path);
    }

    /// Takes the list as another window may have left it.
    fn see_other_windows(&mut self) {
        if let Some(file) = self.file.as_deref().filter(|file| file.exists()) {
            self.recent = Self::load_from(file).recent;
        }
    }

    /// The folders of the recent drafts, each once.
    #[must_use]
    pub fn recent_folders(&self) -> Vec<&Path> {
        let mut folders = Vec::new();
        for folder in self.recent.iter().filter_map(|recent| recent.path.parent()) {
            if !folders.contains(&folder) {
                folders.push(folder);
            }
        }
        folders
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

/// The settings in a file; none where there is no file yet.
fn read(file: &Path) -> Result<Option<Settings>, String> {
    const LIMIT: u64 = 4 * 1024 * 1024;
    let bytes = match disk::read(file, LIMIT) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(format!("设置文件打不开：{}", disk::reading_advice(&error))),
    };
    let read = ron::de::from_bytes(&bytes);
    read.map(Some).map_err(|error| {
        let line = error.span.start.line;
        format!("设置文件第{line}行读不懂")
    })
}

/// Gives a file that cannot be read another name; says where it is, and whether that went well.
fn set_aside(file: &Path) -> (String, bool) {
    let names = (1..100).map(|number| file.with_extension(format!("damaged{number}.ron")));
    let aside = names.into_iter().find(|name| !disk::is_taken(name));
    let moved = aside.filter(|aside| std::fs::rename(file, aside).is_ok());
    if let Some(aside) = moved {
        return (format!("原来的文件放在{}", disk::shown(&aside)), true);
    }
    let file = disk::shown(file);
    (
        format!("原来的文件没有动，这次的设置不会记住：{file}"),
        false,
    )
}

/// Drafts below this folder are written down from it on: a stick has another name in every computer.
fn base(file: &Path) -> Option<&Path> {
    file.parent()?.parent()
}

/// A path as text, or as the bytes of a name that is no text.
mod written_path {
    use super::{Deserialize, Path, PathBuf, Serialize, system};
    use serde::{Deserializer, Serializer};

    #[derive(Serialize, Deserialize)]
    #[serde(untagged)]
    enum StoredSettings {
        Text(String),
        Bytes(Vec<u8>),
    }

    pub fn serialize<S: Serializer>(path: &Path, to: S) -> Result<S::Ok, S::Error> {
        let text = || StoredSettings::Text(path.to_string_lossy().into_owned());
        let written = system::bytes_of_path(path).map_or_else(text, StoredSettings::Bytes);
        written.serialize(to)
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<PathBuf, D::Error> {
        Ok(match StoredSettings::deserialize(from)? {
            StoredSettings::Text(text) => PathBuf::from(text),
            StoredSettings::Bytes(bytes) => system::path_of_bytes(bytes),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_draft_with_a_name_that_is_no_text_is_remembered() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("settings/settings.ron");
        let mut settings = Settings::load_from(&file);
        for path in [
            system::path_of_bytes(vec![b'/', 0xc7, 0xe0, 0xca, 0xaf]),
            PathBuf::from("/青石镇 2025.nianbao"),
        ] {
            settings.remember(Recent {
                path,
                ..Recent::default()
            });
        }
        settings.save().unwrap();
        assert_eq!(Settings::load_from(&file), settings);
    }

    #[test]
    fn drafts_on_a_stick_are_found_where_the_stick_is_now() {
        let computer = tempfile::tempdir().unwrap();
        let (before, now) = (computer.path().join("E"), computer.path().join("F"));
        let settings_on = |stick: &Path| stick.join("nianbao-data/settings.ron");
        let mut settings = Settings::load_from(&settings_on(&before));
        settings.remember(Recent {
            path: before.join("报告/青石镇.nianbao"),
            ..Recent::default()
        });
        settings.save().unwrap();
        std::fs::rename(&before, &now).unwrap();
        let settings = Settings::load_from(&settings_on(&now));
        let found = settings.recent.first().map(|recent| recent.path.clone());
        assert_eq!(found, Some(now.join("报告/青石镇.nianbao")));
    }

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
    fn a_broken_file_is_set_aside_and_said() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("settings.ron");
        for (number, broken) in [&b"(zoom: "[..], b"\xff\xfe(zoom: 100)"]
            .into_iter()
            .enumerate()
        {
            std::fs::write(&file, broken).unwrap();
            let settings = Settings::load_from(&file);
            assert_eq!(settings.zoom, 100);
            let trouble = settings.trouble.clone().unwrap();
            let aside = folder
                .path()
                .join(format!("settings.damaged{}.ron", number + 1));
            assert!(trouble.contains(aside.to_str().unwrap()), "{trouble}");
            assert_eq!(std::fs::read(&aside).unwrap(), broken);
            settings.save().unwrap();
            assert_eq!(Settings::load_from(&file).trouble, None);
        }
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
    fn another_windows_drafts_stay_in_the_list() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("settings.ron");
        let mut windows = [Settings::load_from(&file), Settings::load_from(&file)];
        for (window, name) in [(0, "甲/a"), (1, "乙/b"), (0, "甲/c")] {
            let settings = &mut windows[window];
            settings.remember(Recent {
                path: PathBuf::from(name),
                ..Recent::default()
            });
            settings.save().unwrap();
        }
        assert_eq!(windows[0].recent.len(), 3);
        assert_eq!(
            windows[0].recent_folders(),
            [Path::new("甲"), Path::new("乙")]
        );
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
