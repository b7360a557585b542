//! Checking a report: rules in, findings out. Pure: no file, no clock, no widget.

mod alike;
mod arithmetic;
mod basis;
mod causes;
mod cells;
pub mod claims;
mod figures;
mod finding;
pub mod issuer;
mod keys;
pub mod local;
mod localise;
mod mention;
pub mod nil;
mod pattern;
mod places;
mod printed;
mod prose;
pub mod renew;
pub mod rules;
pub mod settings;
mod similar;
mod subject;
mod threshold;
mod totals;
mod words;

pub use alike::{Alike, Gathered, Texts};
pub use finding::{Finding, Findings, Fix, TextSpan, Unchecked};
pub use local::LocalRules;
pub use settings::{Limit, RuleSettings};
pub use similar::{Sentence, side_by_side};
pub use subject::{CheckOptions, Mismatch, Subject};

use crate::report::{Draft, Explanation};

/// How grave a finding is; the three levels of data editing in official statistics.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// 强制性: a statutory relation is broken, or the report is incomplete.
    Error,
    /// 核实性: nearly always wrong; a written explanation lets it pass.
    Query,
    /// 提示性: worth a look.
    Advice,
}

impl Level {
    /// The level's name for a reader.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Error => "强制性",
            Self::Query => "核实性",
            Self::Advice => "提示性",
        }
    }

    /// The level's name for a program.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Query => "query",
            Self::Advice => "advice",
        }
    }
}

/// One check (审核规则): a name, a card for the filer, and a function.
#[derive(Debug)]
pub struct Rule {
    /// Stable id in kebab-case.
    pub name: &'static str,
    /// One line for lists.
    pub title: &'static str,
    /// How grave its findings are.
    pub level: Level,
    /// What it checks, why, how to mend it, and an example: Markdown that is also the rule's test.
    pub card: &'static str,
    /// Finds what is wrong.
    pub check: fn(&'static Rule, &Subject<'_>, &mut Findings),
}

impl Rule {
    /// The card with the thresholds of the rule at its end.
    #[must_use]
    pub fn full_card(&self) -> String {
        format!("{}{}", self.card, settings::thresholds_of(self.name))
    }
}

/// Runs every rule and sorts what they find by place.
#[must_use]
pub fn check(subject: &Subject<'_>) -> Findings {
    check_with(rules::RULES, subject)
}

/// Runs some rules and sorts what they find by place.
#[must_use]
pub fn check_with(rules: &'static [Rule], subject: &Subject<'_>) -> Findings {
    let mut findings = run(rules, subject);
    causes::fold(rules, subject, &mut findings);
    let edition = subject.report.edition();
    let place = |finding: &Finding| {
        let section = edition
            .sections
            .iter()
            .position(|section| Some(&section.id) == finding.section.as_ref());
        (
            section,
            finding.cells.first().copied(),
            finding.text.as_ref().map(|span| span.start),
        )
    };
    findings
        .list
        .sort_by_cached_key(|finding| (place(finding), finding.level));
    findings
}

/// What some rules find, in their order.
fn run(rules: &'static [Rule], subject: &Subject<'_>) -> Findings {
    let mut findings = Findings::default();
    for rule in rules {
        (rule.check)(rule, subject, &mut findings);
    }
    findings
}

/// Checks a draft on the usual terms.
#[must_use]
pub fn check_draft(draft: &Draft) -> Findings {
    check_draft_on(draft, CheckOptions::default())
}

/// Checks a draft and sets against each finding the explanation written for it.
#[must_use]
pub fn check_draft_on(draft: &Draft, terms: CheckOptions<'_>) -> Findings {
    let subject = Subject::of(draft).on(terms);
    let mut findings = check(&subject);
    findings.claims = subject.claims().list().to_vec();
    set_explanations(draft, &subject, &mut findings);
    findings
}

/// Sets against each finding what is written about it.
fn set_explanations(draft: &Draft, subject: &Subject<'_>, findings: &mut Findings) {
    let all = [draft.explanations(), draft.half_written()];
    if all.iter().all(|list| list.is_empty()) {
        return;
    }
    let [lapsed, stale] = all.map(|list| {
        let list = not_alive(list, subject, findings);
        list.into_iter().cloned().collect::<Vec<_>>()
    });
    let set = |finding: &mut Finding| {
        let basis = finding.basis(subject);
        let holds = |one: &&Explanation| basis::holds(one, finding, &basis, subject);
        let is_about = |one: &&Explanation| basis::is_about(one, finding, subject);
        let [written, begun] = all.map(|list| list.iter().find(holds));
        let begun = begun.or_else(|| stale.iter().find(is_about)).cloned();
        let older = lapsed.iter().filter(|_| written.is_none()).find(is_about);
        let older = older.cloned();
        finding.explanation = written.map(|written| written.text.clone());
        finding.half_written = begun;
        finding.lapsed = older;
    };
    for finding in &mut findings.list {
        finding.consequences.iter_mut().for_each(set);
        set(finding);
    }
}

/// The explanations whose finding is gone or rests on something else.
#[must_use]
pub fn lapsed<'a>(draft: &'a Draft, findings: &Findings) -> Vec<&'a Explanation> {
    not_alive(draft.explanations(), &Subject::of(draft), findings)
}

fn not_alive<'a>(
    list: &'a [Explanation],
    subject: &Subject<'_>,
    findings: &Findings,
) -> Vec<&'a Explanation> {
    let alive = findings.with_consequences();
    let alive: Vec<_> = alive
        .map(|finding| (finding, finding.basis(subject)))
        .collect();
    let holds = |one: &&Explanation| {
        let mut alive = alive.iter();
        alive.any(|(finding, basis)| basis::holds(one, finding, basis, subject))
    };
    list.iter().filter(|one| !holds(one)).collect()
}
