//! Every figure of the text as a claim: what it is of, how much, of which year, and whether the tables hold it.
//!
//! Prose → sentences → clauses → tokens → segments with one number each → readings → verdicts. The words come from
//! `templates/words.ron`. It knows no rule: the rules of the text report the faults it names by their ids.

mod clause;
mod count;
mod faults;
mod follow;
mod issuer;
mod lists;
mod meaning;
mod named;
mod nothing;
mod noun;
mod numerals;
mod phrase;
mod ratio;
mod reader;
mod reading;
mod share;
mod tables;
mod token;
mod verb;
mod words;
mod zero;

pub use follow::{Followed, follow};
pub use reading::Verdict;

use super::prose::{self, Prose};
use super::{Finding, Findings, Rule, Subject, figures};
use crate::form::{Edition, FieldId, Section};
use crate::report::{Edit, Entry, Number, Report};
use issuer::Issuer;
use reader::{Fault, PassageReader};
use reading::Reading;
use tables::Tables;

/// One figure of the text (正文数字), resolved.
#[derive(Debug, Clone)]
pub struct Claim {
    /// The section's id.
    pub section: String,
    /// First character of the words that say it.
    pub start: usize,
    /// One past the last character.
    pub end: usize,
    /// The words that say it.
    pub says: String,
    /// How much it says.
    pub value: Number,
    /// The cells it is about, which hold it together.
    pub about: Vec<FieldId>,
    /// The year it is about.
    pub year: i32,
    /// What became of it.
    pub verdict: Verdict,
}

impl Verdict {
    /// The verdict's name for a program.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::Equal => "equal",
            Self::Different => "different",
            Self::Prior => "prior",
            Self::AtLeast => "at-least",
            Self::Unknown => "unknown",
            Self::Unchecked => "unchecked",
        }
    }

    /// The verdict for a reader.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Equal => "与表一致",
            Self::Different => "与表不一致",
            Self::Prior => "与上年度报告一致",
            Self::AtLeast => "与表相符",
            Self::Unknown => "表中没有",
            Self::Unchecked => "没有可对照的数",
        }
    }
}

impl Claim {
    /// What the figure was taken for, in one line for a reader.
    #[must_use]
    pub fn explained(&self, edition: &Edition) -> String {
        let labels: Vec<_> = self
            .about
            .iter()
            .map(|&id| edition.field(id).label.as_str())
            .collect();
        if labels.is_empty() {
            return self.verdict.name().to_owned();
        }
        format!("{}：{}", self.verdict.name(), labels.join("＋"))
    }
}

/// How many figures are what the tables or last year's report hold, how many are not, and how many neither knows.
#[must_use]
pub fn tally<'a>(claims: impl Iterator<Item = &'a Claim>) -> [usize; 3] {
    let mut tally = [0; 3];
    for claim in claims {
        let [equal, different, unknown] = &mut tally;
        *match claim.verdict {
            Verdict::Equal | Verdict::AtLeast | Verdict::Prior => equal,
            Verdict::Different => different,
            Verdict::Unknown | Verdict::Unchecked => unknown,
        } += 1;
    }
    tally
}

/// All claims of a report, and what is wrong with them.
#[derive(Debug, Default)]
pub(super) struct Claims {
    list: Vec<Claim>,
    faults: Vec<PlacedFault>,
    /// The rules that could not judge a figure, and whether they lacked last year's report.
    unchecked: Vec<(&'static str, bool)>,
}

/// A fault with its place in the text as written.
#[derive(Debug)]
struct PlacedFault {
    section: usize,
    start: usize,
    end: usize,
    fault: Fault,
    /// The whole passage as it would be mended.
    mended: Option<(String, FieldId, String)>,
}

/// The figures in the texts of a report, in order.
#[must_use]
pub fn claims(report: &Report, prior: Option<&Report>) -> Vec<Claim> {
    Claims::of(report, prior).list
}

impl Claims {
    /// The figures, in order.
    pub(super) fn list(&self) -> &[Claim] {
        &self.list
    }

    pub(super) fn of(report: &Report, prior: Option<&Report>) -> Self {
        let tables = Tables { report, prior };
        let issuer = Issuer::new(report.issuer());
        let mut claims = Self::default();
        let edition = report.edition();
        for (section, id) in edition.passages() {
            if !words::words().sections.contains(&section.id) {
                continue;
            }
            let text = report.text(id);
            let prose = Prose::squeezed(text);
            let mut reader = PassageReader::new(tables, &issuer, &section.id, prose.text());
            reader.read();
            let unjudged = reader
                .readings
                .iter()
                .filter(|r| r.verdict == Verdict::Unchecked);
            let lacking = |r: &Reading<'_>| {
                let compares =
                    r.kind == reading::ClaimKind::Growth || r.year != i32::from(report.year());
                (reader.rule(r), compares && prior.is_none())
            };
            claims.unchecked.extend(unjudged.map(lacking));
            let (readings, faults) = (reader.readings, reader.faults);
            claims.list.extend(
                readings
                    .iter()
                    .map(|reading| claim(section, &prose, reading, tables)),
            );
            let place = edition
                .sections
                .iter()
                .position(|other| other.id == section.id);
            for fault in faults {
                let (start, end) = prose.written(fault.quote.start, fault.quote.end);
                let mended = fault.fix.as_ref().map(|(span, by, title)| {
                    let written = prose.written(span.start, span.end);
                    (title.clone(), id, prose::replaced(text, written, by))
                });
                let section = place.unwrap_or_default();
                claims.faults.push(PlacedFault {
                    section,
                    start,
                    end,
                    fault,
                    mended,
                });
            }
        }
        let place = |claim: &Claim| {
            let section = edition
                .sections
                .iter()
                .position(|section| section.id == claim.section);
            (section, claim.start)
        };
        claims.list.sort_by_key(place);
        claims
    }
}

impl Claims {
    /// Whether the sentence around some characters of a text holds a figure of last year's report.
    pub(super) fn has_prior_beside(
        &self,
        section: &str,
        text: &str,
        stretch: (usize, usize),
    ) -> bool {
        let (start, end) = stretch;
        let is_beside = |claim: &Claim| {
            let (from, to) = (start.min(claim.start), end.max(claim.end));
            let mut between = text.chars().skip(from).take(to - from);
            !between.any(|c| c == '。' || c == '\n')
        };
        let of_section = self.list.iter().filter(|claim| claim.section == section);
        of_section
            .filter(|claim| claim.verdict == Verdict::Prior)
            .any(is_beside)
    }
}

fn claim(section: &Section, prose: &Prose, reading: &Reading<'_>, tables: Tables<'_>) -> Claim {
    let (start, end) = prose.written(reading.span.start, reading.span.end);
    let said = prose.text().get(reading.span.clone()).unwrap_or_default();
    let is_known = !matches!(reading.verdict, Verdict::Unknown);
    let about = if is_known {
        tables.cells(&reading.bound, &reading.columns)
    } else {
        Vec::new()
    };
    Claim {
        section: section.id.clone(),
        start,
        end,
        says: said.to_owned(),
        value: reading.value(),
        about,
        year: reading.year,
        verdict: reading.verdict,
    }
}

/// Reports the faults of the claims that are a rule's business.
pub(super) fn report(rule: &'static Rule, subject: &Subject<'_>, findings: &mut Findings) {
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
        let is_known = findings.list.iter().any(|known| {
            let span = known
                .text
                .as_ref()
                .filter(|span| span.section == section.id);
            known.rule.name == rule.name
                && span.is_some_and(|span| span.start < placed.end && placed.start < span.end)
        });
        if is_known {
            continue;
        }
        let fault = &placed.fault;
        let mut finding =
            Finding::new(rule, &fault.message).on_text(section, placed.start, placed.end);
        finding.cells.clone_from(&fault.cells);
        finding.expected.clone_from(&fault.expected);
        finding.actual.clone_from(&fault.actual);
        if let Some((title, id, text)) = &placed.mended {
            finding = finding.fixed_by(title, Edit::Enter(*id, Entry::Text(text.clone())));
        }
        findings.report(finding);
    }
}
