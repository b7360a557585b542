//! `nianbao check`: every rule over every file.

mod alike;
mod many;
mod show;

use std::path::{Path, PathBuf};
use std::time::SystemTime;

use anyhow::{anyhow, bail};
use clap::Args;

use super::Outcome;
use super::format::OutputFormat;
use crate::check::{CheckOptions, Findings, RuleSettings, check_draft_on};
use crate::date::{Day, Moment};
use crate::desk;
use crate::disk::{FileClaim, Replaces};
use crate::export;
use crate::open;
use crate::report::{Draft, Prior};
use crate::sheet::{Paper, Sheet};

pub(super) use show::text;

/// What `check` may be told.
#[derive(Debug, Args)]
pub(super) struct CheckArgs {
    /// 草稿或者已发布的报告，可以有多个；文件夹则为其中的全部报告
    #[arg(value_name = "文件", required = true)]
    pub files: Vec<PathBuf>,
    /// 上年度报告
    #[arg(long, value_name = "文件")]
    prior: Option<PathBuf>,
    /// 输出格式
    #[arg(long, value_name = "格式", default_value = "text")]
    format: OutputFormat,
    /// 另写一份自查表（.docx、.txt或.json），只用于一个文件
    #[arg(long, value_name = "文件")]
    sheet: Option<PathBuf>,
    /// 另写一张供签批的呈批单（.docx或.pdf），只用于一个文件
    #[arg(long, value_name = "文件")]
    approval: Option<PathBuf>,
    /// 覆盖已有的自查表、呈批单
    #[arg(long)]
    overwrite: bool,
    /// 自查表、呈批单上的核查人
    #[arg(long, value_name = "姓名", default_value = "")]
    by: String,
    /// 再比较各单位之间文字雷同的部分
    #[arg(long)]
    alike: bool,
    /// 再列出正文里的每个数字，说明它是表中哪一格
    #[arg(long)]
    claims: bool,
    #[command(flatten)]
    basis: BasisArgs,
}

/// On what terms files are checked.
#[derive(Debug, Args)]
pub(super) struct BasisArgs {
    /// 按哪一天核对公布期限，例如2026-01-12，不写则为今天
    #[arg(long, value_name = "日期")]
    today: Option<String>,
    /// 审核设置或者地方要求的文件，写法见docs/rules.md和docs/local-rules.md
    #[arg(long, value_name = "文件")]
    settings: Option<PathBuf>,
    /// 改一个阈值，例如copied-query=85，可以有多个
    #[arg(long, value_name = "名称=值")]
    set: Vec<String>,
}

/// What every file is checked with.
pub(super) struct Basis {
    /// Last year's report.
    prior: Option<Prior>,
    /// What is set for the rules.
    pub settings: RuleSettings,
    /// The day on which it is looked at.
    pub today: Day,
    /// Whether the figures of the texts are listed.
    claims: bool,
}

pub(super) fn run(arguments: &CheckArgs) -> anyhow::Result<Outcome> {
    let prior = arguments.prior.as_deref().map(open::open_prior);
    let basis = Basis {
        prior: prior.transpose()?,
        claims: arguments.claims,
        ..arguments.basis.basis()?
    };
    if let Some(prior) = &basis.prior {
        // Whether its year is the right one, the findings of each file say.
        super::complain_of_prior(prior, prior.report.year().saturating_add(1));
    }
    let files = many::expand(&arguments.files)?;
    let papers = arguments.papers();
    if let [(paper, _), ..] = papers.as_slice() {
        let [file] = files.as_slice() else {
            bail!(
                "{}一次只能用于一个文件，现有{}个",
                paper.name(),
                files.len()
            );
        };
        return with_papers(file, &basis, arguments, &papers);
    }
    many::run(&files, &basis, arguments.format, arguments.alike)
}

/// The day it is in China.
pub(super) fn today() -> Day {
    Moment::of(SystemTime::now()).date()
}

fn day(text: &str) -> anyhow::Result<Day> {
    Day::read(text).ok_or_else(|| anyhow!("“{text}”不是日期，写成2026-01-12的样子"))
}

impl BasisArgs {
    /// What was said, without last year's report.
    pub(super) fn basis(&self) -> anyhow::Result<Basis> {
        let said = self.today.as_deref();
        Ok(Basis {
            prior: None,
            settings: self.read()?,
            today: said.map_or_else(|| Ok(today()), day)?,
            claims: false,
        })
    }

    fn read(&self) -> anyhow::Result<RuleSettings> {
        let mut settings = match &self.settings {
            Some(path) => desk::read_settings(path)?,
            None => RuleSettings::default(),
        };
        for change in &self.set {
            let (name, value) = change
                .split_once('=')
                .ok_or_else(|| anyhow!("--set后面写成“名称=值”，不能是“{change}”"))?;
            let value = value
                .trim()
                .parse()
                .map_err(|error| anyhow!("阈值{name}应是整数，不能是“{value}”（{error}）"))?;
            settings.set(name.trim(), value)?;
        }
        Ok(settings)
    }
}

impl Basis {
    /// The terms on which each file is checked.
    pub(super) fn terms(&self) -> CheckOptions<'_> {
        CheckOptions {
            settings: &self.settings,
            today: Some(self.today),
            read_back: None,
        }
    }

    /// Opens a file and checks it.
    fn check(&self, file: &Path) -> Result<(Draft, Findings), open::OpenError> {
        let mut draft = open::open(file)?.draft;
        if self.prior.is_some() {
            draft.set_prior(self.prior.clone());
        }
        let findings = check_draft_on(&draft, self.terms());
        Ok((draft, findings))
    }
}

impl CheckArgs {
    /// The papers that are asked for, and where they go.
    fn papers(&self) -> Vec<(Paper, &Path)> {
        let papers = [
            (Paper::SelfCheck, &self.sheet),
            (Paper::Approval, &self.approval),
        ];
        let asked = papers
            .into_iter()
            .filter_map(|(paper, path)| Some((paper, path.as_deref()?)));
        asked.collect()
    }
}

fn with_papers(
    file: &Path,
    basis: &Basis,
    arguments: &CheckArgs,
    papers: &[(Paper, &Path)],
) -> anyhow::Result<Outcome> {
    let read = [
        Some(file),
        arguments.prior.as_deref(),
        arguments.basis.settings.as_deref(),
    ];
    let inputs: Vec<_> = read.into_iter().flatten().collect();
    let claim = FileClaim {
        inputs: &inputs,
        replaces: Replaces::said(arguments.overwrite),
    };
    let mut formats = Vec::new();
    for (paper, path) in papers {
        formats.push(paper.format(path).map_err(anyhow::Error::msg)?);
        export::check_place(path, claim)?;
    }
    let (draft, findings) = basis.check(file)?;
    let on = basis.today.to_string();
    let sheet = Sheet {
        draft: &draft,
        findings: &findings,
        settings: &basis.settings,
        by: &arguments.by,
        on: &on,
    };
    for ((paper, path), format) in papers.iter().zip(formats) {
        sheet.write(*paper, format, path, claim)?;
    }
    super::print(&show::shown(
        arguments.format,
        basis.claims,
        file,
        &draft,
        &findings,
    ))?;
    Ok(show::outcome(&findings))
}
