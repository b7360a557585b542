//! The report in which nothing happened (零报告), and the channels that must have been looked at.

use super::keys::KEYS;
use crate::form::FieldId;
use crate::report::{Confirmation, Report};

/// Where a request, a review or a lawsuit could have come in without being registered.
pub const CHANNELS: [&str; 4] = [
    "网上申请系统（依申请公开平台、电子邮箱）没有收到申请",
    "信函、传真和当面提交的登记簿上没有申请",
    "复议机关和法院没有转来政府信息公开的复议、诉讼案件",
    "信访等部门没有转来应按政府信息公开申请办理的事项",
];

/// Whether nothing happened; `None` while a cell is not filled in.
#[must_use]
pub fn is_nil(report: &Report) -> Option<bool> {
    let cells = cells(report);
    let values: Option<Vec<_>> = cells.iter().map(|&id| report.entry(id).number()).collect();
    values
        .filter(|values| !values.is_empty())
        .map(|values| values.iter().all(|value| value.is_zero()))
}

/// The first cell of each table in which nothing happened.
pub(super) fn first_cells(report: &Report) -> Vec<FieldId> {
    let edition = report.edition();
    let tables = edition.tables();
    tables
        .filter(|(section, _)| KEYS.nothing_happened.contains(&section.id.as_str()))
        .filter_map(|(_, table)| table.fields().next())
        .collect()
}

/// Whether every channel was confirmed for the year of a report.
#[must_use]
pub fn is_confirmed(report: &Report, confirmation: Option<&Confirmation>) -> bool {
    confirmation.is_some_and(|confirmation| {
        let all = CHANNELS
            .iter()
            .all(|channel| confirmation.channels.iter().any(|own| own == channel));
        all && confirmation.year == report.year() && !confirmation.by.trim().is_empty()
    })
}

fn cells(report: &Report) -> Vec<FieldId> {
    let edition = report.edition();
    let tables = edition.tables();
    let cells = tables
        .filter(|(section, _)| KEYS.nothing_happened.contains(&section.id.as_str()))
        .flat_map(|(_, table)| table.fields());
    cells.filter(|&id| !edition.field(id).is_total()).collect()
}
