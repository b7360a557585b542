//! Writers: a report to the bytes of some file format.

pub mod docx;
pub mod html;
mod json;
pub mod pdf;
pub mod picture;
pub mod rows;
pub mod text;
mod xlsx;

use std::io::{Cursor, Write as _};
use std::path::{Path, PathBuf};
use std::thread;

use crate::disk;
pub use crate::disk::{FileClaim, Replaces};
use crate::doc::Doc;
use crate::doc::compose::publication;
use crate::layout::{self, Layout, Library};
use crate::report::{Choices, Draft};

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
    /// Whether it is published when nothing else is asked for.
    pub usual: bool,
    /// Whether it is drawn with the fonts of this computer, which take a while to be found.
    pub draws: bool,
    /// What it writes of a draft.
    pub doc: fn(&Draft) -> Doc,
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
    /// File by file, each as it is read on its own.
    Parts,
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
        usual: true,
        draws: false,
        doc: publication,
        write: docx_bytes,
        read_back: ReadBack::Import,
    },
    Writer {
        name: "pdf",
        label: "PDF文档",
        extension: "pdf",
        publishes: true,
        usual: true,
        draws: true,
        doc: publication,
        write: pages,
        read_back: ReadBack::Pages,
    },
    Writer {
        name: "txt",
        label: "纯文本",
        extension: "txt",
        publishes: true,
        usual: true,
        draws: false,
        doc: publication,
        write: text_bytes,
        read_back: ReadBack::Import,
    },
    Writer {
        name: "html",
        label: "网页",
        extension: "html",
        publishes: true,
        usual: true,
        draws: false,
        doc: publication,
        write: html_bytes,
        read_back: ReadBack::Import,
    },
    Writer {
        name: "fragment",
        label: "网页片段",
        extension: "片段.html",
        publishes: true,
        usual: false,
        draws: false,
        doc: fragment_doc,
        write: fragment_bytes,
        read_back: ReadBack::Import,
    },
    Writer {
        name: "xlsx",
        label: "Excel表格",
        extension: "xlsx",
        publishes: true,
        usual: true,
        draws: false,
        doc: publication,
        write: xlsx_bytes,
        read_back: ReadBack::Sheets,
    },
    Writer {
        name: "zip",
        label: "附件压缩包（Word、PDF、网页）",
        extension: "zip",
        publishes: true,
        usual: false,
        draws: true,
        doc: publication,
        write: attachments,
        read_back: ReadBack::Parts,
    },
    Writer {
        name: "json",
        label: "JSON数据",
        extension: "json",
        publishes: false,
        usual: false,
        draws: false,
        doc: publication,
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
    printed(&publication(draft), draft.choices())
}

/// A document as PDF in the fonts of this computer.
///
/// # Errors
/// When the document cannot be made.
pub fn printed(doc: &Doc, choices: &Choices) -> Result<Output, ExportError> {
    let library = Library::system();
    let layout = layout::lay_out(doc, choices, library);
    Ok(Output {
        bytes: pdf::write(doc, &layout, library)?,
        remarks: layout.remarks(),
    })
}

/// How many pages a document takes in the fonts of this computer.
#[must_use]
pub fn page_count(doc: &Doc, choices: &Choices) -> usize {
    layout::lay_out(doc, choices, Library::system()).pages.len()
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
    Ok(html::fragment(&fragment_doc(draft)).into_bytes().into())
}

/// What the editor of a website is given: many sites set a title of their own above it.
#[must_use]
pub fn fragment_doc(draft: &Draft) -> Doc {
    let mut doc = publication(draft);
    if !draft.choices().fragment_title {
        doc.title.clear();
    }
    doc
}

/// The files that a website offers below the report, in one file, as many sites take attachments.
fn attachments(draft: &Draft) -> Result<Output, ExportError> {
    let broken = |error: zip::result::ZipError| ExportError::Build {
        format: "ZIP",
        reason: error.to_string(),
    };
    let options = zip::write::SimpleFileOptions::default()
        .last_modified_time(zip::DateTime::default())
        .system(zip::System::Unix)
        .unix_permissions(0o644);
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let mut remarks = Vec::new();
    for writer in ATTACHED.iter().filter_map(|name| by_name(name)) {
        let output = (writer.write)(draft)?;
        zip.start_file(file_name(draft, writer), options)
            .map_err(broken)?;
        zip.write_all(&output.bytes)?;
        remarks.extend(output.remarks);
    }
    let bytes = zip.finish().map_err(broken)?.into_inner();
    Ok(Output { bytes, remarks })
}

/// The formats of the attachments.
const ATTACHED: [&str; 3] = ["docx", "pdf", "html"];

/// The tables of a document as a workbook, a sheet each.
///
/// # Errors
/// When a table cannot be a sheet.
pub fn book(doc: &Doc) -> Result<Vec<u8>, ExportError> {
    xlsx::write(doc)
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

/// The format that the end of a file's name asks for; the longest that fits.
#[must_use]
pub fn by_extension(path: &Path) -> Option<&'static Writer> {
    let name = path.file_name()?.to_string_lossy().to_lowercase();
    let fits = |writer: &&Writer| {
        let stem = name.strip_suffix(writer.extension);
        stem.is_some_and(|stem| stem.len() > 1 && stem.ends_with('.'))
    };
    let fitting = WRITERS.iter().filter(fits);
    fitting.max_by_key(|writer| writer.extension.len())
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_end_of_a_name_asks_for_a_format() {
        for (name, expected) in [
            ("a.docx", Some("docx")),
            ("某镇.片段.html", Some("fragment")),
            ("某镇.html", Some("html")),
            ("A.HTML", Some("html")),
            ("a.zip", Some("zip")),
            ("片段.html", Some("html")),
            (".txt", None),
            ("a.doc", None),
        ] {
            let found = by_extension(Path::new(name)).map(|writer| writer.name);
            assert_eq!(found, expected, "{name}");
        }
    }
}
