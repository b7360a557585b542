//! `nianbao gather`: the county's desk.

use std::path::{Path, PathBuf};

use anyhow::anyhow;
use clap::Args;

use super::check::{Basis, BasisArgs};
use super::format::OutputFormat;
use super::{Outcome, print, print_bytes, spare, tell_others};
use crate::desk::GatherRequest;
use crate::desk::gather::{Gathering, OwnFile};
use crate::desk::output::OutputKind;
use crate::desk::taken::shown;
use crate::disk::{self, Access, FileClaim, Replaces};
use crate::export::{ExportError, check_place};
use crate::open;

/// What `gather` may be told.
#[derive(Debug, Args)]
pub(super) struct GatherArgs {
    /// 放各单位报告的文件夹，子文件夹和zip里的也算
    #[arg(value_name = "文件夹")]
    folder: PathBuf,
    /// 应报单位名单：一行一个名称的文本，或者有名称、类别、联系人、期限的csv、xlsx
    #[arg(long, value_name = "文件")]
    units: Option<PathBuf>,
    /// 本级自己的报告，逐格与各单位之和比较
    #[arg(long, value_name = "文件")]
    own: Option<PathBuf>,
    /// 结果写到哪里：.xlsx、.docx、.json；写成.csv则是可以接着用的名单
    #[arg(short, long, value_name = "文件")]
    output: Option<PathBuf>,
    /// 汇总哪一年，不写则看本级报告，或者多数文件的年度
    #[arg(long, value_name = "年度")]
    year: Option<u16>,
    /// 放各单位上年度报告的文件夹，审核和比较文字时用
    #[arg(long, value_name = "文件夹")]
    last: Option<PathBuf>,
    /// 不计入汇总的单位和原因，例如“青石镇=区划调整”，可以有多个
    #[arg(long, value_name = "单位=原因")]
    without: Vec<String>,
    /// 输出格式
    #[arg(long, value_name = "格式", default_value = "text")]
    format: OutputFormat,
    /// 覆盖已有的文件
    #[arg(long)]
    overwrite: bool,
    #[command(flatten)]
    basis: BasisArgs,
}

fn kind(path: &Path) -> anyhow::Result<OutputKind> {
    let kind = OutputKind::of(path);
    kind.ok_or_else(|| {
        anyhow!(
            "汇总写成.xlsx、.docx或.json，名单写成.csv：{}",
            disk::shown(path)
        )
    })
}

pub(super) fn run(arguments: &GatherArgs) -> anyhow::Result<Outcome> {
    let inputs = [arguments.units.as_deref(), arguments.own.as_deref()];
    let inputs: Vec<&Path> = inputs.into_iter().flatten().collect();
    let claim = FileClaim {
        inputs: &inputs,
        replaces: Replaces::said(arguments.overwrite),
    };
    let kind = arguments.output.as_deref().map(kind).transpose()?;
    if let Some(output) = &arguments.output {
        check_place(output, claim)?;
        spare(&arguments.folder, output)?;
    }
    let basis = arguments.basis.basis()?;
    let request = GatherRequest {
        folder: arguments.folder.clone(),
        units: arguments.units.clone(),
        last: arguments.last.clone(),
        year: arguments.year,
        without: without(arguments)?,
        but: inputs
            .iter()
            .copied()
            .chain(arguments.output.as_deref())
            .map(Path::to_path_buf)
            .collect(),
        settings: basis.settings.clone(),
        today: Some(basis.today),
    };
    let done = request.gather(own(arguments)?, None)?;
    tell_others(&arguments.folder, &done.others, "没有计入");
    let gathering = done.gathering;
    if let (Some(output), Some(kind)) = (&arguments.output, kind) {
        let bytes = gathering.bytes(&basis.settings, kind)?;
        let put = disk::write(output, &bytes, Access::Usual, claim);
        put.map_err(|reason| ExportError::Place {
            path: output.clone(),
            reason,
        })?;
    }
    match arguments.format {
        OutputFormat::Json => {
            let whole = gathering.json(&basis.settings);
            print_bytes(format!("{whole}\n").as_bytes())?;
        }
        OutputFormat::Text => print(&text(&gathering, &basis))?,
    }
    Ok(Outcome::Done)
}

fn without(arguments: &GatherArgs) -> anyhow::Result<Vec<(String, String)>> {
    let without = arguments.without.iter().map(|said| {
        let (name, reason) = said
            .split_once('=')
            .ok_or_else(|| anyhow!("--without后面写成“单位=原因”，不能是“{said}”"))?;
        Ok((name.trim().to_owned(), reason.trim().to_owned()))
    });
    without.collect()
}

/// The county's own report.
fn own(arguments: &GatherArgs) -> Result<Option<OwnFile>, open::OpenError> {
    let own = arguments.own.as_deref().map(|path| {
        let report = open::open(path)?.draft.report().clone();
        let file = path.to_string_lossy().into_owned();
        Ok(OwnFile { file, report })
    });
    own.transpose()
}

/// What a person reads.
fn text(gathering: &Gathering, basis: &Basis) -> String {
    let mut text = format!("{}年度汇总：{}\n", gathering.year, gathering.summary());
    text.push_str("\n状态  强制性  核实性  单位\n");
    for unit in &gathering.units {
        let taken = gathering.taken_of(unit);
        let (errors, queries) = taken.map_or((0, 0), |taken| (taken.errors, taken.queries));
        let notes = if unit.notes.is_empty() {
            String::new()
        } else {
            format!("（{}）", unit.notes.join("；"))
        };
        text.push_str(&format!(
            "{}  {errors:>6}  {queries:>6}  {}{notes}\n",
            unit.state.name(),
            unit.name
        ));
    }
    for stray in &gathering.strays {
        if let Some(taken) = gathering.taken.get(stray.taken) {
            text.push_str(&format!("没有计入  {}：{}\n", taken.file, stray.note));
        }
    }
    for unread in &gathering.unread {
        text.push_str(&format!("没有计入  {}：{}\n", unread.file, unread.reason));
    }
    text.push_str("\n汇总数  没有填的单位  栏目\n");
    for sum in gathering.sums() {
        let value = shown(sum.value);
        let label = gathering.label(sum.cell);
        text.push_str(&format!("{value:>6}  {:>12}  {label}\n", sum.blank));
    }
    if let Some(own) = &gathering.own {
        let different = gathering.differences(&own.report);
        text.push_str(&format!(
            "\n与{}不同的格（{}处）\n",
            own.file,
            different.len()
        ));
        for different in different {
            let by = match different.explained_by.as_slice() {
                [] => String::new(),
                names => format!("，可能是{}", names.join("、")),
            };
            text.push_str(&format!(
                "{}：本级{}，汇总{}{by}\n",
                gathering.label(different.cell),
                shown(different.own),
                shown(different.sum)
            ));
        }
    }
    let pairs = gathering.alike(&basis.settings);
    text.push_str(&format!("\n文字雷同（{}处）\n", pairs.len()));
    for pair in pairs {
        text.push_str(&format!(
            "{}与{}（{}年）：{}有{}%相同，例如“{}”\n",
            pair.one,
            pair.other,
            pair.year,
            pair.alike.label,
            pair.alike.percent,
            pair.alike.sentence
        ));
    }
    text
}
