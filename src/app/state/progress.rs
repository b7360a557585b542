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

    /// How much of a part is done, in whole per cent: nine tenths are what is filled in, the last one
    /// is that nothing found is left.
    #[must_use]
    pub fn per_cent(self) -> usize {
        let filled = (self.filled() * 90).checked_div(self.places);
        let is_clean = self.findings.iter().take(2).all(|&count| count == 0);
        match filled {
            // What may stay blank is done, unless something is found in it.
            None if is_clean => 100,
            None => 90,
            Some(filled) if is_clean && self.filled() > 0 => filled + 10,
            Some(filled) => filled,
        }
    }

    fn add(&mut self, other: Self) {
        self.places += other.places;
        self.blank += other.blank;
        for (sum, more) in self.findings.iter_mut().zip(other.findings) {
            *sum += more;
        }
    }
}

/// What comes next on the way to a published report.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NextStep {
    /// So many cells are blank.
    Cells(usize),
    /// So many texts are not begun.
    Texts(usize),
    /// So many places have to be put right.
    Errors(usize),
    /// So many places have to be looked at.
    Queries(usize),
    /// Nothing is left but to publish.
    Publish,
}

impl NextStep {
    /// What it says to the filer.
    #[must_use]
    pub fn words(self) -> String {
        match self {
            Self::Cells(count) => format!("还有{count}格"),
            Self::Texts(count) => format!("还有{count}段没写"),
            Self::Errors(count) => format!("{count}处要改正"),
            Self::Queries(count) => format!("{count}处要核对"),
            Self::Publish => "可以发布了".to_owned(),
        }
    }
}

impl OpenDraft {
    /// The parts from first to last.
    fn places(&self) -> impl Iterator<Item = PartId> {
        let sections = self.draft.report().edition().sections.len();
        std::iter::once(PartId::Cover).chain((0..sections).map(PartId::Section))
    }

    /// The first part in which something is blank: a text, or a cell.
    #[must_use]
    pub fn first_blank(&self, text: bool) -> Option<PartId> {
        self.places().find(|&place| {
            let progress = self.progress(place);
            progress.blank > 0 && progress.text == text
        })
    }

    /// What comes next.
    #[must_use]
    pub fn next(&self) -> NextStep {
        let (mut cells, mut texts) = (0, 0);
        let [mut errors, mut queries] = [0, 0];
        for progress in self.places().map(|place| self.progress(place)) {
            *(if progress.text {
                &mut texts
            } else {
                &mut cells
            }) += progress.blank;
            let [more_errors, more_queries, _] = progress.findings;
            (errors, queries) = (errors + more_errors, queries + more_queries);
        }
        match (cells, texts, errors, queries) {
            (0, 0, 0, 0) => NextStep::Publish,
            (0, 0, 0, queries) => NextStep::Queries(queries),
            (0, 0, errors, _) => NextStep::Errors(errors),
            (0, texts, ..) => NextStep::Texts(texts),
            (cells, ..) => NextStep::Cells(cells),
        }
    }

    /// How much of the report is done, in whole per cent, every part for the same; what may stay blank
    /// counts when there is something to do in it.
    #[must_use]
    pub fn per_cent(&self) -> usize {
        let parts = self.places().map(|place| self.progress(place));
        let parts = parts.filter(|part| part.places > 0 || part.per_cent() < 100);
        let (sum, count) = parts.fold((0, 0), |(sum, count), part| {
            (sum + part.per_cent(), count + 1)
        });
        sum / std::cmp::Ord::max(count, 1)
    }

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
