//! Counts are whole and not negative; money has no more decimals than the unit allows.

use crate::check::{Finding, Findings, Rule, Subject};
use crate::form::Kind;
use crate::report::{Edit, Entry, Number};

pub(super) fn check(rule: &'static Rule, subject: &Subject<'_>, findings: &mut Findings) {
    let edition = subject.report.edition();
    for id in edition.cells() {
        let field = edition.field(id);
        let entry = subject.report.entry(id);
        let Some(fault) = fault(field.kind, entry) else {
            continue;
        };
        let message = format!("{}：{fault}", field.label);
        let mut finding = Finding::new(rule, message).at(subject, vec![id]);
        finding.actual = Some(entry.shown());
        if field.is_total() {
            finding = finding.fixed_by("采用计算值", Edit::Enter(id, Entry::Blank));
        } else if let Some(value) = meant(field.kind, entry) {
            let edit = Edit::Enter(id, Entry::Number(value));
            finding = finding.fixed_by(format!("改为{value}"), edit);
        }
        findings.report(finding);
    }
}

/// What is wrong with an entry.
fn fault(kind: Kind, entry: &Entry) -> Option<String> {
    let number = match entry {
        Entry::Number(number) => *number,
        Entry::Unreadable(text) => return Some(format!("“{text}”不是数字")),
        Entry::Blank | Entry::Text(_) => return None,
    };
    match kind {
        Kind::Count | Kind::Change if !number.is_whole() => {
            Some(format!("件数应为整数，填报为{number}"))
        }
        Kind::Count if number.is_negative() => Some(format!("件数不应小于0，填报为{number}")),
        Kind::Amount(_) if number.is_negative() => Some(format!("金额不应小于0，填报为{number}")),
        Kind::Amount(decimals) if number.decimals() > u32::from(decimals) => Some(format!(
            "金额最多{decimals}位小数（精确到分），填报为{number}"
        )),
        _ => None,
    }
}

/// The number that something unreadable stands for, where it may stand there.
fn meant(kind: Kind, entry: &Entry) -> Option<Number> {
    let number = entry.meant()?;
    let fits = fault(kind, &Entry::Number(number)).is_none();
    fits.then_some(number)
}
