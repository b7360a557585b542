//! Everything that is published at once: one folder with the formats, a list with checksums, and the
//! record that goes into the draft.
//!
//! The folder gets its name when all that belongs into it is there; until then it says that it is not finished.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io;
use std::path::{Path, PathBuf};

use sha2::{Digest as _, Sha256};

use super::name_ending;
use crate::disk::{self, Access, FileClaim};
use crate::export::{self, ExportError, Writer};
use crate::report::{Draft, Publication};

/// What a folder is called beside its name until it is finished.
const UNFINISHED: &str = "（没有写完）";
/// How much of a long name of an authority the folder's name has, in characters.
const ISSUER: usize = 40;
/// The list of what is in the folder.
const LIST: &str = "清单.txt";

/// When, by whom and why a report is published.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Occasion {
    /// The day, as 2026-01-12.
    pub on: String,
    /// Who publishes it.
    pub by: String,
    /// Why it is corrected; empty for what is published first.
    pub reason: String,
}

/// A folder that is being filled (发布文件夹).
#[derive(Debug, Clone)]
pub struct Set {
    occasion: Occasion,
    place: PathBuf,
    name: String,
    /// What the names of its files end in.
    ending: String,
}

fn checksum(bytes: &[u8]) -> String {
    let mut text = String::new();
    for byte in Sha256::digest(bytes) {
        // Writing to a string cannot fail.
        write!(text, "{byte:02x}").unwrap_or_default();
    }
    text
}

/// The checksum of all that a draft publishes.
///
/// # Errors
/// When the content cannot be set out.
pub fn digest(draft: &Draft) -> Result<String, ExportError> {
    let json = export::by_name("json");
    let bytes = json.map(|writer| writer.bytes(draft)).transpose()?;
    Ok(checksum(&bytes.unwrap_or_default()))
}

impl Set {
    /// Begins a folder of its own in another one, which is made if it is not there.
    ///
    /// # Errors
    /// When no folder can be made there.
    pub fn begin(parent: &Path, draft: &Draft, occasion: Occasion) -> io::Result<Self> {
        let report = draft.report();
        let earlier = draft.publications().iter();
        let number = earlier.filter(|one| one.is_correction()).count() + 1;
        let (what, ending) = match (occasion.reason.is_empty(), number) {
            (true, _) => ("发布", String::new()),
            (false, 1) => ("更正", "（更正）".to_owned()),
            (false, number) => ("更正", format!("（第{number}次更正）")),
        };
        let issuer: String = report.issuer().chars().take(ISSUER).collect();
        let on = &occasion.on;
        let usual = disk::safe_name(&format!("{issuer}{}年年报-{on}{what}", report.year()));
        std::fs::create_dir_all(parent)?;
        let mut number = 1;
        loop {
            let name = match number {
                1 => usual.clone(),
                number => format!("{usual}（{number}）"),
            };
            let place = parent.join(format!("{name}{UNFINISHED}"));
            let is_free = !disk::is_taken(&parent.join(&name));
            match std::fs::create_dir(&place) {
                Ok(()) if is_free => {
                    return Ok(Self {
                        occasion,
                        place,
                        name,
                        ending,
                    });
                }
                Ok(()) => std::fs::remove_dir(&place)?,
                Err(error) if error.kind() != io::ErrorKind::AlreadyExists => return Err(error),
                Err(_) => {}
            }
            number += 1;
        }
    }

    /// The folder as it is called while it is filled.
    #[must_use]
    pub fn place(&self) -> &Path {
        &self.place
    }

    /// What the finished folder is called.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Where a format goes.
    #[must_use]
    pub fn path_of(&self, draft: &Draft, writer: &Writer) -> PathBuf {
        self.place.join(name_ending(draft, writer, &self.ending))
    }

    /// Writes another file into the folder.
    ///
    /// # Errors
    /// When it could not be written.
    pub fn add(&self, name: &str, bytes: &[u8]) -> io::Result<()> {
        let path = self.place.join(disk::safe_name(name));
        disk::write(&path, bytes, Access::Usual, FileClaim::NEW).map(drop)
    }

    /// Name and checksum of what is in the folder.
    fn files(&self) -> io::Result<BTreeMap<String, String>> {
        let entries = std::fs::read_dir(&self.place)?;
        entries
            .map(|entry| {
                let path = entry?.path();
                let name = path.file_name().unwrap_or_default();
                let bytes = disk::read(&path, u64::MAX - 1)?;
                Ok((name.to_string_lossy().into_owned(), checksum(&bytes)))
            })
            .collect()
    }

    /// Writes the list, gives the folder its name, and returns what the draft is to remember.
    ///
    /// # Errors
    /// When something is missing, the folder says still that it is not finished.
    pub fn finish(self, draft: &Draft) -> Result<(PathBuf, Publication), ExportError> {
        let digest = digest(draft)?;
        let list = self.list_of(draft, &digest, &self.files()?);
        disk::write(
            &self.place.join(LIST),
            list.as_bytes(),
            Access::Usual,
            FileClaim::NEW,
        )?;
        let place = self.place.with_file_name(&self.name);
        disk::rename_folder(&self.place, &place)?;
        let Occasion { on, by, reason } = self.occasion;
        let publication = Publication {
            on,
            by,
            folder: self.name,
            reason,
            digest,
            report: draft.report().clone(),
            choices: draft.choices().clone(),
        };
        Ok((place, publication))
    }

    fn list_of(&self, draft: &Draft, digest: &str, files: &BTreeMap<String, String>) -> String {
        let Occasion { on, by, reason } = &self.occasion;
        let mut list = format!("{}\n", draft.report().title());
        let is_correction = !reason.is_empty();
        let what = if is_correction { "更正" } else { "发布" };
        list.push_str(&format!("{what}日期：{on}\n"));
        for (label, text) in [("人", by), ("原因", reason)] {
            if !text.is_empty() {
                list.push_str(&format!("{what}{label}：{}\n", one_line(text)));
            }
        }
        if let Some(before) = draft.last_publication().filter(|_| is_correction) {
            list.push_str(&format!("更正的是{}发布的：{}\n", before.on, before.folder));
            for change in draft.changes_since_publication() {
                let (old, new) = (one_line(&change.before), one_line(&change.after));
                list.push_str(&format!(
                    "更正处：{}，原为“{old}”，现为“{new}”\n",
                    change.name()
                ));
            }
        }
        list.push_str(&format!("内容的SHA-256校验码：{digest}\n\n"));
        list.push_str("各文件的SHA-256校验码：\n");
        for (name, checksum) in files {
            list.push_str(&format!("{checksum}  {name}\n"));
        }
        list
    }
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
