//! What is likeliest to be meant with a report that was read while a draft is open, and does no harm.
//! It knows no widget.

use crate::app::state::import::{ImportChange, ImportPart, ImportReview};
use crate::check::issuer;
use crate::report::Entry;
use crate::report::carry::is_year_before;

/// What is likeliest to be meant with a report that was read, and does no harm.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Likeliest {
    /// Into the open draft.
    Enter,
    /// A draft of its own.
    OpenAsDraft,
    /// Last year's report of the open draft.
    UseAsPrior,
}

impl ImportReview {
    /// What is likeliest to be meant, and does no harm: nothing that was filled in is written over
    /// by it, and no right last year's report replaced by an older one.
    #[must_use]
    pub fn likeliest(&self) -> Likeliest {
        let Some(target) = &self.target else {
            return Likeliest::OpenAsDraft;
        };
        let read = self.draft.report();
        let is_of_another = self.is_of_another();
        let has_right_prior = target
            .prior
            .as_ref()
            .is_some_and(|(_, year)| year.checked_add(1) == Some(target.year));
        if is_of_another || read.year() > target.year {
            Likeliest::OpenAsDraft
        } else if read.year() == target.year {
            if self.overwritten() == 0 {
                Likeliest::Enter
            } else {
                Likeliest::OpenAsDraft
            }
        } else if has_right_prior && !is_year_before(read, target.year) {
            Likeliest::OpenAsDraft
        } else {
            Likeliest::UseAsPrior
        }
    }

    /// Whether it is the report of another authority than the open draft's.
    #[must_use]
    pub fn is_of_another(&self) -> bool {
        let read = self.draft.report().issuer();
        self.target.as_ref().is_some_and(|target| {
            let is_known = !read.is_empty() && !target.issuer.is_empty();
            is_known && !issuer::is_same(read, &target.issuer)
        })
    }

    /// How many fields that are filled in would be written over by what is taken.
    #[must_use]
    pub fn overwritten(&self) -> usize {
        let taken = self.parts.iter().filter(|part| part.taken);
        taken.map(ImportPart::overwritten).sum()
    }
}

impl ImportPart {
    /// How many fields that are filled in would be written over.
    #[must_use]
    pub fn overwritten(&self) -> usize {
        let changes = self.changes.iter();
        changes.filter(|change| change.overwrites()).count()
    }
}

impl ImportChange {
    /// Whether something stands there that would be written over.
    #[must_use]
    pub fn overwrites(&self) -> bool {
        self.old != Entry::Blank
    }
}
