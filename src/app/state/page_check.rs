//! A published page beside what was published.

use crate::compare::PageComparison;

/// What came of comparing a page.
#[derive(Debug)]
pub struct PageCheck {
    /// The file, or where else the page comes from.
    pub source: String,
    /// What it was compared with, in words.
    pub with: String,
    /// What was found.
    pub comparison: PageComparison,
}
