//! Writers: a report to the bytes of some file format.

use std::path::Path;

use crate::report::Draft;

/// Why a report could not be exported.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// The system refused.
    #[error("写不出文件：{0}")]
    Write(#[from] std::io::Error),
    /// The document could not be made.
    #[error("无法生成{format}：{reason}")]
    Build {
        /// The format's name.
        format: &'static str,
        /// What went wrong.
        reason: String,
    },
}

/// One file format that a report can be written in.
#[derive(Debug)]
pub struct Writer {
    /// The name on the command line.
    pub name: &'static str,
    /// What menus call it.
    pub label: &'static str,
    /// The file extension without a dot.
    pub extension: &'static str,
    /// Whether it is meant for publishing, so that open findings forbid it.
    pub publishes: bool,
    /// Writes a draft.
    pub write: fn(&Draft) -> Result<Vec<u8>, ExportError>,
}

/// Every format, the usual one first.
pub static WRITERS: &[Writer] = &[];

/// Writes a draft to a file so that the file is either the old one or the new one, never half.
pub fn write_file(writer: &Writer, draft: &Draft, path: &Path) -> Result<(), ExportError> {
    std::fs::write(path, (writer.write)(draft)?)?;
    Ok(())
}

/// The usual file name of an exported report: its title and the format's extension, safe on every system.
#[must_use]
pub fn file_name(draft: &Draft, writer: &Writer) -> String {
    format!("{}.{}", draft.report().title(), writer.extension)
}
