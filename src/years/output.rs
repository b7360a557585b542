//! The years side by side as the bytes of a file.

use std::path::Path;

use super::ComparedYears;
use crate::disk::{self, FileClaim};
use crate::export::{self, ExportError, picture};
use crate::layout::Library;

/// What can be written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum YearsFormat {
    /// A page to print.
    Pdf,
    /// A picture of dots.
    Png,
    /// A picture of shapes and texts.
    Svg,
}

impl YearsFormat {
    /// All of them, the usual one first.
    pub const ALL: [Self; 3] = [Self::Pdf, Self::Png, Self::Svg];

    /// The file extension without a dot.
    #[must_use]
    pub fn extension(self) -> &'static str {
        match self {
            Self::Pdf => "pdf",
            Self::Png => "png",
            Self::Svg => "svg",
        }
    }

    /// The format that a file's extension asks for.
    ///
    /// # Errors
    /// Says which extensions there are.
    pub fn of(path: &Path) -> Result<Self, String> {
        let extension = path.extension().unwrap_or_default();
        let fits = |format: &Self| extension.eq_ignore_ascii_case(format.extension());
        let found = Self::ALL.into_iter().find(fits);
        found.ok_or_else(|| {
            format!(
                "几年对比写成.pdf、.png或.svg，用扩展名说明：{}",
                disk::shown(path)
            )
        })
    }
}

impl ComparedYears {
    /// The bytes of a file in this format, with the fonts of this computer.
    ///
    /// # Errors
    /// When the page cannot be made.
    pub fn bytes(&self, format: YearsFormat) -> Result<Vec<u8>, ExportError> {
        let (doc, drawing) = self.page();
        if format == YearsFormat::Svg {
            return Ok(picture::svg(&doc.title, &drawing).into_bytes());
        }
        let library = Library::system();
        let layout = drawing.laid_out(library);
        match format {
            YearsFormat::Png => picture::png(&drawing, &layout, library),
            _ => export::pdf::write(&doc, &layout, library),
        }
    }

    /// Writes a file, whole or not at all.
    ///
    /// # Errors
    /// When it fails, what stood there stands there still.
    pub fn write(
        &self,
        format: YearsFormat,
        path: &Path,
        claim: FileClaim<'_>,
    ) -> Result<(), ExportError> {
        let bytes = self.bytes(format)?;
        let put = disk::write(path, &bytes, disk::Access::Usual, claim);
        put.map(drop).map_err(|reason| ExportError::Place {
            path: path.to_path_buf(),
            reason,
        })
    }
}
