//! Readers: bytes of some file format to a [`crate::doc::Doc`]. They know no form and no report.

mod assemble;
mod attachments;
mod book;
mod bytes;
mod compound;
mod decode;
mod docx;
mod edged;
mod furniture;
mod grid;
mod html;
mod kinds;
mod look;
mod mht;
mod numbering;
mod ofd;
mod package;
mod pdf;
mod piece;
mod placed;
mod rtf;
mod text;
mod title;
mod word97;
mod words;

use std::collections::BTreeMap;

pub use attachments::{Attachment, PACKED, attachments};
pub use decode::decode;
pub(crate) use package::{archive, name_in_archive};

use crate::doc::{Block, Doc, Table};

/// The largest file that is read.
const LARGEST: usize = 32 * 1024 * 1024;

/// Why a file could not be read.
#[derive(Debug, thiserror::Error, Clone, PartialEq, Eq)]
pub enum ImportError {
    /// There is nothing in it.
    #[error("文件是空的，请确认选对了文件")]
    Empty,
    /// It is larger than any report.
    #[error("文件太大或者层层嵌套太多，不像是一份年度报告，请去掉其中的图片、另存一次后再导入")]
    TooLarge,
    /// It is an old Word document.
    #[error("这是旧版Word或WPS文档，请用Word或WPS打开后另存为.docx再导入")]
    OldWord,
    /// It is pictures of pages.
    #[error("这是扫描件，没有文字，请找原来的Word文件或网页再导入，或者对照着填写")]
    Scan,
    /// It is another office document.
    #[error("这是{kind}，不能直接导入，请{advice}")]
    Other {
        /// What it is.
        kind: &'static str,
        /// The way out.
        advice: &'static str,
    },
    /// It is neither text nor a known format.
    #[error("文件内容不是文字，无法导入，请改用{known}文件")]
    Binary {
        /// The formats that can be read.
        known: String,
    },
    /// No reader takes this kind of file.
    #[error("不认识“{found}”格式，请把报告另存为{known}后再导入")]
    Unknown {
        /// The extension or the format's name.
        found: String,
        /// The formats that can be read.
        known: String,
    },
    /// The file claims a format but does not keep to it.
    #[error("无法读取{format}文件：{reason}，请重新保存一次后再导入")]
    Broken {
        /// The format's name.
        format: &'static str,
        /// What is wrong.
        reason: String,
    },
}

/// One file format that a published report can be read from.
#[derive(Debug)]
pub struct Reader {
    /// What menus and messages call it.
    pub name: &'static str,
    /// The file extensions without a dot, in lower case.
    pub extensions: &'static [&'static str],
    /// Reads the bytes of a file.
    pub read: fn(&[u8]) -> Result<Doc, ImportError>,
}

/// Every format that can be read.
pub static READERS: &[Reader] = &[
    TEXT, MARKDOWN, DOCX, OLD_WORD, RTF, PDF, OFD, HTML, MHT, XLSX, XLS, ODS,
];

const TEXT: Reader = Reader {
    name: "文本",
    extensions: &["txt", "text"],
    read: text::read,
};

const MARKDOWN: Reader = Reader {
    name: "Markdown",
    extensions: &["md", "markdown"],
    read: text::read_markdown,
};

const DOCX: Reader = Reader {
    name: "Word文档",
    extensions: &["docx", "docm", "dotx"],
    read: docx::read,
};

const OLD_WORD: Reader = Reader {
    name: "旧版Word和WPS文档",
    extensions: &["doc", "wps", "dot", "wpt"],
    read: word97::read,
};

const RTF: Reader = Reader {
    name: "RTF文档",
    extensions: &["rtf"],
    read: rtf::read,
};

const PDF: Reader = Reader {
    name: "PDF",
    extensions: &["pdf"],
    read: pdf::read,
};

const OFD: Reader = Reader {
    name: "OFD版式文件",
    extensions: &["ofd"],
    read: ofd::read,
};

const HTML: Reader = Reader {
    name: "网页",
    extensions: &["html", "htm", "xhtml"],
    read: html::read,
};

const MHT: Reader = Reader {
    name: "网页存档",
    extensions: &["mht", "mhtml"],
    read: mht::read,
};

const XLSX: Reader = Reader {
    name: "Excel表格",
    extensions: &["xlsx", "xlsm"],
    read: book::xlsx::read,
};

const XLS: Reader = Reader {
    name: "旧版Excel表格",
    extensions: &["xls", "et"],
    read: book::xls::read,
};

const ODS: Reader = Reader {
    name: "ODF表格",
    extensions: &["ods"],
    read: book::ods::read,
};

/// What a file begins with that is a web page or a piece of one, whatever it is called.
const PAGE_STARTS: &[&str] = &[
    "<!doctype html",
    "<html",
    "<head",
    "<body",
    "<div",
    "<p>",
    "<p ",
    "<meta",
    "<title",
    "<span",
    "<section",
    "<article",
    "<style",
    "<!--",
    "<h1",
    "<h2",
    "<center",
    "<font",
];

/// Reads a file with the reader that its content and the extension of its name call for.
///
/// # Errors
/// What cannot be read is refused with advice.
pub fn read(name: &str, bytes: &[u8]) -> Result<Doc, ImportError> {
    if bytes.is_empty() {
        return Err(ImportError::Empty);
    }
    if bytes.len() > LARGEST {
        return Err(ImportError::TooLarge);
    }
    if attachments(bytes).is_some() {
        return Err(kinds::PACKED);
    }
    if let Some(refusal) = kinds::refusal(bytes) {
        return Err(refusal);
    }
    let extension = name
        .rsplit_once('.')
        .map_or(String::new(), |(_, extension)| extension.to_lowercase());
    let wanted = sniff(bytes).unwrap_or(&extension);
    let reader = READERS
        .iter()
        .find(|reader| reader.extensions.contains(&wanted));
    match reader {
        Some(reader) => (reader.read)(bytes),
        // A name without an extension says nothing about the content, so that the text is tried.
        None if extension.is_empty() && wanted.is_empty() => (TEXT.read)(bytes),
        None => Err(ImportError::Unknown {
            found: wanted.to_owned(),
            known: known(),
        }),
    }
}

/// The sheets of a workbook that are seen, each with everything that is written on it.
///
/// # Errors
/// What is no workbook is refused.
pub fn sheets(bytes: &[u8]) -> Result<Vec<Table>, ImportError> {
    book::xlsx::tables(bytes)
}

/// The text a report was read from, to be looked at beside it: a text as it is, another format as
/// its lines and rows.
#[must_use]
pub fn source_text(name: &str, bytes: &[u8], doc: &Doc) -> String {
    let is_text = sniff(bytes).is_none()
        && [TEXT, MARKDOWN]
            .iter()
            .flat_map(|reader| reader.extensions)
            .any(|extension| name.to_lowercase().ends_with(&format!(".{extension}")));
    if is_text && let Some(text) = decode::decode(bytes) {
        return text;
    }
    let mut lines = vec![doc.title.clone()];
    for block in &doc.blocks {
        match block {
            Block::Heading { text, .. } | Block::Paragraph(text) => lines.push(text.clone()),
            Block::Table(table) => {
                let mut rows: BTreeMap<usize, Vec<String>> = BTreeMap::new();
                for cell in &table.cells {
                    let text = cell.text.replace('\n', " ");
                    rows.entry(cell.row).or_default().push(text);
                }
                lines.extend(rows.into_values().map(|row| row.join(" | ")));
            }
        }
    }
    lines.join("\n")
}

/// The format that the first bytes give away, whatever the file is called.
fn sniff(bytes: &[u8]) -> Option<&'static str> {
    if bytes.starts_with(b"PK\x03\x04") {
        return Some(kinds::of_package(bytes));
    }
    // Mail programs put lines before it.
    let start = bytes.get(..bytes.len().min(1024)).unwrap_or_default();
    if start.windows(5).any(|word| word == b"%PDF-") {
        return Some("pdf");
    }
    if bytes.starts_with(rtf::START) {
        return Some("rtf");
    }
    if bytes.starts_with(compound::START) {
        return Some(kinds::of_compound(bytes));
    }
    let start = bytes.get(..bytes.len().min(2048)).unwrap_or_default();
    let start = String::from_utf8_lossy(start).to_lowercase();
    let start = start.trim_start_matches('\u{feff}').trim_start();
    let is_page = start.starts_with('<') && PAGE_STARTS.iter().any(|tag| start.starts_with(tag));
    if is_page {
        return Some("html");
    }
    mht::is_archive(bytes).then_some("mht")
}

/// The extensions that can be read, for a sentence.
fn known() -> String {
    let names = READERS
        .iter()
        .filter_map(|reader| reader.extensions.first());
    let names: Vec<_> = names.map(|extension| format!(".{extension}")).collect();
    names.join("、")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_report_is_refused_with_advice() {
        assert_eq!(read("a.txt", b""), Err(ImportError::Empty));
        let old = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, 0, 0];
        assert_eq!(read("a.doc", &old), Err(ImportError::OldWord));
        assert!(matches!(
            read("a.txt", &[0, 1, 2, 3]),
            Err(ImportError::Binary { .. })
        ));
        assert!(matches!(
            read("a.docx", b"\x89PNG\r\n\x1a\n"),
            Err(ImportError::Other { .. })
        ));
        assert!(matches!(
            read("a.pdf", b"%PDF-1.4"),
            Err(ImportError::Broken { .. })
        ));
        assert!(matches!(
            read("a.xyz", b"abc"),
            Err(ImportError::Unknown { .. })
        ));
        assert_eq!(
            read("a.txt", &vec![b'a'; LARGEST + 1]),
            Err(ImportError::TooLarge)
        );
    }

    #[test]
    fn a_file_without_extension_is_taken_for_text() {
        assert!(read("报告", "一、甲".as_bytes()).is_ok());
    }
}
