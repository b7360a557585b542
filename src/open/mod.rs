//! Any file to a draft: a draft file is loaded, everything else is imported; a packed file is looked into.

mod bundle;
mod compare;
mod file;

use std::path::Path;

pub use bundle::{FoundReport, ReportBundle, of_files};
pub use file::{OpenError, Opened, extensions, open_bytes, open_page, open_pasted};

use crate::report::Prior;

/// Opens a draft file or imports a published report; `-` is standard input.
///
/// # Errors
/// A file that cannot be read or recognised is refused with one Chinese sentence.
pub fn open(path: &Path) -> Result<Opened, OpenError> {
    open_of_year(path, None)
}

/// As [`open`], with the year of a report that does not say it in its title.
///
/// # Errors
/// As [`open`].
pub fn open_of_year(path: &Path, year: Option<u16>) -> Result<Opened, OpenError> {
    let (name, bytes) = file::read(path)?;
    match bundle::of_packed(&bytes, year) {
        Some(bundle) => bundle
            .map_err(|reason| file::refused(path, reason))?
            .only(path),
        None => file::open_bytes(path, &name, &bytes, year),
    }
}

/// Opens last year's report, whatever file it is in.
///
/// # Errors
/// As [`open`].
pub fn open_prior(path: &Path) -> Result<Prior, OpenError> {
    let report = open(path)?.draft.report().clone();
    let source = path
        .file_name()
        .map(|name| name.to_string_lossy().into_owned())
        .unwrap_or_default();
    Ok(Prior { report, source })
}
