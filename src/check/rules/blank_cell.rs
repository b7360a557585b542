//! Every cell to be filled in must hold something; blank is not zero.

use crate::check::{Finding, Findings, Rule, Subject};
use crate::report::{Edit, Entry, Number};

/// How many cells a message names before it breaks off.
const NAMED: usize = 3;

pub(super) fn check(rule: &'static Rule, subject: &Subject<'_>, findings: &mut Findings) {
    let edition = subject.report.edition();
    for (section, table) in edition.tables() {
        let blanks: Vec<_> = table
            .fields()
            .filter(|&id| !edition.field(id).is_total())
            .filter(|&id| *subject.report.entry(id) == Entry::Blank)
            .collect();
        if blanks.is_empty() {
            continue;
        }
        let count = blanks.len();
        let named: Vec<_> = blanks
            .iter()
            .take(NAMED)
            .map(|&id| edition.field(id).label.as_str())
            .collect();
        let more = if count > NAMED { "等" } else { "" };
        let message = format!(
            "{}：有{count}格未填，没有发生的应填0：{}{more}",
            section.label,
            named.join("、")
        );
        let zeros = blanks
            .iter()
            .map(|&id| Edit::Enter(id, Entry::Number(Number::ZERO)));
        let edit = Edit::All(zeros.collect());
        findings.report(
            Finding::new(rule, message)
                .at(subject, blanks)
                .fixed_by(format!("这{count}格填0"), edit),
        );
    }
}
