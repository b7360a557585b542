//! How far the parts of a report are: what is blank, what the rules still ask for. It knows no widget.

use std::collections::BTreeMap;

use super::state::{OpenDraft, Place};
use crate::check::{Finding, Level};
use crate::form::{Block, FieldId};
use crate::report::Entry;

/// How far a part is filled in.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Progress {
    /// Places still blank.
    pub blank: usize,
    /// Whether it is text.
    pub text: bool,
    /// Findings by gravity: errors, queries, hints.
    pub findings: [usize; 3],
}

impl Progress {
    /// Whether nothing is left to do.
    #[must_use]
    pub fn is_complete(self) -> bool {
        self.blank == 0 && self.findings.iter().take(2).all(|&count| count == 0)
    }
}

impl OpenDraft {
    /// How far a part is filled in.
    #[must_use]
    pub fn progress(&self, place: Place) -> Progress {
        let report = self.draft.report();
        let edition = report.edition();
        let mut progress = Progress::default();
        let section = match place {
            Place::Cover => None,
            Place::Section(number) => edition.sections.get(number),
        };
        for finding in &self.findings.list {
            if finding.section.as_ref() == section.map(|section| &section.id) && is_open(finding) {
                let [errors, queries, hints] = &mut progress.findings;
                match finding.level {
                    Level::Error => *errors += 1,
                    Level::Query => *queries += 1,
                    Level::Advice => *hints += 1,
                }
            }
        }
        match section.map(|section| &section.body) {
            None => {
                progress.text = true;
                progress.blank = usize::from(report.issuer().is_empty());
            }
            Some(Block::Passage {
                field, optional, ..
            }) => {
                progress.text = true;
                let empty = *report.entry(*field) == Entry::Blank;
                progress.blank = usize::from(empty && !optional);
            }
            Some(Block::Table(table)) => {
                progress.blank = table
                    .fields()
                    .filter(|&id| {
                        !edition.field(id).is_total() && report.entry(id).number().is_none()
                    })
                    .count();
            }
        }
        progress
    }

    /// Places still blank and open findings by gravity, over the whole report.
    #[must_use]
    pub fn totals(&self) -> (usize, [usize; 3]) {
        let sections = 0..self.draft.report().edition().sections.len();
        let places = std::iter::once(Place::Cover).chain(sections.map(Place::Section));
        places.map(|place| self.progress(place)).fold(
            (0, [0; 3]),
            |(blank, [errors, queries, hints]), part| {
                let [more_errors, more_queries, more_hints] = part.findings;
                let findings = [
                    errors + more_errors,
                    queries + more_queries,
                    hints + more_hints,
                ];
                (blank + part.blank, findings)
            },
        )
    }

    /// The gravest level of the open findings on each cell.
    #[must_use]
    pub fn marks(&self) -> BTreeMap<FieldId, Level> {
        let mut marks = BTreeMap::new();
        for finding in self.findings.list.iter().filter(|finding| is_open(finding)) {
            for &cell in &finding.cells {
                let mark = marks.entry(cell).or_insert(finding.level);
                *mark = finding.level.min(*mark);
            }
        }
        marks
    }
}

/// Whether a finding still asks for something; an explained one does not.
pub fn is_open(finding: &Finding) -> bool {
    finding.explanation.is_none()
}
