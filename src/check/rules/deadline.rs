//! The report is published by the day the local notice names.

use crate::check::{Finding, Findings, Limit, Rule, Subject};
use crate::date::Day;

pub(super) fn check(rule: &'static Rule, subject: &Subject<'_>, findings: &mut Findings) {
    let Some(today) = subject.terms.today else {
        findings.not_checked(rule, "没有给出今天的日期");
        return;
    };
    let part = |limit| u8::try_from(subject.limit(limit)).unwrap_or(1);
    let (month, day) = (part(Limit::DeadlineMonth), part(Limit::DeadlineDay));
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
