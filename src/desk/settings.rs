//! Settings of the rules, and what a county asks for, read from a file.

use std::io;
use std::path::{Path, PathBuf};

use crate::check::RuleSettings;
use crate::check::settings::SettingsError;
use crate::disk;

/// The largest file of settings, in bytes.
const LARGEST: u64 = 1024 * 1024;

/// Why a file of settings cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum SettingsFileError {
    /// It cannot be read.
    #[error("打不开审核设置：{}：{}", disk::reading_advice(.reason), disk::shown(.path))]
    Read {
        /// The file.
        path: PathBuf,
        /// What the system says.
        reason: io::Error,
    },
    /// It is no text.
    #[error("审核设置不是UTF-8文字，另存为UTF-8：{}", disk::shown(.0))]
    NoText(PathBuf),
    /// It cannot be understood.
    #[error("{reason}：{}", disk::shown(.path))]
    Wrong {
        /// The file.
        path: PathBuf,
        /// What is wrong.
        reason: SettingsError,
    },
}

/// Reads settings from a file.
///
/// # Errors
/// Says what is wrong with the file.
pub fn read_settings(path: &Path) -> Result<RuleSettings, SettingsFileError> {
    let own = || path.to_path_buf();
    let bytes = disk::read(path, LARGEST).map_err(|reason| SettingsFileError::Read {
        path: own(),
        reason,
    })?;
    let text = String::from_utf8(bytes).map_err(|_no_text| SettingsFileError::NoText(own()))?;
    RuleSettings::read(&text).map_err(|reason| SettingsFileError::Wrong {
        path: own(),
        reason,
    })
}
