//! Writers: a report to the bytes of some file format.

pub mod docx;
pub mod html;
mod json;
pub mod pdf;
pub mod text;
mod xlsx;

use std::path::{Path, PathBuf};
use std::thread;

use crate::disk;
pub use crate::disk::{FileClaim, Replaces};
use crate::doc::compose::publication;
use crate::layout::{self, Layout, Library};
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
    #[error("没有导出：{}\n{}", disk::advice(.reason), disk::shown(.path))]
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
    /// Whether it is drawn with the fonts of this computer, which take a while to be found.
    pub draws: bool,
    /// Writes a draft.
    pub write: fn(&Draft) -> Result<Output, ExportError>,
    /// How what was written is read to be compared with the draft.
    pub read_back: ReadBack,
}

impl Writer {
    /// Begins to look for the fonts, if it needs them, while the caller goes on.
    pub fn prepare(&self) {
        if self.draws {
            // Without another thread they are looked for when they are needed.
            drop(thread::Builder::new().spawn(Library::system));
        }
    }

    /// The bytes of a draft in this format.
    ///
    /// # Errors
    /// When the document cannot be made.
    pub fn bytes(&self, draft: &Draft) -> Result<Vec<u8>, ExportError> {
        Ok((self.write)(draft)?.bytes)
    }
}

/// How the bytes of a format are read to be compared with the draft they were written from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReadBack {
    /// By the reader that reads anybody's files of this extension.
    Import,
    /// By the text that its pages draw.
    Pages,
    /// By the cells of its sheets.
    Sheets,
    /// By the keys of its cells and sections.
    Keys,
}

/// What a writer made.
#[derive(Debug)]
pub struct Output {
    /// The file's content.
    pub bytes: Vec<u8>,
    /// What should be known of it although it was made: what it cannot show.
    pub remarks: Vec<String>,
}

impl From<Vec<u8>> for Output {
    fn from(bytes: Vec<u8>) -> Self {
        Self {
            bytes,
            remarks: Vec::new(),
        }
    }
}

/// Every format, the usual one first.
pub static WRITERS: &[Writer] = &[
    Writer {
        name: "docx",
        label: "Word文档",
        extension: "docx",
        publishes: true,
        draws: false,
        write: docx_bytes,
        read_back: ReadBack::Import,
    },
    Writer {
        name: "pdf",
        label: "PDF文档",
        extension: "pdf",
        publishes: true,
        draws: true,
        write: pages,
        read_back: ReadBack::Pages,
    },
    Writer {
        name: "txt",
        label: "纯文本",
        extension: "txt",
        publishes: true,
        draws: false,
        write: text_bytes,
        read_back: ReadBack::Import,
    },
    Writer {
        name: "html",
        label: "网页",
        extension: "html",
        publishes: true,
        draws: false,
        write: html_bytes,
        read_back: ReadBack::Import,
    },
    Writer {
        name: "fragment",
        label: "网页片段",
        extension: "片段.html",
        publishes: true,
        draws: false,
        write: fragment_bytes,
        read_back: ReadBack::Import,
    },
    Writer {
        name: "xlsx",
        label: "Excel表格",
        extension: "xlsx",
        publishes: true,
        draws: false,
        write: xlsx_bytes,
        read_back: ReadBack::Sheets,
    },
    Writer {
        name: "json",
        label: "JSON数据",
        extension: "json",
        publishes: false,
        draws: false,
        write: json_bytes,
        read_back: ReadBack::Keys,
    },
];

fn docx_bytes(draft: &Draft) -> Result<Output, ExportError> {
    Ok(docx::bytes(&publication(draft), draft.choices())?.into())
}

/// The pages of a draft in the fonts of this computer.
#[must_use]
pub fn laid_out(draft: &Draft) -> Layout {
    layout::lay_out(&publication(draft), draft.choices(), Library::system())
}

/// The pages of a report as PDF, the form in which any system can print them.
pub fn pages(draft: &Draft) -> Result<Output, ExportError> {
    let (doc, library) = (publication(draft), Library::system());
    let layout = layout::lay_out(&doc, draft.choices(), library);
    Ok(Output {
        bytes: pdf::write(&doc, &layout, library)?,
        remarks: layout.remarks(),
    })
}

fn text_bytes(draft: &Draft) -> Result<Output, ExportError> {
    let mut bytes = Vec::new();
    text::write(&publication(draft), draft.choices(), &mut bytes)?;
    Ok(bytes.into())
}

#[expect(clippy::unnecessary_wraps, reason = "it has the shape of a writer")]
fn html_bytes(draft: &Draft) -> Result<Output, ExportError> {
    Ok(html::page(&publication(draft)).into_bytes().into())
}

#[expect(clippy::unnecessary_wraps, reason = "it has the shape of a writer")]
fn fragment_bytes(draft: &Draft) -> Result<Output, ExportError> {
    Ok(html::fragment(&publication(draft)).into_bytes().into())
}

fn xlsx_bytes(draft: &Draft) -> Result<Output, ExportError> {
    Ok(xlsx::write(&publication(draft))?.into())
}

fn json_bytes(draft: &Draft) -> Result<Output, ExportError> {
    Ok(json::write(draft)?.into())
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

impl Output {
    /// Puts it into a file, so that the file is either the old one or the new one, never half.
    ///
    /// # Errors
    /// When it fails, what stood there stands there still.
    pub fn put(&self, path: &Path, claim: FileClaim<'_>) -> Result<(), ExportError> {
        let put = disk::write(path, &self.bytes, disk::Access::Usual, claim);
        put.map(drop).map_err(|reason| ExportError::Place {
            path: path.to_path_buf(),
            reason,
        })
    }
}

/// Whether a file may be written there, before any work is done for it.
///
/// # Errors
/// Says why not.
pub fn check_place(path: &Path, claim: FileClaim<'_>) -> Result<(), ExportError> {
    disk::check(path, claim).map_err(|reason| ExportError::Place {
        path: path.to_path_buf(),
        reason,
    })
}

/// Writes a draft to a file and says what should be known of it.
///
/// # Errors
/// When it fails, what stood there stands there still.
pub fn write_file(
    writer: &Writer,
    draft: &Draft,
    path: &Path,
    claim: FileClaim<'_>,
) -> Result<Vec<String>, ExportError> {
    let output = (writer.write)(draft)?;
    output.put(path, claim)?;
    Ok(output.remarks)
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
