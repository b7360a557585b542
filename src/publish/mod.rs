//! Publishing (发布): a draft into files of several formats, each read back and compared with the draft.
//!
//! It knows writers and readers; it knows no rule, no window and no command line.

mod bytes;
mod content;
pub mod correction;
mod ink;
mod pages;
mod proof;
mod set;

use std::iter;
use std::path::{Path, PathBuf};

pub use proof::{FileDifference, Proof};
pub use set::{Occasion, Set, digest};

use crate::disk::{self, FileClaim};
use crate::export::{self, ExportError, WRITERS, Writer};
use crate::report::Draft;

/// A file that was written, and what came of reading it back.
#[derive(Debug, Clone)]
pub struct Published {
    /// The format.
    pub writer: &'static Writer,
    /// Where it is.
    pub path: PathBuf,
    /// Whether it says what the draft says.
    pub proof: Proof,
    /// What the file cannot show.
    pub remarks: Vec<String>,
}

/// What is put before the name of a file that is not fit for publishing.
const DRAFT_PREFIX: &str = "草稿-";

/// The longest name of a file in bytes that every system takes, its number in brackets included.
const LONGEST: usize = 240;

/// The formats that are published when nothing else is asked for.
#[must_use]
pub fn usual_formats() -> Vec<&'static Writer> {
    WRITERS.iter().filter(|writer| writer.usual).collect()
}

/// The draft as it is published in spite of what the check says: every page says that it is one.
#[must_use]
pub fn marked(draft: &Draft) -> Draft {
    let mut draft = draft.clone();
    let mut choices = draft.choices().clone();
    choices.draft_mark = true;
    draft.set_choices(choices);
    draft
}

/// The name of a published file: authority, year and what it is; one that is marked says so first.
#[must_use]
pub fn file_name(draft: &Draft, writer: &Writer) -> String {
    name_ending(draft, writer, "")
}

/// The name of a published file with what its name without the extension ends in.
fn name_ending(draft: &Draft, writer: &Writer, ending: &str) -> String {
    let report = draft.report();
    let prefix = if draft.choices().draft_mark {
        DRAFT_PREFIX
    } else {
        ""
    };
    let usual = report.edition().usual_title(report.issuer(), report.year());
    let mut stem = disk::safe_name(&format!("{prefix}{usual}"));
    while stem.len() + ending.len() + writer.extension.len() + 1 > LONGEST {
        stem.pop();
    }
    format!("{stem}{ending}.{}", writer.extension)
}

/// Where a file goes without taking the place of another one: its name, or the name with a number.
#[must_use]
pub fn free_path(folder: &Path, name: &str) -> PathBuf {
    let (stem, extension) = name.split_once('.').unwrap_or((name, ""));
    let numbered = (2..1000).map(|number| format!("{stem}（{number}）.{extension}"));
    let mut names = std::iter::once(name.to_owned()).chain(numbered);
    let free = names.find(|name| !disk::is_taken(&folder.join(name)));
    folder.join(free.as_deref().unwrap_or(name))
}

/// What must not be published without being told to: characters that the pages cannot show, and fonts
/// that stand in for those that were chosen.
#[must_use]
pub fn obstacles(draft: &Draft, writers: &[&Writer]) -> Vec<String> {
    if !writers.iter().any(|writer| writer.draws) {
        return Vec::new();
    }
    export::laid_out(draft).obstacles()
}

/// Writes one format to a file, reads the file back and compares it with the draft.
///
/// # Errors
/// When it fails, what stood there stands there still.
pub fn publish(
    draft: &Draft,
    writer: &'static Writer,
    path: &Path,
    claim: FileClaim<'_>,
) -> Result<Published, ExportError> {
    let remarks = export::write_file(writer, draft, path, claim)?;
    let proof = match disk::read(path, u64::MAX - 1) {
        Ok(bytes) => proof::compare(draft, &(writer.doc)(draft), writer, &bytes),
        Err(error) => Proof::NotRead(disk::reading_advice(&error)),
    };
    Ok(Published {
        writer,
        path: path.to_path_buf(),
        proof,
        remarks,
    })
}

impl Published {
    /// What came of it, in one line.
    #[must_use]
    pub fn summary(&self) -> String {
        let compared = self.compared();
        let remarks = self.remarks.iter().map(String::as_str);
        let said: Vec<&str> = iter::once(compared.as_str()).chain(remarks).collect();
        said.join("；")
    }

    fn compared(&self) -> String {
        let label = self.writer.label;
        match &self.proof {
            Proof::Same {
                figures,
                paragraphs,
                stood_in,
            } if !stood_in.is_empty() => {
                let list: Vec<String> = stood_in.iter().map(char::to_string).collect();
                let list = list.join("、");
                format!(
                    "{label}：读回核对，{figures}个数，{paragraphs}段文字，只有没印出的字不一致：{list}"
                )
            }
            Proof::Same {
                figures,
                paragraphs,
                ..
            } if *paragraphs > 0 => {
                format!("{label}：读回核对一致，{figures}个数，{paragraphs}段文字")
            }
            Proof::Same { figures, .. } => format!("{label}：读回核对一致，{figures}个数"),
            Proof::Different(list) => {
                let first = list
                    .first()
                    .map(|difference| format!("，{difference}"))
                    .unwrap_or_default();
                format!("{label}：读回后有{}处与草稿不一致{first}", list.len())
            }
            Proof::NotRead(reason) => format!("{label}：未核对，{reason}"),
        }
    }

    /// Whether the file could be compared with the draft.
    #[must_use]
    pub fn is_compared(&self) -> bool {
        !matches!(self.proof, Proof::NotRead(_))
    }

    /// Whether the file says something else than the draft.
    #[must_use]
    pub fn differs(&self) -> bool {
        matches!(self.proof, Proof::Different(_))
    }
}

#[cfg(test)]
mod tests;
