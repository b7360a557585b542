//! What is written down about a crash: where in the program, never what is in the report.

use std::io::Write as _;
use std::panic::PanicHookInfo;
use std::path::Path;

use crate::disk::{self, Access};

/// What the filer is told after a crash, in one sentence.
pub const WORDS: &str = "程序出错了，您的修改已存在恢复文件里，重新打开年报就能恢复";

/// What the filer is told after a crash when there was no recovery file to write.
pub const UNKEPT: &str = "程序出错了，恢复文件没有写下，上次保存以后的修改可能丢失，上次保存的还在";

/// The name of the note beside the recovery files.
pub(super) const NOTE: &str = "crash.txt";

/// The text of a note: version, system, thread and line.
///
/// What a panic says is left out, since it may quote the report.
#[must_use]
pub fn text(file: &str, line: u32, thread: Option<&str>) -> String {
    let (version, thread) = (env!("CARGO_PKG_VERSION"), thread.unwrap_or("?"));
    let (system, processor) = (std::env::consts::OS, std::env::consts::ARCH);
    format!("nianbao {version}\n{system} {processor}\nthread: {thread}\nplace: {file}:{line}\n")
}

/// Writes the note of a panic into the folder of recovery files and tells the filer on standard
/// error; to be called by the panic hook.
pub fn note(panic: &PanicHookInfo<'_>, folder: Option<&Path>) {
    let place = panic.location();
    let (file, line) = place.map_or(("?", 0), |place| (place.file(), place.line()));
    let text = text(file, line, std::thread::current().name());
    if let Some(folder) = folder {
        drop(disk::replace(
            &folder.join(NOTE),
            text.as_bytes(),
            Access::Owner,
        ));
    }
    let mut errors = std::io::stderr();
    let words = if folder.is_some() { WORDS } else { UNKEPT };
    drop(writeln!(errors, "年报：{words}（{file}:{line}）"));
}
