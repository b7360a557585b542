//! A recovery file as it is offered: how it differs from the draft file, and what became of that.
//! It knows no widget.

use crate::keep::Recovered;
use crate::keep::save::Fingerprint;
use crate::open;
use crate::report::differences::{Difference, differences};
use crate::report::{Draft, Report};

/// A recovery file as it is offered.
#[derive(Debug)]
pub struct RecoverableDraft {
    /// The file.
    pub recovered: Recovered,
    /// Whether it was given up before.
    pub given_up: bool,
    /// How it differs from the draft file.
    pub differences: Vec<Difference>,
    /// What became of the draft file.
    pub file: FileNow,
}

/// What became of the draft file that a recovery file belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileNow {
    /// The draft was never saved.
    Never,
    /// It is as it was.
    Same,
    /// It was saved by somebody since.
    MovedOn,
    /// It is not there, or cannot be read.
    Gone,
}

impl RecoverableDraft {
    pub(in crate::app) fn of(recovered: Recovered, given_up: bool) -> Self {
        let path = recovered.path.as_deref();
        let saved = path.and_then(|path| open::open(path).ok());
        let file = match (path, &saved) {
            (None, _) => FileNow::Never,
            (Some(_), None) => FileNow::Gone,
            (Some(path), Some(_)) if Fingerprint::of_file(path) == recovered.base => FileNow::Same,
            (Some(_), Some(_)) => FileNow::MovedOn,
        };
        let before = saved.map_or_else(
            || {
                let report = recovered.draft.report();
                Draft::new(Report::new(report.edition().clone(), report.year()))
            },
            |opened| opened.draft,
        );
        Self {
            differences: differences(&before, &recovered.draft),
            recovered,
            given_up,
            file,
        }
    }

    /// Whose report of which year it is.
    #[must_use]
    pub fn name(&self) -> String {
        let report = self.recovered.draft.report();
        let issuer = match report.issuer() {
            "" => "未命名机关",
            issuer => issuer,
        };
        format!("{issuer}{}年", report.year())
    }
}
