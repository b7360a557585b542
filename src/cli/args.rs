//! What may be said on the command line.

use std::error::Error as _;
use std::path::PathBuf;

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Args, Parser, Subcommand};

use super::check::CheckArgs;
use super::choices::ChoiceArgs;
use super::format::OutputFormat;
use super::gather::GatherArgs;
use super::table::TableArgs;
use super::years::YearsArgs;
use crate::sheet::Paper;

const TEMPLATE: &str = "{about}\n\n用法：{usage}\n\n{all-args}{after-help}";
const EXIT_CODES: &str = "退出码：0完成；1审核发现强制性问题，没有导出，或者核对不一致；2用法不对，或者文件读不了、认不出、写不了";

fn after_help() -> String {
    format!("{EXIT_CODES}\n保证：{}", crate::keep::PROMISE)
}

/// 政府信息公开工作年度报告填报程序
#[derive(Debug, Parser)]
#[command(name = "nianbao", version, help_template = TEMPLATE, after_help = after_help())]
#[command(
    subcommand_precedence_over_arg = true,
    args_conflicts_with_subcommands = true
)]
#[command(
    disable_help_subcommand = true,
    subcommand_help_heading = "命令",
    subcommand_value_name = "命令"
)]
#[command(
    next_help_heading = "选项",
    disable_help_flag = true,
    disable_version_flag = true
)]
pub(super) struct Arguments {
    #[command(subcommand)]
    pub command: Option<CliCommand>,
    /// 要在窗口里打开的草稿，或者已发布的报告
    #[arg(value_name = "文件")]
    pub file: Option<PathBuf>,
    #[command(flatten)]
    pub general: General,
}

#[derive(Debug, Args)]
pub(super) struct General {
    /// 设置、恢复文件和历史版本放在这个文件夹，也可以用环境变量NIANBAO_HOME
    #[arg(long, value_name = "文件夹", global = true)]
    pub home: Option<PathBuf>,
    /// 窗口由处理器画（cpu，不用显卡），或者由显卡画（glow；Windows上还有wgpu）
    #[arg(long, value_name = "方式", global = true, value_parser = crate::system::RENDERERS.to_vec())]
    pub renderer: Option<String>,
    /// 显示帮助
    #[arg(short, long, action = clap::ArgAction::Help, global = true)]
    help: Option<bool>,
    /// 显示版本
    #[arg(short = 'V', long, action = clap::ArgAction::Version)]
    version: Option<bool>,
}

/// What is said of publishing for good.
#[derive(Debug, Args)]
pub(super) struct RecordArgs {
    /// 写进一个带日期的新文件夹，附清单和校验码，并在草稿里记下已经发布
    #[arg(long, conflicts_with_all = ["force", "overwrite"])]
    pub record: bool,
    /// 谁发布
    #[arg(long, value_name = "姓名", requires = "record", default_value = "")]
    pub by: String,
    /// 更正的原因，发布过又改了的报告要写
    #[arg(long, value_name = "原因", requires = "record", default_value = "")]
    pub reason: String,
    /// 把自查表也放进文件夹
    #[arg(long, requires = "record")]
    pub sheet: bool,
    /// 把呈批单也放进文件夹
    #[arg(long, requires = "record")]
    pub approval: bool,
}

impl RecordArgs {
    /// What goes into the folder beside the formats.
    pub fn papers(&self) -> impl Iterator<Item = Paper> {
        let papers = [
            (Paper::SelfCheck, self.sheet),
            (Paper::Approval, self.approval),
        ];
        let asked = papers.into_iter().filter(|(_, asked)| *asked);
        asked.map(|(paper, _)| paper)
    }
}

#[derive(Debug, Subcommand)]
pub(super) enum CliCommand {
    /// 新建一份草稿
    #[command(help_template = TEMPLATE)]
    New {
        /// 机关名称
        #[arg(long, value_name = "名称")]
        issuer: String,
        /// 报告年度
        #[arg(long, value_name = "年度")]
        year: u16,
        /// 格式版本，不写则由年度决定
        #[arg(long, value_name = "版本")]
        form: Option<String>,
        /// 上年度报告，由它填入本年的结转等
        #[arg(long, value_name = "文件")]
        prior: Option<PathBuf>,
        /// 草稿写到哪里
        #[arg(short, long, value_name = "草稿")]
        output: PathBuf,
        /// 覆盖已有的文件
        #[arg(long)]
        overwrite: bool,
    },
    /// 把已发布的报告读成草稿
    #[command(help_template = TEMPLATE)]
    Import {
        /// 已发布的报告；也可以是放着报告的文件夹、网站上下载的附件压缩包（.zip），同一份报告的几个文件合成一份，不同的地方列出来
        #[arg(value_name = "文件")]
        file: PathBuf,
        /// 草稿写到哪里；有几份报告的，写一个文件夹
        #[arg(short, long, value_name = "草稿")]
        output: PathBuf,
        /// 报告年度，标题没有写明年份时用
        #[arg(long, value_name = "年度")]
        year: Option<u16>,
        /// 覆盖已有的文件
        #[arg(long)]
        overwrite: bool,
    },
    /// 审核
    #[command(help_template = TEMPLATE)]
    Check(CheckArgs),
    /// 导出
    #[command(help_template = TEMPLATE)]
    Export {
        /// 草稿或者已发布的报告
        #[arg(value_name = "文件")]
        file: PathBuf,
        /// 写到哪里，-为标准输出
        #[arg(short, long, value_name = "文件")]
        output: PathBuf,
        /// 格式，不写则由扩展名决定
        #[arg(long, value_name = "格式")]
        to: Option<String>,
        /// 有审核问题也导出
        #[arg(long)]
        force: bool,
        /// 覆盖已有的文件
        #[arg(long)]
        overwrite: bool,
        #[command(flatten)]
        choices: ChoiceArgs,
    },
    /// 发布：审核，各种格式写进一个文件夹，逐个读回核对
    #[command(help_template = TEMPLATE)]
    Publish {
        /// 草稿或者已发布的报告
        #[arg(value_name = "文件")]
        file: PathBuf,
        /// 写到哪个文件夹
        #[arg(short, long, value_name = "文件夹")]
        output: PathBuf,
        /// 哪些格式，用逗号隔开，不写则为各种发布用的格式
        #[arg(long, value_name = "格式", value_delimiter = ',')]
        formats: Vec<String>,
        /// 有审核问题也写出，文件名和页眉标明“草稿”
        #[arg(long)]
        force: bool,
        /// 有印不出的字、要用代替的字体，也发布PDF
        #[arg(long = "allow-substitutes")]
        substitutes: bool,
        /// 覆盖同名文件，不写则另取名字
        #[arg(long)]
        overwrite: bool,
        #[command(flatten)]
        record: RecordArgs,
        #[command(flatten)]
        choices: ChoiceArgs,
    },
    /// 核对：公开出去的页面和草稿是不是一致，逐格逐行逐段
    #[command(help_template = TEMPLATE)]
    Compare {
        /// 草稿或者报告
        #[arg(value_name = "文件")]
        file: PathBuf,
        /// 公开出去的页面，能导入的格式都可以
        #[arg(value_name = "页面")]
        published: PathBuf,
        /// 输出格式
        #[arg(long, value_name = "格式", default_value = "text")]
        format: OutputFormat,
    },
    /// 把一份草稿的版式写成版式文件，给别的报告用
    #[command(help_template = TEMPLATE)]
    Style {
        /// 草稿
        #[arg(value_name = "文件")]
        file: PathBuf,
        /// 版式文件写到哪里
        #[arg(short, long, value_name = "版式文件")]
        output: PathBuf,
        /// 覆盖已有的文件
        #[arg(long)]
        overwrite: bool,
        #[command(flatten)]
        choices: ChoiceArgs,
    },
    /// 汇总：一个文件夹里各单位的报告，谁报了、怎么样、加起来是多少
    #[command(help_template = TEMPLATE)]
    Gather(GatherArgs),
    /// 许多报告的数据表：一份报告一行，一格一列，供别的程序用
    #[command(help_template = TEMPLATE)]
    Table(TableArgs),
    /// 几年对比：两到六份报告的主要数据排成一页，有表有图
    #[command(help_template = TEMPLATE)]
    Years(YearsArgs),
    /// 用程序自带的样例走一遍：草稿、审核、各种导出
    #[command(help_template = TEMPLATE)]
    Demo {
        /// 写到哪个文件夹
        #[arg(value_name = "文件夹", default_value = "nianbao-demo")]
        folder: PathBuf,
        /// 不打开窗口
        #[arg(long)]
        no_window: bool,
    },
    /// 列出法定格式版本，或者打印一个
    #[command(help_template = TEMPLATE)]
    Form {
        /// 格式版本
        #[arg(value_name = "版本")]
        id: Option<String>,
        /// 输出格式
        #[arg(long, value_name = "格式", default_value = "text")]
        format: OutputFormat,
    },
    /// 列出没有保存的修改，或者把一份存成草稿
    #[command(help_template = TEMPLATE)]
    Recover {
        /// 第几份，不写则列出
        #[arg(value_name = "序号", requires = "output")]
        number: Option<usize>,
        /// 草稿写到哪里
        #[arg(short, long, value_name = "草稿")]
        output: Option<PathBuf>,
        /// 覆盖已有的文件
        #[arg(long)]
        overwrite: bool,
    },
    /// 列出审核规则，或者解释一条
    #[command(help_template = TEMPLATE)]
    Explain {
        /// 规则
        #[arg(value_name = "规则")]
        rule: Option<String>,
    },
}

/// What is wrong with the arguments, in one Chinese line.
pub(super) fn complaint(error: &clap::Error) -> String {
    let said = |kind| match error.get(kind) {
        Some(ContextValue::String(text)) => text.clone(),
        Some(ContextValue::Strings(texts)) => texts.join("、"),
        _ => String::new(),
    };
    let argument = said(ContextKind::InvalidArg);
    let value = said(ContextKind::InvalidValue);
    match error.kind() {
        ErrorKind::MissingRequiredArgument => format!("缺少{argument}，用--help看用法"),
        ErrorKind::UnknownArgument => format!("没有{argument}这个选项，用--help看用法"),
        ErrorKind::InvalidSubcommand => format!(
            "没有{}这个命令，用--help看用法",
            said(ContextKind::InvalidSubcommand)
        ),
        ErrorKind::InvalidValue if value.is_empty() => {
            format!("{argument}后面缺少内容，用--help看用法")
        }
        ErrorKind::ValueValidation if error.source().is_some() => {
            let why = error.source().map(ToString::to_string).unwrap_or_default();
            format!("{argument}不能是“{value}”，{why}")
        }
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => {
            format!("{argument}不能是“{value}”，用--help看用法")
        }
        ErrorKind::ArgumentConflict => format!("{argument}不能这样用，用--help看用法"),
        _ => "用法不对，用--help看用法".to_owned(),
    }
}
