//! Where one cell is behind all relations that do not hold, that cell is named.

use crate::check::finding::FindingRole;
use crate::check::{Finding, Findings, Fix, Rule, Subject, arithmetic, localise, printed};
use crate::report::{Edit, Entry};

pub(super) fn check(rule: &'static Rule, subject: &Subject<'_>, findings: &mut Findings) {
    let evidence = localise::of_prior(subject);
    for localise::Suspect { cell, value } in localise::suspects(subject, &evidence) {
        let field = subject.report.edition().field(cell);
        let Some(now) = printed::value(subject.report, cell) else {
            continue;
        };
        let message = format!(
            "“{}”这一格应为{value}，现为{now}，改了以后全部平衡",
            field.label
        );
        let fix = if field.is_total() {
            Fix::new(
                format!("采用计算值{value}"),
                Edit::Enter(cell, Entry::Blank),
            )
        } else {
            arithmetic::enter(subject, cell, value)
        };
        let mut finding = Finding::new(rule, message)
            .at(subject, vec![cell])
            .comparing(value, now);
        finding.fixes.push(fix);
        finding.role = FindingRole::Cause;
        findings.report(finding);
    }
}
