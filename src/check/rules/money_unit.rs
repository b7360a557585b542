//! A sum ten thousand times last year's was entered in the wrong unit.

use crate::check::figures::{self, Pair};
use crate::check::keys::KEYS;
use crate::check::{Finding, Findings, Limit, Rule, Subject};
use crate::report::{Edit, Entry, Number};

/// How many 元 make one 万元.
const UNIT: i64 = 10_000;

pub(super) fn check(rule: &'static Rule, subject: &Subject<'_>, findings: &mut Findings) {
    for Pair { id, now, before } in figures::pairs(rule, subject, findings, &[KEYS.fees]) {
        let least = subject.limit(Limit::MoneyUnitLeast);
        let most = subject.limit(Limit::MoneyUnitMost);
        let many = is_about_unit_times(before, now, least, most);
        if !many && !is_about_unit_times(now, before, least, most) {
            continue;
        }
        let fact = format!("收费金额为{now}万元，上年为{before}万元");
        let message = if many {
            format!("{fact}，相差约一万倍，可能是按元填报的")
        } else {
            format!("{fact}，相差约一万倍，两年中可能有一年弄错了单位")
        };
        let mut finding = Finding::new(rule, message)
            .at(subject, vec![id])
            .comparing(before, now);
        let yuan = now.decimal().checked_div(UNIT.into());
        let mended = yuan.and_then(|value| Number::read(&value.to_string()));
        if let Some(value) = mended.filter(|value| many && value.decimals() <= 6) {
            let edit = Edit::Enter(id, Entry::Number(value));
            finding = finding.fixed_by(format!("改为{value}万元"), edit);
        }
        findings.report(finding);
    }
}

/// Whether `large` is about ten thousand times `small`.
fn is_about_unit_times(small: Number, large: Number, least: i64, most: i64) -> bool {
    small > Number::ZERO && large >= small.times(least) && large <= small.times(most)
}
