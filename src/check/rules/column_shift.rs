//! A figure in the last column alone was put there by a row that slipped.

use crate::check::{Finding, Findings, Rule, Subject};
use crate::form::{Edition, FieldId, Line};
use crate::report::{Entry, Number, Report};

pub(super) fn check(rule: &'static Rule, subject: &Subject<'_>, findings: &mut Findings) {
    let report = subject.report;
    let edition = report.edition();
    for (_, table) in edition.tables() {
        let rows = || table.lines.iter().filter_map(|line| row(edition, line));
        // Totals are only ever stated by an imported table.
        let has_totals = rows().any(|(total, _)| report.entry(total).number().is_some());
        if !has_totals || table.lines.len() < 2 {
            continue;
        }
        for (total, parts) in rows() {
            if let Some(finding) = slipped(rule, subject, total, &parts) {
                findings.report(finding);
            }
        }
    }
}

/// The total of a row and what it sums.
fn row(edition: &Edition, line: &Line) -> Option<(FieldId, Vec<FieldId>)> {
    let totals = line.fields.iter().filter_map(|&total| {
        let sums = edition.field(total).sums.iter();
        let mut along = sums.filter(|parts| parts.iter().all(|part| line.fields.contains(part)));
        Some((total, along.next()?.clone()))
    });
    totals.max_by_key(|(_, parts)| parts.len())
}

fn slipped(
    rule: &'static Rule,
    subject: &Subject<'_>,
    total: FieldId,
    parts: &[FieldId],
) -> Option<Finding> {
    let report = subject.report;
    let edition = report.edition();
    let (&last, others) = parts.split_last()?;
    let row = &edition.field(total).row_label;
    let is_empty = |ids: &[FieldId]| ids.iter().all(|&id| is_nothing(report, id));
    let stated = report.entry(total).number();
    if let Some(stated) = stated.filter(|stated| !stated.is_zero())
        && is_empty(parts)
    {
        let message = format!("{row}：只有总计是{stated}，各列都没有数，数可能错了列");
        return Some(Finding::new(rule, message).at(subject, vec![total]));
    }
    let value = report
        .entry(last)
        .number()
        .filter(|value| !value.is_zero())?;
    if stated.is_none() && is_empty(others) {
        let column = &edition.field(last).column_label;
        let message =
            format!("{row}：只有“{column}”一列是{value}，总计是空的，可能是总计错到了前一列");
        return Some(Finding::new(rule, message).at(subject, vec![last, total]));
    }
    None
}

fn is_nothing(report: &Report, id: FieldId) -> bool {
    match report.entry(id) {
        Entry::Blank => true,
        entry => entry.number().is_some_and(Number::is_zero),
    }
}
