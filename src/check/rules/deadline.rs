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
    let year = subject.report.year();
    let local = subject.local();
    let dates = local.iter().flat_map(|local| &local.dates);
    let asked: Vec<_> = dates
        .filter_map(|date| Some((date.what.as_str(), date.for_report_on(year)?)))
        .collect();
    let says_when_to_publish = asked.iter().any(|(what, _)| what.contains("公布"));
    let usual = (!says_when_to_publish).then(|| ("公布", by_the_law(subject)));
    let source = local.map_or_else(String::new, |local| format!("按“{}”", local.name.trim()));
    for (what, day) in usual.into_iter().chain(asked) {
        let source = match usual {
            Some(usual) if usual == (what, day) => "期限以本地通知为准",
            _ => source.as_str(),
        };
        if let Some(message) = told(subject, today, what, day, source) {
            findings.report(Finding::new(rule, message));
        }
    }
}

/// The day of the law, or that which was set.
fn by_the_law(subject: &Subject<'_>) -> Day {
    let part = |limit| u8::try_from(subject.limit(limit)).unwrap_or(1);
    let set = (part(Limit::DeadlineMonth), part(Limit::DeadlineDay));
    // A notice of one's own that was set goes before the law.
    let (month, day) = match set {
        OTHERS if issuer::is_county_or_above(subject.report.issuer()) => GOVERNMENTS,
        set => set,
    };
    Day {
        year: subject.report.year().saturating_add(1),
        month,
        day,
    }
}

/// What is to be said of a day today, if anything.
fn told(
    subject: &Subject<'_>,
    today: Day,
    what: &str,
    deadline: Day,
    source: &str,
) -> Option<String> {
    let left = today.days_until(deadline);
    let name = deadline.official();
    match left {
        0 => Some(format!("今天（{name}）是{what}期限的最后一天，{source}")),
        1.. if left <= subject.limit(Limit::DeadlineAhead) => {
            Some(format!("离{what}期限{name}还有{left}天，{source}"))
        }
        ..0 if -left <= subject.limit(Limit::DeadlineAfter) => {
            Some(format!("{what}期限{name}已过{}天，{source}", -left))
        }
        _ => None,
    }
}
