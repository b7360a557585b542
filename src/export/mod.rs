//! Writers: a report to the bytes of some file format.

pub mod docx;
pub mod html;
mod json;
pub mod pdf;
pub mod text;
mod xlsx;

use std::path::{Path, PathBuf};

use crate::disk;
use crate::doc::compose::publication;
use crate::layout::{self, Library};
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
    /// The file could not be put in its place; what stood there stands there still.
    #[error("没有导出：{}\n{}", disk::advice(.reason), .path.display())]
    Place {
        /// The file.
        path: PathBuf,
        /// What the system says.
        reason: std::io::Error,
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
pub static WRITERS: &[Writer] = &[
    Writer {
        name: "docx",
        label: "Word文档",
        extension: "docx",
        publishes: true,
        write: docx_bytes,
    },
    Writer {
        name: "pdf",
        label: "PDF文档",
        extension: "pdf",
        publishes: true,
        write: pages,
    },
    Writer {
        name: "txt",
        label: "纯文本",
        extension: "txt",
        publishes: true,
        write: text_bytes,
    },
    Writer {
        name: "html",
        label: "网页",
        extension: "html",
        publishes: true,
        write: html_bytes,
    },
    Writer {
        name: "fragment",
        label: "网页片段",
        extension: "片段.html",
        publishes: true,
        write: fragment_bytes,
    },
    Writer {
        name: "xlsx",
        label: "Excel表格",
        extension: "xlsx",
        publishes: true,
        write: xlsx_bytes,
    },
    Writer {
        name: "json",
        label: "JSON数据",
        extension: "json",
        publishes: false,
        write: json::write,
    },
];

fn docx_bytes(draft: &Draft) -> Result<Vec<u8>, ExportError> {
    let mut bytes = Vec::new();
    docx::write(&publication(draft), draft.choices(), &mut bytes)?;
    Ok(bytes)
}

/// The pages of a report as PDF, the form in which any system can print them.
pub fn pages(draft: &Draft) -> Result<Vec<u8>, ExportError> {
    let (doc, library) = (publication(draft), Library::system());
    let layout = layout::lay_out(&doc, draft.choices(), library);
    pdf::write(&doc, &layout, library)
}

fn text_bytes(draft: &Draft) -> Result<Vec<u8>, ExportError> {
    let mut bytes = Vec::new();
    text::write(&publication(draft), draft.choices(), &mut bytes)?;
    Ok(bytes)
}

#[expect(clippy::unnecessary_wraps, reason = "it has the shape of a writer")]
fn html_bytes(draft: &Draft) -> Result<Vec<u8>, ExportError> {
    Ok(html::page(&publication(draft)).into_bytes())
}

#[expect(clippy::unnecessary_wraps, reason = "it has the shape of a writer")]
fn fragment_bytes(draft: &Draft) -> Result<Vec<u8>, ExportError> {
    Ok(html::fragment(&publication(draft)).into_bytes())
}

fn xlsx_bytes(draft: &Draft) -> Result<Vec<u8>, ExportError> {
    xlsx::write(&publication(draft))
}

/// The format of this name.
#[must_use]
pub fn by_name(name: &str) -> Option<&'static Writer> {
    WRITERS
        .iter()
        .find(|writer| writer.name.eq_ignore_ascii_case(name))
}

/// The format that a file's extension asks for.
#[must_use]
pub fn by_extension(path: &Path) -> Option<&'static Writer> {
    let extension = path.extension()?.to_str()?;
    WRITERS
        .iter()
        .find(|writer| writer.extension.eq_ignore_ascii_case(extension))
}

/// Writes a draft to a file so that the file is either the old one or the new one, never half.
///
/// # Errors
/// When it fails, what stood there stands there still.
pub fn write_file(writer: &Writer, draft: &Draft, path: &Path) -> Result<(), ExportError> {
    let bytes = (writer.write)(draft)?;
    disk::replace(path, &bytes, disk::Access::Usual).map_err(|reason| ExportError::Place {
        path: path.to_path_buf(),
        reason,
    })
}

/// What should be known of a file of this format although it was written: what it cannot show.
#[must_use]
pub fn remarks(writer: &Writer, draft: &Draft) -> Vec<String> {
    if writer.name != "pdf" {
        return Vec::new();
    }
    layout::lay_out(&publication(draft), draft.choices(), Library::system()).remarks()
}

/// The usual file name of an exported report: its title and the format's extension, safe on every system.
#[must_use]
pub fn file_name(draft: &Draft, writer: &Writer) -> String {
    format!(
        "{}.{}",
        disk::safe_name(&draft.report().title()),
        writer.extension
    )
}
