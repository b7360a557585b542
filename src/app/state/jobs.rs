//! Work under way beside the frame.

/// A job under way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RunningJob {
    pub(in crate::app) number: u64,
    /// What the progress sign says; empty for work that nobody waits for.
    pub label: String,
}
