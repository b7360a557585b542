//! The report is published by the day the local notice names.

use crate::check::{Finding, Findings, Limit, Rule, Subject, issuer};
use crate::date::Day;

/// Month and day for whoever is no government of a county or above.
const OTHERS: (u8, u8) = (1, 31);
/// Month and day for governments of counties and above (条例 第四十九条).
const GOVERNMENTS: (u8, u8) = (3, 31);

pub(super) fn check(rule: &'static Rule, subject: &Subject<'_>, findings: &mut Findings) {
    let Some(today) = subject.terms.today else {
        findings.not_checked(rule, "没有给出今天的日期");
        return;
    };
    let part = |limit| u8::try_from(subject.limit(limit)).unwrap_or(1);
    let set = (part(Limit::DeadlineMonth), part(Limit::DeadlineDay));
    // A notice of one's own that was set goes before the law.
    let (month, day) = match set {
        OTHERS if issuer::is_county_or_above(subject.report.issuer()) => GOVERNMENTS,
        set => set,
    };
    let deadline = Day {
        year: subject.report.year().saturating_add(1),
        month,
        day,
    };
    let left = today.days_until(deadline);
    let name = format!("{}年{month}月{day}日", deadline.year);
    let message = match left {
        0 => format!("今天（{name}）是公布期限的最后一天，期限以本地通知为准"),
        1.. if left <= subject.limit(Limit::DeadlineAhead) => {
            format!("离公布期限{name}还有{left}天，期限以本地通知为准")
        }
        ..0 if -left <= subject.limit(Limit::DeadlineAfter) => {
            format!("公布期限{name}已过{}天，期限以本地通知为准", -left)
        }
        _ => return,
    };
    findings.report(Finding::new(rule, message));
}
