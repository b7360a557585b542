//! The one way in which a report changes.

use super::{Entry, Report};
use crate::form::FieldId;

/// A change to a report (修改).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Edit {
    /// State something in a field.
    Enter(FieldId, Entry),
    /// Put another report in its place.
    Replace(Box<Report>),
    /// Several changes as one, in this order.
    All(Vec<Edit>),
}

impl Report {
    /// Applies `edit` and returns the edit that takes it back.
    ///
    /// A field that the edition does not have is left alone.
    pub fn apply(&mut self, edit: Edit) -> Edit {
        match edit {
            Edit::Enter(id, entry) => match self.entries.get_mut(id.index()) {
                Some(place) => Edit::Enter(id, std::mem::replace(place, entry)),
                None => Edit::All(Vec::new()),
            },
            Edit::Replace(mut report) => {
                std::mem::swap(self, &mut report);
                Edit::Replace(report)
            }
            Edit::All(edits) => {
                let mut inverses: Vec<_> = edits.into_iter().map(|edit| self.apply(edit)).collect();
                inverses.reverse();
                Edit::All(inverses)
            }
        }
    }
}

impl Edit {
    /// The fields it states something in; none for a whole report.
    #[must_use]
    pub fn fields(&self) -> Vec<FieldId> {
        match self {
            Self::Enter(id, _) => vec![*id],
            Self::Replace(_) => Vec::new(),
            Self::All(edits) => edits.iter().flat_map(Self::fields).collect(),
        }
    }
}
