//! Compares totals that were stated with the totals that follow. It knows no row and no column.

use super::{Finding, Findings, Rule, Subject};
use crate::form::{Edition, FieldId, Table};
use crate::report::{Edit, Entry};

/// Which stated totals a rule speaks of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Way {
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
    way: Way,
) {
    let report = subject.report;
    let edition = report.edition();
    let mut open = 0;
    for (_, table) in edition.tables() {
        for id in table.fields().filter(|&id| sums(edition, table, id, way)) {
            let Some(stated) = report.entry(id).number() else {
                continue;
            };
            let derived = report.value(id).filter(|_| report.is_complete(id));
            let Some(derived) = derived else {
                open += 1;
                continue;
            };
            if stated == derived {
                continue;
            }
            let label = &edition.field(id).label;
            let message = format!("{label}：合计应为{derived}，填报为{stated}");
            findings.report(
                Finding::new(rule, message)
                    .at(subject, vec![id])
                    .comparing(derived, stated)
                    .fixed_by(
                        format!("采用计算值{derived}"),
                        Edit::Enter(id, Entry::Blank),
                    ),
            );
        }
    }
    if open > 0 {
        findings.not_checked(
            rule,
            format!("有{open}个合计的组成格没有填全，未与合计核对"),
        );
    }
}

/// Whether a field is a total of this way.
fn sums(edition: &Edition, table: &Table, id: FieldId, way: Way) -> bool {
    let row = |id: FieldId| {
        let key = edition.field(id).key.as_str();
        key.split_once('@').map_or(key, |(row, _)| row)
    };
    edition.field(id).sums.iter().any(|parts| {
        let along_row = parts.iter().all(|&part| row(part) == row(id));
        let found = match (along_row, table.lines.len()) {
            (false, _) => Way::Column,
            (true, 1) => Way::OnlyRow,
            (true, _) => Way::Row,
        };
        found == way
    })
}
