//! The faults of the figures, as findings of the rules whose business they are.

use std::collections::BTreeMap;

use crate::check::{Finding, Findings, Rule, Subject, figures};

/// Reports the faults of the claims that are a rule's business.
pub(in crate::check) fn report(
    rule: &'static Rule,
    subject: &Subject<'_>,
    findings: &mut Findings,
) {
    let sections = &subject.report.edition().sections;
    let unchecked = subject
        .claims()
        .unchecked
        .iter()
        .filter(|(of, _)| *of == rule.name);
    let lacks_prior: Vec<bool> = unchecked.map(|(_, lacks_prior)| *lacks_prior).collect();
    if lacks_prior.contains(&true) {
        findings.not_checked(rule, "没有上年度报告");
    }
    let not_filled = lacks_prior.iter().filter(|lacks| !**lacks).count();
    if not_filled > 0 {
        figures::not_filled(rule, findings, not_filled);
    }
    let of_rule = findings
        .list
        .iter()
        .filter(|known| known.rule.name == rule.name);
    let before: Vec<_> = of_rule
        .filter_map(|known| {
            let span = known.text.as_ref()?;
            let section = sections
                .iter()
                .position(|section| section.id == span.section)?;
            Some((section, span.start, span.end))
        })
        .collect();
    // None of these overlaps another: each is the end of what begins there.
    let mut known = BTreeMap::new();
    for placed in subject
        .claims()
        .faults
        .iter()
        .filter(|placed| placed.fault.rule == rule.name)
    {
        let Some(section) = sections.get(placed.section) else {
            continue;
        };
        // Another sign of the same mistake may have been reported.
        let overlaps = |(section, start, end): (usize, usize, usize)| {
            section == placed.section && start < placed.end && placed.start < end
        };
        let mut nearest = known.range(..(placed.section, placed.end));
        let nearest = nearest
            .next_back()
            .map(|(&(of, start), &end)| (of, start, end));
        if before.iter().copied().any(overlaps) || nearest.is_some_and(overlaps) {
            continue;
        }
        known.insert((placed.section, placed.start), placed.end);
        let fault = &placed.fault;
        let mut finding =
            Finding::new(rule, &fault.message).on_text(section, placed.start, placed.end);
        finding.cells.clone_from(&fault.cells);
        finding.expected.clone_from(&fault.expected);
        finding.actual.clone_from(&fault.actual);
        if let Some((title, change)) = &placed.mended {
            finding = finding.fixed_by(title, change.clone());
        }
        findings.report(finding);
    }
}
