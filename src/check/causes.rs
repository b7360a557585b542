//! One cause, one finding: what follows from a wrong cell folds under it.

use super::finding::FindingRole;
use super::{Finding, Findings, Rule, Subject, run};
use crate::form::FieldId;

/// Folds what would be gone with a named cause under it, and what follows by addition under its summands.
pub(super) fn fold(rules: &'static [Rule], subject: &Subject<'_>, findings: &mut Findings) {
    under_causes(rules, subject, findings);
    under_summands(subject, findings);
    under_totals(findings);
}

/// What is gone once the causes are mended was a consequence of them.
fn under_causes(rules: &'static [Rule], subject: &Subject<'_>, findings: &mut Findings) {
    if !findings
        .list
        .iter()
        .any(|finding| finding.role == FindingRole::Cause)
    {
        return;
    }
    let mend = |causes: &mut dyn Iterator<Item = &Finding>| {
        let mut report = subject.report.clone();
        for fix in causes.filter_map(|cause| cause.fixes.first()) {
            report.apply(fix.edit(subject.report));
        }
        run(rules, &subject.of_another(&report)).list
    };
    let (mut causes, others): (Vec<_>, Vec<_>) = std::mem::take(&mut findings.list)
        .into_iter()
        .partition(|finding| finding.role == FindingRole::Cause);
    let without_all = mend(&mut causes.iter());
    let without_each: Vec<_> = match causes.len() {
        1 => Vec::new(),
        _ => causes
            .iter()
            .map(|cause| mend(&mut std::iter::once(cause)))
            .collect(),
    };
    let is_in = |finding: &Finding, list: &[Finding]| list.iter().any(|other| same(finding, other));
    for finding in others {
        if is_in(&finding, &without_all) {
            findings.list.push(finding);
            continue;
        }
        let alone = without_each
            .iter()
            .position(|without| !is_in(&finding, without));
        let sharing = || {
            let shares = |cell: &FieldId| finding.cells.contains(cell);
            causes
                .iter()
                .position(|cause| cause.cells.iter().any(shares))
        };
        let home = alone.or_else(sharing).unwrap_or(0);
        if let Some(cause) = causes.get_mut(home) {
            cause.consequences.push(finding);
        }
    }
    findings.list.append(&mut causes);
}

/// A relation between computed totals fails only because one between their summands does.
fn under_summands(subject: &Subject<'_>, findings: &mut Findings) {
    let report = subject.report;
    let is_computed = |&id: &FieldId| {
        report.edition().field(id).is_total() && report.entry(id).number().is_none()
    };
    let follows = |finding: &Finding| {
        finding.role == FindingRole::Relation && finding.cells.iter().all(is_computed)
    };
    let (followers, mut list): (Vec<_>, Vec<_>) = std::mem::take(&mut findings.list)
        .into_iter()
        .partition(follows);
    for finding in followers {
        let mut homes = list
            .iter_mut()
            .filter(|home| home.rule.name == finding.rule.name && home.section == finding.section);
        match homes.next() {
            Some(home) => home.consequences.push(finding),
            None => list.push(finding),
        }
    }
    findings.list = list;
}

/// How a total may have come about is said with the total, and its changes are offered there.
fn under_totals(findings: &mut Findings) {
    let is_reading = |finding: &Finding| matches!(finding.role, FindingRole::Reading(_));
    let (readings, mut list): (Vec<_>, Vec<_>) = std::mem::take(&mut findings.list)
        .into_iter()
        .partition(is_reading);
    for reading in readings {
        let of_total = |home: &&mut Finding| {
            home.role == FindingRole::Relation
                && home.cells.first().copied().map(FindingRole::Reading) == Some(reading.role)
        };
        match list.iter_mut().find(of_total) {
            Some(home) => {
                home.fixes.extend(reading.fixes.iter().cloned());
                home.consequences.push(reading);
            }
            None => list.push(reading),
        }
    }
    findings.list = list;
}

/// Whether two findings speak of the same thing.
fn same(one: &Finding, other: &Finding) -> bool {
    one.rule.name == other.rule.name
        && one.section == other.section
        && one.cells == other.cells
        && one.text == other.text
}
