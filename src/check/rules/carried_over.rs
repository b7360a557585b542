//! What was carried over of last year's text is this year's truth.

use crate::check::renew::{RemnantSearch, of_section, told};
use crate::check::{Findings, Rule, Subject};

pub(super) fn check(rule: &'static Rule, subject: &Subject<'_>, findings: &mut Findings) {
    let Some(reused) = subject.reused.filter(|reused| !reused.kept.is_empty()) else {
        return;
    };
    for passage in subject.passages() {
        let claims = of_section(subject.claims().list(), Some(passage.section));
        let search = RemnantSearch {
            text: passage.text,
            claims: &claims,
            last: subject.report.year().saturating_sub(1),
            tells_differing: false,
        };
        for (_, words) in reused.kept.iter().filter(|(field, _)| *field == passage.id) {
            let Some(start) = passage.text.find(words.as_str()) else {
                continue;
            };
            let range = start..start + words.len();
            let remnants = search.remnants(&range);
            if remnants.is_empty() {
                continue;
            }
            let message = format!(
                "沿用的上年这句话里有{}，是本年的就确认，不是就改",
                told(&remnants)
            );
            findings.report(passage.finding(rule, range, message));
        }
    }
}
