//! What the findings say about a cell.

use crate::check::Level;

/// What is found about a cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CellMark<'a> {
    /// The gravest level.
    pub level: Level,
    /// What the findings say.
    pub says: Vec<&'a str>,
}
