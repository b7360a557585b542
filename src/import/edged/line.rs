//! A paragraph, run by run.

use crate::doc::normal::raised;

/// How a run of text looks.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(in crate::import) struct Look {
    /// Whether it is hidden.
    pub is_hidden: bool,
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
    /// What of it is hidden.
    pub unseen: String,
    /// The number that the program puts before it.
    pub number: String,
}

impl EdgedLine {
    /// Adds a run.
    pub fn push(&mut self, text: &str, look: Look) {
        match look {
            Look {
                is_deleted: true, ..
            } => {}
            Look {
                is_hidden: true, ..
            } => self.unseen.push_str(text),
            Look {
                is_raised: true, ..
            } => self.text.extend(text.chars().map(raised)),
            _ => self.text.push_str(text),
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
