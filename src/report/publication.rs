//! One record of what was published.

use super::{Choices, Report};

/// One time at which a report was published, or published again with corrections.
#[derive(Debug, Clone)]
pub struct Publication {
    /// The day, as 2026-01-12.
    pub on: String,
    /// Who published it; empty when not said.
    pub by: String,
    /// The name of the folder with its files.
    pub folder: String,
    /// Why it was corrected; empty for what was published first.
    pub reason: String,
    /// The checksum of what it said.
    pub digest: String,
    /// The report as it was published.
    pub report: Report,
    /// How it was set out.
    pub choices: Choices,
}

impl PartialEq for Publication {
    fn eq(&self, other: &Self) -> bool {
        self.words() == other.words()
            && self.report.states_the_same(&other.report)
            && self.choices == other.choices
    }
}

impl Eq for Publication {}

impl Publication {
    fn words(&self) -> [&str; 5] {
        let words = [&self.on, &self.by, &self.folder, &self.reason, &self.digest];
        words.map(String::as_str)
    }

    /// Whether it corrects what was published before.
    #[must_use]
    pub fn is_correction(&self) -> bool {
        !self.reason.is_empty()
    }
}
