//! What lies in a folder: the reports in it, in the folders below it, and in the zips among them.

use std::fs::File;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::io::{self, BufReader, Read as _};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use zip::ZipArchive;

use crate::date::Moment;
use crate::open::{self, OpenError, Opened};
use crate::{disk, import, store, system};

/// How deep folders may lie in folders.
const DEPTH: usize = 16;
/// The most files of one zip that are looked at.
const ENTRIES: usize = 4096;
/// The ending of an archive of files.
const ZIP: &str = "zip";

/// One file that may be a report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReportFile {
    /// Its path below the folder, parts separated by `/`; a file in a zip follows the zip's own.
    pub name: String,
    /// When it was written last.
    pub when: Option<Moment>,
    path: PathBuf,
    /// The number of the file in the zip that the path leads to.
    inside: Option<usize>,
}

/// What lies in a folder.
#[derive(Debug, Default)]
pub struct Folder {
    /// What the readers can read, by name.
    pub files: Vec<ReportFile>,
    /// Everything else, by name.
    pub others: Vec<String>,
}

impl ReportFile {
    /// A file that was named by itself.
    #[must_use]
    pub fn named(path: &Path) -> Self {
        Self {
            name: path.to_string_lossy().into_owned(),
            when: written(path),
            path: path.to_path_buf(),
            inside: None,
        }
    }

    /// Where it is; for a file in a zip, the zip.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Whether it is a file of its own, not one in a zip.
    #[must_use]
    pub fn is_plain(&self) -> bool {
        self.inside.is_none()
    }

    /// What it looks like from outside: it changes when the file is written.
    #[must_use]
    pub fn mark(&self) -> u64 {
        let mut hasher = DefaultHasher::new();
        (outside(&self.path), self.inside).hash(&mut hasher);
        hasher.finish()
    }

    /// Reads it.
    ///
    /// # Errors
    /// As [`open::open`].
    pub fn open(&self) -> Result<Opened, OpenError> {
        let Some(number) = self.inside else {
            return open::open(&self.path);
        };
        let shown = self.path.join(self.own_name());
        let bytes = part(&self.path, number).map_err(|reason| OpenError::Read {
            path: shown.clone(),
            reason,
        })?;
        open::open_bytes(&shown, self.own_name(), &bytes, None)
    }

    fn own_name(&self) -> &str {
        self.name
            .rsplit_once('/')
            .map_or(&self.name, |(_, own)| own)
    }
}

/// The files in a folder and below it, but for those that are named.
///
/// # Errors
/// When the folder itself cannot be read.
pub fn walk(folder: &Path, but: &[&Path]) -> io::Result<Folder> {
    let mut found = Folder::default();
    for (path, name) in listed(folder, but, &mut found.others)? {
        found.add(path, name);
    }
    found.files.sort_by(|a, b| a.name.cmp(&b.name));
    found.others.sort();
    Ok(found)
}

/// What the files of a folder look like from outside: it changes when one comes, goes or is written. No zip is
/// opened for it, so that it may be asked for again and again.
///
/// # Errors
/// When the folder itself cannot be read.
pub(super) fn mark_of(folder: &Path) -> io::Result<u64> {
    let mut listed = listed(folder, &[], &mut Vec::new())?;
    listed.sort();
    let mut hasher = DefaultHasher::new();
    for (path, name) in listed {
        let is_read = is_report(&name) || has_ending(&name, ZIP);
        (name, is_read.then(|| outside(&path))).hash(&mut hasher);
    }
    Ok(hasher.finish())
}

/// The path and the name of every file in a folder and below it; what cannot be looked into goes to the others.
fn listed(
    folder: &Path,
    but: &[&Path],
    others: &mut Vec<String>,
) -> io::Result<Vec<(PathBuf, String)>> {
    let mut listed = Vec::new();
    let mut folders = vec![(folder.to_path_buf(), String::new(), 0)];
    while let Some((path, prefix, depth)) = folders.pop() {
        let entries = match std::fs::read_dir(&path) {
            Ok(entries) => entries,
            Err(error) if depth == 0 => return Err(error),
            Err(_) => {
                others.push(prefix);
                continue;
            }
        };
        for entry in entries {
            let entry = entry?;
            let own = entry.file_name().to_string_lossy().into_owned();
            let name = format!("{prefix}{own}");
            if is_hidden(&own) {
                continue;
            }
            // A folder behind a link may lead back to where it began.
            if entry.file_type()?.is_dir() {
                if depth < DEPTH {
                    folders.push((entry.path(), format!("{name}/"), depth + 1));
                } else {
                    others.push(name);
                }
                continue;
            }
            let path = entry.path();
            if path.is_dir() || but.iter().any(|one| system::is_same_file(one, &path)) {
                continue;
            }
            listed.push((path, name));
        }
    }
    Ok(listed)
}

/// Whether the file that a result is to replace is a report of this folder.
#[must_use]
pub fn is_report_of(folder: &Path, output: &Path) -> bool {
    let real = |path: &Path| std::fs::canonicalize(path).ok();
    let is_inside = real(folder).zip(real(output));
    is_inside.is_some_and(|(folder, output)| output.starts_with(folder))
        && open::open(output).is_ok()
}

impl Folder {
    fn add(&mut self, path: PathBuf, name: String) {
        if !disk::is_regular(&path) {
            self.others.push(name);
        } else if has_ending(&name, ZIP) {
            match entries(&path, &name, &mut self.others) {
                Ok(files) => self.files.extend(files),
                Err(_) => self.others.push(name),
            }
        } else if is_report(&name) {
            self.files.push(ReportFile {
                name,
                when: written(&path),
                path,
                inside: None,
            });
        } else {
            self.others.push(name);
        }
    }
}

/// Whether a file is none of the user's own, such as the lock beside an open document.
fn is_hidden(name: &str) -> bool {
    name.starts_with('.') || name.starts_with("~$") || name == "__MACOSX"
}

/// Whether the readers read files of such a name.
#[must_use]
pub fn is_report(name: &str) -> bool {
    open::extensions().any(|known| has_ending(name, known))
}

fn has_ending(name: &str, ending: &str) -> bool {
    Path::new(name)
        .extension()
        .is_some_and(|own| own.eq_ignore_ascii_case(ending))
}

/// How large a file is, and when it was written last.
fn outside(path: &Path) -> Option<(u64, Option<SystemTime>)> {
    let metadata = std::fs::metadata(path).ok()?;
    Some((metadata.len(), metadata.modified().ok()))
}

fn written(path: &Path) -> Option<Moment> {
    let metadata = std::fs::metadata(path).ok()?;
    metadata.modified().ok().map(Moment::of)
}

fn archive(path: &Path) -> io::Result<ZipArchive<BufReader<File>>> {
    let opened = import::archive(BufReader::new(File::open(path)?));
    match opened.map_err(io::Error::other)? {
        Some(archive) if archive.len() <= ENTRIES => Ok(archive),
        _ => Err(io::ErrorKind::InvalidData.into()),
    }
}

/// The reports in a zip; what else is in it goes to the others.
fn entries(path: &Path, name: &str, others: &mut Vec<String>) -> io::Result<Vec<ReportFile>> {
    let mut archive = archive(path)?;
    let mut files = Vec::new();
    for number in 0..archive.len() {
        let entry = archive.by_index_raw(number)?;
        let own = import::name_in_archive(&entry);
        if entry.is_dir() || own.split('/').any(is_hidden) {
            continue;
        }
        let file = ReportFile {
            name: format!("{name}/{own}"),
            when: entry.last_modified().map(|time| Moment {
                year: time.year(),
                month: time.month(),
                day: time.day(),
                hour: time.hour(),
                minute: time.minute(),
            }),
            path: path.to_path_buf(),
            inside: Some(number),
        };
        if is_report(&own) && !entry.encrypted() {
            files.push(file);
        } else {
            others.push(file.name);
        }
    }
    Ok(files)
}

fn part(path: &Path, number: usize) -> io::Result<Vec<u8>> {
    let mut archive = archive(path)?;
    let mut bytes = Vec::new();
    // The declared size may lie, so that only what really comes out is counted.
    let mut entry = archive.by_index(number)?.take(store::LIMIT + 1);
    entry.read_to_end(&mut bytes)?;
    if bytes.len() as u64 > store::LIMIT {
        return Err(io::ErrorKind::InvalidData.into());
    }
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use super::*;

    #[test]
    fn folders_and_zips_are_walked_and_the_rest_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        std::fs::create_dir_all(at("乡镇/一")).unwrap();
        for name in ["乡镇/一/甲.txt", "乙.docx", "说明.jpg", "~$乙.docx", ".锁"] {
            std::fs::write(at(name), b"x").unwrap();
        }
        std::fs::write(at("坏.zip"), b"PK").unwrap();
        let mut zip = zip::ZipWriter::new(File::create(at("丙.zip")).unwrap());
        let options = zip::write::SimpleFileOptions::default();
        for name in ["报送/丁.txt", "报送/章.png", "__MACOSX/丁.txt"] {
            zip.start_file(name, options).unwrap();
            zip.write_all("一、总体情况".as_bytes()).unwrap();
        }
        zip.finish().unwrap();
        let found = walk(folder.path(), &[&at("乙.docx")]).unwrap();
        let names: Vec<_> = found.files.iter().map(|file| file.name.as_str()).collect();
        assert_eq!(names, ["丙.zip/报送/丁.txt", "乡镇/一/甲.txt"]);
        assert_eq!(found.others, ["丙.zip/报送/章.png", "坏.zip", "说明.jpg"]);
        assert!(matches!(
            found.files[0].open(),
            Err(OpenError::NoReport { .. })
        ));
    }

    #[test]
    fn names_in_zips_of_a_chinese_windows_are_read() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("甲.zip");
        let mut zip = zip::ZipWriter::new(io::Cursor::new(Vec::new()));
        let options = zip::write::SimpleFileOptions::default();
        zip.start_file("aaaa/bbbb.docx", options).unwrap();
        let mut bytes = zip.finish().unwrap().into_inner();
        for at in 0..bytes.len() - 9 {
            if bytes[at..].starts_with(b"aaaa/bbbb") {
                bytes[at..at + 9].copy_from_slice(b"\xC7\xE0\xCA\xAF\\\xC4\xEA\xB1\xA8");
            }
        }
        std::fs::write(&path, bytes).unwrap();
        let files = entries(&path, "甲.zip", &mut Vec::new()).unwrap();
        assert_eq!(files[0].name, "甲.zip/青石/年报.docx");
    }

    #[test]
    fn a_zip_that_takes_long_to_open_is_not_opened() {
        let folder = tempfile::tempdir().unwrap();
        let mut zip = zip::ZipWriter::new(io::Cursor::new(Vec::new()));
        let options = zip::write::SimpleFileOptions::default();
        zip.start_file("乙.txt", options).unwrap();
        let zip = zip.finish().unwrap().into_inner();
        // Each of these ends says that its list begins where there is none.
        let behind = u32::try_from(zip.len()).unwrap().to_le_bytes();
        let end = [
            &b"PK\x05\x06\0\0\0\0\x01\0\x01\0\0\0\0\0"[..],
            &behind,
            &[0, 0],
        ]
        .concat();
        let zip_with = |ends| [&zip[..], &end.repeat(ends)].concat();
        std::fs::write(folder.path().join("甲.zip"), zip_with(1)).unwrap();
        std::fs::write(folder.path().join("丙.zip"), zip_with(20_000)).unwrap();
        let found = walk(folder.path(), &[]).unwrap();
        let files: Vec<_> = found.files.iter().map(|file| file.name.as_str()).collect();
        assert_eq!(files, ["甲.zip/乙.txt"]);
        assert_eq!(found.others, ["丙.zip"]);
    }

    #[test]
    fn the_mark_of_a_folder_changes_with_what_is_read_of_it() {
        let folder = tempfile::tempdir().unwrap();
        let write = |name: &str, text: &str| {
            std::fs::write(folder.path().join(name), text).unwrap();
            mark_of(folder.path()).unwrap()
        };
        let first = write("甲.zip", "1");
        assert_eq!(write("~$乙.docx", "1"), first);
        let longer = write("甲.zip", "12");
        let more = write("乙.docx", "1");
        let other = write("丙.jpg", "1");
        let marks = std::collections::BTreeSet::from([first, longer, more, other]);
        assert_eq!(marks.len(), 4);
        assert_eq!(write("丙.jpg", "12"), other);
    }
}
