//! `nianbao years`: reports of several years side by side on one page.

use std::path::{Path, PathBuf};

use anyhow::anyhow;
use clap::Args;

use super::Outcome;
use crate::disk::{self, FileClaim, Replaces};
use crate::export::check_place;
use crate::open;
use crate::years::{ComparedYears, YearsFormat};

/// What `years` may be told.
#[derive(Debug, Args)]
pub(super) struct YearsArgs {
    /// 两到六份报告，草稿或者已发布的报告，每年一份
    #[arg(value_name = "文件", required = true)]
    files: Vec<PathBuf>,
    /// 写到哪里（.pdf、.png或.svg）
    #[arg(short, long, value_name = "文件")]
    output: PathBuf,
    /// 覆盖已有的文件
    #[arg(long)]
    overwrite: bool,
}

pub(super) fn run(arguments: &YearsArgs) -> anyhow::Result<Outcome> {
    let output = arguments.output.as_path();
    let inputs: Vec<&Path> = arguments.files.iter().map(PathBuf::as_path).collect();
    let claim = FileClaim {
        inputs: &inputs,
        replaces: Replaces::said(arguments.overwrite),
    };
    let format = YearsFormat::of(output).map_err(anyhow::Error::msg)?;
    check_place(output, claim)?;
    let reports = arguments.files.iter().map(|file| {
        let opened = open::open(file)?;
        Ok::<_, open::OpenError>(opened.draft.report().clone())
    });
    let reports = reports.collect::<Result<Vec<_>, _>>()?;
    let years =
        ComparedYears::new(reports).map_err(|error| anyhow!("{error}：{}", disk::shown(output)))?;
    years.write(format, output, claim)?;
    Ok(Outcome::Done)
}
