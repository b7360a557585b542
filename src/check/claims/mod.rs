//! Every figure of the text as a claim: what it is of, how much, of which year, and whether the tables hold it.
//!
//! Prose → sentences → clauses → tokens → segments with one number each → readings → verdicts. The words come from
//! `templates/words.ron`. It knows no rule: the rules of the text report the faults it names by their ids.

mod bare_sum;
mod claim;
mod class;
mod clause;
mod count;
mod cue;
mod faults;
mod follow;
mod index;
mod issuer;
mod known;
mod lines;
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
mod report;
mod said;
mod sentence;
mod share;
mod tables;
mod token;
mod twice;
mod verb;
mod words;
mod written;
mod zero;

use std::collections::BTreeSet;
use std::rc::Rc;

pub(super) use claim::differing;
pub use claim::{Claim, tally};
pub use follow::{Followed, Tie, follow};
pub use reading::Verdict;
pub(super) use report::report;

use super::finding::Mend;
use super::prose::Prose;
use crate::form::{FieldId, Section};
use crate::report::{Number, Report};
use issuer::Issuer;
use known::KnownLines;
use reader::PassageReader;
use reading::{ClaimKind, Fault, Reading};
use said::SaidFigure;
use tables::{KnownSums, Tables};

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
    /// How it would be mended, and what that is called.
    mended: Option<(String, Mend)>,
}

/// The figures in the texts of a report, in order.
#[must_use]
pub fn claims(report: &Report, prior: Option<&Report>) -> Vec<Claim> {
    Claims::of(report, prior, None).list
}

impl Claims {
    /// The figures, in order.
    pub(super) fn list(&self) -> &[Claim] {
        &self.list
    }

    /// The claims of a report whose lines are kept, to be read but once.
    pub(super) fn kept(report: &Report, prior: Option<&Report>) -> Self {
        Self::of(report, prior, Some(&known::lines(report, prior)))
    }

    fn of(report: &Report, prior: Option<&Report>, lines: Option<&Rc<KnownLines>>) -> Self {
        let known = KnownSums::default();
        let tables = Tables {
            report,
            prior,
            known: &known,
        };
        let issuer = Issuer::new(report.issuer());
        let mut claims = Self::default();
        let mut said: Vec<SaidFigure> = Vec::new();
        let edition = report.edition();
        for (section, id) in edition.passages() {
            if !words::words().sections.contains(&section.id) {
                continue;
            }
            let text = report.text(id);
            let prose = Prose::squeezed(text);
            let mut reader = PassageReader::new(tables, &issuer, &section.id, prose.text());
            reader.known = lines.cloned();
            reader.read();
            let unjudged = reader
                .readings
                .iter()
                .filter(|r| r.verdict == Verdict::Unchecked);
            let lacking = |r: &Reading| {
                let compares = r.kind == ClaimKind::Growth || r.year != i32::from(report.year());
                (reader.rule(r), compares && prior.is_none())
            };
            claims.unchecked.extend(unjudged.map(lacking));
            let (readings, mut faults) = (reader.readings, reader.faults);
            for one in &reader.said {
                let mine = reader.said.iter().filter(|other| !one.is_beside(other));
                let mine = mine.take_while(|other| other.quote.start < one.quote.start);
                let other = said.iter().chain(mine).find(|other| one.contradicts(other));
                faults.extend(other.map(|other| twice::fault(one, other)));
            }
            said.extend(reader.said);
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
                    let change = Mend::Words(id, vec![written], by.clone());
                    (title.clone(), change)
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
        claims.list.sort_by_cached_key(place);
        claims
    }
}

impl Claims {
    /// The figures that differ, each with the stated cells and the inputs it is about.
    pub(super) fn disputes<'a>(
        &'a self,
        report: &'a Report,
    ) -> impl Iterator<Item = (&'a Claim, BTreeSet<FieldId>)> {
        let differing = self
            .list
            .iter()
            .filter(|claim| claim.verdict == Verdict::Different);
        differing.map(|claim| {
            let mut cells = BTreeSet::new();
            for &cell in &claim.about {
                stated(report, cell, &mut cells);
            }
            (claim, cells)
        })
    }

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

fn claim(section: &Section, prose: &Prose, reading: &Reading, tables: Tables<'_>) -> Claim {
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
        gap: gap(reading, tables),
    }
}

/// A cell that was stated, or else those that it sums.
fn stated(report: &Report, cell: FieldId, cells: &mut BTreeSet<FieldId>) {
    let parts = report.edition().field(cell).sums.first();
    match parts.filter(|_| report.entry(cell).number().is_none()) {
        None => {
            cells.insert(cell);
        }
        Some(parts) => parts.iter().for_each(|&part| stated(report, part, cells)),
    }
}

/// What the cells lack for a plain count of the whole, or for none, to be right.
fn gap(reading: &Reading, tables: Tables<'_>) -> Option<Number> {
    let is_plain = reading.verdict == Verdict::Different
        && matches!(reading.kind, ClaimKind::Count | ClaimKind::Zero)
        && reading.is_exact()
        && !reading.is_qualified
        && reading.amount.scale == 1
        && reading.year == tables.year()
        && !reading.bound.iter().any(|row| row.0.starts_with('-'));
    let expected = reading.expected.filter(|_| is_plain)?;
    let in_table = |value| words::words().in_table(&reading.bound, value);
    Some(in_table(reading.value()) - in_table(expected))
}
