//! How far a report is filled in, part by part. It knows the open draft; it knows no widget.

use crate::app::state::{OpenDraft, PartId, is_open};
use crate::check::Level;
use crate::form::SectionBody;

/// How far a part is filled in.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Progress {
    /// Places to fill in.
    pub places: usize,
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

    /// Places filled in.
    #[must_use]
    pub fn filled(self) -> usize {
        self.places.saturating_sub(self.blank)
    }

    /// How much is filled in, in whole per cent; 100 only when everything is.
    #[must_use]
    pub fn per_cent(self) -> usize {
        (self.filled() * 100)
            .checked_div(self.places)
            .unwrap_or(100)
    }

    fn add(&mut self, other: Self) {
        self.places += other.places;
        self.blank += other.blank;
        for (sum, more) in self.findings.iter_mut().zip(other.findings) {
            *sum += more;
        }
    }
}

impl OpenDraft {
    /// How far a part is filled in.
    #[must_use]
    pub fn progress(&self, place: PartId) -> Progress {
        let report = self.draft.report();
        let edition = report.edition();
        let mut progress = Progress::default();
        let section = match place {
            PartId::Cover => None,
            PartId::Section(number) => edition.sections.get(number),
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
                progress.places = 1;
                progress.blank = usize::from(report.issuer().is_empty());
            }
            Some(SectionBody::Passage {
                field, optional, ..
            }) => {
                progress.text = true;
                let empty = !report.is_written(*field);
                progress.places = usize::from(!(empty && *optional));
                progress.blank = usize::from(empty && !optional);
            }
            Some(SectionBody::Table(table)) => {
                let inputs = table.fields().filter(|&id| !edition.field(id).is_total());
                for id in inputs {
                    progress.places += 1;
                    progress.blank += usize::from(report.entry(id).number().is_none());
                }
            }
        }
        progress
    }

    /// How far the whole report is filled in.
    #[must_use]
    pub fn total_progress(&self) -> Progress {
        let sections = self.draft.report().edition().sections.len();
        let places = (0..sections).map(PartId::Section);
        let mut total = self.progress(PartId::Cover);
        total.text = false;
        for place in places {
            total.add(self.progress(place));
        }
        total
    }
}
