//! The pages are set out as the county asks for.

use crate::check::{Finding, Findings, Rule, Subject};
use crate::report::Choices;

pub(super) fn check(rule: &'static Rule, subject: &Subject<'_>, findings: &mut Findings) {
    let Some(local) = subject.local() else { return };
    let usual = Choices::default();
    let own = subject.choices.unwrap_or(&usual);
    let name = local.name.trim();
    for [what, asked, own] in local.style.unlike(own) {
        let message = format!("{what}是{own}，“{name}”要求用{asked}，发布时在版式里改");
        findings.report(Finding::new(rule, message).resting_on(what));
    }
}
