//! A look (版式) as a file of its own, to be kept and handed on: one county, one look.

use std::path::Path;

use serde::{Deserialize, Serialize};

use super::choices::ChoicesFile;
use crate::disk::{self, FileClaim};
use crate::report::Choices;

/// The extension of files that hold a look, without a dot.
pub const LOOK_EXTENSION: &str = "nbstyle";

/// The largest file that is read.
const LIMIT: u64 = 64 * 1024;

/// The newest version of such files.
const VERSION: u32 = 1;

/// Why a file of a look could not be read or written.
#[derive(Debug, thiserror::Error)]
pub enum LookError {
    /// The file could not be read.
    #[error("打不开版式文件：{}\n{}", disk::reading_advice(.0), .1)]
    Read(std::io::Error, String),
    /// It holds no look.
    #[error("这不是版式文件，或者由更新的版本保存，用“存成版式文件…”另存一份\n{0}")]
    Unknown(String),
    /// It asks for what no page can hold.
    #[error("版式文件里{0}\n{1}")]
    Fault(String, String),
    /// It could not be written.
    #[error("版式文件没有保存：{}\n{}", disk::advice(.0), .1)]
    Write(std::io::Error, String),
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct LookFile {
    version: u32,
    choices: ChoicesFile,
}

/// Reads a look; what belongs to one report only is as usual in it.
///
/// # Errors
/// When the file cannot be read, or holds none.
pub fn read_look(path: &Path) -> Result<Choices, LookError> {
    let place = || disk::shown(path);
    let bytes = disk::read(path, LIMIT).map_err(|error| LookError::Read(error, place()))?;
    let text = String::from_utf8_lossy(&bytes);
    let text = text.trim_start_matches('\u{feff}');
    let file: LookFile = ron::from_str(text).map_err(|_unreadable| LookError::Unknown(place()))?;
    if file.version != VERSION {
        return Err(LookError::Unknown(place()));
    }
    let choices = file.choices.read().look();
    match choices.fault() {
        Some(fault) => Err(LookError::Fault(fault, place())),
        None => Ok(choices.within_reason()),
    }
}

/// Writes the look of some choices.
///
/// # Errors
/// When it fails, what stood there stands there still.
pub fn write_look(choices: &Choices, path: &Path, claim: FileClaim<'_>) -> Result<(), LookError> {
    let failed = |error| LookError::Write(error, disk::shown(path));
    let file = LookFile {
        version: VERSION,
        choices: ChoicesFile::write(&choices.look()),
    };
    let pretty = ron::ser::PrettyConfig::new();
    let text = ron::ser::to_string_pretty(&file, pretty);
    let text = text.map_err(|error| failed(std::io::Error::other(error)))?;
    let bytes = format!("{text}\n").into_bytes();
    let written = disk::write(path, &bytes, disk::Access::Usual, claim);
    written.map(drop).map_err(failed)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::disk::Replaces;

    #[test]
    fn a_look_is_read_as_it_was_written() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("青石县.nbstyle");
        let choices = Choices {
            times: true,
            title_font: "华文中宋".to_owned(),
            title_size: 36,
            line_pitch: 560,
            date: "2026-1-15".to_owned(),
            ..Choices::default()
        };
        let claim = FileClaim {
            inputs: &[],
            replaces: Replaces::Nothing,
        };
        write_look(&choices, &path, claim).unwrap();
        assert_eq!(read_look(&path).unwrap(), choices.look());
        for (text, says) in [
            ("乱写的", "这不是版式文件"),
            ("(version: 9, choices: ())", "更新的版本"),
            ("(version: 1, choices: (color: 3))", "这不是版式文件"),
            (
                "(version: 1, choices: (table_size: 90))",
                "表格字号要在5磅到14磅之间",
            ),
        ] {
            std::fs::write(&path, text).unwrap();
            let said = read_look(&path).unwrap_err().to_string();
            assert!(said.contains(says), "{said}");
        }
        std::fs::write(&path, "(version: 1, choices: ())").unwrap();
        assert_eq!(read_look(&path).unwrap(), Choices::default());
    }
}
