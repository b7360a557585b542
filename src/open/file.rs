//! One file to a draft: a draft file is loaded, everything else is imported.

use std::path::{Path, PathBuf};

use crate::doc::Doc;
use crate::doc::compose::publication;
use crate::doc::recognise::{self, Left, RecogniseError};
use crate::report::{Beside, Draft, bounds};
use crate::store::StoreError;
use crate::{disk, form, import, store};

/// The largest file that is read, in bytes.
const LIMIT: u64 = store::LIMIT;

/// A draft that was read from a file.
#[derive(Debug)]
pub struct Opened {
    /// The draft; what the importer noted is in it.
    pub draft: Draft,
    /// Whether the file was a draft file, so that saving may replace it.
    pub is_draft: bool,
    /// The text an imported report was read from; empty for a draft.
    pub source: String,
    /// Text of an imported report that went nowhere.
    pub left: Vec<Left>,
    /// The document an imported report was read from; empty for a draft.
    pub page: Doc,
}

/// Why a file could not be opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// A draft file is at fault.
    #[error("{0}")]
    Draft(#[from] StoreError),
    /// The file could not be read.
    #[error("打不开文件：{}\n{}", disk::reading_advice(.reason), disk::shown(.path))]
    Read {
        /// The file.
        path: PathBuf,
        /// What the system says.
        reason: std::io::Error,
    },
    /// The file is of no known format.
    #[error("{reason}\n{}", disk::shown(.path))]
    Format {
        /// The file.
        path: PathBuf,
        /// What the reader says.
        reason: import::ImportError,
    },
    /// The file holds no report.
    #[error("{reason}\n{}", disk::shown(.path))]
    NoReport {
        /// The file.
        path: PathBuf,
        /// What was not found.
        reason: RecogniseError,
    },
    /// No file in a packed file holds a report.
    #[error("压缩包里没有能读的年度报告{first}\n{}", disk::shown(.path))]
    NoneInside {
        /// The packed file.
        path: PathBuf,
        /// Why the first file in it is none, after a comma.
        first: String,
    },
    /// A packed file holds several reports.
    #[error("压缩包里有{}份不同的报告（{}），请解开后逐个导入\n{}", .reports.len(), .reports.join("、"), disk::shown(.path))]
    Several {
        /// The packed file.
        path: PathBuf,
        /// Whose they are, and of which year.
        reports: Vec<String>,
    },
}

impl OpenError {
    /// Whether only the disk did not give the file, so that it may be read another time as it is.
    #[must_use]
    pub fn may_pass(&self) -> bool {
        let Self::Read { reason, .. } = self else {
            return false;
        };
        reason.raw_os_error().is_some() || disk::Refusal::of(reason) == Some(disk::Refusal::Stalled)
    }

    /// Whether nothing is missing but the year, which can be asked for.
    #[must_use]
    pub const fn lacks_the_year(&self) -> bool {
        matches!(
            self,
            Self::NoReport {
                reason: RecogniseError::NoYear,
                ..
            }
        )
    }
}

/// The extensions of all files that can be opened, without a dot, those of drafts first.
pub fn extensions() -> impl Iterator<Item = &'static str> {
    let readers = import::READERS.iter();
    let read = readers.flat_map(|reader| reader.extensions).copied();
    std::iter::once(store::EXTENSION)
        .chain(read)
        .chain(std::iter::once(import::PACKED))
}

/// What stands for standard input in the place of a file.
const INPUT: &str = "-";

/// The name of a file and its bytes. What comes from standard input has no name that says what it is.
pub(super) fn read(path: &Path) -> Result<(String, Vec<u8>), OpenError> {
    let is_input = path.as_os_str() == INPUT;
    let read = if is_input {
        disk::read_input(LIMIT)
    } else {
        disk::read(path, LIMIT)
    };
    let bytes = read.map_err(|reason| OpenError::Read {
        path: path.to_path_buf(),
        reason,
    })?;
    let name = path.file_name().filter(|_| !is_input);
    let name = name.map_or_else(String::new, |name| name.to_string_lossy().into_owned());
    Ok((name, bytes))
}

/// Opens what was read already, such as a file in an archive; the path is only for what is said of it.
///
/// # Errors
/// What cannot be read or recognised is refused with one Chinese sentence.
pub fn open_bytes(
    path: &Path,
    name: &str,
    bytes: &[u8],
    year: Option<u16>,
) -> Result<Opened, OpenError> {
    let extension = Path::new(name).extension();
    let named_draft = extension.is_some_and(|own| own.eq_ignore_ascii_case(store::EXTENSION));
    if named_draft || store::is_draft(bytes) {
        let draft = store::parse(bytes).map_err(|fault| fault.at(path))?;
        return Ok(Opened {
            draft,
            is_draft: true,
            source: String::new(),
            left: Vec::new(),
            page: Doc::default(),
        });
    }
    imported(path, name, bytes, year)
}

/// The refusal of a file by a reader.
pub(super) fn refused(path: &Path, reason: import::ImportError) -> OpenError {
    OpenError::Format {
        path: path.to_path_buf(),
        reason,
    }
}

/// Reads a published page as the document it is; a draft is read as it is published.
///
/// # Errors
/// A file that cannot be read is refused with one Chinese sentence.
pub fn open_page(path: &Path) -> Result<Doc, OpenError> {
    let named = path.file_name().map(|name| name.to_string_lossy());
    let bytes = disk::read(path, LIMIT).map_err(|reason| OpenError::Read {
        path: path.to_path_buf(),
        reason,
    })?;
    if store::is_draft(&bytes) {
        let draft = store::parse(&bytes).map_err(|fault| fault.at(path))?;
        return Ok(publication(&draft));
    }
    import::read(&named.unwrap_or_default(), &bytes).map_err(|reason| OpenError::Format {
        path: path.to_path_buf(),
        reason,
    })
}

/// Reads a report that was copied: as a web page where it is one, else as text. The year that is given
/// is that of a report that does not say it in its title.
///
/// # Errors
/// What cannot be recognised is refused with one Chinese sentence.
pub fn open_pasted(html: Option<&str>, text: &str, year: Option<u16>) -> Result<Opened, OpenError> {
    let from = Path::new("剪贴板");
    let page = html.map(|html| imported(from, "剪贴板.html", html.as_bytes(), year));
    match page {
        Some(Ok(opened)) => return Ok(opened),
        // The text would say as little of the year, and hold the tables less well.
        Some(Err(error)) if error.lacks_the_year() => return Err(error),
        _ => {}
    }
    imported(from, "剪贴板.txt", text.as_bytes(), year)
}

pub(super) fn imported(
    path: &Path,
    name: &str,
    bytes: &[u8],
    year: Option<u16>,
) -> Result<Opened, OpenError> {
    let doc = import::read(name, bytes).map_err(|reason| refused(path, reason))?;
    let recognised =
        recognise::recognise(&doc, form::all(), year).map_err(|reason| OpenError::NoReport {
            path: path.to_path_buf(),
            reason,
        })?;
    let beside = Beside {
        notes: recognised.notes,
        ..Beside::default()
    };
    let draft = Draft::with(recognised.report, beside);
    if is_too_long(&draft) {
        return Err(refused(path, import::ImportError::TooLarge));
    }
    Ok(Opened {
        draft,
        is_draft: false,
        source: import::source_text(name, bytes, &doc),
        left: recognised.left,
        page: doc,
    })
}

/// Whether some text is longer than any report's.
fn is_too_long(draft: &Draft) -> bool {
    let report = draft.report();
    let mut passages = report.edition().passages();
    passages.any(|(_, id)| bounds::is_too_long(report.text(id)))
}
