//! For whom a command speaks.

use clap::ValueEnum;

/// Who reads what is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum OutputFormat {
    /// 给人看
    Text,
    /// 给程序看
    Json,
}
