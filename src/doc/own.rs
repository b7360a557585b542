//! What the program itself writes about reports, which is no report.

use super::{Block, Doc, Table};

/// A document of the program's own that holds no report.
#[derive(Debug, thiserror::Error, Clone, Copy, PartialEq, Eq)]
pub enum OwnPaper {
    /// A record of what was checked.
    #[error("这是自查表，不是年度报告，请选年度报告本身")]
    CheckSheet,
    /// A summary of many reports.
    #[error("这是各单位报告的汇总，不是年度报告，请选年度报告本身")]
    Summary,
    /// A data table of many reports.
    #[error("这是许多报告的数据表，不是年度报告，请选年度报告本身")]
    Rows,
}

/// What the title of a record of what was checked ends in.
const CHECK_SHEET: &str = "年度报告自查表";
/// What the title of a county's summary ends in, after its year.
const SUMMARY: &str = "年度政府信息公开工作年度报告汇总";

/// The heads of the list of units in a county's summary.
pub const UNIT_HEADS: [&str; 8] = [
    "单位",
    "类别",
    "联系人",
    "期限",
    "状态",
    "强制",
    "核实",
    "说明",
];

/// The first columns of the data table of many reports: their keys, and their names.
pub const ROW_HEADS: [(&str, &str); 4] = [
    ("file", "文件"),
    ("issuer", "机关名称"),
    ("year", "年度"),
    ("form", "格式版本"),
];

/// The title of a county's summary.
#[must_use]
pub fn summary_title(year: u16) -> String {
    format!("{year}{SUMMARY}")
}

/// Which document of the program's own this is, if it is one that holds no report.
pub(super) fn paper_of(doc: &Doc) -> Option<OwnPaper> {
    let is_sheet = |text: &str| text.ends_with(CHECK_SHEET);
    let is_summary = |text: &str| {
        let year = text.strip_suffix(SUMMARY);
        year.is_some_and(|year| year.len() == 4 && year.bytes().all(|byte| byte.is_ascii_digit()))
    };
    let first = doc.blocks.iter().take(3).filter_map(|block| match block {
        Block::Heading { text, .. } | Block::Paragraph(text) => Some(text.as_str()),
        Block::Table(_) => None,
    });
    let mut titles = std::iter::once(doc.title.as_str()).chain(first);
    if titles.clone().any(|text| is_sheet(text.trim())) {
        return Some(OwnPaper::CheckSheet);
    }
    let mut tables = doc.blocks.iter().filter_map(|block| match block {
        Block::Table(table) => Some(table),
        _ => None,
    });
    let keys = ROW_HEADS.map(|(key, _)| key);
    let names = ROW_HEADS.map(|(_, name)| name);
    if tables
        .clone()
        .any(|table| begins_with(table, &keys) || begins_with(table, &names))
    {
        return Some(OwnPaper::Rows);
    }
    let is_own = titles.any(|text| is_summary(text.trim()))
        || tables.any(|table| begins_with(table, &UNIT_HEADS));
    is_own.then_some(OwnPaper::Summary)
}

/// Whether the first row of a table begins with these cells.
fn begins_with(table: &Table, heads: &[&str]) -> bool {
    let first = table.cells.iter().take_while(|cell| cell.row == 0);
    let texts: Vec<&str> = first
        .take(heads.len())
        .map(|cell| cell.text.trim())
        .collect();
    texts == heads
}
