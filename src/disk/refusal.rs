//! Why this program itself does not read or write a file, though the system would let it.

use std::io;

/// What keeps this program from a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// It is a device, a pipe or a socket.
    #[error("这不是普通文件，是设备、管道或者套接字，换一个文件")]
    Irregular,
    /// Something stands there that nobody said may go.
    #[error("已经有同名的文件，没有动它，换一个文件名，或者加--overwrite覆盖它")]
    Exists,
    /// It is the file that was read.
    #[error("这就是读入的那个文件，没有动它，换一个文件名")]
    Input,
    /// The disk it is on says nothing.
    #[error("30秒没有回应，可能网络盘断了或者U盘松了，接好后再试，或者换一个文件夹")]
    Stalled,
}

impl From<Refusal> for io::Error {
    fn from(refusal: Refusal) -> Self {
        Self::other(refusal)
    }
}

impl Refusal {
    /// The refusal that an error is, if it is one.
    pub fn of(error: &io::Error) -> Option<Self> {
        error.get_ref()?.downcast_ref().copied()
    }
}
