//! A number whose digits were torn into two cells makes a row not add up.

use crate::check::finding::FindingRole;
use crate::check::{Finding, Findings, Rule, Subject, arithmetic};
use crate::form::FieldId;
use crate::report::{Edit, Entry, Number, Report};

pub(super) fn check(rule: &'static Rule, subject: &Subject<'_>, findings: &mut Findings) {
    let report = subject.report;
    let edition = report.edition();
    for (_, table) in edition.tables() {
        for line in &table.lines {
            for &total in &line.fields {
                let parts = edition.field(total).sums.iter();
                let along =
                    parts.filter(|parts| parts.iter().all(|part| line.fields.contains(part)));
                for parts in along {
                    report_torn(rule, subject, findings, total, parts);
                }
            }
        }
    }
}

fn report_torn(
    rule: &'static Rule,
    subject: &Subject<'_>,
    findings: &mut Findings,
    total: FieldId,
    parts: &[FieldId],
) {
    let report = subject.report;
    let edition = report.edition();
    let (Some(stated), Some(sum)) = (report.entry(total).number(), report.sum(parts)) else {
        return;
    };
    if stated == sum {
        return;
    }
    for pair in parts.windows(2) {
        let [left, right] = pair else { continue };
        let (Some(tens), Some(ones)) = (digit(report, *left), digit(report, *right)) else {
            continue;
        };
        let joined = tens.times(10) + ones;
        if tens.is_zero() || sum - tens - ones + joined != stated {
            continue;
        }
        let row = match edition.field(total).row_label.as_str() {
            "" => String::new(),
            row => format!("{row}："),
        };
        let message = format!(
            "{row}{}的{tens}和{}的{ones}可能是同一个数{joined}，合起来与总计{stated}相符",
            edition.field(*left).column_label,
            edition.field(*right).column_label,
        );
        let mut finding = Finding::new(rule, message).at(subject, vec![*left, *right]);
        finding.role = FindingRole::Reading(total);
        for (at, other) in [(*left, *right), (*right, *left)] {
            let edit = Edit::All(vec![
                Edit::Enter(other, Entry::Number(Number::ZERO)),
                Edit::Enter(at, Entry::Number(joined)),
            ]);
            let title = arithmetic::enter(subject, at, joined).title;
            finding = finding.fixed_by(format!("{title}，另一格改为0"), edit);
        }
        findings.report(finding);
    }
}

/// A figure of one digit.
fn digit(report: &Report, id: FieldId) -> Option<Number> {
    let number = report.entry(id).number()?;
    let is_digit = number.is_whole() && !number.is_negative() && number < Number::from(10);
    is_digit.then_some(number)
}
