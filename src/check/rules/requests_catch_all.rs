//! More than half of the results stand in the row for all others.

use crate::check::keys::KEYS;
use crate::check::{Finding, Findings, Limit, Rule, Subject, figures};
use crate::report::Number;

pub(super) fn check(rule: &'static Rule, subject: &Subject<'_>, findings: &mut Findings) {
    let report = subject.report;
    let Some(id) = report.edition().find(KEYS.other_results) else {
        return;
    };
    let (Some(other), Some(all)) = (
        figures::value(report, KEYS.other_results),
        figures::value(report, KEYS.processed),
    ) else {
        figures::not_filled(rule, findings, 1);
        return;
    };
    let (least, share) = (
        subject.limit(Limit::CatchAllLeast),
        subject.limit(Limit::CatchAllShare),
    );
    if all >= Number::from(least) && other.times(100) > all.times(share) {
        let label = &report.edition().field(id).row_label;
        let message = format!("{label}为{other}，超过办结总数{all}的{share}%，应尽量归入前面各项");
        findings.report(Finding::new(rule, message).at(subject, vec![id]));
    }
}
