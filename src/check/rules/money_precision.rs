//! Money in 万元 rarely needs more than four decimals.

use crate::check::{Finding, Findings, Limit, Rule, Subject};
use crate::form::Kind;

pub(super) fn check(rule: &'static Rule, subject: &Subject<'_>, findings: &mut Findings) {
    let edition = subject.report.edition();
    let usual = u32::try_from(subject.limit(Limit::MoneyDecimals)).unwrap_or(0);
    for id in edition.cells() {
        let field = edition.field(id);
        let Kind::Amount(most) = field.kind else {
            continue;
        };
        let Some(value) = subject.report.entry(id).number() else {
            continue;
        };
        if value.decimals() > usual && value.decimals() <= u32::from(most) {
            let message = format!(
                "{}：{value}有{}位小数，通常不超过{usual}位，单位是否看错",
                field.label,
                value.decimals()
            );
            findings.report(Finding::new(rule, message).at(subject, vec![id]));
        }
    }
}
