//! The one place that writes files: a file is either the old one or the new one, never half.

use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::Path;

/// Who may read a file that did not exist before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// Its owner only, where the system allows: drafts.
    Owner,
    /// Whoever the system's usual rules allow: exported documents.
    Usual,
}

/// Writes `bytes` beside `path`, makes them durable, and puts them in its place.
///
/// An existing file keeps its permissions; behind a link, the file it points to is replaced.
pub fn replace(path: &Path, bytes: &[u8], access: Access) -> io::Result<()> {
    let target = fs::canonicalize(path).unwrap_or_else(|_| path.to_path_buf());
    let existing = fs::metadata(&target).ok();
    if existing.as_ref().is_some_and(fs::Metadata::is_dir) {
        return Err(io::Error::from(io::ErrorKind::IsADirectory));
    }
    if existing
        .as_ref()
        .is_some_and(|metadata| metadata.permissions().readonly())
    {
        return Err(io::Error::from(io::ErrorKind::PermissionDenied));
    }
    let folder = match target.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    };
    let mut beside = tempfile::Builder::new()
        .prefix(".nianbao-")
        .suffix(".tmp")
        .tempfile_in(folder)?;
    beside.write_all(bytes)?;
    match existing {
        Some(metadata) => beside.as_file().set_permissions(metadata.permissions())?,
        None if access == Access::Usual => beside
            .as_file()
            .set_permissions(usual_permissions(folder)?)?,
        None => {}
    }
    beside.as_file().sync_all()?;
    beside.persist(&target).map_err(|error| error.error)?;
    sync_folder(folder);
    Ok(())
}

/// The permissions the system gives to a new file in this folder.
fn usual_permissions(folder: &Path) -> io::Result<fs::Permissions> {
    let probe = tempfile::Builder::new()
        .prefix(".nianbao-")
        .make_in(folder, |path| File::create_new(path))?;
    Ok(probe.as_file().metadata()?.permissions())
}

/// Makes the new name durable; systems that cannot sync a folder do so by themselves.
fn sync_folder(folder: &Path) {
    if let Ok(folder) = File::open(folder) {
        drop(folder.sync_all());
    }
}

/// Why a file could not be written, in one Chinese sentence that says what to do.
#[must_use]
pub fn advice(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => {
            "磁盘已满，清理后再存或另存到别处".to_owned()
        }
        io::ErrorKind::PermissionDenied => "没有写入权限，换一个文件夹另存".to_owned(),
        io::ErrorKind::ReadOnlyFilesystem => "所在磁盘是只读的，换一个文件夹另存".to_owned(),
        io::ErrorKind::NotFound => "文件夹不存在，换一个文件夹另存".to_owned(),
        io::ErrorKind::IsADirectory => "这是一个文件夹，换一个文件名".to_owned(),
        io::ErrorKind::NotADirectory => "路径中有一段不是文件夹，换一个文件夹".to_owned(),
        io::ErrorKind::InvalidFilename => "文件名太长或含有不能用的字符，换一个文件名".to_owned(),
        _ => format!("系统报告：{error}"),
    }
}

/// Why a file could not be read, in one Chinese sentence that says what to do.
#[must_use]
pub fn reading_advice(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "文件不存在，核对文件名和文件夹".to_owned(),
        io::ErrorKind::PermissionDenied => "没有读取权限".to_owned(),
        io::ErrorKind::IsADirectory => "这是一个文件夹，要选其中的文件".to_owned(),
        io::ErrorKind::NotADirectory => "路径中有一段不是文件夹".to_owned(),
        io::ErrorKind::InvalidData => "文件太大，不像是报告".to_owned(),
        _ => format!("系统报告：{error}"),
    }
}

/// Reads a whole file of at most `limit` bytes; a larger one is [`io::ErrorKind::InvalidData`].
pub fn read(path: &Path, limit: u64) -> io::Result<Vec<u8>> {
    use io::Read as _;
    let file = File::open(path)?;
    if file.metadata()?.is_dir() {
        return Err(io::Error::from(io::ErrorKind::IsADirectory));
    }
    let mut bytes = Vec::new();
    file.take(limit + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > limit {
        return Err(io::Error::from(io::ErrorKind::InvalidData));
    }
    Ok(bytes)
}

/// A file name without what some system forbids; never empty.
#[must_use]
pub fn safe_name(name: &str) -> String {
    const LONGEST: usize = 80;
    let allowed = |c: char| !c.is_control() && !r#"<>:"/\|?*"#.contains(c);
    let cleaned: String = name.chars().filter(|&c| allowed(c)).take(LONGEST).collect();
    let cleaned = cleaned.trim().trim_end_matches('.').trim();
    let stem = cleaned
        .split('.')
        .next()
        .unwrap_or_default()
        .to_ascii_uppercase();
    let numbered = |prefix| {
        stem.strip_prefix(prefix)
            .is_some_and(|rest: &str| rest.len() == 1)
    };
    let reserved =
        ["CON", "PRN", "AUX", "NUL"].contains(&stem.as_str()) || numbered("COM") || numbered("LPT");
    if cleaned.is_empty() || reserved {
        format!("报告{cleaned}")
    } else {
        cleaned.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_replaced_whole_and_nothing_stays_beside_it() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("青山镇 2025.nianbao");
        replace(&path, b"one", Access::Owner).unwrap();
        replace(&path, b"two", Access::Owner).unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"two");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn what_cannot_be_replaced_stays_as_it_was() {
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(
            replace(folder.path(), b"x", Access::Owner)
                .unwrap_err()
                .kind(),
            io::ErrorKind::IsADirectory
        );
        let missing = folder.path().join("no").join("file");
        assert_eq!(
            replace(&missing, b"x", Access::Owner).unwrap_err().kind(),
            io::ErrorKind::NotFound
        );
    }

    #[test]
    fn file_names_are_safe_on_every_system() {
        for (name, safe) in [
            ("a/b:c", "abc"),
            ("CON", "报告CON"),
            ("", "报告"),
            ("  x. ", "x"),
            ("lpt1.txt", "报告lpt1.txt"),
        ] {
            assert_eq!(safe_name(name), safe);
        }
    }
}
