//! Two years with the same figures in every cell are one year copied.

use crate::check::keys::KEYS;
use crate::check::{Finding, Findings, Limit, Rule, Subject, basis, figures};
use crate::form::FieldId;
use crate::report::{Number, Report};

/// So many figures are never the same by chance, however small they are.
const MANY: usize = 3;

pub(super) fn check(rule: &'static Rule, subject: &Subject<'_>, findings: &mut Findings) {
    let Some(prior) = figures::prior(rule, subject, findings) else {
        return;
    };
    let report = subject.report;
    let tables = report.edition().tables();
    for (section, table) in tables.filter(|(section, _)| section.id != KEYS.disputes) {
        let cells: Vec<_> = table
            .fields()
            .filter(|&id| !report.edition().field(id).is_total())
            .collect();
        let before = |id| report_value(prior, prior.same_field(report, id)?);
        let values = || {
            cells
                .iter()
                .map(|&id| (id, report_value(report, id), before(id)))
        };
        if values().any(|(_, now, before)| now.is_none() || now != before) {
            continue;
        }
        let telling = values().filter(|(id, now, _)| {
            let is_stock = report.edition().field(*id).key.ends_with("@valid");
            !is_stock && now.is_some_and(|now| now > Number::ONE)
        });
        let (count, sum) = telling
            .filter_map(|(_, now, _)| now)
            .fold((0, Number::ZERO), |(count, sum), now| {
                (count + 1, sum + now)
            });
        if count >= MANY || sum >= Number::from(subject.limit(Limit::SameTables)) {
            let message = format!("{}：所有数字都与上年度报告相同", section.label);
            let finding = Finding::new(rule, message).in_section(section);
            findings.report(finding.resting_on(basis::values(report, &cells)));
        }
    }
}

fn report_value(report: &Report, id: FieldId) -> Option<Number> {
    report.entry(id).number()
}
