//! A paragraph, run by run.

use crate::doc::normal::raised;

/// Why a run of text is not part of what its document says.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(in crate::import) struct Unseen {
    /// Whether it is hidden.
    pub is_hidden: bool,
    /// Whether a line is drawn through it.
    pub is_struck: bool,
}

/// How a run of text looks.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(in crate::import) struct Look {
    /// Whether it is hidden or struck out.
    pub unseen: Unseen,
    /// Whether it was taken back and is kept only to tell that.
    pub is_deleted: bool,
    /// Whether it is raised.
    pub is_raised: bool,
}

/// A paragraph that is being read.
#[derive(Debug, Default)]
pub(in crate::import) struct EdgedLine {
    /// What of it is seen.
    pub text: String,
    /// What of it is hidden or struck out.
    pub unseen: String,
    /// The number that the program puts before it.
    pub number: String,
}

impl EdgedLine {
    /// Adds a run.
    pub fn push(&mut self, text: &str, look: Look) {
        if look.is_deleted {
            return;
        }
        if look.unseen != Unseen::default() {
            self.unseen.push_str(text);
        } else if look.is_raised {
            self.text.extend(text.chars().map(raised));
        } else {
            self.text.push_str(text);
        }
    }

    /// Adds to the number that stands before it.
    pub fn push_number(&mut self, text: &str) {
        self.number.push_str(text);
    }

    /// Whether there is nothing in it but a number.
    pub fn is_empty(&self) -> bool {
        self.text.is_empty() && self.unseen.is_empty()
    }
}
