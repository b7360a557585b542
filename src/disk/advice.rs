//! What a filer can do about a file that cannot be read or written, in Chinese.

use std::io::{self, ErrorKind};

use super::refusal::Refusal;
use crate::system;

/// Why a file could not be written, in one Chinese sentence that says what to do.
#[must_use]
pub fn advice(error: &io::Error) -> String {
    if let Some(refusal) = Refusal::of(error) {
        return refusal.to_string();
    }
    let known = match error.kind() {
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => "磁盘已满，清理后再存或另存到别处",
        ErrorKind::PermissionDenied => "没有写入权限，换一个文件夹另存",
        ErrorKind::ReadOnlyFilesystem => "所在磁盘是只读的，换一个文件夹另存",
        ErrorKind::NotFound => "文件夹不存在，可能U盘已拔出或网络盘已断开，接好后再存或另存到别处",
        ErrorKind::IsADirectory => "这是一个文件夹，换一个文件名",
        ErrorKind::NotADirectory => "路径中有一段不是文件夹，换一个文件夹",
        ErrorKind::AlreadyExists => "有同名的文件占着位置，换一个名字",
        ErrorKind::InvalidFilename => "文件名太长或含有不能用的字符，换一个文件名",
        ErrorKind::FileTooLarge => "所在磁盘放不下这么大的文件，另存到别处",
        ErrorKind::ResourceBusy | ErrorKind::ExecutableFileBusy => {
            "文件正被别的程序使用，关掉那个程序后再存"
        }
        _ if is_gone(error) => {
            "连不上所在的磁盘，可能U盘已拔出或网络盘已断开，接好后再存或另存到别处"
        }
        _ if is_in_use(error) => "文件正被别的程序使用，关掉那个程序后再存",
        _ if is_broken(error) => "磁盘读写出错，可能U盘已拔出或磁盘有故障，马上另存到别处",
        _ => return format!("系统报告：{error}，另存到别处"),
    };
    known.to_owned()
}

/// Why a file could not be read, in one Chinese sentence that says what to do.
#[must_use]
pub fn reading_advice(error: &io::Error) -> String {
    if let Some(refusal) = Refusal::of(error) {
        return refusal.to_string();
    }
    let known = match error.kind() {
        ErrorKind::NotFound => "文件不存在，核对文件名和文件夹",
        ErrorKind::PermissionDenied => "没有读取权限",
        ErrorKind::IsADirectory => "这是一个文件夹，要选其中的文件",
        ErrorKind::NotADirectory => "路径中有一段不是文件夹",
        ErrorKind::InvalidData => "文件太大，不像是报告",
        _ if is_gone(error) => "连不上所在的磁盘，可能U盘已拔出或网络盘已断开",
        _ if is_in_use(error) => "文件正被别的程序使用，关掉那个程序后再打开",
        _ if is_broken(error) => "磁盘读写出错，可能U盘已拔出或磁盘有故障",
        _ => return format!("系统报告：{error}"),
    };
    known.to_owned()
}

/// Why the files of a folder cannot be listed, in one Chinese sentence that says what to do.
#[must_use]
pub fn folder_advice(error: &io::Error) -> String {
    match error.kind() {
        ErrorKind::NotFound => "没有这个文件夹，核对路径".to_owned(),
        ErrorKind::NotADirectory => "这不是文件夹".to_owned(),
        _ => reading_advice(error),
    }
}

/// Whether the disk or share behind the path is not there any more.
fn is_gone(error: &io::Error) -> bool {
    let by_kind = matches!(
        error.kind(),
        ErrorKind::StaleNetworkFileHandle
            | ErrorKind::HostUnreachable
            | ErrorKind::NetworkUnreachable
            | ErrorKind::NetworkDown
            | ErrorKind::NotConnected
            | ErrorKind::TimedOut
    );
    by_kind || has_code(error, system::GONE)
}

/// Whether another program keeps the file.
fn is_in_use(error: &io::Error) -> bool {
    has_code(error, system::IN_USE)
}

/// Whether the same may succeed a moment later.
pub(super) fn may_pass(error: &io::Error) -> bool {
    has_code(error, system::PASSING)
}

/// Whether the device itself failed.
fn is_broken(error: &io::Error) -> bool {
    has_code(error, system::BROKEN)
}

fn has_code(error: &io::Error, codes: &[i32]) -> bool {
    error
        .raw_os_error()
        .is_some_and(|code| codes.contains(&code))
}
