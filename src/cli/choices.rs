//! How the published report is set out, as it is said on the command line.

use std::path::Path;

use clap::{Args, ValueEnum};

use crate::report::{Draft, Encoding, Number};

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
    /// 不印前言
    #[arg(long)]
    no_preface: bool,
    /// 文末署机关名称
    #[arg(long)]
    sign: bool,
    /// 文末的日期
    #[arg(long, value_name = "日期")]
    date: Option<String>,
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
        let mut choices = draft.choices().clone();
        if let Some(encoding) = self.encoding {
            choices.encoding = match encoding {
                TextEncoding::Utf8 => Encoding::Utf8,
                TextEncoding::Gb18030 => Encoding::Gb18030,
            };
        }
        choices.byte_order_mark |= self.bom;
        choices.preface &= !self.no_preface;
        choices.signature |= self.sign;
        choices.whole_tables |= self.whole_tables;
        let set = |choice: &mut u16, said: Option<u16>| *choice = said.unwrap_or(*choice);
        set(&mut choices.body_size, self.body_size);
        set(&mut choices.table_size, self.table_size);
        set(&mut choices.line_pitch, self.line_pitch);
        choices.date = self.date.clone().unwrap_or(choices.date);
        choices.body_font = self.body_font.clone().unwrap_or(choices.body_font);
        draft.set_choices(choices);
        Ok(draft)
    }
}
