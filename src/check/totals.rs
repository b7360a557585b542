//! Compares totals that were stated with the totals that follow. It knows no row and no column.

use super::finding::FindingRole;
use super::{Finding, Findings, Rule, Subject, arithmetic, printed};
use crate::form::{Edition, FieldId, Table};
use crate::report::{Edit, Entry, Number};

/// Which stated totals a rule speaks of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TotalWay {
    /// Totals over a row of a table that has several rows.
    Row,
    /// Totals over a column.
    Column,
    /// Totals in a table that has one row only.
    OnlyRow,
}

/// Reports every stated total that differs from the derived one.
pub(super) fn report_stated(
    rule: &'static Rule,
    subject: &Subject<'_>,
    findings: &mut Findings,
    way: TotalWay,
) {
    let report = subject.report;
    let edition = report.edition();
    let mut open = 0;
    for (_, table) in edition.tables() {
        for (id, parts) in table.fields().flat_map(|id| ways(edition, table, id, way)) {
            let Some(stated) = report.entry(id).number() else {
                continue;
            };
            let Some(sum) = printed::sum(report, parts) else {
                open += 1;
                continue;
            };
            if stated == sum {
                continue;
            }
            let label = &edition.field(id).label;
            let message = format!("{label}：合计应为{sum}，填报为{stated}");
            let mut finding = Finding::new(rule, message)
                .at(subject, vec![id])
                .comparing(sum, stated);
            finding.role = FindingRole::Relation;
            // What is computed is the sum of the cells below, which may hold another total.
            if report.value(id) == Some(sum) {
                finding =
                    finding.fixed_by(format!("采用计算值{sum}"), Edit::Enter(id, Entry::Blank));
            }
            if way == TotalWay::OnlyRow {
                finding = with_parts(subject, finding, id, parts, stated - sum);
            }
            findings.report(finding);
        }
    }
    if open > 0 {
        findings.not_checked(
            rule,
            format!("有{open}个合计的组成格没有填全，未与合计核对"),
        );
    }
}

/// Where nothing else tells which cell is wrong, each of the parts may be it as well.
fn with_parts(
    subject: &Subject<'_>,
    mut finding: Finding,
    id: FieldId,
    parts: &[FieldId],
    gap: Number,
) -> Finding {
    finding.cells = std::iter::once(id).chain(parts.iter().copied()).collect();
    for &part in parts {
        let value = subject.report.entry(part).number().map(|now| now + gap);
        if let Some(value) = value.filter(|value| !value.is_negative()) {
            finding.fixes.push(arithmetic::enter(subject, part, value));
        }
    }
    finding
}

/// A field and what it sums, for every way of this kind in which it is a total.
fn ways<'a>(
    edition: &'a Edition,
    table: &'a Table,
    id: FieldId,
    way: TotalWay,
) -> impl Iterator<Item = (FieldId, &'a [FieldId])> {
    let row = |id: FieldId| {
        let key = edition.field(id).key.as_str();
        key.split_once('@').map_or(key, |(row, _)| row)
    };
    let sums = edition.field(id).sums.iter();
    let own = sums.filter(move |parts| {
        let along_row = parts.iter().all(|&part| row(part) == row(id));
        let found = match (along_row, table.lines.len()) {
            (false, _) => TotalWay::Column,
            (true, 1) => TotalWay::OnlyRow,
            (true, _) => TotalWay::Row,
        };
        found == way
    });
    own.map(move |parts| (id, parts.as_slice()))
}
