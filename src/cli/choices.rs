//! How the published report is set out, as it is said on the command line.

use std::path::{Path, PathBuf};

use anyhow::bail;
use clap::{Args, ValueEnum};

use crate::date::{Day, WrittenDay};
use crate::report::{Draft, Encoding, Number};
use crate::store;

/// What differs from the choices in the draft.
#[derive(Debug, Args)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is an option of its own"
)]
pub(super) struct ChoiceArgs {
    /// 纯文本的编码
    #[arg(long, value_name = "编码")]
    encoding: Option<TextEncoding>,
    /// 纯文本开头加字节顺序标记
    #[arg(long)]
    bom: bool,
    /// 纯文本照Windows旧版记事本的要求写：字节顺序标记，行末回车加换行；Windows上本来就是这样
    #[arg(long, conflicts_with = "no_notepad")]
    notepad: bool,
    /// 纯文本行末只用换行，不加字节顺序标记；除了Windows本来就是这样
    #[arg(long)]
    no_notepad: bool,
    /// 网页片段不带标题，给自己另有标题的网站
    #[arg(long)]
    no_fragment_title: bool,
    /// 版式文件，下面写明的各项除外
    #[arg(long, value_name = "版式文件")]
    style: Option<PathBuf>,
    /// 不印前言
    #[arg(long)]
    no_preface: bool,
    /// 文末署机关名称
    #[arg(long)]
    sign: bool,
    /// 文末的日期，如2026-1-15，印成2026年1月15日
    #[arg(long, value_name = "日期", value_parser = date)]
    date: Option<String>,
    /// 标题下面的文号
    #[arg(long, value_name = "文号")]
    number: Option<String>,
    /// 标题字体
    #[arg(long, value_name = "字体")]
    title_font: Option<String>,
    /// 标题字号，单位磅
    #[arg(long, value_name = "磅", value_parser = half_points)]
    title_size: Option<u16>,
    /// 数字和英文用Times New Roman
    #[arg(long)]
    times: bool,
    /// 三级标题加粗
    #[arg(long)]
    bold_third: bool,
    /// 正文字体
    #[arg(long, value_name = "字体")]
    body_font: Option<String>,
    /// 正文字号，单位磅
    #[arg(long, value_name = "磅", value_parser = half_points)]
    body_size: Option<u16>,
    /// 表格字号，单位磅
    #[arg(long, value_name = "磅", value_parser = half_points)]
    table_size: Option<u16>,
    /// 行距，单位磅
    #[arg(long, value_name = "磅", value_parser = twips)]
    line_pitch: Option<u16>,
    /// 表格不跨页，哪怕上一页空出许多
    #[arg(long)]
    whole_tables: bool,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum TextEncoding {
    #[value(name = "utf-8", alias = "utf8")]
    Utf8,
    #[value(name = "gb18030", alias = "gbk")]
    Gb18030,
}

/// Points as a whole number of parts, such as 10.5 points as 21 half-points.
fn parts(text: &str, parts: i64) -> Result<u16, String> {
    let number = Number::read(text).map(|number| number.times(parts));
    let whole = number.filter(|number| number.is_whole());
    whole
        .and_then(|number| number.to_string().parse().ok())
        .ok_or_else(|| "不是磅数".to_owned())
}

/// A day as it is printed; words that name none are kept.
fn date(text: &str) -> Result<String, String> {
    match Day::written(text) {
        WrittenDay::Day(_) => Ok(text.trim().to_owned()),
        WrittenDay::Impossible => Err("没有这一天".to_owned()),
        WrittenDay::Otherwise if text.trim().is_empty() || text.contains('年') => {
            Ok(text.to_owned())
        }
        WrittenDay::Otherwise => Err("不是日期，写成2026-1-15这样".to_owned()),
    }
}

fn half_points(text: &str) -> Result<u16, String> {
    parts(text, 2)
}

fn twips(text: &str) -> Result<u16, String> {
    parts(text, 20)
}

impl ChoiceArgs {
    /// Opens a file and sets it out as was said.
    pub(super) fn open(&self, file: &Path) -> anyhow::Result<Draft> {
        let mut draft = crate::open::open(file)?.draft;
        let mut choices = match &self.style {
            Some(style) => store::read_look(style)?.with_own(draft.choices()),
            None => draft.choices().clone(),
        };
        if let Some(encoding) = self.encoding {
            choices.encoding = match encoding {
                TextEncoding::Utf8 => Encoding::Utf8,
                TextEncoding::Gb18030 => Encoding::Gb18030,
            };
        }
        choices.byte_order_mark |= self.bom;
        if self.notepad || self.no_notepad {
            choices.for_notepad = Some(self.notepad);
        }
        choices.fragment_title &= !self.no_fragment_title;
        choices.times |= self.times;
        choices.bold_third |= self.bold_third;
        choices.preface &= !self.no_preface;
        choices.signature |= self.sign;
        choices.whole_tables |= self.whole_tables;
        let set = |choice: &mut u16, said: Option<u16>| *choice = said.unwrap_or(*choice);
        set(&mut choices.body_size, self.body_size);
        set(&mut choices.table_size, self.table_size);
        set(&mut choices.line_pitch, self.line_pitch);
        set(&mut choices.title_size, self.title_size);
        let set = |choice: &mut String, said: &Option<String>| {
            if let Some(said) = said {
                choice.clone_from(said);
            }
        };
        set(&mut choices.date, &self.date);
        set(&mut choices.number, &self.number);
        set(&mut choices.body_font, &self.body_font);
        set(&mut choices.title_font, &self.title_font);
        if let Some(fault) = choices.fault() {
            bail!("{fault}");
        }
        draft.set_choices(choices);
        Ok(draft)
    }
}
