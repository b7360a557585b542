//! What is kept of one report of a folder: little enough for tens of thousands of them.

use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::path::PathBuf;
use std::sync::Arc;

use super::folder::ReportFile;
use crate::check::{CheckOptions, Level, Texts, check_draft_on};
use crate::date::Moment;
use crate::form::{Edition, FieldId};
use crate::open::OpenError;
use crate::report::{Draft, Number, Prior, Report};

/// One report that was read and checked.
#[derive(Debug, Clone)]
pub struct Taken {
    /// The file, by its name below the folder.
    pub file: String,
    /// Where that is; for a file in a zip, the zip.
    pub path: PathBuf,
    /// When that was written last.
    pub when: Option<Moment>,
    /// Whether it is a draft.
    pub is_draft: bool,
    /// Who reports.
    pub issuer: String,
    /// On which year.
    pub year: u16,
    /// On which edition of the form.
    pub edition: Arc<Edition>,
    /// What stands in its cells.
    pub figures: Figures,
    /// How many errors were found.
    pub errors: usize,
    /// How many findings want an explanation, with one or without.
    pub queries: usize,
    /// How many findings keep it from being in order.
    pub blocking: usize,
    /// How many cells to be filled in are blank.
    pub blank: usize,
    /// The words of all its texts in one number.
    pub(super) words: u64,
    /// Its texts, to be compared with others.
    pub(super) texts: Arc<Texts>,
}

/// The figures of a report: which cells are filled in, and what stands in those that are not 0.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Figures {
    filled: Vec<u64>,
    others: Vec<(u32, Number)>,
}

impl Figures {
    fn of(report: &Report) -> Self {
        let edition = report.edition();
        let mut figures = Self {
            filled: vec![0; edition.fields.len().div_ceil(64)],
            others: Vec::new(),
        };
        // In the order of their numbers, so that one can be looked up.
        let cells = edition
            .ids()
            .filter(|&id| edition.field(id).kind.is_number());
        for id in cells {
            let Some(number) = report.value(id) else {
                continue;
            };
            let place = id.index();
            if let Some(bits) = figures.filled.get_mut(place / 64) {
                *bits |= 1 << (place % 64);
            }
            if !number.is_zero() {
                figures.others.push((place as u32, number));
            }
        }
        figures.others.shrink_to_fit();
        figures
    }

    /// What stands in a cell; `None` for a blank one.
    #[must_use]
    pub fn get(&self, id: FieldId) -> Option<Number> {
        let place = id.index();
        let bits = self.filled.get(place / 64)?;
        if bits >> (place % 64) & 1 == 0 {
            return None;
        }
        let other = self
            .others
            .binary_search_by_key(&(place as u32), |(place, _)| *place);
        let number = other.ok().and_then(|at| self.others.get(at));
        Some(number.map_or(Number::ZERO, |(_, number)| *number))
    }
}

/// A figure for a reader, or that there is none.
#[must_use]
pub fn shown(figure: Option<Number>) -> String {
    figure.map_or_else(|| "空白".to_owned(), |figure| figure.to_string())
}

impl Taken {
    /// Reads a file and checks what it holds.
    ///
    /// # Errors
    /// As [`crate::open::open`].
    pub fn read(
        file: &ReportFile,
        terms: CheckOptions<'_>,
        prior: impl Fn(&Report) -> Option<Prior>,
    ) -> Result<Self, OpenError> {
        let opened = file.open()?;
        let mut draft = opened.draft;
        if draft.prior().is_none()
            && let Some(prior) = prior(draft.report())
        {
            draft.set_prior(Some(prior));
        }
        Ok(Self::of(&draft, file, opened.is_draft, terms))
    }

    /// Checks a draft and keeps what is needed of it.
    #[must_use]
    pub fn of(draft: &Draft, file: &ReportFile, is_draft: bool, terms: CheckOptions<'_>) -> Self {
        let findings = check_draft_on(draft, terms);
        let report = draft.report();
        Self {
            file: file.name.clone(),
            path: file.path().to_path_buf(),
            when: file.when,
            is_draft,
            issuer: report.issuer().trim().to_owned(),
            year: report.year(),
            edition: Arc::clone(report.edition()),
            figures: Figures::of(report),
            errors: findings.count(Level::Error),
            queries: findings.count(Level::Query),
            blocking: findings.blocking(),
            blank: report.open_cells().count(),
            words: words(report),
            texts: Arc::new(Texts::of(report, terms.settings)),
        }
    }

    /// What stands in the cell that has the key of a field of an edition.
    #[must_use]
    pub fn figure(&self, edition: &Arc<Edition>, id: FieldId) -> Option<Number> {
        if Arc::ptr_eq(&self.edition, edition) {
            return self.figures.get(id);
        }
        let own = self.edition.find(&edition.field(id).key)?;
        self.figures.get(own)
    }

    /// The cells in which another report of the same unit says something else.
    #[must_use]
    pub fn unlike(&self, other: &Self) -> Vec<FieldId> {
        let cells = self.edition.cells();
        cells
            .filter(|&id| self.figures.get(id) != other.figure(&self.edition, id))
            .collect()
    }
}

/// The letters of all texts in one number, whatever the spaces and signs between them; 0 where there are no
/// texts, as in a file of tables only.
fn words(report: &Report) -> u64 {
    let mut hasher = DefaultHasher::new();
    let mut any = false;
    for (section, id) in report.edition().passages() {
        if !report.is_written(id) {
            continue;
        }
        any = true;
        section.id.hash(&mut hasher);
        let letters = report.text(id).chars().filter(|c| c.is_alphanumeric());
        letters.for_each(|letter| letter.hash(&mut hasher));
    }
    if any { hasher.finish() | 1 } else { 0 }
}
