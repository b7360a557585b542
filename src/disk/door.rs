//! The door to the system's files: one method a system call, so that tests can stand behind it.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use super::hold::Hold;
use super::refusal::Refusal;
use crate::system;

/// What is known of a file without reading it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Metadata {
    /// Whether it is a folder.
    pub is_folder: bool,
    /// Whether it is a file in the ordinary sense: no folder, device, pipe or socket.
    pub is_regular: bool,
    /// Whether its permissions forbid writing.
    pub is_read_only: bool,
    /// Its length in bytes.
    pub length: u64,
    /// When it was written last, by the clock of the disk it is on.
    pub modified: Option<SystemTime>,
    /// Permission bits, where the system has them.
    pub mode: Option<u32>,
    /// Owner and group, where the system has them.
    pub owner: Option<(u32, u32)>,
}

/// Who may read a file from the moment it is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Readers {
    /// Its owner.
    Owner,
    /// Whoever the system's usual rules allow.
    Usual,
}

/// A file being written.
pub trait WriteFile {
    /// Writes some of the bytes and says how many.
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize>;
    /// Gives it the permissions and the owner of another file, as far as the system lets it.
    fn take_after(&mut self, look: &Metadata) -> io::Result<()>;
    /// Cuts or stretches it to this length.
    fn set_length(&mut self, length: u64) -> io::Result<()>;
    /// Waits until what was written is on the disk, with everything that is known of the file.
    fn sync(&mut self) -> io::Result<()>;
    /// Waits until what was written is on the disk; its date may still be the old one.
    fn sync_content(&mut self) -> io::Result<()>;
}

/// The system's files, as far as this program needs them.
pub trait Storage {
    /// What is known of a file, links followed.
    fn look(&self, path: &Path) -> io::Result<Metadata>;
    /// Where a link points to; an error for everything that is no link.
    fn points_to(&self, path: &Path) -> io::Result<PathBuf>;
    /// A whole file of at most `limit` bytes.
    fn read(&self, path: &Path, limit: u64) -> io::Result<Vec<u8>>;
    /// The files in a folder.
    fn list(&self, folder: &Path) -> io::Result<Vec<PathBuf>>;
    /// Makes a folder and those above it, for its owner only.
    fn make_folder(&self, folder: &Path) -> io::Result<()>;
    /// Makes a file that is not there yet.
    fn create(&self, path: &Path, readers: Readers) -> io::Result<Box<dyn WriteFile>>;
    /// Opens a file to be written over from its start, but follows no link; makes it for its owner if
    /// it is not there.
    fn overwrite(&self, path: &Path) -> io::Result<Box<dyn WriteFile>>;
    /// Waits for the turn to save in a folder; `None` where the disk knows no locks.
    fn hold(&self, folder: &Path) -> io::Result<Option<Hold>>;
    /// Gives a file a second name.
    fn link(&self, from: &Path, to: &Path) -> io::Result<()>;
    /// Gives a file another name, in the place of whatever has it.
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()>;
    /// Removes a file.
    fn remove(&self, path: &Path) -> io::Result<()>;
    /// Waits until the names in a folder are on the disk.
    fn sync_folder(&self, folder: &Path) -> io::Result<()>;
}

/// The real system.
#[derive(Debug, Clone, Copy)]
pub struct Real;

struct RealSink(File);

impl WriteFile for RealSink {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.write(bytes)
    }

    fn take_after(&mut self, look: &Metadata) -> io::Result<()> {
        system::set_permissions(&self.0, look.mode, look.owner)
    }

    fn set_length(&mut self, length: u64) -> io::Result<()> {
        self.0.set_len(length)
    }

    fn sync(&mut self) -> io::Result<()> {
        self.0.sync_all()
    }

    fn sync_content(&mut self) -> io::Result<()> {
        self.0.sync_data()
    }
}

impl Storage for Real {
    fn look(&self, path: &Path) -> io::Result<Metadata> {
        let metadata = fs::metadata(path)?;
        let mut look = Metadata {
            is_folder: metadata.is_dir(),
            is_regular: is_regular(path, &metadata),
            is_read_only: metadata.permissions().readonly(),
            length: metadata.len(),
            modified: metadata.modified().ok(),
            ..Metadata::default()
        };
        if let Some((mode, owner)) = system::permissions(&metadata) {
            look.mode = Some(mode);
            look.owner = Some(owner);
        }
        Ok(look)
    }

    fn points_to(&self, path: &Path) -> io::Result<PathBuf> {
        fs::read_link(path)
    }

    fn read(&self, path: &Path, limit: u64) -> io::Result<Vec<u8>> {
        let mut bytes = Vec::new();
        read_pieces(path, limit, &mut |piece| {
            bytes.extend_from_slice(piece);
            Ok(())
        })?;
        Ok(bytes)
    }

    fn list(&self, folder: &Path) -> io::Result<Vec<PathBuf>> {
        fs::read_dir(folder)?
            .map(|entry| Ok(entry?.path()))
            .collect()
    }

    fn make_folder(&self, folder: &Path) -> io::Result<()> {
        let mut builder = fs::DirBuilder::new();
        builder.recursive(true);
        system::for_owner(&mut builder);
        builder.create(folder)
    }

    fn create(&self, path: &Path, readers: Readers) -> io::Result<Box<dyn WriteFile>> {
        let file = options(readers).create_new(true).open(path)?;
        Ok(Box::new(RealSink(file)))
    }

    fn overwrite(&self, path: &Path) -> io::Result<Box<dyn WriteFile>> {
        let mut options = options(Readers::Owner);
        system::without_waiting_or_links(&mut options);
        let file = options.create(true).truncate(false).open(path)?;
        check_regular(path, &file.metadata()?)?;
        Ok(Box::new(RealSink(file)))
    }

    fn hold(&self, folder: &Path) -> io::Result<Option<Hold>> {
        super::hold::take(folder)
    }

    fn link(&self, from: &Path, to: &Path) -> io::Result<()> {
        fs::hard_link(from, to)
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        fs::rename(from, to)
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        fs::remove_file(path)
    }

    fn sync_folder(&self, folder: &Path) -> io::Result<()> {
        if system::SYNCS_FOLDERS {
            File::open(folder)?.sync_all()?;
        }
        Ok(())
    }
}

/// How much of a file is read at once, in bytes.
const PIECE: u64 = 1024 * 1024;

/// Reads a whole file of at most `limit` bytes, and hands it on as it comes.
pub(super) fn read_pieces(
    path: &Path,
    limit: u64,
    take: &mut dyn FnMut(&[u8]) -> io::Result<()>,
) -> io::Result<()> {
    use io::Read as _;
    // Some systems say of a folder only that it cannot be opened.
    let reason = |error| {
        if path.is_dir() {
            io::Error::from(io::ErrorKind::IsADirectory)
        } else {
            error
        }
    };
    // Looked at first, because opening a device may already do something.
    check_regular(path, &fs::metadata(path)?)?;
    let mut options = OpenOptions::new();
    options.read(true);
    system::without_waiting(&mut options);
    let mut file = options.open(path).map_err(reason)?;
    let metadata = file.metadata()?;
    check_regular(path, &metadata)?;
    // A length that is told wrong only costs a second look.
    let expected = (metadata.len() + 1).min(PIECE);
    let mut piece = Vec::with_capacity(usize::try_from(expected).unwrap_or(0));
    let mut total = 0;
    loop {
        piece.clear();
        let read = (&mut file).take(PIECE).read_to_end(&mut piece)? as u64;
        if read == 0 {
            return Ok(());
        }
        total += read;
        if total > limit {
            return Err(io::ErrorKind::InvalidData.into());
        }
        take(&piece)?;
    }
}

/// The bytes, unless there are more of them than is read at most.
pub(super) fn within(bytes: Vec<u8>, limit: u64) -> io::Result<Vec<u8>> {
    if bytes.len() as u64 > limit {
        return Err(io::Error::from(io::ErrorKind::InvalidData));
    }
    Ok(bytes)
}

/// Windows keeps some names for devices and says of them that they are files.
fn is_regular(path: &Path, metadata: &fs::Metadata) -> bool {
    metadata.is_file() && !(system::IS_WINDOWS && super::name::is_device(path))
}

fn check_regular(path: &Path, metadata: &fs::Metadata) -> io::Result<()> {
    if metadata.is_dir() {
        return Err(io::Error::from(io::ErrorKind::IsADirectory));
    }
    if is_regular(path, metadata) {
        Ok(())
    } else {
        Err(Refusal::Irregular.into())
    }
}

fn options(readers: Readers) -> OpenOptions {
    let mut options = OpenOptions::new();
    // Some shares refuse a file that is opened for reading and writing at once.
    options.write(true);
    system::readable(&mut options, readers == Readers::Owner);
    options
}
