//! A draft that may be one to read only.

use std::ops::Deref;

use super::Draft;

/// A draft that anybody may read, with one door to whoever wants to change it; the door can be shut.
///
/// ```compile_fail
/// use nianbao::report::{Draft, Guarded, Report};
/// let edition = nianbao::form::by_id("2021").unwrap();
/// let mut draft = Guarded::new(Draft::new(Report::new(edition, 2025)));
/// draft.undo();
/// ```
#[derive(Debug)]
pub struct Guarded {
    draft: Draft,
    is_shut: bool,
}

/// A draft that can only be read was to be changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("这份草稿只能读，要改先另存为自己的一份")]
pub struct ReadOnly;

impl Guarded {
    /// A draft that may be changed.
    #[must_use]
    pub fn new(draft: Draft) -> Self {
        Self {
            draft,
            is_shut: false,
        }
    }

    /// The door: the only way to change the draft.
    ///
    /// # Errors
    /// When the draft can only be read.
    pub fn door(&mut self) -> Result<&mut Draft, ReadOnly> {
        if self.is_shut {
            Err(ReadOnly)
        } else {
            Ok(&mut self.draft)
        }
    }

    /// Shuts the door, or opens it again.
    pub fn shut(&mut self, is_shut: bool) {
        self.is_shut = is_shut;
    }

    /// Whether the draft can only be read.
    #[must_use]
    pub fn is_read_only(&self) -> bool {
        self.is_shut
    }

    /// Ends the step that typing goes into; that changes nothing.
    pub fn seal(&mut self) {
        self.draft.seal();
    }
}

impl Deref for Guarded {
    type Target = Draft;

    fn deref(&self) -> &Draft {
        &self.draft
    }
}
