//! A report in which nothing happened is true when every channel was looked at.

use crate::check::{Finding, Findings, Rule, Subject, figures, nil};

pub(super) fn check(rule: &'static Rule, subject: &Subject<'_>, findings: &mut Findings) {
    let cells = nil::first_cells(subject.report);
    if cells.is_empty() {
        return;
    }
    match nil::is_nil(subject.report) {
        None => figures::not_filled(rule, findings, 1),
        Some(true) if !nil::is_confirmed(subject.report, subject.confirmation) => {
            let count = nil::CHANNELS.len();
            let message =
                format!("申请、复议、诉讼全部为0，须逐项确认{count}个渠道都没有遗漏，确认不会公开");
            findings.report(Finding::new(rule, message).at(subject, cells));
        }
        Some(_) => {}
    }
}
