//! `nianbao table`: one row a report, one column a cell, for other programs.

use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use anyhow::{Context as _, anyhow, bail};
use clap::Args;

use super::{Outcome, complain, spare, tell_others, unopened};
use crate::desk::table::{Columns, UnitRow};
use crate::desk::{self, AT_ONCE, ReportFile};
use crate::disk::{self, Access, FileClaim, Replaces};
use crate::export::rows::{self, Head, RowFormat, RowStyle, Square, Take};
use crate::export::{ExportError, check_place};
use crate::store;

/// What `table` may be told.
#[derive(Debug, Args)]
pub(super) struct TableArgs {
    /// 放报告的文件夹，子文件夹和zip里的也算；也可以是单个文件，可以有多个
    #[arg(value_name = "文件夹", required = true)]
    files: Vec<PathBuf>,
    /// 写到哪里（.csv、.xlsx或.json），-为标准输出
    #[arg(short, long, value_name = "文件")]
    output: PathBuf,
    /// 格式：csv、xlsx、json（一行一份），不写则由扩展名决定，标准输出为json
    #[arg(long, value_name = "格式")]
    to: Option<String>,
    /// 第一行用中文栏目名，不用格的编号（csv、xlsx）
    #[arg(long)]
    labels: bool,
    /// csv开头加字节顺序标记，Excel直接打开时用
    #[arg(long)]
    bom: bool,
    /// 覆盖已有的文件
    #[arg(long)]
    overwrite: bool,
}

pub(super) fn run(arguments: &TableArgs) -> anyhow::Result<Outcome> {
    let output = arguments.output.as_path();
    let style = RowStyle {
        format: format(output, arguments.to.as_deref())?,
        labels: arguments.labels,
        byte_order_mark: arguments.bom,
    };
    let inputs: Vec<&Path> = arguments.files.iter().map(PathBuf::as_path).collect();
    let claim = FileClaim {
        inputs: &inputs,
        replaces: Replaces::said(arguments.overwrite),
    };
    let is_printed = output.as_os_str() == "-";
    if !is_printed {
        check_place(output, claim)?;
        for folder in &arguments.files {
            spare(folder, output)?;
        }
    }
    let files = reports(&arguments.files, output)?;
    let columns = Columns::of_all_editions();
    let heads: Vec<Head> = columns
        .all()
        .iter()
        .map(|column| (column.key.clone(), column.label.clone()))
        .collect();
    let mut unread = 0;
    let mut produce = |take: &mut Take<'_>| produce(&files, &columns, take, &mut unread);
    if is_printed {
        let mut out = io::BufWriter::new(io::stdout().lock());
        let written = rows::write(style, &heads, &mut out, &mut produce).and_then(|()| out.flush());
        match written {
            // A reader that has seen enough is no failure.
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => {}
            written => written.context("标准输出写不进去")?,
        }
    } else {
        let written = disk::stream(output, Access::Usual, claim, |out| {
            rows::write(style, &heads, out, &mut produce)
        });
        written.map_err(|reason| ExportError::Place {
            path: output.to_path_buf(),
            reason,
        })?;
    }
    Ok(if unread == 0 {
        Outcome::Done
    } else {
        Outcome::Refused
    })
}

fn format(output: &Path, to: Option<&str>) -> anyhow::Result<RowFormat> {
    let found = match to {
        Some(name) => RowFormat::by_name(name),
        None if output.as_os_str() == "-" => Some(RowFormat::Json),
        None => RowFormat::by_extension(output),
    };
    found.ok_or_else(|| {
        anyhow!(
            "数据表的格式是csv、xlsx或者json，用扩展名或--to说明：{}",
            disk::shown(output)
        )
    })
}

/// The reports that were named, those of a folder in its place.
pub(super) fn reports(named: &[PathBuf], output: &Path) -> anyhow::Result<Vec<ReportFile>> {
    let mut files = Vec::new();
    for path in named {
        if !path.is_dir() {
            files.push(ReportFile::named(path));
            continue;
        }
        let found = desk::walk(path, &[output]).map_err(|error| unopened(path, &error))?;
        tell_others(path, &found.others, "没有计入");
        if found.files.is_empty() {
            bail!(
                "文件夹里没有草稿和报告（.{}文件等）：{}",
                store::EXTENSION,
                disk::shown(path)
            );
        }
        let several = named.len() > 1;
        files.extend(found.files.into_iter().map(|mut file| {
            if several {
                file.name = path.join(&file.name).to_string_lossy().into_owned();
            }
            file
        }));
    }
    Ok(files)
}

/// Reads the files, some at a time, and hands over the row of each.
fn produce(
    files: &[ReportFile],
    columns: &Columns,
    take: &mut Take<'_>,
    unread: &mut usize,
) -> io::Result<()> {
    for some in files.chunks(AT_ONCE) {
        let rows = desk::in_parallel(some, |file| {
            let opened = file.open()?;
            Ok::<_, crate::open::OpenError>(columns.row(&file.name, opened.draft.report()))
        });
        for (file, row) in some.iter().zip(rows) {
            match row {
                Ok(row) => hand_over(&row, take)?,
                Err(error) => {
                    *unread += 1;
                    let reason = error.to_string();
                    let reason = reason.lines().next().unwrap_or_default();
                    complain(&format!("没有计入：{reason}：{}", file.name));
                }
            }
        }
    }
    Ok(())
}

fn hand_over(row: &UnitRow, take: &mut Take<'_>) -> io::Result<()> {
    let (file, issuer) = (disk::plain(&row.file), disk::plain(&row.issuer));
    let mut squares = vec![
        Square::Text(&file),
        Square::Text(&issuer),
        Square::Whole(row.year),
        Square::Text(&row.form),
    ];
    let figures = row.figures.iter();
    squares.extend(figures.map(|figure| figure.map_or(Square::Blank, Square::Figure)));
    take(&squares)
}
