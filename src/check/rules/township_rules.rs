//! A township or a department makes no regulations.

use crate::check::keys::KEYS;
use crate::check::{Finding, Findings, Rule, Subject, issuer};
use crate::report::{Edit, Entry, Number};

pub(super) fn check(rule: &'static Rule, subject: &Subject<'_>, findings: &mut Findings) {
    let report = subject.report;
    let edition = report.edition();
    let name = report.issuer();
    if name.is_empty() {
        findings.not_checked(rule, "没有填写机关名称");
        return;
    }
    if !issuer::is_township(name) && !issuer::is_department(name) && !issuer::is_county(name) {
        return;
    }
    let lines = edition.tables().flat_map(|(_, table)| &table.lines);
    for line in lines {
        let cells: Vec<_> = line
            .fields
            .iter()
            .copied()
            .filter(|&id| {
                let row = edition.field(id).key.split('@').next();
                row == Some(KEYS.regulations)
            })
            .filter(|&id| report.value(id).is_some_and(|value| !value.is_zero()))
            .collect();
        let Some(&first) = cells.first() else {
            continue;
        };
        let zeros = cells
            .iter()
            .map(|&id| Edit::Enter(id, Entry::Number(Number::ZERO)));
        let edit = Edit::All(zeros.collect());
        let row = &edition.field(first).row_label;
        let message = format!("{row}一行不为0，{name}没有制定规章的权限，应为0");
        findings.report(
            Finding::new(rule, message)
                .at(subject, cells)
                .fixed_by(format!("{row}一行改为0"), edit),
        );
    }
}
