//! A township hardly ever refuses a request because of state secrets.

use crate::check::keys::KEYS;
use crate::check::{Finding, Findings, Rule, Subject, figures, issuer};

pub(super) fn check(rule: &'static Rule, subject: &Subject<'_>, findings: &mut Findings) {
    let report = subject.report;
    if report.edition().find(KEYS.state_secret).is_none() || !issuer::is_township(report.issuer()) {
        return;
    }
    match figures::figure(report, KEYS.state_secret) {
        Some((id, value)) if !value.is_zero() => {
            let label = &report.edition().field(id).row_label;
            let message = format!("{label}为{value}，乡镇、街道很少有这种情形");
            findings.report(Finding::new(rule, message).at(subject, vec![id]));
        }
        Some(_) => {}
        None => figures::not_filled(rule, findings, 1),
    }
}
