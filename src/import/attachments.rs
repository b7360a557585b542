//! Packed files (.zip), as sites offer the attachments of a page: the files in them. It reads none of these.

use std::io::{Cursor, Read as _};

use zip::ZipArchive;

use super::{ImportError, READERS, package};

/// The extension of packed files.
pub const PACKED: &str = "zip";
/// The most files that are looked at.
const FILES: usize = 2048;
/// The most files that are read, and the most bytes of them, unpacked.
const READ: usize = 32;
const BYTES: usize = 32 * 1024 * 1024;
/// What packages that are documents themselves hold.
const DOCUMENT: &[&str] = &["[Content_Types].xml", "mimetype", "content.xml", "OFD.xml"];
const DOCUMENT_FOLDERS: &[&str] = &["word/", "xl/", "ppt/", "META-INF/"];

/// A file in a packed file, or beside others in a folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attachment {
    /// Its name without folders.
    pub name: String,
    /// Its content; `None` for what no reader reads.
    pub bytes: Option<Vec<u8>>,
}

impl Attachment {
    /// Whether a name says that some reader reads the file, or says nothing.
    #[must_use]
    pub fn is_readable(name: &str) -> bool {
        let Some((_, extension)) = name.rsplit_once('.') else {
            return true;
        };
        let mut known = READERS.iter().flat_map(|reader| reader.extensions);
        known.any(|known| known.eq_ignore_ascii_case(extension))
    }
}

/// The files in a packed file; `None` for anything else, a document that is a package among it.
#[must_use]
pub fn attachments(bytes: &[u8]) -> Option<Result<Vec<Attachment>, ImportError>> {
    if !bytes.starts_with(b"PK\x03\x04") {
        return None;
    }
    let mut archive = match package::archive(Cursor::new(bytes)) {
        Ok(archive) => archive?,
        Err(error) => return Some(Err(error)),
    };
    let is_part = |name: &str| {
        DOCUMENT.iter().any(|part| part.eq_ignore_ascii_case(name))
            || DOCUMENT_FOLDERS
                .iter()
                .any(|folder| name.starts_with(folder))
    };
    if archive.is_empty() || archive.file_names().any(is_part) {
        return None;
    }
    Some(unpacked(&mut archive))
}

fn unpacked(archive: &mut ZipArchive<Cursor<&[u8]>>) -> Result<Vec<Attachment>, ImportError> {
    if archive.len() > FILES {
        return Err(ImportError::TooLarge);
    }
    let (mut found, mut read, mut left) = (Vec::new(), 0, BYTES);
    for at in 0..archive.len() {
        let broken = |reason: &str| ImportError::Broken {
            format: "压缩包",
            reason: reason.to_owned(),
        };
        let file = archive.by_index_raw(at);
        let (path, is_locked) = match &file {
            Ok(file) if file.is_dir() => continue,
            Ok(file) => (package::name_in_archive(file), file.encrypted()),
            Err(_) => return Err(broken("压缩包已损坏")),
        };
        drop(file);
        let Some(name) = own_name(&path) else {
            continue;
        };
        let is_readable = Attachment::is_readable(name);
        let mut bytes = None;
        if is_readable {
            if is_locked {
                return Err(ImportError::Other {
                    kind: "加了密码的压缩包",
                    advice: "解开后导入里面的报告",
                });
            }
            read += 1;
            let file = archive.by_index(at);
            let file = file.map_err(|_error| broken("压缩包已损坏"))?;
            let mut content = Vec::new();
            // The declared size may lie, so that only what really comes out is counted.
            let most = u64::try_from(left).unwrap_or(0).saturating_add(1);
            let unpacked = file.take(most).read_to_end(&mut content);
            unpacked.map_err(|_error| broken("压缩包已损坏"))?;
            left = left
                .checked_sub(content.len())
                .ok_or(ImportError::TooLarge)?;
            bytes = Some(content);
        }
        if read > READ {
            return Err(ImportError::TooLarge);
        }
        let name = name.to_owned();
        found.push(Attachment { name, bytes });
    }
    Ok(found)
}

/// The name of a file without folders; `None` where a system put it there by itself.
fn own_name(path: &str) -> Option<&str> {
    let name = path.rsplit('/').next().unwrap_or(path);
    let is_own = !path.starts_with("__MACOSX/")
        && !name.starts_with(['.', '~'])
        && !["Thumbs.db", "desktop.ini"].contains(&name);
    is_own.then_some(name)
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use super::*;

    fn packed(files: &[(&str, &[u8])]) -> Vec<u8> {
        let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for (name, bytes) in files {
            zip.start_file(*name, zip::write::SimpleFileOptions::default())
                .unwrap();
            zip.write_all(bytes).unwrap();
        }
        zip.finish().unwrap().into_inner()
    }

    #[test]
    fn packed_files_are_told_from_documents() {
        let files = attachments(&packed(&[
            ("附件/报告.docx", b"1"),
            ("附件/封面.jpg", b"2"),
            ("__MACOSX/附件/._报告.docx", b"3"),
            ("附件/~$报告.docx", b"4"),
        ]));
        let files = files.unwrap().unwrap();
        let names: Vec<_> = files.iter().map(|file| file.name.as_str()).collect();
        assert_eq!(names, ["报告.docx", "封面.jpg"]);
        assert_eq!(files[0].bytes.as_deref(), Some(&b"1"[..]));
        assert_eq!(files[1].bytes, None);
        assert_eq!(attachments(&packed(&[("word/document.xml", b"")])), None);
        assert_eq!(attachments(&packed(&[("OFD.xml", b"")])), None);
        assert_eq!(attachments(b"PK\x03\x04"), None);
    }

    #[test]
    fn names_in_the_characters_of_windows_are_read() {
        let mut bytes = packed(&[("aaaa.txt", b"1")]);
        let gbk = [0xB1, 0xA8, 0xB8, 0xE6];
        for at in 0..bytes.len() - 4 {
            if bytes[at..].starts_with(b"aaaa") {
                bytes[at..at + 4].copy_from_slice(&gbk);
            }
        }
        let files = attachments(&bytes).unwrap().unwrap();
        assert_eq!(files[0].name, "报告.txt");
    }

    #[test]
    fn what_unpacks_to_more_than_any_report_is_refused() {
        let zeros = vec![0; BYTES / 2 + 1];
        let large = packed(&[("a.txt", &zeros), ("b.txt", &zeros)]);
        assert_eq!(attachments(&large), Some(Err(ImportError::TooLarge)));
        let many: Vec<String> = (0..=READ).map(|at| format!("{at}.txt")).collect();
        let many: Vec<_> = many.iter().map(|name| (name.as_str(), &b""[..])).collect();
        assert_eq!(
            attachments(&packed(&many)),
            Some(Err(ImportError::TooLarge))
        );
        let nested = packed(&[("a.zip", &packed(&[("a.txt", b"1")]))]);
        assert_eq!(attachments(&nested).unwrap().unwrap()[0].bytes, None);
    }
}
