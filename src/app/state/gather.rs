//! The page of many reports (汇总): what was gathered, and what is looked at of it. It draws nothing.

use std::sync::Arc;

use crate::desk::gather::Gathering;
use crate::desk::{AlikePair, DeskError, Different, GatherRequest, GatheredSum, KnownReports};
use crate::form::FieldId;
use crate::report::Revision;

/// The page of many reports.
#[derive(Debug, Default)]
pub struct GatherPage {
    /// What is gathered.
    pub request: GatherRequest,
    /// What it came to; `None` before the first time.
    pub done: Option<GatherDone>,
    /// Why it could not be gathered the last time; empty when it was.
    pub trouble: String,
    /// Whether it lies over the draft.
    pub is_shown: bool,
    /// Which of its sheets is seen.
    pub tab: GatherTab,
    /// The cell whose addends are seen.
    pub cell: Option<FieldId>,
    /// The unit that is to be left out, with the reason so far.
    pub leaving: Option<(String, String)>,
    /// Whether it is being gathered.
    pub is_busy: bool,
    /// When the folder is looked at next, in seconds of the window.
    pub next_look: f64,
    /// How the county's own report differs, worked out for this content of this draft.
    pub beside: Option<((u64, Revision), Vec<Different>)>,
    /// Tells what was asked for last from what was asked before.
    pub number: u64,
}

/// A sheet of the page.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum GatherTab {
    /// Who has reported.
    #[default]
    Units,
    /// The sums.
    Sums,
    /// The county's own report beside them.
    Beside,
    /// Texts that are alike.
    Alike,
}

impl GatherTab {
    /// All of them with their names.
    pub const ALL: [(Self, &'static str); 4] = [
        (Self::Units, "报送情况"),
        (Self::Sums, "汇总数"),
        (Self::Beside, "与本级比较"),
        (Self::Alike, "文字雷同"),
    ];
}

/// What a folder came to, as the page shows it.
#[derive(Debug)]
pub struct GatherDone {
    /// The whole.
    pub gathering: Arc<Gathering>,
    /// The sums of all cells.
    pub sums: Vec<GatheredSum>,
    /// Texts that are alike.
    pub pairs: Vec<AlikePair>,
    /// Files that are no reports.
    pub others: Vec<String>,
    /// What was read.
    pub known: Arc<KnownReports>,
    /// What the files looked like from outside, where that could be told.
    pub mark: Option<u64>,
}

/// What came of a look at the folder.
#[derive(Debug)]
pub enum GatherOutcome {
    /// Nothing changed.
    Same,
    /// It was gathered.
    Done(Box<GatherDone>),
    /// It could not be.
    Failed(DeskError),
}

impl GatherDone {
    /// The sum of a cell.
    #[must_use]
    pub fn sum(&self, cell: FieldId) -> Option<GatheredSum> {
        self.sums.iter().find(|sum| sum.cell == cell).copied()
    }
}
