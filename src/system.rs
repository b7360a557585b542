//! Where operating systems differ, as far as the library does not hide it. It knows no draft and no view.

use std::fs::{DirBuilder, File, Metadata, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Whether this is Windows.
pub const IS_WINDOWS: bool = cfg!(windows);
/// Whether this is Linux.
pub const IS_LINUX: bool = cfg!(target_os = "linux");

/// The errors that say that a disk or share is not there any more.
///
/// ENXIO, ENODEV, ENOTCONN, EHOSTDOWN; on Windows: not ready, network path and device gone.
pub const GONE: &[i32] = if IS_WINDOWS {
    &[21, 53, 55, 59, 64, 67, 1167, 1231, 1617]
} else {
    &[6, 19, 107, 112]
};
/// The errors that say that another program keeps a file; only Windows forbids that.
pub const IN_USE: &[i32] = if IS_WINDOWS { &[32, 33] } else { &[] };
/// The errors that a virus scanner causes for a moment, which a second attempt gets around.
pub const PASSING: &[i32] = if IS_WINDOWS { &[5, 32, 33] } else { &[] };
/// The errors that say that the device itself failed.
pub const BROKEN: &[i32] = if IS_WINDOWS {
    &[23, 27, 29, 30, 1117]
} else {
    &[5]
};

/// Whether a folder can be told to put its names on the disk; Windows writes them through by itself.
pub const SYNCS_FOLDERS: bool = !IS_WINDOWS;

/// The ways to draw a window, in the order they are tried: the processor needs no driver at all, OpenGL
/// is nearly everywhere, and where Windows has none to speak of it has Direct3D.
pub const RENDERERS: &[&str] = if IS_WINDOWS {
    &["cpu", "glow", "wgpu"]
} else {
    &["cpu", "glow"]
};

/// Whether a window lets nothing else happen while its edge is drawn.
pub const RESIZING_BLOCKS: bool = IS_WINDOWS;

/// Whether there is a display to open a window on.
#[must_use]
pub fn has_display() -> bool {
    !IS_LINUX || std::env::var_os("DISPLAY").is_some_and(|display| !display.is_empty())
}

/// Whether the pixels of a window travel over a network, as with `ssh -X`.
#[must_use]
pub fn has_remote_display() -> bool {
    let display = std::env::var("DISPLAY").unwrap_or_default();
    let is_here = display.starts_with([':', '/']) || display.starts_with("unix:");
    IS_LINUX && !display.is_empty() && !is_here
}

/// Draws on X11 even where Wayland is there too: input methods and the clipboard are proven there.
#[cfg(feature = "gui")]
pub fn use_x11<T>(builder: &mut winit::event_loop::EventLoopBuilder<T>) {
    #[cfg(target_os = "linux")]
    {
        use winit::platform::x11::EventLoopBuilderExtX11 as _;
        builder.with_x11();
    }
    #[cfg(not(target_os = "linux"))]
    let _: &mut winit::event_loop::EventLoopBuilder<T> = builder;
}

/// Whether a process of this machine lives; `None` where that cannot be known.
#[must_use]
pub fn is_running(process: u32) -> Option<bool> {
    #[cfg(windows)]
    {
        use sysinfo::{Pid, ProcessRefreshKind, ProcessesToUpdate, System};
        let asked = [Pid::from_u32(process)];
        let mut system = System::new().ok()?;
        let found = system.refresh_processes_specifics(
            ProcessesToUpdate::Some(&asked),
            true,
            ProcessRefreshKind::nothing(),
        );
        Some(found > 0)
    }
    #[cfg(not(windows))]
    {
        let processes = Path::new("/proc");
        let can_tell = processes.join("self").exists();
        can_tell.then(|| processes.join(process.to_string()).exists())
    }
}

/// The program with the window beside this one, where the commands have a program of their own.
#[must_use]
pub fn program_with_window() -> Option<PathBuf> {
    let own = std::env::current_exe().ok()?;
    let other = own.with_extension("exe");
    (other != own && other.is_file()).then_some(other)
}

/// Lets another program take the place of this one; returns where the system has no such thing or it failed.
pub fn give_way_to(program: &mut Command) {
    #[cfg(unix)]
    {
        use std::os::unix::process::CommandExt as _;
        // What went wrong does not matter: this program goes on.
        drop(program.exec());
    }
    #[cfg(not(unix))]
    let _: &mut Command = program;
}

/// Makes folders that only their owner may enter.
pub fn for_owner(folders: &mut DirBuilder) {
    #[cfg(unix)]
    {
        use std::os::unix::fs::DirBuilderExt as _;
        folders.mode(0o700);
    }
    #[cfg(not(unix))]
    let _: &mut DirBuilder = folders;
}

/// Gives a file that is made the permissions for its owner, or those the system's usual rules allow.
pub fn readable(options: &mut OpenOptions, owner_only: bool) {
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt as _;
        options.mode(if owner_only { 0o600 } else { 0o666 });
    }
    #[cfg(not(unix))]
    let _: (&mut OpenOptions, bool) = (options, owner_only);
}

/// Opens at once whatever it is: a pipe that nobody writes into would otherwise be waited for.
pub fn without_waiting(options: &mut OpenOptions) {
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt as _;
        options.custom_flags(libc::O_NONBLOCK | libc::O_NOCTTY);
    }
    #[cfg(not(unix))]
    let _: &mut OpenOptions = options;
}

/// Opens at once and refuses a link: what somebody put into a folder of this program leads nowhere else.
pub fn without_waiting_or_links(options: &mut OpenOptions) {
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt as _;
        options.custom_flags(libc::O_NONBLOCK | libc::O_NOCTTY | libc::O_NOFOLLOW);
    }
    #[cfg(not(unix))]
    let _: &mut OpenOptions = options;
}

/// Whether two paths lead to the same file, by whatever names and links.
#[must_use]
pub fn is_same_file(one: &Path, other: &Path) -> bool {
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt as _;
        let identity =
            |path: &Path| Some(std::fs::metadata(path).ok()?).map(|is| (is.dev(), is.ino()));
        identity(one).is_some_and(|own| identity(other) == Some(own))
    }
    #[cfg(windows)]
    {
        same_file::is_same_file(one, other).unwrap_or(false)
    }
    #[cfg(not(any(unix, windows)))]
    {
        let real = |path: &Path| std::fs::canonicalize(path).ok();
        real(one).is_some_and(|own| real(other) == Some(own))
    }
}

/// Makes or opens a file that one process at a time can have; the system takes it back from the dead.
///
/// # Errors
/// [`io::ErrorKind::WouldBlock`] while another one has it; anything else means that there are no locks.
pub fn lock(path: &Path) -> io::Result<File> {
    #[cfg(windows)]
    {
        use std::os::windows::fs::OpenOptionsExt as _;
        /// Writing, and removing.
        const ACCESS: u32 = 0x4000_0000 | 0x0001_0000;
        /// The system removes it with its last handle.
        const DELETE_ON_CLOSE: u32 = 0x0400_0000;
        let mut options = OpenOptions::new();
        options.write(true).create(true).truncate(false);
        let options = options.access_mode(ACCESS).share_mode(0);
        let file = options.custom_flags(DELETE_ON_CLOSE).open(path);
        file.map_err(|error| match error.raw_os_error() {
            Some(code) if PASSING.contains(&code) => io::ErrorKind::WouldBlock.into(),
            _ => error,
        })
    }
    #[cfg(not(windows))]
    {
        use std::fs::TryLockError;
        let mut options = OpenOptions::new();
        without_waiting_or_links(&mut options);
        let mut making = options.clone();
        readable(&mut making, false);
        let made = making.read(true).write(true).create(true).open(path);
        // Another user's lock can be had without being written.
        let file = made.or_else(|_| options.read(true).open(path))?;
        match file.try_lock() {
            // Between opening and locking its last owner may have removed it.
            Ok(()) if is_at(&file, path) => Ok(file),
            Ok(()) | Err(TryLockError::WouldBlock) => Err(io::ErrorKind::WouldBlock.into()),
            Err(TryLockError::Error(error)) => Err(error),
        }
    }
}

/// Removes what [`lock`] made, before the lock goes with the file.
pub fn remove_lock(file: &File, path: &Path) {
    if !IS_WINDOWS && is_at(file, path) {
        drop(std::fs::remove_file(path));
    }
}

/// Whether a path is still the name of this open file.
fn is_at(file: &File, path: &Path) -> bool {
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt as _;
        let own = file.metadata().map(|is| (is.dev(), is.ino())).ok();
        let there = std::fs::symlink_metadata(path).map(|is| (is.dev(), is.ino()));
        own.is_some() && own == there.ok()
    }
    #[cfg(not(unix))]
    {
        let _ = (file, path);
        true
    }
}

/// Permission bits, and owner and group, where the system has them.
#[must_use]
pub fn permissions(file: &Metadata) -> Option<(u32, (u32, u32))> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt as _;
        Some((file.mode() & 0o7777, (file.uid(), file.gid())))
    }
    #[cfg(not(unix))]
    {
        let _: &Metadata = file;
        None
    }
}

/// Gives a file these permission bits and this owner and group, as far as the system lets it.
pub fn set_permissions(
    file: &File,
    mode: Option<u32>,
    owner: Option<(u32, u32)>,
) -> io::Result<()> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _, fchown};
        let mut mode = mode.unwrap_or(0o600);
        if let Some((user, group)) = owner {
            let own = file.metadata()?;
            let given = (own.uid(), own.gid()) == (user, group)
                || fchown(file, Some(user), Some(group)).is_ok()
                || fchown(file, None, Some(group)).is_ok();
            if !given {
                // What the old group was allowed must not pass to another one.
                mode = (mode & 0o707) | (((mode & 0o7) << 3) & mode);
            }
        }
        file.set_permissions(std::fs::Permissions::from_mode(mode))
    }
    #[cfg(not(unix))]
    {
        let _ = (file, mode, owner);
        Ok(())
    }
}

/// The bytes of a path whose name is no text; `None` for a path that is text.
#[must_use]
pub fn bytes_of_path(path: &Path) -> Option<Vec<u8>> {
    let is_text = path.to_str().is_some();
    (!is_text).then(|| path.as_os_str().as_encoded_bytes().to_vec())
}

/// The path with these bytes.
#[must_use]
pub fn path_of_bytes(bytes: Vec<u8>) -> PathBuf {
    #[cfg(unix)]
    {
        use std::os::unix::ffi::OsStringExt as _;
        PathBuf::from(std::ffi::OsString::from_vec(bytes))
    }
    #[cfg(not(unix))]
    PathBuf::from(String::from_utf8_lossy(&bytes).into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_way_to_draw_needs_no_graphics_card() {
        assert_eq!(RENDERERS.first(), Some(&"cpu"));
    }

    #[test]
    fn a_process_is_known_to_run_or_not() {
        if let Some(own) = is_running(std::process::id()) {
            assert!(own);
            // Larger than any number that is given to a process.
            assert_eq!(is_running(u32::MAX - 4), Some(false));
        }
        assert!(is_running(std::process::id()).is_some() || !(IS_LINUX || IS_WINDOWS));
    }

    #[test]
    fn a_path_comes_back_from_its_bytes() {
        assert_eq!(bytes_of_path(Path::new("青石镇.nianbao")), None);
        let named = path_of_bytes("柳河 街道".as_bytes().to_vec());
        assert_eq!(named, Path::new("柳河 街道"));
        if IS_LINUX {
            let odd = path_of_bytes(vec![0xc7, 0xe0, b'.']);
            assert_eq!(bytes_of_path(&odd), Some(vec![0xc7, 0xe0, b'.']));
        }
    }
}
